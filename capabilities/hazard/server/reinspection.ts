import { missing, type Refusal, refuseAny } from '../../../kernel/core/problem.ts'
import { addDays, businessDate, daysBetween, localDate } from '../../../kernel/core/time.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import { useAttachments } from '../../attachment/server/public.ts'
import { happened, type HazardEvent } from '../fold.ts'
import type { Hazard, ReinspectionGiven } from '../hazard.ts'
import { type Facts, isEnterpriseSide, refuseAssignment, refuseFail, refusePass } from '../rules.ts'
import { longestNewDueOn } from '../timers.ts'
import { factsFor, type Ground, groundOf } from './facts.ts'
import * as store from './store.ts'

type Result = ReinspectionGiven['results'][number]

/** T11/T12 for every result; a hazard that still waits for its officers is assigned to these first (T10). */
export async function reinspectAll(ctx: Ctx, given: ReinspectionGiven): Promise<{ id: string; no: string; state: string }[]> {
  const [hazards, ground] = await Promise.all([store.take(ctx, given.results.map((r) => r.hazardId)), groundOf(ctx, given.officers)])
  const [first] = hazards
  if (!first || hazards.length !== given.results.length) throw missing()
  return (await reinspectTaken(ctx, given, hazards, ground(first.areaCode))).map(({ id, no, state }) => ({ id, no, state }))
}

/** The same for hazards already taken, in the order of the results. */
export async function reinspectTaken(ctx: Ctx, given: ReinspectionGiven, hazards: readonly Hazard[], ground: Ground): Promise<Hazard[]> {
  const plans = hazards.map((h, i) => ({ h, result: given.results[i]!, facts: factsFor(ctx, h, ground) }))
  refuseAny(plans.flatMap(({ h, result, facts }) => refuseResult(h, result, given, facts)))
  const after = await store.commit(ctx, plans.map(({ h, result, facts }) => ({ before: h, events: eventsOf(ctx, h, result, given, facts), note: { result: result.passed ? '合格' : '不合格' } })))
  await useAttachments(ctx, given.results.flatMap((r) => r.photos.map((attachmentId) => ({ attachmentId, aggregate: 'hazard', aggregateId: r.hazardId, role: 'AFTER' as const }))), hazards[0]!)
  return after
}

function refuseResult(h: Hazard, result: Result, given: ReinspectionGiven, f: Facts): Refusal[] {
  if (h.state !== 'SUBMITTED' && h.state !== 'REINSPECTING') return [{ code: 'hazard.wrong_state', params: { no: h.no, state: h.state } }]
  if (isEnterpriseSide(f.who)) return [{ code: 'hazard.enterprise_may_not_close', clause: 'I1' }]
  if (h.pending) return [{ code: 'hazard.pending_already' }]
  const assigned = h.state === 'SUBMITTED' ? refuseAssignment(h, given.officers, f) : given.officers.filter((id) => !h.reinspectors.includes(id)).map(() => ({ code: 'hazard.not_assigned', field: 'officers', clause: 'T10' }))
  const verdict = result.passed
    ? refusePass(h, { officers: given.officers, stopLifted: result.stopLifted ?? false, listed: false }, f)
    : refuseFail(h, { officers: given.officers, dueOn: newDueOn(h, result, f) }, f)
  const seen = new Set<string>()
  return [...assigned, ...verdict].filter((r) => !seen.has(r.code) && seen.add(r.code))
}

/** The day named, else the whole original term again. */
function newDueOn(h: Hazard, result: Result, f: Facts): string {
  const startedOn = h.orderedAt ? localDate(h.orderedAt) : h.confirmedAt ? localDate(h.confirmedAt) : h.foundOn
  return result.newDueOn ?? longestNewDueOn(h, startedOn, f.today) ?? addDays(f.today, Math.max(0, daysBetween(startedOn, h.dueOn ?? startedOn)))
}

function eventsOf(ctx: Ctx, h: Hazard, result: Result, given: ReinspectionGiven, f: Facts): HazardEvent[] {
  const officers = [...given.officers]
  const assigned = h.state === 'SUBMITTED' ? [happened('hazard.reinspection_assigned', 'REINSPECTING', { officers, on: null })] : []
  if (!result.passed) return [...assigned, happened('hazard.failed', 'RECTIFYING', { officers, dueOn: newDueOn(h, result, f), note: result.note, paperId: given.paperId, proposeCase: true })]
  const on = businessDate(ctx.now)
  if (h.level === 'MAJOR') {
    return [...assigned, happened('hazard.passed', 'REINSPECTING', { ask: { kind: 'CLOSURE', step: 'REVIEW', officers, note: result.note, passedOn: on, stopLifted: result.stopLifted ?? false } })]
  }
  return [...assigned, happened('hazard.closed', 'CLOSED', { at: ctx.now.toISOString(), on, officers, note: result.note, stopLifted: result.stopLifted ?? false, paperId: given.paperId })]
}
