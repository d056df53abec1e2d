import { sql } from 'kysely'
import type { LocalDate } from '../../../kernel/core/time.ts'
import { addDays } from '../../../kernel/core/time.ts'
import type { Actor } from '../../../kernel/server/actor.ts'
import type { Tx } from '../../../kernel/server/db.ts'
import { MAP_LIMIT, MAP_SCALE } from '../../enterprise/map.ts'
import { DUE_SOON_DAYS } from '../timers.ts'
import { type Filter, whereOf } from './list.ts'

/** Where the hazards of a filter are: at their site. In columns, one statement; at most MAP_LIMIT are looked at. */
export async function points(tx: Tx, actor: Actor, filter: Filter, today: LocalDate): Promise<string> {
  const soon = addDays(today, DUE_SOON_DAYS)
  const { rows } = await sql<{ body: string }>`
    with m as materialized (select h.id, h.area_code, h.site_id, h.runs_to from hazard h where ${whereOf(actor, filter, today)} limit ${MAP_LIMIT}),
      l as materialized (select m.id, m.area_code, s.lon, s.lat, case when m.runs_to < ${today}::date then 'L' when m.runs_to <= ${soon}::date then 'S' else '-' end as k from m join site s on s.id = m.site_id),
      p as (select replace(id::text, '-', '') as id, round(lon * ${MAP_SCALE}::int)::int as x, round(lat * ${MAP_SCALE}::int)::int as y, k from l where lon is not null order by area_code, id),
      c as (select count(*) as total, count(lon) as located, count(*) filter (where k = 'L') as overdue from l)
    select json_build_object('ids', coalesce(string_agg(p.id, ''), ''), 'lon', coalesce(array_to_json(array_agg(p.x)), '[]'), 'lat', coalesce(array_to_json(array_agg(p.y)), '[]'), 'mark', coalesce(string_agg(p.k, ''), ''),
      'total', (select total from c), 'located', (select located from c), 'overdue', (select overdue from c))::text as body
    from p`.execute(tx)
  return rows[0]!.body
}
