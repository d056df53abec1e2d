import type { HazardState, Level, Source } from '../capabilities/hazard/hazard.ts'
import type { SupervisionLevel, SupervisionState } from '../capabilities/hazard/supervision.ts'
import type { Outcome, VisitKind } from '../capabilities/visit/kinds.ts'
import type { Role } from './people.ts'

/** Numbers of the table in domain §2.8. */
export type Transition =
  | 'T1' | 'T2' | 'T3' | 'T4' | 'T5' | 'T6' | 'T6b' | 'T7' | 'T8' | 'T9' | 'T9b' | 'T10' | 'T11' | 'T12' | 'T13' | 'T14' | 'T15' | 'T16' | 'T17'

/** Papers of domain §3.4 that the year needs. */
export type PaperCode = 'D01' | 'D02' | 'D04' | 'D05' | 'D06' | 'D07' | 'D08' | 'D09' | 'D11' | 'D27' | 'D30' | 'D31'

/**
 * Who did it: a person's ref ("lin", "M-041", "P-012"), an enterprise's people ("E00001:safety", "E00001:principal"),
 * a shop's operator ("S0007:operator"), the people of the company that runs a park ("PK-001:safety"), or "system".
 */
export type ActorRef = string

/** Everything a transition of §2.8 asks for beside time and person. Instants are ISO text in UTC. */
export interface StepData {
  /** Last day of the term; it ends at 24:00. */
  readonly dueOn?: string
  readonly reason?: string
  readonly paper?: PaperCode
  readonly criteriaClauseId?: string
  /** Officers of a re-inspection, named by the team lead at T10. */
  readonly officers?: readonly ActorRef[]
  readonly approvedBy?: ActorRef
  readonly reviewedBy?: ActorRef
  readonly signedBy?: ActorRef
  readonly opinionBy?: ActorRef
  readonly toDept?: string
  readonly result?: string
  readonly plan?: { readonly measures: string; readonly responsible: string; readonly fundYuan: number; readonly emergency: string }
  readonly report?: string
  readonly photos?: number
}

/** One transition of a hazard; steps are in the order of time. */
export interface Step {
  readonly transition: Transition
  readonly at: string
  readonly by: readonly ActorRef[]
  readonly role: Role | 'SYSTEM'
  readonly data?: StepData
}

/** 挂牌督办 of a major hazard (sub-machine of §2.8). */
export interface Supervision {
  readonly state: SupervisionState
  readonly at: string
  readonly by: readonly ActorRef[]
  readonly level?: SupervisionLevel
  /** Last day. */
  readonly deadline?: string
  readonly expertName?: string
}

/**
 * A finding and its whole life. `endState` and `overdueDays` say what folding the path up to `now` must give; the
 * loader checks its own fold against them.
 */
export interface FindingScript {
  readonly ref: string
  readonly checklist: string
  readonly itemCode: string
  readonly level: Level
  readonly immediateStop: boolean
  readonly source: Source
  readonly location: string
  readonly description: string
  readonly path: readonly Step[]
  readonly endState: HazardState
  /** Whole days past the deadline while still open at `now`; null when not overdue. */
  readonly overdueDays: number | null
  readonly supervision?: readonly Supervision[]
}

/** A paper issued at a visit, over some of its findings; the number is given when it is loaded. */
export interface PaperScript {
  readonly code: PaperCode
  readonly at: string
  readonly by: readonly ActorRef[]
  readonly covers: readonly string[]
}

/** A later visit that re-inspects findings of this one; it counts as ADMIN_CASE and never as a first check (M04). */
export interface ReinspectionScript {
  readonly ref: string
  readonly at: string
  readonly by: readonly ActorRef[]
  readonly covers: readonly string[]
  readonly papers: readonly PaperCode[]
}

/**
 * One visit. `answers` has a letter for each item asked, in the order of the checklist: Y 符合, N 不符合,
 * F 现场已改, X 不适用 (COMPLIES, FAILS, FIXED, NOT_APPLICABLE); empty when no checklist was used.
 */
export interface VisitScript {
  readonly ref: string
  readonly siteRef: string
  readonly gridIndex: number
  readonly kind: VisitKind
  readonly campaignRef: string | null
  readonly at: string
  readonly leftAt: string
  /** Date in Shanghai to which the visit counts: a check at 00:30 counts to the evening before. */
  readonly businessDate: string
  readonly actors: readonly ActorRef[]
  readonly outcome: Outcome
  readonly checklist: string | null
  readonly answers: string
  readonly findings: readonly FindingScript[]
  readonly papers: readonly PaperScript[]
  readonly reinspections: readonly ReinspectionScript[]
}

export interface CampaignScript {
  readonly ref: string
  readonly kind: 'NIGHT' | 'SWEEP' | 'SPECIAL' | 'RESUMPTION'
  readonly name: string
  readonly startAt: string
  readonly endAt: string
  readonly businessDate: string
  readonly streetCodes: readonly string[]
  readonly checklists: readonly string[]
  /** Everybody who signed in; the headcount is their number. Empty where only those who visited are known. */
  readonly participants: readonly ActorRef[]
}
