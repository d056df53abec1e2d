import { columnLetters, escapeAttribute } from './cell-xml.ts'
import { listsXml, notesXml, sheetXml } from './sheet-xml.ts'
import type { SheetSpec } from './sheet-xml.ts'
import { stylesXml } from './styles.ts'
import { zipStream } from './zip-write.ts'
import type { ZipPart } from './zip-write.ts'

export interface WorkbookSpec {
  sheets: readonly SheetSpec[]
  /** A last sheet that explains how to fill the others; the first line is its title. */
  notes?: { name?: string; lines: readonly string[] }
}

interface Part {
  name: string
  hidden: boolean
  body: ZipPart['body']
}

const LISTS = '_选项'
/** Bound of a list written into the validation itself (ECMA-376 18.3.1.33, as Excel keeps it). */
const MAX_LITERAL = 255

const xmlHead = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packageNs = 'http://schemas.openxmlformats.org/package/2006'

/**
 * Writes an .xlsx as a stream: rows are taken as fast as the reader of the stream drinks, and none is kept. An error
 * thrown by `rows` comes out of the generator. Throws RangeError above Excel's number of rows.
 */
export async function* writeXlsx(spec: WorkbookSpec): AsyncGenerator<Buffer> {
  const lists: (readonly string[])[] = []
  const choiceSource = choicesInto(lists)
  // Asked before the first sheet is written, so that the hidden sheet is known in the workbook part.
  for (const { columns } of spec.sheets) for (const { choices } of columns) if (choices && choices.length > 0) choiceSource(choices)
  const parts: Part[] = spec.sheets.map((sheet, i) => ({ name: sheet.name, hidden: false, body: sheetXml(sheet, i === 0, choiceSource) }))
  if (spec.notes) parts.push({ name: spec.notes.name ?? '填写说明', hidden: false, body: [notesXml(spec.notes.lines)] })
  if (lists.length > 0) parts.push({ name: LISTS, hidden: true, body: [listsXml(lists)] })
  const names = sheetNames(parts)
  yield* zipStream([
    { name: '[Content_Types].xml', body: [contentTypes(parts.length)] },
    { name: '_rels/.rels', body: [relations([`${office}/officeDocument`, 'xl/workbook.xml'])] },
    { name: 'xl/workbook.xml', body: [workbookXml(parts, names, spec.sheets)] },
    { name: 'xl/_rels/workbook.xml.rels', body: [relations(...parts.map((_, i): [string, string] => [`${office}/worksheet`, `worksheets/sheet${i + 1}.xml`]), [`${office}/styles`, 'styles.xml'])] },
    { name: 'xl/styles.xml', body: [stylesXml] },
    ...parts.map((part, i) => ({ name: `xl/worksheets/sheet${i + 1}.xml`, body: part.body })),
  ])
}

/** A short list stands in the validation itself, one that is long or has a comma in the hidden sheet, each list once. */
function choicesInto(lists: (readonly string[])[]): (choices: readonly string[]) => string {
  const known = new Map<string, string>()
  return (choices) => {
    const literal = choices.join(',')
    if (literal.length <= MAX_LITERAL && !choices.some((choice) => /[,"\n]|^\s|\s$/.test(choice))) return `"${literal}"`
    const key = choices.join('\n')
    const letters = columnLetters(lists.length)
    const range = known.get(key) ?? `'${LISTS}'!$${letters}$1:$${letters}$${choices.length}`
    if (!known.has(key)) lists.push(choices)
    known.set(key, range)
    return range
  }
}

/** Excel's rules: at most 31 characters, none of []:*?/\, no apostrophe at an end, no two alike. */
function sheetNames(parts: readonly Part[]): string[] {
  const used = new Set<string>()
  return parts.map((part) => {
    const clean = part.name.replace(/[[\]:*?/\\\p{Cc}]/gu, ' ').replace(/^[\s']+|[\s']+$/g, '') || '表'
    let name = clean.slice(0, 31)
    for (let n = 2; used.has(name.toLowerCase()); n++) name = `${clean.slice(0, 31 - String(n).length - 2)}(${n})`
    used.add(name.toLowerCase())
    return name
  })
}

/** Heading rows are repeated on every printed page. */
function workbookXml(parts: readonly Part[], names: readonly string[], sheets: readonly SheetSpec[]): string {
  const tabs = parts.map((part, i) => `<sheet name="${escapeAttribute(names[i] ?? '')}" sheetId="${i + 1}"${part.hidden ? ' state="hidden"' : ''} r:id="rId${i + 1}"/>`)
  const titles = sheets.map((sheet, i) => {
    const range = `'${(names[i] ?? '').replaceAll("'", "''")}'!$1:$${(sheet.title?.length ?? 0) + 1}`
    return `<definedName name="_xlnm.Print_Titles" localSheetId="${i}">${escapeAttribute(range)}</definedName>`
  })
  const ns = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${office}"`
  return `${xmlHead}<workbook ${ns}><bookViews><workbookView/></bookViews><sheets>${tabs.join('')}</sheets><definedNames>${titles.join('')}</definedNames></workbook>`
}

function relations(...links: [type: string, target: string][]): string {
  const all = links.map(([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${type}" Target="${target}"/>`)
  return `${xmlHead}<Relationships xmlns="${packageNs}/relationships">${all.join('')}</Relationships>`
}

function contentTypes(sheets: number): string {
  const type = (part: string, kind: string): string => `<Override PartName="/xl/${part}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${kind}+xml"/>`
  const all = Array.from({ length: sheets }, (_, i) => type(`worksheets/sheet${i + 1}`, 'worksheet'))
  const defaults = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
  return `${xmlHead}<Types xmlns="${packageNs}/content-types">${defaults}${type('workbook', 'sheet.main')}${type('styles', 'styles')}${all.join('')}</Types>`
}

/** The whole file in memory, for a small one. */
export async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const chunk of chunks) all.push(chunk)
  return Buffer.concat(all)
}
