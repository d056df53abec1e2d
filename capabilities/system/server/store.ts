import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import { Problem } from '../../../kernel/core/problem.ts'
import { endOfLocalDay, startOfLocalDay } from '../../../kernel/core/time.ts'
import type { Tx } from '../../../kernel/server/db.ts'
import type { AuditExport, AuditRow, JobRow } from '../system.ts'

type Filter = z.output<typeof AuditExport>
export type StoredAudit = Omit<AuditRow, 'resultZh'>

const columns = sql.raw('id, at, request_id as "requestId", actor_id as "actorId", actor_name as "actorName", kind, subject, subject_id as "subjectId", result, address, data')

function matching(filter: Filter): RawBuilder<unknown> {
  const { kind, outcome, q, from, to } = filter
  const parts = [
    kind && sql`kind = ${kind}`,
    outcome && (outcome === 'ok' ? sql`result = 'ok'` : sql`result <> 'ok'`),
    q && sql`(position(${q} in actor_name) > 0 or position(${q} in subject) > 0 or request_id = ${q} or address = ${q})`,
    from && sql`at >= ${startOfLocalDay(from)}`,
    to && sql`at < ${endOfLocalDay(to)}`,
  ].filter((part) => typeof part === 'object')
  return parts.length ? sql.join(parts, sql` and `) : sql`true`
}

/** Counting stops here; beyond it the total is said to be an estimate. */
const COUNTED = 10_000

/** One page, newest first, and the total, in one statement. The cursor is the last row's time and id. */
export async function auditPage(tx: Tx, filter: Filter, limit: number, cursor: string | undefined): Promise<{ rows: StoredAudit[]; total: number }> {
  const where = matching(filter)
  const beyond = cursor === undefined ? sql`true` : sql`(at, id) < (${sql.join(readCursor(cursor).map((v) => sql`${v}`))})`
  const { rows } = await sql<{ rows: StoredAudit[] | null; total: number }>`
    select (select count(*)::int from (select 1 from audit where ${where} limit ${COUNTED + 1}) c) as total,
      (select json_agg(p) from (select ${columns} from audit where ${where} and ${beyond} order by at desc, id desc limit ${limit}) p) as rows`.execute(tx)
  const row = rows[0]!
  return { total: row.total, rows: (row.rows ?? []).map((r) => ({ ...r, at: new Date(r.at).toISOString() })) }
}

export const isEstimate = (total: number): boolean => total > COUNTED

export const cursorOf = (row: { at: string; id: string }): string => Buffer.from(JSON.stringify([row.at, row.id])).toString('base64url')

function readCursor(cursor: string): [string, string] {
  try {
    const [at, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as [unknown, unknown]
    if (typeof at === 'string' && !Number.isNaN(Date.parse(at)) && typeof id === 'string' && /^[0-9a-f-]{36}$/.test(id)) return [at, id]
  } catch {
    // Below: any other text is no cursor of ours.
  }
  throw new Problem('invalid', 'common.bad_cursor', { fields: [{ path: 'cursor', code: 'common.bad_cursor' }] })
}

export interface LedgerFigures {
  batches: number
  sealed: number
  waiting: number
  oldestWaitingAt: string | null
  algorithm: string | null
  lastSealedAt: string | null
  chain: string | null
}

export async function ledgerFigures(tx: Tx): Promise<LedgerFigures> {
  const { rows } = await sql<LedgerFigures>`
    with last as (select * from ledger_seal order by batch desc limit 1),
      tail as (select at from domain_event where not exists (select 1 from last) or (epoch, xid, seq) > (select epoch, last_xid, last_seq from last))
    select coalesce((select batch from last), 0) as batches, coalesce((select sum(count) from ledger_seal), 0) as sealed,
      (select count(*) from tail) as waiting, (select min(at) from tail) as "oldestWaitingAt",
      (select algorithm from last) as algorithm, (select sealed_at from last) as "lastSealedAt", (select chain from last) as chain`.execute(tx)
  return rows[0]!
}

export const storedSettings = (tx: Tx, areaCode: string) => tx.selectFrom('setting').select(['key', 'value', 'version']).where('area_code', '=', areaCode).execute()

/** Writes a value over the version it was based on. @returns false when somebody was quicker */
export async function putSetting(tx: Tx, setting: { key: string; areaCode: string; value: unknown; version: number }): Promise<boolean> {
  const value = JSON.stringify(setting.value)
  const { rows } = await sql<{ version: number }>`
    insert into setting (key, area_code, value, version) values (${setting.key}, ${setting.areaCode}, ${value}::jsonb, ${setting.version})
    on conflict (key, area_code) do update set value = excluded.value, version = excluded.version where setting.version = ${setting.version - 1}
    returning version`.execute(tx)
  return rows.length === 1
}

/** Recurring jobs, and queued ones that wait, fail or were given up. */
export async function jobRows(tx: Tx, now: Date): Promise<z.infer<typeof JobRow>[]> {
  const { rows } = await sql<z.infer<typeof JobRow>>`
    select id, kind, run_at as "runAt", every_seconds as "everySeconds", attempts, failed,
      coalesce(locked_until > ${now}, false) as running, (done_at is not null and failed is not null) as "givenUp"
    from job where done_at is null or failed is not null order by every_seconds nulls first, run_at limit 200`.execute(tx)
  return rows
}
