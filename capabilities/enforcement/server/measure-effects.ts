import type { LocalDate } from '../../../kernel/core/time.ts'
import { addDays, endOfLocalDay, localDate } from '../../../kernel/core/time.ts'
import { zhDate } from '../../../kernel/core/time-zh.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import { type TodoDraft, sendMessages, settleTodos } from '../../todo/server/public.ts'
import { alertOf, MAKE_UP_HOURS, SEAL_ZH } from '../measure.ts'
import { Choices } from '../paper.ts'
import { gather } from './gather.ts'
import * as measures from './measure-store.ts'
import * as store from './store.ts'

type Measure = measures.Measure
const SYSTEM = { id: null, name: '系统', role: 'SYSTEM' }
const placeOf = (m: Measure) => ({ areaCode: m.area_code, gridId: m.grid_id, enterpriseId: m.enterprise_id })

/** An event of a measure, in the firm's timeline like its papers. */
export function tellMeasure(ctx: Ctx, before: Measure, after: Measure, event: string, data: Record<string, unknown> = {}): void {
  ctx.emit({
    aggregate: 'seal_measure', id: after.id, version: before.version + 1, event: `enforcement.${event}`, from: before.state, to: after.state, ...placeOf(after), data: { title: `${SEAL_ZH[after.kind]}${after.things.length}项`, no: after.no, dueOn: after.due_on, ...data },
    ...(ctx.actor.role === 'SYSTEM' ? { by: SYSTEM } : {}),
  })
}

/** Writes, tells and sets the todos right, in this order. */
export async function change(ctx: Ctx, before: Measure, set: Partial<Measure>, event: string, data: Record<string, unknown> = {}, approvedBy: string | null = null): Promise<Measure> {
  const today = localDate(ctx.now)
  const raw = { ...before, ...set }
  const after = { ...raw, alert: raw.state === 'IN_FORCE' || raw.state === 'EXPIRED' ? alertOf(raw.due_on, today) : null }
  await measures.save(ctx.tx, before, after, approvedBy)
  tellMeasure(ctx, before, after, event, data)
  settleTodos(ctx, [after.id], todosOf(after, today), data.how === undefined ? '已办理' : String(data.how))
  return { ...after, version: before.version + 1 }
}

/** What a measure asks of whom: the approval made up, the decision before its end, the release after it. */
export function todosOf(m: Measure, today: LocalDate): TodoDraft[] {
  const name = `${SEAL_ZH[m.kind]}${m.no ?? ''}（${m.enterprise_name}）`
  const draft = (step: string, title: string, why: string, who: { verb: string } | { personId: string }, dueAt: string, link = `/measures/${m.id}`): TodoDraft => ({
    kind: `enforcement.${step}`, dedupeKey: `measure:${m.id}:${step}:${'personId' in who ? 'officer' : who.verb}`, subject: { aggregate: 'seal_measure', id: m.id }, title: `${title}：${name}`, why,
    verb: 'verb' in who ? who.verb : null, personId: 'personId' in who ? who.personId : null, ...placeOf(m), dueAt, link,
  })
  if (m.state === 'RELEASED' || m.state === 'VOIDED') return []
  const approval = m.urgent && m.approved === null ? [draft('seal_approve', '补办批准', '情况紧急当场实施，二十四小时内报告并补办批准（行政强制法第十九条）', { verb: 'enforcement.seal' }, new Date(m.approval_due_at!).toISOString())] : []
  const end = endOfLocalDay(m.due_on).toISOString()
  const alert = m.state === 'TESTING' ? null : alertOf(m.due_on, today)
  const must = m.approved === false ? '负责人不同意，必须立即解除' : alert !== null && alert <= 0 ? '期满未作决定，必须解除' : null
  const link = m.release_paper_id ? `/papers/${m.release_paper_id}` : `/measures/${m.id}`
  if (must) return [...approval, draft('seal_release', must, '行政强制法第二十八条', { personId: m.officers[0]! }, end, link), draft('seal_release', must, '行政强制法第二十八条', { verb: 'enforcement.approve' }, end, link)]
  if (alert === null) return approval
  const near = draft(`seal_due_${alert}`, `${zhDate(m.due_on)}期满，决定延长或解除`, '行政强制法第二十五条', { personId: m.officers[0]! }, end)
  return [...approval, near, ...(alert <= 3 ? [draft(`seal_due_${alert}`, `${zhDate(m.due_on)}期满，督促决定`, '行政强制法第二十五条', { verb: 'enforcement.approve' }, end)] : [])]
}

/** D09 was issued: the measure runs from this day. Urgent: it is to be approved within 24 hours. */
export async function sealed(ctx: Ctx, row: store.Row, no: string | null, on: LocalDate): Promise<void> {
  const sealing = row.content.sealing!
  const urgent = sealing.urgent && row.approved_at === null
  const m = {
    // An id of its own: todos are settled by the id of their subject, and the paper has its own.
    id: ctx.newId(), paper_id: row.id, no, kind: sealing.sealKind, state: 'IN_FORCE' as const, agency_id: row.agency_id, enterprise_id: row.enterprise_id, enterprise_name: row.enterprise_name, site_id: row.site_id, site_name: row.site_name, area_code: row.area_code, grid_id: row.grid_id,
    officers: row.officers, drafted_by: row.drafted_by, reason: sealing.sealReason, things: sealing.things, started_on: on, days: sealing.days, due_on: addDays(on, sealing.days), urgent, approval_due_at: urgent ? new Date(ctx.now.getTime() + MAKE_UP_HOURS * 3_600_000).toISOString() : null,
    approved: urgent ? null : true, approved_by: row.approved_by, approved_by_name: row.approved_by_name, approved_at: row.approved_at, approval_note: row.approval_note,
  }
  await measures.insert(ctx.tx, m)
  const whole: Measure = { ...m, extended_days: 0, tested_days: 0, extension_paper_id: null, release_paper_id: null, alert: null, released_on: null, version: 0 }
  tellMeasure(ctx, whole, whole, 'seal_started', { urgent })
  settleTodos(ctx, [m.id], todosOf(whole, localDate(ctx.now)), '已开始')
}

/** A paper of a measure took effect: the decision, its extension (both at issue), the release (at service). */
export async function tookEffect(ctx: Ctx, row: store.Row, moment: 'ISSUED' | 'SERVED', on: LocalDate, no: string | null): Promise<void> {
  if (row.type === 'D09' && moment === 'ISSUED') return sealed(ctx, row, no, on)
  if ((row.type !== 'D10' || moment !== 'ISSUED') && (row.type !== 'D11' || moment !== 'SERVED')) return
  const m = await measures.ofPaper(ctx.tx, row.refer_id!)
  if (!m) return
  if (row.type === 'D11') return void (await change(ctx, m, { state: 'RELEASED', released_on: on, release_paper_id: row.id }, 'seal_released', { reason: row.content.release?.releaseReason, how: '已解除' }))
  const extended = { ...m, extended_days: row.content.extension!.extraDays }
  await change(ctx, m, { ...extended, extension_paper_id: row.id, due_on: measures.dueNow(extended, await measures.testingOf(ctx.tx, m.id), localDate(ctx.now)) }, 'seal_extended', { days: extended.extended_days, how: '已延长' })
}

/** A paper of a measure was voided before service: what it did is undone, and its number is kept by the paper. */
export async function undo(ctx: Ctx, row: store.Row): Promise<void> {
  if (row.type !== 'D09' && row.type !== 'D10' && row.type !== 'D11') return
  const m = await measures.ofPaper(ctx.tx, row.type === 'D09' ? row.id : row.refer_id!)
  if (!m || m.state === 'RELEASED' || m.state === 'VOIDED') return
  if (row.type === 'D09') return void (await change(ctx, m, { state: 'VOIDED' }, 'seal_voided', { how: '决定书作废' }))
  if (row.type === 'D11') return void (m.release_paper_id === row.id && (await change(ctx, m, { release_paper_id: null }, 'seal_alert')))
  if (m.extension_paper_id !== row.id) return
  const back = { ...m, extended_days: 0 }
  await change(ctx, m, { ...back, extension_paper_id: null, due_on: measures.dueNow(back, await measures.testingOf(ctx.tx, m.id), localDate(ctx.now)) }, 'seal_alert', { how: '延长决定作废' })
}

/** The release is drafted by the system, in the name of who drafted the decision; its officers finish and sign it. */
export async function draftRelease(ctx: Ctx, m: Measure, releaseReason: string): Promise<string> {
  const id = ctx.newId()
  const choices = Choices.parse({ officers: m.officers, release: { releaseReason, returned: '' } })
  const found = await gather(ctx, { id, type: 'D11', visitId: null, referId: m.paper_id, choices }, localDate(ctx.now))
  const place = { area_code: m.area_code, grid_id: m.grid_id, enterprise_id: m.enterprise_id }
  await store.insert(ctx.tx, {
    id, type: 'D11', state: 'DRAFT', agency_id: m.agency_id, site_id: m.site_id, visit_id: null, refer_id: m.paper_id, ...place, title: found.doc.title, officers: m.officers, choices: JSON.stringify(choices), content: JSON.stringify(found.content),
    enterprise_name: m.enterprise_name, site_name: m.site_name, drafted_by: m.drafted_by, drafted_by_name: '系统自动起草', drafted_at: ctx.now, no: null,
  })
  ctx.emit({ aggregate: 'paper', id, version: 1, event: 'enforcement.drafted', from: 'DRAFT', to: 'DRAFT', ...placeOf(m), data: { title: found.doc.title, no: null, reason: releaseReason }, by: SYSTEM })
  sendMessages(ctx, [{ kind: 'enforcement.release_drafted', dedupeKey: `release:${id}`, subject: { aggregate: 'paper', id }, title: `已自动起草解除决定书：${m.enterprise_name}`, text: releaseReason, link: `/papers/${id}`, to: { people: m.officers } }])
  return id
}
