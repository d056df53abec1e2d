import { type RawBuilder, sql } from 'kysely'
import { localDate } from '../../../kernel/core/time.ts'
import { type Ctx, insertEventsFrom } from '../../../kernel/server/context.ts'
import type { ApplyGiven, MadeRows } from '../../../kernel/server/import-kind.ts'
import { type MadeColumn, madeColumns, registerColumns, shapes } from './register-values.ts'

const text = (column: MadeColumn): string => `v[${madeColumns.indexOf(column) + 1}]`
/** The column of a made row in its own type. */
const cell = (column: MadeColumn): string => {
  const shape = column === 'words' ? 'text[]' : column === 'site_id' ? 'uuid' : column === 'floor_area' ? 'float8' : shapes[column as keyof typeof shapes]
  return shape ? `${text(column)}::${shape}` : text(column)
}

const written = [...registerColumns.filter((column) => column !== 'credit_code_note'), 'name_py', 'words'] as const
const writtenList = sql.raw(written.join(', '))
const writtenCells = sql.raw(written.map(cell).join(', '))
const siteCells = sql.raw((['site_code', 'name', 'site_kind', 'park_id', 'area_code', 'grid_id', 'address', 'floor_area', 'lon', 'lat'] as const).map(cell).join(', '))
const at = (column: MadeColumn): RawBuilder<unknown> => sql.raw(cell(column))

/**
 * New firms with site, tags and event in one statement, straight from the rows that the check has kept: nothing of them comes into
 * this process. A row whose code somebody has registered meanwhile makes nothing and comes back.
 */
export async function insertRegister(ctx: Ctx, given: ApplyGiven, source: RawBuilder<unknown>): Promise<MadeRows> {
  const event = sql`select 'enterprise', r.id, 1, 'enterprise.imported', null::text, ${at('state')}, ${at('area_code')}, ${at('grid_id')}, r.id,
    jsonb_build_object('name', ${at('name')}, 'creditCode', ${at('credit_code')}, 'importId', ${given.runId}::text, 'importNo', ${given.runNo}::text, 'row', r.no) from r join e using (id)`
  const { rows } = await sql<{ made: number[] | null; refused: number[] | null }>`
    with s as materialized (${source}),
      r as materialized (select no, target as id, doubtful, array(select json_array_elements_text(kept->'made')) as v from s where kept->'made' is not null),
      e as (insert into enterprise (id, import_id, created_at, credit_code_note, ${writtenList})
        select id, ${given.runId}::uuid, ${ctx.now}::timestamptz, case when doubtful and ${at('credit_code')} is not null then ${given.reason}::text end, ${writtenCells} from r on conflict (credit_code) where voided_at is null do nothing returning id),
      site as (insert into site (id, enterprise_id, code, name, kind, park_id, area_code, grid_id, address, floor_area_m2, lon, lat) select ${at('site_id')}, r.id, ${siteCells} from r join e using (id)),
      tag as (insert into enterprise_tag (enterprise_id, code, area_code, grid_id, extra, set_on) select r.id, unnest(${at('tags')}), ${at('area_code')}, ${at('grid_id')}, '{}', ${localDate(ctx.now)}::date from r join e using (id)),
      event as (${insertEventsFrom(ctx, event)})
    select json_agg(r.no) filter (where e.id is not null) as made, json_agg(r.no) filter (where e.id is null) as refused from r left join e using (id)`.execute(ctx.tx)
  return { made: rows[0]?.made ?? [], refused: rows[0]?.refused ?? [], why: '写入时已有同一信用代码的单位，请重新核对' }
}
