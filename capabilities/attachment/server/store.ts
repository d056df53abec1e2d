import { sql } from 'kysely'
import type { Actor } from '../../../kernel/server/actor.ts'
import { reach, reachSql, type Tx } from '../../../kernel/server/db.ts'
import type { Attachment, Linked, OriginalMissing, Role } from '../attachment.ts'
import { ALIKE, bandsOf, distance, isTelling } from '../perceptual.ts'
import type { AttachmentTable } from './tables.ts'

export type Row = { [K in keyof AttachmentTable]: unknown } & {
  id: string; sha256: string; name: string; media_type: string; bytes: number; width: number | null; height: number | null; taken_at: string | null
  received_at: string; clock_drift_seconds: number | null; place: string | null; lon: number | null; lat: number | null; mock_location: boolean; taken_by: string; look_alike_of: string | null; version: number
  area_code: string; grid_id: string | null; enterprise_id: string | null; voided_at: string | null; original_of: string | null; original_missing: OriginalMissing | null; original: { id: string; bytes: number } | null
}

export const toWire = (row: Row): Attachment => ({
  id: row.id, name: row.name, type: row.media_type, bytes: row.bytes, sha256: row.sha256, width: row.width, height: row.height, takenAt: row.taken_at,
  receivedAt: row.received_at, clockDriftSeconds: row.clock_drift_seconds, place: row.place, mockLocation: row.mock_location, takenBy: row.taken_by, lookAlikeOf: row.look_alike_of,
  original: row.original, originalMissing: row.original_missing,
})

/** With each photo its camera file, where one has come. */
const originalColumn = sql`(select json_build_object('id', o.id, 'bytes', o.bytes) from attachment o where o.original_of = a.id) as original`

/**
 * One attachment in reach; a camera file is where its photo is. What one uploaded oneself stays visible to oneself: it may not be
 * linked to a site yet.
 */
export async function find(tx: Tx, actor: Actor, id: string): Promise<Row | undefined> {
  const { rows } = await sql<Row>`select a.*, ${originalColumn} from attachment a join attachment p on p.id = coalesce(a.original_of, a.id) where a.id = ${id} and (${reachSql(actor, 'p')} or p.uploaded_by = ${actor.id || null})`.execute(tx)
  return rows[0]
}

export const insert = (tx: Tx, row: Parameters<ReturnType<Tx['insertInto']>['values']>[0]) => tx.insertInto('attachment').values(row as never).execute()

/** The earliest picture that looks the same and was used before, anywhere: reuse across firms is what is looked for. */
export async function lookAlike(tx: Tx, hash: string | null): Promise<string | null> {
  if (!hash || !isTelling(hash)) return null
  const bands = bandsOf(hash)
  const { rows } = await sql<{ id: string; perceptual_hash: string }>`
    select distinct on (a.id) a.id, a.perceptual_hash from attachment_band b join attachment a on a.id = b.attachment_id and a.voided_at is null
    where ${sql.join(bands.map((value, band) => sql`(b.band = ${band} and b.value = ${value})`), sql` or `)} order by a.id limit 500`.execute(tx)
  return rows.find((row) => distance(row.perceptual_hash, hash) <= ALIKE)?.id ?? null
}

export const insertBands = (tx: Tx, id: string, hash: string) =>
  tx.insertInto('attachment_band').values(bandsOf(hash).map((value, band) => ({ attachment_id: id, band, value }))).execute()

export interface LinkDraft {
  attachmentId: string
  aggregate: string
  aggregateId: string
  role: Role
}

export interface Usable {
  id: string
  media_type: string
  sha256: string
  look_alike_of: string | null
}

/**
 * Links what the actor may link (in reach, or uploaded by himself) and gives attachments without a site the site's
 * jurisdiction; answers what was found, so that the caller can refuse the rest and roll back. One statement.
 */
export async function link(tx: Tx, actor: Actor, links: readonly LinkDraft[], now: Date, at?: { areaCode: string; gridId: string | null; enterpriseId: string | null }): Promise<Usable[]> {
  const asked = JSON.stringify(links.map((l) => ({ attachment_id: l.attachmentId, aggregate: l.aggregate, aggregate_id: l.aggregateId, role: l.role })))
  const { rows } = await sql<Usable>`
    with asked as (select distinct * from jsonb_to_recordset(${asked}::jsonb) as x(attachment_id uuid, aggregate text, aggregate_id uuid, role text)),
      found as (select a.id, a.media_type, a.sha256, a.look_alike_of from attachment a
        where a.id = any(array(select attachment_id from asked)) and a.voided_at is null and a.original_of is null and (${reachSql(actor, 'a')} or a.uploaded_by = ${actor.id || null})),
      linked as (insert into attachment_link (attachment_id, aggregate, aggregate_id, role, linked_at)
        select q.attachment_id, q.aggregate, q.aggregate_id, q.role, ${now}::timestamptz from asked q join found f on f.id = q.attachment_id
        on conflict (aggregate_id, attachment_id, role) do nothing),
      placed as (update attachment a set area_code = ${at?.areaCode ?? null}::text, grid_id = ${at?.gridId ?? null}::uuid, enterprise_id = ${at?.enterpriseId ?? null}::uuid
        from (select id from found union all select o.id from attachment o where o.original_of = any(array(select id from found))) f where a.id = f.id and a.enterprise_id is null and ${at !== undefined}::boolean)
    select id, media_type, sha256, look_alike_of from found`.execute(tx)
  return rows
}

export async function linked(tx: Tx, aggregateIds: readonly string[]): Promise<Map<string, Linked[]>> {
  const found = new Map<string, Linked[]>()
  if (!aggregateIds.length) return found
  const { rows } = await sql<Row & { aggregate_id: string; role: Role }>`
    select a.*, ${originalColumn}, l.aggregate_id, l.role from attachment_link l join attachment a on a.id = l.attachment_id
    where l.aggregate_id = any(${[...aggregateIds]}::uuid[]) order by l.linked_at, a.id`.execute(tx)
  for (const row of rows) {
    const list = found.get(row.aggregate_id) ?? []
    list.push({ ...toWire(row), role: row.role })
    found.set(row.aggregate_id, list)
  }
  return found
}

/** The attachments of one record, those in reach only. */
export async function linkedInReach(tx: Tx, actor: Actor, aggregateId: string): Promise<Linked[]> {
  const all = (await linked(tx, [aggregateId])).get(aggregateId) ?? []
  if (!all.length) return []
  const mine = await reach(tx, actor).from('attachment').select('attachment.id').where('attachment.id', 'in', all.map((a) => a.id)).execute()
  const allowed = new Set(mine.map((row) => row.id))
  return all.filter((a) => allowed.has(a.id))
}

export const isLinked = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.selectFrom('attachment_link').select('attachment_id').where('attachment_id', '=', id).limit(1).execute()).length > 0

export const markVoid = (tx: Tx, id: string, version: number, now: Date, reason: string) =>
  tx.updateTable('attachment').set({ voided_at: now, void_reason: reason, version: version + 1 }).where('id', '=', id).execute()

/** Jurisdiction of an enterprise in reach. */
export const enterpriseAt = (tx: Tx, actor: Actor, id: string): Promise<{ area_code: string; grid_id: string | null } | undefined> =>
  sql<{ area_code: string; grid_id: string | null }>`select e.area_code, e.grid_id from enterprise e where e.id = ${id} and ${reachSql(actor, 'e')}`
    .execute(tx)
    .then(({ rows }) => rows[0])
