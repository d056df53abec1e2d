import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areas, castIds } from '../../../house/cast.ts'
import { allPages } from '../../../house/pages.ts'
import { type World, world } from '../../../house/world.ts'
import { openTable } from '../../../kernel/server/sheet/head.ts'
import { readSheet } from '../../../kernel/server/sheet/read.ts'
import { foldAll, type HazardEvent } from '../fold.ts'
import type { FindingDraft, HazardState } from '../hazard.ts'
import { operations } from '../operations.ts'
import { draft, inDays, on, photo, plan, serve, today, within } from './fixtures.ts'
import { figures } from './figures.ts'
import { reportFindings } from './public.ts'
import { toHazard } from './row.ts'

let w: World
let pic: () => Promise<string>
beforeAll(async () => {
  w = await world()
  pic = () => photo(w, 'wang')
  await walk()
}, 240_000)
afterAll(() => w.close())

const pair = [castIds.wang, castIds.he]
let seed = 20260305
const random = (n: number): number => ((seed = (seed * 48271) % 2147483647) % n)

/** One lawful step from each state, chosen as chance will have it. */
const steps: Partial<Record<HazardState, ((id: string) => Promise<unknown>)[]>> = {
  REPORTED: [
    async (id) => w.as('wang').do(operations.confirm, { ...(await on(w, id)), level: 'GENERAL' }),
    async (id) => w.as('xu').do(operations.void, { ...(await on(w, id)), code: 'FALSE', reason: '不属实', photos: [await photo(w, 'xu')] }),
  ],
  CONFIRMED: [
    (id) => serve(w, [id], inDays(w, 2 + random(10))),
    async (id) => w.as('lin').do(operations.fixOnSite, { ...(await on(w, id)), photosAfter: [await photo(w, 'lin')] }),
    async (id) => w.as('wang').do(operations.raise, { ...(await on(w, id)), clauseId: 'GM-3-1', officers: [castIds.he], opinion: { text: '构成', by: '专家甲' }, reason: '复核' }),
  ],
  FIXED_ON_SITE: [async (id) => w.as('he').do(operations.verifyFix, { ...(await on(w, id)), verified: random(3) > 0, stopLifted: true, reason: '核实' })],
  ORDERED: [
    async (id) => w.as('feng').do(operations.acknowledge, { ...(await on(w, id)), plan: { ...plan(today(w)), goal: '改造', team: '三人' } }),
    async (id) => w.as('wang').do(operations.askTransfer, { ...(await on(w, id)), toDept: '区消防', materials: ['照片'], reason: '职权' }).then(async () => w.as('xu').do(operations.decideTransfer, { ...(await on(w, id)), approved: true, reason: '同意' })),
  ],
  RECTIFYING: [async (id) => w.as('zhao').do(operations.submit, { ...(await on(w, id)), photosAfter: [await photo(w, 'zhao')], reports: [await photo(w, 'zhao')], note: '已改' })],
  SUBMITTED: [async (id) => w.as('xu').do(operations.assignReinspection, { ...(await on(w, id)), officers: random(2) ? pair : [castIds.lu, castIds.he] })],
  TRANSFERRED: [async (id) => w.as('xu').do(operations.receipt, { ...(await on(w, id)), returned: random(2) === 0, result: '已办' })],
  CLOSED: [async (id) => w.as('wang').do(operations.reopen, { ...(await on(w, id)), description: '又发生', photos: [await photo(w, 'wang')] })],
}

async function reinspect(id: string): Promise<void> {
  const page = await w.as('wang').do(operations.get, { id })
  if (page.pending) return
  const officers = page.reinspectors.map((p) => p.id)
  await w.as('he').do(operations.reinspect, { ...(await on(w, id)), officers, passed: random(3) > 0, note: '复查', stopLifted: true })
}

/** Twelve hazards, 45 steps, the clock moving on and the jobs running between. */
async function walk(): Promise<void> {
  const drafts: FindingDraft[] = []
  for (let i = 0; i < 12; i++) drafts.push(draft(w, { source: i % 3 ? 'INSPECTION' : 'PATROL', foundBy: [castIds.lin], photosBefore: [await pic()], officers: i % 2 ? pair : [] }))
  await within(w, 'wang', (ctx) => reportFindings(ctx, drafts))
  for (let i = 0; i < 45; i++) {
    const { id } = drafts[random(drafts.length)]!
    const { state, level } = await w.as('wang').do(operations.get, { id })
    const choices = (steps[state] ?? []).slice(0, level === 'MAJOR' && state === 'CONFIRMED' ? 1 : undefined)
    if (state === 'REINSPECTING') await reinspect(id)
    else if (choices.length) await choices[random(choices.length)]!(id)
    if (i % 12 === 11) {
      w.advance({ days: 4 })
      await w.runJobs()
    }
  }
}

const actor = { reach: { areas: [[areas.district, '990101~']], grids: [], enterprises: [] } } as never

describe('after a random walk', () => {
  it('the walk went through most states, late ones among them', async () => {
    const { rows } = await sql<{ states: number; late: number; rounds: number }>`select count(distinct e.to_state)::int as states, (select count(*)::int from hazard where late) as late, (select max(round) from hazard) as rounds from domain_event e where aggregate = 'hazard'`.execute(w.app.db.all)
    expect(rows[0]!.states).toBeGreaterThanOrEqual(8)
    expect(rows[0]!.late).toBeGreaterThan(0)
  })
  it('the counters equal a full recount, folded or not', async () => {
    const both = async () => {
      const counted = await within(w, 'wang', (ctx) => figures(ctx.tx, actor, {}, today(w)))
      expect(counted).toEqual(await within(w, 'wang', (ctx) => figures(ctx.tx, actor, {}, today(w), true)))
      return counted
    }
    const before = await both()
    w.advance({ minutes: 2 })
    await w.runJobs()
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from hazard_count_delta`.execute(w.app.db.all)
    expect(rows[0]!.n).toBe(0)
    expect((await both()).all).toBe(before.all)
    expect(before.all).toBe(12)
  })
  it('every figure opens a list with as many rows', async () => {
    const f = await w.as('xu').do(operations.figures, {})
    const total = async (filter: Record<string, unknown>) => {
      const page = await w.as('xu').do(operations.list, { limit: 200, ...filter } as never)
      expect(page.rows.length).toBe(page.total)
      return page.total
    }
    expect(await total({})).toBe(f.all)
    expect(await total({ open: 'true' })).toBe(f.open)
    expect(await total({ open: 'true', sort: 'due' })).toBe(f.open)
    expect(await total({ overdue: 'true' })).toBe(f.overdue)
    expect(await total({ dueSoon: 'true' })).toBe(f.dueSoon)
    expect(await total({ level: 'MAJOR' })).toBe(f.major)
    expect(await total({ level: 'MAJOR', open: 'true' })).toBe(f.majorOpen)
    for (const { state, n } of f.byState) expect(await total({ states: state }), state).toBe(n)
    for (const { street, open } of f.byStreet) expect(await total({ areaCode: street, open: 'true' }), street).toBe(open)
  })
  it('the same list counted by rows where the counters do not know: grid, enterprise, text, source', async () => {
    const grid = await w.as('lin').do(operations.list, { limit: 200 })
    expect(grid.total).toBe(12)
    expect((await w.as('zhao').do(operations.list, { limit: 200 })).total).toBe(12)
    expect((await w.as('zhao').do(operations.figures, {})).all).toBe(12)
    expect((await w.as('xu').do(operations.list, { q: '漏电', limit: 200 })).total).toBe(12)
    expect((await w.as('xu').do(operations.list, { q: '不存在的词', limit: 200 })).total).toBe(0)
    expect((await w.as('xu').do(operations.list, { sources: 'PATROL' as never, limit: 200 })).total).toBe(4)
    const first = grid.rows[0]!
    expect((await w.as('xu').do(operations.list, { q: first.no })).rows.map((r) => r.id)).toEqual([first.id])
  })
  it.each(['found', 'due'] as const)('pages by cursor show every row once, by %s', async (sort) => {
    const seen = await allPages((more) => w.as('xu').do(operations.list, { limit: 5, sort, ...more }))
    expect(new Set(seen.map((r) => r.id)).size).toBe(seen.length)
    expect((await w.as('xu').call(operations.list, { cursor: 'nonsense' })).problem.code).toBe('common.bad_cursor')
  })
  it('re-folding every history gives the stored row', async () => {
    const { rows } = await sql<Record<string, unknown>>`select * from hazard`.execute(w.app.db.all)
    const events = await sql<{ aggregate_id: string; event: string; to_state: string; data: unknown }>`select aggregate_id, event, to_state, data from domain_event where aggregate = 'hazard' order by seq`.execute(w.app.db.all)
    expect(rows.length).toBe(12)
    for (const row of rows) {
      const history = events.rows.filter((e) => e.aggregate_id === row.id).map((e) => ({ event: e.event, to: e.to_state, data: e.data }) as HazardEvent)
      expect(foldAll(history)).toEqual(toHazard(row))
    }
  })
  it('no open todo is without somebody, and ended hazards have none', async () => {
    const { rows } = await sql<{ open: number; ended: number }>`select count(*)::int as open, (count(*) filter (where h.state in ('CLOSED','VOID','TRANSFER_CLOSED')))::int as ended
      from hazard h join todo t on t.subject_id = h.id and t.done_at is null`.execute(w.app.db.all)
    expect(rows[0]!.open).toBeGreaterThan(0)
    expect(rows[0]!.ended).toBe(0)
    const lonely = await sql`select 1 from hazard h where h.state not in ('CLOSED','VOID','TRANSFER_CLOSED') and not exists (select 1 from todo t where t.subject_id = h.id and t.done_at is null)`.execute(w.app.db.all)
    expect(lonely.rows).toEqual([])
  })
  it('the export holds exactly what the filter shows, with the columns of the screen, and is audited', async () => {
    const shown = await w.as('xu').do(operations.list, { open: 'true' as never, limit: 200 })
    const file = await w.as('xu').call(operations.export, { open: 'true' as never, columns: 'no,title,state' })
    expect(file.status).toBe(200)
    expect(decodeURIComponent(String(file.headers['content-disposition']))).toContain('隐患台账')
    const table = await openTable(await readSheet(file.bytes), { no: { zh: '隐患编号' }, title: { zh: '隐患' }, state: { zh: '状态' } })
    const numbers: string[] = []
    for await (const batch of table.rows()) for (const row of batch.rows) numbers.push(String(row[0]))
    expect(numbers).toEqual(shown.rows.map((r) => r.no))
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from audit where kind = 'EXPORT' and subject = '隐患台账'`.execute(w.app.db.all)
    expect(rows[0]!.n).toBe(1)
  })
})
