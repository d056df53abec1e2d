import { Problem } from '../../../kernel/core/problem.ts'
import { recallColumns, type RememberedColumns } from '../../../kernel/core/sheet-columns.ts'
import type { ColumnGuess } from '../../../kernel/core/sheet-columns.ts'
import type { FileStore } from '../../../kernel/server/files.ts'
import type { ImportKind, RawRow } from '../../../kernel/server/import-kind.ts'
import { openTable, type SheetTable } from '../../../kernel/server/sheet/head.ts'
import { readSheet } from '../../../kernel/server/sheet/read.ts'
import { SheetRefusal } from '../../../kernel/server/sheet/refusal.ts'
import type { Layout, RunRecord, StoredColumn } from './run.ts'

export const fileKey = (sha256: string): string => `import/${sha256.slice(0, 2)}/${sha256}`

/** A sheet's refusal is a problem of the request that brought the file. */
export async function named<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof SheetRefusal) throw new Problem('refused', error.code, { params: error.params })
    throw error
  }
}

/** Opens the kept file as a table; headings are found anew, which is cheap and always the same. */
export async function tableOf(source: Uint8Array | string, kind: ImportKind, sheet: string | undefined): Promise<SheetTable<string>> {
  const opened = await readSheet(source, { ...(sheet ? { name: sheet } : {}), fillMerged: false })
  return openTable(opened, kind.fields)
}

export const openRun = async (files: FileStore, run: Pick<RunRecord, 'file_sha256' | 'sheet'>, kind: ImportKind): Promise<SheetTable<string>> => tableOf(await files.bytes(fileKey(run.file_sha256)), kind, run.sheet || undefined)

export function layoutOf(table: SheetTable<string>): Layout {
  const { sheet, headings, headingRows, signature, preview } = table
  return { kind: sheet.kind, sheets: sheet.sheets.map(({ name, hidden }) => ({ name, hidden })), headings, headingRows, signature, remembered: false, preview: preview.slice(0, 5).map(({ number, cells }) => ({ number, cells: cells.map((cell) => cell.slice(0, 80)) })) }
}

/** Guesses with what people have confirmed for the same headings laid over them. */
export function columnsOf(guesses: readonly ColumnGuess<string>[], remembered: RememberedColumns | undefined, kind: ImportKind): StoredColumn[] {
  const laid = remembered ? recallColumns(guesses, remembered, kind.fields) : guesses
  return laid.map(({ column, heading, field, confidence, samples }) => ({ column, heading, field: field ?? null, confidence, samples: samples.map((text) => text.slice(0, 60)) }))
}

/** Data rows as fields, in batches of about `size`. */
export async function* rawRows(table: SheetTable<string>, columns: readonly StoredColumn[], size: number): AsyncGenerator<RawRow[]> {
  const taken = columns.flatMap(({ column, field }) => (field ? [{ column, field }] : []))
  let batch: RawRow[] = []
  for await (const { rows, numbers, rounded } of table.rows()) {
    const lost = new Map<number, string[]>()
    for (const cell of rounded) {
      const field = taken.find((each) => each.column === cell.column)?.field
      if (field) lost.set(cell.row, [...(lost.get(cell.row) ?? []), field])
    }
    for (const [i, row] of rows.entries()) {
      const cells: Record<string, string> = {}
      for (const { column, field } of taken) {
        const text = row[column]
        if (text !== undefined && text !== '') cells[field] = text.trim()
      }
      const no = numbers[i]!
      batch.push({ no, cells, rounded: lost.get(no) ?? none })
    }
    if (batch.length < size) continue
    yield batch
    batch = []
  }
  if (batch.length) yield batch
}

const none: readonly string[] = []
