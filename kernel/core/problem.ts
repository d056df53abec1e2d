/**
 * A named refusal. The name is never renamed; the HTTP status follows from the kind (RFC 9457);
 * the Chinese sentence lives in the capability's zh.ts under the same name.
 */
export const kinds = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  missing: 404,
  conflict: 409,
  gone: 410,
  too_large: 413,
  wrong_type: 415,
  refused: 422,
  too_many: 429,
  unavailable: 503,
} as const

export type ProblemKind = keyof typeof kinds

/** One field that would cure the refusal: a dotted path into the input, and the code of what is wrong with it. */
export interface FieldRefusal {
  path: string
  code: string
  params?: Record<string, string | number>
}

/** What a rule returns: never thrown by the rule itself. `field` is the path that would cure it. */
export interface Refusal {
  code: string
  field?: string
  params?: Record<string, string | number>
  /** Law clause or design id behind it, for people who ask why. */
  clause?: string
}

export class Problem extends Error {
  readonly code: string
  readonly kind: ProblemKind
  readonly params: Record<string, string | number>
  readonly fields: FieldRefusal[]

  constructor(kind: ProblemKind, code: string, options: { params?: Record<string, string | number>; fields?: FieldRefusal[] } = {}) {
    super(code)
    this.kind = kind
    this.code = code
    this.params = options.params ?? {}
    this.fields = options.fields ?? []
  }

  get status(): number {
    return kinds[this.kind]
  }
}

/** Out of reach and not there are the same answer, so that nobody can probe for records. */
export const missing = (code = 'common.missing'): Problem => new Problem('missing', code)

/** Throws one problem that carries every refusal a rule found; does nothing when there is none. */
export function refuseAny(refusals: readonly Refusal[], kind: ProblemKind = 'refused'): void {
  const first = refusals[0]
  if (!first) return
  const fields = refusals.map((r) => ({ path: r.field ?? '', code: r.code, ...(r.params ? { params: r.params } : {}) }))
  throw new Problem(kind, first.code, { params: first.params ?? {}, fields })
}

/** Chinese texts by problem name. `{name}` is replaced by the parameter of that name. */
export type Texts = Record<string, string>

export function say(texts: Texts, code: string, params: Record<string, string | number> = {}): string {
  const text = texts[code]
  if (text === undefined) return texts['common.refused'] ?? code
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''))
}

/** The body a client receives (application/problem+json). */
export interface ProblemBody {
  type: string
  code: string
  status: number
  title: string
  requestId?: string
  params?: Record<string, string | number>
  fields?: { path: string; code: string; message: string }[]
}
