import { CHUNK_BYTES, type UploadState } from '../../../capabilities/attachment/attachment.ts'
import { operations as attachment } from '../../../capabilities/attachment/operations.ts'
import { asProblem, call, offlineProblem, Problem, requestOf, send } from '../../../kernel/web/call.ts'
import { clockDrift, serverNow } from '../../../kernel/web/clock.ts'
import type { OutboxItem, Outcome, Refused } from '../../../kernel/web/outbox/queue.ts'
import type { Pipe } from '../../../kernel/web/outbox/sender.ts'
import type { StoredPhoto } from '../../../kernel/web/outbox/store.ts'
import { askToSignIn } from '../../../kernel/web/session.ts'
import { commands, isCommand } from './commands.ts'
import { deviceId } from './device.ts'

const refused = (thrown: unknown): { ok: false; problem: Refused } => {
  const { code, status, title, fields, requestId } = asProblem(thrown)
  return { ok: false, problem: { code, status, title, fields, ...(requestId ? { requestId } : {}) } }
}

/** How long an answer may take before the line counts as cut: a reply that was dropped must not keep the queue for ever. */
const PATIENCE_MS = 60_000

/** The outbox's way to the server: the same operations as the desk, with the key and the time of the making. */
export function pipeTo(onDone: (item: OutboxItem) => void): Pipe {
  return { command: sendCommand, photo: sendPhoto, signIn: askToSignIn, onDone, now: () => Date.now() }
}

/** A command that goes out at once was made on a line; one that was tried before or lay for a while was not. */
const AT_ONCE_MS = 10_000
const waited = (item: OutboxItem): boolean => item.tries > 1 || Math.abs(Date.parse(serverNow()) - Date.parse(item.madeAt)) > AT_ONCE_MS

async function sendCommand(item: OutboxItem): Promise<Outcome> {
  const { operation } = item
  if (!isCommand(operation)) return { ok: false, problem: { code: 'field.unknown_command', status: 422, title: `此版本不认识“${operation}”，请更新后再发`, fields: [] } }
  try {
    return { ok: true, answer: await within((signal) => call(commands[operation], item.input as never, { key: item.commandId, madeAt: item.madeAt, ...(item.clockDrift ? { clockDrift: item.clockDrift } : {}), offline: waited(item), device: deviceId(), signal, quiet: true })) }
  } catch (thrown) {
    return refused(thrown)
  }
}

/** Announced, then in pieces from where the server stopped receiving; a reply that was lost costs one piece at most. */
async function sendPhoto(photo: StoredPhoto, onSent: (bytes: number) => boolean): Promise<Outcome | 'later'> {
  const { blob } = photo
  if (!blob) return { ok: false, problem: { code: 'field.photo_gone', status: 422, title: '这张照片在本机上已经没有了', fields: [] } }
  try {
    let at = await announce(photo)
    for (let round = 0; !at.done; round++) {
      if (round > MAX_ROUNDS) throw offlineProblem()
      at = await piece(photo.id, blob.slice(at.received, at.received + CHUNK_BYTES), at)
      if (!onSent(at.received) && !at.done) return 'later'
    }
    return { ok: true, answer: at }
  } catch (thrown) {
    return refused(thrown)
  }
}

/** A 40 MB file has 160 pieces; more rounds than this are a circle. */
const MAX_ROUNDS = 400

async function announce(photo: StoredPhoto): Promise<UploadState> {
  const { id, name, sha256, bytes, takenAt, place, lon, lat } = photo
  const spot = { ...(place ? { place } : {}), ...(lon !== undefined && lat !== undefined ? { lon, lat } : {}) }
  return within((signal) => call(attachment.begin, { id, name, sha256, size: bytes, takenAt, clockDrift: photo.clockDrift ?? clockDrift(), ...spot, ...(photo.originalOf ? { originalOf: photo.originalOf } : {}), ...(photo.originalMissing ? { originalMissing: photo.originalMissing } : {}) }, { signal, quiet: true }))
}

async function piece(id: string, bytes: Blob, at: UploadState): Promise<UploadState> {
  try {
    return await within(async (signal) => {
      const { url, init } = requestOf(attachment.chunk, { id, offset: at.received }, { signal })
      const headers = { ...init.headers, 'content-type': 'application/octet-stream' }
      const response = await send(attachment.chunk, { url, init: { ...init, headers, body: bytes } }, true)
      return (await response.json()) as UploadState
    })
  } catch (thrown) {
    // Another piece came meanwhile, or the same one twice: the server says from where to go on.
    const received = thrown instanceof Problem && (thrown.code === 'attachment.gap' || thrown.code === 'attachment.chunk_differs') ? Number(thrown.params.received) : Number.NaN
    if (Number.isNaN(received) || received === at.received) throw thrown
    return { ...at, received }
  }
}

/** A reply that never comes is a cut line. */
async function within<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const giveUp = new AbortController()
  const timer = setTimeout(() => giveUp.abort(), PATIENCE_MS)
  try {
    return await work(giveUp.signal)
  } catch (thrown) {
    throw giveUp.signal.aborted ? offlineProblem() : thrown
  } finally {
    clearTimeout(timer)
  }
}
