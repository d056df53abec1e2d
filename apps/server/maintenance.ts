import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { backupLines } from '../../kernel/server/backup.ts'
import { type Config, loadConfig } from '../../kernel/server/config.ts'
import { type Db, openDb, type Tx } from '../../kernel/server/db.ts'
import { type Anchor, exportLedger, verifyLedger } from '../../kernel/server/ledger-file.ts'
import { migrate } from '../../kernel/server/migrate.ts'
import { restore } from '../../kernel/server/restore.ts'
import { projectRoot } from '../../kernel/server/root.ts'
import { migrationsFolder } from './folders.ts'

const say = (line: string) => console.log(`  ${line}`)
const migrations = () => migrationsFolder(projectRoot())

/** These read or load rows as they are and open no sealed text, so they need no key. */
function configWithoutKey(): Config {
  return loadConfig({ mode: 'demo', host: '127.0.0.1', key: Buffer.alloc(32).toString('base64') })
}

async function withDb<T>(work: (db: Db, config: Config) => Promise<T>): Promise<T> {
  const config = configWithoutKey()
  const db = await openDb(config)
  try {
    return await work(db, config)
  } finally {
    await db.close()
  }
}

/** The folder of stored files, when they lie in one. */
export const filesFolder = (config: Config): string | undefined => (config.files.kind === 'folder' ? (config.files.path ?? join(config.dataDir, 'files')) : undefined)

export async function runMigrate(): Promise<void> {
  const applied = await withDb((db) => migrate(db, migrations(), say))
  say(applied.length ? `完成，共 ${applied.length} 个迁移` : '已是最新')
}

/** Writes a backup beside its name, syncs it and only then gives it the name. `.gz` packs it. */
export async function writeBackup(db: Db, config: Config, path: string, tell?: (line: string) => void): Promise<void> {
  const client = await db.pool.connect()
  const part = `${path}.part`
  try {
    const lines = Readable.from(backupLines({ client, files: filesFolder(config), now: new Date(), ...(tell ? { say: tell } : {}) }))
    const out = createWriteStream(part, { mode: 0o600 })
    await (path.endsWith('.gz') ? pipeline(lines, createGzip({ level: 6 }), out) : pipeline(lines, out))
    const handle = await open(part, 'r+')
    await handle.sync().finally(() => handle.close())
    await rename(part, path)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  } finally {
    client.release()
  }
}

export async function runBackup([path]: readonly string[]): Promise<void> {
  if (!path) throw new Error('用法：npm run backup -- <文件，如 angrid.ndjson.gz>')
  await withDb((db, config) => writeBackup(db, config, path, say))
  say(`备份已写入 ${path}。上传的原件请连同数据目录的 files 一起拷走，密钥 ANGRID_KEY 另行保管`)
}

const reader = (path: string) => (): AsyncIterable<Uint8Array> => {
  const file = createReadStream(path)
  return path.endsWith('.gz') ? file.pipe(createGunzip()) : file
}

export async function runRestore(args: readonly string[]): Promise<void> {
  const path = args.find((arg) => !arg.startsWith('--'))
  if (!path) throw new Error('用法：npm run restore -- <备份文件> [--replace]')
  const done = await withDb((db, config) => restore({ db, open: reader(path), migrations: migrations(), files: filesFolder(config), replace: args.includes('--replace'), say }))
  say(`已恢复 ${done.rows} 行，备份时间 ${done.madeAt}，账本纪元 ${done.epoch}`)
  if (done.missingFiles.length) say(`有 ${done.missingFiles.length} 个原件不在文件目录中，例如 ${done.missingFiles[0]}；请从旧数据目录拷回 files`)
}

/** `batch:chain` values that were written down elsewhere. */
function anchorsIn(args: readonly string[]): Anchor[] {
  return args.flatMap((arg) => {
    const found = /^--anchor=(\d+):([0-9a-f]{64})$/.exec(arg)
    return found ? [{ batch: Number(found[1]), chain: found[2]! }] : []
  })
}

/** Checks an exported file without any database, or the live one when no file is named. Ends with 1 when something is wrong. */
export async function runVerify(args: readonly string[]): Promise<void> {
  const path = args.find((arg) => !arg.startsWith('--'))
  const anchors = anchorsIn(args)
  const verdict = path
    ? await verifyLedger(reader(path)(), anchors)
    : await withDb((db) => verifyLedger(exportLedger(db.all as unknown as Tx, new Date()), anchors))
  say(`${verdict.batches} 批，已封存 ${verdict.sealed} 条，未封存 ${verdict.unsealed} 条`)
  say(`链值 ${verdict.chain}`)
  for (const fault of verdict.faults) say(`✗ 第 ${fault.batch} 批，第 ${fault.line} 行：${fault.why}`)
  say(verdict.ok ? '✓ 账本完整' : '✗ 账本有问题')
  if (!verdict.ok) process.exitCode = 1
}
