import { sql } from 'kysely'
import { reachSql } from '../../../kernel/server/db.ts'
import type { SiteRow } from '../rows.ts'
import { pickSql, reachFor, type Source } from './source.ts'

/** Places of my reach that are open and whose enterprise has not gone. Telephones stay masked on a phone. */
export const sites: Source<'site'> = {
  kind: 'site',
  bytesEach: 950,
  rows: async (ctx, pick) => {
    const who = reachFor(ctx, 'enterprise.read')
    if (!who) return []
    const { where, tail } = pickSql(pick, sql`s.id`)
    const { rows } = await sql<SiteRow>`
      select s.id, s.enterprise_id as "enterpriseId", e.name, s.name as "siteName", s.code, e.credit_code as "creditCode", s.address, s.floor, e.name_py as py, s.lon, s.lat, s.area_code as "areaCode", s.grid_id as "gridId",
        s.park_id as "parkId", s.kind, e.gongmao_sector as sector, e.division, e.tags, e.size_grade as size, e.state, e.risk_color as risk, e.high_risk as "highRisk", e.employees, e.standard_level as "standardLevel",
        e.principal_name as principal, e.principal_phone_masked as phone, s.is_main as main, e.version as "enterpriseVersion", s.version
      from site s join enterprise e on e.id = s.enterprise_id
      where s.voided_at is null and s.closed_on is null and e.voided_at is null and ${reachSql(who, 's')} and ${where} ${tail}`.execute(ctx.tx)
    return rows.map((row) => ({ id: row.id, version: row.version + row.enterpriseVersion, row }))
  },
  count: async (ctx) => {
    const who = reachFor(ctx, 'enterprise.read')
    if (!who) return 0
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from site s where s.voided_at is null and s.closed_on is null and ${reachSql(who, 's')}`.execute(ctx.tx)
    return rows[0]!.n
  },
}
