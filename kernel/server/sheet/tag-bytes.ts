import { SheetRefusal } from './refusal.ts'

export const LT = 60
export const GT = 62
export const SLASH = 47
export const BANG = 33
const COLON = 58

const COMMENT_END = Buffer.from('-->')

/**
 * Cuts a part that arrives in pieces into constructs. `step` is called at each `<` outside a construct and answers
 * where the construct ends, or -1 when it is not whole yet; then it is called again with more bytes. The wait doubles,
 * so a construct of n bytes costs O(n) and not O(n²).
 */
export class PieceReader {
  readonly #step: (source: Buffer, open: number) => number
  readonly #max: number
  readonly #tooLong: () => SheetRefusal
  #pending: Buffer[] = []
  #size = 0
  #wanted = 1

  constructor(step: (source: Buffer, open: number) => number, max: number, tooLong: () => SheetRefusal) {
    this.#step = step
    this.#max = max
    this.#tooLong = tooLong
  }

  feed(piece: Buffer): void {
    this.#pending.push(piece)
    this.#size += piece.length
    if (this.#size >= this.#wanted) this.#scan()
  }

  /** Reads what is left. Throws SheetRefusal `sheet.corrupt` when a construct is cut off. */
  end(): void {
    this.#scan()
    if (this.#size > 0) throw new SheetRefusal('sheet.corrupt')
  }

  #scan(): void {
    const source = this.#pending.length === 1 ? (this.#pending[0] as Buffer) : Buffer.concat(this.#pending)
    let at = source.indexOf(LT)
    while (at >= 0) {
      const next = source[at + 1] === BANG ? marked(source, at) : this.#step(source, at)
      if (next < 0) break
      at = source[next] === LT ? next : source.indexOf(LT, next)
    }
    const rest = at < 0 ? source.subarray(source.length) : source.subarray(at)
    if (rest.length > this.#max) throw this.#tooLong()
    this.#pending = rest.length === 0 ? [] : [rest]
    this.#size = rest.length
    this.#wanted = rest.length < 65_536 ? 1 : rest.length * 2
  }
}

/** A comment is stepped over. A DOCTYPE is forbidden in a workbook (ECMA-376 part 2, 8.1.4) and refuses the file. */
function marked(source: Buffer, at: number): number {
  if (at + 4 > source.length) return -1
  if (source[at + 2] !== 45) throw new SheetRefusal('sheet.unsafe')
  const close = source.indexOf(COMMENT_END, at + 4)
  return close < 0 ? -1 : close + 3
}

/** Index of the local part of the tag name that starts at `at`: what is before a colon is a namespace prefix. */
export function localName(source: Buffer, at: number): number {
  for (let i = at; i < at + 24; i++) {
    const c = source[i]
    if (c === COLON) return i + 1
    if (c === undefined || c <= 32 || c === GT || c === SLASH) break
  }
  return at
}

/** Whether exactly the name in `letters` stands at `at`. */
export function isName(source: Buffer, at: number, letters: Buffer): boolean {
  for (let i = 0; i < letters.length; i++) if (source[at + i] !== letters[i]) return false
  const c = source[at + letters.length]
  return c === GT || c === SLASH || (c !== undefined && c <= 32)
}

/** Index of the `>` that ends the tag opened at `open`, or -1; one inside a quoted value does not count. */
export function tagEnd(source: Buffer, open: number): number {
  for (let i = open + 1; i < source.length; i++) {
    const c = source[i]
    if (c === GT) return i
    if (c === 34 || c === 39) {
      i = source.indexOf(c, i + 1)
      if (i < 0) return -1
    }
  }
  return -1
}
