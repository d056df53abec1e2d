import { describe, expect, test } from 'vitest'
import { guard, unguard } from './guard.ts'
import { readSheet } from './read.ts'
import { outcome, readAll } from './sheet-fixtures.ts'
import { collect } from './write.ts'
import { writeCsv } from './csv-write.ts'

/** 名称,街道 / 某厂,甲街道 in GBK. */
const gbk = Buffer.from('c3fbb3c62cbdd6b5c00d0ac4b3b3a72cbcd7bdd6b5c00d0a', 'hex')
const utf16 = (text: string, big: boolean): Buffer => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le')
  return big ? bytes.swap16() : bytes
}

describe('encodings', () => {
  const expected = [['名称', '街道'], ['某厂', '甲街道']]
  test.each<[string, Buffer, string]>([
    ['UTF-8', Buffer.from('名称,街道\n某厂,甲街道\n'), 'utf-8'],
    ['UTF-8 with mark', Buffer.from('\ufeff名称,街道\r\n某厂,甲街道'), 'utf-8'],
    ['GBK', gbk, 'gb18030'],
    ['UTF-16 little end first, tabs, as Excel saves Unicode text', utf16('名称\t街道\r\n某厂\t甲街道\r\n', false), 'utf-16le'],
    ['UTF-16 big end first', utf16('名称,街道\r\n某厂,甲街道\r\n', true), 'utf-16be'],
  ])('%s', async (_, bytes, encoding) => {
    const opened = await readSheet(bytes)
    expect([opened.kind, opened.encoding]).toEqual(['csv', encoding])
    expect((await readAll(bytes)).rows).toEqual(expected)
  })

  test('four-byte GB18030 characters are read', async () => {
    const bytes = Buffer.concat([gbk, Buffer.from('8139ee39', 'hex'), Buffer.from(',1\n')])
    expect((await readAll(bytes)).rows.at(-1)).toEqual(['㐀', '1'])
  })

  test.each(['utf-8', 'gbk', 'utf-16'])('a large %s file is cut between pieces without losing a character', async (encoding) => {
    const lines = 60_000
    const one = { 'utf-8': Buffer.from('名称,街道\r\n'), gbk: gbk.subarray(0, 11), 'utf-16': Buffer.from('名称,街道\r\n', 'utf16le') }[encoding] as Buffer
    const mark = Buffer.from(encoding === 'utf-16' ? 'fffe' : '', 'hex')
    const { rows, numbers } = await readAll(Buffer.concat([mark, ...Array.from({ length: lines }, () => one)]))
    expect(rows).toHaveLength(lines)
    expect(rows.every((row) => row.length === 2 && row[0] === '名称' && row[1] === '街道')).toBe(true)
    expect(numbers.at(-1)).toBe(lines)
  })
})

describe('fields', () => {
  test.each<[string, string, string[][]]>([
    ['commas', 'a,b,c\n1,2,3\n', [['a', 'b', 'c'], ['1', '2', '3']]],
    ['semicolons', 'a;b;c\n1,5;2,5;3\n', [['a', 'b', 'c'], ['1,5', '2,5', '3']]],
    ['tabs', 'a\tb\n1,2\t3\n', [['a', 'b'], ['1,2', '3']]],
    ['what the sep line says', 'sep=;\r\na;b,c\r\n', [['a', 'b,c']]],
    ['one column', '名称\n某厂\n', [['名称'], ['某厂']]],
    ['quotes', '"a ""b"" c","d,e"\n', [['a "b" c', 'd,e']]],
    ['line breaks inside quotes', '"甲\r\n乙",1\r\n2,3', [['甲\n乙', '1'], ['2', '3']]],
    ['a quote inside a bare field', 'a"b,2\n', [['a"b', '2']]],
    ['text behind a closing quote', '"a"b,2\n', [['ab', '2']]],
    ['blank ends are dropped', 'a,b,,\n,,\n1,,,\n', [['a', 'b'], ['1']]],
    ['old Mac line ends', 'a,b\r1,2\r', [['a', 'b'], ['1', '2']]],
    ['no line end at the end', 'a,b\n1,""', [['a', 'b'], ['1']]],
    ['leading zeros kept by the spreadsheet idiom', '电话,x\n="0755",1\n"=""0755""",2\n', [['电话', 'x'], ['0755', '1'], ['0755', '2']]],
  ])('%s', async (_, text, expected) => {
    expect((await readAll(Buffer.from(text))).rows).toEqual(expected)
  })

  test('numbers are those of the records, blank ones counted', async () => {
    expect((await readAll(Buffer.from('a,b\n\n"x\ny",1\n,\n2,3\n'))).numbers).toEqual([1, 3, 5])
  })

  test.each<[string, string, Parameters<typeof outcome>[1], string]>([
    ['a quote that never closes', 'a,b\n1,"2\n3,4\n', {}, 'sheet.open_quote'],
    ['a quote that swallows the file', `a,b\n"${'1,2\n'.repeat(4e6)}`, {}, 'sheet.cell_too_long'],
    ['a long field', `a,b\n${'x'.repeat(101)},2`, { limits: { cellLength: 100 } }, 'sheet.cell_too_long'],
    ['too many rows', 'a,b\n1,2\n3,4\n5,6\n', { limits: { rows: 2 } }, 'sheet.too_many_rows'],
    ['too many columns', 'a,b\n1,2,3\n', { limits: { columns: 2 } }, 'sheet.too_many_columns'],
  ])('%s is refused', async (_, text, options, code) => {
    expect(await outcome(Buffer.from(text), options)).toBe(code)
  })
})

describe('formula injection in CSV', () => {
  const dangerous = ['=1+1', '+86 755', '-5', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1+1', "'=1", "''-2", '\n=cmd']
  test.each(dangerous)('%j is written with an apostrophe and comes back the same', async (text) => {
    const bytes = await collect(writeCsv({ columns: [{ heading: '甲' }, { heading: '乙' }], rows: [[text, 'x']] }))
    expect(bytes.toString().split('\r\n')[1]).toMatch(/^"?'/)
    expect((await readAll(bytes)).rows[1]?.[0]).toBe(text.replace(/\r/g, '\n'))
  })

  test('ordinary texts and numbers are left alone', () => {
    for (const text of ['', '甲', "it's", '1-2', 'a=b', "'quoted'", '3.5']) expect([guard(text), unguard(text)]).toEqual([text, text])
    for (const text of dangerous) expect(unguard(guard(text))).toBe(text)
  })

  test('the file has a mark, CRLF, quotes where needed, 是 and 否', async () => {
    const columns = [{ heading: '名称' }, { heading: '数' }, { heading: '是否' }]
    const bytes = await collect(writeCsv({ columns, rows: [['a,"b"\n', -5, true], { cells: [null, undefined, false], marked: new Set([0]) }] }))
    expect(bytes.toString()).toBe('\ufeff名称,数,是否\r\n"a,""b""\n",-5,是\r\n,,否\r\n')
  })
})
