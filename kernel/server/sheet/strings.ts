import type { SheetLimits } from './limits.ts'
import { SheetRefusal } from './refusal.ts'
import { LT, PieceReader, SLASH, isName, localName, tagEnd } from './tag-bytes.ts'
import { copyText } from './text-sink.ts'
import type { TextSink } from './text-sink.ts'
import { decodeControls } from './xml.ts'

const PAGE_BITS = 22
const PAGE = 1 << PAGE_BITS
/** An unfinished item of this many bytes holds more than any cell may. The reader waits for twice that at most, so a page is always enough. */
const MAX_ITEM = PAGE / 4
const SLOTS = 1 << 16

const SI = Buffer.from('si')
const T = Buffer.from('t')
const PHONETIC = Buffer.from('rPh')

/**
 * The string table. Texts lie as UTF-8 in pages outside the JS heap and become strings when a cell asks,
 * because a district's table has a million of them and most are asked for once. The last asked are kept, by slot.
 */
export class SharedStrings {
  readonly #limits: SheetLimits
  readonly #reader: PieceReader
  readonly #pages: Buffer[] = []
  readonly #sink: TextSink = { bytes: Buffer.alloc(0), length: 0 }
  #starts = new Uint32Array(1024)
  #ends = new Uint32Array(1024)
  #count = 0
  readonly #owner = new Int32Array(SLOTS).fill(-1)
  readonly #kept: string[] = new Array<string>(SLOTS).fill('')

  constructor(limits: SheetLimits) {
    this.#limits = limits
    this.#reader = new PieceReader((source, open) => this.#step(source, open), MAX_ITEM, () => this.#tooLong())
  }

  /** Takes the next piece of sharedStrings.xml. */
  feed(piece: Buffer): void {
    this.#reader.feed(piece)
  }

  end(): void {
    this.#reader.end()
  }

  /** Text by index. Throws SheetRefusal `sheet.corrupt` for an index beyond the table. */
  get(index: number): string {
    const slot = index & (SLOTS - 1)
    if (this.#owner[slot] === index) return this.#kept[slot] as string
    if (!(index < this.#count)) throw new SheetRefusal('sheet.corrupt')
    const start = this.#starts[index] as number
    const page = this.#pages[start >>> PAGE_BITS] as Buffer
    const from = start & (PAGE - 1)
    let text = page.toString('utf8', from, from + (this.#ends[index] as number) - start)
    if (text.includes('_x')) text = decodeControls(text)
    if (text.length > this.#limits.cellLength) throw this.#tooLong()
    this.#owner[slot] = index
    this.#kept[slot] = text
    return text
  }

  /** An item is read whole, any other tag is stepped over. */
  #step(source: Buffer, open: number): number {
    const close = tagEnd(source, open)
    if (close < 0) return -1
    if (!isName(source, localName(source, open + 1), SI)) return close + 1
    // Decoded text is never longer than its source, so an item never straddles two pages.
    this.#room(source.length - open)
    const start = this.#sink.length
    const end = source[close - 1] === SLASH ? close + 1 : this.#item(source, close + 1)
    if (end < 0) this.#sink.length = start
    else this.#add(start)
    return end
  }

  /** Inside `<si>`: gathers every `<t>` except the phonetic ones. */
  #item(source: Buffer, at: number): number {
    let phonetic = false
    let open = at
    for (;;) {
      open = source.indexOf(LT, open)
      const close = open < 0 ? -1 : tagEnd(source, open)
      if (close < 0) return -1
      const closing = source[open + 1] === SLASH
      const name = localName(source, open + (closing ? 2 : 1))
      if (closing && isName(source, name, SI)) return close + 1
      if (isName(source, name, PHONETIC)) phonetic = !closing
      open = close + 1
      if (closing || phonetic || source[close - 1] === SLASH || !isName(source, name, T)) continue
      open = copyText(source, open, this.#sink)
      if (open < 0) return -1
    }
  }

  #add(start: number): void {
    if (this.#count >= this.#limits.strings) throw new SheetRefusal('sheet.too_many_strings', { max: this.#limits.strings })
    if (this.#count === this.#starts.length) {
      this.#starts = doubled(this.#starts)
      this.#ends = doubled(this.#ends)
    }
    const base = (this.#pages.length - 1) * PAGE
    this.#starts[this.#count] = base + start
    this.#ends[this.#count] = base + this.#sink.length
    this.#count++
  }

  #room(bytes: number): void {
    if (this.#sink.length + bytes <= this.#sink.bytes.length) return
    this.#sink.bytes = Buffer.allocUnsafeSlow(PAGE)
    this.#sink.length = 0
    this.#pages.push(this.#sink.bytes)
  }

  #tooLong(): SheetRefusal {
    return new SheetRefusal('sheet.shared_text_too_long', { max: this.#limits.cellLength })
  }
}

function doubled(old: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const grown = new Uint32Array(old.length * 2)
  grown.set(old)
  return grown
}
