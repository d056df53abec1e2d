import { z } from 'zod'
import { Action, pageOf, paging, wire } from '../../kernel/core/operation.ts'
import { operatingStates } from './lifecycle.ts'
import { Box } from './map.ts'
import { siteKindCodes } from './site-kinds.ts'
import { tagCodes } from './tags.ts'

export const identityKinds = ['CREDIT_CODE', 'REGISTRATION_NO', 'NO_LICENSE'] as const
export const identityKindZh = { CREDIT_CODE: '统一社会信用代码', REGISTRATION_NO: '旧注册号', NO_LICENSE: '无照' } as const
export const sizeGrades = ['LARGE', 'MEDIUM', 'SMALL', 'MICRO', 'UNKNOWN'] as const
export const standardLevels = ['FIRST', 'SECOND', 'THIRD', 'NONE'] as const
export const standardLevelZh = { FIRST: '一级', SECOND: '二级', THIRD: '三级', NONE: '未定级' } as const
export const riskColors = ['RED', 'ORANGE', 'YELLOW', 'BLUE'] as const
export const riskColorZh = { RED: '红', ORANGE: '橙', YELLOW: '黄', BLUE: '蓝' } as const
export const gongmaoSectors = ['METALLURGY', 'NONFERROUS', 'BUILDING_MATERIALS', 'MACHINERY', 'LIGHT', 'TEXTILE', 'TOBACCO', 'COMMERCE'] as const
export const contactDuties = ['SAFETY_MANAGER', 'SAFETY_DIRECTOR', 'NIGHT_DUTY', 'OTHER'] as const
export const contactDutyZh = { SAFETY_MANAGER: '安全管理人员', SAFETY_DIRECTOR: '安全总监', NIGHT_DUTY: '夜间值班', OTHER: '其他联系人' } as const
export const historyFields = ['STATE', 'AREA', 'INDUSTRY', 'SIZE', 'ABOVE_SCALE', 'NAME', 'STANDARD'] as const
export const historyFieldZh = { STATE: '经营状态', AREA: '管辖区划', INDUSTRY: '主行业', SIZE: '规模', ABOVE_SCALE: '规模以上', NAME: '名称', STANDARD: '标准化等级' } as const

const filters = {
  /** An area of any level; everything below it counts. */
  area: wire.area().optional(),
  grid: wire.id().optional(),
  park: wire.id().optional(),
  /** Section letter, division, group or class; several mean any of them. */
  industry: wire.list(z.string().regex(/^([A-T]|\d{2,4})$/)).optional(),
  sector: wire.list(z.enum(gongmaoSectors)).optional(),
  state: wire.list(z.enum(operatingStates)).optional(),
  aboveScale: wire.flag().optional(),
  highRisk: wire.flag().optional(),
  size: wire.list(z.enum(sizeGrades)).optional(),
  /** All of them must be there. */
  tags: wire.list(z.enum(tagCodes)).optional(),
  siteKind: wire.list(z.enum(siteKindCodes)).optional(),
  riskColor: wire.list(z.enum(riskColors)).optional(),
  standard: wire.list(z.enum(standardLevels)).optional(),
  /** What one import brought. */
  importId: wire.id().optional(),
  /** Has a place on the map, or none. */
  located: wire.flag().optional(),
  /** Inside a map's view. */
  box: Box.optional(),
  q: z.string().trim().max(60).optional(),
}

export const EnterpriseFilter = z.strictObject({
  ...filters,
  sort: z.enum(['area', '-area', 'name', '-name', 'employees', '-employees', 'newest']).default('area'),
  ...paging,
})
export type EnterpriseFilter = z.output<typeof EnterpriseFilter>

const text = (most: number) => z.string().trim().min(1).max(most)
const nullable = <T extends z.ZodType>(item: T) => item.nullable()

export const EnterpriseRow = z.object({
  id: z.uuid(),
  name: z.string(),
  creditCode: nullable(z.string()),
  identityKind: z.enum(identityKinds),
  siteKind: z.string(),
  state: z.enum(operatingStates),
  industryCode: nullable(z.string()),
  gongmaoSector: nullable(z.string()),
  sizeGrade: z.enum(sizeGrades),
  aboveScale: z.boolean(),
  highRisk: z.boolean(),
  standardLevel: z.enum(standardLevels),
  riskColor: nullable(z.enum(riskColors)),
  tags: z.array(z.string()),
  employees: nullable(z.number()),
  areaCode: z.string(),
  areaName: nullable(z.string()),
  streetName: nullable(z.string()),
  gridId: nullable(z.uuid()),
  gridName: nullable(z.string()),
  parkId: nullable(z.uuid()),
  parkName: nullable(z.string()),
  address: z.string(),
  principalName: nullable(z.string()),
  principalPhone: nullable(z.string()),
  lon: nullable(z.number()),
  lat: nullable(z.number()),
  version: z.number().int(),
})
export const EnterprisePage = pageOf(EnterpriseRow)
export type EnterpriseRow = z.infer<typeof EnterpriseRow>

export const FigureFilter = z.strictObject(filters)
/** One line of figures that are filters too; every number is the length of the list that opens from it. */
export const EnterpriseFigures = z.object({
  total: z.number().int(),
  aboveScale: z.number().int(),
  highRisk: z.number().int(),
  active: z.number().int(),
  stopped: z.number().int(),
  red: z.number().int(),
  orange: z.number().int(),
  unlocated: z.number().int(),
})

export const FindInput = z.strictObject({ q: z.string().trim().min(1).max(60), limit: z.coerce.number().int().min(1).max(50).default(12) })
export const Found = z.object({
  id: z.uuid(), name: z.string(), creditCode: z.string().nullable(), address: z.string(), areaName: z.string().nullable(), siteKind: z.string(), state: z.enum(operatingStates),
  mainSiteId: z.uuid().nullable(), lon: z.number().nullable(), lat: z.number().nullable(),
})

export const SiteView = z.object({
  id: z.uuid(), code: z.string(), name: z.string(), kind: z.string(), address: z.string(), floor: z.string().nullable(), areaCode: z.string(), areaName: z.string().nullable(),
  gridId: z.uuid().nullable(), gridName: z.string().nullable(), parkId: z.uuid().nullable(), parkName: z.string().nullable(), buildingId: z.uuid().nullable(), buildingName: z.string().nullable(),
  parentSiteId: z.uuid().nullable(), parentSiteName: z.string().nullable(), floorAreaM2: z.number().nullable(), lon: z.number().nullable(), lat: z.number().nullable(),
  isMain: z.boolean(), closedOn: z.string().nullable(), version: z.number().int(),
  lease: z.object({ lessor: z.string().nullable(), areaM2: z.number().nullable(), validFrom: z.string(), validTo: z.string().nullable(), hasAgreement: z.boolean() }).nullable(),
})

export const EnterpriseView = EnterpriseRow.extend({
  registrationNo: z.string().nullable(),
  creditCodeNote: z.string().nullable(),
  operatorIdMasked: z.string().nullable(),
  legalRep: z.string().nullable(),
  division: z.number().nullable(),
  extraIndustries: z.array(z.string()),
  revenueWan: z.number().nullable(),
  assetsWan: z.number().nullable(),
  establishedOn: z.string().nullable(),
  stateSince: z.string().nullable(),
  loadPercent: z.number().nullable(),
  geoCode: z.string().nullable(),
  contactsVerifiedAt: z.string().nullable(),
  createdAt: z.string(),
  voidedAt: z.string().nullable(),
  voidReason: z.string().nullable(),
  sites: z.array(SiteView),
  contacts: z.array(z.object({ id: z.uuid(), name: z.string(), duty: z.enum(contactDuties), phone: z.string().nullable() })),
  tagDetails: z.array(z.object({ code: z.string(), extra: z.record(z.string(), z.unknown()), setOn: z.string() })),
  history: z.array(z.object({ field: z.enum(historyFields), value: z.unknown(), validFrom: z.string(), validTo: z.string().nullable(), source: z.string() })),
  aboveScaleLists: z.array(z.object({ year: z.number().int(), listVersion: z.number().int(), source: z.string() })),
  /** 规上 is imported, never computed; this is only what revenue suggests. */
  likelyAboveScale: z.boolean().nullable(),
  warnings: z.array(z.string()),
  actions: z.array(Action),
})
export type EnterpriseView = z.infer<typeof EnterpriseView>

/** A telephone as typed; the server reads, masks and seals it. */
const Phone = z.string().trim().max(40)

export const facts = {
  name: text(80),
  legalRep: nullable(text(40)),
  principalName: nullable(text(40)),
  address: text(200),
  industryCode: nullable(text(60)),
  extraIndustries: z.array(text(60)).max(10),
  employees: nullable(z.number().int().min(0).max(1_000_000)),
  revenueWan: nullable(z.number().min(0).max(1e9)),
  assetsWan: nullable(z.number().min(0).max(1e9)),
  establishedOn: nullable(wire.date()),
  loadPercent: nullable(z.number().int().min(0).max(150)),
  standardLevel: z.enum(standardLevels),
  highRisk: z.boolean(),
  siteKind: z.enum(siteKindCodes),
  riskColor: nullable(z.enum(riskColors)),
  gridId: nullable(z.uuid()),
  geoCode: nullable(wire.area()),
  parkId: nullable(z.uuid()),
  lon: nullable(z.number().min(70).max(140)),
  lat: nullable(z.number().min(3).max(54)),
}

export const identity = {
  identityKind: z.enum(identityKinds),
  creditCode: nullable(z.string().trim().max(40)),
  registrationNo: nullable(z.string().trim().max(30)),
  operatorIdNo: nullable(z.string().trim().max(30)).optional(),
  /** The check character is wrong and a person says that the licence reads so (conventions C8). */
  creditCodeConfirmed: z.boolean().optional(),
  creditCodeReason: z.string().trim().max(200).optional(),
}

const optional = {
  legalRep: facts.legalRep.default(null), principalName: facts.principalName.default(null), industryCode: facts.industryCode.default(null), extraIndustries: facts.extraIndustries.default([]),
  employees: facts.employees.default(null), revenueWan: facts.revenueWan.default(null), assetsWan: facts.assetsWan.default(null), establishedOn: facts.establishedOn.default(null),
  loadPercent: facts.loadPercent.default(null), standardLevel: facts.standardLevel.default('NONE'), highRisk: facts.highRisk.default(false), riskColor: facts.riskColor.default(null),
  gridId: facts.gridId.default(null), geoCode: facts.geoCode.default(null), parkId: facts.parkId.default(null), lon: facts.lon.default(null), lat: facts.lat.default(null),
  registrationNo: identity.registrationNo.default(null),
}

export const CreateEnterprise = z.strictObject({
  id: z.uuid(),
  /** Main site, made together with the enterprise. */
  siteId: z.uuid(),
  ...identity,
  ...facts,
  ...optional,
  areaCode: wire.area(),
  principalPhone: nullable(Phone).default(null),
  tags: z.array(z.enum(tagCodes)).max(30).default([]),
  parentSiteId: nullable(z.uuid()).default(null),
  floorAreaM2: nullable(z.number().min(0).max(1e7)).default(null),
  /** Another enterprise has the same name and address, and a person says that this is a different one. */
  duplicateConfirmed: z.boolean().optional(),
})
export type CreateEnterprise = z.output<typeof CreateEnterprise>

const partial = z.strictObject(facts).partial()
export const UpdateEnterprise = z.strictObject({
  id: z.uuid(),
  baseVersion: z.number().int(),
  reason: z.string().trim().max(200).optional(),
  ...partial.shape,
  ...z.strictObject(identity).partial().shape,
  principalPhone: nullable(Phone).optional(),
  contactsVerified: z.boolean().optional(),
})
export type UpdateEnterprise = z.output<typeof UpdateEnterprise>

/** What the enterprise may say about itself; everything else is the bureau's to change. */
export const EditOwn = z.strictObject({
  id: z.uuid(),
  baseVersion: z.number().int(),
  principalName: facts.principalName.optional(),
  principalPhone: nullable(Phone).optional(),
  employees: facts.employees.optional(),
  revenueWan: facts.revenueWan.optional(),
  assetsWan: facts.assetsWan.optional(),
  loadPercent: facts.loadPercent.optional(),
})

export const Contact = z.strictObject({ id: z.uuid(), name: text(40), duty: z.enum(contactDuties), phone: nullable(Phone).default(null) })
export const SetContacts = z.strictObject({ id: z.uuid(), baseVersion: z.number().int(), contacts: z.array(Contact).max(20) })
export const SetState = z.strictObject({ id: z.uuid(), baseVersion: z.number().int(), state: z.enum(operatingStates), reason: text(200), since: wire.date().optional(), loadPercent: facts.loadPercent.optional() })
export const Relocate = z.strictObject({ id: z.uuid(), baseVersion: z.number().int(), areaCode: wire.area(), gridId: nullable(z.uuid()).default(null), since: wire.date(), reason: text(200) })
export const SetTags = z.strictObject({ id: z.uuid(), baseVersion: z.number().int(), tags: z.array(z.strictObject({ code: z.enum(tagCodes), extra: z.record(z.string(), z.unknown()).default({}) })).max(30) })
export const VoidEnterprise = z.strictObject({ id: z.uuid(), baseVersion: z.number().int(), reason: text(200) })
export const Changed = z.object({ id: z.uuid(), version: z.number().int(), warnings: z.array(z.string()) })

export const siteFacts = {
  name: text(80), kind: z.enum(siteKindCodes), address: text(200), floor: nullable(text(40)).default(null), areaCode: wire.area(), gridId: nullable(z.uuid()).default(null),
  parkId: nullable(z.uuid()).default(null), buildingId: nullable(z.uuid()).default(null), parentSiteId: nullable(z.uuid()).default(null),
  floorAreaM2: nullable(z.number().min(0).max(1e7)).default(null), lon: facts.lon.default(null), lat: facts.lat.default(null),
  lease: z.strictObject({ areaM2: nullable(z.number().min(0).max(1e7)).default(null), validFrom: wire.date(), validTo: nullable(wire.date()).default(null), hasAgreement: z.boolean(), coordinator: nullable(text(40)).default(null) }).optional(),
}
export const AddSite = z.strictObject({ id: z.uuid(), siteId: z.uuid(), baseVersion: z.number().int(), ...siteFacts })
export type AddSite = z.output<typeof AddSite>
export const MoveSite = z.strictObject({ id: z.uuid(), siteId: z.uuid(), baseVersion: z.number().int(), areaCode: wire.area(), gridId: nullable(z.uuid()).default(null), parkId: nullable(z.uuid()).default(null), address: text(200), lon: facts.lon.default(null), lat: facts.lat.default(null), since: wire.date(), reason: text(200) })
export const CloseSite = z.strictObject({ id: z.uuid(), siteId: z.uuid(), baseVersion: z.number().int(), closedOn: wire.date(), reason: text(200) })

export const TimelineInput = z.strictObject({ id: z.uuid(), kinds: wire.list(z.string().regex(/^[a-z_]+$/)).optional(), ...paging })
export const TimelineRow = z.object({
  seq: z.number().int(), at: z.string(), occurredAt: z.string(), aggregate: z.string(), aggregateId: z.uuid(), event: z.string(), from: z.string().nullable(), to: z.string().nullable(),
  actor: z.string(), role: z.string(), data: z.record(z.string(), z.unknown()),
})
export const TimelinePage = z.object({ rows: z.array(TimelineRow), total: z.number().int(), next: z.string().optional(), kinds: z.array(z.object({ aggregate: z.string(), count: z.number().int() })) })

export const Revealed = z.object({ principalPhone: z.string().nullable(), contacts: z.array(z.object({ id: z.uuid(), phone: z.string().nullable() })) })
export const exportColumns = [
  'name', 'creditCode', 'siteKind', 'state', 'industry', 'sector', 'sizeGrade', 'aboveScale', 'highRisk', 'standardLevel', 'riskColor', 'tags', 'employees', 'street', 'area', 'grid', 'park',
  'address', 'principalName', 'principalPhone', 'lon', 'lat',
] as const
export const ExportInput = EnterpriseFilter.omit({ cursor: true, limit: true }).extend({
  format: z.enum(['xlsx', 'csv']).default('xlsx'),
  columns: wire.list(z.enum(exportColumns)).optional(),
  /** Full telephone numbers; asks for the verb of revealing and is audited as such. */
  reveal: wire.flag().optional(),
})
