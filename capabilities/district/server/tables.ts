import type { ColumnType, Generated } from 'kysely'
import type { Area } from '../../../kernel/core/geometry.ts'

declare module '../../../kernel/server/db.ts' {
  interface OpenTables {
    area: AreaTable
  }
  interface ScopedTables {
    grid: GridTable
    grid_member: GridMemberTable
    grid_rota: GridRotaTable
  }
}

type Boundary = ColumnType<Area | null, string | null, string | null>

export interface AreaTable {
  code: string
  parent_code: string | null
  name: string
  kind: 'PROVINCE' | 'CITY' | 'DISTRICT' | 'STREET' | 'COMMUNITY' | 'DEV_ZONE' | 'PARK_COMMITTEE' | 'BAY_AREA'
  sort_no: number
  area_km2: number | null
  boundary: Boundary
  center_lon: number | null
  center_lat: number | null
  host_county: string | null
  valid_from: string
  valid_to: string | null
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
  grid_id: ColumnType<string, never, never>
  enterprise_id: string | null
}
export interface GridMemberTable {
  id: string
  grid_id: string
  area_code: string
  enterprise_id: string | null
  person_id: string
  post: 'LEADER' | 'A' | 'B' | 'RESERVE'
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
