import { z } from 'zod'

export const roles = ['BEFORE', 'AFTER', 'SIGNATURE', 'OUTCOME', 'PLAN', 'REPORT', 'OTHER'] as const
export const Role = z.enum(roles)
export type Role = z.infer<typeof Role>

export const mediaTypes = [
  'image/jpeg', 'image/png', 'image/webp', 'image/heic', 'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'video/mp4', 'audio/mp4',
] as const
export type MediaType = (typeof mediaTypes)[number]

/** Metadata sent beside the bytes (query string of the upload). Times ISO, coordinates WGS84 degrees. */
export const Upload = z.strictObject({
  id: z.uuid(),
  takenAt: z.iso.datetime().optional(),
  place: z.string().max(100).optional(),
  lon: z.coerce.number().min(-180).max(180).optional(),
  lat: z.coerce.number().min(-90).max(90).optional(),
  enterpriseId: z.uuid().optional(),
  /** Hash made on the device before sending: what arrives must equal it. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/).optional(),
})

/** Why the camera's own file was not kept although the district wants it: noted, never a reason to refuse the photo. */
export const OriginalMissing = z.enum(['NO_ROOM', 'TOO_LARGE', 'UNREADABLE'])
export type OriginalMissing = z.infer<typeof OriginalMissing>

/** One attachment as screens see it. `lookAlikeOf` is set when an earlier picture is nearly the same. */
export const Attachment = z.object({
  id: z.uuid(),
  name: z.string(),
  type: z.string(),
  bytes: z.number().int(),
  sha256: z.string(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  takenAt: z.string().nullable(),
  receivedAt: z.string(),
  clockDriftSeconds: z.number().int().nullable(),
  place: z.string().nullable(),
  mockLocation: z.boolean(),
  takenBy: z.string(),
  lookAlikeOf: z.uuid().nullable(),
  /** The untouched camera file of this photo, once it has come. */
  original: z.object({ id: z.uuid(), bytes: z.int() }).nullable(),
  originalMissing: OriginalMissing.nullable(),
})
export type Attachment = z.infer<typeof Attachment>

/** The same with what it is used for. */
export const Linked = Attachment.extend({ role: Role })
export type Linked = z.infer<typeof Linked>

/** A photo stays below this on every phone; a minute of video too. */
export const MAX_BYTES = 40 * 1024 * 1024
/** What a phone should send at once, and the most it may. */
export const CHUNK_BYTES = 256 * 1024
export const MAX_CHUNK_BYTES = 4 * 1024 * 1024
/** What one person may have on its way: a hundred visits of a week without a line. */
export const MAX_OPEN = 600
export const MAX_OPEN_BYTES = 2 * 1024 * 1024 * 1024
/** Days without a byte after which an unfinished upload is cleaned; the phone may begin it again under the same id. */
export const KEPT_DAYS = 30

/** What a file is taken for, as the phone knows it beforehand. Noted only: the link is made by the record itself. */
const Purpose = z.strictObject({ aggregate: z.string().regex(/^[a-z_]{2,40}$/), aggregateId: z.uuid(), role: Role })

/** Announces an upload. The id is made on the device and becomes the attachment's. Announcing the same again is fine. */
export const Begin = z.strictObject({
  id: z.uuid(),
  name: z.string().trim().min(1).max(200),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  size: z.int().min(1).max(MAX_BYTES),
  takenAt: z.iso.datetime({ offset: true }).optional(),
  /** Address or name of the spot; with neither place nor coordinates the copy says 无定位. */
  place: z.string().trim().max(100).optional(),
  lon: z.number().min(-180).max(180).optional(),
  lat: z.number().min(-90).max(90).optional(),
  /** The device said that its position is simulated. Noted, never punished. */
  mockLocation: z.boolean().default(false),
  /** Seconds by which the device's clock was ahead of the server's at their last meeting; absent when unknown. */
  clockDrift: z.int().min(-100_000_000).max(100_000_000).optional(),
  enterpriseId: z.uuid().optional(),
  purpose: Purpose.optional(),
  /** This is the untouched camera file of that photo, which lies here already and came from the same person. */
  originalOf: z.uuid().optional(),
  originalMissing: OriginalMissing.optional(),
})
export type Begin = z.infer<typeof Begin>

/** `offset`: where these bytes begin. An empty body at `size` asks to finish what is all there. */
export const Chunk = z.strictObject({ id: z.uuid(), offset: z.coerce.number().int().min(0).max(MAX_BYTES) })

export const UploadState = z.object({
  id: z.uuid(),
  size: z.int(),
  /** Bytes that are safe on the server: go on from here. */
  received: z.int(),
  /** The attachment exists: hash right, content examined. */
  done: z.boolean(),
  chunkBytes: z.int(),
})
export type UploadState = z.infer<typeof UploadState>
