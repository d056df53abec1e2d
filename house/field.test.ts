import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { root } from './sources.ts'

const folder = join(root, 'dist/field')
const read = (file: string) => readFileSync(join(folder, file))
const built = existsSync(folder)
  ? readdirSync(folder, { recursive: true, withFileTypes: true }).filter((e) => e.isFile() && !e.name.startsWith('.') && !e.name.endsWith('.map')).map((e) => relative(folder, join(e.parentPath, e.name)).split(sep).join('/')).sort()
  : []

/** First load before anything is kept: the page, its scripts and styles, and the first screen. */
const SHELL_KB = 350
/** Everything a phone keeps of the app itself. */
const PRECACHE_KB = 2200

const gzipped = (file: string) => gzipSync(read(file)).length / 1024

describe('the phone entry', () => {
  const page = existsSync(join(folder, 'index.html')) ? read('index.html').toString() : ''
  const worker = existsSync(join(folder, 'sw.js')) ? read('sw.js').toString() : ''
  const listed = (JSON.parse(/\[("[^\]]+")\]/.exec(worker)?.[0] ?? '[]') as string[]).sort()

  it(`its shell stays under ${SHELL_KB} KB gzip`, () => {
    const first = [...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map(([, file]) => file!)
    const today = built.filter((file) => /assets\/(Today|SyncDot|words|page)-.*\.(js|css)$/.test(file))
    const files = [...new Set(['index.html', ...first, ...today])]
    expect(files.length).toBeGreaterThan(6)
    const size = files.reduce((sum, file) => sum + gzipped(file), 0)
    console.log(`field shell: ${size.toFixed(0)} KB gzip in ${files.length} files`)
    expect(size).toBeLessThan(SHELL_KB)
  })
  it(`what it keeps stays under ${PRECACHE_KB} KB`, () => {
    const size = built.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0) / 1024
    console.log(`field precache: ${size.toFixed(0)} KB in ${built.length} files`)
    expect(size).toBeLessThan(PRECACHE_KB)
  })
  it('the worker knows every built file and no other', () => {
    expect(listed).toEqual(built.filter((file) => file !== 'sw.js'))
  })
  it('its version is the hash of them: another byte is another worker', () => {
    const hash = createHash('sha256')
    for (const file of listed) hash.update(file).update(read(file))
    expect(worker).toContain(hash.digest('hex').slice(0, 16))
  })
  it('names nothing from the root of a host: a gateway may serve it under any path', () => {
    const absolute = [...page.matchAll(/(?:src|href)="(\/[^"]*|https?:[^"]*)"/g)].map(([, address]) => address)
    expect(absolute).toEqual([])
    const manifest = JSON.parse(read('manifest.webmanifest').toString()) as { start_url: string; scope: string; icons: { src: string }[] }
    expect([manifest.start_url, manifest.scope, ...manifest.icons.map((icon) => icon.src)].filter((address) => address.startsWith('/') || address.includes(':'))).toEqual([])
  })
  it('has its icons in the sizes that installing asks for', () => {
    for (const [file, size] of [['icon-192.png', 192], ['icon-512.png', 512]] as const) expect([file, read(file).readUInt32BE(16), read(file).readUInt32BE(20)]).toEqual([file, size, size])
  })
})
