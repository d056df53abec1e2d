import { sql } from 'kysely'
import type { AreaRow } from '../rows.ts'
import { areaWhere } from './people.ts'
import { heldOf, type Pick, type Source } from './source.ts'

function pickText(pick: Pick) {
  if ('ids' in pick) return { where: sql`x.id = any(${[...pick.ids]}::text[])`, tail: sql`` }
  return { where: sql`x.id > ${pick.after}`, tail: sql`order by x.id limit ${pick.limit}` }
}

/** Areas by code, grids by id, in one order of text; an area's boundary is what the map without tiles is drawn from. */
export const areas: Source<'area'> = {
  kind: 'area',
  bytesEach: 2500,
  rows: async (ctx, pick) => {
    if (!ctx.actor.has('district.read')) return []
    const at = areaWhere(ctx)
    const { where, tail } = pickText(pick)
    const { rows } = await sql<AreaRow>`
      select x.* from (
        select a.code as id, a.code, a.name, a.kind, a.parent_code as "parentCode", a.boundary, a.version + a.boundary_version as version from area a where ${at.areas}
        union all select g.id::text collate "C", g.code, g.name, 'GRID', g.area_code, g.boundary, g.version + g.boundary_version from grid g where ${at.grids}) x
      where ${where} ${tail}`.execute(ctx.tx)
    return heldOf(rows)
  },
  count: async (ctx) => {
    if (!ctx.actor.has('district.read')) return 0
    const at = areaWhere(ctx)
    const { rows } = await sql<{ n: number }>`select ((select count(*) from area a where ${at.areas}) + (select count(*) from grid g where ${at.grids}))::int as n`.execute(ctx.tx)
    return rows[0]!.n
  },
}
