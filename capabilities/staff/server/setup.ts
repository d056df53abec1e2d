import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { hash } from '@node-rs/argon2'
import { sql } from 'kysely'
import { Problem, refuseAny } from '../../../kernel/core/problem.ts'
import { localDate } from '../../../kernel/core/time.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import type { Tx } from '../../../kernel/server/db.ts'
import { administratorKinds, administrators, refuseSetup, type Setup } from '../setup.ts'
import { ensureRoles } from './shipped.ts'
import './tables.ts'

const KEY = 'staff.setup'
const WHOLE = '000000000000'
const VALID_MS = 24 * 3_600_000

interface Stored {
  hash: string
  until: string
}

const digest = (token: string): string => createHash('sha256').update(token).digest('hex')

/**
 * The token of a set-up link, when nobody has an account yet; only its hash is stored. A new one replaces the last.
 * @returns undefined when somebody can already sign in
 */
export async function openSetup(tx: Tx, now: Date): Promise<string | undefined> {
  if (await anybody(tx)) return undefined
  const token = randomBytes(24).toString('base64url')
  const stored: Stored = { hash: digest(token), until: new Date(now.getTime() + VALID_MS).toISOString() }
  await sql`insert into setting (key, area_code, value) values (${KEY}, ${WHOLE}, ${JSON.stringify(stored)}::jsonb)
    on conflict (key, area_code) do update set value = excluded.value, version = setting.version + 1`.execute(tx)
  return token
}

const anybody = async (tx: Tx): Promise<boolean> => !!(await tx.selectFrom('account').select('id').limit(1).executeTakeFirst())

/** Uses the link up: writes the bureau and the three administrators, each of whom changes the password at first sign-in. */
export async function setup(ctx: Ctx, input: Setup): Promise<{ ok: true }> {
  await useLink(ctx, input.token)
  refuseAny(refuseSetup(input))
  await ensureRoles(ctx.tx)
  await ctx.tx.insertInto('area').values({ code: input.areaCode, parent_code: null, name: input.areaName, kind: 'DISTRICT', sort_no: 0, valid_from: localDate(ctx.now) }).onConflict((on) => on.column('code').doNothing()).execute()
  const bureauId = ctx.newId()
  await ctx.tx.insertInto('organisation').values({ id: bureauId, name: input.bureau, kind: 'BUREAU', area_code: input.areaCode, parent_id: null, paper_prefix: null, valid_to: null }).execute()
  ctx.emit({ aggregate: 'organisation', id: bureauId, version: 1, event: 'staff.set_up', areaCode: input.areaCode, data: { bureau: input.bureau, area: input.areaName } })
  for (const kind of administratorKinds) await writeAdministrator(ctx, input, kind, bureauId)
  ctx.audit({ kind: 'ADMIN', subject: 'staff.set_up', subjectId: bureauId, result: 'ok' })
  return { ok: true }
}

/** Deletes the stored hash in the same transaction: of two who hurry, one waits and then finds it gone. */
async function useLink(ctx: Ctx, token: string): Promise<void> {
  const { rows } = await sql<{ value: Stored }>`delete from setting where key = ${KEY} and area_code = ${WHOLE} returning value`.execute(ctx.tx)
  const stored = rows[0]?.value
  const right = stored !== undefined && timingSafeEqual(Buffer.from(stored.hash), Buffer.from(digest(token)))
  if (!right || Date.parse(stored.until) <= ctx.now.getTime() || (await anybody(ctx.tx))) throw new Problem('gone', 'staff.setup_closed')
}

async function writeAdministrator(ctx: Ctx, input: Setup, kind: (typeof administratorKinds)[number], organisationId: string): Promise<void> {
  const { name, login, password } = input[kind]
  const personId = ctx.newId()
  await ctx.tx.insertInto('person').values({ id: personId, name, name_py: login, organisation_id: organisationId, phone_sealed: null, phone_tail: null, phone_blind: null, id_sealed: null, id_masked: null, duty_title: null, left_on: null }).execute()
  await ctx.tx.insertInto('account').values({ id: ctx.newId(), person_id: personId, login, password_hash: await hash(password), password_changed_at: ctx.now, must_change: true, created_by: null, created_at: ctx.now }).execute()
  await ctx.tx
    .insertInto('post')
    .values({ id: ctx.newId(), person_id: personId, role_code: administrators[kind], reach_kind: 'AREA', area_code: input.areaCode, grid_id: null, enterprise_id: null, park_id: null, valid_from: localDate(ctx.now), valid_to: null, granted_by: null, granted_at: ctx.now })
    .execute()
  ctx.emit({ aggregate: 'person', id: personId, version: 1, event: 'staff.administrator_made', areaCode: input.areaCode, data: { name, role: administrators[kind] } })
}
