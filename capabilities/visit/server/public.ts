import { Problem } from '../../../kernel/core/problem.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import type { Outcome, Part, VisitKind, VisitState } from '../kinds.ts'
import { papersRefusals } from '../rules.ts'
import type { Plan } from '../visit.ts'
import * as under from './under.ts'
import * as store from './store.ts'

/** A visit as a paper needs it: who was there with which certificate on the date, what was answered, whether papers may follow. */
export interface VisitForPaper {
  id: string
  no: string
  kind: VisitKind
  state: VisitState
  urgent: boolean
  version: number
  enterpriseId: string
  siteId: string
  areaCode: string
  gridId: string | null
  parkId: string | null
  agencyId: string | null
  purpose: string
  businessDate: string
  arrivedAt: string | null
  leftAt: string | null
  outcome: Outcome | null
  decidedAt: string | null
  decidedByName: string | null
  companionName: string | null
  companionDuty: string | null
  signature: 'SIGNED' | 'REFUSED' | 'NOT_NEEDED' | null
  signRefusalReason: string | null
  witnessName: string | null
  /** Officers first. `certificateNo` is null when none was valid on the business date. */
  people: { personId: string | null; name: string; organisation: string | null; part: Part; certificateNo: string | null; certificateValidTo: string | null }[]
  /** Ids of hazards found by this visit, in the order of the checklist; read them by the hazard capability's public door. */
  answers: { versionId: string; itemCode: string; answer: string; reason: string | null; note: string; hazardId: string | null }[]
  counts: { items: number; complies: number; findings: number; fixed: number; major: number; notApplicable: number }
  /** Empty when papers may follow from this visit; else why not (domain §3.1), codes of visit/zh.ts. */
  papersRefused: { code: string; clause?: string }[]
}

/** @throws missing when out of reach. Two statements. */
export async function visitForPaper(ctx: Ctx, visitId: string): Promise<VisitForPaper> {
  const row = await store.find(ctx.tx, ctx.actor, visitId)
  if (!row) throw new Problem('missing', 'common.missing')
  const children = await store.childrenOf(ctx.tx, visitId)
  return {
    id: row.id, no: row.no, kind: row.kind, state: row.state, urgent: row.urgent, version: row.version, enterpriseId: row.enterprise_id, siteId: row.site_id,
    areaCode: row.area_code, gridId: row.grid_id, parkId: row.park_id, agencyId: row.agency_id, purpose: row.purpose, businessDate: row.business_date,
    arrivedAt: row.arrived_at, leftAt: row.left_at, outcome: row.outcome, decidedAt: row.decided_at, decidedByName: row.decided_by_name,
    companionName: row.companion_name, companionDuty: row.companion_duty, signature: row.signature, signRefusalReason: row.sign_refusal_reason, witnessName: row.witness_name,
    people: children.people.map(({ conflict: _c, conflictDeclared: _d, ...person }) => person),
    answers: children.answers.map(({ byRest: _b, photos: _p, ...answer }) => answer),
    counts: { items: row.answer_count, complies: row.complied_count, findings: row.finding_count, fixed: row.fixed_count, major: row.major_count, notApplicable: row.not_applicable_count },
    papersRefused: papersRefusals({ kind: row.kind, state: row.state, officers: children.people.filter((p) => p.part === 'OFFICER' && p.certificateNo).length }).map(({ code, clause }) => ({ code, ...(clause ? { clause } : {}) })),
  }
}

/** Somebody else's approval that covers these visits: a campaign approved with its annex of objects. */
export type Approval = under.Approval

/** Plans visits that are approved already; kinds that need no approval are simply planned. The same questions are asked as of any plan. */
export const planUnder = (ctx: Ctx, plan: Plan, approval: Approval) => under.planUnder(ctx, plan, approval)

/** What the yearly ceiling says of an inspection of these sites, by site; sites out of reach are left out. Two statements and one for each agency. */
export const capWarnings = (ctx: Ctx, asked: { siteIds: readonly string[]; kind: VisitKind; plannedOn: string }): Promise<Map<string, string[]>> => under.capWarnings(ctx, asked)
