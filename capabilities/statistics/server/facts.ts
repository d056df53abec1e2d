import { type RawBuilder, sql } from 'kysely'
import { Problem } from '../../../kernel/core/problem.ts'
import type { Actor } from '../../../kernel/server/actor.ts'
import type { Tx } from '../../../kernel/server/db.ts'
import { addDays } from '../../../kernel/core/time.ts'
import { ALL, type Fact, type Scope, type Split } from '../figures.ts'
import { type Base, type BaseName, bases, type Window } from './bases.ts'
import { conditionOf, type Counting, countings } from './counting.ts'
import { cannot, countFigures, rowsInScope, windowOf } from './figures.ts'
import { splitSql } from './splits.ts'

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
  const inCell = by.flatMap((split, i) => (keys[i] === undefined || keys[i] === ALL ? [] : [cellSql(split, keys[i])]))
  const w = windowOf(scope, now)
  const total = counting.sum ? await thingsAdded(tx, rowsInScope(actor, counting.base, scope, w, inCell), counting, scope) : await numberOf(tx, actor, asked.metric, scope, now, by, keys)
  const rows = total === 0 ? [] : await newest({ tx, actor, asked, counting, what, scope, inCell, w })
  const page = rows.slice(0, asked.limit).map(({ amount, ...row }): Fact => ({ ...row, ...(typeof amount === 'number' ? { amount } : {}) }))
  const last = page.at(-1)
  return { rows: page, total, ...(rows.length > asked.limit && last ? { next: `${last.day}~${last.key}` } : {}) }
}

/** The number itself, of a cell or the whole: what a narrowing can say is not asked for as a row of a table. */
async function numberOf(tx: Tx, actor: Actor, metric: string, asked: Scope, now: Date, splits: readonly Split[], keysOf: readonly string[]): Promise<number> {
  let scope = asked
  const left = splits.flatMap((split, i): [Split, string][] => {
    const key = keysOf[i] ?? ALL
    const narrow = key === ALL || key === '' ? undefined : narrowing[split]?.(key)
    if (key === ALL) return []
    if (!narrow || Object.keys(narrow).some((name) => scope[name as keyof Scope] !== undefined)) return [[split, key]]
    scope = { ...scope, ...narrow }
    return []
  })
  const by = left.map(([split]) => split)
  const counted = await countFigures(tx, actor, [metric], scope, now, by)
  if (!left.length) return counted.total[metric]?.value ?? 0
  return counted.cells.find((cell) => left.every(([, key], i) => cell.keys[i] === key))?.n[counted.counts.indexOf(metric)] ?? 0
}

/** Contact kinds are not among them: named, they replace a metric's own. */
const narrowing: Partial<Record<Split, (key: string) => Partial<Scope>>> = {
  street: (key) => ({ areas: [key] }),
  industry: (key) => ({ industries: [key] }),
  size: (key) => ({ sizes: [key as NonNullable<Scope['sizes']>[number]] }),
  campaign: (key) => ({ campaignId: key }),
  level: (key) => ({ level: key as NonNullable<Scope['level']> }),
  source: (key) => ({ sources: [key as NonNullable<Scope['sources']>[number]] }),
}

/** A sum has as many entries as things were added up. */
async function thingsAdded(tx: Tx, rows: RawBuilder<unknown>, counting: Counting, scope: Scope): Promise<number> {
  const { rows: [found] } = await sql<{ n: number }>`select count(*)::int as n from (select f.* from ${rows}) x where ${sql.raw(conditionOf(counting, scope.kinds !== undefined))}`.execute(tx)
  return found?.n ?? 0
}

interface Page {
  readonly tx: Tx
  readonly actor: Actor
  readonly asked: FactsAsked
  readonly counting: Counting
  readonly what: Fact['record']
  readonly scope: Scope
  readonly inCell: readonly RawBuilder<unknown>[]
  readonly w: Window
}

/** How many days back are looked through for a page, one after the other until it is full. */
const steps = [1, 8, 40, 200]

/** The newest entries before the cursor, one more than the page: from the last days where a thing belongs to one day, else from the whole period. */
async function newest(page: Page): Promise<(Fact & { amount: number | null })[]> {
  const { w, asked: { cursor = '', limit } } = page
  const [day, after] = cursor.split('~')
  const before = day && after ? { day, after } : undefined
  const to = before && before.day < w.to ? before.day : w.to
  if (await inOneDay(page)) {
    for (const back of steps) {
      const from = addDays(to, 1 - back)
      if (from <= w.from) break
      const rows = await entries(page, { ...w, from, to }, before)
      if (rows.length > limit) return rows
    }
    return entries(page, { ...w, to }, before)
  }
  return entries(page, w, before)
}

/** Does every thing counted stand on one day only? Enterprises and people do not, nor joint checks of several days. */
async function inOneDay({ tx, counting: { base, once }, w }: Page): Promise<boolean> {
  if ((bases[base] as Base).stock || base === 'capVisit' || (once && once !== 'x.once' && base !== 'presence') || once === 'x.who') return false
  if (base !== 'visit' || !once) return true
  const { rows } = await sql`select 1 from visit where joint_id is not null and state = 'DONE' and business_date between ${w.from}::date and ${w.to}::date group by joint_id having min(business_date) < max(business_date) limit 1`.execute(tx)
  return rows.length === 0
}

async function entries({ tx, actor, asked, counting, what, scope, inCell }: Page, w: Window, before: { day: string; after: string } | undefined): Promise<(Fact & { amount: number | null })[]> {
  const key = sql.raw(`(${counting.once ?? 'x.id'})::text`)
  const { id, title, no, join } = shown[what]
  const further = before ? sql`where (x.day, x.fact_key) < (${before.day}::date, ${before.after})` : sql``
  const { rows } = await sql<Fact & { amount: number | null }>`
    with x as materialized (select * from (select distinct on (fact_key) y.* from (select x.*, ${key} as fact_key from (select f.* from ${rowsInScope(actor, counting.base, scope, w, inCell)}) x where ${sql.raw(conditionOf(counting, scope.kinds !== undefined))}) y where fact_key is not null order by fact_key, day) x
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
