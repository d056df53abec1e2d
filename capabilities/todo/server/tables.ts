import type { ColumnType, Generated } from 'kysely'
import type { Instant } from '../../../kernel/server/db.ts'

declare module '../../../kernel/server/db.ts' {
  interface ScopedTables {
    todo: TodoTable
  }
  /** Read by its own person alone, whatever his reach. */
  interface OpenTables {
    message: MessageTable
  }
}

type NullableInstant = ColumnType<string | null, Date | string | null | undefined, Date | string | null>

export interface TodoTable {
  id: string
  kind: string
  subject_aggregate: string
  subject_id: string
  title: string
  why: string
  verb: string | null
  person_id: string | null
  area_code: string
  grid_id: string | null
  enterprise_id: string | null
  due_at: NullableInstant
  link: string
  dedupe_key: string
  orphan_of: string | null
  taken_by: string | null
  taken_at: NullableInstant
  back_note: string | null
  opened_at: Instant
  done_at: NullableInstant
  done_by: string | null
  done_how: string | null
  version: Generated<number>
}

export interface MessageTable {
  id: string
  person_id: string
  kind: string
  subject_aggregate: string
  subject_id: string
  title: string
  text: string
  link: string
  by_name: string
  at: Instant
  read_at: NullableInstant
  dedupe_key: string
}
