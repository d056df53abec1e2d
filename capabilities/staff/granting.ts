import { rangeOf, type Reach } from '../../kernel/core/access.ts'
import type { Refusal } from '../../kernel/core/problem.ts'
import type { LocalDate } from '../../kernel/core/time.ts'

/**
 * Who may give whom which right (conventions C13–C15). Creating an account and giving it rights take two people; the three
 * administrators exclude each other and every other role; nobody gives a verb he neither holds nor may hand out, to himself,
 * or beyond his own reach.
 */
export interface RoleFacts {
  code: string
  name: string
  verbs: readonly string[]
  exclusive: boolean
}

/** Stands in `grants` for every verb of the roles that are not exclusive. */
export const BUSINESS = '*business'

export const REACH_KINDS = ['AREA', 'GRID', 'ENTERPRISE', 'PARK', 'NONE'] as const
export type ReachKind = (typeof REACH_KINDS)[number]

/** Reach that a role is meant for; a firm's own role over an area would open every firm in it. Others take an area. */
const REACH_OF_ROLE: Readonly<Record<string, readonly ReachKind[]>> = {
  ENT_PRINCIPAL: ['ENTERPRISE'], ENT_SAFETY: ['ENTERPRISE'], PARK_MANAGER: ['PARK'], GRID_OFFICER: ['GRID', 'AREA'],
}
export const reachKindsOf = (roleCode: string): readonly ReachKind[] => REACH_OF_ROLE[roleCode] ?? ['AREA', 'GRID', 'ENTERPRISE', 'PARK']

/** A post as far as excluding goes: its role and the days it counts. */
export interface HeldPost {
  roleCode: string
  roleName: string
  exclusive: boolean
  from: LocalDate
  to: LocalDate | null
}

const overlap = (a: { from: LocalDate; to: LocalDate | null }, b: { from: LocalDate; to: LocalDate | null }): boolean =>
  (a.to === null || a.to >= b.from) && (b.to === null || b.to >= a.from)

/** Whether two roles may be held by one person at the same time. */
export const excludes = (a: { code: string; exclusive: boolean }, b: { code: string; exclusive: boolean }): boolean =>
  a.code !== b.code && (a.exclusive || b.exclusive)

/** The verbs somebody may hand out: those he holds and those his roles may grant. */
export function grantable(granter: { verbs: ReadonlySet<string>; grants: readonly string[] }, roles: readonly RoleFacts[]): Set<string> {
  const business = granter.grants.includes(BUSINESS) ? roles.filter((role) => !role.exclusive).flatMap((role) => role.verbs) : []
  return new Set([...granter.verbs, ...granter.grants.filter((verb) => verb !== BUSINESS), ...business])
}

export interface Granter {
  personId: string
  verbs: ReadonlySet<string>
  grants: readonly string[]
  /** Reach of the posts that hold `staff.grant`. */
  reach: Reach
}

export interface GrantDraft {
  role: RoleFacts
  reachKind: ReachKind
  /** Jurisdiction of the grid, enterprise or park; the area itself; null for no reach. */
  areaCode: string | null
  from: LocalDate
  to: LocalDate | null
}

export interface Grantee {
  personId: string
  name: string
  left: boolean
  posts: readonly HeldPost[]
  /** Who opened the account; null when there is none yet. */
  accountBy: string | null
}

/** Whether a whole area lies inside a reach. */
export function areaWithin(reach: Reach, areaCode: string): boolean {
  const [from, to] = rangeOf(areaCode)
  return reach.areas.some(([low, high]) => low <= from && to <= high)
}

/** Every reason why this post may not be given. */
export function refuseGrant(granter: Granter, person: Grantee, draft: GrantDraft, roles: readonly RoleFacts[]): Refusal[] {
  const refusals: Refusal[] = []
  if (granter.personId === person.personId) refusals.push({ code: 'staff.grant_self', clause: 'C15' })
  if (person.left) refusals.push({ code: 'staff.person_left', params: { name: person.name } })
  if (person.accountBy === granter.personId) refusals.push({ code: 'staff.two_people', params: { name: person.name }, clause: 'C15' })
  if (draft.to !== null && draft.to < draft.from) refusals.push({ code: 'staff.dates', field: 'validTo' })
  const may = grantable(granter, roles)
  const beyond = draft.role.verbs.filter((verb) => !may.has(verb))
  if (beyond.length > 0) refusals.push({ code: 'staff.grant_beyond', field: 'roleCode', params: { role: draft.role.name, count: beyond.length } })
  const clash = person.posts.find((post) => overlap(post, draft) && excludes(draft.role, { code: post.roleCode, exclusive: post.exclusive }))
  if (clash) refusals.push({ code: 'staff.exclusive', field: 'roleCode', params: { name: person.name, role: draft.role.name, other: clash.roleName }, clause: 'C15' })
  if (!reachKindsOf(draft.role.code).includes(draft.reachKind)) refusals.push({ code: 'staff.reach_kind', field: 'reachKind', params: { role: draft.role.name } })
  if (draft.areaCode === null || !areaWithin(granter.reach, draft.areaCode)) refusals.push({ code: 'staff.grant_out_of_reach', field: 'areaCode' })
  return refusals
}

/**
 * The verbs that may stand in a role of the bureau's own: what the writer may hand out, less everything that only an
 * exclusive role holds. Otherwise a role that excludes nothing could carry the right to grant, and 三员 would be one person.
 */
export function writable(may: ReadonlySet<string>, roles: readonly RoleFacts[]): Set<string> {
  const business = new Set(roles.filter((role) => !role.exclusive).flatMap((role) => role.verbs))
  return new Set([...may].filter((verb) => business.has(verb)))
}

/** Why a role of the bureau's own may not be written so. `may` is {@link writable}, `known` all verbs that operations ask for. */
export function refuseRole(role: { code: string; verbs: readonly string[] }, existing: { shipped: boolean } | undefined, may: ReadonlySet<string>, known: ReadonlySet<string>): Refusal[] {
  const refusals: Refusal[] = []
  if (existing?.shipped) refusals.push({ code: 'staff.role_shipped', field: 'code' })
  const strange = role.verbs.filter((verb) => !known.has(verb))
  if (strange.length > 0) refusals.push({ code: 'staff.verb_unknown', field: 'verbs', params: { verbs: strange.join('、') } })
  const beyond = role.verbs.filter((verb) => known.has(verb) && !may.has(verb))
  if (beyond.length > 0) refusals.push({ code: 'staff.role_beyond', field: 'verbs', params: { verbs: beyond.join('、') } })
  return refusals
}
