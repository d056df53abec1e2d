import { createHash, randomUUID } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { FastifyRequest } from 'fastify'
import { Problem } from '../core/problem.ts'
import type { Origin, RawBody } from './context.ts'

export const SESSION_COOKIE = 'angrid_session'
export const DISPLAY_COOKIE = 'angrid_display'

/** The first value of a header. */
export const header = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
}

/** The session's token, from the browser's cookie or from an integrator's Authorization header. */
export function tokenOf(request: FastifyRequest): string | undefined {
  const cookies = request.headers.cookie
  const found = cookies === undefined ? undefined : /(?:^|;\s*)angrid_session=([\w-]+)/.exec(cookies)?.[1]
  return found ?? (/^Bearer ([\w-]+)$/.exec(request.headers.authorization ?? '')?.[1] || undefined)
}

/** The token of a wall's display session: from its own cookie only. */
export const displayTokenOf = (request: FastifyRequest): string | undefined => /(?:^|;\s*)angrid_display=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1]

/** A page of another site can neither set our header nor hide its origin. @throws common.cross_site */
export function refuseCrossSite(request: FastifyRequest): void {
  const site = header(request, 'sec-fetch-site')
  const origin = header(request, 'origin')
  const foreign = (site !== undefined && site !== 'same-origin' && site !== 'none') || (origin !== undefined && hostOf(origin) !== request.host)
  if (foreign || (!header(request, 'x-angrid') && !header(request, 'idempotency-key'))) throw new Problem('forbidden', 'common.cross_site')
}

const hostOf = (origin: string): string => (URL.canParse(origin) ? new URL(origin).host : '')

/** Query, JSON body and path parameters as one object; the path wins. @throws common.malformed, common.wrong_type */
export function inputOf(request: FastifyRequest, takesJson: boolean): Record<string, unknown> {
  return { ...(request.query as object), ...(takesJson ? bodyOf(request) : {}), ...(request.params as object) }
}

function bodyOf(request: FastifyRequest): object {
  const body = request.body
  if (body === undefined || body === null) return {}
  if (body instanceof Readable) throw new Problem('wrong_type', 'common.wrong_type')
  if (typeof body !== 'object' || Array.isArray(body)) throw new Problem('invalid', 'common.malformed')
  return body
}

/** Receives an upload into a temporary file, hashing and counting on the way; refuses it as soon as it is too large. */
export async function receive(request: FastifyRequest, maxBytes: number): Promise<RawBody> {
  const tooLarge = () => new Problem('too_large', 'common.too_large', { params: { limit: `${Math.floor(maxBytes / 1048576)} MB` } })
  if (Number(header(request, 'content-length')) > maxBytes) throw tooLarge()
  if (request.body !== undefined && !(request.body instanceof Readable)) throw new Problem('wrong_type', 'common.wrong_type')
  const name = decodeName(header(request, 'x-file-name') ?? '')
  const path = join(tmpdir(), `angrid-upload-${randomUUID()}`)
  const hash = createHash('sha256')
  let bytes = 0
  const count = async function* (source: AsyncIterable<Buffer>) {
    for await (const chunk of source) {
      bytes += chunk.length
      if (bytes > maxBytes) throw tooLarge()
      hash.update(chunk)
      yield chunk
    }
  }
  // Opened before the pipeline: a stream that opens by itself may make the file after we have removed it.
  const file = await open(path, 'wx', 0o600)
  const source = request.body instanceof Readable ? request.body : Readable.from([])
  try {
    await pipeline(source.iterator({ destroyOnReturn: false }), count, file.createWriteStream())
  } catch (error) {
    await rm(path, { force: true })
    // What is still on the line is let through and dropped: otherwise sender and connection hang, and with them the closing of the server.
    source.resume()
    throw aborted(error) ? new Problem('invalid', 'common.cut_off') : error
  }
  return { name, type: header(request, 'x-file-type') ?? 'application/octet-stream', path, bytes, sha256: hash.digest('hex'), prepared: undefined }
}

const aborted = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'ERR_STREAM_PREMATURE_CLOSE' || error.code === 'ABORT_ERR')

/** A file name as the device sent it, without any path. */
function decodeName(text: string): string {
  let name = text
  try {
    name = decodeURIComponent(text)
  } catch {
    throw new Problem('invalid', 'common.invalid', { fields: [{ path: 'name', code: 'field.format' }] })
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
  return name.replace(/^.*[\\/]/, '').replace(/[\u0000-\u001f]/g, '').slice(0, 200)
}

/**
 * What the device says of itself; kept with each event, never believed for the law. `X-Offline: 1` marks a command that was
 * made without a line and waited: it must say when. @throws common.invalid
 */
export function originOf(request: FastifyRequest): Origin {
  const device = header(request, 'x-device')?.slice(0, 80)
  const madeAt = header(request, 'x-made-at')
  const place = header(request, 'x-place')?.slice(0, 80)
  const app = header(request, 'x-angrid-app')?.slice(0, 40)
  const offline = header(request, 'x-offline') === '1'
  const drift = Math.trunc(Number(header(request, 'x-clock-drift') ?? 0))
  const said = madeAt !== undefined && !Number.isNaN(Date.parse(madeAt))
  if (offline && !said) throw new Problem('invalid', 'common.invalid', { fields: [{ path: 'madeAt', code: 'field.required' }] })
  return { ...(device ? { device } : {}), ...(said ? { madeAt: new Date(madeAt).toISOString() } : {}), ...(drift && Math.abs(drift) <= 100_000_000 ? { clockDrift: drift } : {}), ...(place ? { place } : {}), ...(app ? { app } : {}), ...(offline ? { offline } : {}) }
}
