import { makeCreditCode } from '../kernel/core/credit-code.ts'
import { parkNumber } from '../kernel/core/id.ts'
import { castMobile, castNames } from './cast.ts'
import { organisationBody, PARK_BODIES } from './codes.ts'
import type { NameBook } from './names.ts'
import { brandName, landline, mobileNumber, parkName, personName } from './names.ts'
import { city, PlaceNames } from './places.ts'
import type { Random } from './random.ts'
import { weightedPicker } from './random.ts'
import type { Grid, Position, Region } from './region.ts'
import { pointIn, pointNear } from './region.ts'

export const PARK_COUNT = 276
/** 园中园 among them: run by another operator inside a larger park. */
export const SUB_PARK_COUNT = 14
const DEMONSTRATION_COUNT = 11

export interface Park {
  /** Position in `world.parks`. */
  readonly index: number
  readonly ref: string
  readonly code: string
  readonly name: string
  readonly kind: 'INDUSTRIAL_PARK' | 'PARK_IN_PARK'
  readonly parentRef: string | null
  readonly gridIndex: number
  readonly point: Position
  readonly address: string
  readonly owner: string
  readonly operator: string
  readonly operatorCreditCode: string
  readonly manager: { readonly name: string; readonly mobile: string; readonly phone: string }
  readonly landArea: number
  readonly floorArea: number
  /** Result of the acceptance of §10; null while remediation goes on. 11 demonstration parks. */
  readonly acceptance: { readonly grade: '示范' | '达标' | '合格' | '不合格'; readonly score: number } | null
  readonly buildings: readonly Building[]
}

export interface Building {
  readonly ref: string
  readonly name: string
  readonly use: 'PLANT' | 'WAREHOUSE' | 'OFFICE' | 'DORMITORY' | 'MIXED'
  readonly floors: number
  readonly floorArea: number
  readonly point: Position
}

/** All parks; a park's tenants are given by the plan. The first park is the one where the cast meets. */
export function buildParks(random: Random, region: Region, load: readonly number[], home: number, book: NameBook): Park[] {
  const where = weightedPicker(load)
  const places = new PlaceNames(random.stream('places'))
  const demonstration = new Set(random.stream('demonstration').shuffle(Array.from({ length: PARK_COUNT - SUB_PARK_COUNT }, (_, i) => i)).slice(0, DEMONSTRATION_COUNT))
  const parks: Park[] = []
  for (let index = 0; index < PARK_COUNT; index++) {
    const own = random.stream('park', index)
    const parent = index >= PARK_COUNT - SUB_PARK_COUNT ? (parks[(index * 17) % 200] as Park) : null
    const grid = region.grids[parent ? parent.gridIndex : index === 0 ? home : where(own)] as Grid
    const name = index === 0 ? book.unique(() => '澜湖智造园') : book.unique(() => parkName(own, places))
    parks.push(parkOf(own, region, index, name, grid, parent, demonstration.has(index), book))
  }
  return parks
}

function parkOf(random: Random, region: Region, index: number, name: string, grid: Grid, parent: Park | null, isDemonstration: boolean, book: NameBook): Park {
  const ref = `PK-${String(index + 1).padStart(3, '0')}`
  const point = parent ? pointNear(random, grid.ring, parent.point, 120) : pointIn(random, grid.ring)
  const count = parent ? random.int(1, 3) : index === 0 ? 12 : 2 + Math.floor(13 * random.unit() * random.unit())
  const buildings = Array.from({ length: count }, (_, i) => buildingOf(random, `${ref}-${String(i + 1).padStart(2, '0')}`, i, grid, point))
  const floorArea = buildings.reduce((sum, b) => sum + b.floorArea, 0)
  return {
    index,
    ref,
    code: parkNumber(region.district.code.slice(0, 6), index + 1),
    name,
    kind: parent ? 'PARK_IN_PARK' : 'INDUSTRIAL_PARK',
    parentRef: parent?.ref ?? null,
    gridIndex: grid.index,
    point,
    address: addressIn(random, region, grid),
    owner: random.chance(0.4) ? `${communityWord(region, grid)}股份合作公司` : book.unique(() => `${city.name}${brandName(random)}实业有限公司`),
    operator: book.unique(() => `${city.name}${brandName(random)}${parent ? '商业运营' : '物业管理'}有限公司`),
    operatorCreditCode: makeCreditCode('91', region.district.code.slice(0, 6), organisationBody(PARK_BODIES + index)),
    manager: index === 0 ? { name: castNames.jiang, mobile: castMobile('jiang'), phone: landline(random) } : { name: personName(random), mobile: mobileNumber(random), phone: landline(random) },
    landArea: Math.round(floorArea / random.between(1.4, 3)),
    floorArea,
    acceptance: acceptanceOf(random, isDemonstration),
    buildings,
  }
}

function buildingOf(random: Random, ref: string, index: number, grid: Grid, near: Position): Building {
  const use = index === 0 ? 'PLANT' : (['PLANT', 'WAREHOUSE', 'OFFICE', 'DORMITORY', 'MIXED'] as const)[random.weighted([60, 10, 6, 14, 10])] ?? 'PLANT'
  const floors = use === 'WAREHOUSE' ? random.int(1, 4) : random.int(2, 8)
  const name = use === 'DORMITORY' ? `${index + 1}号宿舍楼` : `${String.fromCharCode(65 + (index % 26))}栋`
  return { ref, name, use, floors, floorArea: floors * random.int(8, 36) * 100, point: pointNear(random, grid.ring, near, 160) }
}

function acceptanceOf(random: Random, isDemonstration: boolean): Park['acceptance'] {
  if (isDemonstration) return { grade: '示范', score: random.int(900, 978) / 10 }
  if (random.chance(0.12)) return null
  const score = random.int(620, 899) / 10
  return { grade: score >= 80 ? '达标' : score >= 70 ? '合格' : '不合格', score }
}

const communityWord = (region: Region, grid: Grid): string => region.communities.find((c) => c.code === grid.communityCode)?.word ?? ''

/** "安川市安澜区望汀街道汀浦社区鹭苑路18号". */
export function addressIn(random: Random, region: Region, grid: Grid): string {
  const street = region.streets.find((s) => s.code === grid.streetCode)
  const community = region.communities.find((c) => c.code === grid.communityCode)
  const road = random.pick([...(community?.roads ?? []), ...(community?.roads ?? []), ...(street?.roads ?? [])])
  return `${region.city.name}${region.district.name}${street?.name ?? ''}${community?.name ?? ''}${road}${random.int(1, 398)}号`
}
