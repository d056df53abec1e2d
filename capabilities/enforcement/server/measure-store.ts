import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../../../kernel/server/actor.ts'
import { reachSql, type Tx } from '../../../kernel/server/db.ts'
import type { Held } from '../measure-rules.ts'
import { alertOf, dueOf, type MeasureFilter, type MeasureRow, type MeasureState, type SealedThing, type SealKind, type Testing } from '../measure.ts'
import './tables.ts'

export interface Measure {
  id: string
  paper_id: string
  no: string | null
  kind: SealKind
  state: MeasureState
  agency_id: string
  enterprise_id: string
  enterprise_name: string
  site_id: string
  site_name: string
  area_code: string
  grid_id: string | null
  officers: string[]
  drafted_by: string
  reason: string
  things: SealedThing[]
  started_on: string
  days: number
  extended_days: number
  tested_days: number
  due_on: string
  urgent: boolean
  approval_due_at: string | null
  approved: boolean | null
  approved_by_name: string | null
  approved_at: string | null
  approval_note: string | null
  extension_paper_id: string | null
  release_paper_id: string | null
  alert: number | null
  released_on: string | null
  version: number
}

const open = sql.raw(`('IN_FORCE','TESTING','EXPIRED')`)

/** One measure in reach, by its id or its decision's; `lock` for a command. */
export async function find(tx: Tx, actor: Pick<Actor, 'reach'>, id: string, lock = false): Promise<Measure | undefined> {
  const { rows } = await sql<Measure>`select m.* from seal_measure m where (m.id = ${id} or m.paper_id = ${id}) and ${reachSql(actor, 'm')} ${lock ? sql`for update` : sql``}`.execute(tx)
  return rows[0]
}

/** The measure of a decision that was found in reach. */
export async function ofPaper(tx: Tx, paperId: string): Promise<Measure | undefined> {
  return (await sql<Measure>`select m.* from seal_measure m where m.paper_id = ${paperId} for update`.execute(tx)).rows[0]
}

/** What is held at a site now. */
export async function heldAt(tx: Tx, siteId: string): Promise<Held[]> {
  const { rows } = await sql<Held>`select t ->> 'name' as name, t ->> 'place' as place, m.no from seal_measure m, jsonb_array_elements(m.things) t where m.site_id = ${siteId} and m.state in ${open}`.execute(tx)
  return rows
}

export async function testingOf(tx: Tx, measureId: string): Promise<Testing[]> {
  const { rows } = await sql<Testing>`select id, what, lab, notice, from_on as "from", to_on as "to", result from seal_testing where measure_id = ${measureId} order by from_on, id`.execute(tx)
  return rows
}

export async function insert(tx: Tx, m: Omit<Measure, 'version' | 'extended_days' | 'tested_days' | 'extension_paper_id' | 'release_paper_id' | 'alert' | 'released_on'> & { approved_by: string | null }): Promise<void> {
  await sql`insert into seal_measure (id, paper_id, no, kind, state, agency_id, enterprise_id, enterprise_name, site_id, site_name, area_code, grid_id, officers, drafted_by, reason, things, started_on, days, due_on, urgent, approval_due_at, approved, approved_by, approved_by_name, approved_at, approval_note)
    values (${m.id}, ${m.paper_id}, ${m.no}, ${m.kind}, ${m.state}, ${m.agency_id}, ${m.enterprise_id}, ${m.enterprise_name}, ${m.site_id}, ${m.site_name}, ${m.area_code}, ${m.grid_id}, ${m.officers}::uuid[], ${m.drafted_by}, ${m.reason}, ${JSON.stringify(m.things)}::jsonb,
      ${m.started_on}::date, ${m.days}, ${m.due_on}::date, ${m.urgent}, ${m.approval_due_at}::timestamptz, ${m.approved}, ${m.approved_by}, ${m.approved_by_name}, ${m.approved_at}::timestamptz, ${m.approval_note})`.execute(tx)
}

/** Writes what changed and raises the version. The row was locked before. */
export async function save(tx: Tx, before: Measure, m: Measure, approvedBy: string | null = null): Promise<void> {
  await sql`update seal_measure set state = ${m.state}, extended_days = ${m.extended_days}, tested_days = ${m.tested_days}, due_on = ${m.due_on}::date, approved = ${m.approved}::boolean, approved_by = coalesce(${approvedBy}::uuid, approved_by), approved_by_name = ${m.approved_by_name},
    approved_at = ${m.approved_at}::timestamptz, approval_note = ${m.approval_note}, extension_paper_id = ${m.extension_paper_id}::uuid, release_paper_id = ${m.release_paper_id}::uuid, alert = ${m.alert}::int, released_on = ${m.released_on}::date, version = ${before.version + 1} where id = ${m.id}`.execute(tx)
}

export const startTest = (tx: Tx, measureId: string, t: { id: string; what: string; lab: string; notice: string; from: string }) =>
  sql`insert into seal_testing (id, measure_id, what, lab, notice, from_on) values (${t.id}, ${measureId}, ${t.what}, ${t.lab}, ${t.notice}, ${t.from}::date)`.execute(tx)
export const endTest = (tx: Tx, measureId: string, to: string, result: string) => sql`update seal_testing set to_on = ${to}::date, result = ${result} where measure_id = ${measureId} and to_on is null`.execute(tx)

/** Ids of open measures that the clock has something to say about today; one whose turn is still queued is not queued again. */
export async function ticking(tx: Tx, today: string): Promise<string[]> {
  const { rows } = await sql<Pick<Measure, 'id' | 'state' | 'due_on' | 'alert'>>`select m.id, m.state, m.due_on, m.alert from seal_measure m where ((m.state in ('IN_FORCE','EXPIRED') and m.due_on <= ${today}::date + 7) or m.state = 'TESTING')
    and not exists (select from job j where j.kind = 'enforcement.seal_tick' and j.done_at is null and j.payload ->> 'id' = m.id::text) order by m.due_on, m.id limit 500`.execute(tx)
  return rows.filter((m) => m.state === 'TESTING' || alertOf(m.due_on, today) !== m.alert).map((m) => m.id)
}

/** For the clock, which acts everywhere. */
export const locked = async (tx: Tx, id: string): Promise<Measure | undefined> => (await sql<Measure>`select m.* from seal_measure m where m.id = ${id} for update`.execute(tx)).rows[0]

type Figures = { open: number; soon: number; expired: number; unapproved: number; enterprises: number }

/** Nearest end first; figures that are filters too. One statement. */
export async function list(tx: Tx, actor: Pick<Actor, 'reach'>, f: MeasureFilter, today: string): Promise<{ rows: MeasureRow[]; total: number; figures: Figures; next?: string }> {
  const parts: RawBuilder<unknown>[] = [reachSql(actor, 'm')]
  if (f.q) parts.push(sql`strpos(concat_ws(' ', m.no, m.enterprise_name, m.site_name), ${f.q}) > 0`)
  if (f.kind) parts.push(sql`m.kind = ${f.kind}`)
  if (f.enterpriseId) parts.push(sql`m.enterprise_id = ${f.enterpriseId}`)
  if (f.areaCode) parts.push(sql`m.area_code >= ${f.areaCode} and m.area_code < ${`${f.areaCode.replace(/(000)+$/, '')}~`}`)
  const soon = sql`(b.state in ${open} and b.due_on <= ${today}::date + 7)`
  const unapproved = sql`(b.approved is null and b.state in ${open})`
  const shown = [f.state?.length ? sql`b.state = any(${f.state}::text[])` : sql`b.state <> 'VOIDED'`, ...(f.soon ? [soon] : []), ...(f.unapproved ? [unapproved] : [])]
  const where = sql.join(shown, sql` and `)
  const at = /^(\d{4}-\d\d-\d\d)_([0-9a-f-]{36})$/.exec(f.cursor ?? '')
  const { rows } = await sql<Figures & { total: number; page: Measure[] | null }>`
    with b as materialized (select m.* from seal_measure m where ${sql.join(parts, sql` and `)}),
    page as (select * from b where ${where} ${at ? sql`and (due_on, id) > (${at[1]}::date, ${at[2]}::uuid)` : sql``} order by due_on, id limit ${f.limit + 1})
    select count(*) filter (where ${where})::int as total, count(*) filter (where b.state in ${open})::int as open, count(*) filter (where ${soon})::int as soon, count(*) filter (where b.state = 'EXPIRED')::int as expired,
      count(*) filter (where ${unapproved})::int as unapproved, count(distinct b.enterprise_id) filter (where b.state in ${open})::int as enterprises,
      (select jsonb_agg(to_jsonb(page) order by due_on, id) from page) as page from b`.execute(tx)
  const { page, total, ...figures } = rows[0]!
  const found = (page ?? []).slice(0, f.limit)
  const last = found.at(-1)
  return { rows: found.map(toRow), total, figures, ...((page?.length ?? 0) > f.limit && last ? { next: `${last.due_on}_${last.id}` } : {}) }
}

const instant = (at: string | null): string | null => (at ? new Date(at).toISOString() : null)

export const toRow = (m: Measure): MeasureRow => ({
  id: m.id, paperId: m.paper_id, no: m.no, kind: m.kind, state: m.state, enterpriseId: m.enterprise_id, enterpriseName: m.enterprise_name, siteName: m.site_name, thingCount: m.things.length, startedOn: m.started_on, dueOn: m.due_on, extendedDays: m.extended_days,
  urgent: m.urgent, approvalDueAt: instant(m.approval_due_at), approved: m.approved, releasedOn: m.released_on, version: m.version,
})

/** The last day of a measure, tests included. */
export const dueNow = (m: Pick<Measure, 'started_on' | 'days' | 'extended_days'>, testing: readonly Pick<Testing, 'from' | 'to'>[], today: string): string =>
  dueOf({ startedOn: m.started_on, days: m.days, extendedDays: m.extended_days, testing }, today)
