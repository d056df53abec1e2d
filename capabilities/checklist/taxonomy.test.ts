import { describe, expect, it } from 'vitest'
import { shippedChecklists } from './library.ts'
import { categoryPath, classOf, guessCategory, HAZARD_CATEGORIES, HAZARD_CATEGORY_CODES, readCategory } from './taxonomy.ts'

describe('隐患字典', () => {
  it('现场管理是通用的十类', () => {
    expect(HAZARD_CATEGORIES.filter((c) => classOf(c.code) === 'XC').map((c) => c.name)).toEqual([
      '作业场所', '设备设施', '防护、保险、信号等装置装备', '原辅物料、产品', '职业病危害', '相关方作业', '安全技能', '个体防护', '作业许可', '其他现场管理'])
  })

  it('每个代码恰有一行', () => expect(HAZARD_CATEGORIES.map((c) => c.code)).toEqual([...HAZARD_CATEGORY_CODES]))

  it.each([['XC-09', 'XC-09'], ['作业许可', 'XC-09'], ['现场管理 / 作业许可', 'XC-09'], ['防护、保险、信号等装置装备', 'XC-03'], ['天气', null]])('“%s”读作 %s', (text, code) => expect(readCategory(text)).toBe(code))

  it('路径写出再读回不变', () => {
    for (const code of HAZARD_CATEGORY_CODES) expect(readCategory(categoryPath(code))).toBe(code)
  })

  it.each([['危险作业', 'XC-09'], ['燃气', 'XC-02'], ['证照', 'JC-01'], ['消防器材', 'XC-03'], ['个体防护', 'XC-08'], ['随便', 'XC-99']])('类别“%s”先猜 %s', (heading, code) => expect(guessCategory(heading)).toBe(code))

  it.each([['FG-08', '教育培训'], ['FG-24', '作业许可'], ['YC-12', '防护、保险、信号等装置装备'], ['JX-06', '作业场所'], ['FG-41', '资质证照'], ['FG-37', '个体防护']])('%s 归入%s', (code, name) => {
    const item = shippedChecklists.flatMap((c) => c.items).find((i) => i.code === code)
    expect(item && categoryPath(item.hazardCategory)).toContain(name)
  })
})
