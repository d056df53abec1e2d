import type { SiteKind } from '../capabilities/enterprise/site-kinds.ts'
import { makeCreditCode } from '../kernel/core/credit-code.ts'
import { organisationBody, SHOP_BODIES } from './codes.ts'
import { placeOf } from './enterprises.ts'
import type { Contact, Setting, Site } from './enterprises.ts'
import { maskedIdentity, mobileNumber, personName, shopName } from './names.ts'
import type { NameBook } from './names.ts'
import { shopWords } from './names.data.ts'
import { addressIn } from './parks.ts'
import { SHOP_COUNT } from './plan.ts'
import type { Random } from './random.ts'
import type { Grid } from './region.ts'
import { pointIn } from './region.ts'
import type { Tag } from './tags.ts'

/** 三小, 九小 and shops along the street: how many of a thousand are of each kind, and the largest floor area in m². */
export const shopKinds = [
  ['SMALL_SHOP', 330, 300], ['SMALL_WORKSHOP', 120, 250], ['SMALL_ENTERTAINMENT', 30, 200], ['STREET_STORE', 140, 260],
  ['NINE_SMALL_MALL', 40, 299], ['NINE_SMALL_CATERING', 150, 240], ['NINE_SMALL_HOTEL', 35, 600], ['NINE_SMALL_ENTERTAINMENT', 20, 200],
  ['NINE_SMALL_LEISURE', 50, 200], ['NINE_SMALL_MEDICAL', 25, 400], ['NINE_SMALL_SCHOOL', 20, 800], ['NINE_SMALL_WORKSHOP', 30, 400],
  ['NINE_SMALL_HAZGOODS', 10, 99],
] as const
export type ShopKind = (typeof shopKinds)[number][0] & SiteKind

/** A small place: one site, one operator. Without a licence there is no code, and the place is inspected all the same (domain §1.1). */
export interface Shop {
  readonly index: number
  readonly ref: string
  readonly name: string
  readonly creditCode: string | null
  readonly identityKind: 'CREDIT_CODE' | 'NO_LICENSE'
  readonly operator: Contact & { readonly maskedIdentity: string | null }
  readonly employees: number
  readonly tags: readonly Tag[]
  readonly site: Site
}

export const shopRef = (index: number): string => `S${String(index + 1).padStart(4, '0')}`

/** Kind of a shop without making the rest of it. */
export function shopKindAt({ random }: Setting, index: number): ShopKind {
  return (shopKinds[random.stream('shop-kind', index).weighted(shopKinds.map((k) => k[1]))] as (typeof shopKinds)[number])[0]
}

/** All small places, one at a time. */
export function* shops(setting: Setting, book: NameBook): Generator<Shop> {
  for (let index = 0; index < SHOP_COUNT; index++) yield shopAt(setting, index, book)
}

function shopAt(setting: Setting, index: number, book: NameBook): Shop {
  const random = setting.random.stream('shop', index)
  const kind = shopKindAt(setting, index)
  const grid = setting.region.grids[setting.plan.shopGrid[index] as number] as Grid
  const word = random.pick(shopWords[kind] ?? ['店'])
  const community = setting.region.communities.find((c) => c.code === grid.communityCode)
  const name = book.unique(() => shopName(random, community?.word ?? '', word))
  const licensed = !random.chance(kind === 'SMALL_WORKSHOP' || kind === 'NINE_SMALL_WORKSHOP' ? 0.14 : 0.03)
  const [, , most] = shopKinds.find((k) => k[0] === kind) as (typeof shopKinds)[number]
  return {
    index,
    ref: shopRef(index),
    name,
    creditCode: licensed ? makeCreditCode('92', '990101', organisationBody(SHOP_BODIES + index)) : null,
    identityKind: licensed ? 'CREDIT_CODE' : 'NO_LICENSE',
    operator: { name: personName(random), mobile: mobileNumber(random), maskedIdentity: licensed ? null : maskedIdentity(random) },
    employees: random.int(1, kind === 'NINE_SMALL_SCHOOL' ? 24 : 9),
    tags: tagsOf(random, kind, word),
    site: siteOf(setting, index, kind, name, grid, Math.floor(most * random.between(0.12, 1)), random),
  }
}

function siteOf(setting: Setting, index: number, kind: ShopKind, name: string, grid: Grid, floorArea: number, random: Random): Site {
  return {
    ref: shopRef(index),
    kind,
    name,
    ...placeOf(grid),
    point: pointIn(random, grid.ring),
    address: `${addressIn(random, setting.region, grid)}${random.int(101, 139)}铺`,
    floorArea: Math.max(8, floorArea),
    parkRef: null,
    buildingRef: null,
    parentRef: null,
    lease: null,
    nightShift: ['SMALL_ENTERTAINMENT', 'NINE_SMALL_ENTERTAINMENT', 'NINE_SMALL_CATERING', 'NINE_SMALL_HOTEL', 'NINE_SMALL_LEISURE'].includes(kind) && random.chance(0.7),
  }
}

function tagsOf(random: Random, kind: ShopKind, word: string): Tag[] {
  const tags: Tag[] = []
  if (kind === 'NINE_SMALL_CATERING') tags.push({ code: 'CITY_GAS', extra: { supply: random.chance(0.45) ? 'BOTTLE' : 'PIPE' } })
  if (word.startsWith('电动车')) tags.push({ code: 'LITHIUM_BATTERY', extra: { stages: ['仓储'], faultyCellsIsolated: random.chance(0.7) } })
  if (word === '烟花零售点') tags.push({ code: 'FIREWORKS_TRADE', extra: { kind: '零售', limitKg: 100 } })
  if (word === '油漆店' || word === '化工试剂店') tags.push({ code: 'HAZCHEM_TRADE_NOSTORE', extra: {} })
  if (word === '家具加工坊' || word === '木器加工部') tags.push({ code: 'DUST_EXPLOSION', extra: { dustKind: '木', personsPerShift: random.int(1, 3), process: '干式', explosionControl: null } })
  return tags
}
