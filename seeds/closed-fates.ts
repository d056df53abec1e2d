import type { ChecklistItem } from '../capabilities/checklist/checklist.ts'
import { DAY, dueAfter, instantText, lastDayText, MINUTE } from './calendar.ts'
import type { HazardState, Level } from '../capabilities/hazard/hazard.ts'
import type { Supervision } from './history-types.ts'
import { isInspection } from '../capabilities/visit/kinds.ts'
import type { Case } from './moves.ts'
import { personName } from './names.ts'
import { accepted, assigned, bound, closed, confirmed, confirmedMajor, failed, fixed, reinspectors, reported, soonInOffice, submitted, verified } from './moves.ts'
import { departments } from './phrases.data.ts'
import type { Timeline } from './timeline.ts'
import { byDay, HOUR, officeHour } from './timeline.ts'

/** How a hazard that is over came to its end. */
export type ClosedFate = 'FIX' | 'ROUTE' | 'VOID' | 'TRANSFER' | 'MAJOR' | 'REOPENED'

/** Dates that the findings of one visit share: one paper, one re-inspection. */
export interface Schedule {
  readonly dueAt: number
  readonly acceptAt: number
  readonly submitAt: number
  readonly assignAt: number
  readonly reinspectAt: number
  readonly officers: readonly [string, string]
  /** Team lead who names the officers. */
  readonly lead: string
  /** A first re-inspection that was not passed. */
  readonly again: { readonly dueAt: number; readonly submitAt: number; readonly assignAt: number; readonly reinspectAt: number } | null
  readonly endAt: number
}

/** What a fate makes of a finding. */
export interface Life {
  readonly line: Timeline
  readonly endState: HazardState
  readonly dueAt: number | null
  readonly reinspections: readonly { readonly at: number; readonly officers: readonly [string, string]; readonly passed: boolean }[]
  readonly supervision?: readonly Supervision[]
}

/** Draws the dates; 7 % let the deadline pass, 6 % fail the first time. Null when it could not be over by now. */
export function scheduleOf(c: Case, days: number, level: Level): Schedule | null {
  const { random } = c
  const from = c.at + HOUR
  const dueAt = dueAfter(from, days)
  const acceptAt = Math.min(byDay(random, from + random.between(0.5, 26) * HOUR), dueAt - 2 * HOUR)
  const submitAt = random.chance(0.07) ? dueAt : byDay(random, random.between(acceptAt + HOUR, dueAt - MINUTE))
  const officers = reinspectors(c, level, submitAt)
  const first = reinspectionAfter(c, submitAt)
  const again = random.chance(0.06) ? secondRound(c, first.reinspectAt, Math.min(days, 7)) : null
  const endAt = again?.reinspectAt ?? first.reinspectAt
  return endAt > c.now - HOUR ? null : { dueAt, acceptAt, submitAt, ...first, officers, lead: c.crew.lead(random, officers), again, endAt }
}

/** Within ten days of the application or of the expiry (R2). */
function reinspectionAfter(c: Case, submitAt: number): { assignAt: number; reinspectAt: number } {
  const assignAt = soonInOffice(c, submitAt, 20)
  const reinspectAt = Math.min(officeHour(c.random, assignAt + c.random.between(3, 90) * HOUR), submitAt + 10 * DAY)
  return { assignAt, reinspectAt: Math.max(reinspectAt, assignAt + HOUR) }
}

function secondRound(c: Case, failedAt: number, days: number): Schedule['again'] {
  const dueAt = dueAfter(failedAt, days)
  const submitAt = byDay(c.random, c.random.between(failedAt + 4 * HOUR, dueAt - MINUTE))
  return { dueAt, submitAt, ...reinspectionAfter(c, submitAt) }
}

/** Put right under the visitors' eyes: CLOSED through FIXED_ON_SITE, counted as 现场整改 (M08). */
export const fixedOnSite = (c: Case): Life => over(verified(c, fixed(c), c.now), 'CLOSED')

/** Reported by mistake: T3 with a reason. */
export const voided = (c: Case): Life => {
  const line = reported(c)
  const reason = c.random.pick(['重复上报', '现场复核不属于隐患', '误报'])
  return over(line.add('T3', Math.min(officeHour(c.random, line.last + HOUR), c.now - MINUTE), [c.pair[0]], 'INSPECTOR', { reason, photos: 1 }), 'VOID')
}

/** Another body's matter: T13, receipt T14 within three working days. */
export function transferred(c: Case, item: ChecklistItem): Life {
  const line = confirmed(c, false)
  handOver(c, line, item)
  const receiptAt = Math.min(officeHour(c.random, line.last + c.random.between(20, 70) * HOUR), c.now - MINUTE)
  return over(line.add('T14', receiptAt, [c.crew.lead(c.random, c.pair)], 'TEAM_LEAD', { result: '已受理并督促整改完毕' }), 'TRANSFER_CLOSED')
}

/** T13 with the lead's approval. */
export function handOver(c: Case, line: Timeline, item: ChecklistItem): void {
  const toDept = departments[item.transferTo ?? 'FIRE_RESCUE'] ?? '区消防救援大队'
  const at = Math.min(officeHour(c.random, line.last + c.random.between(0.5, 5) * HOUR), c.now - 2 * MINUTE)
  line.add('T13', at, [c.pair[0]], 'INSPECTOR', { toDept, approvedBy: c.crew.lead(c.random, c.pair), reason: '不属于本部门职权' })
}

/** The long way, by order or without: bound, (accepted), submitted, re-inspected, closed. */
export function routed(c: Case, schedule: Schedule, level: Level, stop: boolean, clause?: string): Life {
  const line = clause ? confirmedMajor(c, clause) : confirmed(c, true)
  bound(c, line, schedule.dueAt, stop)
  accepted(c, line, schedule.acceptAt, level)
  submitted(c, line, schedule.submitAt, schedule.dueAt, level)
  assigned(line, schedule.assignAt, schedule.officers, schedule.lead)
  const first = { at: schedule.reinspectAt, officers: schedule.officers, passed: schedule.again === null }
  if (!schedule.again) return { ...over(closed(c, line, first.at, first.officers, level), 'CLOSED'), dueAt: schedule.dueAt, reinspections: [first] }
  const { again } = schedule
  failed(line, first.at, first.officers, again.dueAt)
  submitted(c, line, again.submitAt, again.dueAt, level)
  assigned(line, again.assignAt, schedule.officers, schedule.lead)
  closed(c, line, again.reinspectAt, schedule.officers, level)
  const second = { at: again.reinspectAt, officers: schedule.officers, passed: true }
  return { ...over(line, 'CLOSED'), dueAt: again.dueAt, reinspections: [first, second] }
}

/** Closed on the spot, seen again by an officer within 90 days (T17), and closed for good. */
export function reopened(c: Case): Life {
  const line = verified(c, fixed(c))
  const again = officeHour(c.random, line.last + c.random.between(5, 45) * DAY)
  line.add('T17', again, [c.pair[0]], 'INSPECTOR', { reason: '同一部位同一问题再次出现', photos: 1 })
  const fixAt = line.last + c.random.int(5, 30) * MINUTE
  line.add('T4', fixAt, c.pair.slice(0, 1), 'INSPECTOR', { photos: 1 })
  return over(line.add('T5', fixAt + 20 * MINUTE, c.pair.slice(0, 1), 'INSPECTOR', { result: '已当场整改' }), 'CLOSED')
}

/** 挂牌督办 of a major hazard that takes long: proposed within three, listed within five working days. */
export function supervised(c: Case, confirmedAt: number, endAt: number | null): Supervision[] {
  const proposedAt = officeHour(c.random, confirmedAt + DAY)
  const listedAt = officeHour(c.random, proposedAt + 2 * DAY)
  const events: Supervision[] = [
    { state: 'PROPOSED', at: instantText(proposedAt), by: [c.crew.lead(c.random, c.pair)], level: 'DISTRICT' },
    { state: 'LISTED', at: instantText(listedAt), by: [c.crew.leader], level: 'DISTRICT', deadline: lastDayText(dueAfter(listedAt, 90)) },
  ]
  const until = events.filter((e) => e.at <= instantText(c.now))
  if (endAt === null || endAt < listedAt + DAY) return until
  return [
    ...events,
    { state: 'APPLY_DELIST', at: instantText(endAt - 6 * HOUR), by: [c.index.operatorOf(c.site)] },
    { state: 'VERIFIED', at: instantText(endAt - 2 * MINUTE), by: c.pair, expertName: personName(c.random) },
    { state: 'DELISTED', at: instantText(endAt - MINUTE), by: [c.crew.leader] },
  ]
}

/** Days for a deadline: the item's own, or what officers usually grant; several findings share the longest. */
export function grantedDays(c: Case, items: readonly ChecklistItem[]): number {
  const longest = Math.max(0, ...items.map((i) => i.defaultDays))
  const usual = isInspection(c.kind) ? c.random.pick([3, 7, 7, 15]) : 3
  return Math.max(longest, usual)
}

const over = (line: Timeline, endState: HazardState): Life => ({ line, endState, dueAt: null, reinspections: [] })
