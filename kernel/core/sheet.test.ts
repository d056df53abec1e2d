import { describe, expect, test } from 'vitest'
import { findHead, headingKey, headingText, rowRole } from './sheet.ts'

const data = [
  ['1', '虚构甲五金厂', '99120300MA5F000019', '甲街道', '张某', '13900000001'],
  ['2', '虚构乙塑胶厂', '99120300MA5F000027', '乙街道', '李某', '13900000002'],
  ['3', '虚构丙电子厂', '99120300MA5F000035', '甲街道', '王某', '13900000003'],
]
const plain = ['序号', '企业名称', '统一社会信用代码', '所属街道', '联系人', '电话']

describe('findHead 找表头', () => {
  test.each<[string, string[][], { first: number; depth: number; dataFrom: number; headings: string[] }]>([
    ['in the first row', [plain, ...data], { first: 0, depth: 1, dataFrom: 1, headings: plain }],
    ['below a title', [['企业底数清单'], plain, ...data], { first: 1, depth: 1, dataFrom: 2, headings: plain }],
    ['below a title that was merged and filled', [plain.map(() => '企业底数清单'), plain, ...data], { first: 1, depth: 1, dataFrom: 2, headings: plain }],
    [
      'below a title, a filling unit and a date',
      [['附件2'], ['', '企业底数清单'], ['填报单位：甲街道', '', '', '填报日期：2026-03-05', '', '单位：家'], plain, ...data],
      { first: 3, depth: 1, dataFrom: 4, headings: plain },
    ],
    [
      'with blank columns between and at the left',
      [['', '企业名称', '', '地址'], ['', '虚构甲五金厂', '', '某路1号'], ['', '虚构乙塑胶厂', '', '某路2号']],
      { first: 0, depth: 1, dataFrom: 1, headings: ['', '企业名称', '', '地址'] },
    ],
    [
      'two levels, as merged cells are stored',
      [['序号', '企业名称', '联系人', '', '安全负责人', ''], ['', '', '姓名', '电话', '姓名', '电话'], ['1', '虚构甲五金厂', '张某', '13900000001', '李某', '13900000002']],
      { first: 0, depth: 2, dataFrom: 2, headings: ['序号', '企业名称', '联系人/姓名', '联系人/电话', '安全负责人/姓名', '安全负责人/电话'] },
    ],
    [
      'two levels, with merged cells filled',
      [['清单', '清单', '清单', '清单'], ['序号', '企业名称', '联系人', '联系人'], ['序号', '企业名称', '姓名', '电话'], ['1', '虚构甲五金厂', '张某', '13900000001']],
      { first: 1, depth: 2, dataFrom: 3, headings: ['序号', '企业名称', '联系人/姓名', '联系人/电话'] },
    ],
    [
      'two levels where every upper cell stands over two',
      [['企业', '', '联系人', ''], ['名称', '代码', '姓名', '电话'], ['虚构甲五金厂', '99120300MA5F000019', '张某', '13900000001'], ['虚构乙塑胶厂', '99120300MA5F000027', '李某', '13900000002']],
      { first: 0, depth: 2, dataFrom: 2, headings: ['企业/名称', '企业/代码', '联系人/姓名', '联系人/电话'] },
    ],
    [
      'three levels and a row of column numbers',
      [['街道', '隐患', '', '', ''], ['', '一般', '', '重大', ''], ['', '排查', '整改', '排查', '整改'], ['甲', '1', '2', '3', '4'], ['甲街道', '20', '18', '1', '0'], ['乙街道', '12', '11', '2', '2']],
      { first: 0, depth: 3, dataFrom: 4, headings: ['街道', '隐患/一般/排查', '隐患/一般/整改', '隐患/重大/排查', '隐患/重大/整改'] },
    ],
    [
      'a gap in the heading over filled data is not a second level',
      [['企业名称', '', '地址'], ['虚构甲五金厂', '注销', '某路一段'], ['虚构乙塑胶厂', '在营', '某路二段']],
      { first: 0, depth: 1, dataFrom: 1, headings: ['企业名称', '', '地址'] },
    ],
    ['line breaks and blanks inside headings', [['企业\n名称', ' 联 系 人', 'PM 2.5'], ['虚构甲五金厂', '张某', '12']], { first: 0, depth: 1, dataFrom: 1, headings: ['企业名称', '联系人', 'PM 2.5'] }],
    ['months as headings', [['街道', '1月', '2月'], ['甲街道', '12', '15']], { first: 0, depth: 1, dataFrom: 1, headings: ['街道', '1月', '2月'] }],
    ['one column', [['企业名称'], ['虚构甲五金厂'], ['虚构乙塑胶厂']], { first: 0, depth: 1, dataFrom: 1, headings: ['企业名称'] }],
    ['words only, where the data look like headings too', [['企业', '街道', '状态'], ['虚构甲', '甲街道', '在营'], ['虚构乙', '乙街道', '停业']], { first: 0, depth: 1, dataFrom: 1, headings: ['企业', '街道', '状态'] }],
  ])('%s', (_, rows, expected) => {
    expect(findHead(rows)).toEqual(expected)
  })

  test('known names outweigh the place: a wordy row above is not taken', () => {
    const rows = [['一季度', '甲街道', '应急办', '汇总'], ['企业名称', '信用代码', '地址', '电话'], ['虚构甲五金厂', '99120300MA5F000019', '某路', '13900000001']]
    expect(findHead(rows, ['企业名称', '地址', '电话'])?.first).toBe(1)
  })

  test.each([
    ['no rows', []],
    ['blank rows', [['', ' '], []]],
    ['numbers only', [['1', '2'], ['3', '4']]],
  ])('%s have no heading', (_, rows) => {
    expect(findHead(rows)).toBeUndefined()
  })
})

describe('rowRole 行的角色', () => {
  const head = { headings: plain }
  test.each<[string, string[], ReturnType<typeof rowRole>]>([
    ['an enterprise', data[0] ?? [], 'data'],
    ['合计 with figures', ['', '合 计', '', '', '', '28,000'], 'total'],
    ['总计 in front', ['总计', '', '', '', '30', '12.5%'], 'total'],
    ['小计 behind a street', ['甲街道', '小计', '', '', '', '30'], 'total'],
    ['合计 filled over merged cells', ['合计', '合计', '合计', '3', '4'], 'total'],
    ['an enterprise whose street is called 合计 by mistake', ['1', '合计', '99120300MA5F000019', '甲街道', '张某', '1'], 'data'],
    ['a note', ['注：本表由街道填报'], 'note'],
    ['signatures', ['填表人：张某', '', '审核人：李某', '', '填报日期：2026-03-05'], 'note'],
    ['an enterprise named like a note', ['1', '说明：科技公司', '99120300MA5F000019', '甲街道', '张某', '13900000001'], 'data'],
    ['the heading again on page two', plain, 'repeat'],
    ['the example of a template', ['示例', '某某公司', '99…', '甲街道', '张某', '139…'], 'example'],
    ['column numbers', ['1', '2', '3', '4', '5', '6'], 'numbering'],
    ['column numbers with letters', ['甲', '乙', '1', '2', '3'], 'numbering'],
    ['figures that are not in sequence', ['1', '3', '2'], 'data'],
    ['nothing', ['', ' ', '　'], 'blank'],
  ])('%s', (_, row, role) => {
    expect(rowRole(row, head)).toBe(role)
  })

  test('the lower level of a joined heading repeats too', () => {
    expect(rowRole(['', '', '姓名', '电话'], { headings: ['序号', '企业名称', '联系人/姓名', '联系人/电话'] })).toBe('repeat')
  })
})

test('a heading is shown without line breaks and compared without width, case and punctuation', () => {
  expect(headingText(' 企业\r\n名称 （全称） ')).toBe('企业名称（全称）')
  expect(headingKey('＊统一社会信用代码（ＵＳＣＣ）：')).toBe(headingKey('统一社会信用代码(uscc)'))
})
