import { sql } from 'kysely'
import type { z } from 'zod'
import { rangeOf } from '../../../kernel/core/access.ts'
import { parkNumber } from '../../../kernel/core/id.ts'
import { missing, Problem, type Refusal, refuseAny } from '../../../kernel/core/problem.ts'
import type { Actor } from '../../../kernel/server/actor.ts'
import { type Ctx, refuseStale } from '../../../kernel/server/context.ts'
import { reach, reachSql, type Tx } from '../../../kernel/server/db.ts'
import type { Changed } from '../enterprise.ts'
import type { Building, CreatePark, ParkFilter, ParkView, UpdatePark, VoidPark } from '../park.ts'
import { readPhone, refusePosition } from '../rules.ts'
import { settle } from './changes.ts'
import { requirePlace } from './place.ts'

type Answer = z.infer<typeof Changed>
type View = z.infer<typeof ParkView>

const columns = sql.raw(`p.id, p.code, p.name, p.kind, p.parent_park_id as "parentParkId", (select o.name from park o where o.id = p.parent_park_id) as "parentParkName", p.area_code as "areaCode",
  (select a.name from area a where a.code = p.area_code) as "areaName", p.grid_id as "gridId", (select g.name from grid g where g.id = p.grid_id) as "gridName", p.operator_name as "operatorName",
  p.contact_name as "contactName", p.address, (select count(*) from enterprise e where e.park_id = p.id and e.voided_at is null)::int as tenants,
  (select count(*) from park c where c.parent_park_id = p.id and c.voided_at is null)::int as "subParks", p.lon, p.lat, p.version`)

/** One page of parks in the order of their codes, in one statement with the exact total. */
export async function parks(tx: Tx, actor: Actor, input: z.output<typeof ParkFilter>) {
  const parts = [sql`p.voided_at is null`, reachSql(actor, 'p')]
  if (input.area) parts.push(sql`p.area_code >= ${rangeOf(input.area)[0]} and p.area_code < ${rangeOf(input.area)[1]}`)
  if (input.grid) parts.push(sql`p.grid_id = ${input.grid}`)
  if (input.kind?.length) parts.push(sql`p.kind = any(${[...input.kind]}::text[])`)
  if (input.q) parts.push(sql`position(lower(${input.q}) in lower(p.name || '|' || p.address || '|' || p.code)) > 0`)
  const where = sql.join(parts, sql` and `)
  const after = input.cursor ? sql`and p.code > ${input.cursor}` : sql``
  const { rows } = await sql<{ rows: Omit<View, 'buildings' | 'tree' | 'actions'>[]; total: number }>`
    select (select coalesce(json_agg(r), '[]') from (select ${columns} from park p where ${where} ${after} order by p.code limit ${input.limit + 1}) r) as rows,
      (select count(*) from park p where ${where}) as total`.execute(tx)
  const [first] = rows
  const found = first?.rows ?? []
  const shown = found.slice(0, input.limit)
  return { rows: shown, total: first?.total ?? 0, ...(found.length > input.limit ? { next: shown.at(-1)!.code } : {}) }
}

const editable = { id: 'P1', verb: 'enterprise.edit', label: '修改园区' }

export async function park(ctx: Ctx, id: string): Promise<View> {
  const { rows } = await sql<Omit<View, 'actions'>>`
    with recursive up as (select id, parent_park_id, 0 as n from park where id = ${id} union all select o.id, o.parent_park_id, n + 1 from park o join up on o.id = up.parent_park_id where n < 10),
      down as (select id, name, kind, parent_park_id, 0 as depth from park where id = (select id from up order by n desc limit 1)
        union all select c.id, c.name, c.kind, c.parent_park_id, depth + 1 from park c join down d on c.parent_park_id = d.id where depth < 10 and c.voided_at is null)
    select ${columns}, '*******' || p.contact_phone_tail as "contactPhone", p.land_area_m2 as "landAreaM2", p.floor_area_m2 as "floorAreaM2",
      (select coalesce(json_agg(json_build_object('id', b.id, 'name', b.name, 'use', b.use, 'floors', b.floors, 'heightM', b.height_m, 'floorAreaM2', b.floor_area_m2, 'version', b.version) order by b.name), '[]')
        from building b where b.park_id = p.id and b.voided_at is null) as buildings,
      (select json_agg(json_build_object('id', d.id, 'name', d.name, 'kind', d.kind, 'parentParkId', d.parent_park_id, 'depth', d.depth,
        'tenants', (select count(*) from enterprise e where e.park_id = d.id and e.voided_at is null)) order by d.depth, d.name) from down d) as tree
    from park p where p.id = ${id} and p.voided_at is null and ${reachSql(ctx.actor, 'p')}`.execute(ctx.tx)
  const [found] = rows
  if (!found) throw missing('enterprise.missing')
  const allowed = ctx.actor.has(editable.verb)
  return { ...found, actions: [{ action: 'updatePark', label: editable.label, allowed, ...(allowed ? {} : { why: ['您的岗位没有这项权限'] }) }] }
}

export async function createPark(ctx: Ctx, input: z.output<typeof CreatePark>): Promise<Answer> {
  const refusals: Refusal[] = refusePosition(input.lon, input.lat)
  const phone = settle(readPhone(input.contactPhone, 'contactPhone'), refusals)
  if (input.kind === 'PARK_IN_PARK' && !input.parentParkId) refusals.push({ code: 'park.in_park_has_parent', field: 'parentParkId', clause: '§1.5' })
  refuseAny(refusals)
  await requirePlace(ctx, { areaCode: input.areaCode, gridId: input.gridId, parkId: input.parentParkId })
  const county = input.areaCode.slice(0, 6)
  const { rows } = await sql<{ n: number }>`select coalesce(max(right(code, 4)::int), 0) + 1 as n from park where code like ${`PARK-${county}-%`}`.execute(ctx.tx)
  const code = parkNumber(county, rows[0]?.n ?? 1)
  await ctx.tx.insertInto('park').values({
    id: input.id, code, name: input.name, kind: input.kind, parent_park_id: input.parentParkId, area_code: input.areaCode, grid_id: input.gridId, operator_name: input.operatorName, contact_name: input.contactName,
    contact_phone_sealed: phone ? ctx.secrets.seal(phone.full) : null, contact_phone_tail: phone?.tail ?? null, address: input.address, lon: input.lon, lat: input.lat, land_area_m2: input.landAreaM2, floor_area_m2: input.floorAreaM2, void_reason: null,
  }).execute()
  ctx.emit({ aggregate: 'park', id: input.id, version: 1, event: 'park.created', areaCode: input.areaCode, gridId: input.gridId, enterpriseId: input.id, data: { name: input.name, code } })
  return { id: input.id, version: 1, warnings: [] }
}

async function locked(ctx: Ctx, id: string, baseVersion: number | null) {
  const row = await reach(ctx.tx, ctx.actor).from('park').selectAll().where('park.id', '=', id).where('voided_at', 'is', null).forUpdate().executeTakeFirst()
  if (!row) throw missing('enterprise.missing')
  if (baseVersion !== null) refuseStale(row.version, baseVersion)
  return row
}

const plain = { name: 'name', kind: 'kind', parentParkId: 'parent_park_id', gridId: 'grid_id', operatorName: 'operator_name', contactName: 'contact_name', address: 'address', lon: 'lon', lat: 'lat', landAreaM2: 'land_area_m2', floorAreaM2: 'floor_area_m2' } as const

export async function updatePark(ctx: Ctx, input: z.output<typeof UpdatePark>): Promise<Answer> {
  const row = await locked(ctx, input.id, input.baseVersion)
  const set: Record<string, unknown> = {}
  for (const [field, column] of Object.entries(plain)) {
    const given = input[field as keyof typeof plain]
    if (given !== undefined && given !== row[column]) set[column] = given
  }
  const refusals: Refusal[] = []
  const masked = row.contact_phone_tail ? `*******${row.contact_phone_tail}` : null
  if (input.contactPhone !== undefined && input.contactPhone !== masked) {
    const phone = settle(readPhone(input.contactPhone, 'contactPhone'), refusals)
    Object.assign(set, { contact_phone_sealed: phone ? ctx.secrets.seal(phone.full) : null, contact_phone_tail: phone?.tail ?? null })
  }
  const [kind, parent] = [(set.kind as string) ?? row.kind, 'parent_park_id' in set ? (set.parent_park_id as string | null) : row.parent_park_id]
  if (kind === 'PARK_IN_PARK' && !parent) refusals.push({ code: 'park.in_park_has_parent', field: 'parentParkId' })
  if (set.parent_park_id && (await isBelow(ctx.tx, row.id, parent!))) refusals.push({ code: 'park.circle', field: 'parentParkId' })
  refuseAny(refusals)
  await requirePlace(ctx, { areaCode: row.area_code, gridId: (set.grid_id as string | undefined) ?? null, parkId: (set.parent_park_id as string | undefined) ?? null, enterpriseId: row.id })
  const version = row.version + 1
  await ctx.tx.updateTable('park').set({ ...set, version }).where('id', '=', row.id).execute()
  const changes = Object.keys(set).filter((column) => !column.includes('phone')).map((column) => ({ field: column, from: row[column as keyof typeof row] ?? null, to: set[column] ?? null }))
  ctx.emit({ aggregate: 'park', id: row.id, version, event: 'park.updated', areaCode: row.area_code, gridId: row.grid_id, enterpriseId: row.id, data: { name: row.name, changes } })
  return { id: row.id, version, warnings: [] }
}

/** Whether `candidate` is the park itself or lies below it: as a parent it would close a circle. */
async function isBelow(tx: Tx, id: string, candidate: string): Promise<boolean> {
  const { rows } = await sql<{ n: number }>`with recursive down as (select id from park where id = ${id} union select c.id from park c join down d on c.parent_park_id = d.id) select count(*) as n from down where id = ${candidate}`.execute(tx)
  return (rows[0]?.n ?? 0) > 0
}

export async function voidPark(ctx: Ctx, input: z.output<typeof VoidPark>): Promise<Answer> {
  const row = await locked(ctx, input.id, input.baseVersion)
  const { rows } = await sql<{ tenants: number; parks: number }>`select (select count(*) from enterprise where park_id = ${row.id} and voided_at is null) as tenants, (select count(*) from park where parent_park_id = ${row.id} and voided_at is null) as parks`.execute(ctx.tx)
  const { tenants = 0, parks: subParks = 0 } = rows[0] ?? {}
  if (tenants > 0) throw new Problem('refused', 'park.has_tenants', { params: { count: tenants } })
  if (subParks > 0) throw new Problem('refused', 'park.has_sub_parks', { params: { count: subParks } })
  const version = row.version + 1
  await ctx.tx.updateTable('park').set({ voided_at: ctx.now, void_reason: input.reason, version }).where('id', '=', row.id).execute()
  ctx.emit({ aggregate: 'park', id: row.id, version, event: 'park.voided', areaCode: row.area_code, gridId: row.grid_id, enterpriseId: row.id, data: { name: row.name, reason: input.reason } })
  return { id: row.id, version, warnings: [] }
}

/** A new building when its id is new, a change of it otherwise. */
export async function saveBuilding(ctx: Ctx, input: z.output<typeof Building>): Promise<Answer> {
  const parkRow = await locked(ctx, input.parkId, null)
  const facts = { name: input.name, use: input.use, floors: input.floors, height_m: input.heightM, floor_area_m2: input.floorAreaM2 }
  const old = await reach(ctx.tx, ctx.actor).from('building').select(['building.id', 'version']).where('building.id', '=', input.id).where('building.park_id', '=', input.parkId).forUpdate().executeTakeFirst()
  if (old) refuseStale(old.version, input.baseVersion)
  const version = (old?.version ?? 0) + 1
  if (old) await ctx.tx.updateTable('building').set({ ...facts, version }).where('id', '=', old.id).execute()
  else await ctx.tx.insertInto('building').values({ id: input.id, park_id: input.parkId, area_code: parkRow.area_code, grid_id: parkRow.grid_id, ...facts }).execute()
  ctx.emit({ aggregate: 'park', id: parkRow.id, version: parkRow.version, event: 'park.building_saved', areaCode: parkRow.area_code, gridId: parkRow.grid_id, enterpriseId: parkRow.id, data: { name: parkRow.name, building: input.name } })
  return { id: input.id, version, warnings: [] }
}
