/**
 * Days and minutes of the business zone (Asia/Shanghai, UTC+8 without summer time since 1992) as plain numbers.
 * A "day" is the count of local dates since 1970-01-01; an instant is milliseconds since the epoch.
 */
const HOUR = 3_600_000
const ZONE = 8 * HOUR

export const MINUTE = 60_000
export const DAY = 24 * HOUR

/** Local date number of an instant. */
export const dayOf = (instant: number): number => Math.floor((instant + ZONE) / DAY)

/** Instant of a local date and a minute of that date; 1440 and more run on into the next date. */
export const instantAt = (day: number, minute: number): number => day * DAY - ZONE + minute * MINUTE

/** Minute of the local date, 0..1439. */
export const minuteOf = (instant: number): number => Math.floor((instant + ZONE - dayOf(instant) * DAY) / MINUTE)

const dates = new Map<number, string>()

/** "2026-03-05" of a date number. Kept: a history asks for the same few hundred days a million times. */
export function dateText(day: number): string {
  let text = dates.get(day)
  if (text === undefined) {
    text = new Date(day * DAY).toISOString().slice(0, 10)
    dates.set(day, text)
  }
  return text
}

/** "2026-03-05T13:40:00.000Z" of an instant. */
export const instantText = (instant: number): string => new Date(instant).toISOString()

/** 0 Sunday … 6 Saturday. 1970-01-01 was a Thursday. */
export const weekdayOf = (day: number): number => (((day + 4) % 7) + 7) % 7

/** Saturday or Sunday. Public holidays and 调休 are the deadline calendar's affair, not the seeds'. */
export const isWeekend = (day: number): boolean => weekdayOf(day) === 0 || weekdayOf(day) === 6

/** End of a calendar-day deadline: 24:00 of the n-th day after the day of the act (day 0). */
export const dueAfter = (instant: number, days: number): number => instantAt(dayOf(instant) + days + 1, 0)

/** Last day of a deadline given as the instant at which it has passed (24:00). */
export const lastDayText = (dueAt: number): string => dateText(dayOf(dueAt - 1))

/**
 * Date an act belongs to: what begins between 18:00 and 05:59 belongs to the evening on which the shift began,
 * so 00:30 counts to the previous date.
 */
export const businessDayOf = (instant: number): number => (minuteOf(instant) < 360 ? dayOf(instant) - 1 : dayOf(instant))

/** Parses an instant given in ISO form. */
export function instantFrom(text: string): number {
  const instant = Date.parse(text)
  if (Number.isNaN(instant)) throw new RangeError(`not an instant: ${text}`)
  return instant
}
