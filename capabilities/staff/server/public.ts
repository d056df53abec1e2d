import { type RawBuilder, sql } from 'kysely'
import type { Reach } from '../../../kernel/core/access.ts'
import { missing } from '../../../kernel/core/problem.ts'
import type { LocalDate } from '../../../kernel/core/time.ts'
import type { Tx } from '../../../kernel/server/db.ts'
import './tables.ts'

export { bindSession, endDeviceSessions, personPlace } from './device-sessions.ts'
export { ensureRoles } from './shipped.ts'

export interface Certified {
  no: string
  validTo: LocalDate
}

/**
 * Law-enforcement certificates in force on a date (54号文: without one nobody inspects or signs). People without one are
 * absent from the answer. The date is the day of the act, never today by default. Of several the one that lasts longest.
 */
export async function certifiedOn(tx: Tx, personIds: readonly string[], date: LocalDate): Promise<Map<string, Certified>> {
  if (personIds.length === 0) return new Map()
  const { rows } = await sql<{ person_id: string; no: string; valid_to: string }>`
    select distinct on (person_id) person_id, no, valid_to from certificate
    where person_id = any(${[...new Set(personIds)]}::uuid[]) and kind = 'LAW_ENFORCEMENT'
      and valid_from <= ${date}::date and valid_to >= ${date}::date and (revoked_on is null or revoked_on > ${date}::date)
    order by person_id, valid_to desc`.execute(tx)
  return new Map(rows.map((row) => [row.person_id, { no: row.no, validTo: row.valid_to }]))
}

/** Names with the organisation as papers and lists print them; unknown ids are absent. People who have left keep theirs. */
export async function personNames(tx: Tx, ids: readonly string[]): Promise<Map<string, { name: string; organisation: string | null }>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; name: string; organisation: string | null }>`
    select p.id, p.name, o.name as organisation from person p left join organisation o on o.id = p.organisation_id
    where p.id = any(${[...new Set(ids)]}::uuid[])`.execute(tx)
  return new Map(rows.map((row) => [row.id, { name: row.name, organisation: row.organisation }]))
}

export interface RecordPlace {
  areaCode: string
  gridId?: string | null
  enterpriseId?: string | null
  /** Day on which the post must be in force; the database's own day when absent. */
  on?: LocalDate
}

/** The codes of a place and of everything above it: a post over any of these covers the place (same rule as `rangeOf`). */
export const coveringCodes = (areaCode: string): string[] => [...new Set([2, 4, 6, 9, 12].map((n) => areaCode.slice(0, n).padEnd(12, '0')))]

interface PlaceSql {
  verb: RawBuilder<unknown>
  codes: RawBuilder<unknown>
  gridId: RawBuilder<unknown>
  enterpriseId: RawBuilder<unknown>
}

/**
 * Posts `t` in force over a place with the verb, of people `p` who can sign in. One arm for each kind of reach, each by its own
 * index: as one condition they became a walk over all posts of the roles that hold the verb.
 */
const holders = (at: PlaceSql, day: RawBuilder<unknown>) => sql`
    from (select * from post where reach_kind = 'ENTERPRISE' and enterprise_id = ${at.enterpriseId}
      union all select * from post where reach_kind = 'GRID' and grid_id = ${at.gridId}
      union all select * from post where reach_kind = 'AREA' and area_code = any(${at.codes})
      union all select * from post where reach_kind = 'PARK' and park_id = any(array(
        select s.park_id from site s where s.enterprise_id = ${at.enterpriseId} and s.park_id is not null and s.voided_at is null))) t
    join person p on p.id = t.person_id and (p.left_on is null or p.left_on > ${day})
    join account a on a.person_id = p.id and a.disabled_at is null
    where t.role_code = any(array(select r.code from role r where ${at.verb} = any(r.verbs))) and t.valid_from <= ${day} and (t.valid_to is null or t.valid_to >= ${day})`

/** A condition for other statements: somebody holds the verb over the place on that day and can sign in. */
export const somebodyWith = (at: PlaceSql, on: LocalDate): RawBuilder<boolean> => sql<boolean>`exists (select ${holders(at, sql`${on}::date`)})`

/** The same people for other statements, as a select of their ids. */
export const holdersOf = (at: PlaceSql, on: LocalDate): RawBuilder<{ person_id: string }> => sql`select p.id as person_id ${holders(at, sql`${on}::date`)}`

/**
 * Who holds a verb with reach over a record on a day, and can sign in to use it: post in force, not left, account not
 * disabled. Nearest reach first (enterprise, park, grid, street … province), then by name. One statement.
 */
export async function peopleWith(tx: Tx, verb: string, at: RecordPlace): Promise<string[]> {
  const day = at.on ? sql`${at.on}::date` : sql`(now() at time zone 'Asia/Shanghai')::date`
  const place = { verb: sql`${verb}`, codes: sql`${coveringCodes(at.areaCode)}::text[]`, gridId: sql`${at.gridId ?? null}::uuid`, enterpriseId: sql`${at.enterpriseId ?? null}::uuid` }
  const { rows } = await sql<{ person_id: string }>`
    select p.id as person_id, p.name ${holders(place, day)}
    group by p.id, p.name
    order by min(case t.reach_kind when 'ENTERPRISE' then 0 when 'PARK' then 1 when 'GRID' then 2 else 15 - length(rtrim(t.area_code, '0')) end), p.name, p.id`.execute(tx)
  return rows.map((row) => row.person_id)
}

export interface TeamMember {
  name: string
  organisation: string | null
  /** Law-enforcement certificate in force on the day; null without one. */
  certificate: Certified | null
  /** Holds the verb asked with reach over the place on that day, whether or not he can sign in. */
  holds: boolean
}

/** What a team needs, asked at once: names, certificates on the day, and who holds a verb over the place. One statement. */
export async function teamOn(tx: Tx, personIds: readonly string[], verb: string, at: RecordPlace & { on: LocalDate }): Promise<Map<string, TeamMember>> {
  if (personIds.length === 0) return new Map()
  const { rows } = await sql<{ id: string; name: string; organisation: string | null; no: string | null; valid_to: string | null; holds: boolean }>`
    select p.id, p.name, o.name as organisation, c.no, c.valid_to, exists (
        select from post t join role r on r.code = t.role_code and ${verb} = any(r.verbs)
        where t.person_id = p.id and t.valid_from <= ${at.on}::date and (t.valid_to is null or t.valid_to >= ${at.on}::date) and (
          (t.reach_kind = 'AREA' and t.area_code = any(${coveringCodes(at.areaCode)}::text[])) or (t.reach_kind = 'GRID' and t.grid_id = ${at.gridId ?? null}::uuid)
          or (t.reach_kind = 'ENTERPRISE' and t.enterprise_id = ${at.enterpriseId ?? null}::uuid))) as holds
    from person p left join organisation o on o.id = p.organisation_id
    left join lateral (select c.no, c.valid_to from certificate c where c.person_id = p.id and c.kind = 'LAW_ENFORCEMENT'
      and c.valid_from <= ${at.on}::date and c.valid_to >= ${at.on}::date and (c.revoked_on is null or c.revoked_on > ${at.on}::date) order by c.valid_to desc limit 1) c on true
    where p.id = any(${[...new Set(personIds)]}::uuid[])`.execute(tx)
  return new Map(rows.map((row) => [row.id, { name: row.name, organisation: row.organisation, certificate: row.no && row.valid_to ? { no: row.no, validTo: row.valid_to } : null, holds: row.holds }]))
}

export interface Agency {
  id: string
  name: string
  /** 文书字号中的机关代字, e.g. 澜安澜; null until it is entered. */
  paperPrefix: string | null
}

/** The same as a part of other statements; no row where there is no bureau. */
export const agencyAt = (areaCode: RawBuilder<unknown>): RawBuilder<Agency> => sql<Agency>`
    select id, name, paper_prefix as "paperPrefix" from organisation
    where kind = 'BUREAU' and valid_to is null and organisation.area_code in (${sql.join([2, 4, 6, 9, 12].map((n) => sql`rpad(left(${areaCode}, ${sql.lit(n)}), 12, '0')`))})
    order by length(rtrim(organisation.area_code, '0')) desc, sort_no, id limit 1`

/** The bureau whose papers are issued in an area: the nearest one at or above it. @throws Problem `staff.no_agency` */
export async function agencyOf(tx: Tx, areaCode: string): Promise<Agency> {
  const { rows } = await agencyAt(sql`${areaCode}::text`).execute(tx)
  if (!rows[0]) throw missing('staff.no_agency')
  return rows[0]
}

/** The bureaus whose papers are issued somewhere in these areas: theirs and those of the levels above, one for each code. One statement. */
export async function agenciesWithin(tx: Tx, areas: Reach['areas']): Promise<{ areaCode: string; name: string }[]> {
  const above = [...new Set(areas.flatMap(([from]) => [2, 4, 6, 9, 12].map((n) => from.slice(0, n).padEnd(12, '0'))))]
  const { rows } = await sql<{ areaCode: string; name: string }>`select distinct on (area_code) area_code as "areaCode", name from organisation where kind = 'BUREAU' and valid_to is null
    and (area_code = any(${above}::text[])${sql.join(areas.map(([from, to]) => sql` or (area_code >= ${from} and area_code < ${to})`), sql``)}) order by area_code, sort_no, id limit 500`.execute(tx)
  return rows
}
