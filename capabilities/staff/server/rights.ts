import { createHash } from 'node:crypto'
import { inReach } from '../../../kernel/core/access.ts'
import { missing, Problem, refuseAny } from '../../../kernel/core/problem.ts'
import { localDate } from '../../../kernel/core/time.ts'
import { type Ctx, type Handlers, refuseStale } from '../../../kernel/server/context.ts'
import { type Granter, grantable, reachKindsOf, refuseGrant, refuseRole, writable } from '../granting.ts'
import type { peopleOperations } from '../people-operations.ts'
import { forgetSessions } from './doorkeeper.ts'
import { detail, mustPerson, refuseLastOf } from './people.ts'
import * as store from './rights-store.ts'

type Part = Pick<typeof peopleOperations, 'places' | 'grant' | 'revokePost' | 'roles' | 'saveRole' | 'removeRole' | 'certificates' | 'addCertificate' | 'revokeCertificate'>

/** One verb with its Chinese name and that of its capability. */
export interface NamedVerb {
  readonly verb: string
  readonly zh: string
  readonly group: string
}

/** `verbs`: every verb of the mounted capabilities; what is not among them no operation asks for. */
export const rightsHandlers = (verbs: () => readonly NamedVerb[]): Handlers<Part> => ({
  places: async (ctx, input) => ({ rows: await store.findPlaces(ctx.tx, ctx.actor.reach.areas, input.kind, input.q) }),
  grant: async (ctx, input) => grant(ctx, input),
  revokePost: async (ctx, input) => revokePost(ctx, input),
  roles: async (ctx) => {
    const all = await store.roles(ctx.tx, localDate(ctx.now))
    const may = grantable(granterOf(ctx, all), all)
    const own = writable(may, all)
    return { roles: all.map((role) => ({ ...role, grantable: role.verbs.every((verb) => may.has(verb)) })), verbs: verbs().map((v) => ({ ...v, grantable: own.has(v.verb) })), may: ctx.actor.has('staff.role') }
  },
  saveRole: async (ctx, input) => {
    const all = await store.roles(ctx.tx, localDate(ctx.now))
    const old = all.find((role) => role.code === input.code)
    if (old && input.baseVersion === null) throw new Problem('conflict', old.shipped ? 'staff.role_shipped' : 'staff.role_there', { params: { code: input.code }, fields: [{ path: 'code', code: 'staff.role_there', params: { code: input.code } }] })
    if (!old && input.baseVersion !== null) throw missing()
    refuseAny(refuseRole(input, old, writable(grantable(granterOf(ctx, all), all), all), new Set(verbs().map((v) => v.verb))))
    if (old) refuseStale(old.version, input.baseVersion ?? 0)
    await (old ? store.updateRole(ctx.tx, input) : store.insertRole(ctx.tx, input))
    forgetSessions()
    roleTold(ctx, input.code, (old?.version ?? 0) + 1, old ? 'staff.role_changed' : 'staff.role_made', { title: input.name, verbs: input.verbs, ...(old ? { before: old.verbs } : {}) })
    const saved = (await store.roles(ctx.tx, localDate(ctx.now))).find((role) => role.code === input.code)!
    return { ...saved, grantable: true }
  },
  removeRole: async (ctx, input) => removeRole(ctx, input),
  certificates: async (ctx, input) => {
    const [, validTo, id] = /^(\d{4}-\d{2}-\d{2})~([0-9a-f-]{36})$/.exec(input.cursor ?? '') ?? []
    if (input.cursor && !id) throw new Problem('invalid', 'common.bad_cursor')
    const { kind, state, limit } = input
    const found = await store.certificates(ctx.tx, ctx.actor.reach.areas, { ...(kind ? { kind } : {}), ...(state ? { state } : {}), ...(id && validTo ? { after: { validTo, id } } : {}), limit: limit + 1, today: localDate(ctx.now) })
    const shown = found.rows.slice(0, limit)
    const last = shown.at(-1)
    return { rows: shown, total: found.matched, figures: found.figures, ...(found.rows.length > limit && last ? { next: `${last.validTo}~${last.id}` } : {}) }
  },
  addCertificate: async (ctx, input) => {
    const who = await mustPerson(ctx, input.id)
    if (who.leftOn) throw new Problem('refused', 'staff.person_left', { params: { name: who.name } })
    if (input.validTo < input.validFrom) throw new Problem('refused', 'certificate.dates', { fields: [{ path: 'validTo', code: 'certificate.dates' }] })
    await store.insertCertificate(ctx.tx, { ...input, id: input.certificateId, personId: who.id })
    ctx.emit({ aggregate: 'certificate', id: input.certificateId, version: 1, event: 'staff.certificate_added', areaCode: who.areaCode, data: { name: who.name, kind: input.kind, no: input.no, validFrom: input.validFrom, validTo: input.validTo } })
    return detail(ctx, await mustPerson(ctx, who.id))
  },
  revokeCertificate: async (ctx, input) => {
    const found = await store.certificateOf(ctx.tx, input.id, localDate(ctx.now))
    if (!found) throw missing()
    const who = await mustPerson(ctx, found.personId)
    refuseStale(found.version, input.baseVersion)
    if (found.revokedOn) throw new Problem('refused', 'staff.certificate_revoked')
    await store.revokeCertificate(ctx.tx, found.id, input.revokedOn)
    ctx.emit({ aggregate: 'certificate', id: found.id, version: found.version + 1, event: 'staff.certificate_revoked', areaCode: who.areaCode, data: { name: who.name, no: found.no, revokedOn: input.revokedOn, reason: input.reason } })
    return detail(ctx, await mustPerson(ctx, who.id))
  },
})

async function removeRole(ctx: Ctx, input: { code: string; baseVersion: number; reason: string }): Promise<{ ok: true }> {
  const old = (await store.roles(ctx.tx, localDate(ctx.now))).find((role) => role.code === input.code)
  if (!old) throw missing()
  refuseStale(old.version, input.baseVersion)
  if (old.shipped) throw new Problem('refused', 'staff.role_shipped')
  const count = await store.roleUse(ctx.tx, input.code)
  if (count > 0) throw new Problem('refused', 'staff.role_in_use', { params: { count } })
  await store.deleteRole(ctx.tx, input.code)
  roleTold(ctx, input.code, old.version + 1, 'staff.role_removed', { title: old.name, reason: input.reason })
  return { ok: true }
}

/** Roles are named by code; their events carry an id made of it, since every aggregate has a UUID. */
function roleTold(ctx: Ctx, code: string, version: number, event: string, data: Record<string, unknown>): void {
  const hex = createHash('sha256').update(code).digest('hex')
  const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(12, 15)}-8${hex.slice(15, 18)}-${hex.slice(18, 30)}`
  ctx.emit({ aggregate: 'role', id, version, event, areaCode: ctx.actor.reach.areas[0]?.[0] ?? '000000000000', data: { code, ...data } })
}

function granterOf(ctx: Ctx, roles: readonly store.RoleRow[]): Granter {
  const mine = roles.filter((role) => ctx.actor.roles.includes(role.code))
  return { personId: ctx.actor.id, verbs: new Set(mine.flatMap((role) => role.verbs)), grants: mine.flatMap((role) => role.grants), reach: ctx.actor.reachOf('staff.grant') }
}

type GrantInput = { id: string; postId: string; roleCode: string; reachKind: (typeof kinds)[number]; areaCode: string | null; gridId: string | null; enterpriseId: string | null; parkId: string | null; validFrom: string; validTo: string | null }
const kinds = ['AREA', 'GRID', 'ENTERPRISE', 'PARK', 'NONE'] as const

async function grant(ctx: Ctx, input: GrantInput) {
  const who = await mustPerson(ctx, input.id)
  const roles = await store.roles(ctx.tx, localDate(ctx.now))
  const role = roles.find((r) => r.code === input.roleCode)
  if (!role) throw new Problem('refused', 'staff.role_unknown', { fields: [{ path: 'roleCode', code: 'staff.role_unknown' }] })
  const areaCode = await store.placeOf(ctx.tx, input.reachKind, input)
  if (!areaCode && reachKindsOf(role.code).includes(input.reachKind)) throw new Problem('refused', 'staff.reach_missing', { fields: [{ path: 'areaCode', code: 'staff.reach_missing' }] })
  const posts = (await store.postsOf(ctx.tx, who.id, localDate(ctx.now))).map(store.asHeld)
  refuseAny(refuseGrant(granterOf(ctx, roles), { personId: who.id, name: who.name, left: who.leftOn !== null, posts, accountBy: who.createdById }, { role, reachKind: input.reachKind, areaCode: areaCode ?? null, from: input.validFrom, to: input.validTo }, roles))
  await store.insertPost(ctx.tx, { ...input, id: input.postId, personId: who.id, by: ctx.actor.id, now: ctx.now })
  forgetSessions()
  const reach = { kind: input.reachKind, areaCode, gridId: input.gridId, enterpriseId: input.enterpriseId, parkId: input.parkId }
  ctx.emit({ aggregate: 'post', id: input.postId, version: 1, event: 'staff.post_granted', areaCode: who.areaCode, data: { personId: who.id, name: who.name, role: role.name, roleCode: role.code, reach, validFrom: input.validFrom, validTo: input.validTo } })
  ctx.audit({ kind: 'ADMIN', subject: 'staff.post_granted', subjectId: who.id, result: 'ok', data: { name: who.name, role: role.code } })
  return detail(ctx, await mustPerson(ctx, who.id))
}

async function revokePost(ctx: Ctx, input: { id: string; baseVersion: number; lastDay: string; reason: string }) {
  const today = localDate(ctx.now)
  const post = await store.postOf(ctx.tx, input.id, today)
  if (!post?.areaCode || !inReach(ctx.actor.reach, { areaCode: post.areaCode })) throw missing()
  const who = await mustPerson(ctx, post.personId)
  refuseStale(post.version, input.baseVersion)
  if (who.id === ctx.actor.id) throw new Problem('refused', 'staff.grant_self')
  if (post.validTo !== null && post.validTo < today) throw new Problem('refused', 'staff.post_ended')
  await refuseLastOf(ctx, post, who.id, input.lastDay)
  await store.endPost(ctx.tx, post.id, input.lastDay)
  forgetSessions()
  ctx.emit({ aggregate: 'post', id: post.id, version: post.version + 1, event: 'staff.post_revoked', areaCode: who.areaCode, data: { personId: who.id, name: who.name, role: post.roleName, roleCode: post.roleCode, lastDay: input.lastDay, reason: input.reason } })
  ctx.audit({ kind: 'ADMIN', subject: 'staff.post_revoked', subjectId: who.id, result: 'ok', data: { name: who.name, role: post.roleCode } })
  return detail(ctx, await mustPerson(ctx, who.id))
}
