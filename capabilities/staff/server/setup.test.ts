import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type World, world } from '../../../house/world.ts'
import type { InputOf } from '../../../kernel/core/operation.ts'
import type { Tx } from '../../../kernel/server/db.ts'
import { operations } from '../operations.ts'
import { openSetup } from './setup.ts'

let w: World
let tx: Tx
beforeAll(async () => {
  w = await world()
  tx = w.app.db.all as unknown as Tx
})
afterAll(() => w.close())

const input = (token: string, more: Partial<InputOf<typeof operations.setup>> = {}): InputOf<typeof operations.setup> => ({
  token,
  areaCode: '990105000000',
  areaName: '澜滨区',
  bureau: '澜滨区应急管理局',
  system: { name: '甲系统', login: 'sys.one', password: 'Chuangshi#1' },
  security: { name: '乙安全', login: 'sec.one', password: 'Chuangshi#2' },
  auditor: { name: '丙审计', login: 'aud.one', password: 'Chuangshi#3' },
  ...more,
})
const call = (token: string, more: Partial<InputOf<typeof operations.setup>> = {}) => w.nobody.call(operations.setup, input(token, more))
/** As on a fresh installation. */
const empty = () => w.app.db.pool.query('delete from session; delete from account')

describe('staff.setup: refuses strangers', () => {
  it('there is no link while somebody can sign in', async () => {
    expect(await openSetup(tx, w.app.clock.now())).toBeUndefined()
    expect((await call('x'.repeat(32))).problem).toMatchObject({ status: 410, code: 'staff.setup_closed' })
  })
  it('a wrong token, a token older than 24 hours, a token that a newer start replaced', async () => {
    await empty()
    const old = (await openSetup(tx, w.app.clock.now()))!
    const token = (await openSetup(tx, w.app.clock.now()))!
    expect((await call(old)).status).toBe(410)
    expect((await call('y'.repeat(32))).status).toBe(410)
    w.advance({ hours: 25 })
    expect((await call(token)).status).toBe(410)
    const { rows } = await w.app.db.pool.query('select count(*) as n from account')
    expect(rows[0].n).toBe(0)
  })
})

describe('staff.setup: refuses nonsense', () => {
  it.each([
    ['三员互斥：one login for two desks', { auditor: { name: '丙审计', login: 'sys.one', password: 'Chuangshi#3' } }, 'staff.setup_same_person', 'auditor.login'],
    ['三员互斥：one name for two desks', { security: { name: '甲系统', login: 'sec.one', password: 'Chuangshi#2' } }, 'staff.setup_same_person', 'security.login'],
    ['等保：a password of two kinds', { system: { name: '甲系统', login: 'sys.one', password: 'chuangshi1' } }, 'staff.password_simple', 'system.password'],
    ['a street is no district', { areaCode: '990105001000' }, 'staff.setup_area', 'areaCode'],
    ['a city is no district', { areaCode: '990100000000' }, 'staff.setup_area', 'areaCode'],
  ])('%s', async (_, more, code, path) => {
    const token = (await openSetup(tx, w.app.clock.now()))!
    const answer = await call(token, more)
    expect(answer.status).toBe(422)
    expect(answer.problem.fields).toContainEqual(expect.objectContaining({ code, path }))
    // The refused attempt did not use the link up.
    expect((await call(token, more)).status).toBe(422)
  })
})

describe('staff.setup: works', () => {
  it('makes the three once; each must change the password; the link is dead afterwards', async () => {
    const token = (await openSetup(tx, w.app.clock.now()))!
    expect((await call(token)).status).toBe(200)
    expect((await call(token)).status).toBe(410)
    const me = await w.nobody.call(operations.signIn, { login: 'sec.one', password: 'Chuangshi#2' })
    expect(me.ok).toMatchObject({ name: '乙安全', mustChangePassword: true, posts: [{ role: 'SECURITY_ADMIN', reach: '澜滨区' }] })
    const { rows } = await w.app.db.pool.query(`select count(*) as n from domain_event where event = 'staff.administrator_made'`)
    expect(rows[0].n).toBe(3)
    const stored = await w.app.db.pool.query(`select 1 from setting where value::text like '%' || $1 || '%'`, [token])
    expect(stored.rowCount).toBe(0)
  })
  it('等保：before anything else the administrator takes a password of his own (staff.changePassword)', async () => {
    const signedIn = await w.nobody.call(operations.signIn, { login: 'sys.one', password: 'Chuangshi#1' })
    const headers = { cookie: String(signedIn.headers['set-cookie']).split(';')[0]! }
    const change = (current: string, next: string) => w.nobody.call(operations.changePassword, { current, next }, { headers })
    expect((await change('Cuowu#000', 'Zijide#2026')).problem.code).toBe('staff.wrong_password')
    expect((await change('Chuangshi#1', 'Chuangshi#1')).problem.code).toBe('staff.password_used')
    expect((await change('Chuangshi#1', 'Zijide#2026')).status).toBe(200)
    const again = await w.nobody.call(operations.signIn, { login: 'sys.one', password: 'Zijide#2026' })
    expect(again.ok).toMatchObject({ name: '甲系统', mustChangePassword: false })
  })
  it('the page has its own policy and no outside address', async () => {
    const page = await w.app.http.inject({ method: 'GET', url: '/setup' })
    expect(page.statusCode).toBe(200)
    expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'nonce-/)
    expect(page.body).not.toMatch(/https?:\/\//)
  })
})
