import type { Random } from './random.ts'

/** A point of the local plane, kilometres east and north of the map's origin. */
export type Spot = readonly [x: number, y: number]

/**
 * A Voronoi diagram as a planar graph: every cell is a closed walk over vertices, and the vertex between three cells
 * is one object for all three. Borders are shared by construction, so there can be no gap and no overlap.
 */
export interface Diagram {
  readonly spots: readonly Spot[]
  /** Per cell: the neighbours in counter-clockwise order; `null` for a cell that touches the frame. */
  readonly cells: readonly (readonly number[] | null)[]
}

interface Corner {
  readonly x: number
  readonly y: number
  /** Cell on the other side of the edge that starts at this corner; negative for the frame. */
  readonly beyond: number
}

/** Points no closer than `spacing` at their place, by dart throwing; irregular but even, like parcels of a town. */
export function scatter(random: Random, halfWidth: number, halfHeight: number, spacing: (x: number, y: number) => number): Spot[] {
  const spots: Spot[] = []
  for (let failures = 0; failures < 4000; ) {
    const x = random.between(-halfWidth, halfWidth)
    const y = random.between(-halfHeight, halfHeight)
    const reach = spacing(x, y) ** 2
    if (spots.some((s) => (s[0] - x) ** 2 + (s[1] - y) ** 2 < reach)) failures++
    else {
      spots.push([x, y])
      failures = 0
    }
  }
  return spots
}

/** Cells by clipping a frame with bisectors, nearest neighbours first: plain and quick enough for a few hundred points. */
export function diagramOf(spots: readonly Spot[], frame: number): Diagram {
  const cells = spots.map((own, i) => {
    const others = spots
      .map((s, j) => ({ j, far: (s[0] - own[0]) ** 2 + (s[1] - own[1]) ** 2 }))
      .filter((o) => o.j !== i)
      .sort((a, b) => a.far - b.far || a.j - b.j)
    let corners: Corner[] = [
      { x: -frame, y: -frame, beyond: -1 },
      { x: frame, y: -frame, beyond: -2 },
      { x: frame, y: frame, beyond: -3 },
      { x: -frame, y: frame, beyond: -4 },
    ]
    for (const { j, far } of others) {
      const widest = Math.max(...corners.map((c) => (c.x - own[0]) ** 2 + (c.y - own[1]) ** 2))
      if (far > 4 * widest) break // no bisector further away can touch the cell
      corners = clip(corners, own, spots[j] as Spot, j)
    }
    return corners.some((c) => c.beyond < 0) ? null : corners.map((c) => c.beyond)
  })
  return { spots, cells }
}

/** Keeps the side of the bisector on which `own` lies. */
function clip(corners: readonly Corner[], own: Spot, other: Spot, label: number): Corner[] {
  const nx = other[0] - own[0]
  const ny = other[1] - own[1]
  const limit = (other[0] ** 2 - own[0] ** 2 + other[1] ** 2 - own[1] ** 2) / 2
  const side = (c: Corner) => nx * c.x + ny * c.y - limit
  const kept: Corner[] = []
  corners.forEach((a, k) => {
    const b = corners[(k + 1) % corners.length] as Corner
    const sa = side(a)
    const sb = side(b)
    if (sa <= 0) kept.push(a)
    if (sa <= 0 !== sb <= 0) {
      const t = sa / (sa - sb)
      const crossing = { x: a.x + t * (b.x - a.x), y: a.y + t * (b.y - a.y) }
      kept.push({ ...crossing, beyond: sa <= 0 ? label : a.beyond })
    }
  })
  return kept
}

/** The point equally far from three spots. The order of the arguments is fixed so that all three cells get the same bits. */
export function meetingPoint(spots: readonly Spot[], triple: readonly [number, number, number]): Spot {
  const [i, j, k] = triple.slice().sort((p, q) => p - q) as [number, number, number]
  const [a, b, c] = [spots[i] as Spot, spots[j] as Spot, spots[k] as Spot]
  const bx = b[0] - a[0]
  const by = b[1] - a[1]
  const cx = c[0] - a[0]
  const cy = c[1] - a[1]
  const d = 2 * (bx * cy - by * cx)
  const b2 = bx * bx + by * by
  const c2 = cx * cx + cy * cy
  return [a[0] + (cy * b2 - by * c2) / d, a[1] + (bx * c2 - cx * b2) / d]
}
