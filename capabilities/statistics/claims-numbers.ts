import type { Mark } from './claims.ts'
import type { Figure } from './snapshot.ts'
import { writingsOf } from './wording.ts'

/** A number in the writer's own words. `words` carries what belongs to it: 近30万人. */
export interface FreeNumber {
  readonly words: string
  readonly at: number
  readonly value: string
  readonly unit: string
}

const UNIT = '家次|家|宗|处|个|条|项|人次|组次|名|人|起|件|份|次|只|公里|平方公里|小时|%|％|成'
/** Dates, clocks, numbers of papers, titles and ordinals are no figures. */
const NO_FIGURE = /\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月(?:\d{1,2}日)?|\d{1,2}日|\d{1,2}[:：]\d{2}|\d{1,2}时(?:\d{1,2}分)?|〔\d{4}〕\s?\d+\s?号|第[\d一二三四五六七八九十百]+[批期组版条款次轮号]|《[^》]*》|[A-Z]{1,4}-[\w-]+|连续(?:多|\d+)[日天]/g
const NUMBER = new RegExp(`(近|约|逾|超)?(\\d[\\d,]*(?:\\.\\d+)?)(余|多)?(万|亿)?(余|多)?(${UNIT})?`, 'g')
const SPELT = new RegExp(`([一二两三四五六七八九十百千万零〇]{2,}|[两三四五六七八九十])(余|多)?(${UNIT.replace('|%|％|成', '').replace('个|', '')})`, 'g')

/** Numbers that say how much, not when or which. */
export function numbersIn(text: string): FreeNumber[] {
  const bare = text.replace(NO_FIGURE, (found) => '　'.repeat(found.length))
  const digits = [...bare.matchAll(NUMBER)].map((m) => ({ words: m[0], at: m.index, value: `${m[1] === '近' ? '近' : ''}${m[2]}${m[3] ?? ''}${m[4] ?? ''}${m[5] ?? ''}`, unit: m[6] ?? '' }))
  const spelt = [...bare.matchAll(SPELT)].map((m) => ({ words: m[0], at: m.index, value: m[1]!, unit: m[3]! }))
  return [...digits, ...spelt].sort((a, b) => a.at - b.at)
}

/** Words by which officials name a figure; the last one before a number says what the number is of. */
const spoken: readonly (readonly [RegExp, string])[] = [
  [/现场整改(?:隐患)?/, 'M08'], [/按期整改率/, 'M10'], [/现场整改率/, 'M08R'], [/整改率/, 'M11'], [/(?:排查|发现|查出)(?:各类|安全|事故)*隐患|隐患排查/, 'M07'], [/整改(?:各类|安全)*(?:隐患)?(?!率)/, 'M09C'],
  [/重大(?:事故)?隐患/, 'M14'], [/出动(?:执法|检查|工作)*人员/, 'M01'], [/规上复工率/, 'M21A'], [/复工率/, 'M21'], [/指导(?:工业)?(?:企业)?复工/, 'M22'], [/查封/, 'M12'], [/检查(?:各类)?(?:企业|单位)/, 'M05'], [/立案/, 'M18'],
  [/事故(?:起数|共)?/, 'M51'], [/死亡(?:人数)?/, 'M51D'], [/检查覆盖率/, 'M25'],
]

/** A number that stands behind the name of a frozen figure and is written in none of the ways that figure may be. */
export function contradictions(number: FreeNumber, before: string, figures: ReadonlyMap<string, Figure>): Omit<Mark, 'items'> | undefined {
  const near = before.slice(-14).split(/[，、；（]/).at(-1) ?? ''
  const named = spoken.flatMap(([name, id]) => (new RegExp(`(?:${name.source})[共达为约了：:到]*$`).test(near) ? [id] : []))[0]
  const figure = named ? figures.get(named) : undefined
  if (!figure) return undefined
  const params = { figure: figure.metric, name: figure.name, number: number.words }
  if (figure.nature === 'RATE') {
    if (!/[%％]/.test(number.words) || number.value === '100') return undefined
    const [n, d] = [figure.numerator ?? 0, figure.denominator ?? 0]
    const off = d === 0 ? Infinity : Math.abs((n * 100) / d - Number(number.value))
    const step = 0.5 / 10 ** (number.value.split('.')[1]?.length ?? 0)
    return off <= step + 1e-9 ? { kind: 'UNBOUND', code: 'claim.could_bind', words: number.words, params } : { kind: 'FALSE', code: 'claim.differs', words: number.words, params: { ...params, frozen: `${n}/${d}` } }
  }
  const value = figure.value ?? 0
  return writingsOf(value).includes(number.value)
    ? { kind: 'UNBOUND', code: 'claim.could_bind', words: number.words, params }
    : { kind: 'FALSE', code: 'claim.differs', words: number.words, params: { ...params, frozen: `${value}${figure.unit}` } }
}

/** 11个街道（望汀、沅埠…）: as many entries as the number says; “等” allows fewer, never more (requirements A30). */
export function listsOf(text: string): Mark[] {
  return [...text.matchAll(/(\d+)(?:个|家|名|项|条|处)[^\d（(。；，：:]{0,12}[（(：:]([^（(）)。；]*、[^（(）)。；]*)/g)].flatMap((m): Mark[] => {
    if (/\d/.test(m[2]!)) return []
    const loose = /等$/.test(m[2]!.trim())
    const entries = m[2]!.replace(/等$/, '').split(/、|和/).filter((entry) => entry.trim() !== '').length
    const said = Number(m[1])
    const holds = loose ? entries <= said : entries === said
    return [{ kind: holds ? 'TRUE' : 'FALSE', code: holds ? 'claim.list_whole' : 'claim.list_length', words: m[0], items: [], params: { said, entries } }]
  })
}

/** 其中…、…: parts of one measure word add up to the whole before them, or the sentence says why not (general rule 4). */
export function partsOf(text: string): Mark[] {
  const at = text.indexOf('其中')
  if (at < 0) return []
  const exact = (part: string) => [...part.replace(NO_FIGURE, '').matchAll(new RegExp(`(\\d+)(${UNIT})`, 'g'))].map((m) => ({ n: Number(m[1]), unit: m[2]! }))
  const whole = exact(text.slice(0, at)).at(-1)
  const parts = exact(text.slice(at)).filter((part) => part.unit === whole?.unit)
  if (!whole || parts.length === 0) return []
  const sum = parts.reduce((n, part) => n + part.n, 0)
  const params = { whole: `${whole.n}${whole.unit}`, sum: `${sum}${whole.unit}`, parts: parts.length }
  const explained = /其余|余下|尚有|等|未分类|有重叠|交叉|重复/.test(text.slice(at))
  if (parts.some((part) => part.n > whole.n) || (parts.length > 1 && sum > whole.n && !/重叠|交叉|重复/.test(text))) return [{ kind: 'FALSE', code: 'claim.parts_exceed', words: text.slice(at), items: [], params }]
  if (parts.length === 1 || explained) return []
  return sum === whole.n
    ? [{ kind: 'TRUE', code: 'claim.parts_whole', words: text.slice(at), items: [], params }]
    : [{ kind: 'FALSE', code: 'claim.parts_short', words: text.slice(at), items: [], params }]
}
