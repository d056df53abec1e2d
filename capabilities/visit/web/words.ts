import type { Tone } from '../../../kernel/web/tokens.ts'
import { kinds, type Outcome, OUTCOME_ZH, type StoredAnswer, VISIT_KINDS, VISIT_STATES, type VisitKind, type VisitState, STATE_ZH } from '../kinds.ts'

export const stateTone: Record<VisitState, Tone> = { PLANNED: 'plain', PENDING_APPROVAL: 'wait', APPROVED: 'wait', REFUSED: 'warn', IN_PROGRESS: 'warn', DONE: 'done', VOID: 'plain' }
export const answerTone: Record<StoredAnswer, Tone> = { COMPLIES: 'done', FAILS: 'late', FIXED: 'warn', NOT_APPLICABLE: 'plain' }
export const outcomeTone = (outcome: Outcome): Tone => (outcome === 'CHECKED' ? 'done' : outcome === 'REFUSED_ENTRY' ? 'late' : 'warn')

export const kindOptions = VISIT_KINDS.map((value) => ({ value, label: kinds[value].zh }))
export const stateOptions = VISIT_STATES.map((value) => ({ value, label: STATE_ZH[value] }))
export const outcomeOptions = (Object.keys(OUTCOME_ZH) as Outcome[]).map((value) => ({ value, label: OUTCOME_ZH[value] }))

/** Kinds a person may record or plan, by the verbs held; the server asks again. Third parties are entered from the inspection that leads them. */
export const kindsFor = (can: (verb: string) => boolean, act: 'plan' | 'do'): VisitKind[] =>
  VISIT_KINDS.filter((kind) => kind !== 'THIRD_PARTY' && (can(kinds[kind].verb) || (act === 'plan' && kinds[kind].officers === 2 && can('visit.plan_inspection'))))
