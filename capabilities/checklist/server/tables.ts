import type { ColumnType, Generated } from 'kysely'
import type { Instant } from '../../../kernel/server/db.ts'
import type { AppliesTo, ChecklistItem, ChecklistState, LegalBasis } from '../checklist.ts'

declare module '../../../kernel/server/db.ts' {
  interface OpenTables {
    checklist_version: ChecklistVersionTable
  }
}

type Json<T> = ColumnType<T, string, string>
type NullableInstant = ColumnType<string | null, Date | string | null | undefined, Date | string | null>

export interface ChecklistVersionTable {
  id: string
  code: string
  number: number
  name: string
  state: ChecklistState
  area_code: string
  visit_kinds: string[]
  applies_to: Json<AppliesTo>
  legal_basis: Json<LegalBasis[]>
  items: Json<ChecklistItem[]>
  item_count: number
  shipped: Generated<boolean>
  based_on: string | null
  authors: Generated<string[]>
  drafted_at: Instant
  edited_at: Instant
  published_by: string | null
  published_at: NullableInstant
  retired_by: string | null
  retired_at: NullableInstant
  retired_why: string | null
  version: Generated<number>
}
