import { type ChildProcess, fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A running embedded database: the address for `pg`, and how to stop it. */
export interface Embedded {
  readonly host: string
  readonly port: number
  stop(): Promise<void>
}

/**
 * Starts PGlite in a child process on a Unix socket. For trial, tests and one small office: it does not survive a
 * power cut (no fsync). The socket lies in the system's temporary folder because socket paths are limited to ~100 bytes.
 */
export async function startEmbedded(dataDir: string): Promise<Embedded> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const id = createHash('sha256').update(dataDir).digest('hex').slice(0, 12)
  const host = join(tmpdir(), `angrid-${process.getuid?.() ?? 0}-${id}`)
  mkdirSync(host, { recursive: true, mode: 0o700 })
  const child = fork(childModule(), [join(dataDir, 'pg'), join(host, 'lock'), join(host, '.s.PGSQL.5432')], {
    execArgv: childModule().endsWith('.ts') ? ['--import', 'tsx'] : [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  await ready(child)
  return { host, port: 5432, stop: () => stop(child) }
}

/** The TypeScript source while developing, its bundle beside the server's when built. */
function childModule(): string {
  const beside = fileURLToPath(new URL('./embedded-child.js', import.meta.url))
  return existsSync(beside) ? beside : fileURLToPath(new URL('./embedded-child.ts', import.meta.url))
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((done, fail) => {
    child.on('message', (message: unknown) => {
      if (message === 'ready') done()
      else if (typeof message === 'object' && message && 'failed' in message) fail(new Error(String(message.failed)))
    })
    child.once('exit', (code) => fail(new Error(`内置数据库没有启动（退出码 ${code}）`)))
  })
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || !child.connected) return Promise.resolve()
  return new Promise((done) => {
    child.once('exit', () => done())
    child.send('stop')
  })
}
