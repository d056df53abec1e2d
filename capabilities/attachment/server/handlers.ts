import { createHash } from 'node:crypto'
import { missing, Problem } from '../../../kernel/core/problem.ts'
import { type Capability, serve } from '../../../kernel/server/capability.ts'
import { type Ctx, type FileAnswer, type Handlers, type RawBody, refuseStale } from '../../../kernel/server/context.ts'
import type { FileStore } from '../../../kernel/server/files.ts'
import { operations } from '../operations.ts'
import { isPicture } from '../sniff.ts'
import { zh } from '../zh.ts'
import { type Examined, examine, mark, originalKey, thumbnail } from './pictures.ts'
import * as store from './store.ts'
import './tables.ts'

export function attachment(files: FileStore): Capability {
  const handlers: Handlers<typeof operations> = {
    upload: async (ctx, input, body) => {
      const examined = body.prepared as Examined
      if (input.sha256 && input.sha256 !== body.sha256) throw new Problem('conflict', 'attachment.altered_on_the_way')
      const enterprise = input.enterpriseId ? await store.enterpriseAt(ctx.tx, ctx.actor, input.enterpriseId) : undefined
      if (input.enterpriseId && !enterprise) throw missing()
      const lookAlike = await store.lookAlike(ctx.tx, examined.perceptualHash)
      const drift = input.takenAt ? Math.round((ctx.now.getTime() - Date.parse(input.takenAt)) / 1000) : null
      await store.insert(ctx.tx, {
        id: input.id, sha256: body.sha256, name: body.name || '未命名', media_type: examined.type, bytes: body.bytes, width: examined.width, height: examined.height,
        perceptual_hash: examined.perceptualHash, taken_at: input.takenAt ?? null, received_at: ctx.now, clock_drift_seconds: drift, place: input.place ?? null,
        lon: input.lon ?? null, lat: input.lat ?? null, taken_by: ctx.actor.name, uploaded_by: ctx.actor.id, area_code: enterprise?.area_code ?? homeOf(ctx),
        grid_id: enterprise?.grid_id ?? null, enterprise_id: enterprise ? input.enterpriseId : null, look_alike_of: lookAlike, void_reason: null,
      })
      if (examined.perceptualHash) await store.insertBands(ctx.tx, input.id, examined.perceptualHash)
      const row = (await store.find(ctx.tx, ctx.actor, input.id))!
      ctx.emit({ aggregate: 'attachment', id: input.id, version: 1, event: 'attachment.uploaded', areaCode: row.area_code, gridId: row.grid_id, enterpriseId: row.enterprise_id, data: { sha256: body.sha256, bytes: body.bytes, type: examined.type, lookAlikeOf: lookAlike } })
      return store.toWire(row)
    },
    get: async (ctx, input) => store.toWire(await must(ctx, input.id)),
    of: async (ctx, input) => ({ rows: await store.linkedInReach(ctx.tx, ctx.actor, input.aggregateId) }),
    original: async (ctx, input) => {
      const row = await must(ctx, input.id)
      return { file: { name: row.name, type: row.media_type, body: await files.read(originalKey(row.sha256)), etag: `"${row.sha256}"` } }
    },
    marked: async (ctx, input) => {
      const row = await must(ctx, input.id)
      return derived(files, row, 'marked', (bytes) => mark(bytes, { takenAt: row.taken_at ?? row.received_at, place: row.place, takenBy: row.taken_by }))
    },
    thumb: async (ctx, input) => derived(files, await must(ctx, input.id), 'thumb', thumbnail),
    void: async (ctx, input) => {
      const row = await must(ctx, input.id)
      refuseStale(row.version, input.baseVersion)
      if (await store.isLinked(ctx.tx, row.id)) throw new Problem('refused', 'attachment.in_use')
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
  return serve({ name: 'attachment', operations, handlers, zh, prepare: { upload } })
}

/** A file not tied to a site yet lies in the uploader's first area; linking moves it. */
const homeOf = (ctx: Ctx): string => (ctx.actor.reach.areas[0]?.[0] ?? '000000000000').slice(0, 12)

async function must(ctx: Ctx, id: string): Promise<store.Row> {
  const row = await store.find(ctx.tx, ctx.actor, id)
  if (!row) throw missing()
  return row
}

/** Made once from the untouched original, kept beside it, never instead of it. */
async function derived(files: FileStore, row: store.Row, kind: 'marked' | 'thumb', make: (original: Buffer) => Promise<Buffer>): Promise<FileAnswer> {
  if (!isPicture(row.media_type)) throw new Problem('refused', 'attachment.not_picture')
  const facts = createHash('sha256').update([row.sha256, row.taken_at ?? row.received_at, row.place ?? '', row.taken_by].join('|')).digest('hex')
  const key = `${kind}/${facts.slice(0, 2)}/${facts}`
  if (!(await files.has(key))) await files.put(key, { bytes: await make(await files.bytes(originalKey(row.sha256))) })
  return { file: { name: row.name.replace(/\.\w+$/, '') + (kind === 'marked' ? '（水印）.jpg' : '.jpg'), type: 'image/jpeg', body: await files.read(key), inline: true, etag: `"${facts}"` } }
}
