import { hash } from '@node-rs/argon2'
import { pinyin } from '../../../kernel/server/engines.ts'
import type { z } from 'zod'
import { assessIdCard } from '../../../kernel/core/id-card.ts'
import { maskIdNumber } from '../../../kernel/core/mask.ts'
import type { Action } from '../../../kernel/core/operation.ts'
import { parsePhone } from '../../../kernel/core/phone.ts'
import { missing, Problem, type Refusal, refuseAny } from '../../../kernel/core/problem.ts'
import { localDate } from '../../../kernel/core/time.ts'
import { inReach } from '../../../kernel/core/access.ts'
import { type Ctx, type Handlers, refuseStale } from '../../../kernel/server/context.ts'
import { isOffice } from '../offices.ts'
import type { NewPerson, PersonDetail } from '../people.ts'
import type { peopleOperations } from '../people-operations.ts'
import { zh } from '../zh.ts'
import { forgetSessions } from './doorkeeper.ts'
import * as store from './people-store.ts'
import { certificatesOf, othersWith, postsOf } from './rights-store.ts'
import { sessionsOf } from './store.ts'
import { temporaryPassword } from './temporary.ts'

type Part = Pick<
  typeof peopleOperations,
  'organisations' | 'saveOrganisation' | 'closeOrganisation' | 'people' | 'person' | 'addPerson' | 'editPerson' | 'reveal' | 'leave' | 'openAccount' | 'resetPassword' | 'unlock' | 'disable' | 'enable' | 'personSessions' | 'endSession' | 'signOutPerson'
>

export const peopleHandlers: Handlers<Part> = {
  organisations: async (ctx) => ({ rows: await store.organisations(ctx.tx, ctx.actor) }),
  saveOrganisation: async (ctx, input) => saveOrganisation(ctx, input),
  closeOrganisation: async (ctx, input) => {
    const old = await mustOrganisation(ctx, input.id)
    refuseStale(old.version, input.baseVersion)
    const count = await store.organisationUse(ctx.tx, input.id)
    if (count > 0) throw new Problem('refused', 'staff.organisation_in_use', { params: { count } })
    await store.updateOrganisation(ctx.tx, input.id, { valid_to: input.validTo })
    ctx.emit({ aggregate: 'organisation', id: old.id, version: old.version + 1, event: 'staff.organisation_closed', areaCode: old.areaCode, data: { title: old.name, validTo: input.validTo, reason: input.reason } })
    return mustOrganisation(ctx, input.id)
  },
  people: async (ctx, input) => list(ctx, input),
  person: async (ctx, input) => detail(ctx, await mustPerson(ctx, input.id)),
  addPerson: async (ctx, input) => {
    const organisation = await organisationFor(ctx, input.organisationId)
    await store.insertPerson(ctx.tx, input.id, { ...plain(input), ...sealed(ctx, input) })
    ctx.emit({ aggregate: 'person', id: input.id, version: 1, event: 'staff.person_added', areaCode: organisation.areaCode, data: { name: input.name, organisation: organisation.name } })
    return detail(ctx, await mustPerson(ctx, input.id))
  },
  editPerson: async (ctx, input) => {
    const old = await mustPerson(ctx, input.id)
    refuseStale(old.version, input.baseVersion)
    const organisation = await organisationFor(ctx, input.organisationId)
    await store.updatePerson(ctx.tx, old.id, { ...plain(input), ...sealed(ctx, input) })
    told(ctx, { ...old, areaCode: organisation.areaCode }, 'staff.person_changed', { before: { name: old.name, organisation: old.organisation }, name: input.name, organisation: organisation.name, phoneChanged: input.phone !== undefined })
    return detail(ctx, await mustPerson(ctx, old.id))
  },
  reveal: async (ctx, input) => {
    const who = await mustPerson(ctx, input.id)
    ctx.audit({ kind: 'REVEAL', subject: 'person', subjectId: who.id, result: 'ok', data: { name: who.name, reason: input.reason } })
    return { phone: who.phoneSealed ? ctx.secrets.open(who.phoneSealed) : null, idNumber: who.idSealed ? ctx.secrets.open(who.idSealed) : null }
  },
  leave: async (ctx, input) => {
    const who = await mustOther(ctx, input.id)
    refuseStale(who.version, input.baseVersion)
    if (who.leftOn) throw new Problem('refused', 'staff.person_left', { params: { name: who.name } })
    await refuseLastOfAny(ctx, who.id)
    await store.updatePerson(ctx.tx, who.id, { left_on: input.leftOn })
    await store.endPosts(ctx.tx, who.id, input.leftOn)
    await store.updateAccount(ctx.tx, who.id, { disabled_at: ctx.now })
    await signOut(ctx, who.id, 'LEFT')
    told(ctx, who, 'staff.person_left', { name: who.name, leftOn: input.leftOn, reason: input.reason })
    return detail(ctx, await mustPerson(ctx, who.id))
  },
  openAccount: async (ctx, input) => {
    const who = await mustPerson(ctx, input.id)
    if (who.leftOn) throw new Problem('refused', 'staff.person_left', { params: { name: who.name } })
    if (who.accountId) throw new Problem('conflict', 'staff.account_there', { params: { name: who.name } })
    const password = temporaryPassword()
    await store.insertAccount(ctx.tx, { id: input.accountId, personId: who.id, login: input.login, hash: await hash(password), by: ctx.actor.id, now: ctx.now })
    ctx.emit({ aggregate: 'account', id: input.accountId, version: 1, event: 'staff.account_opened', areaCode: who.areaCode, data: { name: who.name, login: input.login } })
    return { login: input.login, temporaryPassword: password }
  },
  resetPassword: async (ctx, input) => {
    const who = await mustAccount(ctx, input.id)
    const password = temporaryPassword()
    await store.replacePassword(ctx.tx, who.id, await hash(password), ctx.now)
    await signOut(ctx, who.id, 'PASSWORD_RESET')
    secured(ctx, who, 'staff.password_reset', input.reason)
    return { login: who.login ?? '', temporaryPassword: password }
  },
  unlock: async (ctx, input) => {
    const who = await mustAccount(ctx, input.id)
    await store.updateAccount(ctx.tx, who.id, { failed_count: 0, locked_until: null })
    secured(ctx, who, 'staff.unlocked', input.reason)
    return detail(ctx, await mustPerson(ctx, who.id))
  },
  disable: async (ctx, input) => {
    const who = await mustAccount(ctx, input.id)
    await refuseLastOfAny(ctx, who.id)
    await store.updateAccount(ctx.tx, who.id, { disabled_at: ctx.now })
    await signOut(ctx, who.id, 'DISABLED')
    secured(ctx, who, 'staff.account_disabled', input.reason)
    return detail(ctx, await mustPerson(ctx, who.id))
  },
  enable: async (ctx, input) => {
    const who = await mustAccount(ctx, input.id)
    if (who.leftOn) throw new Problem('refused', 'staff.person_left', { params: { name: who.name } })
    await store.updateAccount(ctx.tx, who.id, { disabled_at: null, failed_count: 0, locked_until: null })
    secured(ctx, who, 'staff.account_enabled', input.reason)
    return detail(ctx, await mustPerson(ctx, who.id))
  },
  personSessions: async (ctx, input) => {
    const who = await mustPerson(ctx, input.id)
    const rows = await sessionsOf(ctx.tx, who.id, 50, ctx.now)
    return { rows: rows.map((s) => ({ id: s.id, kind: s.kind, startedAt: s.created_at, lastSeenAt: s.last_seen_at, address: s.address, open: s.revoked_at === null && Date.parse(s.ends_at) > ctx.now.getTime(), endedWhy: s.revoked_why })) }
  },
  endSession: async (ctx, input) => endSession(ctx, input.id),
  signOutPerson: async (ctx, input) => {
    const who = await mustAccount(ctx, input.id, true)
    await signOut(ctx, who.id, 'FORCED')
    audited(ctx, who, 'staff.signed_out', input.reason)
    return detail(ctx, await mustPerson(ctx, who.id))
  },
}

async function mustOrganisation(ctx: Ctx, id: string): Promise<store.OrganisationRow> {
  const [found] = await store.organisations(ctx.tx, ctx.actor, id)
  if (!found) throw missing()
  return found
}

/** The organisation a person is put into: open, and within the reach of who puts. */
async function organisationFor(ctx: Ctx, id: string): Promise<store.OrganisationRow> {
  const [found] = await store.organisations(ctx.tx, ctx.actor, id)
  if (!found || found.validTo !== null) throw new Problem('refused', 'staff.organisation_unknown', { fields: [{ path: 'organisationId', code: 'staff.organisation_unknown' }] })
  return found
}

async function saveOrganisation(ctx: Ctx, input: { id: string; baseVersion: number | null; name: string; kind: store.OrganisationRow['kind']; areaCode: string; parentId: string | null; paperPrefix: string | null }) {
  if (!inReach(ctx.actor.reach, { areaCode: input.areaCode })) throw missing()
  if (input.parentId && (input.parentId === input.id || (await store.organisations(ctx.tx, ctx.actor, input.parentId)).length === 0)) throw new Problem('refused', 'staff.parent_unknown', { fields: [{ path: 'parentId', code: 'staff.parent_unknown' }] })
  if (input.baseVersion === null) {
    await store.insertOrganisation(ctx.tx, input)
    ctx.emit({ aggregate: 'organisation', id: input.id, version: 1, event: 'staff.organisation_made', areaCode: input.areaCode, data: { title: input.name, kind: input.kind } })
  } else {
    const old = await mustOrganisation(ctx, input.id)
    refuseStale(old.version, input.baseVersion)
    await store.updateOrganisation(ctx.tx, input.id, { name: input.name, kind: input.kind, area_code: input.areaCode, parent_id: input.parentId, paper_prefix: input.paperPrefix })
    ctx.emit({ aggregate: 'organisation', id: input.id, version: old.version + 1, event: 'staff.organisation_changed', areaCode: input.areaCode, data: { before: old.name, title: input.name, paperPrefix: input.paperPrefix } })
  }
  return mustOrganisation(ctx, input.id)
}

type ListInput = { q?: string; organisationId?: string; role?: string; state?: store.PeopleFilter['state']; noPost?: boolean; expiring?: boolean; cursor?: string; limit: number }

async function list(ctx: Ctx, { cursor, limit, ...filter }: ListInput) {
  const [, id, name] = /^([0-9a-f-]{36})~(.+)$/s.exec(cursor ?? '') ?? []
  if (cursor && !id) throw new Problem('invalid', 'common.bad_cursor')
  const phone = filter.q ? parsePhone(filter.q) : null
  const found = await store.people(ctx.tx, ctx.actor, {
    ...filter, ...(phone ? { phoneBlind: ctx.secrets.blind(phone.normalised) } : {}), ...(id && name ? { after: { name, id } } : {}), limit: limit + 1, now: ctx.now, today: localDate(ctx.now),
  })
  const shown = found.rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    rows: shown.map(({ phoneTail, ...row }) => ({ ...row, phoneMasked: masked(phoneTail) })), total: found.matched, figures: found.figures,
    may: { account: ctx.actor.has('staff.account'), grant: ctx.actor.has('staff.grant') },
    ...(found.rows.length > limit && last ? { next: `${last.id}~${last.name}` } : {}),
  }
}

/** Only the tail is kept open; the number itself is sealed. */
const masked = (tail: string | null): string | null => (tail ? `*******${tail}` : null)

const plain = (input: Pick<z.output<typeof NewPerson>, 'name' | 'organisationId' | 'dutyTitle'>) => ({
  name: input.name, name_py: pinyin(input.name, { pattern: 'first', toneType: 'none', type: 'array' }).join('').toLowerCase(), organisation_id: input.organisationId, duty_title: input.dutyTitle,
})

/** Telephone and ID number as they are stored: sealed, with what a list may show. Left out keeps, null takes away. */
function sealed(ctx: Ctx, input: { phone?: string | null; idNumber?: string | null }) {
  const phone = input.phone ? parsePhone(input.phone) : null
  const card = input.idNumber ? assessIdCard(input.idNumber) : null
  const refusals: Refusal[] = []
  if (input.phone && !phone) refusals.push({ code: 'staff.phone_wrong', field: 'phone' })
  if (card && card.verdict === 'wrong') refusals.push({ code: 'staff.id_wrong', field: 'idNumber' })
  refuseAny(refusals)
  return {
    ...(input.phone === undefined ? {} : { phone_sealed: phone ? ctx.secrets.seal(phone.normalised) : null, phone_tail: phone?.tail ?? null, phone_blind: phone ? ctx.secrets.blind(phone.normalised) : null }),
    ...(input.idNumber === undefined ? {} : { id_sealed: card ? ctx.secrets.seal(card.normalised) : null, id_masked: card ? maskIdNumber(card.normalised) : null }),
  }
}

export async function mustPerson(ctx: Ctx, id: string): Promise<store.PersonFull> {
  const found = await store.person(ctx.tx, ctx.actor, id, ctx.now)
  if (!found) throw missing()
  return found
}

/** Somebody else in reach: nobody administers his own account. */
async function mustOther(ctx: Ctx, id: string): Promise<store.PersonFull> {
  const who = await mustPerson(ctx, id)
  if (who.id === ctx.actor.id) throw new Problem('refused', 'staff.own_account')
  return who
}

async function mustAccount(ctx: Ctx, id: string, ownToo = false): Promise<store.PersonFull> {
  const who = ownToo ? await mustPerson(ctx, id) : await mustOther(ctx, id)
  if (!who.accountId) throw new Problem('refused', 'staff.no_account', { params: { name: who.name } })
  return who
}

/** 三员: none of the three offices may be left empty; its successor is appointed first. */
export async function refuseLastOf(ctx: Ctx, post: { roleCode: string; roleName: string }, personId: string, lastDay: string): Promise<void> {
  if (!isOffice(post.roleCode) || (await othersWith(ctx.tx, post.roleCode, personId, lastDay)) > 0) return
  throw new Problem('refused', post.roleCode === 'SECURITY_ADMIN' ? 'staff.last_security' : 'staff.last_office', { params: { role: post.roleName } })
}

/** Who loses every post at once must leave no office empty either. */
async function refuseLastOfAny(ctx: Ctx, personId: string): Promise<void> {
  const today = localDate(ctx.now)
  for (const post of await postsOf(ctx.tx, personId, today)) if (post.inForce) await refuseLastOf(ctx, post, personId, today)
}

/** Ends every session at once; the person signs in again, with what rights he has then. */
async function signOut(ctx: Ctx, personId: string, why: string): Promise<void> {
  await store.endSessions(ctx.tx, personId, ctx.now, why)
  forgetSessions()
}

async function endSession(ctx: Ctx, id: string): Promise<{ ok: true }> {
  const owner = await store.sessionOwner(ctx.tx, id)
  if (!owner) throw missing()
  const others = owner.personId !== ctx.actor.id
  const reach = ctx.actor.reachOf('staff.reset')
  if (others && !(ctx.actor.has('staff.reset') && (await store.person(ctx.tx, { ...ctx.actor, reach }, owner.personId, ctx.now)))) throw missing()
  await ctx.tx.updateTable('session').set({ revoked_at: ctx.now, revoked_why: others ? 'FORCED' : 'SIGN_OUT' }).where('id', '=', id).execute()
  forgetSessions()
  ctx.audit({ kind: 'SECURITY', subject: 'staff.session_ended', subjectId: owner.personId, result: 'ok', data: { name: owner.name } })
  return { ok: true }
}

function told(ctx: Ctx, who: { id: string; version: number; areaCode: string }, event: string, data: Record<string, unknown>): void {
  ctx.emit({ aggregate: 'person', id: who.id, version: who.version + 1, event, areaCode: who.areaCode, data })
}

/** What was done to an account: an event of its own and a line in the audit. */
function secured(ctx: Ctx, who: store.PersonFull, event: string, reason: string): void {
  ctx.emit({ aggregate: 'account', id: who.accountId ?? '', version: (who.accountVersion ?? 0) + 1, event, areaCode: who.areaCode, data: { name: who.name, login: who.login, reason } })
  audited(ctx, who, event, reason)
}

function audited(ctx: Ctx, who: store.PersonFull, event: string, reason: string): void {
  ctx.audit({ kind: 'SECURITY', subject: event, subjectId: who.id, result: 'ok', data: { name: who.name, reason } })
}

export async function detail(ctx: Ctx, who: store.PersonFull): Promise<PersonDetail> {
  const today = localDate(ctx.now)
  const posts = await postsOf(ctx.tx, who.id, today)
  const certificates = await certificatesOf(ctx.tx, who.id, today)
  const certified = certificates.some((c) => c.kind === 'LAW_ENFORCEMENT' && (c.state === 'IN_FORCE' || c.state === 'EXPIRING'))
  const officer = posts.some((p) => p.inForce && ['INSPECTOR', 'TEAM_LEAD'].includes(p.roleCode))
  return {
    id: who.id, name: who.name, organisationId: who.organisationId, organisation: who.organisation, dutyTitle: who.dutyTitle, phoneMasked: masked(who.phoneTail), idMasked: who.idMasked, leftOn: who.leftOn, state: who.state, version: who.version,
    account: who.accountId
      ? { login: who.login ?? '', createdAt: who.createdAt ?? '', createdBy: who.createdBy, mustChange: who.mustChange ?? false, passwordChangedAt: who.passwordChangedAt ?? '', lockedUntil: who.lockedUntil, disabledAt: who.disabledAt, lastSeenAt: who.lastSeenAt, version: who.accountVersion ?? 1 }
      : null,
    posts, certificates,
    findings: [...(officer && !certified ? [zh.problems['staff.inspector_uncertified']] : []), ...(who.accountId && !who.leftOn && !posts.some((p) => p.inForce) ? [zh.problems['staff.account_without_post']] : [])],
    actions: actionsOf(ctx, who),
  }
}

function actionsOf(ctx: Ctx, who: store.PersonFull): Action[] {
  const self = who.id === ctx.actor.id ? [zh.problems['staff.own_account']] : []
  const left = who.leftOn ? [zh.problems['staff.person_left'].replace('{name}', who.name)] : []
  const action = (name: string, label: string, verb: string, why: readonly string[] = []): Action[] => (ctx.actor.has(verb) ? [{ action: name, label, allowed: why.length === 0, ...(why.length > 0 ? { why: [...why] } : {}) }] : [])
  const grantSelf = who.id === ctx.actor.id ? [zh.problems['staff.grant_self']] : []
  const account = who.accountId
    ? [
        ...action('resetPassword', '重置口令', 'staff.reset', self), ...(who.state === 'LOCKED' ? action('unlock', '解除锁定', 'staff.reset', self) : []), ...action('signOut', '强制重新登录', 'staff.reset'),
        ...(who.disabledAt ? action('enable', '启用账号', 'staff.account', [...self, ...left]) : action('disable', '停用账号', 'staff.account', self)),
      ]
    : action('openAccount', '开立账号', 'staff.account', left)
  return [
    ...action('grant', '授予岗位', 'staff.grant', [...grantSelf, ...left]), ...action('addCertificate', '登记证件', 'staff.certificate', left), ...account,
    ...action('edit', '修改', 'staff.account'), ...action('reveal', '查看电话证件', 'staff.reveal'), ...action('leave', '办理离职', 'staff.account', [...self, ...left]),
  ]
}

