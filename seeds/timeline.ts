import { isWorkday } from '../kernel/core/deadline.ts'
import { stateHolidays } from '../kernel/core/holidays.ts'
import { dateText, DAY, dayOf, instantAt, instantText, MINUTE, minuteOf } from './calendar.ts'
import type { ActorRef, Step, StepData, Transition } from './history-types.ts'
import type { Random } from './random.ts'

export const HOUR = 60 * MINUTE

const worked = new Map<number, boolean>()

/** Is a local date a working day by the State Council's calendar? */
export function isWorked(day: number): boolean {
  let known = worked.get(day)
  if (known === undefined) {
    known = isWorkday(dateText(day), stateHolidays)
    worked.set(day, known)
  }
  return known
}

/** The first office hour (09:00–17:30 of a working day) not before an instant. */
export function officeHour(random: Random, from: number): number {
  const minute = minuteOf(from)
  const day = dayOf(from)
  if (isWorked(day) && minute < 1050) return minute >= 540 ? from : instantAt(day, 540 + random.int(0, 90))
  let next = day + 1
  while (!isWorked(next)) next++
  return instantAt(next, 540 + random.int(0, 90))
}

/** The last office hour not after an instant; for counting backwards from `now`. */
export function officeHourBefore(random: Random, to: number): number {
  const minute = minuteOf(to)
  const day = dayOf(to)
  if (isWorked(day) && minute > 545) return minute <= 1050 ? to : instantAt(day, 1050 - random.int(0, 120))
  let last = day - 1
  while (!isWorked(last)) last--
  return instantAt(last, 1050 - random.int(0, 120))
}

/** An hour at which people are awake: instants before 08:00 move back to the evening before. */
export function awake(random: Random, at: number): number {
  return minuteOf(at) < 480 ? instantAt(dayOf(at) - 1, random.int(1020, 1200)) : at
}

/** The same hour, or the morning after when it falls between midnight and 08:00: what enterprises do by themselves. */
export function byDay(random: Random, at: number): number {
  return minuteOf(at) < 480 ? instantAt(dayOf(at), 480 + random.int(0, 150)) : at
}

/** The steps of one hazard; each comes at least a minute after the one before. */
export class Timeline {
  readonly steps: Step[] = []
  #last: number

  constructor(from: number) {
    this.#last = from
  }

  /** Instant of the latest step. */
  get last(): number {
    return this.#last
  }

  add(transition: Transition, at: number, by: readonly ActorRef[], role: Step['role'], data?: StepData): this {
    this.#last = Math.max(Math.floor(at / 1000) * 1000, this.#last + MINUTE)
    const step = { transition, at: instantText(this.#last), by, role }
    this.steps.push(data ? { ...step, data } : step)
    return this
  }
}

/** Whole days between a deadline and now; null while the deadline has not passed. */
export const overdueDays = (dueAt: number, now: number): number | null => (dueAt <= now ? Math.floor((now - dueAt) / DAY) : null)
