import type { ColumnType, Generated } from 'kysely'
import type { Instant } from '../../../kernel/server/db.ts'

declare module '../../../kernel/server/db.ts' {
  interface ScopedTables {
    enterprise: EnterpriseTable
    site: SiteTable
    park: ParkTable
    building: BuildingTable
    lease: LeaseTable
    enterprise_contact: EnterpriseContactTable
    enterprise_tag: EnterpriseTagTable
    enterprise_history: EnterpriseHistoryTable
    above_scale_entry: AboveScaleEntryTable
  }
  interface OpenTables {
    above_scale_list: AboveScaleListTable
  }
}

type NullableInstant = ColumnType<string | null, Date | string | null | undefined, Date | string | null>
type Json<T> = ColumnType<T, string, string>
/** Set by the database: the row's own id, under the name that reach asks for. */
type Derived = ColumnType<string, never, never>
type DerivedOrNull = ColumnType<string | null, never, never>

interface Scoped {
  area_code: string
  grid_id: string | null
}

export interface EnterpriseTable extends Scoped {
  id: string
  enterprise_id: Derived
  credit_code: string | null
  credit_code_note: string | null
  registration_no: string | null
  identity_kind: Generated<'CREDIT_CODE' | 'REGISTRATION_NO' | 'NO_LICENSE'>
  operator_id_masked: string | null
  name: string
  name_py: Generated<string>
  words: Generated<string[]>
  legal_rep: string | null
  principal_name: string | null
  principal_phone_sealed: string | null
  principal_phone_masked: string | null
  principal_phone_tail: string | null
  principal_phone_blind: string | null
  address: string
  industry_code: string | null
  division: number | null
  gongmao_sector: string | null
  extra_industries: Generated<string[]>
  employees: number | null
  revenue_wan: number | null
  assets_wan: number | null
  established_on: string | null
  state: Generated<string>
  state_since: string | null
  load_percent: number | null
  above_scale: Generated<boolean>
  size_grade: Generated<string>
  standard_level: Generated<string>
  high_risk: Generated<boolean>
  site_kind: string
  tags: Generated<string[]>
  risk_color: string | null
  geo_code: string | null
  park_id: string | null
  lon: number | null
  lat: number | null
  contacts_verified_at: NullableInstant
  import_id: string | null
  version: Generated<number>
  created_at: Instant
  voided_at: NullableInstant
  void_reason: string | null
}

export interface SiteTable extends Scoped {
  id: string
  enterprise_id: string
  code: string
  name: string
  kind: string
  parent_site_id: string | null
  park_id: string | null
  building_id: string | null
  floor: string | null
  geo_code: string | null
  address: string
  floor_area_m2: number | null
  lon: number | null
  lat: number | null
  is_main: Generated<boolean>
  opened_on: string | null
  closed_on: string | null
  version: Generated<number>
  voided_at: NullableInstant
}

export interface ParkTable extends Scoped {
  id: string
  enterprise_id: Derived
  code: string
  name: string
  kind: Generated<string>
  parent_park_id: string | null
  operator_name: string | null
  contact_name: string | null
  contact_phone_sealed: string | null
  contact_phone_tail: string | null
  address: string
  lon: number | null
  lat: number | null
  land_area_m2: number | null
  floor_area_m2: number | null
  version: Generated<number>
  voided_at: NullableInstant
  void_reason: string | null
}

export interface BuildingTable extends Scoped {
  id: string
  enterprise_id: DerivedOrNull
  park_id: string | null
  name: string
  use: Generated<string>
  floors: number | null
  height_m: number | null
  floor_area_m2: number | null
  version: Generated<number>
  voided_at: NullableInstant
}

export interface LeaseTable extends Scoped {
  id: string
  lessee_site_id: string
  lessor_site_id: string | null
  park_id: string | null
  enterprise_id: string
  area_m2: number | null
  valid_from: string
  valid_to: string | null
  has_agreement: Generated<boolean>
  coordinator: string | null
}

export interface EnterpriseContactTable extends Scoped {
  id: string
  enterprise_id: string
  name: string
  duty: string
  phone_sealed: string | null
  phone_masked: string | null
  phone_tail: string | null
  valid_from: string
  valid_to: string | null
}

export interface EnterpriseTagTable extends Scoped {
  enterprise_id: string
  code: string
  extra: Json<Record<string, unknown>>
  set_on: string
}

export interface EnterpriseHistoryTable extends Scoped {
  id: string
  enterprise_id: string
  field: string
  value: Json<unknown>
  valid_from: string
  valid_to: string | null
  source: string
}

export interface AboveScaleListTable {
  id: string
  area_code: string
  year: number
  list_version: number
  source: string
  valid_from: string
  listed: number
  import_id: string | null
  withdrawn_at: NullableInstant
}

export interface AboveScaleEntryTable extends Scoped {
  list_id: string
  enterprise_id: string
}
