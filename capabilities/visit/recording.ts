import { localDate, toMs, type Instant, type LocalDate } from '../../kernel/core/time.ts'
import { type Answer as ChecklistAnswer, refuseAnswers } from '../checklist/answers.ts'
import { type ChecklistItem, type ChecklistVersion, itemsToAsk } from '../checklist/checklist.ts'
import { refuseUse } from '../checklist/rules.ts'
import type { ChecklistRefusal } from '../checklist/zh.ts'
import { isInspection, kinds, OUTCOMES_WITH_PHOTO, type StoredAnswer, type VisitKind } from './kinds.ts'
import type { VisitRefusal } from './rules.ts'
import type { RecordVisit } from './visit.ts'
import type { VisitProblem } from './zh.ts'

export type RecordRefusal = VisitRefusal | ChecklistRefusal
type Given = Pick<RecordVisit, 'kind' | 'arrivedAt' | 'leftAt' | 'idShownAt' | 'informedAt' | 'outcome' | 'outcomeNote' | 'outcomePhotos' | 'answers' | 'findings' | 'signature' | 'companion' | 'versionIds' | 'people'>

/** Phones run ahead; more than this is a wrong clock and would put a record into tomorrow. */
const AHEAD_MS = 5 * 60_000

/** R3-1 (certificates shown, rights told) and plain sense about times. Only where somebody was met. */
export function refuseTimes(given: Pick<Given, 'kind' | 'arrivedAt' | 'idShownAt' | 'informedAt'> & { leftAt?: string | undefined; outcome?: string }, now: Instant): VisitRefusal[] {
  const refusals: VisitRefusal[] = []
  const limit = toMs(now) + AHEAD_MS
  for (const [field, at] of [['arrivedAt', given.arrivedAt], ['leftAt', given.leftAt], ['idShownAt', given.idShownAt], ['informedAt', given.informedAt]] as const) {
    if (at && toMs(at) > limit) refusals.push({ code: 'visit.in_future', field })
  }
  if (given.leftAt && toMs(given.leftAt) < toMs(given.arrivedAt)) refusals.push({ code: 'visit.left_before_arrived', field: 'leftAt' })
  const met = isInspection(given.kind) && kinds[given.kind].onSite && (given.outcome ?? 'CHECKED') === 'CHECKED'
  if (met && !given.idShownAt) refusals.push({ code: 'visit.id_not_shown', field: 'idShownAt', clause: '罚法§55；安法§67' })
  if (met && !given.informedAt) refusals.push({ code: 'visit.not_informed', field: 'informedAt', clause: '§3.3' })
  return refusals
}

/** Conventions Q6: only CHECKED counts as checked; a closed door is a photo and no answers. */
export function refuseOutcome(given: Given): VisitRefusal[] {
  const refusals: VisitRefusal[] = []
  const refuse = (code: VisitProblem, field: string) => refusals.push({ code, field, params: { kind: kinds[given.kind].zh }, clause: 'Q6' })
  const door = OUTCOMES_WITH_PHOTO.includes(given.outcome)
  if (door && !kinds[given.kind].onSite) refuse('visit.outcome_not_on_site', 'outcome')
  if (door && kinds[given.kind].onSite && !given.outcomePhotos.length) refuse('visit.outcome_photo', 'outcomePhotos')
  if (given.outcome === 'OTHER' && !given.outcomeNote) refuse('visit.outcome_note', 'outcomeNote')
  if (given.outcome !== 'CHECKED' && given.answers.length) refuse('visit.answers_without_check', 'answers')
  if (given.outcome !== 'CHECKED' && given.findings.length) refuse('visit.answers_without_check', 'findings')
  if (given.outcome === 'CHECKED' && !given.versionIds.length && (isInspection(given.kind) || given.kind === 'SELF_CHECK')) refuse('visit.checklist_missing', 'versionIds')
  return refusals
}

/** R3-2 (安法§68): signed by both sides; a refusal is written down with a witness. */
export function refuseSignature(given: Given): VisitRefusal[] {
  const { signature } = given
  if (!kinds[given.kind].signed || given.outcome !== 'CHECKED') return []
  const clause = '安法§68'
  if (!signature || signature.state === 'NOT_NEEDED') return [{ code: 'visit.sign_missing', field: 'signature.state', clause }]
  const refusals: VisitRefusal[] = []
  if (signature.officerAttachmentIds.length < kinds[given.kind].officers) refusals.push({ code: 'visit.officers_sign', field: 'signature.officerAttachmentIds', clause })
  if (signature.state === 'SIGNED') {
    if (!signature.companyAttachmentId) refusals.push({ code: 'visit.company_sign', field: 'signature.companyAttachmentId', clause })
    if (!given.companion) refusals.push({ code: 'visit.companion_missing', field: 'companion.name', clause })
    return refusals
  }
  if (!signature.refusalReason) refusals.push({ code: 'visit.sign_refusal_reason', field: 'signature.refusalReason', clause })
  if (!signature.witnessName) refusals.push({ code: 'visit.witness_missing', field: 'signature.witnessName', clause })
  return refusals
}

const found = (answer: StoredAnswer) => answer === 'FAILS' || answer === 'FIXED'

/**
 * Answers against the published versions: every item asked is answered, 不适用 with a reason, 现场已改 with a pair of
 * photos, evidence where the item wants it. Photos of a finding count for its item. `planned` versions may have been
 * retired since; a new one must have been in use for this kind when the visit began.
 */
export function refuseChecklists(given: Given, versions: ReadonlyMap<string, ChecklistVersion>, planned: readonly string[] = []): RecordRefusal[] {
  const refusals: RecordRefusal[] = []
  given.versionIds.forEach((id, i) => {
    const version = versions.get(id)
    if (!version) refusals.push({ code: 'visit.checklist_unknown', field: `versionIds.${i}` })
    else if (!planned.includes(id)) refusals.push(...refuseUse(version, given.kind, given.arrivedAt).map((r) => ({ ...r, field: `versionIds.${i}` })))
  })
  given.answers.forEach((answer, i) => {
    if (!given.versionIds.includes(answer.versionId)) refusals.push({ code: 'visit.answer_of_other_list', field: `answers.${i}.versionId`, params: { item: answer.itemCode } })
    if (answer.byRest && answer.answer !== 'COMPLIES') refusals.push({ code: 'visit.by_rest_only_complies', field: `answers.${i}.byRest`, params: { item: answer.itemCode } })
    if (answer.answer === 'FIXED' && !kinds[given.kind].onSite) refusals.push({ code: 'visit.no_fix_from_afar', field: `answers.${i}.answer`, params: { item: answer.itemCode } })
  })
  if (given.outcome === 'CHECKED') for (const version of versions.values()) if (given.versionIds.includes(version.id)) refusals.push(...refuseList(given, version))
  return refusals
}

function refuseList(given: Given, version: ChecklistVersion): ChecklistRefusal[] {
  const mine = given.answers.map((answer, at) => ({ answer, at })).filter(({ answer }) => answer.versionId === version.id)
  const own = mine.map(({ answer }): ChecklistAnswer => {
    const of = given.findings.filter((f) => f.versionId === version.id && f.itemCode === answer.itemCode)
    return {
      itemCode: answer.itemCode, answer: answer.answer, note: answer.note, ...(answer.reason ? { reason: answer.reason } : {}),
      photosBefore: [...answer.photosBefore, ...of.flatMap((f) => f.photosBefore)], photosAfter: [...answer.photosAfter, ...of.flatMap((f) => f.photosAfter)],
    }
  })
  // Items of a special period may be answered at any time, but are missed only while the period is on.
  const asked = new Set(itemsToAsk(version, []).map((item) => item.code))
  const answered = new Set(own.map((a) => a.itemCode))
  const items = version.items.filter((item) => asked.has(item.code) || answered.has(item.code))
  const back = (field: string) => field.replace(/^answers\.(\d+)/, (_, i: string) => `answers.${mine[Number(i)]?.at ?? i}`)
  return refuseAnswers(own, items, true).map((r) => (r.field ? { ...r, field: back(r.field) } : r))
}

/** Findings and answers say the same: no failed item without a hazard, no hazard without its answer. */
export function refuseFindings(given: Given): VisitRefusal[] {
  const refusals: VisitRefusal[] = []
  if (kinds[given.kind].findings === null) return given.findings.length ? [{ code: 'visit.no_findings_in_kind', field: 'findings', params: { kind: kinds[given.kind].zh }, clause: kinds[given.kind].clause }] : []
  const key = (x: { versionId?: string | undefined; itemCode?: string | undefined }) => `${x.versionId ?? ''}/${x.itemCode ?? ''}`
  const byItem = new Map(given.answers.map((answer) => [key(answer), answer]))
  const ids = new Set<string>()
  given.findings.forEach((finding, i) => {
    const refuse = (code: VisitProblem, field: string, clause?: string) => refusals.push({ code, field: `findings.${i}.${field}`, params: { item: finding.itemCode ?? '' }, ...(clause ? { clause } : {}) })
    if (ids.has(finding.id)) refuse('visit.finding_twice', 'id')
    ids.add(finding.id)
    if (finding.level === 'MAJOR' && finding.fixed) refuse('visit.major_not_fixed', 'fixed', 'T4')
    if (finding.fixed && !finding.photosAfter.length) refuse('visit.after_photo', 'photosAfter', 'T4')
    if (!finding.itemCode) return
    const answer = byItem.get(key(finding))
    if (!answer || !found(answer.answer)) refuse('visit.finding_without_answer', 'itemCode')
    else if (answer.answer === 'FIXED' && !finding.fixed) refuse('visit.finding_not_fixed', 'fixed')
  })
  given.answers.forEach((answer, i) => {
    const of = given.findings.filter((f) => key(f) === key(answer))
    if (found(answer.answer) && !of.length) refusals.push({ code: 'visit.finding_missing', field: `answers.${i}`, params: { item: answer.itemCode } })
    if (answer.answer === 'FAILS' && of.length && of.every((f) => f.fixed)) refusals.push({ code: 'visit.answer_is_fixed', field: `answers.${i}.answer`, params: { item: answer.itemCode } })
  })
  return refusals
}

/** Everything about the record itself; people, approval, ceiling and scan are asked apart. */
export function refuseRecord(given: Given, versions: ReadonlyMap<string, ChecklistVersion>, now: Instant, planned: readonly string[] = []): RecordRefusal[] {
  return [...refuseTimes(given, now), ...refuseOutcome(given), ...refuseChecklists(given, versions, planned), ...refuseFindings(given), ...refuseSignature(given)]
}

/** The day by which certificates and clauses are judged: the calendar day of arrival, also at 00:30 of a night action. */
export const dayOfAct = (arrivedAt: Instant): LocalDate => localDate(arrivedAt)

export interface Counts {
  answers: number
  complied: number
  notApplicable: number
  findings: number
  fixed: number
  major: number
}

/** What is stored beside the visit. Findings are hazards; a kind that makes none counts the items that failed as none. */
export function countsOf(given: Pick<Given, 'answers' | 'findings'>): Counts {
  const of = (value: StoredAnswer) => given.answers.filter((a) => a.answer === value).length
  return {
    answers: given.answers.length, complied: of('COMPLIES'), notApplicable: of('NOT_APPLICABLE'),
    findings: given.findings.length, fixed: given.findings.filter((f) => f.fixed).length, major: given.findings.filter((f) => f.level === 'MAJOR').length,
  }
}

/** A major hazard seen while guiding becomes a case: guidance has no power to order anything. */
export const mustConvert = (kind: VisitKind, counts: Pick<Counts, 'major'>): boolean => kind === 'GUIDANCE' && counts.major > 0

/** Kinds that look from afar or alongside only leave a clue: what failed is checked on the spot by others. */
export const mustFollowUp = (given: Pick<Given, 'kind' | 'answers' | 'findings'>): boolean =>
  (kinds[given.kind].findings === null || !kinds[given.kind].onSite) && (given.answers.some((a) => found(a.answer)) || given.findings.length > 0)

/** The item behind a finding, if it has one. */
export const itemBehind = (versions: ReadonlyMap<string, ChecklistVersion>, at: { versionId?: string | undefined; itemCode?: string | undefined }): ChecklistItem | undefined =>
  at.versionId ? versions.get(at.versionId)?.items.find((item) => item.code === at.itemCode) : undefined
