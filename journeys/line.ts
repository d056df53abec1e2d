import { connect, createServer, type Server, type Socket } from 'node:net'

/** A line between browser and server that can really break: cut, mended, losing replies after the server has answered, or holding a command in the middle. */
export interface Line {
  readonly address: string
  /** Every open connection ends at once, new ones are refused. */
  cut(): void
  mend(): void
  /** The next so many replies to a command are lost on the way: the server has done it, the phone does not know. */
  loseReplies(count: number): void
  readonly lost: () => number
  /**
   * Holds the next queued command, no photo and no question: `body`, half of it gets through and the server waits for the rest;
   * `reply`, the server has done it and the answer stays on the way. Resolves when that is so; it stays so until the phone dies
   * or the line is let go.
   */
  hold(what: 'body' | 'reply'): Promise<void>
  letGo(): void
  close(): Promise<void>
}

interface Hold {
  readonly what: 'body' | 'reply'
  readonly done: () => void
  taken: boolean
}

/** Commands of the outbox; photos go under `attachments`, the rest is asked by the page itself. */
const queued = /^POST \/api\/(?!attachments|uploads|sync\/|sign-|me\/)/
const anyCommand = /^(POST|PUT) \/api\//

interface State {
  broken: boolean
  lose: number
  lost: number
  hold: Hold | undefined
  readonly open: Set<Socket>
  readonly held: Set<Socket>
}

export async function line(to: string): Promise<Line> {
  const { hostname, port } = new URL(to)
  const now: State = { broken: false, lose: 0, lost: 0, hold: undefined, open: new Set(), held: new Set() }
  const server: Server = createServer((phone) => (now.broken ? void phone.destroy() : join(now, phone, connect(Number(port), hostname))))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const at = server.address()
  if (at === null || typeof at === 'string') throw new Error('no port')
  const end = (sockets: ReadonlySet<Socket>) => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    address: `http://127.0.0.1:${at.port}`,
    cut: () => {
      now.broken = true
      end(now.open)
    },
    mend: () => {
      now.broken = false
    },
    loseReplies: (count) => {
      now.lose = count
    },
    lost: () => now.lost,
    hold: (what) => new Promise<void>((done) => {
      now.hold = { what, done, taken: false }
    }),
    letGo: () => {
      now.hold = undefined
      end(now.held)
    },
    close: async () => {
      end(now.open)
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** One connection of the phone, carried through to the server. */
function join(now: State, phone: Socket, home: Socket): void {
  const exchange = { command: false, hold: undefined as Hold | undefined, stuck: false }
  for (const socket of [phone, home]) {
    now.open.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      now.open.delete(socket)
      now.held.delete(socket)
    })
  }
  const begin = (head: string) => {
    exchange.command = anyCommand.test(head)
    if (!now.hold || now.hold.taken || !queued.test(head)) return
    now.hold.taken = true
    exchange.hold = now.hold
    now.held.add(phone)
  }
  phone.on('data', (bytes) => {
    const head = bytes.subarray(0, 60).toString('latin1')
    if (/^[A-Z]+ \//.test(head)) begin(head)
    if (exchange.stuck) return
    const through = exchange.hold?.what === 'body' ? firstHalf(bytes) : bytes
    home.write(through)
    if (through === bytes) return
    exchange.stuck = true
    exchange.hold?.done()
  })
  home.on('data', (bytes) => {
    if (exchange.hold) return exchange.hold.what === 'reply' ? exchange.hold.done() : undefined
    if (exchange.command && now.lose > 0) {
      now.lose--
      now.lost++
      phone.destroy()
      return home.destroy()
    }
    phone.write(bytes)
  })
  phone.on('end', () => home.end())
  home.on('end', () => phone.end())
  // A server that was killed takes its connections with it.
  phone.on('close', () => home.destroy())
  home.on('close', () => phone.destroy())
}

/** Head and half of the body, when there is a body in these bytes: a browser writes the two together or one after the other. */
function firstHalf(bytes: Buffer): Buffer {
  const begun = /^[A-Z]+ \//.test(bytes.subarray(0, 20).toString('latin1'))
  const body = begun ? bytes.indexOf('\r\n\r\n') + 4 : 0
  if (begun && body < 4) return bytes
  return body < bytes.length ? bytes.subarray(0, body + Math.floor((bytes.length - body) / 2)) : bytes
}
