import type { ChecklistItem } from '../capabilities/checklist/checklist.ts'
import type { HazardState, Level } from '../capabilities/hazard/hazard.ts'
import type { VisitKind } from '../capabilities/visit/kinds.ts'
import { isInspection } from '../capabilities/visit/kinds.ts'
import { DAY, dayOf, dueAfter, instantAt, lastDayText, MINUTE } from './calendar.ts'
import type { Life } from './closed-fates.ts'
import { handOver, supervised } from './closed-fates.ts'
import type { Case } from './moves.ts'
import { accepted, assigned, bound, confirmed, confirmedMajor, failed, fixed, operatorRole, reinspectors, reported, submitted, verified } from './moves.ts'
import type { Random } from './random.ts'
import type { Timeline } from './timeline.ts'
import { awake, byDay, HOUR, isWorked, officeHour, officeHourBefore } from './timeline.ts'

/**
 * A hazard still open at `now`: which state it is to stand in, and for overdue ones how many days past the deadline.
 * Weights are shares of the open stock; at least one of each is always made.
 */
export interface OpenFate {
  readonly name: string
  readonly weight: number
  readonly state: HazardState
  readonly level: Level
  /** Step of the escalation ladder reached at `now` (E1–E5), 0 when not overdue. */
  readonly escalation: 0 | 1 | 2 | 3 | 4 | 5
  readonly kinds: readonly VisitKind[]
}

const papers: readonly VisitKind[] = ['ADMIN_DAILY', 'ADMIN_SPECIAL', 'ADMIN_CASE']
const soft: readonly VisitKind[] = ['PATROL', 'PATROL', 'PATROL', 'SELF_CHECK', 'GUIDANCE']
const both: readonly VisitKind[] = ['PATROL', 'PATROL', ...papers]

const row = (name: string, weight: number, state: HazardState, kinds: readonly VisitKind[], level: Level = 'GENERAL', escalation: OpenFate['escalation'] = 0): OpenFate =>
  ({ name, weight, state, kinds, level, escalation })

/** A draft lives on the finder's phone and not in the register: a few are made beside the counted hazards. */
export const draftFate: OpenFate = row('draft', 0, 'DRAFT', ['PATROL'])
export const DRAFT_COUNT = 3

/** Every other open state of domain §2.8 and every step of the ladder, for both levels. */
export const openFates: readonly OpenFate[] = [
  row('reported', 40, 'REPORTED', ['PATROL', 'SELF_CHECK']),
  row('reported late', 8, 'REPORTED', ['PATROL', 'SELF_CHECK']),
  row('confirmed', 44, 'CONFIRMED', both),
  row('recurring', 6, 'CONFIRMED', both),
  row('returned by transfer', 4, 'CONFIRMED', ['PATROL']),
  row('thawed', 4, 'CONFIRMED', ['ADMIN_DAILY', 'PATROL']),
  row('fixed on site', 46, 'FIXED_ON_SITE', both),
  row('ordered', 150, 'ORDERED', papers),
  row('rectifying', 200, 'RECTIFYING', papers),
  row('rectifying without paper', 180, 'RECTIFYING', soft),
  row('extended', 16, 'RECTIFYING', papers),
  row('second round', 24, 'RECTIFYING', papers),
  row('submitted', 120, 'SUBMITTED', both),
  row('reinspecting', 60, 'REINSPECTING', both),
  row('transferred', 24, 'TRANSFERRED', ['PATROL']),
  row('transferred without receipt', 6, 'TRANSFERRED', ['PATROL']),
  row('frozen', 24, 'FROZEN', ['ADMIN_DAILY', 'PATROL']),
  ...([14, 12, 10, 8, 6] as const).map((weight, i) => row(`overdue E${i + 1}`, weight, 'SUBMITTED', both, 'GENERAL', (i + 1) as 1 | 2 | 3 | 4 | 5)),
  row('major reported', 1, 'REPORTED', papers, 'MAJOR'),
  row('major confirmed', 1, 'CONFIRMED', papers, 'MAJOR'),
  row('major ordered', 4, 'ORDERED', papers, 'MAJOR'),
  row('major rectifying', 12, 'RECTIFYING', papers, 'MAJOR'),
  row('major submitted', 3, 'SUBMITTED', papers, 'MAJOR'),
  row('major reinspecting', 2, 'REINSPECTING', papers, 'MAJOR'),
  ...([2, 2, 2, 1.5, 1.5] as const).map((weight, i) => row(`major overdue E${i + 1}`, weight, 'SUBMITTED', papers, 'MAJOR', (i + 1) as 1 | 2 | 3 | 4 | 5)),
]

/** Days past the deadline at which each step of the ladder stands, from and to; domain §2.8. */
const ladder: Readonly<Record<Level, readonly (readonly [number, number])[]>> = {
  GENERAL: [[1, 2], [3, 6], [7, 14], [15, 29], [30, 48]],
  MAJOR: [[0, 0], [1, 1], [2, 4], [5, 9], [10, 16]],
}

/** How many of each fate make `total` open hazards: by weight, the largest remainders up, at least one each. */
export function openCounts(total: number): number[] {
  if (total < openFates.length) throw new RangeError(`${total} open hazards cannot show ${openFates.length} situations`)
  const weight = openFates.reduce((sum, f) => sum + f.weight, 0)
  const spare = total - openFates.length
  const exact = openFates.map((f) => (spare * f.weight) / weight)
  const counts = exact.map((n) => 1 + Math.floor(n))
  const left = total - counts.reduce((a, b) => a + b)
  const byRest = exact.map((n, i) => ({ i, rest: n - Math.floor(n) })).sort((a, b) => b.rest - a.rest || a.i - b.i)
  for (const { i } of byRest.slice(0, left)) (counts[i] as number)++
  return counts
}

/** Dates of an open hazard, counted back from `now` so that it stands where it should. */
export interface OpenDates {
  /** Arrival of the visit that found it. */
  readonly at: number
  /** Days of the deadline. */
  readonly days: number
  /** Instant of the last step but the opening ones, where the fate has one. */
  readonly turn: number
}

/** Draws the dates of a fate; an inspection is looked for on a working day, as far as the fate leaves a choice. */
export function openDates(fate: OpenFate, kind: VisitKind, random: Random, now: number): OpenDates {
  let dates = datesOf(fate, random, now)
  for (let attempt = 0; attempt < 60 && isInspection(kind) && !isWorked(dayOf(dates.at)); attempt++) dates = datesOf(fate, random, now)
  return dates
}

function datesOf(fate: OpenFate, random: Random, now: number): OpenDates {
  const ago = (from: number, to: number) => now - random.between(from, to) * HOUR
  const daysAgo = (count: number) => instantAt(dayOf(now) - count, random.int(545, 1010))
  const major = fate.level === 'MAJOR'
  if (fate.escalation > 0) {
    const [from, to] = ladder[fate.level][fate.escalation - 1] as readonly [number, number]
    const days = major ? random.int(30, 45) : random.pick([3, 5, 7, 10, 15])
    return { at: daysAgo(random.int(from, to) + 1 + days), days, turn: 0 }
  }
  const turn = awake(random, ago(2, fate.state === 'REINSPECTING' ? 60 : 96))
  switch (fate.name) {
    case 'draft': case 'confirmed': case 'fixed on site':
      return { at: awake(random, ago(1.5, 20)), days: 3, turn }
    case 'reported': case 'major reported':
      return { at: awake(random, ago(0.8, major ? 1.8 : 16)), days: 3, turn }
    case 'major confirmed':
      return { at: awake(random, ago(2, 4)), days: 45, turn }
    case 'reported late':
      return { at: daysAgo(random.int(4, 7)), days: 3, turn }
    case 'ordered': case 'major ordered':
      return { at: awake(random, ago(3, random.chance(0.6) ? 30 : 110)), days: major ? 45 : random.pick([7, 15]), turn }
    case 'rectifying': case 'rectifying without paper': case 'major rectifying':
      return runningDates(fate, random, daysAgo)
    case 'extended':
      return { at: daysAgo(random.int(8, 22)), days: 15, turn }
    case 'second round': {
      const failedAt = officeHourBefore(random, ago(20, 100))
      return { at: instantAt(dayOf(failedAt) - 17, random.int(545, 1010)), days: 15, turn: failedAt }
    }
    case 'submitted': case 'reinspecting': case 'major submitted': case 'major reinspecting':
      return { at: instantAt(dayOf(turn) - random.int(1, 7) - (major ? 20 : 0), random.int(545, 1010)), days: major ? 45 : 15, turn }
    case 'recurring': case 'returned by transfer':
      return { at: daysAgo(random.int(20, 80)), days: 3, turn: officeHourBefore(random, ago(3, 30)) }
    case 'transferred':
      return { at: daysAgo(2), days: 3, turn }
    case 'transferred without receipt':
      return { at: daysAgo(random.int(8, 14)), days: 3, turn }
    default:
      return { at: daysAgo(random.int(50, 220)), days: 15, turn: officeHourBefore(random, ago(5, 60)) }
  }
}

function runningDates(fate: OpenFate, random: Random, daysAgo: (count: number) => number): OpenDates {
  const days = fate.level === 'MAJOR' ? random.pick([30, 45, 60]) : isInspection(fate.kinds[0] as VisitKind) ? random.pick([7, 15, 30]) : random.pick([3, 7, 15])
  return { at: daysAgo(random.int(2, days)), days, turn: 0 }
}

/** Lives an open hazard up to `now`. */
export function openLife(fate: OpenFate, dates: OpenDates, c: Case, item: ChecklistItem): Life {
  const life = fate.level === 'MAJOR' ? majorLife(fate, dates, c, item) : generalLife(fate, dates, c, item)
  return { endState: fate.state, dueAt: null, reinspections: [], ...life }
}

type Made = Pick<Life, 'line'> & Partial<Life>

function generalLife(fate: OpenFate, { days, turn }: OpenDates, c: Case, item: ChecklistItem): Made {
  switch (fate.name) {
    case 'draft':
      return { line: reportedNever(c) }
    case 'reported': case 'reported late':
      return { line: reported(c) }
    case 'confirmed':
      return { line: confirmed(c, true) }
    case 'fixed on site':
      return { line: fixed(c) }
    case 'recurring':
      return { line: verified(c, fixed(c)).add('T17', turn, [c.pair[0]], 'INSPECTOR', { reason: '同一部位同一问题再次出现', photos: 1 }) }
    case 'transferred': case 'transferred without receipt': {
      const line = confirmed(c, true)
      handOver(c, line, item)
      return { line }
    }
    case 'returned by transfer': {
      const line = confirmed(c, true)
      handOver(c, line, item)
      return { line: line.add('T14', turn, [c.crew.lead(c.random, c.pair)], 'TEAM_LEAD', { result: '退回', reason: '经核查属应急管理部门职权' }) }
    }
    case 'frozen': case 'thawed':
      return frozen(fate, turn, c)
    default:
      return inHand(fate, days, turn, c, item.severity === 'STOP_USE')
  }
}

/** A draft has no transition yet: the empty path begins at the visit. */
function reportedNever(c: Case): Timeline {
  const line = reported(c)
  line.steps.length = 0
  return line
}

/** T15 after the plant stopped for long; T16 by the clock when it starts again. */
function frozen(fate: OpenFate, turn: number, c: Case): Made {
  const line = confirmed(c, true)
  line.add('T15', officeHour(c.random, line.last + c.random.between(30, 90) * HOUR), [c.crew.lead(c.random, c.pair)], 'TEAM_LEAD', { reason: '企业停产搬离，现场无人作业', photos: 1 })
  return { line: fate.name === 'thawed' ? line.add('T16', turn, ['system'], 'SYSTEM', { reason: '企业恢复生产' }) : line }
}

/** Bound by an order or without one, and left at the wanted place of the way. */
function inHand(fate: OpenFate, days: number, turn: number, c: Case, stop: boolean): Made {
  const line = confirmed(c, true)
  const boundAt = line.last + c.random.int(10, 40) * MINUTE
  const dueAt = dueAfter(boundAt, days)
  bound(c, line, dueAt, stop, boundAt)
  if (fate.state === 'ORDERED') return { line, dueAt }
  accepted(c, line, boundAt + c.random.between(0.5, 5) * HOUR, 'GENERAL')
  if (fate.name === 'extended') return extended(c, line, dueAt)
  if (fate.name === 'second round') return secondRound(c, line, dueAt, turn)
  if (fate.state === 'RECTIFYING') return { line, dueAt }
  submitted(c, line, fate.escalation > 0 ? dueAt : Math.min(turn, dueAt - MINUTE), dueAt, 'GENERAL')
  if (fate.state === 'REINSPECTING') sendOut(c, line, line.last + HOUR, reinspectors(c, 'GENERAL', c.now))
  return { line, dueAt }
}

/** T10 by the lead of the officers. */
const sendOut = (c: Case, line: Timeline, at: number, officers: readonly [string, string]): Timeline =>
  assigned(line, at, officers, c.crew.lead(c.random, officers))

/** T8, asked ten days before the deadline at the latest. */
function extended(c: Case, line: Timeline, dueAt: number): Made {
  const newDue = dueAt + 15 * DAY
  const at = byDay(c.random, line.last + c.random.between(4, 60) * HOUR)
  line.add('T8', Math.min(at, dueAt - 10 * DAY - HOUR), [c.index.operatorOf(c.site)], operatorRole(c), {
    reason: '定制配件到货推迟', approvedBy: c.crew.lead(c.random, c.pair), dueOn: lastDayText(newDue),
  })
  return { line, dueAt: newDue }
}

function secondRound(c: Case, line: Timeline, dueAt: number, failedAt: number): Made {
  const officers = reinspectors(c, 'GENERAL', failedAt)
  submitted(c, line, dueAt - c.random.between(2, 40) * HOUR, dueAt, 'GENERAL')
  sendOut(c, line, Math.min(line.last + 20 * HOUR, failedAt - HOUR), officers)
  const newDue = dueAfter(failedAt, 15)
  failed(line, failedAt, officers, newDue)
  return { line, dueAt: newDue, reinspections: [{ at: failedAt, officers, passed: false }] }
}

function majorLife(fate: OpenFate, { days, turn }: OpenDates, c: Case, item: ChecklistItem): Made {
  if (fate.state === 'REPORTED') return { line: reported(c) }
  const line = confirmedMajor(c, item.majorClauseIds[0] ?? '')
  const confirmedAt = line.last
  if (fate.state === 'CONFIRMED') return { line }
  const dueAt = dueAfter(confirmedAt, days)
  bound(c, line, dueAt, true)
  if (fate.state === 'ORDERED') return { line, dueAt }
  accepted(c, line, byDay(c.random, line.last + c.random.between(14, 26) * HOUR), 'MAJOR')
  const supervision = supervised(c, confirmedAt, null)
  if (fate.state === 'RECTIFYING') return { line, dueAt, supervision }
  submitted(c, line, fate.escalation > 0 ? dueAt : turn, dueAt, 'MAJOR')
  if (fate.state === 'REINSPECTING') sendOut(c, line, line.last + HOUR, reinspectors(c, 'MAJOR', c.now))
  return { line, dueAt, supervision }
}
