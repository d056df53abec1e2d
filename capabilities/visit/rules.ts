import { moveOf } from '../../kernel/core/lifecycle.ts'
import type { Refusal } from '../../kernel/core/problem.ts'
import { ASSISTING, isInspection, kinds, needsApproval, STATE_ZH, type VisitKind, type VisitState } from './kinds.ts'
import { type VisitAction, visitLifecycle } from './lifecycle.ts'
import type { Participant, Plan } from './visit.ts'
import type { VisitProblem } from './zh.ts'

/** A refusal that has its Chinese sentence in zh.ts: a name without one does not compile. */
export type VisitRefusal = Refusal & { code: VisitProblem }

const LAW_OFFICERS = '罚法§42；安法§67'
const LAW_2024 = '国办发〔2024〕54号'

/** A law-enforcement certificate that was in force on the date of the visit. */
export interface Certificate {
  readonly no: string
  readonly validTo: string
}

/** Who may do this kind at all (domain §3.1): asked before anything else. Inspections may be arranged by a clerk, never made by one. */
export function refuseKind(kind: VisitKind, has: (verb: string) => boolean, act: 'plan' | 'do' = 'do'): VisitRefusal[] {
  if (has(kinds[kind].verb) || (act === 'plan' && isInspection(kind) && has('visit.plan_inspection'))) return []
  return [{ code: 'visit.kind_not_yours', field: 'kind', params: { kind: kinds[kind].zh, who: kinds[kind].who }, clause: kinds[kind].clause }]
}

/** The state alone: which action is possible from here. */
export function refuseState(state: VisitState, action: VisitAction): VisitRefusal[] {
  const answer = moveOf(visitLifecycle, state, action, 'visit.wrong_state')
  return 'refusal' in answer ? [{ code: 'visit.wrong_state', params: { state: STATE_ZH[state] } }] : []
}

export type Grounds = Pick<Plan, 'kind' | 'purpose' | 'taskSource' | 'clueKind' | 'clueNo' | 'planReference' | 'jointDepartments' | 'withinVisitId'>

/** What each kind must be able to show for itself before anybody goes. */
export function refuseGrounds(given: Grounds): VisitRefusal[] {
  const rule = kinds[given.kind]
  const refusals: VisitRefusal[] = []
  const refuse = (code: VisitProblem, field: string, clause = LAW_2024) => refusals.push({ code, field, params: { kind: rule.zh }, clause })
  if (given.taskSource && !rule.sources.includes(given.taskSource)) refuse('visit.source_not_for_kind', 'taskSource')
  if (isInspection(given.kind) && !given.purpose) refuse('visit.purpose_missing', 'purpose', '§3.3')
  if (given.kind === 'ADMIN_CASE' && !given.clueKind) refuse('visit.clue_missing', 'clueKind')
  if (given.kind === 'ADMIN_CASE' && !given.clueNo) refuse('visit.clue_missing', 'clueNo')
  if (given.kind === 'ADMIN_SPECIAL' && !given.planReference) refuse('visit.plan_reference', 'planReference')
  if (given.kind === 'JOINT' && !given.jointDepartments.length) refuse('visit.joint_departments', 'jointDepartments', '安法§69')
  // 严禁变相检查: guidance is asked for or announced, else it is an inspection without its safeguards.
  if (given.kind === 'GUIDANCE' && !(given.taskSource && given.planReference)) refuse('visit.guidance_ground', given.taskSource ? 'planReference' : 'taskSource')
  if ((given.kind === 'THIRD_PARTY') !== (given.withinVisitId !== undefined)) refuse('visit.within_missing', 'withinVisitId')
  return refusals
}

export interface Team {
  readonly kind: VisitKind
  readonly people: readonly Participant[]
  /** By person, valid on the date of the act. */
  readonly certificates: ReadonlyMap<string, Certificate>
  /** Persons who hold visit.inspect over the place; undefined when it was asked before and the officers are the same. */
  readonly inspectors?: ReadonlySet<string>
  /** On arrival every officer has declared to have no interest; while planning not yet. */
  readonly declared: boolean
}

/** R3-1, R3-5: two officers with certificates in force on the date, nobody else in their part, nobody with an interest. */
export function refuseTeam(team: Team): VisitRefusal[] {
  const refusals: VisitRefusal[] = []
  const seen = new Set<string>()
  team.people.forEach((person, i) => {
    const field = `people.${i}`
    if (!person.personId && !person.name) refusals.push({ code: 'visit.person_unnamed', field: `${field}.name` })
    if (person.personId && seen.has(person.personId)) refusals.push({ code: 'visit.person_twice', field: `${field}.personId` })
    if (person.personId) seen.add(person.personId)
    if (person.part === 'OFFICER') refusals.push(...refuseOfficer(team, person, field))
  })
  return [...refusals, ...refuseNumbers(team)]
}

function refuseOfficer(team: Team, person: Participant, field: string): VisitRefusal[] {
  const refusals: VisitRefusal[] = []
  const kind = kinds[team.kind].zh
  if (!isInspection(team.kind) && team.kind !== 'GUIDANCE' && team.kind !== 'THIRD_PARTY') return [{ code: 'visit.no_officer_in_kind', field: `${field}.part`, params: { kind }, clause: LAW_2024 }]
  if (!person.personId || !team.certificates.has(person.personId)) refusals.push({ code: 'visit.certificate_missing', field: `${field}.personId`, params: { name: person.name ?? '' }, clause: LAW_OFFICERS })
  else if (team.inspectors && !team.inspectors.has(person.personId)) refusals.push({ code: 'visit.not_an_inspector', field: `${field}.personId`, params: { name: person.name ?? '' }, clause: LAW_2024 })
  if (person.conflict) refusals.push({ code: 'visit.recusal_needed', field: `${field}.conflict`, params: { name: person.name ?? '' }, clause: '罚法§43' })
  else if (team.declared && isInspection(team.kind) && !person.conflictDeclared) refusals.push({ code: 'visit.declaration_missing', field: `${field}.conflictDeclared`, params: { name: person.name ?? '' }, clause: '罚法§43' })
  return refusals
}

function refuseNumbers({ kind, people, certificates }: Team): VisitRefusal[] {
  const certified = new Set(people.flatMap((p) => (p.part === 'OFFICER' && p.personId && certificates.has(p.personId) ? [p.personId] : [])))
  if (certified.size < kinds[kind].officers) return [{ code: 'visit.officers_two', field: 'people', params: { count: certified.size }, clause: LAW_OFFICERS }]
  const experts = people.some((p) => p.part === 'EXPERT')
  if (kind === 'GUIDANCE' && experts && certified.size === 0) return [{ code: 'visit.expert_needs_officer', field: 'people', clause: LAW_2024 }]
  if (kind === 'THIRD_PARTY' && !experts) return [{ code: 'visit.third_party_missing', field: 'people', clause: LAW_2024 }]
  return []
}

const nameOf = (person: { personId?: string | null; name?: string | null }): string => person.personId ?? person.name ?? ''

/** Assisting persons are counted and named in the approval; on the spot nobody is added to them. */
export function refuseAdded(kind: VisitKind, approved: readonly { personId: string | null; name: string; part: string }[], people: readonly Participant[]): VisitRefusal[] {
  if (!isInspection(kind)) return []
  const named = new Set(approved.flatMap((p) => [p.personId ?? '', p.name]))
  return people.flatMap((person, i): VisitRefusal[] =>
    ASSISTING.includes(person.part) && !named.has(nameOf(person)) ? [{ code: 'visit.assistant_not_approved', field: `people.${i}`, params: { name: person.name ?? '' }, clause: LAW_2024 }] : [],
  )
}

/** Who records was there. */
export function refuseRecorder(personId: string, people: readonly Participant[]): VisitRefusal[] {
  return people.some((p) => p.personId === personId) ? [] : [{ code: 'visit.recorder_not_there', field: 'people' }]
}

export interface Decision {
  readonly state: VisitState
  readonly urgent: boolean
  readonly decidedAt: string | null
  readonly approverId: string
  readonly people: readonly { personId: string | null }[]
}

/** Approval by the responsible person, who is no participant; after the fact only for the urgent branch, and once. */
export function refuseDecision(given: Decision, action: 'approve' | 'refuse'): VisitRefusal[] {
  const refusals = refuseState(given.state, action)
  const late = given.state === 'IN_PROGRESS' || given.state === 'DONE'
  if (!refusals.length && late && (!given.urgent || given.decidedAt !== null)) refusals.push({ code: 'visit.wrong_state', params: { state: STATE_ZH[given.state] } })
  if (given.people.some((p) => p.personId === given.approverId)) refusals.push({ code: 'visit.approver_takes_part', clause: LAW_2024 })
  return refusals
}

/** Reports that wait for the responsible person: 安法§68 (refused signature), refused entry, an urgent start that was not ratified. */
export function refuseAcknowledge(given: { state: VisitState; signature: string | null; outcome: string | null; urgent: boolean; decidedAt: string | null }): VisitRefusal[] {
  const something = given.signature === 'REFUSED' || given.outcome === 'REFUSED_ENTRY' || (given.urgent && given.decidedAt !== null)
  return [...refuseState(given.state, 'acknowledge'), ...(something ? [] : [{ code: 'visit.nothing_to_read' as const }])]
}

export interface Beginning {
  readonly kind: VisitKind
  /** null: the visit begins with this very command. */
  readonly state: VisitState | null
  readonly urgent: boolean
  readonly urgentReason?: string | undefined
  readonly needsCooperation: boolean
}

/** Approval comes first; only a case with a clue may begin at once, with a reason that is reported at once. */
export function refuseBeginning(given: Beginning): VisitRefusal[] {
  if (given.urgent) {
    if (!kinds[given.kind].urgentAllowed) return [{ code: 'visit.urgent_not_for_kind', field: 'urgent', clause: LAW_2024 }]
    if (!given.urgentReason) return [{ code: 'visit.urgent_reason', field: 'urgentReason', clause: LAW_2024 }]
    return given.state === null ? [] : refuseState(given.state, 'startUrgent')
  }
  const approved = given.state === 'APPROVED' || given.state === 'IN_PROGRESS'
  if (needsApproval(given.kind, given.needsCooperation) && !approved) return [{ code: 'visit.not_approved', params: { kind: kinds[given.kind].zh, how: kinds[given.kind].approvalZh }, clause: LAW_2024 }]
  return []
}

export interface ForPaper {
  readonly kind: VisitKind
  readonly state: VisitState
  /** Officers whose certificate was in force on the date. */
  readonly officers: number
}

/** Why no paper may follow from a visit; empty when one may. Guidance and patrols never, whatever was found. */
export function papersRefusals({ kind, state, officers }: ForPaper): VisitRefusal[] {
  if (kinds[kind].papers === 'NO') return [{ code: 'visit.no_papers_in_kind', params: { kind: kinds[kind].zh, how: kinds[kind].papersZh }, clause: kinds[kind].clause }]
  if (state !== 'IN_PROGRESS' && state !== 'DONE') return [{ code: 'visit.papers_before_visit', params: { state: STATE_ZH[state] } }]
  return officers < 2 ? [{ code: 'visit.officers_two', params: { count: officers }, clause: LAW_OFFICERS }] : []
}
