import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type World, world } from '../../house/world.ts'
import { systemActor } from './actor.ts'
import { type CtxGiven, flush, noDrafts } from './context.ts'
import type { Tx } from './db.ts'
import { ledgerEpoch, type LedgerHash, lastSeal, raiseEpoch, sealNext } from './ledger.ts'
import { exportLedger, verifyLedger } from './ledger-file.ts'

let w: World
let lines: string[]
const now = new Date('2026-03-05T02:00:00.123Z')

beforeAll(async () => {
  w = await world()
  for (let i = 0; i < 5; i++) await w.app.db.transaction((tx) => record(tx, [i * 2, i * 2 + 1]))
  await settled()
  await sealed(4, { limit: 4 })
  await sealed(4, { limit: 4, algorithm: 'sm3' })
  await sealed(2)
  await w.app.db.transaction((tx) => record(tx, [10]))
  lines = await exported()
})
afterAll(() => w.close())

/** Writes one event a number, as commands do. */
async function record(tx: Tx, numbers: readonly number[], epoch = 1): Promise<void> {
  const given: CtxGiven = { tx, actor: systemActor(), now, requestId: 'r', address: '', origin: {}, secrets: w.app.runtime.secrets, operation: 'thing.make', commandId: null, epoch }
  const events = numbers.map((n) => ({ aggregate: 'thing', id: randomUUID(), version: 1, event: 'thing.made', areaCode: '990101000000', data: { title: `第${n}件\u2028换行`, n, half: 0.5 } }))
  await flush(given, { ...noDrafts(), events })
}

const seal = (more: { limit?: number; algorithm?: LedgerHash; epoch?: number }) => w.app.db.transaction((tx) => sealNext(tx, { epoch: 1, algorithm: 'sha256', now, ...more }))

/** Waits until everything written so far lies below the horizon, so that a batch takes exactly what the test wrote. */
async function settled(): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const { rows } = await w.app.db.pool.query('select coalesce(max(xid) < pg_snapshot_xmin(pg_current_snapshot()), true) as below from domain_event where xid < pg_current_xact_id()')
    if (rows[0].below) return
    await new Promise((done) => setTimeout(done, 50))
  }
  throw new Error('somebody holds a transaction open for ten seconds')
}

/** Transaction numbers belong to the whole cluster: a neighbour's open transaction delays a seal, it never skips one. */
async function sealed(count: number, more: { limit?: number; algorithm?: LedgerHash; epoch?: number } = {}): Promise<void> {
  let took = 0
  for (let tries = 0; took < count && tries < 200; tries++) {
    took += await seal({ ...more, limit: (more.limit ?? 2000) - took })
    if (took < count) await new Promise((done) => setTimeout(done, 50))
  }
  expect(took).toBe(count)
}

async function exported(): Promise<string[]> {
  const out: string[] = []
  for await (const line of exportLedger(w.app.db.all as unknown as Tx, now)) out.push(line)
  return out
}

async function* from(text: string | Buffer): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text as string)
  for (let at = 0; at < bytes.length; at += 700) yield bytes.subarray(at, at + 700)
}

const check = (changed: readonly string[]) => verifyLedger(from(changed.join('')))
const kindsOf = async (changed: readonly string[]) => [...new Set((await check(changed)).faults.map((fault) => fault.kind))]
/** What a forger who can hash the file but not forge the chain would hand in: the end line fitted to the changed lines. */
const eventsIn = (text: readonly string[]) => text.flatMap((line, i) => (line.startsWith('{"event"') ? [i] : []))

describe('ledger: works', () => {
  it('an untouched export is whole: 3 batches of 4, 4 and 2, one event not sealed yet, both hashes in one chain', async () => {
    expect(await check(lines)).toMatchObject({ ok: true, batches: 3, sealed: 10, unsealed: 1, faults: [] })
    expect(lines.filter((line) => line.includes('"sm3"'))).toHaveLength(1)
  })
  it('each event row is exported whole, times to the microsecond', () => {
    const event = JSON.parse(lines[1]!).event
    expect(event).toMatchObject({ at: '2026-03-05T02:00:00.123000Z', operation: 'thing.make', data: { n: 0, half: 0.5 }, actor_name: '系统' })
    expect(Object.keys(event)).toHaveLength(22)
  })
  it('nothing more is sealed than there is, and a seal cannot be changed in the database', async () => {
    await sealed(1)
    expect(await seal({})).toBe(0)
    await expect(w.app.db.pool.query(`update ledger_seal set root = 'x'`)).rejects.toMatchObject({ code: 'AN001' })
    await expect(w.app.db.pool.query('delete from domain_event')).rejects.toMatchObject({ code: 'AN001' })
  })
})

describe('ledger: finds every meddling', () => {
  it('one changed byte, anywhere in the file', async () => {
    const whole = Buffer.from(lines.join(''))
    for (let at = 0; at < whole.length; at += 37) {
      const copy = Buffer.from(whole)
      copy[at] = copy[at]! ^ 1
      expect((await verifyLedger(from(copy))).ok, `byte ${at}: ${whole.subarray(at - 10, at + 10)}`).toBe(false)
    }
  })
  it('a changed word inside an event is named as a change of its batch', async () => {
    const changed = lines.map((line) => line.replace('第5件', '第6件'))
    const verdict = await check(changed)
    expect(verdict.faults[0]).toMatchObject({ kind: 'changed', batch: 2 })
  })
  it.each([
    ['a removed event', (l: string[]) => l.filter((_, i) => i !== eventsIn(l)[2]), 'count'],
    ['the last event of a batch removed', (l: string[]) => l.filter((_, i) => i !== eventsIn(l)[3]), 'count'],
    ['two events swapped', (l: string[]) => swap(l, eventsIn(l)[0]!, eventsIn(l)[1]!), 'order'],
    ['an event twice', (l: string[]) => l.flatMap((line, i) => (i === eventsIn(l)[0] ? [line, line] : [line])), 'order'],
    ['a whole batch removed', (l: string[]) => [l[0]!, ...l.slice(l.findIndex((line) => line.startsWith('{"seal"')) + 1)], 'chain'],
    ['a forged root', (l: string[]) => l.map((line) => line.replace(/"root":"../, '"root":"00')), 'seal'],
    ['the tail cut off', (l: string[]) => l.slice(0, -4), 'cut'],
    ['a sealed tail cut off before the end line', (l: string[]) => [...l.slice(0, 6), l.at(-1)!], 'file'],
    ['lines after the end', (l: string[]) => [...l, l[1]!], 'file'],
    ['an empty file', () => [], 'cut'],
    ['another kind of file', () => ['{"a":1}\n', '{"seal":{}}\n'], 'malformed'],
  ])('%s', async (_, meddle, kind) => {
    expect(await kindsOf(meddle([...lines]))).toContain(kind)
  })
  it('a ledger cut shorter and closed anew by somebody who can hash is found by a chain value kept elsewhere', async () => {
    const verdict = await verifyLedger(from(lines.join('')), [{ batch: 9, chain: 'f'.repeat(64) }])
    expect(verdict.faults).toMatchObject([{ kind: 'cut', why: '应有第 9 批，账本只到第 3 批' }])
    expect((await verifyLedger(from(lines.join('')), [{ batch: 2, chain: 'f'.repeat(64) }])).faults[0]!.kind).toBe('anchor')
  })
})

const swap = (list: string[], a: number, b: number): string[] => list.map((line, i) => list[i === a ? b : i === b ? a : i] ?? line)

describe('ledger: order of commits', () => {
  // The embedded database knows one session: the second transaction waits for the first, so nothing can overtake there.
  if (!process.env.ANGRID_TEST_PG) {
    it('on the embedded database a second transaction waits for the first', async () => {
      const order: string[] = []
      const slow = w.app.db.transaction(async (tx) => {
        await record(tx, [20])
        await new Promise((done) => setTimeout(done, 100))
        order.push('first')
      })
      await new Promise((done) => setTimeout(done, 20))
      await Promise.all([slow, w.app.db.transaction(async (tx) => record(tx, [21])).then(() => order.push('second'))])
      expect(order).toEqual(['first', 'second'])
      await sealed(2)
    })
    return
  }
  it('a command that began earlier and commits later is sealed later, never skipped', async () => {
    const url = w.app.config.databaseUrl
    const early = new pg.Client({ connectionString: url })
    await early.connect()
    await early.query('begin')
    const insert = `insert into domain_event (id, at, occurred_at, operation, aggregate, aggregate_id, version, event, actor_name, actor_role, area_code, data, origin)
      values (gen_random_uuid(), now(), now(), 'thing.make', 'thing', gen_random_uuid(), 1, 'thing.made', '甲', 'X', '990101000000', '{"early":true}', '{}')`
    await early.query(insert)
    await w.app.db.transaction((tx) => record(tx, [20, 21]))
    const before = await lastSeal(w.app.db.all as unknown as Tx)
    expect(await seal({})).toBe(0)
    await early.query('commit')
    await early.end()
    await settled()
    await sealed(3)
    const verdict = await check(await exported())
    expect(verdict).toMatchObject({ ok: true, unsealed: 0, batches: before!.batch + 1 })
  })
})

describe('ledger: another cluster', () => {
  it('after a restore into another cluster the epoch is raised, and small transaction numbers follow the old ones', async () => {
    const tx = w.app.db.all as unknown as Tx
    await settled()
    await seal({})
    await raiseEpoch(tx, 2)
    expect(await ledgerEpoch(tx)).toBe(2)
    await w.app.db.transaction((inner) => record(inner, [30], 2))
    // As if the log had come from a cluster whose counter stood higher.
    await w.app.db.pool.query(`insert into domain_event (epoch, xid, id, at, occurred_at, operation, aggregate, aggregate_id, version, event, actor_name, actor_role, area_code, data, origin)
      values (2, '999999999', gen_random_uuid(), now(), now(), 'thing.make', 'thing', gen_random_uuid(), 1, 'thing.made', '甲', 'X', '990101000000', '{}', '{}')`)
    expect(await ledgerEpoch(tx)).toBe(3)
    await w.app.db.transaction((inner) => record(inner, [31], 3))
    await settled()
    await sealed(3, { epoch: 3 })
    expect((await check(await exported())).ok).toBe(true)
  })
})
