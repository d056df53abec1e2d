import { sql } from 'kysely'
import type { z } from 'zod'
import { missing, Problem } from '../../../kernel/core/problem.ts'
import { type Ctx, refuseStale } from '../../../kernel/server/context.ts'
import { reachSql } from '../../../kernel/server/db.ts'
import { capClass, capOf, upward } from '../cap.ts'
import type { VisitKind } from '../kinds.ts'
import type * as v from '../visit.ts'
import type { Burden, Cap, CapRow } from '../visit.ts'
import { agencies } from './plan.ts'
import * as store from './store.ts'
import './tables.ts'

interface Known {
  name: string
  area_code: string
  tags: string[]
  high_risk: boolean
  standard_level: string
  contacts: { kind: VisitKind; count: number }[]
  sites: Cap['sites']
  planned: number
}

/** Visits of an enterprise in a year against its ceiling. @throws missing when it is out of reach */
export async function capUsage(ctx: Ctx, enterpriseId: string, year: number): Promise<Cap> {
  const found = await findCap(ctx, enterpriseId, year)
  if (!found) throw missing()
  return found
}

/** The same, or null: who reaches a visit by its grid need not reach the enterprise. Three statements. */
export async function findCap(ctx: Ctx, enterpriseId: string, year: number): Promise<Cap | null> {
  const of = sql`v.enterprise_id = e.id and v.state <> 'VOID' and v.business_date between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date`
  const { rows } = await sql<Known>`select e.name, e.area_code, e.tags, e.high_risk, e.standard_level,
    (select coalesce(json_agg(json_build_object('kind', k.kind, 'count', k.count) order by k.count desc, k.kind), '[]') from (select v.kind, count(*)::int as count from visit v where ${of} and v.state in ('IN_PROGRESS', 'DONE') group by 1) k) as contacts,
    (select coalesce(json_agg(json_build_object('siteId', p.id, 'siteName', p.name, 'planned', p.planned, 'done', p.done) order by p.name), '[]') from (
      select s.id, s.name, count(v.id) filter (where v.kind = 'ADMIN_DAILY')::int as planned, count(v.id) filter (where v.kind = 'ADMIN_DAILY' and v.outcome = 'CHECKED')::int as done
      from site s left join visit v on v.site_id = s.id and ${of} where s.enterprise_id = e.id group by s.id, s.name) p) as sites,
    (select count(distinct coalesce(v.joint_id, v.id))::int from visit v where ${of} and v.counts_to_cap and v.state in ('PLANNED', 'PENDING_APPROVAL', 'APPROVED')) as planned
    from enterprise e where e.id = ${enterpriseId} and ${reachSql(ctx.actor, 'e')}`.execute(ctx.tx)
  const found = rows[0]
  if (!found) return null
  const agencyId = (await agencies(ctx, [found.area_code])).get(found.area_code)!
  const [standing] = await store.standingsOf(ctx.tx, [{ enterpriseId, areaCode: found.area_code, agencyId, jointId: null, except: '00000000-0000-0000-0000-000000000000' }], year)
  const industryClass = capClass({ tags: found.tags, highRisk: found.high_risk })
  const row = capOf(standing!.caps, { areaCode: found.area_code, year, industryClass, standardLevel: found.standard_level })
  const cap = row?.capPerYear ?? null
  return {
    enterpriseId, enterpriseName: found.name, year, industryClass, standardLevel: found.standard_level, cap, used: standing!.used, planned: found.planned,
    left: cap === null ? null : Math.max(0, cap - standing!.used), sourceDoc: row?.sourceDoc ?? null, contacts: found.contacts, sites: found.sites,
  }
}

export async function caps(ctx: Ctx, year: number): Promise<{ rows: z.infer<typeof CapRow>[] }> {
  const own = ctx.actor.reach.areas.flatMap(([from]) => upward(from))
  const rows = await ctx.tx.selectFrom('inspection_cap').selectAll().where('year', '=', year).where('area_code', 'in', ['000000000000', ...own]).orderBy('area_code').orderBy('industry_class').orderBy('standard_level').limit(500).execute()
  return { rows: rows.map(toCap) }
}

type CapRecord = { id: string; area_code: string; year: number; industry_class: string; standard_level: string; cap_per_year: number | null; agency_level: string; source_doc: string; version: number }
const toCap = (row: CapRecord): z.infer<typeof CapRow> => ({
  id: row.id, areaCode: row.area_code, year: row.year, industryClass: row.industry_class, standardLevel: row.standard_level, capPerYear: row.cap_per_year, agencyLevel: row.agency_level, sourceDoc: row.source_doc, version: row.version,
})

/** Enters or changes one ceiling with its document. Only for areas inside one's own. */
export async function setCap(ctx: Ctx, input: z.output<typeof v.SetCap>): Promise<z.infer<typeof CapRow>> {
  if (!ctx.actor.reach.areas.some(([from, to]) => input.areaCode >= from && input.areaCode < to)) throw missing()
  const before = await ctx.tx.selectFrom('inspection_cap').select(['version', 'area_code', 'cap_per_year']).where('id', '=', input.id).executeTakeFirst()
  if (before && input.baseVersion === undefined) throw new Problem('conflict', 'common.duplicate')
  if (!before && input.baseVersion !== undefined) throw missing()
  if (before) refuseStale(before.version, input.baseVersion!)
  const row = {
    id: input.id, area_code: input.areaCode, year: input.year, industry_class: input.industryClass, standard_level: input.standardLevel, cap_per_year: input.capPerYear, agency_level: input.agencyLevel, source_doc: input.sourceDoc,
    set_by: ctx.actor.id, version: (before?.version ?? 0) + 1,
  }
  if (before) await ctx.tx.updateTable('inspection_cap').set(row).where('id', '=', input.id).execute()
  else await ctx.tx.insertInto('inspection_cap').values(row).execute()
  ctx.emit({ aggregate: 'inspection_cap', id: input.id, version: row.version, event: 'visit.cap_set', areaCode: input.areaCode, data: { year: input.year, industryClass: input.industryClass, standardLevel: input.standardLevel, before: before?.cap_per_year ?? null, after: input.capPerYear, sourceDoc: input.sourceDoc } })
  return toCap(row)
}

/** Inspections of the year against the ceilings, enterprise by enterprise: one statement. */
export async function burden(ctx: Ctx, year: number): Promise<z.infer<typeof Burden>> {
  const metals = ['HAZCHEM_PROD', 'HAZCHEM_TRADE_STORE', 'METALLURGY_GONGMAO', 'MOLTEN_METAL']
  const { rows } = await sql<Omit<z.infer<typeof Burden>, 'year'>>`with per as (
      select v.enterprise_id, count(*)::int as contacts,
        count(distinct coalesce(v.joint_id, v.id)) filter (where v.counts_to_cap and (v.state = 'IN_PROGRESS' or v.outcome = 'CHECKED'))::int as used
      from visit v where v.state in ('IN_PROGRESS', 'DONE') and v.business_date between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date and ${reachSql(ctx.actor, 'v')} group by 1),
    capped as (select per.*, e.name, (select c.cap_per_year from inspection_cap c where c.year = ${year} and c.agency_level = 'DISTRICT' and c.standard_level = e.standard_level
        and c.industry_class = case when e.tags && ${metals}::text[] then 'HAZCHEM_METALLURGY' when e.high_risk then 'HIGH_RISK' else 'OTHER' end
        and c.area_code in (e.area_code, left(e.area_code, 9) || '000', left(e.area_code, 6) || '000000', left(e.area_code, 4) || '00000000', left(e.area_code, 2) || '0000000000', '000000000000')
        order by c.area_code desc limit 1) as cap from per join enterprise e on e.id = per.enterprise_id)
    select count(*) filter (where used > 0)::int as enterprises, coalesce(sum(used), 0)::int as counted, coalesce(sum(contacts), 0)::int as contacts, count(*) filter (where used = cap)::int as "atCap",
      count(*) filter (where used > cap)::int as "overCap", count(*) filter (where cap is null and used > 0)::int as "notConfigured",
      (select coalesce(json_agg(json_build_object('enterpriseId', m.enterprise_id, 'enterpriseName', m.name, 'used', m.used, 'cap', m.cap)), '[]') from (select * from capped where used > 0 order by used desc, name limit 10) m) as most
    from capped`.execute(ctx.tx)
  return { year, ...rows[0]! }
}
