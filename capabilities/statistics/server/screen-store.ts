import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../../../kernel/server/actor.ts'
import { reachSql, type Tx } from '../../../kernel/server/db.ts'
import type { Picture } from '../screen.ts'

/** So much of everything fits on a wall, and no more leaves the database. */
const most = { choices: 12, teams: 40, stream: 7, places: 600 } as const

export interface ScreenCampaign {
  id: string
  name: string
  kind: NonNullable<Picture['head']['campaign']>['kind']
  state: NonNullable<Picture['head']['campaign']>['state']
  business_date: string
  starts_at: string
  ends_at: string
  command_post: string | null
}

/** Campaigns whose order was given and whose areas meet one's reach. */
function shown(actor: Actor): RawBuilder<unknown> {
  const parts: RawBuilder<unknown>[] = actor.reach.areas.map(([from, to]) => sql`(a.code >= ${from} and a.code < ${to}) or ${from} like area_prefix(a.code) || '%'`)
  if (actor.reach.grids.length) parts.push(sql`exists (select from grid g where g.id = any(${[...actor.reach.grids]}::uuid[]) and g.area_code like area_prefix(a.code) || '%')`)
  const overlap = parts.length ? sql`exists (select from unnest(c.areas) a(code) where ${sql.join(parts, sql` or `)})` : sql`false`
  return sql`(c.state in ('RUNNING', 'CLOSING', 'CLOSED') and ${overlap})`
}

export async function campaignOf(tx: Tx, actor: Actor, id: string): Promise<ScreenCampaign | undefined> {
  const { rows } = await sql<ScreenCampaign>`select c.id, c.name, c.kind, c.state, c.business_date, c.starts_at, c.ends_at, c.command_post from campaign c where c.id = ${id} and ${shown(actor)}`.execute(tx)
  return rows[0]
}

export async function choices(tx: Tx, actor: Actor): Promise<Picture['head']['choices']> {
  const { rows } = await sql<Picture['head']['choices'][number]>`select c.id, c.name, c.state, c.business_date as "businessDate" from campaign c where ${shown(actor)}
    order by array_position(array['RUNNING','CLOSING','CLOSED'], c.state), c.starts_at desc, c.id limit ${most.choices}`.execute(tx)
  return rows
}

const inCampaign = (id: string | undefined, table: string): RawBuilder<unknown> => (id ? sql`${sql.ref(`${table}.campaign_id`)} = ${id}::uuid` : sql`true`)
const openStates = sql.raw(`('CLOSED', 'VOID', 'TRANSFER_CLOSED')`)

/** What was found last, newest first, read from the end of its index. */
export async function stream(tx: Tx, actor: Actor, campaignId: string | undefined): Promise<Picture['stream']> {
  if (!actor.has('hazard.read')) return null
  const { rows } = await sql<NonNullable<Picture['stream']>[number]>`
    select h.id, h.found_at as at, h.enterprise_name as "enterpriseName", h.location, h.description, h.level, (h.closed_how is not distinct from 'ON_SITE' or h.fix_claimed) as fixed, t.name as "teamName"
    from (select * from hazard h where h.state not in ('DRAFT', 'VOID') and ${inCampaign(campaignId, 'h')} and ${reachSql({ reach: actor.reachOf('hazard.read') }, 'h')} order by h.found_at desc, h.id desc limit ${most.stream}) h
      left join campaign_team t on t.id = h.team_id order by h.found_at desc, h.id desc`.execute(tx)
  return rows
}

/** Places with hazards that are confirmed and not closed (M15O), 重大 and 逾期 first. */
export async function places(tx: Tx, actor: Actor, campaignId: string | undefined, today: string): Promise<Picture['map']> {
  const { rows } = await sql<Picture['map']>`
    with p as materialized (
      select h.site_id, h.enterprise_id, count(*)::int as open, count(*) filter (where h.runs_to < ${today}::date)::int as late, count(*) filter (where h.level = 'MAJOR')::int as major
      from hazard h where h.state not in ${openStates} and h.state not in ('DRAFT', 'REPORTED') and ${inCampaign(campaignId, 'h')} and ${reachSql(actor, 'h')} group by 1, 2),
    l as materialized (select p.*, e.name, coalesce(s.lon, e.lon) as lon, coalesce(s.lat, e.lat) as lat from p join enterprise e on e.id = p.enterprise_id left join site s on s.id = p.site_id),
    t as (select * from l where lon is not null and lat is not null order by (major > 0) desc, (late > 0) desc, open desc, site_id limit ${most.places})
    select (select coalesce(json_agg(json_build_object('id', enterprise_id, 'name', name, 'lon', lon, 'lat', lat, 'open', open, 'late', late, 'major', major)), '[]') from t) as rows,
      (select count(*)::int from l) as places, (select coalesce(sum(open), 0)::int from l) as hazards, (select coalesce(sum(open), 0)::int from l where lon is null or lat is null) as unplaced`.execute(tx)
  return rows[0]!
}

/** Teams of a campaign, those at work first, with where each was last. Positions are those of the sites, never of persons. */
export async function teams(tx: Tx, actor: Actor, campaignId: string | undefined, day: string): Promise<Picture['teams']> {
  if (!campaignId || !actor.has('campaign.read')) return { rows: [], total: 0, members: 0, present: 0 }
  const { rows } = await sql<Picture['teams']>`
    with n as (select part, metric, sum(n)::int as n from (select part, metric, n from campaign_count where campaign_id = ${campaignId} union all select part, metric, n from campaign_count_delta where campaign_id = ${campaignId}) x where metric in ('CHECKS', 'FOUND') group by 1, 2),
    t as materialized (
      select t.id, t.name, t.ordinal, l.name as leader, (select count(*)::int from campaign_member m where m.team_id = t.id) as members,
        (select count(*)::int from campaign_member m join campaign_attendance a on a.campaign_id = m.campaign_id and a.person_id = m.person_id and a.business_date = ${day}::date and a.state = 'PRESENT' where m.team_id = t.id) as present,
        coalesce((select n from n where part = t.id::text and metric = 'CHECKS'), 0) as checks, coalesce((select n from n where part = t.id::text and metric = 'FOUND'), 0) as found
      from campaign_team t left join person l on l.id = t.leader_id where t.campaign_id = ${campaignId} and t.removed_at is null),
    w as (select t.*, v.site, v.at, v.lon, v.lat from t left join lateral (
        select coalesce(s.name, e.name) as site, v.arrived_at as at, coalesce(s.lon, e.lon) as lon, coalesce(s.lat, e.lat) as lat
        from (select * from visit v where v.team_id = t.id and v.arrived_at is not null and v.state in ('IN_PROGRESS', 'DONE') and ${reachSql(actor, 'v')} order by v.arrived_at desc limit 1) v
          join enterprise e on e.id = v.enterprise_id left join site s on s.id = v.site_id) v on true
      order by t.ordinal, t.id limit ${most.teams})
    select (select coalesce(json_agg(json_build_object('id', id, 'name', name, 'leaderName', leader, 'members', members, 'present', present, 'checks', checks, 'found', found, 'lastSite', site, 'lastAt', at, 'lon', lon, 'lat', lat) order by ordinal, id), '[]') from w) as rows,
      (select count(*)::int from t) as total, (select coalesce(sum(members), 0)::int from t) as members, (select coalesce(sum(present), 0)::int from t) as present`.execute(tx)
  const found = rows[0]!
  return { ...found, rows: found.rows.map((team) => ({ ...team, lastAt: team.lastAt ? new Date(team.lastAt).toISOString() : null })) }
}

/** Findings of one night hour by hour, from its start to its last hour so far. */
export async function hours(tx: Tx, actor: Actor, campaign: ScreenCampaign, now: Date): Promise<Picture['trend']['rows']> {
  const end = new Date(Math.min(now.getTime(), Date.parse(campaign.ends_at)))
  const { rows } = await sql<Picture['trend']['rows'][number]>`
    select to_char((g.t at time zone 'UTC') + interval '8 hours', 'HH24:00') as key, count(h.id)::int as found, count(h.id) filter (where h.state = 'CLOSED')::int as closed
    from generate_series(date_trunc('hour', ${campaign.starts_at}::timestamptz, 'UTC'), greatest(${end}::timestamptz, ${campaign.starts_at}::timestamptz), interval '1 hour') g(t)
      left join hazard h on h.campaign_id = ${campaign.id} and h.found_at >= g.t and h.found_at < g.t + interval '1 hour' and h.state not in ('DRAFT', 'REPORTED', 'VOID') and ${reachSql(actor, 'h')}
    group by g.t order by g.t limit 24`.execute(tx)
  return rows
}
