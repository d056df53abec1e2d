import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { projectRoot } from '../kernel/server/root.ts'

/** The built server as a process of its own, with the cast in it: killed with SIGKILL and started again on the same data. */
export interface OwnServer {
  readonly address: string
  kill(): Promise<void>
  start(): Promise<void>
  /** Straight from its database, while it runs. */
  rows<T extends object>(text: string, values?: readonly unknown[]): Promise<T[]>
  close(): Promise<void>
}

const alive = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of alive) child.kill('SIGKILL')
})

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => done(port))
    })
  })

export async function ownServer(): Promise<OwnServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'angrid-own-'))
  mkdirSync(dataDir, { recursive: true })
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  let child: ChildProcess | undefined
  const start = async () => {
    for (const until = Date.now() + 60_000; Date.now() < until; ) {
      child = spawned(port, dataDir)
      if (await answers(child, address)) return
      // The killed one's database process may still hold the folder for a moment.
      await new Promise((wait) => setTimeout(wait, 300))
    }
    throw new Error('the server did not start again')
  }
  const kill = async () => {
    const now = child
    if (!now || now.exitCode !== null || now.signalCode !== null) return
    const gone = new Promise((done) => now.once('exit', done))
    now.kill('SIGKILL')
    await gone
  }
  await start()
  return {
    address,
    start,
    kill,
    rows: (text, values = []) => asked(dataDir, text, values),
    close: async () => {
      await kill()
      await new Promise((wait) => setTimeout(wait, 1000))
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

function spawned(port: number, dataDir: string): ChildProcess {
  const main = join(projectRoot(), 'dist/server/main.js')
  const child = spawn(process.execPath, ['-e', `import(${JSON.stringify(main)}).then((m) => m.main(['demo']))`], {
    env: { ...process.env, ANGRID_PORT: String(port), ANGRID_DATA: dataDir, ANGRID_SEED_SIZE: 'cast', ANGRID_LOG: 'silent', ANGRID_RATE_FACTOR: '1000000', DATABASE_URL: '' }, stdio: ['ignore', 'ignore', 'pipe'],
  })
  child.stderr?.on('data', (bytes: Buffer) => process.env.PROOF_LOUD && process.stderr.write(bytes))
  alive.add(child)
  child.once('exit', () => alive.delete(child))
  return child
}

async function answers(child: ChildProcess, address: string): Promise<boolean> {
  while (child.exitCode === null && child.signalCode === null) {
    if (await fetch(`${address}/readyz`).then((r) => r.ok, () => false)) return true
    await new Promise((wait) => setTimeout(wait, 50))
  }
  return false
}

/** The embedded database listens on a socket named by its folder (kernel/server/embedded.ts). */
async function asked<T extends object>(dataDir: string, text: string, values: readonly unknown[]): Promise<T[]> {
  const id = createHash('sha256').update(dataDir).digest('hex').slice(0, 12)
  const client = new pg.Client({ host: join(tmpdir(), `angrid-${process.getuid?.() ?? 0}-${id}`), port: 5432, user: 'postgres', database: 'postgres' })
  await client.connect()
  const { rows } = await client.query<T>(text, [...values])
  await client.end()
  return rows
}
