import { describe, expect, it } from 'vitest'
import { clauseById, clauseInForce, criteria, documentOf, documentsInForce, fullCitation, shortCitation } from './criteria.ts'
import { leavesOf } from './logic.ts'

const countOf = (docCode: string) => criteria.clauses.filter((c) => c.docCode === docCode).length

describe('判定标准库', () => {
  it.each([
    ['10号令 65 条', 'MH-GM-10', 65],
    ['化工危化2017 20 条', 'MH-HG-2017', 20],
    ['AQ 3067-2026 53 项主题', 'MH-HG-2026', 53],
    ['烟花爆竹2017 20 条', 'MH-YH-2017', 20],
    ['重大火灾隐患 直接和综合两类要素', 'MH-XF-2025', 2],
    ['房屋市政 6 条', 'MH-FJ-2024', 6],
    ['城镇燃气 6 条', 'MH-RQ-2023', 6],
  ])('%s', (_name, docCode, count) => expect(countOf(docCode)).toBe(count))

  it('10号令各条的项数与原文一致', () => {
    const perArticle = (n: number) => criteria.clauses.filter((c) => c.id.startsWith(`GM-${n}-`)).length
    expect([3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13].map(perArticle)).toEqual([3, 8, 13, 8, 7, 7, 2, 2, 10, 2, 2])
  })

  it('条款号不重复, 都有文件, 起止日期与文件一致', () => {
    expect(new Set(criteria.clauses.map((c) => c.id)).size).toBe(criteria.clauses.length)
    for (const c of criteria.clauses) {
      const d = documentOf(c)
      expect([c.effectiveFrom, c.effectiveTo, c.regime], c.id).toEqual([d.effectiveFrom, d.effectiveTo, d.regime])
    }
  })

  it('事实字典: 条件里的事实都在字典里且种类相符, 字典里没有用不到的', () => {
    const used = new Set<string>()
    for (const c of criteria.clauses) {
      for (const leaf of c.logic === null ? [] : leavesOf(c.logic)) {
        used.add(leaf.fact)
        const kind = criteria.facts.get(leaf.fact)?.kind
        const fits = 'op' in leaf ? kind === 'number' || kind === 'choice' : 'device' in leaf ? kind === 'device' : kind === 'flag'
        expect(fits, `${c.id} ${leaf.fact}`).toBe(true)
      }
    }
    expect([...criteria.facts.keys()].filter((n) => !used.has(n))).toEqual([])
  })

  it('10号令§14 的“失效”只用于10号令的条款', () => {
    const withDevices = criteria.clauses.filter((c) => c.logic !== null && leavesOf(c.logic).some((l) => 'device' in l))
    expect(new Set(withDevices.map((c) => c.docCode))).toEqual(new Set(['MH-GM-10']))
  })

  it('只有主题的条款都写明须取得原文', () => {
    for (const c of criteria.clauses.filter((x) => x.topicOnly === true)) expect(c.summaryZh, c.id).toContain('须取得标准原文')
  })

  it.each([
    ['化工危化2017 用到 2026-09-29', 'HG-1', '2026-09-29', true],
    ['化工危化2017 2026-09-30 不再用', 'HG-1', '2026-09-30', false],
    ['AQ 3067-2026 2026-09-29 还没施行', 'AQ-5.1.1', '2026-09-29', false],
    ['AQ 3067-2026 自 2026-09-30 起', 'AQ-5.1.1', '2026-09-30', true],
    ['10号令 2023-05-14 还没施行', 'GM-3-2', '2023-05-14', false],
    ['10号令 自 2023-05-15 起', 'GM-3-2', '2023-05-15', true],
    ['GB 35181-2025 自 2025-11-01 起', 'XF-D', '2025-10-31', false],
    ['只知道年月的起始日: 当月首日即有效', 'YH-1', '2017-11-01', true],
    ['只知道年月的起始日: 上月末日无效', 'YH-1', '2017-10-31', false],
  ])('%s', (_name, id, date, inForce) => {
    const c = clauseById(id)
    expect(c !== undefined && clauseInForce(c, date)).toBe(inForce)
  })

  it('同一事项同一天不会有两个工贸标准或两个危化标准', () => {
    for (const regime of ['GONGMAO', 'HAZCHEM'] as const) {
      for (const date of ['2023-05-14', '2023-05-15', '2026-09-29', '2026-09-30']) expect(documentsInForce(regime, date).length, `${regime} ${date}`).toBe(1)
    }
  })

  it.each([
    ['GM-12-2', '10号令第十二条第（二）项', '《工贸企业重大事故隐患判定标准》（应急管理部令第10号）第十二条第（二）项'],
    ['GM-14', '10号令第十四条', '《工贸企业重大事故隐患判定标准》（应急管理部令第10号）第十四条'],
    ['AQ-5.4.2', 'AQ 3067-2026第5.4.2条', '《化工和危险化学品生产经营企业重大生产安全事故隐患判定准则》（AQ 3067-2026）第5.4.2条'],
    ['XF-D', 'GB 35181-2025第5章', '《重大火灾隐患判定规则》（GB 35181-2025）第5章'],
    ['RQ-f', '城镇燃气2023', '《城镇燃气经营安全重大隐患判定标准》（建城规〔2023〕4号）'],
  ])('引用写法 %s', (id, short, full) => {
    const c = clauseById(id)
    expect(c && [shortCitation(c), fullCitation(c)]).toEqual([short, full])
  })
})
