import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../../kernel/server/context.ts'
import { reachSql } from '../../../kernel/server/db.ts'
import type { Answer } from '../../visit/visit.ts'
import type { VisitRow } from '../rows.ts'
import { fromTable, reachFor } from './source.ts'

/** Mine: I take part or have arranged it, and it is not over. */
export function myVisits(ctx: Ctx): RawBuilder<boolean> | undefined {
  const who = reachFor(ctx, 'visit.read')
  if (!who) return undefined
  const me = ctx.actor.id
  return sql<boolean>`(v.state in ('PLANNED','PENDING_APPROVAL','APPROVED','REFUSED','IN_PROGRESS') and ${reachSql(who, 'v')}
    and (v.created_by = ${me}::uuid or exists (select from visit_person m where m.visit_id = v.id and m.person_id = ${me}::uuid)))`
}

const people = sql`(select coalesce(json_agg(json_build_object('personId', p.person_id, 'name', p.name, 'organisation', p.organisation, 'part', p.part, 'certificateNo', p.certificate_no,
  'certificateValidTo', p.certificate_valid_to, 'conflictDeclared', p.conflict_declared, 'conflict', p.conflict) order by p.ordinal), '[]') from visit_person p where p.visit_id = v.id) as people`

type Raw = Omit<VisitRow, 'draft'> & { draft: Record<string, Answer> | null; draftVersion: number }

/** Tasks: planned, sent back, approved and running visits of mine. */
export const visits = fromTable<'visit'>({
  kind: 'visit',
  bytesEach: 2200,
  from: sql`visit v`,
  id: sql`v.id`,
  mine: myVisits,
  read: async (ctx, these) => {
    const { rows } = await sql<Raw>`
      select v.id, v.no, v.kind, v.state, v.urgent, v.enterprise_id as "enterpriseId", e.name as "enterpriseName", v.site_id as "siteId", s.name as "siteName", v.area_code as "areaCode", v.grid_id as "gridId",
        v.planned_on as "plannedOn", v.business_date as "businessDate", v.purpose, v.task_source as "taskSource", v.clue_kind as "clueKind", v.clue_no as "clueNo", v.plan_reference as "planReference", v.campaign_id as "campaignId", v.team_id as "teamId",
        v.within_visit_id as "withinVisitId", v.converted_from_id as "convertedFromId", v.needs_cooperation as "needsCooperation", v.joint_departments as "jointDepartments", v.joint_id as "jointId",
        v.cap_override_reason as "capOverrideReason", v.arrived_at as "arrivedAt", v.left_at as "leftAt", v.id_shown_at as "idShownAt", v.informed_at as "informedAt", v.scanned, v.outcome,
        v.decided_at as "decidedAt", v.decided_by_name as "decidedByName", v.opinion, v.papers_due_at as "papersDueAt", v.version_ids as "versionIds", v.version, ${people}, d.answers as draft, coalesce(d.version, 0) as "draftVersion"
      from visit v join enterprise e on e.id = v.enterprise_id join site s on s.id = v.site_id left join visit_draft d on d.visit_id = v.id and d.person_id = ${ctx.actor.id}::uuid
      where ${these}`.execute(ctx.tx)
    return rows.map(({ draft, draftVersion, ...row }) => ({ id: row.id, version: row.version + draftVersion, row: { ...row, draft: Object.values(draft ?? {}) } }))
  },
})
