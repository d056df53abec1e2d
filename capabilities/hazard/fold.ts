/** What happened to a hazard, and what that makes of it. The same function on the server, in the phone and in every audit. */
import type { Basis, FindingWords, Frozen, Hazard, HazardState, Level, Opinion, Pending, Plan, Transfer, VoidCode } from './hazard.ts'

/** Facts each event carries; everything the fold needs is in here and nothing is taken from a clock. */
export interface EventData {
  'hazard.reported': { hazard: Omit<Hazard, 'version' | 'state'> }
  /** `finding`, here and in a reopening: absent from what was seen before it was kept. */
  'hazard.seen_again': { by: string[]; source: string; sourceId: string | null; description: string; finding?: FindingWords }
  'hazard.confirmed': { level: Level; clauseId: string | null; clauseMode: string | null; legalBasis: Basis[]; officers: string[]; at: string; requirement: string; immediateStop: boolean; verifyDueAt: string | null }
  'hazard.opinion_given': { opinion: Opinion }
  'hazard.voided': { code: VoidCode; reason: string }
  'hazard.appealed': { reason: string; confirmDueAt: string }
  'hazard.fixed_on_site': { verifyDueAt: string }
  'hazard.fix_rejected': { reason: string }
  'hazard.fix_verified': { at: string; on: string; by: string[]; stopLifted: boolean }
  'hazard.ordered': { orderId: string; orderNo: string; at: string; dueOn: string; officers: string[] }
  'hazard.order_revoked': { orderId: string; orderNo: string; reason: string }
  'hazard.order_replaced': { orderId: string; orderNo: string; revokedNo: string; reason: string }
  'hazard.started': { dueOn: string }
  'hazard.acknowledged': { plan: Plan }
  'hazard.extension_asked': { ask: Extract<Pending, { kind: 'EXTENSION' }> }
  'hazard.extension_granted': { dueOn: string; reply: string }
  'hazard.extension_refused': { reply: string }
  'hazard.submitted': { at: string; note: string; reinspectDueOn: string; late: boolean }
  'hazard.lapsed': { at: string; reinspectDueOn: string }
  'hazard.reinspection_assigned': { officers: string[]; on: string | null }
  'hazard.passed': { ask: Extract<Pending, { kind: 'CLOSURE' }> }
  'hazard.closure_reviewed': { note: string }
  'hazard.closure_returned': { reason: string }
  'hazard.closed': { at: string; on: string; officers: string[]; note: string; stopLifted: boolean; paperId: string | null }
  'hazard.failed': { officers: string[]; dueOn: string; note: string; paperId: string | null; proposeCase: boolean }
  'hazard.transfer_asked': { ask: Extract<Pending, { kind: 'TRANSFER' }> }
  'hazard.transfer_refused': { reason: string }
  'hazard.transferred': { transfer: Transfer; receiptDueOn: string }
  'hazard.transfer_closed': { result: string; on: string }
  'hazard.transfer_returned': { reason: string; on: string }
  'hazard.frozen': { frozen: Frozen; nextCheckOn: string }
  'hazard.freeze_checked': { nextCheckOn: string }
  'hazard.unfrozen': { reason: string }
  'hazard.reopened': { at: string; by: string[]; description: string; source: string; sourceId: string | null; finding?: FindingWords }
  'hazard.raised': { clauseId: string; clauseMode: string | null; legalBasis: Basis[]; reason: string; officers: string[]; immediateStop: boolean }
  'hazard.lowered': { reason: string }
  'hazard.reminded': { on: string }
  'hazard.escalated': { rung: number }
}
export type HazardEventName = keyof EventData
export const HAZARD_EVENT_NAMES = [
  'hazard.reported', 'hazard.seen_again', 'hazard.confirmed', 'hazard.opinion_given', 'hazard.voided', 'hazard.appealed', 'hazard.fixed_on_site', 'hazard.fix_rejected', 'hazard.fix_verified',
  'hazard.ordered', 'hazard.order_revoked', 'hazard.order_replaced', 'hazard.started', 'hazard.acknowledged', 'hazard.extension_asked', 'hazard.extension_granted', 'hazard.extension_refused', 'hazard.submitted', 'hazard.lapsed',
  'hazard.reinspection_assigned', 'hazard.passed', 'hazard.closure_reviewed', 'hazard.closure_returned', 'hazard.closed', 'hazard.failed', 'hazard.transfer_asked', 'hazard.transfer_refused',
  'hazard.transferred', 'hazard.transfer_closed', 'hazard.transfer_returned', 'hazard.frozen', 'hazard.freeze_checked', 'hazard.unfrozen', 'hazard.reopened', 'hazard.raised', 'hazard.lowered',
  'hazard.reminded', 'hazard.escalated',
] as const satisfies readonly HazardEventName[]

export type HazardEvent = { [N in HazardEventName]: { readonly event: N; readonly to: HazardState; readonly data: EventData[N] } }[HazardEventName]

/** Makes an event; the compiler checks that the facts belong to the name. */
export const happened = <N extends HazardEventName>(event: N, to: HazardState, data: EventData[N]): HazardEvent => ({ event, to, data }) as HazardEvent

type Change = Partial<Hazard>
type Appliers = { [N in HazardEventName]: (h: Hazard, data: EventData[N]) => Change }

/** No clock runs: transferred, frozen, reopened. A new order starts anew, so the old term goes too; the events keep it. */
const clockStopped: Change = { dueOn: null, originalDueOn: null, runsTo: null, reinspectDueOn: null, orderId: null, orderNo: null, orderedAt: null, submittedAt: null, reinspectors: [] }
const closedBy = (data: { at: string; on: string }, by: string[], how: 'ON_SITE' | 'REINSPECTION'): Change => ({
  closedAt: data.at, closedOn: data.on, closedHow: how, closedBy: by, runsTo: null, escalation: 0,
})
/** Submitted in time stops the clock against the enterprise; once late it runs from the first missed day until the close. */
const handedIn = (h: Hazard, data: { at: string; reinspectDueOn: string }): Change => ({ submittedAt: data.at, reinspectDueOn: data.reinspectDueOn, runsTo: h.late ? h.runsTo : null })

const appliers: Appliers = {
  'hazard.reported': (h) => h,
  'hazard.seen_again': (h) => ({ sightings: h.sightings + 1 }),
  'hazard.confirmed': (h, d) => ({
    level: d.level, clauseId: d.clauseId, clauseMode: d.clauseMode, legalBasis: d.legalBasis, requirement: d.requirement, immediateStop: d.immediateStop,
    stopInForce: h.stopInForce || d.immediateStop, confirmedAt: d.at, confirmedBy: d.officers, confirmDueAt: null, verifyDueAt: d.verifyDueAt,
  }),
  'hazard.opinion_given': (h, d) => ({ opinions: [...h.opinions, d.opinion] }),
  'hazard.voided': (_, d) => ({ voidCode: d.code, confirmDueAt: null, stopInForce: false }),
  'hazard.appealed': (_, d) => ({ voidCode: null, appealed: true, confirmDueAt: d.confirmDueAt }),
  'hazard.fixed_on_site': (_, d) => ({ verifyDueAt: d.verifyDueAt, fixClaimed: true }),
  'hazard.fix_rejected': () => ({ verifyDueAt: null, fixClaimed: false }),
  'hazard.fix_verified': (h, d) => ({ ...closedBy(d, d.by, 'ON_SITE'), verifyDueAt: null, stopInForce: h.stopInForce && !d.stopLifted }),
  'hazard.ordered': (_, d) => ({ orderId: d.orderId, orderNo: d.orderNo, orderedAt: d.at, dueOn: d.dueOn, originalDueOn: d.dueOn, runsTo: d.dueOn, verifyDueAt: null }),
  // A stop that was ordered stands until it is lifted by a review (安法§65); only the order and its clock go.
  'hazard.order_revoked': () => ({ ...clockStopped, plan: null, late: false, escalation: 0, extensions: 0 }),
  'hazard.order_replaced': (_, d) => ({ orderId: d.orderId, orderNo: d.orderNo }),
  'hazard.started': (_, d) => ({ dueOn: d.dueOn, originalDueOn: d.dueOn, runsTo: d.dueOn }),
  'hazard.acknowledged': (_, d) => ({ plan: d.plan }),
  'hazard.extension_asked': (_, d) => ({ pending: d.ask }),
  'hazard.extension_granted': (h, d) => ({ pending: null, dueOn: d.dueOn, runsTo: h.late ? h.runsTo : d.dueOn, extensions: h.extensions + 1 }),
  'hazard.extension_refused': () => ({ pending: null }),
  'hazard.submitted': (h, d) => ({ ...handedIn({ ...h, late: h.late || d.late }, d), late: h.late || d.late }),
  'hazard.lapsed': (h, d) => handedIn({ ...h, late: true }, d),
  'hazard.reinspection_assigned': (_, d) => ({ reinspectors: d.officers }),
  'hazard.passed': (_, d) => ({ pending: d.ask }),
  'hazard.closure_reviewed': (h) => ({ pending: h.pending?.kind === 'CLOSURE' ? { ...h.pending, step: 'SIGN' } : h.pending }),
  'hazard.closure_returned': () => ({ pending: null }),
  'hazard.closed': (h, d) => ({ ...closedBy(d, d.officers, 'REINSPECTION'), reinspectDueOn: null, stopInForce: h.stopInForce && !d.stopLifted }),
  'hazard.failed': (h, d) => ({
    round: h.round + 1, dueOn: d.dueOn, runsTo: h.late ? h.runsTo : d.dueOn, lastReinspectors: d.officers, reinspectors: [], reinspectDueOn: null, submittedAt: null,
  }),
  'hazard.transfer_asked': (_, d) => ({ pending: d.ask }),
  'hazard.transfer_refused': () => ({ pending: null }),
  'hazard.transferred': (_, d) => ({ ...clockStopped, transfer: d.transfer, transferDueOn: d.receiptDueOn, confirmDueAt: null, verifyDueAt: null, frozen: null, nextCheckOn: null }),
  'hazard.transfer_closed': (h, d) => ({ transferDueOn: null, transfer: h.transfer && { ...h.transfer, result: d.result, receiptOn: d.on } }),
  'hazard.transfer_returned': (h, d) => ({ transferDueOn: null, transfer: h.transfer && { ...h.transfer, result: d.reason, receiptOn: d.on } }),
  'hazard.frozen': (_, d) => ({ ...clockStopped, frozen: d.frozen, nextCheckOn: d.nextCheckOn, confirmDueAt: null, verifyDueAt: null }),
  'hazard.freeze_checked': (_, d) => ({ nextCheckOn: d.nextCheckOn }),
  'hazard.unfrozen': () => ({ frozen: null, nextCheckOn: null }),
  'hazard.reopened': (h) => ({
    ...clockStopped, closedAt: null, closedOn: null, closedHow: null, closedBy: [], recurrence: true, sightings: h.sightings + 1, late: false, plan: null, fixClaimed: false, escalation: 0, extensions: 0,
    stopInForce: h.immediateStop,
  }),
  'hazard.raised': (h, d) => ({
    level: 'MAJOR', clauseId: d.clauseId, clauseMode: d.clauseMode, legalBasis: d.legalBasis, immediateStop: d.immediateStop, stopInForce: h.stopInForce || d.immediateStop, confirmedBy: d.officers,
  }),
  'hazard.lowered': () => ({ level: 'GENERAL', clauseId: null, clauseMode: null }),
  'hazard.reminded': (_, d) => ({ remindedOn: d.on }),
  'hazard.escalated': (_, d) => ({ escalation: d.rung }),
}

/**
 * What the clock does without changing anything a person decides on: a page opened before midnight is still right after it. The
 * version, by which a command tells what its maker saw, stays.
 */
const QUIET: ReadonlySet<HazardEventName> = new Set(['hazard.reminded', 'hazard.escalated', 'hazard.freeze_checked'])

/**
 * The hazard after one event. `before` is null only for `hazard.reported`. Whatever was being asked falls when the state
 * changes; late, once true, stays until a reopen.
 * @throws Error when a history does not begin with a report
 */
export function fold(before: Hazard | null, event: HazardEvent): Hazard {
  if (event.event === 'hazard.reported') return { ...event.data.hazard, state: event.to, version: 1 }
  if (!before) throw new Error(`history begins with ${event.event}`)
  const apply = appliers[event.event] as (h: Hazard, data: unknown) => Change
  const change = apply(before, event.data)
  const moved = before.state !== event.to
  const late = change.late ?? (before.late || event.event === 'hazard.lapsed')
  return { ...before, ...(moved ? { pending: null } : {}), ...change, late, state: event.to, version: QUIET.has(event.event) ? before.version : before.version + 1 }
}

/** The hazard after a whole history, oldest event first. */
export function foldAll(events: readonly HazardEvent[]): Hazard {
  const last = events.reduce<Hazard | null>((h, event) => fold(h, event), null)
  if (!last) throw new Error('empty history')
  return last
}
