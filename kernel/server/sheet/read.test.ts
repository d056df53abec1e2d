import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import ExcelJS from 'exceljs'
import { describe, expect, test } from 'vitest'
import { sheetLimits } from './limits.ts'
import { readSheet } from './read.ts'
import { RowReader } from './rows.ts'
import { rawParts, rawWorkbook, readAll, zipOf } from './sheet-fixtures.ts'
import { SharedStrings } from './strings.ts'
import { collect } from './write.ts'

const strings = (...items: string[]): string => `<?xml version="1.0"?><sst count="1" uniqueCount="1">${items.map((i) => `<si>${i}</si>`).join('')}</sst>`
const cell = async (xml: string, more: { strings?: string; formats?: (string | number)[]; workbookPr?: string } = {}): Promise<string> =>
  (await readAll(await rawWorkbook({ sheet: `<row r="1">${xml}</row>`, ...more }))).rows[0]?.[0] ?? '(no row)'

describe('what a cell says', () => {
  test.each([
    ['a shared text', '<c r="A1" t="s"><v>1</v></c>', '乙'],
    ['an inline text', '<c r="A1" t="inlineStr"><is><t>直接写的</t></is></c>', '直接写的'],
    ['rich text is joined', '<c r="A1" t="inlineStr"><is><r><rPr><b/></rPr><t>甲</t></r><r><t xml:space="preserve"> 乙</t></r></is></c>', '甲 乙'],
    ['phonetic text is left out', '<c r="A1" t="inlineStr"><is><t>重庆</t><rPh sb="0" eb="2"><t>chongqing</t></rPh></is></c>', '重庆'],
    ['the cached result of a formula', '<c r="A1" t="str"><f>A2&amp;"x"</f><v>结果</v></c>', '结果'],
    ['a formula without result is blank, never the formula', '<c r="A1"><f>HYPERLINK("http://x")</f></c><c r="B1" t="str"><v>b</v></c>', ''],
    ['true', '<c r="A1" t="b"><v>1</v></c>', 'TRUE'],
    ['false', '<c r="A1" t="b"><v>0</v></c>', 'FALSE'],
    ['an error value', '<c r="A1" t="e"><v>#N/A</v></c>', '#N/A'],
    ['an ISO date', '<c r="A1" t="d"><v>2026-03-05</v></c>', '2026-03-05'],
    ['a number', '<c r="A1"><v>12.5</v></c>', '12.5'],
    ['a number without the noise behind 15 digits', '<c r="A1"><v>0.30000000000000004</v></c>', '0.3'],
    ['an exponent is written out', '<c r="A1"><v>9.14403001234567E+17</v></c>', '914403001234567000'],
    ['a small exponent is written out', '<c r="A1"><v>1.5E-7</v></c>', '0.00000015'],
    ['predefined and numeric entities', '<c r="A1" t="str"><v>&lt;A&amp;B&gt; &quot;&apos; &#20013;&#x6587;</v></c>', '<A&B> "\' 中文'],
    ['an unknown entity is never expanded', '<c r="A1" t="str"><v>&xxe;&nbsp;</v></c>', '&xxe;&nbsp;'],
    ['a reference to no character stays as written', '<c r="A1" t="str"><v>&#0;&#xD800;</v></c>', '&#0;&#xD800;'],
    ['CDATA is text', '<c r="A1" t="inlineStr"><is><t>甲<![CDATA[<&]]>乙</t></is></c>', '甲<&乙'],
    ['a comment is not', '<c r="A1" t="inlineStr"><is><t>甲<!-- <v>9</v> -->乙</t></is></c>', '甲乙'],
    ['control characters are decoded', '<c r="A1" t="str"><v>一_x000D_&#10;二_x005F_x0041_</v></c>', '一\n二_x0041_'],
    ['attributes in single quotes and other order', "<c t='str' s='0' r='A1'><v>单引号</v></c>", '单引号'],
    ['blank space around the type', '<c\n r="A1"\n t="str"\n><v>换行</v></c>', '换行'],
  ])('%s', async (_, xml, expected) => {
    expect(await cell(xml, { strings: strings('<t>甲</t>', '<t>乙</t>') })).toBe(expected)
  })

  test('shared texts: rich, phonetic, entities, empty', async () => {
    const table = strings('<r><t>甲</t></r><r><rPr/><t> 乙</t></r><rPh sb="0" eb="1"><t>jia</t></rPh>', '<t>A&amp;B&#x4e2d;</t>', '<t/>', '<t xml:space="preserve"> 尾 </t>')
    const row = [0, 1, 2, 3].map((i) => `<c t="s"><v>${i}</v></c>`).join('')
    expect((await readAll(await rawWorkbook({ sheet: `<row>${row}</row>`, strings: table }))).rows).toEqual([['甲 乙', 'A&B中', '', ' 尾 ']])
  })
})

describe('dates and codes through number formats (ECMA-376 18.8.30)', () => {
  test.each([
    [14, '46086', '2026-03-05'],
    [22, '46086.354166666664', '2026-03-05 08:30'],
    [31, '46086', '2026-03-05'],
    [57, '46086', '2026-03-05'],
    [21, '0.5', '12:00'],
    [46, '1.5', '36:00'],
    ['yyyy"年"m"月"d"日";@', '46086', '2026-03-05'],
    ['[$-804]yyyy\\-mm\\-dd hh:mm:ss', '46086.35416668', '2026-03-05 08:30:00'.slice(0, 16)],
    ['[DBNum1][$-804]yyyy"年"m"月"', '46086', '2026-03-05'],
    ['上午/下午h"时"mm"分"', '0.75', '18:00'],
    ['[h]:mm', '1.510416', '36:15'],
    ['m/d', '46086', '2026-03-05'],
    ['000000', '123', '000123'],
    ['0.00_);[Red]\\(0.00\\)', '3.5', '3.5'],
    ['#,##0', '12345', '12345'],
    ['0%', '0.85', '0.85'],
    ['"日期"0', '5', '5'],
    ['G/通用格式', '5', '5'],
    [14, '1', '1900-01-01'],
    [14, '59', '1900-02-28'],
    [14, '61', '1900-03-01'],
    [14, '-5', '-5'],
  ])('format %s makes %s into %s', async (format, value, expected) => {
    expect(await cell(`<c r="A1" s="0"><v>${value}</v></c>`, { formats: [format] })).toBe(expected)
  })

  test('the 1904 system begins four years later', async () => {
    expect(await cell('<c r="A1" s="0"><v>44624</v></c>', { formats: [14], workbookPr: '<workbookPr date1904="1"/>' })).toBe('2026-03-05')
  })

  test('an 18-digit code typed as a number is reported as cut', async () => {
    const { rounded } = await readAll(await rawWorkbook({ sheet: '<row r="7"><c r="B7"><v>914403001234567890</v></c><c r="C7"><v>123456789012345</v></c></row>' }))
    expect(rounded).toEqual([{ row: 7, column: 1 }])
  })
})

describe('rows and columns', () => {
  test('rows without content are left out and the others keep their number', async () => {
    const sheet = '<row r="1"><c r="A1" s="0"/></row><row r="3"><c r="C3"><v>1</v></c></row><row r="4"/><row r="5" ht="15"></row><row r="9"><c r="A9" t="str"><v> 　</v></c></row><row r="1000"><c r="A1000"><v>2</v></c></row>'
    const { rows, numbers } = await readAll(await rawWorkbook({ sheet }))
    expect(rows).toEqual([['', '', '1'], ['2']])
    expect(numbers).toEqual([3, 1000])
  })

  test('rows and cells without r follow one another', async () => {
    const sheet = '<row><c><v>1</v></c><c/><c><v>3</v></c></row><row><c r="B2"><v>4</v></c><c><v>5</v></c></row><row r="9"><c><v>6</v></c></row><row><c><v>7</v></c></row>'
    const { rows, numbers } = await readAll(await rawWorkbook({ sheet }))
    expect(rows).toEqual([['1', '', '3'], ['', '4', '5'], ['6'], ['7']])
    expect(numbers).toEqual([1, 2, 9, 10])
  })

  test('every element may carry a namespace prefix', async () => {
    const sheet = '<x:worksheet xmlns:x="m"><x:sheetData><x:row r="2"><x:c r="B2" t="s"><x:v>0</x:v></x:c><x:c r="C2" t="inlineStr"><x:is><x:t>丙</x:t></x:is></x:c></x:row></x:sheetData><x:mergeCells><x:mergeCell ref="B2:B4"/></x:mergeCells></x:worksheet>'
    const file = await rawWorkbook({ sheet, strings: '<x:sst><x:si><x:t>甲</x:t></x:si></x:sst>' })
    expect((await readAll(file)).rows).toEqual([['', '甲', '丙']])
    expect(await (await readSheet(file)).merges()).toEqual([{ top: 2, bottom: 4, left: 1, right: 1 }])
  })

  test('blank styled cells far to the right do not count as columns', async () => {
    const { rows } = await readAll(await rawWorkbook({ sheet: '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="0"/></row>' }))
    expect(rows).toEqual([['1']])
  })

  test('merged cells are given their value on request, blank rows inside stay blank', async () => {
    const sheet = `<worksheet><sheetData>
      <row r="1"><c r="A1" t="str"><v>街道</v></c><c r="B1" t="str"><v>联系人</v></c></row>
      <row r="2"><c r="A2" t="str"><v>甲街道</v></c><c r="C2"><v>1</v></c></row>
      <row r="3"><c r="C3"><v>2</v></c></row>
      <row r="5"><c r="C5"><v>3</v></c></row>
      </sheetData><mergeCells count="2"><mergeCell ref="B1:C1"/><mergeCell ref="A2:A5"/></mergeCells></worksheet>`
    const file = await rawWorkbook({ sheet })
    expect((await readAll(file)).rows[2]).toEqual(['', '', '2'])
    const { rows, numbers } = await readAll(file, { fillMerged: true })
    expect(rows).toEqual([['街道', '联系人', '联系人'], ['甲街道', '', '1'], ['甲街道', '', '2'], ['甲街道', '', '3']])
    expect(numbers).toEqual([1, 2, 3, 5])
  })
})

describe('sheets', () => {
  const two: Record<string, string> = { ...rawParts({ sheet: '<row><c><v>1</v></c></row>' }), 'xl/worksheets/sheet2.xml': '<worksheet><sheetData><row><c><v>2</v></c></row></sheetData></worksheet>' }
  two['xl/workbook.xml'] = '<workbook><sheets><sheet name="隐藏&amp;表" sheetId="1" state="hidden" r:id="rId1"/><sheet name="企业" sheetId="2" r:id="rId9"/></sheets></workbook>'
  two['xl/_rels/workbook.xml.rels'] = two['xl/_rels/workbook.xml.rels']?.replace('</Rel', '<Relationship Id="rId9" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet" Target="/xl/worksheets/Sheet2.xml"/></Rel') ?? ''

  test('the first visible one is read, another by name', async () => {
    const file = await zipOf(two)
    const opened = await readSheet(file)
    expect([opened.kind, opened.name, opened.sheets]).toEqual(['xlsx', '企业', [{ name: '隐藏&表', hidden: true }, { name: '企业', hidden: false }]])
    expect((await readAll(file)).rows).toEqual([['2']])
    expect((await readAll(file, { name: '隐藏&表' })).rows).toEqual([['1']])
    await expect(readSheet(file, { name: '没有' })).rejects.toMatchObject({ code: 'sheet.no_such_sheet', message: '文件里没有名为“没有”的工作表。' })
  })

  test('rows can be read twice and left early', async () => {
    const opened = await readSheet(await rawWorkbook({ sheet: '<row><c><v>1</v></c></row>'.repeat(40_000) }))
    const count = async (stop: boolean): Promise<number> => {
      let n = 0
      for await (const { rows } of opened.rows()) {
        n += rows.length
        if (stop) break
      }
      return n
    }
    expect(await count(true)).toBeLessThan(40_000)
    expect(await count(false)).toBe(40_000)
    expect(await count(false)).toBe(40_000)
  })
})

test('a path is read like bytes, and a file too large is refused before it is loaded', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sheet-'))
  const path = join(folder, '清单.xls')
  await writeFile(path, '名称,街道\n某厂,甲街道\n')
  expect((await readSheet(path)).kind).toBe('csv')
  await expect(readSheet(path, { limits: { compressedBytes: 10 } })).rejects.toMatchObject({ code: 'sheet.too_large', params: { size: 1, max: 0 } })
  await rm(folder, { recursive: true })
})

test('where the pieces are cut makes no difference', () => {
  const xml = `<?xml version="1.0"?><!-- c --><worksheet><sheetData><row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" t="inlineStr"><is><t>乙&amp;<![CDATA[<丙>]]></t></is></c>
    <c r="C2" s="0"><v>3.5</v></c></row><row r="3"/><row r="4"><c r="A4" t="str"><f>A&gt;B</f><v>丁&#10;</v></c><c r="B4"><v>1e3</v></c></row></sheetData></worksheet>`
  const table = '<sst><si><t>甲</t></si><si><r><t>安&lt;</t></r><r><t>格</t></r></si></sst>'
  const read = (size: number): unknown => {
    const texts = new SharedStrings(sheetLimits)
    const reader = new RowReader({ strings: texts, kinds: [], date1904: false, limits: sheetLimits })
    for (const [to, text] of [[texts, table], [reader, xml]] as const) {
      const bytes = Buffer.from(text)
      for (let at = 0; at < bytes.length; at += size) to.feed(bytes.subarray(at, at + size))
      to.end()
    }
    return reader.take()
  }
  const whole = read(1 << 20)
  expect(whole).toEqual({ rows: [['安<格', '乙&<丙>', '3.5'], ['丁\n', '1000']], numbers: [2, 4], rounded: [] })
  for (let size = 1; size < 60; size++) expect(read(size), `pieces of ${size}`).toEqual(whole)
})

test.each([true, false])('a file of exceljs with shared strings %s is read cell for cell', async (useSharedStrings) => {
  const sink = new PassThrough()
  const bytes = collect(sink)
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: sink, useSharedStrings, useStyles: true })
  const sheet = book.addWorksheet('企业')
  sheet.addRow(['企业名称', '数量', '日期', '是否', '公式']).commit()
  for (let i = 0; i < 3000; i++) sheet.addRow([`虚构${i % 700}号厂 <&>`, i / 8, new Date(Date.UTC(2026, 2, 5)), i % 2 === 0, { formula: 'A1', result: `结果${i}` }]).commit()
  await book.commit()
  const { rows } = await readAll(await bytes)
  expect(rows).toHaveLength(3001)
  for (const [i, row] of rows.slice(1).entries()) expect(row).toEqual([`虚构${i % 700}号厂 <&>`, String(i / 8), '2026-03-05', i % 2 === 0 ? 'TRUE' : 'FALSE', `结果${i}`])
})
