import { sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../../kernel/server/actor.ts'
import type { Tx } from '../../../kernel/server/db.ts'
import type { FigureFilter } from '../enterprise.ts'
import { MAP_LIMIT, MAP_SCALE } from '../map.ts'
import { conditionsOf } from './list.ts'

/**
 * Every place of a filter in columns, as the JSON text of the contract: one statement, written out by PostgreSQL. In the
 * order of areas, so that neighbouring places stand together and zip well.
 */
export async function points(tx: Tx, actor: Actor, filter: z.output<typeof FigureFilter>, blind: (text: string) => string): Promise<string> {
  const where = sql.join(conditionsOf(actor, filter, blind), sql` and `)
  const { rows } = await sql<{ body: string }>`
    with m as materialized (select e.id, e.area_code, e.lon, e.lat, e.risk_color from enterprise e where ${where}),
      p as (select replace(id::text, '-', '') as id, round(lon * ${MAP_SCALE}::int)::int as x, round(lat * ${MAP_SCALE}::int)::int as y,
        case risk_color when 'RED' then 'R' when 'ORANGE' then 'O' when 'YELLOW' then 'Y' when 'BLUE' then 'B' else '-' end as k
        from m where lon is not null order by area_code, id limit ${MAP_LIMIT}),
      c as (select count(*) as total, count(lon) as located, count(*) filter (where risk_color = 'RED') as r, count(*) filter (where risk_color = 'ORANGE') as o, count(*) filter (where risk_color = 'YELLOW') as y,
        count(*) filter (where risk_color = 'BLUE') as b, count(*) filter (where risk_color is null) as n from m)
    select json_build_object('ids', coalesce(string_agg(p.id, ''), ''), 'lon', coalesce(array_to_json(array_agg(p.x)), '[]'), 'lat', coalesce(array_to_json(array_agg(p.y)), '[]'), 'mark', coalesce(string_agg(p.k, ''), ''),
      'total', (select total from c), 'located', (select located from c), 'risks', (select json_build_object('RED', r, 'ORANGE', o, 'YELLOW', y, 'BLUE', b, 'none', n) from c))::text as body
    from p`.execute(tx)
  return rows[0]!.body
}
