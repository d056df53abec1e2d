/**
 * Legal time limits. 行政处罚法 §85 counts 二/三/五/七日 in working days; 行政强制法 §69 counts limits of ten days or less in
 * working days; the 30 days of a sealing are calendar days; safety timers run in hours. The day of the act is day 0.
 */
import { addDays, dayNumber, endOfLocalDay, localDate, toMs, weekday } from './time.ts'
import type { Instant, LocalDate } from './time.ts'

/** One year of State Council arrangements: free days that fall on Monday–Friday or are public holidays, and made-up working days. */
export type HolidayYear = { offDays: readonly LocalDate[]; workDays: readonly LocalDate[] }
/** Keyed by the four-digit year in which the *day* falls. An absent year means: not announced, or not entered. */
export type HolidayTable = { years: Readonly<Record<string, HolidayYear>> }

/**
 * A limit as law or a setting states it. `legal`: a limit of a legal paper, whose last day moves to the next working day when
 * it is not one; a safety timer (`legal: false`) never moves. Hours run from the instant itself and never move.
 */
export type Deadline = { unit: 'calendar' | 'workday' | 'hour'; n: number; startRule: 'nextDay'; legal: boolean }

/** `calendar.no_year:2027`: days of that year were taken as Monday–Friday; the date must be shown as provisional. */
export type CalendarWarning = `calendar.no_year:${string}`

export type Due = {
  /** First instant that is too late (24:00 of the last day, or the exact hour). */
  due: Date
  lastDay: LocalDate
  /** The last day before it moved off a holiday; null when it did not move. */
  movedFrom: LocalDate | null
  warnings: CalendarWarning[]
}

/**
 * When a limit ends that begins with an act at `start`. `n = 0` in days ends at 24:00 of the same day.
 * @throws RangeError when n is negative or no integer
 */
export function dueOf(start: Instant, limit: Deadline, table: HolidayTable): Due {
  if (!Number.isInteger(limit.n) || limit.n < 0) throw new RangeError(`deadline of ${limit.n} ${limit.unit}`)
  if (limit.unit === 'hour') {
    const due = new Date(toMs(start) + limit.n * 3_600_000)
    return { due, lastDay: localDate(due.getTime() - 1), movedFrom: null, warnings: [] }
  }
  return dueOfDay(localDate(start), limit, table)
}

/** As {@link dueOf}, from a date: for limits that begin with a date on a paper rather than with an instant. Hours are refused. */
export function dueOfDay(day0: LocalDate, limit: Deadline, table: HolidayTable): Due {
  if (limit.unit === 'hour') throw new RangeError('hours need an instant to begin with')
  const counted = limit.unit === 'workday' ? addWorkdays(day0, limit.n, table) : { date: addDays(day0, limit.n), warnings: [] }
  const moved = limit.legal ? nextWorkday(counted.date, table) : { date: counted.date, warnings: [] }
  return {
    due: endOfLocalDay(moved.date),
    lastDay: moved.date,
    movedFrom: moved.date === counted.date ? null : counted.date,
    warnings: merge(counted.warnings, moved.warnings),
  }
}

/** Whether a day is worked. Without data for its year: Monday–Friday; ask {@link warningFor} whether that was a guess. */
export function isWorkday(date: LocalDate, table: HolidayTable): boolean {
  const year = table.years[date.slice(0, 4)]
  if (year?.workDays.includes(date)) return true
  if (year?.offDays.includes(date)) return false
  return weekday(date) <= 5
}

/** The warning that any answer about this day must carry; null when its year is in the table. */
export function warningFor(date: LocalDate, table: HolidayTable): CalendarWarning | null {
  const year = date.slice(0, 4)
  return table.years[year] ? null : `calendar.no_year:${year}`
}

/**
 * The n-th working day after `date` (before it, when n is negative; "seven working days before the hearing"). The day itself is
 * never counted; n = 0 gives it back, working day or not.
 */
export function addWorkdays(date: LocalDate, n: number, table: HolidayTable): { date: LocalDate; warnings: CalendarWarning[] } {
  const step = Math.sign(n)
  const seen = new Set<CalendarWarning>()
  let day = date
  for (let left = Math.abs(n); left > 0; ) {
    day = addDays(day, step)
    note(seen, day, table)
    if (isWorkday(day, table)) left -= 1
  }
  return { date: day, warnings: [...seen] }
}

/** Working days after `from` up to and including `to`; negative backwards. Inverse of {@link addWorkdays}. */
export function workdaysBetween(from: LocalDate, to: LocalDate, table: HolidayTable): { count: number; warnings: CalendarWarning[] } {
  const step = Math.sign(dayNumber(to) - dayNumber(from))
  const seen = new Set<CalendarWarning>()
  let count = 0
  for (let day = from; day !== to; ) {
    day = addDays(day, step)
    note(seen, day, table)
    if (isWorkday(day, table)) count += 1
  }
  return { count: count === 0 ? 0 : count * step, warnings: [...seen] }
}

/** The day itself when worked, else the first working day after it. */
export function nextWorkday(date: LocalDate, table: HolidayTable): { date: LocalDate; warnings: CalendarWarning[] } {
  const seen = new Set<CalendarWarning>()
  let day = date
  note(seen, day, table)
  while (!isWorkday(day, table)) {
    day = addDays(day, 1)
    note(seen, day, table)
  }
  return { date: day, warnings: [...seen] }
}

function note(seen: Set<CalendarWarning>, day: LocalDate, table: HolidayTable): void {
  const warning = warningFor(day, table)
  if (warning) seen.add(warning)
}

function merge(a: CalendarWarning[], b: CalendarWarning[]): CalendarWarning[] {
  return [...new Set([...a, ...b])]
}
