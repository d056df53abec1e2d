/** The extra data of category tags (domain.md §1.6) as fields of a form and lines of a page. Pure; the schemas are in tags.ts. */
import { gongmaoSectorZh } from './gongmao.ts'
import type { TagCode } from './tags.ts'

export interface TagField {
  readonly key: string
  readonly zh: string
  /** `list`: several texts; `rows`: several records of `of`. */
  readonly kind: 'text' | 'number' | 'flag' | 'choice' | 'choices' | 'list' | 'rows'
  readonly options?: readonly { value: string; label: string }[]
  readonly unit?: string
  readonly of?: readonly TagField[]
}

const text = (key: string, zh: string): TagField => ({ key, zh, kind: 'text' })
const number = (key: string, zh: string, unit: string): TagField => ({ key, zh, kind: 'number', unit })
const flag = (key: string, zh: string): TagField => ({ key, zh, kind: 'flag' })
const list = (key: string, zh: string): TagField => ({ key, zh, kind: 'list' })
const rows = (key: string, zh: string, of: readonly TagField[]): TagField => ({ key, zh, kind: 'rows', of })
const words = (values: string) => values.split(' ').map((value) => ({ value, label: value }))
const choice = (key: string, zh: string, values: string): TagField => ({ key, zh, kind: 'choice', options: words(values) })

export const tagFields: Readonly<Record<TagCode, readonly TagField[]>> = {
  HAZCHEM_PROD: [list('products', '产品'), list('keyProcesses', '重点监管工艺'), choice('majorHazardSource', '重大危险源等级', '一级 二级 三级 四级')],
  HAZCHEM_TRADE_STORE: [list('storageUnits', '储存单元')],
  HAZCHEM_TRADE_NOSTORE: [],
  HAZCHEM_USE: [rows('maxStock', '最大储量', [text('name', '品名'), number('kg', '储量', '千克'), number('tonnes', '或', '吨')]), choice('grade', '分级', '红 橙 黄 蓝')],
  METALLURGY_GONGMAO: [{ key: 'gongmaoSector', zh: '工贸行业', kind: 'choice', options: Object.entries(gongmaoSectorZh).map(([value, label]) => ({ value, label })) }],
  DUST_EXPLOSION: [choice('dustKind', '粉尘种类', '铝镁 木 粮 塑 其他'), number('personsPerShift', '当班作业人数', '人'), choice('process', '除尘方式', '干式 湿式'), choice('explosionControl', '控爆措施', '泄爆 惰化 抑爆 隔爆')],
  AMMONIA_REFRIG: [number('ammoniaTonnes', '氨的充装量', '吨'), number('quickFreezePersons', '速冻间作业人数', '人')],
  MOLTEN_METAL: [text('furnace', '炉型'), number('tonnes', '公称容量', '吨'), flag('deepCasting', '有深井铸造')],
  CONFINED_SPACE: [rows('spaces', '有限空间', [text('name', '名称'), text('kind', '种类'), text('poisonRisk', '中毒窒息风险')])],
  LITHIUM_BATTERY: [{ key: 'stages', zh: '环节', kind: 'choices', options: words('化成 老化 仓储') }, flag('faultyCellsIsolated', '故障电池单独存放')],
  FIREWORKS_TRADE: [choice('kind', '许可种类', '批发 零售'), number('limitKg', '限量', '千克')],
  CITY_GAS: [{ key: 'supply', zh: '用气方式', kind: 'choice', options: [{ value: 'OPERATOR', label: '燃气经营' }, { value: 'PIPE', label: '管道天然气' }, { value: 'LPG', label: '液化石油气储罐' }, { value: 'BOTTLE', label: '瓶装液化石油气' }] }],
  CONSTRUCTION: [flag('crane', '有起重机械'), flag('pit', '有基坑'), flag('scaffold', '有脚手架')],
  TRANSPORT: [number('vehicles', '车辆数', '辆')],
  FIRE_KEY_UNIT: [],
  LABOR_INTENSIVE: [number('personsPerFloor', '每层人数', '人')],
  COATING_SOLVENT: [number('rooms', '喷涂间数', '间'), flag('gasDetector', '装有可燃气体报警'), flag('waterBased', '用水性漆')],
  SPECIAL_EQUIP: [number('boilers', '锅炉', '台'), number('vessels', '压力容器', '台'), number('lifts', '电梯', '台'), number('cranes', '起重机械', '台'), number('forklifts', '叉车', '台')],
  EPIDEMIC_SUPPLY: [number('ethanolTonnes', '酒精储量', '吨'), number('disinfectantTonnes', '消毒剂储量', '吨')],
  HOTWORK_FREQUENT: [],
}

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** What a form gives back: empty answers are no answers. */
export function cleanExtra(fields: readonly TagField[], extra: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const inner = (key: string, value: unknown) => {
    const field = fields.find((each) => each.key === key)
    return field?.kind === 'rows' && Array.isArray(value) ? value.map((row) => cleanExtra(field.of ?? [], row as Record<string, unknown>)).filter((row) => Object.keys(row).length > 0) : value
  }
  return Object.fromEntries(Object.entries(extra).map(([key, value]) => [key, inner(key, value)] as const).filter(([, value]) => !isEmpty(value)))
}

/** Lines of the page, in the order of the form; what came from elsewhere under a name of its own follows. */
export function said(code: TagCode, extra: Readonly<Record<string, unknown>>): { label: string; value: string }[] {
  const fields = tagFields[code]
  const own = fields.filter(({ key }) => !isEmpty(extra[key])).map((field) => ({ label: field.zh, value: inWords(field, extra[field.key]) }))
  const other = Object.entries(extra).filter(([key, value]) => !isEmpty(value) && !fields.some((field) => field.key === key))
  return [...own, ...other.map(([key, value]) => ({ label: key, value: plain(value) }))]
}

function inWords(field: TagField, value: unknown): string {
  if (field.kind === 'rows' && Array.isArray(value)) return value.map((row) => rowWords(field.of ?? [], row as Record<string, unknown>)).join('；')
  if (Array.isArray(value)) return value.map((each) => inWords({ ...field, kind: 'text' }, each)).join('、')
  if (typeof value === 'boolean') return value ? '是' : '否'
  const label = field.options?.find((option) => option.value === value)?.label ?? plain(value)
  return field.unit && typeof value === 'number' ? `${label} ${field.unit}` : label
}

const rowWords = (fields: readonly TagField[], row: Readonly<Record<string, unknown>>): string => fields.filter(({ key }) => !isEmpty(row[key])).map((field) => inWords(field, row[field.key])).join(' ')

function plain(value: unknown): string {
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (Array.isArray(value)) return value.map(plain).join('、')
  return value !== null && typeof value === 'object' ? Object.values(value).map(plain).join(' ') : String(value)
}
