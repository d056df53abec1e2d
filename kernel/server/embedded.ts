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
  /** Its process now; another one after a respawn. */
  pid(): number | undefined
  stop(): Promise<void>
}

const RESPAWN_MS = [100, 500, 2000, 5000]

/**
 * Starts PGlite in a child process on a Unix socket, and again whenever it dies. For trial, tests and one small office:
 * it does not survive a power cut (no fsync). The socket lies in the system's temporary folder because socket paths are
 * limited to ~100 bytes. @throws when the folder belongs to another running process
 */
export async function startEmbedded(dataDir: string): Promise<Embedded> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const id = createHash('sha256').update(dataDir).digest('hex').slice(0, 12)
  const host = join(tmpdir(), `angrid-${process.getuid?.() ?? 0}-${id}`)
  mkdirSync(host, { recursive: true, mode: 0o700 })
  const spawn = () =>
    fork(childModule(), [join(dataDir, 'pg'), join(host, 'lock'), join(host, '.s.PGSQL.5432')], {
      execArgv: childModule().endsWith('.ts') ? ['--import', 'tsx'] : [],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
  const first = spawn()
  await ready(first)
  const keeper = keep(first, spawn)
  return { host, port: 5432, pid: () => keeper.child().pid, stop: keeper.stop }
}

/** Watches the child and spawns another when it dies unasked; requests meanwhile are answered `common.database_away`. */
function keep(first: ChildProcess, spawn: () => ChildProcess): { child(): ChildProcess; stop(): Promise<void> } {
  let child = first
  let stopping = false
  let failures = 0
  let timer: NodeJS.Timeout | undefined
  const watch = (now: ChildProcess) => {
    child = now
    now.once('exit', () => {
      if (!stopping) timer = setTimeout(again, RESPAWN_MS[Math.min(failures++, RESPAWN_MS.length - 1)])
    })
  }
  const again = () => {
    watch(spawn())
    ready(child).then(
      () => (failures = 0),
      () => undefined,
    )
  }
  watch(first)
  return {
    child: () => child,
    stop: () => {
      stopping = true
      clearTimeout(timer)
      return stop(child)
    },
  }
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
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((done) => {
    child.once('exit', () => done())
    if (child.connected) child.send('stop', () => undefined)
    // A child that hangs must not keep the server from ending.
    setTimeout(() => child.kill('SIGKILL'), 10_000).unref()
  })
}
