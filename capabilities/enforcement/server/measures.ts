import { missing, Problem, refuseAny, say } from '../../../kernel/core/problem.ts'
import { daysBetween, localDate } from '../../../kernel/core/time.ts'
import type { Action } from '../../../kernel/core/operation.ts'
import type { JobSpec } from '../../../kernel/server/capability.ts'
import { type Ctx, type Handlers, refuseStale } from '../../../kernel/server/context.ts'
import { personNames } from '../../staff/server/public.ts'
import { sendMessages } from '../../todo/server/public.ts'
import { type MeasureAction, measureLifecycle } from '../lifecycle.ts'
import { testingEndRefusals, testingRefusals } from '../measure-rules.ts'
import { alertOf, MEASURE_ZH, type MeasureDetail, SEAL_ZH } from '../measure.ts'
import type { operations } from '../operations.ts'
import { zh } from '../zh.ts'
import { change, draftRelease } from './measure-effects.ts'
import * as measures from './measure-store.ts'
import * as store from './store.ts'

type All = Handlers<typeof operations>
type Measure = measures.Measure

async function mustFind(ctx: Ctx, input: { id: string; baseVersion: number }, action: MeasureAction): Promise<Measure> {
  const m = await measures.find(ctx.tx, ctx.actor, input.id, true)
  if (!m) throw missing()
  refuseStale(m.version, input.baseVersion)
  if (!measureLifecycle[m.state][action]) throw new Problem('refused', 'enforcement.measure_state', { params: { state: MEASURE_ZH[m.state] } })
  return m
}

const buttons: readonly MeasureAction[] = ['makeUp', 'startTesting', 'endTesting', 'extend', 'release']

function actionsOf(ctx: Ctx, m: Measure): Action[] {
  const today = localDate(ctx.now)
  return buttons.flatMap((action): Action[] => {
    const move = measureLifecycle[m.state][action]
    if (!move || !ctx.actor.has(move.verb) || store.isParty(ctx.actor)) return []
    if (action === 'makeUp' && (!m.urgent || m.approved !== null)) return []
    const why = action === 'extend' && m.extended_days > 0 ? 'enforcement.extended_already' : action === 'extend' && today > m.due_on ? 'enforcement.extension_late' : action === 'makeUp' && m.officers.includes(ctx.actor.id) ? 'enforcement.own_paper' : null
    return [{ action, label: move.label, allowed: why === null, ...(why ? { why: [say(zh.problems, why, { due: m.due_on })] } : {}) }]
  })
}

async function toDetail(ctx: Ctx, m: Measure): Promise<MeasureDetail> {
  const party = store.isParty(ctx.actor)
  const testing = await measures.testingOf(ctx.tx, m.id)
  const names = await personNames(ctx.tx, m.officers)
  return {
    ...measures.toRow(m), siteId: m.site_id, reason: m.reason, days: m.days, things: m.things, officers: m.officers.map((id) => names.get(id)?.name ?? ''), approvedByName: m.approved_by_name, approvedAt: m.approved_at, approvalNote: party ? null : m.approval_note,
    testing, testedDays: m.tested_days, papers: await store.ofMeasure(ctx.tx, ctx.actor, m.paper_id), releasePaperId: party ? null : m.release_paper_id, actions: actionsOf(ctx, m),
  }
}

const told = (ctx: Ctx, m: Measure, key: string, title: string, text: string): void => sendMessages(ctx, [{
  kind: 'enforcement.seal_told', dedupeKey: `${key}:${m.id}:${m.version}`, subject: { aggregate: 'seal_measure', id: m.id }, title: `${title}：${m.enterprise_name}`, text, link: `/measures/${m.id}`,
  to: { verb: 'hazard.submit', areaCode: m.area_code, gridId: m.grid_id, enterpriseId: m.enterprise_id },
}])

export const measureHandlers: Pick<All, 'measures' | 'measure' | 'makeUp' | 'startTesting' | 'endTesting'> = {
  measures: (ctx, input) => measures.list(ctx.tx, ctx.actor, input, localDate(ctx.now)),
  measure: async (ctx, input) => {
    const m = await measures.find(ctx.tx, ctx.actor, input.id)
    if (!m) throw missing()
    return toDetail(ctx, m)
  },
  makeUp: async (ctx, input) => {
    const m = await mustFind(ctx, input, 'makeUp')
    if (!m.urgent || m.approved !== null) throw new Problem('refused', 'enforcement.make_up_not_needed')
    if (m.officers.includes(ctx.actor.id) || m.drafted_by === ctx.actor.id) throw new Problem('refused', 'enforcement.own_paper')
    if (!input.agree && input.note.length < 2) throw new Problem('refused', 'enforcement.make_up_note_needed', { fields: [{ path: 'note', code: 'enforcement.make_up_note_needed' }] })
    // 强法§19: what the head does not think right is lifted at once.
    const release = input.agree ? m.release_paper_id : (m.release_paper_id ?? (await draftRelease(ctx, m, `行政机关负责人认为不应当采取该措施（${input.note}）`)))
    const set = { approved: input.agree, approved_by_name: ctx.actor.name, approved_at: ctx.now.toISOString(), approval_note: input.note, release_paper_id: release }
    return toDetail(ctx, await change(ctx, m, set, input.agree ? 'seal_approved' : 'seal_not_approved', { note: input.note, how: input.agree ? '已补办批准' : '不同意' }, ctx.actor.id))
  },
  startTesting: async (ctx, input) => {
    const m = await mustFind(ctx, input, 'startTesting')
    const today = localDate(ctx.now)
    const before = await measures.testingOf(ctx.tx, m.id)
    refuseAny(testingRefusals(input, { startedOn: m.started_on, lastEnd: before.at(-1)?.to ?? null }, today))
    await measures.startTest(ctx.tx, m.id, { ...input, id: input.testingId })
    const due = measures.dueNow(m, [...before, { from: input.from, to: null }], today)
    const after = await change(ctx, m, { state: 'TESTING', due_on: due }, 'seal_testing', { what: input.what, lab: input.lab, how: '已送检' })
    told(ctx, after, 'testing', `${SEAL_ZH[m.kind]}的物品已送检，期间不计入期限`, `${input.what}，${input.lab}`)
    return toDetail(ctx, after)
  },
  endTesting: async (ctx, input) => {
    const m = await mustFind(ctx, input, 'endTesting')
    const today = localDate(ctx.now)
    const all = await measures.testingOf(ctx.tx, m.id)
    const running = all.find((t) => t.to === null)!
    refuseAny(testingEndRefusals(input.to, running.from, today))
    await measures.endTest(ctx.tx, m.id, input.to, input.result)
    const ended = all.map((t) => (t.id === running.id ? { ...t, to: input.to } : t))
    const after = await change(ctx, m, { state: 'IN_FORCE', tested_days: ended.reduce((n, t) => n + daysBetween(t.from, t.to!), 0), due_on: measures.dueNow(m, ended, today) }, 'seal_tested', { result: input.result, how: '检验结束' })
    told(ctx, after, 'tested', '检验检测已结束', `${input.result}；期限至${after.due_on}`)
    return toDetail(ctx, after)
  },
}

/** Each measure has a turn of its own: one that fails is tried again and does not hold the others up. */
async function wind(ctx: Ctx): Promise<void> {
  for (const id of await measures.ticking(ctx.tx, localDate(ctx.now))) ctx.enqueue('enforcement.seal_tick', { id })
}

/** T-7, T-3, T-1; on the last day the release is drafted; past it the measure stands as expired until it is lifted (强法§28). */
async function tick(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  const today = localDate(ctx.now)
  const m = await measures.locked(ctx.tx, String(payload.id))
  if (!m) return
  if (m.state === 'TESTING') {
    const due = measures.dueNow(m, await measures.testingOf(ctx.tx, m.id), today)
    if (due !== m.due_on) await change(ctx, m, { due_on: due }, 'seal_alert', { how: '检验期间顺延' })
    return
  }
  const alert = alertOf(m.due_on, today)
  if ((m.state !== 'IN_FORCE' && m.state !== 'EXPIRED') || alert === m.alert) return
  const lift = alert !== null && alert <= 0 && m.release_paper_id === null
  const release = lift ? await draftRelease(ctx, m, `${SEAL_ZH[m.kind]}期限届满`) : m.release_paper_id
  await change(ctx, m, { state: alert === -1 ? 'EXPIRED' : m.state, release_paper_id: release }, alert === -1 ? 'seal_expired' : 'seal_alert', { left: alert, how: '提醒更新' })
}

export const sealJobs: readonly JobSpec[] = [{ kind: 'enforcement.seal_clock', every: 3600, run: wind }, { kind: 'enforcement.seal_tick', run: tick }]
