import { sql } from 'kysely'
import { Problem } from '../core/problem.ts'
import { systemActor } from './actor.ts'
import type { Capability, JobSpec } from './capability.ts'
import { type CtxGiven, flush, makeCtx } from './context.ts'
import type { Tx } from './db.ts'
import { newId } from './id.ts'
import { type Log, traceOf } from './log.ts'
import type { Runtime } from './run.ts'

/** The queue of one process. Any number of processes may work on one `job` table: SKIP LOCKED shares it out. */
export interface Jobs {
  /** Registers recurring jobs and works on what is due until `stop`. */
  start(): Promise<void>
  /** Takes no more and waits for the one in hand. */
  stop(): Promise<void>
  /** Works until nothing is due at the server's clock; for tests. @throws the first failure, naming its kind */
  runDue(): Promise<number>
}

interface JobRow {
  id: string
  kind: string
  payload: Record<string, unknown>
  attempts: number
  locked_until: string
  every_seconds: number | null
}

/** Longer than any job takes; a process that died gives its job back after this. */
const LEASE_MS = 5 * 60_000
const POLL_MS = 500
/** Then a queued job is given up and stays in the table with its reason. Recurring ones go on. */
export const MAX_ATTEMPTS = 8
const RUNAWAY = 2000

export function jobs(runtime: Runtime, capabilities: readonly Capability[], more: readonly JobSpec[], log: Log): Jobs {
  const specs = new Map([...capabilities.flatMap((c) => c.jobs), ...more].map((spec) => [spec.kind, spec]))
  let registered: Promise<void> | undefined
  let stopped = false
  let loop: Promise<void> = Promise.resolve()
  let wake: () => void = () => undefined

  const register = () => (registered ??= registerRecurring(runtime, [...specs.values()]))
  const oneDue = async (): Promise<Outcome | undefined> => {
    const row = await claim(runtime, [...specs.keys()])
    if (!row) return undefined
    const error = await work(runtime, specs.get(row.kind)!, row)
    if (error !== undefined) log.write('error', 'job', { kind: row.kind, attempt: row.attempts, reason: reasonOf(error), trace: traceOf(error) })
    return { kind: row.kind, error }
  }
  const poll = async () => {
    while (!stopped) {
      const done = await oneDue().catch(() => undefined) // the database is away: ask again later
      if (!done && !stopped) await pause((stop) => (wake = stop))
    }
  }
  return {
    async start() {
      await register()
      runtime.queue.wake = () => wake()
      loop = poll()
    },
    async stop() {
      stopped = true
      wake()
      await loop
    },
    async runDue() {
      await register()
      for (let count = 0; count < RUNAWAY; count++) {
        const done = await oneDue()
        if (!done) return count
        if (done.error !== undefined) throw new Error(`后台任务 ${done.kind} 失败：${reasonOf(done.error)}`, { cause: done.error })
      }
      throw new Error(`后台任务 ${RUNAWAY} 次仍未做完，可能在自我派生`)
    },
  }
}

interface Outcome {
  readonly kind: string
  readonly error: unknown
}

function pause(given: (stop: () => void) => void): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, POLL_MS)
    given(() => {
      clearTimeout(timer)
      done()
    })
  })
}

/** One row a recurring kind, first due at once or an interval later; a changed interval is taken over. */
async function registerRecurring(runtime: Runtime, specs: readonly JobSpec[]): Promise<void> {
  for (const spec of specs) {
    if (!spec.every) continue
    const every = Math.max(1, Math.ceil(spec.every))
    const next = new Date(runtime.now().getTime() + every * 1000)
    await sql`insert into job (id, kind, payload, run_at, every_seconds) values (${newId(runtime.now())}, ${spec.kind}, '{}'::jsonb, ${spec.later ? next : runtime.now()}, ${every})
      on conflict (kind) where every_seconds is not null do update set every_seconds = excluded.every_seconds, run_at = least(job.run_at, ${next}::timestamptz)`.execute(runtime.db.all)
  }
}

/** Takes the job that waits longest; its lock time is the token that proves we still hold it. */
async function claim(runtime: Runtime, kinds: readonly string[]): Promise<JobRow | undefined> {
  const now = runtime.now()
  const { rows } = await sql<JobRow>`
    update job set locked_until = ${new Date(now.getTime() + LEASE_MS)}, attempts = attempts + 1
    where id = (
      select id from job where done_at is null and run_at <= ${now} and (locked_until is null or locked_until <= ${now}) and kind = any(${[...kinds]}::text[])
      order by run_at, id limit 1 for update skip locked)
    returning id, kind, payload, attempts, locked_until, every_seconds`.execute(runtime.db.all)
  return rows[0]
}

/** Runs one job; its effects and its tick are one commit. Returns what went wrong, undefined when all is well. */
async function work(runtime: Runtime, spec: JobSpec, row: JobRow): Promise<unknown> {
  try {
    if (spec.outside) {
      await attempt(runtime, runtime.db.all as unknown as Tx, spec, row)
      await tick(runtime, runtime.db.all as unknown as Tx, row)
    } else {
      await runtime.db.transaction(async (tx) => {
        await attempt(runtime, tx, spec, row)
        await tick(runtime, tx, row)
      })
    }
    return undefined
  } catch (error) {
    await putBack(runtime, row, error)
    return error
  }
}

async function attempt(runtime: Runtime, tx: Tx, spec: JobSpec, row: JobRow): Promise<void> {
  const given: CtxGiven = {
    tx,
    actor: systemActor(),
    now: runtime.now(),
    requestId: `job-${row.id.slice(-12)}`,
    address: '',
    origin: {},
    secrets: runtime.secrets,
    operation: spec.kind,
    commandId: null,
    epoch: runtime.epoch(),
  }
  const ctx = makeCtx(given)
  await spec.run(ctx, row.payload)
  await flush(given, ctx.drafts)
}

/** Done, or due again. Nobody else may have taken it meanwhile: then everything rolls back. */
async function tick(runtime: Runtime, tx: Tx, row: JobRow): Promise<void> {
  const now = runtime.now()
  const next = row.every_seconds === null ? { done_at: now } : { run_at: new Date(now.getTime() + row.every_seconds * 1000), attempts: 0 }
  const { numUpdatedRows } = await tx
    .updateTable('job')
    .set({ ...next, locked_until: null, failed: null })
    .where('id', '=', row.id)
    .where('locked_until', '=', row.locked_until)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) throw new Problem('conflict', 'common.busy')
}

/** After 10 s, 20 s, 40 s … an hour. The reason is a name, never a message: messages quote rows. */
async function putBack(runtime: Runtime, row: JobRow, error: unknown): Promise<void> {
  const now = runtime.now()
  const waitSeconds = Math.min(3600, 10 * 2 ** Math.min(row.attempts - 1, 20), row.every_seconds ?? 3600)
  const givenUp = row.every_seconds === null && row.attempts >= MAX_ATTEMPTS
  await runtime.db.all
    .updateTable('job')
    .set({ locked_until: null, failed: reasonOf(error), run_at: new Date(now.getTime() + waitSeconds * 1000), ...(givenUp ? { done_at: now } : {}) })
    .where('id', '=', row.id)
    .where('locked_until', '=', row.locked_until)
    .execute()
    .catch(() => undefined) // the database is away: the lease runs out by itself
}

function reasonOf(error: unknown): string {
  if (error instanceof Problem) return error.code
  if (!(error instanceof Error)) return typeof error
  return 'code' in error && typeof error.code === 'string' ? `${error.name} ${error.code}` : error.name
}
