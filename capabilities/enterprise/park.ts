import { z } from 'zod'
import { Action, pageOf, paging, wire } from '../../kernel/core/operation.ts'

export const parkKinds = ['INDUSTRIAL_PARK', 'CHEMICAL_PARK', 'PARK_IN_PARK'] as const
export const parkKindZh = { INDUSTRIAL_PARK: '工业园区', CHEMICAL_PARK: '化工园区（集聚区）', PARK_IN_PARK: '园中园' } as const
export const buildingUses = ['PLANT', 'WAREHOUSE', 'OFFICE', 'DORMITORY', 'MIXED'] as const
export const buildingUseZh = { PLANT: '厂房', WAREHOUSE: '仓库', OFFICE: '办公', DORMITORY: '宿舍', MIXED: '混合' } as const

export const ParkFilter = z.strictObject({ area: wire.area().optional(), grid: wire.id().optional(), kind: wire.list(z.enum(parkKinds)).optional(), q: z.string().trim().max(60).optional(), ...paging })

export const ParkRow = z.object({
  id: z.uuid(), code: z.string(), name: z.string(), kind: z.enum(parkKinds), parentParkId: z.uuid().nullable(), parentParkName: z.string().nullable(), areaCode: z.string(), areaName: z.string().nullable(),
  gridId: z.uuid().nullable(), gridName: z.string().nullable(), operatorName: z.string().nullable(), contactName: z.string().nullable(), address: z.string(),
  tenants: z.number().int(), subParks: z.number().int(), lon: z.number().nullable(), lat: z.number().nullable(), version: z.number().int(),
})
export const ParkPage = pageOf(ParkRow)

export const BuildingView = z.object({ id: z.uuid(), name: z.string(), use: z.enum(buildingUses), floors: z.number().int().nullable(), heightM: z.number().nullable(), floorAreaM2: z.number().nullable(), version: z.number().int() })
const TreeNode = z.object({ id: z.uuid(), name: z.string(), kind: z.enum(parkKinds), parentParkId: z.uuid().nullable(), tenants: z.number().int(), depth: z.number().int() })

export const ParkView = ParkRow.extend({
  contactPhone: z.string().nullable(), landAreaM2: z.number().nullable(), floorAreaM2: z.number().nullable(),
  buildings: z.array(BuildingView),
  /** The whole 园中园 tree that this park belongs to, top first. */
  tree: z.array(TreeNode),
  actions: z.array(Action),
})

const text = (most: number) => z.string().trim().min(1).max(most)
const size = z.number().min(0).max(1e9).nullable()
const parkFacts = {
  name: text(80), kind: z.enum(parkKinds), parentParkId: z.uuid().nullable(), gridId: z.uuid().nullable(), operatorName: text(80).nullable(), contactName: text(40).nullable(), contactPhone: z.string().trim().max(40).nullable(),
  address: text(200), lon: z.number().min(70).max(140).nullable(), lat: z.number().min(3).max(54).nullable(), landAreaM2: size, floorAreaM2: size,
}
export const CreatePark = z.strictObject({ id: z.uuid(), areaCode: wire.area(), ...parkFacts })
  .extend({
    parentParkId: parkFacts.parentParkId.default(null), gridId: parkFacts.gridId.default(null), operatorName: parkFacts.operatorName.default(null), contactName: parkFacts.contactName.default(null),
    contactPhone: parkFacts.contactPhone.default(null), lon: parkFacts.lon.default(null), lat: parkFacts.lat.default(null), landAreaM2: size.default(null), floorAreaM2: size.default(null),
  })
export const UpdatePark = z.strictObject({ id: z.uuid(), baseVersion: z.number().int(), ...z.strictObject(parkFacts).partial().shape })
export const VoidPark = z.strictObject({ id: z.uuid(), baseVersion: z.number().int(), reason: text(200) })
export const Building = z.strictObject({
  id: z.uuid(), parkId: z.uuid(), baseVersion: z.number().int().default(0), name: text(60), use: z.enum(buildingUses).default('PLANT'), floors: z.number().int().min(-10).max(200).nullable().default(null),
  heightM: z.number().min(0).max(1000).nullable().default(null), floorAreaM2: z.number().min(0).max(1e7).nullable().default(null),
})
