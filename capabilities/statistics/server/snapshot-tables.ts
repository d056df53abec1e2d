import type { Instant } from '../../../kernel/server/db.ts'
import type { BriefingKind, BriefingState } from '../briefing.ts'

interface Scoped {
  area_code: string
  grid_id: string | null
  enterprise_id: string | null
  version: number
}

export interface SnapshotTable extends Scoped {
  id: string
  series_id: string
  number: number
  title: string
  from_day: string
  to_day: string
  cut_off: Instant
  campaign_id: string | null
  areas: string[]
  units: unknown
  daily: unknown
  hash: string
  reason: string | null
  corrected_by: string | null
  frozen_by: string
  frozen_by_name: string
  frozen_at: Instant
}

export interface BriefingTable extends Scoped {
  id: string
  kind: BriefingKind
  issue: string
  title: string
  snapshot_id: string
  body: string
  wording: unknown
  sources: unknown
  writers: string[]
  credit: unknown
  state: BriefingState
  written_at: Instant
  submitted_by: string | null
  submitted_at: Instant | null
  approved_by: string | null
  approved_at: Instant | null
  returned_why: string | null
  correction: string | null
  published_at: Instant | null
  withdrawn_at: Instant | null
  withdrawn_why: string | null
}

declare module '../../../kernel/server/db.ts' {
  interface ScopedTables {
    snapshot: SnapshotTable
    briefing: BriefingTable
  }
}
