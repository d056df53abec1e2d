/** What is stored for finding, and how a typed text asks for it. Index and query pass through the same functions of the kernel. */
import { addBigrams, classifyQuery, normaliseText } from '../../kernel/core/search-text.ts'
import type { Query } from '../../kernel/core/search-text.ts'

/**
 * Pairs of characters of name and address, and of the name's pinyin initials, so that `htwj` finds a firm whose name begins with
 * the city's. Everything goes into one array because one index answers all of them.
 */
export function searchWords(name: string, address: string, initials: string): string[] {
  const pairs = new Set<string>()
  for (const text of [name, address, initials]) addBigrams(text, pairs)
  return [...pairs]
}

/** How a typed text is looked up in the register; `pairs` narrow by index, `text` is what a hit must really hold. */
export type Lookup =
  | { by: 'nothing' }
  | { by: 'code'; code: string }
  | { by: 'phone'; phone: string }
  | { by: 'text'; text: string; pairs: string[]; tail: string | null; codePart: string | null }

export function lookupOf(typed: string): Lookup {
  const query: Query = classifyQuery(typed)
  switch (query.kind) {
    case 'empty':
      return { by: 'nothing' }
    case 'creditCode':
      return { by: 'code', code: query.value }
    case 'recordNumber': {
      const code = /[0-9A-Z]{18}/.exec(query.value)?.[0]
      return code ? { by: 'code', code } : { by: 'text', text: normaliseText(typed), pairs: query.bigrams, tail: null, codePart: null }
    }
    case 'phone':
      return { by: 'phone', phone: query.value }
    default: {
      const text = query.value
      // A fragment of a code: four characters and more, of digits and letters only.
      const codePart = /^[0-9a-z]{4,17}$/.test(text) && /\d/.test(text) ? text.toUpperCase() : null
      return { by: 'text', text, pairs: query.bigrams, tail: query.kind === 'phoneTail' ? text : null, codePart }
    }
  }
}
