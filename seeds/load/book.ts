import { enterpriseRef, type Enterprise, type Site } from '../enterprises.ts'
import type { Park } from '../parks.ts'
import type { Shop } from '../shops.ts'
import type { World } from '../world.ts'
import { idOf } from './bulk.ts'

/** What the records of a visit say about the place: as the register has it. */
export interface PlaceFacts {
  readonly ref: string
  readonly enterpriseId: string
  readonly enterpriseName: string
  readonly siteId: string
  readonly siteName: string
  readonly areaCode: string
  readonly gridId: string
  readonly parkId: string | null
  readonly creditCode: string
  readonly address: string
  readonly principal: string
  readonly safety: string
}

/** Places by the refs that scripts use; enterprises are known by their first site. */
export class PlaceBook {
  private readonly places = new Map<string, PlaceFacts>()

  at(ref: string): PlaceFacts {
    const found = this.places.get(ref)
    if (!found) throw new RangeError(`no place ${ref}`)
    return found
  }

  enterprise(e: Enterprise): void {
    const site = e.sites[0]!
    this.places.set(site.ref, { ...placed(site, e.ref), enterpriseName: e.name, creditCode: e.creditCode, principal: e.principal.name, safety: e.safetyManagers[0]?.name ?? e.principal.name })
  }

  shop(shop: Shop): void {
    this.places.set(shop.ref, { ...placed(shop.site, shop.ref), enterpriseName: shop.name, creditCode: shop.creditCode ?? '', principal: shop.operator.name, safety: shop.operator.name })
  }

  park(park: Park, world: World): void {
    const grid = world.region.grids[park.gridIndex]!
    this.places.set(park.ref, {
      ref: park.ref, enterpriseId: idOf('enterprise', park.ref), enterpriseName: park.operator, siteId: idOf('site', park.ref), siteName: park.name, areaCode: grid.statJurisdiction, gridId: idOf('grid', grid.code),
      parkId: idOf('park', park.ref), creditCode: park.operatorCreditCode, address: park.address, principal: park.manager.name, safety: park.manager.name,
    })
  }
}

const placed = (site: Site, enterprise: string) => ({
  ref: enterprise, enterpriseId: idOf('enterprise', enterprise), siteId: idOf('site', site.ref), siteName: site.name, areaCode: site.statJurisdiction, gridId: idOf('grid', site.gridCode),
  parkId: site.parkRef ? idOf('park', site.parkRef) : null, address: site.address,
})

/** The book of a world whose records stand in the database already. */
export function bookOf(world: World): PlaceBook {
  const book = new PlaceBook()
  for (const e of world.enterprises()) book.enterprise(e)
  for (const shop of world.shops()) book.shop(shop)
  for (const park of world.parks) book.park(park, world)
  return book
}

/** The enterprise of the cast. */
export const castEnterprise = enterpriseRef(0)
