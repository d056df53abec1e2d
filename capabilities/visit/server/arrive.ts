import { missing, refuseAny } from '../../../kernel/core/problem.ts'
import { businessDate, toMs } from '../../../kernel/core/time.ts'
import { type Ctx, refuseStale } from '../../../kernel/server/context.ts'
import { closeTodos, openTodos, type TodoDraft } from '../../todo/server/public.ts'
import { refuseCap } from '../cap.ts'
import { kinds } from '../kinds.ts'
import { dayOfAct, refuseTimes } from '../recording.ts'
import { refuseAdded, refuseBeginning, refuseRecorder, refuseState, type VisitRefusal } from '../rules.ts'
import { lastScanDay, refuseScan } from '../scan.ts'
import type { Answer, Start } from '../visit.ts'
import { sentence } from '../zh.ts'
import { storedPeople } from './blank.ts'
import type { MovedVisit } from './plan.ts'
import * as store from './store.ts'
import * as todos from './todos.ts'
import { admitKind, asParticipants, capQuestion, exactUse, refuseReach, rulesOf, subjectOf, teamOf, written } from './work.ts'

export const yearOf = (arrivedAt: string): number => Number(businessDate(arrivedAt).slice(0, 4))
export const iso = (at: string): string => new Date(toMs(at)).toISOString()

/** The stored visit for a step on the spot: in reach, of a kind the actor may do, not altered meanwhile. */
export async function forStep(ctx: Ctx, id: string, baseVersion: number | undefined, year: number) {
  const row = await store.findForWork(ctx.tx, ctx.actor, id, year)
  if (!row) throw missing()
  admitKind(ctx, row.kind)
  refuseReach(ctx, row.kind, { areaCode: row.area_code, gridId: row.grid_id, enterpriseId: row.enterprise_id })
  if (baseVersion !== undefined) refuseStale(row.version, baseVersion)
  return row
}

/** The ceiling as it stands for a stored visit that is about to begin. */
export async function capRefusals(ctx: Ctx, row: store.Found & store.Standing, year: number, overrideReason: string | null): Promise<VisitRefusal[]> {
  const question = capQuestion({
    kind: row.kind, countsToCap: row.counts_to_cap, facts: { tags: row.tags, highRisk: row.high_risk, standardLevel: row.standard_level }, areaCode: row.area_code, year, standing: row,
    clueKind: row.clue_kind, clueNo: row.clue_no, overrideReason: overrideReason ?? row.cap_override_reason,
  })
  const place = { enterpriseId: row.enterprise_id, areaCode: row.area_code, agencyId: row.agency_id, jointId: row.joint_id, except: row.id }
  return refuseCap(await exactUse(ctx, question, place, year))
}

export const papersDue = (arrivedAt: string, hours: number): string => new Date(toMs(arrivedAt) + hours * 3_600_000).toISOString()

/** Arrive, scan, show the certificates, tell the grounds: after this the visit runs, and its checklists may be answered. */
export async function start(ctx: Ctx, input: Start): Promise<MovedVisit> {
  const year = yearOf(input.arrivedAt)
  const row = await forStep(ctx, input.id, input.baseVersion, year)
  const rules = rulesOf(row)
  const people = input.people ?? asParticipants(row.people)
  const at = { areaCode: row.area_code, gridId: row.grid_id, enterpriseId: row.enterprise_id }
  refuseAny(refuseState(row.state, input.urgent ? 'startUrgent' : 'start'))
  const team = await teamOf(ctx, { kind: row.kind, people, on: dayOfAct(input.arrivedAt), at, declared: true, known: row.people })
  refuseAny([
    ...refuseBeginning({ kind: row.kind, state: row.state, urgent: input.urgent, urgentReason: input.urgentReason, needsCooperation: row.needs_cooperation }),
    ...team.refusals, ...refuseAdded(row.kind, row.people, team.people), ...refuseRecorder(ctx.actor.id, people), ...refuseTimes({ kind: row.kind, ...input }, ctx.now),
    ...(input.scan ? refuseScan({ ...input.scan, arrivedAt: input.arrivedAt, leftAt: null, urgent: input.urgent, now: ctx.now }, rules) : []),
    ...(await capRefusals(ctx, row, year, input.capOverrideReason ?? null)),
  ])
  const dueAt = input.urgent ? papersDue(input.arrivedAt, rules.papersHours) : null
  const set = {
    id: row.id, state: 'IN_PROGRESS' as const, urgent: input.urgent, papers_due_at: dueAt, business_date: businessDate(input.arrivedAt), arrived_at: iso(input.arrivedAt),
    id_shown_at: input.idShownAt ? iso(input.idShownAt) : null, informed_at: input.informedAt ? iso(input.informedAt) : null, scanned: !!input.scan, cap_override_reason: input.capOverrideReason ?? row.cap_override_reason,
  }
  const scans = input.scan ? [{ id: ctx.newId(), visit_id: row.id, moment: input.scan.moment, scanned_at: iso(input.scan.scannedAt), made_at: ctx.now.toISOString(), reason: input.scan.reason ?? null, person_id: ctx.actor.id }] : []
  const { no, version } = written(await store.writeWhole(ctx.tx, { update: set, base: row.version }, { people: storedPeople(row.id, team.people, team.names, team.certificates), answers: [], scans }), row.version)
  if (dueAt) openTodos(ctx, urgentTodos(ctx, row, input.urgentReason ?? '', dueAt))
  ctx.emit({ aggregate: 'visit', id: row.id, version, event: input.urgent ? 'visit.started_urgent' : 'visit.started', from: row.state, to: 'IN_PROGRESS', ...at, occurredAt: input.arrivedAt, data: { no, title: kinds[row.kind].zh, ...(input.urgent ? { reason: input.urgentReason } : {}) } })
  const warnings = kinds[row.kind].scan && rules.scanRequired && !input.scan ? [sentence({ code: 'visit.scan_later', params: { days: rules.scanAddDays } })] : []
  return { id: row.id, no, version, state: 'IN_PROGRESS', warnings }
}

/** The report at once to whoever approves, and the papers to whoever went. */
export const urgentTodos = (ctx: Ctx, row: store.Found, reason: string, dueAt: string): TodoDraft[] => [
  todos.toRatify(subjectOf(row), reason, dueAt),
  ...(row.submitted_at ? [] : [todos.toMakeUp(subjectOf(row), ctx.actor.id, dueAt)]),
]

type SaveInput = { id: string; answers: { versionId: string; itemCode: string; answer: Omit<Answer, 'versionId' | 'itemCode'> | null }[] }

/** Keeps what was answered so far, by item: a phone that dies loses nothing. The version of the visit does not move. */
export async function saveAnswers(ctx: Ctx, input: SaveInput): Promise<{ savedAt: string; count: number }> {
  const row = await store.find(ctx.tx, ctx.actor, input.id)
  if (!row) throw missing()
  refuseAny(refuseState(row.state, 'save'))
  const { people } = await store.childrenOf(ctx.tx, row.id)
  if (!people.some((p) => p.personId === ctx.actor.id)) refuseAny([{ code: 'visit.draft_not_yours' }], 'forbidden')
  const key = (a: { versionId: string; itemCode: string }) => `${a.versionId}/${a.itemCode}`
  const changed = Object.fromEntries(input.answers.flatMap(({ answer, ...at }) => (answer ? [[key(at), { ...at, ...answer }]] : [])))
  const removed = input.answers.filter((a) => a.answer === null).map(key)
  const { count } = await store.saveDraft(ctx.tx, { visitId: row.id, personId: ctx.actor.id, changed, removed, now: ctx.now })
  ctx.emit({ aggregate: 'visit', id: row.id, version: row.version, event: 'visit.draft_saved', areaCode: row.area_code, gridId: row.grid_id, enterpriseId: row.enterprise_id, data: { no: row.no, count } })
  return { savedAt: ctx.now.toISOString(), count }
}

export async function leave(ctx: Ctx, input: { id: string; baseVersion: number; leftAt: string }): Promise<MovedVisit> {
  const row = await forStep(ctx, input.id, input.baseVersion, yearOf(input.leftAt))
  refuseAny(refuseState(row.state, 'leave'))
  refuseAny(refuseTimes({ kind: row.kind, arrivedAt: row.arrived_at!, leftAt: input.leftAt, outcome: 'OTHER' }, ctx.now))
  const { no, version } = written(await store.update(ctx.tx, row.version, { id: row.id, left_at: iso(input.leftAt) }), row.version)
  ctx.emit({ aggregate: 'visit', id: row.id, version, event: 'visit.left', from: row.state, to: row.state, areaCode: row.area_code, gridId: row.grid_id, enterpriseId: row.enterprise_id, occurredAt: input.leftAt, data: { no, title: kinds[row.kind].zh } })
  return { id: row.id, no, version, state: row.state, warnings: [] }
}

type ScanInput = { id: string; baseVersion: number; moment: 'BEFORE' | 'BEFORE_LEAVING' | 'ADDED'; scannedAt: string; reason?: string | undefined }

/** A scan of the enterprise's code, or one added later with the reason why there was none. */
export async function addScan(ctx: Ctx, input: ScanInput): Promise<MovedVisit> {
  const row = await forStep(ctx, input.id, input.baseVersion, yearOf(input.scannedAt))
  refuseAny(refuseState(row.state, 'scan'))
  refuseAny(refuseScan({ moment: input.moment, scannedAt: input.scannedAt, reason: input.reason, arrivedAt: row.arrived_at!, leftAt: row.left_at, urgent: row.urgent, now: ctx.now }, rulesOf(row), '').map((r) => ({ ...r, field: r.field?.slice(1) ?? '' })))
  const { no, version } = written(await store.update(ctx.tx, row.version, { id: row.id, scanned: true }), row.version)
  await store.insertScan(ctx.tx, { id: ctx.newId(), visit_id: row.id, moment: input.moment, scanned_at: iso(input.scannedAt), made_at: ctx.now.toISOString(), reason: input.reason ?? null, person_id: ctx.actor.id })
  closeTodos(ctx, { subject: { id: row.id }, kind: 'visit.scan' }, '已登记')
  ctx.emit({ aggregate: 'visit', id: row.id, version, event: 'visit.scanned', from: row.state, to: row.state, areaCode: row.area_code, gridId: row.grid_id, enterpriseId: row.enterprise_id, data: { no, title: kinds[row.kind].zh, moment: input.moment, ...(input.reason ? { reason: input.reason } : {}) } })
  return { id: row.id, no, version, state: row.state, warnings: [] }
}

/** The todo for a scan that is still to be added; null where none is asked or one was made. */
export const scanTodo = (ctx: Ctx, row: store.Found, given: { scanned: boolean; leftAt: string; required: boolean; days: number }): TodoDraft | null =>
  kinds[row.kind].scan && given.required && !given.scanned ? todos.toScan(subjectOf(row), ctx.actor.id, lastScanDay(given.leftAt, { scanAddDays: given.days })) : null
