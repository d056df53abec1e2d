import { hash } from '@node-rs/argon2'
import { ensureShipped } from '../capabilities/checklist/server/public.ts'
import { ensureRoles } from '../capabilities/staff/server/public.ts'
import type { App } from '../apps/server/app.ts'
import { loadDistrict } from './load/district.ts'
import { buildWorld } from './world.ts'

/** Printed by the start screen and never used in production. */
export const demoPassword = 'Anlan#2026'

export async function seed(app: App, given: { say: (line: string) => void; size: string }): Promise<void> {
  const { db, runtime } = app
  const now = app.clock.now()
  await db.transaction(async (tx) => {
    await ensureRoles(tx)
    await ensureShipped(tx, now)
  })
  const world = buildWorld({ now: now.getTime() })
  given.say('world')
  const client = await db.pool.connect()
  await client.query('begin')
  await loadDistrict({ client, secrets: runtime.secrets, passwordHash: await hash(demoPassword), ended: () => db.pool.ending, say: given.say }, world)
  await client.query('commit')
  client.release()
}
