import { sql } from 'kysely'
import { missing, Problem } from '../../../kernel/core/problem.ts'
import type { Ctx, Handlers } from '../../../kernel/server/context.ts'
import type { operations } from '../operations.ts'
import type { Identity } from '../staff.ts'
import * as people from './people-store.ts'
import { masked } from './sign-in.ts'
import type { Platform } from './ticket-platform.ts'

type Part = Pick<Handlers<typeof operations>, 'identities' | 'bindIdentity' | 'unbindIdentity'>

const rowsOf = async (ctx: Ctx, personId: string): Promise<Identity[]> =>
  (await sql<Identity>`select i.id, i.platform, i.external_masked as "externalId", i.bound_at as "boundAt", p.name as "boundBy" from account_identity i join account a on a.id = i.account_id left join person p on p.id = i.bound_by
    where a.person_id = ${personId} and i.unbound_at is null order by i.platform, i.bound_at`.execute(ctx.tx)).rows

async function must(ctx: Ctx, id: string): Promise<people.PersonFull> {
  const found = await people.person(ctx.tx, ctx.actor, id, ctx.now)
  if (!found) throw missing()
  return found
}

/** Whose identity at a platform is whose account here: entered by whoever keeps accounts, never by the platform. */
export const identityHandlers = (platforms: readonly Platform[]): Part => ({
  identities: async (ctx, input) => {
    await must(ctx, input.id)
    return { rows: await rowsOf(ctx, input.id) }
  },
  bindIdentity: async (ctx, input) => {
    const who = await must(ctx, input.id)
    if (!platforms.some((one) => one.code === input.platform)) throw new Problem('refused', 'staff.platform_unknown', { fields: [{ path: 'platform', code: 'staff.platform_unknown' }] })
    if (!who.accountId) throw new Problem('refused', 'staff.no_account', { params: { name: who.name } })
    await sql`insert into account_identity (id, account_id, platform, external_blind, external_masked, bound_by, bound_at)
      values (${ctx.newId()}, ${who.accountId}, ${input.platform}, ${ctx.secrets.blind(input.externalId)}, ${masked(input.externalId)}, ${ctx.actor.id}, ${ctx.now})`.execute(ctx.tx)
    ctx.audit({ kind: 'ADMIN', subject: 'staff.identity_bound', subjectId: input.id, result: 'ok', data: { platform: input.platform, externalId: masked(input.externalId), name: who.name } })
    return { rows: await rowsOf(ctx, input.id) }
  },
  unbindIdentity: async (ctx, input) => {
    const who = await must(ctx, input.id)
    const { numAffectedRows } = await sql`update account_identity set unbound_at = ${ctx.now} where id = ${input.identityId} and account_id = ${who.accountId} and unbound_at is null`.execute(ctx.tx)
    if (Number(numAffectedRows ?? 0) !== 1) throw missing()
    ctx.audit({ kind: 'ADMIN', subject: 'staff.identity_unbound', subjectId: input.id, result: 'ok', data: { name: who.name } })
    return { rows: await rowsOf(ctx, input.id) }
  },
})
