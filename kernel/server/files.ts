import { createReadStream, createWriteStream, existsSync, mkdirSync } from 'node:fs'
import { access, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AwsClient } from 'aws4fetch'
import { Problem } from '../core/problem.ts'
import { newId } from './id.ts'

/** Where bytes lie. Keys look like "original/ab/abcd…"; an existing key is never written over. */
export interface FileStore {
  put(key: string, source: { path: string } | { bytes: Uint8Array }): Promise<void>
  has(key: string): Promise<boolean>
  /** Fails with a named problem when the key is absent. */
  read(key: string): Promise<NodeJS.ReadableStream>
  bytes(key: string): Promise<Buffer>
  /** Takes away everything below a folder of keys ("chunk/<id>"): for what was only on its way. Absent is fine. */
  remove(folder: string): Promise<void>
}

/** One folder on disk: written beside, synced, then renamed, so a crash leaves no half file under its name. */
export function folderStore(root: string): FileStore {
  const pathOf = (key: string) => join(root, key)
  return {
    async put(key, source) {
      const path = pathOf(key)
      if (existsSync(path)) return
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
      const beside = `${path}.${newId()}`
      try {
        await pipeline('path' in source ? createReadStream(source.path) : Readable.from([source.bytes]), createWriteStream(beside, { mode: 0o600 }))
        const handle = await open(beside, 'r+')
        await handle.sync().finally(() => handle.close())
        await rename(beside, path)
      } catch (error) {
        await rm(beside, { force: true })
        throw full(error)
      }
    },
    has: (key) => access(pathOf(key)).then(() => true, () => false),
    async read(key) {
      await stat(pathOf(key)).catch(absent)
      return createReadStream(pathOf(key))
    },
    bytes: (key) => readFile(pathOf(key)).catch(absent),
    remove: (folder) => rm(pathOf(folder), { recursive: true, force: true }),
  }
}

/** Not there, as its named problem; a disk that cannot be read is no absence. */
function absent(error: NodeJS.ErrnoException): never {
  throw error.code === 'ENOENT' ? new Problem('missing', 'common.missing') : error
}

/** A full disk, a used-up quota, a limit on the size of a file: no room, each in its own word. */
export const noRoom: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

/** A full disk as its named problem; anything else unchanged. */
export const full = (error: unknown): unknown => (error instanceof Error && 'code' in error && noRoom.has(error.code) ? new Problem('unavailable', 'common.disk_full') : error)

export interface S3Settings {
  endpoint: string
  region: string
  bucket: string
  accessKeyId: string
  secretAccessKey: string
}

/** Any S3-compatible store, path-style addresses. */
export function s3Store(settings: S3Settings): FileStore {
  const client = new AwsClient({ accessKeyId: settings.accessKeyId, secretAccessKey: settings.secretAccessKey, region: settings.region, service: 's3', retries: 2 })
  const urlOf = (key: string) => `${settings.endpoint.replace(/\/$/, '')}/${settings.bucket}/${key}`
  const send = async (key: string, init: { method: string; body?: Uint8Array }) => {
    const response = await client.fetch(urlOf(key), init as RequestInit).catch(() => undefined)
    if (!response || response.status >= 500) throw new Problem('unavailable', 'attachment.store_away')
    return response
  }
  const fetched = async (key: string) => {
    const response = await send(key, { method: 'GET' })
    if (response.status === 404) throw new Problem('missing', 'common.missing')
    if (!response.ok) throw new Error(`S3 answered ${response.status}`)
    return response
  }
  /** The next keys below a folder, a thousand at most; ours need no unescaping. */
  const listed = async (folder: string): Promise<string[]> => {
    const response = await send(`?list-type=2&prefix=${encodeURIComponent(`${folder}/`)}`, { method: 'GET' })
    if (!response.ok) throw new Error(`S3 answered ${response.status}`)
    return [...(await response.text()).matchAll(/<Key>([^<]+)<\/Key>/g)].map((m) => m[1]!)
  }
  const has = async (key: string) => (await send(key, { method: 'HEAD' })).ok
  return {
    has,
    async put(key, source) {
      if (await has(key)) return
      const body = 'path' in source ? await readFile(source.path) : source.bytes
      const response = await send(key, { method: 'PUT', body })
      if (!response.ok) throw new Error(`S3 answered ${response.status}`)
    },
    read: async (key) => Readable.fromWeb((await fetched(key)).body as never),
    bytes: async (key) => Buffer.from(await (await fetched(key)).arrayBuffer()),
    async remove(folder) {
      for (let keys = await listed(folder); keys.length; keys = await listed(folder)) {
        for (const key of keys) await send(key, { method: 'DELETE' })
      }
    },
  }
}

/** The store named in the configuration. */
export function fileStore(config: { files: { kind: 'folder'; path?: string } | ({ kind: 's3' } & S3Settings); dataDir: string }): FileStore {
  if (config.files.kind === 's3') return s3Store(config.files)
  return folderStore(config.files.path ?? join(config.dataDir, 'files'))
}
