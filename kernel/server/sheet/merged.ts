import type { OpenSheet } from './read.ts'
import type { RowBatch } from './rows.ts'
import type { ZipParts } from './zip-read.ts'

/** A merged range: rows from 1, columns from 0, both ends included. */
export interface MergedRange {
  top: number
  bottom: number
  left: number
  right: number
}

const MAX_MERGES = 200_000
const NAME = Buffer.from('mergeCell ')
const LONGEST_TAG = 512

/** Reads the merged ranges of a worksheet part; they follow the rows. Ranges beyond the first 200,000 are left out. */
export async function readMerges(zip: ZipParts, part: string): Promise<MergedRange[]> {
  const found: MergedRange[] = []
  let tail: Buffer = Buffer.alloc(0)
  for await (const piece of zip.inflate(part)) {
    const source = tail.length === 0 ? piece : Buffer.concat([tail, piece])
    for (let at = source.indexOf(NAME); at >= 0 && found.length < MAX_MERGES; at = source.indexOf(NAME, at + 1)) {
      const range = readTag(source, at)
      if (range) found.push(range)
    }
    // Only an unfinished tag is carried over, so that none is read twice.
    const open = source.lastIndexOf(60)
    tail = open >= source.length - LONGEST_TAG && open >= 0 && source.indexOf(62, open) < 0 ? source.subarray(open) : Buffer.alloc(0)
  }
  return found.sort((a, b) => a.top - b.top)
}

/** A `<` in the text of a cell is always escaped, so a name behind `<` or `<prefix:` is a tag. */
function readTag(source: Buffer, at: number): MergedRange | undefined {
  const before = source.toString('latin1', Math.max(0, at - 24), at)
  if (!/<(?:[\w.-]+:)?$/.test(before)) return undefined
  const tag = source.toString('latin1', at, at + LONGEST_TAG)
  const [, left = '', top, right = '', bottom] = /^[^>]*?\bref=["']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})["']/.exec(tag) ?? []
  return top === undefined ? undefined : { top: Number(top), bottom: Number(bottom), left: columnIndex(left), right: columnIndex(right) }
}

/** `A` is 0, `AB` is 27. */
export function columnIndex(letters: string): number {
  let value = 0
  for (const letter of letters) value = value * 26 + letter.charCodeAt(0) - 64
  return value - 1
}

/**
 * Rows with every blank cell of a merged range given the range's value. A range costs its width once and a row the
 * columns in force, so ranges that overlap, which only a hostile file has, cost no more.
 */
export async function* fillMerged(sheet: OpenSheet, columns: number): AsyncGenerator<RowBatch> {
  const merges = await sheet.merges()
  const values: string[] = []
  const until: number[] = []
  let next = 0
  for await (const batch of sheet.rows()) {
    batch.rows.forEach((row, i) => {
      const number = batch.numbers[i] ?? 0
      for (let merge = merges[next]; merge && merge.top <= number; merge = merges[++next]) {
        // A range whose first row was left out has nothing to give.
        const value = merge.top === number ? (row[merge.left] ?? '') : ''
        for (let c = merge.left; c <= Math.min(merge.right, columns - 1); c++) {
          values[c] = value
          until[c] = merge.bottom
        }
      }
      fillRow(row, number, values, until)
    })
    yield batch
  }
}

function fillRow(row: string[], number: number, values: readonly string[], until: readonly number[]): void {
  for (let c = 0; c < until.length; c++) {
    const value = (until[c] ?? 0) >= number ? (values[c] ?? '') : ''
    if (value === '' || (row[c] ?? '') !== '') continue
    while (row.length < c) row.push('')
    row[c] = value
  }
}
