import { divisionOf } from '../../capabilities/enterprise/industry.ts'
import { searchWords } from '../../capabilities/enterprise/search.ts'
import { initialsOf } from '../../capabilities/enterprise/server/pinyin.ts'
import { siteNumber } from '../../kernel/core/id.ts'
import { maskPhone } from '../../kernel/core/mask.ts'
import { dateText, dayOf } from '../calendar.ts'
import type { Enterprise } from '../enterprises.ts'
import type { Park } from '../parks.ts'
import type { Region } from '../region.ts'
import { type Bulk, idOf } from './bulk.ts'
import type { PlacesGiven } from './places.ts'

/** 物业管理: what the companies that run parks do. */
const PROPERTY = '7020'

/** The companies that run the parks: they are inspected as parks and stand beside the 28,000 industrial enterprises. */
export async function loadOperators(given: PlacesGiven, parks: readonly Park[], region: Region): Promise<void> {
  for (const park of parks) await loadOperator(given, park, region)
}

async function loadOperator({ bulk, secrets, now }: PlacesGiven, park: Park, region: Region): Promise<void> {
  const id = idOf('enterprise', park.ref)
  const grid = region.grids[park.gridIndex]!
  const at = { area_code: grid.statJurisdiction, geo_code: grid.communityCode, grid_id: idOf('grid', grid.code), park_id: idOf('park', park.ref), lon: park.point[0], lat: park.point[1] }
  const initials = initialsOf(park.operator)
  const { mobile, name } = park.manager
  await bulk.add('enterprise', {
    id, credit_code: park.operatorCreditCode, identity_kind: 'CREDIT_CODE', name: park.operator, name_py: initials, words: searchWords(park.operator, park.address, initials), legal_rep: name, principal_name: name,
    principal_phone_sealed: secrets.seal(mobile), principal_phone_masked: maskPhone(mobile), principal_phone_tail: mobile.slice(-4), principal_phone_blind: secrets.blind(mobile), address: park.address,
    industry_code: PROPERTY, division: Number(divisionOf(PROPERTY)), gongmao_sector: null, extra_industries: [], employees: 12 + (park.buildings.length * 3), state: 'ACTIVE', above_scale: false, size_grade: 'SMALL',
    standard_level: 'NONE', high_risk: false, site_kind: park.kind, tags: [], risk_color: null, ...at, version: 1, created_at: new Date(now - 400 * 86_400_000).toISOString(),
  })
  await bulk.add('site', {
    id: idOf('site', park.ref), enterprise_id: id, code: siteNumber(park.operatorCreditCode, 1), name: park.name, kind: park.kind, ...at, address: park.address, floor_area_m2: park.floorArea, is_main: true, version: 1,
  })
}

/** The yearly list of the statistics bureau, with every unit that is on it. */
export async function loadAboveScale(bulk: Bulk, enterprises: readonly Enterprise[], areaCode: string, now: number): Promise<void> {
  const year = enterprises[0]?.aboveScale?.year
  if (year === undefined) return
  const id = idOf('above-scale-list', String(year))
  const announced = `${year + 1}-04-01`
  const today = dateText(dayOf(now))
  await bulk.add('above_scale_list', { id, area_code: areaCode, year, list_version: 1, source: '区统计局年度名录', valid_from: announced <= today ? announced : today, listed: enterprises.length })
  await bulk.addAll('above_scale_entry', enterprises.map((e) => ({ list_id: id, enterprise_id: idOf('enterprise', e.ref), area_code: e.sites[0]!.statJurisdiction, grid_id: idOf('grid', e.sites[0]!.gridCode) })))
  await bulk.flush()
}
