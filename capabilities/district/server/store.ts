import { type RawBuilder, sql } from 'kysely'
import type { Area } from '../../../kernel/core/geometry.ts'
import type { Actor } from '../../../kernel/server/actor.ts'
import { reachSql, type Tx } from '../../../kernel/server/db.ts'
import { containing, literal } from '../../../kernel/server/like.ts'
import type { AreaRow } from '../area-sheet.ts'
import type { Drawn } from '../boundary.ts'
import type { AreaView, Direction, GridRow, MemberPost } from '../district.ts'

/** Area codes a person belongs to without an area of his own: of his grids and enterprises. */
async function homeCodes(tx: Tx, actor: Actor): Promise<string[]> {
  const { grids, enterprises } = actor.reach
  if (grids.length + enterprises.length === 0) return []
  const { rows } = await sql<{ area_code: string }>`
    select area_code from grid where id = any(${[...grids]}::uuid[])
    union select area_code from enterprise where id = any(${[...enterprises]}::uuid[])`.execute(tx)
  return rows.map((row) => row.area_code)
}

const above = (code: string): string[] => [2, 4, 6, 9, 12].map((n) => code.slice(0, n).padEnd(12, '0'))

/** What of the tree a person sees: his reach, and what lies above it, so that the tree has its trunk. */
export async function visibleAreas(tx: Tx, actor: Actor): Promise<RawBuilder<boolean>> {
  const homes = await homeCodes(tx, actor)
  const trunk = [...new Set([...actor.reach.areas.map(([from]) => from), ...homes].flatMap(above))]
  const ranges = actor.reach.areas.map(([from, to]) => sql`(a.code >= ${from} and a.code < ${to})`)
  return sql<boolean>`(${sql.join([sql`a.code = any(${trunk}::text[])`, ...ranges], sql` or `)})`
}

const areaColumns = sql`a.code, a.parent_code as "parentCode", a.name, a.kind, a.sort_no as "sortNo", a.area_km2 as "areaKm2", a.center_lon as "centerLon", a.center_lat as "centerLat",
  a.host_counties as "hostCounties", a.boundary is not null as "hasBoundary", a.valid_from as "validFrom", a.valid_to as "validTo", a.version,
  (select count(*)::int from grid g where g.valid_to is null and starts_with(g.area_code, left(a.code, case when right(a.code, 10) = '0000000000' then 2 when right(a.code, 8) = '00000000' then 4
    when right(a.code, 6) = '000000' then 6 when right(a.code, 3) = '000' then 9 else 12 end))) as grids`

/** The tree as it stood on a day, in the bureau's own order; parents stand before their children. */
export async function areas(tx: Tx, visible: RawBuilder<boolean>, on: string): Promise<AreaView[]> {
  const { rows } = await sql<AreaView>`
    select ${areaColumns} from area a where ${visible} and a.valid_from <= ${on}::date and (a.valid_to is null or a.valid_to >= ${on}::date)
    order by case when right(a.code, 10) = '0000000000' then 1 when right(a.code, 8) = '00000000' then 2 when right(a.code, 6) = '000000' then 3 when right(a.code, 3) = '000' then 4 else 5 end, a.sort_no, a.code`.execute(tx)
  return rows
}

export async function areaOf(tx: Tx, visible: RawBuilder<boolean>, code: string): Promise<AreaView | undefined> {
  const { rows } = await sql<AreaView>`select ${areaColumns} from area a where ${visible} and a.code = ${code}`.execute(tx)
  return rows[0]
}

/** Whether a code is taken, whoever may see it. */
export const codeTaken = async (tx: Tx, code: string): Promise<boolean> =>
  (await tx.selectFrom('area').select('code').where('code', '=', code).executeTakeFirst()) !== undefined

/** Under the reach of its own verb: nobody redraws a district that is not his. */
export const mayChange = (actor: Actor, code: string): boolean => actor.reach.areas.some(([from, to]) => code >= from && code < to)

export const insertArea = (tx: Tx, area: Omit<AreaRow, 'sortNo'> & { sortNo: number; hostCounties: readonly string[]; validFrom: string }) =>
  tx.insertInto('area').values({
    code: area.code, parent_code: area.parentCode, name: area.name, kind: area.kind, sort_no: area.sortNo, area_km2: area.areaKm2, boundary: null, center_lon: null, center_lat: null,
    host_counties: [...area.hostCounties], valid_from: area.validFrom, valid_to: null,
  }).execute()

export const updateArea = (tx: Tx, code: string, set: { name: string; kind: AreaView['kind']; area_km2: number | null; host_counties: string[] }) =>
  tx.updateTable('area').set({ ...set, version: sql<number>`version + 1` }).where('code', '=', code).execute()

export const nextSortNo = async (tx: Tx, parent: string | null): Promise<number> => {
  const { rows } = await sql<{ next: number }>`select coalesce(max(sort_no), 0)::int + 1 as next from area where parent_code is not distinct from ${parent}`.execute(tx)
  return rows[0]?.next ?? 1
}

export const closeArea = (tx: Tx, code: string, on: string) => tx.updateTable('area').set({ valid_to: on, version: sql<number>`version + 1` }).where('code', '=', code).execute()

export async function inUse(tx: Tx, code: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select ((select count(*) from area where parent_code = ${code} and valid_to is null) + (select count(*) from grid where area_code = ${code} and valid_to is null))::int as count`.execute(tx)
  return rows[0]?.count ?? 0
}

export const childCodes = async (tx: Tx, code: string): Promise<string[]> =>
  (await tx.selectFrom('area').select('code').where('parent_code', '=', code).where('valid_to', 'is', null).execute()).map((row) => row.code)

/** The bureau's own order (S4-005): every table takes its rows in it. */
export const setOrder = (tx: Tx, codes: readonly string[]) =>
  sql`update area a set sort_no = o.n, version = a.version + 1 from unnest(${[...codes]}::text[]) with ordinality as o(code, n) where a.code = o.code and a.sort_no <> o.n`.execute(tx)

export interface NeighbourRow {
  id: string
  direction: Direction
  name: string
  neighbourCode: string | null
  contact: string | null
}

export const neighbours = (tx: Tx, code: string): Promise<NeighbourRow[]> =>
  tx.selectFrom('area_neighbour').select(['id', 'direction', 'name', 'neighbour_code as neighbourCode', 'contact']).where('area_code', '=', code).orderBy(sql`array_position(array['E','SE','S','SW','W','NW','N','NE'], direction)`).orderBy('name').execute()

export async function replaceNeighbours(tx: Tx, code: string, rows: readonly NeighbourRow[]): Promise<void> {
  await tx.deleteFrom('area_neighbour').where('area_code', '=', code).execute()
  if (rows.length > 0) await tx.insertInto('area_neighbour').values(rows.map((r) => ({ id: r.id, area_code: code, direction: r.direction, name: r.name, neighbour_code: r.neighbourCode, contact: r.contact }))).execute()
}

/** Existing areas among codes, to tell what a sheet would change. */
export const existing = (tx: Tx, codes: readonly string[]) => tx.selectFrom('area').select(['code', 'name', 'kind', 'area_km2', 'sort_no']).where('code', 'in', [...codes]).execute()

/** Adds or changes areas from a sheet, parents first; returns what was really changed. One statement. */
export async function upsertAreas(tx: Tx, rows: readonly AreaRow[], validFrom: string): Promise<{ code: string; added: boolean; version: number }[]> {
  const sorted = [...rows].sort((a, b) => a.code.replace(/0+$/, '').length - b.code.replace(/0+$/, '').length)
  const found = await sql<{ code: string; added: boolean; version: number }>`
    insert into area (code, parent_code, name, kind, sort_no, area_km2, host_counties, valid_from)
    select r.code, r."parentCode", r.name, r.kind, r."sortNo", r."areaKm2", case when r.kind in ('DEV_ZONE','PARK_COMMITTEE','BAY_AREA') then array[left(r.code, 6)] else '{}' end, ${validFrom}::date
    from jsonb_to_recordset(${JSON.stringify(sorted)}::jsonb) as r(code text, "parentCode" text, name text, kind text, "sortNo" int, "areaKm2" numeric)
    on conflict (code) do update set name = excluded.name, kind = excluded.kind, sort_no = excluded.sort_no, area_km2 = coalesce(excluded.area_km2, area.area_km2), version = area.version + 1
      where (area.name, area.kind, area.sort_no, area.area_km2) is distinct from (excluded.name, excluded.kind, excluded.sort_no, coalesce(excluded.area_km2, area.area_km2))
    returning code, version, version = 1 as added`.execute(tx)
  return found.rows
}

/** Sets boundaries of areas and grids by code within a person's reach; returns the records that were found. */
export async function setBoundaries(tx: Tx, actor: Actor, drawn: readonly Drawn[]): Promise<{ aggregate: 'area' | 'grid'; id: string; code: string; version: number; areaCode: string }[]> {
  const ranges = actor.reach.areas.map(([from, to]) => sql`(t.area_code >= ${from} and t.area_code < ${to})`)
  const inRange = ranges.length > 0 ? sql`(${sql.join(ranges, sql` or `)})` : sql`false`
  const list = JSON.stringify(drawn.map((d) => ({ code: d.code, area: d.area, lon: d.center[0], lat: d.center[1], km2: d.km2 })))
  const { rows } = await sql<{ aggregate: 'area' | 'grid'; id: string; code: string; version: number; areaCode: string }>`
    with drawn as (select * from jsonb_to_recordset(${list}::jsonb) as d(code text, area jsonb, lon float8, lat float8, km2 numeric)),
    areas as (
      update area a set boundary = d.area, center_lon = d.lon, center_lat = d.lat, area_km2 = coalesce(a.area_km2, d.km2), version = a.version + 1, boundary_version = a.boundary_version + 1
      from drawn d, (select code, code as area_code from area) t where a.code = d.code and t.code = a.code and ${inRange} returning a.code, a.version
    ), grids as (
      update grid g set boundary = d.area, center_lon = d.lon, center_lat = d.lat, version = g.version + 1, boundary_version = g.boundary_version + 1
      from drawn d, (select id, area_code from grid) t where (g.code = d.code or g.id::text = d.code) and t.id = g.id and g.valid_to is null and ${inRange} returning g.id, d.code, g.version, g.area_code
    )
    select 'area' as aggregate, code as id, code, version, code as "areaCode" from areas
    union all select 'grid', id::text, code, version, area_code from grids`.execute(tx)
  return rows
}

/** Counts and versions of all boundaries: differs whenever one of them does. */
export async function boundaryStamp(tx: Tx): Promise<string> {
  const { rows } = await sql<{ stamp: string }>`
    select concat_ws('.', (select count(boundary) || '.' || coalesce(sum(boundary_version), 0) || '.' || coalesce(sum(version), 0) || '.' || count(*) filter (where valid_to is null) from area),
      (select count(boundary) || '.' || coalesce(sum(boundary_version), 0) || '.' || count(*) filter (where valid_to is null) from grid)) as stamp`.execute(tx)
  return rows[0]?.stamp ?? '0'
}

export async function shapesBelow(tx: Tx, range: readonly [string, string]) {
  const { rows } = await sql<{ id: string; code: string; name: string; kind: string; areaCode: string; boundary: Area }>`
    select code as id, code, name, kind, code as "areaCode", boundary from area where boundary is not null and valid_to is null and code >= ${range[0]} and code < ${range[1]}
    union all select id::text, code, name, 'GRID', area_code, boundary from grid where boundary is not null and valid_to is null and area_code >= ${range[0]} and area_code < ${range[1]}
    order by 2`.execute(tx)
  return rows
}

/** Distinct officers and reserves in force below visible areas, for the line of figures. */
export async function peopleCount(tx: Tx, actor: Actor, on: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct m.person_id)::int as count from grid_member m where ${reachSql(actor, 'm')} and m.valid_from <= ${on}::date and (m.valid_to is null or m.valid_to >= ${on}::date)`.execute(tx)
  return rows[0]?.count ?? 0
}

export interface GridFilter {
  q?: string
  areaRange?: readonly [string, string]
  broken?: boolean
  noBoundary?: boolean
  after?: string
  limit: number
  on: string
}
export interface GridFigures {
  grids: number
  broken: number
  officers: number
  reserves: number
  noBoundary: number
  enterprises: number
}

/** Grids in reach in the bureau's order (street, community, code) with members and workload; figures of the whole filter. One statement. */
export async function grids(tx: Tx, actor: Actor, filter: GridFilter): Promise<{ rows: (GridRow & { k: string })[]; figures: GridFigures; matched: number }> {
  const like = filter.q ? containing(filter.q) : null
  const [from, to] = filter.areaRange ?? [null, null]
  const { rows } = await sql<GridRow & { k: string }>`
    with staffed as (
      select m.grid_id, count(distinct m.person_id) filter (where m.post in ('A','B') or (m.post = 'LEADER' and m.is_main))::int as officers, count(distinct m.person_id) filter (where m.post = 'RESERVE')::int as reserves,
        max(p.name) filter (where m.post = 'LEADER') as leader
      from grid_member m join person p on p.id = m.person_id where m.valid_from <= ${filter.on}::date and (m.valid_to is null or m.valid_to >= ${filter.on}::date) group by m.grid_id
    ), held as (
      select e.grid_id, count(*)::int as enterprises from enterprise e where e.voided_at is null and e.grid_id is not null group by e.grid_id
    ), found as (
      select g.id, g.code, g.name, g.area_code as "areaCode", c.name as community, coalesce(s.name, c.name) as street, coalesce(f.officers, 0) as officers, coalesce(f.reserves, 0) as reserves, f.leader,
        coalesce(h.enterprises, 0) as enterprises, g.boundary is not null as "hasBoundary", coalesce(f.officers, 0) < 2 as broken,
        to_char(coalesce(s.sort_no, c.sort_no), 'FM000000') || to_char(c.sort_no, 'FM000000') || g.code as k
      from grid g join area c on c.code = g.area_code left join area s on s.code = c.parent_code and c.kind = 'COMMUNITY'
      left join staffed f on f.grid_id = g.id left join held h on h.grid_id = g.id
      where ${reachSql(actor, 'g')} and g.valid_to is null and (${from}::text is null or (g.area_code >= ${from}::text and g.area_code < ${to}::text))
        and (${like}::text is null or g.name like ${like}::text or g.code ilike ${like}::text or c.name like ${like}::text)
    ), figures as (
      select count(*)::int as grids, count(*) filter (where broken)::int as broken, coalesce(sum(officers), 0)::int as officers, coalesce(sum(reserves), 0)::int as reserves,
        count(*) filter (where not "hasBoundary")::int as "noBoundary", coalesce(sum(enterprises), 0)::int as enterprises from found
    ), chosen as (
      select * from found where (not ${filter.broken ?? false} or broken) and (not ${filter.noBoundary ?? false} or not "hasBoundary")
    ), page as (select * from chosen where (${filter.after ?? null}::text is null or k collate "C" > ${filter.after ?? null}::text) order by k collate "C" limit ${filter.limit})
    select (select count(*)::int from chosen) as matched, page.*, f.grids, f.broken as "fBroken", f.officers as "fOfficers", f.reserves as "fReserves", f."noBoundary", f.enterprises as "fEnterprises"
    from figures f left join page on true order by page.k collate "C"`.execute(tx)
  const first = (rows[0] ?? {}) as unknown as Record<string, number | undefined>
  return {
    rows: rows.filter((row) => row.id !== null),
    matched: first.matched ?? 0,
    figures: { grids: first.grids ?? 0, broken: first.fBroken ?? 0, officers: first.fOfficers ?? 0, reserves: first.fReserves ?? 0, noBoundary: first.noBoundary ?? 0, enterprises: first.fEnterprises ?? 0 },
  }
}

export interface GridFull {
  id: string
  code: string
  name: string
  areaCode: string
  community: string
  street: string
  validFrom: string
  validTo: string | null
  version: number
  rotaVersion: number
  centerLon: number | null
  centerLat: number | null
  boundary: Area | null
  enterprises: number
}

/** A grid in reach, closed ones too. */
export async function grid(tx: Tx, actor: Actor, id: string): Promise<GridFull | undefined> {
  const { rows } = await sql<GridFull>`
    select g.id, g.code, g.name, g.area_code as "areaCode", c.name as community, coalesce(s.name, c.name) as street, g.valid_from as "validFrom", g.valid_to as "validTo", g.version, g.rota_version as "rotaVersion",
      g.center_lon as "centerLon", g.center_lat as "centerLat", g.boundary, (select count(*)::int from enterprise e where e.grid_id = g.id and e.voided_at is null) as enterprises
    from grid g join area c on c.code = g.area_code left join area s on s.code = c.parent_code and c.kind = 'COMMUNITY'
    where g.id = ${id} and ${reachSql(actor, 'g')}`.execute(tx)
  return rows[0]
}

export interface MemberRow {
  id: string
  personId: string
  name: string
  /** Masked: the last four figures are enough to know the right number. */
  phone: string | null
  post: MemberPost
  duty: string
  isMain: boolean
  validFrom: string
  validTo: string | null
  version: number
  dutyDays: number
}

/** All members of a grid, past ones too, with the days rostered in the thirty days up to `on`. */
export async function members(tx: Tx, gridId: string, on: string): Promise<MemberRow[]> {
  const { rows } = await sql<MemberRow>`
    select m.id, m.person_id as "personId", p.name, '*******' || p.phone_tail as phone, m.post, m.duty, m.is_main as "isMain", m.valid_from as "validFrom", m.valid_to as "validTo", m.version,
      (select count(*)::int from grid_rota r where r.grid_id = m.grid_id and r.person_id = m.person_id and r.day > ${on}::date - 30 and r.day <= ${on}::date) as "dutyDays"
    from grid_member m join person p on p.id = m.person_id where m.grid_id = ${gridId}
    order by case m.post when 'LEADER' then 0 when 'A' then 1 when 'B' then 2 else 3 end, m.valid_from, m.id`.execute(tx)
  return rows
}

/** A person's memberships in force on or after a day, anywhere. */
export async function postsOf(tx: Tx, personId: string, on: string) {
  const { rows } = await sql<{ personId: string; post: MemberPost; isMain: boolean; gridId: string; gridName: string }>`
    select m.person_id as "personId", m.post, m.is_main as "isMain", m.grid_id as "gridId", g.name as "gridName" from grid_member m join grid g on g.id = m.grid_id
    where m.person_id = ${personId} and (m.valid_to is null or m.valid_to >= ${on}::date)`.execute(tx)
  return rows
}

export async function personName(tx: Tx, personId: string): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`select name from person where id = ${personId} and left_on is null`.execute(tx)
  return rows[0]?.name
}

/** People of organisations in reach, grid officers by trade first. */
export async function candidates(tx: Tx, actor: Actor, q: string | undefined) {
  const like = q ? containing(q) : null
  const ranges = actor.reach.areas.map(([from, to]) => sql`(o.area_code >= ${from} and o.area_code < ${to})`)
  if (ranges.length === 0) return []
  const { rows } = await sql<{ personId: string; name: string; organisation: string; mainGrid: string | null }>`
    select p.id as "personId", p.name, o.name as organisation, (select g.name from grid_member m join grid g on g.id = m.grid_id where m.person_id = p.id and m.is_main and m.valid_to is null limit 1) as "mainGrid"
    from person p join organisation o on o.id = p.organisation_id
    where p.left_on is null and (${sql.join(ranges, sql` or `)}) and (${like}::text is null or p.name like ${like}::text or p.name_py like ${q ? `${literal(q.toLowerCase())}%` : null}::text)
    order by not exists (select from post t where t.person_id = p.id and t.role_code = 'GRID_OFFICER'), p.name, p.id limit 30`.execute(tx)
  return rows
}

export async function nextGridSeq(tx: Tx, areaCode: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select coalesce(max(substring(code from '\\d{2}$')::int), 0)::int + 1 as count from grid where area_code = ${areaCode}`.execute(tx)
  return rows[0]?.count ?? 1
}

export const insertGrid = (tx: Tx, row: { id: string; code: string; name: string; areaCode: string; boundary: Area | null; center: readonly [number, number] | null; validFrom: string }) =>
  tx.insertInto('grid').values({ id: row.id, code: row.code, name: row.name, area_code: row.areaCode, boundary: row.boundary ? JSON.stringify(row.boundary) : null, center_lon: row.center?.[0] ?? null, center_lat: row.center?.[1] ?? null, valid_from: row.validFrom, valid_to: null, enterprise_id: null }).execute()

export const updateGrid = (tx: Tx, id: string, row: { name: string; boundary: Area | null; center: readonly [number, number] | null }) =>
  tx.updateTable('grid').set({ name: row.name, boundary: row.boundary ? JSON.stringify(row.boundary) : null, center_lon: row.center?.[0] ?? null, center_lat: row.center?.[1] ?? null, version: sql<number>`version + 1`, boundary_version: sql<number>`boundary_version + 1` }).where('id', '=', id).execute()

export const bumpGrid = (tx: Tx, id: string) => tx.updateTable('grid').set({ version: sql<number>`version + 1` }).where('id', '=', id).execute()

/** Closing a grid ends its members' posts and drops the rota of the days after. */
export async function closeGrid(tx: Tx, id: string, on: string): Promise<void> {
  await tx.updateTable('grid').set({ valid_to: on, version: sql<number>`version + 1`, boundary_version: sql<number>`boundary_version + 1` }).where('id', '=', id).execute()
  await tx.updateTable('grid_member').set({ valid_to: sql<string>`greatest(${on}::date, valid_from)`, version: sql<number>`version + 1` }).where('grid_id', '=', id).where('valid_to', 'is', null).execute()
  await sql`delete from grid_rota where grid_id = ${id} and day > ${on}::date`.execute(tx)
}

export const insertMember = (tx: Tx, row: { id: string; gridId: string; areaCode: string; personId: string; post: MemberPost; duty: string; isMain: boolean; validFrom: string }) =>
  tx.insertInto('grid_member').values({ id: row.id, grid_id: row.gridId, area_code: row.areaCode, enterprise_id: null, person_id: row.personId, post: row.post, duty: row.duty, is_main: row.isMain, valid_from: row.validFrom, valid_to: null }).execute()

/** Ends a post; days rostered after it are dropped, so that they show as uncovered instead of held by somebody who left. */
export async function endMember(tx: Tx, member: { id: string; personId: string }, gridId: string, on: string): Promise<void> {
  await tx.updateTable('grid_member').set({ valid_to: on, version: sql<number>`version + 1` }).where('id', '=', member.id).execute()
  await sql`delete from grid_rota where grid_id = ${gridId} and person_id = ${member.personId} and day > ${on}::date`.execute(tx)
}
