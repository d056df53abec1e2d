import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { JobSpec } from '../../kernel/server/capability.ts'
import type { Config } from '../../kernel/server/config.ts'
import type { Db } from '../../kernel/server/db.ts'
import { writeBackup } from './maintenance.ts'

const HOUR = 3600
const HOURLY_KEPT = 24
const DAILY_KEPT = 7
/** Above this an hourly backup would hold the one session for too long; then one a day. */
const HOURLY_UP_TO_BYTES = 200 * 1024 * 1024

/** What PostgreSQL does by itself and the embedded database does not: vacuum, and a copy that survives a broken folder. */
export function embeddedUpkeep(db: Db, config: Config): JobSpec[] {
  if (!db.embedded || config.mode === 'test') return []
  return [
    { kind: 'embedded.vacuum', every: 24 * HOUR, later: true, outside: true, run: async () => void (await db.pool.query('vacuum analyze')) },
    { kind: 'embedded.backup', every: HOUR, later: true, outside: true, run: async (ctx) => hourly(db, config, ctx.now) },
  ]
}

async function hourly(db: Db, config: Config, now: Date): Promise<void> {
  const folder = join(config.dataDir, 'backups')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const names = (await readdir(folder)).filter((name) => /^angrid-[\dT]+Z\.ndjson\.gz$/.test(name)).sort()
  const last = names.at(-1)
  if (last && !(await due(db, (await stat(join(folder, last))).mtimeMs, now))) return
  await writeBackup(db, config, join(folder, `angrid-${now.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z.ndjson.gz`))
  for (const name of superfluous(names)) await rm(join(folder, name), { force: true })
}

/** Something happened since, and a big database rests for a day. */
async function due(db: Db, lastMs: number, now: Date): Promise<boolean> {
  const { rows } = await db.pool.query<{ changed: boolean; bytes: number }>(
    'select exists (select 1 from domain_event where at > $1) as changed, pg_database_size(current_database()) as bytes', [new Date(lastMs)])
  const big = rows[0]!.bytes > HOURLY_UP_TO_BYTES
  return rows[0]!.changed && (!big || now.getTime() - lastMs >= 23 * HOUR * 1000)
}

/** All but the newest 24 and the last of each of the seven newest days. Names sort by time. */
export function superfluous(names: readonly string[]): string[] {
  const sorted = [...names].sort().reverse()
  const lastOfDay = new Map<string, string>()
  for (const name of sorted) {
    const day = name.slice(7, 15)
    if (!lastOfDay.has(day)) lastOfDay.set(day, name)
  }
  const kept = new Set([...sorted.slice(0, HOURLY_KEPT), ...[...lastOfDay.values()].slice(0, DAILY_KEPT)])
  return sorted.filter((name) => !kept.has(name))
}
