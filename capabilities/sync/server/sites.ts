import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../../kernel/server/context.ts'
import { reachSql } from '../../../kernel/server/db.ts'
import type { SiteRow } from '../rows.ts'
import { concernsMe, openHazard } from './hazards.ts'
import { fromTable, reachFor, WIDE } from './source.ts'
import { myVisits } from './visits.ts'

/** Sites of my own visits and of hazards that are mine to follow. */
const mine = (ctx: Ctx): RawBuilder<boolean> => sql<boolean>`s.id in (select h.site_id from hazard h where ${openHazard} and ${concernsMe(ctx)} union select v.site_id from visit v where ${myVisits(ctx) ?? sql`false`})`
const live = sql`s.voided_at is null and s.closed_on is null`

/** Whether the reach holds more than anybody carries about. Counts no further than it has to. */
export async function isWide(ctx: Ctx): Promise<boolean> {
  const who = reachFor(ctx, 'enterprise.read')
  if (!who) return false
  const { rows } = await sql<{ n: number }>`select greatest((select count(*) from (select 1 from site s where ${live} and ${reachSql(who, 's')} limit ${WIDE + 1}) x),
    (select count(*) from (select 1 from hazard h where ${openHazard} and ${reachSql(who, 'h')} limit ${WIDE + 1}) x))::int as n`.execute(ctx.tx)
  return rows[0]!.n > WIDE
}

/** Places of my reach that are open and whose enterprise has not gone. */
function within(ctx: Ctx): RawBuilder<unknown> | undefined {
  const who = reachFor(ctx, 'enterprise.read')
  return who && sql`${live} and e.voided_at is null and ${reachSql(who, 's')}`
}

const from = sql`site s join enterprise e on e.id = s.enterprise_id`

/** Telephones stay masked on a phone. */
async function places(ctx: Ctx, these: RawBuilder<unknown>): Promise<SiteRow[]> {
  const { rows } = await sql<SiteRow>`
      select s.id, s.enterprise_id as "enterpriseId", e.name, s.name as "siteName", s.code, e.credit_code as "creditCode", s.address, s.floor, e.name_py as py, s.lon, s.lat, s.area_code as "areaCode", s.grid_id as "gridId",
        s.park_id as "parkId", s.kind, e.gongmao_sector as sector, e.division, e.tags, e.size_grade as size, e.state, e.risk_color as risk, e.high_risk as "highRisk", e.employees, e.standard_level as "standardLevel",
        e.principal_name as principal, e.principal_phone_masked as phone, s.is_main as main, e.version as "enterpriseVersion", s.version
      from ${from} where ${these}`.execute(ctx.tx)
  return rows
}

/** A place that is not on the phone, wanted there: by itself, or all of a few enterprises that were looked up. Never wider than the reach. */
export async function placesAsked(ctx: Ctx, asked: { siteId?: string | undefined; enterpriseIds?: readonly string[] | undefined }): Promise<SiteRow[]> {
  const held = within(ctx)
  if (!held) return []
  return places(ctx, sql`${held} and ${asked.siteId ? sql`s.id = ${asked.siteId}::uuid` : sql`s.enterprise_id = any(${[...(asked.enterpriseIds ?? [])]}::uuid[]) order by s.enterprise_id, s.is_main desc, s.id limit 40`}`)
}

export const sites = fromTable<'site'>({
  kind: 'site',
  bytesEach: 950,
  from,
  id: sql`s.id`,
  mine: (ctx, narrow) => {
    const held = within(ctx)
    return held && sql`${held} and ${narrow ? mine(ctx) : sql`true`}`
  },
  read: async (ctx, these) => (await places(ctx, these)).map((row) => ({ id: row.id, version: row.version + row.enterpriseVersion, row })),
})
