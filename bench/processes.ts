import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { projectRoot } from '../kernel/server/root.ts'
import type { Target } from './load.ts'

export const server = process.env.ANGRID_TEST_PG ?? 'postgres://postgres@127.0.0.1:5432/postgres'

/** The same server, another database. */
export function databaseUrl(name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.toString()
}

export const freePort = (): Promise<number> =>
  new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => done(port))
    })
  })

const children = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL')
})

/** Starts a script of this project under tsx and waits until it answers on its port. */
export async function start(name: string, script: string, env: Record<string, string>): Promise<Target & { stop(): void }> {
  const port = await freePort()
  const child = spawn(process.execPath, ['--import', 'tsx', join(projectRoot(), script)], { env: { ...process.env, ...env, ANGRID_PORT: String(port), PORT: String(port) }, stdio: ['ignore', 'ignore', 'inherit'] })
  children.add(child)
  for (let tries = 0; tries < 600; tries++) {
    const ok = await fetch(`http://127.0.0.1:${port}/healthz`).then((r) => r.ok, () => false)
    if (ok) return { name, port, pid: child.pid!, headers: {}, stop: () => void child.kill('SIGKILL') }
    if (child.exitCode !== null) throw new Error(`${script} ended with ${child.exitCode}`)
    await new Promise((wait) => setTimeout(wait, 100))
  }
  throw new Error(`${script} did not answer`)
}
