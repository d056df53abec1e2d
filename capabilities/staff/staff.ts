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
/** A one-time ticket that a platform's web-view opened our page with. */
export const TicketSignIn = z.strictObject({ platform: z.string().regex(/^[a-z][a-z0-9_-]{1,30}$/), ticket: z.string().trim().min(8).max(500) })
/** How one may sign in here; the platforms are those of the configuration. */
export const SignInWays = z.object({ password: z.literal(true), platforms: z.array(z.object({ code: z.string(), name: z.string() })) })
/** Somebody's identity at a platform, masked. */
export const Identity = z.object({ id: z.uuid(), platform: z.string(), externalId: z.string(), boundAt: z.string(), boundBy: z.string().nullable() })
export type Identity = z.infer<typeof Identity>
export const Bind = z.strictObject({ id: z.uuid(), platform: z.string().regex(/^[a-z][a-z0-9_-]{1,30}$/), externalId: z.string().trim().min(1).max(120) })
export const ChangePassword = z.strictObject({ current: z.string().min(1).max(200), next: z.string().min(1).max(200) })
export const Done = z.object({ ok: z.literal(true) })

/** A wall that shows the picture for days; the token is in a cookie that no page can read. */
export const Display = z.object({ id: z.uuid(), personId: z.uuid(), name: z.string(), endsAt: z.string() })
export type Display = z.infer<typeof Display>

/** One's own sign-ins: walls that show now, then newest first. `ended`: how it ended; null while it is open. */
export const MySession = z.object({ id: z.uuid(), kind: z.enum(['NORMAL', 'DISPLAY']), current: z.boolean(), startedAt: z.string(), lastSeenAt: z.string(), endsAt: z.string(), address: z.string(), ended: z.enum(['SIGN_OUT', 'NEWER_SIGN_IN', 'RENEWED', 'EXPIRED', 'OTHER']).nullable(), endedAt: z.string().nullable() })
export type MySession = z.infer<typeof MySession>
