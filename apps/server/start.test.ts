import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { projectRoot } from '../../kernel/server/root.ts'

const data = mkdtempSync(join(tmpdir(), 'angrid-start-'))
const temporary = join(data, 'tmp')
mkdirSync(temporary)
const started: ChildProcess[] = []
afterEach(() => {
  for (const child of started.splice(0)) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
})
afterAll(() => rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 500 }))

interface Started {
  readonly child: ChildProcess
  readonly address: string
  readonly shown: string
}

/** The real thing, as a person starts it, on a folder of its own with the small cast. */
function start(command: readonly string[]): Promise<Started> {
  const child = spawn(command[0]!, command.slice(1), {
    cwd: projectRoot(),
    env: { ...process.env, ANGRID_DATA: data, ANGRID_PORT: '0', ANGRID_SEED_SIZE: 'cast', DATABASE_URL: '', NODE_OPTIONS: '', TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  started.push(child)
  let shown = ''
  return new Promise((done, fail) => {
    const look = (chunk: Buffer) => {
      shown += chunk.toString('utf8')
      const found = /打开\s+(http:\S+)[\s\S]*停止/.exec(shown)
      if (found) done({ child, address: found[1]!, shown })
    }
    child.stdout.on('data', look)
    child.stderr.on('data', look)
    child.once('exit', (code) => fail(new Error(`ended with ${code}: ${shown}`)))
  })
}

const node = [process.execPath, 'scripts/start.mjs', 'demo']

/** Processes that name our data folder: the embedded database's. */
const left = (): string[] =>
  readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && Number(pid) !== process.pid).filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(data)
    } catch {
      return false
    }
  })
const nothingLeft = () => vi.waitFor(() => expect(left()).toEqual([]), { timeout: 15_000, interval: 100 })
const ended = (child: ChildProcess) => vi.waitFor(() => expect(child.exitCode ?? child.signalCode).not.toBeNull(), { timeout: 15_000, interval: 50 })
const silent = (address: string) => vi.waitFor(async () => expect(await fetch(address).then(() => 'answers', () => 'gone')).toBe('gone'), { timeout: 15_000, interval: 100 })

/** Files of attachments, and uploads on their way that were left behind. */
const stored = (): string[] => [join(data, 'files'), temporary].filter(existsSync).flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile() && (entry.parentPath !== temporary || entry.name.startsWith('angrid-upload-'))).map((entry) => entry.name)

async function signIn(address: string, login = 'sun'): Promise<string> {
  const answer = await fetch(`${address}/api/sign-in`, { method: 'POST', headers: { 'x-angrid': '1', 'content-type': 'application/json' }, body: JSON.stringify({ login, password: 'Anlan#2026' }) })
  expect(answer.status).toBe(200)
  return answer.headers.get('set-cookie')!.split(';')[0]!
}

const settings = async (address: string, cookie: string) =>
  ((await (await fetch(`${address}/api/settings`, { headers: { cookie } })).json()) as { rows: { key: string; version: number }[] }).rows.find((row) => row.key === 'command.keep_days')!

/** Changes one setting again and again; tells the last version that was acknowledged. */
async function writeUntilGone(address: string, cookie: string, from: number, onWritten: (version: number) => void): Promise<void> {
  for (let version = from; ; version++) {
    const answer = await fetch(`${address}/api/settings/command.keep_days`, {
      method: 'POST',
      headers: { cookie, 'x-angrid': '1', 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      body: JSON.stringify({ value: 100 + (version % 1000), baseVersion: version, reason: '断电前反复写入' }),
    }).catch(() => undefined)
    if (answer?.status !== 200) return
    onWritten(version + 1)
  }
}

describe('npm start', () => {
  it('shows where to go and who is there; a page, the documents and health answer', { timeout: 180_000 }, async () => {
    const { child, address, shown } = await start(node)
    expect(shown).toContain('王砚川')
    expect((await fetch(`${address}/healthz`)).status).toBe(200)
    expect(await (await fetch(`${address}/api/docs`)).text()).toContain('安格 接口文档')
    child.kill('SIGINT')
    await ended(child)
    expect(child.exitCode).toBe(0)
    await nothingLeft()
  })
  it('kill -9 in the middle of writing leaves no process, and everything acknowledged is there afterwards', { timeout: 180_000 }, async () => {
    let acknowledged = 0
    for (let round = 0; round < 3; round++) {
      const { child, address } = await start(node)
      const cookie = await signIn(address)
      const { version } = await settings(address, cookie)
      expect(version).toBeGreaterThanOrEqual(acknowledged)
      const writing = writeUntilGone(address, cookie, version, (written) => {
        acknowledged = written
      })
      await vi.waitFor(() => expect(acknowledged).toBeGreaterThan(version + 25), { timeout: 30_000, interval: 5 })
      child.kill('SIGKILL')
      await writing
      await nothingLeft()
    }
    const { child, address } = await start(node)
    const { version } = await settings(address, await signIn(address))
    expect(version).toBeGreaterThanOrEqual(acknowledged)
    expect(version).toBeLessThanOrEqual(acknowledged + 1)
    child.kill('SIGTERM')
    await ended(child)
    await nothingLeft()
  })
  it('a disk that fills up while a photo is stored: said in Chinese, nothing half-done, the next one goes in', { timeout: 180_000 }, async () => {
    // No file may grow beyond 24 MB; the upload is larger, so it fails in the middle of being written.
    const { child, address } = await start(['sh', '-c', 'ulimit -f 49152; exec "$0" scripts/start.mjs demo', process.execPath])
    const cookie = await signIn(address, 'wang')
    const send = (id: string, bytes: number) =>
      fetch(`${address}/api/attachments/${id}`, { method: 'POST', headers: { cookie, 'x-angrid': '1', 'content-type': 'application/octet-stream', 'x-file-name': 'a.pdf', 'idempotency-key': randomUUID() }, body: Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(bytes, 32)]) })
    const [large, small] = [randomUUID(), randomUUID()]
    const refused = await send(large, 30_000_000)
    expect([refused.status, await refused.json()]).toEqual([503, expect.objectContaining({ code: 'common.disk_full', title: '存储空间不足，未能保存，请联系系统管理员' })])
    expect((await fetch(`${address}/api/attachments/${large}`, { headers: { cookie } })).status).toBe(404)
    expect(stored()).toEqual([])
    expect((await send(small, 1000)).status).toBe(200)
    expect(stored()).toHaveLength(1)
    child.kill('SIGTERM')
    await ended(child)
    await nothingLeft()
  })
  it('a second start on the same folder is refused in words', { timeout: 180_000 }, async () => {
    const { child } = await start(node)
    await expect(start(node)).rejects.toThrow('数据目录正被另一个安格进程使用')
    child.kill('SIGINT')
    await ended(child)
    await nothingLeft()
  })
  it.each(['SIGTERM', 'SIGKILL'] as const)('%s of npm ends the server under it', { timeout: 180_000 }, async (signal) => {
    const { child, address } = await start(['npm', 'start', '--silent'])
    child.kill(signal)
    await ended(child)
    await silent(address)
    await nothingLeft()
  })
})
