import type { ColumnType, Generated } from 'kysely'
import type { Instant } from '../../../kernel/server/db.ts'
import type { ClueKind, Outcome, Part, ScanMoment, SignatureState, StoredAnswer, TaskSource, VisitKind, VisitState } from '../kinds.ts'

declare module '../../../kernel/server/db.ts' {
  interface ScopedTables {
    visit: VisitTable
  }
  /** Children are read by the id of a visit that was found through its reach. */
  interface OpenTables {
    visit_person: VisitPersonTable
    visit_answer: VisitAnswerTable
    visit_scan: VisitScanTable
    visit_draft: VisitDraftTable
    inspection_cap: InspectionCapTable
  }
}

type NullableInstant = ColumnType<string | null, Date | string | null | undefined, Date | string | null>

export interface VisitTable {
  id: string
  no: string
  kind: VisitKind
  enterprise_id: string
  site_id: string
  area_code: string
  grid_id: string | null
  park_id: string | null
  agency_id: string | null
  state: VisitState
  business_date: string
  planned_on: string | null
  urgent: Generated<boolean>
  purpose: Generated<string>
  task_source: TaskSource | null
  clue_kind: ClueKind | null
  clue_no: string | null
  plan_reference: string | null
  joint_departments: Generated<string[]>
  joint_id: string | null
  campaign_id: string | null
  team_id: string | null
  within_visit_id: string | null
  converted_from_id: string | null
  version_ids: Generated<string[]>
  needs_cooperation: Generated<boolean>
  counts_to_cap: boolean
  cap_override_reason: string | null
  submitted_at: NullableInstant
  submitted_by: string | null
  decided_at: NullableInstant
  decided_by: string | null
  decided_by_name: string | null
  opinion: string | null
  papers_due_at: NullableInstant
  arrived_at: NullableInstant
  left_at: NullableInstant
  id_shown_at: NullableInstant
  informed_at: NullableInstant
  scanned: Generated<boolean>
  outcome: Outcome | null
  outcome_note: string | null
  signature: SignatureState | null
  sign_refusal_reason: string | null
  witness_name: string | null
  witness_identity: string | null
  companion_name: string | null
  companion_duty: string | null
  finding_count: Generated<number>
  fixed_count: Generated<number>
  major_count: Generated<number>
  answer_count: Generated<number>
  complied_count: Generated<number>
  not_applicable_count: Generated<number>
  patrol_valid: boolean | null
  patrol_notes: Generated<string[]>
  note: string | null
  created_by: string
  created_at: Instant
  recorded_by: string | null
  recorded_at: NullableInstant
  voided_at: NullableInstant
  void_reason: string | null
  version: Generated<number>
}

export interface VisitPersonTable {
  visit_id: string
  ordinal: number
  person_id: string | null
  name: string
  organisation: string | null
  part: Part
  certificate_no: string | null
  certificate_valid_to: string | null
  conflict_declared: Generated<boolean>
  conflict: string | null
}

export interface VisitAnswerTable {
  visit_id: string
  version_id: string
  item_code: string
  answer: StoredAnswer
  reason: string | null
  note: Generated<string>
  by_rest: Generated<boolean>
  photos: Generated<string[]>
  hazard_id: string | null
}

export interface VisitScanTable {
  id: string
  visit_id: string
  moment: ScanMoment
  scanned_at: Instant
  made_at: Instant
  reason: string | null
  person_id: string
}

export interface VisitDraftTable {
  visit_id: string
  person_id: string
  answers: ColumnType<Record<string, unknown>, string, string>
  saved_at: Instant
  version: number
}

export interface InspectionCapTable {
  id: string
  area_code: string
  year: number
  industry_class: string
  standard_level: string
  cap_per_year: number | null
  agency_level: string
  source_doc: string
  set_by: string | null
  version: Generated<number>
}
