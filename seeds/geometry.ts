import type { Random } from './random.ts'
import type { Ring } from './outline.ts'
import { areaOf, Outliner } from './outline.ts'
import { isConnected, partition } from './partition.ts'
import type { Diagram, Spot } from './voronoi.ts'
import { diagramOf, scatter } from './voronoi.ts'

const DISTRICT_KM2 = 388


/** What the map is cut into; the numbers are cells of the graph. */
export interface DistrictMap {
  readonly district: Ring
  /** Streets → communities → rings of grids, in the order of the sizes asked for. */
  readonly streets: readonly { ring: Ring; communities: readonly { ring: Ring; grids: readonly Ring[] }[] }[]
  /** Communities of the functional area as [street, community] indexes, and its outline. */
  readonly functional: { ring: Ring; members: readonly (readonly [number, number])[] }
  /** The neighbouring district's only street, sharing its eastern border with the district. */
  readonly neighbour: { ring: Ring; communities: readonly { ring: Ring; grids: readonly Ring[] }[] }
}

/** Sizes of the map: grids per community, per street; communities of the functional area; grids of the neighbour. */
export interface MapPlan {
  readonly streets: readonly (readonly number[])[]
  readonly functionalCommunities: number
  readonly neighbour: readonly number[]
}

/** Draws the map. Same plan and same stream, same map. */
export function drawMap(random: Random, plan: MapPlan): DistrictMap {
  const gridCount = plan.streets.flat().reduce((a, b) => a + b, 0)
  const diagram = diagramOf(scatter(random.stream('spots'), 26, 18, spacing), 40)
  const inside = settle(diagram, gridCount)
  const borders = random.stream('borders')
  const outline = new Outliner(diagram, borders, Math.sqrt(DISTRICT_KM2 / areaOf(new Outliner(diagram, borders, 1).ring(inside))))
  const sizes = plan.streets.map((communities) => communities.reduce((a, b) => a + b, 0))
  const streets = partition(diagram, inside, sizes).map((cells, s) => {
    const communities = partition(diagram, cells, plan.streets[s] as number[])
    return { cells, communities }
  })
  const shape = (cells: number[]) => ({ ring: outline.ring(cells), grids: cells.map((cell) => outline.ring([cell])) })
  const beside = besideOf(diagram, inside, plan.neighbour.reduce((a, b) => a + b, 0))
  const members = functionalMembers(diagram, streets, plan.functionalCommunities)
  return {
    district: outline.ring(inside),
    streets: streets.map(({ cells, communities }) => ({ ring: outline.ring(cells), communities: communities.map(shape) })),
    functional: { ring: outline.ring(members.flatMap(([s, c]) => streets[s]?.communities[c] ?? [])), members },
    neighbour: { ring: outline.ring(beside), communities: partition(diagram, beside, plan.neighbour).map(shape) },
  }
}

/** Cells are small in the old town in the middle and large towards the hills. */
const spacing = (x: number, y: number): number => 0.9 + 0.065 * Math.sqrt(x * x + 2 * y * y)

/** The bay in the south: no grid there, so the coast bends inwards. */
const inBay = ([x, y]: Spot): boolean => (x - 4) ** 2 / 20 + (y + 11) ** 2 / 26 < 1

/** The cells that make the district: the nearest to the middle in an oval measure, without the bay. */
function settle(diagram: Diagram, count: number): number[] {
  const measure = ([x, y]: Spot) => (x * x) / 2.6 + y * y
  const inside = diagram.spots
    .map((spot, cell) => ({ cell, spot }))
    .filter(({ cell, spot }) => diagram.cells[cell] && !inBay(spot))
    .sort((a, b) => measure(a.spot) - measure(b.spot))
    .slice(0, count)
    .map(({ cell }) => cell)
  if (inside.length < count || !isConnected(diagram, inside)) throw new Error('the district falls apart')
  return inside
}

/** Cells west of the district that touch it, or touch such a cell: the neighbouring street. */
function besideOf(diagram: Diagram, inside: readonly number[], count: number): number[] {
  const taken = new Set(inside)
  const free = (cell: number) => !taken.has(cell) && diagram.cells[cell] !== null
  const west = (cell: number) => (diagram.spots[cell] as Spot)[0]
  const touching = inside.flatMap((cell) => diagram.cells[cell] ?? []).filter(free)
  const first = touching.reduce((a, b) => (west(b) < west(a) ? b : a))
  const found = [first]
  while (found.length < count) {
    const [near] = found
      .flatMap((cell) => diagram.cells[cell] ?? [])
      .filter((cell) => free(cell) && !found.includes(cell))
      .sort((a, b) => distance(diagram, first, a) - distance(diagram, first, b))
    if (near === undefined) throw new Error('no room for the neighbour')
    found.push(near)
  }
  return found
}

const distance = ({ spots }: Diagram, a: number, b: number): number => {
  const [p, q] = [spots[a] as Spot, spots[b] as Spot]
  return (p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2
}

/** Communities of one street that lie nearest to the bay and hang together. */
function functionalMembers(diagram: Diagram, streets: readonly { communities: number[][] }[], count: number): [number, number][] {
  const toBay = (cells: readonly number[]) =>
    Math.min(...cells.map((cell) => ((s: Spot) => (s[0] - 4) ** 2 + (s[1] + 8) ** 2)(diagram.spots[cell] as Spot)))
  const ranked = streets
    .flatMap((street, s) => street.communities.map((cells, c) => ({ at: [s, c] as [number, number], cells, far: toBay(cells) })))
    .sort((a, b) => a.far - b.far)
  const street = ranked[0]?.at[0]
  const chosen: typeof ranked = []
  for (const candidate of ranked.filter((r) => r.at[0] === street)) {
    if (chosen.length === count) break
    if (isConnected(diagram, [...chosen.flatMap((c) => c.cells), ...candidate.cells])) chosen.push(candidate)
  }
  if (chosen.length < count) throw new Error('no connected functional area')
  return chosen.map((c) => c.at).sort((a, b) => a[1] - b[1])
}
