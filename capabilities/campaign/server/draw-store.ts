import { type RawBuilder, sql } from 'kysely'
import { missing } from '../../../kernel/core/problem.ts'
import { addDays, localDate } from '../../../kernel/core/time.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import type { Tx } from '../../../kernel/server/db.ts'
import { isCapped } from '../../visit/cap.ts'
import type { Change, DrawnSite, DrawRules, Pool, PoolOfficer, PoolSite } from '../draw.ts'
import type { DRAW_STATES } from '../drawing.ts'
import type { CampaignRow } from './store.ts'

export interface DrawRecord {
  id: string
  campaign_id: string
  campaign_name: string
  no: string
  title: string
  state: (typeof DRAW_STATES)[number]
  rules: DrawRules
  pool: Pool
  pool_size: number
  pool_hash: string
  public_source: string
  public_at: string
  public_value: string | null
  seed: string | null
  result: DrawnSite[] | null
  changes: Change[]
  frozen_by_name: string
  frozen_at: string
  drawn_by_name: string | null
  drawn_at: string | null
  published_at: string | null
  void_reason: string | null
  version: number
  parties: { personId: string; name: string; organisation: string | null; commitment: string; committedAt: string; secret: string | null; revealedAt: string | null }[]
}

const parties = sql`(select coalesce(json_agg(json_build_object('personId', p.person_id, 'name', p.name, 'organisation', p.organisation, 'commitment', p.commitment, 'committedAt', to_char(p.committed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'secret', p.secret,
  'revealedAt', to_char(p.revealed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by p.ordinal), '[]') from campaign_draw_party p where p.draw_id = d.id) as parties`

/** A draw of a campaign that was seen; locked for a step. @throws missing */
export async function find(tx: Tx, campaignId: string, drawId: string, lock = false): Promise<DrawRecord> {
  const { rows } = await sql<DrawRecord>`select d.*, c.name as campaign_name, ${parties} from campaign_draw d join campaign c on c.id = d.campaign_id where d.id = ${drawId} and d.campaign_id = ${campaignId} ${lock ? sql`for update of d` : sql``}`.execute(tx)
  if (!rows[0]) throw missing()
  return rows[0]
}

/** For everybody: a draw by its id, if there is one. */
export async function findPublic(tx: Tx, drawId: string): Promise<DrawRecord> {
  const { rows } = await sql<DrawRecord>`select d.*, c.name as campaign_name, ${parties} from campaign_draw d join campaign c on c.id = d.campaign_id where d.id = ${drawId}`.execute(tx)
  if (!rows[0]) throw missing()
  return rows[0]
}

export async function listed(tx: Tx, campaignId: string) {
  const { rows } = await sql<{ id: string; no: string; title: string; state: DrawRecord['state']; poolSize: number; drawn: number; frozenAt: string; publicAt: string; publishedAt: string | null }>`select id, no, title, state, pool_size as "poolSize", frozen_at as "frozenAt", public_at as "publicAt", published_at as "publishedAt",
      coalesce((select count(*)::int from jsonb_array_elements(result) r where not (r->>'reserve')::boolean), 0) as drawn from campaign_draw where campaign_id = ${campaignId} order by frozen_at desc limit 100`.execute(tx)
  return rows
}

/** An enterprise whose ceiling of the year is used up: whoever is sent there would be turned back at the door (R3-6), so it is not drawn. */
const atCeiling = (today: string): RawBuilder<unknown> => {
  const year = today.slice(0, 4)
  return sql`coalesce((select count(distinct coalesce(u.joint_id, u.id)) from visit u where u.enterprise_id = e.id and u.counts_to_cap and (u.state = 'IN_PROGRESS' or (u.state = 'DONE' and u.outcome = 'CHECKED')) and u.business_date between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date)
    >= (select c.cap_per_year from inspection_cap c where c.year = ${Number(year)} and c.agency_level = 'DISTRICT' and c.standard_level = e.standard_level
      and c.industry_class = case when e.tags && array['HAZCHEM_PROD','HAZCHEM_TRADE_STORE','METALLURGY_GONGMAO','MOLTEN_METAL'] then 'HAZCHEM_METALLURGY' when e.high_risk then 'HIGH_RISK' else 'OTHER' end
      and c.area_code in (e.area_code, left(e.area_code, 9) || '000', left(e.area_code, 6) || '000000', left(e.area_code, 4) || '00000000', left(e.area_code, 2) || '0000000000', '000000000000') order by c.area_code desc limit 1), false)`
}

/** Sites that fit, with their stratum and their weight: 1000 and half of it again for each year nobody came (domain §3.2). */
export async function poolSites(ctx: Ctx, row: CampaignRow, from: ReturnType<typeof sql>, strata: readonly string[]): Promise<PoolSite[]> {
  const today = localDate(ctx.now)
  const { rows } = await sql<PoolSite>`select s.id, s.code, case when s.is_main then e.name else e.name || '（' || s.name || '）' end as name, e.id as "enterpriseId", coalesce(e.risk_color, 'NONE') as stratum,
      1000 + least(99000, floor(500 * coalesce(${today}::date - (select max(v.business_date) from visit v where v.site_id = s.id and v.outcome = 'CHECKED' and v.counts_to_cap), 365) / 365.0))::int as weight,
      coalesce((select x from unnest(e.tags) x where x in ('DUST_EXPLOSION', 'AMMONIA_REFRIG', 'MOLTEN_METAL', 'LITHIUM_BATTERY', 'HAZCHEM_PROD') order by 1 limit 1), '') as skill
    from ${from} and coalesce(e.risk_color, 'NONE') = any(${[...strata]}::text[]) and not exists (select from campaign_target t where t.campaign_id = ${row.id} and t.site_id = s.id and (t.checks > 0 or t.state = 'TAKEN')) ${row.scheme.visitKinds.some(isCapped) ? sql`and not ${atCeiling(today)}` : sql``} order by s.id limit 40001`.execute(ctx.tx)
  return rows
}

/** Officers with a certificate in force; what they know is what they were most often sent to within a year. */
export async function poolOfficers(ctx: Ctx, officerIds: readonly string[]): Promise<PoolOfficer[]> {
  if (!officerIds.length) return []
  const today = localDate(ctx.now)
  const { rows } = await sql<PoolOfficer>`select p.id, p.name, k.no as certificate,
      (select coalesce(json_agg(x.tag order by x.tag), '[]') from (select g as tag from visit_person vp join visit v on v.id = vp.visit_id and v.business_date > ${addDays(today, -365)}::date join enterprise e on e.id = v.enterprise_id cross join unnest(e.tags) g
        where vp.person_id = p.id and vp.part = 'OFFICER' and g in ('DUST_EXPLOSION', 'AMMONIA_REFRIG', 'MOLTEN_METAL', 'LITHIUM_BATTERY', 'HAZCHEM_PROD') group by 1 having count(*) >= 3) x) as skills
    from person p join lateral (select no from certificate k where k.person_id = p.id and k.kind = 'LAW_ENFORCEMENT' and k.valid_from <= ${today}::date and k.valid_to >= ${today}::date and (k.revoked_on is null or k.revoked_on > ${today}::date) order by k.valid_to desc limit 1) k on true
    where p.id = any(${[...officerIds]}::uuid[]) and (p.left_on is null or p.left_on > ${today}::date) and exists (select from post t join role r on r.code = t.role_code and 'visit.inspect' = any(r.verbs) where t.person_id = p.id and (t.valid_to is null or t.valid_to >= ${today}::date)) order by p.id`.execute(ctx.tx)
  return rows
}

/**
 * Who said last that he may not go where: an interest declared at a visit or a recusal from a draw stands until he declares none there
 * (罚法§43 knows no term). And pairs that were at an enterprise of the pool within 365 days.
 */
export async function history(ctx: Ctx, officerIds: readonly string[], enterpriseIds: readonly string[]): Promise<Pick<Pool, 'conflicts' | 'before'>> {
  if (!officerIds.length) return { conflicts: [], before: [] }
  const { rows } = await sql<Pick<Pool, 'conflicts' | 'before'>>`with mine as materialized (select vp.person_id, vp.conflict is not null as barred, v.id, v.enterprise_id, v.business_date as day from visit_person vp join visit v on v.id = vp.visit_id and v.enterprise_id = any(${[...enterpriseIds]}::uuid[])
      where vp.person_id = any(${[...officerIds]}::uuid[])),
    said as (select person_id, enterprise_id, barred, day from mine
      union all select (c.item->>'officerId')::uuid, s.enterprise_id, true, local_day((c.item->>'at')::timestamptz) from campaign_draw d cross join lateral jsonb_array_elements(d.changes) c (item) join site s on s.id = (c.item->>'siteId')::uuid
        where c.item->>'reason' = 'RECUSAL' and (c.item->>'officerId')::uuid = any(${[...officerIds]}::uuid[]) and s.enterprise_id = any(${[...enterpriseIds]}::uuid[])),
    last as (select distinct on (person_id, enterprise_id) person_id, enterprise_id, barred from said order by person_id, enterprise_id, day desc, barred desc)
    select (select coalesce(json_agg(jsonb_build_object('officerId', person_id, 'enterpriseId', enterprise_id) order by person_id, enterprise_id), '[]') from last where barred) as conflicts,
      (select coalesce(json_agg(distinct jsonb_build_object('a', a.person_id, 'b', b.person_id, 'enterpriseId', a.enterprise_id)), '[]') from mine a join mine b on b.id = a.id and b.person_id > a.person_id where a.day > ${addDays(localDate(ctx.now), -365)}::date) as before`.execute(ctx.tx)
  return rows[0]!
}

export async function insert(ctx: Ctx, row: CampaignRow, given: { id: string; title: string; rules: DrawRules; pool: Pool; hash: string; publicSource: string; publicAt: string }): Promise<string | undefined> {
  const { rows } = await sql<{ no: string }>`insert into campaign_draw (id, campaign_id, no, title, state, rules, pool, pool_size, pool_hash, public_source, public_at, frozen_by, frozen_by_name, frozen_at)
    values (${given.id}, ${row.id}, 'CQ-' || ${localDate(ctx.now).replaceAll('-', '')} || '-' || left(${row.area_code}, 6) || '-' || lpad(nextval('campaign_no_seq')::text, 4, '0'), ${given.title}, 'FROZEN', ${JSON.stringify(given.rules)}::jsonb, ${JSON.stringify(given.pool)}::jsonb, ${given.pool.sites.length}, ${given.hash},
      ${given.publicSource}, ${given.publicAt}::timestamptz, ${ctx.actor.id}, ${ctx.actor.name}, ${ctx.now.toISOString()}::timestamptz) on conflict (id) do nothing returning no`.execute(ctx.tx)
  return rows[0]?.no
}

export async function set(tx: Tx, id: string, values: Record<string, unknown>): Promise<number> {
  const columns = Object.keys(values).sort()
  const { rows } = await sql<{ version: number }>`update campaign_draw set version = campaign_draw.version + 1, ${sql.join(columns.map((c) => sql`${sql.ref(c)} = r.${sql.ref(c)}`))}
    from jsonb_populate_record(null::campaign_draw, ${JSON.stringify(values)}::jsonb) r where campaign_draw.id = ${id} returning campaign_draw.version`.execute(tx)
  return rows[0]!.version
}

export const insertParty = (ctx: Ctx, drawId: string, commitment: string) =>
  sql`insert into campaign_draw_party (draw_id, person_id, ordinal, name, organisation, commitment, committed_at) select ${drawId}, p.id, (select count(*) + 1 from campaign_draw_party where draw_id = ${drawId}), p.name, o.name, ${commitment}, ${ctx.now.toISOString()}::timestamptz
    from person p left join organisation o on o.id = p.organisation_id where p.id = ${ctx.actor.id}`.execute(ctx.tx)

export const revealParty = (ctx: Ctx, drawId: string, secret: string) => sql`update campaign_draw_party set secret = ${secret}, revealed_at = ${ctx.now.toISOString()}::timestamptz where draw_id = ${drawId} and person_id = ${ctx.actor.id}`.execute(ctx.tx)

/** How far the drawn sites have come in the campaign. */
export async function statesOf(tx: Tx, campaignId: string, drawId: string): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; state: string }>`select site_id as id, state from campaign_target where campaign_id = ${campaignId} and draw_id = ${drawId}`.execute(tx)
  return new Map(rows.map((row) => [row.id, row.state]))
}

