import { missing, Problem, refuseAny, type Refusal } from '../../../kernel/core/problem.ts'
import { type Ctx, refuseStale } from '../../../kernel/server/context.ts'
import { publishedItems } from '../../checklist/server/public.ts'
import { refuseUse } from '../../checklist/rules.ts'
import { type SiteFacts, sitesInReach } from '../../enterprise/server/public.ts'
import { agencyOf } from '../../staff/server/public.ts'
import { closeTodos, openTodos, settleTodos, type TodoDraft } from '../../todo/server/public.ts'
import { warnCap } from '../cap.ts'
import { ASSISTING, isInspection, kinds, needsApproval, type VisitKind } from '../kinds.ts'
import { refuseAcknowledge, refuseDecision, refuseGrounds, refuseState } from '../rules.ts'
import type { Edit, Plan } from '../visit.ts'
import { sentence } from '../zh.ts'
import { blankVisit, groundColumns, storedPeople } from './blank.ts'
import * as store from './store.ts'
import * as todos from './todos.ts'
import { admitKind, capQuestion, goers, reachOfKind, refuseReach, rulesOf, subjectOf, teamOf, written } from './work.ts'

type Given = Omit<Plan, 'visits'>
export interface MovedVisit {
  id: string
  no: string
  version: number
  state: store.VisitRecord['state']
  warnings: string[]
}

/** Everything that is asked of an arrangement beside its sites. */
async function refuseArranged(ctx: Ctx, given: Given, at: { areaCode: string; gridId: string | null; enterpriseId: string }) {
  const team = await teamOf(ctx, { kind: given.kind, people: given.people, on: given.plannedOn, at, declared: false })
  const versions = await publishedItems(ctx.tx, given.versionIds)
  const lists = given.versionIds.flatMap((id, i): Refusal[] => {
    const version = versions.get(id)
    return version ? refuseUse(version, given.kind).map((r) => ({ ...r, field: `versionIds.${i}` })) : [{ code: 'visit.checklist_unknown', field: `versionIds.${i}` }]
  })
  refuseAny([...refuseGrounds(given), ...team.refusals, ...lists])
  await refuseLinked(ctx, given, at.enterpriseId)
  return team
}

/** A third party stands inside an approved inspection that named assisting people; a case may go on from what another visit only saw: its todo then ends. */
export async function refuseLinked(ctx: Ctx, given: Pick<Given, 'withinVisitId' | 'convertedFromId'>, enterpriseId: string): Promise<void> {
  const refuse = (path: string) => new Problem('refused', 'visit.within_not_led', { fields: [{ path, code: 'visit.within_not_led' }] })
  if (given.withinVisitId) {
    const [led] = await store.findAll(ctx.tx, ctx.actor, [given.withinVisitId])
    const approved = led && isInspection(led.kind) && (led.state === 'APPROVED' || led.state === 'IN_PROGRESS' || led.state === 'DONE')
    if (!approved || led.enterprise_id !== enterpriseId || !led.people.some((p) => ASSISTING.includes(p.part))) throw refuse('withinVisitId')
  }
  if (given.convertedFromId) {
    const from = await store.find(ctx.tx, ctx.actor, given.convertedFromId)
    if (from?.state !== 'DONE' || kinds[from.kind].papers !== 'NO' || from.enterprise_id !== enterpriseId) throw refuse('convertedFromId')
    for (const kind of ['visit.convert', 'visit.follow_up']) closeTodos(ctx, { subject: { id: from.id }, kind }, '已转个案检查')
  }
}

/** Sites in the reach of the kind's verb, in the order asked; one missing is as if none were there. */
async function sitesOf(ctx: Ctx, kind: VisitKind, siteIds: readonly string[]): Promise<SiteFacts[]> {
  const found = new Map((await sitesInReach({ tx: ctx.tx, actor: { ...ctx.actor, reach: reachOfKind(ctx, kind, 'plan') } }, siteIds)).map((site) => [site.siteId, site]))
  return siteIds.map((id) => {
    const site = found.get(id)
    if (!site) throw missing()
    return site
  })
}

export async function agencies(ctx: Ctx, areaCodes: readonly string[]): Promise<Map<string, string>> {
  const byArea = new Map<string, string>()
  for (const code of new Set(areaCodes)) byArea.set(code, (await agencyOf(ctx.tx, code)).id)
  return byArea
}

/** Plans one kind of visit to one or more sites. Nothing is blocked by the ceiling yet; what stands against it is said. */
export async function plan(ctx: Ctx, input: Plan): Promise<{ visits: MovedVisit[] }> {
  admitKind(ctx, input.kind, 'plan')
  const sites = await sitesOf(ctx, input.kind, input.visits.map((v) => v.siteId))
  const team = await refuseArranged(ctx, input, sites[0]!)
  const byArea = isInspection(input.kind) ? await agencies(ctx, sites.map((s) => s.areaCode)) : new Map<string, string>()
  const year = Number(input.plannedOn.slice(0, 4))
  const standings = await store.standingsOf(ctx.tx, sites.map((site, i) => ({ enterpriseId: site.enterpriseId, areaCode: site.areaCode, agencyId: byArea.get(site.areaCode) ?? null, jointId: input.jointId ?? null, except: input.visits[i]!.id })), year)
  const rows = sites.map((site, i) => {
    const blank = blankVisit(ctx, input.visits[i]!.id, input.kind, site, { agencyId: byArea.get(site.areaCode) ?? null, businessDate: input.plannedOn, specialCounts: rulesOf(standings[i]!).specialCounts })
    return { ...blank, ...groundColumns(input), planned_on: input.plannedOn, version_ids: input.versionIds }
  })
  const stored = new Map((await store.insertPlanned(ctx.tx, rows, rows.flatMap((row) => storedPeople(row.id, team.people, team.names, team.certificates)))).map((s) => [s.id, s]))
  const planned = sites.map((site, i): MovedVisit => {
    const row = rows[i]!
    const { no, version } = stored.get(row.id)!
    ctx.emit({ aggregate: 'visit', id: row.id, version, event: 'visit.planned', from: null, to: 'PLANNED', areaCode: site.areaCode, gridId: site.gridId, enterpriseId: site.enterpriseId, data: { no, title: kinds[input.kind].zh, site: site.siteName, plannedOn: input.plannedOn } })
    const question = capQuestion({ kind: input.kind, countsToCap: row.counts_to_cap, facts: site, areaCode: site.areaCode, year, standing: standings[i]!, clueKind: row.clue_kind, clueNo: row.clue_no, overrideReason: row.cap_override_reason })
    return { id: row.id, no, version, state: 'PLANNED', warnings: warnCap(question).map((r) => sentence(r)) }
  })
  if (!needsApproval(input.kind, input.needsCooperation)) {
    const drafts = planned.flatMap((p, i) => todos.toDo({ ...sites[i]!, id: p.id, no: p.no, kind: input.kind }, goers(input.kind, input.people), input.plannedOn))
    openTodos(ctx, drafts)
  }
  return { visits: planned }
}

/** Changes an arrangement before it is approved, or after it was refused. */
export async function edit(ctx: Ctx, input: Edit): Promise<MovedVisit> {
  const [row] = await store.findAll(ctx.tx, ctx.actor, [input.id])
  if (!row) throw missing()
  refuseStale(row.version, input.baseVersion)
  admitKind(ctx, input.kind, 'plan')
  const at = { areaCode: row.area_code, gridId: row.grid_id, enterpriseId: row.enterprise_id }
  refuseReach(ctx, input.kind, at, 'plan')
  refuseAny(refuseState(row.state, 'edit'))
  const team = await refuseArranged(ctx, input, at)
  const agency = isInspection(input.kind) ? (await agencies(ctx, [row.area_code])).get(row.area_code)! : null
  const [standing] = await store.standingsOf(ctx.tx, [{ enterpriseId: row.enterprise_id, areaCode: row.area_code, agencyId: agency, jointId: input.jointId ?? null, except: row.id }], Number(input.plannedOn.slice(0, 4)))
  const blank = blankVisit(ctx, row.id, input.kind, { ...at, siteId: row.site_id, parkId: row.park_id }, { agencyId: agency, businessDate: input.plannedOn, specialCounts: rulesOf(standing!).specialCounts })
  const set = { id: row.id, kind: input.kind, state: 'PLANNED' as const, agency_id: agency, business_date: input.plannedOn, planned_on: input.plannedOn, version_ids: input.versionIds, counts_to_cap: blank.counts_to_cap, ...groundColumns(input) }
  const { no, version } = written(await store.writeWhole(ctx.tx, { update: set, base: row.version }, { people: storedPeople(row.id, team.people, team.names, team.certificates), answers: [], scans: [] }), row.version)
  ctx.emit({ aggregate: 'visit', id: row.id, version, event: 'visit.edited', from: row.state, to: 'PLANNED', ...at, data: { no, title: kinds[input.kind].zh } })
  // Whoever is sent now is told, and what asked for the change is over.
  settleTodos(ctx, [row.id], needsApproval(input.kind, input.needsCooperation) ? [] : todos.toDo({ ...subjectOf(row), kind: input.kind }, goers(input.kind, input.people), input.plannedOn), '已修改')
  return { id: row.id, no, version, state: 'PLANNED', warnings: [] }
}

type NamedVisit = { id: string; baseVersion: number }

/** Several visits in one decision: each found in reach, none of them stale. */
async function several(ctx: Ctx, asked: readonly NamedVisit[]) {
  const rows = await store.findAll(ctx.tx, ctx.actor, asked.map((v) => v.id))
  if (rows.length !== asked.length) throw missing()
  rows.forEach((row, i) => refuseStale(row.version, asked[i]!.baseVersion))
  return rows
}

export async function submit(ctx: Ctx, input: { visits: NamedVisit[] }): Promise<{ visits: MovedVisit[] }> {
  const rows = await several(ctx, input.visits)
  for (const row of rows) {
    admitKind(ctx, row.kind, 'plan')
    refuseReach(ctx, row.kind, { areaCode: row.area_code, gridId: row.grid_id, enterpriseId: row.enterprise_id }, 'plan')
  }
  refuseAny(rows.flatMap((row, i): Refusal[] => [
    ...refuseState(row.state, 'submit').map((r) => ({ ...r, field: `visits.${i}` })),
    ...(needsApproval(row.kind, row.needs_cooperation) ? [] : [{ code: 'visit.approval_not_needed', field: `visits.${i}`, params: { kind: kinds[row.kind].zh } }]),
  ]))
  await store.updateAll(ctx.tx, rows.map((r) => r.id), { state: 'PENDING_APPROVAL', submitted_at: ctx.now.toISOString(), submitted_by: ctx.actor.id })
  openTodos(ctx, rows.map((row) => todos.toApprove(subjectOf(row), row.planned_on)))
  return { visits: rows.map((row) => moved(ctx, row, 'visit.submitted', 'PENDING_APPROVAL', {})) }
}

/** One event and one answer for a visit that took a step. */
function moved(ctx: Ctx, row: store.Found, event: string, to: MovedVisit['state'], data: Record<string, unknown>): MovedVisit {
  ctx.emit({ aggregate: 'visit', id: row.id, version: row.version + 1, event, from: row.state, to, areaCode: row.area_code, gridId: row.grid_id, enterpriseId: row.enterprise_id, data: { no: row.no, title: kinds[row.kind].zh, ...data } })
  return { id: row.id, no: row.no, version: row.version + 1, state: to, warnings: [] }
}

/** Approves or refuses before the start; after an urgent start it ratifies or does not, and what happened stays as it is. */
export async function decide(ctx: Ctx, input: { visits: NamedVisit[]; opinion: string }, action: 'approve' | 'refuse'): Promise<{ visits: MovedVisit[] }> {
  const rows = await several(ctx, input.visits)
  refuseAny(rows.flatMap((row, i) => refuseDecision({ state: row.state, urgent: row.urgent, decidedAt: row.decided_at, approverId: ctx.actor.id, people: row.people }, action).map((r) => ({ ...r, field: `visits.${i}` }))))
  const decision = { decided_at: ctx.now.toISOString(), decided_by: ctx.actor.id, decided_by_name: ctx.actor.name, opinion: input.opinion }
  const before = rows.filter((row) => row.state === 'PENDING_APPROVAL')
  const after = rows.filter((row) => row.state !== 'PENDING_APPROVAL')
  const to = action === 'approve' ? 'APPROVED' : 'REFUSED'
  if (before.length) {
    await store.updateAll(ctx.tx, before.map((r) => r.id), { state: to, ...decision })
    const drafts = before.flatMap((row): TodoDraft[] => (to === 'APPROVED' ? todos.toDo(subjectOf(row), goers(row.kind, row.people), row.planned_on) : [todos.toRework(subjectOf(row), row.submitted_by ?? row.created_by, input.opinion)]))
    settleTodos(ctx, before.map((r) => r.id), drafts, to === 'APPROVED' ? '已批准' : '未批准')
  }
  if (after.length) {
    await store.updateAll(ctx.tx, after.map((r) => r.id), decision)
    for (const row of after) for (const kind of ['visit.ratify', 'visit.make_up']) closeTodos(ctx, { subject: { id: row.id }, kind }, action === 'approve' ? '已追认' : '未予追认')
    if (action === 'refuse') openTodos(ctx, after.map((row) => todos.toWeigh(subjectOf(row), input.opinion)))
  }
  return { visits: rows.map((row) => {
    const early = row.state === 'PENDING_APPROVAL'
    const event = early ? (action === 'approve' ? 'visit.approved' : 'visit.refused') : action === 'approve' ? 'visit.ratified' : 'visit.not_ratified'
    return moved(ctx, row, event, early ? to : row.state, { opinion: input.opinion })
  }) }
}

/** A report was read and what follows was said; its todo ends. */
export async function acknowledge(ctx: Ctx, input: { id: string; baseVersion: number; opinion: string }): Promise<MovedVisit> {
  const [row] = await several(ctx, [input])
  refuseAny(refuseAcknowledge({ state: row!.state, signature: row!.signature, outcome: row!.outcome, urgent: row!.urgent, decidedAt: row!.decided_at }))
  await store.updateAll(ctx.tx, [row!.id], {})
  for (const kind of ['visit.sign_refused', 'visit.entry_refused', 'visit.weigh']) closeTodos(ctx, { subject: { id: row!.id }, kind }, '已阅处')
  return moved(ctx, row!, 'visit.acknowledged', row!.state, { opinion: input.opinion })
}

/** Cancels what has not begun (`cancel`) or voids a record with a reason (`void`); never deletes. */
export async function end(ctx: Ctx, input: { id: string; baseVersion: number; reason: string }, action: 'cancel' | 'void'): Promise<MovedVisit> {
  const [row] = await several(ctx, [input])
  refuseAny(refuseState(row!.state, action))
  if (action === 'cancel' || !ctx.actor.has('visit.approve')) admitKind(ctx, row!.kind, action === 'cancel' ? 'plan' : 'do')
  await store.updateAll(ctx.tx, [row!.id], { state: 'VOID', voided_at: ctx.now.toISOString(), void_reason: input.reason })
  closeTodos(ctx, { subject: { id: row!.id } }, action === 'cancel' ? '任务已取消' : '记录已作废')
  return moved(ctx, row!, action === 'cancel' ? 'visit.cancelled' : 'visit.voided', 'VOID', { reason: input.reason })
}
