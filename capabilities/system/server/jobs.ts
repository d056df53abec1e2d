import { createWriteStream } from 'node:fs'
import { mkdir, open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { sql } from 'kysely'
import { localDate } from '../../../kernel/core/time.ts'
import type { JobSpec } from '../../../kernel/server/capability.ts'
import type { Tx } from '../../../kernel/server/db.ts'
import { WHOLE, specOf } from '../settings.ts'

const DAY = 86_400

/** Nightly tidying: finished jobs and old replay records go, old audit rows go into an archive file first. */
export const upkeepJobs = (dataDir: string): JobSpec[] => [
  { kind: 'system.tidy', every: DAY, run: async (ctx) => tidy(ctx.tx, ctx.now) },
  { kind: 'system.audit_archive', every: DAY, outside: true, run: async (ctx) => archiveAudit(ctx.tx, ctx.now, join(dataDir, 'archive')) },
]

const daysAgo = (now: Date, days: number) => new Date(now.getTime() - days * DAY * 1000).toISOString()

async function daysOf(tx: Tx, key: string): Promise<number> {
  const row = await tx.selectFrom('setting').select('value').where('key', '=', key).where('area_code', '=', WHOLE).executeTakeFirst()
  return Number(row?.value ?? specOf(key)?.value)
}

async function tidy(tx: Tx, now: Date): Promise<void> {
  await tx.deleteFrom('command').where('at', '<', daysAgo(now, await daysOf(tx, 'command.keep_days'))).execute()
  await tx.deleteFrom('job').where('done_at', '<', daysAgo(now, 7)).where('failed', 'is', null).execute()
}

/**
 * Packs what is older than the setting into one file, synced and renamed before anything is removed. Run twice, the
 * second file holds what the first run could not remove: rows may stand in two archives, never in none.
 */
async function archiveAudit(tx: Tx, now: Date, folder: string): Promise<void> {
  const before = daysAgo(now, await daysOf(tx, 'audit.keep_days'))
  const first = await tx.selectFrom('audit').select('id').where('at', '<', before).limit(1).executeTakeFirst()
  if (!first) return
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, `audit-${localDate(now)}-${now.getTime()}.ndjson.gz`)
  await pipeline(Readable.from(oldAudit(tx, before)), createGzip(), createWriteStream(`${path}.part`, { mode: 0o600 }))
  const handle = await open(`${path}.part`, 'r+')
  await handle.sync().finally(() => handle.close())
  await rename(`${path}.part`, path)
  await tx.deleteFrom('audit').where('at', '<', before).execute()
}

async function* oldAudit(tx: Tx, before: string): AsyncGenerator<string> {
  let after = ''
  for (;;) {
    const { rows } = await sql<{ id: string; line: string }>`
      select id, row_to_json(a)::text as line from audit a where at < ${before} and id::text > ${after} order by id::text limit 1000`.execute(tx)
    for (const row of rows) yield `${row.line}\n`
    const last = rows.at(-1)
    if (!last) return
    after = last.id
  }
}
