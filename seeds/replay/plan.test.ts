import { describe, expect, it } from 'vitest'
import { expectedAt } from './expected.ts'
import { DAYS, planOf } from './plan.ts'
import { hazardText } from './words.ts'
import { stageOf } from './registry.ts'

const sum = (numbers: readonly number[]): number => numbers.reduce((n, m) => n + m, 0)

describe.each([1, 0.02, 0.005])('the plan at scale %d', (scale) => {
  const stage = stageOf(scale)
  const { expected: x } = stage
  const plan = planOf(stage)
  const walks = plan.days.flatMap((day) => day.walks)
  const guided = plan.days.flatMap((day) => day.guided)
  const firms = guided.flatMap((g) => g.firms)
  const fates = walks.flatMap((w) => w.patrols.flatMap((p) => p.findings))
  const atNight = plan.night.flatMap((t) => t.sites)

  it('sends out as many persons a day as the report counted, each once', () => {
    const patrolling = sum(walks.map((w) => 1 + w.helpers.length))
    const guiding = sum(guided.map((g) => g.group.officers.length))
    const people = plan.night.flatMap((t) => [...t.officers, ...t.members].map((p) => p.id))
    expect([patrolling + guiding + people.length, new Set(people).size]).toEqual([x.persons, x.nightPersons])
    expect(plan.days).toHaveLength(DAYS)
    for (const day of plan.days) expect(new Set(day.walks.map((w) => w.member.id)).size).toBe(day.walks.length)
  })

  it('finds and closes as many hazards, and guides each firm once, those above scale first', () => {
    const found = fates.length + sum(firms.map((f) => f.findings)) + atNight.filter((s) => s.finding).length
    const closed = fates.filter((f) => f === 'FIXED').length + sum(firms.map((f) => f.findings)) + atNight.filter((s) => s.finding === 'FIXED').length
    expect([found, closed]).toEqual([x.found, x.closed])
    expect([firms.length, new Set(firms.map((f) => f.siteId)).size]).toEqual([x.resumed, x.resumed])
    expect(firms.slice(0, x.aboveResumed).every((f) => f.safety !== null)).toBe(true)
  })

  it('keeps the parts of the night apart', () => {
    expect([atNight.length, new Set(atNight.map((s) => s.siteId)).size]).toEqual([x.nightParks + x.nightFirms + x.nightPlaces, atNight.length])
    expect([atNight.filter((s) => s.finding).length, atNight.filter((s) => s.finding === 'FIXED').length]).toEqual([x.nightFound, x.nightFixed])
    expect(atNight.filter((s) => s.sealed).map((s) => s.finding)).toEqual(Array.from({ length: x.nightSealed }, () => 'OPEN'))
    expect([plan.groups.filter((g) => g.kind === 'GUIDE').length, plan.groups.filter((g) => g.kind === 'AID').length, sum(plan.groups.slice(0, 11).map((g) => g.officers.length))]).toEqual([11, 2, 24])
  })
})

describe('expectedAt', () => {
  it('is the report itself at 1 and rounds every number by itself below', () => {
    expect(expectedAt(1)).toMatchObject({ persons: 36_762, found: 118_572, closed: 112_085, resumed: 26_272, aboveResumed: 1_839, nightSealed: 2 })
    expect(expectedAt(0.02)).toMatchObject({ persons: 735, found: 2_371, closed: 2_242, resumed: 525, nightPlaces: 26, nightPersons: 5, nightSealed: 1 })
    expect(() => expectedAt(0.001)).toThrow(RangeError)
  })
})

describe('hazardText', () => {
  it.each(['YC', 'YQ', 'JX', 'FG'] as const)('%s: each hazard reads as an inspector writes it, not as the item it breaks', (code) => {
    for (let n = 0; n < 60; n++) {
      const { item, description } = hazardText(code, n)
      expect(description).toMatch(/^[^#：]{4,40}$/)
      expect(description).not.toContain(item.content)
    }
  })
})
