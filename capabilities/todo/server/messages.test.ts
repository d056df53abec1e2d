import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areas, castIds, type CastName, ids } from '../../../house/cast.ts'
import { allPages } from '../../../house/pages.ts'
import { type World, world } from '../../../house/world.ts'
import { within } from '../../hazard/server/fixtures.ts'
import { MESSAGE_DAYS, type MessageDraft } from '../message.ts'
import { operations } from '../operations.ts'
import { sendMessages } from './public.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

const draft = (more: Partial<MessageDraft> = {}): MessageDraft => {
  const id = randomUUID()
  return { kind: 'test.told', dedupeKey: `test:${id}`, subject: { aggregate: 'test', id }, title: `延期申请已同意：${id}`, text: '期限延至 3月20日 24:00。', link: '/hazards', to: { people: [castIds.zhao] }, ...more }
}
const send = (...drafts: MessageDraft[]) => within(w, 'wang', (ctx) => sendMessages(ctx, drafts))
const box = async (who: CastName, more: Record<string, unknown> = {}) => (await w.as(who).do(operations.messages, { limit: 200, ...more } as never)).rows
const has = async (who: CastName, message: MessageDraft) => (await box(who)).some((row) => row.title === message.title)
/** Asked of the table: after 90 days nobody signs in without a new password. */
async function kept(...drafts: MessageDraft[]): Promise<boolean[]> {
  const { rows } = await sql<{ title: string }>`select title from message`.execute(w.app.db.all)
  return drafts.map((each) => rows.some((row) => row.title === each.title))
}
const unread = async (who: CastName) => (await w.as(who).do(operations.unread, {})).unread

describe('消息: 拒绝外人', () => {
  it('todo.messages are seen by the one they are for, and by nobody else, whatever his reach', async () => {
    const told = draft()
    await send(told)
    expect(await has('zhao', told)).toBe(true)
    for (const who of ['wang', 'chen', 'qian', 'lin', 'zheng'] as const) expect(await has(who, told), who).toBe(false)
    expect((await w.nobody.call(operations.messages, {})).status).toBe(401)
    expect((await w.nobody.call(operations.unread, {})).status).toBe(401)
  })
  it('todo.readMessages of somebody else changes nothing', async () => {
    const told = draft()
    await send(told)
    const id = (await box('zhao')).find((row) => row.title === told.title)!.id
    await w.as('qian').do(operations.readMessages, { ids: [id] })
    expect((await box('zhao')).find((row) => row.id === id)!.readAt).toBeNull()
  })
  it('a right tells those who hold it over the place, and not the one who acts', async () => {
    const told = draft({ to: { verb: 'hazard.confirm', areaCode: areas.community, gridId: ids.grid, enterpriseId: ids.enterprise } })
    await send(told)
    expect([await has('he', told), await has('wang', told), await has('qian', told), await has('lin', told)]).toEqual([true, false, false, false])
  })
})

describe('消息: 拒绝胡来', () => {
  it.each([['a page that no page gave', { cursor: 'x' }], ['something else than yes or no', { unread: 'perhaps' }], ['an unknown field', { all: 'true' }]])('%s', async (_, input) => {
    expect((await w.as('zhao').call(operations.messages, input as never)).status).toBe(400)
  })
  it('no ids, or what is none', async () => {
    expect((await w.as('zhao').call(operations.readMessages, { ids: [] })).status).toBe(400)
    expect((await w.as('zhao').call(operations.readMessages, { ids: ['1'] })).status).toBe(400)
  })
})

describe('消息: 办得成', () => {
  it('the same is told once, however often it is sent', async () => {
    const told = draft()
    await send(told, told)
    await send(told)
    expect((await box('zhao')).filter((row) => row.title === told.title)).toHaveLength(1)
  })
  it('unread is what stands in the list of unread; reading some and then all leaves none', async () => {
    await send(draft(), draft(), draft())
    const open = await box('zhao', { unread: 'true' })
    expect(await unread('zhao')).toBe(open.length)
    const left = await w.as('zhao').do(operations.readMessages, { ids: open.slice(0, 2).map((row) => row.id) })
    expect(left.unread).toBe(open.length - 2)
    expect((await w.as('zhao').do(operations.readMessages, {})).unread).toBe(0)
    expect(await box('zhao', { unread: 'true' })).toEqual([])
    expect((await box('zhao')).every((row) => row.readAt !== null)).toBe(true)
  })
  it('newest first, each once over the pages', async () => {
    await send(draft(), draft(), draft(), draft())
    const seen = await allPages((more) => w.as('zhao').do(operations.messages, { limit: 3, ...more }))
    expect(new Set(seen.map((row) => row.id)).size).toBe(seen.length)
    const times = (await box('zhao')).map((row) => row.at)
    expect(times).toEqual([...times].sort().reverse())
  })
  it('whoever asked for work in the background is told of its end himself', async () => {
    const told = draft({ to: { people: [castIds.wang] } })
    const mine = draft({ to: { people: [castIds.wang] }, alsoMe: true })
    await send(told, mine)
    expect([await has('wang', told), await has('wang', mine)]).toEqual([false, true])
  })
  it('thirty drafts to one right cost as many statements as three, and none costs none', async () => {
    const to = { verb: 'hazard.submit', areaCode: areas.community, gridId: ids.grid, enterpriseId: ids.enterprise }
    const count = async (n: number) => {
      const before = w.app.db.sent.count
      await send(...Array.from({ length: n }, () => draft({ to })))
      return w.app.db.sent.count - before
    }
    expect(await count(30)).toBe(await count(3))
    expect(await count(0)).toBe((await count(3)) - 1)
  })
  it(`is kept ${MESSAGE_DAYS} days, read or not`, async () => {
    const old = draft()
    await send(old)
    w.advance({ days: MESSAGE_DAYS - 1 })
    const fresh = draft()
    await send(fresh)
    await w.runJobs()
    expect(await kept(old, fresh)).toEqual([true, true])
    w.advance({ days: 2 })
    await w.runJobs()
    expect(await kept(old, fresh)).toEqual([false, true])
  })
})
