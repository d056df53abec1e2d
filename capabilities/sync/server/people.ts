import { type RawBuilder, sql } from 'kysely'
import { rangeOf } from '../../../kernel/core/access.ts'
import { localDate } from '../../../kernel/core/time.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import type { PersonRow } from '../rows.ts'
import { fromTable, heldOf } from './source.ts'

/** Rights whose holders may be named as taking part in a visit. */
const WALKS = ['visit.inspect', 'visit.patrol', 'visit.guide']

/**
 * Colleagues of my own district who walk: they may be named as taking part and, with a certificate, sign beside me. Nobody
 * outside an office carries any. A person's telephone never travels here.
 */
function colleagues(ctx: Ctx): RawBuilder<boolean> | undefined {
  if (!['visit.inspect', 'visit.patrol', 'visit.guide', 'visit.phone', 'visit.plan'].some((verb) => ctx.actor.has(verb))) return undefined
  const today = localDate(ctx.now)
  const counties = sql`(select distinct left(coalesce(t.area_code, g.area_code), 6) from post t left join grid g on g.id = t.grid_id where t.person_id = ${ctx.actor.id}::uuid and ${inForce(today)})`
  return sql<boolean>`(p.left_on is null and exists (select from post t join role r on r.code = t.role_code left join grid g on g.id = t.grid_id
    where t.person_id = p.id and ${inForce(today)} and r.verbs && ${WALKS}::text[] and left(coalesce(t.area_code, g.area_code), 6) in ${counties}))`
}

const inForce = (today: string) => sql`t.valid_from <= ${today}::date and (t.valid_to is null or t.valid_to >= ${today}::date)`

export const people = fromTable<'person'>({
  kind: 'person',
  bytesEach: 230,
  from: sql`person p`,
  id: sql`p.id`,
  mine: colleagues,
  read: async (ctx, these) => {
    const { rows } = await sql<PersonRow>`
      select p.id, p.name, o.name as organisation, c.no as "certificateNo", c.valid_from as "certificateFrom", c.valid_to as "certificateTo", p.version + coalesce(c.version, 0) as version
      from person p left join organisation o on o.id = p.organisation_id
      left join lateral (select c.no, c.valid_from, c.valid_to, c.version from certificate c where c.person_id = p.id and c.kind = 'LAW_ENFORCEMENT' and c.revoked_on is null and c.valid_to >= ${localDate(ctx.now)}::date order by c.valid_to desc limit 1) c on true
      where ${these}`.execute(ctx.tx)
    return heldOf(rows)
  },
})

/** Areas of my reach with everything above them, and its grids. */
export const areaWhere = (ctx: Ctx): { areas: RawBuilder<boolean>; grids: RawBuilder<boolean> } => {
  const { areas, grids } = ctx.actor.reach
  const today = localDate(ctx.now)
  const inRange = (column: RawBuilder<unknown>) => (areas.length ? sql`(${sql.join(areas.map(([from, to]) => sql`(${column} >= ${from} and ${column} < ${to})`), sql` or `)})` : sql`false`)
  const above = [...new Set(areas.flatMap(([from]) => [2, 4, 6, 9, 12].map((n) => rangeOf(from.slice(0, n).padEnd(12, '0'))[0])))]
  const ofGrids = grids.length ? sql`exists (select from grid g where g.id = any(${[...grids]}::uuid[]) and g.area_code like rtrim(a.code, '0') || '%')` : sql`false`
  return {
    areas: sql<boolean>`(a.valid_from <= ${today}::date and (a.valid_to is null or a.valid_to >= ${today}::date) and (${inRange(sql`a.code`)} or a.code = any(${above}::text[]) or ${ofGrids}))`,
    grids: sql<boolean>`(g.valid_from <= ${today}::date and (g.valid_to is null or g.valid_to >= ${today}::date) and (${inRange(sql`g.area_code`)} or g.id = any(${[...grids]}::uuid[])))`,
  }
}
