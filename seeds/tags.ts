import type { TagCode } from '../capabilities/enterprise/tags.ts'
import { gongmaoSector } from '../capabilities/enterprise/gongmao.ts'
import type { SizeGrade } from '../capabilities/enterprise/size.ts'
import type { IndustryRow, Profile } from './industries.data.ts'
import type { Random } from './random.ts'

/** A tag with the extra data its law asks for; plain JSON. */
export interface Tag {
  readonly code: TagCode
  readonly extra: Readonly<Record<string, unknown>>
}

/** Chance of a tag for large, medium, small and micro units. */
type Chances = readonly [large: number, medium: number, small: number, micro: number]
const always: Chances = [1, 1, 1, 1]

const everywhere: readonly (readonly [TagCode, Chances])[] = [
  ['SPECIAL_EQUIP', [1, 0.95, 0.45, 0.08]],
  ['FIRE_KEY_UNIT', [0.9, 0.35, 0.01, 0]],
  ['LABOR_INTENSIVE', [0.9, 0.45, 0.03, 0]],
  ['CITY_GAS', [0.7, 0.4, 0.04, 0.003]],
  ['CONFINED_SPACE', [0.5, 0.2, 0.015, 0.002]],
]

const byProfile: Readonly<Record<Profile, readonly (readonly [TagCode, Chances])[]>> = {
  assembly: [['HAZCHEM_USE', [0.5, 0.3, 0.08, 0.02]], ['LITHIUM_BATTERY', [0.25, 0.15, 0.04, 0.01]], ['COATING_SOLVENT', [0.3, 0.2, 0.05, 0.01]]],
  plating: [['CONFINED_SPACE', [1, 0.95, 0.6, 0.25]], ['HAZCHEM_USE', [1, 1, 0.8, 0.5]], ['COATING_SOLVENT', [0.7, 0.6, 0.35, 0.2]], ['DUST_EXPLOSION', [0.3, 0.25, 0.1, 0.04]]],
  polishing: [['DUST_EXPLOSION', [0.9, 0.7, 0.35, 0.12]], ['COATING_SOLVENT', [0.4, 0.3, 0.15, 0.05]], ['HAZCHEM_USE', [0.5, 0.3, 0.1, 0.03]]],
  casting: [['MOLTEN_METAL', [1, 1, 0.95, 0.8]], ['DUST_EXPLOSION', [0.5, 0.4, 0.15, 0.06]], ['CONFINED_SPACE', [0.6, 0.5, 0.1, 0.03]]],
  machining: [['HAZCHEM_USE', [0.3, 0.2, 0.05, 0.01]], ['DUST_EXPLOSION', [0.1, 0.08, 0.02, 0.005]], ['HOTWORK_FREQUENT', [0.3, 0.2, 0.06, 0.02]]],
  welding: [['HOTWORK_FREQUENT', [1, 0.95, 0.8, 0.6]], ['COATING_SOLVENT', [0.6, 0.4, 0.15, 0.06]]],
  plastics: [['DUST_EXPLOSION', [0.1, 0.08, 0.02, 0.004]], ['COATING_SOLVENT', [0.2, 0.12, 0.04, 0.01]]],
  painting: [['COATING_SOLVENT', [1, 0.95, 0.8, 0.5]], ['HAZCHEM_USE', [0.8, 0.6, 0.3, 0.1]], ['CONFINED_SPACE', [0.5, 0.3, 0.1, 0.03]]],
  wood: [['DUST_EXPLOSION', [1, 0.95, 0.55, 0.2]], ['COATING_SOLVENT', [0.8, 0.7, 0.35, 0.12]]],
  paper: [['CONFINED_SPACE', [0.8, 0.5, 0.1, 0.02]], ['DUST_EXPLOSION', [0.1, 0.06, 0.01, 0.002]]],
  printing: [['HAZCHEM_USE', [0.9, 0.8, 0.4, 0.15]], ['COATING_SOLVENT', [0.5, 0.4, 0.15, 0.05]]],
  garment: [['LABOR_INTENSIVE', [1, 0.9, 0.25, 0]]],
  food: [['CONFINED_SPACE', [0.9, 0.7, 0.2, 0.04]], ['CITY_GAS', [1, 0.9, 0.5, 0.2]], ['DUST_EXPLOSION', [0.3, 0.25, 0.1, 0.03]]],
  cold: [['AMMONIA_REFRIG', [1, 0.9, 0.5, 0.1]], ['CONFINED_SPACE', [1, 0.9, 0.5, 0.15]], ['CITY_GAS', [0.6, 0.5, 0.2, 0.05]]],
  chemistry: [['HAZCHEM_USE', [1, 1, 0.95, 0.8]], ['HAZCHEM_PROD', [0.7, 0.5, 0.1, 0]], ['HAZCHEM_TRADE_NOSTORE', [0.2, 0.2, 0.15, 0.1]], ['CONFINED_SPACE', [1, 0.9, 0.5, 0.15]], ['COATING_SOLVENT', [0.4, 0.4, 0.2, 0.1]]],
  battery: [['LITHIUM_BATTERY', always], ['HAZCHEM_USE', [1, 0.9, 0.4, 0.15]], ['COATING_SOLVENT', [0.4, 0.3, 0.1, 0.03]]],
  pcb: [['HAZCHEM_USE', [1, 1, 0.85, 0.5]], ['CONFINED_SPACE', [1, 0.95, 0.55, 0.2]], ['DUST_EXPLOSION', [0.2, 0.12, 0.03, 0.01]]],
  mineral: [['DUST_EXPLOSION', [0.1, 0.05, 0.02, 0.01]], ['CONFINED_SPACE', [0.6, 0.4, 0.15, 0.04]]],
  medical: [['EPIDEMIC_SUPPLY', [0.7, 0.6, 0.35, 0.15]], ['HAZCHEM_USE', [0.6, 0.4, 0.15, 0.05]]],
  recycling: [['HOTWORK_FREQUENT', [0.8, 0.6, 0.4, 0.2]], ['DUST_EXPLOSION', [0.3, 0.2, 0.1, 0.03]]],
  utility: [['CONFINED_SPACE', always], ['CITY_GAS', [0.4, 0.4, 0.4, 0.4]]],
}

const grades: readonly SizeGrade[] = ['LARGE', 'MEDIUM', 'SMALL', 'MICRO']

/** Tags of a unit of a class and size. A tag may be named twice (everywhere and by profile); it is given once. */
export function drawTags(random: Random, row: IndustryRow, grade: SizeGrade): Tag[] {
  const column = Math.max(0, grades.indexOf(grade === 'UNKNOWN' ? 'MICRO' : grade))
  const [industryCode, , , , profile] = row
  const codes = new Set<TagCode>()
  const sector = gongmaoSector(industryCode)
  if (sector) codes.add('METALLURGY_GONGMAO')
  for (const [code, chances] of [...everywhere, ...byProfile[profile]]) {
    if (random.chance(chances[column] as number)) codes.add(code)
  }
  return [...codes].map((code) => ({ code, extra: extraOf(random, code, profile, industryCode, column, sector) }))
}

function extraOf(random: Random, code: TagCode, profile: Profile, industryCode: string, column: number, sector: string | null): Record<string, unknown> {
  const scale = [40, 12, 4, 1][column] as number
  switch (code) {
    case 'METALLURGY_GONGMAO':
      return { gongmaoSector: sector }
    case 'DUST_EXPLOSION':
      return dust(random, profile, industryCode, scale)
    case 'MOLTEN_METAL':
      return { furnace: random.pick(['燃气熔化炉', '中频炉', '电阻炉', '集中熔炼炉']), tonnes: random.int(1, 2 + scale) / 2, deepCasting: industryCode === '3252' && random.chance(0.4) }
    case 'AMMONIA_REFRIG':
      return { ammoniaTonnes: random.int(3, 6 + 3 * scale) / 2, quickFreezePersons: random.int(0, 9) }
    case 'CONFINED_SPACE':
      return { spaces: spaces(random, profile, scale) }
    case 'LITHIUM_BATTERY':
      return { stages: profile === 'battery' ? random.pick([['化成', '老化', '仓储'], ['老化', '仓储'], ['仓储']]) : ['仓储'], faultyCellsIsolated: random.chance(0.9) }
    case 'COATING_SOLVENT':
      return { rooms: 1 + random.int(0, Math.min(scale, 6)), gasDetector: random.chance(0.9), waterBased: false }
    case 'SPECIAL_EQUIP':
      return equipment(random, scale)
    case 'HAZCHEM_USE':
      return { maxStock: stock(random, profile, scale) }
    case 'HAZCHEM_PROD':
      return { products: random.pick([['稀释剂'], ['溶剂型涂料', '稀释剂'], ['清洗剂'], ['胶粘剂']]), majorHazardSource: null }
    case 'EPIDEMIC_SUPPLY':
      return { ethanolTonnes: random.int(0, 4 * scale) / 10 }
    case 'LABOR_INTENSIVE':
      return { personsPerFloor: random.int(50, 60 + 6 * scale) }
    case 'CITY_GAS':
      return { supply: industryCode === '4511' ? 'OPERATOR' : random.pick(['PIPE', 'PIPE', 'BOTTLE']) }
    default:
      return {}
  }
}

/** 铝镁 for polishing and casting, 木 for wood, 粮 for food, 塑 for plastics. */
function dust(random: Random, profile: Profile, industryCode: string, scale: number): Record<string, unknown> {
  const kinds: Partial<Record<Profile, string>> = { wood: '木', food: '粮', plastics: '塑', paper: '其他', recycling: '其他', mineral: '其他' }
  const kind = kinds[profile] ?? (industryCode.startsWith('398') ? '其他' : '铝镁')
  const wet = kind === '铝镁' ? random.chance(0.55) : random.chance(0.1)
  return {
    dustKind: kind,
    personsPerShift: random.int(1, 3 + scale),
    process: wet ? '湿式' : '干式',
    explosionControl: wet ? null : random.pick(['泄爆', '泄爆', '惰化', '抑爆', '隔爆']),
  }
}

const spaceNames: readonly (readonly [string, string, string])[] = [
  ['污水调节池', '地下', '硫化氢'], ['污泥池', '地下', '硫化氢'], ['化粪池', '地下', '硫化氢'], ['消防水池', '地下', '缺氧'],
  ['废气喷淋塔', '密闭设备', '有机溶剂蒸气'], ['储罐', '密闭设备', '缺氧'], ['浸漆槽', '半封闭', '苯系物'], ['腌制池', '地下', '硫化氢'],
]

function spaces(random: Random, profile: Profile, scale: number): { name: string; kind: string; poisonRisk: string }[] {
  const count = random.int(1, Math.min(6, 1 + scale))
  const names = profile === 'cold' || profile === 'food' ? spaceNames : spaceNames.slice(0, 7)
  return Array.from({ length: count }, (_, i) => {
    const [name, kind, poisonRisk] = random.pick(names)
    return { name: count > 1 ? `${i + 1}号${name}` : name, kind, poisonRisk }
  })
}

function equipment(random: Random, scale: number): Record<string, unknown> {
  const kinds = ['forklifts', 'lifts', 'vessels', 'cranes', 'boilers'] as const
  const extra: Partial<Record<(typeof kinds)[number], number>> = {}
  for (let left = Math.min(8, 1 + Math.floor(scale / 4) + random.int(0, 1)); left > 0; left--) {
    const kind = kinds[random.weighted([5, 4, 4, 2, 0.5])]!
    extra[kind] = (extra[kind] ?? 0) + 1
  }
  return extra
}

function stock(random: Random, profile: Profile, scale: number): { name: string; tonnes: number }[] {
  const lists: Partial<Record<Profile, readonly string[]>> = {
    plating: ['盐酸', '硫酸', '硝酸', '氢氧化钠溶液'], pcb: ['盐酸', '硫酸', '过氧化氢溶液', '氢氧化钠溶液'],
    printing: ['乙醇', '乙酸乙酯', '异丙醇'], chemistry: ['甲苯', '丙酮', '乙酸乙酯', '丁酮'], battery: ['电解液', 'N-甲基吡咯烷酮'],
  }
  const names = lists[profile] ?? ['乙醇', '异丙醇', '丙酮', '洗板水']
  return random.shuffle(names).slice(0, random.int(1, 2)).map((name) => ({ name, tonnes: random.int(1, 4 * scale) / 20 }))
}
