import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { Reach } from '../../../kernel/core/access.ts'
import type { Actor } from '../../../kernel/server/actor.ts'
import { reachSql, type Tx } from '../../../kernel/server/db.ts'
import { type SiteFacts, siteFacts } from '../../enterprise/server/public.ts'
import { agencyAt } from '../../staff/server/public.ts'
import type { CapRow } from '../cap.ts'
import { SETTING } from '../local.ts'
import type { Answer } from '../visit.ts'
import type { VisitTable } from './tables.ts'
import './tables.ts'

export type VisitRecord = Selectable<VisitTable>

/** A visit with the names that every screen and event wants. */
export interface Found extends VisitRecord {
  enterprise_name: string
  site_name: string
  address: string
  principal_name: string | null
  tags: string[]
  high_risk: boolean
  standard_level: string
  site_lon: number | null
  site_lat: number | null
}

export interface PersonRow {
  personId: string | null
  name: string
  organisation: string | null
  part: 'OFFICER' | 'EXPERT' | 'GRID' | 'ASSISTANT' | 'COMPANION'
  certificateNo: string | null
  certificateValidTo: string | null
  conflictDeclared: boolean
  conflict: string | null
}

const foundColumns = sql`v.*, e.name as enterprise_name, s.name as site_name, s.address, e.principal_name, e.tags, e.high_risk, e.standard_level, s.lon as site_lon, s.lat as site_lat`
const foundFrom = sql`visit v join enterprise e on e.id = v.enterprise_id join site s on s.id = v.site_id`
const peopleJson = sql`(select coalesce(json_agg(json_build_object('personId', p.person_id, 'name', p.name, 'organisation', p.organisation, 'part', p.part, 'certificateNo', p.certificate_no,
  'certificateValidTo', p.certificate_valid_to, 'conflictDeclared', p.conflict_declared, 'conflict', p.conflict) order by p.ordinal), '[]') from visit_person p where p.visit_id = v.id)`

/** One visit in reach. */
export async function find(tx: Tx, actor: Actor, id: string): Promise<Found | undefined> {
  const { rows } = await sql<Found>`select ${foundColumns} from ${foundFrom} where v.id = ${id} and ${reachSql(actor, 'v')}`.execute(tx)
  return rows[0]
}

/** Several visits with their people, in reach, locked against a second decision; in the order of the ids. */
export async function findAll(tx: Tx, actor: Actor, ids: readonly string[]): Promise<(Found & { people: PersonRow[] })[]> {
  const { rows } = await sql<Found & { people: PersonRow[] }>`select ${foundColumns}, ${peopleJson} as people from ${foundFrom}
    where v.id = any(${[...ids]}::uuid[]) and ${reachSql(actor, 'v', 'key')} order by array_position(${[...ids]}::uuid[], v.id) for update of v`.execute(tx)
  return rows
}

export interface Children {
  people: PersonRow[]
  answers: { versionId: string; itemCode: string; answer: 'COMPLIES' | 'FAILS' | 'FIXED' | 'NOT_APPLICABLE'; reason: string | null; note: string; byRest: boolean; photos: string[]; hazardId: string | null }[]
  scans: { id: string; moment: 'BEFORE' | 'BEFORE_LEAVING' | 'ADDED'; scannedAt: string; madeAt: string; reason: string | null }[]
}

/** What belongs to a visit the caller has found: one statement. */
export async function childrenOf(tx: Tx, id: string): Promise<Children> {
  const { rows } = await sql<Children>`select ${peopleJson} as people,
    (select coalesce(json_agg(json_build_object('versionId', a.version_id, 'itemCode', a.item_code, 'answer', a.answer, 'reason', a.reason, 'note', a.note, 'byRest', a.by_rest, 'photos', a.photos, 'hazardId', a.hazard_id)
      order by a.version_id, a.item_code), '[]') from visit_answer a where a.visit_id = v.id) as answers,
    (select coalesce(json_agg(json_build_object('id', c.id, 'moment', c.moment, 'scannedAt', to_char(c.scanned_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'madeAt', to_char(c.made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'reason', c.reason)
      order by c.made_at), '[]') from visit_scan c where c.visit_id = v.id) as scans
    from (select ${id}::uuid as id) v`.execute(tx)
  return rows[0]!
}

/** What the ceiling and the local rules say about a place in a year. */
export interface Standing {
  used: number
  caps: CapRow[]
  rules: unknown
}

interface StandingAsked {
  enterpriseId: RawBuilder<unknown>
  areaCode: RawBuilder<unknown>
  agencyId: RawBuilder<unknown>
  jointId: RawBuilder<unknown>
  year: number
  except: RawBuilder<unknown>
}

const chain = (areaCode: RawBuilder<unknown>) => sql`(${areaCode}, left(${areaCode}, 9) || '000', left(${areaCode}, 6) || '000000', left(${areaCode}, 4) || '00000000', left(${areaCode}, 2) || '0000000000', '000000000000')`

/** A joint check counts once, whatever the number of its sites; a visit of the same joint check therefore adds nothing. */
const standingColumns = (asked: StandingAsked) => sql`
  (select count(distinct coalesce(u.joint_id, u.id))::int from visit u where u.enterprise_id = ${asked.enterpriseId} and u.counts_to_cap
    and u.business_date between ${`${asked.year}-01-01`}::date and ${`${asked.year}-12-31`}::date and u.id <> ${asked.except} and u.agency_id is not distinct from ${asked.agencyId}
    and (${asked.jointId} is null or u.joint_id is distinct from ${asked.jointId}) and (u.state = 'IN_PROGRESS' or (u.state = 'DONE' and u.outcome = 'CHECKED'))) as used,
  (select coalesce(json_agg(json_build_object('areaCode', c.area_code, 'year', c.year, 'industryClass', c.industry_class, 'standardLevel', c.standard_level, 'capPerYear', c.cap_per_year, 'agencyLevel', c.agency_level, 'sourceDoc', c.source_doc)), '[]')
    from inspection_cap c where c.year = ${asked.year} and c.area_code in ${chain(asked.areaCode)}) as caps,
  (select t.value from setting t where t.key = ${SETTING} and t.area_code in ${chain(asked.areaCode)} order by t.area_code desc limit 1) as rules`

/** A stored visit with its people and its standing, in reach: one statement. */
export async function findForWork(tx: Tx, actor: Actor, id: string, year: number): Promise<(Found & Standing & { people: PersonRow[] }) | undefined> {
  const standing = standingColumns({ enterpriseId: sql`v.enterprise_id`, areaCode: sql`v.area_code`, agencyId: sql`v.agency_id`, jointId: sql`v.joint_id`, year, except: sql`v.id` })
  const { rows } = await sql<Found & Standing & { people: PersonRow[] }>`select ${foundColumns}, ${peopleJson} as people, ${standing} from ${foundFrom} where v.id = ${id} and ${reachSql(actor, 'v')}`.execute(tx)
  return rows[0]
}

export interface Place {
  enterpriseId: string
  areaCode: string
  agencyId: string | null
  jointId: string | null
  except: string
}

/** The standing of places that have no visit yet, in the order given: one statement. */
export async function standingsOf(tx: Tx, places: readonly Place[], year: number): Promise<Standing[]> {
  const standing = standingColumns({ enterpriseId: sql`x."enterpriseId"`, areaCode: sql`x."areaCode"`, agencyId: sql`x."agencyId"`, jointId: sql`x."jointId"`, year, except: sql`x."except"` })
  const { rows } = await sql<Standing>`select ${standing} from rows from (jsonb_to_recordset(${JSON.stringify(places)}::jsonb)
    as ("enterpriseId" uuid, "areaCode" text, "agencyId" uuid, "jointId" uuid, "except" uuid)) with ordinality as x("enterpriseId", "areaCode", "agencyId", "jointId", "except", n) order by x.n`.execute(tx)
  return rows
}

/** A site in reach with its bureau, its standing, and a number for the visit that may begin there: one statement. */
export async function siteForWork(tx: Tx, actor: { readonly reach: Reach }, asked: { siteId: string; inspection: boolean; jointId: string | null; except: string; year: number }): Promise<(SiteFacts & Standing & { agencyId: string | null; seq: string }) | undefined> {
  const standing = standingColumns({ enterpriseId: sql.ref('x.enterpriseId'), areaCode: sql.ref('x.areaCode'), agencyId: sql.ref('x.agencyId'), jointId: sql`${asked.jointId}::uuid`, year: asked.year, except: sql`${asked.except}::uuid` })
  const agency = asked.inspection ? sql`(select id from (${agencyAt(sql.ref('s.area_code'))}) o)` : sql`null::uuid`
  const { rows } = await sql<SiteFacts & Standing & { agencyId: string | null; seq: string }>`select x.*, ${standing}, lpad(nextval('visit_no_seq')::text, 6, '0') as seq
    from (select ${siteFacts(actor, [asked.siteId], sql`, ${agency} as "agencyId"`)}) x`.execute(tx)
  return rows[0]
}

/** Two starts at the last free place of the year queue up here; nobody else waits. Held until the end of the transaction. */
export const lockCap = (tx: Tx, enterpriseId: string, year: number) => sql`select pg_advisory_xact_lock(hashtext(${`visit.cap:${enterpriseId}:${year}`}))`.execute(tx)

/** The order number after `INS-{date}-{county}-`: from a sequence, so that nobody waits for anybody. */
const numbered = (prefix: RawBuilder<unknown>) => sql`${prefix} || lpad(nextval('visit_no_seq')::text, 6, '0')`

export type NewVisit = Omit<VisitRecord, 'no' | 'created_at' | 'decided_at' | 'submitted_at' | 'papers_due_at' | 'arrived_at' | 'left_at' | 'id_shown_at' | 'informed_at' | 'recorded_at' | 'voided_at'> &
  Record<'created_at' | 'decided_at' | 'submitted_at' | 'papers_due_at' | 'arrived_at' | 'left_at' | 'id_shown_at' | 'informed_at' | 'recorded_at' | 'voided_at', string | null>

export interface StoredPerson {
  visit_id: string
  ordinal: number
  person_id: string | null
  name: string
  organisation: string | null
  part: string
  certificate_no: string | null
  certificate_valid_to: string | null
  conflict_declared: boolean
  conflict: string | null
}

export interface StoredAnswerRow {
  version_id: string
  item_code: string
  answer: string
  reason: string | null
  note: string
  by_rest: boolean
  photos: string[]
  hazard_id: string | null
}

export interface StoredScan {
  id: string
  visit_id: string
  moment: string
  scanned_at: string
  made_at: string
  reason: string | null
  person_id: string
}

const personShape = sql.raw('visit_id uuid, ordinal int, person_id uuid, name text, organisation text, part text, certificate_no text, certificate_valid_to date, conflict_declared boolean, conflict text')
const personColumns = sql.raw('visit_id, ordinal, person_id, name, organisation, part, certificate_no, certificate_valid_to, conflict_declared, conflict')
const personFactNames = ['person_id', 'name', 'organisation', 'part', 'certificate_no', 'certificate_valid_to', 'conflict_declared', 'conflict']
const personUpdates = sql.raw(personFactNames.map((column) => `${column} = excluded.${column}`).join(', '))
const personFacts = (of: string) => sql.raw(personFactNames.map((column) => `${of}.${column}`).join(', '))

const insertVisits = (visits: readonly NewVisit[]) => sql`insert into visit select r.* from (
    select jsonb_populate_record(null::visit, x.value || jsonb_build_object('no', ${numbered(sql`'INS-' || replace(x.value->>'business_date', '-', '') || '-' || left(x.value->>'area_code', 6) || '-'`)})) as r
    from jsonb_array_elements(${JSON.stringify(visits)}::jsonb) with ordinality x(value, n) order by x.n offset 0) q, lateral (select (q.r).*) r`

export interface Stored {
  id: string
  no: string
  version: number
}

/** New planned visits with their people: one statement. */
export async function insertPlanned(tx: Tx, visits: readonly NewVisit[], people: readonly StoredPerson[]): Promise<Stored[]> {
  const { rows } = await sql<Stored>`with v as (${insertVisits(visits)} returning id, no, version),
    p as (insert into visit_person (${personColumns}) select ${personColumns} from jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as x(${personShape}))
    select id, no, version from v`.execute(tx)
  return rows
}

export interface Whole {
  people: readonly StoredPerson[]
  answers: readonly StoredAnswerRow[]
  scans: readonly StoredScan[]
}

type Head = { insert: NewVisit & { no: string } } | { update: Partial<VisitRecord> & { id: string }; base: number }

/** Everything a finished visit leaves, in one statement; a visit that was altered meanwhile gives undefined and writes nothing. */
export async function writeWhole(tx: Tx, head: Head, whole: Whole): Promise<Stored | undefined> {
  const { rows } = await wholeOf(head, whole).execute(tx)
  return rows[0]
}

export function wholeOf(head: Head, whole: Whole): RawBuilder<Stored> {
  const begun = 'insert' in head
  const v = begun ? sql`insert into visit select r.* from jsonb_populate_record(null::visit, ${JSON.stringify(head.insert)}::jsonb) r` : updateVisit(head.update, head.base)
  const people = sql`insert into visit_person (${personColumns}) select ${personColumns} from jsonb_to_recordset(${JSON.stringify(whole.people)}::jsonb) as x(${personShape})`
  const parts = [sql`v as (${v} returning visit.id, visit.no, visit.version)`, ...(begun ? [sql`p as (${people})`] : replacing(people, whole.people.length)), ...foundOf(whole)]
  return sql<Stored>`with ${sql.join(parts)} select id, no, version from v`
}

/** A visit that was planned has people and perhaps drafts: who stays as he was is not written again. */
const replacing = (people: RawBuilder<unknown>, count: number): RawBuilder<unknown>[] => [
  sql`p as (${people} where exists (select from v) on conflict (visit_id, ordinal) do update set ${personUpdates} where (${personFacts('visit_person')}) is distinct from (${personFacts('excluded')}))`,
  sql`gone as (delete from visit_person d using v where d.visit_id = v.id and d.ordinal > ${count})`,
  sql`drafts as (delete from visit_draft d using v where d.visit_id = v.id)`,
]

const foundOf = ({ scans, answers }: Whole): RawBuilder<unknown>[] => [
  ...(scans.length
    ? [sql`c as (insert into visit_scan (id, visit_id, moment, scanned_at, made_at, reason, person_id) select x.id, v.id, moment, scanned_at, made_at, reason, person_id
        from v, jsonb_to_recordset(${JSON.stringify(scans)}::jsonb) as x(id uuid, moment text, scanned_at timestamptz, made_at timestamptz, reason text, person_id uuid))`]
    : []),
  ...(answers.length
    ? [sql`a as (insert into visit_answer (visit_id, version_id, item_code, answer, reason, note, by_rest, photos, hazard_id) select v.id, version_id, item_code, answer, reason, note, by_rest, photos, hazard_id
        from v, jsonb_to_recordset(${JSON.stringify(answers)}::jsonb) as x(version_id uuid, item_code text, answer text, reason text, note text, by_rest boolean, photos uuid[], hazard_id uuid))`]
    : []),
]

const name = (column: string) => sql.ref(column)

function updateVisit(set: Partial<VisitRecord> & { id: string }, base: number) {
  const columns = Object.keys(set).filter((column) => column !== 'id').sort()
  return sql`update visit set version = visit.version + 1, ${sql.join(columns.map((column) => sql`${name(column)} = r.${name(column)}`))}
    from jsonb_populate_record(null::visit, ${JSON.stringify(set)}::jsonb) r where visit.id = r.id and visit.version = ${base}`
}

/** Changes columns of one visit when it is still at `base`; undefined otherwise. */
export async function update(tx: Tx, base: number, set: Partial<VisitRecord> & { id: string }): Promise<Stored | undefined> {
  const { rows } = await sql<Stored>`${updateVisit(set, base)} returning visit.id, visit.no, visit.version`.execute(tx)
  return rows[0]
}

/** The same columns for several visits that were found and locked. */
export async function updateAll(tx: Tx, ids: readonly string[], set: Partial<VisitRecord>): Promise<void> {
  await tx.updateTable('visit').set({ ...set, version: sql`version + 1` } as never).where('id', 'in', [...ids]).execute()
}

export const insertScan = (tx: Tx, scan: StoredScan) => tx.insertInto('visit_scan').values(scan as never).execute()

export async function saveDraft(tx: Tx, draft: { visitId: string; personId: string; changed: Record<string, unknown>; removed: readonly string[]; now: Date }): Promise<{ count: number }> {
  const { rows } = await sql<{ count: number }>`insert into visit_draft (visit_id, person_id, answers, saved_at, version)
    values (${draft.visitId}, ${draft.personId}, ${JSON.stringify(draft.changed)}::jsonb, ${draft.now}, 1)
    on conflict (visit_id, person_id) do update set answers = (visit_draft.answers || excluded.answers) - ${[...draft.removed]}::text[], saved_at = excluded.saved_at, version = visit_draft.version + 1
    returning (select count(*)::int from jsonb_object_keys(visit_draft.answers)) as count`.execute(tx)
  return rows[0]!
}

/** One's own draft of a visit, in no particular order. */
export async function draftOf(tx: Tx, visitId: string, personId: string): Promise<Answer[]> {
  const row = await tx.selectFrom('visit_draft').select('answers').where('visit_id', '=', visitId).where('person_id', '=', personId).executeTakeFirst()
  return row ? (Object.values(row.answers) as Answer[]) : []
}

export interface TimelineRow {
  at: string
  event: string
  actor: string
  data: Record<string, unknown>
}

export async function timeline(tx: Tx, id: string): Promise<TimelineRow[]> {
  const { rows } = await sql<TimelineRow>`select occurred_at as at, event, actor_name as actor, data from domain_event where aggregate_id = ${id} and event <> 'visit.draft_saved' order by seq limit 200`.execute(tx)
  return rows
}
