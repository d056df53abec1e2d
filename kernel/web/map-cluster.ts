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
 * Bins places into screen cells, `step` metres of the map's plane wide. One pass over the places in the box and
 * no index: 28,000 places take a few milliseconds, and the cells are anchored to the world, so marks do not jump in a pan.
 */
function binned<P extends { readonly x: number; readonly y: number }, M extends { x: number; y: number; readonly members: P[] }>(places: readonly P[], box: readonly number[], step: number, empty: () => M, count: (mark: M, place: P) => void): M[] {
  const [west = 0, south = 0, east = 0, north = 0] = box
  const marks = new Map<string, M>()
  for (const place of places) {
    const { x, y } = place
    if (x < west || x > east || y < south || y > north) continue
    const key = `${Math.floor(x / step)}|${Math.floor(y / step)}`
    const mark = marks.get(key) ?? empty()
    mark.members.push(place)
    count(mark, place)
    // Running mean: the mark stands where its places are, not in the middle of the cell.
    mark.x += (x - mark.x) / mark.members.length
    mark.y += (y - mark.y) / mark.members.length
    marks.set(key, mark)
  }
  return [...marks.values()]
}

/** Places that stand together, by colour. */
export const marksOf = (places: readonly Placed[], box: readonly number[], resolution: number, cell: number): Mark[] =>
  binned<Placed, Mark>(places, box, cell * resolution, () => ({ x: 0, y: 0, members: [], counts: noCounts() }), (mark, { point }) => void mark.counts[point.colour ?? 'none']++)

/** The same for open hazards: how many, and how many of them are late. */
export const alarmsOf = (places: readonly PlacedAlert[], box: readonly number[], resolution: number, cell: number): Alarm[] =>
  binned<PlacedAlert, Alarm>(places, box, cell * resolution, () => ({ x: 0, y: 0, members: [], late: 0 }), (alarm, { point }) => {
    if (point.late) alarm.late++
  })
