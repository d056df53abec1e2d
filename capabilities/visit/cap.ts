import { isInspection, kinds, type VisitKind } from './kinds.ts'
import type { VisitRefusal } from './rules.ts'

/** Row of the table of yearly ceilings, as a bureau filled it in. `capPerYear` null: not configured. */
export interface CapRow {
  readonly areaCode: string
  readonly year: number
  readonly industryClass: string
  readonly standardLevel: string
  readonly capPerYear: number | null
  readonly agencyLevel: string
  readonly sourceDoc: string
}

/** Tags whose enterprises stand in the first column of the published tables: 危化品生产储存 and 金属冶炼. */
const HAZCHEM_METALLURGY = new Set(['HAZCHEM_PROD', 'HAZCHEM_TRADE_STORE', 'METALLURGY_GONGMAO', 'MOLTEN_METAL'])

/** The class of the ceiling table for an enterprise (domain §3.1, after the Shanxi 2025 template; the numbers are local data). */
export function capClass(facts: { tags: readonly string[]; highRisk: boolean }): 'HAZCHEM_METALLURGY' | 'HIGH_RISK' | 'OTHER' {
  if (facts.tags.some((tag) => HAZCHEM_METALLURGY.has(tag))) return 'HAZCHEM_METALLURGY'
  return facts.highRisk ? 'HIGH_RISK' : 'OTHER'
}

/** Own code first, then every authority above it, then the whole country (all zeros). */
export function upward(areaCode: string): string[] {
  const codes = [12, 9, 6, 4, 2, 0].map((length) => areaCode.slice(0, length).padEnd(12, '0'))
  return [...new Set(codes)]
}

/** The ceiling in force: the nearest authority that filled in a row for class and level; a high-risk row falls back to none. */
export function capOf(rows: readonly CapRow[], at: { areaCode: string; year: number; industryClass: string; standardLevel: string; agencyLevel?: string }): CapRow | null {
  const fitting = rows.filter((r) => r.year === at.year && r.industryClass === at.industryClass && r.standardLevel === at.standardLevel && r.agencyLevel === (at.agencyLevel ?? 'DISTRICT'))
  for (const code of upward(at.areaCode)) {
    const row = fitting.find((r) => r.areaCode === code)
    if (row) return row
  }
  return null
}

export interface CapQuestion {
  readonly kind: VisitKind
  readonly countsToCap: boolean
  readonly cap: number | null
  /** Counted inspections of the calendar year already made or running, this visit not among them; a joint check once. */
  readonly used: number
  readonly clueKind?: string | null | undefined
  readonly clueNo?: string | null | undefined
  readonly overrideReason?: string | null | undefined
}

/** Inspections that stand before the door of the enterprise; the rest is never weighed against the ceiling. */
export const isCapped = (kind: VisitKind): boolean => isInspection(kind) && kinds[kind].onSite

/** R3-6 on start: at the ceiling only a case with a clue goes in, and says why. */
export function refuseCap(given: CapQuestion): VisitRefusal[] {
  if (!isCapped(given.kind) || given.cap === null || given.used < given.cap) return []
  const params = { used: given.used, cap: given.cap }
  const clued = given.kind === 'ADMIN_CASE' && !!given.clueKind && !!given.clueNo
  if (!clued) return [{ code: 'visit.cap_reached', field: 'kind', params, clause: 'R3-6；国办发〔2024〕54号' }]
  return given.overrideReason ? [] : [{ code: 'visit.cap_override_reason', field: 'capOverrideReason', params, clause: 'R3-6' }]
}

/** R3-6 while planning: nothing is refused, everything is said. */
export function warnCap(given: CapQuestion): VisitRefusal[] {
  if (!isCapped(given.kind)) return []
  if (given.cap === null) return given.countsToCap ? [{ code: 'visit.cap_not_configured', clause: 'R3-6' }] : []
  if (given.used >= given.cap) return [{ code: 'visit.cap_reached', params: { used: given.used, cap: given.cap }, clause: 'R3-6' }]
  if (given.countsToCap && given.used + 1 === given.cap) return [{ code: 'visit.cap_last_one', params: { cap: given.cap }, clause: 'R3-6' }]
  return []
}
