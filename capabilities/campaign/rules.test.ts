import { describe, expect, it } from 'vitest'
import { packs } from './packs.data.ts'
import { isLate, openUpTo, quotaOf, refuseApproval, refusePlan, refusePool, refuseRun, refuseVisit, spanOf, wavesOf } from './rules.ts'
import { Pack, Scheme } from './scheme.ts'

const scheme = (more: Record<string, unknown> = {}) => Scheme.parse({ objects: {}, visitKinds: ['ADMIN_SPECIAL'], ...more })
const codes = (refusals: { code: string }[]) => refusals.map((r) => r.code)

describe('方案（§3.7）', () => {
  const plan = { kind: 'NIGHT' as const, startsAt: '2026-03-05T20:00:00+08:00', endsAt: '2026-03-06T01:00:00+08:00', scheme: scheme(), publishedOn: '2026-03-01' }
  it.each([
    ['a night from 20:00 to 01:00', {}, []],
    ['a night that begins at noon', { startsAt: '2026-03-05T12:00:00+08:00', endsAt: '2026-03-05T16:00:00+08:00' }, ['campaign.night_hours']],
    ['a night of two days', { endsAt: '2026-03-07T20:00:00+08:00' }, ['campaign.night_long']],
    ['an end before the start', { endsAt: '2026-03-05T19:00:00+08:00' }, ['campaign.dates']],
    ['a special inspection that nobody was told of (54号文)', { publishedOn: null }, ['campaign.not_published']],
    ['a rate without a number', { scheme: scheme({ quotas: [{ name: '抽查', kind: 'RATE' }] }) }, ['campaign.quota_incomplete']],
    ['a first wave that takes everybody', { scheme: scheme({ waves: [{ name: '一' }, { name: '二' }] }) }, ['campaign.wave_without_rule']],
  ])('%s', (_, more, expected) => expect(codes(refusePlan({ ...plan, ...more }))).toEqual(expected))
  it('a night over New Year is one business date of the year in which it began (§0.5)', () => {
    expect(spanOf('2026-12-31T20:00:00+08:00', '2027-01-01T02:00:00+08:00')).toEqual({ from: '2026-12-31', to: '2026-12-31' })
  })
  it('an action until 18:00 ends on that day; one until 06:00 does not begin another', () => {
    expect(spanOf('2026-03-05T09:00:00+08:00', '2026-03-31T18:00:00+08:00')).toEqual({ from: '2026-03-05', to: '2026-03-31' })
    expect(spanOf('2026-03-05T20:00:00+08:00', '2026-03-06T06:00:00+08:00').to).toBe('2026-03-05')
  })
  it('every shipped pack is a whole plan that would be accepted', () => {
    expect(packs).toHaveLength(11)
    for (const given of packs) {
      const pack = Pack.parse(given)
      const startsAt = `2026-03-05T${pack.startTime}:00+08:00`
      expect(codes(refusePlan({ kind: pack.kind, startsAt, endsAt: pack.kind === 'NIGHT' ? '2026-03-06T01:00:00+08:00' : '2027-03-05T18:00:00+08:00', scheme: pack.scheme, publishedOn: '2026-03-01' })), pack.code).toEqual([])
    }
  })
})

describe('审批：一次审批附名单（国办发〔2024〕54号）', () => {
  const given = { submitted: true, submitterId: 'a', approverId: 'b', visitKinds: ['ADMIN_SPECIAL' as const], annex: { count: 12, hash: 'h' }, frozen: { count: 12, hash: 'h' }, teams: [{ name: '第1检查组', kind: 'CHECK', officers: 2 }] }
  it.each([
    ['as it was sent up', {}, []],
    ['not sent up', { submitted: false }, ['campaign.not_submitted']],
    ['by who sent it up', { approverId: 'a' }, ['campaign.approver_submitted']],
    ['a list that grew since', { annex: { count: 13, hash: 'g' } }, ['campaign.annex_changed']],
    ['an empty annex', { annex: { count: 0, hash: 'h' } }, ['campaign.annex_empty']],
    ['one certified officer in a team (罚法§42)', { teams: [{ name: '第1检查组', kind: 'CHECK', officers: 1 }] }, ['campaign.team_officers']],
    ['patrols need no annex', { visitKinds: ['PATROL' as const], annex: { count: 0, hash: 'h' }, teams: [] }, []],
  ])('%s', (_, more, expected) => expect(codes(refuseApproval({ ...given, ...more }))).toEqual(expected))
})

describe('走访归入行动', () => {
  const given = { act: 'record' as const, state: 'RUNNING' as const, scheme: scheme({ checklists: ['YC'] }), kind: 'ADMIN_SPECIAL' as const, checklists: ['YC'], date: '2026-03-05', from: '2026-03-05', to: '2026-03-05', outside: 0, teamKnown: true }
  it.each([
    ['as planned', {}, []],
    ['a late upload after the end is taken', { state: 'CLOSED' as const }, []],
    ['a task after the end is not', { act: 'plan' as const, state: 'CLOSED' as const }, ['campaign.not_running']],
    ['before the order was given', { state: 'APPROVED' as const }, ['campaign.not_running']],
    ['a kind the plan does not know', { kind: 'PATROL' as const }, ['campaign.kind_not_allowed']],
    ['the day after', { date: '2026-03-06' }, ['campaign.out_of_dates']],
    ['another checklist', { checklists: ['JX'] }, ['campaign.checklist_not_allowed']],
    ['a site elsewhere and a team of another action', { outside: 1, teamKnown: false }, ['campaign.site_outside', 'campaign.team_unknown']],
  ])('%s', (_, more, expected) => expect(codes(refuseVisit({ ...given, ...more }))).toEqual(expected))
})

describe('先大后小（§6.7）', () => {
  const waves = { waves: [{ name: '规上', aboveScale: true, riskColours: [], threshold: 995 }, { name: '百人', minEmployees: 100, riskColours: [], threshold: 950 }, { name: '其余', riskColours: [], threshold: 1000 }] }
  const of = (first: [number, number], second: [number, number] = [0, 100]) => wavesOf(waves, [{ wave: 1, done: first[0], total: first[1] }, { wave: 2, done: second[0], total: second[1] }, { wave: 3, done: 0, total: 50 }], 1)
  it.each([
    ['1,838 of 1,847 is 99.51 %: opens at 99.5 %', of([1838, 1847]), 2],
    ['1,837 of 1,847 is 99.46 %: rounding opens nothing', of([1837, 1847]), 1],
    ['both reached: the third opens too', of([1847, 1847], [95, 100]), 3],
    ['an empty wave holds nobody up', of([0, 0]), 2],
  ])('%s', (_, progress, open) => expect(openUpTo(progress, 1)).toBe(open))
})

describe('定额（A20）', () => {
  const facts = { base: 101, done: 40, rounds: [60, 7] }
  it.each([
    ['50 % of 101 is 51, 11 short', { name: 'q', kind: 'RATE' as const, permille: 500 }, { need: 51, done: 40, gap: 11, abovePool: false }],
    ['all of them', { name: 'q', kind: 'COVERAGE' as const }, { need: 101, done: 40, gap: 61, abovePool: false }],
    ['two rounds count sites seen twice', { name: 'q', kind: 'ROUNDS' as const, rounds: 2 }, { need: 101, done: 7, gap: 94, abovePool: false, perRound: [60, 7] }],
    ['a quota larger than the pool is said, and the need is the pool', { name: 'q', kind: 'COUNT' as const, count: 500 }, { need: 101, done: 40, gap: 61, abovePool: true }],
  ])('%s', (_, quota, expected) => expect(quotaOf(quota, facts)).toMatchObject(expected))
  it('nobody to check is 无对象: need 0, gap 0, base 0', () => expect(quotaOf({ name: 'q', kind: 'RATE', permille: 500 }, { base: 0, done: 0, rounds: [] })).toMatchObject({ base: 0, need: 0, gap: 0 }))
})

describe('抽取的前提', () => {
  const names = (s: string) => s
  it('an empty pool', () => expect(codes(refusePool({ sites: [], strata: [{ stratum: 'RED', count: 1 }], officers: 4, pairs: true, names }))).toEqual(['campaign.pool_empty']))
  it('more than the stratum holds; neither rate nor number; one officer', () => {
    const refusals = refusePool({ sites: [{ stratum: 'RED' }], strata: [{ stratum: 'RED', count: 2 }, { stratum: 'BLUE' }], officers: 1, pairs: true, names })
    expect(codes(refusals)).toEqual(['campaign.draw_above_pool', 'campaign.stratum_rule', 'campaign.draw_officers'])
    expect(refusals[0]).toMatchObject({ field: 'strata.0.count', params: { count: 2, size: 1 } })
  })
  it('drawing: two parties, all revealed, after the public value, by one who does not go (§0.6)', () => {
    const given = { now: new Date('2026-03-05T08:00:00Z'), publicAt: '2026-03-05T07:00:00Z', parties: [{ revealed: true }, { revealed: true }], drawerId: 'x', officerIds: ['y'] }
    expect(refuseRun(given)).toEqual([])
    expect(codes(refuseRun({ ...given, now: new Date('2026-03-05T06:00:00Z'), parties: [{ revealed: false }], officerIds: ['x'] }))).toEqual(['campaign.parties_two', 'campaign.not_revealed', 'campaign.public_value_early', 'campaign.drawer_executes'])
  })
})

it('a task is late from the day after its last day, whatever its progress', () => {
  expect(isLate({ state: 'RUNNING', dueOn: '2026-03-05' }, '2026-03-05')).toBe(false)
  expect(isLate({ state: 'RUNNING', dueOn: '2026-03-05' }, '2026-03-06')).toBe(true)
  expect(isLate({ state: 'DONE', dueOn: '2026-03-05' }, '2026-03-06')).toBe(false)
})
