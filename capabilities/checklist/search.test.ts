import { describe, expect, it } from 'vitest'
import { criteria } from './criteria.ts'
import { candidates } from './grading.ts'
import { shippedChecklist } from './library.ts'
import { suggestClauses, suggestItems } from './search.ts'

const best = (words: string, list: string) => suggestItems(words, shippedChecklist(list).items).map((h) => h.found.code)

describe('写几个字, 推荐检查项', () => {
  it.each<[string, string, string]>([
    ['煤气罐放在卧室', 'JX', 'JX-20'],
    ['软管老化漏气', 'JX', 'JX-22'],
    ['电瓶车在楼道充电', 'JX', 'JX-29'],
    ['阁楼住人', 'JX', 'JX-04'],
    ['插线板串接', 'JX', 'JX-14'],
    ['灭火器压力不足', 'JX', 'JX-25'],
    ['冲床没有双手按钮', 'YC', 'YC-12'],
    ['车间门锁着', 'YC', 'YC-07'],
    ['铝粉打磨除尘', 'YC', 'YC-24'],
    ['梁上积尘', 'YC', 'YC-26'],
    ['电焊没人监护', 'YC', 'YC-35'],
    ['配电箱没有门', 'YC', 'YC-19'],
    ['特种作业无证', 'FG', 'FG-10'],
    ['下井没有检测', 'FG', 'FG-24'],
    ['预案没演练', 'FG', 'FG-36'],
    ['三合一', 'JX', 'JX-04'],
    ['拖线板', 'JX', 'JX-14'],
    ['天那水', 'YC', 'YC-33'],
  ])('“%s”', (words, list, code) => expect(best(words, list)[0]).toBe(code))

  it('最多三项, 分数不升', () => {
    const hits = suggestItems('消防通道堵塞，灭火器过期', shippedChecklist('JX').items)
    expect(hits).toHaveLength(3)
    expect(hits.map((h) => h.score)).toEqual([...hits.map((h) => h.score)].sort((a, b) => b - a))
  })

  it('什么也对不上时不硬凑', () => {
    expect(best('', 'JX')).toEqual([])
    expect(best('！？', 'JX')).toEqual([])
    expect(best('xyzzy', 'JX')).toEqual([])
  })

  it('套话多也不被带偏: 到处都有的字不算数', () => {
    expect(best('现场检查发现设备安全措施立即停止砂轮', 'YC')).toContain('YC-16')
  })

  it('一个字也能找', () => expect(best('灯', 'JX')).toContain('JX-09'))

  it('全角、空格、标点不影响', () => expect(best(' 灭 火 器 ', 'JX').length > 0 && best('“灭火器”，压力', 'JX')[0]).toBe('JX-25'))
})

describe('写几个字, 推荐判定条款', () => {
  it.each([
    ['锁气卸灰', 'GM-11-6'], ['快速冻结 人数', 'GM-12-2'], ['有限空间 监护', 'GM-13-2'], ['故障电池', 'GM-8-7'], ['深井铸造', 'GM-5-6'],
  ])('“%s” → %s', (words, id) => expect(suggestClauses(words, criteria.clauses.filter((c) => c.docCode === 'MH-GM-10'))[0]?.found.id).toBe(id))

  it('只在可能适用的条款里找', () => {
    const offered = candidates({ sector: 'MACHINERY', tags: [] }, '2026-12-01')
    expect(suggestClauses('锁气卸灰', offered).map((h) => h.found.id)).not.toContain('GM-11-6')
  })
})
