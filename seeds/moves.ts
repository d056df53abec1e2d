import type { Level, Source } from '../capabilities/hazard/hazard.ts'
import type { VisitKind } from '../capabilities/visit/kinds.ts'
import { isInspection } from '../capabilities/visit/kinds.ts'
import { lastDayText, MINUTE } from './calendar.ts'
import type { Crew } from './crew.ts'
import type { ActorRef, Step } from './history-types.ts'
import type { Random } from './random.ts'
import type { SiteIndex } from './site-index.ts'
import { principalOf } from './site-index.ts'
import { HOUR, officeHour, Timeline } from './timeline.ts'

/** What the moves of one visit's hazards need to know. */
export interface Case {
  readonly random: Random
  readonly crew: Crew
  readonly index: SiteIndex
  readonly now: number
  readonly site: number
  readonly grid: number
  readonly kind: VisitKind
  readonly source: Source
  /** Arrival (ms). */
  readonly at: number
  readonly actors: readonly ActorRef[]
  /** Two certified officers who act on paper: the visitors themselves at an inspection, the street's otherwise. */
  readonly pair: readonly [string, string]
  readonly atNight: boolean
}

/** Who found it, in which role. */
function finder(c: Case): [readonly ActorRef[], Step['role']] {
  if (isInspection(c.kind) || c.kind === 'GUIDANCE') return [c.pair, 'INSPECTOR']
  if (c.kind === 'PATROL') return [c.actors.slice(0, 1), 'GRID_OFFICER']
  return [[c.index.operatorOf(c.site)], operatorRole(c)]
}

export function operatorRole(c: Case): Step['role'] {
  return c.index.classOf(c.site) === 'SHOP' ? 'ENT_PRINCIPAL' : 'ENT_SAFETY'
}

/** T1: found and reported some minutes after arrival. */
export const reported = (c: Case): Timeline => new Timeline(c.at).add('T1', c.at + c.random.int(4, 18) * MINUTE, ...finder(c), { photos: c.random.int(1, 3) })

/**
 * T2 within C1: officers confirm on the spot; what grid officers and enterprises report is confirmed by an officer of
 * the street, at once when it is to be put right before the visitors leave (`quick`), else by the next office hour.
 */
export function confirmed(c: Case, quick: boolean): Timeline {
  const line = reported(c)
  if (isInspection(c.kind) || c.kind === 'GUIDANCE') return line.add('T2', line.last + c.random.int(2, 12) * MINUTE, c.pair, 'INSPECTOR')
  const soon = quick || c.atNight
  const at = soon ? line.last + c.random.int(3, 20) * MINUTE : officeHour(c.random, line.last + c.random.int(30, 300) * MINUTE)
  return line.add('T2', at, [c.pair[0]], 'INSPECTOR')
}

/** T1, T2 of a major hazard: a clause, two officers and an opinion, within two hours (C1). */
export function confirmedMajor(c: Case, clause: string): Timeline {
  const line = reported(c)
  const at = line.last + c.random.int(20, 90) * MINUTE
  return line.add('T2', at, c.pair, 'INSPECTOR', { criteriaClauseId: clause, opinionBy: c.crew.lead(c.random, c.pair) })
}

/** T4: put right while the visitors are there. */
export function fixed(c: Case): Timeline {
  const line = confirmed(c, true)
  return c.kind === 'PATROL'
    ? line.add('T4', line.last + c.random.int(5, 35) * MINUTE, c.actors.slice(0, 1), 'GRID_OFFICER', { photos: 1 })
    : line.add('T4', line.last + c.random.int(5, 35) * MINUTE, c.pair.slice(0, 1), 'INSPECTOR', { photos: 1 })
}

/** T5: the picture is looked at and the hazard is closed, within 24 hours (C2). */
export function verified(c: Case, line: Timeline, latest = Infinity): Timeline {
  const at = Math.min(line.last + c.random.int(4, 600) * MINUTE, latest - MINUTE)
  return c.kind === 'PATROL'
    ? line.add('T5', at, c.actors.slice(0, 1), 'GRID_OFFICER', { result: '已当场整改' })
    : line.add('T5', at, c.pair.slice(0, 1), 'INSPECTOR', { result: '已当场整改' })
}

/** T6 with its paper, or T6b where no paper may be issued; both set the deadline. */
export function bound(c: Case, line: Timeline, dueAt: number, stop: boolean, at = line.last + c.random.int(10, 40) * MINUTE): Timeline {
  const dueOn = lastDayText(dueAt)
  if (isInspection(c.kind)) return line.add('T6', at, c.pair, 'INSPECTOR', { paper: stop ? 'D05' : 'D06', dueOn })
  return c.kind === 'PATROL'
    ? line.add('T6b', at, c.actors.slice(0, 1), 'GRID_OFFICER', { dueOn })
    : line.add('T6b', at, [c.index.operatorOf(c.site)], operatorRole(c), { dueOn })
}

/** T7 with the five arrangements (五落实); for a major hazard the principal signs the plan. Nothing to do after T6b. */
export function accepted(c: Case, line: Timeline, at: number, level: Level): Timeline {
  if (!isInspection(c.kind)) return line
  const major = level === 'MAJOR'
  const plan = {
    measures: major ? '停用相关设备，委托设计改造，验收合格后恢复' : '按要求整改并举一反三排查同类问题',
    responsible: c.index.operatorOf(c.site),
    fundYuan: c.random.int(1, major ? 400 : 30) * (major ? 1000 : 100),
    emergency: major ? '整改期间设专人值守，断电挂牌' : '整改期间加强巡查',
  }
  return line.add('T7', at, [c.index.operatorOf(c.site)], operatorRole(c), { plan, ...(major ? { signedBy: principalOf(c.site) } : {}) })
}

/** T9 by the enterprise, or T9b by the clock at 24:00 of the deadline. */
export function submitted(c: Case, line: Timeline, at: number, dueAt: number, level: Level): Timeline {
  if (at >= dueAt) return line.add('T9b', dueAt, ['system'], 'SYSTEM', { reason: '期限届满未提交' })
  return line.add('T9', at, [c.index.operatorOf(c.site)], operatorRole(c), { photos: c.random.int(1, 3), ...(level === 'MAJOR' ? { report: '整改验收报告' } : {}) })
}

/** T10: the team lead names two officers. */
export const assigned = (line: Timeline, at: number, officers: readonly [string, string], lead: string): Timeline =>
  line.add('T10', at, [lead], 'TEAM_LEAD', { officers })

/** T11: passed. A major hazard needs the lead's review and the leader's signature. */
export function closed(c: Case, line: Timeline, at: number, officers: readonly [string, string], level: Level): Timeline {
  const signatures = level === 'MAJOR' ? { reviewedBy: c.crew.lead(c.random, officers), signedBy: c.crew.leader, report: '整改验收报告' } : {}
  return line.add('T11', at, officers, 'INSPECTOR', { paper: 'D07', result: '合格', ...signatures })
}

/** T12: not passed, a new deadline not longer than the first. */
export const failed = (line: Timeline, at: number, officers: readonly [string, string], dueAt: number): Timeline =>
  line.add('T12', at, officers, 'INSPECTOR', { paper: 'D07', result: '不合格', dueOn: lastDayText(dueAt), reason: '整改不到位' })

/** Officers for a re-inspection: for a major hazard one at least has not been there before (T10). */
export function reinspectors(c: Case, level: Level, at: number): [string, string] {
  const fromStreet = c.random.chance(isInspection(c.kind) ? 0.3 : 0.9) ? c.grid : null
  for (let attempt = 0; ; attempt++) {
    // A street whose certificates run out may have nobody new: then the bureau sends them.
    const pair = c.crew.pair(c.random, attempt < 6 ? fromStreet : null, at)
    if (level === 'GENERAL' || pair.some((ref) => !c.pair.includes(ref))) return pair
  }
}

/** Some time later on the same or the next office day. */
export const soonInOffice = (c: Case, from: number, hours: number): number => officeHour(c.random, from + c.random.between(1, hours) * HOUR)
