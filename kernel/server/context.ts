import { type RawBuilder, sql } from 'kysely'
import type { InputOf, Operation, OutputOf, ParsedOf } from '../core/operation.ts'
import { Problem } from '../core/problem.ts'
import type { Actor } from './actor.ts'
import { arrayLiteral } from './array-literal.ts'
import type { Tx } from './db.ts'
import { newId } from './id.ts'
import type { Secrets } from './secret.ts'

/** What happened, before it is written. `version` is the aggregate's version after the change. */
export interface EventDraft {
  aggregate: string
  id: string
  version: number
  event: string
  from?: string | null
  to?: string | null
  areaCode: string
  gridId?: string | null
  enterpriseId?: string | null
  data?: Record<string, unknown>
  /** Business time when it differs from now: an offline record, a paper signed yesterday. */
  occurredAt?: Date | string
  /** Acts in another name than the actor's, such as a timer of the system. */
  by?: { id: string | null; name: string; role: string }
}

/** Where a command came from: kept with each event (invariant I3), never punished. */
export interface Origin {
  device?: string
  madeAt?: string
  place?: string
  /** Made without a line and sent later (`X-Offline: 1`): a stale one is no mistake of the person (domain I6). */
  offline?: boolean
}

export interface AuditDraft {
  kind: 'SIGN_IN' | 'SIGN_OUT' | 'REFUSED' | 'EXPORT' | 'REVEAL' | 'ADMIN' | 'SECURITY'
  subject: string
  subjectId?: string | null
  result: string
  data?: Record<string, unknown>
  actorName?: string
}

/** Everything a handler sees besides its parsed input. */
export interface Ctx {
  readonly tx: Tx
  readonly actor: Actor
  readonly now: Date
  readonly requestId: string
  readonly address: string
  readonly origin: Origin
  readonly secrets: Secrets
  readonly operation: string
  readonly commandId: string | null
  readonly epoch: number
  newId(): string
  /** Remembers an event; all are written together just before commit. A command without one is refused as a bug. */
  emit(event: EventDraft): void
  /** Writes to the audit in the same transaction. */
  audit(entry: AuditDraft): void
  /** Puts an effect outside the database into the queue; it runs after commit. */
  enqueue(kind: string, payload: Record<string, unknown>, runAt?: Date): void
}

/** A download: streamed, named in Chinese. */
export interface FileAnswer {
  readonly file: { name: string; type: string; body: Uint8Array | NodeJS.ReadableStream | AsyncIterable<Uint8Array>; inline?: boolean; etag?: string }
}

/** The body of an upload operation, received whole into a temporary file before the transaction opens. */
export interface RawBody {
  readonly name: string
  readonly type: string
  /** Temporary file; gone when the answer is sent. Empty path when the operation takes no upload. */
  readonly path: string
  readonly bytes: number
  readonly sha256: string
  /** What the operation's `prepare` made of the file, outside the transaction. */
  readonly prepared: unknown
}

export const noBody: RawBody = { name: '', type: '', path: '', bytes: 0, sha256: '', prepared: undefined }

export type Handler<T extends Operation> = (
  ctx: Ctx,
  input: ParsedOf<T>,
  body: RawBody,
) => Promise<OutputOf<T> | FileAnswer>

export type Handlers<T extends Record<string, Operation>> = { [K in keyof T]: Handler<T[K]> }
export type AnyInput = InputOf<Operation>

export interface Drafts {
  events: EventDraft[]
  audits: AuditDraft[]
  jobs: { kind: string; payload: Record<string, unknown>; runAt: Date }[]
}

export interface CtxGiven {
  tx: Tx
  actor: Actor
  now: Date
  requestId: string
  address: string
  origin: Origin
  secrets: Secrets
  operation: string
  commandId: string | null
  epoch: number
}

/** A context and the drafts it gathers; `flush` writes them. */
export function makeCtx(given: CtxGiven): Ctx & { drafts: Drafts } {
  const drafts: Drafts = { events: [], audits: [], jobs: [] }
  return {
    ...given,
    drafts,
    newId: () => newId(given.now),
    emit: (event) => void drafts.events.push(event),
    audit: (entry) => void drafts.audits.push(entry),
    enqueue: (kind, payload, runAt) => void drafts.jobs.push({ kind, payload, runAt: runAt ?? given.now }),
  }
}

const EVENT_CHUNK = 2000

/** Writes gathered events (one statement per 2,000), audit entries and jobs. */
export async function flush(given: CtxGiven, drafts: Drafts): Promise<void> {
  const { events } = drafts
  for (let from = 0; from < events.length; from += EVENT_CHUNK) await insertEvents(given, events.slice(from, from + EVENT_CHUNK))
  if (drafts.audits.length) await insertAudits(given, drafts.audits)
  if (drafts.jobs.length) {
    await given.tx
      .insertInto('job')
      .values(drafts.jobs.map((job) => ({ id: newId(given.now), kind: job.kind, payload: JSON.stringify(job.payload), run_at: job.runAt, every_seconds: null })))
      .execute()
  }
}

/** What every event of a command shares is sent once; the rest goes as columns. */
async function insertEvents(given: CtxGiven, events: readonly EventDraft[]): Promise<void> {
  const { actor, now, origin } = given
  const column = (pick: (event: EventDraft) => unknown): string => arrayLiteral(events.map(pick))
  await sql`insert into domain_event (epoch, at, command_id, operation, origin, id, occurred_at, aggregate, aggregate_id, version, event, from_state, to_state, actor_id, actor_name, actor_role, area_code, grid_id, enterprise_id, data)
    select ${given.epoch}::int, ${now}::timestamptz, ${given.commandId}::uuid, ${given.operation}, ${JSON.stringify(origin)}::jsonb, r.* from unnest(
      ${column(() => newId(now))}::uuid[], ${column((e) => instant(e.occurredAt ?? origin.madeAt ?? now))}::timestamptz[], ${column((e) => e.aggregate)}::text[], ${column((e) => e.id)}::uuid[], ${column((e) => e.version)}::int[],
      ${column((e) => e.event)}::text[], ${column((e) => e.from)}::text[], ${column((e) => e.to)}::text[],
      ${column((e) => (e.by ? e.by.id : actor.id || null))}::uuid[], ${column((e) => e.by?.name ?? actor.name)}::text[], ${column((e) => e.by?.role ?? actor.role)}::text[],
      ${column((e) => e.areaCode)}::text[], ${column((e) => e.gridId)}::uuid[], ${column((e) => e.enterpriseId)}::uuid[], ${column((e) => JSON.stringify(e.data ?? {}))}::jsonb[]) as r`.execute(given.tx)
}

const instant = (at: Date | string): string => (typeof at === 'string' ? at : at.toISOString())

/**
 * The same events made where their rows are, for an import: a part of a larger statement, as `with e as (…), events as (${insertEventsFrom(ctx, …)})`.
 * `rows` selects aggregate, aggregate_id, version, event, from_state, to_state, area_code, grid_id, enterprise_id, data. Ids are UUIDv7 of now.
 */
export function insertEventsFrom(ctx: Ctx, rows: RawBuilder<unknown>): RawBuilder<unknown> {
  const { actor, now, origin } = ctx
  return sql`insert into domain_event (id, epoch, at, occurred_at, command_id, operation, origin, actor_id, actor_name, actor_role, aggregate, aggregate_id, version, event, from_state, to_state, area_code, grid_id, enterprise_id, data)
    select (${newId(now).slice(0, 15)} || substr(gen_random_uuid()::text, 16))::uuid, ${ctx.epoch}::int, ${now}::timestamptz, ${origin.madeAt ?? now}::timestamptz, ${ctx.commandId}::uuid, ${ctx.operation}, ${JSON.stringify(origin)}::jsonb,
      ${actor.id || null}::uuid, ${actor.name}, ${actor.role}, made.* from (${rows}) made`
}

async function insertAudits(given: CtxGiven, entries: readonly AuditDraft[]): Promise<void> {
  await given.tx.insertInto('audit').values(entries.map((entry) => auditRow(given, entry))).execute()
}

export function auditRow(given: Pick<CtxGiven, 'actor' | 'now' | 'requestId' | 'address'>, entry: AuditDraft) {
  return {
    id: newId(given.now),
    at: given.now,
    request_id: given.requestId,
    actor_id: given.actor.id || null,
    actor_name: entry.actorName ?? given.actor.name,
    kind: entry.kind,
    subject: entry.subject,
    subject_id: entry.subjectId ?? null,
    result: entry.result,
    address: given.address,
    data: JSON.stringify(entry.data ?? {}),
  }
}

/** The record changed since the screen or phone read it: nothing is written, the newer version is shown beside. */
export function refuseStale(stored: number, base: number, code = 'common.stale'): void {
  if (stored !== base) throw new Problem('conflict', code, { params: { stored, base } })
}
