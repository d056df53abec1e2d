import type { Ctx } from '../../../kernel/server/context.ts'
import type { Tx } from '../../../kernel/server/db.ts'
import type { FindingDraft, HazardBrief, OrderGiven, ReinspectionGiven, RevocationGiven } from '../hazard.ts'
import { carried as carriedBy, type Carried } from './carried.ts'
import { order, unorder } from './order.ts'
import { reinspectAll } from './reinspection.ts'
import { type Looked, look, report, type ReportGiven } from './report.ts'
import * as store from './store.ts'
import type { OfVisit } from './store.ts'

export type { Carried } from './carried.ts'
export type { OfVisit } from './store.ts'
export type { FindingDraft, HazardBrief, OrderGiven, ReinspectionGiven } from '../hazard.ts'

/** What became of a finding; a second report of an open hazard answers with that hazard and `sighting: true`. */
export interface Reported {
  readonly id: string
  readonly no: string
  readonly state: string
  readonly sighting: boolean
}

/**
 * T1 for every finding, and T2, T4, T5 where the officers' certificates and the level allow, in a constant number of
 * statements. Refusals carry the path `findings.<i>.<field>`.
 * @throws Problem refused with every refusal of every finding
 */
export const reportFindings = async (ctx: Ctx, findings: readonly FindingDraft[], given: ReportGiven = {}): Promise<{ reported: Reported[]; reused: string[] }> => report(ctx, findings, given)

/** What the report of findings reads first, for a caller that has questions to put beside it. */
export const lookForFindings = (ctx: Ctx, findings: readonly FindingDraft[]): Promise<Looked> => look(ctx, findings)

/** Hazards that came from a visit, and earlier ones it saw again, each with what the visit wrote of it. Within the actor's reach. */
export const hazardsOfVisit = (ctx: Ctx, visitId: string): Promise<OfVisit[]> => store.ofVisit(ctx, visitId)

/** Hazards by id for a paper; throws missing when one is out of reach. */
export const hazardsForPaper = (ctx: Ctx, ids: readonly string[]): Promise<HazardBrief[]> => store.briefs(ctx, ids)

/** T6: a paper has been served; called by enforcement in the transaction that serves it. */
export const orderHazards = (ctx: Ctx, given: OrderGiven): Promise<void> => order(ctx, given)

/** A served order was taken back: its hazards go on under the sister order, or are confirmed and no more. None is closed by it. */
export const revokeOrder = (ctx: Ctx, given: RevocationGiven): Promise<void> => unorder(ctx, given)

/** T11/T12 by two officers; a MAJOR hazard that passed waits for review and signature. */
export const recordReinspection = (ctx: Ctx, given: ReinspectionGiven): Promise<{ id: string; no: string; state: string }[]> => reinspectAll(ctx, given)

/** Open and open-major hazards by enterprise, for enterprises the caller has already found in reach. */
export const openCounts = (tx: Tx, enterpriseIds: readonly string[]): Promise<Map<string, { open: number; major: number; overdue: number }>> => store.openCounts(tx, enterpriseIds)

/** Hazards as somebody carries them about on a phone; the caller has found them in reach. A constant number of statements. */
export const carried = (ctx: Ctx, ids: readonly string[]): Promise<Carried[]> => carriedBy(ctx, ids)
