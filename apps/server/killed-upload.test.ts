import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, expect, it, vi } from 'vitest'
import { projectRoot } from '../../kernel/server/root.ts'

const data = mkdtempSync(join(tmpdir(), 'angrid-killed-'))
let running: ChildProcess | undefined
afterAll(() => {
  running?.kill('SIGKILL')
  rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 500 })
})

/** The real server on its own folder. */
function start(): Promise<string> {
  const child = spawn(process.execPath, ['scripts/start.mjs', 'demo'], {
    cwd: projectRoot(), env: { ...process.env, ANGRID_DATA: data, ANGRID_PORT: '0', ANGRID_SEED_SIZE: 'cast', DATABASE_URL: '', NODE_OPTIONS: '' }, stdio: ['ignore', 'pipe', 'pipe'],
  })
  running = child
  let shown = ''
  return new Promise((done, fail) => {
    const look = (chunk: Buffer) => {
      shown += chunk.toString('utf8')
      const found = /打开\s+(http:\S+)[\s\S]*停止/.exec(shown)
      if (found) done(found[1]!)
    }
    child.stdout.on('data', look)
    child.stderr.on('data', look)
    child.once('exit', (code) => fail(new Error(`ended with ${code}: ${shown}`)))
  })
}

async function kill(): Promise<void> {
  const child = running!
  child.kill('SIGKILL')
  await vi.waitFor(() => expect(child.exitCode ?? child.signalCode).not.toBeNull(), { timeout: 15_000, interval: 20 })
}

class Phone {
  cookie = ''
  address = ''
  async signIn(address: string): Promise<void> {
    this.address = address
    const answer = await fetch(`${address}/api/sign-in`, { method: 'POST', headers: { 'x-angrid': '1', 'content-type': 'application/json' }, body: JSON.stringify({ login: 'lin', password: 'Anlan#2026' }) })
    this.cookie = answer.headers.get('set-cookie')!.split(';')[0]!
  }
  headers = () => ({ cookie: this.cookie, 'x-angrid': '1', 'idempotency-key': randomUUID() })
  async begin(given: object): Promise<{ received: number; done: boolean }> {
    const answer = await fetch(`${this.address}/api/attachments/uploads`, { method: 'POST', headers: { ...this.headers(), 'content-type': 'application/json' }, body: JSON.stringify(given) })
    return (await answer.json()) as { received: number; done: boolean }
  }
  async send(id: string, bytes: Buffer, offset: number, to: number): Promise<{ received: number; done: boolean } | undefined> {
    const answer = await fetch(`${this.address}/api/attachments/uploads/${id}?offset=${offset}`, { method: 'PUT', headers: { ...this.headers(), 'content-type': 'application/octet-stream' }, body: new Uint8Array(bytes.subarray(offset, to)) }).catch(() => undefined)
    return answer?.status === 200 ? ((await answer.json()) as { received: number; done: boolean }) : undefined
  }
  /** Begins a chunk, sends half of it and lets the line hang. */
  half(id: string, bytes: Buffer, offset: number, to: number): Promise<void> {
    return new Promise((done) => {
      const { hostname, port } = new URL(this.address)
      const socket = connect(Number(port), hostname, () => {
        const head = Object.entries({ host: `${hostname}:${port}`, ...this.headers(), 'content-type': 'application/octet-stream', 'content-length': String(to - offset) }).map(([name, value]) => `${name}: ${value}\r\n`).join('')
        socket.write(`PUT /api/attachments/uploads/${id}?offset=${offset} HTTP/1.1\r\n${head}\r\n`)
        socket.write(bytes.subarray(offset, offset + Math.floor((to - offset) / 2)), () => setTimeout(done, 60))
      })
      socket.on('error', () => undefined)
    })
  }
}

it('the server is killed (-9) in the middle of a chunk, and between chunks as they come: what was acknowledged is there, the rest is sent again, the photo is byte for byte the one that was taken', { timeout: 300_000 }, async () => {
  const photo = await sharp(randomBytes(900 * 900 * 3), { raw: { width: 900, height: 900, channels: 3 } }).jpeg({ quality: 90 }).toBuffer()
  const given = { id: randomUUID(), name: '现场.jpg', sha256: createHash('sha256').update(photo).digest('hex'), size: photo.length }
  const piece = Math.ceil(photo.length / 12)
  const phone = new Phone()
  let acknowledged = 0
  for (let round = 0; round < 3; round++) {
    await phone.signIn(await start())
    const state = await phone.begin(given)
    expect(state.received).toBeGreaterThanOrEqual(acknowledged)
    acknowledged = state.received
    for (let n = 0; n < 2; n++) acknowledged = (await phone.send(given.id, photo, acknowledged, acknowledged + piece))!.received
    if (round === 0) await phone.half(given.id, photo, acknowledged, acknowledged + piece)
    else {
      // One more is on its way while the server dies: it may count or not, but never half.
      const flying = phone.send(given.id, photo, acknowledged, acknowledged + piece)
      await new Promise((done) => setTimeout(done, round * 8))
      await kill()
      acknowledged = (await flying)?.received ?? acknowledged
    }
    if (round === 0) await kill()
  }
  await phone.signIn(await start())
  let { received, done } = await phone.begin(given)
  expect(received).toBeGreaterThanOrEqual(acknowledged)
  expect(received % piece).toBe(0)
  while (!done) ({ received, done } = (await phone.send(given.id, photo, received, Math.min(photo.length, received + piece)))!)
  const original = await fetch(`${phone.address}/api/attachments/${given.id}/original`, { headers: { cookie: phone.cookie } })
  expect(Buffer.from(await original.arrayBuffer()).equals(photo)).toBe(true)
  await kill()
})
