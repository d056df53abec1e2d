import { type RawBuilder, sql } from 'kysely'
import { addDays, localDate } from '../../../kernel/core/time.ts'
import type { Actor } from '../../../kernel/server/actor.ts'
import { reachSql, type Tx } from '../../../kernel/server/db.ts'
import { cellsOf, countsNeeded, metricOf, type Scope } from '../figures.ts'
import { type Day, type Figure, wordsOf } from '../snapshot.ts'
import { conditionOf, countings } from './counting.ts'
import { cannot, countFigures, rowsInScope, windowOf } from './figures.ts'

/** The same days a year before; 29 February is the 28th. */
export const yearBefore = (day: string): string => `${Number(day.slice(0, 4)) - 1}${day.slice(4) === '-02-29' ? '-02-28' : day.slice(4)}`

export interface Entry {
  readonly metric: string
  readonly value: number
  readonly before: number | null
  readonly source: string
}

/**
 * Figures ready to be frozen: the counts asked, those that rates divide, and last year's beside them. What nobody can count is
 * left out and named in `without`, so that no 0 is ever frozen for it.
 */
export async function figuresFor(tx: Tx, actor: Actor, ids: readonly string[], scope: Scope, now: Date, entered: readonly Entry[]): Promise<{ figures: Figure[]; without: { metric: string; why: string }[] }> {
  const written = new Map(entered.map((entry) => [entry.metric, entry]))
  const all = [...new Set([...ids, ...countsNeeded(ids)])]
  const past: Scope = { ...scope, from: yearBefore(scope.from), to: yearBefore(scope.to) }
  const [counted, before, known] = await Promise.all([countFigures(tx, actor, all, scope, now), countFigures(tx, actor, all, past, now), knownSince(tx, actor)])
  const remembers = known !== null && known <= past.from
  const without: { metric: string; why: string }[] = []
  const value = (id: string): number | null => written.get(id)?.value ?? counted.total[id]?.value ?? null
  const figures = all.flatMap((id): Figure[] => {
    const metric = metricOf(id)
    const words = { metric: id, ...wordsOf(metric, scope.from, scope.to), members: null, membersHash: null }
    if (metric.of) {
      const [numerator, denominator] = [value(metric.of[0]), value(metric.of[1])]
      if (numerator !== null && denominator !== null) return [{ ...words, value: null, numerator, denominator, before: null, source: null }]
    } else {
      const entry = written.get(id)
      const n = value(id)
      const last = entry ? entry.before : remembers && metric.nature !== 'STOCK' ? (before.total[id]?.value ?? null) : null
      if (n !== null) return [{ ...words, value: n, numerator: null, denominator: null, before: last, source: entry?.source ?? null }]
    }
    without.push({ metric: id, why: counted.total[id]?.why ?? '没有数据' })
    return []
  })
  return { figures, without }
}

/** The first business date of which anything is known within one's reach: before it, a zero would be a gap. The oldest row decides, not a scan. */
export async function knownSince(tx: Tx, actor: Actor): Promise<string | null> {
  const { rows } = await sql<{ day: string | null }>`select least((select h.found_on from hazard h where h.state not in ('DRAFT','VOID') and ${reachSql(actor, 'h')} order by h.found_on, h.id limit 1),
    (select v.business_date from visit v where v.state = 'DONE' and ${reachSql(actor, 'v')} order by v.business_date, v.id limit 1)) as day`.execute(tx)
  return rows[0]?.day ?? null
}

/**
 * The list behind one count as `members`: one record per thing counted, in order of its key; null where the figure has no list
 * (sums, entered numbers). The rows and the condition are those the count itself was read by.
 */
export function membersSql(actor: Actor, id: string, scope: Scope, now: Date): RawBuilder<unknown> {
  const counting = countings[id]
  if (!counting || counting.sum || cannot(counting, scope, [])) return sql`select null::text[] as members`
  const key = sql.raw(counting.once ? `(${counting.once})::text` : `x.id::text || x.day::text`)
  const where = sql.raw(conditionOf(counting, scope.kinds !== undefined))
  // A register may hold a thing twice (two rounds of one hazard): each row is an entry of its own where the metric says so.
  return counting.once
    ? sql`select coalesce(array_agg(id order by id), '{}') as members from (select min(x.id::text) as id from (select f.* from ${rowsInScope(actor, counting.base, scope, windowOf(scope, now))}) x where ${where} and ${key} is not null group by ${key}) m`
    : sql`select coalesce(array_agg(x.id::text order by x.id), '{}') as members from (select f.* from ${rowsInScope(actor, counting.base, scope, windowOf(scope, now))}) x where ${where}`
}

/** Found, closed and checked of every day of the span; a day without record is a day of zeros. At most a year and a day. */
export async function dailyOf(tx: Tx, actor: Actor, scope: Scope, now: Date): Promise<Day[]> {
  const metrics = ['M07', 'M09', 'M04']
  const counted = await countFigures(tx, actor, metrics, scope, now, ['day'])
  const cells = new Map(cellsOf(counted, metrics).map((cell) => [cell.keys[0]!, cell.figures]))
  const today = localDate(now)
  const last = scope.to < today ? scope.to : today
  const days: Day[] = []
  for (let day = scope.from; day <= last && days.length < 367; day = addDays(day, 1)) {
    const at = cells.get(day)
    days.push({ day, found: at?.M07?.value ?? 0, closed: at?.M09?.value ?? 0, checked: at?.M04?.value ?? 0 })
  }
  return days
}
