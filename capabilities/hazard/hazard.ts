import { z } from 'zod'

export const CLOSED_HOW = ['ON_SITE', 'REINSPECTION'] as const

/** States of domain §2.8. Overdue, due soon, under supervision are derived and never states. */
export const HAZARD_STATES = [
  'DRAFT', 'REPORTED', 'CONFIRMED', 'FIXED_ON_SITE', 'ORDERED', 'RECTIFYING', 'SUBMITTED', 'REINSPECTING', 'CLOSED', 'TRANSFERRED', 'TRANSFER_CLOSED', 'FROZEN', 'VOID',
] as const
export type HazardState = (typeof HAZARD_STATES)[number]

/** Nothing waits for anybody any more. */
export const ENDED = ['CLOSED', 'VOID', 'TRANSFER_CLOSED'] as const satisfies readonly HazardState[]
export const OPEN_STATES = HAZARD_STATES.filter((s) => !(ENDED as readonly string[]).includes(s))

export const LEVELS = ['GENERAL', 'MAJOR'] as const
export type Level = (typeof LEVELS)[number]

export const SOURCES = ['INSPECTION', 'PATROL', 'SELF_CHECK', 'EXPERT', 'ALARM', 'HOTLINE', 'REPORTER', 'CAMPAIGN', 'RESUME_CHECK'] as const
export type Source = (typeof SOURCES)[number]

/** Why a report is void (T3). */
export const VOID_CODES = ['FALSE', 'DUPLICATE', 'NOT_OURS', 'OTHER'] as const
export type VoidCode = (typeof VOID_CODES)[number]

const LocalDate = z.iso.date()
export const Basis = z.object({ law: z.string().max(60), article: z.string().max(20).nullable(), text: z.string().max(200) })
export type Basis = z.infer<typeof Basis>

/** 五落实 (domain §2.1): measures, responsible person, fund, time limit, emergency plan. MAJOR: the 治理方案 of 16号令§15, signed by the principal. */
export const Plan = z.strictObject({
  measures: z.string().trim().min(2).max(1000),
  responsible: z.string().trim().min(1).max(60),
  /** Yuan. */
  fund: z.number().min(0).max(1e10),
  finishOn: LocalDate,
  emergency: z.string().trim().min(2).max(1000),
  /** 治理方案 only: 目标任务、机构人员. */
  goal: z.string().trim().max(1000).optional(),
  team: z.string().trim().max(500).optional(),
})
export type Plan = z.infer<typeof Plan>

/** What supports the confirmation of a major hazard beside two certified officers (T2). */
export const Opinion = z.strictObject({
  kind: z.enum(['EXPERT', 'TEAM_REVIEW', 'LEADER']),
  text: z.string().trim().min(2).max(2000),
  by: z.string().trim().min(1).max(40),
})
export type Opinion = z.infer<typeof Opinion>

/** Something asked and not yet decided. One at a time. */
export type Pending =
  | { kind: 'EXTENSION'; dueOn: string; reason: string; interim: string | null; askedOn: string; answerBy: string }
  | { kind: 'TRANSFER'; toDept: string; materials: string[]; reason: string; askedOn: string; by: string }
  | { kind: 'CLOSURE'; step: 'REVIEW' | 'SIGN'; officers: string[]; note: string; passedOn: string; stopLifted: boolean }

export type Transfer = { toDept: string; materials: string[]; sentOn: string; result?: string; receiptOn?: string }
export type Frozen = { reason: string; from: HazardState; on: string; sourceRemoved: boolean }

/** The whole hazard as it is folded from its events and stored in its row. Instants ISO text, days `YYYY-MM-DD`. */
export interface Hazard {
  id: string
  no: string
  enterpriseId: string
  enterpriseName: string
  siteId: string
  siteName: string
  areaCode: string
  gridId: string | null
  parkId: string | null
  source: Source
  sourceId: string | null
  /** 专项行动 and its team, when it was found in one; as of the finding. */
  campaignId: string | null
  teamId: string | null
  itemCode: string | null
  versionId: string | null
  category: string
  location: string
  description: string
  level: Level
  immediateStop: boolean
  stopInForce: boolean
  clauseId: string | null
  clauseMode: string | null
  requirement: string
  legalBasis: Basis[]
  defaultDays: number
  evidence: 'PHOTO' | 'NONE'
  foundAt: string
  foundOn: string
  foundBy: string[]
  confirmDueAt: string | null
  confirmedAt: string | null
  confirmedBy: string[]
  opinions: Opinion[]
  fixClaimed: boolean
  verifyDueAt: string | null
  dueOn: string | null
  originalDueOn: string | null
  /** The day by which overdue is counted; null while no clock runs against the enterprise. Stays at the first missed day once late. */
  runsTo: string | null
  late: boolean
  state: HazardState
  round: number
  extensions: number
  orderId: string | null
  orderNo: string | null
  orderedAt: string | null
  plan: Plan | null
  submittedAt: string | null
  reinspectDueOn: string | null
  reinspectors: string[]
  lastReinspectors: string[]
  pending: Pending | null
  transfer: Transfer | null
  transferDueOn: string | null
  frozen: Frozen | null
  nextCheckOn: string | null
  closedAt: string | null
  closedOn: string | null
  closedHow: (typeof CLOSED_HOW)[number] | null
  closedBy: string[]
  recurrenceOf: string | null
  recurrence: boolean
  dedupeKey: string
  sightings: number
  escalation: number
  remindedOn: string | null
  voidCode: VoidCode | null
  appealed: boolean
  version: number
}

/** Where a finding was made; `SiteFacts` of enterprise fits. */
export interface HazardPlace {
  readonly siteId: string
  readonly siteName: string
  readonly enterpriseId: string
  readonly enterpriseName: string
  readonly areaCode: string
  readonly gridId: string | null
  readonly parkId: string | null
}

/** One finding handed in by a visit, a patrol, a self-check. The caller has found the site in reach. */
export interface FindingDraft {
  readonly id: string
  readonly site: HazardPlace
  readonly source: Source
  readonly sourceId: string | null
  readonly campaignId?: string | null
  readonly teamId?: string | null
  readonly itemCode: string | null
  readonly versionId: string | null
  readonly category: string
  readonly location: string
  readonly description: string
  readonly requirement: string
  readonly level: Level
  readonly clauseId: string | null
  readonly clauseMode: string | null
  readonly legalBasis: readonly Basis[]
  readonly immediateStop: boolean
  /** Calendar days of the item (R1), 0–30; 0 = at once. */
  readonly defaultDays: number
  /** Management items need no photo (T1). */
  readonly evidence: 'PHOTO' | 'NONE'
  readonly photosBefore: readonly string[]
  readonly photosAfter: readonly string[]
  /** Put right while they were there (T4); GENERAL only. */
  readonly fixedOnSite: boolean
  readonly foundAt: string
  readonly foundBy: readonly string[]
  /** Officers of the visit; those with a certificate on the day confirm at once (T2), else it waits for 核定. */
  readonly officers: readonly string[]
  /** Expert opinion or team review, when the visit has one: a MAJOR finding of two officers is then confirmed at once. */
  readonly opinion?: Opinion | null
}

/** What was written down of a finding: a record of that day says this, whatever became of the hazard since. `id` was made by whoever wrote it. */
export interface FindingWords extends Pick<FindingDraft, 'id' | 'location' | 'description' | 'requirement' | 'level' | 'clauseId'> {
  readonly legalBasis: readonly Basis[]
  readonly fixed: boolean
}

/** What an order says about its hazards (T6). */
export interface OrderGiven {
  readonly hazardIds: readonly string[]
  readonly paperId: string
  readonly paperNo: string
  /** 'YYYY-MM-DD': one day for all, or by hazard. */
  readonly dueOn: string | Readonly<Record<string, string>>
  readonly officers: readonly string[]
  readonly servedAt: string
  /** A leader approved a term beyond 90 days for a MAJOR hazard (R1). */
  readonly leaderApproved?: boolean
}

/** An order that was taken back; `standing` names the other served order over a hazard, where there is one. */
export interface RevocationGiven {
  readonly hazardIds: readonly string[]
  readonly paperId: string
  readonly paperNo: string
  readonly reason: string
  readonly standing: ReadonlyMap<string, { readonly id: string; readonly no: string }>
}

/** Results of one re-inspection (T11/T12). */
export interface ReinspectionGiven {
  readonly paperId: string | null
  readonly officers: readonly string[]
  readonly results: readonly { readonly hazardId: string; readonly passed: boolean; readonly note: string; readonly newDueOn?: string; readonly stopLifted?: boolean; readonly photos: readonly string[] }[]
}

/** What other slices see of a hazard. */
export type HazardBrief = Pick<Hazard, 'id' | 'no' | 'enterpriseId' | 'siteId' | 'areaCode' | 'gridId' | 'source' | 'itemCode' | 'category' | 'location' | 'description' | 'requirement' | 'level' | 'immediateStop' | 'stopInForce' | 'clauseId' | 'clauseMode' | 'legalBasis' | 'foundAt' | 'defaultDays' | 'dueOn' | 'state' | 'round' | 'orderId' | 'reinspectors' | 'lastReinspectors' | 'version'>
