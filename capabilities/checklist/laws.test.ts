import { describe, expect, it } from 'vitest'
import { zhNumeral } from '../../kernel/core/zh-number.ts'
import { articleText, basisText, cite, readBasis, readZhNumber } from './laws.ts'

describe('条号', () => {
  it('1–999 写出再读回不变', () => {
    for (let n = 1; n < 1000; n++) expect(readZhNumber(zhNumeral(n))).toBe(n)
  })

  it.each(['', '百', '一千', '甲'])('“%s”不是条号', (text) => expect(readZhNumber(text)).toBeNull())

  it.each([['36', '第三十六条'], ['10', '第十条'], ['105', '第一百零五条'], ['112(10)', '第一百一十二条第（十）项'], ['11(7)', '第十一条第（七）项'], ['134之一', '第一百三十四条之一']])('%s → %s', (article, text) => expect(articleText(article)).toBe(text))
})

describe('依据栏', () => {
  it.each<[string, [string, string | null][]]>([
    ['安法§42,§105', [['安法', '42'], ['安法', '105']]],
    ['10号令§11(3),§14', [['10号令', '11(3)'], ['10号令', '14']]],
    ['安法§36;刑法§134之一', [['安法', '36'], ['刑法', '134之一']]],
    ['安法§36；GB 5083；GB/T 8196', [['安法', '36'], ['GB 5083', null], ['GB/T 8196', null]]],
    ['《中华人民共和国安全生产法》第三十六条', [['安法', '36']]],
    ['《刑法》第一百三十四条之一', [['刑法', '134之一']]],
    ['《工贸企业重大事故隐患判定标准》第十一条第（七）项', [['10号令', '11(7)']]],
    ['安全生产法第36条、第42条', [['安法', '36'], ['安法', '42']]],
    ['某市消防条例§5', [['某市消防条例', '5']]],
    ['地方条例', [['地方条例', null]]],
    ['', []],
  ])('“%s”', (cell, expected) => {
    const { basis, unread } = readBasis(cell)
    expect([basis.map((b) => [b.law, b.article]), unread]).toEqual([expected, []])
  })

  it.each([['§36', ['§36']], ['安法§三六x', ['§三六x']], ['安法§36,附则', ['附则']]])('读不懂的“%s”要指出', (cell, unread) => expect(readBasis(cell).unread).toEqual(unread))

  it('写回短写再读, 不变', () => {
    const cell = '安法§42,§105;GB 50054;10号令§11(3),§14;GB/T 8196'
    expect(basisText(readBasis(cell).basis)).toBe(cell)
  })

  it.each([
    ['安法§36', '《中华人民共和国安全生产法》第三十六条'],
    ['10号令§11(7)', '《工贸企业重大事故隐患判定标准》第十一条第（七）项'],
    ['GB 50054', 'GB 50054'],
    ['某市消防条例§5', '某市消防条例第五条'],
  ])('文书上 %s 写作 %s', (cell, text) => expect(readBasis(cell).basis.map(cite)).toEqual([text]))
})
