import { hash } from '@node-rs/argon2'
import type { App } from '../../apps/server/app.ts'
import { ensureShipped } from '../../capabilities/checklist/server/public.ts'
import { ensureRoles } from '../../capabilities/staff/server/public.ts'
import type { Enterprise, Site } from '../enterprises.ts'
import { Bulk } from '../load/bulk.ts'
import { loadDistrict } from '../load/district.ts'
import { loadPerson } from '../load/people.ts'
import { isTaken } from '../load/state.ts'
import type { Shop } from '../shops.ts'
import { buildWorld, type World } from '../world.ts'
import { whole } from '../load/whole.ts'
import { type Expected, expectedAt } from './expected.ts'

/** Everybody's password in a replay: its database holds nothing else. */
export const replayPassword = 'Anlan#2026'

/** The morning before the first visit. */
export const DAY_ONE = '2020-02-10'
const START = Date.parse(`${DAY_ONE}T07:00:00+08:00`)

/** The district of the report under invented names: another seed than the demo, so other people and firms. */
export interface Stage {
  readonly world: World
  readonly expected: Expected
  /** Industrial enterprises on the register, those above scale first; all stand still when the campaign begins. */
  readonly firms: readonly Enterprise[]
  readonly shops: readonly Shop[]
}

export function stageOf(scale: number): Stage {
  const expected = expectedAt(scale)
  const world = buildWorld({ seed: 'longgang-2020', now: START })
  const all = [...world.enterprises()].map((e): Enterprise => ({ ...e, state: 'VOLUNTARY_STOP', loadPercent: null }))
  const above = all.filter((e) => e.aboveScale !== null).slice(0, expected.above)
  const below = all.filter((e) => e.aboveScale === null).slice(0, expected.firms - expected.above)
  const firms = [...above, ...below]
  const known = new Set(firms.map((e) => e.ref))
  const shops = [...world.shops()].slice(0, Math.max(expected.nightPlaces, Math.round(6_000 * scale)))
  return { world, expected, firms: firms.map((e) => ({ ...e, sites: e.sites.map((s) => detached(s, known)) })), shops }
}

/** A plant whose landlord is not on a reduced register stands by itself. */
function detached(site: Site, known: ReadonlySet<string>): Site {
  const landlord = site.parentRef?.split('-')[0]
  return landlord === undefined || known.has(landlord) ? site : { ...site, parentRef: null, lease: null }
}

export const safetyRef = (e: Pick<Enterprise, 'ref'>): string => `${e.ref}-safety`

/** The register only: areas, grids, people, parks, firms, shops. Everything that happens comes through HTTP. */
export async function loadRegistry(app: App, { world, firms, shops, expected }: Stage, say: (line: string) => void): Promise<void> {
  await app.db.transaction(async (tx) => {
    await ensureRoles(tx)
    await ensureShipped(tx, new Date(START))
  })
  if (await isTaken(app.db)) return
  const given = { secrets: app.runtime.secrets, passwordHash: await hash(replayPassword, { memoryCost: 1024, timeCost: 1, parallelism: 1 }) }
  await whole(app.db, async (client) => {
    const ended = () => app.db.pool.ending
    const reduced: World = { ...world, *enterprises() { yield* firms }, *shops() { yield* shops } }
    await loadDistrict({ client, ...given, ended, say }, reduced)
    const bulk = new Bulk(client, ended)
    const people = { bulk, ...given, now: new Date(START).toISOString() }
    for (const e of firms.slice(0, expected.aboveResumed)) {
      const manager = e.safetyManagers[0] ?? e.principal
      await loadPerson(people, { ref: safetyRef(e), login: null, name: manager.name, mobile: manager.mobile, phone: null, certificates: [], posts: [{ role: 'ENT_SAFETY', areaCode: e.sites[0]!.region12, department: '安全管理部', from: '2019-01-01', enterpriseRef: e.ref }] })
    }
    await bulk.flush()
  })
}
