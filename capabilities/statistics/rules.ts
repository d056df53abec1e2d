import { addDays, daysBetween, type LocalDate } from '../../kernel/core/time.ts'
import { grouped, NO_BASE, rate, rateNumber } from '../../kernel/core/zh-number.ts'

/** The arithmetic of requirements §7 where it is more than a rate: pure, on counts, whichever register they come from. */

/** A quota: what is needed, what is missing (A20, A21). Without anybody to choose from there is no quota: 无对象. */
export function quota(base: number, done: number, percent: number): { need: number; done: number; gap: number } | null {
  if (base === 0) return null
  const need = Math.ceil((base * percent) / 100)
  return { need, done, gap: Math.max(0, need - done) }
}

export const quotaText = (base: number, done: number, percent: number): string => {
  const card = quota(base, done, percent)
  return card ? `应${card.need}，已${card.done}，${card.gap === 0 ? '已完成' : `还差${card.gap}`}` : '无对象'
}

/** 家(次): visits, with the distinct places in brackets where they differ; equal counts print 家 (A16). */
export const placesText = (visits: number, places: number): string => (visits === places ? `${grouped(places)}家` : `${grouped(visits)}家次（${grouped(places)}家）`)

/** Both fell against a year ago (A18). A zero then makes no comparison: undefined, and the sentence may not be said. */
export function bothFell(now: { cases: number; deaths: number }, before: { cases: number; deaths: number }): boolean | undefined {
  return before.cases === 0 || before.deaths === 0 ? undefined : now.cases < before.cases && now.deaths < before.deaths
}

/** Change of a count against a year ago; `上年同期为0` where there is nothing to divide by (A18). */
export const yearOnYear = (now: number, before: number): string => (before === 0 ? '上年同期为0' : now === before ? '持平' : `${now > before ? '上升' : '下降'}${rate(Math.abs(now - before), before)}`)

/** Σ actual ÷ Σ baseline, never the mean of rates; may pass 100 (A25). */
export function weighted(parts: readonly { actual: number; baseline: number }[], digits = 2): { value: number | null; text: string } {
  const sum = (pick: (part: { actual: number; baseline: number }) => number) => parts.reduce((n, part) => n + pick(part), 0)
  const [actual, baseline] = [sum((p) => p.actual), sum((p) => p.baseline)]
  return { value: rateNumber(actual, baseline, digits), text: rate(actual, baseline, digits) }
}

/**
 * Days in a row, ending at `until`, on which a rate passed a mark (A26). A missing day ends the run, unless it was marked as
 * a day without report: then it neither counts nor breaks.
 */
export function runOfDays(days: ReadonlyMap<LocalDate, number | 'NO_REPORT'>, until: LocalDate, above: number): number {
  let run = 0
  for (let day = until; ; day = addDays(day, -1)) {
    const value = days.get(day)
    if (value === 'NO_REPORT') continue
    if (value === undefined || value <= above) return run
    run++
  }
}

/** A series counts from its first issue, whatever the year: 40 issues by October, or 40 since it began (A38). */
export function issuesOf(series: readonly LocalDate[], at: LocalDate): { ever: number; thisYear: number } {
  const out = series.filter((day) => day <= at)
  return { ever: out.length, thisYear: out.filter((day) => day.slice(0, 4) === at.slice(0, 4)).length }
}

/** 覆盖 and 入户: gone to, and of these entered. 锁门, 停业 were gone to with a reason and never count as checked (A39). */
export function covered(outcomes: readonly string[]): { covered: number; entered: number } {
  return { covered: outcomes.length, entered: outcomes.filter((outcome) => outcome === 'CHECKED').length }
}

/** Rounds: every place every round. “两轮全面” is true only when nothing is missing (A22). */
export function rounds(places: number, done: readonly number[]): { of: number; done: number; complete: boolean; perRound: readonly string[] } {
  const sum = done.reduce((n, one) => n + one, 0)
  return { of: places * done.length, done: sum, complete: places > 0 && done.every((one) => one === places), perRound: done.map((one) => `${one}/${places}`) }
}

/** Self-check: 不适用 leaves the base, unanswered is not passed (A19). */
export function complianceOf(answers: readonly ('COMPLIES' | 'FIXED' | 'FAILS' | 'NOT_APPLICABLE' | null)[]): { passed: number; base: number } {
  const applies = answers.filter((answer) => answer !== 'NOT_APPLICABLE')
  return { passed: applies.filter((answer) => answer === 'COMPLIES' || answer === 'FIXED').length, base: applies.length }
}

/** Members of grids against “at least so many each” (A5); the rest are reserves. */
export function staffing(members: readonly number[], least: number): { short: number; over: number } {
  return { short: members.filter((n) => n < least).length, over: members.reduce((n, one) => n + one, 0) - members.length * least }
}

/** An average offered beside two counts, half-up; — where there is nothing to divide by (A6, A12, A15, A31). */
export const average = (n: number, d: number, digits = 1): string => (d === 0 ? NO_BASE : (Math.floor((n * 10 ** digits * 2 + d) / (2 * d)) / 10 ** digits).toFixed(digits))

/** Parts must add to the whole on the same page (A4). */
export const addsUp = (whole: number, parts: readonly number[]): boolean => parts.reduce((n, part) => n + part, 0) === whole

/** Counts that would print as this rate: a rate with few decimals fits many, a good one only one (A2, A3). */
export function countsPrinting(text: string, base: number, digits: number): number[] {
  const about = Math.round((Number.parseFloat(text) * base) / 100)
  const near = Math.ceil(base / 10 ** (digits + 2)) + 2
  return Array.from({ length: near * 2 + 1 }, (_, i) => about - near + i).filter((n) => n >= 0 && rate(n, base, digits) === text)
}

/** “全部整改完毕” may be said only when nothing is open; otherwise how many are (A37). */
export const openLeft = (found: number, closed: number): number => found - closed

/** A day after the last one of a period, for counting both ends (A23). */
export const lengthInDays = (from: LocalDate, to: LocalDate): number => daysBetween(from, to) + 1

/** A reference number as people type it, with or without spaces and with half-width brackets; printed without (A35). Null when it is none. */
export function referenceNumber(text: string): string | null {
  const found = /^(.+?)\s*[〔[［(（](\d{4})[〕\]］)）]\s*(\d{1,5})\s*号$/.exec(text.normalize('NFC').trim())
  return found ? `${found[1]}〔${found[2]}〕${Number(found[3])}号` : null
}

/** The official figure wins; what the boundary computes to stands beside it (A34). */
export const areaText = (official: number | null, computed: number): string =>
  official === null ? `${computed.toFixed(2)}平方公里（按边界计算）` : `${official.toFixed(2)}平方公里（按边界计算${computed.toFixed(2)}，相差${Math.abs(official - computed).toFixed(2)}）`
