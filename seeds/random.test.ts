import { describe, expect, it } from 'vitest'
import { businessDayOf, dateText, dayOf, dueAfter, instantAt, instantFrom, instantText, isWeekend, minuteOf } from './calendar.ts'
import { Random, randomOf, weightedPicker } from './random.ts'

describe('chance without chance', () => {
  it('gives the same numbers for the same seed and others for another', () => {
    const draw = (seed: string) => Array.from({ length: 5 }, ((r) => () => r.word())(randomOf(seed)))
    expect(draw('安澜')).toEqual(draw('安澜'))
    expect(draw('安澜')).not.toEqual(draw('宁川'))
  })

  it('is xoshiro128**: the first words of a fixed key never change', () => {
    const random = new Random(1)
    expect([random.word(), random.word(), random.word()]).toMatchInlineSnapshot(`
      [
        393288148,
        2174103013,
        3814759091,
      ]
    `)
  })

  it('a named stream does not depend on what its parent has drawn', () => {
    const fresh = randomOf('x').stream('enterprise', 7).word()
    const used = randomOf('x')
    for (let i = 0; i < 100; i++) used.word()
    expect(used.stream('enterprise', 7).word()).toBe(fresh)
    expect(used.stream('enterprise', 8).word()).not.toBe(fresh)
  })

  it('int covers both ends and nothing outside', () => {
    const random = randomOf('int')
    const seen = new Set(Array.from({ length: 500 }, () => random.int(3, 6)))
    expect([...seen].sort()).toEqual([3, 4, 5, 6])
  })

  it('weighted draws follow the weights and never take a zero weight', () => {
    const random = randomOf('w')
    const prepared = weightedPicker([1, 0, 3])
    for (const draw of [() => random.weighted([1, 0, 3]), () => prepared(random)]) {
      const counts = [0, 0, 0]
      for (let i = 0; i < 20_000; i++) counts[draw()]!++
      expect(counts[1]).toBe(0)
      expect(counts[2]! / counts[0]!).toBeGreaterThan(2.7)
      expect(counts[2]! / counts[0]!).toBeLessThan(3.3)
    }
  })

  it('normal has the asked mean and deviation', () => {
    const random = randomOf('n')
    const values = Array.from({ length: 20_000 }, () => random.normal(10, 2))
    const mean = values.reduce((a, b) => a + b) / values.length
    const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length
    expect(mean).toBeCloseTo(10, 1)
    expect(Math.sqrt(variance)).toBeCloseTo(2, 1)
  })

  it('shuffle keeps every element', () => {
    const list = Array.from({ length: 50 }, (_, i) => i)
    const shuffled = randomOf('s').shuffle(list)
    expect(shuffled).not.toEqual(list)
    expect(shuffled.slice().sort((a, b) => a - b)).toEqual(list)
  })
})

describe('business days', () => {
  it('a date changes at midnight in Shanghai, not in Greenwich', () => {
    expect(dateText(dayOf(instantFrom('2026-03-05T15:59:59Z')))).toBe('2026-03-05')
    expect(dateText(dayOf(instantFrom('2026-03-05T16:00:00Z')))).toBe('2026-03-06')
    expect(minuteOf(instantFrom('2026-03-05T13:40:00Z'))).toBe(21 * 60 + 40)
  })

  it('a check at 00:30 belongs to the evening before, one at 06:00 to its own day', () => {
    const day = dayOf(instantFrom('2026-03-05T04:00:00Z'))
    expect(businessDayOf(instantAt(day + 1, 30))).toBe(day)
    expect(businessDayOf(instantAt(day + 1, 360))).toBe(day + 1)
  })

  it('the day of the act is day 0 and the deadline ends at 24:00 of day n', () => {
    expect(instantText(dueAfter(instantFrom('2026-03-05T13:40:00Z'), 3))).toBe('2026-03-08T16:00:00.000Z')
  })

  it('2026-03-07 was a Saturday', () => {
    expect([6, 7, 8, 9].map((d) => isWeekend(dayOf(instantFrom(`2026-03-0${d}T04:00:00Z`))))).toEqual([false, true, true, false])
  })
})
