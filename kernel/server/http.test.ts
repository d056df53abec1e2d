import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { operations as attachment } from '../../capabilities/attachment/operations.ts'
import { operations as enterprise } from '../../capabilities/enterprise/operations.ts'
import { operations as staff } from '../../capabilities/staff/operations.ts'
import { operations as system } from '../../capabilities/system/operations.ts'
import { castPassword, ids } from '../../house/cast.ts'
import { type World, world } from '../../house/world.ts'

let w: World
let port: number
const folder = mkdtempSync(join(tmpdir(), 'angrid-http-'))
const usual = process.env.TMPDIR
beforeAll(async () => {
  process.env.TMPDIR = folder // where uploads lie while they come in
  w = await world()
  await w.app.http.listen({ host: '127.0.0.1', port: 0 })
  const address = w.app.http.server.address()
  port = typeof address === 'object' && address ? address.port : 0
})
afterAll(async () => {
  await w.close()
  if (usual === undefined) delete process.env.TMPDIR
  else process.env.TMPDIR = usual
  rmSync(folder, { recursive: true, force: true })
})

const headers = { 'x-angrid': '1', 'content-type': 'application/json' }
const post = (payload: string | Buffer, more: Record<string, string> = {}, url = '/api/sign-in') => w.app.http.inject({ method: 'POST', url, headers: { ...headers, ...more }, payload })
const code = (answer: { json(): unknown }) => (answer.json() as { code: string }).code

describe('a body that is none', () => {
  it.each([
    ['half a JSON text', '{"login":"wang"', {}, 400, 'common.malformed'],
    ['a list', '[1,2]', {}, 400, 'common.malformed'],
    ['a bare word', '"wang"', {}, 400, 'common.malformed'],
    ['a prototype in disguise', '{"__proto__":{"admin":true},"login":"wang","password":"x"}', {}, 400, 'common.malformed'],
    ['ten thousand nested lists', '['.repeat(10_000) + ']'.repeat(10_000), {}, 400, 'common.malformed'],
    ['a field nobody asked for', '{"login":"wang","password":"x","role":"SYS_ADMIN"}', {}, 400, 'common.invalid'],
    ['a number for a text', '{"login":1,"password":"x"}', {}, 400, 'common.invalid'],
    ['nothing', '', {}, 400, 'common.invalid'],
    ['a form', 'login=wang', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'common.wrong_type'],
    ['plain text', 'wang', { 'content-type': 'text/plain' }, 415, 'common.wrong_type'],
    ['raw bytes', 'wang', { 'content-type': 'application/octet-stream' }, 415, 'common.wrong_type'],
    ['two megabytes', `{"login":"${'x'.repeat(2_000_000)}"}`, {}, 413, 'common.too_large'],
    ['a NUL character', '{"login":"wang\\u0000","password":"x"}', {}, 400, 'common.invalid'],
  ])('%s', async (_, body, more, status, expected) => {
    const answer = await post(body, more)
    expect([answer.statusCode, code(answer)]).toEqual([status, expected])
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
    expect(answer.json<{ title: string }>().title).toMatch(/[\u4e00-\u9fff]/)
  })
  it('each wrong field is named with its Chinese label', async () => {
    const answer = await post('{"login":"","password":"x","role":"y"}')
    expect(answer.json<{ fields: unknown[] }>().fields).toEqual([
      { path: 'login', code: 'field.required', message: '账号：不能为空' },
      { path: 'role', code: 'field.unknown', message: expect.stringContaining('没有这个栏目') },
    ])
  })
  it('the same key is named by the capability that is asked: 起始日期 of a post, 起租日期 of a lease', async () => {
    const post = await w.as('wu').call(staff.grant, { id: randomUUID(), validFrom: '2026' } as never)
    expect(post.problem.fields?.find((f) => f.path === 'validFrom')?.message).toBe('起始日期：格式不对')
    const lease = await w.as('wang').call(enterprise.addSite, { id: randomUUID(), lease: { validFrom: '2026' } } as never)
    expect(lease.problem.fields?.find((f) => f.path === 'lease.validFrom')?.message).toBe('租赁 起租日期：格式不对')
  })
  it('an empty JSON body is none at all: signing out works without one', async () => {
    const signedIn = await post(JSON.stringify({ login: 'he', password: castPassword }))
    const cookie = String(signedIn.headers['set-cookie']).split(';')[0]!
    expect((await post('', { cookie }, '/api/sign-out')).statusCode).toBe(200)
    expect(signedIn.body).not.toContain('setCookie')
  })
})

describe('an address that is none', () => {
  it.each(['/api/nothing', '/api/%', '/api/%E0%A4%A', '/..%2f..%2fetc/passwd', `/api/settings/${'x'.repeat(500)}`, '/assets/../package.json', '/api/settings/%00'])('%s', async (url) => {
    const answer = await w.app.http.inject({ method: 'GET', url })
    expect(answer.statusCode).toBe(404)
    expect(code(answer)).toBe('common.no_route')
  })
  it.each([
    ['/statistics', './#/statistics'],
    ['/statistics?period=year&tab=area', './#/statistics?period=year&tab=area'],
    ['/campaigns/packs/NIGHT/', '../../../#/campaigns/packs/NIGHT'],
    ['/field/visit/1', '../#/visit/1'],
  ])('a browser that opens the screen %s without # is led to it, a program gets the problem', async (url, location) => {
    const led = await w.app.http.inject({ method: 'GET', url, headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } })
    expect([led.statusCode, led.headers.location]).toEqual([302, location])
    const answer = await w.app.http.inject({ method: 'GET', url, headers: { accept: 'application/json' } })
    expect([answer.statusCode, code(answer)]).toEqual([404, 'common.no_route'])
  })
  it.each([['/nothing/there', '../'], ['//elsewhere.example/statistics', '../../'], ['/field/nothing', './']])('a browser at %s reads in Chinese that there is no such page, and gets back', async (url, home) => {
    const answer = await w.app.http.inject({ method: 'GET', url, headers: { accept: 'text/html' } })
    expect([answer.statusCode, answer.headers['content-type'], answer.headers.location]).toEqual([404, 'text/html; charset=utf-8', undefined])
    expect(answer.body).toContain('没有这个页面')
    expect(answer.body).toContain(`<a href="${home}">`)
  })
  it('below /api a browser too reads the problem', async () => {
    const answer = await w.app.http.inject({ method: 'GET', url: '/api/nothing', headers: { accept: 'text/html' } })
    expect([answer.statusCode, code(answer)]).toEqual([404, 'common.no_route'])
  })
  it('HEAD answers like GET without a body', async () => {
    const answer = await w.app.http.inject({ method: 'HEAD', url: '/api/openapi.json' })
    expect([answer.statusCode, answer.body]).toEqual([200, ''])
  })
})

describe('a command sent twice', () => {
  const set = (key: string, value: number, baseVersion: number, who: 'sun' | 'wang' = 'sun') =>
    w.as(who).call(system.setSetting, { key: 'command.keep_days', value, baseVersion, reason: '试一次重发' }, { key })
  it('without a key is refused', async () => {
    const answer = await w.as('sun').call(system.setSetting, { key: 'command.keep_days', value: 99, baseVersion: 0, reason: '没有幂等键' }, { key: 'not-a-uuid' })
    expect(answer.problem.code).toBe('common.key_required')
  })
  it('gives the same answer and happens once; with other content it is refused', async () => {
    const key = randomUUID()
    const first = await set(key, 200, 0)
    expect(first.ok).toMatchObject({ version: 1, value: 200 })
    expect((await set(key, 200, 0)).ok).toEqual(first.ok)
    expect((await set(key, 201, 1)).problem.code).toBe('common.key_altered')
    const { rows } = await w.app.db.pool.query(`select count(*) as n from domain_event where command_id = $1`, [key])
    expect(rows[0].n).toBe(1)
  })
  it('ten at the same moment happen once', async () => {
    const key = randomUUID()
    const answers = await Promise.all(Array.from({ length: 10 }, () => set(key, 300, 1)))
    expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 10 }, () => 200))
    expect(new Set(answers.map((answer) => JSON.stringify(answer.ok))).size).toBe(1)
  })
})

describe('the door', () => {
  it('headers of every answer, and a policy that allows nothing', async () => {
    for (const url of ['/api/me', '/api/nothing', '/healthz']) {
      const answer = await w.app.http.inject({ method: 'GET', url })
      expect(answer.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'same-origin', 'content-security-policy': "default-src 'none'; frame-ancestors 'none'" })
      expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{18}$/)
      expect(answer.headers).not.toHaveProperty('x-powered-by')
    }
  })
  it('the session cookie cannot be read by a script and is not sent from other sites', async () => {
    const answer = await post(JSON.stringify({ login: 'wang', password: castPassword }))
    expect(String(answer.headers['set-cookie'])).toMatch(/^angrid_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/)
  })
  it.each([
    [{ origin: 'https://evil.example' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
    [{ origin: 'null' }],
    [{ 'x-angrid': '' }],
  ])('a request that another page made is refused: %o', async (more) => {
    const answer = await post(JSON.stringify({ login: 'wang', password: castPassword }), more)
    expect([answer.statusCode, code(answer)]).toEqual([403, 'common.cross_site'])
  })
  it('too many calls wait, and are told how long', async () => {
    const answers = []
    for (let i = 0; i < 8; i++) answers.push(await w.as('zheng').call(system.ledgerVerify, {}))
    const last = answers.at(-1)!
    expect([last.status, last.problem.code]).toEqual([429, 'common.too_many'])
    expect(Number(last.headers['retry-after'])).toBeGreaterThan(0)
    expect(last.problem.title).toMatch(/请 \d+ 秒后再试/)
    expect((await w.as('zheng').call(system.ledger, {})).status).toBe(200)
  })
  it('guessed session tokens are cut short without asking the database; a colleague behind the same address works on', async () => {
    const ask = (cookie: string) => w.app.http.inject({ method: 'GET', url: '/api/me', remoteAddress: '10.9.9.9', headers: { cookie } })
    const guess = (n: number) => ask(`angrid_session=${'x'.repeat(30)}${n}`)
    const signedIn = await post(JSON.stringify({ login: 'xu', password: castPassword }))
    const cookie = String(signedIn.headers['set-cookie']).split(';')[0]!
    expect((await ask(cookie)).statusCode).toBe(200)
    for (let n = 0; n < 120; n++) expect((await guess(n)).statusCode).toBe(401)
    const before = w.app.db.sent.count
    for (let n = 120; n < 160; n++) expect((await guess(n)).statusCode).toBe(429)
    expect(w.app.db.sent.count).toBe(before)
    expect((await ask(cookie)).statusCode).toBe(200)
  })
  it('figures are for this machine only', async () => {
    expect((await w.app.http.inject({ method: 'GET', url: '/metrics' })).body).toContain('angrid_requests_total{operation="staff.signIn",status="200"}')
    expect((await w.app.http.inject({ method: 'GET', url: '/metrics', remoteAddress: '10.0.0.8' })).statusCode).toBe(404)
    expect((await w.app.http.inject({ method: 'GET', url: '/metrics', headers: { 'x-forwarded-for': '127.0.0.1' } })).statusCode).toBe(404)
  })
  it('long answers are zipped, the interface page names every operation and calls no script', async () => {
    const zipped = await w.app.http.inject({ method: 'GET', url: '/api/openapi.json', headers: { 'accept-encoding': 'gzip' } })
    expect(zipped.headers['content-encoding']).toBe('gzip')
    const page = await w.app.http.inject({ method: 'GET', url: '/api/docs' })
    expect(page.body).toContain('登录')
    expect(page.body).not.toMatch(/<script|https?:\/\//)
  })
})

describe('a line that breaks', () => {
  /** Starts an upload of a megabyte, sends a little of it and hangs up. */
  const breakOff = (cookie: string) =>
    new Promise<void>((done) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(
          `POST /api/attachments/${randomUUID()} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nCookie: ${cookie}\r\nX-Angrid: 1\r\nIdempotency-Key: ${randomUUID()}\r\nContent-Type: application/octet-stream\r\nContent-Length: 1000000\r\n\r\nabc`,
          () => setTimeout(() => socket.destroy(), 5),
        )
      })
      socket.on('error', () => undefined)
      socket.on('close', () => done())
    })
  const traces = async () => {
    const { rows } = await w.app.db.pool.query('select (select count(*) from command) + (select count(*) from domain_event) as n')
    return { rows: rows[0].n as number, files: readdirSync(folder).filter((name) => name.startsWith('angrid-upload-')).length }
  }
  it('a thousand uploads broken off leave no row and no file, and the server goes on', async () => {
    const signedIn = await post(JSON.stringify({ login: 'lu', password: castPassword }))
    const cookie = String(signedIn.headers['set-cookie']).split(';')[0]!
    const before = await traces()
    for (let round = 0; round < 20; round++) await Promise.all(Array.from({ length: 50 }, () => breakOff(cookie)))
    await vi.waitFor(async () => expect(await traces()).toEqual(before), { timeout: 10_000, interval: 200 })
    expect((await w.as('wang').call(staff.me, {})).status).toBe(200)
  })
  it('who lacks the verb is refused before anything is taken off the line', async () => {
    const before = await traces()
    const answer = await w.as('zheng').call(attachment.upload, { id: randomUUID() }, { body: Buffer.alloc(500_000, 1) })
    expect(answer.status).toBe(403)
    expect(await traces()).toEqual(before)
  })
  it('an upload larger than its measure is cut off although it did not say so', async () => {
    const answer = await w.as('wang').call(attachment.upload, { id: randomUUID(), enterpriseId: ids.enterprise }, { body: Buffer.alloc(41 * 1024 * 1024, 1) })
    expect([answer.status, answer.problem.code]).toEqual([413, 'common.too_large'])
  })
})

describe('a database that goes away', () => {
  it('is named while it is gone, nothing is a bug, and everything goes on when it is back', async () => {
    await w.as('wang').do(staff.me, {})
    const seen = new Set<string>()
    await breakDatabase()
    for (let i = 0; i < 5; i++) {
      const answer = await w.as('wang').call(staff.me, {}).catch((error: Error) => ({ status: /"code":"common\.database_away"/.test(error.message) ? 503 : 0 }))
      seen.add(String(answer.status))
    }
    expect([...seen].filter((status) => status !== '200' && status !== '503')).toEqual([])
    await vi.waitFor(async () => expect((await w.as('wang').call(staff.me, {})).status).toBe(200), { timeout: 15_000, interval: 200 })
    await vi.waitFor(async () => expect((await w.app.http.inject({ method: 'GET', url: '/readyz' })).statusCode).toBe(200), { timeout: 20_000 })
  })
  it('in the middle of a command the command did not happen, and may be sent again', async () => {
    const key = randomUUID()
    const send = () => w.as('sun').call(system.setSetting, { key: 'audit.keep_days', value: 400, baseVersion: 0, reason: '数据库中断时' }, { key })
    const [answer] = await Promise.all([send().catch(() => undefined), breakDatabase()])
    expect([undefined, 200, 503]).toContain(answer?.status)
    await vi.waitFor(async () => expect((await send()).status).toBe(200), { timeout: 15_000, interval: 200 })
    const { rows } = await w.app.db.pool.query('select count(*) as n from domain_event where command_id = $1', [key])
    expect(rows[0].n).toBe(1)
  })
})

/** Kills the embedded database's process, or every connection of ours on PostgreSQL. */
async function breakDatabase(): Promise<void> {
  const pid = w.app.db.child?.pid()
  if (pid) return void process.kill(pid, 'SIGKILL')
  const admin = new pg.Client({ connectionString: process.env.ANGRID_TEST_PG })
  await admin.connect()
  await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [new URL(w.app.config.databaseUrl).pathname.slice(1)])
  await admin.end()
}
