import { hash } from '@node-rs/argon2'
import type { App } from '../apps/server/app.ts'
import { shippedRoles } from '../capabilities/staff/roles.ts'
import { cast, castPassword, loadCast } from './cast.ts'

/** The small test world as a demo: a running server in seconds for who works on a screen (ANGRID_SEED_SIZE=cast). */
export const demoPassword = castPassword

export const demoPeople = Object.entries(cast).map(([login, person]) => ({ login, name: person.name, what: person.role }))

/** Writes the cast once; a second call finds people and leaves everything as it is. */
export async function seed(app: App, given: { say: (line: string) => void }): Promise<void> {
  const { count } = await app.db.all.selectFrom('person').select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
  if (count > 0) return
  given.say('写入演示人员…')
  await loadCast(app.db, app.runtime, { roles: shippedRoles, passwordHash: await hash(demoPassword), now: app.clock.now() })
}
