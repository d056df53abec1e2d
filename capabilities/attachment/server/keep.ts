import type { Ctx } from '../../../kernel/server/context.ts'
import type { Attachment, OriginalMissing } from '../attachment.ts'
import type { Examined } from './pictures.ts'
import * as store from './store.ts'

/** A file whose bytes are safe and whose hash is right. */
export interface Kept {
  readonly id: string
  readonly sha256: string
  readonly name: string
  readonly bytes: number
  readonly takenAt: string | null
  /** Seconds as the device knew them; null: what lies between taking and receiving. */
  readonly clockDrift: number | null
  readonly place: string | null
  readonly lon: number | null
  readonly lat: number | null
  readonly mockLocation: boolean
  readonly areaCode: string
  readonly gridId: string | null
  readonly enterpriseId: string | null
  /** The photo whose untouched camera file this is. */
  readonly originalOf?: string | null
  readonly originalMissing?: OriginalMissing | null
}

/** A file not tied to a site yet lies in the uploader's first area; linking moves it. */
export const homeOf = (ctx: Pick<Ctx, 'actor'>): string => (ctx.actor.reach.areas[0]?.[0] ?? '000000000000').slice(0, 12)

/** Makes it an attachment, looks for its like, and leaves the event. */
export async function keep(ctx: Ctx, file: Kept, examined: Examined): Promise<Attachment> {
  const { originalOf = null } = file
  // A camera file looks like its own photo; the photo alone is what is compared.
  const lookAlike = originalOf ? null : await store.lookAlike(ctx.tx, examined.perceptualHash)
  const drift = file.clockDrift ?? (file.takenAt ? Math.round((ctx.now.getTime() - Date.parse(file.takenAt)) / 1000) : null)
  await store.insert(ctx.tx, {
    id: file.id, sha256: file.sha256, name: file.name || '未命名', media_type: examined.type, bytes: file.bytes, width: examined.width, height: examined.height,
    perceptual_hash: examined.perceptualHash, taken_at: file.takenAt, received_at: ctx.now, clock_drift_seconds: drift, place: file.place,
    lon: file.lon, lat: file.lat, mock_location: file.mockLocation, taken_by: ctx.actor.name, uploaded_by: ctx.actor.id, area_code: file.areaCode,
    grid_id: file.gridId, enterprise_id: file.enterpriseId, look_alike_of: lookAlike, original_of: originalOf, original_missing: file.originalMissing ?? null, void_reason: null,
  })
  if (examined.perceptualHash && !originalOf) await store.insertBands(ctx.tx, file.id, examined.perceptualHash)
  const row = (await store.find(ctx.tx, ctx.actor, file.id))!
  ctx.emit({ aggregate: 'attachment', id: file.id, version: 1, event: 'attachment.uploaded', areaCode: row.area_code, gridId: row.grid_id, enterpriseId: row.enterprise_id, data: { sha256: file.sha256, bytes: file.bytes, type: examined.type, lookAlikeOf: lookAlike, ...(originalOf ? { originalOf } : {}) } })
  return store.toWire(row)
}
