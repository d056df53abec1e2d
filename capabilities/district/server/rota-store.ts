import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../../../kernel/server/actor.ts'
import { reachSql, type Tx } from '../../../kernel/server/db.ts'
import type { MemberPost } from '../district.ts'
import type { Duty, Officer } from '../rota.ts'

export interface RotaGrid {
  id: string
  name: string
  areaCode: string
  rotaVersion: number
}

/** Grids in reach that a rota is made or counted for: of an area, or named, or all. */
export async function gridsFor(tx: Tx, actor: Actor, given: { range?: readonly [string, string]; ids?: readonly string[] }): Promise<(RotaGrid & { street: string; streetName: string })[]> {
  const parts: RawBuilder<unknown>[] = [reachSql(actor, 'g') as RawBuilder<unknown>, sql`g.valid_to is null`]
  if (given.range) parts.push(sql`g.area_code >= ${given.range[0]} and g.area_code < ${given.range[1]}`)
  if (given.ids) parts.push(sql`g.id = any(${[...given.ids]}::uuid[])`)
  const { rows } = await sql<RotaGrid & { street: string; streetName: string }>`
    select g.id, g.name, g.area_code as "areaCode", g.rota_version as "rotaVersion", coalesce(s.code, c.code) as street, coalesce(s.name, c.name) as "streetName"
    from grid g join area c on c.code = g.area_code left join area s on s.code = c.parent_code and c.kind = 'COMMUNITY'
    where ${sql.join(parts, sql` and `)} order by coalesce(s.sort_no, c.sort_no), c.sort_no, g.code`.execute(tx)
  return rows
}

/** Officers (as `isOfficer` has it) of many grids who are in force at some day of a stretch. */
export async function officersOf(tx: Tx, gridIds: readonly string[], from: string, to: string): Promise<Map<string, Officer[]>> {
  const { rows } = await sql<Officer & { gridId: string }>`
    select m.grid_id as "gridId", m.person_id as "personId", m.valid_from as "from", m.valid_to as "to" from grid_member m
    where m.grid_id = any(${[...gridIds]}::uuid[]) and (m.post in ('A','B') or (m.post = 'LEADER' and m.is_main)) and m.valid_from <= ${to}::date and (m.valid_to is null or m.valid_to >= ${from}::date)
    order by m.is_main desc, m.post, m.person_id`.execute(tx)
  const found = new Map<string, Officer[]>()
  for (const { gridId, ...officer } of rows) found.set(gridId, [...(found.get(gridId) ?? []), officer])
  return found
}

/** Duties of grids in a stretch. */
export async function dutiesOf(tx: Tx, gridIds: readonly string[], from: string, to: string): Promise<(Duty & { gridId: string })[]> {
  const { rows } = await sql<Duty & { gridId: string }>`
    select grid_id as "gridId", day, person_id as "personId" from grid_rota where grid_id = any(${[...gridIds]}::uuid[]) and day between ${from}::date and ${to}::date order by day`.execute(tx)
  return rows
}

/** The same with names, posts and swaps, for one grid's page. */
export async function namedDuties(tx: Tx, gridId: string, from: string, to: string) {
  const { rows } = await sql<{ day: string; personId: string; name: string; post: MemberPost | null; swappedFrom: string | null }>`
    select r.day, r.person_id as "personId", p.name, s.name as "swappedFrom",
      (select m.post from grid_member m where m.grid_id = r.grid_id and m.person_id = r.person_id and m.valid_from <= r.day and (m.valid_to is null or m.valid_to >= r.day) order by m.post limit 1) as post
    from grid_rota r join person p on p.id = r.person_id left join person s on s.id = r.swapped_from
    where r.grid_id = ${gridId} and r.day between ${from}::date and ${to}::date order by r.day, p.name`.execute(tx)
  return rows
}

/** Replaces the rota of grids in a stretch: two statements whatever the number, besides the versions. */
export async function replace(tx: Tx, grids: readonly RotaGrid[], from: string, to: string, duties: readonly (Duty & { gridId: string })[]): Promise<void> {
  const ids = grids.map((grid) => grid.id)
  await sql`delete from grid_rota where grid_id = any(${ids}::uuid[]) and day between ${from}::date and ${to}::date`.execute(tx)
  const area = new Map(grids.map((grid) => [grid.id, grid.areaCode]))
  const rows = duties.map((d) => ({ g: d.gridId, d: d.day, p: d.personId, a: area.get(d.gridId) }))
  await sql`insert into grid_rota (grid_id, day, person_id, area_code) select g, d, p, a from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(g uuid, d date, p uuid, a text)`.execute(tx)
  await sql`update grid set rota_version = rota_version + 1 where id = any(${ids}::uuid[])`.execute(tx)
}

export interface SwapRow {
  id: string
  gridId: string
  gridName: string
  areaCode: string
  day: string
  fromPerson: string
  fromName: string
  toPerson: string
  toName: string
  returnDay: string | null
  reason: string
  state: 'PENDING' | 'APPROVED' | 'REFUSED' | 'WITHDRAWN'
  requestedById: string
  requestedBy: string
  requestedAt: string
  decidedBy: string | null
  decision: string | null
  version: number
  /** Leader of the grid on the day of asking. */
  leaderId: string | null
}

const swapSql = (actor: Actor, where: RawBuilder<unknown>) => sql<SwapRow>`
  select w.id, w.grid_id as "gridId", g.name as "gridName", w.area_code as "areaCode", w.day, w.from_person as "fromPerson", f.name as "fromName", w.to_person as "toPerson", t.name as "toName", w.return_day as "returnDay",
    w.reason, w.state, w.requested_by as "requestedById", q.name as "requestedBy", w.requested_at as "requestedAt", d.name as "decidedBy", w.decision, w.version,
    (select m.person_id from grid_member m where m.grid_id = w.grid_id and m.post = 'LEADER' and m.valid_to is null limit 1) as "leaderId"
  from grid_swap w join grid g on g.id = w.grid_id join person f on f.id = w.from_person join person t on t.id = w.to_person join person q on q.id = w.requested_by left join person d on d.id = w.decided_by
  where ${reachSql(actor, 'w')} and ${where} order by w.requested_at desc, w.id limit 500`

export const swapOf = async (tx: Tx, actor: Actor, id: string): Promise<SwapRow | undefined> => (await swapSql(actor, sql`w.id = ${id}`).execute(tx)).rows[0]
export const swapsOf = async (tx: Tx, actor: Actor, gridId: string, from: string, to: string): Promise<SwapRow[]> =>
  (await swapSql(actor, sql`w.grid_id = ${gridId} and (w.state = 'PENDING' or w.day between ${from}::date and ${to}::date)`).execute(tx)).rows
export const swapsIn = async (tx: Tx, actor: Actor, state: string): Promise<SwapRow[]> => (await swapSql(actor, sql`w.state = ${state}`).execute(tx)).rows

export const insertSwap = (tx: Tx, row: { id: string; gridId: string; areaCode: string; day: string; fromPerson: string; toPerson: string; returnDay: string | null; reason: string; by: string; now: Date }) =>
  tx.insertInto('grid_swap').values({
    id: row.id, grid_id: row.gridId, area_code: row.areaCode, enterprise_id: null, day: row.day, from_person: row.fromPerson, to_person: row.toPerson, return_day: row.returnDay, reason: row.reason,
    state: 'PENDING', requested_by: row.by, requested_at: row.now, decided_by: null, decision: null,
  }).execute()

export const settleSwap = (tx: Tx, id: string, state: SwapRow['state'], by: string, now: Date, note: string) =>
  tx.updateTable('grid_swap').set({ state, decided_by: by, decided_at: now, decision: note, version: sql<number>`version + 1` }).where('id', '=', id).execute()

/** Puts one person in another's place on a day; both the original and who approved stay readable in the row. */
export async function putInPlace(tx: Tx, gridId: string, areaCode: string, day: string, from: string, to: string, by: string): Promise<void> {
  await sql`delete from grid_rota where grid_id = ${gridId} and day = ${day}::date and person_id = ${from}`.execute(tx)
  await sql`insert into grid_rota (grid_id, day, person_id, area_code, swapped_from, approved_by) values (${gridId}, ${day}::date, ${to}, ${areaCode}, ${from}, ${by})
    on conflict (grid_id, day, person_id) do nothing`.execute(tx)
}

export const bumpRota = (tx: Tx, gridId: string) => sql`update grid set rota_version = rota_version + 1 where id = ${gridId}`.execute(tx)
