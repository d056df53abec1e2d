import type { Piece } from './briefing-template.ts'
import { mislabelled } from './claims-labels.ts'
import { claimRules } from './claims-rules.ts'
import type { Verdict } from './claims-verdict.ts'
import { contradictions, listsOf, numbersIn, partsOf } from './claims-numbers.ts'
import type { Day, Figure } from './snapshot.ts'

/** An item that makes a sentence untrue: what it is, where, how it stands, and its page. */
export interface OpenItem {
  readonly id: string
  readonly no: string
  readonly enterprise: string
  readonly state: string
  readonly level: 'GENERAL' | 'MAJOR'
  readonly onSite: boolean
  /** Open when the numbers were frozen, or opened again since. */
  readonly since: 'FROZEN' | 'NOW'
}

/** What the facts say: the frozen figures, the days, and every hazard of the frozen list that is not put right. */
export interface Facts {
  readonly figures: ReadonlyMap<string, Figure>
  readonly daily: readonly Day[]
  readonly open: readonly OpenItem[]
  /** Numbers and claims from elsewhere, each with the source the writer names. */
  readonly sources: readonly { readonly text: string; readonly source: string }[]
  /** Quotations whose speaker has approved them. */
  readonly quotes: readonly { readonly words: string; readonly approved: boolean; readonly speaker: string }[]
}

/** FALSE and UNBOUND keep a briefing from being sent on; NOTE does not; TRUE was checked and holds. */
export type MarkKind = 'TRUE' | 'NOTE' | 'UNBOUND' | 'FALSE'
export interface Mark {
  readonly kind: MarkKind
  readonly code: string
  readonly params: Record<string, string | number>
  /** The words of the sentence it is about. */
  readonly words: string
  readonly items: readonly OpenItem[]
}
export interface CheckedSentence {
  readonly text: string
  readonly pieces: readonly Piece[]
  readonly marks: readonly Mark[]
}

const ENDS = /[。！？；\n]/

/** Sentences of filled text; a sentence keeps its closing sign, a number is never cut in two. */
export function sentencesOf(pieces: readonly Piece[]): Piece[][] {
  const sentences: Piece[][] = [[]]
  for (const piece of pieces) {
    if (piece.metric || piece.quote || piece.frame) {
      sentences.at(-1)!.push(piece)
      continue
    }
    for (const part of piece.text.split(/(?<=[。！？；\n])/)) {
      sentences.at(-1)!.push({ text: part })
      if (ENDS.test(part.at(-1) ?? '')) sentences.push([])
    }
  }
  // A line that ends after its full stop belongs to the sentence before: the paragraphs stand in the sentences.
  return sentences.reduce<Piece[][]>((kept, sentence) => {
    const blank = sentence.every((piece) => piece.text.trim() === '')
    if (blank && kept.length > 0) kept.at(-1)!.push(...sentence.filter((piece) => piece.text !== ''))
    else if (!blank) kept.push(sentence)
    return kept
  }, [])
}

/** Every sentence with what was found about it. */
export const checkSentences = (pieces: readonly Piece[], facts: Facts): CheckedSentence[] => sentencesOf(pieces).map((sentence) => checkOne(sentence, facts))

export const stands = (sentences: readonly CheckedSentence[]): boolean => sentences.every((s) => s.marks.every((mark) => mark.kind === 'TRUE' || mark.kind === 'NOTE'))

function checkOne(written: readonly Piece[], facts: Facts): CheckedSentence {
  const pieces = written.map((piece) => ({ ...piece, text: plain(piece.text) }))
  const text = pieces.map((piece) => piece.text).join('')
  const wrong = mislabelled(pieces, facts.figures).map((mark): Mark => ({ ...mark, items: [] }))
  const marks = [...bound(pieces, facts), ...wrong, ...free(pieces, facts), ...rules(pieces, text, facts), ...listsOf(text), ...partsOf(text), ...spoken(pieces, facts)]
  return { text: written.map((piece) => piece.text).join(''), pieces: written, marks }
}

/** The same words without what hides them from a check: wide digits, signs of no width, blanks between characters. */
const plain = (text: string): string =>
  text.replace(/[\u{ff10}-\u{ff19}\u{ff0e}]/gu, (wide) => String.fromCodePoint(wide.codePointAt(0)! - 0xfee0)).replace(/[\u{ad}\u{200b}-\u{200f}\u{2060}\u{feff}]/gu, '').replace(/(?<=\p{Script=Han})[ \t\u{a0}\u{3000}]+(?=\p{Script=Han})/gu, '')

/** A title stands alone: its numbers may be those of the snapshot in the writer's own hand, and no others. */
export const checkTitle = (title: string, facts: Facts): readonly Mark[] =>
  checkOne([{ text: title }], facts).marks.map((mark) => (mark.code === 'claim.could_bind' ? { ...mark, kind: 'NOTE' } : mark))

function bound(pieces: readonly Piece[], facts: Facts): Mark[] {
  return pieces.flatMap((piece): Mark[] => {
    const figure = piece.metric ? facts.figures.get(piece.metric) : undefined
    if (!figure) return []
    const params = { figure: figure.metric, name: figure.name }
    const changed: Mark[] = figure.changedOn ? [{ kind: 'NOTE', code: 'claim.definition_changed', words: piece.text, items: [], params: { ...params, day: figure.changedOn } }] : []
    return [{ kind: 'TRUE', code: 'claim.bound', words: piece.text, items: [], params }, ...changed]
  })
}

/** The source the writer names for a number: the whole number stands in what he quotes from it, not a part of a longer one. */
const sourced = (words: string, facts: Facts) => facts.sources.find((s) => {
  const text = plain(s.text)
  const at = text.indexOf(words)
  return at >= 0 && !(/^\d/.test(words) && /[\d.,]$/.test(text.slice(0, at))) && !(/\d$/.test(words) && /^[\d.,]/.test(text.slice(at + words.length)))
})

/** What no register decides rests on a source that says it in the words of the sentence. */
const vouched = (at: number, words: string, text: string, facts: Facts) => facts.sources.find((s) => {
  const quoted = plain(s.text)
  for (let i = text.indexOf(quoted); i >= 0; i = text.indexOf(quoted, i + 1)) if (i <= at && at + words.length <= i + quoted.length) return true
  return false
})

/** The writer's own numbers: another number than the frozen one is false, the rest wants a figure or a source. */
function free(pieces: readonly Piece[], facts: Facts): Mark[] {
  return pieces.flatMap((piece, i) => {
    if (piece.metric || piece.frame) return []
    const before = pieces[i - 1]?.text ?? ''
    return numbersIn(piece.text).flatMap((number): Mark[] => {
      const clash = contradictions(number, `${before}${piece.text.slice(0, number.at)}`, facts.figures)
      // Words in a speaker's mouth are his own; only what the snapshot says otherwise is refused.
      if (piece.quote) return clash?.kind === 'FALSE' ? [{ ...clash, items: [] }] : []
      return [clash ? { ...clash, items: [] } : ownNumber(number.words, facts)]
    })
  })
}

function ownNumber(words: string, facts: Facts): Mark {
  const source = sourced(words, facts)
  if (source) return { kind: 'NOTE', code: 'claim.sourced', words, items: [], params: { source: source.source } }
  return { kind: 'UNBOUND', code: 'claim.unbound', words, items: [], params: { number: words } }
}
/** Does what stands at this place come from the snapshot? */
function isPrinted(pieces: readonly Piece[], at: number): boolean {
  let end = 0
  return pieces.find((piece) => (end += piece.text.length) > at)?.metric !== undefined
}

function rules(pieces: readonly Piece[], text: string, facts: Facts): Mark[] {
  return claimRules.flatMap((rule) =>
    [...text.matchAll(rule.words)].flatMap((found): Mark[] => {
      const words = found[0]
      const verdict: Verdict = rule.check({ words, text, before: text.slice(0, found.index), groups: [...found], printed: isPrinted(pieces, found.index), facts })
      if (verdict.kind === 'SKIP') return []
      const source = verdict.kind === 'UNKNOWN' ? vouched(found.index, words, text, facts) : undefined
      if (source) return [{ kind: 'NOTE', code: 'claim.sourced', words, items: [], params: { source: source.source } }]
      return [{ kind: verdict.kind === 'HOLDS' ? 'TRUE' : verdict.kind === 'UNKNOWN' ? 'UNBOUND' : 'FALSE', code: verdict.code, words, items: verdict.items ?? [], params: { words, ...verdict.params } }]
    }),
  )
}

/** Words in a person's mouth are stored with the person, who has approved them. */
function spoken(pieces: readonly Piece[], facts: Facts): Mark[] {
  const own = pieces.filter((piece) => !piece.metric && !piece.quote).map((piece) => piece.text).join('')
  const loose = [...own.matchAll(/(?:表示|强调|指出|要求|说|介绍)[，：:]?\s*“([^”]{2,})”/g)].map((m): Mark => ({ kind: 'FALSE', code: 'claim.loose_quote', words: m[1]!, items: [], params: { words: m[1]! } }))
  const waiting = pieces.flatMap((piece): Mark[] => {
    const quote = piece.quote ? facts.quotes[piece.quote - 1] : undefined
    if (!quote) return []
    return [{ kind: quote.approved ? 'TRUE' : 'FALSE', code: quote.approved ? 'claim.quote_approved' : 'claim.quote_waits', words: quote.words, items: [], params: { speaker: quote.speaker } }]
  })
  return [...loose, ...waiting]
}
