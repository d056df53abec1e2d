import { createHash, randomUUID } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { missing, Problem } from '../../../kernel/core/problem.ts'
import type { Before, JobSpec } from '../../../kernel/server/capability.ts'
import type { Ctx, RawBody } from '../../../kernel/server/context.ts'
import { type FileStore, full } from '../../../kernel/server/files.ts'
import { TracedRefusal } from '../../../kernel/server/run.ts'
import { type Begin, CHUNK_BYTES, KEPT_DAYS, MAX_OPEN, MAX_OPEN_BYTES, type UploadState } from '../attachment.ts'
import { type Examined, examine, originalKey } from './pictures.ts'
import { homeOf, keep } from './keep.ts'
import * as store from './store.ts'
import * as uploads from './upload-store.ts'

const folderOf = (id: string): string => `chunk/${id.slice(-2)}/${id}`
const keyOf = (id: string, chunk: uploads.ChunkRow): string => `${folderOf(id)}/${chunk.at}-${chunk.sha256}`
const stateOf = (row: uploads.UploadRow): UploadState => ({ id: row.id, size: row.size, received: row.done_at ? row.size : row.received, done: row.done_at !== null, chunkBytes: CHUNK_BYTES })

async function must(ctx: Pick<Ctx, 'tx' | 'actor'>, id: string, lock = false): Promise<uploads.UploadRow> {
  const row = await uploads.find(ctx.tx, ctx.actor.id, id, lock)
  if (!row) throw missing()
  return row
}

export const progress = async (ctx: Ctx, id: string): Promise<UploadState> => stateOf(await must(ctx, id))

/** Announces an upload; announced again with the same hash it answers how far it has come, even long after it was whole. */
export async function begin(ctx: Ctx, given: Begin): Promise<UploadState> {
  const known = await uploads.find(ctx.tx, ctx.actor.id, given.id)
  if (known && (known.sha256 !== given.sha256 || known.size !== given.size)) throw new Problem('conflict', 'attachment.id_taken')
  const whole = known ? undefined : await uploads.whole(ctx.tx, ctx.actor.id, given)
  const place = known ?? whole ?? (await announce(ctx, given))
  ctx.emit({
    aggregate: 'attachment', id: given.id, version: 0, event: 'attachment.announced', areaCode: place.area_code, gridId: place.grid_id, enterpriseId: place.enterprise_id,
    data: { sha256: given.sha256, bytes: given.size, ...(given.purpose ? { purpose: given.purpose } : {}) },
  })
  return whole ? { id: given.id, size: given.size, received: given.size, done: true, chunkBytes: CHUNK_BYTES } : stateOf(known ?? (await must(ctx, given.id)))
}

async function announce(ctx: Ctx, given: Begin): Promise<uploads.Lies> {
  const enterprise = given.enterpriseId ? await store.enterpriseAt(ctx.tx, ctx.actor, given.enterpriseId) : undefined
  if (given.enterpriseId && !enterprise) throw missing()
  const photo = given.originalOf ? await photoFor(ctx, given.originalOf) : undefined
  if (await uploads.taken(ctx.tx, given.id)) throw new Problem('conflict', 'attachment.id_taken')
  const open = await uploads.open(ctx.tx, ctx.actor.id)
  if (open.n >= MAX_OPEN || open.bytes + given.size > MAX_OPEN_BYTES) throw new Problem('too_many', 'attachment.too_many_open')
  const place = photo ?? { area_code: enterprise?.area_code ?? homeOf(ctx), grid_id: enterprise?.grid_id ?? null, enterprise_id: given.enterpriseId ?? null }
  await uploads.insert(ctx.tx, given, { personId: ctx.actor.id, ...place, now: ctx.now })
  return place
}

/** A camera file lies where its photo lies. @throws when the photo is not here, somebody else's, or has its camera file already */
async function photoFor(ctx: Ctx, id: string): Promise<uploads.Lies> {
  const photo = await uploads.photoOf(ctx.tx, ctx.actor.id, id)
  if (!photo) throw new Problem('refused', 'attachment.original_of_what', { fields: [{ path: 'originalOf', code: 'attachment.original_of_what' }] })
  if (photo.original) throw new Problem('conflict', 'attachment.original_of')
  return photo
}

/** What was made of a chunk before its transaction: the chunk, and the whole file when this was the last one. */
interface Prepared {
  readonly chunk: uploads.ChunkRow | null
  readonly whole: Examined | 'altered' | null
}

/** Where these bytes belong: null when they are there already. @throws gap, chunk_differs with what the server has */
function placeOf(row: uploads.UploadRow, offset: number, body: RawBody): uploads.ChunkRow | null {
  const params = { received: row.received }
  if (offset > row.received) throw new Problem('conflict', 'attachment.gap', { params })
  const chunk = { at: offset, bytes: body.bytes, sha256: body.sha256 }
  if (offset === row.received && offset + body.bytes <= row.size) return body.bytes ? chunk : null
  const same = row.chunks.find((one) => one.at === offset && one.bytes === body.bytes && one.sha256 === body.sha256)
  if (!same) throw new Problem('conflict', 'attachment.chunk_differs', { params })
  return null
}

/**
 * Before the transaction: the bytes are laid down under their place and hash, and when nothing is lacking the whole is put together,
 * compared and examined. Killed in the middle, nothing of it counts: the row says what is safe, and the phone sends the rest again.
 */
export const prepareChunk = (files: FileStore) => async (body: RawBody, input: { id: string; offset: number }, before: Before): Promise<Prepared> => {
  const row = await must(before, input.id)
  if (row.done_at) return { chunk: null, whole: null }
  const chunk = placeOf(row, input.offset, body)
  if (chunk) await files.put(keyOf(row.id, chunk), { path: body.path })
  const all = chunk ? [...row.chunks, chunk] : row.chunks
  const complete = all.reduce((sum, one) => sum + one.bytes, 0) === row.size
  return { chunk, whole: complete ? await putTogether(files, row, all) : null }
}

/** One file out of its chunks. 'altered' when its hash is not the one that was announced. */
async function putTogether(files: FileStore, row: uploads.UploadRow, chunks: readonly uploads.ChunkRow[]): Promise<Examined | 'altered'> {
  const path = join(tmpdir(), `angrid-upload-${randomUUID()}`)
  const hash = createHash('sha256')
  const handle = await open(path, 'wx', 0o600)
  try {
    for (const chunk of chunks) {
      const bytes = await files.bytes(keyOf(row.id, chunk))
      hash.update(bytes)
      await handle.write(bytes)
    }
    await handle.close()
    if (hash.digest('hex') !== row.sha256) return 'altered'
    const examined = await examine({ path, bytes: row.size })
    await files.put(originalKey(row.sha256), { path })
    return examined
  } catch (error) {
    throw full(error)
  } finally {
    // Closed already when all went well; else the fault above says what happened.
    await handle.close().catch(() => undefined)
    await rm(path, { force: true })
  }
}

/** The chunk counts from here on; with the last one the attachment is there. */
export async function chunk(ctx: Ctx, input: { id: string; offset: number }, body: RawBody): Promise<UploadState> {
  const { chunk: laid, whole } = body.prepared as Prepared
  const row = await must(ctx, input.id, true)
  if (row.done_at) return stateOf(row)
  const counts = placeOf(row, input.offset, body)
  // Between the look and the lock another request may have moved the row: then this one answers how far it is.
  if (counts && laid) await uploads.append(ctx.tx, row.id, laid, ctx.now)
  const now = await must(ctx, input.id)
  if (!whole || now.received !== now.size) return stateOf(now)
  if (whole === 'altered') throw new TracedRefusal(new Problem('conflict', 'attachment.altered_on_the_way', { params: { received: 0 } }), (tx) => uploads.startAgain(tx, row.id, ctx.now).then(() => undefined))
  await keep(ctx, {
    id: row.id, sha256: row.sha256, name: row.name, bytes: row.size, takenAt: row.taken_at, clockDrift: row.clock_drift_seconds, place: row.place, lon: row.lon, lat: row.lat, mockLocation: row.mock_location,
    ...(await liesNow(ctx, row)), originalOf: row.original_of, originalMissing: row.original_missing,
  }, whole)
  await uploads.finish(ctx.tx, row.id, ctx.now)
  ctx.enqueue('attachment.sweep', { ids: [row.id] })
  return stateOf({ ...now, done_at: ctx.now.toISOString() })
}

/** A record may have placed the photo while its camera file was on the way. */
async function liesNow(ctx: Ctx, row: uploads.UploadRow): Promise<{ areaCode: string; gridId: string | null; enterpriseId: string | null }> {
  const { area_code: areaCode, grid_id: gridId, enterprise_id: enterpriseId } = (row.original_of && (await uploads.photoOf(ctx.tx, ctx.actor.id, row.original_of))) || row
  return { areaCode, gridId, enterpriseId }
}

const HOUR = 3600

/** Chunks are taken away when the file is whole, and when nobody has sent a byte for a month. */
export const uploadJobs = (files: FileStore): JobSpec[] => [
  { kind: 'attachment.sweep', outside: true, run: async (_ctx, payload) => { for (const id of payload.ids as string[]) await files.remove(folderOf(id)) } },
  {
    kind: 'attachment.abandoned', every: 6 * HOUR,
    run: async (ctx) => {
      const ids = await uploads.takeOld(ctx.tx, new Date(ctx.now.getTime() - KEPT_DAYS * 24 * HOUR * 1000))
      if (ids.length) ctx.enqueue('attachment.sweep', { ids })
    },
  },
]
