import { spawn, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hash } from '@node-rs/argon2'
import pg from 'pg'
import { compose } from '../apps/server/app.ts'
import { shippedRoles } from '../capabilities/staff/roles.ts'
import { loadCast } from '../house/cast.ts'
import { loadConfig } from '../kernel/server/config.ts'
import { openDb } from '../kernel/server/db.ts'
import { migrate } from '../kernel/server/migrate.ts'
import { projectRoot } from '../kernel/server/root.ts'
import { demoPassword } from '../seeds/load.ts'
import type { Target } from './load.ts'
import { databaseUrl, freePort, server } from './processes.ts'
import { cookieOf } from './world.ts'

const key = Buffer.alloc(32, 7).toString('base64')

async function admin(text: string): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query(text)
  await client.end()
}

/** The small cast in a database of its own, and the built server on it, signed in as the street office. */
export async function importWorld(folder: string, embedded: boolean) {
  const { prepare } = (await import(join(projectRoot(), 'scripts/prepare.mjs'))) as { prepare(given: { web: boolean; say(line: string): void }): Promise<void> }
  await prepare({ web: false, say: (line: string) => console.log(`  ${line}`) })
  const name = `angrid_import_${randomUUID().slice(0, 8)}`
  if (!embedded) await admin(`create database ${name} template template0 encoding 'UTF8'`)
  const url = embedded ? '' : databaseUrl(name)
  const db = await openDb({ databaseUrl: url, dataDir: folder, poolSize: 4 })
  await migrate(db, join(projectRoot(), 'migrations'))
  const app = await compose(loadConfig({ mode: 'test', dataDir: folder, databaseUrl: url, key, logLevel: 'silent' }, {}), db)
  await loadCast(db, app.runtime, { roles: shippedRoles, passwordHash: await hash(demoPassword), now: app.clock.now() })
  await app.close()
  const { target, stop } = await serve(folder, url)
  const asking = embedded ? undefined : new pg.Pool({ connectionString: url, max: 1 })
  return {
    target: { ...target, headers: { cookie: await cookieOf(target, 'zhou'), 'x-angrid': '1' } },
    /** Asks the database beside the server; the embedded one has nobody beside it. */
    query: async (text: string): Promise<{ rows: { n: number }[] }> => asking?.query(text) ?? { rows: [{ n: 0 }] },
    close: async () => {
      await stop()
      await asking?.end()
      if (!embedded) await admin(`drop database ${name} with (force)`)
    },
  }
}

async function serve(folder: string, url: string): Promise<{ target: Target; stop(): Promise<void> }> {
  const port = await freePort()
  const main = join(projectRoot(), 'dist/server/main.js')
  const child = spawn(process.execPath, [...(process.env.ANGRID_BENCH_FLAGS?.split(' ') ?? []), '-e', `import(${JSON.stringify(main)}).then((m) => m.main(['serve']))`], {
    env: { ...process.env, DATABASE_URL: url, ANGRID_DATA: folder, ANGRID_PORT: String(port), ANGRID_LOG: 'error', ANGRID_KEY: key, ANGRID_RATE_FACTOR: '1000' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  process.on('exit', () => child.kill('SIGKILL'))
  while (!(await fetch(`http://127.0.0.1:${port}/readyz`).then((r) => r.ok, () => false))) {
    if (child.exitCode !== null) throw new Error('没有启动')
    await new Promise((wait) => setTimeout(wait, 20))
  }
  const stop = () => new Promise<void>((done) => child.once('exit', () => done()) && child.kill('SIGTERM'))
  return { target: { name: 'angrid', port, pid: child.pid!, headers: {} }, stop }
}

/** The limit in a process of its own, on a table of its own. */
export function limitImport(file: Buffer, folder: string): string {
  const path = join(folder, 'limit.xlsx')
  writeFileSync(path, file)
  return spawnSync(process.execPath, ['--import', 'tsx', join(projectRoot(), 'bench/limit/import.ts'), path], { env: { ...process.env, DATABASE_URL: server }, stdio: ['ignore', 'pipe', 'inherit'] }).stdout.toString().trim()
}
