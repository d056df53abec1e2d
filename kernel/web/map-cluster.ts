import type { MapAlert, MapPoint } from './map.tsx'
import type { RiskColour } from './tokens.ts'

/** How many places of each colour a mark stands for; `none` were not assessed. */
export type Counts = Record<RiskColour | 'none', number>

const noCounts = (): Counts => ({ RED: 0, ORANGE: 0, YELLOW: 0, BLUE: 0, none: 0 })

/** A place in the map's plane (Web Mercator metres). */
export interface Placed {
  readonly point: MapPoint
  readonly x: number
  readonly y: number
}

/** What stands for one or many places on the screen. */
export interface Mark {
  x: number
  y: number
  readonly members: Placed[]
  readonly counts: Counts
}

/** Open hazards that stand together. */
export interface Alarm {
  x: number
  y: number
  readonly members: PlacedAlert[]
  late: number
}

export interface PlacedAlert {
  readonly point: MapAlert
  readonly x: number
  readonly y: number
}

/**
 * Bins places into screen cells of `cell` pixels at a resolution (metres a pixel). One pass over the places in the box and
 * no index: 28,000 places take a few milliseconds, and the cells are anchored to the world, so marks do not jump in a pan.
 */
export function marksOf(places: readonly Placed[], box: readonly number[], resolution: number, cell: number): Mark[] {
  const [west = 0, south = 0, east = 0, north = 0] = box
  const step = cell * resolution
  const marks = new Map<string, Mark>()
  for (const placed of places) {
    const { x, y } = placed
    if (x < west || x > east || y < south || y > north) continue
    const key = `${Math.floor(x / step)}|${Math.floor(y / step)}`
    const mark = marks.get(key) ?? { x: 0, y: 0, members: [], counts: noCounts() }
    mark.members.push(placed)
    mark.counts[placed.point.colour ?? 'none']++
    // Running mean: the mark stands where its places are, not in the middle of the cell.
    mark.x += (x - mark.x) / mark.members.length
    mark.y += (y - mark.y) / mark.members.length
    marks.set(key, mark)
  }
  return [...marks.values()]
}

/** The same for open hazards: how many, and how many of them are late. */
export function alarmsOf(places: readonly PlacedAlert[], box: readonly number[], resolution: number, cell: number): Alarm[] {
  const [west = 0, south = 0, east = 0, north = 0] = box
  const step = cell * resolution
  const alarms = new Map<string, Alarm>()
  for (const placed of places) {
    const { x, y } = placed
    if (x < west || x > east || y < south || y > north) continue
    const key = `${Math.floor(x / step)}|${Math.floor(y / step)}`
    const alarm = alarms.get(key) ?? { x: 0, y: 0, members: [], late: 0 }
    alarm.members.push(placed)
    if (placed.point.late) alarm.late++
    alarm.x += (x - alarm.x) / alarm.members.length
    alarm.y += (y - alarm.y) / alarm.members.length
    alarms.set(key, alarm)
  }
  return [...alarms.values()]
}
