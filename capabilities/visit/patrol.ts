import type { LocalRules } from './local.ts'
import type { VisitRefusal } from './rules.ts'

export interface PatrolFacts {
  /** Metres between the check-in and the site's point; null when one of the two is unknown. */
  readonly distanceM: number | null
  readonly farReason?: string | undefined
  readonly minutes: number
  readonly photos: number
  /** A checklist was opened and finished. */
  readonly checklistDone: boolean
}

/**
 * What keeps a patrol from being a valid one (domain §11). Notes for whoever reads the record and for 有效巡查率: they
 * refuse nothing and punish nobody, and an unknown place is no fault (location is helpful, never required).
 */
export function patrolNotes(facts: PatrolFacts, rules: LocalRules): VisitRefusal[] {
  const notes: VisitRefusal[] = []
  const clause = '§11'
  if (facts.distanceM !== null && facts.distanceM > rules.patrolRadiusM && !facts.farReason) notes.push({ code: 'visit.patrol_far', params: { metres: Math.round(facts.distanceM), limit: rules.patrolRadiusM }, clause })
  if (facts.distanceM === null && !facts.farReason) notes.push({ code: 'visit.patrol_place_unknown', clause })
  if (facts.minutes < rules.patrolMinutes) notes.push({ code: 'visit.patrol_short', params: { minutes: rules.patrolMinutes }, clause })
  if (facts.photos < 1) notes.push({ code: 'visit.patrol_photo', clause })
  if (!facts.checklistDone) notes.push({ code: 'visit.patrol_checklist', clause })
  return notes
}
