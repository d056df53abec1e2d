import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { BACKUP_VERSION, hashOfFile, quoted, type StoredFile, tablesOf } from './backup.ts'
import type { Db, Tx } from './db.ts'
import { raiseEpoch } from './ledger.ts'
import { linesOf } from './lines.ts'
import { migrate, migrationsIn } from './migrate.ts'

interface Head {
  backup: string
  version: number
  madeAt: string
  migrations: string[]
}

export interface RestoreGiven {
  db: Db
  /** Opens the file from its start; it is read twice. */
  open: () => AsyncIterable<Uint8Array>
  migrations: string
  files: string | undefined
  /** Wipes what is there. Without it a database with people in it is refused. */
  replace: boolean
  say?: (line: string) => void
}

export interface Restored {
  readonly rows: number
  readonly madeAt: string
  readonly missingFiles: readonly string[]
  readonly epoch: number
}

/**
 * Loads a backup. The file is checked whole before anything is touched; all rows go in one transaction, with foreign
 * keys taken off and put on again, which proves them; the ledger's epoch is raised.
 * @throws with a Chinese sentence; the database is then empty or as it was
 */
export async function restore(given: RestoreGiven): Promise<Restored> {
  const { db, say = () => undefined } = given
  say('核对备份文件…')
  const head = await check(given.open())
  const unknown = head.migrations.filter((name) => !migrationsIn(given.migrations).includes(name))
  if (unknown.length) throw new Error(`备份来自更新的版本（${unknown[0]}），请先升级程序`)
  if (!given.replace && (await inUse(db))) throw new Error('数据库里已有内容。确要覆盖，请加 --replace（原有内容将全部清除）')
  say('清空并重建表…')
  await db.pool.query('drop schema public cascade; create schema public')
  await migrate(db, given.migrations, undefined, head.migrations)
  const client = await db.pool.connect()
  try {
    const { rows, files } = await load(client, given.open(), say)
    client.release()
    await migrate(db, given.migrations)
    const epoch = await db.transaction(async (tx) => raiseEpoch(tx, (await highestEpoch(tx)) + 1))
    return { rows, madeAt: head.madeAt, epoch, missingFiles: await missing(given.files, files) }
  } catch (error) {
    client.release(true)
    throw error
  }
}

/** Reads the file to its end. @throws when a byte of it is not as it was written */
async function check(source: AsyncIterable<Uint8Array>): Promise<Head> {
  const hash = createHash('sha256')
  let head: Head | undefined
  let end: { sha256: string } | undefined
  for await (const line of linesOf(source)) {
    if (end) throw new Error('备份文件结束行之后还有内容')
    if (!head) head = json(line) as Head
    if (line.subarray(0, 7).toString() === '{"end":') end = (json(line) as { end: { sha256: string } }).end
    else hash.update(line).update('\n')
  }
  if (head?.backup !== 'angrid' || head.version !== BACKUP_VERSION) throw new Error('这不是安格的备份文件，或版本不符')
  if (!end) throw new Error('备份文件不完整：没有结束行')
  if (end.sha256 !== hash.digest('hex')) throw new Error('备份文件已损坏：内容与摘要不符')
  return head
}

function json(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString('utf8'))
  } catch {
    throw new Error('备份文件已损坏：不是有效的内容')
  }
}

async function inUse(db: Db): Promise<boolean> {
  const { rows } = await db.pool.query<{ there: boolean }>(`select to_regclass('public.account') is not null as there`)
  if (!rows[0]?.there) return false
  const { rowCount } = await db.pool.query('select 1 from account limit 1')
  return !!rowCount
}

const CHUNK = 500

async function load(client: pg.PoolClient, source: AsyncIterable<Uint8Array>, say: (line: string) => void): Promise<{ rows: number; files: StoredFile[] }> {
  await client.query('begin')
  await client.query('set local statement_timeout = 0')
  const tables = new Map((await tablesOf(client)).map((table) => [table.name, table]))
  const keys = await foreignKeys(client)
  await loosen(client, [...tables.keys()], keys)
  const loaded = await fill(client, source, tables, say)
  await fasten(client, [...tables.keys()], keys)
  await resetSequences(client)
  await client.query('commit')
  return loaded
}

async function loosen(client: pg.ClientBase, tables: readonly string[], keys: readonly ForeignKey[]): Promise<void> {
  for (const key of keys) await client.query(`alter table ${quoted(key.table)} drop constraint ${quoted(key.name)}`)
  for (const name of tables) {
    await client.query(`alter table ${quoted(name)} disable trigger user`)
    await client.query(`delete from ${quoted(name)}`) // rows that a migration wrote stand in the backup too
  }
}

async function fasten(client: pg.ClientBase, tables: readonly string[], keys: readonly ForeignKey[]): Promise<void> {
  for (const name of tables) await client.query(`alter table ${quoted(name)} enable trigger user`)
  for (const key of keys) await client.query(`alter table ${quoted(key.table)} add constraint ${quoted(key.name)} ${key.definition}`)
}

async function fill(client: pg.ClientBase, source: AsyncIterable<Uint8Array>, tables: Map<string, { columns: string[] }>, say: (line: string) => void): Promise<{ rows: number; files: StoredFile[] }> {
  const files: StoredFile[] = []
  let insert = ''
  let waiting: string[] = []
  let rows = 0
  const send = async () => {
    if (waiting.length) await client.query(insert, [`[${waiting.join(',')}]`])
    rows += waiting.length
    waiting = []
  }
  for await (const line of linesOf(source)) {
    const text = line.toString('utf8')
    if (text.startsWith(' ')) {
      if (waiting.push(text) >= CHUNK) await send()
    } else if (text.startsWith('{"file":')) files.push((JSON.parse(text) as { file: StoredFile }).file)
    else if (text.startsWith('{"table":')) {
      await send()
      insert = insertOf(JSON.parse(text) as { table: string; columns: string[] }, tables, say)
    }
  }
  await send()
  return { rows, files }
}

function insertOf(given: { table: string; columns: string[] }, tables: Map<string, { columns: string[] }>, say: (line: string) => void): string {
  const known = tables.get(given.table)
  if (!known) throw new Error(`备份里的表 ${given.table} 在当前版本中不存在`)
  say(given.table)
  const list = given.columns.map(quoted).join(', ')
  return `insert into ${quoted(given.table)} (${list}) overriding system value select ${list} from json_populate_recordset(null::${quoted(given.table)}, $1::json)`
}

interface ForeignKey {
  readonly table: string
  readonly name: string
  readonly definition: string
}

async function foreignKeys(client: pg.ClientBase): Promise<ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(`
    select c.relname as table, k.conname as name, pg_get_constraintdef(k.oid) as definition
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    where k.contype = 'f' and n.nspname = 'public' and k.conparentid = 0`)
  return rows
}

async function resetSequences(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string }>(`
    select table_name as table, column_name as column from information_schema.columns where table_schema = 'public' and is_identity = 'YES'`)
  for (const { table, column } of rows) {
    await client.query(`select setval(pg_get_serial_sequence($1, $2), coalesce((select max(${quoted(column)}) from ${quoted(table)}), 0) + 1, false)`, [quoted(table), column])
  }
}

async function highestEpoch(tx: Tx): Promise<number> {
  const stored = await tx.selectFrom('setting').select('value').where('key', '=', 'ledger.epoch').executeTakeFirst()
  const { epoch } = await tx.selectFrom('domain_event').select((eb) => eb.fn.max('epoch').as('epoch')).executeTakeFirstOrThrow()
  return Math.max(typeof stored?.value === 'number' ? stored.value : 1, epoch ?? 1)
}

async function missing(folder: string | undefined, files: readonly StoredFile[]): Promise<string[]> {
  if (!folder) return []
  const gone: string[] = []
  for (const file of files) {
    const path = join(folder, file.path)
    const there = await stat(path).then((found) => found.size === file.bytes, () => false)
    if (!there || (await hashOfFile(path)) !== file.sha256) gone.push(file.path)
  }
  return gone
}
