/**
 * Text for finding. Names, addresses and titles are searched by pairs of characters (a bigram index finds two-character words,
 * which trigrams cannot). Index and query must pass through the same functions, or words are lost without a trace.
 */
import { assessCreditCode } from './credit-code.ts'
import { parseHumanNumber } from './id.ts'
import { parsePhone } from './phone.ts'

/** NFKC, lower case, letters and digits of any script only: `“安澜”（深圳） 有限公司` → `安澜深圳有限公司`. */
export function normaliseText(text: string): string {
  return isPlain(text) ? text : text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

/** Nothing but Chinese characters, digits and small Latin letters, as nearly every name and address is: it stays as it stands. */
function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (!((c >= 0x4e00 && c <= 0x9fa5) || (c >= 48 && c <= 57) || (c >= 97 && c <= 122))) return false
  }
  return true
}

/** Distinct pairs of neighbouring characters of the normalised text, in order. One character or none gives an empty list. */
export function bigrams(text: string): string[] {
  const pairs = new Set<string>()
  addBigrams(text, pairs)
  return [...pairs]
}

/** The same, into a set that may hold the pairs of other texts. */
export function addBigrams(text: string, pairs: Set<string>): void {
  let before = ''
  for (const c of normaliseText(text)) {
    if (before !== '') pairs.add(before + c)
    before = c
  }
}

/**
 * What a person probably typed:
 * `empty`; `single` one character, no bigram exists, fall back to a bounded LIKE; `creditCode` 18 characters of that shape, right
 * check or not, since a confirmed code may fail it; `recordNumber` HZ-…, ENT-…, GRID-…; `phone` a whole number; `phoneTail` exactly four digits; `digits` other digits
 * (part of a code, a paper's sequence); `initials` 2–8 Latin letters, pinyin initials or a Latin name; `text` everything else.
 */
export type QueryKind = 'empty' | 'single' | 'creditCode' | 'recordNumber' | 'phone' | 'phoneTail' | 'digits' | 'initials' | 'text'
export type Query = {
  kind: QueryKind
  /** The form to look up: the normalised code, number or text. */
  value: string
  /** Pairs to look for; empty where `kind` does not search text. A numeric or Latin query may still occur in a name, so it has them. */
  bigrams: string[]
}

/** Classifies a search box's text. `phoneTail` and `initials` are guesses: search the text as well. */
export function classifyQuery(text: string): Query {
  const plain = normaliseText(text)
  const code = assessCreditCode(text)
  if (code.verdict !== 'wrong' || code.confirmable) return { kind: 'creditCode', value: code.normalised, bigrams: [] }
  const record = text.normalize('NFKC').trim().toUpperCase()
  if (parseHumanNumber(record)) return { kind: 'recordNumber', value: record, bigrams: [] }
  const phone = /\p{L}/u.test(plain) ? null : parsePhone(text)
  if (phone && phone.kind !== 'service') return { kind: 'phone', value: phone.normalised, bigrams: [] }
  return { kind: plainKind(plain), value: plain, bigrams: bigrams(plain) }
}

function plainKind(plain: string): QueryKind {
  const length = [...plain].length
  if (length === 0) return 'empty'
  if (length === 1) return 'single'
  if (/^\d{4}$/.test(plain)) return 'phoneTail'
  if (/^\d+$/.test(plain)) return 'digits'
  return /^[a-z]{2,8}$/.test(plain) ? 'initials' : 'text'
}
