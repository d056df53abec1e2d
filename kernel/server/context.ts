import { sql } from 'kysely'
import type { InputOf, Operation, OutputOf, ParsedOf } from '../core/operation.ts'
import { Problem } from '../core/problem.ts'
import type { Actor } from './actor.ts'
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

/** Event rows as the JSON that one insert takes. */
export function eventRows(given: CtxGiven, events: readonly EventDraft[]): Record<string, unknown>[] {
  const { actor, now } = given
  return events.map((event) => ({
    epoch: given.epoch,
    id: newId(now),
    at: now,
    occurred_at: event.occurredAt ?? given.origin.madeAt ?? now,
    command_id: given.commandId,
    operation: given.operation,
    aggregate: event.aggregate,
    aggregate_id: event.id,
    version: event.version,
    event: event.event,
    from_state: event.from ?? null,
    to_state: event.to ?? null,
    actor_id: event.by ? event.by.id : actor.id || null,
    actor_name: event.by?.name ?? actor.name,
    actor_role: event.by?.role ?? actor.role,
    area_code: event.areaCode,
    grid_id: event.gridId ?? null,
    enterprise_id: event.enterpriseId ?? null,
    data: event.data ?? {},
    origin: given.origin,
  }))
}

const EVENT_CHUNK = 2000

/** Writes gathered events (one statement per 2,000), audit entries and jobs. */
export async function flush(given: CtxGiven, drafts: Drafts): Promise<void> {
  const rows = eventRows(given, drafts.events)
  for (let from = 0; from < rows.length; from += EVENT_CHUNK) await insertEvents(given.tx, rows.slice(from, from + EVENT_CHUNK))
  if (drafts.audits.length) await insertAudits(given, drafts.audits)
  if (drafts.jobs.length) {
    await given.tx
      .insertInto('job')
      .values(drafts.jobs.map((job) => ({ id: newId(given.now), kind: job.kind, payload: JSON.stringify(job.payload), run_at: job.runAt, every_seconds: null })))
      .execute()
  }
}

const eventColumns = sql.raw(
  'epoch, id, at, occurred_at, command_id, operation, aggregate, aggregate_id, version, event, from_state, to_state, actor_id, actor_name, actor_role, area_code, grid_id, enterprise_id, data, origin',
)
const eventShape = sql.raw(
  'epoch int, id uuid, at timestamptz, occurred_at timestamptz, command_id uuid, operation text, aggregate text, aggregate_id uuid, version int, event text, from_state text, to_state text, actor_id uuid, actor_name text, actor_role text, area_code text, grid_id uuid, enterprise_id uuid, data jsonb, origin jsonb',
)

async function insertEvents(tx: Tx, rows: readonly Record<string, unknown>[]): Promise<void> {
  await sql`insert into domain_event (${eventColumns}) select ${eventColumns} from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as e(${eventShape})`.execute(tx)
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
