import { addDays, dayNumber, type LocalDate, weekday } from '../../kernel/core/time.ts'

/**
 * The 5+2 rota of a grid (domain §11): on working days every officer, on free days at least one; nobody works more than six
 * days on end, so each has a rest day in any seven (劳动法§38). The plain rule "alternate Saturday and Sunday by week" breaks
 * that for two officers (Sunday, Monday–Friday, Saturday are seven), so the generator gives a rest on a working day back.
 */
export interface Officer {
  personId: string
  from: LocalDate
  /** Last day included; null: open. */
  to: LocalDate | null
}

export interface Duty {
  day: LocalDate
  personId: string
}

export interface RotaInput {
  officers: readonly Officer[]
  from: LocalDate
  /** Last day included. */
  to: LocalDate
  isWorkday: (day: LocalDate) => boolean
  /** Duties of the days before `from`, so that a run and the turn of free days go on across the seam; two weeks are enough. */
  before: readonly Duty[]
}

/** Longest run of days without rest. */
export const MAX_RUN = 6

/** From `from` to `to`, both included. @throws RangeError when `to` lies before `from` by more than a day */
export function daysOf(from: LocalDate, to: LocalDate): LocalDate[] {
  return Array.from({ length: dayNumber(to) - dayNumber(from) + 1 }, (_, i) => addDays(from, i))
}

const inForce = (officer: Officer, day: LocalDate): boolean => officer.from <= day && (officer.to === null || officer.to >= day)

type Worked = Map<string, Set<LocalDate>>

/** A rota that keeps the rest rule without exception; a day that then has nobody is left open for {@link refuseRota} to name. */
export function makeRota(input: RotaInput): Duty[] {
  const worked: Worked = new Map(input.officers.map((officer) => [officer.personId, new Set<LocalDate>()]))
  for (const { personId, day } of input.before) if (day < input.from) worked.get(personId)?.add(day)
  const days = daysOf(input.from, input.to)
  for (const day of days) {
    const present = input.officers.filter((officer) => inForce(officer, day))
    const on = input.isWorkday(day) ? present : [...present].sort(byTurn(worked, day, input.isWorkday)).slice(0, 1)
    for (const officer of on) worked.get(officer.personId)?.add(day)
  }
  for (const officer of input.officers) giveRest(officer.personId, worked, input)
  return days.flatMap((day) => input.officers.filter((officer) => worked.get(officer.personId)?.has(day)).map(({ personId }) => ({ day, personId })))
}

/** Whose turn a free day is: fewest free days so far, then fewest of this weekday, then the longest ago, then a fixed order. */
function byTurn(worked: Worked, day: LocalDate, isWorkday: (day: LocalDate) => boolean): (a: Officer, b: Officer) => number {
  const kind = weekday(day)
  const score = (officer: Officer) => {
    const free = [...(worked.get(officer.personId) ?? [])].filter((d) => !isWorkday(d)).sort()
    return [free.length, free.filter((d) => weekday(d) === kind).length, dayNumber(free.at(-1) ?? '1970-01-01')]
  }
  return (a, b) => {
    const [x, y] = [score(a), score(b)]
    const differs = x.findIndex((value, i) => value !== y[i])
    return differs >= 0 ? (x[differs] ?? 0) - (y[differs] ?? 0) : a.personId < b.personId ? -1 : 1
  }
}

/** Breaks every run of seven: a working day in its middle with another officer on duty is best; days before `from` are past. */
function giveRest(personId: string, worked: Worked, input: RotaInput): void {
  const mine = worked.get(personId) ?? new Set<LocalDate>()
  for (let run = longRun(mine); run; run = longRun(mine)) {
    const open = run.filter((day) => day >= input.from)
    const others = (day: LocalDate) => [...worked].filter(([id, days]) => id !== personId && days.has(day)).length
    const middle = (day: LocalDate) => Math.abs(run.indexOf(day) - 3)
    const best = [...open].sort((a, b) => Math.sign(others(b)) - Math.sign(others(a)) || Number(input.isWorkday(b)) - Number(input.isWorkday(a)) || middle(a) - middle(b))[0]
    if (best === undefined) return
    mine.delete(best)
  }
}

/** The first seven days of the earliest run longer than six; undefined when there is none. */
function longRun(days: ReadonlySet<LocalDate>): LocalDate[] | undefined {
  for (const day of [...days].sort()) {
    const run = daysOf(day, addDays(day, MAX_RUN))
    if (run.every((d) => days.has(d))) return run
  }
  return undefined
}

export type RotaProblem =
  | { code: 'district.rota_uncovered'; day: LocalDate }
  | { code: 'district.rota_no_rest'; personId: string; from: LocalDate; to: LocalDate }
  | { code: 'district.rota_not_member'; personId: string; day: LocalDate }

/** What is wrong with a rota over `from`–`to`: days with nobody, runs without rest (counting the days before), people who are no officers that day. */
export function rotaProblems(input: RotaInput & { duties: readonly Duty[] }): RotaProblem[] {
  const { duties, officers } = input
  const problems: RotaProblem[] = daysOf(input.from, input.to).filter((day) => !duties.some((d) => d.day === day)).map((day) => ({ code: 'district.rota_uncovered', day }))
  for (const { personId, day } of duties) {
    if (!officers.some((officer) => officer.personId === personId && inForce(officer, day))) problems.push({ code: 'district.rota_not_member', personId, day })
  }
  for (const personId of new Set(duties.map((d) => d.personId))) {
    const days = new Set([...input.before, ...duties].filter((d) => d.personId === personId).map((d) => d.day))
    const run = longRun(days)
    if (run?.some((day) => day >= input.from)) problems.push({ code: 'district.rota_no_rest', personId, from: run[0] ?? '', to: run.at(-1) ?? '' })
  }
  return problems
}

export interface Coverage {
  gridDays: number
  covered: number
  uncovered: { gridId: string; day: LocalDate }[]
}

/** 全勤 as cover per grid and day, never a person's score (S1-040): grid-days that have somebody, and those that have nobody. */
export function coverageOf(gridIds: readonly string[], from: LocalDate, to: LocalDate, duties: readonly { gridId: string; day: LocalDate }[]): Coverage {
  const held = new Set(duties.map((d) => `${d.gridId}|${d.day}`))
  const all = gridIds.flatMap((gridId) => daysOf(from, to).map((day) => ({ gridId, day })))
  const uncovered = all.filter(({ gridId, day }) => !held.has(`${gridId}|${day}`))
  return { gridDays: all.length, covered: all.length - uncovered.length, uncovered }
}
