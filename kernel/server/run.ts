import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { Problem } from '../core/problem.ts'
import { type Actor, actorFor, type SignedIn, stranger } from './actor.ts'
import type { Mounted } from './capability.ts'
import { type AuditDraft, auditRow, type CtxGiven, type Drafts, endings, flush, makeCtx, noBody, noDrafts, type Origin, type RawBody } from './context.ts'
import type { Db, Tx } from './db.ts'
import { toProblem } from './db-problem.ts'
import type { Secrets } from './secret.ts'
import { parseInput } from './validation.ts'

/** One call of one operation, from HTTP or from a test. */
export interface Call {
  readonly mounted: Mounted
  readonly who: SignedIn | undefined
  readonly raw: unknown
  /** Takes the upload off the wire; asked only after verb and input are right. */
  readonly receive: () => Promise<RawBody>
  readonly body: RawBody
  readonly key: string | undefined
  readonly origin: Origin
  readonly requestId: string
  readonly address: string
}

export interface Runtime {
  readonly db: Db
  readonly secrets: Secrets
  readonly now: () => Date
  readonly epoch: () => number
  /** Told after a commit that put something into the queue: this process need not wait for its next look. */
  readonly queue: { wake(): void }
  /** Operations that a person with a temporary password may call. */
  readonly openBeforePasswordChange: ReadonlySet<string>
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Verb, then input, then the handler in its transaction. One promise decides commit or rollback. */
export async function run(runtime: Runtime, call: Call): Promise<unknown> {
  const actor = await admit(runtime, call)
  const input = parseInput(call.mounted.operation.input, call.raw)
  if (call.mounted.operation.kind === 'query') return runQuery(runtime, call, actor, input)
  const before = { tx: runtime.db.all as unknown as Tx, actor, now: runtime.now() }
  if (call.mounted.operation.body === 'json') {
    const prepared = await call.mounted.prepare?.(noBody, input as never, before)
    return runCommand(runtime, prepared === undefined ? call : { ...call, body: { ...noBody, prepared } }, actor, input)
  }
  const body = await call.receive()
  try {
    const prepared = await call.mounted.prepare?.(body, input as never, before)
    return await runCommand(runtime, { ...call, body: { ...body, prepared } }, actor, input)
  } finally {
    await rm(body.path, { force: true })
  }
}

async function admit(runtime: Runtime, call: Call): Promise<Actor> {
  const { operation, name } = call.mounted
  if (operation.verb === 'public') return call.who ? actorFor(call.who, 'public')! : stranger
  if (!call.who) throw new Problem('unauthenticated', 'common.unauthenticated')
  if (call.who.mustChangePassword && !runtime.openBeforePasswordChange.has(name)) throw new Problem('forbidden', 'common.change_password_first')
  const actor = actorFor(call.who, operation.verb)
  if (actor) return actor
  await auditNow(runtime, call, { kind: 'REFUSED', subject: name, result: 'common.forbidden' })
  throw new Problem('forbidden', 'common.forbidden')
}

/** Writes one audit entry outside the request's transaction: a refusal must survive its rollback. */
export async function auditNow(runtime: Runtime, call: Pick<Call, 'who' | 'requestId' | 'address'>, entry: AuditDraft): Promise<void> {
  const actor = call.who ? actorFor(call.who, 'signed_in')! : stranger
  await runtime.db.all.insertInto('audit').values(auditRow({ actor, now: runtime.now(), requestId: call.requestId, address: call.address }, entry)).execute()
}

function given(runtime: Runtime, call: Call, actor: Actor, tx: Tx, commandId: string | null): CtxGiven {
  const { origin, requestId, address } = call
  return { tx, actor, now: runtime.now(), requestId, address, origin, secrets: runtime.secrets, operation: call.mounted.name, commandId, epoch: runtime.epoch() }
}

async function runQuery(runtime: Runtime, call: Call, actor: Actor, input: unknown): Promise<unknown> {
  let trail: AuditDraft[] = []
  const work = async (tx: Tx) => {
    const ctx = makeCtx(given(runtime, call, actor, tx, null))
    const answer = await call.mounted.handler(ctx, input, call.body)
    if (ctx.drafts.events.length || ctx.drafts.jobs.length) throw new Error(`查询 ${call.mounted.name} 不得产生事件`)
    trail = ctx.drafts.audits
    return answer
  }
  const plain = runtime.db.all as unknown as Tx
  const answer = call.mounted.operation.snapshot ? await runtime.db.transaction(work, { snapshot: true }) : await work(plain)
  // A download or a look at personal data is audited although it changes nothing: after the snapshot, whose
  // transaction is read-only and, on the embedded database, would keep the audit waiting for ever.
  if (trail.length) await flush(given(runtime, call, actor, plain, null), { ...noDrafts(), audits: trail })
  return answer
}

async function runCommand(runtime: Runtime, call: Call, actor: Actor, input: unknown): Promise<unknown> {
  const { operation, name } = call.mounted
  if (!operation.keyless && !(call.key && uuid.test(call.key))) throw new Problem('invalid', 'common.key_required')
  const key = operation.keyless ? undefined : call.key!
  const hash = key ? hashOf(name, actor.id, call) : ''
  for (let attempt = 1; ; attempt++) {
    try {
      const { answer, queued } = await attemptCommand(runtime, call, actor, input, key, hash)
      if (queued) runtime.queue.wake()
      return answer
    } catch (error) {
      if (error instanceof Replayed) return error.response
      // The twin of this command may have committed first: whatever failed here, its stored outcome is the answer.
      const stored = key ? await storedOutcome(runtime.db.all as unknown as Tx, key, hash) : undefined
      if (stored) return stored.response
      if (error instanceof TracedRefusal) await runtime.db.transaction(error.write)
      const retryable = error instanceof Error && 'code' in error && (error.code === '40001' || error.code === '40P01')
      if (!retryable || attempt >= 4) throw toProblem(error)
    }
  }
}

/** A refusal that must leave a trace although its transaction rolls back: a wrong password, a refused access. */
export class TracedRefusal extends Problem {
  readonly write: (tx: Tx) => Promise<void>
  constructor(problem: Problem, write: (tx: Tx) => Promise<void>) {
    super(problem.kind, problem.code, { params: problem.params, fields: problem.fields })
    this.write = write
  }
}

/** This command ran before: its handler is broken off, and its stored outcome is the answer. */
class Replayed extends Error {
  readonly response: unknown
  constructor(response: unknown) {
    super('replayed')
    this.response = response
  }
}

async function attemptCommand(runtime: Runtime, call: Call, actor: Actor, input: unknown, key: string | undefined, hash: string): Promise<{ answer: unknown; queued: boolean }> {
  let last: () => ReturnType<typeof endings> = () => []
  const work = async (tx: Tx) => {
    const base = given(runtime, call, actor, tx, key ?? null)
    const ctx = makeCtx(base)
    // Whether it ran before is asked together with the first statements of the handler.
    const fresh = key ? storedOutcome(tx, key, hash).then(refuseReplay) : undefined
    const [answer] = await Promise.all([call.mounted.handler(ctx, input, call.body), fresh])
    if (!call.mounted.operation.piece) requireTrace(call.mounted.name, ctx.drafts)
    last = () => endings(base, ctx.drafts, key ? { id: key, hash, response: JSON.stringify(answer ?? null) } : undefined)
    return { answer, queued: ctx.drafts.jobs.length > 0 }
  }
  return runtime.db.transaction(work, { last: () => last(), ...(call.mounted.operation.snapshot ? { snapshot: 'write' as const } : { planned: true }) })
}

function refuseReplay(stored: { response: unknown } | undefined): void {
  if (stored) throw new Replayed(stored.response)
}

/** "Every committed command leaves an event" — or, for sign-in and the like, an audit entry. */
function requireTrace(name: string, drafts: Drafts): void {
  if (!drafts.events.length && !drafts.audits.length) throw new Error(`命令 ${name} 没有留下事件`)
}

/** The outcome stored under this key, if it ran before; the same key with other content is a conflict. */
async function storedOutcome(tx: Tx, key: string, hash: string): Promise<{ response: unknown } | undefined> {
  const row = await tx.selectFrom('command').select(['request_hash', 'response']).where('id', '=', key).executeTakeFirst()
  if (!row) return undefined
  if (row.request_hash !== hash) throw new Problem('conflict', 'common.key_altered')
  return { response: row.response }
}

/** Same operation, same person, same content. */
function hashOf(name: string, actorId: string, call: Call): string {
  const body = call.mounted.operation.body === 'raw' ? [call.body.name, call.body.sha256] : null
  return createHash('sha256').update(JSON.stringify([name, actorId, call.raw, body])).digest('hex')
}
