/**
 * The rules of the outbox, as pure functions over plain data: what may go next, and what an answer makes of an item.
 * Clock and chance come in. One promise stands behind all of them: nothing that a person did is ever thrown away by us.
 */

/** `held`: the person has put it aside; it stays and may be taken up again. */
export type ItemState = 'waiting' | 'sending' | 'done' | 'refused' | 'held'

export interface Refused {
  readonly code: string
  readonly status: number
  /** Chinese sentence of the server. */
  readonly title: string
  readonly fields: readonly { path: string; code: string; message: string }[]
  readonly requestId?: string
}

/** One command as it was made. `input` never changes once it was sent: the same key is the same content. */
export interface OutboxItem {
  readonly commandId: string
  /** Order of making on this device. */
  readonly seq: number
  /** Name in the registry of the app: `visit.record`. */
  readonly operation: string
  /** Commands of one record go one after the other: `hazard:<id>`. */
  readonly aggregate: string
  readonly input: Readonly<Record<string, unknown>>
  /** The command of the same record that was still queued when this one was made: its answer names the version to build on. */
  readonly after?: string
  /** Records that must be on the server before: a paper goes after its visit. While their newest command is not done this one waits. */
  readonly needs?: readonly string[]
  /** Photos that must lie on the server before. */
  readonly photos: readonly string[]
  /** One line for the person: 网格巡查 · 汀前五金店. */
  readonly title: string
  /** ISO, by the server's clock as far as the device knew it: a legal 经过 is no place for a wrong phone clock. */
  readonly madeAt: string
  /** Seconds by which the device's own clock was ahead of that; noted on the server, never held against anybody. */
  readonly clockDrift?: number
  /** Release of the app that made it. */
  readonly app: string
  readonly state: ItemState
  readonly tries: number
  /** Not before this millisecond of the device clock. */
  readonly notBefore: number
  readonly refusal?: Refused
  readonly answer?: unknown
  readonly doneAt?: string
  /** What it was made from: taken back into the hand when the server refused it. */
  readonly draft?: { readonly id: string; readonly kind: string; readonly value: unknown }
}

/** A picture on its way. `id` and `sha256` are made on the device before anything is sent. */
export interface QueuedPhoto {
  readonly id: string
  readonly state: 'waiting' | 'stored' | 'refused'
  readonly bytes: number
  /** Bytes the server is known to hold. */
  readonly sent: number
  readonly tries: number
  readonly notBefore: number
  readonly refusal?: Refused
  /** The camera's untouched file of that photo: goes last of all, and no command waits for it. */
  readonly originalOf?: string
}

export type Outcome = { readonly ok: true; readonly answer: unknown } | { readonly ok: false; readonly problem: Refused }

export type Step = { readonly do: 'photo'; readonly id: string } | { readonly do: 'command'; readonly id: string } | { readonly do: 'wait'; readonly until: number } | { readonly do: 'rest' }

const open = (item: OutboxItem): boolean => item.state === 'waiting' || item.state === 'sending'

/**
 * The next thing to send. Commands of one record keep their order; a refused or held one is stepped over, so that one bad
 * command never blocks the others. A command's own photos go before it; photos of unfinished work go when nothing else waits,
 * camera files after those.
 */
export function nextStep(items: readonly OutboxItem[], photos: readonly QueuedPhoto[], nowMs: number): Step {
  const byId = new Map(photos.map((photo) => [photo.id, photo]))
  const begun = new Set<string>()
  let until = Number.POSITIVE_INFINITY
  for (const item of [...items].sort((a, b) => a.seq - b.seq)) {
    if (!open(item) || begun.has(item.aggregate)) continue
    begun.add(item.aggregate)
    if (waitsFor(item, items).length > 0) continue
    if (item.notBefore > nowMs) {
      until = Math.min(until, item.notBefore)
      continue
    }
    const missing = item.photos.flatMap((id) => byId.get(id) ?? []).filter((photo) => photo.state === 'waiting')
    const ready = missing.find((photo) => photo.notBefore <= nowMs)
    if (ready) return { do: 'photo', id: ready.id }
    if (missing.length === 0) return { do: 'command', id: item.commandId }
    until = Math.min(until, ...missing.map((photo) => photo.notBefore))
  }
  const loose = photos.filter((photo) => photo.state === 'waiting' && !photo.originalOf)
  const ready = loose.find((photo) => photo.notBefore <= nowMs)
  if (ready) return { do: 'photo', id: ready.id }
  const originals = originalsDue(items, byId)
  const last = originals.find((photo) => photo.notBefore <= nowMs)
  if (last) return { do: 'photo', id: last.id }
  until = Math.min(until, ...[...loose, ...originals].map((photo) => photo.notBefore))
  return Number.isFinite(until) ? { do: 'wait', until } : { do: 'rest' }
}

/** Camera files whose photo lies on the server and whose command is through: nothing that counts stands behind them. */
function originalsDue(items: readonly OutboxItem[], byId: ReadonlyMap<string, QueuedPhoto>): QueuedPhoto[] {
  const wanted = new Set(items.filter(open).flatMap((item) => item.photos))
  const there = (id: string): boolean => (byId.get(id)?.state ?? 'stored') === 'stored'
  return [...byId.values()].filter((photo) => photo.state === 'waiting' && photo.originalOf !== undefined && there(photo.originalOf) && !wanted.has(photo.originalOf))
}

/** Records this one stands on whose newest command has not been done; one that was refused or put aside holds it back until it is mended. */
export const waitsFor = (item: OutboxItem, items: readonly OutboxItem[]): string[] =>
  (item.needs ?? []).filter((aggregate) => {
    const newest = items.filter((other) => other.aggregate === aggregate && other.commandId !== item.commandId).sort((a, b) => b.seq - a.seq)[0]
    return newest !== undefined && newest.state !== 'done'
  })

/** A photo that the server would not take: its command is shown with that refusal instead of being sent without it. */
export const refusedPhotoOf = (item: OutboxItem, photos: readonly QueuedPhoto[]): Refused | undefined =>
  photos.find((photo) => photo.state === 'refused' && item.photos.includes(photo.id))?.refusal

/** What a killed browser left in the middle is sent again: the server knows the key. */
export const recovered = (item: OutboxItem): OutboxItem => (item.state === 'sending' ? { ...item, state: 'waiting' } : item)

/**
 * The command as it goes out. A command made on top of another queued one names the version that one has led to. Decided at the
 * first sending and kept: later attempts send the very same content.
 */
export function sending(item: OutboxItem, before: OutboxItem | undefined): OutboxItem {
  const version = before?.state === 'done' ? versionIn(before.answer) : undefined
  const rebased = item.tries === 0 && version !== undefined && 'baseVersion' in item.input
  return { ...item, state: 'sending', tries: item.tries + 1, ...(rebased ? { input: { ...item.input, baseVersion: version } } : {}) }
}

function versionIn(answer: unknown): number | undefined {
  const version = typeof answer === 'object' && answer !== null && 'version' in answer ? answer.version : undefined
  return typeof version === 'number' ? version : undefined
}

/** Nothing was decided: no line, no server, a proxy in between, too many at once. */
export const isUndecided = (problem: Pick<Refused, 'code' | 'status'>): boolean => problem.status === 0 || problem.code === 'offline' || [408, 425, 429, 502, 503, 504].includes(problem.status)

/** The session ended, or the password has to be changed first: the person is asked, and it goes on. Wrong passwords are no such thing. */
export const isUnauthenticated = (problem: Pick<Refused, 'code' | 'status'>): boolean => problem.status === 401 || problem.code === 'common.change_password_first'

/** A bug of the server may pass; after so many attempts it is shown with the number to quote. */
const BUG_TRIES = 4

/** Milliseconds to wait after the nth failed attempt: 2 s, 4 s … 5 min. `chance` 0–1 spreads phones that lost the same line. */
export const backoff = (tries: number, chance: number): number => Math.round(Math.min(300_000, 1000 * 2 ** Math.min(tries, 10)) * (0.75 + chance / 2))

/** What an answer makes of an item. */
export function fold(item: OutboxItem, outcome: Outcome, now: { readonly iso: string; readonly ms: number; readonly chance: number }): OutboxItem {
  if (outcome.ok) {
    const { refusal: _, ...rest } = item
    return { ...rest, state: 'done', answer: outcome.answer, doneAt: now.iso }
  }
  const { problem } = outcome
  if (isUnauthenticated(problem)) return { ...item, state: 'waiting', notBefore: 0 }
  if (isUndecided(problem) || (problem.status === 500 && item.tries < BUG_TRIES)) return { ...item, state: 'waiting', notBefore: now.ms + backoff(item.tries, now.chance) }
  return { ...item, state: 'refused', refusal: problem }
}

/** The same for a photo. Bytes that arrived stay counted. */
export function foldPhoto<T extends QueuedPhoto>(photo: T, outcome: Outcome, now: { readonly ms: number; readonly chance: number }): T {
  if (outcome.ok) return { ...photo, state: 'stored', sent: photo.bytes, refusal: undefined }
  const { problem } = outcome
  const tries = photo.tries + 1
  if (isUnauthenticated(problem)) return { ...photo, notBefore: 0 }
  if (isUndecided(problem) || (problem.status === 500 && tries < BUG_TRIES)) return { ...photo, tries, notBefore: now.ms + backoff(tries, now.chance) }
  return { ...photo, tries, state: 'refused', refusal: problem }
}

/** The person wants it tried again: same key, same content. */
export const again = (item: OutboxItem): OutboxItem => ({ ...item, state: 'waiting', notBefore: 0, tries: Math.min(item.tries, 1) })

/** Its picture with it: one that was refused before would refuse it for ever. */
export const photoAgain = <T extends QueuedPhoto>(photo: T): T => (photo.state === 'refused' ? { ...photo, state: 'waiting', notBefore: 0, tries: 0, refusal: undefined } : photo)

/** The line is back: what waited for its time goes now. */
export const hurried = <T extends { readonly notBefore: number }>(item: T): T => ({ ...item, notBefore: 0 })

/** The last queued command of a record, for `after` of the next one. */
export const lastOpenOf = (items: readonly OutboxItem[], aggregate: string): OutboxItem | undefined =>
  items.filter((item) => item.aggregate === aggregate && open(item)).sort((a, b) => b.seq - a.seq)[0]

const MONTH = 30 * 86_400_000

/** Done items stay listed for 30 days; whatever is not done stays for ever. */
export const mayLeaveList = (item: OutboxItem, nowMs: number): boolean => item.state === 'done' && item.doneAt !== undefined && nowMs - Date.parse(item.doneAt) > MONTH

export interface Summary {
  readonly waiting: number
  readonly refused: number
  readonly done: number
  /** Photos not yet on the server. */
  readonly photos: number
  readonly bytesLeft: number
  /** The one dot in the head. */
  readonly dot: 'synced' | 'waiting' | 'attention'
}

export function summaryOf(items: readonly OutboxItem[], photos: readonly QueuedPhoto[]): Summary {
  const waiting = items.filter(open).length
  const refused = items.filter((item) => item.state === 'refused').length
  const left = photos.filter((photo) => photo.state === 'waiting')
  const attention = refused > 0 || photos.some((photo) => photo.state === 'refused' && !photo.originalOf)
  return {
    waiting, refused, done: items.filter((item) => item.state === 'done').length, photos: left.length,
    bytesLeft: left.reduce((sum, photo) => sum + photo.bytes - photo.sent, 0), dot: attention ? 'attention' : waiting + left.length > 0 ? 'waiting' : 'synced',
  }
}

/** 0 to 1 of one item: its photos by bytes, the command itself as the last hundredth. */
export function progressOf(item: OutboxItem, photos: readonly QueuedPhoto[]): number {
  if (item.state === 'done') return 1
  const own = photos.filter((photo) => item.photos.includes(photo.id))
  const all = own.reduce((sum, photo) => sum + photo.bytes, 0)
  return all === 0 ? 0 : (own.reduce((sum, photo) => sum + (photo.state === 'stored' ? photo.bytes : photo.sent), 0) / all) * 0.99
}
