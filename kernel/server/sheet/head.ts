import { findHead, rowRole } from '../../core/sheet.ts'
import type { Head, RowRole } from '../../core/sheet.ts'
import { guessColumns, headingSignature } from '../../core/sheet-columns.ts'
import type { ColumnGuess, FieldHints } from '../../core/sheet-columns.ts'
import type { OpenSheet } from './read.ts'
import { SheetRefusal } from './refusal.ts'
import type { RowBatch } from './rows.ts'

/** Data rows only, with the rows that were passed over and why. */
export interface TableBatch extends RowBatch {
  skipped: { number: number; role: RowRole }[]
}

/** A sheet whose heading has been found. */
export interface SheetTable<F extends string> {
  sheet: OpenSheet
  headings: string[]
  /** Rows of the file, from 1, that hold the heading. */
  headingRows: { first: number; last: number }
  /** Proposed field of each column, to be corrected by a person. */
  guesses: ColumnGuess<F>[]
  /** Key under which a corrected mapping is remembered. */
  signature: string
  /** The first data rows, as they will be read. */
  preview: { number: number; cells: string[] }[]
  rows(): AsyncGenerator<TableBatch>
}

const PEEK = 200
const PREVIEW = 20

/**
 * Finds heading and columns from the first 200 rows with content. Open the sheet with `fillMerged` when merged cells of
 * the body shall count for every row they cover. Throws SheetRefusal: empty, no_heading, and what reading throws.
 */
export async function openTable<F extends string>(sheet: OpenSheet, hints: FieldHints<F>): Promise<SheetTable<F>> {
  const seen = await peek(sheet, PEEK)
  if (seen.rows.length === 0) throw new SheetRefusal('sheet.empty')
  const known = (Object.values(hints) as FieldHints<F>[F][]).flatMap((hint) => [hint.zh, ...(hint.synonyms ?? [])])
  const head = findHead(seen.rows, known)
  if (!head) throw new SheetRefusal('sheet.no_heading')
  const after = seen.numbers[head.dataFrom - 1] ?? 0
  const first = dataRows(seen, head, after)
  return {
    sheet,
    headings: head.headings,
    headingRows: { first: seen.numbers[head.first] ?? 0, last: seen.numbers[head.first + head.depth - 1] ?? 0 },
    guesses: guessColumns(head.headings, first.rows, hints),
    signature: headingSignature(head.headings),
    preview: first.rows.slice(0, PREVIEW).map((cells, i) => ({ number: first.numbers[i] ?? 0, cells })),
    async *rows() {
      for await (const batch of sheet.rows()) yield dataRows(batch, head, after)
    },
  }
}

async function peek(sheet: OpenSheet, count: number): Promise<RowBatch> {
  const rows: string[][] = []
  const numbers: number[] = []
  for await (const batch of sheet.rows()) {
    rows.push(...batch.rows.slice(0, count - rows.length))
    numbers.push(...batch.numbers.slice(0, count - numbers.length))
    if (rows.length >= count) break
  }
  return { rows, numbers, rounded: [] }
}

function dataRows(batch: RowBatch, head: Head, after: number): TableBatch {
  const kept: TableBatch = { rows: [], numbers: [], rounded: batch.rounded.filter((cell) => cell.row > after), skipped: [] }
  batch.rows.forEach((row, i) => {
    const number = batch.numbers[i] ?? 0
    if (number <= after) return
    const role = rowRole(row, head)
    if (role !== 'data') {
      kept.skipped.push({ number, role })
      return
    }
    kept.rows.push(row)
    kept.numbers.push(number)
  })
  return kept
}
