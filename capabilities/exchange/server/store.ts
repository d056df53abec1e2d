import { type Kysely, type RawBuilder, sql } from 'kysely'
import { missing } from '../../../kernel/core/problem.ts'
import type { Actor } from '../../../kernel/server/actor.ts'
import { type AllTables, reach, reachSql, type Tx } from '../../../kernel/server/db.ts'
import type { CheckedRow } from '../../../kernel/server/import-kind.ts'
import type { Counts, Verdict } from '../exchange.ts'
import type { RunRecord } from './run.ts'
import type { RowBody } from './tables.ts'

/** A transaction of the background work, which runs outside the job's own. */
export const inTransaction = <T>(tx: Tx, work: (tx: Tx) => Promise<T>): Promise<T> =>
  (tx as unknown as Kysely<AllTables>).transaction().execute((inner) => work(inner as unknown as Tx))

export async function runInReach(tx: Tx, actor: Actor, id: string, lock = false): Promise<RunRecord> {
  const asked = reach(tx, actor).from('import_run').selectAll().where('import_run.id', '=', id)
  const row = await (lock ? asked.forUpdate() : asked).executeTakeFirst()
  if (!row) throw missing()
  return row
}

/** For the background work, which was started by somebody in reach. */
export async function runOf(tx: Tx, id: string): Promise<RunRecord | undefined> {
  const { rows } = await sql<RunRecord>`select * from import_run where id = ${id}`.execute(tx)
  return rows[0]
}

export async function runs(tx: Tx, actor: Actor, filter: { state?: readonly string[] | undefined; kind?: string | undefined; cursor?: string | undefined; limit: number }): Promise<{ rows: RunRecord[]; total: number }> {
  const parts = [reachSql(actor, 'r')]
  if (filter.state?.length) parts.push(sql`r.state = any(${[...filter.state]}::text[])`)
  if (filter.kind) parts.push(sql`r.kind = ${filter.kind}`)
  const where = sql.join(parts, sql` and `)
  const after = filter.cursor && /^[0-9a-f-]{36}$/.test(filter.cursor) ? sql`and r.id < ${filter.cursor}::uuid` : sql``
  const { rows } = await sql<RunRecord & { all: number }>`select r.*, (select count(*) from import_run r where ${where}) as "all" from import_run r where ${where} ${after} order by r.id desc limit ${filter.limit + 1}`.execute(tx)
  return { rows, total: rows[0]?.all ?? 0 }
}

/** Runs are numbered per day: 导-20260305-003. */
export async function nextNo(tx: Tx, day: string): Promise<string> {
  const prefix = `导-${day.replaceAll('-', '')}-`
  const { rows } = await sql<{ n: number }>`select count(*)::int + 1 as n from import_run where no like ${`${prefix}%`}`.execute(tx)
  return `${prefix}${String(rows[0]?.n ?? 1).padStart(3, '0')}`
}

export async function sameFile(tx: Tx, actor: Actor, run: Pick<RunRecord, 'id' | 'kind' | 'file_sha256'>): Promise<{ id: string; no: string; at: string } | null> {
  const row = await reach(tx, actor).from('import_run').select(['import_run.id', 'no', 'finished_at']).where('kind', '=', run.kind).where('file_sha256', '=', run.file_sha256).where('state', '=', 'DONE').where('import_run.id', '<>', run.id).orderBy('finished_at', 'desc').limit(1).executeTakeFirst()
  return row?.finished_at ? { id: row.id, no: row.no, at: row.finished_at } : null
}

export async function remembered(tx: Tx, kind: string, signature: string): Promise<Record<string, string | null> | undefined> {
  const row = await tx.selectFrom('import_mapping').select('columns').where('kind', '=', kind).where('signature', '=', signature).executeTakeFirst()
  return row?.columns
}

export async function remember(tx: Tx, given: { kind: string; signature: string; columns: Record<string, string | null>; by: string; now: Date }): Promise<void> {
  const columns = JSON.stringify(given.columns)
  await tx.insertInto('import_mapping').values({ kind: given.kind, signature: given.signature, columns, saved_by: given.by, saved_at: given.now }).onConflict((on) => on.columns(['kind', 'signature']).doUpdateSet({ columns, saved_by: given.by, saved_at: given.now })).execute()
}

export const clearRows = async (tx: Tx, runId: string): Promise<void> => void (await tx.deleteFrom('import_row').where('run_id', '=', runId).execute())

/**
 * One statement a batch, with the progress; the values travel as JSON text and are not parsed on the way. False when the run was
 * cancelled meanwhile: then nothing is written.
 */
export async function insertRows(tx: Tx, runId: string, rows: readonly CheckedRow[], done: number): Promise<boolean> {
  const given = JSON.stringify(rows.map(({ no, verdict, target, title, values, changes, issues }) => ({ no, verdict, target, title, body: { values, changes, issues } })))
  const { numAffectedRows } = await sql`with live as (update import_run set progress_done = ${done} where id = ${runId} and state = 'CHECKING' returning id)
    insert into import_row (run_id, no, verdict, target, title, body) select live.id, no, verdict, target, title, body from json_to_recordset(${given}::json) as r(no int, verdict text, target uuid, title text, body json), live`.execute(tx)
  return numAffectedRows === BigInt(rows.length)
}

/** In the transaction of the batch; lanes wait for each other here, so it comes last. */
export const progress = async (tx: Tx, id: string, more: number): Promise<void> =>
  void (await tx.updateTable('import_run').set((eb) => ({ progress_done: eb('progress_done', '+', more) })).where('id', '=', id).execute())

export interface Batch {
  from: number
  to: number
  count: number
}

/** Bounds of batches of rows that wait to be written: what is new or changed, and what a person took although doubtful. */
export async function waiting(tx: Tx, runId: string, size: number): Promise<Batch[]> {
  const { rows } = await sql<Batch>`
    select min(no)::int as "from", max(no)::int as "to", count(*)::int as count from (select no, (row_number() over (order by no) - 1) / ${size}::int as n from import_row r where run_id = ${runId} and ${toApply}) b group by n order by n`.execute(tx)
  return rows
}

const toApply = sql`r.applied_at is null and (r.verdict in ('NEW','CHANGED') or (r.verdict = 'DOUBTFUL' and r.taken))`

export interface WaitingRow {
  no: number
  verdict: 'NEW' | 'CHANGED' | 'DOUBTFUL'
  target: string
  body: RowBody
}

export async function batchOf(tx: Tx, runId: string, from: number, to: number): Promise<WaitingRow[]> {
  const { rows } = await sql<WaitingRow>`select no, verdict, target, body from import_row r where run_id = ${runId} and no between ${from} and ${to} and ${toApply} order by no for update`.execute(tx)
  return rows
}

/** The rows of a batch for the kind to make records of, inside its own statement. */
export const sourceOf = (runId: string, from: number, to: number): RawBuilder<unknown> =>
  sql`select no, target, verdict = 'DOUBTFUL' as doubtful, body->'values' as kept from import_row r where run_id = ${runId}::uuid and no between ${from}::int and ${to}::int and verdict <> 'CHANGED' and ${toApply} for update`

/** Marks what was written; a refused row becomes a wrong one with its reason. */
export async function markApplied(tx: Tx, runId: string, now: Date, rows: readonly { no: number; before: unknown; refused?: string }[]): Promise<void> {
  const refused = rows.filter((row) => row.refused)
  const written = rows.filter((row) => !row.refused)
  const fresh = written.filter((row) => row.before === null).map((row) => row.no)
  const changed = written.filter((row) => row.before !== null)
  if (fresh.length) await sql`update import_row set applied_at = ${now} where run_id = ${runId} and no = any(${fresh}::int[])`.execute(tx)
  if (changed.length) await sql`update import_row r set applied_at = ${now}, before = c.before from json_to_recordset(${JSON.stringify(changed)}::json) as c(no int, before json) where r.run_id = ${runId} and r.no = c.no`.execute(tx)
  if (!refused.length) return
  const given = JSON.stringify(refused.map(({ no, refused: message }) => ({ no, body: { values: null, changes: [], issues: [{ field: null, message }] } })))
  await sql`update import_row r set verdict = 'WRONG', body = c.body from json_to_recordset(${given}::json) as c(no int, body json) where r.run_id = ${runId} and r.no = c.no`.execute(tx)
}

export async function counts(tx: Tx, runId: string): Promise<Omit<Counts, 'refused'>> {
  const { rows } = await sql<Omit<Counts, 'refused'>>`select count(*) filter (where verdict = 'NEW') as "NEW", count(*) filter (where verdict = 'CHANGED') as "CHANGED", count(*) filter (where verdict = 'SAME') as "SAME",
    count(*) filter (where verdict = 'DOUBTFUL') as "DOUBTFUL", count(*) filter (where verdict = 'WRONG') as "WRONG", count(*) filter (where taken) as taken, count(*) filter (where applied_at is not null) as applied from import_row where run_id = ${runId}`.execute(tx)
  return rows[0]!
}

export interface ShownRow {
  no: number
  verdict: Verdict
  taken: boolean
  applied: boolean
  target: string | null
  title: string
  body: RowBody
}

export async function rows(tx: Tx, runId: string, filter: { verdict?: Verdict | undefined; q?: string | undefined; cursor?: string | undefined; limit: number }): Promise<{ rows: ShownRow[]; total: number }> {
  const parts = [sql`run_id = ${runId}`]
  if (filter.verdict) parts.push(sql`verdict = ${filter.verdict}`)
  if (filter.q) parts.push(sql`position(${filter.q} in title) > 0`)
  const where = sql.join(parts, sql` and `)
  const after = filter.cursor && /^\d{1,7}$/.test(filter.cursor) ? sql`and no > ${Number(filter.cursor)}` : sql``
  const { rows: found } = await sql<{ rows: ShownRow[]; total: number }>`select (select coalesce(json_agg(r), '[]') from (
      select no, verdict, taken, applied_at is not null as applied, target, title, json_build_object('changes', body->'changes', 'issues', body->'issues') as body from import_row where ${where} ${after} order by no limit ${filter.limit + 1}) r) as rows,
    (select count(*) from import_row where ${where}) as total`.execute(tx)
  return found[0] ?? { rows: [], total: 0 }
}

export async function decide(tx: Tx, runId: string, numbers: readonly number[] | 'all', take: boolean): Promise<void> {
  const which = numbers === 'all' ? sql`` : sql`and no = any(${[...numbers]}::int[])`
  await sql`update import_row set taken = ${take} where run_id = ${runId} and verdict = 'DOUBTFUL' and target is not null ${which}`.execute(tx)
}

/** Rows that come back to the sender: wrong ones and doubtful ones that nobody took. */
export async function returned(tx: Tx, runId: string): Promise<{ no: number; issues: RowBody['issues'] }[]> {
  const { rows: found } = await sql<{ no: number; issues: RowBody['issues'] }>`select no, body->'issues' as issues from import_row where run_id = ${runId} and applied_at is null and (verdict = 'WRONG' or (verdict = 'DOUBTFUL' and not taken)) order by no`.execute(tx)
  return found
}

export interface BuiltRow {
  target: string
  title: string
  events: { event: string; count: number }[]
}

/** Whatever happened to the run's records since: every command leaves an event, so nothing can be built in silence. */
export async function builtOn(tx: Tx, run: RunRecord, limit: number): Promise<{ rows: BuiltRow[]; total: number }> {
  const since = run.apply_started_at
  const { rows: found } = await sql<BuiltRow & { all: number }>`
    with later as (
      select r.target, r.title, d.event from import_row r join domain_event d on d.enterprise_id = r.target and d.at >= ${since} and d.data->>'importId' is distinct from ${run.id}::text
        where r.run_id = ${run.id} and r.applied_at is not null
      union all
      select r.target, r.title, d.event from import_row r join domain_event d on d.aggregate_id = r.target and d.at >= ${since} and d.data->>'importId' is distinct from ${run.id}::text and d.enterprise_id is distinct from r.target
        where r.run_id = ${run.id} and r.applied_at is not null)
    select target, title, json_agg(json_build_object('event', event, 'count', n) order by event) as events, count(*) over () as "all" from (select target, title, event, count(*) as n from later group by 1, 2, 3) g group by 1, 2 order by title limit ${limit}`.execute(tx)
  return { rows: found, total: found[0]?.all ?? 0 }
}

export async function doneRows(tx: Tx, runId: string): Promise<{ no: number; target: string; before: unknown }[]> {
  const { rows: found } = await sql<{ no: number; target: string; before: unknown }>`select no, target, before from import_row where run_id = ${runId} and applied_at is not null order by no`.execute(tx)
  return found
}
