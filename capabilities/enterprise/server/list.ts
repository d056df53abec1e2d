import { type RawBuilder, sql } from 'kysely'
import { Problem } from '../../../kernel/core/problem.ts'
import type { Actor } from '../../../kernel/server/actor.ts'
import { reachSql, type Tx } from '../../../kernel/server/db.ts'
import { narrowedTo, rangeOf } from '../../../kernel/core/access.ts'
import { containing } from '../../../kernel/server/like.ts'
import { industryPath, industriesBelow } from '../industry.ts'
import { lookupOf } from '../search.ts'
import type { EnterpriseFilter } from '../enterprise.ts'

type Filter = Omit<EnterpriseFilter, 'sort' | 'cursor' | 'limit'>
type Condition = RawBuilder<unknown>

/** Everything a filter says, as conditions on alias e. Reach comes first; voided records are never listed. */
export function conditionsOf(actor: Actor, filter: Filter, blind: (text: string) => string): Condition[] {
  const onlyAreas = !actor.reach.grids.length && !actor.reach.enterprises.length
  const reach = filter.area && onlyAreas ? narrowedTo(actor.reach, filter.area) : actor.reach
  const found: Condition[] = [sql`e.voided_at is null`, reachSql({ reach }, 'e')]
  const any = (column: string, values: readonly string[] | undefined) => values?.length && found.push(sql`${sql.ref(column)} = any(${[...values]}::text[])`)
  if (filter.area && !onlyAreas) {
    const [from, to] = rangeOf(filter.area)
    found.push(sql`e.area_code >= ${from} and e.area_code < ${to}`)
  }
  if (filter.grid) found.push(sql`e.grid_id = ${filter.grid}`)
  if (filter.park) found.push(sql`e.park_id = ${filter.park}`)
  if (filter.industry?.length) found.push(industryCondition(filter.industry))
  any('e.gongmao_sector', filter.sector)
  any('e.state', filter.state)
  any('e.size_grade', filter.size)
  any('e.site_kind', filter.siteKind)
  any('e.risk_color', filter.riskColor)
  any('e.standard_level', filter.standard)
  if (filter.aboveScale !== undefined) found.push(filter.aboveScale ? sql`e.above_scale` : sql`not e.above_scale`)
  if (filter.highRisk !== undefined) found.push(filter.highRisk ? sql`e.high_risk` : sql`not e.high_risk`)
  if (filter.tags?.length) found.push(sql`e.tags @> ${[...filter.tags]}::text[]`)
  if (filter.located !== undefined) found.push(filter.located ? sql`e.lon is not null` : sql`e.lon is null`)
  if (filter.box) found.push(sql`(e.lon between ${filter.box.west} and ${filter.box.east} and e.lat between ${filter.box.south} and ${filter.box.north})`)
  if (filter.importId) found.push(sql`e.import_id = ${filter.importId}`)
  if (filter.q) found.push(textCondition(filter.q, blind))
  return found
}

/** Sections and divisions by number, groups and classes by the range of their text. */
function industryCondition(codes: readonly string[]): Condition {
  const parts = codes.map((code) => {
    if (code.length === 1) return sql`e.division = any(${industriesBelow(code).map((node) => Number(node.code))}::smallint[])`
    if (code.length === 2) return sql`e.division = ${Number(code)}`
    return industryPath(code).length ? sql`(e.industry_code >= ${code} and e.industry_code < ${`${code}~`})` : sql`false`
  })
  return sql`(${sql.join(parts, sql` or `)})`
}


/**
 * The pairs narrow by index, the `like` decides: pairs alone would also find words whose pairs stand apart. Punctuation is no
 * part of the pairs, so the register's own brackets are taken out before comparing.
 */
export function textCondition(typed: string, blind: (text: string) => string): Condition {
  const lookup = lookupOf(typed)
  switch (lookup.by) {
    case 'nothing':
      return sql`true`
    case 'code':
      return sql`e.credit_code = ${lookup.code}`
    case 'phone':
      return sql`e.principal_phone_blind = ${blind(lookup.phone)}`
    case 'text': {
      const like = containing(lookup.text)
      const holds = sql`(e.name_py like ${like} or translate(lower(e.name || '|' || e.address), ${PUNCTUATION}, '') like ${like})`
      // Two characters are one pair, and the index knows them exactly: nothing is left to compare.
      const exact = lookup.pairs.length === 1 && [...lookup.text].length === 2
      const parts = [exact ? sql`e.words @> ${lookup.pairs}::text[]` : lookup.pairs.length ? sql`(e.words @> ${lookup.pairs}::text[] and ${holds})` : holds]
      if (lookup.tail) parts.push(sql`e.principal_phone_tail = ${lookup.tail}`)
      if (lookup.codePart) parts.push(sql`e.credit_code like ${`%${lookup.codePart}%`}`)
      return sql`(${sql.join(parts, sql` or `)})`
    }
  }
}

/** What normaliseText drops and names and addresses do hold. */
const PUNCTUATION = '（）()·・-—－、，,。.“”"\'《》〈〉【】[]&＆#＃/／:： \u3000'

interface Order {
  by: RawBuilder<unknown>
  value: RawBuilder<unknown>
  after: (value: string, id: string) => Condition
}

/** By one column and then by id, up or down; the cursor compares the pair. */
function ordered(column: RawBuilder<unknown>, down: boolean, cast = ''): Order {
  const as = sql.raw(cast)
  if (down) return { by: sql`${column} desc, e.id desc`, value: column, after: (value, id) => sql`(${column}, e.id) < (${value}${as}, ${id}::uuid)` }
  return { by: sql`${column}, e.id`, value: column, after: (value, id) => sql`(${column}, e.id) > (${value}${as}, ${id}::uuid)` }
}

const [area, name, employees] = [sql`e.area_code`, sql`e.name collate "C"`, sql`coalesce(e.employees, -1)`]
const orders: Record<EnterpriseFilter['sort'], Order> = {
  area: ordered(area, false), '-area': ordered(area, true), name: ordered(name, false), '-name': ordered(name, true), employees: ordered(employees, false, '::int'), '-employees': ordered(employees, true, '::int'),
  newest: { by: sql`e.id desc`, value: sql`''`, after: (_, id) => sql`e.id < ${id}::uuid` },
}

const CURSOR = /^([0-9a-f-]{36})\|(.*)$/s

/** Where the last page ended; a text that no page has given is refused. */
function afterCursor(sort: EnterpriseFilter['sort'], cursor: string): Condition {
  const [, id, value] = CURSOR.exec(cursor) ?? []
  if (id === undefined || value === undefined || (sort.endsWith('employees') && !/^-?\d{1,9}$/.test(value))) throw new Problem('invalid', 'common.bad_cursor', { fields: [{ path: 'cursor', code: 'common.bad_cursor' }] })
  return orders[sort].after(value, id)
}

const and = (conditions: readonly Condition[]) => sql.join([...conditions], sql` and `)

/** The columns of a row, named as the contract names them; the order of the names is the contract's. */
export const rowColumns = sql.raw(`
  e.id, e.name, e.credit_code as "creditCode", e.identity_kind as "identityKind", e.site_kind as "siteKind", e.state, e.industry_code as "industryCode", e.gongmao_sector as "gongmaoSector",
  e.size_grade as "sizeGrade", e.above_scale as "aboveScale", e.high_risk as "highRisk", e.standard_level as "standardLevel", e.risk_color as "riskColor", e.tags, e.employees, e.area_code as "areaCode",
  (select a.name from area a where a.code = e.area_code) as "areaName", (select a.name from area a where a.code = left(e.area_code, 9) || '000') as "streetName",
  e.grid_id as "gridId", (select g.name from grid g where g.id = e.grid_id) as "gridName", e.park_id as "parkId", (select p.name from park p where p.id = e.park_id) as "parkName",
  e.address, e.principal_name as "principalName", coalesce(e.principal_phone_masked, '*******' || e.principal_phone_tail) as "principalPhone", e.lon, e.lat, e.version`)

/**
 * One page as the very JSON text of the contract: PostgreSQL builds it, nobody parses and writes it again. Total is exact.
 * A test holds it against the output schema.
 */
export async function page(tx: Tx, actor: Actor, input: EnterpriseFilter, blind: (text: string) => string): Promise<string> {
  const { sort, cursor, limit, ...filter } = input
  const where = and(conditionsOf(actor, filter, blind))
  const order = orders[sort]
  const from = cursor ? afterCursor(sort, cursor) : sql`true`
  // A keyword is looked for once: its hits are kept (narrow) for page and total. Without one the index gives the page in
  // order and counts without touching rows, and keeping all of them would cost more than a second scan.
  const found = filter.q ? sql`m as materialized (select e.id, e.name, e.area_code, e.employees from enterprise e where ${where}),` : sql``
  const source = filter.q ? sql`select e.id, ${order.value}::text as k from m e where ${from} order by ${order.by} limit ${limit + 1}` : sql`select e.id, ${order.value}::text as k from enterprise e where ${where} and ${from} order by ${order.by} limit ${limit + 1}`
  const total = filter.q ? sql`(select count(*) from m)` : sql`(select count(*) from enterprise e where ${where})`
  const { rows } = await sql<{ body: string }>`
    with ${found} p as materialized (
      select row_to_json(r)::text as j, p.id, p.n, p.k from (select s.id, s.k, row_number() over () as n from (${source}) s) p join enterprise e on e.id = p.id cross join lateral (select ${rowColumns}) r
    )
    select '{"rows":[' || coalesce(string_agg(j, ',' order by n) filter (where n <= ${limit}), '') || '],"total":' || ${total}
      || case when max(n) > ${limit} then ',"next":' || to_json(max(id::text || '|' || k) filter (where n = ${limit}))::text else '' end || '}' as body
    from p`.execute(tx)
  return rows[0]?.body ?? '{"rows":[],"total":0}'
}

export interface Figures {
  total: number
  aboveScale: number
  highRisk: number
  active: number
  stopped: number
  red: number
  orange: number
  unlocated: number
}

export async function figures(tx: Tx, actor: Actor, filter: Filter, blind: (text: string) => string): Promise<Figures> {
  const { rows } = await sql<Figures>`
    select count(*) as total, count(*) filter (where above_scale) as "aboveScale", count(*) filter (where high_risk) as "highRisk", count(*) filter (where state = 'ACTIVE') as active,
      count(*) filter (where state in ('VOLUNTARY_STOP','ORDERED_STOP','LONG_STOP')) as stopped, count(*) filter (where risk_color = 'RED') as red, count(*) filter (where risk_color = 'ORANGE') as orange,
      count(*) filter (where lon is null) as unlocated
    from enterprise e where ${and(conditionsOf(actor, filter, blind))}`.execute(tx)
  return rows[0]!
}

export interface FoundRow {
  id: string
  name: string
  creditCode: string | null
  address: string
  areaName: string | null
  siteKind: string
  state: 'ACTIVE'
  mainSiteId: string | null
  lon: number | null
  lat: number | null
}

/** For the search box: names that begin so first, then names that hold it, then the rest. */
export async function find(tx: Tx, actor: Actor, q: string, limit: number, blind: (text: string) => string): Promise<FoundRow[]> {
  const { rows } = await sql<FoundRow>`
    select e.id, e.name, e.credit_code as "creditCode", e.address, (select a.name from area a where a.code = e.area_code) as "areaName", e.site_kind as "siteKind", e.state, e.lon, e.lat,
      (select s.id from site s where s.enterprise_id = e.id and s.voided_at is null order by s.is_main desc, s.id limit 1) as "mainSiteId"
    from enterprise e where ${and(conditionsOf(actor, { q }, blind))}
    order by (case when starts_with(e.name, ${q}) then 0 when position(${q} in e.name) > 0 then 1 else 2 end), length(e.name), e.id limit ${limit}`.execute(tx)
  return rows
}

/** One batch of the export: the same conditions and order as the list, by the same cursor. */
export async function exportBatch(tx: Tx, actor: Actor, input: EnterpriseFilter, blind: (text: string) => string): Promise<(Record<string, unknown> & { id: string; cursor: string })[]> {
  const { sort, cursor, limit, ...filter } = input
  const order = orders[sort]
  const from = cursor ? sql` and ${afterCursor(sort, cursor)}` : sql``
  const { rows } = await sql<Record<string, unknown> & { id: string; cursor: string }>`
    select ${rowColumns}, e.principal_phone_sealed as sealed, e.id::text || '|' || ${order.value}::text as cursor
    from enterprise e where ${and(conditionsOf(actor, filter, blind))}${from} order by ${order.by} limit ${limit}`.execute(tx)
  return rows
}
