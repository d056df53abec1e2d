/**
 * The 12-digit 统计用区划代码: 2 province + 2 city + 2 county (GB/T 2260) + 3 township (GB/T 10114-2003) + 3 village. A node's
 * descendants are exactly the codes in one range, so reach, statistics and the map need no tree walk. Fictional areas begin with 99.
 *
 * A functional area (开发区, 园区管委会, 湾区) is not in GB/T 2260. Here it is a node like any other: a township of the segment
 * 400–599 (政企合一的单位) under the county that counts it, so that every site has one additive code; where its land lies in other
 * counties as well is said by `hostCounty6` and drawn by the map, never by the code.
 */
import { rangeOf } from '../../kernel/core/access.ts'

/** 12 digits; `000000000000` is the root above all provinces. */
export type AreaCode = string
export type AreaLevel = 'COUNTRY' | 'PROVINCE' | 'CITY' | 'COUNTY' | 'STREET' | 'VILLAGE'
export type FunctionalKind = 'DEV_ZONE' | 'PARK_COMMITTEE' | 'BAY_AREA'
export type AreaKind = 'ADMIN' | FunctionalKind

export const ROOT: AreaCode = '000000000000'

/** Significant digits of each level, deepest last. */
const LEVELS: readonly (readonly [AreaLevel, number])[] = [['COUNTRY', 0], ['PROVINCE', 2], ['CITY', 4], ['COUNTY', 6], ['STREET', 9], ['VILLAGE', 12]]

/** Why a text is no area code, in Chinese; null when it is one. */
export function areaCodeProblem(text: string): string | null {
  if (!/^\d{12}$/.test(text)) return '区划代码应为 12 位数字'
  const [province, city, street, village] = [text.slice(0, 2), text.slice(2, 4), text.slice(6, 9), text.slice(9)]
  if (text === ROOT) return null
  if (Number(province) === 0) return '区划代码缺省级代码'
  if (Number(city) === 0 && Number(text.slice(4)) !== 0) return '区划代码缺地级代码'
  // A city without counties has its townships directly below it (county segment 00): that gap alone is lawful.
  return Number(street) === 0 && Number(village) !== 0 ? '区划代码缺街道（镇、乡）代码' : null
}

export function isAreaCode(text: string): boolean {
  return areaCodeProblem(text) === null
}

/** Fills a shorter prefix (2, 4, 6, 9 or 12 digits) up to 12. @throws RangeError when the result is no area code */
export function areaCode(prefix: string): AreaCode {
  if (![2, 4, 6, 9, 12].includes(prefix.length)) throw new RangeError(`area prefix of ${prefix.length} digits`)
  return checked(prefix.padEnd(12, '0'))
}

/** @throws RangeError on a text that is no area code, as all functions below */
export function levelOf(code: AreaCode): AreaLevel {
  const significant = checked(code).replace(/0+$/, '').length
  return LEVELS.find(([, digits]) => digits >= significant)?.[0] ?? 'VILLAGE'
}

/** The significant digits: 0, 2, 4, 6, 9 or 12 of them. */
export function areaPrefix(code: AreaCode): string {
  const level = levelOf(code)
  return code.slice(0, LEVELS.find(([l]) => l === level)?.[1])
}

/** The node above; null for the root. A township of a city without counties has the city above it. */
export function parentOf(code: AreaCode): AreaCode | null {
  const above = LEVELS[LEVELS.findIndex(([level]) => level === levelOf(code)) - 1]
  return above ? code.slice(0, above[1]).padEnd(12, '0') : null
}

/** From the root down to the parent. */
export function ancestorsOf(code: AreaCode): AreaCode[] {
  const above = parentOf(code)
  return above === null ? [] : [...ancestorsOf(above), above]
}

/** Half-open range [from, to) that holds the node and everything below it; compare as text in collation "C". */
export function areaRange(code: AreaCode): readonly [string, string] {
  return checked(code) === ROOT ? [ROOT, '~'] : rangeOf(code)
}

/** Whether `inner` is `outer` or lies below it. */
export function covers(outer: AreaCode, inner: AreaCode): boolean {
  return checked(inner).startsWith(areaPrefix(outer))
}

/** The six digits that go into record numbers; null above county level. A city without counties gives `…00`. */
export function county6Of(code: AreaCode): string | null {
  const level = levelOf(code)
  return level === 'COUNTY' || level === 'STREET' || level === 'VILLAGE' ? code.slice(0, 6) : null
}

export type TownshipClass = '街道' | '镇' | '乡' | '政企合一' | '其他'

/** What the three township digits say (GB/T 10114-2003): 001–099 街道, 100–199 镇, 200–399 乡, 400–599 政企合一. Null above. */
export function townshipClass(code: AreaCode): TownshipClass | null {
  const n = Number(checked(code).slice(6, 9))
  if (n === 0) return null
  if (n < 100) return '街道'
  if (n < 200) return '镇'
  if (n < 400) return '乡'
  return n < 600 ? '政企合一' : '其他'
}

export type AreaNode = {
  code: AreaCode
  name: string
  kind: AreaKind
  /** Six-digit counties a functional area lies in, the one that counts it first; empty for an administrative node. */
  hostCounty6: readonly string[]
}

/** Every reason why a node may not stand in the tree, in Chinese. */
export function areaNodeProblems(node: AreaNode): string[] {
  const code = areaCodeProblem(node.code)
  if (code) return [code]
  const problems = node.name.trim() === '' ? ['请填写名称'] : []
  return [...problems, ...(node.kind === 'ADMIN' ? adminProblems(node) : functionalProblems(node))]
}

/** The functional area that a code stands in, as its street-level code; null in an administrative township or above it. */
export function functionalAreaOf(code: AreaCode): AreaCode | null {
  return townshipClass(code) === '政企合一' ? areaCode(code.slice(0, 9)) : null
}

/** 农场、林场 are of the same segment and need no host list, so the segment alone does not make a node functional. */
function adminProblems(node: AreaNode): string[] {
  return node.hostCounty6.length > 0 ? ['行政区划不填所在区县'] : []
}

function functionalProblems(node: AreaNode): string[] {
  const problems: string[] = []
  if (levelOf(node.code) !== 'STREET' || townshipClass(node.code) !== '政企合一') problems.push('功能区代码的第 7–9 位应在 400–599 之间，末三位为 000')
  if (node.hostCounty6.length === 0) problems.push('请填写功能区所在区县')
  else if (node.hostCounty6[0] !== node.code.slice(0, 6)) problems.push('第一个所在区县应为统计归属区县，与代码前 6 位一致')
  if (node.hostCounty6.some((c) => !isAreaCode(`${c}000000`) || c.endsWith('00'))) problems.push('所在区县应为 6 位县级代码')
  if (new Set(node.hostCounty6).size < node.hostCounty6.length) problems.push('所在区县重复')
  return problems
}

function checked(code: AreaCode): AreaCode {
  const problem = areaCodeProblem(code)
  if (problem) throw new RangeError(`${problem}: ${code}`)
  return code
}
