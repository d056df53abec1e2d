import { createHash } from 'node:crypto'
import { verify } from '@node-rs/argon2'
import { sql } from 'kysely'
import { Problem } from '../../../kernel/core/problem.ts'
import type { Before } from '../../../kernel/server/capability.ts'
import { auditRow, type Ctx } from '../../../kernel/server/context.ts'
import type { Tx } from '../../../kernel/server/db.ts'
import { TracedRefusal } from '../../../kernel/server/run.ts'
import { lockSeconds } from '../password.ts'
import * as store from './store.ts'
import { type Platform, redeem } from './ticket-platform.ts'

/**
 * A way of signing in. `look` asks others before the transaction opens; `admit` finds the account behind what was presented or
 * refuses with a trace. Everything after it — session, cookie, audit — is the same for all ways.
 */
export interface SignInWay<Given, Seen = undefined> {
  look(given: Given, before: Before): Promise<Seen>
  admit(ctx: Ctx, given: Given, seen: Seen): Promise<store.AccountRow>
}

// Verified when the account does not exist, so that both answers take the same time.
const nobody = '$argon2id$v=19$m=19456,t=2,p=1$An6FBRvkzeEg+7u20pMWvQ$ALn6ZN4FUeG0y4/a60eWX9oyrXCr7XHAdInJszSztiQ'

export const byPassword: SignInWay<{ login: string; password: string }> = {
  look: async () => undefined,
  admit: async (ctx, { login, password }) => {
    const account = await store.accountByLogin(ctx.tx, login)
    const lockedFor = account?.locked_until ? Date.parse(account.locked_until) - ctx.now.getTime() : 0
    if (lockedFor > 0) throw refused(ctx, login, 'staff.locked', { minutes: Math.ceil(lockedFor / 60_000) })
    const right = await verify(account?.password_hash ?? nobody, password)
    if (!account) throw refused(ctx, login, 'staff.wrong_password')
    if (!right) {
      const failures = account.failed_count + 1
      const seconds = lockSeconds(failures)
      const until = seconds ? new Date(ctx.now.getTime() + seconds * 1000) : null
      throw refused(ctx, login, 'staff.wrong_password', {}, (tx) => store.recordFailure(tx, account.id, failures, until))
    }
    if (account.disabled_at) throw refused(ctx, login, 'staff.disabled')
    return account
  },
}

/** The platform answers for the person; who he is here was bound beforehand by an administrator. Nobody is made by signing in. */
export const byTicket = (platforms: readonly Platform[]): SignInWay<{ platform: string; ticket: string }, string> => ({
  look: async ({ platform, ticket }, before) => {
    const found = platforms.find((one) => one.code === platform)
    if (!found) throw new Problem('refused', 'staff.platform_unknown')
    return redeem(found, ticket, before.now)
  },
  admit: async (ctx, { platform, ticket }, externalId) => {
    const subject = `${platform}：${masked(externalId)}`
    // A platform that gives the same ticket out twice, or is asked twice at once, lets in once.
    const { numAffectedRows } = await sql`insert into sign_in_ticket (hash, platform, used_at) values (${createHash('sha256').update(`${platform}\n${ticket}`).digest('hex')}, ${platform}, ${ctx.now}) on conflict (hash) do nothing`.execute(ctx.tx)
    if (Number(numAffectedRows ?? 0) !== 1) throw refused(ctx, subject, 'staff.ticket_used')
    const account = await store.accountByIdentity(ctx.tx, platform, ctx.secrets.blind(externalId))
    if (!account) throw refused(ctx, subject, 'staff.not_bound')
    if (account.disabled_at) throw refused(ctx, subject, 'staff.disabled')
    return account
  },
})

/** Enough to tell two apart, too little to use: 33****8901. */
export const masked = (externalId: string): string => (externalId.length <= 6 ? `${externalId.slice(0, 1)}****` : `${externalId.slice(0, 2)}****${externalId.slice(-4)}`)

/** A refused sign-in is audited, and counted, although its transaction rolls back. */
function refused(ctx: Ctx, login: string, code: string, params: Record<string, number> = {}, also: (tx: Tx) => Promise<unknown> = async () => undefined): TracedRefusal {
  const problem = new Problem(code === 'staff.locked' ? 'too_many' : 'unauthenticated', code, { params })
  return new TracedRefusal(problem, async (tx) => {
    await also(tx)
    await tx.insertInto('audit').values(auditRow(ctx, { kind: 'SIGN_IN', subject: login, result: code, actorName: login })).execute()
  })
}
