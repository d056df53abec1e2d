import { builtinKind, formatKind } from './number-format.ts'
import type { NumberKind } from './number-format.ts'
import { SheetRefusal } from './refusal.ts'
import { tags } from './xml.ts'
import type { ZipParts } from './zip-read.ts'

export interface SheetName {
  name: string
  hidden: boolean
}

export interface WorkbookSheet extends SheetName {
  /** Part name inside the zip. */
  part: string
}

export interface Workbook {
  sheets: WorkbookSheet[]
  /** Part with the string table; absent when every text is inline. */
  strings: string | undefined
  /** Kind of number by cell style index. */
  kinds: NumberKind[]
  date1904: boolean
}

interface Relation {
  id: string
  type: string
  target: string
}

/** Reads what is around the sheets: names, order, date system, number formats. External targets are never followed. */
export async function openWorkbook(zip: ZipParts): Promise<Workbook> {
  const main = (await relations(zip, '')).find((r) => r.type === 'officeDocument')?.target
  if (main === undefined || !zip.has(main)) throw whatItIs(zip)
  if (main.toLowerCase().endsWith('.bin')) throw new SheetRefusal('sheet.binary_workbook')
  const links = await relations(zip, main)
  const { sheets, date1904, isWorkbook } = readMain(await zip.text(main), links)
  if (!isWorkbook) throw whatItIs(zip)
  const readable = sheets.filter((s) => zip.has(s.part))
  if (readable.length === 0) throw new SheetRefusal('sheet.no_sheet')
  const part = (type: string): string | undefined => links.find((r) => r.type === type && zip.has(r.target))?.target
  const styles = part('styles')
  return { sheets: readable, date1904, strings: part('sharedStrings'), kinds: styles === undefined ? [] : readStyles(await zip.text(styles)) }
}

/** A zip that is no workbook: another office file, an archive, or a workbook that lost its parts. */
function whatItIs(zip: ZipParts): SheetRefusal {
  const workbook = zip.names.some((name) => name.startsWith('xl/'))
  return new SheetRefusal(workbook ? 'sheet.corrupt' : 'sheet.not_a_sheet')
}

/** `main` is '' for the package itself. Targets come back as part names without a leading slash. */
async function relations(zip: ZipParts, main: string): Promise<Relation[]> {
  const slash = main.lastIndexOf('/')
  const folder = main.slice(0, slash + 1)
  const part = `${folder}_rels/${main.slice(slash + 1)}.rels`
  if (!zip.has(part)) return []
  const found: Relation[] = []
  for (const { name, closing, attributes } of tags(await zip.text(part))) {
    if (name !== 'Relationship' || closing || attributes.TargetMode === 'External') continue
    const type = attributes.Type ?? ''
    found.push({ id: attributes.Id ?? '', type: type.slice(type.lastIndexOf('/') + 1), target: resolve(folder, attributes.Target ?? '') })
  }
  return found
}

function resolve(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1)
  const path: string[] = folder.split('/').filter(Boolean)
  for (const step of target.split('/')) {
    if (step === '..') path.pop()
    else if (step !== '.' && step !== '') path.push(step)
  }
  return path.join('/')
}

function readMain(xml: string, links: readonly Relation[]): { sheets: WorkbookSheet[]; date1904: boolean; isWorkbook: boolean } {
  const byId = new Map(links.filter((r) => r.type === 'worksheet').map((r) => [r.id, r.target]))
  const sheets: WorkbookSheet[] = []
  let date1904 = false
  let isWorkbook = false
  for (const { name, closing, attributes } of tags(xml)) {
    if (closing) continue
    if (name === 'workbook') isWorkbook = true
    if (name === 'workbookPr') date1904 = attributes.date1904 === '1' || attributes.date1904 === 'true'
    const part = name === 'sheet' ? byId.get(attributes.id ?? '') : undefined
    if (part !== undefined) sheets.push({ name: attributes.name ?? '', hidden: (attributes.state ?? 'visible') !== 'visible', part })
  }
  return { sheets, date1904, isWorkbook }
}

function readStyles(xml: string): NumberKind[] {
  const custom = new Map<number, NumberKind>()
  const kinds: NumberKind[] = []
  let inside = false
  for (const { name, closing, attributes } of tags(xml)) {
    if (name === 'numFmt' && !closing) custom.set(Number(attributes.numFmtId), formatKind(attributes.formatCode ?? ''))
    if (name === 'cellXfs') inside = !closing
    if (!inside || closing || name !== 'xf') continue
    const id = Number(attributes.numFmtId ?? 0)
    kinds.push(custom.get(id) ?? builtinKind(id))
  }
  return kinds
}
