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
  takenBy: z.string(),
  lookAlikeOf: z.uuid().nullable(),
})
export type Attachment = z.infer<typeof Attachment>

/** The same with what it is used for. */
export const Linked = Attachment.extend({ role: Role })
export type Linked = z.infer<typeof Linked>
