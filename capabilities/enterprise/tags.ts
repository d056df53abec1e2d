import { z } from 'zod'

/**
 * Category tags with the data that each of them asks for (domain.md §1.6). Extra data is strict: an unknown key is refused; every key is
 * optional, because a tag is often known long before its details.
 */
const count = z.number().int().min(0).max(1_000_000)
const tonnes = z.number().min(0).max(1_000_000)
const text = z.string().trim().min(1).max(200)
const list = <T extends z.ZodType>(item: T) => z.array(item).max(200)
const none = z.strictObject({})

interface TagFact {
  readonly zh: string
  readonly when: string
  readonly extra: z.ZodType
}

const facts = {
  HAZCHEM_PROD: {
    zh: '危化品生产', when: '持有危险化学品安全生产许可证',
    extra: z.strictObject({ products: list(text).optional(), keyProcesses: list(text).optional(), majorHazardSource: z.enum(['一级', '二级', '三级', '四级']).nullish() }),
  },
  HAZCHEM_TRADE_STORE: { zh: '危化品经营（带储存）', when: '经营许可证带储存', extra: z.strictObject({ storageUnits: list(text).optional() }) },
  HAZCHEM_TRADE_NOSTORE: { zh: '危化品经营（无储存）', when: '持有经营许可证', extra: none },
  HAZCHEM_USE: {
    zh: '危化品使用', when: '使用列入目录的危险化学品',
    extra: z.strictObject({ maxStock: list(z.strictObject({ name: text, kg: z.number().min(0).optional(), tonnes: tonnes.optional() }).or(z.record(z.string(), z.unknown()))).optional(), grade: z.enum(['红', '橙', '黄', '蓝']).optional() }),
  },
  METALLURGY_GONGMAO: { zh: '冶金工贸', when: '行业属工贸八大行业', extra: z.strictObject({ gongmaoSector: text.optional() }) },
  DUST_EXPLOSION: {
    zh: '粉尘涉爆', when: '有可燃性粉尘作业岗位',
    extra: z.strictObject({ dustKind: z.enum(['铝镁', '木', '粮', '塑', '其他']).optional(), personsPerShift: count.optional(), process: z.enum(['干式', '湿式']).optional(), explosionControl: z.enum(['泄爆', '惰化', '抑爆', '隔爆']).nullish() }),
  },
  AMMONIA_REFRIG: { zh: '涉氨制冷', when: '以液氨为制冷剂', extra: z.strictObject({ ammoniaTonnes: tonnes.optional(), quickFreezePersons: count.optional() }) },
  MOLTEN_METAL: { zh: '金属熔融', when: '有熔炼、铸造', extra: z.strictObject({ furnace: text.optional(), tonnes: tonnes.optional(), deepCasting: z.boolean().optional() }) },
  CONFINED_SPACE: {
    zh: '有限空间', when: '有一处以上有限空间',
    extra: z.strictObject({ spaces: list(z.strictObject({ name: text, kind: text.optional(), poisonRisk: text.nullish() })).optional() }),
  },
  LITHIUM_BATTERY: { zh: '锂电池', when: '批量生产、储存、使用锂电池', extra: z.strictObject({ stages: list(z.enum(['化成', '老化', '仓储'])).optional(), faultyCellsIsolated: z.boolean().optional() }) },
  FIREWORKS_TRADE: { zh: '烟花爆竹经营', when: '持有批发或零售许可', extra: z.strictObject({ kind: z.enum(['批发', '零售']).optional(), limitKg: z.number().min(0).optional() }) },
  CITY_GAS: { zh: '城镇燃气', when: '燃气经营或单位用户', extra: z.strictObject({ supply: z.enum(['OPERATOR', 'PIPE', 'LPG', 'BOTTLE']).optional() }) },
  CONSTRUCTION: { zh: '建筑施工', when: '在建工地', extra: z.strictObject({ crane: z.boolean().optional(), pit: z.boolean().optional(), scaffold: z.boolean().optional() }) },
  TRANSPORT: { zh: '交通运输', when: '两客一危等', extra: z.strictObject({ vehicles: count.optional() }) },
  FIRE_KEY_UNIT: { zh: '消防安全重点单位', when: '列入消防法第十七条名录', extra: none },
  LABOR_INTENSIVE: { zh: '劳动密集型', when: '每层人数达到当地标准', extra: z.strictObject({ personsPerFloor: count.optional() }) },
  COATING_SOLVENT: { zh: '喷涂、有机溶剂', when: '使用非水性漆或溶剂', extra: z.strictObject({ rooms: count.optional(), gasDetector: z.boolean().optional(), waterBased: z.boolean().optional() }) },
  SPECIAL_EQUIP: { zh: '特种设备', when: '有锅炉、压力容器、电梯、起重机械、叉车', extra: z.looseObject({}) },
  EPIDEMIC_SUPPLY: { zh: '防疫物资', when: '生产防疫物资或储用酒精', extra: z.strictObject({ ethanolTonnes: tonnes.optional(), disinfectantTonnes: tonnes.optional() }) },
  HOTWORK_FREQUENT: { zh: '动火频繁', when: '日常有动火作业', extra: none },
} as const satisfies Record<string, TagFact>

export type TagCode = keyof typeof facts
export const tags: Readonly<Record<TagCode, TagFact>> = facts
export const tagCodes = Object.keys(facts) as [TagCode, ...TagCode[]]
export const tagZh = Object.fromEntries(tagCodes.map((code) => [code, facts[code].zh])) as Readonly<Record<TagCode, string>>

/** What is wrong with a tag's extra data, as paths below `extra`; empty when it will do. */
export function extraProblems(code: TagCode, extra: unknown): string[] {
  const result = tags[code].extra.safeParse(extra)
  return result.success ? [] : result.error.issues.map((issue) => issue.path.map(String).join('.') || (issue.code === 'unrecognized_keys' ? issue.keys.join('、') : ''))
}

/** Tag codes for what people write in a sheet: Chinese names or codes, parted by 、，；, or blanks. Null stands for one that is not known. */
export function readTags(written: string): { codes: TagCode[]; unknown: string[] } {
  const parts = written.split(/[、，,；;|/\s]+/).map((part) => part.trim()).filter(Boolean)
  const found = parts.map((part) => BY_TEXT.get(part.toUpperCase()) ?? BY_TEXT.get(part.replace(/[（(].*[)）]/, '')))
  return { codes: [...new Set(found.filter((code) => code !== undefined))], unknown: parts.filter((_, i) => found[i] === undefined) }
}

const BY_TEXT: ReadonlyMap<string, TagCode> = new Map([
  ...tagCodes.map((code) => [facts[code].zh, code] as const),
  ...tagCodes.map((code) => [code, code] as const),
  ['喷涂', 'COATING_SOLVENT'], ['粉尘', 'DUST_EXPLOSION'], ['粉尘防爆', 'DUST_EXPLOSION'], ['涉氨', 'AMMONIA_REFRIG'], ['受限空间', 'CONFINED_SPACE'],
  ['锂电', 'LITHIUM_BATTERY'], ['工贸', 'METALLURGY_GONGMAO'], ['危化使用', 'HAZCHEM_USE'], ['危化生产', 'HAZCHEM_PROD'], ['燃气', 'CITY_GAS'], ['熔融金属', 'MOLTEN_METAL'],
])
