import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'

/**
 * A gateway before the server that can bring a newer build of the phone's pages: the same pages with every file under another
 * name, another worker over them, and of the old build nothing left to be fetched.
 */
export interface Gateway {
  readonly address: string
  /** From now on the pages are of this build. */
  bring(build: string): void
  close(): Promise<void>
}

const textual = /\.(js|css|html|webmanifest)$|^\/field\/(\?|$)/

export async function gateway(to: string): Promise<Gateway> {
  let build = ''
  const server = createServer((asked, answer) => (build && asked.url?.startsWith('/field/') ? newer(to, build, asked, answer) : through(to, asked, answer)))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const at = server.address()
  if (at === null || typeof at === 'string') throw new Error('no port')
  return {
    address: `http://127.0.0.1:${at.port}`,
    bring: (name) => {
      build = name
    },
    close: () => new Promise((done) => {
      server.closeAllConnections()
      server.close(() => done())
    }),
  }
}

function through(to: string, asked: IncomingMessage, answer: ServerResponse): void {
  const up = request(new URL(asked.url ?? '/', to), { method: asked.method, headers: asked.headers }, (got) => {
    answer.writeHead(got.statusCode ?? 502, got.headers)
    got.pipe(answer)
  })
  up.on('error', () => answer.destroy())
  answer.on('close', () => up.destroy())
  asked.pipe(up)
}

function newer(to: string, build: string, asked: IncomingMessage, answer: ServerResponse): void {
  const path = asked.url!
  if (path.startsWith('/field/assets/')) return void answer.writeHead(404).end()
  const there = path.replace(`/field/assets-${build}/`, '/field/assets/')
  request(new URL(there, to), { headers: { host: asked.headers.host } }, (got) => {
    const parts: Buffer[] = []
    got.on('data', (part: Buffer) => parts.push(part))
    got.on('end', () => {
      const bytes = Buffer.concat(parts)
      const { 'content-length': _l, etag: _e, 'transfer-encoding': _t, ...headers } = got.headers
      const renamed = (text: string) => text.replaceAll('assets/', `assets-${build}/`).replace(/angrid-field-[0-9a-f]{16}/, `angrid-field-${build}`).replace('<head>', `<head><meta name="build" content="${build}">`)
      answer.writeHead(got.statusCode ?? 502, headers).end(textual.test(there) ? renamed(bytes.toString('utf8')) : bytes)
    })
  }).on('error', () => answer.destroy()).end()
}
