import { z } from 'zod'

/**
 * An operation is data: routes, OpenAPI, the typed client and the offline queue are derived from it.
 * `route` is "METHOD /path/:param" below /api. Input is one object: path parameters, then query (reads)
 * or JSON body (commands), validated together; unknown fields are refused.
 */
export interface Operation<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType, A extends 'json' | 'file' = 'json' | 'file'> {
  readonly kind: 'query' | 'command'
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly summary: string
  readonly input: I
  readonly output: O
  /** A verb such as `hazard.rectify`, or one of the two open doors: nobody signed in / anybody signed in. */
  readonly verb: string
  readonly problems: readonly string[]
  /** May be queued on a phone and replayed later. */
  readonly offline: boolean
  /** 'file': the answer is a download; 'raw': the request body is the file itself (name in X-File-Name). */
  readonly answer: A
  readonly body: 'json' | 'raw'
  /** Several statements on one state of the facts: a read, or a command that freezes what it counts. */
  readonly snapshot: boolean
  readonly maxBytes: number
  /** Calls a minute for one session (or one address when nobody is signed in). */
  readonly perMinute: number
  /** A command that may run without the idempotency key (sign-in, sign-out). */
  readonly keyless: boolean
  /** A read that a wall's display session may ask, too; every other operation takes such a session for nobody. */
  readonly display: boolean
  /** A piece of something that leaves its event when it is whole (a chunk of an upload): leaves none itself. */
  readonly piece: boolean
}

/** Anybody, signed in or not. */
export const PUBLIC = 'public'
/** Anybody who is signed in. */
export const SIGNED_IN = 'signed_in'

type Spec<I extends z.ZodType, O extends z.ZodType, A extends 'json' | 'file'> = {
  summary: string
  input: I
  output: O
  verb: string
  problems?: readonly string[]
  offline?: boolean
  answer?: A
  body?: 'json' | 'raw'
  snapshot?: boolean
  maxBytes?: number
  perMinute?: number
  keyless?: boolean
  piece?: boolean
  display?: boolean
}

function make<I extends z.ZodType, O extends z.ZodType, A extends 'json' | 'file'>(kind: 'query' | 'command', route: string, spec: Spec<I, O, A>): Operation<I, O, A> {
  const [method, path] = route.split(' ') as [Operation['method'], string]
  return {
    kind,
    method,
    path,
    summary: spec.summary,
    input: spec.input,
    output: spec.output,
    verb: spec.verb,
    problems: spec.problems ?? [],
    offline: spec.offline ?? false,
    answer: spec.answer ?? ('json' as A),
    body: spec.body ?? 'json',
    snapshot: spec.snapshot ?? false,
    maxBytes: spec.maxBytes ?? (spec.body === 'raw' ? 40 * 1024 * 1024 : 1024 * 1024),
    perMinute: spec.perMinute ?? (kind === 'query' ? 1200 : 600),
    keyless: spec.keyless ?? false,
    piece: spec.piece ?? false,
    display: spec.display ?? false,
  }
}

/** A read: changes nothing, may be cached by nobody. */
export const query = <I extends z.ZodType, O extends z.ZodType, A extends 'json' | 'file' = 'json'>(route: string, spec: Spec<I, O, A>) => make('query', route, spec)

/** A change: one transaction, one event at least, an Idempotency-Key (UUID) from whoever makes it. */
export const command = <I extends z.ZodType, O extends z.ZodType, A extends 'json' | 'file' = 'json'>(route: string, spec: Spec<I, O, A>) => make('command', route, spec)

export type Operations = Record<string, Operation>
export type InputOf<T> = T extends Operation<infer I, z.ZodType> ? z.input<I> : never
export type ParsedOf<T> = T extends Operation<infer I, z.ZodType> ? z.output<I> : never
export type OutputOf<T> = T extends Operation<z.ZodType, infer O> ? z.output<O> : never

/** Query-string shapes: everything arrives as text. */
export const wire = {
  /** Whole number in a query string. */
  int: () => z.coerce.number().int(),
  /** "true" / "false" in a query string. */
  flag: () => z.enum(['true', 'false']).transform((v) => v === 'true'),
  /** "a,b,c" in a query string, each one checked. */
  list: <T extends z.ZodType<unknown, string>>(item: T) => z.string().max(4000).transform((s) => s.split(',').filter((p) => p !== '')).pipe(z.array(item)),
  id: () => z.uuid(),
  area: () => z.string().regex(/^\d{12}$/),
  date: () => z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
}

/** Paging by cursor: opaque to the client, bounded by the server. */
export const paging = {
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
}

/** `total` is exact unless `totalIsEstimate`; `next` is absent on the last page. */
export const pageOf = <T extends z.ZodType>(row: T) =>
  z.object({ rows: z.array(row), total: z.number().int(), totalIsEstimate: z.boolean().optional(), next: z.string().optional() })

/** What may be done with this record now: the screen shows `allowed`, and says `why` of what is not. */
export const Action = z.object({
  action: z.string(),
  label: z.string(),
  allowed: z.boolean(),
  why: z.array(z.string()).optional(),
})
export type Action = z.infer<typeof Action>
