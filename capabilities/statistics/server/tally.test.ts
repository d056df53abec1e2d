import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areas, castIds, ids } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { rangeOf } from '../../../kernel/core/access.ts'
import { addDays } from '../../../kernel/core/time.ts'
import { type Actor, systemActor } from '../../../kernel/server/actor.ts'
import { cellsOf, type Scope, type Split } from '../figures.ts'
import { operations } from '../operations.ts'
import { campaignRow, here, put, there } from './fixtures.ts'
import { countBase, countFigures } from './figures.ts'
import { foldTally, tallied } from './tally.ts'
import { coverOf, shapeFor } from './tally-read.ts'

let w: World
let campaign: string
beforeAll(async () => {
  w = await world()
  campaign = await campaignRow(w, '岁末夜查', '2025-12-31')
})
afterAll(() => w.close())

let state = 20251231
const random = (n: number): number => ((state = (Math.imul(state, 1103515245) + 12345) >>> 0) >>> 8) % n
const pick = <T,>(from: readonly T[]): T => from[random(from.length)]!
const someDay = (): string => addDays('2025-11-20', random(106))

const visits = (n: number) => Array.from({ length: n }, () => {
  const id = randomUUID()
  const day = someDay()
  return {
    id, no: `INS-T-${id.slice(0, 13)}`, kind: pick(['ADMIN_DAILY', 'ADMIN_SPECIAL', 'JOINT', 'PATROL', 'GUIDANCE', 'PHONE']), ...pick([here, there]), agency_id: pick([ids.team, ids.streetOffice]), state: 'DONE', business_date: day, counts_to_cap: false,
    // Past midnight of the business date, now and then.
    arrived_at: `${day}T${pick(['02', '14', '17'])}:30:00Z`, left_at: `${addDays(day, 1)}T00:30:00Z`, outcome: pick(['CHECKED', 'CHECKED', 'LOCKED']), clue_kind: random(6) ? null : 'REINSPECTION', clue_no: 'HZ-1', purpose: '',
    campaign_id: random(4) ? null : campaign, joint_id: random(8) ? null : joints[random(joints.length)], urgent: false, joint_departments: [], version_ids: [], needs_cooperation: true, scanned: false, finding_count: 0, fixed_count: 0, major_count: 0,
    answer_count: 0, complied_count: 0, not_applicable_count: 0, patrol_notes: [], created_by: castIds.wang, created_at: `${day}T02:00:00Z`, version: 1,
  }
})
const joints = Array.from({ length: 4 }, () => randomUUID())

let spot = 0
const hazards = (n: number) => Array.from({ length: n }, () => {
  const id = randomUUID()
  const day = someDay()
  const major = random(5) === 0
  return {
    id, no: `HZ-T-${id.slice(0, 13)}`, ...pick([here, there]), enterprise_name: '安川澜湖精密五金有限公司', site_name: '主厂区', source: pick(['INSPECTION', 'PATROL', 'SELF_CHECK']), category: 'XC-02', location: `汇总${++spot}`, description: '无漏电保护',
    level: major ? 'MAJOR' : 'GENERAL', clause_id: major ? 'GM-3-1' : null, immediate_stop: false, stop_in_force: false, requirement: '加装', legal_basis: [], default_days: 15, evidence: 'PHOTO', found_at: `${day}T02:00:00Z`, found_on: day, found_by: [castIds.wang],
    confirmed_by: [], opinions: [], fix_claimed: false, late: false, state: pick(['REPORTED', 'CONFIRMED', 'RECTIFYING']), due_on: addDays(day, 15), round: 0, extensions: 0, reinspectors: [], last_reinspectors: [], closed_by: [], recurrence: false,
    dedupe_key: `tally ${spot}`, sightings: 1, escalation: 0, appealed: false, campaign_id: random(4) ? null : campaign, version: 2,
  }
})

const change = async (text: string, ...values: unknown[]) => w.app.db.pool.query(text, values)
const someOf = (table: string, where: string, n: number) => `id in (select id from ${table} where ${where} order by md5(id::text || '${random(1e9)}') limit ${n})`

/** What may happen to a fact after it was counted: each changes numbers of days gone by. */
const changes: (() => Promise<unknown>)[] = [
  () => put(w, 'visit', visits(8)),
  () => put(w, 'hazard', hazards(10)),
  () => change(`update visit set state = 'VOID', void_reason = '误录' where ${someOf('visit', `state = 'DONE'`, 3)}`),
  () => change(`update visit set business_date = business_date - 1 where ${someOf('visit', `state = 'DONE'`, 3)}`),
  () => change(`update visit set outcome = 'CHECKED', campaign_id = $1 where ${someOf('visit', `state = 'DONE'`, 2)}`, campaign),
  () => change(`update hazard set state = 'CONFIRMED' where ${someOf('hazard', `state = 'REPORTED'`, 3)}`),
  () => change(`update hazard set state = 'CLOSED', closed_on = least(found_on + 9, '2026-03-04'), closed_at = least(found_on + 9, '2026-03-04')::timestamp + interval '3 hours', closed_how = 'ON_SITE' where ${someOf('hazard', `state not in ('CLOSED','VOID')`, 4)}`),
  () => change(`update hazard set state = 'RECTIFYING', closed_on = null, closed_at = null, closed_how = null, recurrence = true where ${someOf('hazard', `state = 'CLOSED'`, 2)}`),
  () => change(`update hazard set state = 'VOID', closed_on = null, closed_at = null, closed_how = null, void_code = 'FALSE' where ${someOf('hazard', 'true', 2)}`),
  () => change(`update hazard set due_on = due_on + 10, extensions = 1 where ${someOf('hazard', `state = 'RECTIFYING' and extensions = 0`, 3)}`),
  () => put(w, 'enterprise_history', [{ id: randomUUID(), enterprise_id: ids.otherEnterprise, area_code: areas.otherCommunity, field: pick(['INDUSTRY', 'SIZE']), value: pick(['2929', '3311', 'SMALL']), valid_from: someDay(), valid_to: '2026-12-31', source: '补录' }]),
  () => change(`update enterprise set above_scale = not above_scale where id = $1`, ids.enterprise),
]

const fold = (patient = false) => w.app.db.transaction((tx) => foldTally({ tx }, patient))
const now = () => w.app.clock.now()
const of = (code: string): Actor => ({ ...systemActor(), reach: { areas: [rangeOf(code)], grids: [], enterprises: [] } }) as Actor
const all = Object.values(tallied).flatMap((one) => one.ids)
const dimensions: (readonly Split[])[] = [[], ['county'], ['street'], ['industry'], ['section'], ['size'], ['aboveScale'], ['campaign'], ['kind'], ['level'], ['source'], ['day'], ['week'], ['month'], ['street', 'industry'], ['street', 'month'], ['industry', 'day'], ['size', 'aboveScale'], ['level', 'source'], ['campaign', 'week'], ['street', 'kind']]
const spans = [['2025-11-20', '2026-03-05'], ['2025-01-01', '2026-12-31'], ['2025-12-31', '2026-01-01'], ['2025-12-17', '2026-02-11'], ['2026-02-01', '2026-02-28']] as const

type Cells = Record<string, Record<string, number | string>>
/** Every number by its key; a cell of nothing but noughts is no cell. */
async function numbers(actor: Actor, scope: Scope, by: readonly Split[], plainly: boolean): Promise<Cells> {
  const counted = await countFigures(w.app.db.all as never, actor, all, scope, now(), by, ...(plainly ? [countBase] : []))
  const read = (figures: typeof counted.total) => Object.fromEntries(all.flatMap((id): [string, number | string][] => (figures[id]?.value ? [[id, figures[id].value]] : figures[id]?.value === null ? [[id, figures[id].why ?? '']] : [])))
  return Object.fromEntries([['合计', read(counted.total)] as const, ...cellsOf(counted, all).map((cell) => [cell.keys.join(), read(cell.figures)] as const)].filter(([, figures]) => Object.values(figures).some((n) => typeof n === 'number')))
}

async function mustAgree(actor: Actor, scope: Scope, by: readonly Split[], say: string): Promise<void> {
  expect(await numbers(actor, scope, by, false), `${say}: ${by.join('×') || '合计'} ${JSON.stringify(scope)}`).toEqual(await numbers(actor, scope, by, true))
}

describe('tally: equals the plain recount', () => {
  it('every figure × dimension after a year’s worth of late changes, voiding, re-opening, new facts about enterprises, folded or not', async () => {
    await put(w, 'visit', visits(120))
    await put(w, 'hazard', hazards(120))
    for (let round = 0; round < 8; round++) {
      for (let i = 0; i < 6; i++) await pick(changes)()
      if (round % 3 !== 2) expect(await fold()).toBe(0)
      for (let i = 0; i < 2; i++) await pick(changes)()
      for (const by of dimensions) {
        const [from, to] = pick(spans)
        await mustAgree(of(areas.district), { from, to }, by, `round ${round}`)
      }
    }
  }, 240_000)
  it('within a street, a span, a cut-off in the past and every narrowing', async () => {
    await fold()
    await pick(changes)()
    const narrow: Partial<Scope>[] = [{ areas: [areas.street] }, { kinds: ['PATROL', 'ADMIN_DAILY'] }, { campaignId: campaign }, { level: 'MAJOR' }, { sources: ['SELF_CHECK', 'PATROL'] }, { industries: ['33', '29'] }, { sizes: ['SMALL', 'UNKNOWN'] }, { aboveScale: 'YES' }, { asOf: '2026-01-15T16:00:00.000Z' }, { asOf: '2026-02-20T04:00:00.000Z', level: 'GENERAL' }]
    for (const [from, to] of spans) for (const more of narrow) for (const by of [[], ['street'], ['month']] as const) await mustAgree(of(areas.district), { from, to, ...more }, by, '')
    for (const [from, to] of spans) await mustAgree(of(areas.street), { from, to }, ['industry'], 'street office')
  }, 240_000)
  it('every cell of a cross table opens a list of its number', async () => {
    for (const splitBy of ['street,industry', 'size,source', 'campaign,level', 'street,month']) {
      const scope = { from: '2025-12-17', to: '2026-02-11', splitBy }
      const counted = await w.as('chen').do(operations.figures, { metrics: 'M07,M04', ...scope })
      for (const metric of ['M07', 'M04']) for (const cell of cellsOf(counted, ['M07', 'M04'])) {
        const number = cell.figures[metric]?.value
        if (typeof number === 'number') expect((await w.as('chen').do(operations.facts, { metric, ...scope, cell: cell.keys.join(','), limit: 1 })).total, `${metric} ${splitBy} ${cell.keys.join()}`).toBe(number)
      }
    }
  }, 120_000)
  it('counts what a list holds, page by page, for every tallied figure', async () => {
    const scope = { from: '2025-12-17', to: '2026-02-11' }
    const { total } = await w.as('chen').do(operations.figures, { metrics: all.join(','), ...scope })
    for (const metric of all) {
      const keys: string[] = []
      for (let cursor: string | undefined, pages = 0; pages < 200; pages++) {
        const page = await w.as('chen').do(operations.facts, { metric, ...scope, limit: 7, ...(cursor ? { cursor } : {}) })
        expect(page.total, metric).toBe(total[metric]?.value)
        keys.push(...page.rows.map((row) => row.key))
        cursor = page.next
        if (!cursor) break
      }
      expect([keys.length, new Set(keys).size], metric).toEqual([total[metric]?.value, total[metric]?.value])
    }
  }, 120_000)
})

describe('tally: notices', () => {
  it('one mark that is lost: the tally is then not the recount', async () => {
    await fold()
    await put(w, 'hazard', hazards(5))
    await change('delete from figure_mark')
    const scope = { from: '2025-01-01', to: '2026-12-31' }
    expect(await numbers(of(areas.district), scope, [], false)).not.toEqual(await numbers(of(areas.district), scope, [], true))
    await change(`update figure_state set definition = 'lost'`)
    await mustAgree(of(areas.district), scope, [], 'of another definition: the facts answer')
    expect(await fold()).toBe(0)
    await mustAgree(of(areas.district), scope, ['street', 'industry'], 'made anew')
  })
  it('every change that moves a number, told by its day; a change that moves none costs no recount', async () => {
    await put(w, 'hazard', hazards(3).map((row) => ({ ...row, state: 'RECTIFYING' })))
    await fold()
    const marked = async () => (await change('select count(*)::int as n from figure_mark')).rows[0].n as number
    await change(`update hazard set state = 'SUBMITTED', submitted_at = now() where ${someOf('hazard', `state = 'RECTIFYING'`, 1)}`)
    expect(await marked()).toBe(0)
    for (const text of [`update hazard set level = 'GENERAL' where ${someOf('hazard', `level = 'MAJOR' and state = 'RECTIFYING'`, 1)}`, `update visit set outcome = 'VACANT' where ${someOf('visit', `state = 'DONE' and outcome = 'CHECKED'`, 1)}`, `update hazard set source = 'EXPERT' where ${someOf('hazard', `state <> 'VOID'`, 1)}`]) {
      const before = await marked()
      expect((await change(text)).rowCount, text).toBe(1)
      expect(await marked(), text).toBeGreaterThan(before)
    }
  })
  it('the job rests after a run, and takes up what was marked meanwhile', async () => {
    await change(`update figure_state set rest_until = now() + interval '1 hour'`)
    expect(await fold(true)).toBe(-1)
    await change(`update figure_state set rest_until = now() - interval '1 hour'`)
    expect(await fold(true)).toBe(0)
  })
})

describe('tally: what it can answer', () => {
  it('whole streets and tallied groups of dimensions; anything finer is counted from the facts', () => {
    const chen = of(areas.district)
    const grid = { ...chen, reach: { areas: [], grids: [ids.grid], enterprises: [] } } as Actor
    const scope = { from: '2026-01-01', to: '2026-01-31' }
    expect([shapeFor('HAZARD', chen, scope, ['street', 'industry'])?.id, shapeFor('HAZARD', chen, scope, [])?.id, shapeFor('VISIT', chen, { ...scope, kinds: ['PATROL'] }, ['street'])?.id]).toEqual([1, 0, 6])
    expect([shapeFor('HAZARD', grid, scope, []), shapeFor('HAZARD', chen, scope, ['community']), shapeFor('HAZARD', chen, { ...scope, tag: 'DUST' }, []), shapeFor('HAZARD', chen, { ...scope, level: 'MAJOR' }, ['industry'])]).toEqual([undefined, undefined, undefined, undefined])
  })
  it('a span is whole years, whole months and the days at its ends', () => {
    const none = ['1900-01-01', '1900-01-01']
    expect(coverOf({ from: '2023-12-31', to: '2026-03-05' }, 'none')).toEqual({ months: ['2024-01-01', '2026-03-01'], years: ['2024-01-01', '2026-01-01'] })
    expect(coverOf({ from: '2026-02-01', to: '2026-02-28' }, 'none')).toEqual({ months: ['2026-02-01', '2026-03-01'], years: none })
    expect(coverOf({ from: '2026-02-02', to: '2026-02-28' }, 'none')).toEqual({ months: none, years: none })
    expect(coverOf({ from: '2025-01-01', to: '2025-12-31' }, 'month')).toEqual({ months: ['2025-01-01', '2026-01-01'], years: none })
    expect(coverOf({ from: '2025-01-01', to: '2025-12-31' }, 'day')).toEqual({ months: none, years: none })
  })
})
