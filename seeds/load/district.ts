import { makeRota } from '../../capabilities/district/rota.ts'
import type { Secrets } from '../../kernel/server/secret.ts'
import type pg from 'pg'
import { dateText, dayOf } from '../calendar.ts'
import type { Enterprise } from '../enterprises.ts'
import { isWorked } from '../timeline.ts'
import type { World } from '../world.ts'
import { PlaceBook } from './book.ts'
import { Bulk, idOf } from './bulk.ts'
import { loadAboveScale, loadOperators } from './operators.ts'
import { loadMember, loadOrganisations, loadPerson } from './people.ts'
import { loadEnterprise, loadLeases, loadParks, loadShop, type PlacesGiven } from './places.ts'
import { loadRegion } from './region.ts'

export interface DistrictGiven {
  readonly client: pg.PoolClient
  readonly secrets: Secrets
  readonly passwordHash: string
  readonly ended: () => boolean
  say(line: string): void
}

/** Everything that stands before the first visit; runs inside the caller's transaction. The places come back for the history. */
export async function loadDistrict(given: DistrictGiven, world: World): Promise<PlaceBook> {
  const bulk = new Bulk(given.client, given.ended)
  const places = { bulk, secrets: given.secrets, now: world.now }
  given.say('区划、安格、机构')
  await loadRegion(bulk, world.region)
  await loadOrganisations(bulk, world.region, [...world.cast, ...world.staff, ...world.members])
  given.say(`园区 ${world.parks.length} 个`)
  await loadParks(places, world.parks, world.region)
  const book = await loadPlaces(given, places, world)
  given.say('人员、岗位、证件、排班')
  const people = { bulk, secrets: given.secrets, now: new Date(world.now).toISOString(), passwordHash: given.passwordHash }
  for (const person of [...world.cast, ...world.staff].filter((p) => p.ref !== 'lin')) await loadPerson(people, person)
  for (const member of world.members) await loadMember(people, member, world.region)
  await loadRota(bulk, world)
  await bulk.flush()
  return book
}

async function loadPlaces(given: DistrictGiven, places: PlacesGiven, world: World): Promise<PlaceBook> {
  const book = new PlaceBook()
  await loadOperators(places, world.parks, world.region)
  for (const park of world.parks) book.park(park, world)
  const listed: Enterprise[] = []
  let count = 0
  for (const enterprise of world.enterprises()) {
    await loadEnterprise(places, enterprise)
    book.enterprise(enterprise)
    if (enterprise.aboveScale) listed.push(enterprise)
    if (++count % 7_000 === 0) given.say(`工业企业 ${count} 家`)
  }
  for (const enterprise of world.neighbours()) await loadEnterprise(places, enterprise)
  for (const shop of world.shops()) {
    await loadShop(places, shop)
    book.shop(shop)
  }
  given.say('商铺、小场所 6000 家')
  await places.bulk.flush()
  await loadLeases(places, given.client, world.enterprises())
  await loadAboveScale(places.bulk, listed, world.region.district.code, world.now)
  return book
}

const ROTA_BEFORE = 7
const ROTA_AHEAD = 28

/** 5+2: who stands in each grid, made by the product's own rule. */
async function loadRota(bulk: Bulk, world: World): Promise<void> {
  const today = dayOf(world.now)
  const [from, to] = [dateText(today - ROTA_BEFORE), dateText(today + ROTA_AHEAD)]
  const isWorkday = (day: string) => isWorked(dayOf(Date.parse(day)))
  for (const grid of world.region.grids) {
    const officers = world.members.filter((m) => m.mainGrid === grid.index).map((m) => ({ personId: idOf('person', m.ref), from: m.joinedOn, to: null }))
    const duties = makeRota({ officers, from, to, isWorkday, before: [] })
    await bulk.addAll('grid_rota', duties.map((duty) => ({ grid_id: idOf('grid', grid.code), day: duty.day, person_id: duty.personId, area_code: grid.communityCode })))
  }
}

