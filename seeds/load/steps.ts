import { happened, type HazardEvent } from '../../capabilities/hazard/fold.ts'
import type { Hazard, Plan } from '../../capabilities/hazard/hazard.ts'
import { confirmDue, defaultLimits, extensionAnswerBy, receiptDueOn, reinspectDueOn, verifyDue } from '../../capabilities/hazard/timers.ts'
import { bornFrom } from '../../capabilities/hazard/finding.ts'
import type { FindingDraft } from '../../capabilities/hazard/hazard.ts'
import { stateHolidays } from '../../kernel/core/holidays.ts'
import { addDays, businessDate, localDate } from '../../kernel/core/time.ts'
import type { ActorRef, Step, Transition } from '../history-types.ts'
import type { Folk } from './folk.ts'

/** One event with who did it and when; `operation` is the product's name of the command. */
export interface Deed {
  readonly event: HazardEvent
  readonly by: ActorRef
  readonly role: string
  /** Milliseconds. */
  readonly at: number
  readonly operation: string
}

/** What the steps of one hazard need beside themselves. */
export interface Setting {
  readonly folk: Folk
  readonly draft: FindingDraft
  readonly no: string
  /** The paper that orders it, when one does. */
  readonly order: { readonly id: string; readonly no: string } | null
  /** The papers of its re-inspections, first to last; null where the way was without paper. */
  readonly opinions: readonly (string | null)[]
}

type Make = (h: Hazard, step: Step, at: number, s: Setting, inspection: number) => Deed[]

const iso = (ms: number): string => new Date(ms).toISOString()
const SOON = 30_000
const MINUTES = 60_000

const by = (step: Step, operation: string, event: HazardEvent, at: number): Deed => ({ event, by: step.by[0]!, role: step.role, at, operation })
const system = (operation: string, event: HazardEvent, at: number): Deed => ({ event, by: 'system', role: 'SYSTEM', at, operation })
const lead = (ref: ActorRef | undefined, operation: string, event: HazardEvent, at: number): Deed => ({ event, by: ref ?? 'xu', role: ref === 'chen' ? 'BUREAU_LEADER' : 'TEAM_LEAD', at, operation })

const voidCodes: Readonly<Record<string, 'DUPLICATE' | 'NOT_OURS' | 'FALSE'>> = { 重复上报: 'DUPLICATE', 现场复核不属于隐患: 'NOT_OURS', 误报: 'FALSE' }

function planOf(h: Hazard, step: Step, s: Setting): Plan {
  const given = step.data?.plan
  return {
    measures: given?.measures ?? '', responsible: s.folk.of(given?.responsible ?? step.by[0]!).name, fund: given?.fundYuan ?? 0, finishOn: h.dueOn!, emergency: given?.emergency ?? '',
    ...(h.level === 'MAJOR' ? { goal: '消除重大事故隐患，经验收合格后恢复使用', team: '主要负责人牵头，安全、生产、设备负责人参加' } : {}),
  }
}

/** How each row of the table in domain §2.8 is told by the product's own events. */
const makers: Readonly<Record<Exclude<Transition, 'T1'>, Make>> = {
  T2: (h, step, at, s) => {
    const confirmed = happened('hazard.confirmed', 'CONFIRMED', {
      level: h.level, clauseId: step.data?.criteriaClauseId ?? h.clauseId, clauseMode: h.clauseMode, legalBasis: h.legalBasis, officers: s.folk.ids(step.by), at: iso(at), requirement: h.requirement, immediateStop: h.immediateStop, verifyDueAt: null,
    })
    const ref = step.data?.opinionBy
    if (!ref) return [by(step, 'hazard.confirm', confirmed, at)]
    const opinion = happened('hazard.opinion_given', 'REPORTED', { opinion: { kind: 'TEAM_REVIEW', text: '经科室会审，现场情形符合所引判定条款，同意认定为重大事故隐患', by: s.folk.of(ref).name } })
    return [lead(ref, 'hazard.giveOpinion', opinion, at - SOON), by(step, 'hazard.confirm', confirmed, at)]
  },
  T3: (_h, step, at) => [by(step, 'hazard.void', happened('hazard.voided', 'VOID', { code: voidCodes[step.data?.reason ?? ''] ?? 'OTHER', reason: step.data?.reason ?? '' }), at)],
  T4: (_h, step, at) => [by(step, 'hazard.fixOnSite', happened('hazard.fixed_on_site', 'FIXED_ON_SITE', { verifyDueAt: verifyDue(at, stateHolidays).toISOString() }), at)],
  T5: (h, step, at, s) => [by(step, 'hazard.verifyFix', happened('hazard.fix_verified', 'CLOSED', { at: iso(at), on: businessDate(at), by: s.folk.ids(step.by), stopLifted: h.stopInForce }), at)],
  T6: (_h, step, at, s) => [by(step, 'enforcement.serve', happened('hazard.ordered', 'ORDERED', { orderId: s.order!.id, orderNo: s.order!.no, at: iso(at), dueOn: step.data!.dueOn!, officers: s.folk.ids(step.by) }), at)],
  T6b: (_h, step, at) => [by(step, 'hazard.start', happened('hazard.started', 'RECTIFYING', { dueOn: step.data!.dueOn! }), at)],
  T7: (h, step, at, s) => {
    const event = happened('hazard.acknowledged', 'RECTIFYING', { plan: planOf(h, step, s) })
    const signer = step.data?.signedBy
    return [signer ? { event, by: signer, role: 'ENT_PRINCIPAL', at, operation: 'hazard.acknowledge' } : by(step, 'hazard.acknowledge', event, at)]
  },
  T8: (h, step, at) => {
    const askedOn = localDate(at)
    const ask = { kind: 'EXTENSION' as const, dueOn: step.data!.dueOn!, reason: step.data?.reason ?? '', interim: null, askedOn, answerBy: extensionAnswerBy(askedOn) }
    const granted = happened('hazard.extension_granted', h.state, { dueOn: ask.dueOn, reply: '理由属实，同意延期，期间加强巡查' })
    return [by(step, 'hazard.askExtension', happened('hazard.extension_asked', h.state, { ask }), at), lead(step.data?.approvedBy, 'hazard.decideExtension', granted, at + 20 * MINUTES)]
  },
  T9: (_h, step, at) => [by(step, 'hazard.submit', happened('hazard.submitted', 'SUBMITTED', { at: iso(at), note: '已按要求整改，请复查', reinspectDueOn: reinspectDueOn(localDate(at)), late: false }), at)],
  T9b: (h, _step, at) => [system('hazard.lapse', happened('hazard.lapsed', 'SUBMITTED', { at: iso(at), reinspectDueOn: reinspectDueOn(h.dueOn ?? localDate(at)) }), at)],
  T10: (_h, step, at, s) => [by(step, 'hazard.assignReinspection', happened('hazard.reinspection_assigned', 'REINSPECTING', { officers: s.folk.ids(step.data?.officers ?? []), on: null }), at)],
  T11: (h, step, at, s, inspection) => closing(h, step, at, s, inspection),
  T12: (_h, step, at, s, inspection) => [by(step, 'hazard.reinspect', happened('hazard.failed', 'RECTIFYING', {
    officers: s.folk.ids(step.by), dueOn: step.data!.dueOn!, note: step.data?.reason ?? '整改不到位', paperId: s.opinions[inspection] ?? null, proposeCase: true,
  }), at)],
  T13: (h, step, at, s) => {
    const toDept = step.data?.toDept ?? ''
    const materials = ['现场照片', '检查记录']
    const ask = { kind: 'TRANSFER' as const, toDept, materials, reason: step.data?.reason ?? '', askedOn: localDate(at), by: s.folk.id(step.by[0]!) }
    const transferred = happened('hazard.transferred', 'TRANSFERRED', { transfer: { toDept, materials, sentOn: localDate(at) }, receiptDueOn: receiptDueOn(h.level, localDate(at), stateHolidays) })
    return [by(step, 'hazard.askTransfer', happened('hazard.transfer_asked', h.state, { ask }), at), lead(step.data?.approvedBy, 'hazard.decideTransfer', transferred, at + SOON)]
  },
  T14: (_h, step, at) => {
    const on = localDate(at)
    const returned = step.data?.result === '退回'
    const event = returned ? happened('hazard.transfer_returned', 'CONFIRMED', { reason: step.data?.reason ?? '退回', on }) : happened('hazard.transfer_closed', 'TRANSFER_CLOSED', { result: step.data?.result ?? '', on })
    return [by(step, 'hazard.receipt', event, at)]
  },
  T15: (h, step, at) => {
    const on = localDate(at)
    const frozen = { reason: step.data?.reason ?? '', from: h.state, on, sourceRemoved: false }
    return [by(step, 'hazard.freeze', happened('hazard.frozen', 'FROZEN', { frozen, nextCheckOn: addDays(on, defaultLimits.frozenCheckDays) }), at)]
  },
  T16: (_h, step, at) => [system('hazard.wake', happened('hazard.unfrozen', 'CONFIRMED', { reason: step.data?.reason ?? '' }), at)],
  T17: (h, step, at, s) => [by(step, 'hazard.reopen', happened('hazard.reopened', 'CONFIRMED', { at: iso(at), by: s.folk.ids(step.by), description: `${h.location}：${step.data?.reason ?? '再次出现'}`, source: 'INSPECTION', sourceId: null }), at)],
}

/** T11: two officers for a general hazard; a major one is passed, reviewed by the lead and signed by the leader. */
function closing(h: Hazard, step: Step, at: number, s: Setting, inspection: number): Deed[] {
  const officers = s.folk.ids(step.by)
  const paperId = s.opinions[inspection] ?? null
  const note = step.data?.result === '合格' ? '逐项核对，整改到位' : (step.data?.result ?? '')
  const close = happened('hazard.closed', 'CLOSED', { at: iso(at), on: businessDate(at), officers, note, stopLifted: h.stopInForce, paperId: h.level === 'MAJOR' ? null : paperId })
  if (h.level === 'GENERAL') return [by(step, 'hazard.reinspect', close, at)]
  const passedAt = at - 40 * MINUTES
  const ask = { kind: 'CLOSURE' as const, step: 'REVIEW' as const, officers, note, passedOn: businessDate(passedAt), stopLifted: h.stopInForce }
  return [
    by(step, 'hazard.reinspect', happened('hazard.passed', 'REINSPECTING', { ask }), passedAt),
    lead(step.data?.reviewedBy, 'hazard.review', happened('hazard.closure_reviewed', 'REINSPECTING', { note: '复查资料齐全，同意销号' }), at - 20 * MINUTES),
    lead(step.data?.signedBy, 'hazard.closeMajor', close, at),
  ]
}

/** T1. The report is dated to the arrival, as a record of a visit dates it. */
export function report(step: Step, s: Setting): Deed {
  const { draft } = s
  const at = Date.parse(step.at)
  const foundOn = businessDate(draft.foundAt)
  const hazard = bornFrom(draft, { no: s.no, foundOn, confirmDueAt: confirmDue(draft, at, stateHolidays).toISOString(), recurrenceOf: null })
  return by(step, 'visit.record', happened('hazard.reported', 'REPORTED', { hazard }), at)
}

/** The deeds of any later step. `inspection` counts the re-inspections before it. */
export const deedsOf = (h: Hazard, step: Step, s: Setting, inspection: number): Deed[] =>
  makers[step.transition as Exclude<Transition, 'T1'>](h, step, Date.parse(step.at), s, inspection)
