import type { VisitKind } from '../capabilities/visit/kinds.ts'
import { dayOf, instantAt } from './calendar.ts'
import type { Draft, Fate } from './compose.ts'
import type { SiteIndex } from './site-index.ts'
import { isWorked } from './timeline.ts'

/**
 * The cast's own year: what Lin, Wang and He found at Feng's plant and in Lin's grid, so that each of them opens the
 * system with something to do. Site 0 is the plant.
 */
export interface Claim {
  /** Name of the open fate whose first hazard is theirs. */
  readonly fate: string
  readonly site: number
  readonly kind: VisitKind
  readonly actors: readonly string[]
  readonly pair: readonly [string, string]
  readonly itemCode?: string
}

const officers = ['wang', 'he'] as const

/** Open hazards that belong to the cast; the other hazards of each fate fall where they fall. */
export function castClaims(index: SiteIndex): ReadonlyMap<string, Claim> {
  const home = index.grid[0] as number
  const shops = index.shopsByGrid[home] ?? []
  const plants = (index.plantsByGrid[home] ?? []).filter((s) => s !== 0 && index.stateOf(s) === 'ACTIVE')
  const shop = (i: number) => shops[i % Math.max(1, shops.length)] ?? 0
  const plant = (i: number) => plants[i % plants.length] as number
  const byLin = (fate: string, site: number, itemCode?: string): Claim => ({ fate, site, kind: 'PATROL', actors: ['lin'], pair: officers, itemCode })
  const byOfficers = (fate: string, site: number, kind: VisitKind, itemCode?: string): Claim => ({ fate, site, kind, actors: officers, pair: officers, itemCode })
  const claims = [
    byLin('draft', shop(0), 'JX-25'),
    byLin('reported', shop(1), 'JX-29'),
    byLin('confirmed', shop(2), 'JX-14'),
    byLin('fixed on site', shop(3), 'JX-09'),
    byLin('rectifying without paper', 0, 'YC-09'),
    byLin('transferred', shop(4), 'JX-19'),
    byOfficers('ordered', 0, 'ADMIN_DAILY', 'YC-19'),
    byOfficers('rectifying', 0, 'ADMIN_DAILY', 'YC-26'),
    byOfficers('extended', 0, 'ADMIN_DAILY', 'YC-33'),
    byOfficers('submitted', 0, 'ADMIN_DAILY', 'YC-20'),
    byOfficers('reinspecting', plant(0), 'ADMIN_DAILY', 'YC-14'),
    byOfficers('second round', plant(1), 'ADMIN_CASE', 'YC-10'),
    byOfficers('overdue E2', plant(2), 'ADMIN_DAILY', 'YC-21'),
    byOfficers('major rectifying', 0, 'ADMIN_CASE', 'YC-25'),
  ]
  return new Map(claims.map((claim) => [claim.fate, claim]))
}

/** Visits of the cast that are over, by local date: the file of Feng's plant. */
export function castVisits(now: number): ReadonlyMap<number, readonly Draft[]> {
  const today = dayOf(now)
  const day = (ago: number): number => (isWorked(today - ago) ? today - ago : day(ago + 1))
  const visit = (ago: number, minute: number, kind: VisitKind, actors: readonly string[], fates: readonly Fate[]): [number, Draft] => {
    const date = day(ago)
    return [date, { site: 0, kind, at: instantAt(date, minute), campaignRef: null, actors, pair: officers, outcome: 'CHECKED', fates }]
  }
  const route = (itemCode: string): Fate => ({ closed: 'ROUTE', itemCode })
  const fix = (itemCode: string): Fate => ({ closed: 'FIX', itemCode })
  const drafts = [
    visit(318, 605, 'SELF_CHECK', ['zhao'], [route('FG-08'), route('FG-16')]),
    visit(290, 570, 'GUIDANCE', officers, [route('YC-20')]),
    visit(233, 895, 'PATROL', ['lin'], [fix('YC-09')]),
    visit(196, 600, 'ADMIN_DAILY', officers, [route('YC-10'), route('YC-19'), fix('YC-21')]),
    visit(150, 580, 'ADMIN_CASE', officers, [{ closed: 'MAJOR', itemCode: 'YC-27' }]),
    visit(88, 615, 'ADMIN_SPECIAL', officers, [route('YC-28'), fix('YC-30')]),
    visit(61, 1140, 'PATROL', ['lin'], []),
  ]
  const byDay = new Map<number, Draft[]>()
  for (const [date, draft] of drafts) byDay.set(date, [...(byDay.get(date) ?? []), draft])
  return byDay
}
