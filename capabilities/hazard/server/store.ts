import { sql } from 'kysely'
import { missing, Problem } from '../../../kernel/core/problem.ts'
import type { LocalDate } from '../../../kernel/core/time.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import { reachSql, type Tx } from '../../../kernel/server/db.ts'
import { type MessageDraft, sendMessages, settleTodos } from '../../todo/server/public.ts'
import { titleOf } from '../finding.ts'
import { fold, type HazardEvent } from '../fold.ts'
import type { Hazard, HazardBrief } from '../hazard.ts'
import { messagesOf } from '../messages.ts'
import { todosOf } from '../waiting.ts'
import { zh } from '../zh.ts'
import { columns, insertColumns, insertShape, toHazard, toRow, updateSet, updateShape, wordsOf } from './row.ts'
import './tables.ts'

/** What one command does to one hazard: events in order, folded one after the other. `before` null: it is born. */
export interface Change {
  readonly before: Hazard | null
  readonly events: readonly HazardEvent[]
  /** Facts for the timeline beside those the fold needs: names, never phones. */
  readonly note?: Record<string, unknown>
  readonly occurredAt?: string
  /** Acts in another name than the actor's. */
  readonly by?: { id: string | null; name: string; role: string }
}

const ended = sql.raw(`('CLOSED','VOID','TRANSFER_CLOSED')`)

/**
 * The only place where hazards are written: folds the events, writes rows, appends counter deltas, remembers the events
 * and settles todos, in a constant number of statements.
 * @throws Problem `common.stale` when somebody else was quicker with one of them
 */
export async function commit(ctx: Ctx, changes: readonly Change[]): Promise<Hazard[]> {
  const told: MessageDraft[] = []
  const after = changes.map((change) => foldChange(ctx, change, told))
  const born = after.filter((_, i) => changes[i]!.before === null)
  const moved = after.flatMap((h, i) => (changes[i]!.before ? [{ ...toRow(h), base: changes[i]!.before!.version }] : []))
  if (born.length) await insert(ctx.tx, born)
  if (moved.length) await update(ctx.tx, moved)
  await appendDeltas(ctx.tx, changes.map((change, i) => ({ before: change.before, after: after[i]! })))
  const last = changes.at(-1)?.events.at(-1)
  if (after.length) settleTodos(ctx, after.map((h) => h.id), after.flatMap(todosOf), last ? zh.events[last.event] : '')
  await sendMessages(ctx, told)
  return after
}

function foldChange(ctx: Ctx, change: Change, told: MessageDraft[]): Hazard {
  let h = change.before
  for (const event of change.events) {
    const next = fold(h, event)
    ctx.emit({
      aggregate: 'hazard', id: next.id, version: next.version, event: event.event, from: h?.state ?? null, to: next.state, areaCode: next.areaCode, gridId: next.gridId, enterpriseId: next.enterpriseId,
      data: { ...event.data, no: next.no, title: titleOf(next), level: next.level, ...change.note },
      ...(change.occurredAt ? { occurredAt: change.occurredAt } : {}), ...(change.by ? { by: change.by } : {}),
    })
    told.push(...messagesOf(next, event))
    h = next
  }
  if (!h) throw new Error('a change without events')
  return h
}

async function insert(tx: Tx, hazards: readonly Hazard[]): Promise<void> {
  const rows = JSON.stringify(hazards.map((h) => ({ ...toRow(h), words: wordsOf(h) })))
  await sql`insert into hazard (${insertColumns}) select ${insertColumns} from jsonb_to_recordset(${rows}::jsonb) as n(${insertShape})`.execute(tx)
}

async function update(tx: Tx, rows: readonly Record<string, unknown>[]): Promise<void> {
  const result = await sql`update hazard h set ${updateSet} from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n(${updateShape}) where h.id = n.id and h.version = n.base`.execute(tx)
  if (Number(result.numAffectedRows ?? 0) !== rows.length) throw new Problem('conflict', 'common.stale')
}

/** A hazard counts once under street, state, level and the day that counts; no clock is the last day there is. */
const cellOf = (h: Hazard) => ({ street: `${h.areaCode.slice(0, 9)}000`, state: h.state, level: h.level, runs_to: h.runsTo ?? '9999-12-31' })

async function appendDeltas(tx: Tx, pairs: readonly { before: Hazard | null; after: Hazard }[]): Promise<void> {
  const sums = new Map<string, ReturnType<typeof cellOf> & { n: number }>()
  const add = (h: Hazard, n: number) => {
    const cell = cellOf(h)
    const key = Object.values(cell).join('|')
    sums.set(key, { ...cell, n: (sums.get(key)?.n ?? 0) + n })
  }
  for (const { before, after } of pairs) {
    if (before) add(before, -1)
    add(after, 1)
  }
  const rows = [...sums.values()].filter((cell) => cell.n !== 0)
  if (!rows.length) return
  await sql`insert into hazard_count_delta (street, state, level, runs_to, n) select street, state, level, runs_to, n
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as d(street text, state text, level text, runs_to date, n int)`.execute(tx)
}

/** Folds what has been appended into the counters; a figure read meanwhile is the same before and after. */
export async function foldCounts(tx: Tx): Promise<void> {
  await sql`with taken as (delete from hazard_count_delta where id in (select id from hazard_count_delta order by id limit 20000 for update skip locked) returning street, state, level, runs_to, n),
      summed as (select street, state, level, runs_to, sum(n)::int as n from taken group by 1, 2, 3, 4 order by 1, 2, 3, 4),
      noted as (update count_fold set folds = folds + 1 where counter = 'HAZARD' and exists (select 1 from taken))
    insert into hazard_count as c (street, state, level, runs_to, n) select street, state, level, runs_to, n from summed
    on conflict (street, state, level, runs_to) do update set n = c.n + excluded.n`.execute(tx)
  await sql`delete from hazard_count where n = 0`.execute(tx)
}

/** Numbers for new hazards: never the same twice, gaps allowed, no row that all writers queue for. */
export async function nextNumbers(tx: Tx, count: number): Promise<number[]> {
  const { rows } = await sql<{ n: number }>`select nextval('hazard_number') as n from generate_series(1, ${count}::int)`.execute(tx)
  return rows.map((row) => Number(row.n))
}

/** One hazard in reach, with the version the caller has seen checked. @throws missing, stale */
export async function find(ctx: Ctx, id: string): Promise<Hazard> {
  const [found] = await findAll(ctx, [id])
  if (!found) throw missing()
  return found
}

/** Those of these hazards that lie in reach, in the order asked. */
export async function findAll(ctx: Ctx, ids: readonly string[]): Promise<Hazard[]> {
  const { rows } = await sql<Record<string, unknown>>`select ${columns('h')} from hazard h where h.id = any(${[...ids]}::uuid[]) and ${reachSql(ctx.actor, 'h')}`.execute(ctx.tx)
  const byId = new Map(rows.map((row) => [row.id as string, toHazard(row)]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** Hazards with the same key: the open one, or the last one closed since a day. One statement. */
export async function sameAs(tx: Tx, keys: readonly string[], closedSince: LocalDate): Promise<Map<string, Hazard>> {
  const { rows } = await sql<Record<string, unknown>>`select distinct on (h.dedupe_key) ${columns('h')} from hazard h where h.dedupe_key = any(${[...keys]}::text[])
      and (h.state not in ${ended} or (h.state = 'CLOSED' and h.closed_on >= ${closedSince}::date))
    order by h.dedupe_key, (h.state = 'CLOSED'), h.closed_at desc`.execute(tx)
  return new Map(rows.map((row) => [row.dedupe_key as string, toHazard(row)]))
}

export interface SightingDraft {
  hazard: Hazard
  at: string
  by: readonly string[]
  source: string
  sourceId: string | null
  description: string
}

export async function insertSightings(ctx: Ctx, sightings: readonly SightingDraft[]): Promise<void> {
  if (!sightings.length) return
  await ctx.tx
    .insertInto('hazard_sighting')
    .values(sightings.map((s) => ({
      id: ctx.newId(), hazard_id: s.hazard.id, at: s.at, by: [...s.by], source: s.source, source_id: s.sourceId, description: s.description, area_code: s.hazard.areaCode, grid_id: s.hazard.gridId,
      enterprise_id: s.hazard.enterpriseId,
    })))
    .execute()
}

export const briefOf = ({ id, no, enterpriseId, siteId, areaCode, gridId, source, itemCode, category, location, description, requirement, level, immediateStop, stopInForce, clauseId, clauseMode, legalBasis, foundAt, defaultDays, dueOn, state, round, orderId, reinspectors, lastReinspectors, version }: Hazard): HazardBrief =>
  ({ id, no, enterpriseId, siteId, areaCode, gridId, source, itemCode, category, location, description, requirement, level, immediateStop, stopInForce, clauseId, clauseMode, legalBasis, foundAt, defaultDays, dueOn, state, round, orderId, reinspectors, lastReinspectors, version })

export async function ofVisit(ctx: Ctx, visitId: string): Promise<(HazardBrief & { seenAgain: boolean })[]> {
  const { rows } = await sql<Record<string, unknown>>`select ${columns('h')}, (h.source_id is distinct from ${visitId}::uuid) as seen_again from hazard h
    where (h.source_id = ${visitId} or h.id in (select s.hazard_id from hazard_sighting s where s.source_id = ${visitId})) and ${reachSql(ctx.actor, 'h')} order by h.found_at, h.no`.execute(ctx.tx)
  return rows.map((row) => ({ ...briefOf(toHazard(row)), seenAgain: row.seen_again === true }))
}

export async function briefs(ctx: Ctx, ids: readonly string[]): Promise<HazardBrief[]> {
  const found = await findAll(ctx, ids)
  if (found.length !== new Set(ids).size) throw missing()
  return found.map(briefOf)
}

export async function openCounts(tx: Tx, enterpriseIds: readonly string[]): Promise<Map<string, { open: number; major: number; overdue: number }>> {
  const { rows } = await sql<{ id: string; open: number; major: number; overdue: number }>`select enterprise_id as id, count(*)::int as open, (count(*) filter (where level = 'MAJOR'))::int as major,
      (count(*) filter (where late))::int as overdue from hazard where enterprise_id = any(${[...enterpriseIds]}::uuid[]) and state not in ${ended} group by 1`.execute(tx)
  return new Map(rows.map(({ id, ...counts }) => [id, counts]))
}
