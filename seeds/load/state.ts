import { sql } from 'kysely'
import type { Db, Tx } from '../../kernel/server/db.ts'

/** How large a history is made; `lean` leaves out what measuring does not need. */
export const sizes = {
  small: { hazards: 120, open: 60, quietShare: 1.2, lean: false },
  full: { hazards: 6_000, open: 960, quietShare: 1.2, lean: false },
  bench: { hazards: 118_572, open: 6_487, quietShare: 0.25, lean: true },
  'bench-large': { hazards: 1_200_000, open: 6_487, quietShare: 0.1, lean: true },
} as const
export type Size = keyof typeof sizes
export const isSize = (text: string): text is Size => Object.hasOwn(sizes, text)

/** How far the seeding has come: kept with the data, so that a start after Ctrl-C goes on where it was broken off. */
export interface SeedState {
  readonly step: 'HISTORY' | 'DONE'
  readonly size: Size
  /** The instant for which the world was made; a continued seed must make the same world. */
  readonly now: number
  /** Numbers of the batches of history that are committed. */
  readonly batches: readonly number[]
}

const KEY = 'seed.state'
const EVERYWHERE = '000000000000'

export async function stateOf(db: Db): Promise<SeedState | null> {
  const row = await db.all.selectFrom('setting').select('value').where('key', '=', KEY).where('area_code', '=', EVERYWHERE).executeTakeFirst()
  return (row?.value as SeedState | undefined) ?? null
}

/** True when somebody else's data is in the database: the demo does not mix with it. */
export async function isTaken(db: Db): Promise<boolean> {
  return (await db.all.selectFrom('person').select('id').limit(1).execute()).length > 0
}

interface Plain {
  query(text: string, values?: unknown[]): Promise<unknown>
}

/** Written inside the transaction whose end it tells of. */
export const begin = (client: Plain, state: SeedState) => client.query('insert into setting (key, area_code, value) values ($1, $2, $3::jsonb)', [KEY, EVERYWHERE, JSON.stringify(state)])

export const tick = (client: Plain, batch: number) =>
  client.query(`update setting set value = jsonb_set(value, '{batches}', (value -> 'batches') || $3::jsonb), version = version + 1 where key = $1 and area_code = $2`, [KEY, EVERYWHERE, JSON.stringify([batch])])

export async function finish(tx: Tx): Promise<void> {
  await sql`update setting set value = jsonb_set(value, '{step}', '"DONE"'), version = version + 1 where key = ${KEY} and area_code = ${EVERYWHERE}`.execute(tx)
}
