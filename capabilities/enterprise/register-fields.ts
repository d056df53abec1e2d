/** Columns of the register in other people's spreadsheets: names they go by, shapes of their values, how a text is read. Pure. */
import { riskColorZh, standardLevelZh } from './enterprise.ts'
import { operatingStateZh } from './lifecycle.ts'
import type { OperatingState } from './lifecycle.ts'
import { siteKindZh } from './site-kinds.ts'
import type { SiteKind } from './site-kinds.ts'

const yesNo = ['是', '否'] as const

export const registerFields = {
  name: { zh: '企业名称', synonyms: ['单位名称', '企业全称', '公司名称', '名称', '监管对象', '监管对象名称', '场所名称', '店铺名称', '商户名称', '单位全称'], required: true },
  creditCode: { zh: '统一社会信用代码', synonyms: ['信用代码', '社会信用代码', '统一信用代码', '统一代码', '营业执照号', '营业执照注册号', '税号'], sample: /^[0-9A-Za-z]{2}\d{6}[0-9A-Za-z]{10}$/ },
  registrationNo: { zh: '旧注册号', synonyms: ['工商注册号', '注册号'], sample: /^\d{15}$/ },
  address: { zh: '地址', synonyms: ['经营地址', '企业地址', '详细地址', '生产经营地址', '单位地址', '场所地址', '注册地址', '实际经营地址', '登记地址'], required: true },
  areaCode: { zh: '区划代码', synonyms: ['行政区划代码', '统计用区划代码', '区划编码'], sample: /^\d{12}$/ },
  street: { zh: '街道', synonyms: ['所属街道', '镇街', '街道（镇）', '乡镇街道', '所在街道', '镇（街道）'] },
  area: { zh: '社区', synonyms: ['所属社区', '村（社区）', '村居', '社区（村）', '所在社区'] },
  grid: { zh: '安格', synonyms: ['网格', '所属网格', '安格名称', '网格编号', '网格名称'] },
  park: { zh: '园区', synonyms: ['所属园区', '工业园区', '园区名称', '所在园区'] },
  principalName: { zh: '主要负责人', synonyms: ['负责人', '企业负责人', '负责人姓名', '主要负责人姓名', '联系人', '安全负责人', '经营者', '经营者姓名'] },
  principalPhone: { zh: '主要负责人电话', synonyms: ['联系电话', '电话', '手机', '手机号', '手机号码', '负责人电话', '联系方式', '负责人联系电话', '联系人电话'], sample: /^(?:\+?86)?[\s-]?(?:1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}|0\d{2,3}-?\d{7,8})$/ },
  legalRep: { zh: '法定代表人', synonyms: ['法人', '法人代表', '法人姓名', '法定代表人姓名'] },
  industry: { zh: '行业', synonyms: ['行业代码', '行业类别', '国民经济行业', '所属行业', '行业小类', '行业类型', '主行业'] },
  employees: { zh: '从业人员', synonyms: ['从业人数', '员工人数', '职工人数', '人数', '从业人员数', '员工数'] },
  revenueWan: { zh: '营业收入（万元）', synonyms: ['年营业收入', '主营业务收入', '营业收入', '年营收', '营业额'] },
  assetsWan: { zh: '资产总额（万元）', synonyms: ['资产总额', '总资产', '资产总计'] },
  establishedOn: { zh: '成立日期', synonyms: ['注册日期', '开业日期', '成立时间', '注册时间'] },
  state: { zh: '经营状态', synonyms: ['状态', '生产状态', '企业状态', '生产经营状态'], choices: Object.values(operatingStateZh) },
  standardLevel: { zh: '标准化等级', synonyms: ['安全生产标准化', '标准化', '安全生产标准化等级'], choices: Object.values(standardLevelZh) },
  highRisk: { zh: '高危', synonyms: ['是否高危', '高危企业', '是否高危企业'], choices: yesNo },
  riskColor: { zh: '风险等级', synonyms: ['风险', '四色等级', '风险颜色', '风险四色'], choices: Object.values(riskColorZh) },
  siteKind: { zh: '场所种类', synonyms: ['监管类别', '场所类型', '场所类别', '类别', '企业类型'], choices: Object.values(siteKindZh) },
  tags: { zh: '类别标签', synonyms: ['标签', '风险类别', '重点领域', '专业类别'], note: '几个标签用顿号隔开，如：粉尘涉爆、有限空间' },
  floorArea: { zh: '建筑面积（平方米）', synonyms: ['面积', '建筑面积', '厂房面积', '经营面积', '使用面积'] },
  lon: { zh: '经度', synonyms: ['lng', 'longitude'] },
  lat: { zh: '纬度', synonyms: ['latitude'] },
} as const satisfies Record<string, { zh: string; synonyms?: readonly string[]; sample?: RegExp; required?: boolean; choices?: readonly string[]; note?: string }>

export type RegisterField = keyof typeof registerFields

export const registerNotes: readonly string[] = [
  '填写说明', '一行一家。红色表头必填；“街道、社区、安格、区划代码”至少填一列。', '统一社会信用代码、电话请设为文本格式，否则表格会把末几位改成 0。', '没有执照的小场所可不填信用代码，用“小场所”模板导入。', '空着的格子不会改动已有内容。',
]

const inverse = <T extends string>(table: Readonly<Record<T, string>>, more: Readonly<Record<string, T>> = {}): ReadonlyMap<string, T> =>
  new Map([...(Object.entries(table) as [T, string][]).map(([code, zh]) => [zh, code] as const), ...(Object.keys(table) as T[]).map((code) => [code as string, code] as const), ...Object.entries(more)])

const states = inverse<OperatingState>(operatingStateZh, { 正常: 'ACTIVE', 在产: 'ACTIVE', 正常经营: 'ACTIVE', 在营: 'ACTIVE', 存续: 'ACTIVE', 开业: 'ACTIVE', 停产: 'VOLUNTARY_STOP', 停业: 'VOLUNTARY_STOP', 停产停业: 'VOLUNTARY_STOP', 复工: 'RESUMING', 注销: 'CANCELLED', 搬迁: 'MOVED', 搬离: 'MOVED', 迁出: 'MOVED' })
const kinds = inverse<SiteKind>(siteKindZh, { 工业企业: 'PRODUCTION_SITE', 企业: 'PRODUCTION_SITE', 化工园区: 'CHEMICAL_PARK', 商铺: 'STREET_STORE', 门店: 'STREET_STORE', '三小场所': 'SMALL_SHOP' })
const standards = inverse<keyof typeof standardLevelZh>(standardLevelZh, { 一级达标: 'FIRST', 二级达标: 'SECOND', 三级达标: 'THIRD', 无: 'NONE', 未达标: 'NONE' })
const colors = inverse<keyof typeof riskColorZh>(riskColorZh, { 红色: 'RED', 橙色: 'ORANGE', 黄色: 'YELLOW', 蓝色: 'BLUE', 重大: 'RED', 较大: 'ORANGE', 一般: 'YELLOW', 低: 'BLUE', 重大风险: 'RED', 较大风险: 'ORANGE', 一般风险: 'YELLOW', 低风险: 'BLUE' })
const flags: ReadonlyMap<string, boolean> = new Map([['是', true], ['有', true], ['√', true], ['1', true], ['Y', true], ['TRUE', true], ['否', false], ['无', false], ['×', false], ['0', false], ['N', false], ['FALSE', false]])

export const readState = (text: string): OperatingState | undefined => states.get(text)
export const readSiteKind = (text: string): SiteKind | undefined => kinds.get(text)
export const readStandard = (text: string) => standards.get(text)
export const readRiskColor = (text: string) => colors.get(text)
export const readFlag = (text: string): boolean | undefined => flags.get(text.toUpperCase())

/** A number as people write it: 1,234.5, full width, with 人 or 万元 behind. Undefined when it is none. */
export function readNumber(text: string): number | undefined {
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text)
  const plain = text.normalize('NFKC').replace(/[,\s]/g, '').replace(/(人|万元|万|平方米|平米|m2|㎡)$/i, '')
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : undefined
}
