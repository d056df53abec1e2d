/**
 * The embedded database process: PGlite behind a socket. It owns the data folder: the socket is bound before the
 * folder is opened, so a second process finds somebody there and stops (PGlite itself does not lock).
 * It ends with its parent: a closed IPC channel means nobody is left to serve.
 */
import { mkdirSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { PGlite } from '@electric-sql/pglite'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'

const [folder = '', lockPath = '', socketPath = ''] = process.argv.slice(2)

/** Resolves when the lock is ours; rejects when a living process answers on it. */
function takeLock(path: string): Promise<void> {
  return new Promise((done, fail) => {
    const probe = connect(path)
    probe.once('connect', () => {
      probe.destroy()
      fail(new Error('数据目录正被另一个安格进程使用'))
    })
    probe.once('error', () => {
      rmSync(path, { force: true })
      const server = createServer((socket) => socket.destroy())
      server.once('error', fail)
      server.listen(path, () => done())
      server.unref()
    })
  })
}

const START = new Set(['P', 'B', 'D', 'E', 'C', 'H'].map((type) => type.charCodeAt(0)))

/**
 * The socket server hands over message by message and keeps to one connection only inside a transaction. A statement is several
 * messages (Parse, Bind, Describe, Execute) up to its Sync; between them another connection would replace the unnamed statement and
 * portal (26000, 34000). So a begun statement counts as a transaction: its own connection goes on first.
 */
function wholeStatements(db: PGlite): PGlite {
  let begun = false
  return new Proxy(db, {
    get(target, name) {
      if (name === 'isInTransaction') return () => begun || target.isInTransaction()
      if (name === 'execProtocolRawStream') {
        return (message: Uint8Array, options: Parameters<PGlite['execProtocolRawStream']>[1]) => {
          begun = START.has(message[0] ?? 0)
          return target.execProtocolRawStream(message, options)
        }
      }
      if (name === 'exec') begun = false // a connection went away in the middle: its statement is rolled back
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })
}

async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  await takeLock(lockPath)
  rmSync(socketPath, { force: true })
  const db = await PGlite.create(folder, { relaxedDurability: false })
  const server = new PGLiteSocketServer({ db: wholeStatements(db), path: socketPath, maxConnections: 16 })
  await server.start()
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    await server.stop()
    await db.close()
    process.exit(0)
  }
  process.on('disconnect', () => void stop())
  process.on('message', (message) => message === 'stop' && void stop())
  // Ctrl-C reaches the whole process group; the parent finishes its requests first and then says stop.
  process.on('SIGINT', () => undefined)
  process.on('SIGTERM', () => void stop())
  process.send?.('ready')
}

main().catch((error: unknown) => {
  process.send?.({ failed: error instanceof Error ? error.message : String(error) })
  process.exitCode = 1
  process.disconnect?.()
})
