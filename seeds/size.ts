import type { SizeGrade } from '../capabilities/enterprise/size.ts'
import { sizeGrade } from '../capabilities/enterprise/size.ts'
import type { Random } from './random.ts'

/** People, turnover and assets in 万元. */
export interface Size {
  readonly employees: number | null
  readonly revenue: number | null
  readonly assets: number | null
}

/** Grade of an industrial unit; UNKNOWN when people or turnover are not known. */
export const industrialGrade = ({ employees, revenue, assets }: Size): SizeGrade =>
  sizeGrade('INDUSTRY', { employees, revenueWan: revenue, assetsWan: assets })

/** What a unit is to become; the list of units above scale is given, never computed from the turnover (domain §1.3). */
export interface SizeTarget {
  readonly grade: Exclude<SizeGrade, 'UNKNOWN'>
  readonly aboveScale: boolean
  /** On the list with a turnover that fell below 2,000 万元, or above it and not yet on the list. */
  readonly odd: boolean
}

/** Figures that give exactly the wanted grade. Most values crowd at the lower end, as they do. */
export function drawSize(random: Random, { grade, aboveScale, odd }: SizeTarget): Size {
  const [employees, revenue] = figures(random, grade, aboveScale, odd)
  const assets = Math.round(revenue * random.between(0.4, 1.7))
  if (grade === 'MICRO' && !aboveScale && random.chance(0.02)) {
    return random.chance(0.5) ? { employees: null, revenue, assets } : { employees, revenue: null, assets: null }
  }
  return { employees, revenue, assets }
}

function figures(random: Random, grade: SizeTarget['grade'], aboveScale: boolean, odd: boolean): [number, number] {
  const low = (from: number, to: number, bend = 2) => from + Math.floor((to - from + 1) * squeeze(random.unit(), bend))
  switch (grade) {
    case 'LARGE':
      return [low(1000, 7200, 3), low(40_000, 960_000, 4)]
    case 'MEDIUM':
      return random.chance(0.04) ? [low(1000, 1600), low(2_000, 39_999)] : [low(300, 999), low(6_000, 120_000, 3)]
    case 'SMALL':
      if (aboveScale) return [low(20, 299), odd ? low(1_500, 1_999) : low(2_000, 36_000, 3)]
      return [low(20, 160, 3), odd ? low(2_000, 2_600) : low(300, 1_999)]
    case 'MICRO':
      if (aboveScale) return [low(8, 19), low(2_000, 5_200)]
      return random.chance(0.05) ? [low(20, 42), low(40, 299)] : [low(1, 19, 1), low(15, 1_900, 3)]
  }
}

function squeeze(unit: number, bend: number): number {
  let value = unit
  for (let i = 1; i < bend; i++) value *= unit
  return value
}
