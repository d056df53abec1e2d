import { type InputOf, type Operation, type OutputOf, PUBLIC } from '../core/operation.ts'
import type { ProblemBody } from '../core/problem.ts'
import { serverNow } from './clock.ts'
import { newId } from './new-id.ts'
import { askToSignIn, deviceOfPage, personOfPage, setOnline } from './session.ts'

/** A refusal as the server said it, or `offline` when it could not be asked. `title` is a Chinese sentence. */
export class Problem extends Error {
  readonly code: string
  readonly status: number
  readonly title: string
  readonly fields: readonly { path: string; code: string; message: string }[]
  readonly params: Record<string, string | number>
  readonly requestId: string | undefined

  constructor(body: ProblemBody) {
    super(body.title)
    this.code = body.code
    this.status = body.status
    this.title = body.title
    this.fields = body.fields ?? []
    this.params = body.params ?? {}
    this.requestId = body.requestId
  }

  /** The record was changed by somebody else since it was read. */
  get stale(): boolean {
    return /(^|\.)stale$/.test(this.code)
  }

  /** It was not decided: the same act may be sent again under the same key. */
  get undecided(): boolean {
    return this.code === 'offline' || this.status === 503 || this.status === 429 || this.status === 401 || this.code === 'common.bug'
  }
}

/** Anything thrown, as a problem that a screen can show. */
export function asProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown
  return new Problem({ type: 'about:blank', code: 'page.bug', status: 0, title: '页面出错，请刷新后再试' })
}

export const offlineProblem = (): Problem => new Problem({ type: 'about:blank', code: 'offline', status: 0, title: '网络不通，已填写的内容仍在，恢复后可再试' })

/** Where the door of the server is, seen from the page. Relative, so that a gateway may put both below any path. */
let door = 'api'
export const setDoor = (address: string): void => {
  door = address
}

export interface CallOptions {
  /** Idempotency key; the same key is the same act. */
  readonly key?: string
  readonly signal?: AbortSignal
  /** When the act was made, by the server's clock as far as the device knew it; now when it is sent at once. */
  readonly madeAt?: string
  /** Made without a line: where somebody else was faster it becomes a proposal instead of a refusal (I6). */
  readonly offline?: boolean
  /** Seconds by which the device's own clock was ahead when it was made. */
  readonly clockDrift?: number
  /** Number of the device that made it. */
  readonly device?: string
  /** Do not ask for a sign-in on 401 (the first question of a page). */
  readonly quiet?: boolean
}

type Sent = { url: string; init: Omit<RequestInit, 'headers'> & { headers: Record<string, string> } }

/** Address and body of a call: path parameters, then query (reads) or JSON body (commands). */
export function requestOf(operation: Operation, input: Record<string, unknown>, options: CallOptions = {}): Sent {
  const rest = { ...input }
  const path = operation.path.replace(/:(\w+)/g, (_, name: string) => {
    const value = encodeURIComponent(String(rest[name]))
    delete rest[name]
    return value
  })
  const headers: Record<string, string> = { 'x-angrid': '1', accept: 'application/json' }
  const person = operation.verb === PUBLIC ? undefined : personOfPage()
  if (person) headers['x-person'] = person
  const device = deviceOfPage()
  if (device) headers['x-device'] = device
  // Files carry an etag and may be kept by the browser; answers about records never are.
  const cache = operation.answer === 'file' ? 'default' : 'no-store'
  const init: Sent['init'] = { method: operation.method, headers, credentials: 'same-origin', cache, ...(options.signal ? { signal: options.signal } : {}) }
  if (operation.kind === 'query') return { url: `${door}${path}${queryOf(rest)}`, init }
  headers['idempotency-key'] = options.key ?? newId()
  // The server's clock as far as it is known: what a wrong PC says must not stand in a legal 经过.
  headers['x-made-at'] = options.madeAt ?? serverNow()
  if (options.clockDrift) headers['x-clock-drift'] = String(options.clockDrift)
  if (options.offline) headers['x-offline'] = '1'
  if (options.device) headers['x-device'] = options.device
  if (operation.body === 'raw') return { url: `${door}${path}${queryOf(rest)}`, init }
  headers['content-type'] = 'application/json'
  return { url: `${door}${path}`, init: { ...init, body: JSON.stringify(rest) } }
}

function queryOf(rest: Record<string, unknown>): string {
  const entries = Object.entries(rest).flatMap(([key, value]): [string, string][] =>
    value === undefined || value === null || value === '' ? [] : [[key, Array.isArray(value) ? value.join(',') : String(value)]],
  )
  return entries.length > 0 ? `?${new URLSearchParams(entries)}` : ''
}

/** Sends and gives the answer back as it came; meets a 401 by asking for a sign-in and sending once more. */
export async function send(operation: Operation, sent: Sent, quiet = false): Promise<Response> {
  for (let attempt = 0; ; attempt++) {
    const response = await reach(sent)
    if (response.ok) return response
    const problem = await problemOf(response)
    if (problem.status === 401 && operation.verb !== 'public' && !quiet && attempt === 0 && (await askToSignIn())) continue
    throw problem
  }
}

async function reach({ url, init }: Sent): Promise<Response> {
  try {
    const response = await fetch(url, init)
    // A proxy that answers instead of the server is no answer of ours.
    if (response.status === 502 || response.status === 504) throw offlineProblem()
    setOnline(true)
    return response
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'AbortError') throw thrown
    setOnline(false)
    throw offlineProblem()
  }
}

/** The refusal in an answer; a body that is none of ours becomes a bug with the number to quote. */
export async function problemOf(response: Response): Promise<Problem> {
  const requestId = response.headers.get('x-request-id') ?? undefined
  try {
    const body = (await response.json()) as Partial<ProblemBody>
    if (typeof body.code === 'string' && typeof body.title === 'string') return new Problem({ type: 'about:blank', status: response.status, requestId, ...body } as ProblemBody)
  } catch {
    // Not JSON: below.
  }
  return new Problem({ type: 'about:blank', code: 'common.bug', status: response.status, title: '系统出错，请稍后再试', ...(requestId ? { requestId } : {}) })
}

/** Calls an operation. @throws Problem (refused, offline, not signed in), AbortError when aborted. */
export async function call<T extends Operation>(operation: T, input: InputOf<T>, options: CallOptions = {}): Promise<OutputOf<T>> {
  const response = await send(operation, requestOf(operation, input as Record<string, unknown>, options), options.quiet)
  return (await response.json()) as OutputOf<T>
}
