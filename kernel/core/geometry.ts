/**
 * Plane questions about places, enough to do without a spatial extension. Positions are [lng, lat] degrees of WGS-84/CGCS2000.
 * Edges are straight in degrees, as every map draws them; shapes across the 180th meridian are not met here.
 */

export type Position = readonly [lng: number, lat: number]
/** Closed: first and last position are equal. An open ring is closed in passing. */
export type Ring = readonly Position[]
/** Outer ring first, then holes. */
export type Polygon = { type: 'Polygon'; coordinates: readonly Ring[] }
export type MultiPolygon = { type: 'MultiPolygon'; coordinates: readonly (readonly Ring[])[] }
export type Area = Polygon | MultiPolygon
export type Feature<G, P> = { type: 'Feature'; id?: string | number; geometry: G; properties: P }
export type FeatureCollection<G, P> = { type: 'FeatureCollection'; features: readonly Feature<G, P>[] }
/** [west, south, east, north]. */
export type Box = readonly [number, number, number, number]

const RAD = Math.PI / 180
/** Mean radius of the earth, IUGG, metres. */
const MEAN_RADIUS = 6_371_008.8
/** WGS-84 semi-major axis (metres) and eccentricity. */
const A = 6_378_137
const E2 = 0.006_694_379_990_141_3
const E = Math.sqrt(E2)

/** Great-circle metres; within 0.5 % of the ellipsoid, and far better than that at check-in distances. */
export function distanceMetres(a: Position, b: Position): number {
  const [dLng, dLat] = [(b[0] - a[0]) * RAD, (b[1] - a[1]) * RAD]
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(a[1] * RAD) * Math.cos(b[1] * RAD) * Math.sin(dLng / 2) ** 2
  return 2 * MEAN_RADIUS * Math.asin(Math.min(1, Math.sqrt(h)))
}

/**
 * Whether a position lies in an area. The border belongs to it, that of a hole too, so two neighbours both hold their common
 * border: who assigns a grid takes the first by code.
 */
export function isInside(at: Position, area: Area): boolean {
  return polygonsOf(area).some(([outer = [], ...holes]) => {
    const side = sideOf(at, outer)
    return side === 'border' || (side === 'in' && holes.every((hole) => sideOf(at, hole) !== 'in'))
  })
}

/** Square kilometres on the WGS-84 ellipsoid, by the cylindrical equal-area projection (exact for edges straight in it). */
export function areaKm2(area: Area): number {
  const parts = polygonsOf(area).map(([outer = [], ...holes]) => ringSquare(outer) - sum(holes.map(ringSquare)))
  return sum(parts) / 1e6
}

/** Centre of gravity, holes taken out; of a shape without area, the mean of its corners. It may lie outside a bent shape. */
export function centroid(area: Area): Position {
  const moments = polygonsOf(area).flatMap(([outer = [], ...holes]) => [moment(outer, 1), ...holes.map((h) => moment(h, -1))])
  const total = sum(moments.map((m) => m.square))
  if (total > 0) return [sum(moments.map((m) => m.lng)) / total, sum(moments.map((m) => m.lat)) / total]
  const corners = polygonsOf(area).flatMap(([outer = []]) => open(outer))
  return [sum(corners.map((c) => c[0])) / corners.length, sum(corners.map((c) => c[1])) / corners.length]
}

/** The box round an area. @throws RangeError on an area without corners */
export function boxOf(area: Area): Box {
  const corners = polygonsOf(area).flatMap(([outer = []]) => outer)
  if (corners.length === 0) throw new RangeError('area without corners')
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [lng, lat] of corners) {
    box[0] = Math.min(box[0], lng)
    box[1] = Math.min(box[1], lat)
    box[2] = Math.max(box[2], lng)
    box[3] = Math.max(box[3], lat)
  }
  return box
}

/** The same shape with every position mapped, to change its datum. */
export function mapArea<G extends Area>(area: G, f: (p: Position) => Position): G {
  const ring = (r: Ring): Position[] => r.map(f)
  const coordinates = area.type === 'Polygon' ? area.coordinates.map(ring) : area.coordinates.map((p) => p.map(ring))
  return { ...area, coordinates }
}

function polygonsOf(area: Area): readonly (readonly Ring[])[] {
  return area.type === 'Polygon' ? [area.coordinates] : area.coordinates
}

/** Ray to the east with half-open edges, so that a corner counts once; collinear positions are caught first. */
function sideOf(at: Position, ring: Ring): 'in' | 'out' | 'border' {
  const [x, y] = at
  let inside = false
  for (const [[x1, y1], [x2, y2]] of edges(ring)) {
    const cross = (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)
    if (cross === 0 && between(x, x1, x2) && between(y, y1, y2)) return 'border'
    if (y1 > y !== y2 > y && cross > 0 === y2 > y1) inside = !inside
  }
  return inside ? 'in' : 'out'
}

function between(v: number, a: number, b: number): boolean {
  return v >= Math.min(a, b) && v <= Math.max(a, b)
}

/** Square metres of a ring, whatever its direction. */
function ringSquare(ring: Ring): number {
  const plane = ring.map(([lng, lat]): Position => [A * lng * RAD, (A / 2) * authalic(lat)])
  return Math.abs(moment(plane, 1).square)
}

/** q of the authalic latitude (Snyder, Map Projections: A Working Manual, eq. 3-12). */
function authalic(lat: number): number {
  const s = Math.sin(lat * RAD)
  return (1 - E2) * (s / (1 - E2 * s * s) - Math.log((1 - E * s) / (1 + E * s)) / (2 * E))
}

/** Signed so that an outer ring weighs positive and a hole negative, whatever their direction. Relative to the first corner, for precision. */
function moment(ring: Ring, sign: 1 | -1): { square: number; lng: number; lat: number } {
  const [ox, oy] = ring[0] ?? [0, 0]
  let [square, mx, my] = [0, 0, 0]
  for (const [[x1, y1], [x2, y2]] of edges(ring)) {
    const cross = (x1 - ox) * (y2 - oy) - (x2 - ox) * (y1 - oy)
    square += cross / 2
    mx += (cross * (x1 + x2 - 2 * ox)) / 6
    my += (cross * (y1 + y2 - 2 * oy)) / 6
  }
  const turn = square < 0 ? -sign : sign
  return { square: turn * square, lng: turn * (mx + square * ox), lat: turn * (my + square * oy) }
}

function edges(ring: Ring): (readonly [Position, Position])[] {
  const corners = open(ring)
  return corners.map((c, i) => [c, corners[(i + 1) % corners.length] as Position])
}

function open(ring: Ring): Ring {
  const [first, last] = [ring[0], ring.at(-1)]
  return first && last && ring.length > 1 && first[0] === last[0] && first[1] === last[1] ? ring.slice(0, -1) : ring
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0)
}
