import { sql } from 'kysely'
import { rangeOf } from '../../../kernel/core/access.ts'
import { Problem } from '../../../kernel/core/problem.ts'
import type { Actor } from '../../../kernel/server/actor.ts'
import { reachSql, type Tx } from '../../../kernel/server/db.ts'
import { containing } from '../../../kernel/server/like.ts'
import type { Filter, Row } from '../visit.ts'
import './tables.ts'

export interface Figures {
  all: number
  plan: number
  approve: number
  ready: number
  running: number
  done: number
  papersOpen: number
}

export interface Listed {
  rows: Row[]
  total: number
  figures: Figures
  next?: string
}

type Cursor = readonly [date: string, id: string]

const toCursor = (row: Row): string => Buffer.from(JSON.stringify([row.businessDate, row.id])).toString('base64url')

function fromCursor(text: string | undefined): Cursor | undefined {
  if (!text) return undefined
  try {
    const [date, id] = JSON.parse(Buffer.from(text, 'base64url').toString()) as string[]
    if (/^\d{4}-\d{2}-\d{2}$/.test(date ?? '') && /^[0-9a-f-]{36}$/.test(id ?? '')) return [date!, id!]
  } catch {
    // Refused below like any other text that is no cursor.
  }
  throw new Problem('invalid', 'common.bad_cursor')
}

/** All conditions but the states: the figures above the table count over the states. */
function conditions(actor: Actor, filter: Filter) {
  const all = [reachSql(actor, 'v')]
  if (filter.kinds?.length) all.push(sql`v.kind = any(${filter.kinds}::text[])`)
  if (filter.outcomes?.length) all.push(sql`v.outcome = any(${filter.outcomes}::text[])`)
  if (filter.from) all.push(sql`v.business_date >= ${filter.from}::date`)
  if (filter.to) all.push(sql`v.business_date <= ${filter.to}::date`)
  if (filter.areaCode) {
    const [from, to] = rangeOf(filter.areaCode)
    all.push(sql`v.area_code >= ${from} and v.area_code < ${to}`)
  }
  if (filter.gridId) all.push(sql`v.grid_id = ${filter.gridId}`)
  if (filter.enterpriseId) all.push(sql`v.enterprise_id = ${filter.enterpriseId}`)
  if (filter.siteId) all.push(sql`v.site_id = ${filter.siteId}`)
  if (filter.campaignId) all.push(sql`v.campaign_id = ${filter.campaignId}`)
  if (filter.teamId) all.push(sql`v.team_id = ${filter.teamId}`)
  if (filter.mine) all.push(sql`(v.created_by = ${actor.id} or exists (select from visit_person m where m.visit_id = v.id and m.person_id = ${actor.id}))`)
  if (filter.q) all.push(sql`(v.no ilike ${containing(filter.q)} or v.enterprise_id in (select q.id from enterprise q where q.name ilike ${containing(filter.q)}))`)
  return sql.join(all, sql` and `)
}

const papersOpen = sql`(v.urgent and v.decided_at is null and v.state in ('IN_PROGRESS', 'DONE'))`

/** One page, the exact total and the figures of the whole filter: one statement. */
export async function list(tx: Tx, actor: Actor, filter: Filter & { cursor?: string | undefined; limit: number }): Promise<Listed> {
  const cursor = fromCursor(filter.cursor)
  const states = filter.states?.length ? sql`b.state = any(${filter.states}::text[])` : sql`b.state <> 'VOID'`
  const open = filter.papersOpen ? sql`and b.papers_open` : sql``
  const after = cursor ? sql`and (b.business_date, b.id) < (${cursor[0]}::date, ${cursor[1]}::uuid)` : sql``
  const { rows } = await sql<{ rows: Row[]; total: number; figures: Figures }>`with b as materialized (
      select v.id, v.state, v.business_date, ${papersOpen} as papers_open from visit v where ${conditions(actor, filter)}),
    page as (select b.id, b.business_date from b where ${states} ${open} ${after} order by b.business_date desc, b.id desc limit ${filter.limit + 1})
    select (select coalesce(json_agg(${rowJson} order by v.business_date desc, v.id desc), '[]') from page join visit v on v.id = page.id join enterprise e on e.id = v.enterprise_id join site s on s.id = v.site_id) as rows,
      (select count(*)::int from b where ${states} ${open}) as total,
      (select json_build_object('all', count(*) filter (where b.state <> 'VOID'), 'plan', count(*) filter (where b.state in ('PLANNED', 'REFUSED')), 'approve', count(*) filter (where b.state = 'PENDING_APPROVAL'),
        'ready', count(*) filter (where b.state = 'APPROVED'), 'running', count(*) filter (where b.state = 'IN_PROGRESS'), 'done', count(*) filter (where b.state = 'DONE'), 'papersOpen', count(*) filter (where b.papers_open)) from b) as figures`.execute(tx)
  const found = rows[0]!
  const page = found.rows.slice(0, filter.limit)
  return { rows: page, total: found.total, figures: found.figures, ...(found.rows.length > filter.limit ? { next: toCursor(page.at(-1)!) } : {}) }
}

const iso = (column: string) => sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`)
const rowJson = sql`json_build_object('id', v.id, 'no', v.no, 'kind', v.kind, 'state', v.state, 'urgent', v.urgent, 'enterpriseId', v.enterprise_id, 'enterpriseName', e.name, 'siteId', v.site_id, 'siteName', s.name,
  'areaCode', v.area_code, 'gridId', v.grid_id, 'businessDate', v.business_date, 'plannedOn', v.planned_on, 'arrivedAt', ${iso('v.arrived_at')}, 'leftAt', ${iso('v.left_at')}, 'outcome', v.outcome,
  'findingCount', v.finding_count, 'fixedCount', v.fixed_count, 'majorCount', v.major_count, 'papersDueAt', case when ${papersOpen} then ${iso('v.papers_due_at')} end, 'version', v.version,
  'people', (select coalesce(string_agg(p.name, '、' order by p.ordinal), '') from visit_person p where p.visit_id = v.id and p.part <> 'COMPANION'))`

/** Rows for a download, newest first, in pieces of 1,000; at most 50,000. */
export async function* exported(tx: Tx, actor: Actor, filter: Filter): AsyncGenerator<Row> {
  let cursor: string | undefined
  for (let piece = 0; piece < 50; piece++) {
    const page = await list(tx, actor, { ...filter, cursor, limit: 1000 })
    yield* page.rows
    if (!page.next) return
    cursor = page.next
  }
}
