import type { Mark } from './claims.ts'
import { nameBefore } from './claims-labels.ts'
import { NUMERAL, readNumeral } from './numerals.ts'
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
const NO_FIGURE = /(?<!\d)20\d{2}-\d{1,2}(?:-\d{1,2})?(?!\d)|\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月(?:\d{1,2}日)?|\d{1,2}日|\d{1,2}[:：]\d{2}|\d{1,2}时(?:\d{1,2}分)?|\d{1,2}·\d{1,2}(?!\d)|〔\d{4}〕\s?\d+\s?号|第[\d一二三四五六七八九十百]+[批期组版条款次轮号周季届页]|《[^》]*》|[A-Z]{1,4}-[\w-]+|连续(?:多|\d+)[日天]/g
const NUMBER = new RegExp(`(近|约|逾|超)?(\\d[\\d,]*(?:\\.\\d+)?)(余|多)?(万|亿)?(余|多)?(${UNIT})?`, 'g')
const COUNTED = UNIT.replace('|%|％|成', '')
/** One character alone is seldom a figure (两手抓、五个严禁); two and more before a measure word are, and so is any with 百、千、万 in it. */
const SPELT = new RegExp(`([${NUMERAL}]{2,}|[两三四五六七八九十](?=(?:余|多)?(?:${COUNTED.replace('个|', '')})))(余|多)?(${COUNTED}|倍|户|台|辆|场|吨|元|天)?`, 'g')
const BIG = /[百千万亿佰仟]/
const SHARE = new RegExp(`([百千万]|[${NUMERAL}\\d]+)分之([${NUMERAL}点\\d.]+)`, 'g')
const TENTHS = /(近|约|逾|超过?)?[两一二三四五六七八九]成(?!立|功|为|效|果|员|熟|品|本|不变)[一二三四五六七八九半]?|过半|半数以上|一半以上|翻(?:了)?[一两]?番|翻倍|[一两二三四五六七八九十]倍/g

/** Numbers that say how much, not when or which. */
export function numbersIn(text: string): FreeNumber[] {
  const bare = text.replace(NO_FIGURE, (found) => '　'.repeat(found.length))
  const shares = [...bare.matchAll(SHARE)].map((m) => ({ words: m[0], at: m.index, value: m[1] === '百' ? String(readNumeral(m[2]!) ?? m[2]) : m[0], unit: m[1] === '百' ? '%' : '' }))
  const tenths = [...bare.matchAll(TENTHS)].map((m) => ({ words: m[0], at: m.index, value: m[0], unit: '成' }))
  const taken = [...shares, ...tenths]
  const free = (m: RegExpExecArray) => !taken.some((one) => m.index < one.at + one.words.length && one.at < m.index + m[0].length)
  const digits = [...bare.matchAll(NUMBER)].filter(free).map((m) => ({ words: m[0], at: m.index, value: `${m[1] === '近' ? '近' : ''}${m[2]}${m[3] ?? ''}${m[4] ?? ''}${m[5] ?? ''}`, unit: m[6] ?? '' }))
  const spelt = [...bare.matchAll(SPELT)].filter(free).flatMap((m): FreeNumber[] => {
    const n = m[1] === '一一' ? undefined : readNumeral(m[1]!)
    const says = n !== undefined && (m[3] !== undefined || (m[1]!.length > 2 && BIG.test(m[1]!) && n > 10))
    return says ? [{ words: m[0], at: m.index, value: `${n}${m[2] ?? ''}`, unit: m[3] ?? '' }] : []
  })
  return [...taken, ...digits, ...spelt].sort((a, b) => a.at - b.at)
}

/** A number that stands behind the name of a frozen figure and is written in none of the ways that figure may be. */
export function contradictions(number: FreeNumber, before: string, figures: ReadonlyMap<string, Figure>): Omit<Mark, 'items'> | undefined {
  const [figure, ...others] = nameBefore(before)?.ids.flatMap((id) => figures.get(id) ?? []) ?? []
  if (!figure) return undefined
  const params = { figure: figure.metric, name: figure.name, number: number.words }
  if (figure.nature === 'RATE') return clashOfRate(number, figure)
  const same = [figure, ...others].find(({ value }) => writingsOf(value ?? 0).includes(number.value) || cutDown(number.value, value ?? 0))
  return same
    ? { kind: 'UNBOUND', code: 'claim.could_bind', words: number.words, params: { ...params, figure: same.metric, name: same.name } }
    : { kind: 'FALSE', code: 'claim.differs', words: number.words, params: { ...params, frozen: `${figure.value ?? 0}${figure.unit}` } }
}

function clashOfRate(number: FreeNumber, figure: Figure): Omit<Mark, 'items'> | undefined {
  if (!/[%％]/.test(number.unit) || number.value === '100') return undefined
  const params = { figure: figure.metric, name: figure.name, number: number.words }
  const [n, d] = [figure.numerator ?? 0, figure.denominator ?? 0]
  const off = d === 0 ? Infinity : Math.abs((n * 100) / d - Number(number.value))
  const step = 0.5 / 10 ** (number.value.split('.')[1]?.length ?? 0)
  return off <= step + 1e-9 ? { kind: 'UNBOUND', code: 'claim.could_bind', words: number.words, params } : { kind: 'FALSE', code: 'claim.differs', words: number.words, params: { ...params, frozen: `${n}/${d}` } }
}

/** 十一万八千余 of 118572: cut down at its last digit that is not zero. */
function cutDown(said: string, value: number): boolean {
  const cut = /^(\d+)[余多]$/.exec(said)?.[1]
  if (!cut) return false
  const place = 10 ** (cut.length - cut.replace(/0+$/, '').length)
  return value > Number(cut) && value < Number(cut) + place
}

const LIST = new RegExp(`(\\d+|[${NUMERAL}]+)(?:个|家|名|项|条|处)[^\\d（(。；，：:]{0,12}[（(：:]([^（(）)。；]*、[^（(）)。；]*)`, 'g')

/** 11个街道（望汀、沅埠…）: as many entries as the number says; “等” allows fewer, never more (requirements A30). */
export function listsOf(text: string): Mark[] {
  return [...text.matchAll(LIST)].flatMap((m): Mark[] => {
    if (/\d/.test(m[2]!)) return []
    const loose = /等$/.test(m[2]!.trim())
    const entries = m[2]!.replace(/等$/, '').split(/、|和/).filter((entry) => entry.trim() !== '').length
    const said = /\d/.test(m[1]!) ? Number(m[1]) : (readNumeral(m[1]!) ?? entries)
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
