import type { ReadOptions } from './read.ts'
import { readSheet } from './read.ts'
import { SheetRefusal } from './refusal.ts'
import { collect } from './write.ts'
import { zipStream } from './zip-write.ts'

/** Parts of a hand-made workbook, for shapes that our writer never makes. */
export interface RawWorkbook {
  /** The whole worksheet part, or only what stands inside sheetData when it does not begin with `<`+worksheet. */
  sheet: string
  strings?: string
  /** Format code or built-in id by style index. */
  formats?: (string | number)[]
  workbookPr?: string
  sheets?: string
}

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const relationships = (links: string): string => `<?xml version="1.0"?><Relationships>${links}</Relationships>`
const link = (id: string, type: string, target: string): string => `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`

export function zipOf(parts: Record<string, string>): Promise<Buffer> {
  return collect(zipStream(Object.entries(parts).map(([name, text]) => ({ name, body: [text] }))))
}

export function rawParts(raw: RawWorkbook): Record<string, string> {
  const formats = raw.formats ?? []
  const numFmts = formats.map((code, i) => (typeof code === 'string' ? `<numFmt numFmtId="${200 + i}" formatCode="${code.replaceAll('"', '&quot;')}"/>` : '')).join('')
  const xfs = formats.map((code, i) => `<xf numFmtId="${typeof code === 'string' ? 200 + i : code}"/>`).join('')
  return {
    '_rels/.rels': relationships(link('rId1', 'officeDocument', 'xl/workbook.xml')),
    'xl/workbook.xml': `<?xml version="1.0"?><workbook>${raw.workbookPr ?? ''}<sheets>${raw.sheets ?? '<sheet name="表" sheetId="1" r:id="rId1"/>'}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relationships(
      link('rId1', 'worksheet', 'worksheets/sheet1.xml') + link('rId2', 'sharedStrings', '/xl/sharedStrings.xml') + link('rId3', 'styles', '../xl/styles.xml'),
    ),
    'xl/styles.xml': `<styleSheet><numFmts>${numFmts}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${xfs}</cellXfs></styleSheet>`,
    ...(raw.strings === undefined ? {} : { 'xl/sharedStrings.xml': raw.strings }),
    'xl/worksheets/sheet1.xml': /^<(\?xml|!|\w*:?worksheet)/.test(raw.sheet) ? raw.sheet : `<worksheet><sheetData>${raw.sheet}</sheetData></worksheet>`,
  }
}

export const rawWorkbook = (raw: RawWorkbook): Promise<Buffer> => zipOf(rawParts(raw))

export async function readAll(source: Uint8Array, options?: ReadOptions): Promise<{ rows: string[][]; numbers: number[]; rounded: { row: number; column: number }[] }> {
  const all = { rows: [] as string[][], numbers: [] as number[], rounded: [] as { row: number; column: number }[] }
  for await (const batch of (await readSheet(source, options)).rows()) {
    all.rows.push(...batch.rows)
    all.numbers.push(...batch.numbers)
    all.rounded.push(...batch.rounded)
  }
  return all
}

/** The code of the refusal, or 'read' when the file is read to its end. Any other error is passed on. */
export async function outcome(source: Uint8Array, options?: ReadOptions): Promise<string> {
  try {
    await readAll(source, options)
    return 'read'
  } catch (error) {
    if (error instanceof SheetRefusal) return error.code
    throw error
  }
}
