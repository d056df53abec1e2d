import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { command, query } from '../core/operation.ts'
import { call, Problem, requestOf } from './call.ts'
import { setAsker } from './session.ts'

const list = query('GET /things/:id/parts', { summary: '列', input: z.strictObject({ id: z.string(), states: z.array(z.string()).optional(), q: z.string().optional(), n: z.number().optional() }), output: z.object({ ok: z.boolean() }), verb: 'thing.read' })
const change = command('POST /things/:id/change', { summary: '改', input: z.strictObject({ id: z.string(), reason: z.string() }), output: z.object({ ok: z.boolean() }), verb: 'thing.change' })
const send = command('POST /files', { summary: '传', input: z.strictObject({ id: z.string() }), output: z.object({ ok: z.boolean() }), verb: 'thing.change', body: 'raw' })

/** The network is outside of ours: a list of answers in its place, and what was asked. */
const asked: { url: string; key: string | undefined; body: unknown }[] = []
let answers: (() => Response)[] = []
const real = globalThis.fetch
beforeEach(() => {
  asked.length = 0
  globalThis.fetch = async (url, init) => {
    const headers = init?.headers as Record<string, string>
    asked.push({ url: String(url), key: headers['idempotency-key'], body: init?.body })
    const answer = answers.shift()
    if (!answer) throw new TypeError('Failed to fetch')
    return answer()
  }
})
afterEach(() => {
  globalThis.fetch = real
  setAsker(undefined)
})
const ok = () => new Response('{"ok":true}')
const refusal = (status: number, code: string) => () => new Response(JSON.stringify({ type: '', code, status, title: '理由', fields: [{ path: 'reason', code: 'x', message: '理由：至少 2 个字' }] }), { status })

describe('what is sent', () => {
  it('path parameters leave the query; empty values are not sent; lists are joined by commas', () => {
    expect(requestOf(list, { id: 'a/b', states: ['X', 'Y'], q: '', n: 0 }).url).toBe('api/things/a%2Fb/parts?states=X%2CY&n=0')
  })
  it('a command carries a fresh UUID unless it is told one, the header of our own pages and the moment it was made', () => {
    const { headers } = requestOf(change, { id: '1', reason: '理由' }).init
    expect(headers['idempotency-key']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/)
    expect(headers['x-angrid']).toBe('1')
    expect(Number.isNaN(Date.parse(headers['x-made-at'] ?? ''))).toBe(false)
    expect(requestOf(change, { id: '1', reason: '理由' }, { key: 'k' }).init.headers['idempotency-key']).toBe('k')
  })
  it('a raw upload keeps its input in the address, because the body is the file', () => {
    expect(requestOf(send, { id: '7' })).toMatchObject({ url: 'api/files?id=7' })
  })
})

describe('what comes back', () => {
  it('a refusal keeps its name, sentence and fields', async () => {
    answers = [refusal(422, 'thing.not_now')]
    const thrown = await call(change, { id: '1', reason: '' }).catch((e: unknown) => e)
    expect(thrown).toBeInstanceOf(Problem)
    expect(thrown).toMatchObject({ code: 'thing.not_now', status: 422, title: '理由', fields: [{ path: 'reason', message: '理由：至少 2 个字' }], undecided: false })
  })
  it.each([
    ['no network', []],
    ['a gateway without the server behind it', [() => new Response('<html>', { status: 502 })]],
  ])('%s is “offline”: undecided, so it may be sent again under the same key', async (_, given) => {
    answers = [...given]
    await expect(call(list, { id: '1' })).rejects.toMatchObject({ code: 'offline', undecided: true })
  })
  it('an answer that is not ours becomes a fault with the number to quote', async () => {
    answers = [() => new Response('oops', { status: 500, headers: { 'x-request-id': 'r-1' } })]
    await expect(call(list, { id: '1' })).rejects.toMatchObject({ code: 'common.bug', requestId: 'r-1' })
  })
})

describe('the end of a session', () => {
  it('asks once for two waiting calls, then sends both again, a command under its first key', async () => {
    let times = 0
    setAsker(async () => {
      times++
      return true
    })
    answers = [refusal(401, 'common.session_ended'), refusal(401, 'common.session_ended'), ok, ok]
    await Promise.all([call(list, { id: '1' }), call(change, { id: '1', reason: '理由' })])
    expect(times).toBe(1)
    const keys = asked.flatMap(({ key }) => key ?? [])
    expect(keys).toHaveLength(2)
    expect(new Set(keys).size).toBe(1)
  })
  it('gives the 401 back when the person does not sign in, and at the first question of a page', async () => {
    setAsker(async () => false)
    answers = [refusal(401, 'common.session_ended'), refusal(401, 'common.unauthenticated')]
    await expect(call(list, { id: '1' })).rejects.toMatchObject({ status: 401 })
    await expect(call(list, { id: '1' }, { quiet: true })).rejects.toMatchObject({ status: 401 })
    expect(asked).toHaveLength(2)
  })
})
