import type { Refusal } from '../../kernel/core/problem.ts'
import { metrics } from './metrics.ts'
import type { Figure } from './snapshot.ts'
import { averageText, changeText, countText, HAZARD_WORDS, rateText, STYLES, STYLE_ZH, type Style, tenthsText, visitsText, type Wording } from './wording.ts'

/**
 * A sentence carries placeholders: `{M07}` prints 118572宗, `{M07:余}` 118500余… by style, `{M08:处}` in another measure word,
 * `{M11}` a rate, `{M11:两数}` both of its numbers, `{M11:成}` tenths, `{M04:家次}` visits with firms beside, `{M51:同比}` the change,
 * `{M07:数}` the bare number, `{M07÷M22}` an average of two counts to one decimal (offered, never stored; requirements A12), `{夜间/M07}` the figure of a further snapshot that the text calls 夜间, `{范围} {期间} {截至}` words of the snapshot, `{引语1}` an approved quotation.
 */
export interface Piece {
  readonly text: string
  /** The metric a number was taken from, or the quotation; absent for the writer's own words. */
  readonly metric?: string
  /** The count it was divided by, of an average. */
  readonly per?: string
  readonly quote?: number
  readonly frame?: true
}

export interface Frame {
  readonly scope: string
  readonly span: string
  readonly asOf: string
  readonly quotes: readonly { readonly words: string; readonly approved: boolean }[]
}

const PLACE = /\{([^{}]*)\}/g
const known = new Map<string, (typeof metrics)[number]>(metrics.map((m) => [m.id, m]))
const styleOf = new Map<string, Style>(STYLES.map((style) => [STYLE_ZH[style], style]))

/** The writer's text with every placeholder filled, or why one cannot be. */
export function fill(text: string, figures: ReadonlyMap<string, Figure>, frame: Frame, wording: Wording): { pieces: Piece[]; refusals: Refusal[] } {
  const pieces: Piece[] = []
  const refusals: Refusal[] = []
  let end = 0
  for (const found of text.matchAll(PLACE)) {
    if (found.index > end) pieces.push({ text: text.slice(end, found.index) })
    end = found.index + found[0].length
    const made = place(found[1]!, figures, frame, wording)
    if ('code' in made) refusals.push(made)
    pieces.push('code' in made ? { text: found[0], frame: true } : made)
  }
  if (end < text.length) pieces.push({ text: text.slice(end) })
  return { pieces, refusals }
}

/** Metrics a text names, known or not. */
export const namedIn = (text: string): string[] => [...new Set([...text.matchAll(PLACE)].flatMap((m) => m[1]!.split(/[:：]/)[0]!.split('÷')).filter((id) => /^M\d/.test(id)))]

function place(inside: string, figures: ReadonlyMap<string, Figure>, frame: Frame, wording: Wording): Piece | Refusal {
  const [id = '', ...modes] = inside.split(/[:：]/).map((part) => part.trim())
  if (id === '范围') return { text: frame.scope, frame: true }
  if (id === '期间') return { text: frame.span, frame: true }
  if (id === '截至') return { text: frame.asOf, frame: true }
  const quote = /^引语(\d+)$/.exec(id)
  if (quote) return quoted(Number(quote[1]), frame)
  if (id.includes('÷')) return average(id, figures)
  const metric = known.get(id.split('/').at(-1)!)
  if (!metric) return { code: 'briefing.unknown_figure', field: 'body', params: { figure: id || inside } }
  const figure = figures.get(id)
  if (!figure) return { code: 'briefing.not_frozen', field: 'body', params: { figure: id, name: metric.name } }
  return figurePiece(figure, modes, figures, wording)
}

/** What falls on each, half-up to one decimal; — where there is nothing to divide by. */
function average(asked: string, figures: ReadonlyMap<string, Figure>): Piece | Refusal {
  const ids = asked.split('÷').map((id) => id.trim())
  const unknown = ids.find((id) => !known.has(id.split('/').at(-1)!))
  if (unknown !== undefined || ids.length !== 2) return { code: 'briefing.unknown_figure', field: 'body', params: { figure: unknown ?? asked } }
  const counts = ids.map((id) => figures.get(id))
  const missing = ids.find((_, i) => !counts[i])
  if (missing !== undefined) return { code: 'briefing.not_frozen', field: 'body', params: { figure: missing, name: known.get(missing.split('/').at(-1)!)!.name } }
  const rated = counts.find((figure) => figure!.nature === 'RATE')
  if (rated) return { code: 'briefing.wrong_form', field: 'body', params: { figure: rated.metric, name: rated.name, form: '÷' } }
  return { text: averageText(counts[0]!.value ?? 0, counts[1]!.value ?? 0), metric: ids[0]!, per: ids[1]! }
}

function quoted(n: number, frame: Frame): Piece | Refusal {
  const quote = frame.quotes[n - 1]
  return quote ? { text: `“${quote.words}”`, quote: n } : { code: 'briefing.no_quote', field: 'body', params: { n } }
}

function figurePiece(figure: Figure, modes: readonly string[], figures: ReadonlyMap<string, Figure>, wording: Wording): Piece | Refusal {
  const wrong = (mode: string): Refusal => ({ code: 'briefing.wrong_form', field: 'body', params: { figure: figure.metric, name: figure.name, form: mode } })
  const say = (text: string): Piece => ({ text, metric: figure.metric })
  if (figure.nature === 'RATE') {
    const [n, d] = [figure.numerator ?? 0, figure.denominator ?? 0]
    const mode = modes[0] ?? '率'
    if (mode === '率') return say(rateText(n, d, figure.digits))
    if (mode === '两数') return say(`${rateText(n, d, figure.digits)}（${n}/${d}）`)
    return mode === '成' ? say(tenthsText(n, d, figure.digits)) : wrong(mode)
  }
  const value = figure.value ?? 0
  let style = wording.style
  let unit = figure.unit === '宗' ? wording.hazardWord : figure.unit
  for (const mode of modes) {
    if (mode === '同比') return say(changeText(value, figure.before))
    if (mode === '数') unit = ''
    else if (mode === '家次' && /(^|\/)M04$/.test(figure.metric)) return visits(figure, figures, say)
    else if (styleOf.has(mode)) style = styleOf.get(mode)!
    else if (mode === figure.unit || (figure.unit === '宗' && (HAZARD_WORDS as readonly string[]).includes(mode))) unit = mode
    else return wrong(mode)
  }
  return say(`${countText(value, style)}${unit}`)
}

/** 家次 with the distinct firms and places beside, when those were frozen too. */
function visits(figure: Figure, figures: ReadonlyMap<string, Figure>, say: (text: string) => Piece): Piece {
  const of = figure.metric.slice(0, -'M04'.length)
  const parts = ['M05', 'M06S', 'M06P'].map((id) => figures.get(of + id)?.value)
  if (parts.some((n) => n === undefined || n === null)) return say(`${figure.value ?? 0}家次`)
  return say(visitsText(figure.value ?? 0, parts.reduce<number>((sum, n) => sum + (n ?? 0), 0)))
}
