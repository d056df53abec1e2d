import { describe, expect, it } from 'vitest'
import { basisOf, isMeantFor, itemsToAsk } from './checklist.ts'
import { criteria } from './criteria.ts'
import { isUnnamedLocalRule } from './laws.ts'
import { shippedChecklist, shippedChecklists } from './library.ts'
import { refusePublish } from './rules.ts'
import { severityText } from './severity.ts'
import { exportItems, importItems } from './sheet.ts'

const item = (code: string) => {
  const found = shippedChecklists.flatMap((c) => c.items).find((i) => i.code === code)
  if (found === undefined) throw new Error(code)
  return found
}
const range = (prefix: string, n: number, width: number) => Array.from({ length: n }, (_, i) => prefix + String(i + 1).padStart(width, '0'))

describe('随系统提供的检查表', () => {
  it.each([
    ['FG 复工自查 42 项', 'FG', range('FG-', 42, 2)],
    ['YC 夜查工贸 40 项', 'YC', range('YC-', 40, 2)],
    ['JX 九小商铺 30 项', 'JX', range('JX-', 30, 2)],
    ['YQ 园区验收 P01–P42', 'YQ', range('P', 42, 2)],
    ['GL 隔离点 6 项', 'GL', range('GL-', 6, 1)],
    ['BC 50项必查, 一项不少', 'BC', range('BC-', 50, 2)],
  ])('%s, 编号连续', (_name, code, codes) => expect(shippedChecklist(code).items.map((i) => i.code)).toEqual(codes))

  it('编号在各表之间也不重复', () => {
    const codes = shippedChecklists.flatMap((c) => c.items.map((i) => i.code))
    expect(new Set(codes).size).toBe(codes.length)
  })

  it.each(shippedChecklists.map((c) => [c.code, c] as const))('%s 若是草稿, 可以原样发布', (_code, version) => {
    expect(refusePublish({ ...version, state: 'DRAFT' }, [], '2026-12-01')).toEqual([])
  })

  it.each(shippedChecklists.map((c) => [c.code, c] as const))('%s 导出再导入, 一字不差', (_code, version) => {
    const back = importItems(exportItems(version.items), criteria.clauses.map((c) => c.id))
    expect(back).toEqual({ items: version.items, errors: [] })
  })

  it.each<[string, string]>([
    ['FG-06', '一般→重大(GM-3-1)'], ['FG-15', '立即停用'], ['FG-19', '立即停用→重大(GM-7-7/GM-8-6)'], ['FG-24', '重大(GM-13-2)'],
    ['FG-27', '立即停用→重大(GM-11-3/GM-11-6/GM-11-10)'], ['FG-30', '一般→重大(HG-20/AQ-5.5.8)'], ['FG-42', '一般(阻断复工)'],
    ['YC-29', '重大(GM-11-1)'], ['YC-33', '立即停用→重大(GM-7-6)'], ['JX-03', '立即停用'], ['JX-22', '立即停用(漏气)/一般'],
  ])('%s 的严重度是 %s', (code, text) => expect(severityText(item(code))).toBe(text))

  it('FG-29 展开为 §7(1)–(4)、§5 全部 13 项、§4 全部 8 项', () => {
    expect(item('FG-29').majorClauseIds).toHaveLength(4 + 13 + 8)
  })

  it.each<[string, number, string]>([
    ['FG-07', 15, '限期参加考核，期间由合格人员履职'], ['FG-10', 0, '无证人员立即停止作业，换持证人员'], ['YC-26', 0, '停产清扫，不得用压缩空气吹扫'], ['JX-26', 15, '按要求安装'],
  ])('%s 默认 %i 天: %s', (code, days, requirement) => expect([item(code).defaultDays, item(code).defaultRequirement]).toEqual([days, requirement]))

  it('特殊时期: 平时 39 项, 疫情期间 42 项 (FG-38~40)', () => {
    const fg = shippedChecklist('FG')
    const usual = itemsToAsk(fg, []).map((i) => i.code)
    expect(usual).toHaveLength(39)
    expect(usual).not.toContain('FG-39')
    expect(itemsToAsk(fg, ['EPIDEMIC'])).toHaveLength(42)
  })

  it('管理类不要求拍照, 现场类要求', () => {
    expect(['FG-01', 'FG-10', 'FG-42', 'YC-02', 'JX-01'].map((c) => item(c).evidence)).toEqual(Array(5).fill('NONE'))
    expect(['FG-15', 'YC-07', 'JX-17', 'P10'].map((c) => item(c).evidence)).toEqual(Array(4).fill('PHOTO'))
  })

  it('消防、燃气的处罚权不在本局: JX 写明移送谁', () => {
    expect([item('JX-01'), item('JX-04'), item('JX-17'), item('JX-25')].map((i) => i.transferTo)).toEqual(['MARKET_REGULATION', 'FIRE_RESCUE', 'GAS_AUTHORITY', 'FIRE_RESCUE'])
  })

  it('园区验收满分 100, 加分 5 在外; 每项都有可引的依据', () => {
    const yq = shippedChecklist('YQ')
    const sum = (bonus: boolean) => yq.items.filter((i) => (i.bonus === true) === bonus).reduce((n, i) => n + (i.points ?? 0), 0)
    expect([sum(false), sum(true)]).toEqual([100, 5])
    expect(yq.items.every((i) => basisOf(yq, i).length > 0)).toBe(true)
  })

  it('给用户看的文字里没有记号、条号符和半角标点', () => {
    const texts = shippedChecklists.flatMap((c) => c.items.flatMap((i) => [i.content, i.method, i.defaultRequirement]))
    expect(texts.filter((t) => /[§,;:()"]|[（ ][KD]）|uncertain/.test(t))).toEqual([])
  })

  it('未指明的地方规定能被挑出来, 以便打印文书前补上', () => {
    expect(item('JX-26').legalBasis.some(isUnnamedLocalRule)).toBe(true)
    expect(item('FG-15').legalBasis.some(isUnnamedLocalRule)).toBe(false)
  })

  it('适用对象: 三类条件都要满足, 没登记行业的不算满足', () => {
    const applies = { tags: ['DUST_EXPLOSION', 'CONFINED_SPACE'], siteKinds: [], sectors: ['MACHINERY'] }
    const site = { kind: 'PRODUCTION_SITE', tags: ['CONFINED_SPACE'], sector: 'MACHINERY' }
    expect(isMeantFor(applies, site)).toBe(true)
    expect(isMeantFor(applies, { ...site, tags: ['HOTWORK_FREQUENT'] })).toBe(false)
    expect(isMeantFor(applies, { ...site, sector: null })).toBe(false)
    expect(isMeantFor({ ...applies, sectors: [] }, { ...site, sector: null })).toBe(true)
  })

  it.each<[string, string, string, boolean]>([
    ['沿街商铺用 JX', 'JX', 'STREET_STORE', true],
    ['九小场所各小类都用 JX', 'JX', 'NINE_SMALL_RESTAURANT', true],
    ['生产企业不用 JX', 'JX', 'PRODUCTION_SITE', false],
    ['复工自查不限种类', 'FG', 'MALL', true],
    ['隔离点用 GL', 'GL', 'QUARANTINE_SITE', true],
  ])('%s', (_name, code, kind, meant) => expect(isMeantFor(shippedChecklist(code).appliesTo, { kind, tags: [], sector: null })).toBe(meant))
})
