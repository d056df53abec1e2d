import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { ensureShipped } from '../../capabilities/checklist/server/shipped.ts'
import { ensureRoles } from '../../capabilities/staff/server/shipped.ts'
import { type Config, loadConfig } from '../../kernel/server/config.ts'
import { openDb } from '../../kernel/server/db.ts'
import { migrate } from '../../kernel/server/migrate.ts'
import { projectRoot } from '../../kernel/server/root.ts'
import { type App, compose, migrationsFolder } from './app.ts'
import type { Lifetime } from './lifetime.ts'
import { listen } from './listen.ts'

/** What seeds/load.ts offers; it is a bundle of its own, so that production does not carry it. */
interface Seeds {
  seed(app: App, given: { say: (line: string) => void; size: string }): Promise<void>
  demoPeople?: readonly { login: string; name: string; what: string }[]
  demoPassword: string
}

const say = (line: string) => console.log(`  ${line}`)

/** The demo: embedded database in ./data, filled with the fictional district on the first start. */
export async function runDemo(lifetime: Lifetime): Promise<void> {
  const config = loadConfig({ mode: 'demo' }, { ANGRID_LOG: 'error', ...process.env })
  const began = Date.now()
  say(config.databaseUrl ? '连接数据库…' : `打开内置数据库（${config.dataDir}）…`)
  const db = await openDb(config)
  lifetime.onClose(() => db.close())
  const applied = await migrate(db, migrationsFolder(projectRoot()))
  if (applied.length) say(`建表：${applied.length} 个迁移`)
  const app = await compose(config, db)
  lifetime.onClose(() => app.close())
  await db.transaction(ensureRoles)
  await db.transaction((tx) => ensureShipped(tx, app.clock.now()))
  const size = process.env.ANGRID_SEED_SIZE ?? 'full'
  const seeds = await seedsModule(size)
  await seeds.seed(app, { say, size })
  if (lifetime.ending) return
  const address = await listen(app, portsFrom(config))
  await app.jobs.start()
  announce(app, address, seeds, Date.now() - began)
}

const portsFrom = (config: Config): number[] => (process.env.ANGRID_PORT ? [config.port] : Array.from({ length: 20 }, (_, i) => config.port + i))

/** The fictional district, or with size "cast" only the fifteen people of the tests. */
async function seedsModule(size: string): Promise<Seeds> {
  const here = dirname(fileURLToPath(import.meta.url))
  const built = [...(size === 'cast' ? [] : ['seeds.js']), 'cast.js'].map((name) => join(here, name)).find(existsSync)
  if (!built) throw new Error('没有演示数据，请用 npm start 启动')
  return (await import(pathToFileURL(built).href)) as Seeds
}

function announce(app: App, address: string, seeds: Seeds, ms: number): void {
  const lines = [
    '',
    `安格 AnGrid 演示版已启动（${(ms / 1000).toFixed(1)} 秒）`,
    '',
    `  打开       ${address}`,
    `  手机       ${address}/field/`,
    `  接口文档   ${address}/api/docs`,
    '',
    `  演示人员（口令都是 ${seeds.demoPassword}）`,
    ...(seeds.demoPeople ?? []).map((p) => `    ${p.login.padEnd(8)}${p.name}  ${p.what}`),
    '',
    app.db.embedded
      ? '  内置数据库供试用和一个小科室使用，突然断电可能丢失最近的内容；一个区请用 PostgreSQL（DATABASE_URL）。'
      : '  数据库：PostgreSQL',
    '  停止：Ctrl-C',
    '',
  ]
  console.log(lines.join('\n'))
}
