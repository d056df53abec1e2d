import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type World, world } from '../../house/world.ts'
import type { JobSpec } from './capability.ts'
import type { Ctx } from './context.ts'
import { type Jobs, jobs, MAX_ATTEMPTS } from './jobs.ts'
import { log } from './log.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

const runner = (...specs: JobSpec[]): Jobs => jobs(w.app.runtime, [], specs, log('silent'))
const put = async (kind: string, payload: object = {}) => {
  const id = randomUUID()
  await w.app.db.pool.query('insert into job (id, kind, payload, run_at) values ($1, $2, $3, $4)', [id, kind, JSON.stringify(payload), w.app.clock.now()])
  return id
}
const row = async (id: string) => (await w.app.db.pool.query(`select attempts, failed, done_at is not null as done, locked_until, run_at from job where id = $1`, [id])).rows[0]
const event = (ctx: Ctx) => ctx.emit({ aggregate: 'thing', id: randomUUID(), version: 1, event: 'thing.timed', areaCode: '990101000000' })
const events = async () => (await w.app.db.pool.query<{ n: number }>(`select count(*) as n from domain_event where event = 'thing.timed'`)).rows[0]!.n

describe('jobs: queued', () => {
  it('runs once, as the system, and its event is written in the same commit', async () => {
    const seen: unknown[] = []
    const spec: JobSpec = {
      kind: 'test.once',
      run: async (ctx, payload) => {
        seen.push([ctx.actor.name, payload])
        event(ctx)
      },
    }
    const id = await put('test.once', { a: 1 })
    expect(await runner(spec).runDue()).toBe(1)
    expect(await runner(spec).runDue()).toBe(0)
    expect(seen).toEqual([['系统', { a: 1 }]])
    expect([await events(), (await row(id)).done]).toEqual([1, true])
  })
  it('a failure rolls its effects back, names the reason without a message, and waits 10 s, 20 s, 40 s', async () => {
    const spec: JobSpec = {
      kind: 'test.fails',
      run: async (ctx) => {
        await ctx.tx.insertInto('setting').values({ key: 'test.half', area_code: '0', value: '1', version: 1 }).execute()
        throw new Error('电话 16000999911 打不通')
      },
    }
    const id = await put('test.fails')
    for (const wait of [10, 20, 40]) {
      const started = w.app.clock.now().getTime()
      await expect(runner(spec).runDue()).rejects.toThrow('test.fails')
      const stored = await row(id)
      expect(stored.failed).toBe('Error')
      expect(Math.round((Date.parse(stored.run_at) - started) / 1000)).toBe(wait)
      w.advance({ minutes: 1 })
    }
    expect((await w.app.db.pool.query(`select 1 from setting where key = 'test.half'`)).rowCount).toBe(0)
  })
  it(`is given up after ${MAX_ATTEMPTS} attempts and stays with its reason`, async () => {
    const spec: JobSpec = { kind: 'test.never', run: async () => Promise.reject(new Error('no')) }
    const id = await put('test.never')
    for (let i = 0; i < MAX_ATTEMPTS; i++) {
      await expect(runner(spec).runDue()).rejects.toThrow()
      w.advance({ hours: 2 })
    }
    expect(await runner(spec).runDue()).toBe(0)
    expect(await row(id)).toMatchObject({ attempts: MAX_ATTEMPTS, failed: 'Error', done: true })
  })
  it('a kind nobody knows here waits for a process that does', async () => {
    const id = await put('test.unknown')
    expect(await runner().runDue()).toBe(0)
    expect((await row(id)).done).toBe(false)
  })
})

describe('jobs: several processes', () => {
  it('three runners share forty jobs, each done exactly once', async () => {
    const seen: string[] = []
    const spec: JobSpec = {
      kind: 'test.shared',
      run: async (_ctx, payload) => {
        await new Promise((done) => setTimeout(done, 2))
        seen.push(String(payload.n))
      },
    }
    for (let n = 0; n < 40; n++) await put('test.shared', { n })
    await Promise.all([runner(spec).runDue(), runner(spec).runDue(), runner(spec).runDue()])
    expect([...seen].sort((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: 40 }, (_, n) => String(n)))
  })
  it('a job whose process died is taken again when its lease is over, not before', async () => {
    let runs = 0
    const spec: JobSpec = { kind: 'test.orphan', run: async () => void runs++ }
    const id = await put('test.orphan')
    await w.app.db.pool.query(`update job set locked_until = $2::timestamptz + interval '5 minutes', attempts = 1 where id = $1`, [id, w.app.clock.now()])
    expect(await runner(spec).runDue()).toBe(0)
    w.advance({ minutes: 6 })
    expect(await runner(spec).runDue()).toBe(1)
    expect(runs).toBe(1)
  })
  it('who lost the lease meanwhile writes nothing', async () => {
    const before = await events()
    const id = await put('test.slow')
    const spec: JobSpec = {
      kind: 'test.slow',
      run: async (ctx) => {
        event(ctx)
        await ctx.tx.updateTable('job').set({ locked_until: new Date(ctx.now.getTime() + 999_000) }).where('id', '=', id).execute()
      },
    }
    await expect(runner(spec).runDue()).rejects.toThrow('test.slow')
    expect(await events()).toBe(before)
  })
})

describe('jobs: recurring', () => {
  it('registers one row a kind, runs at once and again after its time, and takes over a shorter interval', async () => {
    let runs = 0
    const spec = (every: number): JobSpec => ({ kind: 'test.timer', every, run: async () => void runs++ })
    await runner(spec(3600)).runDue()
    await runner(spec(3600)).runDue()
    expect(runs).toBe(1)
    w.advance({ minutes: 61 })
    await runner(spec(3600)).runDue()
    expect(runs).toBe(2)
    await runner(spec(60)).runDue()
    w.advance({ minutes: 2 })
    await runner(spec(60)).runDue()
    expect(runs).toBe(3)
    const { rows } = await w.app.db.pool.query(`select count(*) as n from job where kind = 'test.timer'`)
    expect(rows[0].n).toBe(1)
  })
  it('goes on after failures', async () => {
    let fail = true
    const spec: JobSpec = { kind: 'test.hiccup', every: 60, run: async () => (fail ? Promise.reject(new Error('no')) : undefined) }
    await expect(runner(spec).runDue()).rejects.toThrow()
    fail = false
    w.advance({ minutes: 2 })
    expect(await runner(spec).runDue()).toBe(1)
  })
  it('start works by itself; stop waits for the one in hand', async () => {
    let state = 'waiting'
    const spec: JobSpec = {
      kind: 'test.long',
      run: async () => {
        state = 'running'
        await new Promise((done) => setTimeout(done, 150))
        state = 'done'
      },
    }
    await put('test.long')
    const queue = runner(spec)
    await queue.start()
    await vi.waitFor(() => expect(state).toBe('running'), { timeout: 5000, interval: 5 })
    await queue.stop()
    expect(state).toBe('done')
  })
})
