import type { SheetLimits } from './limits.ts'
import { isRounded, numberText } from './number-format.ts'
import type { NumberKind } from './number-format.ts'
import { SheetRefusal } from './refusal.ts'
import type { SharedStrings } from './strings.ts'
import { GT, LT, PieceReader, SLASH, isName, localName, tagEnd } from './tag-bytes.ts'
import { copyText } from './text-sink.ts'
import type { TextSink } from './text-sink.ts'
import { decodeControls } from './xml.ts'

/** Rows in file order. Rows without content are left out, which is why each keeps its number. */
export interface RowBatch {
  /** Cells by column from 0; shorter than the widest row when the right end is blank. */
  rows: string[][]
  /** Number of each row as a person sees it in the margin, from 1. */
  numbers: number[]
  /** Numbers of more than 15 digits: Excel has cut them, so a code typed there is wrong. */
  rounded: { row: number; column: number }[]
}

export const emptyBatch = (): RowBatch => ({ rows: [], numbers: [], rounded: [] })

const MAX_ROW_BYTES = 32 * 2 ** 20
const MAX_ROW_NUMBER = 1_048_576

const SHEET_DATA = Buffer.from('sheetData')
const ROW = Buffer.from('row')
const C = Buffer.from('c')
const V = Buffer.from('v')
const T = Buffer.from('t')
const PHONETIC = Buffer.from('rPh')

const EQUALS = 61
const LETTER_C = 99
const LETTER_R = 114
const LETTER_S = 115
const LETTER_T = 116
const LETTER_V = 118

/** What `t=` says of a cell, by its first letter; `str` and `inlineStr` are plain text like `e` and `d`. */
const SHARED = 1
const BOOLEAN = 2
const TEXT = 3
const NUMBER = 0

export interface RowContext {
  strings: SharedStrings
  kinds: readonly NumberKind[]
  date1904: boolean
  limits: SheetLimits
}

/** Reads a worksheet part that arrives in pieces. `take` empties what has been found so far. */
export class RowReader {
  readonly #context: RowContext
  readonly #reader: PieceReader
  readonly #scratch: TextSink = { bytes: Buffer.allocUnsafe(64 * 1024), length: 0 }
  #batch = emptyBatch()
  #inData = false
  #sawData = false
  #rowNumber = 0
  /** The first row is a heading and does not count. */
  #taken = -1
  // The cell under the cursor. Fields and not a record: this is the innermost loop.
  #row: string[] = []
  #filled = false
  #column = -1
  #style = 0
  #type = NUMBER

  constructor(context: RowContext) {
    this.#context = context
    const tooLong = (): SheetRefusal => new SheetRefusal('sheet.cell_too_long', { row: this.#rowNumber + 1, max: context.limits.cellLength })
    this.#reader = new PieceReader((source, open) => this.#step(source, open), MAX_ROW_BYTES, tooLong)
  }

  feed(piece: Buffer): void {
    this.#reader.feed(piece)
  }

  end(): void {
    this.#reader.end()
    if (!this.#sawData || this.#inData) throw new SheetRefusal('sheet.corrupt')
  }

  take(): RowBatch {
    const batch = this.#batch
    this.#batch = emptyBatch()
    return batch
  }

  #step(source: Buffer, open: number): number {
    const closing = source[open + 1] === SLASH
    const name = localName(source, open + (closing ? 2 : 1))
    if (this.#inData && !closing && isName(source, name, ROW)) return this.#readRow(source, name + 3)
    const close = tagEnd(source, open)
    if (close < 0) return -1
    if (isName(source, name, SHEET_DATA)) {
      this.#inData = !closing && source[close - 1] !== SLASH
      this.#sawData = true
    }
    return close + 1
  }

  /** `at` is behind `<row`. Nothing of the row is kept until it is whole. */
  #readRow(source: Buffer, at: number): number {
    this.#row = []
    this.#filled = false
    const previous = this.#rowNumber
    const given = this.#batch.rounded.length
    this.#column = -1
    let p = this.#attributes(source, at, true)
    if (p >= 0 && source[p - 1] !== SLASH) p = this.#readCells(source, p + 1)
    else if (p >= 0) p++
    if (p < 0) {
      this.#rowNumber = previous
      this.#batch.rounded.length = given
      return -1
    }
    if (this.#filled) this.#keepRow()
    return p
  }

  #keepRow(): void {
    const { rows: max } = this.#context.limits
    if (++this.#taken > max) throw new SheetRefusal('sheet.too_many_rows', { max })
    this.#batch.rows.push(this.#row)
    this.#batch.numbers.push(this.#rowNumber)
  }

  /** Returns the index behind `</row>`. */
  #readCells(source: Buffer, at: number): number {
    let p = at
    for (;;) {
      if (source[p] !== LT) p = source.indexOf(LT, p)
      if (p < 0 || p + 1 >= source.length) return -1
      const closing = source[p + 1] === SLASH
      const name = localName(source, p + (closing ? 2 : 1))
      if (!closing && isName(source, name, C)) {
        p = this.#readCell(source, name + 1)
      } else {
        const close = tagEnd(source, p)
        if (close < 0) return -1
        if (closing && isName(source, name, ROW)) return close + 1
        p = close + 1
      }
      if (p < 0) return -1
    }
  }

  /** `at` is behind `<c`. Returns the index behind the cell. */
  #readCell(source: Buffer, at: number): number {
    let p = this.#attributes(source, at, false)
    if (p < 0) return -1
    if (source[p - 1] === SLASH) return p + 1
    p++
    // The shape that all but a few cells have: <v>…</v></c>
    if (source[p] === LT && source[p + 1] === LETTER_V && source[p + 2] === GT) {
      p = this.#readValue(source, p + 3)
      if (p < 0) return -1
      if (source[p + 5] === SLASH && source[p + 6] === LETTER_C && source[p + 7] === GT) return p + 8
    }
    return this.#readParts(source, p)
  }

  /** The rest of a cell in its general form: a formula before the value, rich or phonetic inline text, prefixes. */
  #readParts(source: Buffer, at: number): number {
    this.#scratch.length = 0
    let p = at
    let inline = false
    let phonetic = false
    for (;;) {
      if (source[p] !== LT) p = source.indexOf(LT, p)
      if (p < 0 || p + 1 >= source.length) return -1
      const closing = source[p + 1] === SLASH
      const name = localName(source, p + (closing ? 2 : 1))
      const close = source[name + 1] === GT ? name + 1 : tagEnd(source, p)
      if (close < 0) return -1
      p = close + 1
      if (closing) {
        if (isName(source, name, C)) break
        if (isName(source, name, PHONETIC)) phonetic = false
      } else if (source[close - 1] !== SLASH) {
        if (isName(source, name, V)) p = this.#readValue(source, p)
        else if (isName(source, name, T) && !phonetic) {
          inline = true
          p = this.#copy(source, p)
        } else if (isName(source, name, PHONETIC)) phonetic = true
        if (p < 0) return -1
      }
    }
    if (inline) this.#put(this.#gathered())
    return p
  }

  /** Reads `r`, `s` and `t` up to the tag's `>`, whose index comes back. For a row, `r` is its number. */
  #attributes(source: Buffer, at: number, ofRow: boolean): number {
    const end = source.length
    let number = 0
    let column = 0
    this.#style = 0
    this.#type = NUMBER
    let p = at
    while (p < end) {
      const c = source[p] as number
      if (c === GT) break
      if (c <= 32 || c === SLASH) {
        p++
        continue
      }
      const nameAt = p
      while (p < end && source[p] !== EQUALS) p++
      const short = p === nameAt + 1
      const quote = source[p + 1]
      const valueAt = p + 2
      p = valueAt
      if (short && c === LETTER_R) {
        for (; p < end && source[p] !== quote; p++) {
          const digit = source[p] as number
          if (digit >= 48 && digit <= 57) number = number * 10 + digit - 48
          else if (column < 1_000_000) column = column * 26 + digit - 64
        }
      } else {
        while (p < end && source[p] !== quote) p++
        if (short && c === LETTER_S) this.#style = digits(source, valueAt, p)
        else if (short && c === LETTER_T) this.#type = typeOf(source, valueAt, p)
      }
      p++
    }
    if (p >= end) return -1
    // Both numbers are optional; without them a row or cell follows the one before it.
    if (ofRow) this.#rowNumber = number > this.#rowNumber && number <= MAX_ROW_NUMBER ? number : this.#rowNumber + 1
    else this.#column = column > 0 ? column - 1 : this.#column + 1
    return p
  }

  /** `at` is behind `<v>`. */
  #readValue(source: Buffer, at: number): number {
    if (this.#type === TEXT) {
      this.#scratch.length = 0
      const end = this.#copy(source, at)
      if (end >= 0) this.#put(this.#gathered())
      return end
    }
    const length = source.length
    let end = at
    while (end < length && source[end] !== LT) end++
    if (end >= length) return -1
    if (end === at) return end
    if (this.#type === SHARED) this.#put(this.#context.strings.get(digits(source, at, end)))
    else if (this.#type === BOOLEAN) this.#put(source[at] === 49 ? 'TRUE' : 'FALSE')
    else this.#putNumber(source.toString('latin1', at, end))
    return end
  }

  #putNumber(text: string): void {
    const kind = this.#context.kinds[this.#style] ?? 'plain'
    if (text.length > 15 && kind === 'plain' && isRounded(text)) this.#batch.rounded.push({ row: this.#rowNumber, column: this.#column })
    this.#put(numberText(text, kind, this.#context.date1904))
  }

  #copy(source: Buffer, at: number): number {
    const need = this.#scratch.length + source.length - at
    if (need > this.#scratch.bytes.length) {
      const grown = Buffer.allocUnsafe(need * 2)
      this.#scratch.bytes.copy(grown, 0, 0, this.#scratch.length)
      this.#scratch.bytes = grown
    }
    return copyText(source, at, this.#scratch)
  }

  #gathered(): string {
    const text = this.#scratch.bytes.toString('utf8', 0, this.#scratch.length)
    return text.includes('_x') ? decodeControls(text) : text
  }

  #put(text: string): void {
    if (text === '') return
    const { columns, cellLength } = this.#context.limits
    const column = this.#column
    if (column >= columns) throw new SheetRefusal('sheet.too_many_columns', { row: this.#rowNumber, max: columns })
    if (text.length > cellLength) throw new SheetRefusal('sheet.cell_too_long', { row: this.#rowNumber, max: cellLength })
    const row = this.#row
    while (row.length < column) row.push('')
    if (row.length === column) row.push(text)
    else row[column] = text
    if (!this.#filled) this.#filled = text.trim() !== ''
  }
}

function digits(source: Buffer, at: number, end: number): number {
  let value = 0
  for (let i = at; i < end; i++) value = value * 10 + (source[i] as number) - 48
  return value
}

function typeOf(source: Buffer, at: number, end: number): number {
  const c = source[at]
  if (c === LETTER_S) return end - at === 1 ? SHARED : TEXT
  if (c === 98) return BOOLEAN
  return c === 110 ? NUMBER : TEXT
}
