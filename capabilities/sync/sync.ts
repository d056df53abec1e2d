import { z } from 'zod'
import { wire } from '../../kernel/core/operation.ts'
import * as r from './rows.ts'

/** Kinds of the working set, in the order in which a first load brings them: what work waits for comes first. */
export const KINDS = ['area', 'person', 'visit', 'todo', 'checklist', 'criteria', 'hazard', 'paper', 'site'] as const
export type Kind = (typeof KINDS)[number]

export const rowSchemas = {
  area: r.AreaRow, person: r.PersonRow, visit: r.VisitRow, todo: r.TodoRow, checklist: r.ChecklistRow, criteria: r.CriteriaRow, hazard: r.HazardRow, paper: r.PaperRow, site: r.SiteRow,
} as const
export type RowOf<K extends Kind> = z.infer<(typeof rowSchemas)[K]>

/** One change: the row as it is now, or null when it is no longer mine to hold. Coming twice does no harm. */
export type Change = { [K in Kind]: { kind: K; id: string; version: number; row: RowOf<K> | null } }[Kind]

export const StartInput = z.strictObject({})
export const Start = z.object({
  person: z.object({ id: z.uuid(), name: z.string(), roles: z.array(z.object({ code: z.string(), name: z.string() })), verbs: z.array(z.string()) }),
  /** Local day of the server. */
  day: z.string(),
  serverTime: z.string(),
  /** For an empty store: hand it to `changes`. */
  cursor: z.string(),
  /** Changes when the reach or the rights change; another person or other posts have another one. */
  reach: z.string(),
  kinds: z.array(z.object({ kind: z.enum(KINDS), rows: z.int(), bytes: z.int() })),
  /** The reach is too wide to be carried about (a whole city): the set holds what concerns me; the rest is looked up online. */
  narrow: z.boolean(),
  /** What the working set may take on the phone; rows beyond it are left out, oldest and farthest first. */
  budgetMb: z.int(),
  /** This device was given up: everything of this person is to be removed from it, unsent things after they were sent or exported. */
  wipe: z.boolean(),
  /** The camera's own file is kept beside each photo and sent last. */
  keepOriginal: z.boolean(),
  /** Releases of the app whose commands are still understood. */
  apps: z.object({ current: z.string(), oldest: z.string() }),
})
export type Start = z.infer<typeof Start>

export const ChangesInput = z.strictObject({ cursor: z.string().max(12_000), limit: z.coerce.number().int().min(1).max(2000).default(1000) })
export const Changes = z.object({
  changes: z.array(z.custom<Change>((value) => typeof value === 'object' && value !== null)),
  cursor: z.string(),
  more: z.boolean(),
  /** The set begins anew: rows held so far stay usable, and what has not come again when `more` is false is removed. */
  reset: z.boolean(),
  serverTime: z.string(),
})
export type Changes = z.infer<typeof Changes>

export const ResolveInput = z.strictObject({ code: z.string().trim().min(2).max(300) })
/** What a scanned sign or a typed fragment may mean; `exact` when the whole code was read. At most 12. */
export const Resolved = z.object({ exact: z.boolean(), rows: z.array(z.object({ siteId: z.uuid(), enterpriseId: z.uuid(), name: z.string(), siteName: z.string(), code: z.string(), address: z.string(), areaCode: z.string() })) })

/** One place, or those of enterprises that were found. */
export const PlacesInput = z.strictObject({ siteId: wire.id().optional(), enterpriseIds: wire.list(z.uuid()).optional() })
/** At most 40, as the working set would hold them. */
export const Places = z.object({ rows: z.array(r.SiteRow) })

/** Id and name are given on the device; the id outlives the login. */
export const RegisterDevice = z.strictObject({ id: z.uuid(), name: z.string().trim().min(1).max(60), app: z.string().trim().max(40).default('') })
export const Device = z.object({ id: z.uuid(), name: z.string(), app: z.string(), personId: z.uuid(), personName: z.string(), registeredAt: z.string(), lastSeenAt: z.string(), revokedAt: z.string().nullable(), revokedWhy: z.string().nullable(), current: z.boolean(), version: z.int() })
export type Device = z.infer<typeof Device>
/** `personId`: an administrator gives up another's device; absent: one's own. */
export const RevokeDevice = z.strictObject({ id: z.uuid(), personId: z.uuid().optional(), baseVersion: z.int(), reason: z.string().trim().min(2).max(200) })
