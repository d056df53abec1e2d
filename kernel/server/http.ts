import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import fastifyCookie from '@fastify/cookie'
import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { Problem, type ProblemBody, say, type Texts } from '../core/problem.ts'
import { commonZh } from '../core/zh.ts'
import type { SignedIn } from './actor.ts'
import { type Capability, type Mounted, mount } from './capability.ts'
import type { Config } from './config.ts'
import { type FileAnswer, noBody, type RawBody } from './context.ts'
import { knowProblems, toProblem } from './db-problem.ts'
import { type Log, traceOf } from './log.ts'
import type { Metrics } from './metrics.ts'
import { responseSchema } from './openapi.ts'
import { type Runtime, run } from './run.ts'
import { securityHeaders } from './headers.ts'

/** Finds who a session token belongs to; implemented by the capability that owns people. */
export type Doorkeeper = (token: string, request: { address: string; now: Date }) => Promise<SignedIn | undefined>

export interface HttpGiven {
  config: Config
  runtime: Runtime
  capabilities: readonly Capability[]
  doorkeeper: Doorkeeper
  log: Log
  metrics: Metrics
}

export const SESSION_COOKIE = 'angrid_session'

/** The HTTP server with every operation mounted below /api. */
export async function buildHttp(given: HttpGiven): Promise<FastifyInstance> {
  const app = Fastify({
    logger: false,
    genReqId: () => randomUUID().slice(0, 18),
    trustProxy: given.config.behindProxy,
    bodyLimit: 1024 * 1024,
    requestTimeout: 120_000,
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false } },
  })
  const texts = allTexts(given.capabilities)
  knowProblems((code) => code in texts.problems)
  // Input is validated by zod in run(); Fastify's own validator has nothing to do.
  app.setValidatorCompiler(() => () => true)
  await app.register(fastifyCookie)
  await app.register(rateLimit, {
    global: true,
    max: 1200,
    timeWindow: 60_000,
    cache: 20_000,
    keyGenerator: (request) => `${request.cookies[SESSION_COOKIE]?.slice(0, 24) ?? request.ip}|${request.routeOptions.url ?? ''}`,
    errorResponseBuilder: (_request, context) => new Problem('too_many', 'common.too_many', { params: { seconds: Math.ceil(context.ttl / 1000) } }),
  })
  app.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload))
  app.addHook('onRequest', async (request, reply) => securityHeaders(given.config, request, reply))
  app.addHook('onResponse', async (request, reply) => observe(given, request, reply))
  app.setErrorHandler((error, request, reply) => answerProblem(given, texts, error, request, reply))
  app.setNotFoundHandler((request, reply) => answerProblem(given, texts, new Problem('missing', 'common.no_route'), request, reply))
  for (const mounted of mount(given.capabilities).values()) addRoute(app, given, mounted)
  return app
}

/** All Chinese texts of the mounted capabilities, problems and fields merged. */
export function allTexts(capabilities: readonly Capability[]): { problems: Texts; fields: Texts } {
  return {
    problems: Object.assign({}, commonZh.problems, ...capabilities.map((c) => c.zh.problems)) as Texts,
    fields: Object.assign({}, ...capabilities.map((c) => c.zh.fields), commonZh.fields) as Texts,
  }
}

function addRoute(app: FastifyInstance, given: HttpGiven, mounted: Mounted): void {
  const { operation } = mounted
  app.route({
    method: operation.method,
    url: `/api${operation.path}`,
    bodyLimit: operation.maxBytes,
    config: { operation: mounted.name, rateLimit: { max: operation.perMinute, timeWindow: 60_000 } },
    ...(operation.answer === 'json' ? { schema: { response: { 200: responseSchema(operation) } } } : {}),
    handler: async (request, reply) => {
      if (operation.kind === 'command') refuseCrossSite(request)
      const token = tokenOf(request)
      const now = given.runtime.now()
      const who = token ? await given.doorkeeper(token, { address: request.ip, now }) : undefined
      if (token && !who && operation.verb !== 'public') throw new Problem('unauthenticated', 'common.session_ended')
      const body = operation.body === 'raw' ? await receive(request, operation.maxBytes) : noBody
      const answer = await run(given.runtime, {
        mounted,
        who,
        raw: { ...(request.query as object), ...(operation.body === 'json' ? bodyOf(request) : {}), ...(request.params as object) },
        body,
        key: header(request, 'idempotency-key'),
        origin: originOf(request),
        requestId: request.id,
        address: request.ip,
      }).finally(() => (body.path ? rm(body.path, { force: true }) : undefined))
      return operation.answer === 'file' ? sendFile(reply, answer as FileAnswer) : sendAnswer(reply, answer)
    },
  })
}

/** A sign-in answer may carry `setCookie`; it becomes a header and leaves the body. */
function sendAnswer(reply: FastifyReply, answer: unknown): unknown {
  reply.header('cache-control', 'no-store')
  if (typeof answer === 'string') return reply.type('application/json; charset=utf-8').send(answer)
  if (answer && typeof answer === 'object' && 'setCookie' in answer && typeof answer.setCookie === 'string') reply.header('set-cookie', answer.setCookie)
  return reply.send(answer ?? {})
}

function sendFile(reply: FastifyReply, answer: FileAnswer): unknown {
  const { name, type, body, inline, etag } = answer.file
  reply.type(type)
  reply.header('content-disposition', `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, escape)}`)
  // Whatever a stranger uploaded, it never runs as a page of ours.
  reply.header('content-security-policy', "default-src 'none'; sandbox")
  if (etag) reply.header('etag', etag).header('cache-control', 'private, max-age=31536000, immutable')
  else reply.header('cache-control', 'no-store')
  if (body instanceof Uint8Array) return reply.send(Buffer.from(body.buffer, body.byteOffset, body.byteLength))
  return reply.send(body instanceof Readable ? body : Readable.from(body as AsyncIterable<Uint8Array>))
}

const header = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
}

const tokenOf = (request: FastifyRequest): string | undefined =>
  request.cookies[SESSION_COOKIE] ?? header(request, 'authorization')?.replace(/^Bearer /, '')

/** A page of another site can neither set our header nor hide its origin. */
function refuseCrossSite(request: FastifyRequest): void {
  const site = header(request, 'sec-fetch-site')
  const origin = header(request, 'origin')
  const foreign = (site !== undefined && site !== 'same-origin' && site !== 'none') || (origin !== undefined && hostOf(origin) !== request.host)
  if (foreign || (!header(request, 'x-angrid') && !header(request, 'idempotency-key'))) throw new Problem('forbidden', 'common.cross_site')
}

function hostOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).host : ''
}

function bodyOf(request: FastifyRequest): object {
  const body = request.body
  if (body === undefined || body === null) return {}
  if (typeof body !== 'object' || Array.isArray(body)) throw new Problem('invalid', 'common.malformed')
  return body
}

/** Receives an upload into a temporary file, hashing and counting on the way; refuses it as soon as it is too large. */
async function receive(request: FastifyRequest, maxBytes: number): Promise<RawBody> {
  const tooLarge = () => new Problem('too_large', 'common.too_large', { params: { limit: `${Math.floor(maxBytes / 1048576)} MB` } })
  if (Number(header(request, 'content-length')) > maxBytes) throw tooLarge()
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
  try {
    await pipeline(request.body instanceof Readable ? request.body : Readable.from([]), count, createWriteStream(path, { mode: 0o600 }))
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
  return { name, type: header(request, 'x-file-type') ?? 'application/octet-stream', path, bytes, sha256: hash.digest('hex'), prepared: undefined }
}

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

function originOf(request: FastifyRequest) {
  const device = header(request, 'x-device')?.slice(0, 80)
  const madeAt = header(request, 'x-made-at')
  const place = header(request, 'x-place')?.slice(0, 80)
  return { ...(device ? { device } : {}), ...(madeAt && !Number.isNaN(Date.parse(madeAt)) ? { madeAt: new Date(madeAt).toISOString() } : {}), ...(place ? { place } : {}) }
}

function observe(given: HttpGiven, request: FastifyRequest, reply: FastifyReply): void {
  const operation = (request.routeOptions.config as { operation?: string }).operation ?? 'static'
  given.metrics.request(operation, reply.statusCode, reply.elapsedTime)
  given.log.write('info', 'request', { id: request.id, operation, status: reply.statusCode, ms: Math.round(reply.elapsedTime * 10) / 10 })
}

function answerProblem(given: HttpGiven, texts: { problems: Texts; fields: Texts }, thrown: unknown, request: FastifyRequest, reply: FastifyReply): unknown {
  const problem = asProblem(toProblem(thrown))
  if (!problem) given.log.write('error', 'bug', { id: request.id, trace: traceOf(thrown) })
  const status = problem?.status ?? 500
  const body = bodyFor(problem, texts, request.id)
  return reply.status(status).header('cache-control', 'no-store').type('application/problem+json; charset=utf-8').send(JSON.stringify(body))
}

/** Fastify's own refusals of a body as named problems; undefined is a bug. */
function asProblem(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new Problem('too_large', 'common.too_large', { params: { limit: '规定大小' } })
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new Problem('wrong_type', 'common.wrong_type')
  if (code.startsWith('FST_ERR_CTP') || error instanceof SyntaxError) return new Problem('invalid', 'common.malformed')
  if (code === 'FST_ERR_BAD_URL' || code === 'FST_ERR_ASYNC_CONSTRAINT') return new Problem('missing', 'common.no_route')
  return undefined
}

function bodyFor(problem: Problem | undefined, texts: { problems: Texts; fields: Texts }, requestId: string): ProblemBody {
  if (!problem) return { type: 'about:blank', code: 'common.bug', status: 500, title: say(texts.problems, 'common.bug', { requestId }), requestId }
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
      message: say(texts.problems, field.code, { label: labelOf(texts.fields, field.path), ...problem.params, ...field.params }),
    })),
  }
}

/** "items.3.dueOn" → 第4项 整改期限. */
function labelOf(fields: Texts, path: string): string {
  return path.split('.').map((part) => (/^\d+$/.test(part) ? `第${Number(part) + 1}项` : (fields[part] ?? part))).join(' ') || '内容'
}
