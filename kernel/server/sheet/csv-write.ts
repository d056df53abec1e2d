import type { CellValue } from './cell-xml.ts'
import { guard } from './guard.ts'
import type { SheetSpec } from './sheet-xml.ts'

const PIECE = 128 * 1024

/**
 * CSV that Chinese Excel and WPS open without asking: UTF-8 with a byte order mark, CRLF, quotes where needed.
 * A text that begins like a formula gets one apostrophe in front (see guard.ts); `readSheet` takes it off again.
 * A code of more than 11 digits is written as it is: Excel will show it shortened, which only .xlsx can prevent.
 */
export async function* writeCsv(sheet: Pick<SheetSpec, 'columns' | 'rows'>): AsyncGenerator<Buffer> {
  let out = `\ufeff${line(sheet.columns.map((column) => column.heading))}`
  for await (const row of sheet.rows) {
    out += line('marked' in row ? row.cells : row)
    if (out.length < PIECE) continue
    yield Buffer.from(out, 'utf8')
    out = ''
    await new Promise((resolve) => setImmediate(resolve))
  }
  yield Buffer.from(out, 'utf8')
}

const line = (cells: readonly CellValue[]): string => `${cells.map(field).join(',')}\r\n`

function field(value: CellValue): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return String(value)
  const text = guard(typeof value === 'boolean' ? (value ? '是' : '否') : value)
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
