import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { pagePolicy } from './headers.ts'

const types: Record<string, string> = {
  html: 'text/html; charset=utf-8', js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8', json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml', png: 'image/png', jpg: 'image/jpeg', ico: 'image/x-icon', webp: 'image/webp', woff2: 'font/woff2', ttf: 'font/ttf',
  webmanifest: 'application/manifest+json', txt: 'text/plain; charset=utf-8', map: 'application/json',
}
const zippable = new Set(['html', 'js', 'css', 'json', 'svg', 'webmanifest', 'txt'])

interface Page {
  readonly type: string
  readonly etag: string
  readonly immutable: boolean
  readonly worker: boolean
  readonly bytes: Buffer
  zipped: { br: Buffer; gzip: Buffer } | undefined
}

/** What the pages hold in place of a nonce; index.html is filled in for each answer. */
export const NONCE = '__CSP_NONCE__'

/**
 * Serves a built web entry from memory at `/` or below a folder such as `/field/`. The list of files is taken once, so that no address can walk out of the
 * folder. Names with a hash are kept by the browser for ever, the rest is asked for again by ETag.
 */
export function servePages(app: FastifyInstance, folder: string, base: '/' | `/${string}/` = '/'): void {
  if (!existsSync(join(folder, 'index.html'))) {
    app.get(base, (_request, reply) => notBuilt(reply))
    return
  }
  for (const path of filesIn(folder)) {
    const page = pageOf(join(folder, path), path)
    if (path.endsWith('index.html')) servePage(app, `${base}${path.slice(0, -'index.html'.length)}`, page.bytes.toString('utf8'))
    else app.get(`${base}${path}`, (request, reply) => sendPage(request, reply, page))
  }
}

/** A page at its folder's address, which is also found without the last stroke. */
function servePage(app: FastifyInstance, address: string, html: string): void {
  // Relative, so that it stays inside of whatever path a gateway put before us.
  if (address !== '/') app.get(address.slice(0, -1), (_request, reply) => reply.header('location', `./${address.split('/').at(-2)}/`).status(302).send())
  app.get(address, (_request, reply) => sendIndex(reply, html))
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && !entry.name.endsWith('.map'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
}

function pageOf(file: string, path: string): Page {
  const bytes = readFileSync(file)
  const ending = path.slice(path.lastIndexOf('.') + 1)
  return {
    type: types[ending] ?? 'application/octet-stream',
    etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
    immutable: /-[\w-]{8,}\.\w+$/.test(path) && path.startsWith('assets/'),
    worker: path === 'sw.js',
    bytes,
    zipped: undefined,
  }
}

/** Chrome 88 is the build target; `aspect-ratio` came with it. Written in the words of 2012 so that any browser runs it. */
const oldBrowser = (nonce: string) => `<script nonce="${nonce}">
if (!(window.CSS && CSS.supports && CSS.supports('aspect-ratio', '1'))) {
  var box = document.createElement('div');
  box.setAttribute('style', 'padding:48px 24px;font:16px/1.8 "Microsoft YaHei",sans-serif;text-align:center');
  box.innerHTML = '<h1 style="font-size:22px">浏览器版本过低</h1><p>安格需要 Chrome 88、Edge 88 或同等内核的国产浏览器（请切换到“极速模式”）。</p><p>需要帮助请联系本单位的系统管理员。</p>';
  document.body.insertBefore(box, document.body.firstChild);
}
</script>`

function sendIndex(reply: FastifyReply, html: string): unknown {
  const { nonce, policy } = pagePolicy()
  const filled = html.replaceAll(NONCE, nonce).replace('</body>', () => `${oldBrowser(nonce)}</body>`)
  return reply.header('content-security-policy', policy).header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(filled)
}

function sendPage(request: FastifyRequest, reply: FastifyReply, page: Page): unknown {
  // A worker works under the policy of its own file: this one fetches the pages it keeps.
  if (page.worker) reply.header('content-security-policy', "default-src 'none'; connect-src 'self'")
  reply.header('etag', page.etag).header('cache-control', page.immutable ? 'public, max-age=31536000, immutable' : 'no-cache').type(page.type)
  if (request.headers['if-none-match'] === page.etag) return reply.status(304).send()
  const accepted = String(request.headers['accept-encoding'] ?? '')
  const ending = page.type.startsWith('text/') ? 'txt' : page.type.includes('json') ? 'json' : page.type.includes('svg') ? 'svg' : ''
  if (page.bytes.length < 1400 || !zippable.has(ending)) return reply.send(page.bytes)
  // Zipped on the first request and kept: a start stays quick, and every later visitor is served from memory.
  page.zipped ??= { br: brotli(page.bytes), gzip: gzipSync(page.bytes) }
  reply.header('vary', 'accept-encoding')
  if (/\bbr\b/.test(accepted)) return reply.header('content-encoding', 'br').send(page.zipped.br)
  if (/\bgzip\b/.test(accepted)) return reply.header('content-encoding', 'gzip').send(page.zipped.gzip)
  return reply.send(page.bytes)
}

const brotli = (bytes: Buffer) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })

function notBuilt(reply: FastifyReply): unknown {
  return reply.status(503).type('text/html; charset=utf-8').send('<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>安格</title><p>页面还没有编译。请用 npm start 启动，接口可照常使用：<a href="/api/docs">接口文档</a>。</p></html>')
}
