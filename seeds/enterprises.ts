import { standardLevels } from '../capabilities/enterprise/enterprise.ts'
import type { OperatingState } from '../capabilities/enterprise/lifecycle.ts'
import type { SiteKind } from '../capabilities/enterprise/site-kinds.ts'
import type { SizeGrade } from '../capabilities/enterprise/size.ts'
import { makeCreditCode } from '../kernel/core/credit-code.ts'
import { dateText, dayOf } from './calendar.ts'
import type { Login } from './cast.ts'
import { castMobile, castNames } from './cast.ts'
import { organisationBody } from './codes.ts'
import type { IndustryRow } from './industries.data.ts'
import { industryRows } from './industries.data.ts'
import type { LegalForm, NameBook } from './names.ts'
import { companyName, landline, mobileNumber, personName } from './names.ts'
import type { Building, Park } from './parks.ts'
import { addressIn } from './parks.ts'
import type { Plan } from './plan.ts'
import { ENTERPRISE_COUNT, NEIGHBOUR_COUNT, operatingStates, targetOf } from './plan.ts'
import type { Random } from './random.ts'
import type { Grid, Position, Region } from './region.ts'
import { pointIn, pointNear } from './region.ts'
import type { Size } from './size.ts'
import { drawSize, industrialGrade } from './size.ts'
import type { Tag } from './tags.ts'
import { drawTags } from './tags.ts'

/** 安全生产标准化 一级, 二级, 三级, 未定级. */
export type StandardLevel = (typeof standardLevels)[number]

export interface Contact {
  readonly name: string
  readonly mobile: string
}

/** A place of business; `ref` is the enterprise's with a number behind it. */
export interface Site {
  readonly ref: string
  readonly kind: SiteKind
  readonly name: string
  readonly gridIndex: number
  readonly gridCode: string
  readonly region12: string
  readonly streetCode: string
  readonly statJurisdiction: string
  readonly point: Position
  readonly address: string
  readonly floorArea: number
  readonly parkRef: string | null
  readonly buildingRef: string | null
  /** 厂中厂: the site inside whose plant this one lies. */
  readonly parentRef: string | null
  readonly lease: Lease | null
  /** Works at night: a target of night actions. */
  readonly nightShift: boolean
}

export interface Lease {
  readonly lessorRef: string
  readonly area: number
  readonly from: string
  readonly to: string
  /** 安全生产管理协议 of 安法§49; missing in a few, to be found. */
  readonly hasSafetyAgreement: boolean
}

export interface Enterprise {
  readonly index: number
  readonly ref: string
  readonly creditCode: string
  readonly name: string
  readonly legalForm: LegalForm
  readonly legalRepresentative: string
  readonly principal: Contact
  readonly safetyManagers: readonly Contact[]
  readonly phone: string | null
  readonly registeredAddress: string
  readonly industryCode: string
  readonly industryName: string
  readonly size: Size
  readonly sizeGrade: SizeGrade
  /** From the yearly list of the statistics bureau, not from the turnover. */
  readonly aboveScale: { readonly year: number; readonly listVersion: string } | null
  readonly establishedOn: string
  readonly state: OperatingState
  /** 0–150, null when not running. */
  readonly loadPercent: number | null
  readonly standardLevel: StandardLevel
  readonly isHighRisk: boolean
  readonly tags: readonly Tag[]
  /** Day on which somebody last rang the contacts; null when nobody has. */
  readonly contactsVerifiedOn: string | null
  readonly sites: readonly Site[]
}

/** What the records of one enterprise are made from. */
export interface Setting {
  readonly random: Random
  readonly now: number
  readonly region: Region
  readonly parks: readonly Park[]
  readonly plan: Plan
}

export const enterpriseRef = (index: number): string => `E${String(index + 1).padStart(5, '0')}`
export const siteRef = (enterprise: number, number = 1): string => `${enterpriseRef(enterprise)}-${number}`

/** All industrial enterprises of the district, one at a time, lowest index first. */
export function* enterprises(setting: Setting, book: NameBook): Generator<Enterprise> {
  for (let index = 0; index < ENTERPRISE_COUNT; index++) {
    const enterprise = enterpriseAt(setting, index, book)
    yield index === 0 ? forCast(enterprise) : enterprise
  }
}

/** The few plants of the neighbouring district; `setting.region` must be the neighbour's. */
export function* neighbourEnterprises(setting: Setting, book: NameBook): Generator<Enterprise> {
  for (let index = ENTERPRISE_COUNT; index < ENTERPRISE_COUNT + NEIGHBOUR_COUNT; index++) yield enterpriseAt(setting, index, book)
}

/** Tags of an enterprise without making the rest of it: the same that {@link enterprises} gives it. */
export function tagsAt({ random, plan }: Setting, index: number): Tag[] {
  const own = random.stream('tags', index)
  const tags = drawTags(own, industryRows[plan.industry[index] as number] as IndustryRow, targetOf(plan, index).grade)
  return index === 0 ? castTags(tags) : tags
}

function enterpriseAt(setting: Setting, index: number, book: NameBook): Enterprise {
  const { plan, region, now } = setting
  const random = setting.random.stream('enterprise', index)
  const row = industryRows[plan.industry[index] as number] as IndustryRow
  const target = targetOf(plan, index)
  const size = drawSize(random, target)
  const form = formOf(random, index, target.grade)
  const grid = region.grids[plan.grid[index] as number] as Grid
  const street = region.streets.find((s) => s.code === grid.streetCode)
  const name = book.unique(() => (index === 0 ? castFirm : companyName(random, form, street?.word ?? '', random.pick(row[5]))))
  const principal = { name: personName(random), mobile: mobileNumber(random) }
  const state = operatingStates[plan.state[index] as number] ?? 'ACTIVE'
  const tags = tagsAt(setting, index)
  const sites = sitesOf(setting, index, name, random)
  return {
    index,
    ref: enterpriseRef(index),
    creditCode: codeOf(index, form, region.district.code),
    name,
    legalForm: form,
    legalRepresentative: random.chance(0.7) ? principal.name : personName(random),
    principal,
    safetyManagers: safetyManagers(random, size.employees ?? 5),
    phone: target.grade === 'MICRO' && random.chance(0.6) ? null : landline(random),
    registeredAddress: random.chance(0.85) ? (sites[0] as Site).address : addressIn(random, region, grid),
    industryCode: row[0],
    industryName: row[1],
    size,
    sizeGrade: industrialGrade(size),
    aboveScale: target.aboveScale ? listOf(now) : null,
    establishedOn: dateText(dayOf(now) - 70 - Math.floor(9800 * random.unit() * random.unit())),
    state,
    loadPercent: state === 'ACTIVE' ? random.int(35, 115) : state === 'RESUMING' ? random.int(5, 40) : null,
    standardLevel: standardLevelOf(random, target.grade),
    isHighRisk: tags.some((t) => t.code === 'HAZCHEM_PROD') || ['3130', '3240', '3252'].includes(row[0]),
    tags,
    contactsVerifiedOn: random.chance(0.88) ? dateText(dayOf(now) - random.int(1, 420)) : null,
    sites,
  }
}

/** The list of the year before is published in spring; until then the one before that is in force. */
function listOf(now: number): { year: number; listVersion: string } {
  const date = dateText(dayOf(now))
  const year = Number(date.slice(0, 4)) - (date.slice(5) >= '04-01' ? 1 : 2)
  return { year, listVersion: `${year}-1` }
}

/** Companies mostly; small ones are often factories or traders with a 92 code. */
function formOf(random: Random, index: number, grade: SizeGrade): LegalForm {
  if (index === 0) return 'LIMITED'
  if (grade === 'LARGE') return random.chance(0.3) ? 'JOINT_STOCK' : 'LIMITED'
  if (grade === 'MEDIUM') return random.chance(0.06) ? 'JOINT_STOCK' : 'LIMITED'
  const draw = random.unit()
  if (grade === 'SMALL') return draw < 0.95 ? 'LIMITED' : 'FACTORY'
  return draw < 0.8 ? 'LIMITED' : draw < 0.96 ? 'FACTORY' : 'SOLE_TRADER'
}

/** 91 for enterprises, 92 for 个体工商户; the organisation body is a bijection of the index, so no two codes meet. */
function codeOf(index: number, form: LegalForm, districtCode: string): string {
  return makeCreditCode(form === 'SOLE_TRADER' || (form === 'FACTORY' && index % 3 === 0) ? '92' : '91', districtCode.slice(0, 6), organisationBody(index))
}

function safetyManagers(random: Random, employees: number): Contact[] {
  const count = employees >= 1000 ? 4 : employees >= 300 ? 2 : employees > 100 ? 1 : random.chance(0.85) ? 1 : 0
  return Array.from({ length: count }, () => ({ name: personName(random), mobile: mobileNumber(random) }))
}

function standardLevelOf(random: Random, grade: SizeGrade): StandardLevel {
  const weights: Partial<Record<SizeGrade, readonly number[]>> = { LARGE: [8, 40, 40, 12], MEDIUM: [1, 14, 60, 25], SMALL: [0, 1, 24, 75] }
  return standardLevels[random.weighted(weights[grade] ?? [0, 0, 3, 97])] ?? 'NONE'
}

const castFirm = '安川市澜湖精密五金有限公司'
const contactOf = (login: Login): Contact => ({ name: castNames[login], mobile: castMobile(login) })

/** Feng's firm with Zhao as its safety manager: a settled medium plant that works at night and exports. */
function forCast(drawn: Enterprise): Enterprise {
  const feng = contactOf('feng')
  const size = { employees: 326, revenue: 18_640, assets: 15_200 }
  return {
    ...drawn,
    legalRepresentative: feng.name,
    principal: feng,
    safetyManagers: [contactOf('zhao')],
    size,
    sizeGrade: industrialGrade(size),
    establishedOn: '2011-08-16',
    loadPercent: 92,
    standardLevel: 'THIRD',
    sites: drawn.sites.map((site) => ({ ...site, floorArea: 8_640, nightShift: true, lease: site.lease && { ...site.lease, area: 8_640, hasSafetyAgreement: true } })),
  }
}

/** The cast's plant polishes aluminium parts: dry dust collection, a paint room and two pits. */
function castTags(tags: readonly Tag[]): Tag[] {
  const fixed: Tag[] = [
    { code: 'DUST_EXPLOSION', extra: { dustKind: '铝镁', personsPerShift: 14, process: '干式', explosionControl: '泄爆' } },
    { code: 'COATING_SOLVENT', extra: { rooms: 2, gasDetector: true, waterBased: false } },
    { code: 'CONFINED_SPACE', extra: { spaces: [{ name: '1号污水调节池', kind: '地下', poisonRisk: '硫化氢' }, { name: '2号污泥池', kind: '地下', poisonRisk: '硫化氢' }] } },
  ]
  return [...tags.filter((t) => !fixed.some((f) => f.code === t.code)), ...fixed]
}

function sitesOf(setting: Setting, index: number, name: string, random: Random): Site[] {
  const { plan, parks, region } = setting
  const parkIndex = plan.park[index] as number
  const park = parkIndex >= 0 ? (parks[parkIndex] as Park) : null
  const host = plan.host[index] as number
  const grid = region.grids[plan.grid[index] as number] as Grid
  const kind = host >= 0 ? 'FACTORY_IN_FACTORY' : 'PRODUCTION_SITE'
  const first = siteOf(setting, siteRef(index), kind, name, grid, park, host, random)
  const others = (plan.extraSites.get(index) ?? []).map((gridIndex, k) => {
    const isStore = random.chance(0.5)
    const title = isStore ? `${name}仓库` : `${name}${k === 0 ? '二' : '三'}厂`
    return siteOf(setting, siteRef(index, k + 2), isStore ? 'WAREHOUSE' : 'PRODUCTION_SITE', title, region.grids[gridIndex] as Grid, null, -1, random)
  })
  return [first, ...others]
}

function siteOf(setting: Setting, ref: string, kind: SiteKind, name: string, grid: Grid, park: Park | null, host: number, random: Random): Site {
  const building = park ? workBuilding(random, park) : null
  const floor = building ? `${building.name}${random.int(1, building.floors)}楼` : ''
  const area = random.int(2, 12) * 100 + Math.floor(9000 * random.unit() * random.unit() * random.unit())
  const lessorRef = host >= 0 ? siteRef(host) : (park?.ref ?? null)
  return {
    ref,
    kind,
    name,
    ...placeOf(grid),
    point: building ? pointNear(random, grid.ring, building.point, 25) : pointIn(random, grid.ring),
    address: park ? `${park.address}${park.name}${floor}` : addressIn(random, setting.region, grid),
    floorArea: area,
    parkRef: park?.ref ?? null,
    buildingRef: building?.ref ?? null,
    parentRef: host >= 0 ? siteRef(host) : null,
    lease: lessorRef ? leaseOf(random, lessorRef, area, setting.now) : null,
    nightShift: kind !== 'WAREHOUSE' && random.chance(0.18),
  }
}

/** The five codes by which a place is found, at the time of the seeds. */
export const placeOf = (grid: Grid): Pick<Site, 'gridIndex' | 'gridCode' | 'region12' | 'streetCode' | 'statJurisdiction'> => ({
  gridIndex: grid.index,
  gridCode: grid.code,
  region12: grid.communityCode,
  streetCode: grid.streetCode,
  statJurisdiction: grid.statJurisdiction,
})

const workBuilding = (random: Random, park: Park): Building => random.pick(park.buildings.filter((b) => b.use !== 'DORMITORY'))

function leaseOf(random: Random, lessorRef: string, area: number, now: number): Lease {
  const start = dayOf(now) - random.int(30, 1700)
  return { lessorRef, area, from: dateText(start), to: dateText(start + 365 * random.int(3, 8)), hasSafetyAgreement: random.chance(0.94) }
}
