import { sql } from 'kysely'
import type { Actor } from '../../../kernel/server/actor.ts'
import type { Tx } from '../../../kernel/server/db.ts'
import { type PasswordRules, strictest } from '../password.ts'

export interface AccountRow {
  id: string
  person_id: string
  login: string
  name: string
  password_hash: string
  password_changed_at: string
  previous_hashes: string[]
  must_change: boolean
  failed_count: number
  locked_until: string | null
  disabled_at: string | null
  version: number
}

const accountColumns = ['account.id', 'account.person_id', 'account.login', 'person.name', 'account.password_hash', 'account.password_changed_at', 'account.previous_hashes', 'account.must_change', 'account.failed_count', 'account.locked_until', 'account.disabled_at', 'account.version'] as const

export const accountByLogin = (tx: Tx, login: string): Promise<AccountRow | undefined> =>
  tx.selectFrom('account').innerJoin('person', 'person.id', 'account.person_id').select(accountColumns).where('account.login', '=', login.toLowerCase()).executeTakeFirst()

/** The account bound to somebody's identity at a platform. */
export const accountByIdentity = (tx: Tx, platform: string, externalBlind: string): Promise<AccountRow | undefined> =>
  tx.selectFrom('account').innerJoin('person', 'person.id', 'account.person_id').innerJoin('account_identity', 'account_identity.account_id', 'account.id').select(accountColumns)
    .where('account_identity.platform', '=', platform).where('account_identity.external_blind', '=', externalBlind).where('account_identity.unbound_at', 'is', null).executeTakeFirst()

export const accountOf = (tx: Tx, actor: Actor): Promise<AccountRow> =>
  tx.selectFrom('account').innerJoin('person', 'person.id', 'account.person_id').select(accountColumns).where('account.person_id', '=', actor.id).executeTakeFirstOrThrow()

export const recordFailure = (tx: Tx, id: string, failures: number, lockedUntil: Date | null) =>
  tx.updateTable('account').set({ failed_count: failures, locked_until: lockedUntil }).where('id', '=', id).execute()

export const clearFailures = (tx: Tx, id: string) => tx.updateTable('account').set({ failed_count: 0, locked_until: null }).where('id', '=', id).execute()

export const setPassword = (tx: Tx, account: AccountRow, hash: string, now: Date, keep: number) =>
  tx
    .updateTable('account')
    .set({ password_hash: hash, password_changed_at: now, must_change: false, previous_hashes: [account.password_hash, ...account.previous_hashes].slice(0, keep), version: account.version + 1 })
    .where('id', '=', account.id)
    .execute()

export interface NewSession {
  id: string
  tokenHash: string
  account: AccountRow
  now: Date
  endsAt: Date
  address: string
  agent: string
}

export async function openSession(tx: Tx, session: NewSession): Promise<void> {
  // One session an account (conventions C14): the newest sign-in ends the others. A wall hangs on: it can do nothing in anybody's name.
  await tx.updateTable('session').set({ revoked_at: session.now, revoked_why: 'NEWER_SIGN_IN' }).where('account_id', '=', session.account.id).where('kind', '=', 'NORMAL').where('revoked_at', 'is', null).execute()
  await insertSession(tx, session, 'NORMAL')
}

export const insertSession = (tx: Tx, session: NewSession, kind: 'NORMAL' | 'DISPLAY') =>
  tx
    .insertInto('session')
    .values({ id: session.id, token_hash: session.tokenHash, account_id: session.account.id, person_id: session.account.person_id, created_at: session.now, last_seen_at: session.now, ends_at: session.endsAt, address: session.address, agent: session.agent, revoked_why: null, kind })
    .execute()

/** How many walls show now in the name of an account. */
export const displaysOf = async (tx: Tx, accountId: string, now: Date): Promise<number> =>
  (await tx.selectFrom('session').select('id').where('account_id', '=', accountId).where('kind', '=', 'DISPLAY').where('revoked_at', 'is', null).where('ends_at', '>', now.toISOString()).execute()).length

export const endDisplays = (tx: Tx, accountId: string, now: Date, why: string) =>
  tx.updateTable('session').set({ revoked_at: now, revoked_why: why }).where('account_id', '=', accountId).where('kind', '=', 'DISPLAY').where('revoked_at', 'is', null).execute()

/** One wall of an account that has not been ended by hand; one whose time is up may be renewed too. False: there is none. */
export const endDisplay = async (tx: Tx, given: { id: string; accountId: string; now: Date; why: string }): Promise<boolean> =>
  (await tx.updateTable('session').set({ revoked_at: given.now, revoked_why: given.why }).where('id', '=', given.id).where('account_id', '=', given.accountId).where('kind', '=', 'DISPLAY').where('revoked_at', 'is', null).returning('id').execute()).length > 0

export const endSession = (tx: Tx, id: string, now: Date, why: string) =>
  tx.updateTable('session').set({ revoked_at: now, revoked_why: why }).where('id', '=', id).where('revoked_at', 'is', null).execute()

export interface MyPost {
  id: string
  role: string
  roleName: string
  reachKind: string
  reach: string
  areaCode: string | null
  gridId: string | null
  enterpriseId: string | null
  verbs: string[]
}

/** Posts in force with a readable reach ("望汀街道", grid or firm name is added by the screen). */
export async function postsOf(tx: Tx, personId: string, today: string): Promise<MyPost[]> {
  const { rows } = await sql<MyPost>`
    select t.id, t.role_code as role, r.name as "roleName", t.reach_kind as "reachKind",
      coalesce(a.name, case t.reach_kind when 'GRID' then '本安格' when 'ENTERPRISE' then '本企业' when 'PARK' then '本园区' else '' end) as reach,
      t.area_code as "areaCode", t.grid_id as "gridId", t.enterprise_id as "enterpriseId", r.verbs
    from post t join role r on r.code = t.role_code left join area a on a.code = t.area_code
    where t.person_id = ${personId} and t.valid_from <= ${today}::date and (t.valid_to is null or t.valid_to >= ${today}::date)
    order by t.granted_at, t.id`.execute(tx)
  return rows
}

export const organisationOf = async (tx: Tx, personId: string): Promise<string | null> => {
  const row = await tx.selectFrom('person').leftJoin('organisation', 'organisation.id', 'person.organisation_id').select('organisation.name').where('person.id', '=', personId).executeTakeFirst()
  return row?.name ?? null
}

export interface SessionLine {
  id: string
  kind: 'NORMAL' | 'DISPLAY'
  created_at: string
  last_seen_at: string
  ends_at: string
  address: string
  revoked_at: string | null
  revoked_why: string | null
}

/** Walls that show now, then the last sign-ins of one person, newest first. */
export const sessionsOf = (tx: Tx, personId: string, limit: number, now: Date): Promise<SessionLine[]> =>
  tx
    .selectFrom('session')
    .select(['id', 'kind', 'created_at', 'last_seen_at', 'ends_at', 'address', 'revoked_at', 'revoked_why'])
    .where('person_id', '=', personId)
    .orderBy((eb) => eb.and([eb('kind', '=', 'DISPLAY'), eb('revoked_at', 'is', null), eb('ends_at', '>', now.toISOString())]), 'desc')
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

/** The bureau's own password rules over the least that assessors ask for. */
export async function passwordRules(tx: Tx): Promise<PasswordRules> {
  const { rows } = await sql<{ key: string; value: unknown }>`select key, value from setting where key in ('password.min_length', 'password.max_age_days', 'password.remembered') and area_code = '000000000000'`.execute(tx)
  return strictest(Object.fromEntries(rows.map((row) => [row.key, row.value])))
}
