import { type RawBuilder, sql } from 'kysely'
import type { Operation, OutputOf, ParsedOf } from '../core/operation.ts'
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
  /** By the server's clock as far as the device knew it. */
  madeAt?: string
  /** Seconds by which the device's own clock was ahead of that. */
  clockDrift?: number
  place?: string
  /** Release and build of the phone's app. */
  app?: string
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
  /**
   * Remembers an item for the end of the command, where `write` turns all of its kind into statements at once. Nobody reads
   * their answers: what must not be is refused by a constraint.
   */
  gather<T>(kind: string, item: T, write: (items: readonly T[]) => RawBuilder<unknown>[]): void
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

export interface Drafts {
  events: EventDraft[]
  audits: AuditDraft[]
  jobs: { kind: string; payload: Record<string, unknown>; runAt: Date }[]
  gathered: Map<string, { items: unknown[]; write: (items: readonly unknown[]) => RawBuilder<unknown>[] }>
}

export const noDrafts = (): Drafts => ({ events: [], audits: [], jobs: [], gathered: new Map() })

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
  const drafts = noDrafts()
  return {
    ...given,
    drafts,
    newId: () => newId(given.now),
    emit: (event) => void drafts.events.push(event),
    audit: (entry) => void drafts.audits.push(entry),
    enqueue: (kind, payload, runAt) => void drafts.jobs.push({ kind, payload, runAt: runAt ?? given.now }),
    gather: (kind, item, write) => {
      const known = drafts.gathered.get(kind)
      if (known) known.items.push(item)
      else drafts.gathered.set(kind, { items: [item], write: write as (items: readonly unknown[]) => RawBuilder<unknown>[] })
    },
  }
}

const EVENT_CHUNK = 2000

/** The row that makes a command idempotent. */
export interface CommandRow {
  id: string
  hash: string
  /** JSON text. */
  response: string
}

/** What a command or job ends with: gathered drafts, events (one statement per 2,000), audit entries, jobs. Nobody needs their answers. */
export function endings(given: CtxGiven, drafts: Drafts, command?: CommandRow): RawBuilder<unknown>[] {
  const chunks = Array.from({ length: Math.ceil(drafts.events.length / EVENT_CHUNK) }, (_, i) => drafts.events.slice(i * EVENT_CHUNK, (i + 1) * EVENT_CHUNK))
  const last = command && insertCommand(given, command)
  const events = chunks.map((chunk) => insertEvents(given, chunk))
  const withCommand = last && events.length ? [...events.slice(0, -1), sql`with e as (${events.at(-1)!}) ${last}`] : [...events, ...(last ? [last] : [])]
  return [
    ...[...drafts.gathered.values()].flatMap(({ items, write }) => write(items)),
    ...(drafts.audits.length ? [insertAudits(drafts.audits.map((entry) => auditRow(given, entry)))] : []),
    ...(drafts.jobs.length ? [insertJobs(given, drafts.jobs)] : []),
    ...withCommand,
  ]
}

/** Writes the endings now; for what does not end with a commit of its own. */
export async function flush(given: CtxGiven, drafts: Drafts): Promise<void> {
  await Promise.all(endings(given, drafts).map((statement) => statement.execute(given.tx)))
}

const insertCommand = (given: CtxGiven, { id, hash, response }: CommandRow): RawBuilder<unknown> =>
  sql`insert into command (id, actor_id, operation, request_hash, response, at) values (${id}, ${given.actor.id || null}, ${given.operation}, ${hash}, ${response}::jsonb, ${given.now})`

/** What every event of a command shares is sent once; the rest goes as columns. */
function insertEvents(given: CtxGiven, events: readonly EventDraft[]): RawBuilder<unknown> {
  const { actor, now, origin } = given
  const column = (pick: (event: EventDraft) => unknown): string => arrayLiteral(events.map(pick))
  return sql`insert into domain_event (epoch, at, command_id, operation, origin, id, occurred_at, aggregate, aggregate_id, version, event, from_state, to_state, actor_id, actor_name, actor_role, area_code, grid_id, enterprise_id, data)
    select ${given.epoch}::int, ${now}::timestamptz, ${given.commandId}::uuid, ${given.operation}, ${JSON.stringify(origin)}::jsonb, r.* from unnest(
      ${column(() => newId(now))}::uuid[], ${column((e) => instant(e.occurredAt ?? madeOf(given)))}::timestamptz[], ${column((e) => e.aggregate)}::text[], ${column((e) => e.id)}::uuid[], ${column((e) => e.version)}::int[],
      ${column((e) => e.event)}::text[], ${column((e) => e.from)}::text[], ${column((e) => e.to)}::text[],
      ${column((e) => (e.by ? e.by.id : actor.id || null))}::uuid[], ${column((e) => e.by?.name ?? actor.name)}::text[], ${column((e) => e.by?.role ?? actor.role)}::text[],
      ${column((e) => e.areaCode)}::text[], ${column((e) => e.gridId)}::uuid[], ${column((e) => e.enterpriseId)}::uuid[], ${column((e) => JSON.stringify(e.data ?? {}))}::jsonb[]) as r`
}

/** When the act was made: a device may run ahead, and nothing happens after it was written down. */
const madeOf = ({ origin, now }: Pick<CtxGiven, 'origin' | 'now'>): string => (origin.madeAt && origin.madeAt < now.toISOString() ? origin.madeAt : now.toISOString())

const instant = (at: Date | string): string => (typeof at === 'string' ? at : at.toISOString())

/**
 * The same events made where their rows are, for an import: a part of a larger statement, as `with e as (…), events as (${insertEventsFrom(ctx, …)})`.
 * `rows` selects aggregate, aggregate_id, version, event, from_state, to_state, area_code, grid_id, enterprise_id, data. Ids are UUIDv7 of now.
 */
export function insertEventsFrom(ctx: Ctx, rows: RawBuilder<unknown>): RawBuilder<unknown> {
  const { actor, now, origin } = ctx
  return sql`insert into domain_event (id, epoch, at, occurred_at, command_id, operation, origin, actor_id, actor_name, actor_role, aggregate, aggregate_id, version, event, from_state, to_state, area_code, grid_id, enterprise_id, data)
    select (${newId(now).slice(0, 15)} || substr(gen_random_uuid()::text, 16))::uuid, ${ctx.epoch}::int, ${now}::timestamptz, ${madeOf(ctx)}::timestamptz, ${ctx.commandId}::uuid, ${ctx.operation}, ${JSON.stringify(origin)}::jsonb,
      ${actor.id || null}::uuid, ${actor.name}, ${actor.role}, made.* from (${rows}) made`
}

const insertAudits = (rows: readonly ReturnType<typeof auditRow>[]): RawBuilder<unknown> =>
  sql`insert into audit (id, at, request_id, actor_id, actor_name, kind, subject, subject_id, result, address, data)
    select id, at, request_id, actor_id, actor_name, kind, subject, subject_id, result, address, data::jsonb from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as a(id uuid, at timestamptz, request_id text, actor_id uuid, actor_name text, kind text, subject text, subject_id text, result text, address text, data text)`

const insertJobs = (given: CtxGiven, jobs: Drafts['jobs']): RawBuilder<unknown> =>
  sql`insert into job (id, kind, payload, run_at) select id, kind, payload, run_at
    from jsonb_to_recordset(${JSON.stringify(jobs.map((job) => ({ id: newId(given.now), kind: job.kind, payload: job.payload, run_at: job.runAt })))}::jsonb) as j(id uuid, kind text, payload jsonb, run_at timestamptz)`

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
