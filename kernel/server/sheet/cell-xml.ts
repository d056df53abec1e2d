import { looksLikeFormula } from './guard.ts'
import { styles } from './styles.ts'

/** What a cell may be given. A boolean is written as 是 or 否; nothing is written for null and undefined. */
export type CellValue = string | number | boolean | null | undefined
/** `date` and `datetime` take ISO text (2026-03-05, 2026-03-05T08:30) as the person's clock shows it, without a zone. */
export type ColumnKind = 'text' | 'number' | 'date' | 'datetime'

/** Excel calls a file damaged when one cell is longer. */
const MAX_TEXT = 32_767
const CUT = '……（已截断）'

const special = /[&<>\ufffe\uffff]|(?![\t\n])\p{Cc}|_x[0-9A-Fa-f]{4}_/u
const specials = new RegExp(special, 'gu')
const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** Character data of a workbook: controls as `_x000D_`, and an underscore before such a group as `_x005F_` (ECMA-376 ST_Xstring). */
export function escapeText(text: string): string {
  if (!special.test(text)) return text
  return text.replace(specials, (c) => escapes[c] ?? (c.length > 1 ? `_x005F${c}` : `_x${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`))
}

export const escapeAttribute = (text: string): string => escapeText(text.replace(/[\t\n\r]/g, ' ')).replaceAll('"', '&quot;')

/** One cell. Every text is an inline string, whatever it begins with, so no text of ours can become a formula. */
export function cellXml(ref: string, value: CellValue, kind: ColumnKind, style?: number): string {
  if (value === null || value === undefined || value === '') return style === undefined ? '' : `<c r="${ref}" s="${style}"/>`
  // From 16 digits on Excel would show 9.1E+17 and drop the last digits.
  if (typeof value === 'number') return Number.isFinite(value) && Math.abs(value) < 1e15 ? `<c r="${ref}" s="${style ?? styles.number}"><v>${value}</v></c>` : textXml(ref, String(value), style)
  if (typeof value === 'boolean') return textXml(ref, value ? '是' : '否', style)
  const serial = kind === 'date' || kind === 'datetime' ? serialOf(value) : undefined
  if (serial !== undefined) return `<c r="${ref}" s="${style ?? (kind === 'date' ? styles.date : styles.datetime)}"><v>${serial}</v></c>`
  return textXml(ref, value, style)
}

function textXml(ref: string, value: string, style: number | undefined): string {
  const text = value.length > MAX_TEXT ? value.slice(0, MAX_TEXT - CUT.length) + CUT : value
  const s = style ?? (looksLikeFormula(text) ? styles.guarded : styles.text)
  const space = /^\s|\s$|\n/.test(text) ? ' xml:space="preserve"' : ''
  return `<c r="${ref}" s="${s}" t="inlineStr"><is><t${space}>${escapeText(text)}</t></is></c>`
}

/** Serial day of the 1900 system, from 1 March 1900 on; undefined when the text is no such date. */
export function serialOf(text: string): number | undefined {
  const found = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?$/.exec(text)
  if (!found) return undefined
  const [y = 0, m = 0, d = 0, h = 0, minute = 0, s = 0] = found.slice(1).map((part) => Number(part ?? 0))
  const day = new Date(Date.UTC(y, m - 1, d))
  if (day.getUTCMonth() !== m - 1 || day.getUTCDate() !== d || h > 23 || minute > 59 || s > 59) return undefined
  const serial = day.getTime() / 86_400_000 + 25_569
  return serial < 61 ? undefined : serial + (h * 3600 + minute * 60 + s) / 86_400
}

/** 0 is `A`, 27 is `AB`. */
export function columnLetters(index: number): string {
  let letters = ''
  for (let n = index + 1; n > 0; n = Math.floor((n - 1) / 26)) letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters
  return letters
}
