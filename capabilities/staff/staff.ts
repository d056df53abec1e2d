import { z } from 'zod'

/** Who is signed in, for the shell: name, posts with reach, every verb held. */
export const Me = z.object({
  personId: z.uuid(),
  name: z.string(),
  login: z.string(),
  organisation: z.string().nullable(),
  posts: z.array(z.object({ id: z.uuid(), role: z.string(), roleName: z.string(), reach: z.string(), reachKind: z.string(), areaCode: z.string().nullable(), gridId: z.string().nullable(), enterpriseId: z.string().nullable() })),
  verbs: z.array(z.string()),
  mustChangePassword: z.boolean(),
  passwordExpiresInDays: z.number().int().nullable(),
  idleMinutes: z.number().int(),
  demo: z.boolean(),
  bureau: z.string(),
  now: z.string(),
})
export type Me = z.infer<typeof Me>

export const SignIn = z.strictObject({ login: z.string().trim().min(1).max(40), password: z.string().min(1).max(200) })
export const ChangePassword = z.strictObject({ current: z.string().min(1).max(200), next: z.string().min(1).max(200) })
export const Done = z.object({ ok: z.literal(true) })

/** One's own sign-ins, newest first. `ended`: how it ended; null while it is open. */
export const MySession = z.object({ id: z.uuid(), current: z.boolean(), startedAt: z.string(), lastSeenAt: z.string(), address: z.string(), ended: z.enum(['SIGN_OUT', 'NEWER_SIGN_IN', 'EXPIRED', 'OTHER']).nullable(), endedAt: z.string().nullable() })
export type MySession = z.infer<typeof MySession>
