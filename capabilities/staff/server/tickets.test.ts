import { createServer, type Server } from 'node:http'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { castIds } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { operations as op } from '../operations.ts'
import { signatureOf } from './ticket-platform.ts'

const app = { appId: 'angrid', secret: 'a-secret-of-thirty-two-letters!!' }

/** The government app as far as we need it: it gives out tickets and redeems each once, for us only. */
class FakePlatform {
  readonly tickets = new Map<string, string>()
  redeemsTwice = false
  broken: 'no' | 'error' | 'nonsense' = 'no'
  asked = 0
  private server: Server | undefined
  async listen(): Promise<string> {
    this.server = createServer((request, response) => {
      let text = ''
      request.on('data', (chunk: Buffer) => (text += chunk.toString()))
      request.on('end', () => {
        this.asked++
        const [status, body] = this.answer(JSON.parse(text) as Record<string, string>)
        response.writeHead(status, { 'content-type': 'application/json' }).end(body)
      })
    })
    await new Promise<void>((done) => this.server!.listen(0, '127.0.0.1', done))
    const address = this.server.address()
    return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/verify`
  }
  private answer({ appId, ticket, at, signature }: Record<string, string>): [number, string] {
    if (this.broken === 'error') return [500, 'oops']
    if (this.broken === 'nonsense') return [200, '<html>登录</html>']
    if (appId !== app.appId || signature !== signatureOf(app, ticket!, at!)) return [403, '{}']
    const externalId = this.tickets.get(ticket!)
    if (!externalId) return [404, '{}']
    if (!this.redeemsTwice) this.tickets.delete(ticket!)
    return [200, JSON.stringify({ externalId })]
  }
  give(externalId: string): string {
    const ticket = randomUUID()
    this.tickets.set(ticket, externalId)
    return ticket
  }
  close = () => new Promise<void>((done) => (this.server ? this.server.close(() => done()) : done()))
}

let w: World
const platform = new FakePlatform()
beforeAll(async () => {
  const verifyUrl = await platform.listen()
  w = await world(undefined, { platforms: [{ code: 'lanzheng', name: '澜政通', verifyUrl, ...app }, { code: 'elsewhere', name: '别处', verifyUrl: 'http://127.0.0.1:9/verify', ...app }, { code: 'impostor', name: '冒名', verifyUrl, appId: 'angrid', secret: 'not-the-secret-of-the-platform' }] })
  await w.as('sun').do(op.bindIdentity, { id: castIds.lin, platform: 'lanzheng', externalId: 'GA-330100-0008901' })
})
afterAll(async () => {
  await w.close()
  await platform.close()
})

const enter = (ticket: string, code = 'lanzheng') => w.nobody.call(op.signInByTicket, { platform: code, ticket })
const audited = async () => (await w.app.db.pool.query(`select subject, result from audit where kind = 'SIGN_IN' order by at desc, id desc limit 1`)).rows[0]

describe('a ticket of a platform: refuses strangers', () => {
  it('a ticket that the platform does not know, one that it gave to nobody of ours, one used before', async () => {
    expect((await enter(randomUUID())).problem.code).toBe('staff.ticket_refused')
    expect((await enter(platform.give('GA-999999-0000001'))).problem.code).toBe('staff.not_bound')
    expect(await audited()).toEqual({ subject: 'lanzheng：GA****0001', result: 'staff.not_bound' })
    const ticket = platform.give('GA-330100-0008901')
    expect((await enter(ticket)).status).toBe(200)
    expect((await enter(ticket)).problem.code).toBe('staff.ticket_refused')
  })
  it('one that the platform would redeem twice lets in once, also when both come at the same moment', async () => {
    platform.redeemsTwice = true
    const ticket = platform.give('GA-330100-0008901')
    const answers = await Promise.all([enter(ticket), enter(ticket), enter(ticket)])
    platform.redeemsTwice = false
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
    expect(answers.filter((answer) => answer.problem?.code === 'staff.ticket_used')).toHaveLength(2)
  })
  it('a platform that does not believe our signature', async () => {
    expect((await enter(platform.give('GA-330100-0008901'), 'impostor')).problem.code).toBe('staff.ticket_refused')
  })
  it('staff.bindIdentity, staff.unbindIdentity and staff.identities are for whoever keeps accounts, in reach', async () => {
    const bind = { id: castIds.wang, platform: 'lanzheng', externalId: 'GA-1' }
    for (const who of ['wang', 'wu', 'chen', 'qian'] as const) {
      expect((await w.as(who).call(op.bindIdentity, bind)).status, who).toBe(403)
      expect((await w.as(who).call(op.identities, { id: castIds.lin })).status, who).toBe(403)
      expect((await w.as(who).call(op.unbindIdentity, { id: castIds.lin, identityId: randomUUID() })).status, who).toBe(403)
    }
    expect((await w.as('sun').call(op.bindIdentity, { ...bind, id: castIds.qian })).status).toBe(404)
  })
})

describe('a ticket of a platform: refuses nonsense', () => {
  it('a platform that is not registered, that is away, that fails, that answers with a page', async () => {
    expect((await enter(randomUUID(), 'unknown')).problem.code).toBe('staff.platform_unknown')
    expect((await enter(randomUUID(), 'elsewhere')).problem).toMatchObject({ code: 'staff.platform_away', status: 503 })
    for (const broken of ['error', 'nonsense'] as const) {
      platform.broken = broken
      expect((await enter(platform.give('GA-330100-0008901'))).problem.code, broken).toBe('staff.platform_away')
    }
    platform.broken = 'no'
  })
  it('an identity that is somebody’s already, and a platform nobody knows', async () => {
    expect((await w.as('sun').call(op.bindIdentity, { id: castIds.wang, platform: 'lanzheng', externalId: 'GA-330100-0008901' })).problem.code).toBe('account.identity_once')
    expect((await w.as('sun').call(op.bindIdentity, { id: castIds.wang, platform: 'unknown', externalId: 'GA-2' })).problem.code).toBe('staff.platform_unknown')
  })
  it('a ticket that is too short is refused before anybody is asked', async () => {
    const before = platform.asked
    expect((await enter('x')).status).toBe(400)
    expect(platform.asked).toBe(before)
  })
})

describe('a ticket of a platform: works', () => {
  it('staff.signInWays names the platforms and nothing secret', async () => {
    const ways = await w.nobody.do(op.signInWays, {})
    expect(ways).toEqual({ password: true, platforms: [{ code: 'lanzheng', name: '澜政通' }, { code: 'elsewhere', name: '别处' }, { code: 'impostor', name: '冒名' }] })
  })
  it('staff.signInByTicket is the same session as by password: who, posts, rights, and it works', async () => {
    const answer = await enter(platform.give('GA-330100-0008901'))
    expect(answer.ok).toMatchObject({ personId: castIds.lin, name: '林禾安', login: 'lin' })
    const cookie = String(answer.headers['set-cookie']).split(';')[0]!
    const me = await w.app.http.inject({ method: 'GET', url: '/api/me', headers: { cookie } })
    expect(me.json()).toMatchObject({ personId: castIds.lin, verbs: answer.ok.verbs })
    expect(await audited()).toEqual({ subject: 'lin', result: 'ok' })
  })
  it('a disabled account is not let in; an identity taken away neither, and may be bound to another', async () => {
    await w.app.db.pool.query('update account set disabled_at = now() where person_id = $1', [castIds.lin])
    expect((await enter(platform.give('GA-330100-0008901'))).problem.code).toBe('staff.disabled')
    await w.app.db.pool.query('update account set disabled_at = null where person_id = $1', [castIds.lin])
    const [row] = (await w.as('sun').do(op.identities, { id: castIds.lin })).rows
    expect(row).toMatchObject({ platform: 'lanzheng', externalId: 'GA****8901', boundBy: '孙既白' })
    expect((await w.as('sun').do(op.unbindIdentity, { id: castIds.lin, identityId: row!.id })).rows).toEqual([])
    expect((await enter(platform.give('GA-330100-0008901'))).problem.code).toBe('staff.not_bound')
    await w.as('sun').do(op.bindIdentity, { id: castIds.he, platform: 'lanzheng', externalId: 'GA-330100-0008901' })
    expect((await enter(platform.give('GA-330100-0008901'))).ok.login).toBe('he')
  })
  it('used tickets are remembered for a week and then forgotten; the identity is not stored readable', async () => {
    w.advance({ days: 9 })
    await w.runJobs()
    const { rows } = await w.app.db.pool.query('select (select count(*) from sign_in_ticket) as tickets, (select string_agg(external_blind || external_masked, \'\') from account_identity) as stored')
    expect(rows[0].tickets).toBe(0)
    expect(rows[0].stored).not.toContain('GA-330100-0008901')
  })
})
