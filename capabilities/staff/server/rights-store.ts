import { sql } from 'kysely'
import type { Tx } from '../../../kernel/server/db.ts'
import { containing } from '../../../kernel/server/like.ts'
import { EXPIRING_DAYS } from '../people.ts'
import type { HeldPost, ReachKind, RoleFacts } from '../granting.ts'

export interface PostRow {
  id: string
  personId: string
  roleCode: string
  roleName: string
  exclusive: boolean
  reachKind: ReachKind
  reach: string
  /** Where the post reaches, for the granter's own reach. */
  areaCode: string | null
  validFrom: string
  validTo: string | null
  inForce: boolean
  grantedBy: string | null
  grantedAt: string
  version: number
}

const postSql = (today: string) => sql`
  select t.id, t.person_id as "personId", t.role_code as "roleCode", r.name as "roleName", r.exclusive, t.reach_kind as "reachKind",
    coalesce(case t.reach_kind when 'AREA' then a.name when 'GRID' then g.name when 'ENTERPRISE' then e.name when 'PARK' then k.name end, '—') as reach,
    coalesce(t.area_code, g.area_code, e.area_code, k.area_code) as "areaCode", t.valid_from as "validFrom", t.valid_to as "validTo",
    t.valid_from <= ${today}::date and (t.valid_to is null or t.valid_to >= ${today}::date) as "inForce", b.name as "grantedBy", t.granted_at as "grantedAt", t.version
  from post t join role r on r.code = t.role_code left join area a on a.code = t.area_code left join grid g on g.id = t.grid_id left join enterprise e on e.id = t.enterprise_id left join park k on k.id = t.park_id
    left join person b on b.id = t.granted_by`

/** All posts of a person, those in force first. */
export const postsOf = async (tx: Tx, personId: string, today: string): Promise<PostRow[]> =>
  (await sql<PostRow>`${postSql(today)} where t.person_id = ${personId} order by "inForce" desc, t.valid_from desc, t.id`.execute(tx)).rows

export const postOf = async (tx: Tx, id: string, today: string): Promise<PostRow | undefined> => (await sql<PostRow>`${postSql(today)} where t.id = ${id}`.execute(tx)).rows[0]

export const asHeld = (row: PostRow): HeldPost => ({ roleCode: row.roleCode, roleName: row.roleName, exclusive: row.exclusive, from: row.validFrom, to: row.validTo })

/** The jurisdiction of what a post is to reach; undefined when there is no such thing. */
export async function placeOf(tx: Tx, kind: ReachKind, id: { areaCode: string | null; gridId: string | null; enterpriseId: string | null; parkId: string | null }): Promise<string | undefined> {
  const { rows } = await sql<{ code: string }>`
    select code from area where ${kind} = 'AREA' and code = ${id.areaCode} and valid_to is null
    union all select area_code from grid where ${kind} = 'GRID' and id = ${id.gridId}::uuid and valid_to is null
    union all select area_code from enterprise where ${kind} = 'ENTERPRISE' and id = ${id.enterpriseId}::uuid and voided_at is null
    union all select area_code from park where ${kind} = 'PARK' and id = ${id.parkId}::uuid and voided_at is null`.execute(tx)
  return rows[0]?.code
}

/** Names of what a post may reach, by a piece of the name or code; nothing else of a firm is told to who grants. */
export async function findPlaces(tx: Tx, areas: readonly (readonly [string, string])[], kind: 'GRID' | 'ENTERPRISE' | 'PARK', q: string): Promise<{ id: string; name: string; note: string }[]> {
  const like = containing(q)
  const reach = areas.length > 0 ? sql`(${sql.join(areas.map(([from, to]) => sql`(t.area_code >= ${from} and t.area_code < ${to})`), sql` or `)})` : sql`false`
  const from = {
    GRID: sql`grid t where t.valid_to is null and (t.name like ${like} or t.code ilike ${like})`,
    ENTERPRISE: sql`enterprise t where t.voided_at is null and (t.name like ${like} or t.credit_code ilike ${like})`,
    PARK: sql`park t where t.voided_at is null and (t.name like ${like} or t.code ilike ${like})`,
  }[kind]
  const { rows } = await sql<{ id: string; name: string; note: string }>`select t.id, t.name, coalesce((select a.name from area a where a.code = t.area_code), '') as note from ${from} and ${reach} order by t.name, t.id limit 30`.execute(tx)
  return rows
}

export const insertPost = (tx: Tx, row: { id: string; personId: string; roleCode: string; reachKind: ReachKind; areaCode: string | null; gridId: string | null; enterpriseId: string | null; parkId: string | null; validFrom: string; validTo: string | null; by: string; now: Date }) =>
  tx.insertInto('post').values({
    id: row.id, person_id: row.personId, role_code: row.roleCode, reach_kind: row.reachKind, area_code: row.reachKind === 'AREA' ? row.areaCode : null, grid_id: row.reachKind === 'GRID' ? row.gridId : null,
    enterprise_id: row.reachKind === 'ENTERPRISE' ? row.enterpriseId : null, park_id: row.reachKind === 'PARK' ? row.parkId : null, valid_from: row.validFrom, valid_to: row.validTo, granted_by: row.by, granted_at: row.now,
  }).execute()

export const endPost = (tx: Tx, id: string, lastDay: string) => tx.updateTable('post').set({ valid_to: lastDay, version: sql<number>`version + 1` }).where('id', '=', id).execute()

/** Others who hold a role in force after a day and can sign in: an office must not lose its last security administrator. */
export async function othersWith(tx: Tx, roleCode: string, personId: string, after: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct t.person_id)::int as count from post t join person p on p.id = t.person_id and p.left_on is null join account c on c.person_id = p.id and c.disabled_at is null
    where t.role_code = ${roleCode} and t.person_id <> ${personId} and t.valid_from <= ${after}::date + 1 and (t.valid_to is null or t.valid_to > ${after}::date)`.execute(tx)
  return rows[0]?.count ?? 0
}

export interface RoleRow extends RoleFacts {
  verbs: string[]
  grants: string[]
  shipped: boolean
  version: number
  holders: number
}

/** Every role with how many people hold it today. */
export async function roles(tx: Tx, today: string): Promise<RoleRow[]> {
  const { rows } = await sql<RoleRow>`
    select r.code, r.name, r.verbs, r.grants, r.shipped, r.exclusive, r.version,
      (select count(distinct t.person_id)::int from post t where t.role_code = r.code and t.valid_from <= ${today}::date and (t.valid_to is null or t.valid_to >= ${today}::date)) as holders
    from role r order by r.exclusive, r.shipped desc, r.name`.execute(tx)
  return rows
}

export const insertRole = (tx: Tx, role: { code: string; name: string; verbs: readonly string[] }) =>
  tx.insertInto('role').values({ code: role.code, name: role.name, verbs: [...role.verbs], shipped: false }).execute()
export const updateRole = (tx: Tx, role: { code: string; name: string; verbs: readonly string[] }) =>
  tx.updateTable('role').set({ name: role.name, verbs: [...role.verbs], version: sql<number>`version + 1` }).where('code', '=', role.code).execute()
export const roleUse = async (tx: Tx, code: string): Promise<number> => {
  const { rows } = await sql<{ count: number }>`select count(distinct person_id)::int as count from post where role_code = ${code}`.execute(tx)
  return rows[0]?.count ?? 0
}
export const deleteRole = (tx: Tx, code: string) => tx.deleteFrom('role').where('code', '=', code).where('shipped', '=', false).execute()

export interface CertificateRow {
  id: string
  personId: string
  kind: 'LAW_ENFORCEMENT' | 'EXPERT' | 'SAFETY_MANAGER'
  no: string
  issuedBy: string
  scope: string | null
  validFrom: string
  validTo: string
  revokedOn: string | null
  state: 'IN_FORCE' | 'EXPIRING' | 'EXPIRED' | 'REVOKED' | 'NOT_YET'
  version: number
}

const certificateSql = (today: string) => sql`
  select k.id, k.person_id as "personId", k.kind, k.no, k.issued_by as "issuedBy", k.scope, k.valid_from as "validFrom", k.valid_to as "validTo", k.revoked_on as "revokedOn", k.version,
    case when k.revoked_on <= ${today}::date then 'REVOKED' when k.valid_to < ${today}::date then 'EXPIRED' when k.valid_from > ${today}::date then 'NOT_YET'
      when k.valid_to < ${today}::date + ${EXPIRING_DAYS}::int then 'EXPIRING' else 'IN_FORCE' end as state, p.name as person, o.name as organisation, o.area_code
  from certificate k join person p on p.id = k.person_id join organisation o on o.id = p.organisation_id`

export const certificatesOf = async (tx: Tx, personId: string, today: string): Promise<CertificateRow[]> =>
  (await sql<CertificateRow>`${certificateSql(today)} where k.person_id = ${personId} order by k.valid_to desc, k.id`.execute(tx)).rows
export const certificateOf = async (tx: Tx, id: string, today: string): Promise<CertificateRow | undefined> => (await sql<CertificateRow>`${certificateSql(today)} where k.id = ${id}`.execute(tx)).rows[0]

export interface CertificateFigures {
  inForce: number
  expiring: number
  expired: number
  revoked: number
}

/** Certificates of people in reach, the soonest to end first; figures of the kind chosen. One statement. */
export async function certificates(tx: Tx, areas: readonly (readonly [string, string])[], f: { kind?: string; state?: string; after?: { validTo: string; id: string }; limit: number; today: string }) {
  const reach = areas.length > 0 ? sql`(${sql.join(areas.map(([from, to]) => sql`(area_code >= ${from} and area_code < ${to})`), sql` or `)})` : sql`false`
  const { rows } = await sql<CertificateRow & { person: string; organisation: string | null; matched: number; figures: CertificateFigures }>`
    with found as (select * from (${certificateSql(f.today)}) c where ${reach} and (${f.kind ?? null}::text is null or kind = ${f.kind ?? null}::text)),
    figures as (select json_build_object('inForce', count(*) filter (where state in ('IN_FORCE','EXPIRING')), 'expiring', count(*) filter (where state = 'EXPIRING'), 'expired', count(*) filter (where state = 'EXPIRED'), 'revoked', count(*) filter (where state = 'REVOKED')) as figures from found),
    chosen as (select * from found where ${f.state ?? null}::text is null or state = ${f.state ?? null}::text or (${f.state ?? null}::text = 'IN_FORCE' and state = 'EXPIRING')),
    page as (select * from chosen where ${f.after?.id ?? null}::uuid is null or ("validTo", id) > (${f.after?.validTo ?? null}::date, ${f.after?.id ?? null}::uuid) order by "validTo", id limit ${f.limit})
    select g.figures, (select count(*)::int from chosen) as matched, page.* from figures g left join page on true order by page."validTo", page.id`.execute(tx)
  return { rows: rows.filter((row) => row.id !== null), figures: rows[0]!.figures, matched: rows[0]!.matched }
}

export const insertCertificate = (tx: Tx, row: { id: string; personId: string; kind: CertificateRow['kind']; no: string; issuedBy: string; scope: string | null; validFrom: string; validTo: string }) =>
  tx.insertInto('certificate').values({ id: row.id, person_id: row.personId, kind: row.kind, no: row.no, issued_by: row.issuedBy, scope: row.scope, valid_from: row.validFrom, valid_to: row.validTo, revoked_on: null }).execute()
export const revokeCertificate = (tx: Tx, id: string, on: string) => tx.updateTable('certificate').set({ revoked_on: on, version: sql<number>`version + 1` }).where('id', '=', id).execute()
