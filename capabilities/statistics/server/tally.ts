import { createHash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../../kernel/server/context.ts'
import type { Tx } from '../../../kernel/server/db.ts'
import type { Split } from '../figures.ts'
import { type BaseName, bases, type Window } from './bases.ts'
import { conditionOf, countings, countSql } from './counting.ts'
import { splitSql } from './splits.ts'

/**
 * The tally: counts by day, month and year for a few groups of dimensions, recounted for the days that were marked (see the
 * migration). Reading is in tally-read.ts. Only what adds up is kept: a fact, or a thing counted once in a day, stands in
 * exactly one cell. Visits whose thing would stand in several are kept apart and counted when asked.
 */

/** A group of dimensions: a query is answered by the first whose keys hold all it asks for. Small ones first. */
export interface Shape {
  readonly id: number
  readonly keys: readonly Exclude<Split, 'tag'>[]
  readonly only?: Register
  /** Counts every contact kind under each metric, whichever kinds are its own: the query names them. */
  readonly anyKind?: true
}

export type Register = 'HAZARD' | 'VISIT'

export const shapes: readonly Shape[] = [
  { id: 0, keys: [] },
  { id: 4, keys: ['campaign'] },
  { id: 5, keys: ['level', 'source'], only: 'HAZARD' },
  { id: 6, keys: ['kind'], only: 'VISIT', anyKind: true },
  { id: 3, keys: ['size', 'aboveScale'] },
  { id: 1, keys: ['industry'] },
]

/** Which registers are tallied, from which rows, and the metrics of each. `day`: where the rows' day stands in the register. */
export const tallied: Readonly<Partial<Record<BaseName, { register: Register; ids: readonly string[]; day?: 'found_on' | 'closed_on' | 'due_on' }>>> = {
  found: { register: 'HAZARD', ids: ['M07', 'M07W', 'M08', 'M09C', 'M11O', 'M14', 'M14C', 'M36N'], day: 'found_on' },
  closed: { register: 'HAZARD', ids: ['M09'], day: 'closed_on' },
  due: { register: 'HAZARD', ids: ['M10D', 'M10N'], day: 'due_on' },
  visit: { register: 'VISIT', ids: ['M04', 'M04P', 'M04R', 'M22V', 'M52B', 'M52C'] },
}

const basesOf = (register: Register): BaseName[] => (Object.keys(tallied) as BaseName[]).filter((base) => tallied[base]!.register === register)

export const shapesFor = (register: Register): readonly Shape[] => shapes.filter((shape) => !shape.only || shape.only === register)

/** Everything closed counts as closed: a reader takes the days of what was closed after his cut-off from the facts. */
const windowFor = (from: string, to: string): Window => ({ from, to, asOf: '9999-12-31T00:00:00.000Z', asOfDay: to, past: false, campaignId: undefined, year: Number(to.slice(0, 4)) })

/** The counts of days from the facts, as rows like those of the tally. */
export function recountSql(base: BaseName, days: readonly string[]): RawBuilder<unknown> {
  const { register, ids } = tallied[base]!
  const mine = shapesFor(register)
  const names = [...new Set(mine.flatMap((shape) => shape.keys))]
  const [from, to] = [days.reduce((a, b) => (a < b ? a : b)), days.reduce((a, b) => (a > b ? a : b))]
  const apart = register === 'VISIT' ? sql`and not exists (select from figure_apart p where p.visit_id = f.id)` : sql``
  const count = (shape: Shape) => sql.raw(ids.map((id) => `${countSql(countings[id]!, shape.anyKind ?? false, false)} as "${id}"`).join(', '))
  const groups = mine.map((shape) => sql`select ${shape.id}::smallint as shape, x.day, x.street as area, ${keyOf(shape, 0)} as a, ${keyOf(shape, 1)} as b, ${count(shape)} from x group by 2, 3, 4, 5`)
  const pairs = sql.raw(ids.map((id) => `('${id}', g."${id}")`).join(', '))
  return sql`
    with x as materialized (select f.*, ${splitSql('street')} as street, ${sql.join(names.map((name) => sql`${splitSql(name)} as ${sql.ref(`k_${name}`)}`))}
      from (${bases[base].rows(windowFor(from, to), {} as never)}) f left join enterprise e on e.id = f.enterprise_id where f.day = any(${[...days]}::date[]) ${apart})
    select m.metric, g.shape, g.day, g.area, g.a, g.b, m.n from (${sql.join(groups, sql` union all `)}) g cross join lateral (values ${pairs}) m (metric, n) where m.n <> 0`
}

const keyOf = (shape: Shape, at: number): RawBuilder<unknown> => (shape.keys[at] ? sql.ref(`x.k_${shape.keys[at]}`) : sql`''`)

/** Names what is counted and how: tallies of another definition are not used and are made anew. */
export function definitionOf(tx: Tx): string {
  definition ??= createHash('sha256').update((Object.keys(tallied) as BaseName[]).map((base) => recountSql(base, ['2020-01-01']).compile(tx).sql + tallied[base]!.ids.map((id) => conditionOf(countings[id]!, false)).join()).join('\n') + JSON.stringify(shapes)).digest('hex')
  return definition
}
let definition: string | undefined

const AT_ONCE_MS = 1500
/** After a run the tally rests so many times as long: marked days are read from the facts meanwhile, writers have the machine. */
const REST = 12

/**
 * Recounts marked days, a register's month at a time, until none is left or its time is up. Marks are taken first and counted
 * by later statements, so that what they stand for is seen; what comes in between leaves marks of its own.
 * @returns how many days are still marked, or -1 while the tally rests
 */
export async function foldTally({ tx }: Pick<Ctx, 'tx'>, patient = true): Promise<number> {
  const began = performance.now()
  const { rows: [state] } = await sql<{ definition: string; resting: boolean }>`select definition, rest_until > clock_timestamp() as resting from figure_state where id = 1 for update`.execute(tx)
  if (patient && state?.resting) return -1
  if (state?.definition !== definitionOf(tx)) await begin(tx)
  for (;;) {
    const next = await nextMonth(tx)
    if (!next) break
    await recount(tx, next)
    if (patient && performance.now() - began > AT_ONCE_MS) break
  }
  const seconds = ((performance.now() - began) / 1000) * (patient ? REST : 0)
  const { rows: [left] } = await sql<{ n: number }>`with rested as (update figure_state set rest_until = clock_timestamp() + make_interval(secs => ${seconds}) where id = 1)
    select count(*)::int as n from (select distinct register, day from figure_mark) m`.execute(tx)
  return left?.n ?? 0
}

interface Month {
  register: Register
  days: string[]
}

/** Another definition, or the first run: nothing is tallied and every day is marked. */
async function begin(tx: Tx): Promise<void> {
  await sql`delete from figure_tally`.execute(tx)
  await sql`delete from figure_apart`.execute(tx)
  await sql`insert into figure_mark (register, day)
    select 'HAZARD', day from (select found_on as day from hazard union select closed_on from hazard union select due_on from hazard) d where day is not null
    union all select 'VISIT', day from (select distinct business_date as day from visit where state = 'DONE') d where day is not null`.execute(tx)
  await sql`update figure_state set definition = ${definitionOf(tx)} where id = 1`.execute(tx)
}

/** Takes the marks of the register and month that has waited longest: a month that is marked again and again keeps no other waiting. */
async function nextMonth(tx: Tx): Promise<Month | undefined> {
  const { rows } = await sql<Month>`
    with longest as (select register, date_trunc('month', day)::date as month from figure_mark order by id limit 1),
    taken as (delete from figure_mark m using longest n where m.register = n.register and m.day >= n.month and m.day < n.month + interval '1 month' returning m.register, m.day)
    select register, array_agg(distinct day)::text[] as days from taken group by register`.execute(tx)
  return rows[0]
}

async function recount(tx: Tx, { register, days }: Month): Promise<void> {
  if (register === 'VISIT') await setApart(tx, days)
  for (const base of basesOf(register)) {
    const ids = [...tallied[base]!.ids]
    await sql`
      insert into figure_tally (metric, shape, span, day, area, a, b, n)
      select d.metric, d.shape, s.span, s.day, d.area, d.a, d.b, sum(d.n)::int from (
        select metric, shape, day, area, a, b, sum(n) as n from (
          (${recountSql(base, days)})
          union all select metric, shape, day, area, a, b, -n from figure_tally where metric = any(${ids}::text[]) and shape = any(${shapes.map((shape) => shape.id)}::smallint[]) and span = 'D' and day = any(${days}::date[])) both_sides
        group by 1, 2, 3, 4, 5, 6 having sum(n) <> 0) d
      cross join lateral (values ('D', d.day), ('M', date_trunc('month', d.day)::date), ('Y', date_trunc('year', d.day)::date)) s (span, day)
      group by 1, 2, 3, 4, 5, 6, 7
      on conflict (metric, shape, span, day, area, a, b) do update set n = figure_tally.n + excluded.n`.execute(tx)
  }
  await sql`update figure_state set folds = folds + 1 where id = 1`.execute(tx)
}

/** A joint check may stand at several places and days; a team that came twice under two titles stands in two cells. */
async function setApart(tx: Tx, days: readonly string[]): Promise<void> {
  await sql`delete from figure_apart where day = any(${[...days]}::date[])`.execute(tx)
  const [from, to] = [days.reduce((a, b) => (a < b ? a : b)), days.reduce((a, b) => (a > b ? a : b))]
  await sql`
    insert into figure_apart (visit_id, day)
    select y.id, y.day from (select x.id, x.day, x.joint, min(x.cell) over (partition by x.once) as low, max(x.cell) over (partition by x.once) as high
      from (select f.*, concat_ws('|', f.area_code, coalesce(f.grid_id::text, ''), coalesce(f.enterprise_id::text, ''), coalesce(f.campaign_id::text, ''), f.kind) as cell from (${bases.visit.rows(windowFor(from, to), {} as never)}) f where f.day = any(${[...days]}::date[])) x) y
    where y.joint or y.low <> y.high
    on conflict (visit_id) do update set day = excluded.day`.execute(tx)
}
