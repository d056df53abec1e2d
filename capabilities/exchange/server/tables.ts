import type { ColumnType, Generated } from 'kysely'
import type { Instant } from '../../../kernel/server/db.ts'
import type { Counts } from '../exchange.ts'
import type { ImportState } from '../lifecycle.ts'
import type { Layout, StoredActor, StoredColumn } from './run.ts'

declare module '../../../kernel/server/db.ts' {
  interface ScopedTables {
    import_run: ImportRunTable
  }
  interface OpenTables {
    import_row: ImportRowTable
    import_mapping: ImportMappingTable
  }
}

type Json<T> = ColumnType<T, string, string>
type NullableInstant = ColumnType<string | null, Date | string | null | undefined, Date | string | null>

export interface ImportRunTable {
  id: string
  no: string
  kind: string
  state: ImportState
  file_name: string
  file_sha256: string
  file_bytes: number
  sheet: string
  layout: Json<Layout>
  columns: Json<StoredColumn[]>
  options: ColumnType<Record<string, string>, string | undefined, string>
  counts: ColumnType<Counts, string | undefined, string>
  progress_done: Generated<number>
  progress_total: ColumnType<number | null, number | null | undefined, number | null>
  failed: ColumnType<string | null, string | null | undefined, string | null>
  reason: ColumnType<string | null, string | null | undefined, string | null>
  actor: Json<StoredActor>
  created_by: string
  created_by_name: string
  area_code: string
  grid_id: string | null
  enterprise_id: string | null
  created_at: Instant
  checked_at: NullableInstant
  apply_started_at: NullableInstant
  finished_at: NullableInstant
  undone_at: NullableInstant
  version: Generated<number>
}

export interface ImportRowTable {
  run_id: string
  no: number
  verdict: 'NEW' | 'CHANGED' | 'SAME' | 'DOUBTFUL' | 'WRONG'
  taken: Generated<boolean>
  applied_at: NullableInstant
  target: string | null
  title: string
  body: Json<RowBody>
  before: ColumnType<unknown, string | null | undefined, string | null>
}

export interface RowBody {
  values: unknown
  changes: { field: string; from: string; to: string }[]
  issues: { field: string | null; message: string }[]
}

export interface ImportMappingTable {
  kind: string
  signature: string
  columns: Json<Record<string, string | null>>
  saved_by: string
  saved_at: Instant
}
