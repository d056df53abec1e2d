import { randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { sql } from 'kysely'
import { missing, Problem, refuseAny } from '../../../kernel/core/problem.ts'
import { localDate } from '../../../kernel/core/time.ts'
import type { Ctx, Handlers } from '../../../kernel/server/context.ts'
import { type Capability, type JobSpec, serve } from '../../../kernel/server/capability.ts'
import { DISPLAY_COOKIE, SESSION_COOKIE } from '../../../kernel/server/http.ts'
import { operations } from '../operations.ts'
import { passwordPolicy, refusePassword } from '../password.ts'
import type { Display, Me, MySession } from '../staff.ts'
import { zh } from '../zh.ts'
import { forgetSessions, tokenHash } from './doorkeeper.ts'
import { identityHandlers } from './identities.ts'
import { officeHandlers, type OfficeWaits } from './offices.ts'
import { peopleHandlers } from './people.ts'
import { type NamedVerb, rightsHandlers } from './rights.ts'
import { setup } from './setup.ts'
import { byPassword, byTicket } from './sign-in.ts'
import * as store from './store.ts'
import type { Platform } from './ticket-platform.ts'
import './tables.ts'

export interface StaffGiven {
  demo: boolean
  https: boolean
  bureau: string
  /** Every verb of the mounted capabilities: what roles are made of. */
  verbs?: () => readonly NamedVerb[]
  /** Platforms whose tickets are taken. */
  platforms?: readonly Platform[]
  officeWaits?: OfficeWaits
}

const SESSION_HOURS = 12
/** A wall hangs for a week; a forgotten one ends by itself. */
const DISPLAY_DAYS = 7
const MOST_DISPLAYS = 5
/** Tickets live for minutes; that one was used is remembered this long. */
const TICKET_DAYS = 7

export function staff(given: StaffGiven): Capability {
  const platforms = given.platforms ?? []
  const ticket = byTicket(platforms)
  const handlers: Handlers<typeof operations> = {
    signIn: async (ctx, input) => open(given, ctx, await byPassword.admit(ctx, input, undefined)),
    signInByTicket: async (ctx, input, body) => open(given, ctx, await ticket.admit(ctx, input, body.prepared as string)),
    signInWays: async () => ({ password: true as const, platforms: platforms.map(({ code, name }) => ({ code, name })) }),
    ...identityHandlers(platforms),
    signOut: async (ctx) => {
      await store.endSession(ctx.tx, ctx.actor.sessionId, ctx.now, 'SIGN_OUT')
      forgetSessions(ctx.actor.id)
      ctx.audit({ kind: 'SIGN_OUT', subject: ctx.actor.name, result: 'ok' })
      return { ok: true, setCookie: cookie(given, '', 0) }
    },
    ...peopleHandlers,
    ...officeHandlers(given.officeWaits),
    ...rightsHandlers(given.verbs ?? (() => [])),
    setup: async (ctx, input) => setup(ctx, input),
    me: async (ctx) => meOf(given, ctx, ctx.actor.id, ctx.actor.name),
    sessions: async (ctx) => ({ rows: (await store.sessionsOf(ctx.tx, ctx.actor.id, 20, ctx.now)).map((line) => sessionView(line, ctx)) }),
    startDisplay: async (ctx, input) => startDisplay(given, ctx, input.replaces),
    changePassword: async (ctx, input) => {
      const account = await store.accountOf(ctx.tx, ctx.actor)
      if (!(await verify(account.password_hash, input.current))) throw new Problem('refused', 'staff.wrong_password', { fields: [{ path: 'current', code: 'staff.wrong_password' }] })
      const rules = await store.passwordRules(ctx.tx)
      refuseAny(refusePassword(input.next, account.login, account.name, rules))
      for (const old of [account.password_hash, ...account.previous_hashes].slice(0, rules.remembered)) {
        if (await verify(old, input.next)) throw new Problem('refused', 'staff.password_used', { params: { count: rules.remembered }, fields: [{ path: 'next', code: 'staff.password_used' }] })
      }
      await store.setPassword(ctx.tx, account, await hash(input.next), ctx.now, rules.remembered)
      await store.endDisplays(ctx.tx, account.id, ctx.now, 'PASSWORD_CHANGED')
      forgetSessions()
      ctx.audit({ kind: 'SECURITY', subject: 'staff.password_changed', subjectId: ctx.actor.id, result: 'ok' })
      return { ok: true }
    },
  }
  const forgetTickets: JobSpec = { kind: 'staff.tickets', every: 86_400, run: async (ctx) => void (await sql`delete from sign_in_ticket where used_at < ${new Date(ctx.now.getTime() - TICKET_DAYS * 86_400_000)}`.execute(ctx.tx)) }
  return serve({ name: 'staff', operations, handlers, zh, jobs: [forgetTickets], prepare: { signInByTicket: (_body, input, before) => ticket.look(input, before) } })
}

/** A session of an admitted account, whichever way it was. */
async function open(given: StaffGiven, ctx: Ctx, account: store.AccountRow): Promise<Me & { setCookie: string }> {
  const token = randomBytes(32).toString('base64url')
  await store.clearFailures(ctx.tx, account.id)
  const endsAt = new Date(ctx.now.getTime() + SESSION_HOURS * 3_600_000)
  await store.openSession(ctx.tx, { id: ctx.newId(), tokenHash: tokenHash(token), account, now: ctx.now, endsAt, address: ctx.address, agent: '' })
  forgetSessions(account.person_id)
  ctx.audit({ kind: 'SIGN_IN', subject: account.login, subjectId: account.person_id, result: 'ok', actorName: account.name })
  const me = await meOf(given, ctx, account.person_id, account.name)
  return { ...me, setCookie: cookie(given, token, SESSION_HOURS * 3600) }
}

/** A second session, beside the one that asks: read-only (`display` of an operation), without idle end, found by its own cookie alone. */
async function startDisplay(given: StaffGiven, ctx: Ctx, replaces: string | undefined): Promise<Display & { setCookie: string }> {
  const account = await store.accountOf(ctx.tx, ctx.actor)
  if (replaces) await endOwnDisplay(ctx, account, replaces)
  const count = await store.displaysOf(ctx.tx, account.id, ctx.now)
  if (count >= MOST_DISPLAYS) throw new Problem('refused', 'staff.display_many', { params: { count } })
  const token = randomBytes(32).toString('base64url')
  const id = ctx.newId()
  const endsAt = new Date(ctx.now.getTime() + DISPLAY_DAYS * 86_400_000)
  await store.insertSession(ctx.tx, { id, tokenHash: tokenHash(token), account, now: ctx.now, endsAt, address: ctx.address, agent: '' }, 'DISPLAY')
  ctx.audit({ kind: 'SECURITY', subject: 'staff.display_started', subjectId: account.person_id, result: 'ok', data: { name: account.name, endsAt: endsAt.toISOString() } })
  // Without a path the browser takes the folder of this address (…/api), also behind a gateway that puts us below another one.
  const setCookie = `${DISPLAY_COOKIE}=${token}; HttpOnly; SameSite=Strict; Max-Age=${DISPLAY_DAYS * 86_400}${given.https ? '; Secure' : ''}`
  return { id, personId: account.person_id, name: account.name, endsAt: endsAt.toISOString(), setCookie }
}

/** 续期: the token of a wall is known to its browser alone, so a longer one is another session in the place of the old. @throws missing */
async function endOwnDisplay(ctx: Ctx, account: store.AccountRow, id: string): Promise<void> {
  if (!(await store.endDisplay(ctx.tx, { id, accountId: account.id, now: ctx.now, why: 'RENEWED' }))) throw missing()
  forgetSessions()
}

/** A wall ends at its end; another session also half an hour after its last use, even when a newer sign-in closed it later. */
function sessionView(line: store.SessionLine, ctx: Ctx): MySession {
  const current = line.id === ctx.actor.sessionId
  const idleEnd = line.kind === 'DISPLAY' ? Number.POSITIVE_INFINITY : Date.parse(line.last_seen_at) + passwordPolicy.idleMinutes * 60_000
  const ownEnd = Math.min(Date.parse(line.ends_at), idleEnd)
  const revoked = line.revoked_at ? Date.parse(line.revoked_at) : Number.POSITIVE_INFINITY
  const end = current ? Number.POSITIVE_INFINITY : Math.min(ownEnd, revoked)
  const why = line.revoked_why === 'SIGN_OUT' || line.revoked_why === 'NEWER_SIGN_IN' || line.revoked_why === 'RENEWED' ? line.revoked_why : 'OTHER'
  const ended = end > ctx.now.getTime() ? null : revoked <= ownEnd ? why : 'EXPIRED'
  return { id: line.id, kind: line.kind, current, startedAt: line.created_at, lastSeenAt: line.last_seen_at, endsAt: line.ends_at, address: line.address, ended, endedAt: ended ? new Date(end).toISOString() : null }
}

async function meOf(given: StaffGiven, ctx: Ctx, personId: string, name: string): Promise<Me> {
  const posts = await store.postsOf(ctx.tx, personId, localDate(ctx.now))
  const account = await store.accountOf(ctx.tx, { ...ctx.actor, id: personId })
  const { maxAgeDays } = await store.passwordRules(ctx.tx)
  const age = Math.floor((ctx.now.getTime() - Date.parse(account.password_changed_at)) / 86_400_000)
  return {
    personId,
    name,
    login: account.login,
    organisation: await store.organisationOf(ctx.tx, personId),
    posts: posts.map(({ verbs: _, ...post }) => post),
    verbs: [...new Set(posts.flatMap((post) => post.verbs))].sort(),
    mustChangePassword: account.must_change || age >= maxAgeDays,
    passwordExpiresInDays: maxAgeDays - age,
    idleMinutes: passwordPolicy.idleMinutes,
    demo: given.demo,
    bureau: given.bureau,
    now: ctx.now.toISOString(),
  }
}

const cookie = (given: StaffGiven, token: string, seconds: number) =>
  `${SESSION_COOKIE}=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}${given.https ? '; Secure' : ''}`
