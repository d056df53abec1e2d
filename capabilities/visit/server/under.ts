import type { Ctx } from '../../../kernel/server/context.ts'
import { sitesInReach } from '../../enterprise/server/public.ts'
import { settleTodos } from '../../todo/server/public.ts'
import { warnCap } from '../cap.ts'
import { countsToCap, isInspection, kinds, needsApproval, type VisitKind } from '../kinds.ts'
import type { Plan } from '../visit.ts'
import { sentence } from '../zh.ts'
import { agencies, type MovedVisit, plan } from './plan.ts'
import * as store from './store.ts'
import * as todos from './todos.ts'
import { capQuestion, goers, rulesOf, subjectOf } from './work.ts'

export interface Approval {
  readonly at: string
  readonly by: string
  readonly byName: string
  readonly opinion: string
}

/** One approval with an annex stands for the approval of each visit in it (国办发〔2024〕54号; domain §3.7). */
export async function planUnder(ctx: Ctx, input: Plan, approval: Approval): Promise<{ visits: MovedVisit[] }> {
  const planned = await plan(ctx, input)
  if (!needsApproval(input.kind, input.needsCooperation)) return planned
  const decision = { state: 'APPROVED' as const, submitted_at: ctx.now.toISOString(), submitted_by: ctx.actor.id, decided_at: approval.at, decided_by: approval.by, decided_by_name: approval.byName, opinion: approval.opinion }
  const ids = planned.visits.map((v) => v.id)
  await store.updateAll(ctx.tx, ids, decision)
  const rows = await store.findAll(ctx.tx, { ...ctx.actor, reach: ctx.actor.reachOf('visit.plan') }, ids)
  await settleTodos(ctx, ids, rows.flatMap((row) => todos.toDo(subjectOf(row), goers(row.kind, row.people), row.planned_on)), '已批准')
  for (const row of rows) ctx.emit({ aggregate: 'visit', id: row.id, version: row.version, event: 'visit.approved', from: 'PLANNED', to: 'APPROVED', areaCode: row.area_code, gridId: row.grid_id, enterpriseId: row.enterprise_id, data: { no: row.no, title: kinds[row.kind].zh, opinion: approval.opinion, by: approval.byName } })
  return { visits: planned.visits.map((v) => ({ ...v, state: 'APPROVED', version: v.version + 1 })) }
}

export async function capWarnings(ctx: Ctx, asked: { siteIds: readonly string[]; kind: VisitKind; plannedOn: string }): Promise<Map<string, string[]>> {
  if (!isInspection(asked.kind) || !asked.siteIds.length) return new Map()
  const sites = await sitesInReach(ctx, asked.siteIds)
  const byArea = await agencies(ctx, sites.map((s) => s.areaCode))
  const year = Number(asked.plannedOn.slice(0, 4))
  const standings = await store.standingsOf(ctx.tx, sites.map((site) => ({ enterpriseId: site.enterpriseId, areaCode: site.areaCode, agencyId: byArea.get(site.areaCode) ?? null, jointId: null, except: '00000000-0000-0000-0000-000000000000' })), year)
  return new Map(sites.map((site, i) => {
    const standing = standings[i]!
    const question = capQuestion({ kind: asked.kind, countsToCap: countsToCap(asked.kind, rulesOf(standing).specialCounts), facts: site, areaCode: site.areaCode, year, standing, clueKind: null, clueNo: null, overrideReason: null })
    return [site.siteId, warnCap(question).map((r) => sentence(r))] as const
  }))
}
