import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import { addDays, type LocalDate } from '../../../kernel/core/time.ts'
import type { Actor } from '../../../kernel/server/actor.ts'
import type { Tx } from '../../../kernel/server/db.ts'
import { ENDED, type HazardState, type Level } from '../hazard.ts'
import { DUE_SOON_DAYS } from '../timers.ts'
import type { Figures } from '../views.ts'
import { countable, counters, counterWhere, type Filter, whereOf } from './list.ts'

interface Cell {
  street: string
  name: string | null
  state: HazardState
  level: Level
  overdue: boolean
  soon: boolean
  n: number
}

/** Cells by street, state, level and clock; the bounded number of them is added up here. One statement. */
async function cells(tx: Tx, actor: Actor, filter: Filter, today: LocalDate, recount: boolean): Promise<Cell[]> {
  const fromCounters = !recount && countable(actor, filter)
  const soon = addDays(today, DUE_SOON_DAYS)
  const source: RawBuilder<unknown> = fromCounters
    ? sql`select c.street, c.state, c.level, c.runs_to, c.n from ${counters} where ${counterWhere(actor, filter, today)}`
    : sql`select h.street, h.state, h.level, h.runs_to, 1 as n from hazard h where ${whereOf(actor, filter, today)}`
  const { rows } = await sql<Cell>`
    select x.street, a.name, x.state, x.level, x.overdue, x.soon, x.n from (
      select s.street, s.state, s.level, coalesce(s.runs_to < ${today}::date, false) as overdue, coalesce(s.runs_to between ${today}::date and ${soon}::date, false) as soon, sum(s.n)::int as n
      from (${source}) s group by 1, 2, 3, 4, 5) x left join area a on a.code = x.street where x.n <> 0 order by x.street, x.state`.execute(tx)
  return rows
}

const ended = new Set<string>(ENDED)
const isOpen = (cell: Cell) => !ended.has(cell.state)

/**
 * The figures of the list head. `recount` counts rows instead of counters: a test and the nightly check ask both and
 * expect the same.
 */
export async function figures(tx: Tx, actor: Actor, filter: Filter, today: LocalDate, recount = false): Promise<z.infer<typeof Figures>> {
  const all = await cells(tx, actor, filter, today, recount)
  const sum = (test: (cell: Cell) => boolean) => all.filter(test).reduce((n, cell) => n + cell.n, 0)
  const streets = new Map(all.map((cell) => [cell.street, cell.name ?? cell.street]))
  const states = new Set(all.map((cell) => cell.state))
  return {
    all: sum(() => true), open: sum(isOpen), overdue: sum((c) => c.overdue), dueSoon: sum((c) => c.soon), major: sum((c) => c.level === 'MAJOR'), majorOpen: sum((c) => c.level === 'MAJOR' && isOpen(c)),
    byState: [...states].map((state) => ({ state, n: sum((c) => c.state === state) })),
    byStreet: [...streets].map(([street, name]) => ({ street, name, open: sum((c) => c.street === street && isOpen(c)), overdue: sum((c) => c.street === street && c.overdue) })),
  }
}
