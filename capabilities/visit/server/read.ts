import type { z } from 'zod'
import type { Action } from '../../../kernel/core/operation.ts'
import { missing } from '../../../kernel/core/problem.ts'
import { localDate } from '../../../kernel/core/time.ts'
import { shortDateTime, zhDate } from '../../../kernel/core/time-zh.ts'
import type { Ctx, FileAnswer } from '../../../kernel/server/context.ts'
import { writeXlsx } from '../../../kernel/server/sheet/write.ts'
import { attachmentsOf } from '../../attachment/server/public.ts'
import { publishedItems } from '../../checklist/server/public.ts'
import { siteInReach } from '../../enterprise/server/public.ts'
import { hazardsOfVisit } from '../../hazard/server/public.ts'
import { certifiedOn, peopleWith, personNames } from '../../staff/server/public.ts'
import { isCapped } from '../cap.ts'
import { kinds, needsApproval, OUTCOME_ZH, STATE_ZH } from '../kinds.ts'
import { visitLifecycle, type VisitAction } from '../lifecycle.ts'
import { papersRefusals, refuseAcknowledge, refuseBeginning, refuseDecision, refuseKind, refuseState, type VisitRefusal } from '../rules.ts'
import { type Detail, type ExportFilter, exportColumns, type Row, type Team } from '../visit.ts'
import { sentence, zh } from '../zh.ts'
import { findCap } from './caps.ts'
import { exported } from './lists.ts'
import * as store from './store.ts'

/** A visit with all that belongs to it and what may be done now. */
export async function get(ctx: Ctx, id: string): Promise<Detail> {
  const row = await store.find(ctx.tx, ctx.actor, id)
  if (!row) throw missing()
  const children = await store.childrenOf(ctx.tx, id)
  const versions = await publishedItems(ctx.tx, row.version_ids)
  const hazards = ctx.actor.has('hazard.read') ? await hazardsOfVisit(ctx, id) : []
  const photos = (await attachmentsOf(ctx.tx, [id])).get(id) ?? []
  const papers = papersRefusals({ kind: row.kind, state: row.state, officers: children.people.filter((p) => p.part === 'OFFICER' && p.certificateNo).length })
  const order = new Map([...versions.values()].flatMap((v) => v.items.map((item, i) => [`${v.id}/${item.code}`, { item, i }] as const)))
  return {
    ...toRow(row), ...toFacts(row), ...children,
    checklists: row.version_ids.flatMap((v) => (versions.has(v) ? [{ versionId: v, code: versions.get(v)!.code, name: versions.get(v)!.name, version: versions.get(v)!.version, items: versions.get(v)!.items.length }] : [])),
    answers: children.answers
      .map((a) => ({ a, at: order.get(`${a.versionId}/${a.itemCode}`) }))
      .sort((x, y) => (x.at?.i ?? 0) - (y.at?.i ?? 0))
      .map(({ a, at }) => ({ ...a, category: at?.item.category ?? '', content: at?.item.content ?? '' })),
    findings: hazards.map((h) => ({ id: h.id, no: h.no, description: h.description, location: h.location, level: h.level, state: h.state, dueOn: h.dueOn, itemCode: h.itemCode })),
    photos: photos.map((p) => ({ id: p.id, role: p.role, name: p.name, type: p.type })),
    draft: row.state === 'IN_PROGRESS' ? await store.draftOf(ctx.tx, id, ctx.actor.id) : [],
    papersAllowed: papers.length === 0, papersWhyNot: papers.map((r) => sentence(r)),
    cap: isCapped(row.kind) && ctx.actor.has('enterprise.read') ? await findCap(ctx, row.enterprise_id, Number(row.business_date.slice(0, 4))) : null,
    timeline: (await store.timeline(ctx.tx, id)).map((e) => ({ at: e.at, event: e.event, label: (zh.events as Record<string, string>)[e.event] ?? e.event, actor: e.actor, text: textOf(e.data) })),
    actions: actionsOf(ctx, row, children.people),
  }
}

const textOf = (data: Record<string, unknown>): string =>
  [data.outcome && `结果：${data.outcome}`, typeof data.findings === 'number' && `隐患 ${data.findings} 项`, data.fixed ? `现场整改 ${data.fixed} 项` : '', data.opinion && `意见：${data.opinion}`, data.reason && `理由：${data.reason}`].filter(Boolean).join('，')

const toRow = (row: store.Found): Omit<Row, 'people'> => ({
  id: row.id, no: row.no, kind: row.kind, state: row.state, urgent: row.urgent, enterpriseId: row.enterprise_id, enterpriseName: row.enterprise_name, siteId: row.site_id, siteName: row.site_name, areaCode: row.area_code, gridId: row.grid_id,
  businessDate: row.business_date, plannedOn: row.planned_on, arrivedAt: row.arrived_at, leftAt: row.left_at, outcome: row.outcome, findingCount: row.finding_count, fixedCount: row.fixed_count, majorCount: row.major_count,
  papersDueAt: row.papers_due_at, version: row.version,
})

const toFacts = (row: store.Found) => ({
  parkId: row.park_id, address: row.address, principalName: row.principal_name, purpose: row.purpose, taskSource: row.task_source, clueKind: row.clue_kind, clueNo: row.clue_no, planReference: row.plan_reference, campaignId: row.campaign_id, jointDepartments: row.joint_departments,
  withinVisitId: row.within_visit_id, convertedFromId: row.converted_from_id, needsCooperation: row.needs_cooperation, countsToCap: row.counts_to_cap, capOverrideReason: row.cap_override_reason, submittedAt: row.submitted_at, decidedAt: row.decided_at,
  decidedByName: row.decided_by_name, opinion: row.opinion, idShownAt: row.id_shown_at, informedAt: row.informed_at, scanned: row.scanned, outcomeNote: row.outcome_note, signature: row.signature, signRefusalReason: row.sign_refusal_reason,
  witnessName: row.witness_name, witnessIdentity: row.witness_identity, companionName: row.companion_name, companionDuty: row.companion_duty, answerCount: row.answer_count, compliedCount: row.complied_count, notApplicableCount: row.not_applicable_count,
  patrolValid: row.patrol_valid, patrolNotes: row.patrol_notes, note: row.note, voidReason: row.void_reason,
})

/** What may be done now, by the rules that the commands ask again; what is not possible in this state at all is left out. */
export function actionsOf(ctx: Ctx, row: store.VisitRecord, people: readonly store.PersonRow[]): Action[] {
  const moves = Object.entries(visitLifecycle[row.state]) as [VisitAction, { verb: string; label: string }][]
  const takesPart = people.some((p) => p.personId === ctx.actor.id)
  return moves.flatMap(([action, move]): Action[] => {
    if (!ctx.actor.has(move.verb) || action === 'save') return []
    if ((action === 'startUrgent' && !kinds[row.kind].urgentAllowed) || (action === 'scan' && (!kinds[row.kind].scan || (row.scanned && row.state === 'DONE')))) return []
    if ((action === 'approve' || action === 'refuse') && row.state !== 'PENDING_APPROVAL' && (!row.urgent || row.decided_at)) return []
    if (action === 'handBack' && (!takesPart || refusalsFor(ctx, action, row, people).length)) return []
    if (action === 'acknowledge' && refusalsFor(ctx, action, row, people).length) return []
    if (action === 'submit' && !needsApproval(row.kind, row.needs_cooperation)) return []
    const refusals = refusalsFor(ctx, action, row, people)
    const why = refusals.map((r) => sentence(r))
    if (['start', 'startUrgent', 'record', 'leave'].includes(action) && !takesPart) why.push(sentence({ code: 'visit.recorder_not_there' }))
    return [{ action, label: move.label, allowed: why.length === 0, ...(why.length ? { why } : {}) }]
  })
}

function refusalsFor(ctx: Ctx, action: VisitAction, row: store.VisitRecord, people: readonly store.PersonRow[]): VisitRefusal[] {
  const beginning = { kind: row.kind, state: row.state, urgent: action === 'startUrgent', urgentReason: '-', needsCooperation: row.needs_cooperation }
  if (action === 'approve' || action === 'refuse') return refuseDecision({ state: row.state, urgent: row.urgent, decidedAt: row.decided_at, approverId: ctx.actor.id, people }, action)
  if (action === 'start' || action === 'startUrgent' || action === 'record') return [...refuseKind(row.kind, ctx.actor.has), ...refuseBeginning(beginning)]
  if (action === 'acknowledge') return refuseAcknowledge({ state: row.state, signature: row.signature, outcome: row.outcome, urgent: row.urgent, decidedAt: row.decided_at })
  if (action === 'edit' || action === 'submit' || action === 'cancel') return refuseKind(row.kind, ctx.actor.has, 'plan')
  if (action === 'handBack') return refuseBeginning(beginning)
  return refuseState(row.state, action)
}

/** Who could be named as an officer at a place on a day, certificate first; and oneself. */
export async function team(ctx: Ctx, siteId: string, on: string): Promise<z.infer<typeof Team>> {
  const site = await siteInReach(ctx, siteId)
  const ids = [...new Set([...(await peopleWith(ctx.tx, 'visit.inspect', { ...site, on })), ...(await peopleWith(ctx.tx, 'visit.patrol', { ...site, on })), ctx.actor.id])]
  const names = await personNames(ctx.tx, ids)
  const certificates = await certifiedOn(ctx.tx, ids, on)
  const people = ids.flatMap((personId) => {
    const known = names.get(personId)
    const certificate = certificates.get(personId)
    return known ? [{ personId, ...known, certificateNo: certificate?.no ?? null, certificateValidTo: certificate?.validTo ?? null }] : []
  })
  return { people: people.sort((a, b) => Number(b.certificateNo !== null) - Number(a.certificateNo !== null)) }
}

const columns: Readonly<Record<(typeof exportColumns)[number], { heading: string; kind?: 'number' | 'date'; cell: (row: Row) => string | number | null }>> = {
  no: { heading: '检查编号', cell: (r) => r.no },
  kind: { heading: '走访方式', cell: (r) => kinds[r.kind].zh },
  enterpriseName: { heading: '监管对象', cell: (r) => r.enterpriseName },
  siteName: { heading: '场所', cell: (r) => r.siteName },
  businessDate: { heading: '业务日期', cell: (r) => r.businessDate },
  people: { heading: '参加人员', cell: (r) => r.people },
  state: { heading: '状态', cell: (r) => STATE_ZH[r.state] },
  outcome: { heading: '走访结果', cell: (r) => (r.outcome ? OUTCOME_ZH[r.outcome] : '') },
  findingCount: { heading: '发现隐患', kind: 'number', cell: (r) => r.findingCount },
  fixedCount: { heading: '现场整改', kind: 'number', cell: (r) => r.fixedCount },
  majorCount: { heading: '重大隐患', kind: 'number', cell: (r) => r.majorCount },
  papersDueAt: { heading: '补办审批期限', cell: (r) => (r.papersDueAt ? zhDate(localDate(r.papersDueAt)) : '') },
}

/** The list as filtered, as a spreadsheet; who took it is audited. */
export async function exportList(ctx: Ctx, { columns: asked, ...filter }: ExportFilter): Promise<FileAnswer> {
  const shown = (asked?.length ? asked : exportColumns).map((key) => columns[key])
  ctx.audit({ kind: 'EXPORT', subject: 'visit', result: 'ok', data: { filter, columns: asked ?? null } })
  async function* rows() {
    for await (const row of exported(ctx.tx, ctx.actor, filter)) yield shown.map((column) => column.cell(row))
  }
  const spec = { name: '检查任务', title: [`检查任务 ${shortDateTime(ctx.now)} 导出`], columns: shown.map((c) => ({ heading: c.heading, kind: c.kind ?? ('text' as const) })), rows: rows(), spareRows: 0 }
  return { file: { name: `检查任务_${localDate(ctx.now)}.xlsx`, type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', body: writeXlsx({ sheets: [spec] }) } }
}
