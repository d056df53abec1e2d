import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { replay } from './replay.ts'

const folder = mkdtempSync(join(tmpdir(), 'angrid-replay-'))
const server = process.env.ANGRID_TEST_PG
const name = `angrid_replay_${randomUUID().slice(0, 8)}`
let database = ''

const admin = async (text: string) => {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query(text)
  await client.end()
}

beforeAll(async () => {
  if (!server) return
  await admin(`create database ${name} template template0 encoding 'UTF8'`)
  const url = new URL(server)
  url.pathname = `/${name}`
  database = url.toString()
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  if (database) await admin(`drop database ${name} with (force)`)
})

const SCALE = 0.005

/** Driver, servers and embedded database die at once in the middle of a day. */
async function killedOn(day: string): Promise<void> {
  const words = ['--import', 'tsx', 'scripts/replay.ts', 'longgang-2020', '--scale', String(SCALE), '--data', folder, '--servers', '1', ...(database ? ['--database', database] : [])]
  const child = spawn(process.execPath, words, { detached: true, stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, DATABASE_URL: '' } })
  let said = ''
  for await (const part of child.stdout.setEncoding('utf8')) if ((said += part).includes(day)) break
  await new Promise((done) => setTimeout(done, 150))
  const gone = once(child, 'exit')
  process.kill(-child.pid!, 'SIGKILL')
  await gone
}

describe('the replay of the first report, reduced', () => {
  it('is killed in the middle of the third day, taken up again, and comes to every number of its scale, nothing twice', async () => {
    await killedOn('2020-02-12')
    const outcome = await replay({ scale: SCALE, database, dataDir: folder, out: folder, servers: 1, width: 16, say: () => undefined })
    expect(outcome.checks.filter((c) => c.counted !== c.expected)).toEqual([])
    expect(outcome.checks.find((c) => c.what.startsWith('M07 '))?.expected).toBe(593)
    expect(outcome.checks.find((c) => c.what.startsWith('M09C'))?.expected).toBe(560)
    const page = readFileSync(join(folder, 'briefing.html'), 'utf8')
    for (const words of ['出动人员<a href="#M01" title="看口径和分子分母">184人次</a>', '指导复工<a href="#M22" title="看口径和分子分母">131家</a>', '<section class="f" id="夜间/M08R"', '现场整改隐患 ÷ 排查隐患']) expect(page).toContain(words)
    expect(readFileSync(join(folder, 'briefing.docx')).subarray(0, 2).toString()).toBe('PK')
    expect([outcome.errors, outcome.ledger.ok, outcome.ledger.sealed + outcome.ledger.unsealed > 3_000]).toEqual([0, true, true])
  }, 400_000)
})
