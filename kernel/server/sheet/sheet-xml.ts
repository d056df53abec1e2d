import { cellXml, columnLetters, escapeAttribute, escapeText } from './cell-xml.ts'
import type { CellValue, ColumnKind } from './cell-xml.ts'
import { styles } from './styles.ts'

export interface SheetColumn {
  heading: string
  /** Text unless said otherwise: codes and telephone numbers must stay text. */
  kind?: ColumnKind
  /** Width in half-width characters; guessed from the heading when absent. */
  width?: number
  /** Offered as a drop-down; anything else is refused by Excel and WPS. */
  choices?: readonly string[]
  /** The heading is red. */
  required?: boolean
  /** The whole column is red: the reason why a row came back. */
  error?: boolean
  /** Shown when a cell of the column is chosen. */
  note?: string
}

/** A row, or a row with the columns (from 0) that are wrong in it. */
export type SheetRow = readonly CellValue[] | { cells: readonly CellValue[]; marked: ReadonlySet<number> }

export interface SheetSpec {
  name: string
  /** Lines above the heading, each merged over the whole width. */
  title?: readonly string[]
  columns: readonly SheetColumn[]
  rows: Iterable<SheetRow> | AsyncIterable<SheetRow>
  /** Blank rows below the data that have drop-downs too; 1,000 when absent. */
  spareRows?: number
}

/** Where the choices of a column are: in the validation itself or in a range of the hidden sheet. */
export type ChoiceSource = (choices: readonly string[]) => string

export const MAX_ROWS = 1_048_576
const PIECE = 128 * 1024
const xmlHead = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'

/** The body of one worksheet in pieces of about 128 KB. Throws RangeError beyond 1,048,576 rows. */
export async function* sheetXml(sheet: SheetSpec, selected: boolean, choiceSource: ChoiceSource): AsyncGenerator<string> {
  const above = sheet.title ?? []
  const columns = sheet.columns
  let out = head(sheet, selected)
  above.forEach((line, i) => {
    out += `<row r="${i + 1}" ht="26" customHeight="1">${cellXml(`A${i + 1}`, line, 'text', styles.title)}</row>`
  })
  let number = above.length + 1
  out += headingRow(columns, number)
  const letters = columns.map((_, i) => columnLetters(i))
  for await (const row of sheet.rows) {
    if (++number > MAX_ROWS) throw new RangeError(`sheet beyond ${MAX_ROWS} rows`)
    out += rowXml(row, columns, letters, number)
    if (out.length < PIECE) continue
    yield out
    out = ''
  }
  yield out + tail(sheet, number, choiceSource)
}

function head(sheet: SheetSpec, selected: boolean): string {
  const frozen = (sheet.title?.length ?? 0) + 1
  const pane = `<pane ySplit="${frozen}" topLeftCell="A${frozen + 1}" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/>`
  const widths = sheet.columns.map((column, i) => {
    const style = column.error ? styles.error : styles[column.kind ?? 'text']
    return `<col min="${i + 1}" max="${i + 1}" width="${column.width ?? guessWidth(column)}" style="${style}" customWidth="1"/>`
  })
  return [
    `${xmlHead}<worksheet ${main}><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`,
    `<sheetViews><sheetView${selected ? ' tabSelected="1"' : ''} workbookViewId="0">${pane}</sheetView></sheetViews>`,
    `<sheetFormatPr defaultRowHeight="15"/>${widths.length > 0 ? `<cols>${widths.join('')}</cols>` : ''}<sheetData>`,
  ].join('')
}

/** A Chinese character is two half-widths. */
function guessWidth(column: SheetColumn): number {
  let width = 4
  for (const c of column.heading) width += c > '\u2e7f' ? 2 : 1
  const floor = column.error ? 40 : column.kind === 'datetime' ? 17 : 12
  return Math.min(Math.max(width, floor), 60)
}

function headingRow(columns: readonly SheetColumn[], number: number): string {
  const cells = columns.map((column, i) => {
    const style = column.error ? styles.errorHeading : column.required ? styles.requiredHeading : styles.heading
    return cellXml(`${columnLetters(i)}${number}`, column.heading, 'text', style)
  })
  return `<row r="${number}" ht="24" customHeight="1">${cells.join('')}</row>`
}

function rowXml(row: SheetRow, columns: readonly SheetColumn[], letters: readonly string[], number: number): string {
  const cells = 'marked' in row ? row.cells : row
  const marked = 'marked' in row ? row.marked : undefined
  let out = `<row r="${number}">`
  for (let i = 0; i < columns.length; i++) {
    const column = columns[i] as SheetColumn
    const style = column.error ? styles.error : marked?.has(i) ? styles.marked : undefined
    out += cellXml(letters[i] + String(number), cells[i], column.kind ?? 'text', style)
  }
  return `${out}</row>`
}

/** Order of the elements is fixed by the schema: mergeCells, dataValidations, pageMargins, pageSetup. */
function tail(sheet: SheetSpec, last: number, choiceSource: ChoiceSource): string {
  const above = sheet.title?.length ?? 0
  const wide = columnLetters(Math.max(sheet.columns.length - 1, 0))
  const merges = above > 0 && sheet.columns.length > 1 ? (sheet.title ?? []).map((_, i) => `<mergeCell ref="A${i + 1}:${wide}${i + 1}"/>`) : []
  const until = Math.min(last + (sheet.spareRows ?? 1000), MAX_ROWS)
  const rules = sheet.columns.flatMap((column, i) => validation(column, `${columnLetters(i)}${above + 2}:${columnLetters(i)}${until}`, choiceSource))
  return [
    '</sheetData>',
    merges.length > 0 ? `<mergeCells count="${merges.length}">${merges.join('')}</mergeCells>` : '',
    rules.length > 0 ? `<dataValidations count="${rules.length}">${rules.join('')}</dataValidations>` : '',
    '<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>',
    '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>',
  ].join('')
}

function validation(column: SheetColumn, range: string, choiceSource: ChoiceSource): string[] {
  const note = column.note ? ` showInputMessage="1" promptTitle="${escapeAttribute(column.heading.slice(0, 32))}" prompt="${escapeAttribute(column.note.slice(0, 255))}"` : ''
  if (column.choices && column.choices.length > 0) {
    const refusal = ' showErrorMessage="1" errorTitle="请从下拉列表中选择" error="这里只能填列表中的内容。"'
    return [`<dataValidation type="list" allowBlank="1"${refusal}${note} sqref="${range}"><formula1>${escapeText(choiceSource(column.choices))}</formula1></dataValidation>`]
  }
  return note === '' ? [] : [`<dataValidation allowBlank="1"${note} sqref="${range}"/>`]
}

/** A sheet of notes: first line as a title, the rest wrapped. */
export function notesXml(lines: readonly string[]): string {
  const rows = lines.map((line, i) => `<row r="${i + 1}">${cellXml(`A${i + 1}`, line, 'text', i === 0 ? styles.title : styles.note)}</row>`)
  return `${xmlHead}<worksheet ${main}><cols><col min="1" max="1" width="100" customWidth="1"/></cols><sheetData>${rows.join('')}</sheetData></worksheet>`
}

/** The hidden sheet: one list of choices per column. */
export function listsXml(lists: readonly (readonly string[])[]): string {
  let rows = ''
  for (let r = 0; r < Math.max(...lists.map((list) => list.length)); r++) {
    rows += `<row r="${r + 1}">${lists.map((list, c) => cellXml(`${columnLetters(c)}${r + 1}`, list[r], 'text')).join('')}</row>`
  }
  return `${xmlHead}<worksheet ${main}><sheetData>${rows}</sheetData></worksheet>`
}
