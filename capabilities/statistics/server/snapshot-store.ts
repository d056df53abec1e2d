import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { canonicalJson } from '../../../kernel/core/canonical-json.ts'
import { rangeOf } from '../../../kernel/core/access.ts'
import type { Actor } from '../../../kernel/server/actor.ts'
import { reachSql, type Tx } from '../../../kernel/server/db.ts'
import { containing } from '../../../kernel/server/like.ts'
import type { Scope } from '../figures.ts'
import type { Day, Figure, Member, SnapshotRow, Unit } from '../snapshot.ts'
import { membersSql } from './snapshot-count.ts'
import './snapshot-tables.ts'

export interface Stored extends SnapshotRow {
  areas: string[]
  units: Unit[]
  daily: Day[]
  correctedBy: string | null
}

const rowSql = sql.raw(`s.id, s.series_id as "seriesId", s.number, s.title, s.from_day as "from", s.to_day as "to", s.cut_off as "cutOff", s.campaign_id as "campaignId", c.name as "campaignName", s.area_code as "areaCode", a.name as "areaName",
  (select count(*) from snapshot_figure f where f.snapshot_id = s.id)::int as figures, jsonb_array_length(s.units) as expected, (select count(*) from jsonb_array_elements(s.units) u where (u->>'reported')::boolean)::int as reported,
  s.hash, s.reason, s.corrected_by is null as latest, s.frozen_by_name as "frozenBy", s.frozen_at as "frozenAt"`)
const joined = sql.raw('snapshot s join area a on a.code = s.area_code left join campaign c on c.id = s.campaign_id')

export async function find(tx: Tx, actor: Actor, id: string): Promise<Stored | undefined> {
  const { rows } = await sql<Stored>`select ${rowSql}, s.areas, s.units, s.daily, s.corrected_by as "correctedBy" from ${joined} where s.id = ${id} and ${reachSql(actor, 's')}`.execute(tx)
  return rows[0]
}

export async function versionsOf(tx: Tx, seriesId: string) {
  const { rows } = await sql<{ id: string; number: number; cutOff: string; reason: string | null; frozenBy: string; frozenAt: string }>`
    select id, number, cut_off as "cutOff", reason, frozen_by_name as "frozenBy", frozen_at as "frozenAt" from snapshot where series_id = ${seriesId} order by number`.execute(tx)
  return rows
}

export async function figuresOf(tx: Tx, id: string): Promise<Figure[]> {
  const { rows } = await sql<Figure>`
    select metric, name, definition, definition_version as "definitionVersion", nature, once, unit, digits, value, numerator, denominator, "of", before, source, cardinality(members) as members, members_hash as "membersHash", opens, changed_on as "changedOn"
    from snapshot_figure where snapshot_id = ${id} order by ordinal`.execute(tx)
  return rows
}

/** A page by falling time of freezing. */
export async function page(tx: Tx, actor: Actor, filter: { q?: string | undefined; campaignId?: string | undefined; latest?: boolean | undefined; after?: string | undefined; limit: number }): Promise<{ rows: SnapshotRow[]; total: number }> {
  const like = filter.q ? containing(filter.q) : null
  const { rows } = await sql<SnapshotRow & { total: number }>`
    with found as (select s.id, s.frozen_at from snapshot s where ${reachSql(actor, 's')} and (${like}::text is null or s.title like ${like}::text)
      and (${filter.campaignId ?? null}::uuid is null or s.campaign_id = ${filter.campaignId ?? null}::uuid) and (${filter.latest ?? null}::boolean is null or (s.corrected_by is null) = ${filter.latest ?? null}::boolean))
    select ${rowSql}, (select count(*) from found)::int as total from ${joined} join found n on n.id = s.id where ${filter.after ?? null}::uuid is null or s.id < ${filter.after ?? null}::uuid order by s.id desc limit ${filter.limit}`.execute(tx)
  return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 }
}

export interface Frozen {
  readonly id: string
  readonly seriesId: string
  readonly number: number
  readonly title: string
  readonly scope: Scope
  readonly campaignId: string | null
  readonly areas: readonly string[]
  readonly areaCode: string
  readonly units: readonly Unit[]
  readonly daily: readonly Day[]
  readonly reason: string | null
  readonly now: Date
}

/** Writes the snapshot and its figures; every list is gathered by the database itself, on the same state of the facts. */
export async function write(tx: Tx, actor: Actor, given: Frozen, figures: readonly Figure[]): Promise<void> {
  await sql`insert into snapshot (id, series_id, number, title, from_day, to_day, cut_off, campaign_id, areas, units, daily, hash, reason, frozen_by, frozen_by_name, frozen_at, area_code)
    values (${given.id}, ${given.seriesId}, ${given.number}, ${given.title}, ${given.scope.from}, ${given.scope.to}, ${given.now}, ${given.campaignId}, ${[...given.areas]}::text[], ${JSON.stringify(given.units)}::jsonb, ${JSON.stringify(given.daily)}::jsonb, '', ${given.reason},
      ${actor.id}, ${actor.name}, ${given.now}, ${given.areaCode})`.execute(tx)
  await Promise.all(figures.map((f, i) => sql`
    insert into snapshot_figure (snapshot_id, metric, ordinal, name, definition, definition_version, changed_on, nature, once, unit, digits, opens, value, numerator, denominator, "of", before, source, members, members_hash)
    select ${given.id}::uuid, ${f.metric}, ${i}::int, ${f.name}, ${f.definition}, ${f.definitionVersion}::int, ${f.changedOn}::date, ${f.nature}, ${f.once}, ${f.unit}, ${f.digits}::int, ${f.opens}, ${f.value}::int, ${f.numerator}::int, ${f.denominator}::int, ${[...f.of]}::text[], ${f.before}::int, ${f.source}::text,
      m.members, encode(sha256(convert_to(array_to_string(m.members, ','), 'UTF8')), 'hex')
    from (${f.source === null && f.nature !== 'RATE' ? membersSql(actor, f.metric, given.scope, given.now) : sql`select null::text[] as members`}) m`.execute(tx)))
  const hash = createHash('sha256').update(canonicalJson({ ...given, now: given.now.toISOString(), figures: await figuresOf(tx, given.id) } as never)).digest('hex')
  await sql`update snapshot set hash = ${hash} where id = ${given.id}`.execute(tx)
}

export const markCorrected = (tx: Tx, id: string, by: string) => sql`update snapshot set corrected_by = ${by}, version = version + 1 where id = ${id} and corrected_by is null`.execute(tx)

/** The old version names the new one, once that exists. */
export const pointCorrected = (tx: Tx, id: string, by: string) => sql`update snapshot set corrected_by = ${by} where id = ${id}`.execute(tx)

/** Streets of the areas, or teams of the campaign, and whether anything of theirs had come in by now. */
export async function unitsOf(tx: Tx, actor: Actor, scope: Scope, campaignId: string | null): Promise<Unit[]> {
  const ranges = scope.areas?.length ? scope.areas.map(rangeOf) : actor.reach.areas
  const here = (column: string) => sql`(${sql.join(ranges.map(([from, to]) => sql`(${sql.ref(column)} >= ${from} and ${sql.ref(column)} < ${to})`), sql` or `)})`
  const { rows } = campaignId
    ? await sql<Unit>`select t.id::text as code, t.name, 'TEAM' as kind, exists (select from visit v where v.team_id = t.id and v.state = 'DONE' and v.business_date between ${scope.from}::date and ${scope.to}::date) as reported,
        (select count(*) from visit v where v.team_id = t.id and v.state = 'IN_PROGRESS')::int as unfinished from campaign_team t where t.campaign_id = ${campaignId} and t.kind = 'CHECK' and t.removed_at is null order by t.ordinal`.execute(tx)
    : await sql<Unit>`select a.code, a.name, 'STREET' as kind, (exists (select from visit v where v.area_code >= a.code and v.area_code < left(a.code, 9) || '999~' and v.state = 'DONE' and v.business_date between ${scope.from}::date and ${scope.to}::date)
          or exists (select from hazard h where h.street = a.code and h.state not in ('DRAFT','VOID') and h.found_on between ${scope.from}::date and ${scope.to}::date)) as reported,
        (select count(*) from visit v where v.area_code >= a.code and v.area_code < left(a.code, 9) || '999~' and v.state = 'IN_PROGRESS' and v.business_date between ${scope.from}::date and ${scope.to}::date)::int as unfinished
        from area a where a.kind in ('STREET','DEV_ZONE','PARK_COMMITTEE','BAY_AREA') and ${here('a.code')} and (a.valid_to is null or a.valid_to >= ${scope.from}::date) order by a.sort_no, a.code`.execute(tx)
  return rows
}

/** Hazards and visits of the span about which something happened after the freezing. */
export async function lateRecords(tx: Tx, stored: Stored): Promise<number> {
  const [from, to] = rangeOf(stored.areaCode)
  const { rows } = await sql<{ n: number }>`
    select count(distinct e.aggregate_id)::int as n from domain_event e left join hazard h on h.id = e.aggregate_id left join visit v on v.id = e.aggregate_id
    where e.at > ${stored.cutOff}::timestamptz and e.aggregate in ('hazard','visit') and e.area_code >= ${from} and e.area_code < ${to}
      and coalesce(h.found_on, v.business_date) between ${stored.from}::date and ${stored.to}::date and (${stored.campaignId}::uuid is null or coalesce(h.campaign_id, v.campaign_id) = ${stored.campaignId}::uuid)`.execute(tx)
  return rows[0]?.n ?? 0
}

export async function campaignHere(tx: Tx, actor: Actor, id: string): Promise<{ name: string } | undefined> {
  const { rows } = await sql<{ name: string }>`select c.name from campaign c where c.id = ${id} and c.state <> 'VOID' and exists (select from unnest(c.areas || c.area_code) r (area_code) where ${reachSql({ reach: { ...actor.reach, grids: [], enterprises: [] } }, 'r')})`.execute(tx)
  return rows[0]
}

/** One page of a frozen list: the record as it stands now under its frozen number. The list is cut before it is spread: it may hold a hundred thousand. */
export async function members(tx: Tx, id: string, metric: string, from: number, limit: number): Promise<{ rows: Member[]; total: number }> {
  const { rows } = await sql<Member & { total: number }>`
    with f as materialized (select members[${from + 1}::int:${from + limit}::int] as members, cardinality(members) as total from snapshot_figure where snapshot_id = ${id} and metric = ${metric}),
      m as (select u.id, u.n, f.total from f cross join lateral unnest(f.members) with ordinality u (id, n))
    select m.id, m.total, case when h.id is not null then 'hazard' when v.id is not null then 'visit' when p.id is not null then 'paper' when n.id is not null then 'enterprise' when t.id is not null then 'site' else 'person' end as opens,
      coalesce(h.no, v.no, p.no, n.credit_code, t.code, '') as no, coalesce(h.location || '：' || h.description, p.title, n.name, t.name, e.name, '') as title, coalesce(h.enterprise_name, ve.name, pe.name, n.name, te.name, '') as place,
      coalesce(h.state, v.state, p.state, n.state, '') as "stateNow", coalesce(h.found_on::text, v.business_date::text, p.issued_on::text, '') as day
    from m left join hazard h on h.id = m.id::uuid left join visit v on v.id = m.id::uuid left join enterprise ve on ve.id = v.enterprise_id left join paper p on p.id = m.id::uuid left join enterprise pe on pe.id = p.enterprise_id
      left join enterprise n on n.id = m.id::uuid left join site t on t.id = m.id::uuid left join enterprise te on te.id = t.enterprise_id left join person e on e.id = m.id::uuid order by m.n`.execute(tx)
  return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 }
}

/** How many entries came and went between two versions, by metric. */
export async function movedBetween(tx: Tx, before: string, after: string): Promise<Map<string, { added: number; removed: number }>> {
  const { rows } = await sql<{ metric: string; added: number; removed: number }>`
    select a.metric, (select count(*) from (select unnest(b.members) except all select unnest(a.members)) x)::int as added, (select count(*) from (select unnest(a.members) except all select unnest(b.members)) x)::int as removed
    from snapshot_figure a join snapshot_figure b on b.metric = a.metric and b.snapshot_id = ${after} where a.snapshot_id = ${before} and a.members is not null and b.members is not null`.execute(tx)
  return new Map(rows.map(({ metric, ...moved }) => [metric, moved]))
}
