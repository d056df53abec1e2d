import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type pg from 'pg'

/**
 * A logical backup is text, a JSON value a line: a head with the migrations, the rows of every table as PostgreSQL
 * writes them, the list of stored files by hash, and an end that counts and hashes everything before. It moves between
 * the embedded database and PostgreSQL in both directions.
 */
export const BACKUP_VERSION = 1

const PAGE = 1000
/** The restored database keeps its own list of migrations; it is compared, not copied. */
const OWN = 'schema_migration'

/** Tables of our schema in alphabetical order, with the columns that may be written. */
export async function tablesOf(client: pg.ClientBase): Promise<{ name: string; columns: string[] }[]> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(`
    select c.table_name as name, array_agg(c.column_name::text order by c.ordinal_position) as columns
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER'
    group by c.table_name order by c.table_name`)
  return rows.filter((row) => row.name !== OWN)
}

export interface BackupGiven {
  client: pg.ClientBase
  /** Folder of stored files; undefined when they lie elsewhere (S3). */
  files: string | undefined
  now: Date
  say?: (line: string) => void
}

/** The lines of a backup, on one snapshot of the database. The caller writes them; nothing else may use the client meanwhile. */
export async function* backupLines({ client, files, now, say = () => undefined }: BackupGiven): AsyncGenerator<string> {
  const hash = createHash('sha256')
  const line = (text: string) => {
    hash.update(text).update('\n')
    return `${text}\n`
  }
  const counts: Record<string, number> = {}
  await client.query('begin isolation level repeatable read read only')
  try {
    const { rows } = await client.query<{ name: string }>(`select name from ${OWN} order by name`)
    yield line(JSON.stringify({ backup: 'angrid', version: BACKUP_VERSION, madeAt: now.toISOString(), migrations: rows.map((row) => row.name) }))
    for (const table of await tablesOf(client)) {
      yield line(JSON.stringify({ table: table.name, columns: table.columns }))
      counts[table.name] = 0
      for await (const text of rowsOf(client, table)) {
        counts[table.name]!++
        yield line(text)
      }
      say(`${table.name}：${counts[table.name]} 行`)
    }
  } finally {
    await client.query('rollback')
  }
  for (const file of files ? await listFiles(files) : []) yield line(JSON.stringify({ file }))
  yield `${JSON.stringify({ end: { counts, sha256: hash.digest('hex') } })}\n`
}

/** Rows as the database writes them as JSON: exact for every type, and never parsed on the way. A row cannot hold a line break. */
async function* rowsOf(client: pg.ClientBase, table: { name: string; columns: string[] }): AsyncGenerator<string> {
  const list = table.columns.map(quoted).join(', ')
  await client.query(`declare backup_rows no scroll cursor for select row_to_json(r)::text as line from (select ${list} from ${quoted(table.name)}) r`)
  for (;;) {
    const { rows } = await client.query<{ line: string }>(`fetch ${PAGE} from backup_rows`)
    for (const row of rows) yield ` ${row.line}` // the blank marks a row, whatever its first column is called
    if (rows.length < PAGE) break
  }
  await client.query('close backup_rows')
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

export interface StoredFile {
  readonly path: string
  readonly bytes: number
  readonly sha256: string
}

/** Every stored original with its hash, so that a restore can say which are missing. Made copies can be made again. */
export async function listFiles(folder: string): Promise<StoredFile[]> {
  // A new system has no folder yet; one that cannot be read is no empty one.
  const entries = existsSync(folder) ? await readdir(folder, { withFileTypes: true, recursive: true }) : []
  const found: StoredFile[] = []
  for (const entry of entries) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const name = relative(folder, path).split(sep).join('/')
    if (name.startsWith('original/')) found.push({ path: name, bytes: (await stat(path)).size, sha256: await hashOfFile(path) })
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1))
}

export async function hashOfFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
