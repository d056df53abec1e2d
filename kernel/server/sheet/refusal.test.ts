import { describe, expect, test } from 'vitest'
import { ZipParts } from './zip-read.ts'
import { sheetLimits } from './limits.ts'
import { readSheet } from './read.ts'
import { outcome, rawParts, rawWorkbook, zipOf } from './sheet-fixtures.ts'
import { sheetTexts } from './zh.ts'

const compound = (name: string): Buffer => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(5000), Buffer.from(name, 'utf16le'), Buffer.alloc(100)])
const good = (): Promise<Buffer> => rawWorkbook({ sheet: '<row r="1"><c t="s"><v>0</v></c></row>', strings: '<sst><si><t>甲</t></si></sst>' })
const withPart = async (name: string, text: string): Promise<Buffer> => zipOf({ ...rawParts({ sheet: '<row><c t="s"><v>0</v></c></row>', strings: '<sst><si><t>甲</t></si></sst>' }), [name]: text })

describe('a disguised file is named for what it is, whatever its extension', () => {
  test.each<[string, Buffer | string, string]>([
    ['nothing at all', '', 'sheet.empty'],
    ['an old .xls', compound('Workbook'), 'sheet.old_format'],
    ['a bare BIFF stream of 1993', Buffer.from('0908080000051000', 'hex'), 'sheet.old_format'],
    ['an encrypted .xlsx', compound('EncryptedPackage'), 'sheet.encrypted'],
    ['an old .doc', compound('WordDocument'), 'sheet.not_a_sheet'],
    ['a web page named .xls', '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table><tr><td>企业</td></tr></table>', 'sheet.web_page'],
    ['a web page with mark and blanks', '\ufeff\r\n <!DOCTYPE html><p>', 'sheet.web_page'],
    ['a bare table', '<table border=1><tr><td>1</td></tr></table>', 'sheet.web_page'],
    ['a page saved as one file', 'MIME-Version: 1.0\r\nContent-Type: multipart/related', 'sheet.web_page'],
    ['XML of 2003', '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', 'sheet.xml_2003'],
    ['a PDF', '%PDF-1.7 ...', 'sheet.not_a_sheet'],
    ['a photo', Buffer.from('ffd8ffe000104a464946', 'hex'), 'sheet.not_a_sheet'],
    ['some binary', Buffer.from([65, 0, 1, 2, 3]), 'sheet.not_a_sheet'],
    ['a text in no known encoding', Buffer.from([0x41, 0x2c, 0xff, 0xff, 0x0a]), 'sheet.encoding'],
  ])('%s', async (_, content, code) => {
    expect(await outcome(Buffer.from(content as string))).toBe(code)
  })

  test.each<[string, Record<string, string>, string]>([
    ['a zip of photos', { 'a.jpg': 'x' }, 'sheet.not_a_sheet'],
    ['a Word file', { '_rels/.rels': '<Relationships><Relationship Id="r" Type="x/officeDocument" Target="word/document.xml"/></Relationships>', 'word/document.xml': '<w:document/>' }, 'sheet.not_a_sheet'],
    ['a binary workbook', { '_rels/.rels': '<Relationships><Relationship Id="r" Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>', 'xl/workbook.bin': 'x' }, 'sheet.binary_workbook'],
    ['a workbook without its relations', { 'xl/workbook.xml': '<workbook/>' }, 'sheet.corrupt'],
  ])('%s', async (_, parts, code) => {
    expect(await outcome(await zipOf(parts))).toBe(code)
  })

  test('a zip with a password', async () => {
    const bytes = await good()
    for (let at = bytes.indexOf('PK\x01\x02'); at >= 0; at = bytes.indexOf('PK\x01\x02', at + 1)) bytes[at + 8] = (bytes[at + 8] ?? 0) | 1
    expect(await outcome(bytes)).toBe('sheet.encrypted')
  })
})

describe('a damaged file', () => {
  test('cut off anywhere is corrupt', async () => {
    const bytes = await good()
    expect(await outcome(bytes)).toBe('read')
    for (let length = 4; length < bytes.length; length += 7) expect(await outcome(bytes.subarray(0, length)), `${length} bytes`).toBe('sheet.corrupt')
  })

  test('with any one byte changed is read or refused by name, never a crash', async () => {
    const bytes = await good()
    const seen = new Set<string>()
    for (let at = 0; at < bytes.length; at++) {
      const damaged = Buffer.from(bytes)
      damaged[at] = (damaged[at] ?? 0) ^ (1 << at % 8)
      seen.add(await outcome(damaged))
    }
    expect([...seen].every((code) => code === 'read' || code in sheetTexts)).toBe(true)
    expect(seen).toContain('sheet.corrupt')
  })

  test.each<[string, string, string]>([
    ['a worksheet that stops in a row', 'xl/worksheets/sheet1.xml', '<worksheet><sheetData><row><c><v>1</v></c>'],
    ['a worksheet that stops after a row', 'xl/worksheets/sheet1.xml', '<worksheet><sheetData><row><c><v>1</v></c></row>'],
    ['a worksheet without rows element', 'xl/worksheets/sheet1.xml', '<worksheet/>'],
    ['an index beyond the string table', 'xl/worksheets/sheet1.xml', '<worksheet><sheetData><row><c t="s"><v>1</v></c></row></sheetData></worksheet>'],
    ['an index that is no number', 'xl/worksheets/sheet1.xml', '<worksheet><sheetData><row><c t="s"><v>x</v></c></row></sheetData></worksheet>'],
    ['a string table that stops', 'xl/sharedStrings.xml', '<sst><si><t>甲'],
    ['a workbook part that stops', 'xl/workbook.xml', '<workbook><sheets><sheet name="表'],
  ])('%s', async (_, part, text) => {
    expect(await outcome(await withPart(part, text))).toBe('sheet.corrupt')
  })

  test.each(['xl/worksheets/sheet1.xml', 'xl/sharedStrings.xml', 'xl/workbook.xml', 'xl/styles.xml'])('a DOCTYPE in %s is refused, so no entity is ever defined', async (part) => {
    const bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    const text = rawParts({ sheet: '<row><c><v>1</v></c></row>', strings: '<sst><si><t>&b;</t></si></sst>' })[part] ?? ''
    expect(await outcome(await withPart(part, bomb + text))).toBe('sheet.unsafe')
  })
})

describe('bounds are kept while reading', () => {
  const rows = (n: number): string => '<row><c><v>1</v></c></row>'.repeat(n)
  const table = (n: number): string => `<sst>${'<si><t>甲</t></si>'.repeat(n)}</sst>`

  test('a zip bomb is stopped by its ratio', async () => {
    const bomb = await withPart('xl/worksheets/sheet1.xml', `<worksheet><sheetData>${' '.repeat(40 * 2 ** 20)}</sheetData></worksheet>`)
    expect(bomb.length).toBeLessThan(400_000)
    expect(await outcome(bomb)).toBe('sheet.zip_bomb')
    const inTheTable = await withPart('xl/sharedStrings.xml', `<sst>${' '.repeat(40 * 2 ** 20)}</sst>`)
    expect(await outcome(inTheTable)).toBe('sheet.zip_bomb')
  })

  test('a bomb is counted while inflating, whatever size its header claims', async () => {
    const bomb = await withPart('xl/styles.xml', `<styleSheet>${' '.repeat(30 * 2 ** 20)}</styleSheet>`)
    for (let at = bomb.indexOf('PK\x01\x02'); at >= 0; at = bomb.indexOf('PK\x01\x02', at + 1)) bomb.writeUInt32LE(10, at + 24)
    expect(await outcome(bomb)).toBe('sheet.zip_bomb')
  })

  test('the sum over the parts counts, and a part read twice counts once', async () => {
    const file = await withPart('xl/worksheets/sheet1.xml', `<worksheet><sheetData>${rows(4000)}</sheetData></worksheet>`)
    expect(await outcome(file, { limits: { uncompressedBytes: 50_000 } })).toBe('sheet.zip_bomb')
    const opened = await readSheet(file, { limits: { uncompressedBytes: 150_000 } })
    for (let i = 0; i < 3; i++) for await (const batch of opened.rows()) expect(batch.rows.length).toBe(4000)
  })

  test.each<[string, Parameters<typeof rawWorkbook>[0], NonNullable<Parameters<typeof outcome>[1]>['limits'], string]>([
    ['a heading and as many rows as allowed', { sheet: rows(101) }, { rows: 100 }, 'read'],
    ['one row more', { sheet: rows(102) }, { rows: 100 }, 'sheet.too_many_rows'],
    ['blank rows are not counted', { sheet: rows(101) + '<row/>'.repeat(500) }, { rows: 100 }, 'read'],
    ['content in the last column', { sheet: '<row><c r="J1"><v>1</v></c></row>' }, { columns: 10 }, 'read'],
    ['content one column further', { sheet: '<row><c r="K1"><v>1</v></c></row>' }, { columns: 10 }, 'sheet.too_many_columns'],
    ['a column that does not exist', { sheet: '<row><c r="ZZZZZZZZZZZZ1"><v>1</v></c></row>' }, {}, 'sheet.too_many_columns'],
    ['a long cell', { sheet: `<row><c t="str"><v>${'长'.repeat(11)}</v></c></row>` }, { cellLength: 10 }, 'sheet.cell_too_long'],
    ['a long shared text', { sheet: '<row><c t="s"><v>0</v></c></row>', strings: `<sst><si><t>${'长'.repeat(11)}</t></si></sst>` }, { cellLength: 10 }, 'sheet.shared_text_too_long'],
    ['a shared text without end', { sheet: '<row><c t="s"><v>0</v></c></row>', strings: `<sst><si><t>${'a'.repeat(9 * 2 ** 20)}</t></si></sst>` }, { ratio: 1e6 }, 'sheet.shared_text_too_long'],
    ['as many texts as allowed', { sheet: rows(1), strings: table(50) }, { strings: 50 }, 'read'],
    ['one text more', { sheet: rows(1), strings: table(51) }, { strings: 50 }, 'sheet.too_many_strings'],
    ['a file that is too large', { sheet: rows(1) }, { compressedBytes: 500 }, 'sheet.too_large'],
  ])('%s', async (_, raw, limits, code) => {
    expect(await outcome(await rawWorkbook(raw), { limits })).toBe(code)
  })

  test('a heading and 200,000 rows are read by default and one more is not', async () => {
    expect(sheetLimits.rows).toBe(200_000)
    const limits = { ratio: 10_000 }
    expect(await outcome(await rawWorkbook({ sheet: rows(200_001) }), { limits })).toBe('read')
    expect(await outcome(await rawWorkbook({ sheet: rows(200_002) }), { limits })).toBe('sheet.too_many_rows')
  })
})

/** Processor time since: a busy machine is no fault of the reader. */
const cpuMs = (since: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1000
}

describe('no shape of file takes more than linear time', () => {
  const big = 8 * 2 ** 20
  const limits = { ratio: 1e6 }
  test.each<[string, string]>([
    ['one endless tag in the workbook', `<workbook ${'a'.repeat(big)}`],
    ['endless attributes', `<workbook ${'a=b '.repeat(big / 4)}>`],
    ['endless blanks', `<workbook${' '.repeat(big)}x`],
    ['endless openings', '<'.repeat(big)],
    ['endless ampersands', `<workbook a="${'&'.repeat(big)}">`],
  ])('%s', async (_, text) => {
    const began = process.cpuUsage()
    expect(await outcome(await withPart('xl/workbook.xml', text), { limits })).not.toBe('read')
    expect(cpuMs(began)).toBeLessThan(4000)
  })

  test.each<[string, string]>([
    ['one endless row', `<row>${'<c/>'.repeat(big / 4)}`],
    ['one endless cell', `<row><c t="str"><v>${'长'.repeat(big / 3)}`],
    ['endless comments', `<row><c t="str"><v>${'<!---->'.repeat(big / 7)}</v></c></row>`],
    ['endless tags inside a cell', `<row><c>${'<f/>'.repeat(big / 4)}</c></row>`],
    ['endless ampersands', `<row><c t="str"><v>${'&'.repeat(30_000)}</v></c></row>`.repeat(200)],
    ['endless merges of the whole sheet', `</sheetData><mergeCells>${'<mergeCell ref="A1:XFD1048576"/>'.repeat(20_000)}</mergeCells><sheetData>`],
  ])('%s', async (_, sheet) => {
    const began = process.cpuUsage()
    await outcome(await rawWorkbook({ sheet }), { limits, fillMerged: true })
    expect(cpuMs(began)).toBeLessThan(4000)
  })
})

test('zip64 sizes in the directory are understood', async () => {
  const plain = await zipOf({ 'a.txt': '甲'.repeat(100) })
  const at = plain.indexOf('PK\x01\x02')
  const name = 'a.txt'.length
  const head = Buffer.from(plain.subarray(at, at + 46 + name))
  const extra = Buffer.alloc(28)
  extra.writeUInt16LE(1, 0)
  extra.writeUInt16LE(24, 2)
  extra.writeBigUInt64LE(300n, 4)
  extra.writeBigUInt64LE(BigInt(head.readUInt32LE(20)), 12)
  extra.writeBigUInt64LE(0n, 20)
  for (const field of [20, 24, 42]) head.writeUInt32LE(0xffffffff, field)
  head.writeUInt16LE(28, 30)
  const end = Buffer.from(plain.subarray(at + 46 + name))
  end.writeUInt32LE(head.length + 28, 12)
  const zip = new ZipParts(Buffer.concat([plain.subarray(0, at), head, extra, end]), sheetLimits)
  expect(await zip.text('A.TXT')).toBe('甲'.repeat(100))
})

test('every refusal has a Chinese sentence that says what to do', () => {
  for (const [code, text] of Object.entries(sheetTexts)) {
    expect(code).toMatch(/^sheet\.[a-z0-9_]+$/)
    expect(text, code).toMatch(/^.{10,}。$/)
  }
})
