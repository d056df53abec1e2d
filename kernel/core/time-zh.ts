/** How dates are written for people (look.md) and read from what people type into sheets. Never ISO on a screen. */
import { daysBetween, endOfLocalDay, fromDayNumber, isLocalDate, localDate, localTime, toMs } from './time.ts'
import type { Instant, LocalDate } from './time.ts'

/** `2026年3月5日`. */
export function zhDate(date: LocalDate): string {
  return `${date.slice(0, 4)}年${monthDay(date)}`
}

/** `2026年3月5日 21:40`. */
export function zhDateTime(at: Instant): string {
  return `${zhDate(localDate(at))} ${localTime(at)}`
}

/** `03-05 21:40`, for tables and time lines inside one year. */
export function shortDateTime(at: Instant): string {
  return `${localDate(at).slice(5)} ${localTime(at)}`
}

/** `今天 21:40`, `昨天 21:40`, `明天 09:00`; else `03-05 21:40` within the year of now and `2025年12月30日 21:40` outside it. */
export function zhMoment(at: Instant, now: Instant): string {
  const day = localDate(at)
  const word = DAY_WORDS.get(daysBetween(localDate(now), day))
  if (word) return `${word} ${localTime(at)}`
  return day.slice(0, 4) === localDate(now).slice(0, 4) ? shortDateTime(at) : zhDateTime(at)
}

/** `今天`, `昨天`, `明天`; else `3月5日` within the year of now and `2025年12月30日` outside it. */
export function zhDay(date: LocalDate, now: Instant): string {
  const today = localDate(now)
  return DAY_WORDS.get(daysBetween(today, date)) ?? (date.slice(0, 4) === today.slice(0, 4) ? monthDay(date) : zhDate(date))
}

/** A due instant as law writes it: midnight belongs to the day that ends, `3月8日 24:00`; with the year when it is not now's. */
export function zhDue(due: Instant, now: Instant): string {
  const day = lastDayOf(due)
  const time = isEndOfDay(due) ? '24:00' : localTime(due)
  return `${day.slice(0, 4) === localDate(now).slice(0, 4) ? monthDay(day) : zhDate(day)} ${time}`
}

/**
 * How much is left, in a few characters: `剩3天`, `今天到期`, `剩5小时`, `剩25分钟`, `逾期2天`, `逾期3小时`.
 * Days are calendar days of Shanghai, not multiples of 24 h: with a due day of 8 March it is `逾期1天` on all of 9 March.
 */
export function zhLeft(due: Instant, now: Instant): string {
  const left = toMs(due) - toMs(now)
  const days = daysBetween(localDate(now), lastDayOf(due))
  if (days > 0) return `剩${days}天`
  if (days < 0) return `逾期${-days}天`
  if (left > 0 && isEndOfDay(due)) return '今天到期'
  return left > 0 ? `剩${hours(left)}` : `逾期${hours(-left)}`
}

/**
 * Reads a date as it stands in a sheet: `2026/3/5`, `2026.3.5`, `2026-03-05`, `2026年3月5日`, `20260305`, full-width digits,
 * a time behind it (dropped), an Excel serial (46086); digits may come as number or text. Null when it is none of these, when the
 * day does not exist, or when the year has two digits: a guess here would become a legal date.
 */
export function parseDate(input: string | number): LocalDate | null {
  const text = String(input).normalize('NFKC').trim()
  if (/^\d{5}(?:\.\d+)?$/.test(text)) return fromExcelSerial(Number(text))
  const m = SEPARATED.exec(text) ?? CHINESE.exec(text) ?? COMPACT.exec(text)
  if (!m) return null
  const date = `${m[1]}-${(m[2] ?? '').padStart(2, '0')}-${(m[3] ?? '').padStart(2, '0')}`
  return isLocalDate(date) ? date : null
}

const DAY_WORDS = new Map([[-1, '昨天'], [0, '今天'], [1, '明天']])
const TIME_TAIL = '(?:[ T日号]*\\d{1,2}[:时点].*)?$'
const SEPARATED = new RegExp(`^(\\d{4})\\s*[-/.]\\s*(\\d{1,2})\\s*[-/.]\\s*(\\d{1,2})${TIME_TAIL}`)
const CHINESE = new RegExp(`^(\\d{4})\\s*年\\s*(\\d{1,2})\\s*月\\s*(\\d{1,2})\\s*[日号]${TIME_TAIL}`)
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/

/** Day 1 is 1900-01-01 and Excel believes in 1900-02-29, so the offset holds from serial 61 on. Bounds: 1954–2119. */
function fromExcelSerial(serial: number): LocalDate | null {
  return serial >= 20_000 && serial < 80_000 ? fromDayNumber(Math.floor(serial) - 25_569) : null
}

function monthDay(date: LocalDate): string {
  return `${Number(date.slice(5, 7))}月${Number(date.slice(8, 10))}日`
}

function isEndOfDay(due: Instant): boolean {
  return endOfLocalDay(lastDayOf(due)).getTime() === toMs(due)
}

/** The last day on which the act is still in time; for a due instant of 00:00 that is the day before. */
export function lastDayOf(due: Instant): LocalDate {
  return localDate(toMs(due) - 1)
}

function hours(ms: number): string {
  const minutes = Math.max(1, Math.floor(ms / 60_000))
  return minutes >= 60 ? `${Math.floor(minutes / 60)}小时` : `${minutes}分钟`
}
