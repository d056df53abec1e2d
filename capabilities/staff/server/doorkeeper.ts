import { createHash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import { rangeOf } from '../../../kernel/core/access.ts'
import { localDate } from '../../../kernel/core/time.ts'
import type { Post, SignedIn } from '../../../kernel/server/actor.ts'
import type { Db, Tx } from '../../../kernel/server/db.ts'
import type { Doorkeeper } from '../../../kernel/server/http.ts'
import { passwordPolicy, strictest } from '../password.ts'

/** A wall shows figures as long as its owner may see them. */
export const DISPLAY_VERB = 'statistics.read'
/** Seconds a found session is believed without asking again. A revocation here is at once, elsewhere within this. */
const BELIEVED_MS = 2000
const SEEN_EVERY_MS = 60_000

interface Remembered {
  who: SignedIn | undefined
  until: number
}

const remembered = new Map<string, Remembered>()

export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex')

/**
 * Forgets what is remembered of everybody: after a revocation, a granted post, a changed password. Of one person after a
 * sign-in or sign-out: a whole office comes to work in the same minutes, and nobody's session is asked for anew because of it.
 */
export function forgetSessions(personId?: string): void {
  if (personId === undefined) remembered.clear()
  else for (const [hash, { who }] of remembered) if (who?.personId === personId) remembered.delete(hash)
}

/** Tenants of parks, asked from the capability that owns them. */
export type ParkTenants = (tx: Tx, parkIds: readonly string[]) => Promise<string[]>

/** Finds the person of a session token with posts in force today; keeps the idle clock. */
export function doorkeeper(db: Db, tenantsOf: ParkTenants): Doorkeeper {
  const tx = db.all as unknown as Tx
  return async (token, { now }) => {
    const hash = tokenHash(token)
    const known = remembered.get(hash)
    if (known && known.until > now.getTime() && known.until - BELIEVED_MS <= now.getTime()) return known.who
    const found = await findSession(tx, hash, now, tenantsOf)
    const who = found?.who
    if (remembered.size > 20_000) remembered.clear()
    remembered.set(hash, { who, until: now.getTime() + BELIEVED_MS })
    if (found && Math.abs(now.getTime() - found.seenAt) > SEEN_EVERY_MS) await tx.updateTable('session').set({ last_seen_at: now }).where('token_hash', '=', hash).execute()
    return who
  }
}

async function findSession(tx: Tx, hash: string, now: Date, tenantsOf: ParkTenants): Promise<{ who: SignedIn; seenAt: number } | undefined> {
  const idleSince = new Date(now.getTime() - passwordPolicy.idleMinutes * 60_000)
  const today = localDate(now)
  const { rows } = await sessionSql(hash, now, idleSince, today).execute(tx)
  const first = rows[0]
  if (!first) return undefined
  const posts: Post[] = []
  for (const row of rows) if (row.post_id) posts.push(await toPost(tx, row, tenantsOf))
  const display = first.kind === 'DISPLAY'
  if (display && !posts.some((post) => post.verbs.has(DISPLAY_VERB))) return undefined
  const aged = now.getTime() - Date.parse(first.password_changed_at) > strictest({ 'password.max_age_days': first.max_age_days }).maxAgeDays * 86_400_000
  return { who: { sessionId: first.session_id, personId: first.person_id, name: first.name, posts, mustChangePassword: first.must_change || aged, display }, seenAt: Date.parse(first.last_seen_at) }
}

interface SessionRow {
  session_id: string
  kind: string
  last_seen_at: string
  person_id: string
  name: string
  must_change: boolean
  password_changed_at: string
  max_age_days: unknown
  post_id: string | null
  role_code: string
  role_name: string
  verbs: string[]
  reach_kind: string
  area_code: string | null
  grid_id: string | null
  enterprise_id: string | null
  park_id: string | null
}

const sessionSql = (hash: string, now: Date, idleSince: Date, today: string): RawBuilder<SessionRow> => sql<SessionRow>`
  select s.id as session_id, s.kind, s.last_seen_at, p.id as person_id, p.name, a.must_change, a.password_changed_at,
    (select value from setting where key = 'password.max_age_days' and area_code = '000000000000') as max_age_days,
    t.id as post_id, t.role_code, r.name as role_name, r.verbs, t.reach_kind, t.area_code, t.grid_id, t.enterprise_id, t.park_id
  from session s
  join account a on a.id = s.account_id and a.disabled_at is null
  join person p on p.id = s.person_id and p.left_on is null
  left join post t on t.person_id = p.id and t.valid_from <= ${today}::date and (t.valid_to is null or t.valid_to >= ${today}::date)
  left join role r on r.code = t.role_code
  where s.token_hash = ${hash} and s.revoked_at is null and s.ends_at > ${now} and (s.last_seen_at > ${idleSince} or s.kind = 'DISPLAY')
  order by t.granted_at, t.id`

async function toPost(tx: Tx, row: SessionRow, tenantsOf: ParkTenants): Promise<Post> {
  const areas = row.reach_kind === 'AREA' && row.area_code ? [rangeOf(row.area_code)] : []
  const grids = row.reach_kind === 'GRID' && row.grid_id ? [row.grid_id] : []
  const own = row.reach_kind === 'ENTERPRISE' && row.enterprise_id ? [row.enterprise_id] : []
  const tenants = row.reach_kind === 'PARK' && row.park_id ? await tenantsOf(tx, [row.park_id]) : []
  return { id: row.post_id!, role: row.role_code, roleZh: row.role_name, verbs: new Set(row.verbs), reach: { areas, grids, enterprises: [...own, ...tenants] } }
}
