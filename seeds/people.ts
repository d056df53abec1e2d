import { dateText, dayOf } from './calendar.ts'
import type { NameBook } from './names.ts'
import { landline, mobileNumber, personName } from './names.ts'
import type { Grid, Region, Street } from './region.ts'
import type { Random } from './random.ts'

/** Roles of domain §0.6 that the seeds fill; the three administrators exclude each other. */
export type Role =
  | 'ENT_PRINCIPAL' | 'ENT_SAFETY' | 'PARK_MANAGER' | 'GRID_OFFICER' | 'INSPECTOR' | 'TEAM_LEAD' | 'LEGAL_REVIEWER'
  | 'BUREAU_LEADER' | 'DIRECTOR' | 'DUTY_OFFICER' | 'STREET_ADMIN' | 'STATISTICIAN' | 'SYS_ADMIN' | 'SECURITY_ADMIN' | 'AUDITOR'

/** A post gives a role over an area, and for outside people over one enterprise, park or grid. Dates are local dates. */
export interface Post {
  readonly role: Role
  readonly areaCode: string
  readonly department: string
  readonly from: string
  readonly gridCode?: string
  readonly enterpriseRef?: string
  readonly parkRef?: string
}

/** A paper a person must hold on the day of an act (行政执法证, 考核合格证). */
export interface Certificate {
  readonly kind: 'LAW_ENFORCEMENT' | 'SAFETY_MANAGER'
  /** For whom a 考核合格证 counts: 主要负责人 or 安全生产管理人员. */
  readonly scope: string | null
  readonly no: string
  readonly from: string
  readonly to: string
}

export interface Person {
  /** Stable name inside the seeds: a login for the cast, "P-021" or "M-107" for the others. */
  readonly ref: string
  readonly login: string | null
  readonly name: string
  readonly mobile: string
  readonly phone: string | null
  readonly posts: readonly Post[]
  readonly certificates: readonly Certificate[]
}

/** 安格员. `mainGrid` is null for the reserve, who stand in and are not counted among the 370. */
export interface Member extends Person {
  readonly mainGrid: number | null
  /** Grid in which the member stands in for the first officer (B 角); never the main one. */
  readonly secondGrid: number | null
  readonly isLeader: boolean
  readonly joinedOn: string
}

export const MEMBER_COUNT = 370
export const RESERVE_COUNT = 24

/** Where grid officers sit before anyone is moved: two in every grid and a third in 22 of the busiest. */
function memberPlan(random: Random, load: readonly number[]): number[] {
  const thirds = load
    .map((weight, grid) => ({ grid, weight }))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, 60)
    .map((g) => g.grid)
  const extra = random.shuffle(thirds).slice(0, MEMBER_COUNT - 2 * load.length)
  return load.flatMap((_, grid) => (extra.includes(grid) ? [grid, grid, grid] : [grid, grid]))
}

/**
 * The members in the order of grids, then the reserve. With `breakTwo` one member each of two grids is moved next
 * door, so that the page which lists grids with fewer than two officers (定格定岗) has something to show.
 */
export function buildMembers(random: Random, region: Region, load: readonly number[], now: number, breakTwo: boolean, book: NameBook): Member[] {
  const plan = memberPlan(random.stream('plan'), load)
  const seats = breakTwo ? moved(plan) : plan
  const taken = new Set<number>()
  const members = seats.map((grid, i) => {
    const first = !taken.has(grid)
    taken.add(grid)
    return memberOf(random.stream('member', i), region, `M-${String(i + 1).padStart(3, '0')}`, region.grids[grid] as Grid, first, now, book)
  })
  const reserve = Array.from({ length: RESERVE_COUNT }, (_, i) => {
    const own = random.stream('reserve', i)
    const home = region.grids[own.int(0, region.grids.length - 1)] as Grid
    const member = memberOf(own, region, `R-${String(i + 1).padStart(2, '0')}`, home, false, now, book)
    const posts = member.posts.map(({ gridCode: _left, ...post }) => ({ ...post, areaCode: home.streetCode }))
    return { ...member, posts, mainGrid: null, secondGrid: null }
  })
  return [...members, ...reserve]
}

/** Two grids that have exactly two members lose one to the next grid. */
function moved(plan: readonly number[]): number[] {
  const seats = plan.slice()
  const pairs = seats.filter((grid, i) => seats[i - 1] !== grid && seats.filter((g) => g === grid).length === 2)
  for (const grid of [pairs[20], pairs[90]]) {
    if (grid === undefined) throw new Error('no grid to break')
    seats[seats.lastIndexOf(grid)] = grid + 1
  }
  return seats
}

function memberOf(random: Random, region: Region, ref: string, grid: Grid, isLeader: boolean, now: number, book: NameBook): Member {
  const joinedOn = dateText(dayOf(now) - random.int(60, 2600))
  const neighbours = region.grids.filter((g) => g.communityCode === grid.communityCode && g.index !== grid.index)
  const street = region.streets.find((s) => s.code === grid.streetCode) as Street
  return {
    ref,
    login: null,
    name: book.unique(() => personName(random)),
    mobile: book.unique(() => mobileNumber(random)),
    phone: null,
    posts: [{ role: 'GRID_OFFICER', areaCode: grid.communityCode, department: `${street.name}安格办`, from: joinedOn, gridCode: grid.code }],
    certificates: [],
    mainGrid: grid.index,
    secondGrid: neighbours.length > 0 ? random.pick(neighbours).index : null,
    isLeader,
    joinedOn,
  }
}

/** Parts of the bureau and how many of each: two officers from different teams can always be found at night. */
const teams = ['执法监督一科', '执法监督二科', '执法监督三科', '危险化学品监管科'] as const

/** Officials beyond the cast: four teams of six, leaders, duty room, and three certified officers in each street. */
export function buildStaff(random: Random, region: Region, now: number, book: NameBook): Person[] {
  const area = region.district.code
  const staff: Person[] = []
  const add = (role: Role, areaCode: string, department: string, certified: boolean) => {
    const ref = `P-${String(staff.length + 1).padStart(3, '0')}`
    staff.push(officialOf(random.stream('official', staff.length), ref, role, areaCode, department, certified, now, book))
  }
  add('DIRECTOR', area, '局领导', true)
  add('BUREAU_LEADER', area, '局领导', true)
  for (const team of teams.slice(1)) add('TEAM_LEAD', area, team, true)
  teams.forEach((team, t) => {
    for (let i = t === 0 ? 3 : 0; i < 6; i++) add('INSPECTOR', area, team, true)
  })
  add('LEGAL_REVIEWER', area, '政策法规科', true)
  for (let i = 0; i < 4; i++) add('DUTY_OFFICER', area, '应急指挥中心', false)
  add('STATISTICIAN', area, '综合科', false)
  for (const street of region.streets) {
    if (!['望汀街道', '沅埠街道'].includes(street.name)) add('STREET_ADMIN', street.code, `${street.name}应急办`, false)
    for (let i = 0; i < 3; i++) add('INSPECTOR', street.code, `${street.name}综合行政执法队`, true)
  }
  return staff
}

function officialOf(random: Random, ref: string, role: Role, areaCode: string, department: string, certified: boolean, now: number, book: NameBook): Person {
  const from = dateText(dayOf(now) - random.int(200, 4000))
  return {
    ref,
    login: null,
    name: book.unique(() => personName(random)),
    mobile: book.unique(() => mobileNumber(random)),
    phone: landline(random),
    posts: [{ role, areaCode, department, from }],
    certificates: certified ? [enforcementCertificate(random, ref, now)] : [],
  }
}

/**
 * 行政执法证, five years. Officers P-012 and P-038 are the trap of domain §0.6: one certificate ran out three weeks
 * ago, one runs out in nine days; whoever puts them on a paper dated after that must be refused.
 */
function enforcementCertificate(random: Random, ref: string, now: number): Certificate {
  const day = dayOf(now)
  const left = ref === 'P-012' ? -21 : ref === 'P-038' ? 9 : random.int(200, 1600)
  return { kind: 'LAW_ENFORCEMENT', scope: null, no: `99010${random.int(1_000_000, 9_999_999)}`, from: dateText(day + left - 1826), to: dateText(day + left) }
}

