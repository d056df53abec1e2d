import type { ColumnType, Generated } from 'kysely'
import type { Instant } from '../../../kernel/server/db.ts'

declare module '../../../kernel/server/db.ts' {
  interface ScopedTables {
    hazard: HazardTable
    hazard_sighting: HazardSightingTable
    hazard_supervision: HazardSupervisionTable
    hazard_proposal: HazardProposalTable
  }
  interface OpenTables {
    hazard_count: HazardCountTable
    hazard_count_delta: HazardCountDeltaTable
  }
}

type Json<T> = ColumnType<T, string, string>
type NullableInstant = ColumnType<string | null, Date | string | null, Date | string | null>

export interface HazardTable {
  id: string
  no: string
  enterprise_id: string
  enterprise_name: string
  site_id: string
  site_name: string
  area_code: string
  county: ColumnType<string, never, never>
  street: ColumnType<string, never, never>
  grid_id: string | null
  park_id: string | null
  source: string
  source_id: string | null
  campaign_id: string | null
  team_id: string | null
  item_code: string | null
  version_id: string | null
  category: string
  location: string
  description: string
  level: 'GENERAL' | 'MAJOR'
  immediate_stop: boolean
  stop_in_force: boolean
  clause_id: string | null
  clause_mode: string | null
  requirement: string
  legal_basis: Json<unknown>
  default_days: number
  evidence: 'PHOTO' | 'NONE'
  found_at: Instant
  found_on: string
  found_by: string[]
  confirm_due_at: NullableInstant
  confirmed_at: NullableInstant
  confirmed_by: string[]
  opinions: Json<unknown>
  fix_claimed: boolean
  verify_due_at: NullableInstant
  due_on: string | null
  original_due_on: string | null
  runs_to: string | null
  late: boolean
  state: string
  round: number
  extensions: number
  order_id: string | null
  order_no: string | null
  ordered_at: NullableInstant
  plan: Json<unknown> | null
  submitted_at: NullableInstant
  reinspect_due_on: string | null
  reinspectors: string[]
  last_reinspectors: string[]
  pending: Json<unknown> | null
  transfer: Json<unknown> | null
  transfer_due_on: string | null
  frozen: Json<unknown> | null
  next_check_on: string | null
  closed_at: NullableInstant
  closed_on: string | null
  closed_how: string | null
  closed_by: string[]
  recurrence_of: string | null
  recurrence: boolean
  dedupe_key: string
  sightings: number
  escalation: number
  reminded_on: string | null
  void_code: string | null
  appealed: boolean
  version: number
}

export interface HazardSightingTable {
  id: string
  hazard_id: string
  at: Instant
  by: string[]
  source: string
  source_id: string | null
  description: string
  area_code: string
  grid_id: string | null
  enterprise_id: string | null
}

export interface HazardSupervisionTable {
  id: string
  hazard_id: string
  no: string | null
  state: string
  level: string
  why: string
  duty_unit: string | null
  duty_person: string | null
  proposed_at: Instant
  listed_at: NullableInstant
  published_on: string | null
  deadline: string | null
  report_due_on: string | null
  last_report: string | null
  extended: Generated<boolean>
  verified_by: Generated<string[]>
  expert_name: string | null
  delisted_at: NullableInstant
  outcome: string | null
  area_code: string
  grid_id: string | null
  enterprise_id: string | null
  version: number
}

export interface HazardProposalTable {
  id: string
  hazard_id: string
  act: string
  input: Json<unknown>
  base_version: number
  found_version: number
  person_id: string
  person_name: string
  device: string | null
  made_at: ColumnType<string, Date | string, never>
  received_at: ColumnType<string, Date | string, never>
  state: string
  decided_by: ColumnType<string | null, never, string>
  decided_name: ColumnType<string | null, never, string>
  decided_at: ColumnType<string | null, never, Date | string>
  reason: ColumnType<string | null, never, string | null>
  area_code: string
  grid_id: string | null
  enterprise_id: string | null
  version: number
}

export interface HazardCountTable {
  street: string
  state: string
  level: string
  runs_to: string
  n: number
}
export interface HazardCountDeltaTable extends HazardCountTable {
  id: Generated<number>
}
