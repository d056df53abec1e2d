import { sql } from 'kysely'
import { missing, Problem, type Refusal, refuseAny } from '../../../kernel/core/problem.ts'
import { type Ctx, refuseStale } from '../../../kernel/server/context.ts'
import { reachSql } from '../../../kernel/server/db.ts'
import { certifiedOn, personNames } from '../../staff/server/public.ts'
import type * as c from '../campaign.ts'
import { led, seen, told } from './steps.ts'
import { type CampaignRow, membersOf } from './store.ts'

/** Teams with members and routes; certificates are those of the action's first date. Two statements. */
export async function teams(ctx: Ctx, id: string): Promise<{ teams: c.Team[] }> {
  const row = await seen(ctx, id)
  return { teams: await read(ctx, row, null) }
}

async function read(ctx: Ctx, row: CampaignRow, teamId: string | null): Promise<c.Team[]> {
  const { rows } = await sql<{ teams: c.Team[] }>`select coalesce(json_agg(json_build_object('id', t.id, 'ordinal', t.ordinal, 'name', t.name, 'kind', t.kind, 'leaderId', t.leader_id, 'areaCode', t.area_code, 'vehicle', t.vehicle, 'version', t.version,
      'members', (select coalesce(json_agg(json_build_object('personId', m.person_id, 'name', m.name, 'organisation', m.organisation, 'part', m.part, 'certificateNo', (select k.no from certificate k where k.person_id = m.person_id and k.kind = 'LAW_ENFORCEMENT'
          and k.valid_from <= ${row.business_date}::date and k.valid_to >= ${row.business_date}::date and (k.revoked_on is null or k.revoked_on > ${row.business_date}::date) order by k.valid_to desc limit 1))
          order by array_position(array['LEADER', 'OFFICER', 'EXPERT', 'GRID', 'SUPPORT'], m.part), m.name), '[]') from campaign_member m where m.team_id = t.id),
      'route', (select coalesce(json_agg(json_build_object('siteId', x.site_id, 'enterpriseName', e.name, 'siteName', s.name, 'address', s.address, 'state', x.state) order by x.ordinal nulls last, x.site_id), '[]')
          from (select * from campaign_target g where g.team_id = t.id and g.state <> 'DROPPED' and ${reachSql(ctx.actor, 'g')} order by g.ordinal nulls last, g.site_id limit 200) x join site s on s.id = x.site_id join enterprise e on e.id = x.enterprise_id)
    ) order by t.ordinal), '[]') as teams from campaign_team t where t.campaign_id = ${row.id} and t.removed_at is null and (${teamId}::uuid is null or t.id = ${teamId}::uuid)`.execute(ctx.tx)
  return rows[0]!.teams
}

/** People of the bureau, the streets and the grids below the organising area, with the team they are in already. */
export async function candidates(ctx: Ctx, input: { id: string; q?: string | undefined }) {
  const row = await seen(ctx, input.id)
  const { rows } = await sql<{ personId: string; name: string; organisation: string | null; certificateNo: string | null; teamName: string | null }>`
    select p.id as "personId", p.name, o.name as organisation, (select k.no from certificate k where k.person_id = p.id and k.kind = 'LAW_ENFORCEMENT' and k.valid_from <= ${row.business_date}::date and k.valid_to >= ${row.business_date}::date
        and (k.revoked_on is null or k.revoked_on > ${row.business_date}::date) limit 1) as "certificateNo",
      (select t.name from campaign_member m join campaign_team t on t.id = m.team_id where m.campaign_id = ${row.id} and m.person_id = p.id) as "teamName"
    from person p join organisation o on o.id = p.organisation_id and o.kind not in ('ENTERPRISE', 'PARK') and o.area_code like area_prefix(${row.area_code}) || '%'
    where (p.left_on is null or p.left_on > ${row.business_date}::date) and exists (select from post t join role r on r.code = t.role_code and not r.exclusive where t.person_id = p.id and (t.valid_to is null or t.valid_to >= ${row.business_date}::date))
      and (${input.q ?? ''} = '' or p.name like '%' || ${input.q ?? ''} || '%' or o.name like '%' || ${input.q ?? ''} || '%') order by 4 nulls last, o.sort_no, o.name, p.name limit 200`.execute(ctx.tx)
  return { people: rows }
}

async function refuseMembers(ctx: Ctx, row: CampaignRow, input: c.SetTeam, names: ReadonlyMap<string, { name: string }>): Promise<Refusal[]> {
  const ids = input.members.map((m) => m.personId)
  const certified = await certifiedOn(ctx.tx, ids, row.business_date)
  const elsewhere = new Map((await membersOf(ctx.tx, row.id)).filter((m) => m.teamId !== input.teamId).map((m) => [m.personId, m.teamName]))
  const refusals: Refusal[] = []
  if (input.members.length && input.members.filter((m) => m.part === 'LEADER').length !== 1) refusals.push({ code: 'campaign.one_leader', field: 'members' })
  input.members.forEach((m, i) => {
    const name = names.get(m.personId)?.name ?? ''
    const team = elsewhere.get(m.personId) ?? (ids.indexOf(m.personId) === i ? undefined : input.name)
    if (team) refusals.push({ code: 'campaign.member_twice', field: `members.${i}.personId`, params: { name, team } })
    if (m.part === 'OFFICER' && !certified.has(m.personId)) refusals.push({ code: 'campaign.officer_without_certificate', field: `members.${i}.personId`, params: { name }, clause: '罚法§42' })
  })
  return refusals
}

/** Writes a team with its members, new or as it stands at `baseVersion`. */
export async function setTeam(ctx: Ctx, input: c.SetTeam): Promise<c.Team> {
  const row = await led(ctx, input.id, 'arrange', true)
  const { rows } = await sql<{ version: number }>`select version from campaign_team where id = ${input.teamId} and campaign_id = ${row.id} and removed_at is null`.execute(ctx.tx)
  if (rows[0] && input.baseVersion === undefined) throw new Problem('conflict', 'common.duplicate')
  if (!rows[0] && input.baseVersion !== undefined) throw missing()
  if (rows[0]) refuseStale(rows[0].version, input.baseVersion!)
  const names = await personNames(ctx.tx, input.members.map((m) => m.personId))
  if (names.size !== new Set(input.members.map((m) => m.personId)).size) throw missing()
  refuseAny(await refuseMembers(ctx, row, input, names))
  const leader = input.members.find((m) => m.part === 'LEADER')?.personId ?? null
  await sql`insert into campaign_team (id, campaign_id, ordinal, name, kind, leader_id, area_code, vehicle) select ${input.teamId}, ${row.id}, coalesce(max(ordinal), 0) + 1, ${input.name}, ${input.kind}, ${leader}::uuid, ${input.areaCode}, ${input.vehicle || null} from campaign_team where campaign_id = ${row.id}
    on conflict (id) do update set name = excluded.name, kind = excluded.kind, leader_id = excluded.leader_id, area_code = excluded.area_code, vehicle = excluded.vehicle, version = campaign_team.version + 1`.execute(ctx.tx)
  await sql`delete from campaign_member where team_id = ${input.teamId} and person_id <> all(${input.members.map((m) => m.personId)}::uuid[])`.execute(ctx.tx)
  const members = input.members.map((m) => ({ ...m, ...names.get(m.personId)! }))
  await sql`insert into campaign_member (campaign_id, person_id, team_id, part, name, organisation) select ${row.id}, x."personId", ${input.teamId}, x.part, x.name, x.organisation from jsonb_to_recordset(${JSON.stringify(members)}::jsonb) as x("personId" uuid, part text, name text, organisation text)
    on conflict (campaign_id, person_id) do update set part = excluded.part, team_id = excluded.team_id`.execute(ctx.tx)
  told(ctx, row, 'team_set', { from: row.state, to: row.state, data: { teamId: input.teamId, members: input.members.map((m) => m.personId), text: `${input.name} ${input.members.length} 人` } })
  return (await read(ctx, row, input.teamId))[0]!
}

export async function removeTeam(ctx: Ctx, input: { id: string; teamId: string; baseVersion: number; reason: string }): Promise<{ teams: c.Team[] }> {
  const row = await led(ctx, input.id, 'arrange', true)
  const { rows } = await sql<{ name: string; version: number; busy: boolean }>`select t.name, t.version, (exists (select from campaign_target g where g.team_id = t.id) or exists (select from visit v where v.team_id = t.id)) as busy from campaign_team t where t.id = ${input.teamId} and t.campaign_id = ${row.id} and t.removed_at is null`.execute(ctx.tx)
  const [team] = rows
  if (!team) throw missing()
  refuseStale(team.version, input.baseVersion)
  if (team.busy) refuseAny([{ code: 'campaign.team_at_work' }])
  await sql`delete from campaign_member where team_id = ${input.teamId}`.execute(ctx.tx)
  await sql`update campaign_team set removed_at = ${ctx.now.toISOString()}::timestamptz, version = version + 1 where id = ${input.teamId}`.execute(ctx.tx)
  told(ctx, row, 'team_removed', { from: row.state, to: row.state, data: { teamId: input.teamId, text: `${team.name}：${input.reason}` } })
  return { teams: await read(ctx, row, null) }
}
