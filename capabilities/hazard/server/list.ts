import { type RawBuilder, sql } from 'kysely'
import { rangeOf } from '../../../kernel/core/access.ts'
import { Problem } from '../../../kernel/core/problem.ts'
import { classifyQuery } from '../../../kernel/core/search-text.ts'
import { addDays, endOfLocalDay, type LocalDate, startOfLocalDay } from '../../../kernel/core/time.ts'
import type { Actor } from '../../../kernel/server/actor.ts'
import { reachSql, type Tx } from '../../../kernel/server/db.ts'
import type { Box } from '../../enterprise/map.ts'
import { titleOf } from '../finding.ts'
import { ENDED } from '../hazard.ts'
import { DUE_SOON_DAYS } from '../timers.ts'
import type { HazardFilter, HazardRow } from '../views.ts'
import './tables.ts'

export type Filter = Omit<HazardFilter, 'limit' | 'cursor' | 'sort'> & { sort?: HazardFilter['sort'] }
type Where = RawBuilder<unknown>

const TOTAL_CAP = 10_000
const open = sql`h.state not in ('CLOSED','VOID','TRANSFER_CLOSED')`

/** A range of codes as the one equality that an index begins with: county, street, community; wider ones stay ranges. */
function areaSql([from, to]: readonly [string, string], alias = 'h'): Where {
  const prefix = to.endsWith('~') ? to.slice(0, -1) : ''
  if (prefix.length === 6) return sql`${sql.ref(`${alias}.county`)} = ${prefix}`
  if (prefix.length === 9) return sql`${sql.ref(`${alias}.street`)} = ${`${prefix}000`}`
  if (prefix.length === 12) return sql`${sql.ref(`${alias}.area_code`)} = ${prefix}`
  return sql`(${sql.ref(`${alias}.area_code`)} >= ${from} and ${sql.ref(`${alias}.area_code`)} < ${to})`
}

/** Reach: one range of areas becomes an equality, everything else is asked as it is. */
function scopeSql(actor: Actor): Where {
  const { areas, grids, enterprises } = actor.reach
  return areas.length === 1 && !grids.length && !enterprises.length ? areaSql(areas[0]!) : reachSql(actor, 'h')
}

function textSql(q: string): Where[] {
  const query = classifyQuery(q)
  if (query.kind === 'empty') return []
  if (query.kind === 'recordNumber') return [sql`h.no = ${query.value}`]
  if (query.kind === 'digits' || query.kind === 'phoneTail') return [sql`(h.no like ${`%${query.value}`} or h.order_no like ${`%${query.value}%`})`]
  if (query.bigrams.length) return [sql`h.id in (select s.hazard_id from hazard_search s where s.words @> ${query.bigrams}::text[])`]
  return [sql`h.description like ${`%${query.value}%`}`]
}

/** Every condition of a filter, reach first. The same function serves list, export and its proof against the figures. */
export function whereOf(actor: Actor, filter: Filter, today: LocalDate): Where {
  const ended = new Set<string>(ENDED)
  const states = filter.states ?? []
  const parts: Where[] = [scopeSql(actor)]
  if (filter.areaCode) parts.push(areaSql(rangeOf(filter.areaCode)))
  if (filter.open || filter.sort === 'due' || (states.length > 0 && !states.some((s) => ended.has(s)))) parts.push(open)
  if (filter.open === false) parts.push(sql`h.state in ('CLOSED','VOID','TRANSFER_CLOSED')`)
  if (states.length === 1) parts.push(sql`h.state = ${states[0]}`)
  if (states.length > 1) parts.push(sql`h.state = any(${states}::text[])`)
  if (filter.level) parts.push(sql`h.level = ${filter.level}`)
  if (filter.overdue !== undefined) parts.push(filter.overdue ? sql`h.runs_to < ${today}::date` : sql`(h.runs_to is null or h.runs_to >= ${today}::date)`)
  if (filter.dueSoon) parts.push(sql`h.runs_to between ${today}::date and ${addDays(today, DUE_SOON_DAYS)}::date`)
  if (filter.gridId) parts.push(sql`h.grid_id = ${filter.gridId}`)
  if (filter.enterpriseId) parts.push(sql`h.enterprise_id = ${filter.enterpriseId}`)
  if (filter.campaignId) parts.push(sql`h.campaign_id = ${filter.campaignId}`)
  if (filter.teamId) parts.push(sql`h.team_id = ${filter.teamId}`)
  if (filter.sources?.length) parts.push(sql`h.source = any(${filter.sources}::text[])`)
  parts.push(...dateSql(filter))
  if (filter.voided !== undefined) parts.push(filter.voided ? sql`h.state = 'VOID'` : sql`h.state <> 'VOID'`)
  if (filter.box) parts.push(boxSql(filter.box))
  if (filter.mine) parts.push(sql`(${actor.id}::uuid = any(h.found_by) or ${actor.id}::uuid = any(h.confirmed_by) or ${actor.id}::uuid = any(h.reinspectors))`)
  if (filter.q) parts.push(...textSql(filter.q))
  return sql.join(parts, sql` and `)
}

/** Days of finding and closing, as the home page counts them. */
function dateSql({ foundFrom, foundTo, closedFrom, closedTo, closedHow }: Filter): Where[] {
  const parts: Where[] = []
  if (foundFrom) parts.push(sql`h.found_on >= ${foundFrom}::date`)
  if (foundTo) parts.push(sql`h.found_on <= ${foundTo}::date`)
  if (closedFrom || closedTo || closedHow) parts.push(sql`h.state = 'CLOSED'`)
  if (closedFrom) parts.push(sql`h.closed_at >= ${startOfLocalDay(closedFrom)}::timestamptz`)
  if (closedTo) parts.push(sql`h.closed_at < ${endOfLocalDay(closedTo)}::timestamptz`)
  if (closedHow) parts.push(sql`h.closed_how = ${closedHow}`)
  return parts
}

const boxSql = ({ west, south, east, north }: Box): Where =>
  sql`exists (select 1 from site b where b.id = h.site_id and b.lon between ${west} and ${east} and b.lat between ${south} and ${north})`

const dated = (filter: Filter): boolean => [filter.foundFrom, filter.foundTo, filter.closedFrom, filter.closedTo, filter.closedHow].some((value) => value !== undefined)

/** Whether the counters know the answer: whole streets or more, and only what they are keyed by. */
export function countable(actor: Actor, filter: Filter): boolean {
  const { areas, grids, enterprises } = actor.reach
  const whole = areas.length > 0 && areas.every(([, to]) => to.length <= 10) && !grids.length && !enterprises.length
  const wholeArea = !filter.areaCode || rangeOf(filter.areaCode)[1].length <= 10
  return whole && wholeArea && !filter.gridId && !filter.enterpriseId && !filter.campaignId && !filter.teamId && !filter.sources?.length && !filter.mine && !filter.q && !filter.box && !dated(filter)
}

/** The same filter over the counters. */
export function counterWhere(actor: Actor, filter: Filter, today: LocalDate, alias = 'c'): Where {
  const column = (name: string) => sql.ref(`${alias}.${name}`)
  const range = ([from, to]: readonly [string, string]) => sql`(${column('street')} >= ${from} and ${column('street')} < ${to})`
  const parts: Where[] = [sql`(${sql.join(actor.reach.areas.map(range), sql` or `)})`]
  if (filter.areaCode) parts.push(range(rangeOf(filter.areaCode)))
  if (filter.open || filter.sort === 'due') parts.push(sql`${column('state')} <> all(${[...ENDED]}::text[])`)
  if (filter.open === false) parts.push(sql`${column('state')} = any(${[...ENDED]}::text[])`)
  if (filter.voided !== undefined) parts.push(filter.voided ? sql`${column('state')} = 'VOID'` : sql`${column('state')} <> 'VOID'`)
  if (filter.states?.length) parts.push(sql`${column('state')} = any(${filter.states}::text[])`)
  if (filter.level) parts.push(sql`${column('level')} = ${filter.level}`)
  if (filter.overdue !== undefined) parts.push(filter.overdue ? sql`${column('runs_to')} < ${today}::date` : sql`${column('runs_to')} >= ${today}::date`)
  if (filter.dueSoon) parts.push(sql`${column('runs_to')} between ${today}::date and ${addDays(today, DUE_SOON_DAYS)}::date`)
  return sql.join(parts, sql` and `)
}

/** Counter and what is not folded yet, as one table `c`. */
export const counters = sql`(select street, state, level, runs_to, n from hazard_count union all select street, state, level, runs_to, n from hazard_count_delta) c`

function totalSql(actor: Actor, filter: Filter, today: LocalDate, where: Where): Where {
  if (countable(actor, filter)) return sql`select coalesce(sum(c.n), 0)::int as total from ${counters} where ${counterWhere(actor, filter, today)}`
  return sql`select count(*)::int as total from (select 1 from hazard h where ${where} limit ${TOTAL_CAP + 1}) x`
}

export const rowColumns = sql.raw(
  'h.id, h.no, h.enterprise_id, h.enterprise_name, h.location, h.description, h.category, h.level, h.immediate_stop, h.state, h.source, h.street, h.found_at, h.due_on, h.runs_to, h.late, h.escalation, h.round, h.recurrence, h.order_no, h.closed_at, h.version',
)

export interface ListRow {
  id: string
  no: string
  enterprise_id: string
  enterprise_name: string
  location: string
  description: string
  category: string
  level: HazardRow['level']
  immediate_stop: boolean
  state: HazardRow['state']
  source: HazardRow['source']
  street: string
  found_at: string
  due_on: string | null
  runs_to: string | null
  late: boolean
  escalation: number
  round: number
  recurrence: boolean
  order_no: string | null
  closed_at: string | null
  version: number
}

export function toListRow(r: ListRow, today: LocalDate, soon: LocalDate): HazardRow {
  return {
    id: r.id, no: r.no, title: titleOf(r), enterpriseId: r.enterprise_id, enterpriseName: r.enterprise_name, location: r.location, category: r.category, level: r.level, immediateStop: r.immediate_stop, state: r.state,
    source: r.source, street: r.street, foundAt: r.found_at, dueOn: r.due_on, overdue: r.runs_to !== null && r.runs_to < today, dueSoon: r.runs_to !== null && r.runs_to >= today && r.runs_to <= soon, late: r.late,
    escalation: r.escalation, round: r.round, recurrence: r.recurrence, orderNo: r.order_no, closedAt: r.closed_at, version: r.version,
  }
}

export const orderSql = (sort: HazardFilter['sort'] | undefined): Where =>
  sort === 'due' ? sql`coalesce(h.due_on, '9999-12-31'::date), h.id` : sql`h.found_at desc, h.id desc`

function afterSql(filter: HazardFilter): Where {
  if (!filter.cursor) return sql``
  const [at, id] = Buffer.from(filter.cursor, 'base64url').toString().split('|')
  if (!at || !id || Number.isNaN(Date.parse(at)) || !/^[0-9a-f-]{36}$/.test(id)) throw new Problem('invalid', 'common.bad_cursor')
  return filter.sort === 'due' ? sql`and (coalesce(h.due_on, '9999-12-31'::date), h.id) > (${at}::date, ${id}::uuid)` : sql`and (h.found_at, h.id) < (${at}::timestamptz, ${id}::uuid)`
}

// found_at is cut to milliseconds when read, so the cursor carries the database's own text of it.
const cursorColumn = (sort: HazardFilter['sort']): Where => (sort === 'due' ? sql`coalesce(h.due_on, '9999-12-31'::date)::text` : sql`h.found_at::text`)

/** One page and its total in one statement. The order comes out of an index; the total out of the counters where they know it. */
export async function list(tx: Tx, actor: Actor, filter: HazardFilter, today: LocalDate): Promise<{ rows: HazardRow[]; total: number; totalIsEstimate?: boolean; next?: string }> {
  const where = whereOf(actor, filter, today)
  const { rows } = await sql<ListRow & { total: number; cur: string }>`
    with t as (${totalSql(actor, filter, today, where)}),
      p as (select ${rowColumns}, ${cursorColumn(filter.sort)} as cur from hazard h where ${where} ${afterSql(filter)} order by ${orderSql(filter.sort)} limit ${filter.limit + 1})
    select t.total, p.* from t left join p on true`.execute(tx)
  const found = rows.filter((row) => row.id)
  const total = rows[0]?.total ?? 0
  const last = found.length > filter.limit ? found[filter.limit - 1] : undefined
  const soon = addDays(today, DUE_SOON_DAYS)
  return {
    rows: found.slice(0, filter.limit).map((row) => toListRow(row, today, soon)),
    total: Math.min(total, countable(actor, filter) ? total : TOTAL_CAP),
    ...(!countable(actor, filter) && total > TOTAL_CAP ? { totalIsEstimate: true } : {}),
    ...(last ? { next: Buffer.from(`${last.cur}|${last.id}`).toString('base64url') } : {}),
  }
}
