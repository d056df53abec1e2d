import { describe, expect, it } from 'vitest'
import type { Answer } from './answers.ts'
import { complianceRate, countAnswers, hazardDefaults, refuseAnswers } from './answers.ts'
import { itemsToAsk } from './checklist.ts'
import { shippedChecklist } from './library.ts'
import { refusalText } from './zh.ts'

const fg = shippedChecklist('FG')
const items = itemsToAsk(fg, [])
const photo = '0199a000-0000-7000-8000-0000000000aa'
const answer = (itemCode: string, code: Answer['answer'], more: Partial<Answer> = {}): Answer => ({ itemCode, answer: code, note: '', photosBefore: [], photosAfter: [], ...more })
const find = (code: string) => {
  const found = fg.items.find((i) => i.code === code)
  if (found === undefined) throw new Error(code)
  return found
}

describe('作答', () => {
  it.each<[string, Answer, string[]]>([
    ['符合不要照片', answer('FG-15', 'COMPLIES'), []],
    ['T1: 现场类不符合须拍照', answer('FG-15', 'FAILS'), ['FG-15 发现问题须拍照']],
    ['T1: 管理类不符合不要照片', answer('FG-04', 'FAILS'), []],
    ['T4: 现场已改须有整改后照片', answer('FG-34', 'FIXED', { photosBefore: [photo] }), ['FG-34 选“现场已改”须补拍整改后照片']],
    ['T4: 前后照片齐全', answer('FG-34', 'FIXED', { photosBefore: [photo], photosAfter: [photo] }), []],
    ['T4: 重大项不能现场已改', answer('FG-24', 'FIXED', { photosBefore: [photo], photosAfter: [photo] }), ['FG-24 是“重大”项，不能按“现场已改”了结，请选“不符合”']],
    ['不适用须选理由', answer('FG-28', 'NOT_APPLICABLE'), ['FG-28 选“不适用”须选择理由']],
    ['不适用选其他须写明', answer('FG-28', 'NOT_APPLICABLE', { reason: 'OTHER', note: ' ' }), ['FG-28 的理由选“其他”，须写明情况']],
    ['不适用有理由即可, 不要照片', answer('FG-28', 'NOT_APPLICABLE', { reason: 'NO_SUCH_THING' }), []],
    ['没选不适用不填理由', answer('FG-28', 'COMPLIES', { reason: 'OTHER_AUTHORITY' }), ['FG-28 没有选“不适用”，不填理由']],
    ['表中没有的编号', answer('YC-01', 'COMPLIES'), ['检查表中没有编号 YC-01']],
    ['特殊时期以外不问 FG-38', answer('FG-38', 'COMPLIES'), ['检查表中没有编号 FG-38']],
  ])('%s', (_name, given, texts) => expect(refuseAnswers([given], items, false).map(refusalText)).toEqual(texts))

  it('一次列出全部问题, 并指出是第几条的哪一栏', () => {
    const given = [answer('FG-15', 'FAILS'), answer('FG-24', 'FIXED'), answer('FG-15', 'COMPLIES')]
    expect(refuseAnswers(given, items, false).map((r) => [r.field, r.code])).toEqual([
      ['answers.0.photosBefore', 'checklist.photo_required'],
      ['answers.1.photosBefore', 'checklist.photo_required'],
      ['answers.1.photosAfter', 'checklist.after_photo_required'],
      ['answers.1.answer', 'checklist.major_not_fixed_on_site'],
      ['answers.2.itemCode', 'checklist.answered_twice'],
    ])
  })

  it('提交时须逐项作答, 草稿不必', () => {
    const all = items.map((i) => answer(i.code, 'COMPLIES'))
    expect(refuseAnswers(all, items, true)).toEqual([])
    expect(refuseAnswers(all.slice(0, -2), items, false)).toEqual([])
    expect(refuseAnswers(all.slice(0, -2), items, true).map(refusalText)).toEqual(['还有 2 项没有作答：FG-41、FG-42'])
  })
})

describe('符合率 = 符合/(符合+不符合+现场已改)', () => {
  it.each<[string, [number, number, number, number], number, string]>([
    ['全部不适用, 零基数', [0, 0, 0, 8], 1, '—'],
    ['一项都没答', [0, 0, 0, 0], 0, '—'],
    ['不适用不进分母', [3, 1, 0, 10], 1, '75.0%'],
    ['现场已改进分母不进分子', [2, 0, 1, 0], 1, '66.7%'],
    ['全不符合', [0, 5, 0, 0], 1, '0.0%'],
    ['全符合', [42, 0, 0, 0], 0, '100%'],
    ['恰好一半进位: 1/16 = 6.25%', [1, 15, 0, 0], 1, '6.3%'],
    ['恰好一半进位: 1/200 = 0.5%', [1, 199, 0, 0], 0, '1%'],
    ['没有全符合就不写 100%', [2999, 1, 0, 0], 1, '99.9%'],
    ['两位小数', [1, 2, 0, 0], 2, '33.33%'],
  ])('%s', (_name, [compliant, nonCompliant, fixedOnSite, notApplicable], digits, text) =>
    expect(complianceRate({ compliant, nonCompliant, fixedOnSite, notApplicable }, digits)).toBe(text))

  it('按作答计数', () => {
    const given = [answer('FG-01', 'COMPLIES'), answer('FG-02', 'COMPLIES'), answer('FG-03', 'FAILS'), answer('FG-16', 'FIXED'), answer('FG-28', 'NOT_APPLICABLE')]
    expect(countAnswers(given)).toEqual({ compliant: 2, nonCompliant: 1, fixedOnSite: 1, notApplicable: 1 })
  })
})

describe('不符合生成隐患的默认值', () => {
  it.each([
    ['一般项', 'FG-16', false, 3],
    ['立即停用项', 'FG-15', true, 0],
    ['重大项也先停用', 'FG-24', true, 0],
  ])('%s', (_name, code, immediateStop, defaultDays) => {
    expect(hazardDefaults(find(code))).toMatchObject({ itemCode: code, immediateStop, defaultDays, requirement: find(code).defaultRequirement })
  })

  it('JX-22: 漏气才停用, 否则一般', () => {
    const hose = shippedChecklist('JX').items.find((i) => i.code === 'JX-22')
    expect(hose && [hazardDefaults(hose).immediateStop, hazardDefaults(hose, true).immediateStop]).toEqual([false, true])
  })

  it('说到漏气与没有停用条件的项无关', () => {
    expect(hazardDefaults(find('FG-16'), true).immediateStop).toBe(false)
  })
})
