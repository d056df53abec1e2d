import { describe, expect, it } from 'vitest'
import { figureOf } from './figures.ts'
import { changeText, daysOf, periodBefore, periodOf, stepsOf, yearBefore } from './period.ts'

describe('period: which days are counted', () => {
  it('a week begins on Monday, a quarter with its first month, all end today', () => {
    expect((['day', 'week', 'month', 'quarter', 'year'] as const).map((kind) => periodOf(kind, '2026-05-20').from)).toEqual(['2026-05-20', '2026-05-18', '2026-05-01', '2026-04-01', '2026-01-01'])
    expect(periodOf('week', '2026-05-24').from).toBe('2026-05-18')
  })
  it('the period before has come as far as this one: the month to the 31st stands beside the whole of February', () => {
    expect(periodBefore('month', { from: '2026-03-01', to: '2026-03-31' })).toEqual({ from: '2026-02-01', to: '2026-02-28' })
    expect(periodBefore('quarter', { from: '2026-01-01', to: '2026-02-10' })).toEqual({ from: '2025-10-01', to: '2025-11-10' })
    expect(periodBefore('own', { from: '2026-03-03', to: '2026-03-05' })).toEqual({ from: '2026-02-28', to: '2026-03-02' })
  })
  it('a trend has every day, week and month of its period, over New Year too', () => {
    const period = { from: '2025-12-30', to: '2026-01-06' }
    expect([stepsOf('day', period).length, stepsOf('week', period), stepsOf('month', period)]).toEqual([8, ['2025-12-29', '2026-01-05'], ['2025-12', '2026-01']])
  })
  it('上年同期 of a leap day is the 28th; both ends count', () => {
    expect(yearBefore({ from: '2024-02-29', to: '2024-03-01' })).toEqual({ from: '2023-02-28', to: '2023-03-01' })
    expect(daysOf({ from: '2026-03-05', to: '2026-03-05' })).toBe(1)
  })
})

describe('period: a figure against an earlier one', () => {
  const count = (n: number) => figureOf('M07', { M07: n })
  const rate = (n: number, d: number) => figureOf('M11', { M09C: n, M07: d })
  it.each([
    [count(9), count(8), '较上年同期上升12.5%'], [count(6), count(8), '较上年同期下降25.0%'], [count(8), count(8), '与上年同期持平'],
    [count(3), count(0), '上年同期为0'], [count(0), count(0), '上年同期也为0'],
    [rate(946, 1000), rate(934, 1000), '较上年同期提高1.2个百分点'], [rate(1, 2), rate(0, 0), '上年同期无基数'], [figureOf('M51', {}), count(1), undefined],
  ])('%# says %3$s', (now, before, said) => {
    expect(changeText(now, before, '上年同期')).toBe(said)
  })
})
