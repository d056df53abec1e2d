import type { Operation, Operations } from '../core/operation.ts'
import type { ZhTexts } from '../core/zh.ts'
import type { Actor } from './actor.ts'
import type { Ctx, Handler, Handlers, RawBody } from './context.ts'
import type { Tx } from './db.ts'

/** Work outside a request: a queued effect, or something done again and again. */
export interface JobSpec {
  readonly kind: string
  /** Seconds between two runs of a recurring job; absent for queued ones. */
  readonly every?: number
  /** The first run is a whole interval after the first start: upkeep that would hold up whoever is just looking in. */
  readonly later?: boolean
  /** Outside a transaction: VACUUM, backups, calls to other systems. Such a job must bear being run twice. */
  readonly outside?: boolean
  /** Runs in a transaction of its own as the system; events it emits are written before commit. */
  run(ctx: Ctx, payload: Record<string, unknown>): Promise<void>
}

/** A capability as the server mounts it. */
export interface Capability {
  readonly name: string
  readonly operations: Operations
  readonly handlers: Record<string, (ctx: Ctx, input: never, body: never) => Promise<unknown>>
  readonly zh: ZhTexts
  readonly jobs: readonly JobSpec[]
  /** Slow work by operation key that runs before the transaction opens: on an upload (sniffing, hashing, pictures), or asking another system. */
  readonly prepare?: Record<string, Prepare>
}

/** What is known before the transaction opens. `tx` is none: each statement by itself, to look and not to change. */
export interface Before {
  readonly tx: Tx
  readonly actor: Actor
  readonly now: Date
}

export type Prepare = (body: RawBody, input: never, before: Before) => Promise<unknown>

/** Binds operations to handlers; an operation without a handler does not compile. */
export function serve<T extends Operations>(capability: {
  name: string
  operations: T
  handlers: Handlers<T>
  zh: ZhTexts
  jobs?: readonly JobSpec[]
  prepare?: Record<string, Prepare>
}): Capability {
  return { ...capability, handlers: capability.handlers as never, jobs: capability.jobs ?? [] }
}

/** One operation ready to be called: its full name ("hazard.close"), contract and handler. */
export interface Mounted {
  readonly name: string
  readonly operation: Operation
  readonly handler: Handler<Operation>
  readonly prepare?: Prepare
}

/** All operations by name. An operation without a verb does not start the server. */
export function mount(capabilities: readonly Capability[]): Map<string, Mounted> {
  const mounted = new Map<string, Mounted>()
  for (const capability of capabilities) {
    for (const [key, operation] of Object.entries(capability.operations)) {
      const name = `${capability.name}.${key}`
      if (!operation.verb) throw new Error(`操作 ${name} 没有权限动词`)
      if (operation.display && (operation.kind !== 'query' || operation.verb === 'public')) throw new Error(`操作 ${name} 不能对大屏展示会话开放`)
      const handler = capability.handlers[key]
      if (!handler) throw new Error(`操作 ${name} 没有处理函数`)
      mounted.set(name, { name, operation, handler: handler as unknown as Handler<Operation>, ...(capability.prepare?.[key] ? { prepare: capability.prepare[key] } : {}) })
    }
  }
  return mounted
}
