import { ERROR_HEADING, headingKey } from '../../core/sheet.ts'
import type { SheetTable } from './head.ts'
import type { SheetColumn, SheetRow, SheetSpec } from './sheet-xml.ts'

/** Why a row is not taken; `column` (from 0, in the original sheet) marks the cell. */
export interface CellError {
  message: string
  column?: number
}

/** By row number of the original file. */
export type RowErrors = ReadonlyMap<number, readonly CellError[]>

/**
 * The rows that were not taken, in the sheet's own columns, with the reason in a red last column: to be put right and sent
 * again. Titles above are dropped and a heading of two levels stands in one row, which reads back to the same signature.
 * Every cell is text, as it was read. `looks` gives drop-downs and widths by column. Hand the result to writeXlsx or writeCsv.
 */
export function badRows<F extends string>(table: SheetTable<F>, errors: RowErrors, looks: Readonly<Record<number, Partial<SheetColumn>>> = {}): SheetSpec {
  const kept = table.headings.map((_, i) => i).filter((i) => headingKey(table.headings[i] ?? '') !== headingKey(ERROR_HEADING))
  const columns = kept.map((i): SheetColumn => ({ ...looks[i], kind: 'text', heading: table.headings[i] ?? '' }))
  return { name: table.sheet.name || '退回', columns: [...columns, { heading: ERROR_HEADING, error: true }], rows: annotated(table, errors, kept), spareRows: 0 }
}

async function* annotated<F extends string>(table: SheetTable<F>, errors: RowErrors, kept: readonly number[]): AsyncGenerator<SheetRow> {
  for await (const { rows, numbers } of table.rows()) {
    for (const [i, row] of rows.entries()) {
      const found = errors.get(numbers[i] ?? 0)
      if (!found || found.length === 0) continue
      const wrong = new Set(found.map((error) => error.column))
      const marked = new Set(kept.flatMap((column, at) => (wrong.has(column) ? [at] : [])))
      const reason = [...new Set(found.map((error) => error.message))].join('；')
      yield { cells: [...kept.map((column) => row[column] ?? ''), reason], marked }
    }
  }
}
