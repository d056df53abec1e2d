/**
 * The page without a line. Touches only GET of files that were built with it; everything else goes past it untouched. Its version
 * is the hash of those files, so that a new build is a new worker and an old page keeps all of its own files until it is left.
 * `FILES` and `VERSION` are written in by scripts/seal-field.mjs.
 */
declare const FILES: readonly string[]
declare const VERSION: string

/** The few things of a worker's world that we use; the page's types do not know them. */
interface Life extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface Asked extends Event {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}
interface World {
  readonly registration: { readonly scope: string }
  readonly clients: { claim(): Promise<void> }
  skipWaiting(): Promise<void>
  addEventListener(name: 'install' | 'activate', on: (event: Life) => void): void
  addEventListener(name: 'fetch', on: (event: Asked) => void): void
  addEventListener(name: 'message', on: (event: MessageEvent<unknown>) => void): void
}
const world = globalThis as unknown as World

const CACHE = `angrid-field-${VERSION}`
const START = 'index.html'
const scope = world.registration.scope
/** Own files by full address; the bare folder is the page. */
const own = new Map(FILES.map((file) => [scope + file, file]))

world.addEventListener('install', (event) => event.waitUntil(fill()))
world.addEventListener('activate', (event) => event.waitUntil(takeOver()))
// The person has read that a new version waits and wants it now.
world.addEventListener('message', (event) => {
  if (event.data === 'take-over') void world.skipWaiting()
})
world.addEventListener('fetch', (event) => {
  const { request } = event
  if (request.method !== 'GET') return
  const address = request.url.split(/[?#]/)[0]!
  const file = address === scope ? START : own.get(address)
  if (file !== undefined) event.respondWith(answer(file, request))
})

/** All or nothing: a worker with half of its files never takes over. The page is stored with its own policy and nonce. */
async function fill(): Promise<void> {
  const cache = await caches.open(CACHE)
  await Promise.all(
    FILES.map(async (file) => {
      const response = await fetch(scope + (file === START ? '' : file), { cache: 'no-cache', credentials: 'same-origin' })
      if (!response.ok || response.redirected) throw new Error(`${file}: ${response.status}`)
      await cache.put(scope + file, response)
    }),
  )
}

async function takeOver(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith('angrid-field-') && name !== CACHE)
  await Promise.all(old.map((name) => caches.delete(name)))
  await world.clients.claim()
}

/** Kept first. What the browser has thrown out of a full store is asked for again. */
async function answer(file: string, request: Request): Promise<Response> {
  const kept = await (await caches.open(CACHE)).match(scope + file)
  return kept ?? fetch(request)
}
