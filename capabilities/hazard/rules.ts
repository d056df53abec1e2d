/**
 * Guards of domain §2.8: every refusal, not the first, each with the field that would cure it. Pure: today, the calendar,
 * certificates on the day and rights over this hazard come in as facts.
 */
import type { HolidayTable } from '../../kernel/core/deadline.ts'
import { moveOf } from '../../kernel/core/lifecycle.ts'
import type { Refusal } from '../../kernel/core/problem.ts'
import { addDays, daysBetween, type LocalDate, localDate } from '../../kernel/core/time.ts'
import { clauseById, clauseInForce, FALLBACK_CLAUSE, MULTIPLIER_CLAUSE } from '../checklist/criteria.ts'
import type { Hazard, Level, Opinion, Plan, Source } from './hazard.ts'
import { type HazardAction, hazardLifecycle } from './lifecycle.ts'
import { lastDueOn, type Limits, longestNewDueOn } from './timers.ts'

/** Who asks: `has` means with reach over this very hazard. */
export interface Who {
  readonly id: string
  readonly roles: readonly string[]
  has(verb: string): boolean
}

export interface Facts {
  readonly who: Who
  readonly today: LocalDate
  readonly calendar: HolidayTable
  readonly limits: Limits
  /** People with a certificate in force today, among all who matter to the question. */
  readonly certified: ReadonlySet<string>
}

/** Sources whose general hazards may be put right without a paper (T6b). */
export const PAPERLESS: readonly Source[] = ['SELF_CHECK', 'PATROL', 'EXPERT', 'ALARM']
/** States of an enterprise in which a hazard may be frozen (T15), and those that end it (T16). */
export const FREEZING_STATES: readonly string[] = ['LONG_STOP', 'MOVED', 'CANCELLED']
export const WAKING_STATES: readonly string[] = ['RESUMING', 'ACTIVE']

const no = (code: string, field?: string, clause?: string, params?: Record<string, string | number>): Refusal => ({
  code: `hazard.${code}`, ...(field ? { field } : {}), ...(clause ? { clause } : {}), ...(params ? { params } : {}),
})
const when = (bad: boolean, refusal: Refusal): Refusal[] => (bad ? [refusal] : [])

const ENTERPRISE_ROLES = ['ENT_PRINCIPAL', 'ENT_SAFETY']
export const isEnterpriseSide = (who: Pick<Who, 'roles'>): boolean => who.roles.some((role) => ENTERPRISE_ROLES.includes(role))

/** State and right: what the table alone refuses. `system` moves are nobody's. */
export function refuseMove(h: Hazard, action: HazardAction, who: Who): Refusal[] {
  const found = moveOf(hazardLifecycle, h.state, action, 'hazard.wrong_state')
  if ('refusal' in found) return [found.refusal]
  return when(!who.has(found.move.verb), no('not_entitled', undefined, undefined, { verb: found.move.verb }))
}

/** I1: an enterprise user never closes what an authority found, whatever verbs a local role may hold. */
const enterpriseMayNotClose = (h: Hazard, f: Facts): Refusal[] => when(isEnterpriseSide(f.who) && h.source !== 'SELF_CHECK', no('enterprise_may_not_close', undefined, 'I1'))

const pendingAlready = (h: Hazard): Refusal[] => when(h.pending !== null, no('pending_already', undefined, undefined, { kind: h.pending?.kind ?? '' }))
const notPending = (h: Hazard, kind: string): Refusal[] => when(h.pending?.kind !== kind, no('nothing_asked'))
const mustBeCertified = (f: Facts, clause: string): Refusal[] => when(!f.certified.has(f.who.id), no('certificate_needed', undefined, clause))

/**
 * What can be said before anybody fills in a form: why a button is dead. The guards below ask it again together with the input.
 */
const standing: { [A in HazardAction]?: (h: Hazard, f: Facts) => Refusal[] } = {
  confirm: (_, f) => mustBeCertified(f, 'T2'),
  void: (h) => when(h.level === 'MAJOR', no('major_void_needs_leader', undefined, 'I4')),
  voidMajor: (h) => when(h.level !== 'MAJOR', no('not_major', undefined, 'I4')),
  appeal: (h, f) => [...when(h.appealed, no('appealed_already', undefined, 'T3')), ...when(!h.foundBy.includes(f.who.id), no('only_finder_appeals', undefined, 'T3'))],
  fixOnSite: (h) => when(h.level === 'MAJOR', no('major_not_fixed_on_site', undefined, 'T4')),
  verifyFix: (h, f) => [
    ...enterpriseMayNotClose(h, f),
    // I2: without a certificate one closes only what a patrol found, and only when it is general.
    ...when(!f.certified.has(f.who.id) && (h.source !== 'PATROL' || h.level !== 'GENERAL'), no('grid_closes_patrol_only', undefined, 'I2')),
  ],
  order: (_, f) => mustBeCertified(f, 'T6'),
  start: (h) => [
    ...when(!PAPERLESS.includes(h.source), no('needs_order', undefined, 'T6b')),
    ...when(h.level !== 'GENERAL', no('major_needs_order', undefined, 'T6b')),
  ],
  acknowledge: (h, f) => when(h.level === 'MAJOR' && !f.who.has('hazard.sign_plan'), no('principal_signs_plan', undefined, 'T7')),
  askExtension: (h, f) => [
    ...pendingAlready(h),
    ...when(h.extensions >= f.limits.maxExtensions, no('two_extensions', undefined, 'T8', { max: f.limits.maxExtensions })),
    ...when(h.dueOn !== null && daysBetween(f.today, h.dueOn) < f.limits.extensionBeforeDays, no('extension_too_late', undefined, 'T8', { days: f.limits.extensionBeforeDays })),
  ],
  decideExtension: (h, f) => [
    ...notPending(h, 'EXTENSION'),
    ...when(h.level === 'MAJOR' && !f.who.has('hazard.approve_extension_major'), no('major_extension_needs_leader', undefined, 'T8')),
  ],
  pass: (h, f) => reinspectionStanding(h, f),
  fail: (h, f) => reinspectionStanding(h, f),
  review: (h, f) => [...closureStep(h, 'REVIEW'), ...when(officersOf(h).includes(f.who.id), no('reviewer_was_officer', undefined, 'T11'))],
  closeMajor: (h, f) => [...closureStep(h, 'SIGN'), ...when(officersOf(h).includes(f.who.id), no('reviewer_was_officer', undefined, 'T11')), ...enterpriseMayNotClose(h, f)],
  askTransfer: (h) => pendingAlready(h),
  decideTransfer: (h, f) => [...notPending(h, 'TRANSFER'), ...when(h.pending?.kind === 'TRANSFER' && h.pending.by === f.who.id, no('same_person', undefined, 'T13'))],
  reopen: (h, f) => [
    ...mustBeCertified(f, 'T17'),
    ...when(h.closedOn !== null && daysBetween(h.closedOn, f.today) > f.limits.reopenDays, no('reopen_too_late', undefined, 'T17', { days: f.limits.reopenDays })),
  ],
  raise: (h, f) => [...when(h.level === 'MAJOR', no('major_already', undefined, 'I5')), ...mustBeCertified(f, 'I5')],
  lower: (h) => [...when(h.level !== 'MAJOR', no('not_major', undefined, 'I5')), ...when(h.orderId !== null, no('paper_served', undefined, 'I5'))],
  giveOpinion: (h) => when(h.level !== 'MAJOR', no('not_major', undefined, 'T2')),
  remind: (h) => when(h.dueOn === null, no('nothing_due')),
}

const officersOf = (h: Hazard): string[] => (h.pending?.kind === 'CLOSURE' ? h.pending.officers : [])
const closureStep = (h: Hazard, step: 'REVIEW' | 'SIGN'): Refusal[] => when(h.pending?.kind !== 'CLOSURE' || h.pending.step !== step, no(step === 'REVIEW' ? 'nothing_to_review' : 'not_reviewed', undefined, 'T11'))
const reinspectionStanding = (h: Hazard, f: Facts): Refusal[] => [
  ...enterpriseMayNotClose(h, f), ...pendingAlready(h), ...mustBeCertified(f, 'T11'),
  ...when(h.state === 'REINSPECTING' && !h.reinspectors.includes(f.who.id), no('not_assigned', undefined, 'T10')),
]

/** Why this person cannot do this now; empty when only the form is left. */
export const refuseNow = (h: Hazard, action: HazardAction, f: Facts): Refusal[] => {
  const table = refuseMove(h, action, f.who)
  return table.length ? table : (standing[action]?.(h, f) ?? [])
}

/** Two different people, each with a certificate on the day (行政处罚法§42). */
export function refuseOfficers(officers: readonly string[], certified: ReadonlySet<string>, clause: string): Refusal[] {
  const distinct = new Set(officers)
  return [
    ...when(distinct.size < 2, no('two_officers', 'officers', clause)),
    ...when([...distinct].some((id) => !certified.has(id)), no('officer_without_certificate', 'officers', clause)),
  ]
}

/** A clause that makes a hazard major: known, in force when it was found; the fallback asks for leader and expert (domain §2.1). */
export function refuseClause(clauseId: string | null, foundOn: LocalDate, opinions: readonly Opinion[]): Refusal[] {
  if (!clauseId) return [no('major_needs_clause', 'clauseId', 'T2')]
  const clause = clauseById(clauseId)
  if (!clause || clauseId === MULTIPLIER_CLAUSE) return [no('clause_unknown', 'clauseId', 'T2')]
  if (!clauseInForce(clause, foundOn)) return [no('clause_not_in_force', 'clauseId', 'T2')]
  if (clauseId !== FALLBACK_CLAUSE) return []
  const has = (kind: Opinion['kind']) => opinions.some((o) => o.kind === kind)
  return when(!has('LEADER') || !has('EXPERT'), no('fallback_needs_leader_and_expert', 'clauseId', '16号令第3条'))
}

export interface Grading {
  readonly level: Level
  readonly clauseId: string | null
  readonly officers: readonly string[]
  readonly opinions: readonly Opinion[]
}

/** What a grading to MAJOR asks for beside the state: T2 and I5 alike. The only finder is never the sole confirmer. */
export function refuseMajor(h: Pick<Hazard, 'foundOn' | 'foundBy'>, given: Grading, certified: ReadonlySet<string>): Refusal[] {
  const others = given.officers.filter((id) => h.foundBy.length > 1 || !h.foundBy.includes(id))
  return [
    ...refuseClause(given.clauseId, h.foundOn, given.opinions),
    ...refuseOfficers(given.officers, certified, 'T2'),
    ...when(others.length === 0, no('finder_confirms_alone', 'officers', 'T2')),
    ...when(given.opinions.length === 0, no('opinion_needed', 'opinion', 'T2')),
  ]
}

/** T2. */
export const refuseConfirm = (h: Hazard, given: Grading, f: Facts): Refusal[] =>
  given.level === 'MAJOR' ? refuseMajor(h, given, f.certified) : when(h.level === 'MAJOR' && !f.who.has('hazard.regrade_down'), no('major_confirmed_lower', 'level', 'I5'))

/** T4: an after-photo from the same angle, except for management items. */
export const refuseFix = (h: Pick<Hazard, 'level' | 'evidence'>, photosAfter: readonly string[]): Refusal[] => [
  ...when(h.level === 'MAJOR', no('major_not_fixed_on_site', 'fixedOnSite', 'T4')),
  ...when(h.evidence === 'PHOTO' && photosAfter.length === 0, no('after_photo_needed', 'photosAfter', 'T4')),
]

/** T5, T11: a stop in force is lifted before the close. */
export const refuseStop = (h: Hazard, stopLifted: boolean): Refusal[] => when(h.stopInForce && !stopLifted, no('stop_in_force', 'stopLifted', '安全生产法第65条'))

/** R1 for an order served on `servedOn`. */
export function refuseDueOn(h: Pick<Hazard, 'level'>, dueOn: LocalDate, servedOn: LocalDate, leader: boolean, f: Pick<Facts, 'calendar' | 'limits'>, field = 'dueOn'): Refusal[] {
  const last = lastDueOn(h.level, leader, servedOn, f.calendar, f.limits)
  const refusal = h.level === 'GENERAL' ? no('due_too_far', field, 'R1', { last }) : no(leader ? 'major_due_too_far' : 'major_due_needs_leader', field, 'R1', { last })
  return [...when(dueOn < servedOn, no('due_before_order', field, 'R1')), ...when(dueOn > last, refusal)]
}

/** T7: 五落实; for a major hazard the whole 治理方案. */
export const refusePlan = (h: Hazard, plan: Plan): Refusal[] => [
  ...when(h.dueOn !== null && plan.finishOn > h.dueOn, no('plan_after_due', 'plan.finishOn', 'T7', { dueOn: h.dueOn ?? '' })),
  ...when(h.level === 'MAJOR' && !plan.goal, no('plan_goal', 'plan.goal', '16号令第15条')),
  ...when(h.level === 'MAJOR' && !plan.team, no('plan_team', 'plan.team', '16号令第15条')),
]

/** T8: a later day within R1, interim measures for a major hazard. */
export function refuseExtension(h: Hazard, given: { dueOn: LocalDate; interim?: string | undefined }, f: Facts): Refusal[] {
  const day0 = h.orderedAt ? localDate(h.orderedAt) : h.foundOn
  const last = h.level === 'MAJOR' ? addDays(day0, f.limits.majorAbsoluteDays) : addDays(h.dueOn ?? f.today, f.limits.generalMaxDays)
  return [
    ...when(given.dueOn <= (h.dueOn ?? ''), no('extension_not_later', 'dueOn', 'T8')),
    ...when(given.dueOn > last, no('extension_too_far', 'dueOn', 'R1', { last })),
    ...when(h.level === 'MAJOR' && !given.interim?.trim(), no('interim_needed', 'interim', 'T8')),
  ]
}

/** T9: photos of the result; a major hazard brings an acceptance or third-party evaluation report. */
export const refuseSubmission = (h: Hazard, given: { photosAfter: readonly string[]; reports: readonly string[] }): Refusal[] => [
  ...when(h.evidence === 'PHOTO' && given.photosAfter.length === 0, no('after_photo_needed', 'photosAfter', 'T9')),
  ...when(h.level === 'MAJOR' && given.reports.length === 0, no('report_needed', 'reports', 'T9')),
]

/** T10: for a major hazard at least one officer who was not there last time. */
export const refuseAssignment = (h: Hazard, officers: readonly string[], f: Facts): Refusal[] => [
  ...refuseOfficers(officers, f.certified, 'T10'),
  ...when(h.level === 'MAJOR' && h.lastReinspectors.length > 0 && officers.every((id) => h.lastReinspectors.includes(id)), no('one_new_officer', 'officers', 'T10')),
]

/** T11: both officers certified on the day of the act, the stop lifted, a listed hazard delisted. */
export const refusePass = (h: Hazard, given: { officers: readonly string[]; stopLifted: boolean; listed: boolean }, f: Facts): Refusal[] => [
  ...refuseOfficers(given.officers, f.certified, 'T11'), ...refuseStop(h, given.stopLifted),
  ...when(given.listed, no('still_listed', undefined, '安全生产法第41条')),
]

/** T12: a new term no longer than the original one. */
export function refuseFail(h: Hazard, given: { officers: readonly string[]; dueOn: LocalDate }, f: Facts): Refusal[] {
  const startedOn = h.orderedAt ? localDate(h.orderedAt) : h.confirmedAt ? localDate(h.confirmedAt) : h.foundOn
  const last = longestNewDueOn(h, startedOn, f.today)
  return [
    ...refuseOfficers(given.officers, f.certified, 'T12'),
    ...when(given.dueOn < f.today, no('due_before_order', 'newDueOn', 'T12')),
    ...when(last !== null && given.dueOn > last, no('new_due_too_far', 'newDueOn', 'T12', { last: last ?? '' })),
  ]
}

/** T15: the site has stopped, moved or gone; a major hazard only when its source has been removed. */
export const refuseFreeze = (h: Hazard, given: { siteState: string; evidence: readonly string[]; sourceRemoved: boolean }): Refusal[] => [
  ...when(!FREEZING_STATES.includes(given.siteState), no('site_not_stopped', undefined, 'T15')),
  ...when(given.evidence.length === 0, no('evidence_needed', 'evidence', 'T15')),
  ...when(h.level === 'MAJOR' && !given.sourceRemoved, no('major_source_there', 'sourceRemoved', 'T15')),
]

/** T16: only when the site is back. */
export const refuseUnfreeze = (siteState: string): Refusal[] => when(!WAKING_STATES.includes(siteState), no('site_not_back', undefined, 'T16'))
