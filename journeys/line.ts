import { connect, createServer, type Server, type Socket } from 'node:net'

/** A line between browser and server that can really break: cut, mended, or losing replies after the server has answered. */
export interface Line {
  readonly address: string
  /** Every open connection ends at once, new ones are refused. */
  cut(): void
  mend(): void
  /** The next so many replies to a command are lost on the way: the server has done it, the phone does not know. */
  loseReplies(count: number): void
  readonly lost: () => number
  close(): Promise<void>
}

export async function line(to: string): Promise<Line> {
  const { hostname, port } = new URL(to)
  const open = new Set<Socket>()
  let broken = false
  let lose = 0
  let lost = 0
  const server: Server = createServer((phone) => {
    if (broken) return phone.destroy()
    const home = connect(Number(port), hostname)
    let command = false
    for (const socket of [phone, home]) {
      open.add(socket)
      socket.on('close', () => open.delete(socket))
      socket.on('error', () => socket.destroy())
    }
    phone.on('data', (bytes) => {
      const head = bytes.subarray(0, 40).toString('latin1')
      if (/^[A-Z]+ \//.test(head)) command = /^(POST|PUT) \/api\//.test(head)
      home.write(bytes)
    })
    home.on('data', (bytes) => {
      if (command && lose > 0) {
        lose--
        lost++
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
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const at = server.address()
  if (at === null || typeof at === 'string') throw new Error('no port')
  const end = () => {
    for (const socket of open) socket.destroy()
  }
  return {
    address: `http://127.0.0.1:${at.port}`,
    cut: () => {
      broken = true
      end()
    },
    mend: () => {
      broken = false
    },
    loseReplies: (count) => {
      lose = count
    },
    lost: () => lost,
    close: async () => {
      end()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
