import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areas, castIds, ids } from '../../../house/cast.ts'
import { allPages } from '../../../house/pages.ts'
import { type World, world } from '../../../house/world.ts'
import { within } from '../../hazard/server/fixtures.ts'
import { operations } from '../operations.ts'
import type { TodoDraft } from '../todo.ts'
import { closeTodos, closeTodosOf, openTodo, openTodos, settleTodos } from './public.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

const draft = (more: Partial<TodoDraft> = {}): TodoDraft => {
  const id = randomUUID()
  return {
    kind: 'test.thing', dedupeKey: `test:${id}`, subject: { aggregate: 'test', id }, title: '核定隐患', why: 'C1', verb: 'hazard.confirm', personId: null, areaCode: areas.community, gridId: ids.grid,
    enterpriseId: ids.enterprise, dueAt: null, link: '/hazards', ...more,
  }
}
const open = (...drafts: TodoDraft[]) => within(w, 'wang', (ctx) => openTodos(ctx, drafts))
const sees = async (who: Parameters<World['as']>[0], key: TodoDraft) => (await w.as(who).do(operations.mine, { limit: 200 })).rows.find((row) => row.subjectId === key.subject.id)
const hours = (n: number) => new Date(w.app.clock.now().getTime() + n * 3_600_000).toISOString()

describe('todo: 拒绝外人', () => {
  it('todo.mine shows what one holds by right and reach, to nobody else', async () => {
    const d = draft()
    await open(d)
    expect(await sees('wang', d)).toMatchObject({ title: '核定隐患', forMeAlone: false, orphan: false })
    for (const who of ['qian', 'lin', 'zhao', 'zhou', 'han'] as const) expect(await sees(who, d), who).toBeUndefined()
  })
  it('a right is asked with the reach of the post that holds it', async () => {
    const here = draft({ verb: 'hazard.report' })
    const there = draft({ verb: 'hazard.report', areaCode: areas.otherCommunity, gridId: ids.otherGrid, enterpriseId: ids.otherEnterprise })
    await open(here, there)
    expect([await sees('zhou', here), await sees('zhou', there)].map(Boolean)).toEqual([true, false])
    expect([await sees('han', here), await sees('han', there)].map(Boolean)).toEqual([false, true])
    expect([await sees('lin', here), await sees('lin', there)].map(Boolean)).toEqual([true, false])
    expect([await sees('zhao', here), await sees('zhao', there)].map(Boolean)).toEqual([true, false])
  })
  it('a named person’s todo is his alone', async () => {
    const d = draft({ verb: null, personId: castIds.he })
    await open(d)
    expect(await sees('he', d)).toMatchObject({ forMeAlone: true })
    expect(await sees('wang', d)).toBeUndefined()
  })
  it('the stranger neither sees the todos of a subject nor hands one on; the auditor has none', async () => {
    const d = draft()
    await open(d)
    expect((await w.as('qian').do(operations.of, { aggregate: 'test', subjectId: d.subject.id })).rows).toEqual([])
    const row = (await sees('wang', d))!
    expect((await w.as('qian').call(operations.hand, { id: row.id, baseVersion: 1, toPersonId: castIds.he, reason: '替班' })).status).toBe(404)
    expect((await w.as('qian').call(operations.colleagues, { id: row.id })).status).toBe(404)
    expect((await w.as('zheng').do(operations.mine, {})).rows).toEqual([])
    expect((await w.as('zheng').do(operations.counts, {})).total).toBe(0)
    expect((await w.as('zheng').call(operations.of, { aggregate: 'test', subjectId: d.subject.id })).status).toBe(403)
    expect((await w.nobody.call(operations.mine, {})).status).toBe(401)
  })
})

describe('todo: 拒绝胡来', () => {
  it('nothing is handed to somebody who may not do it, or does not cover the place', async () => {
    const d = draft()
    await open(d)
    const row = (await sees('wang', d))!
    for (const to of [castIds.lin, castIds.qian, castIds.sun]) {
      const answer = await w.as('wang').call(operations.hand, { id: row.id, baseVersion: row.version, toPersonId: to, reason: '替班' })
      expect([answer.status, answer.problem.fields?.[0]]).toMatchObject([422, { path: 'toPersonId', code: 'todo.not_entitled' }])
    }
    expect((await w.as('wang').call(operations.hand, { id: row.id, baseVersion: row.version + 1, toPersonId: castIds.he, reason: '替班' })).problem.code).toBe('common.stale')
  })
  it('what law gives to a named officer is not handed on', async () => {
    const d = draft({ verb: null, personId: castIds.wang })
    await open(d)
    const row = (await sees('wang', d))!
    expect((await w.as('wang').do(operations.colleagues, { id: row.id })).rows).toEqual([])
    expect((await w.as('wang').call(operations.hand, { id: row.id, baseVersion: row.version, toPersonId: castIds.he, reason: '替班' })).problem.code).toBe('todo.not_entitled')
  })
  it('what is done cannot be handed on', async () => {
    const d = draft()
    await open(d)
    const row = (await sees('wang', d))!
    await within(w, 'wang', (ctx) => closeTodos(ctx, { subject: d.subject }, '已核定'))
    expect((await w.as('wang').call(operations.hand, { id: row.id, baseVersion: 2, toPersonId: castIds.he, reason: '替班' })).problem.code).toBe('todo.done')
  })
})

describe('nothing is assigned to nobody', () => {
  it.each<[string, Partial<TodoDraft>]>([
    ['a right nobody holds there', { verb: 'enforcement.unheard_of' }],
    ['a right of the enterprise where it has no account', { verb: 'hazard.submit', areaCode: areas.otherCommunity, gridId: ids.otherGrid, enterpriseId: ids.otherEnterprise }],
    ['a person who is not there', { verb: null, personId: null }],
  ])('%s goes up to the street or bureau and says so', async (_, more) => {
    const person = more.verb === null ? { personId: await departed() } : {}
    const d = draft({ ...more, ...person })
    await open(d)
    const at = d.areaCode === areas.community ? 'zhou' : 'han'
    const row = await sees(at, d)
    expect(row).toMatchObject({ orphan: true })
    expect(row!.why).toContain('请安排')
    expect(await sees('xu', d)).toMatchObject({ orphan: true })
  })
  it('where not even that level has anybody, the command fails instead', async () => {
    await expect(open(draft({ verb: 'hazard.confirm', areaCode: '990300000000', gridId: null, enterpriseId: null }))).rejects.toMatchObject({ code: 'todo.nobody' })
  })
  it('every open todo has at least one reader', async () => {
    const { rows } = await sql<{ id: string; subject_id: string }>`select id, subject_id from todo where done_at is null`.execute(w.app.db.all)
    const seen = new Set<string>()
    for (const who of ['wang', 'he', 'xu', 'chen', 'zhou', 'han', 'lin', 'zhao', 'feng'] as const) {
      for (const row of (await w.as(who).do(operations.mine, { limit: 200 })).rows) seen.add(row.id)
    }
    expect(rows.filter((row) => !seen.has(row.id))).toEqual([])
  })
})

async function departed(): Promise<string> {
  const id = randomUUID()
  await sql`insert into person (id, name, name_py, left_on) values (${id}, '已离岗', '', '2026-01-01')`.execute(w.app.db.all)
  return id
}

describe('todo: 办得成', () => {
  it('opens once however often it is asked, and takes a new due time', async () => {
    const d = draft({ dueAt: hours(5) })
    await open(d, d)
    await within(w, 'wang', (ctx) => openTodo(ctx, { ...d, dueAt: hours(9) }))
    const { rows } = await w.as('wang').do(operations.of, { aggregate: 'test', subjectId: d.subject.id })
    expect(rows.map((row) => row.dueAt)).toEqual([hours(9).slice(0, 10) + rows[0]!.dueAt!.slice(10)])
    expect(rows[0]!.dueAt! > hours(8)).toBe(true)
  })
  it('groups by due: overdue, today, this week, later, any time; the counts agree with the lists', async () => {
    const at = [hours(-1), hours(5), hours(60), hours(24 * 30), null]
    const drafts = at.map((dueAt) => draft({ dueAt, kind: 'test.grouped' }))
    await open(...drafts)
    const rows = (await w.as('wang').do(operations.mine, { kind: 'test.grouped' })).rows
    expect(rows.map((row) => row.group)).toEqual(['OVERDUE', 'TODAY', 'WEEK', 'LATER', 'ANY_TIME'])
    expect(rows.map((row) => row.subjectId)).toEqual(drafts.map((d) => d.subject.id))
    for (const group of ['OVERDUE', 'TODAY', 'WEEK'] as const) {
      expect((await w.as('wang').do(operations.mine, { kind: 'test.grouped', group })).total).toBe(1)
    }
    const counts = await w.as('wang').do(operations.counts, {})
    expect(counts.byKind.find((each) => each.kind === 'test.grouped')?.n).toBe(5)
    expect(counts.total).toBe((await w.as('wang').do(operations.mine, { limit: 1 })).total)
  })
  it('pages show each once, those without a day at the end', async () => {
    const seen = await allPages((more) => w.as('wang').do(operations.mine, { limit: 3, ...more }))
    expect(new Set(seen.map((row) => row.id)).size).toBe(seen.length)
    expect((await w.as('wang').call(operations.mine, { cursor: 'x' })).problem.code).toBe('common.bad_cursor')
  })
  it('todo.hand gives it to a colleague who could do it; it leaves everybody else', async () => {
    const d = draft()
    await open(d)
    const row = (await sees('wang', d))!
    const colleagues = (await w.as('wang').do(operations.colleagues, { id: row.id })).rows.map((each) => each.id)
    expect(colleagues).toContain(castIds.he)
    expect(colleagues).not.toContain(castIds.qian)
    await w.as('wang').do(operations.hand, { id: row.id, baseVersion: row.version, toPersonId: castIds.he, reason: '我明天请假' })
    expect(await sees('wang', d)).toBeUndefined()
    expect(await sees('he', d)).toMatchObject({ forMeAlone: true })
    const { rows } = await sql<{ data: { reason: string } }>`select data from domain_event where event = 'todo.handed' and aggregate_id = ${row.id}`.execute(w.app.db.all)
    expect(rows[0]!.data.reason).toBe('我明天请假')
  })
  it('closes by subject, by kind and by id, saying how', async () => {
    const d = draft()
    const other = { ...draft(), subject: d.subject, kind: 'test.other' }
    await open(d, other)
    await within(w, 'wang', (ctx) => closeTodos(ctx, { subject: d.subject, kind: 'test.other' }, '已办'))
    const rows = async () => (await w.as('wang').do(operations.of, { aggregate: 'test', subjectId: d.subject.id })).rows
    expect((await rows()).map((row) => [row.kind, row.doneHow])).toEqual([['test.thing', null], ['test.other', '已办']])
    const left = (await rows())[0]!
    await within(w, 'wang', (ctx) => closeTodosOf(ctx, [left.id], '撤回'))
    expect((await rows()).every((row) => row.doneHow !== null)).toBe(true)
  })
  it('settleTodos leaves exactly the drafted ones open', async () => {
    const first = draft()
    const second = { ...draft(), subject: first.subject, dedupeKey: `${first.dedupeKey}:2`, kind: 'test.next' }
    await open(first)
    await within(w, 'wang', (ctx) => settleTodos(ctx, [first.subject.id], [second], '已进入下一步'))
    const rows = (await w.as('wang').do(operations.of, { aggregate: 'test', subjectId: first.subject.id })).rows
    expect(rows.map((row) => [row.kind, row.doneHow])).toEqual([['test.next', null], ['test.thing', '已进入下一步']])
  })
  it('costs the same number of statements for three drafts and for thirty', async () => {
    const count = async (n: number) => {
      const before = w.app.db.sent.count
      await open(...Array.from({ length: n }, () => draft()))
      return w.app.db.sent.count - before
    }
    expect(await count(30)).toBe(await count(3))
  })
})
