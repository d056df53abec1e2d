import { dateText, dayOf, instantAt, instantText, weekdayOf } from './calendar.ts'
import type { Draft, Fate } from './compose.ts'
import type { Crew } from './crew.ts'
import type { ActorRef, CampaignScript } from './history-types.ts'
import type { OpenFate } from './open-fates.ts'
import { openFates } from './open-fates.ts'
import { ENTERPRISE_COUNT } from './plan.ts'
import type { Random } from './random.ts'
import type { SiteIndex } from './site-index.ts'
import { parkSite } from './site-index.ts'
import { isWorked } from './timeline.ts'
import type { World } from './world.ts'

/** The flagship night's figures: 238 people, 47 parks, 193 plants, 1,309 places, 533 hazards, 213 put right at once, 2 sealed. */
export const flagshipFigures = { headcount: 238, parks: 47, plants: 193, places: 1_309, hazards: 533, fixedOnSite: 213, sealed: 2, stillOpen: 7 } as const
export const FLAGSHIP = 'C-NIGHT-3'
const MEMBER_PAIRS = 89
const OFFICER_PAIRS = 20

/** A campaign with the local dates it covers. */
export interface CampaignSpan {
  readonly script: CampaignScript
  readonly firstDay: number
  readonly lastDay: number
}

/** Three nights, a sweep of small places, a dust campaign and the resumption after the Spring Festival. */
export function campaignSpans(world: World): CampaignSpan[] {
  const today = dayOf(world.now)
  const all = world.region.streets.map((s) => s.code)
  const night = (ref: string, daysAgo: number, name: string, streets: readonly string[]) => {
    const day = thursdayBefore(today - daysAgo)
    return span({ ref, kind: 'NIGHT', name, streetCodes: streets, checklists: ['YC', 'JX', 'YQ'], participants: [] }, day, day)
  }
  const festival = springFestivalEnd(today)
  return [
    night('C-NIGHT-1', 250, '春季工贸企业夜查行动', all.slice(0, 5)),
    night('C-NIGHT-2', 128, '高温时段夜间安全检查', all.slice(4, 9)),
    night(FLAGSHIP, 36, '全区安全生产夜查统一行动', all),
    span({ ref: 'C-SWEEP-1', kind: 'SWEEP', name: '九小场所消防燃气地毯式排查', streetCodes: all, checklists: ['JX'], participants: [] }, today - 190, today - 160),
    span({ ref: 'C-DUST-1', kind: 'SPECIAL', name: '粉尘涉爆企业专项检查', streetCodes: all, checklists: ['YC'], participants: [] }, today - 95, today - 66),
    span({ ref: 'C-RESUME-1', kind: 'RESUMPTION', name: '节后复工复产指导服务', streetCodes: all, checklists: ['FG'], participants: [] }, festival, festival + 14),
  ]
}

function span(script: Omit<CampaignScript, 'startAt' | 'endAt' | 'businessDate'>, firstDay: number, lastDay: number): CampaignSpan {
  const [from, to] = script.kind === 'NIGHT' ? [1200, 1500] : [540, 1440]
  return { firstDay, lastDay, script: { ...script, startAt: instantText(instantAt(firstDay, from)), endAt: instantText(instantAt(lastDay, to)), businessDate: dateText(firstDay) } }
}

const thursdayBefore = (day: number): number => day - ((weekdayOf(day) + 3) % 7)

/** First working day after the long break of January to March; without one, 270 days ago. */
function springFestivalEnd(today: number): number {
  for (let day = today - 20; day > today - 360; day--) {
    const month = dateText(day).slice(5, 7)
    if (!['01', '02', '03'].includes(month) || !isWorked(day)) continue
    if ([1, 2, 3, 4, 5, 6].every((back) => !isWorked(day - back))) return day
  }
  return today - 270
}

/** The night that the figures tell of, person by person and place by place. */
export function flagship(world: World, crew: Crew, index: SiteIndex, random: Random, day: number): { participants: ActorRef[]; drafts: Draft[] } {
  const officers = officerPairs(world, random, day)
  const grids = patrolGrids(world, index, random)
  const desk = deskOf(world)
  const participants = [...officers.flat(), ...grids.flatMap((g) => crew.members(g).slice(0, 2)), ...desk]
  const drafts = [...inspections(world, index, random, day, officers), ...patrols(crew, index, random, day, grids, officers)]
  const fates = nightFates(random, day, world.now)
  return { participants, drafts: withFates(random, drafts, fates) }
}

/** Wang and He lead the first pair; all certificates are valid on the night. */
function officerPairs(world: World, random: Random, day: number): [string, string][] {
  const rest = random
    .shuffle(world.staff.filter((p) => p.posts[0]?.role === 'INSPECTOR' && (p.certificates[0]?.to ?? '') > dateText(day + 60)))
    .slice(0, 2 * OFFICER_PAIRS - 2)
    .map((p) => p.ref)
  const all = ['wang', 'he', ...rest]
  return Array.from({ length: OFFICER_PAIRS }, (_, i) => [all[2 * i] as string, all[2 * i + 1] as string])
}

/** Lin's grid and 88 others with enough small places. */
function patrolGrids(world: World, index: SiteIndex, random: Random): number[] {
  const home = (world.parks[0] as World['parks'][number]).gridIndex
  const others = world.region.grids.map((g) => g.index).filter((g) => g !== home && (index.shopsByGrid[g]?.length ?? 0) >= 16)
  return [home, ...random.shuffle(others).slice(0, MEMBER_PAIRS - 1)]
}

/** Those who do not walk: leaders, team leads, the duty room and the street offices; twenty people. */
function deskOf(world: World): string[] {
  const people = [...world.cast, ...world.staff]
  const of = (role: string, count: number) => people.filter((p) => p.posts[0]?.role === role).slice(0, count).map((p) => p.ref)
  return [...of('BUREAU_LEADER', 2), ...of('TEAM_LEAD', 4), ...of('DUTY_OFFICER', 3), ...of('STREET_ADMIN', 11)]
}

function inspections(world: World, index: SiteIndex, random: Random, day: number, officers: readonly [string, string][]): Draft[] {
  const parks = [0, ...random.shuffle(world.parks.slice(1).filter((p) => p.kind === 'INDUSTRIAL_PARK').map((p) => p.index)).slice(0, flagshipFigures.parks - 1)].map(parkSite)
  const plants = new Set([0])
  while (plants.size < flagshipFigures.plants) {
    const site = random.int(0, ENTERPRISE_COUNT - 1)
    if (index.stateOf(site) === 'ACTIVE' && (index.mask[site] as number) > 0) plants.add(site)
  }
  const [first, ...rest] = random.shuffle([...parks.slice(1), ...[...plants].slice(1)])
  const sites = [0, parkSite(0), first as number, ...rest]
  return sites.map((site, i) => {
    const turn = i < 3 ? i : Math.floor(i / OFFICER_PAIRS)
    const pair = officers[i < 3 ? 0 : i % OFFICER_PAIRS] as [string, string]
    const at = instantAt(day, 1203 + turn * 24 + random.int(0, 6))
    return { site, kind: 'ADMIN_SPECIAL', at, campaignRef: FLAGSHIP, actors: pair, pair, outcome: 'CHECKED', fates: [] }
  })
}

/** Round by round through the shops of each grid until 1,309 are reached. */
function patrols(crew: Crew, index: SiteIndex, random: Random, day: number, grids: readonly number[], officers: readonly [string, string][]): Draft[] {
  const drafts: Draft[] = []
  for (let turn = 0; drafts.length < flagshipFigures.places; turn++) {
    for (const grid of grids) {
      const site = index.shopsByGrid[grid]?.[turn]
      if (site === undefined || drafts.length === flagshipFigures.places) continue
      const at = instantAt(day, 1203 + turn * 17 + random.int(0, 4))
      drafts.push({ site, kind: 'PATROL', at, campaignRef: FLAGSHIP, actors: crew.members(grid).slice(0, 2), pair: random.pick(officers), outcome: 'CHECKED', fates: [] })
    }
  }
  return drafts
}

function nightFates(random: Random, day: number, now: number): Fate[] {
  const { hazards, fixedOnSite, stillOpen } = flagshipFigures
  const open = Array.from({ length: stillOpen }, (_, i) => overdueFate(day, now, i % 2 === 0 ? 3 : 7))
  const closed = Array.from({ length: hazards - stillOpen }, (_, i): Fate => ({ closed: i < fixedOnSite ? 'FIX' : 'ROUTE' }))
  return random.shuffle([...open, ...closed])
}

/** A hazard of that night whose deadline passed weeks ago: what keeps "全部整改完毕" from being printed. */
function overdueFate(day: number, now: number, days: number): Fate {
  const late = dayOf(now) - (day + days) - 1
  const open = openFates.find((f) => f.name === (late >= 30 ? 'overdue E5' : 'overdue E4')) as OpenFate
  return { open, dates: { at: instantAt(day, 1200), days, turn: 0 } }
}

/** Deals the findings out, up to four to a visit, and seals two plants where something was found. */
function withFates(random: Random, drafts: readonly Draft[], fates: readonly Fate[]): Draft[] {
  const dealt = drafts.map(() => [] as Fate[])
  for (const fate of fates) {
    let at = random.int(0, dealt.length - 1)
    // Plants and parks are looked at longer: half of the findings are theirs although they are one visit in six.
    if (random.chance(0.4)) at = random.int(0, flagshipFigures.parks + flagshipFigures.plants - 1)
    while ((dealt[at] as Fate[]).length >= 4) at = (at + 1) % dealt.length
    ;(dealt[at] as Fate[]).push(fate)
  }
  let seals = flagshipFigures.sealed as number
  return drafts.map((draft, i) => {
    const own = dealt[i] as Fate[]
    const sealed = seals > 0 && i > 2 && draft.site < ENTERPRISE_COUNT && own.some((f) => 'closed' in f && f.closed === 'ROUTE')
    if (sealed) seals--
    return { ...draft, fates: own, ...(sealed ? { sealedDays: 21 } : {}) }
  })
}
