import { readFile, stat } from 'node:fs/promises'
import { CsvReader, dialectOf, encodingOf, utf8Pieces } from './csv-read.ts'
import type { Encoding } from './csv-read.ts'
import { sheetLimits } from './limits.ts'
import type { SheetLimits } from './limits.ts'
import { fillMerged, readMerges } from './merged.ts'
import type { MergedRange } from './merged.ts'
import { SheetRefusal } from './refusal.ts'
import { RowReader } from './rows.ts'
import type { RowBatch } from './rows.ts'
import { sniff } from './sniff.ts'
import { SharedStrings } from './strings.ts'
import { openWorkbook } from './workbook.ts'
import type { SheetName, Workbook } from './workbook.ts'
import { ZipParts } from './zip-read.ts'

export interface ReadOptions {
  /** Name of the worksheet; the first visible one when absent. A CSV has one sheet without a name. */
  name?: string
  limits?: Partial<SheetLimits>
  /** Give every cell of a merged range the value of its first cell. Costs one more pass over the sheet. */
  fillMerged?: boolean
}

/** An opened file. Nothing of the rows is read before `rows()` is asked. */
export interface OpenSheet {
  kind: 'xlsx' | 'csv'
  /** Worksheets in the order of their tabs, hidden ones too. */
  sheets: SheetName[]
  /** The worksheet that `rows` reads. */
  name: string
  encoding?: Encoding
  delimiter?: string
  /** Rows in file order and batches of some hundreds. May be called again and may be left early. Throws SheetRefusal. */
  rows(): AsyncGenerator<RowBatch>
  /** Merged ranges; they stand behind the rows in the file, so the sheet is inflated once more. Empty for a CSV. */
  merges(): Promise<MergedRange[]>
}

/**
 * Opens an .xlsx or .csv by content, not by name. Inflating runs in the thread pool and scanning stops between batches,
 * so other requests are served meanwhile. Throws SheetRefusal, whose codes are listed in zh.ts.
 */
export async function readSheet(source: Uint8Array | string, options: ReadOptions = {}): Promise<OpenSheet> {
  const limits = { ...sheetLimits, ...options.limits }
  const bytes = await load(source, limits)
  const sheet = sniff(bytes) === 'xlsx' ? await openXlsx(bytes, limits, options.name) : await openCsv(bytes, limits)
  if (options.fillMerged !== true) return sheet
  return { ...sheet, rows: () => fillMerged(sheet, limits.columns) }
}

async function load(source: Uint8Array | string, limits: SheetLimits): Promise<Buffer> {
  const max = limits.compressedBytes
  const size = typeof source === 'string' ? (await stat(source)).size : source.byteLength
  if (size > max) throw new SheetRefusal('sheet.too_large', { size: Math.ceil(size / 2 ** 20), max: Math.floor(max / 2 ** 20) })
  return typeof source === 'string' ? readFile(source) : Buffer.from(source.buffer, source.byteOffset, size)
}

async function openXlsx(bytes: Buffer, limits: SheetLimits, wanted: string | undefined): Promise<OpenSheet> {
  const zip = new ZipParts(bytes, limits)
  const workbook = await openWorkbook(zip)
  const sheet = wanted === undefined ? (workbook.sheets.find((s) => !s.hidden) ?? workbook.sheets[0]) : workbook.sheets.find((s) => s.name === wanted)
  if (!sheet) throw new SheetRefusal('sheet.no_such_sheet', { name: wanted ?? '' })
  let strings: Promise<SharedStrings> | undefined
  let merges: Promise<MergedRange[]> | undefined
  async function* rows(): AsyncGenerator<RowBatch> {
    strings ??= readStrings(zip, workbook, limits)
    const reader = new RowReader({ strings: await strings, kinds: workbook.kinds, date1904: workbook.date1904, limits })
    for await (const piece of zip.inflate(sheet?.part ?? '')) {
      reader.feed(piece)
      const batch = reader.take()
      if (batch.rows.length > 0) yield batch
    }
    reader.end()
    const last = reader.take()
    if (last.rows.length > 0) yield last
  }
  return {
    kind: 'xlsx',
    sheets: workbook.sheets.map(({ name, hidden }) => ({ name, hidden })),
    name: sheet.name,
    rows,
    merges: () => (merges ??= readMerges(zip, sheet.part)),
  }
}

async function readStrings(zip: ZipParts, workbook: Workbook, limits: SheetLimits): Promise<SharedStrings> {
  const strings = new SharedStrings(limits)
  if (workbook.strings === undefined) return strings
  for await (const piece of zip.inflate(workbook.strings)) strings.feed(piece)
  strings.end()
  return strings
}

async function openCsv(bytes: Buffer, limits: SheetLimits): Promise<OpenSheet> {
  const encoding = encodingOf(bytes)
  const first = await utf8Pieces(bytes, encoding).next()
  const { start, delimiter } = dialectOf(first.done === true ? Buffer.alloc(0) : first.value, limits)
  async function* rows(): AsyncGenerator<RowBatch> {
    const reader = new CsvReader(delimiter, limits)
    let skip = start
    for await (const piece of utf8Pieces(bytes, encoding)) {
      reader.feed(piece.subarray(skip))
      skip = 0
      const batch = reader.take()
      if (batch.rows.length > 0) yield batch
    }
    reader.end()
    const last = reader.take()
    if (last.rows.length > 0) yield last
  }
  return { kind: 'csv', sheets: [{ name: '', hidden: false }], name: '', encoding, delimiter: String.fromCharCode(delimiter), rows, merges: async () => [] }
}
