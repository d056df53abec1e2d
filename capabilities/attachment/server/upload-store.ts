import { sql } from 'kysely'
import type { Tx } from '../../../kernel/server/db.ts'
import type { Begin, OriginalMissing } from '../attachment.ts'
import './tables.ts'

export interface ChunkRow {
  readonly at: number
  readonly bytes: number
  readonly sha256: string
}

/** Where a file lies. */
export interface Lies {
  area_code: string
  grid_id: string | null
  enterprise_id: string | null
}

export interface UploadRow extends Lies {
  id: string
  person_id: string
  name: string
  sha256: string
  size: number
  received: number
  chunks: ChunkRow[]
  taken_at: string | null
  place: string | null
  lon: number | null
  lat: number | null
  mock_location: boolean
  clock_drift_seconds: number | null
  done_at: string | null
  original_of: string | null
  original_missing: OriginalMissing | null
}

/** One's own upload. `lock`: no other chunk of it meanwhile. */
export async function find(tx: Tx, personId: string, id: string, lock = false): Promise<UploadRow | undefined> {
  const { rows } = await sql<UploadRow>`select * from attachment_upload where id = ${id} and person_id = ${personId || null}::uuid ${lock ? sql`for update` : sql``}`.execute(tx)
  return rows[0]
}

/** Whether the id is somebody's already: an upload or an attachment. */
export async function taken(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql`select 1 from attachment_upload where id = ${id} union all select 1 from attachment where id = ${id} limit 1`.execute(tx)
  return rows.length > 0
}

/** One's own attachment that came whole under this id and hash. */
export async function whole(tx: Tx, personId: string, given: { id: string; sha256: string }): Promise<Lies | undefined> {
  const { rows } = await sql<Lies>`select area_code, grid_id, enterprise_id from attachment where id = ${given.id} and sha256 = ${given.sha256} and uploaded_by = ${personId}`.execute(tx)
  return rows[0]
}

/** One's own photo, for its camera file: where it lies and whose camera file it has already. */
export async function photoOf(tx: Tx, personId: string, id: string): Promise<(Lies & { original: string | null }) | undefined> {
  const { rows } = await sql<Lies & { original: string | null }>`select p.area_code, p.grid_id, p.enterprise_id, (select o.id from attachment o where o.original_of = p.id) as original
    from attachment p where p.id = ${id} and p.uploaded_by = ${personId} and p.original_of is null and p.voided_at is null and p.media_type like 'image/%'`.execute(tx)
  return rows[0]
}

/** What a person has on its way. */
export async function open(tx: Tx, personId: string): Promise<{ n: number; bytes: number }> {
  const { rows } = await sql<{ n: number; bytes: number }>`select count(*)::int as n, coalesce(sum(size), 0)::bigint as bytes from attachment_upload where person_id = ${personId} and done_at is null`.execute(tx)
  return rows[0]!
}

export async function insert(tx: Tx, given: Begin, more: Lies & { personId: string; now: Date }): Promise<void> {
  await sql`insert into attachment_upload (id, person_id, name, sha256, size, taken_at, place, lon, lat, mock_location, clock_drift_seconds, area_code, grid_id, enterprise_id, purpose, original_of, original_missing, begun_at, last_at)
    values (${given.id}, ${more.personId}, ${given.name}, ${given.sha256}, ${given.size}, ${given.takenAt ?? null}, ${given.place || null}, ${given.lon ?? null}, ${given.lat ?? null}, ${given.mockLocation}, ${given.clockDrift ?? null},
      ${more.area_code}, ${more.grid_id}, ${more.enterprise_id}, ${given.purpose ? JSON.stringify(given.purpose) : null}::jsonb, ${given.originalOf ?? null}, ${given.originalMissing ?? null}, ${more.now}, ${more.now})`.execute(tx)
}

export async function append(tx: Tx, id: string, chunk: ChunkRow, now: Date): Promise<void> {
  await sql`update attachment_upload set received = received + ${chunk.bytes}, chunks = chunks || ${JSON.stringify([chunk])}::jsonb, last_at = ${now} where id = ${id}`.execute(tx)
}

/** From the beginning again: what came did not have the hash that was announced. */
export const startAgain = (tx: Tx, id: string, now: Date) => sql`update attachment_upload set received = 0, chunks = '[]', last_at = ${now} where id = ${id}`.execute(tx)

export const finish = (tx: Tx, id: string, now: Date) => sql`update attachment_upload set done_at = ${now}, last_at = ${now}, chunks = '[]' where id = ${id}`.execute(tx)

/** Unfinished ones without a byte since, and the notes of finished ones. Returns what it took out. */
export async function takeOld(tx: Tx, since: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`delete from attachment_upload where id in (select id from attachment_upload where last_at < ${since} order by last_at limit 500) returning id`.execute(tx)
  return rows.map((row) => row.id)
}
