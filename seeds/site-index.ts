import type { OperatingState } from '../capabilities/enterprise/lifecycle.ts'
import { ENTERPRISE_COUNT, operatingStates, SHOP_COUNT } from './plan.ts'
import { enterpriseRef, siteRef, tagsAt } from './enterprises.ts'
import type { ShopKind } from './shops.ts'
import { shopKindAt, shopRef } from './shops.ts'
import type { World } from './world.ts'

/** Tags that decide which items can be found at a site; a bit each. */
export const riskTags = ['DUST_EXPLOSION', 'COATING_SOLVENT', 'LITHIUM_BATTERY', 'CONFINED_SPACE', 'MOLTEN_METAL', 'AMMONIA_REFRIG', 'HAZCHEM_USE', 'SPECIAL_EQUIP', 'CITY_GAS'] as const
export type RiskTag = (typeof riskTags)[number]

export const bitOf = (tag: RiskTag): number => 1 << riskTags.indexOf(tag)

export type SiteClass = 'PLANT' | 'SHOP' | 'PARK'

/**
 * All places one can visit, without the records: plants first (first sites of the enterprises in their order), then
 * shops, then parks. About 35,000 numbers in a few arrays.
 */
export interface SiteIndex {
  readonly count: number
  readonly grid: Uint16Array
  readonly mask: Uint16Array
  readonly plantsByGrid: readonly (readonly number[])[]
  readonly shopsByGrid: readonly (readonly number[])[]
  readonly parksByGrid: readonly (readonly number[])[]
  refOf(site: number): string
  classOf(site: number): SiteClass
  stateOf(site: number): OperatingState
  shopKindOf(site: number): ShopKind | null
  /** Who answers for the place: safety manager or operator. */
  operatorOf(site: number): string
}

const PARKS_FROM = ENTERPRISE_COUNT + SHOP_COUNT

/** Builds the index; about a quarter of a second. */
export function indexSites(world: World): SiteIndex {
  const { plan, parks, region, setting } = world
  const count = PARKS_FROM + parks.length
  const grid = new Uint16Array(count)
  const mask = new Uint16Array(count)
  for (let i = 0; i < ENTERPRISE_COUNT; i++) {
    grid[i] = plan.grid[i] as number
    for (const tag of tagsAt(setting, i)) {
      const bit = riskTags.indexOf(tag.code as RiskTag)
      if (bit >= 0) (mask[i] as number) |= 1 << bit
    }
  }
  const kinds: ShopKind[] = []
  for (let i = 0; i < SHOP_COUNT; i++) {
    grid[ENTERPRISE_COUNT + i] = plan.shopGrid[i] as number
    kinds.push(shopKindAt(setting, i))
    if (kinds[i] === 'NINE_SMALL_CATERING') mask[ENTERPRISE_COUNT + i] = bitOf('CITY_GAS')
  }
  parks.forEach((park, i) => (grid[PARKS_FROM + i] = park.gridIndex))
  const lists = byGrid(grid, region.grids.length)
  return {
    count,
    grid,
    mask,
    ...lists,
    refOf: (site) => (site < ENTERPRISE_COUNT ? siteRef(site) : site < PARKS_FROM ? shopRef(site - ENTERPRISE_COUNT) : (parks[site - PARKS_FROM]?.ref ?? '')),
    classOf,
    stateOf: (site) => (site < ENTERPRISE_COUNT ? (operatingStates[plan.state[site] as number] ?? 'ACTIVE') : 'ACTIVE'),
    shopKindOf: (site) => (classOf(site) === 'SHOP' ? (kinds[site - ENTERPRISE_COUNT] ?? null) : null),
    operatorOf: (site) => operatorOf(site, parks),
  }
}

const classOf = (site: number): SiteClass => (site < ENTERPRISE_COUNT ? 'PLANT' : site < PARKS_FROM ? 'SHOP' : 'PARK')

/** Zhao answers for the cast's plant; for a park the safety staff of the company that runs it. */
function operatorOf(site: number, parks: World['parks']): string {
  if (site === 0) return 'zhao'
  if (site < ENTERPRISE_COUNT) return `${enterpriseRef(site)}:safety`
  return site < PARKS_FROM ? `${shopRef(site - ENTERPRISE_COUNT)}:operator` : `${parks[site - PARKS_FROM]?.ref}:safety`
}

/** The principal who signs plans for a plant. */
export const principalOf = (site: number): string => (site === 0 ? 'feng' : `${enterpriseRef(site)}:principal`)

function byGrid(grid: Uint16Array, grids: number): Pick<SiteIndex, 'plantsByGrid' | 'shopsByGrid' | 'parksByGrid'> {
  const empty = () => Array.from({ length: grids }, () => [] as number[])
  const [plantsByGrid, shopsByGrid, parksByGrid] = [empty(), empty(), empty()]
  grid.forEach((g, site) => {
    const list = site < ENTERPRISE_COUNT ? plantsByGrid : site < PARKS_FROM ? shopsByGrid : parksByGrid
    list[g]?.push(site)
  })
  return { plantsByGrid, shopsByGrid, parksByGrid }
}

export const parkSite = (park: number): number => PARKS_FROM + park
