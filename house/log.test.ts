import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operations as staff } from '../capabilities/staff/operations.ts'
import { cast, castPassword, ids } from './cast.ts'
import { plausible } from './plausible.ts'
import { type World, world } from './world.ts'
import { mount } from '../kernel/server/capability.ts'

let w: World
let written = ''
const write = process.stdout.write

beforeAll(async () => {
  process.stdout.write = ((chunk: string | Uint8Array, ...rest: unknown[]) => {
    if (String(chunk).startsWith('{"at":')) written += String(chunk)
    else return (write as (...all: unknown[]) => boolean).call(process.stdout, chunk, ...rest)
    return true
  }) as typeof process.stdout.write
  w = await world(undefined, { logLevel: 'debug' })
})
afterAll(async () => {
  await w.close()
  process.stdout.write = write
})

describe('log', () => {
  it('a story with a wrong sign-in, refusals, bugs and every operation leaves ids, never personal data', async () => {
    await w.nobody.call(staff.signIn, { login: 'wang', password: 'Mima#16000991111' })
    await w.app.http.inject({ method: 'GET', url: '/api/enterprises?q=16000999911&token=geheim' })
    for (const { operation } of mount(w.app.capabilities).values()) {
      if (operation.path === '/sign-out') continue
      const body = operation.body === 'raw' ? { body: Buffer.from('x'), headers: { 'x-file-name': encodeURIComponent('赵启澄身份证.jpg') } } : {}
      await w.as('wang').call(operation, plausible(operation.input, ids.enterprise), { key: randomUUID(), ...body })
    }
    await w.app.db.pool.query(`insert into job (id, kind, payload, run_at) values (gen_random_uuid(), 'ledger.seal', '{"phone":"16000999910"}', now())`)
    await w.runJobs()
    expect(written.split('\n').length).toBeGreaterThan(20)
    const told = [...Object.values(cast).map((person) => person.name), castPassword, 'Mima#', '16000999911', '1600099', '赵启澄', 'geheim', '安川澜湖', '91990101', '问一问']
    expect(told.filter((word) => written.includes(word))).toEqual([])
    for (const line of written.trim().split('\n')) expect(Object.keys(JSON.parse(line)).sort().join()).toMatch(/^at,(attempt,)?(event,id|event)/)
  })
})
