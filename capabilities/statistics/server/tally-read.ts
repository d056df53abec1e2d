import { type RawBuilder, sql } from 'kysely'
import { rangeOf } from '../../../kernel/core/access.ts'
import { addDays } from '../../../kernel/core/time.ts'
import type { Actor } from '../../../kernel/server/actor.ts'
import { byValues, type Tx } from '../../../kernel/server/db.ts'
import { ALL, type Scope, type Split } from '../figures.ts'
import type { BaseName, Window } from './bases.ts'
import { countings, kindList } from './counting.ts'
import { sectionOf } from './splits.ts'
import { definitionOf, type Register, type Shape, shapesFor, tallied } from './tally.ts'

/** What the tally knows of a question, and what must be counted from the facts: marked days and visits kept apart. */
export interface TallyAnswer {
  readonly rows: readonly { keys: string[]; counts: Record<string, number> }[]
  readonly days: readonly string[]
  readonly apart: readonly string[]
}

/** The metrics of a register that the tally can answer within this question; none is no fault: the facts answer. */
export function talliedIds(base: BaseName, ids: readonly string[], actor: Actor, scope: Scope, by: readonly Split[]): string[] {
  const known = tallied[base]
  return known && shapeFor(known.register, actor, scope, by) ? ids.filter((id) => known.ids.includes(id)) : []
}

const always: readonly Split[] = ['county', 'street', 'day', 'week', 'month']

/** The smallest group of dimensions that holds everything asked, in whole streets; undefined where none does. */
export function shapeFor(register: Register, actor: Actor, scope: Scope, by: readonly Split[]): Shape | undefined {
  const { areas, grids, enterprises } = actor.reach
  if (scope.tag || scope.gridId || grids.length || enterprises.length || ![...areas, ...(scope.areas ?? []).map(rangeOf)].every(([from]) => from.endsWith('000'))) return undefined
  const asked: [Split, unknown][] = [['campaign', scope.campaignId], ['kind', scope.kinds], ['level', scope.level], ['source', scope.sources], ['industry', scope.industries], ['size', scope.sizes], ['aboveScale', scope.aboveScale]]
  const keys = [...asked.flatMap(([split, value]) => (value === undefined ? [] : [split])), ...by.flatMap((split) => (always.includes(split) ? [] : [split === 'section' ? 'industry' : split]))]
  return shapesFor(register).find((shape) => keys.every((key) => (shape.keys as readonly Split[]).includes(key)))
}

/** Whole years and months inside the window, and the days left at its ends. Months run from `months[0]` up to, not including, `months[1]`. */
export function coverOf({ from, to }: Pick<Window, 'from' | 'to'>, finest: 'day' | 'month' | 'none'): { years: [string, string]; months: [string, string] } {
  const none: [string, string] = ['1900-01-01', '1900-01-01']
  if (finest === 'day') return { years: none, months: none }
  const firstMonth = from.endsWith('-01') ? from : nextMonth(from)
  const after = addDays(to, 1)
  const endMonth = `${after.slice(0, 7)}-01`
  if (firstMonth >= endMonth) return { years: none, months: none }
  const firstYear = firstMonth.endsWith('-01-01') ? firstMonth : `${Number(firstMonth.slice(0, 4)) + 1}-01-01`
  const endYear = `${endMonth.slice(0, 4)}-01-01`
  return { months: [firstMonth, endMonth], years: finest === 'month' || firstYear >= endYear ? none : [firstYear, endYear] }
}

/** Days before the whole months and after them are two ranges of the index: one with a hole would read every day in it. */
const later = (a: string, b: string): string => (a > b ? a : b)

const nextMonth = (day: string): string => (day.slice(5, 7) === '12' ? `${Number(day.slice(0, 4)) + 1}-01-01` : `${day.slice(0, 5)}${String(Number(day.slice(5, 7)) + 1).padStart(2, '0')}-01`)

/** One statement, so that tally and marks are of one moment. Undefined where the tally is of another definition. */
export async function readTally(tx: Tx, actor: Actor, base: BaseName, ids: readonly string[], scope: Scope, w: Window, by: readonly Split[]): Promise<TallyAnswer | undefined> {
  const { register, day } = tallied[base]!
  const shape = shapeFor(register, actor, scope, by)!
  const { years, months } = coverOf(w, by.some((split) => split === 'day' || split === 'week') ? 'day' : by.includes('month') ? 'month' : 'none')
  const at = sql`t.metric = any(${[...ids]}::text[]) and t.shape = ${shape.id}::smallint`
  const where = sql.join([sql`t.n <> 0`, ...conditions(actor, scope, shape, ids)], sql` and `)
  const names = by.map((_, i) => `k${i}`)
  const keys = by.map((split, i) => sql`, ${splitOf(split, shape)} as ${sql.ref(names[i]!)}`)
  // At the cut-off these were still open: their days are counted from the facts.
  const closedSince = day ? sql`union select ${sql.ref(`h.${day}`)} from hazard h where h.state = 'CLOSED' and h.closed_on >= local_day(${w.asOf}::timestamptz) and h.closed_at > ${w.asOf}::timestamptz and ${sql.ref(`h.${day}`)} between ${w.from}::date and ${w.to}::date` : sql``
  const apart = register === 'VISIT' ? sql`(select array_agg(p.visit_id::text) from figure_apart p where p.day between ${w.from}::date and ${w.to}::date)` : sql`null::text[]`
  const { rows: [found] } = await sql<{ definition: string; days: string[] | null; apart: string[] | null; cells: [string, number, ...string[]][] | null }>`${byValues}
    with dirty as materialized (select distinct m.day from figure_mark m where m.register = ${register} and m.day between ${w.from}::date and ${w.to}::date ${closedSince}),
    t as (
      select * from figure_tally t where ${at} and t.span = 'Y' and t.day >= ${years[0]}::date and t.day < ${years[1]}::date and ${where}
      union all select * from figure_tally t where ${at} and t.span = 'M' and t.day >= ${months[0]}::date and t.day < ${years[0]}::date and ${where}
      union all select * from figure_tally t where ${at} and t.span = 'M' and t.day >= ${later(years[1], months[0])}::date and t.day < ${months[1]}::date and ${where}
      union all select * from figure_tally t where ${at} and t.span = 'D' and t.day >= ${w.from}::date and t.day < ${months[0]}::date and t.day not in (select day from dirty) and ${where}
      union all select * from figure_tally t where ${at} and t.span = 'D' and t.day >= ${later(months[1], w.from)}::date and t.day <= ${w.to}::date and t.day not in (select day from dirty) and ${where}
      union all select t.metric, t.shape, t.span, t.day, t.area, t.a, t.b, -t.n from figure_tally t where ${at} and t.span = 'D' and t.day in (select day from dirty where day >= ${months[0]}::date and day < ${months[1]}::date) and ${where})
    select (select s.definition from figure_state s where s.id = 1) as definition, (select array_agg(day::text) from dirty) as days, ${apart} as apart,
      (select json_agg(json_build_array(c.metric, c.n${sql.raw(names.map((_, i) => `, c.r${i}`).join(''))})) from (
        select g.metric, sum(g.n)::int as n${sql.raw(names.map((name, i) => `, case when grouping(g.${name}) = 1 then '${ALL}' else g.${name} end as r${i}`).join(''))}
        from (select t.metric, t.n${sql.join(keys, sql``)} from t) g group by g.metric${names.length ? sql.raw(`, cube (${names.map((name) => `g.${name}`).join(', ')})`) : sql``}) c) as cells`.execute(tx)
  if (!found || found.definition !== definitionOf(tx)) return undefined
  return { days: found.days ?? [], apart: found.apart ?? [], rows: cellsOf(found.cells ?? []) }
}

function cellsOf(cells: readonly [string, number, ...string[]][]): TallyAnswer['rows'] {
  const all = new Map<string, { keys: string[]; counts: Record<string, number> }>()
  for (const [metric, n, ...keys] of cells) {
    const key = keys.join('\n')
    const row = all.get(key) ?? { keys, counts: {} }
    row.counts[metric] = n
    all.set(key, row)
  }
  return [...all.values()]
}

const column = (split: Split, shape: Shape): RawBuilder<unknown> => sql.ref((shape.keys as readonly Split[]).indexOf(split) === 0 ? 't.a' : 't.b')

function splitOf(split: Split, shape: Shape): RawBuilder<unknown> {
  if (split === 'county') return sql`left(t.area, 6) || '000000'`
  if (split === 'street') return sql`t.area`
  if (split === 'section') return sql`coalesce(${sectionOf(column('industry', shape))}, '')`
  if (split === 'day') return sql`t.day::text`
  if (split === 'week') return sql`date_trunc('week', t.day)::date::text`
  if (split === 'month') return sql`to_char(t.day, 'YYYY-MM')`
  return column(split, shape)
}

function conditions(actor: Actor, scope: Scope, shape: Shape, ids: readonly string[]): RawBuilder<unknown>[] {
  const within = (ranges: readonly (readonly [string, string])[]) => ranges.map(([from, to]) => sql`(t.area >= ${from} and t.area < ${to})`)
  const reach = within(actor.reach.areas)
  const parts: RawBuilder<unknown>[] = [reach.length ? sql`(${sql.join(reach, sql` or `)})` : sql`false`]
  if (scope.areas) parts.push(scope.areas.length ? sql`(${sql.join(within(scope.areas.map(rangeOf)), sql` or `)})` : sql`false`)
  const is = (split: Split, values: readonly string[] | undefined) => values && parts.push(sql`${column(split, shape)} = any(${[...values]}::text[])`)
  is('campaign', scope.campaignId ? [scope.campaignId.toLowerCase()] : undefined)
  is('level', scope.level ? [scope.level] : undefined)
  is('source', scope.sources)
  is('industry', scope.industries)
  is('size', scope.sizes)
  is('aboveScale', scope.aboveScale ? [scope.aboveScale] : undefined)
  if (scope.kinds) is('kind', scope.kinds)
  else if (shape.anyKind) parts.push(sql`(${sql.join(ids.map((id) => sql`(t.metric = ${id} and t.a = any(${[...kindList(countings[id]!)]}::text[]))`), sql` or `)})`)
  return parts
}
