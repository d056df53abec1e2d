/**
 * Figures as a bureau writes them: 1,847; 2.8万; 85.6余万; 近30万; 94.53%; 二〇二六; 壹拾贰元整. Counts come in as integers and are
 * rounded on integers, never on binary fractions (requirements.md section 7, rule 6).
 */

/** What stands where a base is zero: never 0 % and never 100 %. */
export const NO_BASE = '—'

/** `1,847`. @throws RangeError on a fraction or beyond 2^53, as all functions below that take a count */
export function grouped(n: number): string {
  return String(whole(n)).replace(/\B(?=(?:\d{3})+$)/g, ',')
}

/** `2.8万`, `1.2亿`, below ten thousand as {@link grouped}. Half-up, trailing zeros dropped: 30000 is `3万`. */
export function inWan(n: number, digits = 1): string {
  const size = BigInt(Math.abs(whole(n)))
  const sign = n < 0 ? '-' : ''
  if (size < 10_000n) return grouped(n)
  const wan = scaled(size, 10_000n, digits)
  // 99,999,999 rounds to 10,000 万, which is written 1 亿.
  return size < YI && wan < 10_000n * 10n ** BigInt(digits)
    ? `${sign}${decimal(wan, digits, true)}万`
    : `${sign}${decimal(scaled(size, YI, digits), digits, true)}亿`
}

/**
 * “余”: cut down, never up, then 余 before the measure word. Steps: below 10 exact; to tens below 1000 (34 → `30余`); to hundreds
 * below ten thousand (2437 → `2400余`); above, to a tenth of 万 (856300 → `85.6余万`,
 * 10300 → `1万余`). A round number prints without 余.
 */
export function withYu(n: number): string {
  const size = whole(n)
  if (size < 0) throw new RangeError('余 of a negative count')
  const step = size < 10 ? 1 : size < 1000 ? 10 : size < 10_000 ? 100 : 1000
  const cut = size - (size % step)
  const yu = cut < size ? '余' : ''
  if (size < 10_000) return `${cut}${yu}`
  const wan = decimal(BigInt(cut / 1000), 1, true)
  return wan.includes('.') ? `${wan}${yu}万` : `${wan}万${yu}`
}

/**
 * “近”: the next number with one digit before its zeros, if n lies below it by at most `within` of it (5 % unless a bureau sets
 * otherwise): 298000 → `近30万`. Null when nothing is near, or when n is such a number itself.
 */
export function withJin(n: number, within = 0.05): string | null {
  const size = whole(n)
  if (size < 10) return null
  const unit = 10 ** (String(size).length - 1)
  const next = Math.ceil(size / unit) * unit
  if (next === size || next - size > within * next) return null
  return `近${next < 10_000 ? next : inWan(next)}`
}

/**
 * “多” of a measure, as 余 of a count: cut down to its first digit, 多 before the unit, 个多 for hours and months: 437 公里 →
 * `400多公里`, 8.4 小时 → `8个多小时` (requirements A28). Exact round values print without it.
 */
export function withDuo(value: number, unit: string): string {
  if (!Number.isFinite(value) || value < 0) throw new RangeError('多 of a negative or unknown measure')
  const step = value < 10 ? 1 : 10 ** (String(Math.floor(value)).length - 1)
  const cut = Math.floor(value / step) * step
  const counted = /^(小时|月)$/.test(unit) ? '个' : ''
  return cut === value ? `${cut}${counted}${unit}` : `${cut}${counted}多${unit}`
}

/**
 * Tenths of a rate: `9成`, and `近9成` when it lies below by at most `within` points (5 unless a bureau sets otherwise): 85 % up to
 * below 90 % (requirements A25). Null where neither may be said.
 */
export function inCheng(percent: number, within = 5): string | null {
  if (percent < 0 || percent >= 100) return null
  const tenth = Math.floor(percent / 10)
  if (percent === tenth * 10) return tenth === 0 ? null : `${tenth}成`
  return tenth < 9 && (tenth + 1) * 10 - percent <= within ? `近${tenth + 1}成` : null
}

/**
 * `94.53%` from counts, half-up on exact integers; `—` on a zero base. Below the base it never rounds up to 100 %: 9996 of 10000
 * at one digit is `99.9%` (requirements A17). May pass 100.
 */
export function rate(n: number, d: number, digits = 1): string {
  const value = ratePoints(n, d, digits)
  return value === null ? NO_BASE : `${decimal(value, digits, false)}%`
}

/** The same as a number of per cent for charts and sorting; null on a zero base. */
export function rateNumber(n: number, d: number, digits = 1): number | null {
  const value = ratePoints(n, d, digits)
  return value === null ? null : Number(decimal(value, digits, false))
}

/** Year or number digit by digit: 2026 → `二〇二六`. */
export function zhDigits(n: number): string {
  return [...String(natural(n))].map((d) => '〇一二三四五六七八九'[Number(d)]).join('')
}

/** A counting number below 10^12 in characters: 12 → `十二`, 105 → `一百零五`, 28000 → `二万八千`. */
export function zhNumeral(n: number): string {
  const text = spell(natural(n), '零一二三四五六七八九', ['', '十', '百', '千'], ['', '万', '亿'])
  return text.replace(/^一十/, '十')
}

/**
 * A sum of money in capitals, from fen, so that no fraction is ever parsed: 1234050 → `壹万贰仟叁佰肆拾元伍角整`. 整 closes a sum
 * without fen. @throws RangeError on a negative sum or 10^12 yuan and more
 */
export function zhAmount(fen: number): string {
  const [yuan, jiao, rest] = [Math.floor(natural(fen) / 100), Math.floor(fen / 10) % 10, fen % 10]
  const digits = '零壹贰叁肆伍陆柒捌玖'
  const head = yuan > 0 || fen === 0 ? `${spell(yuan, digits, ['', '拾', '佰', '仟'], ['', '万', '亿'])}元` : ''
  const gap = head && rest > 0 ? '零' : ''
  const middle = jiao > 0 ? `${digits[jiao]}角` : gap
  return `${head}${middle}${rest > 0 ? `${digits[rest]}分` : '整'}`
}

const YI = 100_000_000n

function ratePoints(n: number, d: number, digits: number): bigint | null {
  if (whole(d) < 0) throw new RangeError('rate of a negative base')
  if (d === 0) return null
  const size = scaled(BigInt(Math.abs(whole(n))) * 100n, BigInt(d), digits)
  const full = 100n * 10n ** BigInt(digits)
  const points = n < d && size === full ? full - 1n : size
  return n < 0 ? -size : points
}

/** n / d in units of 10^-digits, half-up. */
function scaled(n: bigint, d: bigint, digits: number): bigint {
  return (n * 10n ** BigInt(digits) * 2n + d) / (d * 2n)
}

function decimal(points: bigint, digits: number, trim: boolean): string {
  const size = (points < 0n ? -points : points).toString().padStart(digits + 1, '0')
  const fraction = size.slice(size.length - digits)
  const shown = digits === 0 ? '' : trim ? fraction.replace(/0+$/, '') : fraction
  const head = digits === 0 ? size : size.slice(0, -digits)
  return `${points < 0n ? '-' : ''}${head}${shown && '.'}${shown}`
}

/** Groups of four under 万 and 亿; a run of zeros is spoken once, none at the end of a group. */
function spell(n: number, digits: string, places: readonly string[], groups: readonly string[]): string {
  if (n >= 1e12) throw new RangeError(`${n} is too large to spell`)
  const zero = digits[0] ?? ''
  if (n === 0) return zero
  let text = ''
  for (let g = groups.length - 1; g >= 0; g -= 1) {
    const four = Math.floor(n / 10_000 ** g) % 10_000
    if (four === 0) continue
    const gap = text !== '' && (four < 1000 || Math.floor(n / 10_000 ** (g + 1)) % 10_000 === 0) ? zero : ''
    text += gap + spellFour(four, digits, places) + groups[g]
  }
  return text
}

function spellFour(four: number, digits: string, places: readonly string[]): string {
  let text = ''
  for (let p = 3; p >= 0; p -= 1) {
    const d = Math.floor(four / 10 ** p) % 10
    if (d > 0) text += `${digits[d]}${places[p]}`
    else if (text !== '' && four % 10 ** p > 0 && !text.endsWith(digits[0] ?? '')) text += digits[0]
  }
  return text
}

function natural(n: number): number {
  if (whole(n) < 0) throw new RangeError(`${n} is negative`)
  return n
}

function whole(n: number): number {
  if (!Number.isSafeInteger(n)) throw new RangeError(`${n} is not a whole number`)
  return n === 0 ? 0 : n
}
