import { ERROR_HEADING, headingKey } from './sheet.ts'

/** What a field of ours may be called in other people's sheets, and what its values look like. */
export interface FieldHint {
  zh: string
  synonyms?: readonly string[]
  /** Matches one trimmed value. */
  sample?: RegExp
  required?: boolean
}

export type FieldHints<F extends string> = Readonly<Record<F, FieldHint>>

/** How far the guess may be trusted; `said` and `remembered` come from a person. */
export type Confidence = 'said' | 'remembered' | 'sure' | 'likely' | 'weak' | 'none'

export interface ColumnGuess<F extends string> {
  /** From 0. */
  column: number
  heading: string
  /** Undefined: the column is not taken. */
  field: F | undefined
  /** 0 to 1. */
  score: number
  confidence: Confidence
  /** The first three different values, for the person who checks. */
  samples: string[]
  /** Other fields it might be, best first. */
  others: { field: F; score: number }[]
}

interface Pair<F extends string> {
  column: number
  field: F
  score: number
}

const THRESHOLD = 0.4
const ORDINAL = /^(序号|行号|no)$/
/** Shorter values, such as a count or a yes, fit too many patterns to tell anything by themselves. */
const TELLING = 6

/**
 * Guesses the field of each column from its heading and its values (`rows`: some data rows). A field goes to one column
 * at most and a column to one field. Heading alone decides when the field has no `sample`; values alone are a weak guess.
 */
export function guessColumns<F extends string>(headings: readonly string[], rows: readonly (readonly string[])[], hints: FieldHints<F>): ColumnGuess<F>[] {
  const fields = Object.keys(hints) as F[]
  const values = headings.map((_, c) => rows.map((row) => (row[c] ?? '').trim()).filter(Boolean))
  const shares = new Map(fields.map((field) => [field, values.map((column) => share(column, hints[field].sample))]))
  const pairs = headings.flatMap((heading, column) => {
    if (heading === '' || isErrorHeading(heading) || ORDINAL.test(headingKey(heading))) return []
    const telling = values[column]?.every((value) => value.length >= TELLING) ?? false
    return fields.map((field): Pair<F> => ({ column, field, score: pairScore(heading, column, hints[field], shares.get(field) ?? [], telling) }))
  })
  pairs.sort((a, b) => b.score - a.score || a.column - b.column)
  const taken = assign(pairs)
  return headings.map((heading, column) => {
    const own = taken.get(column)
    const others = pairs.filter((pair) => pair.column === column && pair.field !== own?.field && pair.score >= THRESHOLD / 2).slice(0, 3)
    const samples = [...new Set(values[column] ?? [])].slice(0, 3)
    const score = own?.score ?? 0
    return { column, heading, field: own?.field, score, confidence: own ? confidence(own, pairs) : 'none', samples, others: others.map(({ field, score }) => ({ field, score })) }
  })
}

/** Best pair first; what it uses up is gone. */
function assign<F extends string>(pairs: readonly Pair<F>[]): Map<number, Pair<F>> {
  const byColumn = new Map<number, Pair<F>>()
  const used = new Set<F>()
  for (const pair of pairs) {
    if (pair.score < THRESHOLD || byColumn.has(pair.column) || used.has(pair.field)) continue
    byColumn.set(pair.column, pair)
    used.add(pair.field)
  }
  return byColumn
}

/** Sure only when nothing comes near: neither another field for the column nor another column for the field. */
function confidence<F extends string>(own: Pair<F>, pairs: readonly Pair<F>[]): Confidence {
  const rival = pairs.find((pair) => pair !== own && (pair.column === own.column || pair.field === own.field))
  if (own.score >= 0.85 && own.score - (rival?.score ?? 0) >= 0.03) return 'sure'
  return own.score >= 0.6 ? 'likely' : 'weak'
}

function share(values: readonly string[], sample: RegExp | undefined): number | undefined {
  if (!sample || values.length === 0) return undefined
  // A global expression would remember where it stopped.
  const pattern = new RegExp(sample.source, sample.flags.replace(/[gy]/g, ''))
  return values.filter((value) => pattern.test(value)).length / values.length
}

function pairScore(heading: string, column: number, hint: FieldHint, shares: readonly (number | undefined)[], telling: boolean): number {
  const text = Math.max(nameScore(heading, hint.zh), ...(hint.synonyms ?? []).map((name) => nameScore(heading, name) * 0.99))
  const own = shares[column]
  if (own === undefined) return text
  if (text > 0) return Math.max(text * (0.5 + 0.5 * own), Math.min(text * 0.6 + own * 0.35, 0.9) * (own >= 0.5 ? 1 : 0))
  // Values alone count as far as they tell this column from the others.
  if (!telling) return 0
  const rest = shares.filter((_, c) => c !== column).map((each) => each ?? 0)
  const usual = rest.reduce((sum, each) => sum + each, 0) / Math.max(rest.length, 1)
  return own >= 0.8 ? 0.55 * own * (1 - usual) : 0
}

/** Likeness of a heading and a name, 0 to 1. Of joined levels the last one counts alone, a little less than the whole. */
function nameScore(heading: string, name: string): number {
  const wanted = headingKey(name)
  const whole = headingKey(heading.replaceAll('/', ''))
  if (whole === wanted) return 1
  const bare = headingKey(heading.replaceAll('/', '').normalize('NFKC').replace(/\([^)]*\)/g, ''))
  if (bare === wanted) return 0.97
  const last = headingKey(heading.slice(heading.lastIndexOf('/') + 1))
  if (last === wanted) return 0.85
  return Math.max(likeness(bare === '' ? whole : bare, wanted), likeness(last, wanted) * 0.85)
}

function likeness(heading: string, name: string): number {
  if (heading.length < 2 || name.length < 2) return 0
  if (heading.includes(name)) return 0.6 + (0.25 * name.length) / heading.length
  if (name.includes(heading)) return 0.25 + (0.5 * heading.length) / name.length
  const pairs = new Set(bigrams(name))
  const own = bigrams(heading)
  const dice = (2 * own.filter((pair) => pairs.has(pair)).length) / (own.length + pairs.size)
  return dice >= 0.5 ? dice * 0.7 : 0
}

const bigrams = (text: string): string[] => Array.from({ length: text.length - 1 }, (_, i) => text.slice(i, i + 2))

const isErrorHeading = (heading: string): boolean => headingKey(heading) === headingKey(ERROR_HEADING)

/** A person says what a column is. The field leaves the column it was on. */
export function correctColumn<F extends string>(guesses: readonly ColumnGuess<F>[], column: number, field: F | undefined): ColumnGuess<F>[] {
  return guesses.map((guess) => {
    if (guess.column === column) return { ...guess, field, score: field === undefined ? 0 : 1, confidence: 'said' as const }
    return field !== undefined && guess.field === field ? { ...guess, field: undefined, score: 0, confidence: 'none' as const } : guess
  })
}

/** Column by field. */
export function mappingOf<F extends string>(guesses: readonly ColumnGuess<F>[]): Partial<Record<F, number>> {
  const mapping: Partial<Record<F, number>> = {}
  for (const { field, column } of guesses) if (field !== undefined) mapping[field] = column
  return mapping
}

/** Required fields that no column gives, in the order of the hints. */
export function missingFields<F extends string>(guesses: readonly ColumnGuess<F>[], hints: FieldHints<F>): F[] {
  const given = new Set(guesses.map((guess) => guess.field))
  return (Object.keys(hints) as F[]).filter((field) => hints[field].required === true && !given.has(field))
}

/** Headings as keys; the second 电话 is 电话#2. Blank headings and the error column have none. */
function keysOf(headings: readonly string[]): (string | undefined)[] {
  const seen = new Map<string, number>()
  return headings.map((heading) => {
    const key = headingKey(heading)
    if (key === '' || isErrorHeading(heading)) return undefined
    const count = (seen.get(key) ?? 0) + 1
    seen.set(key, count)
    return count === 1 ? key : `${key}#${count}`
  })
}

/**
 * The same for the same set of headings, whatever their order, width, blanks and punctuation, and whether an error column
 * was added. A key for remembered mappings, not a secret: two 32-bit FNV-1a sums.
 */
export function headingSignature(headings: readonly string[]): string {
  const keys = keysOf(headings).filter((key) => key !== undefined).sort()
  const text = keys.join('\n')
  return `${keys.length}-${fnv(text, 0x811c9dc5)}${fnv(`${text}\n`, 0x01000193)}`
}

function fnv(text: string, seed: number): string {
  let hash = seed
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}

/** What a person has confirmed, by heading: null where the column is not taken. Plain data, to be stored under the signature. */
export type RememberedColumns = Record<string, string | null>

export function rememberColumns<F extends string>(guesses: readonly ColumnGuess<F>[]): RememberedColumns {
  const keys = keysOf(guesses.map((guess) => guess.heading))
  const remembered: RememberedColumns = {}
  guesses.forEach((guess, i) => {
    const key = keys[i]
    if (key !== undefined) remembered[key] = guess.field ?? null
  })
  return remembered
}

/** Puts a remembered mapping over fresh guesses. A field that no longer exists is left to the guess. */
export function recallColumns<F extends string>(guesses: readonly ColumnGuess<F>[], remembered: RememberedColumns, hints: FieldHints<F>): ColumnGuess<F>[] {
  const keys = keysOf(guesses.map((guess) => guess.heading))
  const isField = (name: string): name is F => Object.hasOwn(hints, name)
  return keys.reduce<ColumnGuess<F>[]>((all, key, column) => {
    const said = key !== undefined && Object.hasOwn(remembered, key) ? remembered[key] : undefined
    if (said === undefined || (said !== null && !isField(said))) return all
    const next = correctColumn(all, guesses[column]?.column ?? column, said ?? undefined)
    return next.map((guess, i) => (i === column ? { ...guess, confidence: 'remembered' as const } : guess))
  }, [...guesses])
}
