import { type RawBuilder, sql } from 'kysely'
import { Problem } from '../../../kernel/core/problem.ts'
import type { Actor } from '../../../kernel/server/actor.ts'
import { byValues, type Tx } from '../../../kernel/server/db.ts'
import { addDays, daysBetween } from '../../../kernel/core/time.ts'
import { ALL, type Fact, type Scope, type Split } from '../figures.ts'
import { type Base, type BaseName, bases, type Window } from './bases.ts'
import { conditionOf, type Counting, countings } from './counting.ts'
import { cannot, countFigures, rowsInScope, windowOf } from './figures.ts'
import { splitSql } from './splits.ts'
import { talliedIds } from './tally-read.ts'

/** The record whose list a register's rows make, where the count has no thing of its own. */
const recordOf: Readonly<Record<BaseName, Fact['record']>> = {
  visit: 'visit', capVisit: 'visit', presence: 'person', team: 'team', found: 'hazard', closed: 'hazard', due: 'hazard', open: 'hazard', reinspection: 'hazard', transfer: 'hazard',
  paper: 'paper', enterprise: 'enterprise', cap: 'enterprise', target: 'site', draw: 'site',
}
const recordOfKey: Readonly<Record<string, Fact['record']>> = { 'x.enterprise_id': 'enterprise', 'x.site_id': 'site', 'x.park': 'park' }

const record = (counting: Counting): Fact['record'] => recordOfKey[counting.once ?? ''] ?? recordOf[counting.base]

/** Whose records they are: a number is for everybody who may read figures, its list for those who may read the register. */
const verbs: Readonly<Record<Fact['record'], string>> = {
  visit: 'visit.read', hazard: 'hazard.read', paper: 'enforcement.read', enterprise: 'enterprise.read', site: 'enterprise.read', park: 'enterprise.read', person: 'visit.read', team: 'visit.read', draw: 'campaign.read',
}

interface Shown {
  readonly id: string
  readonly title: string
  readonly no: string
  readonly join: string
}
const shown: Readonly<Record<Fact['record'], Shown>> = {
  visit: { id: 't.id::text', title: `coalesce(s.name, '')`, no: 't.no', join: 'left join visit t on t.id = x.id left join site s on s.id = x.site_id' },
  hazard: { id: 't.id::text', title: 't.description', no: 't.no', join: 'left join hazard t on t.id = x.id' },
  paper: { id: 't.id::text', title: 't.title', no: 't.no', join: 'left join paper t on t.id = x.id' },
  enterprise: { id: 'x.enterprise_id::text', title: 'n.name', no: 'n.credit_code', join: '' },
  site: { id: 'x.enterprise_id::text', title: 't.name', no: 't.code', join: 'left join site t on t.id = x.site_id' },
  park: { id: 't.id::text', title: 'coalesce(t.name, s.name)', no: 't.code', join: 'left join park t on t.id = x.park left join site s on s.id = x.site_id' },
  person: { id: 'null::text', title: 'x.person_name', no: 'x.organisation', join: '' },
  team: { id: 'x.id::text', title: `coalesce(x.team_name, (select string_agg(p.name, '、' order by p.ordinal) from visit_person p where p.visit_id = x.id and p.part <> 'COMPANION'), '')`, no: 'null::text', join: '' },
  draw: { id: 'x.id::text', title: `coalesce(s.name, '')`, no: 'null::text', join: 'left join site s on s.id = x.site_id' },
}

export interface FactsAsked {
  readonly metric: string
  readonly by?: readonly Split[] | undefined
  /** Keys of a cell in the order of `by`, joined by a comma; `*` stands for all. */
  readonly cell?: string | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

/** @throws Problem when the metric has no list (a rate has two: ask for one of its counts), or not for this reader */
export function mustList(actor: Actor, { metric, by = [] }: Pick<FactsAsked, 'metric' | 'by'>, scope: Scope): { counting: Counting; what: Fact['record'] } {
  const counting = countings[metric]
  if (!counting || cannot(counting, scope, by)) throw new Problem('refused', 'statistics.no_list')
  const what = record(counting)
  if (!actor.has(verbs[what])) throw new Problem('forbidden', 'common.forbidden')
  return { counting, what }
}

/**
 * What a count counted, one row per thing, newest first. The rows and conditions are those of the count itself, so the total
 * is the number. @throws Problem as `mustList`
 */
export async function factsOf(tx: Tx, actor: Actor, asked: FactsAsked, scope: Scope, now: Date): Promise<{ rows: Fact[]; total: number; next?: string }> {
  const by = asked.by ?? []
  const { counting, what } = mustList(actor, asked, scope)
  const keys = asked.cell === undefined ? [] : asked.cell.split(',')
  const cell = narrowed(scope, by.flatMap((split, i) => (keys[i] === undefined || keys[i] === ALL ? [] : [[split, keys[i]]])))
  const inCell = cell.left.map(([split, key]) => cellSql(split, key))
  const w = windowOf(scope, now)
  const total = counting.sum ? await thingsAdded(tx, rowsInScope(actor, counting.base, cell.scope, w, inCell), counting, scope) : await numberOf(tx, actor, asked.metric, cell, now)
  const rows = total === 0 ? [] : await newest({ tx, actor, asked, counting, what, cell, inCell, w, total, now })
  const page = rows.slice(0, asked.limit).map(({ amount, ...row }): Fact => ({ ...row, ...(typeof amount === 'number' ? { amount } : {}) }))
  const last = page.at(-1)
  return { rows: page, total, ...(rows.length > asked.limit && last ? { next: `${last.day}~${last.key}` } : {}) }
}

/** A cell as a narrower scope, and what no narrowing can say: the keys that rows must have. */
interface Narrowed {
  readonly scope: Scope
  readonly left: readonly (readonly [Split, string])[]
}

function narrowed(asked: Scope, keys: readonly (readonly [Split, string])[]): Narrowed {
  let scope = asked
  const left = keys.filter(([split, key]) => {
    const narrow = key === '' ? undefined : narrowing[split]?.(key)
    if (!narrow || Object.keys(narrow).some((name) => scope[name as keyof Scope] !== undefined)) return true
    scope = { ...scope, ...narrow }
    return false
  })
  return { scope, left }
}

/** The number itself, of a cell or the whole: what a narrowing can say is not asked for as a row of a table. */
async function numberOf(tx: Tx, actor: Actor, metric: string, { scope, left }: Narrowed, now: Date): Promise<number> {
  const counted = await countFigures(tx, actor, [metric], scope, now, left.map(([split]) => split))
  if (!left.length) return counted.total[metric]?.value ?? 0
  return counted.cells.find((cell) => left.every(([, key], i) => cell.keys[i] === key))?.n[counted.counts.indexOf(metric)] ?? 0
}

/** Contact kinds are not among them: named, they replace a metric's own. Nor is what belongs to a county but to none of its streets. */
const narrowing: Partial<Record<Split, (key: string) => Partial<Scope> | undefined>> = {
  street: (key) => (key.endsWith('000000') ? undefined : { areas: [key] }),
  industry: (key) => ({ industries: [key] }),
  size: (key) => ({ sizes: [key as NonNullable<Scope['sizes']>[number]] }),
  campaign: (key) => ({ campaignId: key }),
  level: (key) => ({ level: key as NonNullable<Scope['level']> }),
  source: (key) => ({ sources: [key as NonNullable<Scope['sources']>[number]] }),
}

/** A sum has as many entries as things were added up. */
async function thingsAdded(tx: Tx, rows: RawBuilder<unknown>, counting: Counting, scope: Scope): Promise<number> {
  const { rows: [found] } = await sql<{ n: number }>`${byValues}select count(*)::int as n from (select f.* from ${rows}) x where ${sql.raw(conditionOf(counting, scope.kinds !== undefined))}`.execute(tx)
  return found?.n ?? 0
}

interface Page {
  readonly tx: Tx
  readonly actor: Actor
  readonly asked: FactsAsked
  readonly counting: Counting
  readonly what: Fact['record']
  readonly cell: Narrowed
  readonly inCell: readonly RawBuilder<unknown>[]
  readonly w: Window
  /** How many entries the whole list has. */
  readonly total: number
  readonly now: Date
}

/** The newest entries before the cursor, one more than the page: from the last days where a thing belongs to one day, else from the whole period. */
async function newest(page: Page): Promise<(Fact & { amount: number | null })[]> {
  const { w, total, asked: { cursor = '', limit } } = page
  const [day, after] = cursor.split('~')
  const before = day && after ? { day, after } : undefined
  if (!(await inOneDay(page))) return entries(page, w, before)
  const to = before && before.day < w.to ? before.day : w.to
  const span = daysBetween(w.from, to) + 1
  // A page lies, spread evenly, in so many days: looked for in twice of them, and further back where they are thinner.
  for (let back = Math.ceil((2 * (limit + 1) * span) / total); back < span; back *= 4) {
    const rows = await entriesSince(page, addDays(to, 1 - back), to, before)
    if (rows.length > limit) return rows
  }
  return entriesSince(page, w.from, to, before)
}

/** What the tally knows by day is not looked for on other days: one in a thousand of a year's facts may be of this cell. */
async function entriesSince(page: Page, from: string, to: string, before: Before): Promise<(Fact & { amount: number | null })[]> {
  const { tx, actor, asked: { metric, limit }, counting, cell: { scope, left }, w, now } = page
  const some = { ...w, from, to }
  if (left.length || !talliedIds(counting.base, [metric], actor, scope, ['day']).length) return entries(page, some, before)
  const { cells } = await countFigures(tx, actor, [metric], { ...scope, from, to }, now, ['day'])
  let found = 0
  const days = cells.map(({ keys, n }) => ({ day: keys[0]!, n: n[0]! })).sort((a, b) => (a.day < b.day ? 1 : -1)).filter(({ day, n }) => {
    const wanted = n > 0 && found <= limit
    // Of the cursor's own day some are on the page before.
    if (wanted && day !== before?.day) found += n
    return wanted
  })
  return days.length ? entries(page, { ...some, from: days.at(-1)!.day }, before, [sql`f.day = any(${days.map(({ day }) => day)}::date[])`]) : []
}

/** Does every thing counted stand on one day only? Enterprises and people do not, nor joint checks of several days. */
async function inOneDay({ tx, counting: { base, once }, w }: Page): Promise<boolean> {
  if ((bases[base] as Base).stock || base === 'capVisit' || (once && once !== 'x.once' && base !== 'presence') || once === 'x.who') return false
  if (base !== 'visit' || !once) return true
  const { rows } = await sql`select 1 from visit where joint_id is not null and state = 'DONE' and business_date between ${w.from}::date and ${w.to}::date group by joint_id having min(business_date) < max(business_date) limit 1`.execute(tx)
  return rows.length === 0
}

type Before = { readonly day: string; readonly after: string } | undefined

async function entries({ tx, actor, asked, counting, what, cell: { scope }, inCell }: Page, w: Window, before: Before, more: readonly RawBuilder<unknown>[] = []): Promise<(Fact & { amount: number | null })[]> {
  const key = sql.raw(`(${counting.once ?? 'x.id'})::text`)
  const { id, title, no, join } = shown[what]
  const further = before ? sql`where (x.day, x.fact_key) < (${before.day}::date, ${before.after})` : sql``
  const { rows } = await sql<Fact & { amount: number | null }>`${byValues}
    with x as materialized (select * from (select distinct on (fact_key) y.* from (select x.*, ${key} as fact_key from (select f.* from ${rowsInScope(actor, counting.base, scope, w, [...inCell, ...more])}) x where ${sql.raw(conditionOf(counting, scope.kinds !== undefined))}) y where fact_key is not null order by fact_key, day) x
      ${further} order by x.day desc, x.fact_key desc limit ${asked.limit + 1})
    select x.fact_key as key, ${what} as record, ${sql.raw(id)} as "recordId", coalesce(${sql.raw(title)}, '') as title, ${sql.raw(no)} as no, n.name as "enterpriseName", x.enterprise_id as "enterpriseId", coalesce(a.name, '') as "areaName", x.day,
      ${counting.sum ? sql.raw(counting.sum) : sql`null::int`} as amount
    from x ${sql.raw(join)} left join enterprise n on n.id = x.enterprise_id left join area a on a.code = x.area_code order by x.day desc, x.fact_key desc`.execute(tx)
  return rows
}

function cellSql(split: Split, key: string): RawBuilder<unknown> {
  if (split === 'tag') return key === '' ? sql`coalesce(e.tags, '{}') = '{}'` : sql`${key} = any(e.tags)`
  return sql`${splitSql(split)} = ${key}`
}
