import { type RawBuilder, sql } from 'kysely'
import { industriesBelow } from '../../enterprise/industry.ts'
import type { Split } from '../figures.ts'
import { asOn } from './bases.ts'

const industry = sql`left(${asOn('INDUSTRY', 'f.enterprise_id', sql`f.day`, 'e.industry_code')}, 2)`

const sections = sql.raw(
  industriesBelow(null).map((section) => `when d in (${industriesBelow(section.code).map((division) => `'${division.code.replace(/^[A-Z]/, '')}'`).join(',')}) then '${section.code}'`).join(' '),
)
/** The section of a division of two digits. */
export const sectionOf = (division: RawBuilder<unknown>): RawBuilder<unknown> => sql`(select case ${sections} end from (select ${division} as d) y)`

const values: Readonly<Record<Exclude<Split, 'tag'>, RawBuilder<unknown>>> = {
  county: sql`left(f.area_code, 6) || '000000'`,
  street: sql`left(f.area_code, 9) || '000'`,
  community: sql`f.area_code`,
  grid: sql`f.grid_id::text`,
  industry,
  section: sectionOf(industry),
  size: asOn('SIZE', 'f.enterprise_id', sql`f.day`, 'e.size_grade'),
  aboveScale: sql`case when f.enterprise_id is null then null when ${asOn('ABOVE_SCALE', 'f.enterprise_id', sql`f.day`, 'e.above_scale')} = 'true' then 'YES' else 'NO' end`,
  campaign: sql`f.campaign_id::text`,
  kind: sql`f.kind`,
  level: sql`f.level`,
  source: sql`f.source`,
  day: sql`f.day::text`,
  week: sql`date_trunc('week', f.day)::date::text`,
  month: sql`to_char(f.day, 'YYYY-MM')`,
}

/** One row for every tag of the enterprise as it is now: tags have no history, and they overlap. */
const tags = sql`unnest(case when e.tags = '{}' or e.tags is null then array[''] else e.tags end)`

/** The value of a dimension of a row `f` (its enterprise is `e`), as it was on the row's day; empty where it has none. */
export const splitSql = (split: Split): RawBuilder<unknown> => (split === 'tag' ? tags : sql`coalesce(${values[split]}, '')`)
