import type { ColumnType, Generated } from 'kysely'
import type { Instant } from '../../../kernel/server/db.ts'
import type { OriginalMissing, Role } from '../attachment.ts'

declare module '../../../kernel/server/db.ts' {
  interface ScopedTables {
    attachment: AttachmentTable
  }
  interface OpenTables {
    attachment_link: AttachmentLinkTable
    attachment_band: AttachmentBandTable
  }
}

export interface AttachmentTable {
  id: string
  sha256: string
  name: string
  media_type: string
  bytes: number
  width: number | null
  height: number | null
  perceptual_hash: string | null
  taken_at: ColumnType<string | null, Date | string | null, never>
  received_at: Instant
  clock_drift_seconds: number | null
  place: string | null
  lon: number | null
  lat: number | null
  mock_location: Generated<boolean>
  taken_by: string
  uploaded_by: string
  area_code: string
  grid_id: string | null
  enterprise_id: string | null
  look_alike_of: string | null
  original_of: string | null
  original_missing: OriginalMissing | null
  version: Generated<number>
  voided_at: ColumnType<string | null, Date | null | undefined, Date | null>
  void_reason: string | null
}
export interface AttachmentLinkTable {
  attachment_id: string
  aggregate: string
  aggregate_id: string
  role: Role
  linked_at: Instant
}
export interface AttachmentBandTable {
  attachment_id: string
  band: number
  value: number
}
