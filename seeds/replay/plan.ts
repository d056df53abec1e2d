import { addDays } from '../../kernel/core/time.ts'
import { idOf } from '../load/bulk.ts'
import { NameBook, personName } from '../names.ts'
import type { Member, Person } from '../people.ts'
import { district } from '../places.ts'
import { DAY_ONE, safetyRef, type Stage } from './registry.ts'

/** Days of the campaign, each a working day: nobody had weekends in that February. */
export const DAYS = 25
export const dates: readonly string[] = Array.from({ length: DAYS }, (_, i) => addDays(DAY_ONE, i))
/** The night action begins on this day: 28 February. */
export const NIGHT_DAY = 18
const PATROLS_A_DAY = 2
const FINDINGS_OF_ABOVE_SCALE = 6
const GROUP_CAPACITY = 85
const AID_GROUPS = 2

export interface Someone {
  readonly id: string
  readonly login: string
}
export interface Place {
  readonly siteId: string
  readonly enterpriseId: string
  readonly name: string
}
export interface Firm extends Place {
  /** The safety manager's account, above scale only. */
  readonly safety: string | null
  readonly findings: number
}
export interface Group {
  readonly index: number
  readonly teamId: string
  readonly kind: 'GUIDE' | 'AID'
  readonly name: string
  readonly officers: readonly Someone[]
}
export interface Patrol {
  readonly place: Place
  readonly ordinal: number
  /** For each hazard found: put right on the spot and verified, or left open. */
  readonly findings: readonly ('FIXED' | 'OPEN')[]
}
export interface Walk {
  readonly member: Someone
  /** Community workers who come along; they have no account. */
  readonly helpers: readonly { name: string; organisation: string }[]
  readonly patrols: readonly Patrol[]
  /** The certified officer who confirms what this member reports. */
  readonly confirmer: Someone
}
export interface Day {
  readonly date: string
  readonly guided: readonly { readonly group: Group; readonly firms: readonly Firm[] }[]
  readonly walks: readonly Walk[]
}
export interface NightTeam {
  readonly teamId: string
  readonly name: string
  readonly officers: readonly [Someone, Someone]
  readonly members: readonly Someone[]
  readonly sites: readonly (Place & { readonly list: 'YC' | 'YQ'; readonly finding: 'FIXED' | 'OPEN' | null; readonly sealed: boolean })[]
}
export interface Plan {
  readonly groups: readonly Group[]
  readonly officers: readonly Someone[]
  readonly targets: readonly string[]
  readonly days: readonly Day[]
  readonly night: readonly NightTeam[]
}

/** The i-th share of a whole number given out to n as evenly as whole numbers allow; all shares add up to it. */
export const share = (total: number, n: number, i: number): number => Math.floor(((i + 1) * total) / n) - Math.floor((i * total) / n)

const someone = (p: Pick<Person, 'ref' | 'login'>): Someone => ({ id: idOf('person', p.ref), login: p.login ?? p.ref.toLowerCase() })

/** Who does what on which day, from the numbers alone: the same for the same scale. */
export function planOf(stage: Stage): Plan {
  const { world, expected: x } = stage
  const officers = officersIn(world, (area) => area === district.code)
  const groups = groupsOf(officers)
  const firms = stage.firms.map((e, i): Firm => ({ siteId: idOf('site', e.sites[0]!.ref), enterpriseId: idOf('enterprise', e.ref), name: e.name, safety: i < x.aboveResumed ? safetyRef(e).toLowerCase() : null, findings: i < x.aboveResumed ? FINDINGS_OF_ABOVE_SCALE : 0 }))
  const guided = [...firms.slice(0, x.aboveResumed), ...firms.slice(x.above, x.above + x.resumed - x.aboveResumed)]
  const guidance = guidanceOf(guided, groups)
  const persons = guidance.reduce((n, day) => n + day.reduce((m, part) => m + part.group.officers.length, 0), 0)
  const walks = walksOf(stage, officers, x.persons - x.nightPersons - persons, x.aboveResumed * FINDINGS_OF_ABOVE_SCALE)
  return { groups, officers, targets: firms.map((f) => f.siteId), days: dates.map((date, d) => ({ date, guided: guidance[d]!, walks: walks[d]! })), night: nightOf(stage, officers) }
}

/** Inspectors whose certificates hold over the whole campaign; Xu plans it and stays out. */
function officersIn(world: Stage['world'], within: (area: string) => boolean): Someone[] {
  const until = addDays(DAY_ONE, DAYS + 5)
  const fit = (p: Person) => p.login !== 'xu' && p.certificates.some((c) => c.kind === 'LAW_ENFORCEMENT' && c.from <= DAY_ONE && c.to >= until) && p.posts.some((post) => ['INSPECTOR', 'TEAM_LEAD'].includes(post.role) && within(post.areaCode))
  return [...world.cast, ...world.staff].filter(fit).map(someone)
}

/** 11 guidance groups with 24 officers and two aid groups with one each. */
function groupsOf(officers: readonly Someone[]): Group[] {
  const sizes = [3, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1]
  let taken = 0
  return sizes.map((size, index): Group => {
    const aid = index >= sizes.length - AID_GROUPS
    const own = officers.slice(taken, (taken += size))
    if (own.length < size) throw new RangeError('执法人员不够编组')
    return { index, teamId: idOf('campaign-team', `replay guide ${index}`), kind: aid ? 'AID' : 'GUIDE', name: aid ? `第${index - 10}援助组` : `第${index + 1}指导组`, officers: own }
  })
}

/** Large ones first; only as many groups go out as the day needs, in turn. */
function guidanceOf(firms: readonly Firm[], groups: readonly Group[]): Day['guided'][] {
  let at = 0
  return dates.map((_, d) => {
    const today = firms.slice(at, (at += share(firms.length, DAYS, d)))
    const out = Math.min(groups.length, Math.ceil(today.length / GROUP_CAPACITY))
    let from = 0
    return Array.from({ length: out }, (__, g) => ({ group: groups[(d + g) % groups.length]!, firms: today.slice(from, (from += share(today.length, out, g))) }))
  })
}

function walksOf(stage: Stage, officers: readonly Someone[], persons: number, guidedFindings: number): Walk[][] {
  const { world, expected: x } = stage
  const places = placesByGrid(stage)
  const members = world.members.filter((m) => m.mainGrid !== null && places.has(m.mainGrid)).slice(0, x.members)
  const walks = members.length * DAYS
  const helpers = persons - walks
  if (helpers < 0) throw new RangeError('人次少于安格员出勤，规模过小')
  const found = x.found - x.nightFound - guidedFindings
  const fixed = x.closed - x.nightFixed - guidedFindings
  const teams = members.map((member) => helpersOf(stage, member, Math.ceil(helpers / walks)))
  let hazard = 0
  return dates.map((_, d) => members.map((member, m): Walk => {
    const walk = d * members.length + m
    const around = places.get(member.mainGrid!)!
    const patrols = Array.from({ length: PATROLS_A_DAY }, (_, p): Patrol => {
      const ordinal = walk * PATROLS_A_DAY + p
      const findings = Array.from({ length: share(found, walks * PATROLS_A_DAY, ordinal) }, () => (share(fixed, found, hazard++) ? 'FIXED' : 'OPEN') as 'FIXED' | 'OPEN')
      return { place: around[(d * PATROLS_A_DAY + p) % around.length]!, ordinal, findings }
    })
    return { member: someone(member), helpers: teams[m]!.slice(0, share(helpers, walks, walk)), patrols, confirmer: officers[walk % officers.length]! }
  }))
}

function helpersOf({ world }: Stage, member: Member, count: number): { name: string; organisation: string }[] {
  const random = world.random.stream(`helpers ${member.ref}`)
  const book = new NameBook()
  return Array.from({ length: count }, () => ({ name: book.unique(() => personName(random)), organisation: `${member.posts[0]!.department}社工${member.ref}组` }))
}

function placesByGrid({ firms, shops }: Stage): Map<number, Place[]> {
  const found = new Map<number, Place[]>()
  const put = (grid: number, place: Place) => found.set(grid, [...(found.get(grid) ?? []), place])
  for (const e of firms) put(e.sites[0]!.gridIndex, { siteId: idOf('site', e.sites[0]!.ref), enterpriseId: idOf('enterprise', e.ref), name: e.name })
  for (const s of shops) put(s.site.gridIndex, { siteId: idOf('site', s.site.ref), enterpriseId: idOf('enterprise', s.ref), name: s.name })
  return found
}

/** Teams of two officers with grid members; parks, firms and places given out in turn. */
function nightOf(stage: Stage, officers: readonly Someone[]): NightTeam[] {
  const { world, expected: x } = stage
  const count = Math.max(1, Math.min(Math.floor(officers.length / 2), Math.floor(x.nightPersons / 10)))
  const members = world.members.filter((m) => m.mainGrid !== null).slice(0, x.nightPersons - 2 * count).map(someone)
  const sites = [
    ...world.parks.slice(0, x.nightParks).map((p) => ({ siteId: idOf('site', p.ref), enterpriseId: idOf('enterprise', p.ref), name: p.name, list: 'YQ' as const })),
    ...stage.firms.slice(x.above, x.above + x.nightFirms).map((e) => ({ siteId: idOf('site', e.sites[0]!.ref), enterpriseId: idOf('enterprise', e.ref), name: e.name, list: 'YC' as const })),
    ...stage.shops.slice(0, x.nightPlaces).map((s) => ({ siteId: idOf('site', s.site.ref), enterpriseId: idOf('enterprise', s.ref), name: s.name, list: 'YC' as const })),
  ]
  // One hazard at each of so many of the firms and places; parks come first in the list and had none.
  const checked = sites.map((site, i) => ({ ...site, finding: i < x.nightParks || i >= x.nightParks + x.nightFound ? null : share(x.nightFixed, x.nightFound, i - x.nightParks) ? ('FIXED' as const) : ('OPEN' as const) }))
  // Sealed are the first firms whose hazard was left open.
  const sealed = new Set(checked.slice(x.nightParks, x.nightParks + x.nightFirms).filter((site) => site.finding === 'OPEN').slice(0, x.nightSealed))
  const all = checked.map((site) => ({ ...site, sealed: sealed.has(site) }))
  return Array.from({ length: count }, (_, t): NightTeam => ({
    teamId: idOf('campaign-team', `replay night ${t}`), name: `第${t + 1}检查组`, officers: [officers[2 * t]!, officers[2 * t + 1]!],
    members: members.filter((__, i) => i % count === t), sites: all.filter((__, i) => i % count === t),
  }))
}
