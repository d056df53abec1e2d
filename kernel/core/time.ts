/**
 * Local dates and instants of Asia/Shanghai. The zone is UTC+8 without daylight saving since 1991-09, so it is plain
 * arithmetic; dates before that (birthdays) are handled as dates only and never become instants.
 */

/** `YYYY-MM-DD` in Asia/Shanghai. Compares and sorts as text. */
export type LocalDate = string
/** A Date, epoch milliseconds, or ISO text **with** `Z` or an offset; text without one would mean the machine's zone and is refused. */
export type Instant = Date | number | string

const HOUR = 3_600_000
const DAY = 24 * HOUR
const OFFSET = 8 * HOUR

/** Epoch milliseconds of an instant. @throws RangeError on an invalid date or on text without a zone */
export function toMs(instant: Instant): number {
  if (typeof instant === 'string' && !/T.*(?:Z|[+-]\d{2}:?\d{2})$/.test(instant)) throw new RangeError(`instant without a zone: ${instant}`)
  const ms = typeof instant === 'number' ? instant : new Date(instant).getTime()
  if (!Number.isFinite(ms)) throw new RangeError(`not an instant: ${String(instant)}`)
  return ms
}

/** Days since 1970-01-01 of a local date. @throws RangeError when the text is no day of the calendar (2026-02-29) */
export function dayNumber(date: LocalDate): number {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN
  const n = ms / DAY
  if (Number.isNaN(n) || fromDayNumber(n) !== date) throw new RangeError(`not a local date: ${date}`)
  return n
}

/** Inverse of {@link dayNumber}. */
export function fromDayNumber(n: number): LocalDate {
  return new Date(n * DAY).toISOString().slice(0, 10)
}

/** True for a real day written `YYYY-MM-DD`. */
export function isLocalDate(text: string): boolean {
  try {
    dayNumber(text)
    return true
  } catch {
    return false
  }
}

/** The calendar day in Shanghai on which an instant falls; 24:00 belongs to the next day. */
export function localDate(instant: Instant): LocalDate {
  return fromDayNumber(Math.floor((toMs(instant) + OFFSET) / DAY))
}

/** `HH:mm` in Shanghai. */
export function localTime(instant: Instant): string {
  return new Date(toMs(instant) + OFFSET).toISOString().slice(11, 16)
}

/**
 * The date to which a piece of work is counted. A night shift (18:00–05:59) belongs to the day on which it started, so an
 * act at 00:00–05:59 counts to the day before. domain.md §0.5; a check at 00:30 in a 20:00 action is one of yesterday's.
 */
export function businessDate(startedAt: Instant): LocalDate {
  return localDate(toMs(startedAt) - 6 * HOUR)
}

/** 00:00 of a local date. */
export function startOfLocalDay(date: LocalDate): Date {
  return new Date(dayNumber(date) * DAY - OFFSET)
}

/** 24:00 of a local date: the first instant that is too late. A deadline is kept while `now < endOfLocalDay(lastDay)`. */
export function endOfLocalDay(date: LocalDate): Date {
  return new Date((dayNumber(date) + 1) * DAY - OFFSET)
}

/** An instant from a local date and `HH:mm`; `24:00` is allowed. @throws RangeError on anything else */
export function instantOf(date: LocalDate, time: string): Date {
  const [, h, m] = /^(\d{2}):(\d{2})$/.exec(time) ?? []
  const minutes = Number(h) * 60 + Number(m)
  if (!(minutes <= 1440) || Number(m) > 59) throw new RangeError(`not a time of day: ${time}`)
  return new Date(startOfLocalDay(date).getTime() + minutes * 60_000)
}

/** Moves by whole days, negative allowed. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return fromDayNumber(dayNumber(date) + days)
}

/** `to − from` in days: 1 from today to tomorrow, negative backwards. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return dayNumber(to) - dayNumber(from)
}

/** 1 Monday … 7 Sunday (a Chinese week starts on Monday). */
export function weekday(date: LocalDate): number {
  return ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1
}
