import { type Selectable, sql } from 'kysely'
import { missing } from '../../../kernel/core/problem.ts'
import type { Actor } from '../../../kernel/server/actor.ts'
import { reach, reachSql, type Tx } from '../../../kernel/server/db.ts'
import type { EnterpriseTable, SiteTable } from './tables.ts'

export type EnterpriseRecord = Selectable<EnterpriseTable>
export type SiteRecord = Selectable<SiteTable>

/** The row to be changed, locked, in reach. Throws enterprise.missing. */
export async function lockEnterprise(tx: Tx, actor: Actor, id: string): Promise<EnterpriseRecord> {
  const row = await reach(tx, actor).from('enterprise').selectAll().where('enterprise.id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw missing('enterprise.missing')
  return row
}

export async function lockSite(tx: Tx, actor: Actor, enterpriseId: string, siteId: string): Promise<SiteRecord> {
  const row = await reach(tx, actor).from('site').selectAll().where('site.id', '=', siteId).where('site.enterprise_id', '=', enterpriseId).where('site.voided_at', 'is', null).forUpdate().executeTakeFirst()
  if (!row) throw missing('enterprise.missing')
  return row
}

/** Everything that a place refers to, asked in one statement. Null where there is none, or none in reach. */
export interface PlaceFacts {
  area: { code: string; name: string; kind: string } | null
  grid: { areaCode: string; name: string } | null
  park: { id: string; areaCode: string } | null
  parentSite: { id: string; name: string } | null
  building: { id: string } | null
}
export interface PlaceAsked {
  areaCode: string
  gridId?: string | null | undefined
  parkId?: string | null | undefined
  parentSiteId?: string | null | undefined
  buildingId?: string | null | undefined
}

export async function placeFacts(tx: Tx, actor: Actor, asked: PlaceAsked): Promise<PlaceFacts> {
  const { rows } = await sql<PlaceFacts>`select
    (select json_build_object('code', a.code, 'name', a.name, 'kind', a.kind) from area a where a.code = ${asked.areaCode} and a.valid_to is null) as area,
    (select json_build_object('areaCode', g.area_code, 'name', g.name) from grid g where g.id = ${asked.gridId ?? null}::uuid and g.valid_to is null) as grid,
    (select json_build_object('id', p.id, 'areaCode', p.area_code) from park p where p.id = ${asked.parkId ?? null}::uuid and p.voided_at is null and ${reachSql(actor, 'p')}) as park,
    (select json_build_object('id', s.id, 'name', s.name) from site s where s.id = ${asked.parentSiteId ?? null}::uuid and s.voided_at is null and ${reachSql(actor, 's')}) as "parentSite",
    (select json_build_object('id', b.id) from building b where b.id = ${asked.buildingId ?? null}::uuid and b.voided_at is null) as building`.execute(tx)
  return rows[0]!
}

export interface Twin {
  id: string
  name: string
  sameCode: boolean
  inReach: boolean
}

/** Other records with this code, or with the same name and address; the code is unique beyond anybody's reach. */
export async function twinsOf(tx: Tx, actor: Actor, asked: { id: string; creditCode: string | null; name: string; address: string }): Promise<Twin[]> {
  const { rows } = await sql<Twin>`
    select e.id, e.name, coalesce(e.credit_code = ${asked.creditCode}::text, false) as "sameCode", ${reachSql(actor, 'e')} as "inReach" from enterprise e
    where e.voided_at is null and e.id <> ${asked.id} and (e.credit_code = ${asked.creditCode}::text or (e.name = ${asked.name} collate "C" and e.address = ${asked.address}))
    order by 3 desc limit 5`.execute(tx)
  return rows
}

/** Whose file may be looked at: in reach itself, or through one of its sites. */
const seenBy = (actor: Actor) => sql`(${reachSql(actor, 'e')} or exists (select 1 from site s where s.enterprise_id = e.id and s.voided_at is null and ${reachSql(actor, 's')}))`

export async function isSeen(tx: Tx, actor: Actor, id: string): Promise<boolean> {
  const { rows } = await sql`select 1 from enterprise e where e.id = ${id} and ${seenBy(actor)}`.execute(tx)
  return rows.length > 0
}

/** Statistical facts as `EnterpriseView` names them; the page's other half. */
export async function view(tx: Tx, actor: Actor, id: string, rowColumns: ReturnType<typeof sql.raw>): Promise<Record<string, unknown> | undefined> {
  const { rows } = await sql<Record<string, unknown>>`
    select ${rowColumns}, e.registration_no as "registrationNo", e.credit_code_note as "creditCodeNote", e.operator_id_masked as "operatorIdMasked", e.legal_rep as "legalRep", e.division,
      e.extra_industries as "extraIndustries", e.revenue_wan as "revenueWan", e.assets_wan as "assetsWan", e.established_on as "establishedOn", e.state_since as "stateSince", e.load_percent as "loadPercent",
      e.geo_code as "geoCode", e.contacts_verified_at as "contactsVerifiedAt", e.created_at as "createdAt", e.voided_at as "voidedAt", e.void_reason as "voidReason", ${reachSql(actor, 'e')} as "inReach",
      ${sitesJson} as sites, ${contactsJson} as contacts,
      (select coalesce(json_agg(json_build_object('code', t.code, 'extra', t.extra, 'setOn', t.set_on) order by t.code), '[]') from enterprise_tag t where t.enterprise_id = e.id) as "tagDetails",
      (select coalesce(json_agg(json_build_object('field', h.field, 'value', h.value, 'validFrom', h.valid_from, 'validTo', h.valid_to, 'source', h.source) order by h.valid_from desc, h.field), '[]')
        from enterprise_history h where h.enterprise_id = e.id) as history,
      (select coalesce(json_agg(json_build_object('year', l.year, 'listVersion', l.list_version, 'source', l.source) order by l.year desc, l.list_version desc), '[]')
        from above_scale_entry n join above_scale_list l on l.id = n.list_id and l.withdrawn_at is null where n.enterprise_id = e.id) as "aboveScaleLists"
    from enterprise e where e.id = ${id} and ${seenBy(actor)}`.execute(tx)
  return rows[0]
}

const contactsJson = sql`(select coalesce(json_agg(json_build_object('id', c.id, 'name', c.name, 'duty', c.duty, 'phone', c.phone_masked) order by c.id), '[]')
  from enterprise_contact c where c.enterprise_id = e.id and c.valid_to is null)`

const sitesJson = sql`(select coalesce(json_agg(json_build_object('id', s.id, 'code', s.code, 'name', s.name, 'kind', s.kind, 'address', s.address, 'floor', s.floor, 'areaCode', s.area_code, 'areaName', a.name,
    'gridId', s.grid_id, 'gridName', g.name, 'parkId', s.park_id, 'parkName', p.name, 'buildingId', s.building_id, 'buildingName', b.name, 'parentSiteId', s.parent_site_id, 'parentSiteName', o.name,
    'floorAreaM2', s.floor_area_m2, 'lon', s.lon, 'lat', s.lat, 'isMain', s.is_main, 'closedOn', s.closed_on, 'version', s.version,
    'lease', (select json_build_object('lessor', coalesce(lp.name, ls.name), 'areaM2', l.area_m2, 'validFrom', l.valid_from, 'validTo', l.valid_to, 'hasAgreement', l.has_agreement)
      from lease l left join park lp on lp.id = l.park_id left join site ls on ls.id = l.lessor_site_id where l.lessee_site_id = s.id order by l.valid_from desc limit 1)) order by s.is_main desc, s.code), '[]')
  from site s left join area a on a.code = s.area_code left join grid g on g.id = s.grid_id left join park p on p.id = s.park_id left join building b on b.id = s.building_id
    left join site o on o.id = s.parent_site_id where s.enterprise_id = e.id and s.voided_at is null)`

export interface TimelineRecord {
  rows: Record<string, unknown>[]
  total: number
  kinds: { aggregate: string; count: number }[]
}

/** Events of one enterprise, newest first, from before `before`; reach has been asked by whoever calls. */
export async function timeline(tx: Tx, id: string, kinds: readonly string[] | undefined, before: number | null, limit: number): Promise<TimelineRecord> {
  const kind = kinds?.length ? sql`and d.aggregate = any(${[...kinds]}::text[])` : sql``
  const from = before === null ? sql`` : sql`and d.seq < ${before}`
  const { rows } = await sql<TimelineRecord>`
    select (select coalesce(json_agg(r), '[]') from (
        select d.seq, d.at, d.occurred_at as "occurredAt", d.aggregate, d.aggregate_id as "aggregateId", d.event, d.from_state as "from", d.to_state as "to", d.actor_name as actor, d.actor_role as role, d.data
        from domain_event d where d.enterprise_id = ${id} ${kind} ${from} order by d.seq desc limit ${limit + 1}) r) as rows,
      (select count(*) from domain_event d where d.enterprise_id = ${id} ${kind}) as total,
      (select coalesce(json_agg(k order by k.aggregate), '[]') from (select d.aggregate, count(*) as count from domain_event d where d.enterprise_id = ${id} group by d.aggregate) k) as kinds`.execute(tx)
  return rows[0]!
}

export interface HistoryChange {
  enterpriseId: string
  areaCode: string
  gridId: string | null
  field: 'STATE' | 'AREA' | 'INDUSTRY' | 'SIZE' | 'ABOVE_SCALE' | 'NAME' | 'STANDARD'
  from: unknown
  to: unknown
  /** First day of the new value. */
  since: string
  /** First day that is known of the enterprise: from then on the old value counts, if nothing was written yet. */
  bornOn: string
  source: string
  id: string
  firstId: string
}

const historyShape = sql.raw(`c("enterpriseId" uuid, "areaCode" text, "gridId" uuid, field text, "from" jsonb, "to" jsonb, since date, "bornOn" date, source text, id uuid, "firstId" uuid)`)

/**
 * Slowly changing dimension: closes what stood, opens what stands, in a constant number of statements. Two changes on one day
 * leave one row, since history is by day; the events keep both.
 */
export async function recordHistory(tx: Tx, changes: readonly HistoryChange[]): Promise<void> {
  if (!changes.length) return
  const given = JSON.stringify(changes)
  const from = sql`jsonb_to_recordset(${given}::jsonb) as ${historyShape}`
  await sql`update enterprise_history h set value = c."to", source = c.source from ${from} where h.enterprise_id = c."enterpriseId" and h.field = c.field and h.valid_to is null and h.valid_from >= c.since`.execute(tx)
  await sql`update enterprise_history h set valid_to = c.since - 1 from ${from} where h.enterprise_id = c."enterpriseId" and h.field = c.field and h.valid_to is null and h.valid_from < c.since`.execute(tx)
  await sql`insert into enterprise_history (id, enterprise_id, area_code, grid_id, field, value, valid_from, valid_to, source)
    select c."firstId", c."enterpriseId", c."areaCode", c."gridId", c.field, c."from", c."bornOn", c.since - 1, '建档' from ${from}
    where c."bornOn" < c.since and not exists (select 1 from enterprise_history h where h.enterprise_id = c."enterpriseId" and h.field = c.field)`.execute(tx)
  await sql`insert into enterprise_history (id, enterprise_id, area_code, grid_id, field, value, valid_from, valid_to, source)
    select c.id, c."enterpriseId", c."areaCode", c."gridId", c.field, c."to", c.since, null, c.source from ${from}
    where not exists (select 1 from enterprise_history h where h.enterprise_id = c."enterpriseId" and h.field = c.field and h.valid_to is null)`.execute(tx)
}

/** First day of the value that stands now; null when it has never changed. */
export async function openHistory(tx: Tx, id: string, field: string): Promise<string | null> {
  const { rows } = await sql<{ on: string }>`select valid_from as on from enterprise_history where enterprise_id = ${id} and field = ${field} and valid_to is null`.execute(tx)
  return rows[0]?.on ?? null
}

export async function nextSiteNo(tx: Tx, enterpriseId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int + 1 as n from site where enterprise_id = ${enterpriseId}`.execute(tx)
  return rows[0]?.n ?? 1
}

/** Sealed telephones for a look that is audited. */
export async function sealedPhones(tx: Tx, actor: Actor, id: string): Promise<{ principal: string | null; contacts: { id: string; sealed: string | null }[] } | undefined> {
  const { rows } = await sql<{ principal: string | null; contacts: { id: string; sealed: string | null }[] }>`
    select e.principal_phone_sealed as principal,
      (select coalesce(json_agg(json_build_object('id', c.id, 'sealed', c.phone_sealed)), '[]') from enterprise_contact c where c.enterprise_id = e.id and c.valid_to is null) as contacts
    from enterprise e where e.id = ${id} and ${reachSql(actor, 'e')}`.execute(tx)
  return rows[0]
}

export const contacts = (tx: Tx, actor: Actor, enterpriseId: string) =>
  reach(tx, actor).from('enterprise_contact').selectAll().where('enterprise_contact.enterprise_id', '=', enterpriseId).where('valid_to', 'is', null).execute()

export async function clearTags(tx: Tx, enterpriseId: string): Promise<void> {
  await sql`delete from enterprise_tag where enterprise_id = ${enterpriseId}`.execute(tx)
}

/** The main site follows its enterprise; `to` are columns. */
export async function moveMainSite(tx: Tx, enterpriseId: string, to: Partial<Pick<SiteRecord, 'area_code' | 'grid_id' | 'park_id' | 'address' | 'lon' | 'lat'>>): Promise<void> {
  await tx.updateTable('site').set((eb) => ({ ...to, version: eb('version', '+', 1) })).where('enterprise_id', '=', enterpriseId).where('is_main', '=', true).where('voided_at', 'is', null).execute()
}
