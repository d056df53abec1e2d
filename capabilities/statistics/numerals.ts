/** Numbers as they are spoken and written in characters, small and capital: 十一万八千五百七十二, 壹拾贰, 一一八五七二, 十一点八万. */

const DIGITS: Readonly<Record<string, number>> = { 零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 壹: 1, 贰: 2, 叁: 3, 肆: 4, 伍: 5, 陆: 6, 柒: 7, 捌: 8, 玖: 9 }
const PLACES: Readonly<Record<string, number>> = { 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1000, 仟: 1000 }
const GROUPS: Readonly<Record<string, number>> = { 万: 10_000, 亿: 100_000_000 }

/** Characters of a numeral, for use within a class of a pattern. */
export const NUMERAL = '零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟'

/** The number a numeral says; undefined where the characters say none. */
export function readNumeral(text: string): number | undefined {
  const [whole = '', fraction] = text.split('点')
  const size = fraction === undefined ? readWhole(whole) : readFraction(whole, fraction)
  return size !== undefined && Number.isFinite(size) ? size : undefined
}

/** 十一点八万: digits one by one behind the point, then the group they are multiplied with. */
function readFraction(whole: string, fraction: string): number | undefined {
  const scale = GROUPS[fraction.at(-1) ?? '']
  const digits = [...(scale ? fraction.slice(0, -1) : fraction)].map((char) => DIGITS[char])
  const head = readWhole(whole)
  if (head === undefined || digits.length === 0 || digits.some((d) => d === undefined)) return undefined
  const decimal = Number(`${head}.${digits.join('')}`)
  return scale ? Math.round(decimal * scale) : decimal
}

function readWhole(text: string): number | undefined {
  const chars = [...text]
  if (chars.length === 0 || chars.some((char) => !(char in DIGITS || char in PLACES || char in GROUPS))) return undefined
  if (chars.every((char) => char in DIGITS)) return Number(chars.map((char) => DIGITS[char]).join(''))
  let [total, group, digit] = [0, 0, 0]
  let last = 1
  for (const char of chars) {
    if (char in GROUPS) {
      const section = group + digit || (total ? 0 : 1)
      total = char === '亿' ? (total + section) * GROUPS[char]! : total + section * GROUPS[char]!
      ;[group, digit, last] = [0, 0, GROUPS[char]!]
    } else if (char in PLACES) {
      group += (digit || 1) * PLACES[char]!
      ;[digit, last] = [0, PLACES[char]!]
    } else if (DIGITS[char] === 0) last = 1
    else digit = DIGITS[char]!
  }
  // 一百二, 三万五: a digit that ends the numeral stands one place below the last.
  return total + group + (digit && last >= 100 ? digit * (last / 10) : digit)
}
