import { describe, expect, test } from 'vitest'
import { correctColumn, guessColumns, headingSignature, mappingOf, missingFields, recallColumns, rememberColumns } from './sheet-columns.ts'

const hints = {
  name: { zh: '企业名称', synonyms: ['单位名称', '公司名称'], required: true },
  code: { zh: '统一社会信用代码', synonyms: ['信用代码', '组织机构代码'], sample: /^[0-9A-Z]{18}$/, required: true },
  address: { zh: '地址', synonyms: ['经营地址', '详细地址'] },
  contact: { zh: '联系人', synonyms: ['联系人姓名'] },
  phone: { zh: '联系电话', synonyms: ['电话', '手机', '联系人电话'], sample: /^(1\d{10}|0\d{2,3}-?\d{7,8})$/ },
  safetyPhone: { zh: '安全负责人电话', sample: /^1\d{10}$/ },
  staff: { zh: '从业人数', synonyms: ['员工人数', '职工人数'], sample: /^\d{1,6}$/ },
}
const code = (i: number): string => `99120300MA5F00001${i}`
const guess = (headings: string[], rows: string[][] = []): ReturnType<typeof guessColumns<keyof typeof hints>> => guessColumns(headings, rows, hints)
const fieldOf = (heading: string, values: string[] = []): string | undefined => guess([heading], values.map((value) => [value]))[0]?.field

describe('one heading', () => {
  test.each<[string, string | undefined]>([
    ['企业名称', 'name'],
    ['*企业名称（必填）', 'name'],
    ['企业　名称', 'name'],
    ['单位名称', 'name'],
    ['企业全称', undefined],
    ['信用代码', 'code'],
    ['统一社会信用代码/注册号', 'code'],
    ['联系人/电话', 'phone'],
    ['安全负责人/电话', 'safetyPhone'],
    ['职工人数(人)', 'staff'],
    ['生产经营地址', 'address'],
    ['错误原因', undefined],
    ['', undefined],
    ['天气', undefined],
  ])('%s is %s', (heading, field) => {
    expect(fieldOf(heading)).toBe(field)
  })
})

describe('values', () => {
  test('tell a column whose heading says nothing, weakly', () => {
    const [, column] = guess(['企业名称', '栏目二', '备注'], [1, 2, 3, 4].map((i) => [`虚构${i}厂`, code(i), '无']))
    expect(column).toMatchObject({ field: 'code', confidence: 'weak' })
  })

  test('contradict a heading: the guess falls to weak', () => {
    const rows = [['待补'], ['无'], ['不详']]
    expect(guess(['联系电话'], rows)[0]).toMatchObject({ field: 'phone', confidence: 'weak', score: 0.5 })
    expect(guess(['联系电话'], [['13900000001']])[0]).toMatchObject({ field: 'phone', confidence: 'sure', score: 1 })
  })

  test('lift a vague heading', () => {
    expect(guess(['代码'])[0]).toMatchObject({ field: 'code', confidence: 'weak' })
    expect(guess(['代码'], [[code(1)], [code(2)]])[0]).toMatchObject({ field: 'code', confidence: 'likely' })
  })

  test('are shown: the first three that differ', () => {
    expect(guess(['地址'], [['甲路'], [''], ['甲路'], ['乙路'], ['丙路'], ['丁路']])[0]?.samples).toEqual(['甲路', '乙路', '丙路'])
  })
})

describe('a whole heading row', () => {
  const headings = ['序号', '企业名称', '信用代码', '联系人/姓名', '联系人/电话', '安全负责人/电话', '天气']
  const rows = [1, 2, 3].map((i) => [String(i), `虚构${i}厂`, code(i), '张某', `1390000000${i}`, `1380000000${i}`, '晴'])

  test('a field goes to one column and a column to one field', () => {
    expect(mappingOf(guess(headings, rows))).toEqual({ name: 1, code: 2, contact: 3, phone: 4, safetyPhone: 5 })
    expect(guess(['电话', '电话'], []).map((g) => g.field)).toEqual(['phone', undefined])
  })

  test('two columns that claim one field equally are not sure', () => {
    expect(guess(['电话', '电话'], [])[0]?.confidence).toBe('likely')
  })

  test('required fields without a column are named', () => {
    expect(missingFields(guess(['企业名称']), hints)).toEqual(['code'])
  })

  test('a person corrects: the field leaves its old column', () => {
    const corrected = correctColumn(guess(headings, rows), 5, 'phone')
    expect(mappingOf(corrected)).toEqual({ name: 1, code: 2, contact: 3, phone: 5 })
    expect(corrected[5]?.confidence).toBe('said')
    expect(mappingOf(correctColumn(corrected, 3, undefined))).not.toHaveProperty('contact')
  })

  test('a remembered mapping is put over the guesses, whatever the order of the columns', () => {
    const remembered = rememberColumns(correctColumn(correctColumn(guess(headings, rows), 6, 'address'), 3, undefined))
    const turned = [...headings].reverse()
    expect(headingSignature(turned)).toBe(headingSignature(headings))
    const recalled = recallColumns(guess(turned), JSON.parse(JSON.stringify(remembered)), hints)
    expect(mappingOf(recalled)).toEqual({ address: 0, safetyPhone: 1, phone: 2, code: 4, name: 5 })
    expect(recalled[0]?.confidence).toBe('remembered')
  })

  test('a remembered field that no longer exists is left to the guess', () => {
    expect(recallColumns(guess(['联系人']), { 联系人: 'fax', constructor: 'name' }, hints)[0]).toMatchObject({ field: 'contact', confidence: 'sure' })
  })

  test('the second 电话 keeps its own memory', () => {
    const remembered = rememberColumns(correctColumn(guess(['电话', '电话']), 1, 'safetyPhone'))
    expect(remembered).toEqual({ 电话: 'phone', '电话#2': 'safetyPhone' })
    expect(mappingOf(recallColumns(guess(['电话', '电话']), remembered, hints))).toEqual({ phone: 0, safetyPhone: 1 })
  })
})

describe('headingSignature', () => {
  const base = headingSignature(['企业名称', '联系电话'])
  test.each<[string, string[]]>([
    ['blank columns', ['', '企业名称', '', '联系电话']],
    ['blanks, width and punctuation', ['* 企业 名称：', '（联系电话）']],
    ['the error column of a returned file', ['企业名称', '联系电话', '错误原因']],
  ])('is the same with %s', (_, headings) => {
    expect(headingSignature(headings)).toBe(base)
  })
  test.each<[string, string[]]>([
    ['one column more', ['企业名称', '联系电话', '地址']],
    ['another heading', ['企业名称', '电话']],
    ['a heading twice', ['企业名称', '联系电话', '联系电话']],
  ])('differs with %s', (_, headings) => {
    expect(headingSignature(headings)).not.toBe(base)
  })
})
