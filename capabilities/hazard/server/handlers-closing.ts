import { Problem, type Refusal, refuseAny, say } from '../../../kernel/core/problem.ts'
import { addDays, businessDate } from '../../../kernel/core/time.ts'
import { type Ctx, type Handlers, refuseStale } from '../../../kernel/server/context.ts'
import { enterprisesBrief } from '../../enterprise/server/public.ts'
import { peopleWith } from '../../staff/server/public.ts'
import { happened } from '../fold.ts'
import type { Hazard } from '../hazard.ts'
import type { operations } from '../operations.ts'
import { refuseAssignment, refuseDueOn, refuseExtension, refuseFreeze, refuseNow, refusePlan, refuseSubmission, refuseUnfreeze } from '../rules.ts'
import { defaultDueOn, extensionAnswerBy, receiptDueOn, reinspectDueOn } from '../timers.ts'
import { zh } from '../zh.ts'
import { stateOf } from './detail.ts'
import { factsFor, groundOf } from './facts.ts'
import { reinspectTaken } from './reinspection.ts'
import { step } from './step.ts'
import * as store from './store.ts'
import { proposeFor } from './supervision.ts'
import { listedOf } from './supervision-store.ts'

type All = Handlers<typeof operations>
type Part = Pick<All, 'start' | 'acknowledge' | 'askExtension' | 'decideExtension' | 'submit' | 'assignReinspection' | 'reinspect' | 'review' | 'closeMajor' | 'askTransfer' | 'decideTransfer' | 'receipt' | 'freeze' | 'unfreeze' | 'remindMany'>

/** Officers who hold the right over this place; the others may be certified elsewhere. */
async function outOfReach(ctx: Ctx, h: Hazard, officers: readonly string[], today: string): Promise<Refusal[]> {
  const able = new Set(await peopleWith(ctx.tx, 'hazard.reinspect', { areaCode: h.areaCode, gridId: h.gridId, enterpriseId: h.enterpriseId, on: today }))
  return officers.every((id) => able.has(id)) ? [] : [{ code: 'hazard.officer_out_of_reach', field: 'officers', clause: 'T10' }]
}

const siteStateOf = async (ctx: Ctx, h: Hazard): Promise<string> => (await enterprisesBrief(ctx.tx, [h.enterpriseId])).get(h.enterpriseId)?.state ?? ''

/** T11/T12 over the form of one hazard: the actor is one of the two. */
async function reinspectOne(ctx: Ctx, input: Parameters<Part['reinspect']>[1]) {
  const [h, ground] = await Promise.all([store.takeOne(ctx, input.id), groundOf(ctx, input.officers)])
  refuseStale(h.version, input.baseVersion)
  const facts = factsFor(ctx, h, ground(h.areaCode))
  refuseAny(refuseNow(h, input.passed ? 'pass' : 'fail', facts))
  if (!input.officers.includes(ctx.actor.id)) refuseAny([{ code: 'hazard.not_assigned', field: 'officers', clause: 'T11' }])
  const { officers, passed, note, newDueOn, stopLifted, photos } = input
  const [after] = await reinspectTaken(ctx, { paperId: null, officers, results: [{ hazardId: h.id, passed, note, stopLifted, photos, ...(newDueOn ? { newDueOn } : {}) }] }, [h], ground(h.areaCode))
  return stateOf(ctx, after!)
}

/** Leader's signature: closes, or sends back to the officers. */
const closeOne = (ctx: Ctx, input: Parameters<Part['closeMajor']>[1]) =>
  step(ctx, input, 'closeMajor', async (h) => {
    if (!input.approved || h.pending?.kind !== 'CLOSURE') return { events: [happened('hazard.closure_returned', 'REINSPECTING', { reason: input.note })] }
    const listed = (await listedOf(ctx.tx, [h.id])).has(h.id)
    return {
      refusals: listed ? [{ code: 'hazard.still_listed', clause: '安全生产法第41条' }] : [],
      events: [happened('hazard.closed', 'CLOSED', { at: ctx.now.toISOString(), on: businessDate(ctx.now), officers: h.pending.officers, note: input.note, stopLifted: h.pending.stopLifted, paperId: null })],
    }
  })

const decideTransferOne = (ctx: Ctx, input: Parameters<Part['decideTransfer']>[1]) =>
  step(ctx, input, 'decideTransfer', (h, f) => {
    if (!input.approved || h.pending?.kind !== 'TRANSFER') return { events: [happened('hazard.transfer_refused', h.state, { reason: input.reason })] }
    const { toDept, materials } = h.pending
    return { events: [happened('hazard.transferred', 'TRANSFERRED', { transfer: { toDept, materials, sentOn: f.today }, receiptDueOn: receiptDueOn(h.level, f.today, f.calendar, f.limits) })] }
  })

/** One todo round more for the enterprise; each reminder stands in the timeline. */
async function remindMany(ctx: Ctx, input: Parameters<Part['remindMany']>[1]) {
  const [hazards, groundAt] = await Promise.all([store.take(ctx, input.hazards.map((each) => each.id)), groundOf(ctx, [])])
  const found = new Map(hazards.map((h) => [h.id, h]))
  const ground = hazards[0] && groundAt(hazards[0].areaCode)
  const refused: { id: string; why: string }[] = []
  const ready: Hazard[] = []
  for (const { id } of input.hazards) {
    const h = found.get(id)
    const code = h && ground ? refuseNow(h, 'remind', factsFor(ctx, h, ground))[0]?.code : 'common.missing'
    if (h && !code) ready.push(h)
    else refused.push({ id, why: say({ ...zh.problems, 'common.missing': '没有这条记录，或不在您的管辖范围内' }, code ?? 'common.missing') })
  }
  if (!ready.length || !ground) throw new Problem('refused', 'hazard.nothing_due')
  const after = await store.commit(ctx, ready.map((before) => ({ before, events: [happened('hazard.reminded', before.state, { on: ground.today })] })))
  return { done: after.map((h) => stateOf(ctx, h)), refused }
}

const rectifying: Pick<Part, 'start' | 'acknowledge' | 'askExtension' | 'decideExtension' | 'submit'> = {
  start: (ctx, input) =>
    step(ctx, input, 'start', (h, f) => {
      const dueOn = input.dueOn ?? defaultDueOn(h, f.today, f.calendar, false, f.limits) ?? f.today
      return { refusals: refuseDueOn(h, dueOn, f.today, false, f), events: [happened('hazard.started', 'RECTIFYING', { dueOn })] }
    }),
  acknowledge: (ctx, input) =>
    step(ctx, input, 'acknowledge', (h) => ({ refusals: refusePlan(h, input.plan), events: [happened('hazard.acknowledged', 'RECTIFYING', { plan: input.plan })], files: [{ ids: input.files, role: 'PLAN' }] })),
  askExtension: (ctx, input) =>
    step(ctx, input, 'askExtension', (h, f) => ({
      refusals: refuseExtension(h, input, f),
      events: [happened('hazard.extension_asked', h.state, { ask: { kind: 'EXTENSION', dueOn: input.dueOn, reason: input.reason, interim: input.interim || null, askedOn: f.today, answerBy: extensionAnswerBy(f.today, f.limits) } })],
      files: [{ ids: input.files, role: 'OTHER' }],
    })),
  decideExtension: async (ctx, input) => {
    const answer = await step(ctx, input, 'decideExtension', (h, f) => {
      if (!input.granted || h.pending?.kind !== 'EXTENSION') return { events: [happened('hazard.extension_refused', h.state, { reply: input.reply })] }
      const dueOn = input.dueOn ?? h.pending.dueOn
      const interim = h.pending.interim ?? undefined
      return { refusals: refuseExtension(h, { dueOn, ...(interim ? { interim } : {}) }, f), events: [happened('hazard.extension_granted', h.state, { dueOn, reply: input.reply })] }
    })
    if (answer.level === 'MAJOR') await proposeFor(ctx, [answer.id])
    return answer
  },
  submit: (ctx, input) =>
    step(ctx, input, 'submit', (h, f) => ({
      refusals: refuseSubmission(h, input),
      events: [happened('hazard.submitted', 'SUBMITTED', { at: ctx.now.toISOString(), note: input.note, reinspectDueOn: reinspectDueOn(f.today, f.limits), late: h.runsTo !== null && h.runsTo < f.today })],
      files: [{ ids: input.photosAfter, role: 'AFTER' }, { ids: input.reports, role: 'REPORT' }],
    })),
}

export const closingHandlers: Part = {
  ...rectifying,
  assignReinspection: (ctx, input) =>
    step(ctx, input, 'assignReinspection', async (h, f) => ({
      refusals: [...refuseAssignment(h, input.officers, f), ...(await outOfReach(ctx, h, input.officers, f.today))],
      events: [happened('hazard.reinspection_assigned', 'REINSPECTING', { officers: input.officers, on: input.on ?? null })],
    }), input.officers),
  reinspect: reinspectOne,
  review: (ctx, input) =>
    step(ctx, input, 'review', () => ({ events: [input.approved ? happened('hazard.closure_reviewed', 'REINSPECTING', { note: input.note }) : happened('hazard.closure_returned', 'REINSPECTING', { reason: input.note })] })),
  closeMajor: closeOne,
  askTransfer: (ctx, input) =>
    step(ctx, input, 'askTransfer', (h, f) => ({
      events: [happened('hazard.transfer_asked', h.state, { ask: { kind: 'TRANSFER', toDept: input.toDept, materials: input.materials, reason: input.reason, askedOn: f.today, by: ctx.actor.id } })],
    })),
  decideTransfer: decideTransferOne,
  receipt: (ctx, input) =>
    step(ctx, input, 'receipt', (_, f) => ({
      events: [input.returned ? happened('hazard.transfer_returned', 'CONFIRMED', { reason: input.result, on: f.today }) : happened('hazard.transfer_closed', 'TRANSFER_CLOSED', { result: input.result, on: f.today })],
    })),
  freeze: (ctx, input) =>
    step(ctx, input, 'freeze', async (h, f) => ({
      refusals: refuseFreeze(h, { ...input, siteState: await siteStateOf(ctx, h) }),
      events: [happened('hazard.frozen', 'FROZEN', { frozen: { reason: input.reason, from: h.state, on: f.today, sourceRemoved: input.sourceRemoved }, nextCheckOn: addDays(f.today, f.limits.frozenCheckDays) })],
      files: [{ ids: input.evidence, role: 'OTHER' }],
    })),
  unfreeze: (ctx, input) =>
    step(ctx, input, 'unfreeze', async (h) => ({ refusals: refuseUnfreeze(await siteStateOf(ctx, h)), events: [happened('hazard.unfrozen', 'CONFIRMED', { reason: input.reason })] })),
  remindMany,
}
