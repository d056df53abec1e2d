import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { tenantsOf } from '../../capabilities/enterprise/server/public.ts'
import { doorkeeper } from '../../capabilities/staff/server/doorkeeper.ts'
import { servePublicBriefings } from '../../capabilities/statistics/server/briefing-public.ts'
import { serveSetupPage } from '../../capabilities/staff/server/setup-page.ts'
import { serveDrawPage } from '../../capabilities/campaign/server/draw-page.ts'
import type { Capability } from '../../kernel/server/capability.ts'
import { type Clock, clock } from '../../kernel/server/clock.ts'
import type { Config } from '../../kernel/server/config.ts'
import type { Db } from '../../kernel/server/db.ts'
import { serveDocs } from '../../kernel/server/docs-page.ts'
import { serveHealth } from '../../kernel/server/health.ts'
import { buildHttp } from '../../kernel/server/http.ts'
import { type Jobs, jobs } from '../../kernel/server/jobs.ts'
import { ledgerEpoch, sealingJob } from '../../kernel/server/ledger.ts'
import { type Log, log } from '../../kernel/server/log.ts'
import { metrics } from '../../kernel/server/metrics.ts'
import type { Runtime } from '../../kernel/server/run.ts'
import { servePages } from '../../kernel/server/pages.ts'
import { projectRoot } from '../../kernel/server/root.ts'
import { secrets } from '../../kernel/server/secret.ts'
import { migrationsFolder } from './folders.ts'
import { capabilities } from './capabilities.ts'
import { entries } from './entries.ts'
import { embeddedUpkeep } from './upkeep.ts'

/** A composed server that does not listen yet: for main.ts, tests and benchmarks. */
export interface App {
  readonly config: Config
  readonly db: Db
  readonly clock: Clock
  readonly runtime: Runtime
  readonly capabilities: readonly Capability[]
  readonly http: FastifyInstance
  /** Not started by compose: main.ts starts them, tests run what is due. */
  readonly jobs: Jobs
  readonly log: Log
  close(): Promise<void>
}

export { migrationsFolder } from './folders.ts'

/** Composes everything around an open database. */
export async function compose(config: Config, db: Db): Promise<App> {
  const time = clock(config.movableClock)
  const epoch = await db.transaction(ledgerEpoch)
  const runtime: Runtime = {
    db,
    secrets: secrets(config.key),
    now: time.now,
    epoch: () => epoch,
    queue: { wake: () => undefined },
    openBeforePasswordChange: new Set(['staff.me', 'staff.signOut', 'staff.changePassword']),
  }
  const mounted = capabilities(config)
  const writer = log(config.logLevel)
  const queue = jobs(runtime, mounted, [sealingJob({ algorithm: config.ledgerHash, seconds: config.sealSeconds, epoch: runtime.epoch }), ...embeddedUpkeep(db, config)], writer)
  const figures = metrics()
  const http = await buildHttp({
    config,
    runtime,
    capabilities: mounted,
    doorkeeper: doorkeeper(db, tenantsOf),
    log: writer,
    metrics: figures,
    entries,
  })
  const root = projectRoot()
  serveDocs(http, mounted)
  serveSetupPage(http)
  servePublicBriefings(http, db)
  serveDrawPage(http)
  serveHealth(http, { db, metrics: figures, migrations: migrationsFolder(root), token: config.metricsToken })
  servePages(http, join(root, 'dist', 'console'))
  servePages(http, join(root, 'dist', 'field'), '/field/')
  await http.ready()
  const close = async () => {
    await http.close()
    await queue.stop()
    await db.close()
  }
  return { config, db, clock: time, runtime, capabilities: mounted, http, jobs: queue, log: writer, close }
}
