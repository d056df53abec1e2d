import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Db } from './db.ts'

/** Newest migration in the folder that the database does not know; the server refuses to serve on an older schema. */
export async function pendingMigrations(db: Db, folder: string): Promise<string[]> {
  await db.pool.query(
    'create table if not exists schema_migration (name text primary key, applied_at timestamptz not null default now())',
  )
  const { rows } = await db.pool.query<{ name: string }>('select name from schema_migration')
  const known = new Set(rows.map((row) => row.name))
  return migrationsIn(folder).filter((name) => !known.has(name))
}

export const migrationsIn = (folder: string): string[] => readdirSync(folder).filter((name) => name.endsWith('.sql')).sort()

/**
 * Applies what is missing, oldest first, each in its own transaction under one lock, so that several starting
 * processes migrate once. Forward only. @param only a restore goes up to the backup's own schema first
 */
export async function migrate(db: Db, folder: string, say: (name: string) => void = () => undefined, only?: readonly string[]): Promise<string[]> {
  const pending = (await pendingMigrations(db, folder)).filter((name) => !only || only.includes(name))
  const applied: string[] = []
  for (const name of pending) {
    const client = await db.pool.connect()
    try {
      await client.query('begin')
      await client.query('set local statement_timeout = 0')
      await client.query('select pg_advisory_xact_lock(9901)')
      const { rowCount } = await client.query('select 1 from schema_migration where name = $1', [name])
      if (!rowCount) {
        say(name)
        await client.query(readFileSync(join(folder, name), 'utf8'))
        await client.query('insert into schema_migration (name) values ($1)', [name])
        applied.push(name)
      }
      await client.query('commit')
    } catch (error) {
      await client.query('rollback').catch(() => undefined)
      throw new Error(`迁移 ${name} 失败`, { cause: error })
    } finally {
      client.release()
    }
  }
  return applied
}
