import { type RawBuilder, sql } from 'kysely'
import type { Scope } from '../figures.ts'

/**
 * The registers a figure is counted from, each as rows with the same columns: where it belonged when it happened
 * (area_code, grid_id, enterprise_id), its business day, and whatever tells one thing from another. Counting and listing
 * read the same rows, which is why a list is as long as its number.
 */

/** Dates counted (both ends), and the moment after which nothing is seen. */
export interface Window {
  readonly from: string
  readonly to: string
  readonly asOf: string
  readonly asOfDay: string
  /** The cut-off lies before today: registers of what stands are read from their history. */
  readonly past: boolean
  readonly campaignId: string | undefined
  /** Starts of weeks of grace: how far back an event may lie whose term ends in the window. */
  readonly year: number
}

export type Narrow = 'campaignId' | 'kinds' | 'level' | 'sources'

export interface Base {
  readonly rows: (w: Window, scope: Scope) => RawBuilder<unknown>
  /** Narrowings beside place and enterprise that its rows can answer. */
  readonly knows: readonly Narrow[]
  /** Counted at the cut-off: splitting by time says nothing. */
  readonly stock?: boolean
}

const ended = sql.raw(`('CLOSED','VOID','TRANSFER_CLOSED')`)
const onSite = sql.raw(`('ADMIN_DAILY','ADMIN_SPECIAL','ADMIN_CASE','JOINT','PATROL','GUIDANCE','THIRD_PARTY')`)
const inspection = sql.raw(`('ADMIN_DAILY','ADMIN_SPECIAL','ADMIN_CASE','JOINT')`)

/**
 * What a field of an enterprise was on a day; before its first record it is what that record says it had been. Few ever changed:
 * the others are told by one small hash and not looked up row by row.
 */
export const asOn = (field: 'STATE' | 'AREA' | 'INDUSTRY' | 'SIZE' | 'ABOVE_SCALE', enterprise: string, day: RawBuilder<unknown>, now: string): RawBuilder<string> => {
  const history = sql`from enterprise_history y where y.enterprise_id = ${sql.ref(enterprise)} and y.field = ${sql.lit(field)}`
  return sql<string>`case when ${sql.ref(enterprise)} in (select c.enterprise_id from enterprise_history c where c.field = ${sql.lit(field)})
    then coalesce((select y.value #>> '{}' ${history} and y.valid_from <= ${day} order by y.valid_from desc limit 1), (select y.value #>> '{}' ${history} order by y.valid_from limit 1), ${sql.ref(now)}::text) else ${sql.ref(now)}::text end`
}

/** Done visits. 联合检查 is one check by its number, whoever reports it; in a campaign every visit is one (domain §3.7); otherwise once per team, site and day. */
const visit: Base = {
  knows: ['campaignId', 'kinds'],
  rows: (w) => sql`
    select v.id, v.area_code, v.grid_id, v.enterprise_id, v.site_id, v.campaign_id, v.kind, v.business_date as day, v.outcome, v.clue_kind, campaign_sort(t.kind) as sort, coalesce(t.park_id, v.site_id) as park, v.joint_id is not null as joint,
      v.answer_count, v.version_ids, coalesce(v.joint_id::text, case when v.campaign_id is not null then v.id::text end, coalesce(v.team_id, v.agency_id, v.created_by)::text || v.site_id::text || v.business_date::text) as once
    from visit v left join site t on t.id = v.site_id where v.state = 'DONE' and v.business_date between ${w.from}::date and ${w.to}::date`,
}

/** Who was out: signed in at a muster, or part of a visit on the spot. */
const presence: Base = {
  knows: ['campaignId'],
  rows: (w) => sql`
    select p.visit_id as id, v.area_code, v.grid_id, v.enterprise_id, v.site_id, v.campaign_id, v.business_date as day, p.person_id, p.name as person_name, p.organisation, coalesce(p.person_id::text, p.name || '/' || coalesce(p.organisation, '')) as who,
      coalesce(v.campaign_id::text, '') || v.business_date::text as duty
    from visit v join visit_person p on p.visit_id = v.id and p.part <> 'COMPANION'
    where v.state = 'DONE' and v.kind in ${onSite} and v.business_date between ${w.from}::date and ${w.to}::date
    union all
    select a.person_id, coalesce(t.area_code, c.area_code), null::uuid, null::uuid, null::uuid, a.campaign_id, a.business_date, a.person_id, p.name, null, a.person_id::text, a.campaign_id::text || a.business_date::text
    from campaign_attendance a join campaign c on c.id = a.campaign_id join person p on p.id = a.person_id left join campaign_team t on t.id = a.team_id
    where a.state = 'PRESENT' and a.business_date between ${w.from}::date and ${w.to}::date`,
}

/** Teams and days. Outside of a campaign a team is whoever came together. */
const team: Base = {
  knows: ['campaignId', 'kinds'],
  rows: (w) => sql`
    select v.id, v.area_code, v.grid_id, v.enterprise_id, v.site_id, v.campaign_id, v.kind, v.business_date as day, g.name as team_name,
      v.business_date::text || coalesce(v.team_id::text, (select string_agg(coalesce(p.person_id::text, p.name), ',' order by coalesce(p.person_id::text, p.name) collate "C") from visit_person p where p.visit_id = v.id and p.part <> 'COMPANION')) as once
    from visit v left join campaign_team g on g.id = v.team_id where v.state = 'DONE' and v.kind in ${onSite} and v.kind <> 'THIRD_PARTY' and v.business_date between ${w.from}::date and ${w.to}::date`,
}

const hazardColumns = sql`h.id, h.area_code, h.grid_id, h.enterprise_id, h.site_id, h.campaign_id, h.level, h.source, h.state, h.closed_how, h.closed_on, h.due_on`

/** Hazards by the day they were found, confirmed or waiting for it. */
const found: Base = {
  knows: ['campaignId', 'level', 'sources'],
  rows: (w) => sql`select ${hazardColumns}, h.found_on as day, h.state <> 'REPORTED' as confirmed, (h.state = 'CLOSED' and h.closed_at <= ${w.asOf}::timestamptz) as closed
    from hazard h where h.state not in ('DRAFT','VOID') and h.found_on between ${w.from}::date and ${w.to}::date`,
}

/** The same hazards by the day they were closed. */
const closed: Base = {
  knows: ['campaignId', 'level', 'sources'],
  rows: (w) => sql`select ${hazardColumns}, h.closed_on as day from hazard h where h.state = 'CLOSED' and h.closed_at <= ${w.asOf}::timestamptz and h.closed_on between ${w.from}::date and ${w.to}::date`,
}

/** By the day their term, extensions granted included, ended. */
const due: Base = {
  knows: ['campaignId', 'level', 'sources'],
  rows: (w) => sql`select ${hazardColumns}, h.due_on as day, (h.state = 'CLOSED' and h.closed_at <= ${w.asOf}::timestamptz and h.closed_on <= h.due_on) as in_time
    from hazard h where h.state not in ('DRAFT','VOID') and h.due_on between ${w.from}::date and ${w.to}::date`,
}

/** What was open at the cut-off. */
const open: Base = {
  knows: ['campaignId', 'level', 'sources'],
  stock: true,
  rows: (w) => sql`select ${hazardColumns}, ${w.asOfDay}::date as day, coalesce(case when h.state = 'CLOSED' then h.due_on else h.runs_to end < ${w.asOfDay}::date, false) as overdue
    from (select * from hazard o where o.state not in ${ended} and o.state not in ('DRAFT','REPORTED') ${w.past ? sql`and o.found_at <= ${w.asOf}::timestamptz
      union all select * from hazard c where c.state = 'CLOSED' and c.closed_on >= ${w.asOfDay}::date and c.closed_at > ${w.asOf}::timestamptz and c.found_at <= ${w.asOf}::timestamptz` : sql``}) h`,
}

/** Re-inspections by the day until which they had to be done: one row for every time an enterprise handed in or its term ran out. */
const reinspection: Base = {
  knows: ['campaignId', 'level', 'sources'],
  rows: (w) => sql`
    select h.id, e.id::text as once, h.area_code, h.grid_id, h.enterprise_id, h.site_id, h.campaign_id, h.level, h.source, (e.data->>'reinspectDueOn')::date as day,
      coalesce((select local_day(d.at) from domain_event d where d.aggregate_id = e.aggregate_id and d.version > e.version and d.event in ('hazard.closed','hazard.failed','hazard.passed') and d.at <= ${w.asOf}::timestamptz order by d.version limit 1) <= (e.data->>'reinspectDueOn')::date, false) as in_time
    from domain_event e join hazard h on h.id = e.aggregate_id
    where e.event in ('hazard.submitted','hazard.lapsed') and h.state <> 'VOID' and e.at >= ${w.from}::date - 60 and e.at < ${w.to}::date + 2 and (e.data->>'reinspectDueOn')::date between ${w.from}::date and ${w.to}::date`,
}

const transfer: Base = {
  knows: ['campaignId', 'level', 'sources'],
  rows: (w) => sql`
    select h.id, e.id::text as once, h.area_code, h.grid_id, h.enterprise_id, h.site_id, h.campaign_id, h.level, h.source, local_day(e.at) as day,
      exists (select from domain_event d where d.aggregate_id = e.aggregate_id and d.version > e.version and d.event in ('hazard.transfer_closed','hazard.transfer_returned') and d.at <= ${w.asOf}::timestamptz) as answered
    from domain_event e join hazard h on h.id = e.aggregate_id
    where e.event = 'hazard.transferred' and h.state <> 'VOID' and e.at >= ${w.from}::date - 1 and e.at < ${w.to}::date + 1 and local_day(e.at) between ${w.from}::date and ${w.to}::date and e.at <= ${w.asOf}::timestamptz`,
}

/** A paper belongs to the campaign of its visit. */
const paper: Base = {
  knows: ['campaignId'],
  rows: (w) => sql`select p.id, p.area_code, p.grid_id, p.enterprise_id, p.site_id, v.campaign_id, p.type, p.issued_on as day, (p.type = 'D05' and p.choices->'measures' ?| array['STOP_PRODUCTION','STOP_USE']) as stops
    from paper p left join visit v on v.id = p.visit_id where p.state in ('ISSUED','SIGNED','SERVED') and p.issued_on between ${w.from}::date and ${w.to}::date`,
}

/** The register of industry as it stood: sections B, C and D, less what is cancelled, gone or long stopped (§6.6). */
const enterprise: Base = {
  knows: [],
  stock: true,
  rows: (w) => {
    const on = sql`${w.asOfDay}::date`
    const of = (field: Parameters<typeof asOn>[0], now: string) => (w.past ? asOn(field, 'n.id', on, now) : sql`${sql.ref(now)}::text`)
    return sql`select * from (select n.id, ${of('AREA', 'n.area_code')} as area_code, n.grid_id, n.id as enterprise_id, null::uuid as site_id, ${on} as day, ${of('STATE', 'n.state')} as state, ${of('ABOVE_SCALE', 'n.above_scale')} = 'true' as above,
        n.id in (select v.enterprise_id from visit v where v.state = 'DONE' and v.outcome = 'CHECKED' and v.kind in ('GUIDANCE','ADMIN_DAILY','ADMIN_SPECIAL','ADMIN_CASE','JOINT') and v.business_date between ${w.from}::date and ${w.to}::date) as verified,
        n.id in (select v.enterprise_id from visit v where v.state = 'DONE' and v.outcome = 'CHECKED' and v.kind = 'GUIDANCE' and v.business_date between ${w.from}::date and ${w.to}::date) as guided
      from enterprise n where (n.voided_at is null or n.voided_at > ${w.asOf}::timestamptz) and local_day(n.created_at) <= ${on} and left(${of('INDUSTRY', 'n.industry_code')}, 2) between '06' and '46') r where r.state not in ('CANCELLED','MOVED','LONG_STOP')`
  },
}

/** Places of campaigns that ran in the window, each place once, and who had been there by the cut-off. */
const target: Base = {
  knows: ['campaignId'],
  stock: true,
  rows: (w) => sql`
    select t.site_id as id, t.area_code, t.grid_id, t.enterprise_id, t.site_id, t.campaign_id, ${w.asOfDay}::date as day,
      exists (select from visit v where v.site_id = t.site_id and v.state = 'DONE' and v.outcome = 'CHECKED' and v.kind in ${inspection} and v.business_date between greatest(c.business_date, ${w.from}::date) and ${w.to}::date) as checked,
      exists (select from visit v where v.site_id = t.site_id and v.state = 'DONE' and v.outcome = 'CHECKED' and v.kind = 'PATROL' and v.business_date between greatest(c.business_date, ${w.from}::date) and ${w.to}::date) as patrolled
    from campaign_target t join campaign c on c.id = t.campaign_id
    where t.state <> 'DROPPED' and c.state in ('APPROVED','RUNNING','CLOSING','CLOSED') and c.business_date <= ${w.to}::date and local_day(c.ends_at) >= ${w.from}::date`,
}

const draw: Base = {
  knows: ['campaignId'],
  rows: (w) => sql`
    select d.id::text || t.id::text as once, d.id, t.area_code, t.grid_id, t.enterprise_id, t.id as site_id, d.campaign_id, local_day(d.frozen_at) as day, (g.site_id is not null and g.state <> 'DROPPED') as drawn, coalesce(g.checks > 0 and g.state <> 'DROPPED', false) as done, d.state = 'PUBLISHED' as published
    from campaign_draw d cross join lateral jsonb_array_elements(d.pool->'sites') i (item) join site t on t.id = (i.item->>'id')::uuid
      left join campaign_target g on g.campaign_id = d.campaign_id and g.site_id = t.id and g.draw_id = d.id
    where d.state <> 'VOID' and d.frozen_at >= ${w.from}::date - 1 and d.frozen_at < ${w.to}::date + 1 and local_day(d.frozen_at) between ${w.from}::date and ${w.to}::date`,
}

/** Inspections that take a place under the yearly ceiling, of the year in which the window ends; a joint check takes one. */
const capVisit: Base = {
  knows: [],
  rows: (w) => sql`select v.id, v.area_code, v.grid_id, v.enterprise_id, v.site_id, v.business_date as day, coalesce(v.joint_id, v.id)::text || v.enterprise_id::text as once
    from visit v where v.counts_to_cap and (v.state = 'IN_PROGRESS' or (v.state = 'DONE' and v.outcome = 'CHECKED')) and v.business_date between ${`${w.year}-01-01`}::date and ${w.asOfDay}::date and v.business_date <= ${`${w.year}-12-31`}::date`,
}

/** Enterprises with their ceiling of the year; the nearest area that has one decides. */
const cap: Base = {
  knows: [],
  stock: true,
  rows: (w) => sql`
    select r.*, r.used > r.ceiling as over from (select n.id, n.area_code, n.grid_id, n.id as enterprise_id, null::uuid as site_id, ${w.asOfDay}::date as day,
      coalesce(u.used, 0) as used,
      (select c.cap_per_year from inspection_cap c where c.year = ${w.year} and c.agency_level = 'DISTRICT' and c.standard_level = n.standard_level
        and c.industry_class = case when n.tags && array['HAZCHEM_PROD','HAZCHEM_TRADE_STORE','METALLURGY_GONGMAO','MOLTEN_METAL'] then 'HAZCHEM_METALLURGY' when n.high_risk then 'HIGH_RISK' else 'OTHER' end
        and c.area_code in (n.area_code, left(n.area_code, 9) || '000', left(n.area_code, 6) || '000000', left(n.area_code, 4) || '00000000', left(n.area_code, 2) || '0000000000', '000000000000') order by c.area_code desc limit 1) as ceiling
    from enterprise n left join (
        select v.enterprise_id, count(distinct coalesce(v.joint_id, v.id)) as used from visit v where v.counts_to_cap and (v.state = 'IN_PROGRESS' or (v.state = 'DONE' and v.outcome = 'CHECKED'))
          and v.business_date between ${`${w.year}-01-01`}::date and least(${w.asOfDay}::date, ${`${w.year}-12-31`}::date) group by 1) u on u.enterprise_id = n.id
    where n.voided_at is null and exists (select from inspection_cap c where c.year = ${w.year})) r where r.ceiling is not null`,
}

export const bases = { visit, presence, team, found, closed, due, open, reinspection, transfer, paper, enterprise, target, draw, capVisit, cap } as const satisfies Record<string, Base>
export type BaseName = keyof typeof bases
