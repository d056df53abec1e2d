import { sql } from 'kysely'
import { missing, refuseAny } from '../../../kernel/core/problem.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import { reachSql } from '../../../kernel/server/db.ts'
import { currentOf } from '../../checklist/server/public.ts'
import { isInspection, type VisitKind } from '../../visit/kinds.ts'
import { capWarnings, planUnder } from '../../visit/server/public.ts'
import type * as c from '../campaign.ts'
import type { CampaignRefusal } from '../rules.ts'
import { refuseVisit, spanOf } from '../rules.ts'
import type { MemberPart } from '../scheme.ts'
import { sentence } from '../zh.ts'
import { seen, told } from './steps.ts'
import type { CampaignRow } from './store.ts'

interface TargetFact {
  siteId: string
  wave: number
  teamId: string | null
  enterpriseId: string
  also: string[]
}

/** Objects of the campaign among the sites asked, in reach, in the order asked. */
async function targetsOf(ctx: Ctx, campaignId: string, siteIds: readonly string[]): Promise<TargetFact[]> {
  const { rows } = await sql<TargetFact>`select t.site_id as "siteId", t.wave, t.team_id as "teamId", t.enterprise_id as "enterpriseId",
      (select coalesce(array_agg(distinct o.name), '{}') from campaign_target x join campaign o on o.id = x.campaign_id and o.state in ('APPROVED', 'RUNNING') where x.site_id = t.site_id and x.campaign_id <> t.campaign_id and x.state in ('TO_DO', 'TAKEN')) as also
    from campaign_target t where t.campaign_id = ${campaignId} and t.site_id = any(${[...siteIds]}::uuid[]) and t.state <> 'DROPPED' and ${reachSql(ctx.actor, 't')} order by array_position(${[...siteIds]}::uuid[], t.site_id)`.execute(ctx.tx)
  return rows
}

interface TeamFact {
  name: string
  members: { personId: string; part: MemberPart; certified: boolean }[]
}

async function teamOf(ctx: Ctx, row: CampaignRow, teamId: string, on: string): Promise<TeamFact> {
  const { rows } = await sql<TeamFact>`select t.name, (select coalesce(json_agg(json_build_object('personId', m.person_id, 'part', m.part, 'certified', exists (select from certificate k where k.person_id = m.person_id and k.kind = 'LAW_ENFORCEMENT'
      and k.valid_from <= ${on}::date and k.valid_to >= ${on}::date and (k.revoked_on is null or k.revoked_on > ${on}::date))) order by array_position(array['LEADER', 'OFFICER', 'EXPERT', 'GRID', 'SUPPORT'], m.part), m.person_id), '[]') from campaign_member m where m.team_id = t.id) as members
    from campaign_team t where t.id = ${teamId} and t.campaign_id = ${row.id} and t.removed_at is null`.execute(ctx.tx)
  if (!rows[0]) throw missing()
  return rows[0]
}

/** What should be known before planning: the yearly ceiling, and who else wants the same place. Refuses nothing. */
export async function check(ctx: Ctx, input: { id: string; siteIds: string[]; kind: VisitKind; plannedOn: string }) {
  const row = await seen(ctx, input.id)
  const targets = await targetsOf(ctx, row.id, input.siteIds)
  const warnings = await capWarnings(ctx, { siteIds: targets.map((t) => t.siteId), kind: input.kind, plannedOn: input.plannedOn })
  return { sites: targets.map((t) => ({ siteId: t.siteId, warnings: [...(warnings.get(t.siteId) ?? []), ...t.also.map((name) => sentence({ code: 'campaign.also_wanted', params: { name } }))] })) }
}

function refuseTargets(row: CampaignRow, targets: readonly TargetFact[], asked: number): CampaignRefusal[] {
  const refusals: CampaignRefusal[] = []
  if (targets.length < asked) refusals.push({ code: 'campaign.not_a_target', field: 'siteIds', params: { count: asked - targets.length } })
  const shut = row.scheme.waves.length ? targets.find((t) => t.wave > row.open_wave) : undefined
  if (shut) refusals.push({ code: 'campaign.wave_closed', field: 'siteIds', params: { name: row.scheme.waves[shut.wave - 1]?.name ?? `第${shut.wave}批` }, clause: '§6.7' })
  return refusals
}

/** Who goes: of an inspection certified officers and experts, of a patrol or a service everybody but those who stay at the desk. */
function peopleOf(kind: VisitKind, team: TeamFact, chosen: readonly string[]) {
  const members = chosen.length ? team.members.filter((m) => chosen.includes(m.personId)) : team.members.filter((m) => m.part !== 'SUPPORT')
  const partOf = (m: TeamFact['members'][number]) => {
    if (isInspection(kind)) return m.certified && m.part !== 'EXPERT' && m.part !== 'GRID' ? 'OFFICER' : m.part === 'EXPERT' ? 'EXPERT' : m.part === 'GRID' ? 'GRID' : 'ASSISTANT'
    if (kind === 'GUIDANCE') return m.part === 'EXPERT' ? 'EXPERT' : m.certified ? 'OFFICER' : 'ASSISTANT'
    return m.part === 'GRID' ? 'GRID' : 'ASSISTANT'
  }
  return members.map((m) => ({ personId: m.personId, part: partOf(m) as 'OFFICER' | 'EXPERT' | 'GRID' | 'ASSISTANT', conflictDeclared: false }))
}

/** One visit for each site, in the order given as the team's route; approved where the campaign's own approval with its annex stands for it. */
export async function dispatch(ctx: Ctx, input: c.Dispatch) {
  const row = await seen(ctx, input.id)
  const team = await teamOf(ctx, row, input.teamId, input.plannedOn)
  const targets = await targetsOf(ctx, row.id, input.siteIds)
  const span = spanOf(row.starts_at, row.ends_at)
  const people = peopleOf(input.kind, team, input.officerIds)
  const officers = people.filter((p) => p.part === 'OFFICER').length
  refuseAny([
    ...refuseVisit({ act: 'plan', state: row.state, scheme: row.scheme, kind: input.kind, checklists: [], date: input.plannedOn, ...span, outside: 0, teamKnown: true }),
    ...refuseTargets(row, targets, new Set(input.siteIds).size),
    ...(isInspection(input.kind) && officers < 2 ? [{ code: 'campaign.team_officers' as const, field: 'officerIds', params: { name: team.name, count: officers }, clause: '罚法§42' }] : []),
  ])
  const visits = targets.map((t) => ({ id: ctx.newId(), siteId: t.siteId }))
  // A campaign that is done with certain lists hands them out with the task; otherwise the team takes what the place asks for.
  const versionIds = input.versionIds.length || !row.scheme.checklists.length ? input.versionIds : await currentOf(ctx.tx, row.scheme.checklists, input.kind)
  const planned = await planUnder(ctx, {
    visits, kind: input.kind, plannedOn: input.plannedOn, people, versionIds, purpose: `${row.name}${row.scheme.purpose ? `：${row.scheme.purpose}` : ''}`.slice(0, 500), planReference: `${row.basis}`.slice(0, 120), jointDepartments: [], needsCooperation: true, campaignId: row.id, teamId: input.teamId,
    ...sourceOf(input.kind),
  }, { at: row.decided_at!, by: row.decided_by!, byName: row.decided_by_name!, opinion: `按专项行动“${row.name}”审批（附名单）` })
  await sql`update campaign_target t set state = case when t.checks > 0 then 'DONE' else 'TAKEN' end, team_id = ${input.teamId}, ordinal = x.n + coalesce((select max(g.ordinal) from campaign_target g where g.team_id = ${input.teamId}), 0), version = t.version + 1
    from unnest(${targets.map((t) => t.siteId)}::uuid[]) with ordinality x(site_id, n) where t.campaign_id = ${row.id} and t.site_id = x.site_id`.execute(ctx.tx)
  told(ctx, row, 'dispatched', { from: row.state, to: row.state, data: { teamId: input.teamId, sites: targets.map((t) => t.siteId), text: `${team.name} ${targets.length} 家` } })
  return { visits: planned.visits.map((v, i) => ({ id: v.id, no: v.no, siteId: visits[i]!.siteId, warnings: v.warnings })) }
}

const sourceOf = (kind: VisitKind): { taskSource?: 'SPECIAL_PLAN' | 'PROGRAMME' | 'GRID_PLAN' | 'RANDOM_DRAW' } =>
  kind === 'ADMIN_SPECIAL' || kind === 'JOINT' ? { taskSource: 'SPECIAL_PLAN' } : kind === 'GUIDANCE' ? { taskSource: 'PROGRAMME' } : kind === 'PATROL' ? { taskSource: 'GRID_PLAN' } : kind === 'ADMIN_DAILY' ? { taskSource: 'RANDOM_DRAW' } : {}
