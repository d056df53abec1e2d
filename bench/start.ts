/** From the command to the first answer on existing data, and memory at rest: `npx tsx bench/start.ts`. Built server (npm start builds it). */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../kernel/server/root.ts'
import { median, memoryMb } from './load.ts'
import { freePort } from './processes.ts'
import { prepared } from './world.ts'

const main = join(projectRoot(), 'dist/server/main.js')
if (!existsSync(main)) throw new Error('先运行一次 npm start，把服务端编译出来')

async function once(env: Record<string, string>): Promise<{ ms: number; rss: number }> {
  const port = await freePort()
  const began = performance.now()
  const child = spawn(process.execPath, ['-e', `import(${JSON.stringify(main)}).then((m) => m.main(['serve', '--migrate']))`], {
    env: { ...process.env, ...env, ANGRID_PORT: String(port), ANGRID_LOG: 'error', ANGRID_KEY: Buffer.alloc(32, 7).toString('base64') },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  while (!(await fetch(`http://127.0.0.1:${port}/readyz`).then((r) => r.ok, () => false))) {
    if (performance.now() - began > 60_000) throw new Error('没有启动')
    await new Promise((wait) => setTimeout(wait, 10))
  }
  const ms = performance.now() - began
  await new Promise((wait) => setTimeout(wait, 3000))
  const rss = memoryMb(child.pid!)
  child.kill('SIGTERM')
  await new Promise((done) => child.once('exit', done))
  return { ms, rss }
}

async function report(name: string, aim: number, env: Record<string, string>): Promise<void> {
  const runs = []
  for (let i = 0; i < 5; i++) runs.push(await once(env))
  console.log(`${name}: ${runs.map((r) => r.ms.toFixed(0)).join(' ')} ms, median ${median(runs.map((r) => r.ms)).toFixed(0)} ms (aim ≤ ${aim}); server process at rest ${median(runs.map((r) => r.rss))} MB (aim ≤ 120)`)
}

const dataDir = join(projectRoot(), '.cache', 'bench')
await report('PostgreSQL', 1000, { DATABASE_URL: await prepared('bench'), ANGRID_DATA: dataDir })
const embedded = process.argv[2] ?? join(projectRoot(), 'data')
if (existsSync(join(embedded, 'pg'))) await report('embedded', 3000, { DATABASE_URL: '', ANGRID_DATA: embedded })
else console.log('embedded: 没有演示数据，先运行一次 npm start')
process.exit(0)
