import { Readable } from 'node:stream'
import { gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Problem, type ProblemBody, say, type Texts } from '../core/problem.ts'
import { commonZh } from '../core/zh.ts'
import type { Capability } from './capability.ts'
import type { FileAnswer } from './context.ts'
import { toProblem } from './db-problem.ts'
import { type Log, traceOf } from './log.ts'

export interface AllTexts {
  readonly problems: Texts
  readonly fields: Texts
  /** Labels of each capability by its name: the same key may mean two things in two of them. */
  readonly own: Readonly<Record<string, Texts>>
}

/** All Chinese texts of the mounted capabilities, problems and fields merged, and each one's own labels. */
export function allTexts(capabilities: readonly Capability[]): AllTexts {
  return {
    problems: Object.assign({}, commonZh.problems, ...capabilities.map((c) => c.zh.problems)) as Texts,
    fields: Object.assign({}, ...capabilities.map((c) => c.zh.fields), commonZh.fields) as Texts,
    own: Object.fromEntries(capabilities.map((c) => [c.name, c.zh.fields as Texts])),
  }
}

/** A sign-in answer may carry `setCookie`; it becomes a header and leaves the body. */
export function sendAnswer(reply: FastifyReply, answer: unknown): unknown {
  reply.header('cache-control', 'no-store')
  if (typeof answer === 'string') return reply.type('application/json; charset=utf-8').send(answer)
  if (answer && typeof answer === 'object' && 'setCookie' in answer) {
    const { setCookie, ...rest } = answer
    if (typeof setCookie === 'string') reply.header('set-cookie', setCookie)
    return reply.send(rest)
  }
  return reply.send(answer ?? {})
}

/** A download under its Chinese name; one with an etag is kept by the browser for good. */
export function sendFile(request: FastifyRequest, reply: FastifyReply, answer: FileAnswer): unknown {
  const { name, type, body, inline, etag } = answer.file
  reply.type(type)
  reply.header('content-disposition', `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, percent)}`)
  // Whatever a stranger uploaded, it never runs as a page of ours.
  reply.header('content-security-policy', "default-src 'none'; sandbox")
  if (etag) reply.header('etag', etag).header('cache-control', 'private, max-age=31536000, immutable')
  else reply.header('cache-control', 'no-store')
  if (etag && request.headers['if-none-match'] === etag) {
    if (body instanceof Readable) body.destroy()
    return reply.status(304).send()
  }
  if (body instanceof Uint8Array) return reply.send(Buffer.from(body.buffer, body.byteOffset, body.byteLength))
  return reply.send(body instanceof Readable ? body : Readable.from(body as AsyncIterable<Uint8Array>))
}

const percent = (sign: string) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`

const WORTH_ZIPPING = 4096

/** Zips long JSON answers for browsers: lists shrink to a fifth, which a county line feels. */
export function zipAnswer(request: FastifyRequest, reply: FastifyReply, payload: unknown, done: (error: Error | null, payload?: unknown) => void): void {
  const worth = typeof payload === 'string' && payload.length >= WORTH_ZIPPING && !reply.hasHeader('content-encoding')
  if (!worth || !/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) return done(null, payload)
  reply.header('content-encoding', 'gzip').header('vary', 'accept-encoding').removeHeader('content-length')
  gzip(payload as string, { level: 3 }, done)
}

/** Any error as a problem body; what has no name is a bug: logged without its message, answered with the request's id. */
export function sendProblem(log: Log, texts: AllTexts, thrown: unknown, request: FastifyRequest, reply: FastifyReply): unknown {
  const problem = asProblem(toProblem(thrown))
  if (!problem) log.write('error', 'bug', { id: request.id, trace: traceOf(thrown) })
  if (problem?.kind === 'too_many' && problem.params.seconds) reply.header('retry-after', String(problem.params.seconds))
  const body = bodyFor(problem, texts, request.id, (request.routeOptions?.config as { operation?: string } | undefined)?.operation)
  return reply.status(body.status).header('cache-control', 'no-store').type('application/problem+json; charset=utf-8').send(JSON.stringify(body))
}

/** Fastify's own refusals of a body as named problems; undefined is a bug. */
function asProblem(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new Problem('too_large', 'common.too_large', { params: { limit: '规定大小' } })
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new Problem('wrong_type', 'common.wrong_type')
  if (code === 'ECONNRESET') return new Problem('invalid', 'common.cut_off')
  if (code.startsWith('FST_ERR_CTP') || error instanceof SyntaxError) return new Problem('invalid', 'common.malformed')
  if (code === 'FST_ERR_BAD_URL' || code === 'FST_ERR_ASYNC_CONSTRAINT' || code === 'FST_ERR_MAX_PARAM_LENGTH') return new Problem('missing', 'common.no_route')
  return undefined
}

/**
 * The body a client receives: the name, the Chinese sentence, and a sentence for each field that would cure it.
 * `operation` ("staff.grant") says whose labels come first.
 */
export function bodyFor(problem: Problem | undefined, texts: AllTexts, requestId: string, operation = ''): ProblemBody {
  if (!problem) return { type: 'about:blank', code: 'common.bug', status: 500, title: say(texts.problems, 'common.bug', { requestId }), requestId }
  const labels = labelsOf(texts, operation)
  return {
    type: `urn:angrid:problem:${problem.code}`,
    code: problem.code,
    status: problem.status,
    title: say(texts.problems, problem.code, problem.params),
    requestId,
    params: problem.params,
    fields: problem.fields.map((field) => ({
      path: field.path,
      code: field.code,
      message: say(texts.problems, field.code, { label: labelOf(labels, field.path), ...problem.params, ...field.params }),
    })),
  }
}

/** Labels of the operation (`grant.validFrom`), then of its capability, then those that every capability shares, then anybody's. */
function labelsOf(texts: AllTexts, operation: string): (key: string) => string | undefined {
  const [capability = '', name = ''] = operation.split('.')
  const own = texts.own[capability] ?? {}
  const common: Texts = commonZh.fields
  return (key) => own[`${name}.${key}`] ?? own[key] ?? common[key] ?? texts.fields[key]
}

/** "items.3.dueOn" → 第4项 整改期限. */
function labelOf(labels: (key: string) => string | undefined, path: string): string {
  return path.split('.').map((part) => (/^\d+$/.test(part) ? `第${Number(part) + 1}项` : (labels(part) ?? part))).join(' ') || '内容'
}
