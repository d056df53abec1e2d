/**
 * One server process of a replay: the product on a clock that the driver moves. Speaks HTTP for everything that happens;
 * the parent's channel is for the clock and for verifying the ledger.
 */
import { compose, migrationsFolder } from '../../apps/server/app.ts'
import { listen } from '../../apps/server/listen.ts'
import { loadConfig } from '../../kernel/server/config.ts'
import { openDb, type Tx } from '../../kernel/server/db.ts'
import { exportLedger, verifyLedger } from '../../kernel/server/ledger-file.ts'
import { migrate } from '../../kernel/server/migrate.ts'
import { projectRoot } from '../../kernel/server/root.ts'
import type { Asked, Told } from './channel.ts'
import { loadRegistry, stageOf } from './registry.ts'

const { REPLAY_DATA: dataDir = '', REPLAY_SCALE: scale = '', REPLAY_FIRST: first = '', DATABASE_URL: databaseUrl = '' } = process.env
const config = loadConfig({ mode: 'test', dataDir, databaseUrl, movableClock: true, rateFactor: 1_000_000, logLevel: 'error', sealSeconds: 2, host: '127.0.0.1', port: 0 }, {})
const db = await openDb(config)
if (first) await migrate(db, migrationsFolder(projectRoot()))
const app = await compose(config, db)
const tell = (told: Told) => process.send?.(told)
let moves = 0

const answers: { [K in Asked['ask']]: (asked: Extract<Asked, { ask: K }>) => Promise<unknown> } = {
  async clock({ to }) {
    app.clock.advance(Date.parse(to) - app.clock.now().getTime())
    // One process works on the queue: a lease of five minutes ends at once when the clock moves on by hours.
    if (first && moves === 0) await app.jobs.start()
    // Tables that fill within minutes outrun the database's own upkeep, and plans made for empty ones would stay; nothing waits for it.
    if (first && databaseUrl && [1, 4, 16].includes(moves)) void db.pool.query('analyze').catch(() => undefined)
    moves++
    return app.clock.now().toISOString()
  },
  async ledger() {
    const { ok, batches, sealed, unsealed, chain, faults } = await verifyLedger(exportLedger(db.all as unknown as Tx, new Date()), [])
    return { ok, batches, sealed, unsealed, chain, faults: faults.length }
  },
}

process.on('message', (asked: Asked) => {
  void (answers[asked.ask] as (asked: Asked) => Promise<unknown>)(asked).then(
    (value) => tell({ id: asked.id, value }),
    (error: unknown) => tell({ id: asked.id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  )
})
process.on('disconnect', () => void app.close().finally(() => process.exit(0)))
process.on('SIGINT', () => undefined)

if (first) await loadRegistry(app, stageOf(Number(scale)), (line) => console.error(`  ${line}`))
if (first && databaseUrl) await db.pool.query('analyze')
const address = await listen(app, [0])
tell({ id: 0, value: address })
