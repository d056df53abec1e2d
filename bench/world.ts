import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { compose } from '../apps/server/app.ts'
import { loadConfig } from '../kernel/server/config.ts'
import { openDb } from '../kernel/server/db.ts'
import { migrate } from '../kernel/server/migrate.ts'
import { projectRoot } from '../kernel/server/root.ts'
import { demoPassword, seed } from '../seeds/load.ts'
import { cpuMs, type Target } from './load.ts'
import { databaseUrl, server, start } from './processes.ts'

export type Size = 'bench' | 'bench-large'
const key = Buffer.alloc(32, 7).toString('base64')
const dataDir = join(projectRoot(), '.cache', 'bench')

/** The database of a size on the local PostgreSQL: made and seeded once, kept for the next run. */
export async function prepared(size: Size): Promise<string> {
  mkdirSync(dataDir, { recursive: true })
  const name = `${process.env.ANGRID_BENCH_DB ?? 'angrid'}_${size.replace('-', '_')}`
  const admin = new pg.Client({ connectionString: server })
  await admin.connect()
  const { rowCount } = await admin.query('select 1 from pg_database where datname = $1', [name])
  if (!rowCount) await admin.query(`create database ${name} template template0 encoding 'UTF8'`)
  await admin.end()
  const url = databaseUrl(name)
  const db = await openDb({ databaseUrl: url, dataDir, poolSize: 4 })
  await migrate(db, join(projectRoot(), 'migrations'))
  const app = await compose(loadConfig({ mode: 'test', dataDir, databaseUrl: url, key, logLevel: 'silent' }, {}), db)
  await seed(app, { say: (line) => console.log(`  ${line}`), size })
  await db.pool.query('vacuum analyze')
  await app.close()
  return url
}

/** AnGrid on that database, signed in as one of the cast. */
export async function angrid(url: string, login: string): Promise<Target & { stop(): void }> {
  const target = await start('angrid', 'bench/angrid.ts', { DATABASE_URL: url, ANGRID_KEY: key, ANGRID_DATA: dataDir, ANGRID_LOG: 'error', ANGRID_RATE_FACTOR: '1000000' })
  await settled(target)
  return { ...target, headers: { cookie: await cookieOf(target, login), 'x-angrid': '1' } }
}

/** Waits until the background has caught up with the seeded year (timers, escalations, seals): under 5 % of a core. It stays on. */
async function settled(target: Target): Promise<void> {
  for (let quiet = 0, before = cpuMs(target.pid), waited = 0; quiet < 3 && waited < 900; waited += 2) {
    await new Promise((wait) => setTimeout(wait, 2000))
    const now = cpuMs(target.pid)
    quiet = now - before < 100 ? quiet + 1 : 0
    before = now
  }
}

export async function cookieOf(target: Target, login: string): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${target.port}/api/sign-in`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-angrid': '1' }, body: JSON.stringify({ login, password: demoPassword }) })
  if (!answer.ok) throw new Error(`${login} cannot sign in: ${await answer.text()}`)
  return answer.headers.get('set-cookie')?.split(';')[0] ?? ''
}

export const limit = (url: string): Promise<Target & { stop(): void }> => start('limit', 'bench/limit/main.ts', { DATABASE_URL: url })

/** Statements an AnGrid server has sent, from its own metrics. */
export const statementsOf = async (target: Target): Promise<number> => {
  const text = await fetch(`http://127.0.0.1:${target.port}/metrics`).then((r) => r.text())
  return Number(/^angrid_sql_statements (\d+)/m.exec(text)?.[1] ?? 0)
}
