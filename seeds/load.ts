import { hash } from '@node-rs/argon2'
import { ensureShipped } from '../capabilities/checklist/server/public.ts'
import { ensureRoles } from '../capabilities/staff/server/public.ts'
import type pg from 'pg'
import type { Db } from '../kernel/server/db.ts'
import type { Secrets } from '../kernel/server/secret.ts'
import { Bulk } from './load/bulk.ts'
import { loadMember, loadOrganisations, loadPerson } from './load/people.ts'
import { loadEnterprise, loadLeases, loadParks, loadShop } from './load/places.ts'
import { loadRegion } from './load/region.ts'
import { buildWorld, type World } from './world.ts'

export interface SeedGiven {
  readonly db: Db
  readonly secrets: Secrets
  readonly now: Date
  /** Tells a person what is being made. */
  say(line: string): void
  /** The password of every demo account. */
  readonly password: string
}

/** Printed by the start screen and never used in production. */
export const demoPassword = 'Anlan#2026'

/** The fictional district in one transaction: a broken start leaves nothing behind. The world comes back for its history. */
export async function seedWorld(given: SeedGiven): Promise<World> {
  const world = buildWorld({ now: given.now.getTime() })
  const passwordHash = await hash(given.password)
  await given.db.transaction(async (tx) => {
    await ensureRoles(tx)
    await ensureShipped(tx, given.now)
  })
  const client: pg.PoolClient = await given.db.pool.connect()
  try {
    await client.query('begin')
    await loadAll(given, world, client, passwordHash)
    await client.query('commit')
    await client.query('analyze')
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
  return world
}

async function loadAll(given: SeedGiven, world: World, client: pg.PoolClient, passwordHash: string): Promise<void> {
  const bulk = new Bulk(client)
  const people = { bulk, secrets: given.secrets, now: given.now.toISOString(), passwordHash }
  const places = { bulk, secrets: given.secrets, now: world.now }
  given.say('区划、安格')
  await loadRegion(bulk, world.region)
  await loadOrganisations(bulk, world.region, [...world.cast, ...world.staff, ...world.members])
  given.say('园区、楼栋')
  await loadParks(places, world.parks, world.region)
  let count = 0
  for (const enterprise of world.enterprises()) {
    await loadEnterprise(places, enterprise)
    if (++count % 7000 === 0) given.say(`企业 ${count.toLocaleString('en-US')} / 28,000`)
  }
  for (const enterprise of world.neighbours()) await loadEnterprise(places, enterprise)
  given.say('商铺、小场所')
  for (const shop of world.shops()) await loadShop(places, shop)
  await bulk.flush()
  await loadLeases(places, client, world.enterprises())
  given.say('人员、岗位、证件')
  for (const person of [...world.cast, ...world.staff].filter((p) => p.ref !== 'lin')) await loadPerson(people, person)
  for (const member of world.members) await loadMember(people, member, world.region)
  await bulk.flush()
}
