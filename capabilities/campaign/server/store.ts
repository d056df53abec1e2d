import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../../../kernel/server/actor.ts'
import type { Tx } from '../../../kernel/server/db.ts'
import { containing } from '../../../kernel/server/like.ts'
import type { CampaignKind, CampaignState, Scheme } from '../scheme.ts'

export interface CampaignRow {
  id: string
  no: string
  kind: CampaignKind
  pack: string | null
  name: string
  basis: string
  published_on: string | null
  area_code: string
  areas: string[]
  scheme: Scheme
  starts_at: string
  ends_at: string
  business_date: string
  command_post: string | null
  state: CampaignState
  open_wave: number
  submitted_at: string | null
  submitted_by: string | null
  annex_count: number | null
  annex_hash: string | null
  decided_at: string | null
  decided_by: string | null
  decided_by_name: string | null
  opinion: string | null
  started_at: string | null
  closing: string | null
  closed_at: string | null
  void_reason: string | null
  created_by: string
  version: number
}

/** Who is named in it sees it, whatever his reach. */
const takesPart = (actor: Actor, alias: string) => sql`exists (select from campaign_member m where m.campaign_id = ${sql.ref(`${alias}.id`)} and m.person_id = ${actor.id || null}::uuid)`

/**
 * A campaign is seen by whoever has reach over a part of its areas; before it begins only by those who prepare it or are
 * named in it: a night action that the whole district reads of beforehand finds nothing.
 */
export function seenBy(actor: Actor, alias = 'c'): RawBuilder<unknown> {
  const { areas, grids } = actor.reach
  const parts = areas.map(([from, to]) => sql`(a.code >= ${from} and a.code < ${to}) or ${from} like area_prefix(a.code) || '%'`)
  if (grids.length) parts.push(sql`exists (select from grid g where g.id = any(${[...grids]}::uuid[]) and g.area_code like area_prefix(a.code) || '%')`)
  const overlap = parts.length ? sql`exists (select from unnest(${sql.ref(`${alias}.areas`)}) a(code) where ${sql.join(parts, sql` or `)})` : sql`false`
  const prepares = actor.has('campaign.plan') || actor.has('campaign.approve') || actor.has('campaign.witness')
  const secret = prepares ? sql`true` : sql`${sql.ref(`${alias}.state`)} not in ('DRAFT', 'APPROVED', 'VOID')`
  return sql`((${overlap} and ${secret}) or ${takesPart(actor, alias)})`
}

export async function find(tx: Tx, actor: Actor, id: string, lock = false): Promise<CampaignRow | undefined> {
  const { rows } = await sql<CampaignRow>`select c.* from campaign c where c.id = ${id} and ${seenBy(actor)} ${lock ? sql`for update of c` : sql``}`.execute(tx)
  return rows[0]
}

export async function insert(tx: Tx, row: Record<string, unknown>): Promise<{ no: string; version: number } | undefined> {
  const prefix = sql`'ZX-' || replace(x.v->>'business_date', '-', '') || '-' || left(x.v->>'area_code', 6) || '-' || lpad(nextval('campaign_no_seq')::text, 4, '0')`
  const { rows } = await sql<{ no: string; version: number }>`insert into campaign select r.* from (select jsonb_populate_record(null::campaign, x.v || jsonb_build_object('no', ${prefix})) as r from (select ${JSON.stringify(row)}::jsonb as v) x offset 0) q, lateral (select (q.r).*) r
    on conflict (id) do nothing returning no, version`.execute(tx)
  return rows[0]
}

/** Changes columns when the row is still at `base`; undefined otherwise. */
export async function update(tx: Tx, id: string, base: number, set: Record<string, unknown>): Promise<{ version: number } | undefined> {
  const columns = Object.keys(set).sort()
  const { rows } = await sql<{ version: number }>`update campaign set version = campaign.version + 1${sql.join(columns.map((c) => sql`, ${sql.ref(c)} = r.${sql.ref(c)}`), sql``)}
    from jsonb_populate_record(null::campaign, ${JSON.stringify(set)}::jsonb) r where campaign.id = ${id} and campaign.version = ${base} returning campaign.version`.execute(tx)
  return rows[0]
}

/** The annex as it stands: how many, and a digest of which (site ids in order). */
export async function annexOf(tx: Tx, id: string): Promise<{ count: number; hash: string }> {
  const { rows } = await sql<{ count: number; hash: string }>`select count(*)::int as count, encode(sha256(convert_to(coalesce(string_agg(site_id::text, ',' order by site_id), ''), 'UTF8')), 'hex') as hash from campaign_target where campaign_id = ${id} and state <> 'DROPPED'`.execute(tx)
  return rows[0]!
}

export async function teamsForApproval(tx: Tx, id: string, on: string): Promise<{ name: string; kind: string; officers: number }[]> {
  const { rows } = await sql<{ name: string; kind: string; officers: number }>`select t.name, t.kind, (select count(distinct m.person_id)::int from campaign_member m join certificate k on k.person_id = m.person_id and k.kind = 'LAW_ENFORCEMENT'
      and k.valid_from <= ${on}::date and k.valid_to >= ${on}::date and (k.revoked_on is null or k.revoked_on > ${on}::date) where m.team_id = t.id) as officers
    from campaign_team t where t.campaign_id = ${id} and t.removed_at is null order by t.ordinal`.execute(tx)
  return rows
}

export async function timeline(tx: Tx, id: string) {
  const { rows } = await sql<{ at: string; event: string; actor: string; data: Record<string, unknown> }>`select occurred_at as at, event, actor_name as actor, data from domain_event where aggregate_id = ${id} order by seq desc limit 100`.execute(tx)
  return rows.reverse()
}

interface ListGiven {
  cursor?: string | undefined
  limit: number
  states?: readonly string[] | undefined
  kinds?: readonly string[] | undefined
  q?: string | undefined
  mine?: boolean | undefined
}

/** Counters and what is not folded yet as one table `n`. */
export const counts = sql`(select campaign_id, street, metric, part, n from campaign_count union all select campaign_id, street, metric, part, n from campaign_count_delta)`

/** One page, newest first, with its exact total and the figures above it: one statement. */
export async function list(tx: Tx, actor: Actor, filter: ListGiven, after: readonly [string, string] | undefined) {
  const where = [seenBy(actor)]
  if (filter.kinds?.length) where.push(sql`c.kind = any(${[...filter.kinds]}::text[])`)
  if (filter.q) where.push(sql`(c.name ilike ${containing(filter.q)} or c.no ilike ${containing(filter.q)})`)
  if (filter.mine) where.push(sql`(c.created_by = ${actor.id}::uuid or ${takesPart(actor, 'c')})`)
  const states = filter.states?.length ? sql`b.state = any(${[...filter.states]}::text[])` : sql`b.state <> 'VOID'`
  const next = after ? sql`and (b.starts_at, b.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``
  const { rows } = await sql<{ rows: Listed[]; total: number; figures: { all: number; draft: number; waiting: number; running: number; closed: number } }>`
    with b as materialized (select c.id, c.state, c.starts_at, c.submitted_at from campaign c where ${sql.join(where, sql` and `)}),
    page as (select b.id, b.starts_at from b where ${states} ${next} order by b.starts_at desc, b.id desc limit ${filter.limit + 1})
    select (select coalesce(json_agg(json_build_object('id', c.id, 'no', c.no, 'kind', c.kind, 'name', c.name, 'state', c.state, 'areaCode', c.area_code, 'startsAt', c.starts_at, 'endsAt', c.ends_at, 'businessDate', c.business_date,
        'targets', coalesce(t.targets, 0), 'done', coalesce(t.done, 0), 'version', c.version) order by c.starts_at desc, c.id desc), '[]') from page join campaign c on c.id = page.id
        left join lateral (select sum(n.n) filter (where n.metric in ('TO_DO', 'TAKEN', 'DONE'))::int as targets, sum(n.n) filter (where n.metric = 'DONE')::int as done from ${counts} n where n.campaign_id = c.id and n.metric in ('TO_DO', 'TAKEN', 'DONE')) t on true) as rows,
      (select count(*)::int from b where ${states}) as total,
      (select json_build_object('all', count(*) filter (where state <> 'VOID'), 'draft', count(*) filter (where state = 'DRAFT'), 'waiting', count(*) filter (where state = 'DRAFT' and submitted_at is not null), 'running', count(*) filter (where state in ('RUNNING', 'CLOSING')), 'closed', count(*) filter (where state = 'CLOSED')) from b) as figures`.execute(tx)
  return rows[0]!
}

export interface Listed {
  id: string
  no: string
  kind: CampaignKind
  name: string
  state: CampaignState
  areaCode: string
  startsAt: string
  endsAt: string
  businessDate: string
  targets: number
  done: number
  version: number
}

/** Folds waiting differences into the counters; true when there may be more. */
export async function fold(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ n: number }>`with gone as (delete from campaign_count_delta where ctid = any(array(select ctid from campaign_count_delta order by id limit 20000 for update skip locked)) returning campaign_id, street, metric, part, n),
    added as (insert into campaign_count (campaign_id, street, metric, part, n) select campaign_id, street, metric, part, sum(n) from gone group by 1, 2, 3, 4
      on conflict (campaign_id, metric, street, part) do update set n = campaign_count.n + excluded.n)
    select count(*)::int as n from gone`.execute(tx)
  return rows[0]!.n === 20_000
}

/** The areas of a campaign as ranges of codes, for its sites. */
export const inAreas = (areas: readonly string[], column: string): RawBuilder<unknown> => sql`exists (select from unnest(${[...areas]}::text[]) a(code) where ${sql.ref(column)} like area_prefix(a.code) || '%')`


export const insertTeams = (tx: Tx, campaignId: string, teams: readonly { id: string; ordinal: number; name: string; kind: string }[]) =>
  sql`insert into campaign_team (id, campaign_id, ordinal, name, kind) select x.id, ${campaignId}, x.ordinal, x.name, x.kind from jsonb_to_recordset(${JSON.stringify(teams)}::jsonb) as x(id uuid, ordinal int, name text, kind text)`.execute(tx)

export async function membersOf(tx: Tx, campaignId: string): Promise<{ personId: string; teamId: string; teamName: string; name: string }[]> {
  const { rows } = await sql<{ personId: string; teamId: string; teamName: string; name: string }>`select m.person_id as "personId", m.team_id as "teamId", t.name as "teamName", m.name from campaign_member m join campaign_team t on t.id = m.team_id where m.campaign_id = ${campaignId}`.execute(tx)
  return rows
}

export async function runningWithWaves(tx: Tx): Promise<CampaignRow[]> {
  const { rows } = await sql<CampaignRow>`select * from campaign where state = 'RUNNING' and jsonb_array_length(scheme->'waves') > open_wave order by id limit 200`.execute(tx)
  return rows
}

export async function runningWithQuotas(tx: Tx): Promise<CampaignRow[]> {
  const { rows } = await sql<CampaignRow>`select * from campaign where state = 'RUNNING' and jsonb_array_length(scheme->'quotas') > 0 order by id limit 200`.execute(tx)
  return rows
}
