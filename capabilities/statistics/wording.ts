import { grouped, inCheng, inWan, NO_BASE, rate, rateNumber, withJin, withYu } from '../../kernel/core/zh-number.ts'

/** How a count is written: to the unit, cut down with 余 or 多, up to a near round number, in 万. */
export const STYLES = ['EXACT', 'YU', 'JIN', 'WAN', 'DUO'] as const
export type Style = (typeof STYLES)[number]
export const STYLE_ZH: Record<Style, string> = { EXACT: '精确', YU: '余', JIN: '近', WAN: '万', DUO: '多' }

/** Words in which hazards are counted; a bureau or a report chooses one (requirements A40). */
export const HAZARD_WORDS = ['宗', '处', '个', '条', '项'] as const
export type HazardWord = (typeof HAZARD_WORDS)[number]

/** The habits of one report. */
export interface Wording {
  readonly style: Style
  readonly hazardWord: HazardWord
}
export const plainWording: Wording = { style: 'EXACT', hazardWord: '宗' }

/** 多 of a count is cut down as 余 is. */
const duo = (n: number): string => withYu(n).replace('余', '多')

/** A number as text without its measure word. “近” falls back to the exact number where nothing is near. */
export function countText(n: number, style: Style): string {
  switch (style) {
    case 'YU':
      return withYu(n)
    case 'JIN':
      return withJin(n) ?? String(n)
    case 'WAN':
      return inWan(n)
    case 'DUO':
      return duo(n)
    default:
      return String(n)
  }
}

/** Every way in which a true count may be written; a writer's number that is none of these is another number. */
export function writingsOf(n: number): string[] {
  if (n < 0) return [String(n), grouped(n)]
  return [...new Set([String(n), grouped(n), withYu(n), duo(n), inWan(n), ...(withJin(n) ? [withJin(n)!] : [])])]
}

/** `5家`; with repeated visits `17家次（12家）` (requirements A16). */
export const visitsText = (visits: number, firms: number): string => (visits === firms ? `${visits}家` : `${visits}家次（${firms}家）`)

/** `近9成`, or the rate itself where tenths would say less than they hide. */
export const tenthsText = (n: number, d: number, digits: number): string => inCheng(rateNumber(n, d, 4) ?? -1) ?? rate(n, d, digits)

/** An average beside two counts, half-up on whole numbers; — where there is nothing to divide by (requirements A6, A12, A15, A31). */
export const averageText = (n: number, d: number, digits = 1): string => (d === 0 ? NO_BASE : (Math.floor((n * 10 ** digits * 2 + d) / (2 * d)) / 10 ** digits).toFixed(digits))

/** 同比: `同比下降12.3%`; a zero base has no percentage (requirements A18). */
export function changeText(now: number, before: number | null, digits = 1): string {
  if (before === null) return '上年同期无数据'
  if (before === 0) return '上年同期为0'
  if (now === before) return '与上年同期持平'
  return now < before ? `同比下降${rate(before - now, before, digits)}` : `同比上升${rate(now - before, before, digits)}`
}

/** 双下降: both lower than a year before, and neither base zero. */
export interface Pair {
  readonly now: number
  readonly before: number | null
}
export const fell = (pair: Pair): boolean => pair.before !== null && pair.before > 0 && pair.now < pair.before

/** 街道 that had reported: `据不完全统计（截至2026年3月5日，11个街道已报10个）`; all of them: nothing to excuse. */
export function completenessText(expected: number, reported: number, day: string, word = '街道'): string {
  const zhDay = `${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`
  return reported < expected ? `据不完全统计（截至${zhDay}，${expected}个${word}已报${reported}个）` : `截至${zhDay}`
}

export const rateText = (n: number, d: number, digits: number): string => (d === 0 ? NO_BASE : rate(n, d, digits))
