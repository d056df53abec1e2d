import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import S3rver from 's3rver'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FileStore, folderStore, full, s3Store } from './files.ts'

const folder = mkdtempSync(join(tmpdir(), 'angrid-files-'))
const server = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory: join(folder, 's3'), configureBuckets: [{ name: 'angrid' }] })
let s3: FileStore
beforeAll(async () => {
  const { port } = await server.run()
  s3 = s3Store({ endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', bucket: 'angrid', accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' })
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

describe.each([['a folder', () => folderStore(join(folder, 'files'))], ['an S3 server', () => s3]])('files in %s', (_, store) => {
  it('come back byte for byte, from memory and from a file', async () => {
    const bytes = Buffer.from('安格\u0000\u00ff binary')
    const path = join(folder, 'upload')
    writeFileSync(path, bytes)
    await store().put('original/aa/one', { bytes })
    await store().put('original/aa/two', { path })
    expect((await store().bytes('original/aa/one')).equals(bytes)).toBe(true)
    expect((await store().bytes('original/aa/two')).equals(bytes)).toBe(true)
  })
  it('are never written over', async () => {
    await store().put('original/bb/kept', { bytes: Buffer.from('first') })
    await store().put('original/bb/kept', { bytes: Buffer.from('second') })
    expect((await store().bytes('original/bb/kept')).toString()).toBe('first')
  })
  it('below one folder are taken away together, others stay', async () => {
    for (const key of ['chunk/one/0', 'chunk/one/5', 'chunk/oneself/0']) await store().put(key, { bytes: Buffer.from('x') })
    await store().remove('chunk/one')
    await store().remove('chunk/nothing')
    expect(await Promise.all(['chunk/one/0', 'chunk/one/5', 'chunk/oneself/0'].map((key) => store().has(key)))).toEqual([false, false, true])
  })
  it('that are not there are a named problem', async () => {
    expect(await store().has('original/cc/none')).toBe(false)
    await expect(store().read('original/cc/none')).rejects.toMatchObject({ code: 'common.missing' })
  })
})

it('a file that is there and cannot be read is a bug, and no absence', async () => {
  mkdirSync(join(folder, 'files', 'original', 'ee', 'broken'), { recursive: true })
  await expect(folderStore(join(folder, 'files')).bytes('original/ee/broken')).rejects.toMatchObject({ code: 'EISDIR' })
})

it('an S3 server that is away is a named problem, not a bug', async () => {
  const away = s3Store({ endpoint: 'http://127.0.0.1:9', region: 'x', bucket: 'b', accessKeyId: 'a', secretAccessKey: 's' })
  await expect(away.put('original/dd/x', { bytes: Buffer.from('x') })).rejects.toMatchObject({ code: 'attachment.store_away' })
})

it('a full disk is a named problem that people understand', () => {
  expect(full(Object.assign(new Error('no space'), { code: 'ENOSPC' }))).toMatchObject({ code: 'common.disk_full', status: 503 })
})

it('a disk that is full half-way: named, no half file under any name, and the next one that fits is stored', () => {
  const root = join(folder, 'small')
  const script = `
    import { randomBytes } from 'node:crypto'
    import { folderStore } from ${JSON.stringify(join(import.meta.dirname, 'files.ts'))}
    const store = folderStore(${JSON.stringify(root)})
    const told = await store.put('original/ff/large', { bytes: randomBytes(3_000_000) }).then(() => 'stored', (error) => error.code)
    await store.put('original/ff/small', { bytes: randomBytes(300_000) })
    console.log(told)`
  // No file of this process may grow beyond 1 MB: the write itself fails in its middle, as on a full disk.
  const { stdout, stderr } = spawnSync('sh', ['-c', 'ulimit -f 2048; exec "$0" --import tsx --input-type=module -e "$1"', process.execPath, script], { encoding: 'utf8', env: { ...process.env, TSX_DISABLE_CACHE: '1' } })
  expect([stdout.trim(), stderr]).toEqual(['common.disk_full', ''])
  expect(readdirSync(join(root, 'original/ff'))).toEqual(['small'])
})

it('a write that fails half-way leaves no file under its name', async () => {
  const store = folderStore(join(folder, 'half'))
  await expect(store.put('original/ee/x', { path: join(folder, 'not-there') })).rejects.toThrow()
  expect(await store.has('original/ee/x')).toBe(false)
})
