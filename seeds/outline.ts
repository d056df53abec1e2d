import type { Random } from './random.ts'
import type { Diagram, Spot } from './voronoi.ts'
import { meetingPoint } from './voronoi.ts'

/**
 * The schematic map (示意图) of the fictional district. It is drawn in the middle of the Taklamakan, where nobody
 * lives, so that no point of the demonstration can be mistaken for a real address; the bay, the streets and the
 * communities are invented. Coordinates are WGS-84, rounded to a millionth of a degree (about 0.1 m).
 */
export const origin = { lon: 82.4, lat: 39.5 } as const

/** Kilometres per degree of latitude (mean earth radius 6371.0088 km) and the cosine of 39.5°, written out: see random.ts. */
const KM_PER_DEGREE = 111.195
const COS_LAT = 0.7716246

/** A closed ring: the first position is repeated at the end, counter-clockwise. */
export type Ring = readonly (readonly [lon: number, lat: number])[]

export interface Polygon {
  readonly type: 'Polygon'
  readonly coordinates: readonly [Ring]
}

/** The corners of a cell as triples of cells; corner k lies between the edges to neighbour k-1 and neighbour k. */
function walkOf(diagram: Diagram, cell: number): [number, number, number][] {
  const around = diagram.cells[cell] ?? []
  return around.map((next, k) => [cell, around[(k + around.length - 1) % around.length] as number, next])
}

/** Turns sets of cells into rings; every border between two cells is bent once and used by both sides. */
export class Outliner {
  readonly #diagram: Diagram
  readonly #random: Random
  readonly #scale: number
  readonly #borders = new Map<string, Spot[]>()

  constructor(diagram: Diagram, random: Random, scale: number) {
    this.#diagram = diagram
    this.#random = random
    this.#scale = scale
  }

  /** Outline of a connected set of cells without holes, counter-clockwise and closed. */
  ring(cells: readonly number[]): Ring {
    const inside = new Set(cells)
    const next = new Map<string, { to: string; line: Spot[] }>()
    for (const cell of cells) {
      const walk = walkOf(this.#diagram, cell)
      walk.forEach((from, k) => {
        const beyond = (this.#diagram.cells[cell] as readonly number[])[k] as number
        if (inside.has(beyond)) return
        const to = walk[(k + 1) % walk.length] as [number, number, number]
        next.set(keyOf(from), { to: keyOf(to), line: this.#border(cell, beyond, from, to) })
      })
    }
    return this.#chain(next)
  }

  #chain(next: Map<string, { to: string; line: Spot[] }>): Ring {
    const start = next.keys().next().value as string
    const ring: [number, number][] = []
    let steps = 0
    for (let at = start; steps === 0 || at !== start; steps++) {
      const edge = next.get(at)
      if (!edge) throw new Error('an open outline')
      for (const spot of edge.line) ring.push(this.#place(spot))
      at = edge.to
    }
    if (steps !== next.size) throw new Error('an outline with a hole')
    ring.push(ring[0] as [number, number])
    return ring
  }

  #place([x, y]: Spot): [number, number] {
    const lon = origin.lon + (x * this.#scale) / (KM_PER_DEGREE * COS_LAT)
    const lat = origin.lat + (y * this.#scale) / KM_PER_DEGREE
    return [Math.round(lon * 1e6) / 1e6, Math.round(lat * 1e6) / 1e6]
  }

  /** Points from corner to corner without the last one. The line is bent from the smaller corner's end for both cells. */
  #border(cell: number, beyond: number, from: readonly [number, number, number], to: readonly [number, number, number]): Spot[] {
    const [low, high] = cell < beyond ? [cell, beyond] : [beyond, cell]
    const key = `${low}-${high}`
    const forward = keyOf(from) < keyOf(to)
    let line = this.#borders.get(key)
    if (!line) {
      const ends = [from, to].map((triple) => meetingPoint(this.#diagram.spots, triple)) as [Spot, Spot]
      const random = this.#random.stream(key)
      line = forward ? bend(random, ends[0], ends[1], 3) : bend(random, ends[1], ends[0], 3)
      this.#borders.set(key, line)
    }
    const ordered = forward ? line : line.slice().reverse()
    return ordered.slice(0, -1)
  }
}

const keyOf = (triple: readonly [number, number, number]): string => triple.slice().sort((a, b) => a - b).join()

/** Midpoint displacement: rivers and old walls rather than rulers. The bend stays small, so that borders cannot cross. */
function bend(random: Random, a: Spot, b: Spot, depth: number): Spot[] {
  if (depth === 0) return [a, b]
  const shift = random.between(-0.07, 0.07)
  const middle: Spot = [(a[0] + b[0]) / 2 - (b[1] - a[1]) * shift, (a[1] + b[1]) / 2 + (b[0] - a[0]) * shift]
  return [...bend(random, a, middle, depth - 1).slice(0, -1), ...bend(random, middle, b, depth - 1)]
}

/** Area of a ring in km² on the local plane (error below 0.3 % over the district). */
export const areaOf = (ring: Ring): number =>
  shoelace(ring.map(([lon, lat]) => [(lon - origin.lon) * KM_PER_DEGREE * COS_LAT, (lat - origin.lat) * KM_PER_DEGREE] as const))

function shoelace(points: readonly Spot[]): number {
  return points.reduce((sum, [x, y], k) => {
    const [nx, ny] = points[(k + 1) % points.length] as Spot
    return sum + (x * ny - nx * y) / 2
  }, 0)
}

/** Is a point inside a ring? Even-odd rule; points exactly on a border may fall to either side. */
export function contains(ring: Ring, lon: number, lat: number): boolean {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i] as readonly [number, number]
    const [xj, yj] = ring[j] as readonly [number, number]
    if (yi > lat !== yj > lat && lon < ((xj - xi) * (lat - yi)) / (yj - yi) + xi) inside = !inside
  }
  return inside
}

export const polygonOf = (ring: Ring): Polygon => ({ type: 'Polygon', coordinates: [ring] })
