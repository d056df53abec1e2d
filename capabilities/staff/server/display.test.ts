import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { capabilities } from '../../../apps/server/capabilities.ts'
import { areas, castIds, type CastName, castPassword } from '../../../house/cast.ts'
import { plausible } from '../../../house/plausible.ts'
import { type World, world } from '../../../house/world.ts'
import { mount } from '../../../kernel/server/capability.ts'
import { loadConfig } from '../../../kernel/server/config.ts'
import { operations as district } from '../../district/operations.ts'
import { operations as statistics } from '../../statistics/operations.ts'
import { operations } from '../operations.ts'

const mounted = [...mount(capabilities(loadConfig({ mode: 'test', dataDir: 'data' }, {}))).values()]
const wallReads = ['district.areas', 'district.boundaries', 'statistics.screen']

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

/** A wall hung up by somebody: its cookie, and what it is answered. */
async function hang(name: CastName) {
  const { ok, headers } = await w.as(name).call(operations.startDisplay, {})
  const cookie = String(headers['set-cookie'])
  return { id: ok.id, endsAt: ok.endsAt, cookie, pair: cookie.split(';')[0]!, look: () => ask(cookie.split(';')[0]!) }
}
const ask = async (cookie: string, operation: { path: string } = statistics.screen) => (await w.app.http.inject({ method: 'GET', url: `/api${operation.path}`, headers: { cookie } })).statusCode

describe('大屏长期展示：拒绝外人', () => {
  it('没有登录的人、没有统计查看权限的人开不了', async () => {
    expect((await w.nobody.call(operations.startDisplay, {})).status).toBe(401)
    expect((await w.as('sun').call(operations.startDisplay, {})).status).toBe(403)
  })
  it('展示会话只能看画面：逐一调用全部操作，除三项查询外一律 401，公开的当作未登录', async () => {
    const wall = await hang('chen')
    const answered: string[] = []
    for (const { name, operation } of mounted) {
      if (operation.verb === 'public') continue
      const answer = await w.nobody.call(operation, plausible(operation.input, castIds.chen), { headers: { cookie: wall.pair }, ...(operation.body === 'raw' ? { body: Buffer.from('x') } : {}) })
      if (answer.status !== 401) answered.push(name)
    }
    expect(answered.sort()).toEqual(wallReads)
    expect(mounted.filter(({ operation }) => operation.display).map(({ name }) => name).sort()).toEqual(wallReads)
  })
  it('它的令牌换个地方放也没有用：普通会话的 Cookie、Authorization 都不认；普通令牌也当不了展示令牌', async () => {
    const wall = await hang('chen')
    const token = wall.pair.split('=')[1]!
    for (const headers of [{ cookie: `angrid_session=${token}` }, { authorization: `Bearer ${token}` }] as Record<string, string>[])
      for (const operation of [statistics.screen, operations.me]) expect((await w.nobody.call(operation, {}, { headers })).status).toBe(401)
    const signedIn = await w.app.http.inject({ method: 'POST', url: '/api/sign-in', headers: { 'x-angrid': '1' }, payload: { login: 'he', password: castPassword } })
    expect(await ask(String(signedIn.headers['set-cookie']).split(';')[0]!.replace('angrid_session', 'angrid_display'))).toBe(401)
  })
  it('别人结束不了；令牌不进答复正文，页面脚本读不到', async () => {
    const wall = await hang('chen')
    expect((await w.as('qian').call(operations.endSession, { id: wall.id })).status).toBe(404)
    expect(await wall.look()).toBe(200)
    expect(wall.cookie).toMatch(/; HttpOnly; SameSite=Strict; Max-Age=604800$/)
  })
})

describe('大屏长期展示：拒绝胡来', () => {
  it('带着别的内容；五处之后不再开', async () => {
    expect((await w.as('xu').call(operations.startDisplay, { days: 365 } as never)).status).toBe(400)
    const walls = []
    for (let i = 0; i < 5; i++) walls.push(await hang('han'))
    expect((await w.as('han').call(operations.startDisplay, {})).problem).toMatchObject({ code: 'staff.display_many', title: '已有 5 处长期展示，请先在“登录会话”里结束不用的' })
    await w.as('han').do(operations.endSession, { id: walls[0]!.id })
    expect((await w.as('han').call(operations.startDisplay, {})).status).toBe(200)
  })
})

describe('大屏长期展示：只对查询开放', () => {
  it('改动和公开的操作声明对大屏开放，服务器就起不来', () => {
    const [first, ...rest] = capabilities(loadConfig({ mode: 'test', dataDir: 'data' }, {}))
    for (const operation of [operations.signOut, operations.signInWays]) expect(() => mount([{ ...first!, operations: { wrong: { ...operation, display: true } } }, ...rest])).toThrow('不能对大屏展示会话开放')
  })
})

describe('大屏长期展示：办得成', () => {
  let wall: Awaited<ReturnType<typeof hang>>
  beforeEach(async () => {
    wall = await hang('zhou')
  })
  it('看得到画面和边界，范围是开启人的；旁边有人登录时以登录的人为准', async () => {
    expect(await Promise.all([statistics.screen, district.areas, { path: `${district.boundaries.path}?areaCode=${areas.street}` }].map((one) => ask(wall.pair, one)))).toEqual([200, 200, 200])
    expect(await ask(`angrid_session=ended; ${wall.pair}`)).toBe(200)
    const signedIn = await w.app.http.inject({ method: 'POST', url: '/api/sign-in', headers: { 'x-angrid': '1' }, payload: { login: 'sun', password: castPassword } })
    expect(await ask(`${String(signedIn.headers['set-cookie']).split(';')[0]}; ${wall.pair}`)).toBe(403)
  })
  it('旁边留着一个已经被取代的登录：每秒照问照答，也不算作试错令牌，同一地址的人不受影响', async () => {
    for (let i = 0; i < 130; i++) expect(await ask(`angrid_session=superseded; ${wall.pair}`)).toBe(200)
    expect((await w.nobody.call(operations.me, {}, { headers: { cookie: 'angrid_session=old' } })).status).toBe(401)
  })
  it('本人续期：从现在起再七天，旧的一处随即结束、不另占一处；别人的、已经结束的续不了', async () => {
    w.advance({ days: 5 })
    const { ok, headers } = await w.as('zhou').call(operations.startDisplay, { replaces: wall.id })
    const longer = String(headers['set-cookie']).split(';')[0]!
    expect(Math.floor((Date.parse(ok.endsAt) - Date.parse(wall.endsAt)) / 86_400_000)).toBe(5)
    expect([await wall.look(), await ask(longer)]).toEqual([401, 200])
    w.advance({ days: 6 })
    expect(await ask(longer)).toBe(200)
    for (const [name, id] of [['zhou', wall.id], ['chen', ok.id]] as const) expect((await w.as(name).call(operations.startDisplay, { replaces: id })).status).toBe(404)
    const { rows } = await w.as('zhou').do(operations.sessions, {})
    expect(rows.filter((row) => row.kind === 'DISPLAY' && row.ended === null).map((row) => row.id)).toEqual([ok.id])
    expect(rows.find((row) => row.id === wall.id)?.ended).toBe('RENEWED')
    await w.as('zhou').do(operations.endSession, { id: ok.id })
  })
  it('闲置、再次登录、退出都不影响它；七天到期', async () => {
    w.advance({ hours: 13 })
    expect(await wall.look()).toBe(200)
    await w.as('zhou').do(operations.me, {})
    await w.as('zhou').do(operations.signOut, {})
    w.advance({ days: 6, hours: 10 })
    expect(await wall.look()).toBe(200)
    w.advance({ hours: 2 })
    expect(await wall.look()).toBe(401)
    expect((await w.as('zhou').do(operations.sessions, {})).rows.find((row) => row.id === wall.id)).toMatchObject({ kind: 'DISPLAY', ended: 'EXPIRED', endedAt: wall.endsAt })
  })
  it('本人在“登录会话”里看得见，随时结束；开始和结束都留痕', async () => {
    const { rows } = await w.as('zhou').do(operations.sessions, {})
    expect(rows[0]).toMatchObject({ id: wall.id, kind: 'DISPLAY', current: false, ended: null, endsAt: wall.endsAt })
    await w.as('zhou').do(operations.endSession, { id: wall.id })
    expect(await wall.look()).toBe(401)
    const { rows: trail } = await w.app.db.pool.query(`select subject from audit where actor_id = $1 and kind = 'SECURITY' order by at desc, id desc limit 2`, [castIds.zhou])
    expect(trail.map((row) => row.subject).sort()).toEqual(['staff.display_started', 'staff.session_ended'])
  })
  it('改口令、停用账号、失去岗位，各使它结束', async () => {
    await w.as('zhou').do(operations.changePassword, { current: castPassword, next: 'Chang#2026qiang' })
    expect(await wall.look()).toBe(401)
    const lost = await hang('he')
    const he = await w.as('wu').do(operations.person, { id: castIds.he })
    for (const post of he.posts) await w.as('wu').do(operations.revokePost, { id: post.id, baseVersion: post.version, lastDay: '2026-03-06', reason: '调离' })
    expect(await lost.look()).toBe(401)
    const disabled = await hang('wei')
    await w.as('sun').do(operations.disable, { id: castIds.wei, reason: '长期外出' })
    expect(await disabled.look()).toBe(401)
  })
})
