import { type RawBuilder, sql } from 'kysely'
import { missing, Problem } from '../../../kernel/core/problem.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import { reachSql, send, type Tx } from '../../../kernel/server/db.ts'
import { type MessageDraft, sendMessages, settleTodos } from '../../todo/server/public.ts'
import { titleOf } from '../finding.ts'
import { fold, type HazardEvent } from '../fold.ts'
import type { FindingWords, Hazard, HazardBrief } from '../hazard.ts'
import { messagesOf } from '../messages.ts'
import { todosOf } from '../waiting.ts'
import { zh } from '../zh.ts'
import { columns, insertColumns, insertShape, movedFields, movedRow, movedSet, movedShape, toHazard, toRow, wordsOf } from './row.ts'
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
  const moved = after.flatMap((h, i): Move[] => (changes[i]!.before ? [{ before: changes[i]!.before, after: h }] : []))
  const deltas = deltasOf(changes.map((change, i) => ({ before: change.before, after: after[i]! })))
  if (born.length) send(ctx.tx, insert(born, moved.length ? [] : deltas))
  if (moved.length) {
    const statement = update(moved, deltas)
    // Rows that were taken cannot have moved meanwhile: nobody need wait for the answer.
    if (changes.every(({ before }) => before === null || taken.has(before))) send(ctx.tx, statement)
    else if (Number((await statement.execute(ctx.tx)).numAffectedRows ?? 0) !== moved.length) throw new Problem('conflict', 'common.stale')
  }
  const last = changes.at(-1)?.events.at(-1)
  if (after.length) settleTodos(ctx, moved.map((move) => move.after.id), after.flatMap(todosOf), last ? zh.events[last.event] : '')
  sendMessages(ctx, told)
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

/** The hazards, what people find them by, and the counters' differences: one statement. */
function insert(hazards: readonly Hazard[], deltas: readonly Delta[]): RawBuilder<unknown> {
  const rows = JSON.stringify(hazards.map((h) => ({ ...toRow(h), words: wordsOf(h) })))
  const before = [sql`n as materialized (select * from jsonb_to_recordset(${rows}::jsonb) as n(${insertShape}))`, sql`s as (insert into hazard_search (hazard_id, words) select id, words from n)`, ...counting(deltas)]
  return sql`with ${sql.join(before)} insert into hazard (${insertColumns}) select ${insertColumns} from n`
}

interface Move {
  readonly before: Hazard
  readonly after: Hazard
}

/**
 * Writes the columns that some of these moves change: a step moves a handful of sixty. The ids stand beside the rows because nobody
 * can tell how many rows a text holds: without them it may become a walk over the table.
 */
function update(moves: readonly Move[], deltas: readonly Delta[]): RawBuilder<unknown> {
  const counted = counting(deltas)
  const moved = movedFields(moves)
  const rows = JSON.stringify(moves.map((move) => movedRow(moved, move)))
  return sql`${counted.length ? sql`with ${sql.join(counted)}` : sql``} update hazard h set ${movedSet(moved)} from jsonb_to_recordset(${rows}::jsonb) as n(${movedShape(moved)})
    where h.id = any(${moves.map(({ after }) => after.id)}::uuid[]) and h.id = n.id and h.version = n.base`
}

/** A hazard counts once under street, state, level and the day that counts; no clock is the last day there is. */
const cellOf = (h: Hazard) => ({ street: `${h.areaCode.slice(0, 9)}000`, state: h.state, level: h.level, runs_to: h.runsTo ?? '9999-12-31' })

type Delta = ReturnType<typeof cellOf> & { n: number }

function deltasOf(pairs: readonly { before: Hazard | null; after: Hazard }[]): Delta[] {
  const sums = new Map<string, Delta>()
  const add = (h: Hazard, n: number) => {
    const cell = cellOf(h)
    const key = Object.values(cell).join('|')
    sums.set(key, { ...cell, n: (sums.get(key)?.n ?? 0) + n })
  }
  for (const { before, after } of pairs) {
    if (before) add(before, -1)
    add(after, 1)
  }
  return [...sums.values()].filter((cell) => cell.n !== 0)
}

/** The counters' differences as a part of the statement that makes them. */
const counting = (deltas: readonly Delta[]): RawBuilder<unknown>[] =>
  deltas.length
    ? [sql`d as (insert into hazard_count_delta (street, state, level, runs_to, n) select street, state, level, runs_to, n
        from jsonb_to_recordset(${JSON.stringify(deltas)}::jsonb) as d(street text, state text, level text, runs_to date, n int))`]
    : []

/** Folds what has been appended into the counters; a figure read meanwhile is the same before and after. */
export async function foldCounts(tx: Tx): Promise<void> {
  await sql`with taken as (delete from hazard_count_delta where ctid = any(array(select ctid from hazard_count_delta order by id limit 20000 for update skip locked)) returning street, state, level, runs_to, n),
      summed as (select street, state, level, runs_to, sum(n)::int as n from taken group by 1, 2, 3, 4 order by 1, 2, 3, 4),
      noted as (update count_fold set folds = folds + 1 where counter = 'HAZARD' and exists (select 1 from taken))
    insert into hazard_count as c (street, state, level, runs_to, n) select street, state, level, runs_to, n from summed
    on conflict (street, state, level, runs_to) do update set n = c.n + excluded.n`.execute(tx)
  await sql`delete from hazard_count where n = 0`.execute(tx)
}

/** One hazard in reach, with the version the caller has seen checked. @throws missing, stale */
export async function find(ctx: Ctx, id: string): Promise<Hazard> {
  const [found] = await findAll(ctx, [id])
  if (!found) throw missing()
  return found
}

/** The same, taken for a command. */
export async function takeOne(ctx: Ctx, id: string): Promise<Hazard> {
  const [found] = await take(ctx, [id])
  if (!found) throw missing()
  return found
}

/** Those of these hazards that lie in reach, in the order asked. */
export async function findAll(ctx: Ctx, ids: readonly string[]): Promise<Hazard[]> {
  const { rows } = await sql<Record<string, unknown>>`select ${columns('h')} from hazard h where h.id = any(${[...ids]}::uuid[]) and ${reachSql(ctx.actor, 'h', 'key')}`.execute(ctx.tx)
  const byId = new Map(rows.map((row) => [row.id as string, toHazard(row)]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** Hazards that are held by this transaction until its end: nobody else can write them. */
const taken = new WeakSet<Hazard>()

function hold(row: Record<string, unknown>): Hazard {
  const h = toHazard(row)
  taken.add(h)
  return h
}

/** The same for a command that will write them: whoever comes second waits here and then reads what the first has written. */
export async function take(ctx: Ctx, ids: readonly string[]): Promise<Hazard[]> {
  const { rows } = await sql<Record<string, unknown>>`select ${columns('h')} from hazard h where h.id = any(${[...ids]}::uuid[]) and ${reachSql(ctx.actor, 'h', 'key')} order by h.id for no key update`.execute(ctx.tx)
  const byId = new Map(rows.map((row) => [row.id as string, hold(row)]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/**
 * For each key a new number (never the same twice, gaps allowed, no row that all writers queue for) and the hazard that has it: the
 * open one, else the last one closed, taken. One statement.
 */
export async function sameAs(tx: Tx, keys: readonly string[]): Promise<{ number: number; same: Hazard | undefined }[]> {
  const { rows } = await sql<Record<string, unknown> & { number: number }>`select k.number, h.* from (select key, n, nextval('hazard_number') as number from unnest(${[...keys]}::text[]) with ordinality as k(key, n)) k
    left join lateral (select ${columns('h')} from hazard h where h.dedupe_key = k.key and (h.state not in ${ended} or h.state = 'CLOSED')
      order by (h.state = 'CLOSED'), h.closed_at desc limit 1 for no key update) h on true order by k.n`.execute(tx)
  return rows.map((row) => ({ number: row.number, same: row.id === null ? undefined : hold(row) }))
}

export interface SightingDraft {
  hazard: Hazard
  at: string
  by: readonly string[]
  source: string
  sourceId: string | null
  description: string
}

export function insertSightings(ctx: Ctx, sightings: readonly SightingDraft[]): void {
  if (!sightings.length) return
  const rows = sightings.map((s) => ({
    id: ctx.newId(), hazard_id: s.hazard.id, at: s.at, by: s.by, source: s.source, source_id: s.sourceId, description: s.description, area_code: s.hazard.areaCode, grid_id: s.hazard.gridId,
    enterprise_id: s.hazard.enterpriseId,
  }))
  send(ctx.tx, sql`insert into hazard_sighting (id, hazard_id, at, by, source, source_id, description, area_code, grid_id, enterprise_id)
    select id, hazard_id, at, by, source, source_id, description, area_code, grid_id, enterprise_id from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as s(id uuid, hazard_id uuid, at timestamptz, by uuid[], source text, source_id uuid, description text, area_code text, grid_id uuid, enterprise_id uuid)`)
}

export const briefOf = ({ id, no, enterpriseId, siteId, areaCode, gridId, source, itemCode, category, location, description, requirement, level, immediateStop, stopInForce, clauseId, clauseMode, legalBasis, foundAt, defaultDays, dueOn, state, round, orderId, reinspectors, lastReinspectors, version }: Hazard): HazardBrief =>
  ({ id, no, enterpriseId, siteId, areaCode, gridId, source, itemCode, category, location, description, requirement, level, immediateStop, stopInForce, clauseId, clauseMode, legalBasis, foundAt, defaultDays, dueOn, state, round, orderId, reinspectors, lastReinspectors, version })

/** `written` is the finding of this visit as it was written down; `nth` its place among them. Null where a second finding was not kept yet. */
export interface OfVisit extends HazardBrief {
  readonly seenAgain: boolean
  readonly written: (FindingWords & { readonly nth: number }) | null
}
type Told = { seq: number; data: { hazard?: Hazard; finding?: FindingWords } } | null

function writtenIn(told: Told): OfVisit['written'] {
  if (!told) return null
  const { hazard, finding } = told.data
  if (finding) return { ...finding, nth: told.seq }
  return hazard ? { id: hazard.id, location: hazard.location, description: hazard.description, requirement: hazard.requirement, level: hazard.level, clauseId: hazard.clauseId, legalBasis: hazard.legalBasis, fixed: hazard.fixClaimed, nth: told.seq } : null
}

export async function ofVisit(ctx: Ctx, visitId: string): Promise<OfVisit[]> {
  const { rows } = await sql<Record<string, unknown>>`select ${columns('h')}, (h.source_id is distinct from ${visitId}::uuid) as seen_again,
      (select jsonb_build_object('seq', d.seq, 'data', d.data) from domain_event d where d.aggregate_id = h.id and d.event in ('hazard.reported','hazard.seen_again','hazard.reopened')
        and coalesce(d.data ->> 'sourceId', d.data -> 'hazard' ->> 'sourceId') = ${visitId}::text order by d.seq desc limit 1) as told from hazard h
    where (h.source_id = ${visitId} or h.id in (select s.hazard_id from hazard_sighting s where s.source_id = ${visitId})) and ${reachSql(ctx.actor, 'h')} order by h.found_at, h.no`.execute(ctx.tx)
  return rows.map((row) => ({ ...briefOf(toHazard(row)), seenAgain: row.seen_again === true, written: writtenIn(row.told as Told) }))
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
