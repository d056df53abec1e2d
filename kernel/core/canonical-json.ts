/**
 * One text per value, for hashing: keys sorted by UTF-16 code unit, no spaces, numbers and strings as JSON.stringify writes
 * them (the form of RFC 8785). A value read back from a jsonb column gives the same text as the value that was stored.
 */

const MAX_DEPTH = 100

/**
 * The canonical text of a value. A Date is written as its ISO text, which is what it becomes on the wire and in jsonb; a property
 * that is undefined is left out, as there.
 * @throws TypeError on NaN, infinity, an invalid Date, bigint, undefined inside an array, a function, a class instance, a lone surrogate, or
 *   nesting beyond 100 (a cycle): each of them has no stable text, and a hash over a guess would be worthless
 */
export function canonicalJson(value: unknown): string {
  return write(value, 0)
}

function write(value: unknown, depth: number): string {
  if (depth > MAX_DEPTH) throw new TypeError('canonical JSON: nesting too deep')
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return text(value)
  if (typeof value === 'number') return number(value)
  if (Array.isArray(value)) return `[${Array.from(value, (v) => write(v, depth + 1)).join(',')}]`
  if (value instanceof Date) return date(value)
  if (typeof value === 'object' && isPlain(value)) return object(value as Record<string, unknown>, depth)
  throw new TypeError(`canonical JSON: no text for ${typeof value}`)
}

function object(value: Record<string, unknown>, depth: number): string {
  let out = ''
  for (const key of Object.keys(value).sort()) {
    const one = value[key]
    if (one !== undefined) out += `${out ? ',' : ''}${text(key)}:${write(one, depth + 1)}`
  }
  return `{${out}}`
}

function date(value: Date): string {
  if (Number.isNaN(value.getTime())) throw new TypeError('canonical JSON: no text for an invalid date')
  return JSON.stringify(value)
}

/** JSON.stringify writes -0 as 0, which suits jsonb: it has no negative zero. */
function number(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`canonical JSON: no text for ${value}`)
  return JSON.stringify(value)
}

/** Lone surrogates are escaped by JSON.stringify but refused by PostgreSQL; refuse them before they are stored. */
function text(value: string): string {
  // Half pairs are rare: the second, slow look is taken only where any half occurs at all.
  if (/[\ud800-\udfff]/.test(value) && /\p{Surrogate}/u.test(value)) throw new TypeError('canonical JSON: lone surrogate')
  return JSON.stringify(value)
}

function isPlain(value: object): boolean {
  const proto: unknown = Object.getPrototypeOf(value)
  return proto === Object.prototype || proto === null
}
