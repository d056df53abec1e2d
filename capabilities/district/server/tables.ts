import type { ColumnType, Generated } from 'kysely'
import type { Area } from '../../../kernel/core/geometry.ts'
import type { Instant } from '../../../kernel/server/db.ts'
import type { AreaKindCode, Direction, MemberPost } from '../district.ts'

declare module '../../../kernel/server/db.ts' {
  interface OpenTables {
    area: AreaTable
    area_neighbour: AreaNeighbourTable
  }
  interface ScopedTables {
    grid: GridTable
    grid_member: GridMemberTable
    grid_rota: GridRotaTable
    grid_swap: GridSwapTable
  }
}

type Boundary = ColumnType<Area | null, string | null, string | null>

export interface AreaTable {
  code: string
  parent_code: string | null
  name: string
  kind: AreaKindCode
  sort_no: number
  area_km2: number | null
  boundary: Boundary
  center_lon: number | null
  center_lat: number | null
  host_counties: Generated<string[]>
  valid_from: string
  valid_to: string | null
  version: Generated<number>
  boundary_version: Generated<number>
}
export interface AreaNeighbourTable {
  id: string
  area_code: string
  direction: Direction
  name: string
  neighbour_code: string | null
  contact: string | null
  version: Generated<number>
}
export interface GridTable {
  id: string
  code: string
  name: string
  area_code: string
  boundary: Boundary
  center_lon: number | null
  center_lat: number | null
  valid_from: string
  valid_to: string | null
  version: Generated<number>
  rota_version: Generated<number>
  boundary_version: Generated<number>
  grid_id: ColumnType<string, never, never>
  enterprise_id: string | null
}
export interface GridMemberTable {
  id: string
  grid_id: string
  area_code: string
  enterprise_id: string | null
  person_id: string
  post: MemberPost
  duty: string
  is_main: boolean
  valid_from: string
  valid_to: string | null
  version: Generated<number>
}
export interface GridRotaTable {
  grid_id: string
  day: string
  person_id: string
  area_code: string
  enterprise_id: string | null
  swapped_from: string | null
  approved_by: string | null
}
export interface GridSwapTable {
  id: string
  grid_id: string
  area_code: string
  enterprise_id: string | null
  day: string
  from_person: string
  to_person: string
  return_day: string | null
  reason: string
  state: 'PENDING' | 'APPROVED' | 'REFUSED' | 'WITHDRAWN'
  requested_by: string
  requested_at: Instant
  decided_by: string | null
  decided_at: ColumnType<string | null, Date | string | null | undefined, Date | string | null>
  decision: string | null
  version: Generated<number>
}
