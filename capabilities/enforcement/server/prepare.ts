import { missing, say } from '../../../kernel/core/problem.ts'
import { localDate } from '../../../kernel/core/time.ts'
import type { OutputOf } from '../../../kernel/core/operation.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import { cite, isUnnamedLocalRule } from '../../checklist/laws.ts'
import { siteInReach } from '../../enterprise/server/public.ts'
import { hazardsForPaper, hazardsOfVisit } from '../../hazard/server/public.ts'
import { certifiedOn, peopleWith, personNames } from '../../staff/server/public.ts'
import { kinds } from '../../visit/kinds.ts'
import { visitForPaper } from '../../visit/server/public.ts'
import type { DocType } from '../doc-type.ts'
import type { operations } from '../operations.ts'
import { visitRefusals } from '../rules.ts'
import { zh } from '../zh.ts'
import * as store from './store.ts'

type Prepared = OutputOf<typeof operations.prepare>

/** What a visit offers to a drafter: its officers, its hazards with their bases, and which papers may follow or why not. */
export async function prepare(ctx: Ctx, input: { visitId?: string | undefined; referId?: string | undefined; siteId?: string | undefined }): Promise<Prepared> {
  const visit = input.visitId ? await visitForPaper(ctx, input.visitId) : null
  const refer = input.referId ? await store.find(ctx.tx, ctx.actor, input.referId) : undefined
  const siteId = visit?.siteId ?? refer?.site_id ?? input.siteId
  if (!siteId) throw missing()
  const site = await siteInReach(ctx, siteId)
  const hazards = !refer && !visit ? [] : refer ? await hazardsForPaper(ctx, await store.hazardsOf(ctx.tx, refer.id)) : await hazardsOfVisit(ctx, visit!.id)
  const team = visit ? visit.people.flatMap((p) => (p.part === 'OFFICER' && p.personId ? [{ id: p.personId, name: p.name }] : [])) : await reinspectors(ctx, refer ?? { officers: [], area_code: site.areaCode, grid_id: site.gridId, enterprise_id: site.enterpriseId }, hazards.flatMap((h) => (h.state === 'REINSPECTING' ? h.reinspectors : [])))
  const certificates = await certifiedOn(ctx.tx, team.map((p) => p.id), localDate(ctx.now))
  const facts = visit && { kind: visit.kind, kindZh: kinds[visit.kind].zh, done: visit.state === 'DONE', refused: visit.papersRefused.map((r) => r.code) }
  return {
    party: { enterpriseId: site.enterpriseId, enterpriseName: site.enterpriseName, siteName: site.siteName, principalName: site.principalName },
    visit: visit && { id: visit.id, no: visit.no, kind: kinds[visit.kind].zh, businessDate: visit.businessDate, enterpriseId: site.enterpriseId, enterpriseName: site.enterpriseName, siteName: site.siteName },
    officers: team.map(({ id, name }) => ({ id, name, certificateNo: certificates.get(id)?.no ?? null })),
    types: (await store.formsAt(ctx.tx, site.areaCode)).filter((form) => offered(form, refer, visit !== null)).map((form) => {
      const why = visitRefusals(form, facts).map((r) => say(zh.problems, r.code, r.params))
      return { type: form.type, title: form.title, allowed: why.length === 0, why }
    }),
    hazards: hazards.map((h) => ({
      id: h.id, no: h.no, location: h.location, description: h.description, requirement: h.requirement, level: h.level, immediateStop: h.immediateStop, stopInForce: h.stopInForce, state: h.state,
      defaultDays: h.defaultDays, dueOn: h.dueOn, basis: h.legalBasis.map((b) => ({ text: b.text, cited: cite(b), unnamed: isUnnamedLocalRule(b) })),
    })),
    papers: (visit ? await store.ofVisit(ctx.tx, visit.id) : []).map(({ id, type, title, no, state }) => ({ id, type, title, no, state })),
  }
}

/** Who may re-inspect: those assigned (T10), the officers of the paper first, then everybody who holds the right there (one of a major hazard must be new, T10). */
async function reinspectors(ctx: Ctx, refer: Pick<store.Row, 'officers' | 'area_code' | 'grid_id' | 'enterprise_id'>, assigned: readonly string[]): Promise<{ id: string; name: string }[]> {
  const able = await peopleWith(ctx.tx, 'hazard.reinspect', { areaCode: refer.area_code, gridId: refer.grid_id, enterpriseId: refer.enterprise_id, on: localDate(ctx.now) })
  const ids = [...new Set([...assigned, ...refer.officers, ...able.filter((id) => id === ctx.actor.id), ...able])].slice(0, 40)
  const names = await personNames(ctx.tx, ids)
  return ids.map((id) => ({ id, name: names.get(id)?.name ?? '' }))
}

/** A decision of a measure is followed by its extension and release, an order by its re-inspection; without either only a talk. */
function offered(form: DocType, refer: store.Row | undefined, visit: boolean): boolean {
  if (refer) return form.needs.some((need) => need.where === 'REFERRED' && need.types.includes(refer.type))
  return visit ? form.hazards !== 'REFERRED' && form.hazards !== 'NONE' : form.visits === 'ANY'
}
