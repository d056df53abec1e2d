import type { Ctx } from '../../../kernel/server/context.ts'
import { countsToCap, type VisitKind } from '../kinds.ts'
import type { Certificate } from '../rules.ts'
import type { Participant, Plan } from '../visit.ts'
import type { NewVisit, StoredPerson } from './store.ts'

export interface At {
  siteId: string
  enterpriseId: string
  areaCode: string
  gridId: string | null
  parkId: string | null
}

/** A row with nothing done yet; every column is named because the statement takes the whole row. */
export function blankVisit(ctx: Ctx, id: string, kind: VisitKind, at: At, given: { agencyId: string | null; businessDate: string; specialCounts: boolean }): NewVisit {
  return {
    id, kind, enterprise_id: at.enterpriseId, site_id: at.siteId, area_code: at.areaCode, grid_id: at.gridId, park_id: at.parkId, agency_id: given.agencyId, state: 'PLANNED',
    business_date: given.businessDate, planned_on: null, urgent: false, purpose: '', task_source: null, clue_kind: null, clue_no: null, plan_reference: null, joint_departments: [], joint_id: null,
    campaign_id: null, team_id: null, within_visit_id: null, converted_from_id: null, version_ids: [], needs_cooperation: true, counts_to_cap: countsToCap(kind, given.specialCounts), cap_override_reason: null,
    submitted_at: null, submitted_by: null, decided_at: null, decided_by: null, decided_by_name: null, opinion: null, papers_due_at: null, arrived_at: null, left_at: null, id_shown_at: null, informed_at: null,
    scanned: false, outcome: null, outcome_note: null, signature: null, sign_refusal_reason: null, witness_name: null, witness_identity: null, companion_name: null, companion_duty: null,
    finding_count: 0, fixed_count: 0, major_count: 0, answer_count: 0, complied_count: 0, not_applicable_count: 0, patrol_valid: null, patrol_notes: [], note: null,
    created_by: ctx.actor.id, created_at: ctx.now.toISOString(), recorded_by: null, recorded_at: null, voided_at: null, void_reason: null, version: 1,
  }
}

type GivenGrounds = Pick<Plan, 'purpose' | 'taskSource' | 'clueKind' | 'clueNo' | 'planReference' | 'jointDepartments' | 'jointId' | 'campaignId' | 'teamId' | 'withinVisitId' | 'convertedFromId' | 'needsCooperation' | 'capOverrideReason'>

/** Columns of why the visit takes place. */
export const groundColumns = (g: GivenGrounds) => ({
  purpose: g.purpose, task_source: g.taskSource ?? null, clue_kind: g.clueKind ?? null, clue_no: g.clueNo ?? null, plan_reference: g.planReference ?? null, joint_departments: g.jointDepartments, joint_id: g.jointId ?? null,
  campaign_id: g.campaignId ?? null, team_id: g.teamId ?? null, within_visit_id: g.withinVisitId ?? null, converted_from_id: g.convertedFromId ?? null, needs_cooperation: g.needsCooperation, cap_override_reason: g.capOverrideReason ?? null,
})

type Names = ReadonlyMap<string, { name: string; organisation: string | null }>

/** People as they are stored: names and certificates as they were on the day. */
export const storedPeople = (visitId: string, people: readonly Participant[], names: Names, certificates: ReadonlyMap<string, Certificate>): StoredPerson[] =>
  people.map((person, i) => {
    const known = person.personId ? names.get(person.personId) : undefined
    const certificate = person.personId && person.part === 'OFFICER' ? certificates.get(person.personId) : undefined
    return {
      visit_id: visitId, ordinal: i + 1, person_id: person.personId ?? null, name: known?.name ?? person.name ?? '', organisation: known?.organisation ?? person.organisation ?? null, part: person.part,
      certificate_no: certificate?.no ?? null, certificate_valid_to: certificate?.validTo ?? null, conflict_declared: person.conflictDeclared, conflict: person.conflict ?? null,
    }
  })

/** Participants with the names of the register, so that a refusal can say whom it means. */
export const named = (people: readonly Participant[], names: Names): Participant[] => people.map((p) => (p.personId && names.has(p.personId) ? { ...p, name: names.get(p.personId)!.name } : p))
