import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../../../kernel/server/actor.ts'
import { reachSql, type Tx } from '../../../kernel/server/db.ts'

export interface FigureRow {
  street: string
  name: string
  sort_no: number
  visited: number
  checked: number
  found: number
  closed: number
  fixed: number
  open: number
  to_confirm: number
  to_reinspect: number
  overdue: number
  major: number
}

const closedStates = sql.raw(`'CLOSED','VOID','TRANSFER_CLOSED','DRAFT'`)

/** Does the reach consist of whole streets? Then counters answer; grids, communities and firms are counted row by row. */
export const wholeStreets = (actor: Actor): boolean =>
  actor.reach.areas.length > 0 && actor.reach.grids.length === 0 && actor.reach.enterprises.length === 0 && actor.reach.areas.every(([from]) => from.endsWith('000'))

const inStreets = (actor: Actor): RawBuilder<boolean> =>
  sql<boolean>`(${sql.join(actor.reach.areas.map(([from, to]) => sql`(street >= ${from} and street < ${to})`), sql` or `)})`

const areaHere = (actor: Actor): RawBuilder<boolean> =>
  sql<boolean>`(${sql.join(actor.reach.areas.map(([from, to]) => sql`(a.code >= ${from} and a.code < ${to})`), sql` or `)})`

const sums = sql.raw(
  ['visited', 'checked', 'found', 'closed', 'fixed', 'open', 'to_confirm', 'to_reinspect', 'overdue', 'major'].map((c) => `coalesce(sum(s.${c}), 0)::int as ${c}`).join(', '),
)

/** The same numbers counted from the rows themselves: for small reaches, and the proof that the counters are right. */
export async function recount(tx: Tx, actor: Actor, day: string): Promise<FigureRow[]> {
  const { rows } = await sql<FigureRow>`
    with s as (
      select left(v.area_code, 9) || '000' as street, count(*) as visited, count(*) filter (where v.outcome = 'CHECKED') as checked, 0 as found, 0 as closed, 0 as fixed,
        0 as open, 0 as to_confirm, 0 as to_reinspect, 0 as overdue, 0 as major
      from visit v where v.state = 'DONE' and v.business_date = ${day}::date and ${reachSql(actor, 'v')} group by 1
      union all
      select left(h.area_code, 9) || '000', 0, 0, count(*) filter (where h.state not in ('DRAFT','VOID') and h.found_on = ${day}::date),
        count(*) filter (where h.state = 'CLOSED' and local_day(h.closed_at) = ${day}::date), count(*) filter (where h.state = 'CLOSED' and h.closed_how = 'ON_SITE' and local_day(h.closed_at) = ${day}::date),
        count(*) filter (where h.state not in (${closedStates})), count(*) filter (where h.state = 'REPORTED'), count(*) filter (where h.state = 'SUBMITTED'),
        count(*) filter (where h.state not in (${closedStates}) and h.runs_to < ${day}::date), count(*) filter (where h.state not in (${closedStates}) and h.level = 'MAJOR')
      from hazard h where ${reachSql(actor, 'h')} group by 1)
    select s.street, a.name, a.sort_no, ${sums}
    from s join area a on a.code = s.street group by s.street, a.name, a.sort_no order by a.sort_no, s.street`.execute(tx)
  return rows
}

/**
 * The state of all counters in a few bytes: how often they were folded and how many differences wait. Between two folds
 * differences are only added, so equal states mean equal figures.
 */
export async function counterState(tx: Tx): Promise<string> {
  const { rows } = await sql<{ state: string }>`
    select (select string_agg(folds::text, ' ' order by counter) from count_fold) || ' ' || (select count(*) from day_count_delta) || ' ' || (select count(*) from hazard_count_delta) as state`.execute(tx)
  return rows[0]!.state
}

/**
 * The figures of the home page as the very JSON text of the contract (without its time of counting), from counters alone:
 * streets, their sum and the trend in one statement that PostgreSQL writes out; nobody parses it again. A test holds it
 * against the schema and the recount.
 */
export async function figuresText(tx: Tx, actor: Actor, day: string, days: number): Promise<string> {
  const here = inStreets(actor)
  const { rows } = await sql<{ body: string }>`
    with c as materialized (
      select street, day, metric, n from day_count where day > ${day}::date - ${days}::int and day <= ${day}::date and ${here}
      union all select street, day, metric, n from day_count_delta where day > ${day}::date - ${days}::int and day <= ${day}::date and ${here}),
    h as materialized (
      select street, state, level, runs_to, n from hazard_count where state not in (${closedStates}) and ${here}
      union all select street, state, level, runs_to, n from hazard_count_delta where state not in (${closedStates}) and ${here}),
    s as (
      select street, sum(n) filter (where metric = 'VISITED') as visited, sum(n) filter (where metric = 'CHECKED') as checked, sum(n) filter (where metric = 'FOUND') as found,
        sum(n) filter (where metric = 'CLOSED') as closed, sum(n) filter (where metric = 'FIXED') as fixed, 0 as open, 0 as to_confirm, 0 as to_reinspect, 0 as overdue, 0 as major
      from c where day = ${day}::date group by street
      union all
      select street, 0, 0, 0, 0, 0, sum(n), sum(n) filter (where state = 'REPORTED'), sum(n) filter (where state = 'SUBMITTED'), sum(n) filter (where runs_to < ${day}::date),
        sum(n) filter (where level = 'MAJOR') from h group by street),
    f as materialized (
      select a.code as street, a.name, a.sort_no, ${sums} from area a left join s on s.street = a.code
      where a.kind in ('STREET','DEV_ZONE','PARK_COMMITTEE','BAY_AREA') and (a.valid_to is null or a.valid_to >= ${day}::date) and ${areaHere(actor)} group by a.code, a.name, a.sort_no),
    t as (
      select to_char(g, 'YYYY-MM-DD') as day, coalesce(sum(n) filter (where metric = 'CHECKED'), 0)::int as checked, coalesce(sum(n) filter (where metric = 'FOUND'), 0)::int as found,
        coalesce(sum(n) filter (where metric = 'CLOSED'), 0)::int as closed
      from generate_series((${day}::date - ${days}::int + 1)::timestamp, ${day}::timestamp, interval '1 day') g left join c on c.day = g::date group by g)
    select json_build_object('day', ${day}::text,
      'total', (select json_build_object('street', '', 'name', '合计', ${sumsJson}) from f),
      'streets', (select coalesce(json_agg(json_build_object('street', street, 'name', name, ${rowJson}) order by sort_no, street), '[]') from f),
      'trend', (select json_agg(json_build_object('day', day, 'checked', checked, 'found', found, 'closed', closed) order by day) from t))::text as body`.execute(tx)
  return rows[0]!.body
}

const wire = [['visited', 'visited'], ['checked', 'checked'], ['found', 'found'], ['closed', 'closed'], ['fixed', 'fixed'], ['open', 'open'], ['toConfirm', 'to_confirm'], ['toReinspect', 'to_reinspect'], ['overdue', 'overdue'], ['major', 'major']] as const
const rowJson = sql.raw(wire.map(([name, column]) => `'${name}', ${column}`).join(', '))
const sumsJson = sql.raw(wire.map(([name, column]) => `'${name}', coalesce(sum(${column}), 0)`).join(', '))

const FOLD_AT_ONCE = 20_000

/** Folds waiting differences into the counters: what one statement deletes it adds, so nothing is counted twice. */
export async function fold(tx: Tx): Promise<number> {
  const { rows } = await sql<{ folded: number }>`
    with taken as (delete from day_count_delta where ctid = any(array(select ctid from day_count_delta order by id limit ${FOLD_AT_ONCE} for update skip locked)) returning street, day, metric, n),
    added as (
      insert into day_count (street, day, metric, n) select street, day, metric, sum(n) from taken group by 1, 2, 3
      on conflict (day, metric, street) do update set n = day_count.n + excluded.n returning 1),
    noted as (update count_fold set folds = folds + 1 where counter = 'DAY' and exists (select 1 from taken))
    select (select count(*) from taken)::int as folded, (select count(*) from added) as touched`.execute(tx)
  return rows[0]?.folded ?? 0
}
