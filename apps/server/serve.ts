import { openSetup } from '../../capabilities/staff/server/setup.ts'
import { ensureShipped } from '../../capabilities/checklist/server/shipped.ts'
import { ensureRoles } from '../../capabilities/staff/server/shipped.ts'
import { loadConfig } from '../../kernel/server/config.ts'
import { openDb } from '../../kernel/server/db.ts'
import { migrate, pendingMigrations } from '../../kernel/server/migrate.ts'
import { projectRoot } from '../../kernel/server/root.ts'
import { compose, migrationsFolder } from './app.ts'
import type { Lifetime } from './lifetime.ts'
import { listen } from './listen.ts'

/** Production: refuses to serve without a key, and on an older schema unless `--migrate` is given. */
export async function runServe(lifetime: Lifetime, args: readonly string[]): Promise<void> {
  const config = loadConfig({ mode: 'serve' })
  const db = await openDb(config)
  lifetime.onClose(() => db.close())
  const folder = migrationsFolder(projectRoot())
  const pending = await pendingMigrations(db, folder)
  if (pending.length && !args.includes('--migrate')) {
    throw new Error(`数据库还差 ${pending.length} 个迁移（${pending[0]} 起）。请先 npm run backup，再 npm run migrate，或加 --migrate 启动`)
  }
  await migrate(db, folder, (name) => console.log(`迁移 ${name}`))
  const app = await compose(config, db)
  lifetime.onClose(() => app.close())
  await db.transaction(ensureRoles)
  await db.transaction((tx) => ensureShipped(tx, app.clock.now()))
  const address = await listen(app, [config.port])
  await app.jobs.start()
  app.log.write('info', 'listening', { address, embedded: db.embedded })
  const token = await db.transaction((tx) => openSetup(tx, app.clock.now()))
  // To the console, never to the log: whoever collects logs could use it.
  if (token) console.error(`\n还没有任何账号。请在 24 小时内打开（只能用一次）：\n  ${address}/setup#token=${token}\n`)
}
