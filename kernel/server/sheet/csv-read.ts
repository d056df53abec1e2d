import { isUtf8 } from 'node:buffer'
import { TextDecoder } from 'node:util'
import { unguard } from './guard.ts'
import type { SheetLimits } from './limits.ts'
import { SheetRefusal } from './refusal.ts'
import { emptyBatch } from './rows.ts'
import type { RowBatch } from './rows.ts'
import { hasUtf16Mark } from './sniff.ts'

export type Encoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be'

const CHUNK = 256 * 1024
const SAMPLE = 64 * 1024
const MAX_RECORD = 4 * 2 ** 20
const QUOTE = 34
const CR = 13
const LF = 10
const COMMA = 44
const delimiters = [COMMA, 9, 59]

/**
 * UTF-8 when the whole file is valid UTF-8, otherwise GB18030 (which contains GBK and GB2312), the default of Chinese
 * Excel. A GBK text of any length is practically never valid UTF-8 by chance.
 */
export function encodingOf(bytes: Buffer): Encoding {
  if (hasUtf16Mark(bytes)) return bytes[0] === 0xff ? 'utf-16le' : 'utf-16be'
  return isUtf8(bytes) ? 'utf-8' : 'gb18030'
}

/** The file as UTF-8 without mark, in pieces. Throws SheetRefusal `sheet.encoding`. */
export async function* utf8Pieces(bytes: Buffer, encoding: Encoding): AsyncGenerator<Buffer> {
  const decoder = encoding === 'utf-8' ? undefined : new TextDecoder(encoding, { fatal: true })
  const mark = decoder === undefined && bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) ? 3 : 0
  for (let at = mark; at < bytes.length; at += CHUNK) {
    const piece = bytes.subarray(at, at + CHUNK)
    yield decoder ? transcode(decoder, piece, at + CHUNK >= bytes.length) : piece
    await new Promise((resolve) => setImmediate(resolve))
  }
}

function transcode(decoder: TextDecoder, piece: Buffer, last: boolean): Buffer {
  try {
    return Buffer.from(decoder.decode(piece, { stream: !last }), 'utf8')
  } catch {
    throw new SheetRefusal('sheet.encoding')
  }
}

/** What the first piece tells: where the records begin (behind a `sep=;` line) and what parts the fields. */
export function dialectOf(piece: Buffer, limits: SheetLimits): { start: number; delimiter: number } {
  const said = /^sep=([,;\t])\r?\n/i.exec(piece.toString('latin1', 0, 16))
  if (said) return { start: said[0].length, delimiter: said[1]?.charCodeAt(0) ?? COMMA }
  const cut = piece.length > SAMPLE ? piece.lastIndexOf(LF, SAMPLE) + 1 : piece.length
  const sample = piece.subarray(0, cut > 0 ? cut : SAMPLE)
  const scores = delimiters.map((delimiter) => steadiness(sample, delimiter, limits))
  const best = scores.indexOf(Math.max(...scores))
  return { start: 0, delimiter: delimiters[best] ?? COMMA }
}

/** Share of records that have the most frequent width; the width itself decides between equals. */
function steadiness(sample: Buffer, delimiter: number, limits: SheetLimits): number {
  const reader = new CsvReader(delimiter, { ...limits, rows: Number.POSITIVE_INFINITY, columns: Number.POSITIVE_INFINITY })
  try {
    reader.feed(sample)
  } catch {
    return 0
  }
  const widths = new Map<number, number>()
  const { rows } = reader.take()
  for (const row of rows) if (row.length > 1) widths.set(row.length, (widths.get(row.length) ?? 0) + 1)
  const [width, count] = [...widths].sort((a, b) => b[1] - a[1])[0] ?? [0, 0]
  return count === 0 ? 0 : count / rows.length + Math.min(width, 99) / 1000
}

/**
 * RFC 4180 over UTF-8 bytes, which is safe to cut at because delimiters and quotes are ASCII. A record is one row, however many
 * lines its quotes hold, so numbers agree with what Excel shows in the margin.
 */
export class CsvReader {
  readonly #delimiter: number
  readonly #limits: SheetLimits
  #pending: Buffer[] = []
  #size = 0
  #wanted = 1
  #number = 0
  /** The first row is a heading and does not count. */
  #taken = -1
  #batch = emptyBatch()
  #row: string[] = []

  constructor(delimiter: number, limits: SheetLimits) {
    this.#delimiter = delimiter
    this.#limits = limits
  }

  feed(piece: Buffer): void {
    this.#pending.push(piece)
    this.#size += piece.length
    if (this.#size >= this.#wanted) this.#scan(false)
  }

  end(): void {
    this.#scan(true)
  }

  take(): RowBatch {
    const batch = this.#batch
    this.#batch = emptyBatch()
    return batch
  }

  #scan(final: boolean): void {
    const source = this.#pending.length === 1 ? (this.#pending[0] as Buffer) : Buffer.concat(this.#pending)
    let at = 0
    while (at < source.length) {
      this.#row = []
      const next = this.#record(source, at, final)
      if (next < 0) break
      this.#keep()
      at = next
    }
    const rest = source.subarray(at)
    if (rest.length > MAX_RECORD) throw this.#tooLong()
    this.#pending = [rest]
    this.#size = rest.length
    this.#wanted = rest.length < 65_536 ? 1 : rest.length * 2
  }

  #keep(): void {
    this.#number++
    const row = this.#row
    while (row.length > 0 && row[row.length - 1] === '') row.pop()
    if (row.every((cell) => cell.trim() === '')) return
    if (++this.#taken > this.#limits.rows) throw new SheetRefusal('sheet.too_many_rows', { max: this.#limits.rows })
    if (row.length > this.#limits.columns) throw new SheetRefusal('sheet.too_many_columns', { row: this.#number, max: this.#limits.columns })
    this.#batch.rows.push(row)
    this.#batch.numbers.push(this.#number)
  }

  /** Index behind the record, or -1 when its end may lie in the next piece. */
  #record(source: Buffer, at: number, final: boolean): number {
    let p = at
    for (;;) {
      p = source[p] === QUOTE ? this.#quoted(source, p, final) : this.#bare(source, p, '')
      if (p < 0 || (p >= source.length && !final)) return -1
      const c = source[p]
      if (c === this.#delimiter) {
        p++
        continue
      }
      if (c === LF || c === undefined) return Math.min(p + 1, source.length)
      if (p + 1 >= source.length && !final) return -1
      return source[p + 1] === LF ? p + 2 : p + 1
    }
  }

  /** Reads up to a delimiter or the end of the line. */
  #bare(source: Buffer, at: number, before: string): number {
    const end = source.length
    let p = at
    for (; p < end; p++) {
      const c = source[p]
      if (c === this.#delimiter || c === LF || c === CR) break
    }
    this.#put(before + source.toString('utf8', at, p))
    return p
  }

  #quoted(source: Buffer, at: number, final: boolean): number {
    let close = at
    let doubled = false
    for (;;) {
      close = source.indexOf(QUOTE, close + 1)
      if (close < 0) {
        if (final) throw new SheetRefusal('sheet.open_quote', { row: this.#number + 1 })
        return -1
      }
      if (close + 1 >= source.length && !final) return -1
      if (source[close + 1] !== QUOTE) break
      doubled = true
      close++
    }
    const text = source.toString('utf8', at + 1, close)
    // Anything between the closing quote and the delimiter is a slip of the writer; it is kept.
    return this.#bare(source, close + 1, (doubled ? text.replaceAll('""', '"') : text).replace(/\r\n?/g, '\n'))
  }

  #put(text: string): void {
    if (text.length > this.#limits.cellLength) throw this.#tooLong()
    this.#row.push(unguard(text))
  }

  #tooLong(): SheetRefusal {
    return new SheetRefusal('sheet.cell_too_long', { row: this.#number + 1, max: this.#limits.cellLength })
  }
}
