import { addDays, dayNumber, daysBetween, type LocalDate, weekday } from '../../kernel/core/time.ts'
import { rate } from '../../kernel/core/zh-number.ts'
import { type Figure, metricOf } from './figures.ts'

/** Periods of business dates, both ends counted (A23), and what stands beside a number from before. */

export interface Period {
  readonly from: LocalDate
  readonly to: LocalDate
}

export const periodKinds = ['day', 'week', 'month', 'quarter', 'year', 'own'] as const
export type PeriodKind = (typeof periodKinds)[number]
export const periodZh: Readonly<Record<PeriodKind, string>> = { day: '今日', week: '本周', month: '本月', quarter: '本季', year: '本年', own: '自选' }
/** What the period before is called beside a figure. */
export const beforeZh: Readonly<Record<PeriodKind, string>> = { day: '昨日', week: '上周同期', month: '上月同期', quarter: '上季同期', year: '上年同期', own: '上一段' }

/** From the beginning of the day, week (Monday), month, quarter or year up to today. */
export function periodOf(kind: Exclude<PeriodKind, 'own'>, today: LocalDate): Period {
  const [year, month] = [today.slice(0, 4), Number(today.slice(5, 7))]
  const from = {
    day: () => today,
    week: () => addDays(today, 1 - weekday(today)),
    month: () => `${today.slice(0, 7)}-01`,
    quarter: () => `${year}-${String(month - ((month - 1) % 3)).padStart(2, '0')}-01`,
    year: () => `${year}-01-01`,
  }[kind]()
  return { from, to: today }
}

/** Days of a period, both ends counted: 7 February to 7 March 2020 are 30 (A23). */
export const daysOf = ({ from, to }: Period): number => daysBetween(from, to) + 1

/** The period before, as far as this one has come: the month up to the 5th stands beside last month up to the 5th. */
export function periodBefore(kind: PeriodKind, period: Period): Period {
  if (kind === 'day') return shifted(period, (date) => addDays(date, -1))
  if (kind === 'week') return shifted(period, (date) => addDays(date, -7))
  if (kind === 'month') return shifted(period, (date) => addMonths(date, -1))
  if (kind === 'quarter') return shifted(period, (date) => addMonths(date, -3))
  if (kind === 'year') return yearBefore(period)
  return { from: addDays(period.from, -daysOf(period)), to: addDays(period.from, -1) }
}

/** Every day, week (its Monday) or month that a period touches, oldest first: a quiet one is drawn as nothing, not left out. */
export function stepsOf(by: 'day' | 'week' | 'month', { from, to }: Period): string[] {
  const keyOf = (date: LocalDate) => (by === 'day' ? date : by === 'week' ? addDays(date, 1 - weekday(date)) : date.slice(0, 7))
  return [...new Set(Array.from({ length: daysOf({ from, to }) }, (_, i) => keyOf(addDays(from, i))))]
}

/** 上年同期: the same dates a year ago; 29 February becomes the 28th. */
export const yearBefore = (period: Period): Period => shifted(period, (date) => addMonths(date, -12))

const shifted = (period: Period, move: (date: LocalDate) => LocalDate): Period => ({ from: move(period.from), to: move(period.to) })

/** The same day of another month, or its last day where that month is shorter. */
function addMonths(date: LocalDate, months: number): LocalDate {
  const at = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months
  const first = `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}-01`
  const next = at + 1
  const length = dayNumber(`${Math.floor(next / 12)}-${String((next % 12) + 1).padStart(2, '0')}-01`) - dayNumber(first)
  return addDays(first, Math.min(Number(date.slice(8)), length) - 1)
}

/** Why nothing is said of a time before the first record: a 0 would be made up. */
export const NOT_YET = '当时还没有登记'

/**
 * What a figure is against an earlier one, in words: 上升12.5%, 与上年同期持平, 提高1.2个百分点. Nothing before: “上年同期为0”, never a
 * percentage (A18). Undefined where either is unknown.
 * @param name what the earlier period is called, such as 上年同期
 */
export function changeText(now: Figure, before: Figure, name: string): string | undefined {
  if (now.value === null || before.value === null) return before.value !== null ? undefined : before.denominator === 0 ? `${name}无基数` : before.why === NOT_YET ? `${name}无记录` : undefined
  if (now.denominator !== undefined && before.denominator !== undefined) {
    const { digits } = metricOf(now.id)
    const moved = Math.round(now.value * 10 ** digits) - Math.round(before.value * 10 ** digits)
    return moved === 0 ? `与${name}持平` : `较${name}${moved > 0 ? '提高' : '降低'}${(Math.abs(moved) / 10 ** digits).toFixed(digits)}个百分点`
  }
  if (before.value === 0) return now.value === 0 ? `${name}也为0` : `${name}为0`
  if (now.value === before.value) return `与${name}持平`
  return `较${name}${now.value > before.value ? '上升' : '下降'}${rate(Math.abs(now.value - before.value), before.value)}`
}
