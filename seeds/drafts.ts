import type { Outcome, VisitKind } from '../capabilities/visit/kinds.ts'
import { isInspection } from '../capabilities/visit/kinds.ts'
import { dayOf, instantAt, MINUTE, minuteOf } from './calendar.ts'
import type { CampaignSpan } from './campaigns.ts'
import type { ClosedFate } from './closed-fates.ts'
import type { Draft, Fate } from './compose.ts'
import type { Crew } from './crew.ts'
import type { OpenFate } from './open-fates.ts'
import { openDates } from './open-fates.ts'
import { ENTERPRISE_COUNT, SHOP_COUNT } from './plan.ts'
import type { Random } from './random.ts'
import type { Claim } from './showcase.ts'
import type { SiteIndex } from './site-index.ts'
import { bitOf } from './site-index.ts'
import { isWorked } from './timeline.ts'

const kinds: readonly VisitKind[] = ['PATROL', 'SELF_CHECK', 'ADMIN_DAILY', 'ADMIN_SPECIAL', 'ADMIN_CASE', 'GUIDANCE', 'PHONE']
const kindWeights: readonly number[] = [58, 14, 9, 6, 5, 6, 2]
const majorMask = bitOf('DUST_EXPLOSION') | bitOf('COATING_SOLVENT') | bitOf('LITHIUM_BATTERY')

/** Draws where, who and when of visits. */
export class Drafter {
  readonly #crew: Crew
  readonly #index: SiteIndex
  readonly #now: number
  readonly #spans: readonly CampaignSpan[]
  readonly #risky: readonly number[]
  readonly #major: readonly number[]
  readonly #stopped: readonly number[]
  readonly #resuming: readonly number[]

  constructor(crew: Crew, index: SiteIndex, now: number, spans: readonly CampaignSpan[]) {
    this.#crew = crew
    this.#index = index
    this.#now = now
    this.#spans = spans
    const plants = Array.from({ length: ENTERPRISE_COUNT - 1 }, (_, i) => i + 1)
    const active = plants.filter((s) => index.stateOf(s) === 'ACTIVE')
    this.#risky = active.filter((s) => (index.mask[s] as number) > 0)
    this.#major = active.filter((s) => ((index.mask[s] as number) & majorMask) > 0)
    this.#stopped = plants.filter((s) => ['LONG_STOP', 'MOVED'].includes(index.stateOf(s)))
    this.#resuming = plants.filter((s) => index.stateOf(s) === 'RESUMING')
  }

  /** A visit of a day on which everything found is over by now; `age` in days limits what can be. */
  closed(random: Random, day: number, count: number): Draft {
    const age = dayOf(this.#now) - day
    const major = age > 110 && isWorked(day) && random.chance(0.018)
    const kind = major ? 'ADMIN_CASE' : this.#kind(random, day, age > 25, false)
    const site = major ? random.pick(this.#major) : this.#site(random, kind)
    const campaign = major ? null : this.#campaign(random, day, kind, site)
    const at = campaign?.night ? instantAt(day, random.int(1205, 1480)) : this.#arrival(random, day, kind)
    const fates = Array.from({ length: major ? 1 : count }, (): Fate => ({ closed: major ? 'MAJOR' : this.#fate(random, kind, site, age, at) }))
    return { ...this.#crewOf(random, kind, site, at), site, kind, at, campaignRef: campaign?.ref ?? null, outcome: 'CHECKED', fates }
  }

  /** A visit that found nothing, or found nobody. */
  quiet(random: Random, day: number): Draft {
    const kind = this.#kind(random, day, true, true)
    const site = random.chance(0.06) ? random.pick(this.#stopped) : this.#site(random, kind)
    const campaign = this.#campaign(random, day, kind, site)
    const at = Math.min(campaign?.night ? instantAt(day, random.int(1205, 1480)) : this.#arrival(random, day, kind), this.#now - 90 * MINUTE)
    return { ...this.#crewOf(random, kind, site, at), site, kind, at, campaignRef: campaign?.ref ?? null, outcome: this.#outcome(random, kind, site), fates: [] }
  }

  /** The visit behind an open hazard. */
  open(random: Random, fate: OpenFate, claim: Claim | undefined): Draft {
    const kind = claim?.kind ?? random.pick(fate.kinds)
    const dates = openDates(fate, kind, random, this.#now)
    const { at } = dates
    if (claim) {
      const { site, actors, pair, itemCode } = claim
      return { site, kind, at, campaignRef: null, actors, pair, outcome: 'CHECKED', fates: [{ open: fate, dates, itemCode }] }
    }
    const site = this.#openSite(random, fate, kind)
    return { ...this.#crewOf(random, kind, site, at), site, kind, at, campaignRef: null, outcome: 'CHECKED', fates: [{ open: fate, dates }] }
  }

  #openSite(random: Random, fate: OpenFate, kind: VisitKind): number {
    if (fate.level === 'MAJOR') return random.pick(this.#major)
    if (fate.name === 'frozen') return random.pick(this.#stopped)
    if (fate.name === 'thawed') return random.pick(this.#resuming)
    if (fate.name.includes('transfer')) return ENTERPRISE_COUNT + random.int(0, SHOP_COUNT - 1)
    return this.#site(random, kind)
  }

  #kind(random: Random, day: number, slow: boolean, quiet: boolean): VisitKind {
    for (;;) {
      const kind = kinds[random.weighted(kindWeights)] as VisitKind
      if ((isInspection(kind) || kind === 'GUIDANCE') && !isWorked(day)) continue
      // What enterprises find themselves and what is found on guidance cannot be closed on the spot.
      if (!slow && (kind === 'SELF_CHECK' || kind === 'GUIDANCE')) continue
      if (kind === 'PHONE' && !quiet) continue
      return kind
    }
  }

  #site(random: Random, kind: VisitKind): number {
    const draw = random.unit()
    const shop = () => ENTERPRISE_COUNT + random.int(0, SHOP_COUNT - 1)
    const park = () => this.#index.count - 1 - random.int(0, this.#index.count - ENTERPRISE_COUNT - SHOP_COUNT - 1)
    if (kind === 'PATROL') return draw < 0.55 ? shop() : draw < 0.6 ? park() : this.#plant(random)
    if (kind === 'SELF_CHECK' || kind === 'ADMIN_CASE') return draw < 0.12 ? shop() : this.#plant(random)
    return (kind === 'ADMIN_SPECIAL' || kind === 'GUIDANCE') && draw < 0.15 ? park() : this.#plant(random)
  }

  #plant(random: Random): number {
    if (random.chance(0.35)) return random.pick(this.#risky)
    for (;;) {
      const site = random.int(1, ENTERPRISE_COUNT - 1)
      if (this.#index.stateOf(site) === 'ACTIVE') return site
    }
  }

  /** 5+2: patrols run into the evening and through weekends; inspections keep office hours. */
  #arrival(random: Random, day: number, kind: VisitKind): number {
    const evening = kind === 'PATROL' && random.chance(0.3)
    return instantAt(day, evening ? random.int(1110, 1290) : random.int(550, 1000))
  }

  #crewOf(random: Random, kind: VisitKind, site: number, at: number): Pick<Draft, 'actors' | 'pair'> {
    const grid = this.#index.grid[site] as number
    const pair = this.#crew.pair(random, kind === 'PATROL' || kind === 'SELF_CHECK' || random.chance(0.45) ? grid : null, at)
    if (kind === 'PATROL') return { actors: [random.pick(this.#crew.members(grid))], pair }
    if (kind === 'SELF_CHECK') return { actors: [this.#index.operatorOf(site)], pair }
    return { actors: kind === 'PHONE' ? [pair[0]] : pair, pair }
  }

  #fate(random: Random, kind: VisitKind, site: number, age: number, at: number): ClosedFate {
    if (random.chance(0.016)) return 'VOID'
    const isShop = this.#index.classOf(site) === 'SHOP'
    if (isShop && age > 8 && random.chance(0.03)) return 'TRANSFER'
    const onSite = kind === 'PATROL' || isInspection(kind)
    if (onSite && age > 60 && random.chance(0.005)) return 'REOPENED'
    if (!onSite) return 'ROUTE'
    const minute = minuteOf(at)
    const share = minute >= 1200 || minute < 360 ? 0.4 : kind === 'PATROL' ? 0.35 : 0.25
    return age <= 14 || random.chance(share) ? 'FIX' : 'ROUTE'
  }

  #outcome(random: Random, kind: VisitKind, site: number): Outcome {
    const state = this.#index.stateOf(site)
    if (state === 'MOVED') return random.chance(0.6) ? 'MOVED' : 'VACANT'
    if (state === 'LONG_STOP') return 'CLOSED'
    if (kind === 'SELF_CHECK' || kind === 'PHONE' || !random.chance(0.11)) return 'CHECKED'
    return random.pick(['LOCKED', 'LOCKED', 'LOCKED', 'LOCKED', 'CLOSED', 'VACANT', 'REFUSED_ENTRY'])
  }

  #campaign(random: Random, date: number, kind: VisitKind, site: number): { ref: string; night: boolean } | null {
    for (const { script, firstDay, lastDay } of this.#spans) {
      if (date < firstDay || date > lastDay) continue
      const isShop = this.#index.classOf(site) === 'SHOP'
      if (script.kind === 'NIGHT' && (kind === 'ADMIN_SPECIAL' || kind === 'PATROL')) return { ref: script.ref, night: true }
      if (script.kind === 'SWEEP' && kind === 'PATROL' && isShop && random.chance(0.8)) return { ref: script.ref, night: false }
      if (script.kind === 'SPECIAL' && kind === 'ADMIN_SPECIAL' && ((this.#index.mask[site] as number) & bitOf('DUST_EXPLOSION')) > 0) return { ref: script.ref, night: false }
      if (script.kind === 'RESUMPTION' && kind === 'GUIDANCE') return { ref: script.ref, night: false }
    }
    return null
  }
}
