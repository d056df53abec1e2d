import { createHash } from 'node:crypto'
import { missing, Problem } from '../../../kernel/core/problem.ts'
import { type Capability, type Prepare, serve } from '../../../kernel/server/capability.ts'
import { type Ctx, type FileAnswer, type Handlers, type RawBody, refuseStale } from '../../../kernel/server/context.ts'
import type { FileStore } from '../../../kernel/server/files.ts'
import { operations } from '../operations.ts'
import { isPicture } from '../sniff.ts'
import { zh } from '../zh.ts'
import { homeOf, keep } from './keep.ts'
import { type Examined, examine, mark, originalKey, thumbnail } from './pictures.ts'
import * as store from './store.ts'
import * as uploads from './uploads.ts'
import './tables.ts'

export function attachment(files: FileStore): Capability {
  const handlers: Handlers<typeof operations> = {
    upload: async (ctx, input, body) => {
      const examined = body.prepared as Examined
      if (input.sha256 && input.sha256 !== body.sha256) throw new Problem('conflict', 'attachment.altered_on_the_way')
      const enterprise = input.enterpriseId ? await store.enterpriseAt(ctx.tx, ctx.actor, input.enterpriseId) : undefined
      if (input.enterpriseId && !enterprise) throw missing()
      return keep(ctx, {
        id: input.id, sha256: body.sha256, name: body.name, bytes: body.bytes, takenAt: input.takenAt ?? null, clockDrift: null, place: input.place ?? null, lon: input.lon ?? null, lat: input.lat ?? null, mockLocation: false,
        areaCode: enterprise?.area_code ?? homeOf(ctx), gridId: enterprise?.grid_id ?? null, enterpriseId: enterprise ? (input.enterpriseId ?? null) : null,
      }, examined)
    },
    begin: (ctx, input) => uploads.begin(ctx, input),
    chunk: (ctx, input, body) => uploads.chunk(ctx, input, body),
    progress: (ctx, input) => uploads.progress(ctx, input.id),
    get: async (ctx, input) => store.toWire(await must(ctx, input.id)),
    of: async (ctx, input) => ({ rows: await store.linkedInReach(ctx.tx, ctx.actor, input.aggregateId) }),
    original: async (ctx, input) => {
      const row = await must(ctx, input.id)
      return { file: { name: row.name, type: row.media_type, body: await files.read(originalKey(row.sha256)), etag: `"${row.sha256}"` } }
    },
    marked: async (ctx, input) => {
      const row = await must(ctx, input.id)
      return derived(files, row, 'marked', (bytes) => mark(bytes, { takenAt: row.taken_at ?? row.received_at, place: placeOf(row), takenBy: row.taken_by }))
    },
    thumb: async (ctx, input) => derived(files, await must(ctx, input.id), 'thumb', thumbnail),
    void: async (ctx, input) => {
      const row = await must(ctx, input.id)
      refuseStale(row.version, input.baseVersion)
      if (await store.isLinked(ctx.tx, row.original_of ?? row.id)) throw new Problem('refused', 'attachment.in_use')
      await store.markVoid(ctx.tx, row.id, row.version, ctx.now, input.reason)
      ctx.emit({ aggregate: 'attachment', id: row.id, version: row.version + 1, event: 'attachment.voided', areaCode: row.area_code, gridId: row.grid_id, enterpriseId: row.enterprise_id, data: { reason: input.reason } })
      return store.toWire({ ...row, version: row.version + 1 })
    },
  }
  // Bytes are stored before the row: a crash between leaves an unnamed file, never a row without its bytes.
  const upload = async (body: RawBody): Promise<Examined> => {
    const examined = await examine(body)
    await files.put(originalKey(body.sha256), { path: body.path })
    return examined
  }
  return serve({ name: 'attachment', operations, handlers, zh, prepare: { upload, chunk: uploads.prepareChunk(files) as Prepare }, jobs: uploads.uploadJobs(files) })
}

async function must(ctx: Ctx, id: string): Promise<store.Row> {
  const row = await store.find(ctx.tx, ctx.actor, id)
  if (!row) throw missing()
  return row
}

/** Where it was taken: in words, else by coordinates; null prints 无定位. Words that no position stands behind are the place it was filed under: the copy says so. */
function placeOf({ place, lon, lat }: store.Row): string | null {
  const located = lon !== null && lat !== null
  if (place !== null) return located ? place : `${place}（无定位）`
  return located ? `东经${lon.toFixed(5)} 北纬${lat.toFixed(5)}` : null
}

/** Made once from the untouched original, kept beside it, never instead of it. */
async function derived(files: FileStore, row: store.Row, kind: 'marked' | 'thumb', make: (original: Buffer) => Promise<Buffer>): Promise<FileAnswer> {
  if (!isPicture(row.media_type)) throw new Problem('refused', 'attachment.not_picture')
  const facts = createHash('sha256').update([row.sha256, row.taken_at ?? row.received_at, placeOf(row) ?? '', row.taken_by].join('|')).digest('hex')
  const key = `${kind}/${facts.slice(0, 2)}/${facts}`
  if (!(await files.has(key))) await files.put(key, { bytes: await make(await files.bytes(originalKey(row.sha256))) })
  return { file: { name: row.name.replace(/\.\w+$/, '') + (kind === 'marked' ? '（水印）.jpg' : '.jpg'), type: 'image/jpeg', body: await files.read(key), inline: true, etag: `"${facts}"` } }
}
