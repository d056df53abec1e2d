import { hash } from '@node-rs/argon2'
import type { App } from '../apps/server/app.ts'
import { ensureShipped } from '../capabilities/checklist/server/public.ts'
import { ensureRoles } from '../capabilities/staff/server/public.ts'
import { castNames, type Login } from './cast.ts'
import { planAhead } from './load/ahead.ts'
import { campaignsAhead } from './load/campaigns-ahead.ts'
import { loadCampaigns } from './load/campaigns.ts'
import { type PlaceBook, bookOf } from './load/book.ts'
import { loadDistrict } from './load/district.ts'
import { Interrupted } from './load/bulk.ts'
import { finishSeed, sealYear } from './load/ending.ts'
import { loadHistory } from './load/history.ts'
import { measuresAhead } from './load/measures-ahead.ts'
import { begin, isSize, isTaken, type SeedState, type Size, sizes, stateOf } from './load/state.ts'
import { whole } from './load/whole.ts'
import { buildWorld, type World } from './world.ts'

/** Printed by the start screen and never used in production. */
export const demoPassword = 'Anlan#2026'

const sights: readonly (readonly [Login, string])[] = [
  ['lin', '望汀街道安格员：自己的安格、巡查、上报'], ['wang', '执法人员：检查、核定、文书、复查'], ['he', '执法人员：与王砚川搭档'], ['lu', '执法人员：复查的新面孔'], ['xu', '科长：审批、安排复查、移送'],
  ['chen', '分管负责人：重大隐患、督办、全区数字'], ['wei', '法制审核'], ['zhou', '望汀街道应急办：本街道的企业、隐患和督促'], ['han', '沅埠街道应急办：看不到望汀街道'], ['zhao', '企业安全管理人员：签收、整改、提交'],
  ['feng', '企业主要负责人：签署重大隐患治理方案'], ['jiang', '澜湖智造园管理方：园内企业和隐患'], ['sun', '系统管理员'], ['wu', '安全管理员：授权'], ['zheng', '安全审计员：审计与账本'], ['qian', '宁川区执法人员：安澜区的一切都看不到'],
]
export const demoPeople = sights.map(([login, what]) => ({ login, name: castNames[login], what }))

/**
 * The fictional district with a year of work. A second call finds it; one that was broken off goes on where it stopped: the
 * district itself is one transaction, the year comes in batches, counters and todos are the last transaction.
 * @throws Interrupted when the server is told to end meanwhile; RangeError for an unknown size
 */
export async function seed(app: App, { say, size }: { say: (line: string) => void; size: string }): Promise<void> {
  if (!isSize(size)) throw new RangeError(`没有规模 ${size}；可用：${Object.keys(sizes).join('、')}`)
  const found = await stateOf(app.db)
  if (found?.step === 'DONE') return
  if (!found && (await isTaken(app.db))) return say('库中已有数据，不写入演示数据')
  const began = Date.now()
  say(found ? '接着写入演示数据…' : '第一次启动：写入虚构的安澜区…')
  try {
    await write(app, { found, size, say })
  } catch (error) {
    // Whatever fails once the end has begun fails because of it: the pool is closed under the writer's hands.
    throw app.db.pool.ending ? new Interrupted('已中断，下次启动从断开处继续') : error
  }
  say(`演示数据写好，用时 ${((Date.now() - began) / 1000).toFixed(0)} 秒`)
}

async function write(app: App, { found, size, say }: { found: SeedState | null; size: Size; say: (line: string) => void }): Promise<void> {
  const passwordHash = await hash(demoPassword)
  const { state, world, places } = found ? resumed(found) : await fresh(app, { say, size, passwordHash })
  const { visits, hazards, folk, campaigns } = await loadHistory({ app, world, places, state, say })
  const { lean } = sizes[state.size]
  await loadCampaigns(app, { campaigns, folk })
  if (!lean) {
    await planAhead(app, world, demoPassword)
    await campaignsAhead(app, world, demoPassword)
    await measuresAhead(app, world, demoPassword)
  }
  await finishSeed(app, { world, passwordHash, visits, hazards, say })
  if (!lean) await sealYear(app, say)
}

interface Begun {
  readonly state: SeedState
  readonly world: World
  readonly places: PlaceBook
}

/** The same world again, from the instant that was kept. */
function resumed(state: SeedState): Begun {
  const world = buildWorld({ now: state.now })
  return { state, world, places: bookOf(world) }
}

async function fresh(app: App, { say, size, passwordHash }: { say: (line: string) => void; size: Size; passwordHash: string }): Promise<Begun> {
  const { db, runtime, clock } = app
  const now = clock.now()
  await db.transaction(async (tx) => {
    await ensureRoles(tx)
    await ensureShipped(tx, now)
  })
  const world = buildWorld({ now: now.getTime() })
  const state: SeedState = { step: 'HISTORY', size, now: now.getTime(), batches: [] }
  return whole(db, async (client) => {
    const places = await loadDistrict({ client, secrets: runtime.secrets, passwordHash, ended: () => db.pool.ending, say }, world)
    await begin(client, state)
    return { state, world, places }
  })
}
