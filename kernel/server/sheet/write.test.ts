import ExcelJS from 'exceljs'
import { describe, expect, test } from 'vitest'
import { serialOf } from './cell-xml.ts'
import { readSheet } from './read.ts'
import { readAll } from './sheet-fixtures.ts'
import type { SheetColumn, SheetRow } from './sheet-xml.ts'
import { collect, writeXlsx } from './write.ts'
import { sheetLimits } from './limits.ts'
import { ZipParts } from './zip-read.ts'

const write = (columns: SheetColumn[], rows: SheetRow[], title?: string[]): Promise<Buffer> => collect(writeXlsx({ sheets: [{ name: '企业', columns, rows, ...(title ? { title } : {}) }] }))
const open = async (bytes: Buffer): Promise<ExcelJS.Workbook> => {
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(bytes as unknown as ExcelJS.Buffer)
  return book
}
const sheetOf = (book: ExcelJS.Workbook): ExcelJS.Worksheet => book.worksheets[0] as ExcelJS.Worksheet
const partOf = (bytes: Buffer, name: string): Promise<string> => new ZipParts(bytes, sheetLimits).text(name)

describe('a written workbook, as exceljs reads it', () => {
  test('a code of 18 digits and a telephone number are texts in text cells', async () => {
    const sheet = sheetOf(await open(await write([{ heading: '代码' }, { heading: '电话' }], [['991203001234567890', '013900000000']])))
    expect([sheet.getCell('A2').value, sheet.getCell('A2').numFmt, sheet.getCell('A2').type]).toEqual(['991203001234567890', '@', ExcelJS.ValueType.String])
    expect(sheet.getCell('B2').value).toBe('013900000000')
    expect(sheet.getColumn(1).numFmt, 'blank cells below too').toBe('@')
  })

  test('a number beyond 15 digits is written as text, others as numbers', async () => {
    const sheet = sheetOf(await open(await write([{ heading: '数', kind: 'number' }], [[991203001234567800], [12.5], [0], ['暂无'], [Number.NaN]])))
    expect([2, 3, 4, 5, 6].map((r) => sheet.getCell(`A${r}`).value)).toEqual(['991203001234567800', 12.5, 0, '暂无', 'NaN'])
  })

  test('dates are dates, and what is no date stays text', async () => {
    const columns: SheetColumn[] = [{ heading: '日期', kind: 'date' }, { heading: '时间', kind: 'datetime' }]
    const sheet = sheetOf(await open(await write(columns, [['2026-03-05', '2026-03-05T08:30'], ['待定', '2026-02-30 08:00']])))
    expect(sheet.getCell('A2').value).toEqual(new Date('2026-03-05T00:00:00Z'))
    expect(sheet.getCell('B2').value).toEqual(new Date('2026-03-05T08:30:00Z'))
    expect([sheet.getCell('A3').value, sheet.getCell('B3').value]).toEqual(['待定', '2026-02-30 08:00'])
  })

  test('the heading is bold and frozen, required ones and errors are red, marked cells are filled', async () => {
    const columns: SheetColumn[] = [{ heading: '企业名称', required: true }, { heading: '地址', width: 33 }, { heading: '错误原因', error: true }]
    const sheet = sheetOf(await open(await write(columns, [{ cells: ['某厂', '某路', '地址不全'], marked: new Set([1]) }], ['企业底数清单', '截至2026年3月5日'])))
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 3 })
    expect([sheet.getCell('A1').value, sheet.getCell('A3').value, sheet.getCell('A4').value]).toEqual(['企业底数清单', '企业名称', '某厂'])
    expect(sheet.getCell('C1').isMerged).toBe(true)
    expect([sheet.getCell('B3').font.bold, sheet.getCell('B3').font.color]).toEqual([true, undefined])
    expect(sheet.getCell('A3').font.color).toEqual({ argb: 'FFC00000' })
    expect(sheet.getCell('C4').font.color).toEqual({ argb: 'FFC00000' })
    expect(sheet.getCell('B4').fill).toMatchObject({ fgColor: { argb: 'FFFDE7E6' } })
    expect(sheet.getCell('A4').fill).toEqual({ type: 'pattern', pattern: 'none' })
    expect(sheet.getColumn(2).width).toBe(33)
    expect(sheet.pageSetup).toMatchObject({ printTitlesRow: '1:3', orientation: 'landscape', paperSize: 9 })
  })

  test('drop-downs: a short list stands in the rule, a long one and one with commas on a hidden sheet, each once', async () => {
    const long = Array.from({ length: 111 }, (_, i) => `虚构社区${i}`)
    const columns: SheetColumn[] = [{ heading: '状态', choices: ['在营', '停业'] }, { heading: '社区', choices: long }, { heading: '原社区', choices: [...long] }, { heading: '含逗号', choices: ['甲,乙', '丙'] }]
    const book = await open(await write(columns, [['在营', '虚构社区1', '', '']]))
    const rule = (ref: string): unknown => sheetOf(book).getCell(ref).dataValidation?.formulae?.[0]
    expect([rule('A2'), rule('B2'), rule('C900'), rule('D2')]).toEqual(['"在营,停业"', "'_选项'!$A$1:$A$111", "'_选项'!$A$1:$A$111", "'_选项'!$B$1:$B$2"])
    const lists = book.getWorksheet('_选项')
    expect([lists?.state, lists?.getCell('A111').value, lists?.getCell('B1').value]).toEqual(['hidden', '虚构社区110', '甲,乙'])
  })

  test('notes are a last sheet, names are made fit for Excel', async () => {
    const one = { columns: [{ heading: '甲' }], rows: [] }
    const bytes = await collect(writeXlsx({ sheets: [{ name: '企业/园区:2026[3]?', ...one }, { name: '企业 园区 2026 3', ...one }, { name: '长'.repeat(40), ...one }, { name: '长'.repeat(40), ...one }], notes: { lines: ['填写说明', '一、名称按营业执照'] } }))
    const names = (await open(bytes)).worksheets.map((sheet) => sheet.name)
    expect(names).toEqual(['企业 园区 2026 3', '企业 园区 2026 3(2)', '长'.repeat(31), `${'长'.repeat(28)}(2)`, '填写说明'])
  })
})

describe('formula injection in xlsx', () => {
  test.each(['=1+1', '=HYPERLINK("http://x","点我")', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', "=cmd|' /C calc'!A0"])('%j is a text, never a formula', async (text) => {
    const bytes = await write([{ heading: '甲' }, { heading: '=heading', choices: ['=x', 'y'] }], [[text, text]], [text])
    const xml = await partOf(bytes, 'xl/worksheets/sheet1.xml')
    expect(xml).not.toMatch(/<f[ >]/)
    const cell = sheetOf(await open(bytes)).getCell('A3')
    expect(cell.type).toBe(ExcelJS.ValueType.String)
    expect((await readAll(bytes)).rows[2]?.[0]).toBe(text.replace('\r', '\n'))
  })

  test('it stays a text when a person edits the cell (quotePrefix)', async () => {
    const bytes = await write([{ heading: '甲' }], [['=1+1'], ['甲']])
    const styles = [...(await partOf(bytes, 'xl/styles.xml')).split('<cellXfs')[1]?.matchAll(/<xf [^>]*>/g) ?? []].map(([xf]) => xf)
    const used = [...(await partOf(bytes, 'xl/worksheets/sheet1.xml')).matchAll(/<c r="A[23]" s="(\d+)"/g)].map((m) => styles[Number(m[1])])
    expect(used[0]).toContain('quotePrefix="1"')
    expect(used[1]).not.toContain('quotePrefix')
  })
})

test('texts survive a round trip, whatever is in them', async () => {
  const texts = ['<b>&amp;</b>', ' 前后有空 ', '两\n行', '制\t表', '_x0041_', 'a_x000D_b', '\u0001\u001f', '😀𠮷', 'ﬁ', '"引号"', ']]>', '2026-03-05', '007', '1E5', 'TRUE']
  const bytes = await write([{ heading: '甲' }, { heading: '乙' }], texts.map((text, i) => [text, String(i)]))
  expect((await readAll(bytes)).rows.slice(1).map((row) => row[0])).toEqual(texts)
  const sheet = sheetOf(await open(bytes))
  expect([2, 3, 4, 9].map((r) => sheet.getCell(`A${r}`).value), 'exceljs agrees').toEqual([texts[0], texts[1], texts[2], texts[7]])
})

test('a text beyond 32,767 characters is cut and says so', async () => {
  const cell = (await readAll(await write([{ heading: '甲' }], [['长'.repeat(40_000)]]))).rows[1]?.[0] ?? ''
  expect(cell).toHaveLength(32_767)
  expect(cell).toMatch(/长……（已截断）$/)
})

test('rows are asked for as they are needed, and an error of theirs comes out', async () => {
  let asked = 0
  async function* rows(): AsyncGenerator<SheetRow> {
    for (; asked < 100_000; asked++) yield [`第${asked}行`.repeat(20)]
  }
  for await (const _ of writeXlsx({ sheets: [{ name: '甲', columns: [{ heading: '甲' }], rows: rows() }] })) if (asked > 0) break
  expect(asked).toBeLessThan(60_000)
  async function* broken(): AsyncGenerator<SheetRow> {
    yield ['1']
    throw new Error('the query failed')
  }
  await expect(collect(writeXlsx({ sheets: [{ name: '甲', columns: [{ heading: '甲' }], rows: broken() }] }))).rejects.toThrow('the query failed')
})

test('the same rows give the same bytes', async () => {
  const once = (): Promise<Buffer> => write([{ heading: '甲' }], [['1'], ['2']])
  expect(await once()).toEqual(await once())
})

test.each([
  ['2026-03-05', 46086],
  ['1900-03-01', 61],
  ['2026-03-05 06:00:00', 46086.25],
  ['1900-02-28', undefined],
  ['2025-02-29', undefined],
  ['2026-03-05T25:00', undefined],
  ['2026年3月5日', undefined],
])('%s is serial day %s', (text, serial) => {
  expect(serialOf(text)).toBe(serial)
})

test('what is read from a written file has its sheet names', async () => {
  const bytes = await collect(writeXlsx({ sheets: [{ name: '企业', columns: [{ heading: '甲', choices: ['a,b'] }], rows: [] }], notes: { lines: ['说明'] } }))
  expect((await readSheet(bytes)).sheets).toEqual([{ name: '企业', hidden: false }, { name: '填写说明', hidden: false }, { name: '_选项', hidden: true }])
})
