import { sql } from 'kysely'
import { boxOf, isInside, type Area } from '../../../kernel/core/geometry.ts'
import type { HolidayTable, HolidayYear } from '../../../kernel/core/deadline.ts'
import { stateHolidays, withYears } from '../../../kernel/core/holidays.ts'
import type { LocalDate } from '../../../kernel/core/time.ts'
import type { Tx } from '../../../kernel/server/db.ts'
import type { MemberPost } from '../district.ts'
import './tables.ts'

export interface GridFacts {
  id: string
  code: string
  name: string
  areaCode: string
  centerLon: number | null
  centerLat: number | null
  validTo: LocalDate | null
}

/** A grid whatever the reach of who asks: the caller has found the record that names it. Undefined when there is none. */
export async function gridOf(tx: Tx, gridId: string): Promise<GridFacts | undefined> {
  const { rows } = await sql<GridFacts>`
    select id, code, name, area_code as "areaCode", center_lon as "centerLon", center_lat as "centerLat", valid_to as "validTo"
    from grid where id = ${gridId}`.execute(tx)
  return rows[0]
}

/** The street-level code an area is counted to (first nine digits); codes above a street stay as they are. */
export const streetOf = (areaCode: string): string => `${areaCode.slice(0, 9)}000`

export interface Place {
  gridId: string
  areaCode: string
}

interface Shape extends Place {
  code: string
  area: Area
  box: readonly [number, number, number, number]
}

/** Boundaries of the grids in force, parsed once per generation of the grid table: some hundreds of polygons, some megabytes. */
let shapes: { stamp: string; list: Shape[] } | undefined

async function loadShapes(tx: Tx): Promise<Shape[]> {
  const { rows: stamps } = await sql<{ stamp: string }>`
    select concat_ws('|', current_database(), count(*), sum(boundary_version), min(id::text), max(id::text)) as stamp from grid where boundary is not null and valid_to is null`.execute(tx)
  const stamp = stamps[0]?.stamp ?? ''
  if (shapes?.stamp === stamp) return shapes.list
  const { rows } = await sql<{ id: string; code: string; area_code: string; boundary: Area }>`
    select id, code, area_code, boundary from grid where boundary is not null and valid_to is null order by code`.execute(tx)
  const list = rows.map((row) => ({ gridId: row.id, areaCode: row.area_code, code: row.code, area: row.boundary, box: boxOf(row.boundary) }))
  shapes = { stamp, list }
  return list
}

/**
 * The grid a position lies in (degrees, WGS-84/CGCS2000), and the area it is counted to; null outside every grid. On a common
 * border the first by code. One small statement, a second when boundaries have changed.
 */
export async function placeOf(tx: Tx, lon: number, lat: number): Promise<Place | null> {
  const found = (await loadShapes(tx)).find(
    ({ box, area }) => lon >= box[0] && lon <= box[2] && lat >= box[1] && lat <= box[3] && isInside([lon, lat], area),
  )
  return found ? { gridId: found.gridId, areaCode: found.areaCode } : null
}

/** Setting that holds entered years: `{ "2027": { offDays: […], workDays: […] } }`. */
export const CALENDAR_SETTING = 'calendar.years'

/** State holidays as shipped, with the years the bureau has entered laid over them. One statement. */
export async function calendarOf(tx: Tx): Promise<HolidayTable> {
  const row = await tx.selectFrom('setting').select('value').where('key', '=', CALENDAR_SETTING).where('area_code', '=', '000000000000').executeTakeFirst()
  return calendarWith(row?.value)
}

/** The same from the setting's value, for a caller that has read it with settings of its own. */
export const calendarWith = (years: unknown): HolidayTable => withYears(stateHolidays, (years ?? {}) as Record<string, HolidayYear>)

export interface DutyMember {
  personId: string
  name: string
  post: MemberPost
  isMain: boolean
}

/**
 * Who is on duty in a grid on a day: those the rota names; without a rota for that day every member in force (the leader
 * first), so that a call is never answered by nobody. One statement.
 */
export async function dutyMembers(tx: Tx, gridId: string, day: LocalDate): Promise<DutyMember[]> {
  const { rows } = await sql<DutyMember & { rostered: boolean }>`
    select m.person_id as "personId", p.name, m.post, m.is_main as "isMain", r.person_id is not null as rostered
    from grid_member m join person p on p.id = m.person_id and (p.left_on is null or p.left_on > ${day}::date)
    left join grid_rota r on r.grid_id = m.grid_id and r.person_id = m.person_id and r.day = ${day}::date
    where m.grid_id = ${gridId} and m.valid_from <= ${day}::date and (m.valid_to is null or m.valid_to >= ${day}::date)
    order by case m.post when 'LEADER' then 0 when 'A' then 1 when 'B' then 2 else 3 end, p.name, m.person_id`.execute(tx)
  const rostered = rows.filter((row) => row.rostered)
  return (rostered.length > 0 ? rostered : rows).map(({ rostered: _, ...member }) => member)
}
