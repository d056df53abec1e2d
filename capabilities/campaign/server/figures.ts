import { sql } from 'kysely'
import type { Actor } from '../../../kernel/server/actor.ts'
import { reachSql, type Tx } from '../../../kernel/server/db.ts'
import type { Totals } from '../campaign.ts'
import { counts } from './store.ts'

/** The numbers of a campaign: from counters where the reach is whole streets, counted row by row where it is a grid. */

interface Cell {
  street: string
  metric: string
  part: string
  n: number
}

const wholeStreets = (actor: Actor): boolean => actor.reach.areas.length > 0 && !actor.reach.grids.length && !actor.reach.enterprises.length && actor.reach.areas.every(([, to]) => to.length <= 10)

/** Every number of a campaign in one's reach, by street and part (team for what was done, wave for what is to be done). One statement. */
export async function cells(tx: Tx, actor: Actor, campaignId: string): Promise<Cell[]> {
  if (!wholeStreets(actor)) return recount(tx, actor, campaignId)
  const inStreets = sql.join(actor.reach.areas.map(([from, to]) => sql`(n.street >= ${from} and n.street < ${to})`), sql` or `)
  const { rows } = await sql<Cell>`select n.street, n.metric, n.part, sum(n.n)::int as n from ${counts} n where n.campaign_id = ${campaignId} and (n.street = '' or ${inStreets}) group by 1, 2, 3 having sum(n.n) <> 0`.execute(tx)
  return rows
}

/** The same from the rows themselves: for small reaches, and the proof that the counters are right. */
export async function recount(tx: Tx, actor: Actor, campaignId: string): Promise<Cell[]> {
  const { rows } = await sql<Cell>`
    select left(v.area_code, 9) || '000' as street, m.metric, coalesce(v.team_id::text, '') as part, count(*)::int as n
      from visit v cross join lateral (values ('VISITS'), (case when v.outcome = 'CHECKED' then 'CHECKS' end)) m (metric)
      where v.campaign_id = ${campaignId} and v.state = 'DONE' and m.metric is not null and ${reachSql(actor, 'v')} group by 1, 2, 3
    union all
    select h.street, m.metric, coalesce(h.team_id::text, ''), count(*)::int
      from hazard h cross join lateral (values ('FOUND'), (case when h.level = 'MAJOR' then 'MAJOR' end), (case when h.state = 'CLOSED' then 'CLOSED' end), (case when h.state = 'CLOSED' and h.closed_how = 'ON_SITE' then 'FIXED' end)) m (metric)
      where h.campaign_id = ${campaignId} and h.state not in ('DRAFT', 'VOID') and m.metric is not null and ${reachSql(actor, 'h')} group by 1, 2, 3
    union all
    select left(t.area_code, 9) || '000', m.metric, t.wave::text, count(*)::int
      from campaign_target t cross join lateral (values (t.state), (case when t.checks > 0 then t.sort end)) m (metric) where t.campaign_id = ${campaignId} and m.metric is not null and ${reachSql(actor, 't')} group by 1, 2, 3
    union all
    select '', 'PERSONS', coalesce(a.team_id::text, ''), count(*)::int from campaign_attendance a where a.campaign_id = ${campaignId} and a.state = 'PRESENT' group by 3`.execute(tx)
  return rows
}

const sum = (all: readonly Cell[], metric: string, fits: (c: Cell) => boolean = () => true): number => all.reduce((n, c) => (c.metric === metric && fits(c) ? n + c.n : n), 0)

export function totalsOf(all: readonly Cell[], people: number): Totals {
  const of = (metric: string) => sum(all, metric)
  return {
    persons: of('PERSONS'), people, visits: of('VISITS'), checks: of('CHECKS'), firms: of('FIRM'), parks: of('PARK'), places: of('PLACE'), found: of('FOUND'), major: of('MAJOR'), fixed: of('FIXED'), closed: of('CLOSED'),
    toDo: of('TO_DO'), taken: of('TAKEN'), done: of('DONE'), dropped: of('DROPPED'),
  }
}

export const wavesIn = (all: readonly Cell[]): { wave: number; total: number; done: number }[] =>
  [...new Set(all.filter((c) => c.metric === 'TO_DO' || c.metric === 'TAKEN' || c.metric === 'DONE').map((c) => c.part))].map((part) => {
    const mine = (c: Cell) => c.part === part
    return { wave: Number(part), total: sum(all, 'TO_DO', mine) + sum(all, 'TAKEN', mine) + sum(all, 'DONE', mine), done: sum(all, 'DONE', mine) }
  })

export function streetsIn(all: readonly Cell[], names: ReadonlyMap<string, string>) {
  const streets = [...new Set(all.flatMap((c) => (c.street ? [c.street] : [])))].sort()
  return streets.map((street) => {
    const here = (c: Cell) => c.street === street
    return { street, name: names.get(street) ?? street, targets: sum(all, 'TO_DO', here) + sum(all, 'TAKEN', here) + sum(all, 'DONE', here), done: sum(all, 'DONE', here), visits: sum(all, 'CHECKS', here), found: sum(all, 'FOUND', here) }
  })
}

export interface TeamHead {
  teamId: string
  name: string
  kind: 'CHECK' | 'GUIDE' | 'AID' | 'COMMAND'
  leaderName: string | null
  members: number
  present: number
}

export function teamsIn(all: readonly Cell[], teams: readonly TeamHead[]) {
  return teams.map((team) => {
    const of = (metric: string) => sum(all, metric, (c) => c.part === team.teamId)
    return { ...team, visits: of('VISITS'), checks: of('CHECKS'), found: of('FOUND'), fixed: of('FIXED') }
  })
}

/** Teams with their numbers of people on a business date; names of streets; distinct people out so far. One statement. */
export async function heads(tx: Tx, campaignId: string, date: string): Promise<{ teams: TeamHead[]; streets: Map<string, string>; people: number }> {
  const { rows } = await sql<{ teams: TeamHead[]; streets: { code: string; name: string }[]; people: number }>`select
    (select coalesce(json_agg(json_build_object('teamId', t.id, 'name', t.name, 'kind', t.kind, 'leaderName', l.name,
        'members', (select count(*) from campaign_member m where m.team_id = t.id),
        'present', (select count(*) from campaign_member m join campaign_attendance a on a.campaign_id = m.campaign_id and a.person_id = m.person_id and a.business_date = ${date}::date and a.state = 'PRESENT' where m.team_id = t.id)) order by t.ordinal), '[]')
      from campaign_team t left join person l on l.id = t.leader_id where t.campaign_id = ${campaignId} and t.removed_at is null) as teams,
    (select coalesce(json_agg(json_build_object('code', a.code, 'name', a.name)), '[]') from area a where a.kind not in ('PROVINCE', 'CITY', 'DISTRICT', 'COMMUNITY') and exists (select from campaign c, unnest(c.areas) x(code) where c.id = ${campaignId} and a.code like area_prefix(x.code) || '%')) as streets,
    (select count(distinct person_id)::int from campaign_attendance where campaign_id = ${campaignId} and state = 'PRESENT') as people`.execute(tx)
  const { teams, streets, people } = rows[0]!
  return { teams, streets: new Map(streets.map((s) => [s.code, s.name])), people }
}
