import { Problem } from '../../../kernel/core/problem.ts'
import type { FileAnswer } from '../../../kernel/server/context.ts'
import type { FileStore } from '../../../kernel/server/files.ts'
import type { ImportKind } from '../../../kernel/server/import-kind.ts'
import { badRows, type CellError } from '../../../kernel/server/sheet/annotate.ts'
import { writeCsv } from '../../../kernel/server/sheet/csv-write.ts'
import type { SheetColumn } from '../../../kernel/server/sheet/sheet-xml.ts'
import { writeXlsx } from '../../../kernel/server/sheet/write.ts'
import { openRun } from './file.ts'
import type { RunRecord } from './run.ts'
import type { RowBody } from './tables.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** The sender's own columns with 错误原因 behind them (conventions C21); wrong cells are marked, texts can be no formula. */
export async function badRowsFile(files: FileStore, run: RunRecord, kind: ImportKind, returned: readonly { no: number; issues: RowBody['issues'] }[]): Promise<FileAnswer> {
  if (!returned.length) throw new Problem('refused', 'exchange.no_bad_rows')
  const table = await openRun(files, run, kind)
  const columnOf = new Map(run.columns.map(({ field, column }) => [field, column]))
  const errors = new Map(returned.map(({ no, issues }): [number, CellError[]] => [no, issues.map(({ field, message }) => {
    const column = field === null ? undefined : columnOf.get(field)
    return column === undefined ? { message } : { message, column }
  })]))
  const looks: Record<number, Partial<SheetColumn>> = {}
  for (const { field, column } of run.columns) {
    const choices = field ? kind.fields[field]?.choices : undefined
    if (choices) looks[column] = { choices }
  }
  const spec = badRows(table, errors, looks)
  const name = `${run.file_name.replace(/\.[^.]*$/, '')}_退回${returned.length}行`
  if (run.layout.kind === 'csv') return { file: { name: `${name}.csv`, type: 'text/csv; charset=utf-8', body: writeCsv(spec) } }
  return { file: { name: `${name}.xlsx`, type: XLSX, body: writeXlsx({ sheets: [spec] }) } }
}

/** Headings, drop-downs, notes; no rows. */
export async function templateFile(kind: ImportKind): Promise<FileAnswer> {
  const required = new Set(kind.needs.filter((group) => group.length === 1).flat())
  const columns = Object.entries(kind.fields).map(([field, fact]): SheetColumn => ({ heading: fact.zh, kind: 'text', ...(required.has(field) ? { required: true } : {}), ...(fact.choices ? { choices: fact.choices } : {}), ...(fact.note ? { note: fact.note } : {}) }))
  return { file: { name: `${kind.name}导入模板.xlsx`, type: XLSX, body: writeXlsx({ sheets: [{ name: kind.name, columns, rows: [] }], notes: { lines: kind.notes } }) } }
}
