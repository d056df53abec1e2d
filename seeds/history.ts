import { dayOf, instantAt } from './calendar.ts'
import type { CampaignSpan } from './campaigns.ts'
import { campaignSpans, FLAGSHIP, flagship, flagshipFigures } from './campaigns.ts'
import type { Draft } from './compose.ts'
import { compose } from './compose.ts'
import { Crew } from './crew.ts'
import { Drafter } from './drafts.ts'
import type { CampaignScript, VisitScript } from './history-types.ts'
import type { OpenFate } from './open-fates.ts'
import { DRAFT_COUNT, draftFate, openCounts, openFates } from './open-fates.ts'
import type { Random } from './random.ts'
import { castClaims, castVisits } from './showcase.ts'
import type { SiteIndex } from './site-index.ts'
import { indexSites } from './site-index.ts'
import { isWorked } from './timeline.ts'
import type { World } from './world.ts'

export interface HistoryOptions {
  /** Findings in all, the few drafts on phones not counted. 6,000 for a look, 118,572 and 1,200,000 for measuring. */
  readonly hazards?: number
  /** Hazards that are neither closed, void nor settled by another body; about 6,500 at the most. */
  readonly open?: number
  /** Visits without a finding for each visit with one. */
  readonly quietShare?: number
}

export interface History {
  readonly campaigns: readonly CampaignScript[]
  readonly hazards: number
  readonly open: number
  readonly from: number
  readonly to: number
  /** The year in order of days and, within a day, of arrival. May be started again and gives the same again. */
  visits(): Generator<VisitScript>
}

const DAYS = 365
/** Below this the flagship night with its 533 findings would be most of the year. */
const FLAGSHIP_FROM = 2_000
/** The whole of 2020's published figure: 118,572 found, 112,085 put right, 6,487 left. */
const OPEN_AT_SCALE = 6_487

/** A sixth of a small year is open; a large one leaves some 6,500 open and the rest is history. */
export const openFor = (hazards: number): number => Math.min(OPEN_AT_SCALE, Math.max(openFates.length, Math.round(hazards * 0.16)))

/** One year that ends at the world's `now`. */
export function buildHistory(world: World, { hazards = 6_000, open = openFor(hazards), quietShare = hazards > 20_000 ? 0.25 : 1.2 }: HistoryOptions = {}): History {
  const random = world.random.stream('history')
  const index = indexSites(world)
  const crew = new Crew(world)
  const spans = campaignSpans(world)
  const drafter = new Drafter(crew, index, world.now, spans.filter((s) => s.script.ref !== FLAGSHIP))
  const night = hazards >= FLAGSHIP_FROM ? flagshipOn(world, crew, index, random, spans) : null
  const fixed = castVisits(world.now)
  const castCount = [...fixed.values()].flat().reduce((sum, d) => sum + d.fates.length, 0)
  const openLeft = open - (night ? flagshipFigures.stillOpen : 0)
  const closed = hazards - openLeft - (night ? flagshipFigures.hazards : 0) - castCount
  if (closed < 0) throw new RangeError(`${hazards} hazards cannot hold ${open} open ones`)
  const today = dayOf(world.now)
  const perDay = spread(random.stream('days'), today, closed)
  const openByDay = openDrafts(drafter, index, random, openLeft)
  const dayDrafts = (day: number): Draft[] => {
    const own = random.stream('day', day)
    const drafts = [...(openByDay.get(day) ?? []), ...(fixed.get(day) ?? []), ...(night && night.day === day ? night.drafts : [])]
    const busy = drafts.length
    for (let left = perDay[today - day] ?? 0; left > 0; ) {
      const draft = drafter.closed(own, day, Math.min(left, 1 + fewMore(own)))
      drafts.push(draft)
      left -= draft.fates.length
    }
    const quiet = Math.round((drafts.length - busy) * quietShare)
    for (let i = 0; i < quiet; i++) drafts.push(drafter.quiet(own, day))
    return drafts.sort((a, b) => a.at - b.at || a.site - b.site)
  }
  return {
    campaigns: spans.map(({ script }) => (script.ref === FLAGSHIP && night ? { ...script, participants: night.participants } : script)),
    hazards,
    open,
    from: instantAt(today - DAYS + 1, 0),
    to: world.now,
    visits: () => walk(world, crew, index, random, today, dayDrafts),
  }
}

function* walk(world: World, crew: Crew, index: SiteIndex, random: Random, today: number, draftsOf: (day: number) => Draft[]): Generator<VisitScript> {
  let visits = 0
  let hazards = 0
  const hazardRef = () => `H-${String(++hazards).padStart(7, '0')}`
  for (let day = today - DAYS + 1; day <= today; day++) {
    for (const draft of draftsOf(day)) {
      visits++
      yield compose({ random: random.stream('visit', visits), crew, index, now: world.now }, draft, `V-${String(visits).padStart(7, '0')}`, hazardRef)
    }
  }
}

/** Findings beyond the first: most visits have one or two, few have six. */
function fewMore(random: Random): number {
  let more = 0
  while (more < 5 && random.chance(0.42)) more++
  return more
}

/** Closed hazards per day, by days ago: working days carry most, the last three weeks less because much is open yet. */
function spread(random: Random, today: number, total: number): number[] {
  const weights = Array.from({ length: DAYS }, (_, ago) => {
    const fresh = ago === 0 ? 0 : ago < 3 ? 0.25 : ago < 9 ? 0.5 : ago < 21 ? 0.75 : 1
    return fresh * (isWorked(today - ago) ? 1 : 0.3) * random.between(0.75, 1.25)
  })
  const sum = weights.reduce((a, b) => a + b)
  let carried = 0
  let given = 0
  return weights.map((w) => {
    carried += (total * w) / sum
    const own = Math.round(carried) - given
    given += own
    return own
  })
}

/** Open hazards by the day on which they were found; no two at one place under one item. */
function openDrafts(drafter: Drafter, index: SiteIndex, random: Random, total: number): Map<number, Draft[]> {
  const claims = castClaims(index)
  const byDay = new Map<number, Draft[]>()
  const taken = new Set<number>()
  const counts = openCounts(total).map((count, f) => [openFates[f] as OpenFate, count] as const)
  for (const [fate, count] of [...counts, [draftFate, DRAFT_COUNT] as const]) {
    for (let i = 0; i < count; i++) {
      const own = random.stream(`open ${fate.name}`, i)
      const claim = i === 0 ? claims.get(fate.name) : undefined
      let draft = drafter.open(own, fate, claim)
      while (!claim && taken.has(draft.site) && taken.size < 20_000) draft = drafter.open(own, fate, claim)
      taken.add(draft.site)
      const day = dayOf(draft.at)
      byDay.set(day, [...(byDay.get(day) ?? []), draft])
    }
  }
  return byDay
}

function flagshipOn(world: World, crew: Crew, index: SiteIndex, random: Random, spans: readonly CampaignSpan[]): ReturnType<typeof flagship> & { day: number } {
  const day = spans.find((s) => s.script.ref === FLAGSHIP)?.firstDay as number
  return { day, ...flagship(world, crew, index, random.stream('flagship'), day) }
}
