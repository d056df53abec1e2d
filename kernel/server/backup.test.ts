import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operations as staff } from '../../capabilities/staff/operations.ts'
import { type World, world } from '../../house/world.ts'
import { systemActor } from './actor.ts'
import { backupLines, listFiles } from './backup.ts'
import { type CtxGiven, flush, noDrafts } from './context.ts'
import type { Tx } from './db.ts'
import { ledgerEpoch } from './ledger.ts'
import { exportLedger, verifyLedger } from './ledger-file.ts'
import { restore } from './restore.ts'
import { projectRoot } from './root.ts'

let w: World
let files: string
let backup: Buffer
const now = new Date('2026-03-05T02:00:00.123Z')
const migrations = join(projectRoot(), 'migrations')

beforeAll(async () => {
  w = await world()
  files = mkdtempSync(join(tmpdir(), 'angrid-files-'))
  mkdirSync(join(files, 'original/ab'), { recursive: true })
  writeFileSync(join(files, 'original/ab/abc'), '照片')
  await w.as('wang').do(staff.me, {})
  await events(3)
  await w.runJobs()
  backup = await take()
})
afterAll(async () => {
  await w.close()
  rmSync(files, { recursive: true })
})

async function events(count: number): Promise<void> {
  await w.app.db.transaction(async (tx) => {
    const given: CtxGiven = { tx, actor: systemActor(), now, requestId: 'r', address: '', origin: {}, secrets: w.app.runtime.secrets, operation: 'thing.make', commandId: null, epoch: w.app.runtime.epoch() }
    const drafts = Array.from({ length: count }, (_, n) => ({ aggregate: 'thing', id: randomUUID(), version: 1, event: 'thing.made', areaCode: '990101000000', data: { title: `引号"换行\n反斜杠\\第${n}件` } }))
    await flush(given, { ...noDrafts(), events: drafts })
  })
}

async function take(): Promise<Buffer> {
  const client = await w.app.db.pool.connect()
  const parts: string[] = []
  for await (const line of backupLines({ client, files, now })) parts.push(line)
  client.release()
  return Buffer.from(parts.join(''))
}

const load = (bytes: Buffer, replace = true) =>
  restore({ db: w.app.db, open: async function* () { for (let at = 0; at < bytes.length; at += 5000) yield bytes.subarray(at, at + 5000) }, migrations, files, replace })

const tables = async () => {
  const { rows } = await w.app.db.pool.query<{ name: string }>(`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`)
  const content: Record<string, string> = {}
  for (const { name } of rows) {
    if (name === 'schema_migration' || name === 'setting') continue
    const found = await w.app.db.pool.query<{ all: string }>(`select coalesce(string_agg(line, E'\\n' order by line), '') as all from (select row_to_json(t)::text as line from "${name}" t) x`)
    content[name] = found.rows[0]!.all
  }
  return content
}
const ledger = () => verifyLedger(exportLedger(w.app.db.all as unknown as Tx, now))

describe('backup and restore', () => {
  it('a wrecked database comes back to the last row, sign-in works again, the ledger verifies and goes on', async () => {
    const before = await tables()
    const chain = (await ledger()).chain
    await w.app.db.pool.query('alter table person disable trigger user; drop table if exists post cascade; delete from session; drop table domain_event cascade')
    const done = await load(backup)
    expect(await tables()).toEqual(before)
    expect(done.missingFiles).toEqual([])
    expect(done.epoch).toBe(2)
    expect(await ledgerEpoch(w.app.db.all as unknown as Tx)).toBe(2)
    expect(await ledger()).toMatchObject({ ok: true, chain })
    expect((await w.as('he').do(staff.me, {})).name).toBe('何汀筠')
    await events(1)
    expect((await ledger()).ok).toBe(true)
  })
  it('triggers and foreign keys stand again', async () => {
    await expect(w.app.db.pool.query('delete from domain_event')).rejects.toMatchObject({ code: 'AN001' })
    await expect(w.app.db.pool.query(`insert into post (id, person_id, role_code, reach_kind, valid_from, granted_at) values (gen_random_uuid(), gen_random_uuid(), 'AUDITOR', 'NONE', now(), now())`)).rejects.toMatchObject({ code: '23503' })
  })
  it('a system without files has none; a folder that cannot be read is no empty one', async () => {
    expect(await listFiles(join(files, 'none'))).toEqual([])
    await expect(listFiles(join(files, 'original/ab/abc'))).rejects.toMatchObject({ code: 'ENOTDIR' })
  })
  it('a photo that is gone or changed is named', async () => {
    writeFileSync(join(files, 'original/ab/abc'), '别的')
    expect((await load(backup)).missingFiles).toEqual(['original/ab/abc'])
    rmSync(join(files, 'original/ab/abc'))
    expect((await load(backup)).missingFiles).toEqual(['original/ab/abc'])
  })
  it('a database with people in it is refused without --replace', async () => {
    await expect(load(backup, false)).rejects.toThrow('数据库里已有内容')
  })
  it.each([
    ['a changed byte', () => Buffer.from(backup.toString().replace('王砚川', '王砚州')), '内容与摘要不符'],
    ['a cut file', () => Buffer.from(backup.toString().split('\n').slice(0, -2).join('\n')), '没有结束行'],
    ['a removed line', () => Buffer.from(backup.toString().split('\n').filter((_, i) => i !== 40).join('\n')), '内容与摘要不符'],
    ['another kind of file', () => Buffer.from('{"ledger":"angrid"}\n'), '这不是安格的备份文件'],
    ['no text at all', () => Buffer.from([1, 2, 3]), '已损坏'],
  ])('%s is found before anything is touched', async (_, bytes, why) => {
    const before = await tables()
    await expect(load(bytes())).rejects.toThrow(why)
    expect(await tables()).toEqual(before)
  })
})
