import { maskPhone } from '../../kernel/core/mask.ts'
import type { Secrets } from '../../kernel/server/secret.ts'
import { divisionOf } from '../../capabilities/enterprise/industry.ts'
import { gongmaoSector } from '../../capabilities/enterprise/gongmao.ts'
import { searchWords } from '../../capabilities/enterprise/search.ts'
import { initialsOf } from '../../capabilities/enterprise/server/pinyin.ts'
import { dateText, dayOf } from '../calendar.ts'
import type { Contact, Enterprise, Site } from '../enterprises.ts'
import type { Park } from '../parks.ts'
import type { Region } from '../region.ts'
import type { Shop } from '../shops.ts'
import type { Tag } from '../tags.ts'
import { siteNumber } from '../../kernel/core/id.ts'
import { type Bulk, idOf } from './bulk.ts'

export interface PlacesGiven {
  readonly bulk: Bulk
  readonly secrets: Secrets
  readonly now: number
}

/** Sealed, masked, last four digits and blind: the four forms in which a number is kept. */
const phoneOf = ({ secrets }: PlacesGiven, phone: string | null) =>
  phone ? { sealed: secrets.seal(phone), masked: maskPhone(phone), tail: phone.slice(-4), blind: secrets.blind(phone) } : { sealed: null, masked: null, tail: null, blind: null }

/** Parks with their buildings; larger parks before the parks inside them. */
export async function loadParks(given: PlacesGiven, parks: readonly Park[], region: Region): Promise<void> {
  const ordered = [...parks].sort((a, b) => Number(a.parentRef !== null) - Number(b.parentRef !== null))
  for (const park of ordered) {
    const grid = region.grids[park.gridIndex]!
    const at = { area_code: grid.statJurisdiction, grid_id: idOf('grid', grid.code) }
    const phone = phoneOf(given, park.manager.mobile)
    await given.bulk.add('park', {
      id: idOf('park', park.ref), code: park.code, name: park.name, kind: park.kind, parent_park_id: park.parentRef ? idOf('park', park.parentRef) : null, ...at, operator_name: park.operator,
      contact_name: park.manager.name, contact_phone_sealed: phone.sealed, contact_phone_tail: phone.tail, address: park.address, lon: park.point[0], lat: park.point[1],
      land_area_m2: park.landArea, floor_area_m2: park.floorArea, version: 1,
    })
  }
  await given.bulk.flush()
  for (const park of parks) {
    const grid = region.grids[park.gridIndex]!
    await given.bulk.addAll(
      'building',
      park.buildings.map((b) => ({ id: idOf('building', b.ref), park_id: idOf('park', park.ref), area_code: grid.statJurisdiction, grid_id: idOf('grid', grid.code), name: b.name, use: b.use, floors: b.floors, floor_area_m2: b.floorArea, version: 1 })),
    )
  }
  await given.bulk.flush()
}

const places = (site: Site) => ({ area_code: site.statJurisdiction, grid_id: idOf('grid', site.gridCode) })

/** One enterprise with sites, contacts, tags and the first lines of its history. */
export async function loadEnterprise(given: PlacesGiven, e: Enterprise): Promise<void> {
  const main = e.sites[0]!
  const id = idOf('enterprise', e.ref)
  await given.bulk.add('enterprise', {
    ...head(given, { id, name: e.name, address: main.address, phone: e.principal.mobile, principal: e.principal.name, tags: e.tags, site: main }),
    credit_code: e.creditCode, identity_kind: 'CREDIT_CODE', operator_id_masked: null, legal_rep: e.legalRepresentative, industry_code: e.industryCode, division: Number(divisionOf(e.industryCode)),
    gongmao_sector: gongmaoSector(e.industryCode), employees: e.size.employees, revenue_wan: e.size.revenue, assets_wan: e.size.assets, established_on: e.establishedOn, state: e.state,
    state_since: stateSince(given, e), load_percent: e.loadPercent, above_scale: e.aboveScale !== null, size_grade: e.sizeGrade, standard_level: e.standardLevel, high_risk: e.isHighRisk,
    contacts_verified_at: e.contactsVerifiedOn ? `${e.contactsVerifiedOn}T02:00:00Z` : null,
  })
  for (const [i, site] of e.sites.entries()) await given.bulk.add('site', siteRow(id, site, i === 0, siteNumber(e.creditCode, i + 1)))
  await given.bulk.addAll('enterprise_contact', e.safetyManagers.map((m, i) => contactRow(given, id, main, e.ref, m, i)))
  await loadTags(given, id, main, e.tags)
  if (e.state !== 'ACTIVE') await loadStateHistory(given, id, main, e)
}

export async function loadShop(given: PlacesGiven, shop: Shop): Promise<void> {
  const id = idOf('enterprise', shop.ref)
  const since = dateText(dayOf(given.now) - 400)
  await given.bulk.add('enterprise', {
    ...head(given, { id, name: shop.name, address: shop.site.address, phone: shop.operator.mobile, principal: shop.operator.name, tags: shop.tags, site: shop.site }),
    credit_code: shop.creditCode, identity_kind: shop.identityKind, operator_id_masked: shop.operator.maskedIdentity, legal_rep: shop.operator.name, industry_code: null, division: null, gongmao_sector: null,
    employees: shop.employees, revenue_wan: null, assets_wan: null, established_on: null, state: 'ACTIVE', state_since: since, load_percent: null, above_scale: false, size_grade: 'UNKNOWN',
    standard_level: 'NONE', high_risk: false, contacts_verified_at: null,
  })
  await given.bulk.add('site', siteRow(id, shop.site, true, siteNumber(shop.creditCode ?? id.replaceAll('-', '').slice(-18).toUpperCase(), 1)))
  await loadTags(given, id, shop.site, shop.tags)
}

interface Head {
  id: string
  name: string
  address: string
  phone: string
  principal: string
  tags: readonly Tag[]
  site: Site
}

function head(given: PlacesGiven, { id, name, address, phone, principal, tags, site }: Head) {
  const number = phoneOf(given, phone)
  const initials = initialsOf(name)
  return {
    id, credit_code_note: null, registration_no: null, name, name_py: initials, words: searchWords(name, address, initials), principal_name: principal, principal_phone_sealed: number.sealed,
    principal_phone_masked: number.masked, principal_phone_tail: number.tail, principal_phone_blind: number.blind, address, extra_industries: [], site_kind: site.kind, tags: tags.map((t) => t.code),
    risk_color: colourOf(tags), ...places(site), geo_code: site.region12, park_id: site.parkRef ? idOf('park', site.parkRef) : null, lon: site.point[0], lat: site.point[1], version: 1,
    created_at: new Date(given.now - 400 * 86_400_000).toISOString(),
  }
}

/** A first colour from the tags alone, until risk grading is built: explosive and toxic matters first. */
function colourOf(tags: readonly Tag[]): string | null {
  const has = (...codes: string[]) => tags.some((t) => codes.includes(t.code))
  if (has('HAZCHEM_PROD', 'MOLTEN_METAL', 'AMMONIA_REFRIG')) return 'RED'
  if (has('DUST_EXPLOSION', 'LITHIUM_BATTERY', 'FIREWORKS_TRADE')) return 'ORANGE'
  if (has('COATING_SOLVENT', 'CONFINED_SPACE', 'HAZCHEM_USE')) return 'YELLOW'
  return tags.length ? 'BLUE' : null
}

const siteRow = (enterpriseId: string, site: Site, isMain: boolean, code: string) => ({
  id: idOf('site', site.ref), enterprise_id: enterpriseId, code, name: site.name, kind: site.kind, parent_site_id: null, park_id: site.parkRef ? idOf('park', site.parkRef) : null,
  building_id: site.buildingRef ? idOf('building', site.buildingRef) : null, floor: null, ...places(site), geo_code: site.region12, address: site.address, floor_area_m2: site.floorArea,
  lon: site.point[0], lat: site.point[1], is_main: isMain, version: 1,
})

function contactRow(given: PlacesGiven, enterpriseId: string, site: Site, ref: string, contact: Contact, i: number) {
  const phone = phoneOf(given, contact.mobile)
  return {
    id: idOf('contact', `${ref}:${i}`), enterprise_id: enterpriseId, ...places(site), name: contact.name, duty: 'SAFETY_MANAGER', phone_sealed: phone.sealed, phone_masked: phone.masked, phone_tail: phone.tail,
    valid_from: dateText(dayOf(given.now) - 300),
  }
}

async function loadTags(given: PlacesGiven, id: string, site: Site, tags: readonly Tag[]): Promise<void> {
  const setOn = dateText(dayOf(given.now) - 300)
  await given.bulk.addAll('enterprise_tag', tags.map((t) => ({ enterprise_id: id, code: t.code, ...places(site), extra: t.extra, set_on: setOn })))
}

/** What never changed has no history; a plant that stands still has been running before. */
async function loadStateHistory(given: PlacesGiven, id: string, site: Site, e: Enterprise): Promise<void> {
  const since = stateSince(given, e)
  const row = (value: string, from: string, to: string | null, source: string) => ({ id: idOf('history', `${e.ref}:${value}`), enterprise_id: id, ...places(site), field: 'STATE', value, valid_from: from, valid_to: to, source })
  const before = e.establishedOn < since ? [row('ACTIVE', e.establishedOn, dateText(dayOf(Date.parse(since)) - 1), '初始登记')] : []
  await given.bulk.addAll('enterprise_history', [...before, row(e.state, since, null, '走访核实')])
}

/** Standing still since some weeks or months; running since it was founded. */
function stateSince(given: PlacesGiven, e: Enterprise): string {
  const since = dateText(dayOf(given.now) - 20 - (e.index % 240))
  return e.state === 'ACTIVE' || since < e.establishedOn ? e.establishedOn : since
}

/** 厂中厂 and leases, once all sites are there. */
export async function loadLeases(given: PlacesGiven, client: { query(text: string, values: unknown[]): Promise<unknown> }, enterprises: Iterable<Enterprise>): Promise<void> {
  const inside: { id: string; parent: string }[] = []
  for (const e of enterprises) {
    for (const site of e.sites) {
      if (site.parentRef) inside.push({ id: idOf('site', site.ref), parent: idOf('site', site.parentRef) })
      if (site.lease) await given.bulk.add('lease', leaseRow(e, site, site.lease))
    }
  }
  await given.bulk.flush()
  await client.query('update site set parent_site_id = x.parent from jsonb_to_recordset($1::jsonb) as x(id uuid, parent uuid) where site.id = x.id', [JSON.stringify(inside)])
}

const leaseRow = (e: Enterprise, site: Site, lease: NonNullable<Site['lease']>) => ({
  id: idOf('lease', site.ref), lessee_site_id: idOf('site', site.ref), lessor_site_id: site.parentRef ? idOf('site', site.parentRef) : null,
  park_id: site.parentRef ? null : idOf('park', site.parkRef ?? lease.lessorRef), enterprise_id: idOf('enterprise', e.ref), ...places(site), area_m2: lease.area, valid_from: lease.from, valid_to: lease.to,
  has_agreement: lease.hasSafetyAgreement, coordinator: null,
})
