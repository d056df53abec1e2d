import { type RawBuilder, sql } from 'kysely'
import { Problem } from '../../../kernel/core/problem.ts'
import type { Actor } from '../../../kernel/server/actor.ts'
import type { Tx } from '../../../kernel/server/db.ts'
import { ALL, type Fact, type Scope, type Split } from '../figures.ts'
import type { BaseName } from './bases.ts'
import { conditionOf, type Counting, countings } from './counting.ts'
import { cannot, rowsInScope, windowOf } from './figures.ts'
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

/**
 * What a count counted, one row per thing, newest first. The rows and conditions are those of the count itself, so the total
 * is the number. @throws Problem when the metric has no list (a rate has two: ask for one of its counts)
 */
export async function factsOf(tx: Tx, actor: Actor, asked: FactsAsked, scope: Scope, now: Date): Promise<{ rows: Fact[]; total: number; next?: string }> {
  const counting = countings[asked.metric]
  const by = asked.by ?? []
  if (!counting || cannot(counting, scope, by)) throw new Problem('refused', 'statistics.no_list')
  const what = record(counting)
  if (!actor.has(verbs[what])) throw new Problem('forbidden', 'common.forbidden')
  const keys = asked.cell === undefined ? [] : asked.cell.split(',')
  const inCell = by.flatMap((split, i) => (keys[i] === undefined || keys[i] === ALL ? [] : [cellSql(split, keys[i])]))
  const key = sql.raw(`(${counting.once ?? 'x.id'})::text`)
  const w = windowOf(scope, now)
  const { id, title, no, join } = shown[what]
  const [day, after] = (asked.cursor ?? '').split('~')
  const further = day && after ? sql`where (x.day, x.fact_key) < (${day}::date, ${after})` : sql``
  const { rows } = await sql<Fact & { total: number }>`
    with x as materialized (select distinct on (fact_key) y.* from (select x.*, ${key} as fact_key from (select f.* from ${rowsInScope(actor, counting.base, scope, w, inCell)}) x where ${sql.raw(conditionOf(counting, scope.kinds !== undefined))}) y order by fact_key, day)
    select x.fact_key as key, ${what} as record, ${sql.raw(id)} as "recordId", coalesce(${sql.raw(title)}, '') as title, ${sql.raw(no)} as no, n.name as "enterpriseName", x.enterprise_id as "enterpriseId", coalesce(a.name, '') as "areaName", x.day,
      ${counting.sum ? sql.raw(counting.sum) : sql`null::int`} as amount, (select count(*)::int from x) as total
    from x ${sql.raw(join)} left join enterprise n on n.id = x.enterprise_id left join area a on a.code = x.area_code
    ${further} order by x.day desc, x.fact_key desc limit ${asked.limit + 1}`.execute(tx)
  const page = rows.slice(0, asked.limit).map(({ total: _, amount, ...row }): Fact => ({ ...row, ...(typeof amount === 'number' ? { amount } : {}) }))
  const last = page.at(-1)
  const total = rows[0]?.total ?? 0
  return { rows: page, total, ...(rows.length > asked.limit && last ? { next: `${last.day}~${last.key}` } : {}) }
}

function cellSql(split: Split, key: string): RawBuilder<unknown> {
  if (split === 'tag') return key === '' ? sql`coalesce(e.tags, '{}') = '{}'` : sql`${key} = any(e.tags)`
  return sql`${splitSql(split)} = ${key}`
}
