import { z } from 'zod'
import { Action, paging, wire } from '../../kernel/core/operation.ts'
import { isLocalDate } from '../../kernel/core/time.ts'
import { isAreaCode } from './area-code.ts'

export const AREA_KINDS = ['PROVINCE', 'CITY', 'DISTRICT', 'STREET', 'COMMUNITY', 'DEV_ZONE', 'PARK_COMMITTEE', 'BAY_AREA'] as const
export type AreaKindCode = (typeof AREA_KINDS)[number]
export const MEMBER_POSTS = ['LEADER', 'A', 'B', 'RESERVE'] as const
export type MemberPost = (typeof MEMBER_POSTS)[number]
export const DIRECTIONS = ['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW'] as const
export type Direction = (typeof DIRECTIONS)[number]
export const SWAP_STATES = ['PENDING', 'APPROVED', 'REFUSED', 'WITHDRAWN'] as const
export const DATUMS = ['WGS84', 'CGCS2000', 'GCJ02', 'BD09'] as const

const day = wire.date().refine(isLocalDate)
const code = z.string().refine(isAreaCode, { params: { code: 'district.code_form' } })
const name = z.string().trim().min(1).max(60)
const Position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)])
const Rings = z.array(z.array(Position).min(4).max(20_000)).min(1).max(50)
/** GeoJSON polygon or multipolygon, degrees of WGS84 unless the operation names another datum. */
export const Boundary = z.union([
  z.strictObject({ type: z.literal('Polygon'), coordinates: Rings }),
  z.strictObject({ type: z.literal('MultiPolygon'), coordinates: z.array(Rings).min(1).max(100) }),
])

export const AreaView = z.object({
  code: z.string(), parentCode: z.string().nullable(), name: z.string(), kind: z.enum(AREA_KINDS), sortNo: z.int(), areaKm2: z.number().nullable(),
  centerLon: z.number().nullable(), centerLat: z.number().nullable(), hostCounties: z.array(z.string()), hasBoundary: z.boolean(),
  validFrom: z.string(), validTo: z.string().nullable(), version: z.int(), grids: z.int(),
})
export type AreaView = z.infer<typeof AreaView>

export const AreasInput = z.strictObject({ on: day.optional() })
export const AreasAnswer = z.object({
  areas: z.array(AreaView),
  /** Changes whenever a boundary does: part of the address under which boundaries are fetched and kept. */
  stamp: z.string(),
  /** Counts of what is in force: the sentence "11 个街道、111 个社区、388.59 平方公里". */
  figures: z.object({ streets: z.int(), communities: z.int(), functional: z.int(), grids: z.int(), members: z.int(), areaKm2: z.number().nullable() }),
  may: z.object({ area: z.boolean(), manage: z.boolean() }),
})
export const SaveArea = z.strictObject({
  code, baseVersion: z.int().nullable(), name, kind: z.enum(AREA_KINDS), parentCode: code.nullable(), areaKm2: z.number().min(0).max(10_000_000).nullable(),
  hostCounties: z.array(z.string().regex(/^\d{6}$/)).max(10), validFrom: day,
})
export const CloseArea = z.strictObject({ code, baseVersion: z.int(), validTo: day, reason: z.string().trim().min(2).max(200) })
export const ReorderAreas = z.strictObject({ code, children: z.array(code).min(1).max(500) })
export const Neighbour = z.object({ id: z.uuid(), direction: z.enum(DIRECTIONS), name: z.string(), neighbourCode: z.string().nullable(), contact: z.string().nullable() })
export const SaveNeighbours = z.strictObject({ code, neighbours: z.array(z.strictObject({ id: z.uuid(), direction: z.enum(DIRECTIONS), name, neighbourCode: code.nullable(), contact: z.string().trim().max(100).nullable() })).max(40) })
export const Done = z.object({ ok: z.literal(true) })

export const AreaRowIn = z.object({ code: z.string(), name: z.string(), kind: z.enum(AREA_KINDS), parentCode: z.string().nullable(), areaKm2: z.number().nullable(), sortNo: z.int() })
export const AreaSheetAnswer = z.object({
  rows: z.array(AreaRowIn.extend({ change: z.enum(['NEW', 'CHANGED', 'SAME']) })),
  errors: z.array(z.object({ row: z.int(), text: z.string() })),
})
export const ApplyAreas = z.strictObject({ rows: z.array(z.strictObject({ code, name, kind: z.enum(AREA_KINDS), parentCode: code.nullable(), areaKm2: z.number().min(0).nullable(), sortNo: z.int() })).min(1).max(3000), validFrom: day })
export const Applied = z.object({ added: z.int(), changed: z.int() })
export const BoundariesIn = z.strictObject({ datum: z.enum(DATUMS) })
/** Features are matched by `code` (area or grid code) in their properties; what matches nothing is named. */
export const BoundariesDone = z.object({ areas: z.int(), grids: z.int(), unmatched: z.array(z.string()) })

export const GridsInput = z.strictObject({ q: z.string().trim().max(60).optional(), areaCode: wire.area().optional(), broken: wire.flag().optional(), noBoundary: wire.flag().optional(), ...paging })
export const GridRow = z.object({
  id: z.uuid(), code: z.string(), name: z.string(), areaCode: z.string(), community: z.string(), street: z.string(), officers: z.int(), reserves: z.int(), leader: z.string().nullable(),
  enterprises: z.int(), perOfficer: z.number().nullable(), hasBoundary: z.boolean(), broken: z.boolean(),
})
export type GridRow = z.infer<typeof GridRow>
export const GridsAnswer = z.object({
  rows: z.array(GridRow), total: z.int(), next: z.string().optional(),
  figures: z.object({ grids: z.int(), broken: z.int(), officers: z.int(), reserves: z.int(), noBoundary: z.int(), enterprises: z.int(), perGrid: z.number().nullable(), perOfficer: z.number().nullable() }),
})
export const Member = z.object({
  id: z.uuid(), personId: z.uuid(), name: z.string(), phone: z.string().nullable(), post: z.enum(MEMBER_POSTS), duty: z.string(), isMain: z.boolean(), validFrom: z.string(), validTo: z.string().nullable(), version: z.int(), dutyDays: z.int(),
})
export const GridDetail = z.object({
  id: z.uuid(), code: z.string(), name: z.string(), areaCode: z.string(), community: z.string(), street: z.string(), validFrom: z.string(), validTo: z.string().nullable(), version: z.int(), rotaVersion: z.int(),
  centerLon: z.number().nullable(), centerLat: z.number().nullable(), boundary: Boundary.nullable(), members: z.array(Member), past: z.array(Member),
  enterprises: z.int(), perOfficer: z.number().nullable(), findings: z.array(z.string()), actions: z.array(Action),
})
export type GridDetail = z.infer<typeof GridDetail>
export const OneGrid = z.strictObject({ id: z.uuid() })
export const NewGrid = z.strictObject({ id: z.uuid(), name, areaCode: code, boundary: Boundary.nullable(), validFrom: day })
export const EditGrid = z.strictObject({ id: z.uuid(), baseVersion: z.int(), name, boundary: Boundary.nullable() })
export const CloseGrid = z.strictObject({ id: z.uuid(), baseVersion: z.int(), validTo: day, reason: z.string().trim().min(2).max(200) })
export const AddMember = z.strictObject({ id: z.uuid(), memberId: z.uuid(), personId: z.uuid(), post: z.enum(MEMBER_POSTS), duty: z.string().trim().min(1).max(200), isMain: z.boolean(), validFrom: day })
export const EndMember = z.strictObject({ id: z.uuid(), memberId: z.uuid(), baseVersion: z.int(), validTo: day, reason: z.string().trim().min(2).max(200) })
export const PlaceInput = z.strictObject({ lon: z.coerce.number().min(-180).max(180), lat: z.coerce.number().min(-90).max(90), datum: z.enum(DATUMS).default('WGS84') })
export const PlaceAnswer = z.object({ gridId: z.uuid().nullable(), gridName: z.string().nullable(), areaCode: z.string().nullable(), areaNames: z.string().nullable() })
export const BoundariesQuery = z.strictObject({ areaCode: wire.area(), stamp: z.string().max(80).optional() })
export const CandidatesInput = z.strictObject({ q: z.string().trim().max(40).optional() })
/** Who may be placed in a grid: people of organisations in reach, with the main grid they already have. */
export const CandidatesAnswer = z.object({ rows: z.array(z.object({ personId: z.uuid(), name: z.string(), organisation: z.string(), mainGrid: z.string().nullable() })) })
