import type { OperatingState } from '../capabilities/enterprise/lifecycle.ts'
import { industryRows } from './industries.data.ts'
import type { Park } from './parks.ts'
import type { Random } from './random.ts'
import { weightedPicker } from './random.ts'
import type { Region } from './region.ts'
import type { SizeTarget } from './size.ts'

export const ENTERPRISE_COUNT = 28_000
export const ABOVE_SCALE_COUNT = 1_847
export const SHOP_COUNT = 6_000
/** Plants of the neighbouring district; they follow behind the 28,000 in every array. */
export const NEIGHBOUR_COUNT = 20
const ALL = ENTERPRISE_COUNT + NEIGHBOUR_COUNT

/** How many units of each grade; micro is the rest. 60 micro units are above scale: few people, much turnover. */
const LARGE = 42
const MEDIUM = 318
const SMALL = 6_900
const MICRO_ABOVE = 60

/** In the order of the weights below. */
export const operatingStates: readonly OperatingState[] = ['ACTIVE', 'VOLUNTARY_STOP', 'ORDERED_STOP', 'RESUMING', 'LONG_STOP', 'CANCELLED', 'MOVED']

const gradeNames = ['LARGE', 'MEDIUM', 'SMALL', 'MICRO'] as const

/**
 * Everything that ties records together, decided before any record is made and kept in a few typed arrays (under 1 MB):
 * records can then be produced one by one, in order, without holding the others.
 */
export interface Plan {
  /** Per enterprise. */
  readonly grid: Uint16Array
  /** Index of the park, or -1. */
  readonly park: Int16Array
  readonly industry: Uint8Array
  readonly grade: Uint8Array
  readonly above: Uint8Array
  readonly odd: Uint8Array
  readonly state: Uint8Array
  /** Index of the enterprise in whose plant this one sits (厂中厂), always lower than its own; -1 for none. */
  readonly host: Int32Array
  /** Grids of second and third sites, by enterprise. */
  readonly extraSites: ReadonlyMap<number, readonly number[]>
  /** Per shop. */
  readonly shopGrid: Uint16Array
}

/** Weights of grids for industry and for shops: small old grids hold shops, large ones and the bay hold plants. */
export function gridLoads(random: Random, region: Region): { industry: number[]; shops: number[] } {
  const industry = region.grids.map((g) => {
    const spread = random.between(0.25, 1.6) * random.between(0.5, 1.5)
    const favoured = g.statJurisdiction.slice(6, 9) === '400' ? 1.6 : 1
    return Math.sqrt(g.areaKm2) * spread * favoured
  })
  const shops = region.grids.map((g) => random.between(0.4, 1.4) / (0.5 + g.areaKm2))
  return { industry, shops }
}

/** Lays out 28,000 enterprises and 6,000 shops. Enterprise 0 is that of the cast: medium, polishing, in park 0. */
export function layOut(random: Random, loads: { industry: number[]; shops: number[] }, parks: readonly Park[], neighbourGrids: number): Plan {
  const grades = gradePlan(random.stream('grades'))
  const place = placePlan(random.stream('places'), loads.industry, parks, grades.grade, neighbourGrids)
  const industry = industryPlan(random.stream('industries'), grades.above)
  const shopWhere = weightedPicker(loads.shops)
  const shopRandom = random.stream('shops')
  return {
    ...grades,
    ...place,
    industry,
    state: statePlan(random.stream('states'), grades.grade),
    host: hostPlan(random.stream('hosts'), place, grades),
    extraSites: extraSitePlan(random.stream('sites'), loads.industry, grades.grade),
    shopGrid: Uint16Array.from({ length: SHOP_COUNT }, () => shopWhere(shopRandom)),
  }
}

/** The size an enterprise is to get. */
export const targetOf = (plan: Plan, index: number): SizeTarget => ({
  grade: gradeNames[plan.grade[index] as number] ?? 'MICRO',
  aboveScale: plan.above[index] === 1,
  odd: plan.odd[index] === 1,
})

function gradePlan(random: Random): Pick<Plan, 'grade' | 'above' | 'odd'> {
  const grade = new Uint8Array(ALL).fill(3)
  const above = new Uint8Array(ALL)
  const odd = new Uint8Array(ALL)
  const order = [0, ...random.shuffle(Array.from({ length: ENTERPRISE_COUNT - 1 }, (_, i) => i + 1))]
  const smallAbove = ABOVE_SCALE_COUNT - LARGE - MEDIUM - MICRO_ABOVE
  order.forEach((index, rank) => {
    const large = rank >= MEDIUM && rank < MEDIUM + LARGE
    const small = rank >= MEDIUM + LARGE && rank < MEDIUM + LARGE + SMALL
    const micro = rank - MEDIUM - LARGE - SMALL
    grade[index] = rank < MEDIUM ? 1 : large ? 0 : small ? 2 : 3
    const smallRank = rank - MEDIUM - LARGE
    above[index] = rank < MEDIUM + LARGE || (small && smallRank < smallAbove) || (micro >= 0 && micro < MICRO_ABOVE) ? 1 : 0
    // 9 on the list although the turnover fell; 14 over the line and not yet on it.
    odd[index] = small && ((smallRank >= smallAbove - 9 && smallRank < smallAbove) || (smallRank >= smallAbove && smallRank < smallAbove + 14)) ? 1 : 0
  })
  return { grade, above, odd }
}

function placePlan(random: Random, load: readonly number[], parks: readonly Park[], grade: Uint8Array, neighbourGrids: number): Pick<Plan, 'grid' | 'park'> {
  const where = weightedPicker(load)
  const byGrid = new Map<number, Park[]>()
  for (const park of parks) byGrid.set(park.gridIndex, [...(byGrid.get(park.gridIndex) ?? []), park])
  const shares = [0.8, 0.8, 0.75, 0.6] as const
  const grid = new Uint16Array(ALL)
  const park = new Int16Array(ALL).fill(-1)
  for (let i = 0; i < ENTERPRISE_COUNT; i++) {
    grid[i] = where(random)
    const near = byGrid.get(grid[i] as number)
    if (near && random.chance(shares[grade[i] as number] ?? 0)) park[i] = (near[random.weighted(near.map((p) => p.floorArea))] as Park).index
  }
  for (let i = ENTERPRISE_COUNT; i < ALL; i++) grid[i] = random.int(0, neighbourGrids - 1)
  grid[0] = (parks[0] as Park).gridIndex
  park[0] = 0
  return { grid, park }
}

function industryPlan(random: Random, above: Uint8Array): Uint8Array {
  const ordinary = weightedPicker(industryRows.map((row) => row[2]))
  const larger = weightedPicker(industryRows.map((row) => row[2] * row[3]))
  const industry = Uint8Array.from(above, (isAbove) => (isAbove ? larger : ordinary)(random))
  industry[0] = industryRows.findIndex((row) => row[0] === '3351')
  return industry
}

function statePlan(random: Random, grade: Uint8Array): Uint8Array {
  const usual = weightedPicker([910, 30, 0, 6, 25, 16, 13])
  const larger = weightedPicker([975, 12, 0, 5, 4, 2, 2])
  const state = Uint8Array.from(grade, (g) => (g < 2 ? larger : usual)(random))
  // 责令停产: a score of units in the whole district, never the cast's.
  for (let i = 0; i < 26; i++) state[random.int(1, ENTERPRISE_COUNT - 1)] = 2
  state[0] = 0
  return state
}

/** A small unit in a park may rent part of a larger tenant's plant; some do so outside parks too. */
function hostPlan(random: Random, place: Pick<Plan, 'grid' | 'park'>, grades: Pick<Plan, 'grade' | 'above'>): Int32Array {
  const host = new Int32Array(ALL).fill(-1)
  const lastInPark = new Map<string, number>()
  for (let i = 0; i < ENTERPRISE_COUNT; i++) {
    const inPark = (place.park[i] as number) >= 0
    const key = inPark ? `p${place.park[i]}` : `g${place.grid[i]}`
    const larger = lastInPark.get(key)
    const small = (grades.grade[i] as number) >= 2 && grades.above[i] === 0
    if (small && larger !== undefined && random.chance(inPark ? 0.05 : 0.02)) host[i] = larger
    else if (grades.above[i] === 1) lastInPark.set(key, i)
  }
  return host
}

function extraSitePlan(random: Random, load: readonly number[], grade: Uint8Array): Map<number, number[]> {
  const where = weightedPicker(load)
  const shares = [0.5, 0.2, 0.03, 0.003] as const
  const extra = new Map<number, number[]>()
  for (let i = 1; i < ENTERPRISE_COUNT; i++) {
    if (!random.chance(shares[grade[i] as number] ?? 0)) continue
    extra.set(i, Array.from({ length: random.chance(0.15) ? 2 : 1 }, () => where(random)))
  }
  return extra
}
