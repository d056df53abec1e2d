import ExcelJS from 'exceljs'
import { describe, expect, test } from 'vitest'
import { mappingOf } from '../../core/sheet-columns.ts'
import { badRows } from './annotate.ts'
import type { RowErrors } from './annotate.ts'
import { writeCsv } from './csv-write.ts'
import { openTable } from './head.ts'
import type { SheetTable, TableBatch } from './head.ts'
import { readSheet } from './read.ts'
import { collect, writeXlsx } from './write.ts'

const hints = {
  street: { zh: '所属街道', synonyms: ['街道'] },
  name: { zh: '企业名称', required: true },
  code: { zh: '统一社会信用代码', sample: /^[0-9A-Z]{18}$/ },
  contact: { zh: '联系人姓名' },
  phone: { zh: '联系人电话', sample: /^1\d{10}$/ },
}

/** A list as a street office keeps it: title, unit, two-level heading, merged street, repeated heading, totals, signatures. */
async function messy(): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('底数')
  sheet.getCell('A1').value = '2026年企业底数清单'
  sheet.mergeCells('A1:E1')
  sheet.getCell('A2').value = '填报单位：甲街道'
  sheet.getRow(4).values = ['街道', '企业名称', '统一社会信用代码', '联系人', '联系人']
  sheet.getRow(5).values = ['', '', '', '姓名', '电话']
  for (const range of ['A4:A5', 'B4:B5', 'C4:C5', 'D4:E4']) sheet.mergeCells(range)
  sheet.getRow(6).values = ['甲街道', '虚构一厂', '99120300MA5F000011', '张某', '13900000001']
  sheet.getRow(7).values = ['', '=虚构二厂', '99120300MA5F00002', '李某', '139']
  sheet.mergeCells('A6:A7')
  sheet.getRow(8).values = ['', '小计', 2]
  sheet.getRow(9).values = ['街道', '企业名称', '统一社会信用代码', '姓名', '电话']
  sheet.getRow(12).values = ['乙街道', '虚构三厂', '99120300MA5F000038', '王某', '13900000003']
  sheet.getRow(13).values = ['合计', '', 3]
  sheet.getRow(14).values = ['填表人：赵某', '', '审核人：周某']
  return Buffer.from(await book.xlsx.writeBuffer())
}

async function all<F extends string>(table: SheetTable<F>): Promise<TableBatch> {
  const sum: TableBatch = { rows: [], numbers: [], rounded: [], skipped: [] }
  for await (const batch of table.rows()) {
    sum.rows.push(...batch.rows)
    sum.numbers.push(...batch.numbers)
    sum.skipped.push(...batch.skipped)
  }
  return sum
}

describe('a messy sheet', () => {
  test.each([true, false])('its heading, columns and data rows are found (merged cells filled: %s)', async (fillMerged) => {
    const table = await openTable(await readSheet(await messy(), { fillMerged }), hints)
    expect(table.headings).toEqual(['街道', '企业名称', '统一社会信用代码', '联系人/姓名', '联系人/电话'])
    expect(table.headingRows).toEqual({ first: 4, last: 5 })
    expect(mappingOf(table.guesses)).toEqual({ street: 0, name: 1, code: 2, contact: 3, phone: 4 })
    const { rows, numbers, skipped } = await all(table)
    expect(numbers).toEqual([6, 7, 12])
    expect(rows.map((row) => row[0])).toEqual(['甲街道', fillMerged ? '甲街道' : '', '乙街道'])
    expect(skipped.map(({ number, role }) => `${number} ${role}`)).toEqual(['8 total', '9 repeat', '13 total', '14 note'])
    expect(table.preview.map((row) => row.number)).toEqual([6, 7, 12])
  })

  test.each([
    ['nothing but blanks', ' ,\n,\n', 'sheet.empty'],
    ['figures without heading', '1,2\n3,4\n', 'sheet.no_heading'],
  ])('%s is refused', async (_, text, code) => {
    await expect(openTable(await readSheet(Buffer.from(text)), hints)).rejects.toMatchObject({ code })
  })
})

describe('the rows that come back', () => {
  const errors: RowErrors = new Map([
    [7, [{ message: '统一社会信用代码应为18位', column: 2 }, { message: '电话应为11位', column: 4 }, { message: '电话应为11位' }]],
    [12, []],
  ])

  test('have the same columns and a red last one with the reasons; only the bad ones; wrong cells are filled', async () => {
    const table = await openTable(await readSheet(await messy(), { fillMerged: true }), hints)
    const bytes = await collect(writeXlsx({ sheets: [badRows(table, errors, { 0: { choices: ['甲街道', '乙街道'] } })] }))
    const book = new ExcelJS.Workbook()
    await book.xlsx.load(bytes as unknown as ExcelJS.Buffer)
    const sheet = book.worksheets[0] as ExcelJS.Worksheet
    expect([sheet.name, sheet.rowCount]).toEqual(['底数', 2])
    expect(sheet.getRow(1).values).toEqual([undefined, '街道', '企业名称', '统一社会信用代码', '联系人/姓名', '联系人/电话', '错误原因'])
    expect(sheet.getRow(2).values).toEqual([undefined, '甲街道', '=虚构二厂', '99120300MA5F00002', '李某', '139', '统一社会信用代码应为18位；电话应为11位'])
    expect(sheet.getCell('F2').font.color).toEqual({ argb: 'FFC00000' })
    const filled = ['A2', 'B2', 'C2', 'D2', 'E2'].filter((ref) => sheet.getCell(ref).fill.type === 'pattern' && (sheet.getCell(ref).fill as ExcelJS.FillPattern).pattern === 'solid')
    expect(filled).toEqual(['C2', 'E2'])
    expect(sheet.getCell('A2').dataValidation.formulae).toEqual(['"甲街道,乙街道"'])
  })

  test.each(['xlsx', 'csv'])('put right, they are read with the same mapping, and come back once more without a second error column (%s)', async (format) => {
    const write = (spec: ReturnType<typeof badRows>): Promise<Buffer> => collect(format === 'csv' ? writeCsv(spec) : writeXlsx({ sheets: [spec] }))
    const first = await openTable(await readSheet(await messy(), { fillMerged: true }), hints)
    const second = await openTable(await readSheet(await write(badRows(first, errors))), hints)
    expect(second.signature).toBe(first.signature)
    expect(mappingOf(second.guesses)).toEqual(mappingOf(first.guesses))
    expect((await all(second)).rows[0]?.slice(0, 2)).toEqual(['甲街道', '=虚构二厂'])
    const third = await openTable(await readSheet(await write(badRows(second, new Map([[2, [{ message: '仍不对' }]]])))), hints)
    expect(third.headings).toEqual([...first.headings, '错误原因'])
    expect((await all(third)).rows).toEqual([['甲街道', '=虚构二厂', '99120300MA5F00002', '李某', '139', '仍不对']])
  })
})
