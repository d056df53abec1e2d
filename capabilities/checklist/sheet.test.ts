import { describe, expect, it } from 'vitest'
import { criteria } from './criteria.ts'
import { importItems, rowsToCorrect } from './sheet.ts'
import { refusalText } from './zh.ts'

const clauseIds = criteria.clauses.map((c) => c.id)
const headings = ['编号', '类别', '检查内容', '判定方法', '严重度', '依据', '天', '默认整改要求', '隐患分类', '分值']
const good = ['ZX-01', '消防应急', '出口畅通', '走一遍', '立即停用', '安法§42;消法§28', '0', '立即清障', '', '']
const change = (column: string, value: string) => good.map((cell, i) => (headings[i] === column ? value : cell))
const load = (...rows: string[][]) => importItems([headings, ...rows], clauseIds)

describe('从表格导入检查项', () => {
  it('好行进库, 各栏读成结构', () => {
    expect(load(good)).toEqual({
      errors: [],
      items: [{
        code: 'ZX-01', category: '消防应急', content: '出口畅通', method: '走一遍', severity: 'STOP_USE', majorClauseIds: [], defaultDays: 0, defaultRequirement: '立即清障',
        legalBasis: [{ law: '安法', article: '42', text: '安法§42' }, { law: '消法', article: '28', text: '消法§28' }], evidence: 'PHOTO', hazardCategory: 'JC-09',
      }],
    })
  })

  it.each<[string, string, string, string]>([
    ['内容空', '检查内容', ' ', '不能为空'],
    ['严重度看不懂', '严重度', '很严重', '“很严重”看不懂，例：一般、立即停用→重大(GM-11-7)、重大(GM-13-2)'],
    ['条款不存在', '严重度', '一般→重大(GM-99-1)', 'ZX-01 引用的判定条款 GM-99-1 不在判定标准库，或者不能单独引用'],
    ['重大没有条款', '严重度', '重大', 'ZX-01 标为“重大”，须写明判定条款'],
    ['天数超过 30', '天', '31', '“31”应为 0 到 30 的整数（0=立即）'],
    ['天数不是整数', '天', '三天', '“三天”应为 0 到 30 的整数（0=立即）'],
    ['条号看不懂', '依据', '安法§四二', '看不懂的条号：§四二，例：安法§36;10号令§11(3);GB 50054'],
    ['隐患分类不在字典', '隐患分类', '天气', '隐患分类“天气”不在字典中'],
    ['分值看不懂', '分值', '三分', '“三分”应为 1 到 20 的整数，加分项写作“加分5”'],
    ['编号格式不对', '编号', '第一项', '“第一项”太长或者格式不对'],
  ])('坏行退回并说明原因: %s', (_name, column, value, text) => {
    const { items, errors } = load(change(column, value))
    expect([items, errors.map((e) => [e.row, refusalText(e)])]).toEqual([[], [[2, text]]])
  })

  it('坏行不影响好行, 一行的几处错一次说完, 行号与表格一致, 空行跳过', () => {
    const { items, errors } = load(good, ['', '', ' ', '', '', '', '', '', '', ''], change('编号', 'ZX-02').map((c, i) => (i === 4 ? '高' : i === 6 ? '99' : c)), change('编号', 'ZX-03'))
    expect(items.map((i) => i.code)).toEqual(['ZX-01', 'ZX-03'])
    expect(errors.map((e) => [e.row, e.heading])).toEqual([[4, '严重度'], [4, '默认整改天数']])
  })

  it('编号重复的是后一行错', () => {
    const { items, errors } = load(good, change('检查内容', '另一项'))
    expect(items).toHaveLength(1)
    expect(errors.map((e) => [e.row, refusalText(e)])).toEqual([[3, '编号 ZX-01 重复']])
  })

  it('前一行有别的错, 编号重复仍要指出', () => {
    expect(load(change('天', '99'), good).errors.map((e) => [e.row, e.code])).toEqual([[2, 'checklist.cell_days'], [3, 'checklist.item_code_twice']])
  })

  it('缺列时整表退回, 指出缺哪些', () => {
    const { items, errors } = importItems([['编号', '检查内容'], ['ZX-01', 'x']], clauseIds)
    expect([items, errors.map(refusalText)]).toEqual([[], ['缺少列“类别”', '缺少列“判定方法”', '缺少列“严重度”', '缺少列“默认整改天数”', '缺少列“默认整改要求”']])
  })

  it('列的次序、别名、全角、带星号都认, 多余的列不管', () => {
    const rows = [['备注', '＊整改要求', '检查事项', '编 号', '类别', '检查方法', '等级', '法律依据', '整改天数'], ['x', '清障', '出口畅通', 'zx-01', '消防', '看', '一般', '《消防法》第二十八条', '立即']]
    const { items, errors } = importItems(rows, clauseIds)
    expect(errors).toEqual([])
    expect(items[0]).toMatchObject({ code: 'ZX-01', content: '出口畅通', defaultRequirement: '清障', defaultDays: 0, legalBasis: [{ law: '消法', article: '28' }] })
  })

  it('表头上面有标题和填表说明也能导入, 行号仍与表格一致', () => {
    const rows = [['安全检查表'], ['填表单位：', '', '2026年'], headings, good, change('编号', 'ZX-02').map((c, i) => (i === 6 ? '99' : c))]
    const { items, errors } = importItems(rows, clauseIds)
    expect([items.map((i) => i.code), errors.map((e) => e.row)]).toEqual([['ZX-01'], [5]])
    expect(rowsToCorrect(rows, errors).map((r) => r[0])).toEqual(['编号', 'ZX-02'])
  })

  it('空表不出错', () => expect(importItems([headings], clauseIds)).toEqual({ items: [], errors: [] }))

  it('退回的表: 原来的列加一列“错误原因”, 改好可以直接再导入', () => {
    const rows = [headings, good, change('编号', 'ZX-02').map((c, i) => (i === 6 ? '99' : c))]
    const back = rowsToCorrect(rows, importItems(rows, clauseIds).errors)
    expect(back.map((r) => [r[0], r.at(-1)])).toEqual([['编号', '错误原因'], ['ZX-02', '默认整改天数：“99”应为 0 到 30 的整数（0=立即）']])
    expect(rowsToCorrect(back, importItems(back, clauseIds).errors)[0]).toHaveLength(headings.length + 1)
    const corrected = back.map((r, n) => (n === 1 ? r.map((c) => (c === '99' ? '7' : c)) : r))
    expect(importItems(corrected, clauseIds)).toMatchObject({ errors: [], items: [{ code: 'ZX-02', defaultDays: 7 }] })
  })
})
