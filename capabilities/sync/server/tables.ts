import type { ColumnType, Generated } from 'kysely'
import type { Instant } from '../../../kernel/server/db.ts'

declare module '../../../kernel/server/db.ts' {
  interface OpenTables {
    sync_change: SyncChangeTable
    device: DeviceTable
  }
}

/** Written by triggers only. */
export interface SyncChangeTable {
  seq: ColumnType<number, never, never>
  epoch: number
  xid: ColumnType<string, never, never>
  kind: string
  ref: string
  area_code: string | null
  grid_id: string | null
  enterprise_id: string | null
  people: string[]
  verb: string | null
  at: Instant
}

export interface DeviceTable {
  id: string
  person_id: string
  name: string
  app: Generated<string>
  registered_at: Instant
  last_seen_at: Instant
  revoked_at: ColumnType<string | null, Date | null | undefined, Date | null>
  revoked_by: string | null
  revoked_why: string | null
  version: Generated<number>
}
