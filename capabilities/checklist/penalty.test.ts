import { describe, expect, it } from 'vitest'
import { shippedChecklists } from './library.ts'
import { PENALTY_HINTS, penaltyHints } from './penalty.ts'

const articles = (code: string) => {
  const item = shippedChecklists.flatMap((c) => c.items).find((i) => i.code === code)
  if (item === undefined) throw new Error(code)
  return [...new Set(penaltyHints(item).map((h) => h.article))]
}

describe('处罚依据提示 (安法, 仅供参考)', () => {
  it.each<[string, string, string[]]>([
    ['未设安全员 → §97', 'FG-03', ['97']],
    ['未培训 → §97', 'FG-08', ['97']],
    ['无证上岗 → §97', 'FG-10', ['97']],
    ['无预案演练 → §97', 'FG-36', ['97']],
    ['警示标志 → §99', 'FG-21', ['99']],
    ['安全设备 → §99', 'FG-15', ['99']],
    ['劳保用品 → §99', 'FG-37', ['99']],
    ['餐饮报警器 → §99', 'JX-17', ['99']],
    ['危险物品 → §101', 'FG-30', ['101']],
    ['危险作业无专人 → §101', 'FG-25', ['101']],
    ['未分级管控 → §101', 'FG-05', ['101']],
    ['隐患未治理 → §101', 'FG-42', ['101']],
    ['发包出租 → §103', 'FG-06', ['103']],
    ['宿舍、疏散 → §105', 'YC-07', ['105']],
    ['未投安责险 → §109', 'FG-41', ['109']],
    ['消防法的事项不归本局处罚, 没有提示', 'JX-25', []],
    ['特种设备的事项没有提示', 'FG-18', []],
  ])('%s', (_name, code, expected) => expect(articles(code)).toEqual(expected))

  it('未分级管控与未建隐患制度同为 §101, 按内容区分', () => {
    const topics = (code: string) => shippedChecklists.flatMap((c) => c.items).filter((i) => i.code === code).flatMap((i) => penaltyHints(i).map((h) => h.id))
    expect([topics('FG-05'), topics('FG-42')]).toEqual([['PH-101-4'], ['PH-101-5']])
  })

  it('餐饮报警器的提示只给用气的项', () => {
    const hinted = shippedChecklists.flatMap((c) => c.items).filter((i) => penaltyHints(i).some((h) => h.id === 'PH-99-5')).map((i) => i.code)
    expect(hinted).toEqual(['JX-17', 'JX-18'])
  })

  it('按隐患分类也能取提示', () => {
    expect(penaltyHints('JC-12').map((h) => h.article)).toEqual(['103', '104'])
    expect(penaltyHints('XC-01').map((h) => h.article)).toEqual(['105'])
    expect(penaltyHints('XC-99')).toEqual([])
  })

  it('提示表覆盖 §97 §99 §101 §103 §104 §105 §108 §109', () => {
    expect([...new Set(PENALTY_HINTS.map((h) => h.article))]).toEqual(['97', '99', '101', '103', '104', '105', '108', '109'])
  })
})
