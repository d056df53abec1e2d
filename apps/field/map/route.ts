import { metresBetween, type Spot } from '../data/site-index.ts'

export interface Stop {
  readonly id: string
  readonly lon: number
  readonly lat: number
  /** Overdue or due today: goes first whatever the way. */
  readonly pressing: boolean
}

/** A way to walk: what presses first, then always to the nearest one left. A suggestion, never an order. */
export function routeOf(stops: readonly Stop[], from: Spot | undefined): Stop[] {
  const walk = (left: Stop[], at: { lon: number; lat: number } | undefined): Stop[] => {
    const way: Stop[] = []
    let here = at
    while (left.length > 0) {
      const next = here ? left.reduce((best, stop) => (metresBetween(here!, stop) < metresBetween(here!, best) ? stop : best)) : left[0]!
      way.push(next)
      here = next
      left = left.filter((stop) => stop !== next)
    }
    return way
  }
  const first = walk(stops.filter((stop) => stop.pressing), from)
  return [...first, ...walk(stops.filter((stop) => !stop.pressing), first.at(-1) ?? from)]
}

export interface Box {
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}

/** What holds all points, a little wider; undefined without a point. */
export function boxOf(points: readonly { lon: number; lat: number }[]): Box | undefined {
  if (points.length === 0) return undefined
  const lons = points.map((point) => point.lon)
  const lats = points.map((point) => point.lat)
  const [west, east, south, north] = [Math.min(...lons), Math.max(...lons), Math.min(...lats), Math.max(...lats)]
  const edge = Math.max(0.0008, Math.max(east - west, north - south) * 0.08)
  return { west: west - edge, east: east + edge, south: south - edge, north: north + edge }
}

/** Degrees to pixels, with a degree of longitude shortened by the latitude, centred in the frame. */
export function project(box: Box, width: number, height: number): (point: { lon: number; lat: number }) => readonly [number, number] {
  const shrink = Math.cos((((box.north + box.south) / 2) * Math.PI) / 180)
  const scale = Math.min(width / ((box.east - box.west) * shrink), height / (box.north - box.south))
  const [left, top] = [(width - (box.east - box.west) * shrink * scale) / 2, (height - (box.north - box.south) * scale) / 2]
  return ({ lon, lat }) => [left + (lon - box.west) * shrink * scale, top + (box.north - lat) * scale]
}
