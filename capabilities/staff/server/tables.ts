import type { ColumnType, Generated } from 'kysely'
import type { Instant } from '../../../kernel/server/db.ts'

declare module '../../../kernel/server/db.ts' {
  interface OpenTables {
    organisation: OrganisationTable
    person: PersonTable
    account: AccountTable
    session: SessionTable
    account_identity: AccountIdentityTable
    role: RoleTable
    post: PostTable
    certificate: CertificateTable
    office_proposal: OfficeProposalTable
  }
}

export interface OrganisationTable {
  id: string
  name: string
  kind: string
  area_code: string
  parent_id: string | null
  paper_prefix: string | null
  sort_no: Generated<number>
  valid_to: string | null
  version: Generated<number>
}
export interface PersonTable {
  id: string
  name: string
  name_py: string
  phone_sealed: string | null
  phone_tail: string | null
  phone_blind: string | null
  id_sealed: string | null
  id_masked: string | null
  organisation_id: string | null
  duty_title: string | null
  version: Generated<number>
  left_on: string | null
}
type NullableInstant = ColumnType<string | null, Date | string | null | undefined, Date | string | null>
export interface AccountTable {
  id: string
  person_id: string
  login: string
  password_hash: string
  password_changed_at: Instant
  must_change: Generated<boolean>
  previous_hashes: Generated<string[]>
  failed_count: Generated<number>
  locked_until: NullableInstant
  disabled_at: NullableInstant
  created_by: string | null
  created_at: Instant
  version: Generated<number>
}
export interface AccountIdentityTable {
  id: string
  account_id: string
  platform: string
  external_blind: string
  external_masked: string
  bound_by: string | null
  bound_at: Instant
  unbound_at: NullableInstant
}
export interface SessionTable {
  id: string
  kind: Generated<'NORMAL' | 'DISPLAY'>
  token_hash: string
  account_id: string
  person_id: string
  created_at: Instant
  last_seen_at: Instant
  ends_at: Instant
  address: string
  agent: string
  device_id: ColumnType<string | null, string | null | undefined, string | null>
  revoked_at: NullableInstant
  revoked_why: string | null
}
export interface RoleTable {
  code: string
  name: string
  verbs: string[]
  grants: Generated<string[]>
  shipped: boolean
  exclusive: Generated<boolean>
  version: Generated<number>
}
export interface PostTable {
  id: string
  person_id: string
  role_code: string
  reach_kind: 'AREA' | 'GRID' | 'ENTERPRISE' | 'PARK' | 'NONE'
  area_code: string | null
  grid_id: string | null
  enterprise_id: string | null
  park_id: string | null
  valid_from: string
  valid_to: string | null
  granted_by: string | null
  granted_at: Instant
  version: Generated<number>
}
export interface OfficeProposalTable {
  id: string
  person_id: string
  role_code: string
  area_code: string
  valid_from: string
  reason: string
  proposed_by: string
  proposed_as: string
  proposed_at: ColumnType<string, Date | string, never>
  state: string
  decided_by: Generated<string | null>
  decided_as: Generated<string | null>
  decided_at: ColumnType<string | null, never, Date | string>
  decision: Generated<string | null>
  version: Generated<number>
}
export interface CertificateTable {
  id: string
  person_id: string
  kind: 'LAW_ENFORCEMENT' | 'EXPERT' | 'SAFETY_MANAGER'
  no: string
  issued_by: string
  scope: string | null
  valid_from: string
  valid_to: string
  revoked_on: string | null
  version: Generated<number>
}
