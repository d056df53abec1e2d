import { describe, expect, it } from 'vitest'
import { countsNeeded, figureOf, isMetric, metricOf } from './figures.ts'
import { metrics } from './metrics.ts'

describe('figures: a number and where it comes from', () => {
  it('a rate is written with both of its numbers and half-up at its own digits', () => {
    expect(figureOf('M11', { M09C: 112_085, M07: 118_572 })).toEqual({ id: 'M11', value: 94.5, numerator: 112_085, denominator: 118_572, text: '94.5%' })
    expect(figureOf('M21', { M21N: 26_272, M21B: 28_000 }).text).toBe('94%')
    expect(figureOf('M21A', { M21AN: 1839, M21AB: 1847 }).text).toBe('99.57%')
  })
  it('a zero base prints — and says so, never 0% and never 100%', () => {
    expect(figureOf('M11', { M09C: 0, M07: 0 })).toEqual({ id: 'M11', value: null, numerator: 0, denominator: 0, text: '—', why: '分母为零' })
  })
  it('what no register counts yet prints — with its reason, never a 0', () => {
    expect(figureOf('M51', {})).toEqual({ id: 'M51', value: null, text: '—', why: '事故登记尚未建立' })
    expect(figureOf('M24', {})).toMatchObject({ value: null, text: '—', why: '特殊作业报告尚未建立' })
  })
  it('现场整改率 is not 整改率: both stand in the dictionary under their own names', () => {
    expect([metricOf('M08R').name, metricOf('M11').name]).toEqual(['现场整改率', '整改率'])
    expect(figureOf('M08R', { M08: 213, M07: 533 }).text).toBe('40.0%')
  })
  it('every rate names two counts of the dictionary, no id is used twice', () => {
    expect(new Set(metrics.map((m) => m.id)).size).toBe(metrics.length)
    expect(metrics.flatMap((m) => m.of ?? []).filter((id) => !isMetric(id))).toEqual([])
    expect(countsNeeded(['M11', 'M08R', 'M07'])).toEqual(['M09C', 'M07', 'M08'])
  })
})
