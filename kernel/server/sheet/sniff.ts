import { SheetRefusal } from './refusal.ts'

/** Decides by content, never by the name of the file. Throws SheetRefusal with what the file really is. */
export function sniff(bytes: Buffer): 'xlsx' | 'csv' {
  if (bytes.length === 0) throw new SheetRefusal('sheet.empty')
  const start = bytes.toString('latin1', 0, 8)
  if (start.startsWith('PK')) return 'xlsx'
  if (start.startsWith('\xD0\xCF\x11\xE0')) throw compound(bytes)
  // A bare BIFF stream, the .xls of before 1995.
  if (bytes[0] === 9 && [0, 2, 4, 8].includes(bytes[1] ?? -1)) throw new SheetRefusal('sheet.old_format')
  const head = bytes.subarray(0, 8192)
  if (isOther(start) || (!hasUtf16Mark(bytes) && head.includes(0))) throw new SheetRefusal('sheet.not_a_sheet')
  const page = markup(head)
  if (page) throw page
  return 'csv'
}

export const hasUtf16Mark = (bytes: Buffer): boolean => (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)

/** An OLE file: Excel puts an encrypted .xlsx into one under the stream name EncryptedPackage, otherwise it is an old .xls or .et. */
function compound(bytes: Buffer): SheetRefusal {
  const encrypted = bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'))
  if (encrypted) return new SheetRefusal('sheet.encrypted')
  const workbook = ['Workbook', 'Book', 'ETExtData'].some((name) => bytes.includes(Buffer.from(name, 'utf16le')))
  return new SheetRefusal(workbook || bytes.length < 4096 ? 'sheet.old_format' : 'sheet.not_a_sheet')
}

function isOther(start: string): boolean {
  return ['%PDF', '\x89PNG', '\xFF\xD8\xFF', 'GIF8', 'Rar!', '7z\xBC\xAF', '\x1F\x8B', '{\\rtf'].some((mark) => start.startsWith(mark))
}

/** Many portals hand out a web page named .xls. */
function markup(head: Buffer): SheetRefusal | undefined {
  const text = (hasUtf16Mark(head) ? head.toString('utf16le') : head.toString('latin1').replace(/^\xEF\xBB\xBF/, '')).replace(/^\uFEFF/, '').trimStart().toLowerCase()
  if (text.startsWith('mime-version:')) return new SheetRefusal('sheet.web_page')
  if (!/^<[a-z!?]/.test(text)) return undefined
  return new SheetRefusal(text.includes('urn:schemas-microsoft-com:office:spreadsheet') && text.startsWith('<?xml') ? 'sheet.xml_2003' : 'sheet.web_page')
}
