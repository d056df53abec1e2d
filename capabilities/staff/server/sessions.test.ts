import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { castPassword } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { operations } from '../operations.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

describe('自己的登录：拒绝外人', () => {
  it('staff.sessions 不回答未登录的人', async () => {
    expect((await w.nobody.call(operations.sessions, {})).status).toBe(401)
  })
  it('只看得到自己的登录', async () => {
    await w.as('qian').do(operations.me, {})
    const { rows } = await w.as('wei').do(operations.sessions, {})
    expect(rows).toHaveLength(1)
  })
})

describe('自己的登录：话要对人', () => {
  it('页面说明是替谁发的；登录的已是别人，就请原来的人重新登录，什么也不做', async () => {
    const wang = await w.as('wang').do(operations.me, {})
    expect((await w.as('wang').call(operations.me, {}, { headers: { 'x-person': wang.personId } })).status).toBe(200)
    expect(await w.as('he').call(operations.me, {}, { headers: { 'x-person': wang.personId } })).toMatchObject({ status: 401, problem: { code: 'common.session_ended' } })
  })
})

describe('自己的登录：办得成', () => {
  it('当前的登录标出来；闲置超过半小时的记为到时自动退出，退出时刻是最后使用后半小时', async () => {
    const wang = w.as('wang')
    await wang.do(operations.me, {})
    w.advance({ minutes: 40 })
    const { rows } = await wang.do(operations.sessions, {})
    expect(rows.map((row) => [row.current, row.ended])).toEqual([[true, null], [false, 'EXPIRED']])
    expect(Date.parse(rows[1]!.endedAt!) - Date.parse(rows[1]!.lastSeenAt)).toBe(30 * 60_000)
  })
  it('使用中在别处登录，前一处记为被新登录取代', async () => {
    await w.as('xu').do(operations.me, {})
    w.advance({ minutes: 5 })
    const elsewhere = await w.nobody.call(operations.signIn, { login: 'xu', password: castPassword })
    expect(elsewhere.status).toBe(200)
    const { rows } = await w.as('xu').do(operations.sessions, {})
    expect(rows.map((row) => row.ended)).toEqual([null, 'NEWER_SIGN_IN', 'NEWER_SIGN_IN'])
  })
  it('主动退出后再登录，上一次记为退出', async () => {
    const lu = w.as('lu')
    await lu.do(operations.signOut, {})
    const { rows } = await lu.do(operations.sessions, {})
    expect(rows.map((row) => row.ended)).toEqual([null, 'SIGN_OUT'])
  })
})
