import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areas, castIds, ids } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { within } from '../../hazard/server/fixtures.ts'
import { operations as sync } from '../../sync/operations.ts'
import { operations } from '../operations.ts'
import type { TodoDraft } from '../todo.ts'
import { closeTodos, openTodo } from './public.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

type Who = Parameters<World['as']>[0]
/** Something that Wang, He, Lu and Xu could all do. */
async function opened(more: Partial<TodoDraft> = {}): Promise<TodoDraft> {
  const id = randomUUID()
  const draft: TodoDraft = { kind: 'test.take', dedupeKey: `test:${id}`, subject: { aggregate: 'test', id }, title: '现场核实', why: 'C1', verb: 'visit.inspect', personId: null, areaCode: areas.community, gridId: ids.grid, enterpriseId: ids.enterprise, dueAt: null, link: '/visits', ...more }
  await within(w, 'wang', async (ctx) => openTodo(ctx, draft))
  return draft
}
const sees = async (who: Who, draft: TodoDraft) => (await w.as(who).do(operations.mine, { kind: 'test.take', limit: 200 })).rows.find((row) => row.subjectId === draft.subject.id)
const idOf = async (draft: TodoDraft) => (await sees('wang', draft))!.id
const take = (who: Who, id: string) => w.as(who).call(operations.take, { id })
const back = (who: Who, id: string, reason = '今晚值班') => w.as(who).call(operations.giveBack, { id, reason })

describe('taking a todo: 拒绝外人', () => {
  it('todo.take and todo.giveBack are for whoever could do it; to others it is not there', async () => {
    const id = await idOf(await opened())
    for (const who of ['qian', 'lin', 'zhao'] as const) expect([(await take(who, id)).status, (await back(who, id)).status], who).toEqual([404, 404])
    expect([(await take('zheng', id)).status, (await back('zheng', id)).status]).toEqual([403, 403])
  })
})

describe('taking a todo: 拒绝胡来', () => {
  it('a second one is told who was first and when; to give back what one does not hold is refused', async () => {
    const draft = await opened()
    const id = await idOf(draft)
    await take('wang', id)
    const late = await take('he', id)
    expect([late.status, late.problem.code, late.problem.title]).toEqual([409, 'todo.taken', expect.stringMatching(/^王砚川已在今天 \d\d:\d\d领取这件事$/)])
    expect((await back('he', id)).problem.code).toBe('todo.not_holder')
    expect((await back('wang', id, '忙')).status).toBe(400)
    expect(await sees('he', draft)).toMatchObject({ takenByName: '王砚川', takenByMe: false })
  })
  it('what law or an approval gives to a named person is not given back', async () => {
    const id = await idOf(await opened({ verb: null, personId: castIds.wang }))
    expect([(await back('wang', id)).problem.code, (await take('wang', id)).problem.code]).toEqual(['todo.named', 'todo.taken_shared'])
  })
  it('what is done is neither taken nor given back', async () => {
    const draft = await opened()
    const id = await idOf(draft)
    await within(w, 'wang', async (ctx) => closeTodos(ctx, { subject: draft.subject }, '已办'))
    expect([(await take('wang', id)).problem.code, (await back('wang', id)).problem.code]).toEqual(['todo.done', 'todo.done'])
  })
})

describe('taking a todo: 办得成', () => {
  it('all who could do it see who holds it; given back they see why, and another takes it', async () => {
    const draft = await opened()
    const id = await idOf(draft)
    expect(await sees('he', draft)).toMatchObject({ takenByName: null, takenAt: null, takenByMe: false, backNote: null })
    expect((await take('wang', id)).status).toBe(200)
    // Once more under a new key, as from his second phone: still his.
    expect((await take('wang', id)).status).toBe(200)
    expect(await sees('wang', draft)).toMatchObject({ takenByName: '王砚川', takenByMe: true, forMeAlone: false })
    await back('wang', id)
    for (const who of ['wang', 'he'] as const) expect(await sees(who, draft), who).toMatchObject({ takenByName: null, backNote: '王砚川：今晚值班' })
    expect((await take('he', id)).status).toBe(200)
    expect(await sees('wang', draft)).toMatchObject({ takenByName: '何汀筠', backNote: null })
    const { rows } = await sql<{ event: string }>`select event from domain_event where aggregate_id = ${id} order by version`.execute(w.app.db.all)
    expect(rows.map((row) => row.event)).toEqual(['todo.taken', 'todo.taken', 'todo.given_back', 'todo.taken'])
  })
  it('is idempotent under its key, as a phone sends it again', async () => {
    const id = await idOf(await opened())
    const key = randomUUID()
    const [one, two] = [await w.as('wang').call(operations.take, { id }, { key }), await w.as('wang').call(operations.take, { id }, { key })]
    expect([one.status, two.status, two.ok]).toEqual([200, 200, one.ok])
  })
  it('what a colleague handed to me may be given back to all; handing on ends the holding', async () => {
    const draft = await opened()
    const id = await idOf(draft)
    await take('wang', id)
    await w.as('wang').do(operations.hand, { id, baseVersion: 2, toPersonId: castIds.he, reason: '我请假' })
    expect(await sees('he', draft)).toMatchObject({ forMeAlone: true, takenByName: null })
    expect((await back('he', id, '不在这个片区')).status).toBe(200)
    expect(await sees('wang', draft)).toMatchObject({ forMeAlone: false, backNote: '何汀筠：不在这个片区' })
  })
  it('a holder who has lost the right holds nothing against the others', async () => {
    const draft = await opened()
    const id = await idOf(draft)
    await take('lu', id)
    await w.app.db.pool.query(`update account set disabled_at = now() where person_id = $1`, [castIds.lu])
    await w.app.db.pool.query(`update post set valid_to = '2026-01-01' where person_id = $1`, [castIds.lu])
    expect((await take('he', id)).status).toBe(200)
    expect(await sees('wang', draft)).toMatchObject({ takenByName: '何汀筠' })
  })
  it('the working set of a colleague’s phone carries the name', async () => {
    const draft = await opened()
    const id = await idOf(draft)
    let { cursor } = await w.as('he').do(sync.start, {})
    const rounds = async () => {
      const seen = []
      for (let more = true; more; ) {
        const page = await w.as('he').do(sync.changes, { cursor, limit: 2000 })
        cursor = page.cursor
        more = page.more
        seen.push(...page.changes.filter((change) => change.id === id))
      }
      return seen.at(-1)?.row
    }
    expect(await rounds()).toMatchObject({ takenByName: null })
    await take('wang', id)
    expect(await rounds()).toMatchObject({ takenByName: '王砚川', takenByMe: false, title: '现场核实' })
  })
})
