import { randomUUID } from 'node:crypto'
import fastJson from 'fast-json-stringify'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Operation } from '../core/operation.ts'
import { Problem } from '../core/problem.ts'
import { isTooOld } from '../core/release.ts'
import type { SignedIn } from './actor.ts'
import { allTexts, sendAnswer, sendFile, sendProblem, zipAnswer } from './answer.ts'
import { type Capability, type Mounted, mount } from './capability.ts'
import type { Config } from './config.ts'
import { type FileAnswer, noBody } from './context.ts'
import { knowProblems } from './db-problem.ts'
import { securityHeaders } from './headers.ts'
import { type Limiter, limiter } from './limiter.ts'
import type { Log } from './log.ts'
import { type Entry, leadBack, wantsPage } from './lost.ts'
import type { Metrics } from './metrics.ts'
import { responseSchema } from './openapi.ts'
import { displayTokenOf, header, inputOf, originOf, receive, refuseCrossSite, tokenOf } from './request.ts'
import { type Runtime, run } from './run.ts'

export { DISPLAY_COOKIE, SESSION_COOKIE } from './request.ts'

/** Finds who a session token belongs to; implemented by the capability that owns people. */
export type Doorkeeper = (token: string, request: { address: string; now: Date }) => Promise<SignedIn | undefined>

export interface HttpGiven {
  config: Config
  runtime: Runtime
  capabilities: readonly Capability[]
  doorkeeper: Doorkeeper
  log: Log
  metrics: Metrics
  /** Pages whose screens stand behind `#`. */
  entries?: readonly Entry[]
}

/** Long enough for a photo over a bad village line. */
const SLOWEST_UPLOAD_MS = 10 * 60_000
/**
 * Tokens that nobody holds, per address and minute: each costs a look into the database. A whole office may stand behind
 * one address and come to work with yesterday's sessions, so tokens that were right before are never held up.
 */
const WRONG_TOKENS = 120
const TRUSTED = 20_000

/** The HTTP server with every operation mounted below /api. */
export async function buildHttp(given: HttpGiven): Promise<FastifyInstance> {
  const texts = allTexts(given.capabilities)
  const refuse = (error: unknown, request: FastifyRequest, reply: FastifyReply) => sendProblem(given.log, texts, error, request, reply)
  const app = Fastify({
    logger: false,
    genReqId: () => randomUUID().slice(0, 18),
    trustProxy: given.config.behindProxy,
    bodyLimit: 1024 * 1024,
    requestTimeout: SLOWEST_UPLOAD_MS,
    routerOptions: { maxParamLength: 200 },
    // Requests already on a kept connection are answered while closing, in our own words.
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => void refuse(error, request as FastifyRequest, reply as FastifyReply),
  })
  knowProblems((code) => code in texts.problems)
  // Input is validated by zod in run(); Fastify's own validator has nothing to do.
  app.setValidatorCompiler(() => () => true)
  parseBodies(app)
  const headers = securityHeaders(given.config)
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(headers).header('x-request-id', request.id)
    done()
  })
  app.addHook('onSend', zipAnswer)
  app.addHook('onResponse', (request, reply, done) => {
    observe(given, request, reply)
    done()
  })
  app.setErrorHandler(refuse)
  app.setNotFoundHandler((request, reply) => (wantsPage(request) ? leadBack(request, reply, given.entries ?? []) : refuse(new Problem('missing', 'common.no_route'), request, reply)))
  const limits = { calls: limiter(), trusted: new Set<string>() }
  for (const mounted of mount(given.capabilities).values()) addRoute(app, given, mounted, limits)
  return app
}

/** JSON (an empty body is none at all) and raw uploads; every other type is refused. */
function parseBodies(app: FastifyInstance): void {
  const json = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text: string, done) => {
    if (text.trim() === '') done(null, undefined)
    else json(request, text, done)
  })
  app.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload))
}

function addRoute(app: FastifyInstance, given: HttpGiven, mounted: Mounted, limits: Limits): void {
  const { operation, name } = mounted
  app.route({
    method: operation.method,
    url: `/api${operation.path}`,
    bodyLimit: operation.maxBytes,
    config: { operation: name },
    ...(operation.answer === 'json' ? { schema: { response: { 200: {} } }, serializerCompiler: () => writerOf(operation) } : {}),
    // Before the body is read: too many calls, and pages of other sites.
    onRequest: (request, _reply, done) => {
      const who = operation.verb === 'public' ? request.ip : ((tokenOf(request) ?? (operation.display ? displayTokenOf(request) : undefined))?.slice(0, 24) ?? request.ip)
      const seconds = limits.calls.take(`${who}|${name}`, operation.perMinute * given.config.rateFactor)
      if (seconds) throw new Problem('too_many', 'common.too_many', { params: { seconds } })
      if (operation.kind === 'command') refuseCrossSite(request)
      if (operation.kind === 'command' && isTooOld(header(request, 'x-angrid-app'))) throw new Problem('gone', 'common.app_too_old')
      done()
    },
    handler: async (request, reply) => {
      const who = await whoIs(given, request, limits, operation)
      const answer = await run(given.runtime, {
        mounted,
        who,
        raw: inputOf(request, operation.body === 'json'),
        receive: async () => (operation.body === 'raw' ? receive(request, operation.maxBytes) : noBody),
        body: noBody,
        key: header(request, 'idempotency-key'),
        origin: originOf(request),
        requestId: request.id,
        address: request.ip,
      })
      return operation.answer === 'file' ? sendFile(request, reply, answer as FileAnswer) : sendAnswer(reply, answer)
    },
  })
}

/**
 * Writes answers of an operation; made with its first answer. Some hundred of them at once were half of the start, and
 * most are not wanted for hours.
 */
function writerOf(operation: Operation): (answer: unknown) => string {
  let write: ((answer: unknown) => string) | undefined
  return (answer) => {
    write ??= fastJson(responseSchema(operation)) as (answer: unknown) => string
    return write(answer)
  }
}

interface Limits {
  readonly calls: Limiter
  /** Tokens that were somebody's. */
  readonly trusted: Set<string>
}

/**
 * The one place that decides which session may ask what. A display session comes by its own cookie, is asked for only where the
 * operation is declared `display`, and answers only while there is no ordinary session beside it.
 */
async function whoIs(given: HttpGiven, request: FastifyRequest, limits: Limits, operation: Operation): Promise<SignedIn | undefined> {
  const open = operation.verb === 'public'
  const own = tokenOf(request)
  const wall = operation.display ? displayTokenOf(request) : undefined
  if (!own && !wall) return undefined
  const wrong = `${request.ip}|wrong-token`
  const seconds = [own, wall].some((token) => token && !limits.trusted.has(token)) ? limits.calls.look(wrong, WRONG_TOKENS) : 0
  const holder = async (token: string | undefined, display: boolean): Promise<SignedIn | undefined> => {
    if (!token || (seconds && !limits.trusted.has(token))) return undefined
    const who = await given.doorkeeper(token, { address: request.ip, now: given.runtime.now() })
    return who?.display === display ? who : undefined
  }
  const ordinary = await holder(own, false)
  const who = ordinary ?? (await holder(wall, true))
  if (who) {
    if (limits.trusted.size >= TRUSTED) limits.trusted.clear()
    limits.trusted.add(ordinary ? own! : wall!)
    // A phone says whose queue it empties: a command of one person is never done in the name of another who signed in since.
    const meant = header(request, 'x-person')
    if (meant !== undefined && meant !== who.personId && !open) throw new Problem('unauthenticated', 'common.session_ended')
    return who
  }
  if (seconds && !open) throw new Problem('too_many', 'common.too_many', { params: { seconds } })
  limits.calls.take(wrong, WRONG_TOKENS)
  if (!open) throw new Problem('unauthenticated', 'common.session_ended')
  return undefined
}

function observe(given: HttpGiven, request: FastifyRequest, reply: FastifyReply): void {
  const operation = (request.routeOptions.config as { operation?: string } | undefined)?.operation ?? 'static'
  given.metrics.request(operation, reply.statusCode, reply.elapsedTime)
  given.log.write('info', 'request', { id: request.id, operation, status: reply.statusCode, ms: Math.round(reply.elapsedTime * 10) / 10 })
}
