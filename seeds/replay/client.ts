import { createHash } from 'node:crypto'
import { Agent, request } from 'node:http'
import { replayPassword } from './registry.ts'
import { type Answer, Wire } from './wire.ts'

interface Sent {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly path: string
  readonly headers: Record<string, string>
  readonly body: string | Buffer | undefined
}

/** What has been sent so far. Times in milliseconds. */
export class Tally {
  commands = 0
  signIns = 0
  errors = 0
  readonly began = performance.now()
  private readonly times: number[] = []

  took(ms: number): void {
    this.commands++
    // A sample is enough for a percentile: every one at first, later each tenth.
    if (this.commands < 20_000 || this.commands % 10 === 0) this.times.push(ms)
  }

  get seconds(): number {
    return (performance.now() - this.began) / 1000
  }

  percentile(share: number): number {
    const sorted = [...this.times].sort((a, b) => a - b)
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  }
}

/** A key that is the same whenever the same step is sent: sending it again changes nothing. */
export function keyOf(step: string): string {
  const hex = createHash('sha256').update(`longgang-2020/${step}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Speaks HTTP as the people of the replay; each keeps to one server process. */
export class Client {
  readonly tally = new Tally()
  private readonly ports: readonly number[]
  private readonly agent: Agent
  private readonly wires: readonly Wire[]
  private readonly cookies = new Map<string, Promise<string>>()

  constructor(ports: readonly number[], sockets: number) {
    this.ports = ports
    this.agent = new Agent({ keepAlive: true, maxSockets: sockets })
    this.wires = ports.map((port) => new Wire(port, sockets))
  }

  /** A command as this person. @param step names it once and for all @throws what the server refused, in its words */
  command<T>(login: string, path: string, input: Record<string, unknown>, step: string, method: 'POST' | 'PUT' = 'POST'): Promise<T> {
    return this.counted<T>(login, { method, path: `/api${path}`, headers: { 'idempotency-key': keyOf(step), 'content-type': 'application/json' }, body: JSON.stringify(input) }, step)
  }

  upload(login: string, id: string, picture: Buffer, query: Record<string, string>): Promise<unknown> {
    return this.counted(login, { method: 'POST', path: `/api/attachments/${id}?${new URLSearchParams(query)}`, headers: { 'idempotency-key': id, 'content-type': 'application/octet-stream', 'x-file-name': 'a.png' }, body: picture }, `upload ${id}`)
  }

  async read<T>(login: string, path: string): Promise<T> {
    const { status, body } = await this.asPerson(login, { method: 'GET', path: `/api${path}`, headers: {}, body: undefined })
    if (status !== 200) throw new Error(`${login} GET ${path}: ${status} ${body.toString()}`)
    return JSON.parse(body.toString()) as T
  }

  /** A download or a page, as bytes. */
  async file(login: string, path: string): Promise<Buffer> {
    const { status, body } = await this.asPerson(login, { method: 'GET', path, headers: {}, body: undefined })
    if (status !== 200) throw new Error(`${login} GET ${path}: ${status} ${body.toString()}`)
    return body
  }

  /** The clock has moved on by hours: everybody signs in anew, before an old session is taken for a wrong one. */
  forgetSessions(): void {
    this.cookies.clear()
  }

  close(): void {
    this.agent.destroy()
    for (const wire of this.wires) wire.close()
  }

  private async counted<T>(login: string, sent: Sent, step: string): Promise<T> {
    const at = performance.now()
    const { status, body } = await this.asPerson(login, sent)
    this.tally.took(performance.now() - at)
    if (status === 200) return JSON.parse(body.toString()) as T
    this.tally.errors++
    throw new Error(`${step}（${login}）：${status} ${body.toString().slice(0, 800)}`)
  }

  /** A clock that moved on has ended the session: the person signs in again, as people do. */
  private async asPerson(login: string, sent: Sent): Promise<Answer> {
    const cookie = await this.cookieOf(login)
    const answer = await this.send(login, { ...sent, headers: { ...sent.headers, cookie } })
    if (answer.status !== 401) return answer
    if ((await this.cookies.get(login)) === cookie) this.cookies.delete(login)
    return this.send(login, { ...sent, headers: { ...sent.headers, cookie: await this.cookieOf(login) } })
  }

  private cookieOf(login: string): Promise<string> {
    const known = this.cookies.get(login)
    if (known) return known
    const made = this.signIn(login)
    this.cookies.set(login, made)
    return made
  }

  private async signIn(login: string): Promise<string> {
    this.tally.signIns++
    const { status, body, cookie } = await this.send(login, { method: 'POST', path: '/api/sign-in', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ login, password: replayPassword }) })
    if (status !== 200 || !cookie) throw new Error(`${login} 不能登录：${status} ${body.toString()}`)
    return cookie
  }

  private send(login: string, sent: Sent): Promise<Answer> {
    const at = [...login].reduce((n, c) => n + c.charCodeAt(0), 0) % this.ports.length
    if (sent.method !== 'GET') return this.wires[at]!.ask(sent.method, sent.path, { 'x-angrid': '1', ...sent.headers }, sent.body)
    return this.get(this.ports[at]!, sent)
  }

  /** Pages and downloads come in pieces, without their length. */
  private get(port: number, { path, headers }: Sent): Promise<Answer> {
    return new Promise((done, fail) => {
      const out = request({ host: '127.0.0.1', port, path, agent: this.agent, headers: { 'x-angrid': '1', ...headers } }, (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('error', fail)
        response.on('end', () => done({ status: response.statusCode ?? 0, body: Buffer.concat(parts), cookie: undefined }))
      })
      out.on('error', fail)
      out.end()
    })
  }
}

/** What one group or team sends at a time: its records do not hang on one another. */
export const AT_ONCE = 6

/** Works on chains, so many at a time; within a chain one step after the other. After a failure nothing new begins. @throws the first failure */
export async function together(chains: readonly (() => Promise<void>)[], width: number): Promise<void> {
  const failures: unknown[] = []
  let next = 0
  const worker = async () => {
    while (next < chains.length && !failures.length) await chains[next++]!().catch((error: unknown) => void failures.push(error))
  }
  await Promise.all(Array.from({ length: Math.min(width, chains.length) }, worker))
  if (failures.length) throw failures[0]
}
