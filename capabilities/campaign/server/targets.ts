import { type RawBuilder, sql } from 'kysely'
import { rangeOf } from '../../../kernel/core/access.ts'
import { Problem, refuseAny } from '../../../kernel/core/problem.ts'
import { addDays, localDate } from '../../../kernel/core/time.ts'
import type { Actor } from '../../../kernel/server/actor.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import { reachSql, type Tx } from '../../../kernel/server/db.ts'
import { containing } from '../../../kernel/server/like.ts'
import type * as c from '../campaign.ts'
import type { Objects, Wave } from '../scheme.ts'
import { led, seen, told } from './steps.ts'
import { type CampaignRow, inAreas } from './store.ts'

/** Sites that fit the objects of a scheme, as a condition over site `s` and enterprise `e`. */
function fits(objects: Objects, today: string): RawBuilder<unknown> {
  const parts: RawBuilder<unknown>[] = [sql`s.voided_at is null and s.closed_on is null and e.voided_at is null and e.state not in ('CANCELLED', 'MOVED')`]
  if (objects.siteKinds.length) parts.push(sql`s.kind = any(${objects.siteKinds}::text[])`)
  if (objects.tags.length) parts.push(sql`e.tags && ${objects.tags}::text[]`)
  if (objects.riskColours.length) parts.push(sql`e.risk_color = any(${objects.riskColours}::text[])`)
  if (objects.aboveScale !== undefined) parts.push(sql`e.above_scale = ${objects.aboveScale}`)
  if (objects.minEmployees) parts.push(sql`e.employees >= ${objects.minEmployees}`)
  if (objects.majorWithinDays) parts.push(sql`exists (select from hazard h where h.enterprise_id = e.id and h.level = 'MAJOR' and h.state not in ('DRAFT', 'VOID') and h.found_on >= ${addDays(today, -objects.majorWithinDays)}::date)`)
  if (objects.notInspectedDays) parts.push(sql`not exists (select from visit v where v.site_id = s.id and v.outcome = 'CHECKED' and v.counts_to_cap and v.business_date > ${addDays(today, -objects.notInspectedDays)}::date)`)
  return sql.join(parts, sql` and `)
}

/** Wave of a site: the first whose rule it fits, else the last. */
function waveOf(waves: readonly Wave[]): RawBuilder<unknown> {
  if (waves.length < 2) return sql`1`
  const cases = waves.slice(0, -1).map((wave, i) => {
    const rule: RawBuilder<unknown>[] = []
    if (wave.aboveScale !== undefined) rule.push(sql`e.above_scale = ${wave.aboveScale}`)
    if (wave.minEmployees) rule.push(sql`coalesce(e.employees, 0) >= ${wave.minEmployees}`)
    if (wave.riskColours.length) rule.push(sql`e.risk_color = any(${wave.riskColours}::text[])`)
    return sql`when ${rule.length ? sql.join(rule, sql` and `) : sql`true`} then ${sql.lit(i + 1)}::int`
  })
  return sql`case ${sql.join(cases, sql` `)} else ${sql.lit(waves.length)}::int end`
}

interface Choice {
  areas: readonly string[]
  objects: Objects
  siteIds: readonly string[]
}

/** Fitting sites in the campaign's areas and in reach. Named sites need not fit the scheme; they need to be there. */
const chosen = (actor: Actor, campaign: CampaignRow, choice: Choice, today: string): RawBuilder<unknown> =>
  sql`site s join enterprise e on e.id = s.enterprise_id where ${reachSql(actor, 's')} and ${inAreas(campaign.areas, 's.area_code')}
    and ${choice.siteIds.length ? sql`s.id = any(${[...choice.siteIds]}::uuid[]) and s.voided_at is null and s.closed_on is null` : fits(choice.objects, today)} ${choice.areas.length ? sql`and ${inAreas(choice.areas, 's.area_code')}` : sql``}`

export async function preview(ctx: Ctx, input: { id: string; areaCodes?: readonly string[] | undefined }) {
  const row = await seen(ctx, input.id)
  const from = chosen(ctx.actor, row, { areas: input.areaCodes ?? [], objects: row.scheme.objects, siteIds: [] }, localDate(ctx.now))
  const { rows } = await sql<{ fitting: number; listed: number; streets: { street: string; name: string; n: number }[]; waves: { wave: number; n: number }[]; others: { campaignId: string; name: string; n: number }[] }>`
    with f as materialized (select s.id, left(s.area_code, 9) || '000' as street, ${waveOf(row.scheme.waves)} as wave from ${from})
    select (select count(*)::int from f) as fitting, (select count(*)::int from campaign_target t where t.campaign_id = ${row.id} and t.state <> 'DROPPED') as listed,
      (select coalesce(json_agg(json_build_object('street', g.street, 'name', coalesce(a.name, g.street), 'n', g.n) order by g.street), '[]') from (select street, count(*)::int as n from f group by 1) g left join area a on a.code = g.street) as streets,
      (select coalesce(json_agg(json_build_object('wave', g.wave, 'n', g.n) order by g.wave), '[]') from (select wave, count(*)::int as n from f group by 1) g) as waves,
      (select coalesce(json_agg(json_build_object('campaignId', g.id, 'name', g.name, 'n', g.n) order by g.n desc), '[]') from (select o.id, o.name, count(*)::int as n from f join campaign_target t on t.site_id = f.id and t.state in ('TO_DO', 'TAKEN')
        join campaign o on o.id = t.campaign_id and o.state in ('APPROVED', 'RUNNING') and o.id <> ${row.id} group by 1, 2 order by 3 desc limit 10) g) as others`.execute(ctx.tx)
  return rows[0]!
}

export async function add(ctx: Ctx, input: c.AddTargets): Promise<{ added: number; total: number }> {
  const row = await led(ctx, input.id, 'arrange')
  const objects = input.objects ?? row.scheme.objects
  const added = await put(ctx, row, chosen(ctx.actor, row, { areas: input.areaCodes, objects, siteIds: input.siteIds }, localDate(ctx.now)), { source: 'LIST', drawId: null, dueOn: input.dueOn ?? null })
  if (!added) refuseAny([{ code: 'campaign.nothing_fits' }])
  const total = await listed(ctx.tx, row.id)
  told(ctx, row, 'targets_added', { from: row.state, to: row.state, data: { added, total, text: `列入 ${added} 家，共 ${total} 家` } })
  return { added, total }
}

/** Puts sites on the list; those that were dropped come back, the others stay as they are. */
async function put(ctx: Ctx, row: CampaignRow, from: RawBuilder<unknown>, given: { source: 'LIST' | 'DRAW'; drawId: string | null; dueOn: string | null }): Promise<number> {
  const { rows } = await sql<{ n: number }>`with put as (insert into campaign_target (campaign_id, site_id, enterprise_id, area_code, grid_id, park_id, site_kind, sort, wave, source, draw_id, state, due_on)
      select ${row.id}, s.id, s.enterprise_id, s.area_code, s.grid_id, coalesce(s.park_id, e.park_id), s.kind, campaign_sort(s.kind), ${waveOf(row.scheme.waves)}, ${given.source}, ${given.drawId}::uuid, 'TO_DO', ${given.dueOn}::date from ${from}
      on conflict (campaign_id, site_id) do update set state = 'TO_DO', dropped_reason = null, source = excluded.source, draw_id = excluded.draw_id, version = campaign_target.version + 1 where campaign_target.state = 'DROPPED' returning 1)
    select count(*)::int as n from put`.execute(ctx.tx)
  return rows[0]!.n
}

/** Drawn sites become objects of the campaign. */
export const putDrawn = (ctx: Ctx, row: CampaignRow, siteIds: readonly string[], drawId: string): Promise<number> =>
  put(ctx, row, sql`site s join enterprise e on e.id = s.enterprise_id where s.id = any(${[...siteIds]}::uuid[])`, { source: 'DRAW', drawId, dueOn: null })

const listed = async (tx: Tx, id: string): Promise<number> => (await sql<{ n: number }>`select count(*)::int as n from campaign_target where campaign_id = ${id} and state <> 'DROPPED'`.execute(tx)).rows[0]!.n

export async function drop(ctx: Ctx, input: { id: string; siteIds: string[]; reason: string }): Promise<{ added: number; total: number }> {
  const row = await led(ctx, input.id, 'arrange')
  const { rows } = await sql<{ site_id: string; state: string; checks: number }>`select site_id, state, checks from campaign_target t where t.campaign_id = ${row.id} and t.site_id = any(${input.siteIds}::uuid[]) and ${reachSql(ctx.actor, 't')} for update`.execute(ctx.tx)
  if (rows.length !== new Set(input.siteIds).size) throw new Problem('missing', 'common.missing')
  if (rows.some((t) => t.checks > 0)) refuseAny([{ code: 'campaign.target_done', field: 'siteIds' }])
  await sql`update campaign_target set state = 'DROPPED', dropped_reason = ${input.reason}, team_id = null, ordinal = null, version = version + 1 where campaign_id = ${row.id} and site_id = any(${input.siteIds}::uuid[])`.execute(ctx.tx)
  const total = await listed(ctx.tx, row.id)
  told(ctx, row, 'targets_dropped', { from: row.state, to: row.state, data: { sites: input.siteIds, text: `移出 ${rows.length} 家：${input.reason}` } })
  return { added: -rows.length, total }
}

type Filter = Omit<ReturnType<typeof c.TargetFilter.parse>, 'id'> & { id: string }

const targetJson = sql`json_build_object('siteId', t.site_id, 'siteName', s.name, 'enterpriseId', e.id, 'enterpriseName', e.name, 'siteKind', t.site_kind, 'sort', t.sort, 'areaCode', t.area_code, 'riskColour', e.risk_color, 'wave', t.wave, 'source', t.source,
  'state', t.state, 'teamId', t.team_id, 'teamName', m.name, 'ordinal', t.ordinal, 'dueOn', t.due_on, 'visits', t.visits, 'checks', t.checks, 'lastOn', t.last_on, 'address', s.address, 'droppedReason', t.dropped_reason,
  'also', (select coalesce(json_agg(distinct o.name), '[]') from campaign_target x join campaign o on o.id = x.campaign_id and o.state in ('APPROVED', 'RUNNING') where x.site_id = t.site_id and x.campaign_id <> t.campaign_id and x.state in ('TO_DO', 'TAKEN')))`

/** One page of objects, first what is to be done, wave by wave, in the order of the route: rows and exact total in one statement. */
export async function page(ctx: Ctx, filter: Filter) {
  const row = await seen(ctx, filter.id)
  const after = filter.cursor ? cursorOf(filter.cursor) : undefined
  const where = [sql`t.campaign_id = ${row.id}`, reachSql(ctx.actor, 't'), filter.states?.length ? sql`t.state = any(${filter.states}::text[])` : sql`t.state <> 'DROPPED'`]
  if (filter.sorts?.length) where.push(sql`t.sort = any(${filter.sorts}::text[])`)
  if (filter.checked !== undefined) where.push(filter.checked ? sql`t.checks > 0` : sql`t.checks = 0`)
  if (filter.wave) where.push(sql`t.wave = ${filter.wave}`)
  if (filter.teamId) where.push(sql`t.team_id = ${filter.teamId}`)
  if (filter.areaCode) {
    const [from, to] = rangeOf(filter.areaCode)
    where.push(sql`t.area_code >= ${from} and t.area_code < ${to}`)
  }
  if (filter.q) where.push(sql`t.enterprise_id in (select q.id from enterprise q where q.name ilike ${containing(filter.q)})`)
  const key = sql`(t.wave, t.area_code, t.site_id)`
  const { rows } = await sql<{ rows: c.Target[]; total: number }>`with p as (select t.campaign_id, t.site_id from campaign_target t where ${sql.join(where, sql` and `)} ${after ? sql`and ${key} > (${after[0]}::smallint, ${after[1]}, ${after[2]}::uuid)` : sql``} order by t.wave, t.area_code, t.site_id limit ${filter.limit + 1})
    select (select count(*)::int from campaign_target t where ${sql.join(where, sql` and `)}) as total,
      (select coalesce(json_agg(${targetJson} order by t.wave, t.area_code, t.site_id), '[]') from p join campaign_target t on t.campaign_id = p.campaign_id and t.site_id = p.site_id join site s on s.id = t.site_id join enterprise e on e.id = t.enterprise_id left join campaign_team m on m.id = t.team_id) as rows`.execute(ctx.tx)
  const found = rows[0]!
  const list = found.rows.slice(0, filter.limit)
  const last = list.at(-1)
  return { rows: list, total: found.total, ...(found.rows.length > filter.limit && last ? { next: Buffer.from(JSON.stringify([last.wave, last.areaCode, last.siteId])).toString('base64url') } : {}) }
}

function cursorOf(text: string): [number, string, string] {
  try {
    const [wave, area, id] = JSON.parse(Buffer.from(text, 'base64url').toString()) as [number, string, string]
    if (Number.isInteger(wave) && /^\d{12}$/.test(area) && /^[0-9a-f-]{36}$/.test(id)) return [wave, area, id]
  } catch {
    // Refused below like any other text that is no cursor.
  }
  throw new Problem('invalid', 'common.bad_cursor')
}

/** Places of the objects for the map; at most 3,000, and the full number. */
export async function points(ctx: Ctx, id: string) {
  const row = await seen(ctx, id)
  const { rows } = await sql<{ points: { id: string; name: string; lon: number; lat: number; state: c.Target['state'] }[]; total: number }>`
    with p as (select t.site_id, t.state, t.enterprise_id from campaign_target t where t.campaign_id = ${row.id} and t.state <> 'DROPPED' and ${reachSql(ctx.actor, 't')})
    select (select count(*)::int from p) as total, (select coalesce(json_agg(json_build_object('id', q.site_id, 'name', e.name, 'lon', coalesce(s.lon, e.lon), 'lat', coalesce(s.lat, e.lat), 'state', q.state)), '[]')
      from (select * from p limit 3000) q join site s on s.id = q.site_id join enterprise e on e.id = q.enterprise_id where coalesce(s.lon, e.lon) is not null and coalesce(s.lat, e.lat) is not null) as points`.execute(ctx.tx)
  return rows[0]!
}


/** Where a draw takes its pool from: fitting sites of the campaign's areas within reach. */
export const poolFrom = (ctx: Ctx, row: CampaignRow): RawBuilder<unknown> => chosen(ctx.actor, row, { areas: [], objects: row.scheme.objects, siteIds: [] }, localDate(ctx.now))
