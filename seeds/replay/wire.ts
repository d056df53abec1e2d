import { createConnection, type Socket } from 'node:net'

export interface Answer {
  readonly status: number
  readonly body: Buffer
  /** Name and value of the cookie that was set. */
  readonly cookie: string | undefined
}

interface Asked {
  readonly text: string
  readonly body: Buffer
  done(answer: Answer): void
  fail(error: Error): void
}

/** The server closes what was silent for five seconds. */
const FRESH_MS = 3000
const BREAK = Buffer.from('\r\n\r\n')

/**
 * HTTP/1.1 on kept connections to one server on this machine, as far as a command needs it: a request with its length, an answer with
 * its length. The driver shares its processors with the servers, and Node's client cost it half of what it took.
 */
export class Wire {
  private readonly port: number
  private readonly most: number
  private readonly idle: Kept[] = []
  private readonly waiting: Asked[] = []
  private readonly all = new Set<Kept>()

  constructor(port: number, most: number) {
    this.port = port
    this.most = most
  }

  /** @throws when the connection breaks or the answer is of another form */
  ask(method: string, path: string, headers: Record<string, string>, body: string | Buffer | undefined): Promise<Answer> {
    const bytes = typeof body === 'string' ? Buffer.from(body) : (body ?? Buffer.alloc(0))
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    const text = `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1:${this.port}\r\nconnection: keep-alive\r\ncontent-length: ${bytes.length}\r\n${lines.join('')}\r\n`
    return new Promise((done, fail) => {
      this.waiting.push({ text, body: bytes, done, fail })
      this.next()
    })
  }

  close(): void {
    for (const kept of this.all) kept.socket.destroy()
  }

  private next(): void {
    while (this.waiting.length) {
      const kept = this.idle.pop() ?? (this.all.size < this.most ? this.open() : undefined)
      if (!kept) return
      if (performance.now() - kept.since > FRESH_MS) kept.socket.destroy()
      if (!kept.socket.destroyed) kept.ask(this.waiting.shift()!)
      else this.all.delete(kept)
    }
  }

  private open(): Kept {
    const kept = new Kept(createConnection({ host: '127.0.0.1', port: this.port, noDelay: true }), () => {
      this.idle.push(kept)
      this.next()
    }, () => {
      this.all.delete(kept)
      this.next()
    })
    this.all.add(kept)
    return kept
  }
}

/** One connection; one request at a time. */
class Kept {
  readonly socket: Socket
  since = performance.now()
  private asked: Asked | undefined
  private came: Buffer = Buffer.alloc(0)
  private readonly free: () => void

  constructor(socket: Socket, free: () => void, gone: () => void) {
    this.socket = socket
    this.free = free
    socket.on('data', (piece: Buffer) => this.read(piece))
    socket.on('error', (error) => this.broken(error))
    socket.on('close', () => {
      this.broken(new Error('the server closed the connection'))
      gone()
    })
  }

  ask(asked: Asked): void {
    this.asked = asked
    this.socket.write(asked.body.length ? Buffer.concat([Buffer.from(asked.text), asked.body]) : asked.text)
  }

  private read(piece: Buffer): void {
    this.came = this.came.length ? Buffer.concat([this.came, piece]) : piece
    const end = this.came.indexOf(BREAK)
    if (end < 0) return
    const head = this.came.toString('latin1', 0, end)
    const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1]
    if (length === undefined) return void this.socket.destroy(new Error(`an answer without its length: ${head}`))
    const whole = end + BREAK.length + Number(length)
    if (this.came.length < whole) return
    const body = this.came.subarray(end + BREAK.length, whole)
    const { asked } = this
    this.came = this.came.subarray(whole)
    this.asked = undefined
    this.since = performance.now()
    asked?.done({ status: Number(head.slice(9, 12)), body, cookie: /\r\nset-cookie: ([^;\r]+)/i.exec(head)?.[1] })
    this.free()
  }

  private broken(error: Error): void {
    this.asked?.fail(error)
    this.asked = undefined
  }
}
