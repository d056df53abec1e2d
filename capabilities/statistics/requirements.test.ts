import { describe, expect, it } from 'vitest'
import { areaKm2 } from '../../kernel/core/geometry.ts'
import { grouped, inCheng, inWan, rate, rateNumber, withDuo, withJin, withYu } from '../../kernel/core/zh-number.ts'
import { quotaOf, tidyReferences } from '../campaign/rules.ts'
import { TEAM_ZH } from '../campaign/scheme.ts'
import { complianceRate, countAnswers, refuseAnswers } from '../checklist/answers.ts'
import { itemsToAsk } from '../checklist/checklist.ts'
import { shippedChecklist } from '../checklist/library.ts'
import { gridFindings, MIN_OFFICERS, perHead } from '../district/rules.ts'
import { fill } from './briefing-template.ts'
import { checkSentences, type OpenItem } from './claims.ts'
import { listsOf, partsOf } from './claims-numbers.ts'
import { figureOf } from './figures.ts'
import { metrics } from './metrics.ts'
import { daysOf } from './period.ts'
import { type Figure, wordsOf } from './snapshot.ts'
import { averageText, changeText, fell, plainWording, visitsText } from './wording.ts'
import { chapters } from './words.ts'

const frozen = (values: Readonly<Record<string, number>>): Map<string, Figure> =>
  new Map(Object.entries(values).map(([id, value]) => [id, { metric: id, ...wordsOf(metrics.find((m) => m.id === id)!, '2020-02-01', '2020-03-01'), value, numerator: null, denominator: null, before: null, source: null, members: null, membersHash: null }]))
const print = (text: string, values: Readonly<Record<string, number>>): string => fill(text, frozen(values), { scope: '', span: '', asOf: '', quotes: [] }, plainWording).pieces.map((piece) => piece.text).join('')

describe('requirements §7: arithmetic the software must reproduce', () => {
  it('A1 整改率 112085 ÷ 118572 is 94.5%, with 6487 open beside it (5.47%)', () => {
    expect([figureOf('M11', { M09C: 112_085, M07: 118_572 }).text, figureOf('M11O', { M11O: 118_572 - 112_085 }).text, rate(6487, 118_572, 2)]).toEqual(['94.5%', '6,487', '5.47%'])
    expect(chapters.flatMap(({ ids }) => ids).join()).toContain('M11,M11O')
  })
  it('A2 复工率 26272 of 28000 prints 94%; only whole bases from 27802 (27801 gives 94.5002%, that is 95%) to 28098 print it', () => {
    expect(figureOf('M21', { M21N: 26_272, M21B: 28_000 }).text).toBe('94%')
    const fits = Array.from({ length: 1000 }, (_, i) => 27_500 + i).filter((base) => rate(26_272, base, 0) === '94%')
    expect([fits[0], fits.at(-1)]).toEqual([27_802, 28_098])
  })
  it('A3 规上 99.57% of 1847 can only be 1839, 8 not resumed', () => {
    expect(Array.from({ length: 1848 }, (_, n) => n).filter((n) => figureOf('M21A', { M21AN: n, M21AB: 1847 }).text === '99.57%')).toEqual([1839])
    expect([rate(1838, 1847, 2), rate(1840, 1847, 2), 1847 - 1839]).toEqual(['99.51%', '99.62%', 8])
  })
  it('A4 规上 and 规下 add up to all, in print; 24433 of 26153 is 93.42%', () => {
    expect(['工业企业28000家，其中规上1847家、规下26153家。', '已复工26272家，其中规上1839家、规下24433家。', '工业企业28000家，其中规上1847家、规下26000家。'].flatMap((text) => partsOf(text).map((m) => m.code))).toEqual(['claim.parts_whole', 'claim.parts_whole', 'claim.parts_short'])
    expect(rate(26_272 - 1839, 28_000 - 1847, 2)).toBe('93.42%')
  })
  it('A5 two members each is a least, not an exact number: a third breaks nothing, a reserve fills nothing', () => {
    const member = (post: 'LEADER' | 'A' | 'B' | 'RESERVE') => ({ personId: post, post, isMain: true })
    const short = (...members: Parameters<typeof member>[0][]) => gridFindings({ members: members.map(member), hasBoundary: true }).some((f) => f.code === 'district.few_officers')
    expect([short('LEADER', 'A'), short('LEADER', 'A', 'B'), short('LEADER'), short('LEADER', 'RESERVE')]).toEqual([false, false, true, true])
    expect([174 * MIN_OFFICERS, 370 - 174 * MIN_OFFICERS, averageText(370, 174, 2)]).toEqual([348, 22, '2.13'])
  })
  it('A6 161 enterprises per grid, 76 per member', () => {
    expect([averageText(28_000, 174, 0), averageText(28_000, 370, 0), perHead(28_000, 174), perHead(28_000, 370)]).toEqual(['161', '76', 160.9, 75.7])
  })
  it('A7 24 people in 11 groups are 2.2 each; kinds of groups have names of their own', () => {
    expect([averageText(24, 11), TEAM_ZH.GUIDE, TEAM_ZH.AID]).toEqual(['2.2', '指导组', '援助组'])
  })
  it('A8 现场整改率 213 of 533 is 40.0% and not the 整改率; 320 left; parks are not added to the 1502 objects', () => {
    expect([figureOf('M08R', { M08: 213, M07: 533 }).text, rate(213, 533, 2), 533 - 213]).toEqual(['40.0%', '39.96%', 320])
    expect([partsOf('检查1502家，其中企业193家、场所1309家。')[0]?.code, rate(2, 193, 2), averageText(533, 1502, 3), averageText(1502, 238)]).toEqual(['claim.parts_whole', '1.04%', '0.355', '6.3'])
    expect([metrics.find((m) => m.id === 'M08R')?.name, metrics.find((m) => m.id === 'M11')?.name]).toEqual(['现场整改率', '整改率'])
    expect(metrics.find((m) => m.id === 'M06P')?.definition).toContain('默认不与企业、场所相加')
  })
  it('A9 人次 adds days and actions, 人 is distinct: two metrics with two keys', () => {
    expect(metrics.filter((m) => ['M01', 'M02'].includes(m.id)).map((m) => [m.unit, m.once])).toEqual([['人次', '人员＋业务日期＋行动'], ['人', '人员']])
  })
  it('A10 85.6余万 is cut down and stands for 856001 to 856999', () => {
    expect([withYu(856_001), withYu(856_999), withYu(856_000)]).toEqual(['85.6余万', '85.6余万', '85.6万'])
  })
  it('A11 近30万 is said close below only', () => {
    expect([withJin(298_000), withJin(300_000), withJin(310_000), withJin(270_000)]).toEqual(['近30万', null, null, null])
  })
  it('A12 averages are offered: 4.5 hazards per enterprise, 30.6 calls', () => {
    expect([print('{M07÷M22}', { M07: 118_572, M22: 26_272 }), averageText(856_000, 28_000), print('{M07÷M22}', { M07: 1, M22: 0 })]).toEqual(['4.5', '30.6', '—'])
  })
  it('A13 10000 只 are stored, 1万 is shown', () => {
    expect(inWan(10_000)).toBe('1万')
  })
  it('A14 70 measures in 22 categories and 14 sectors: each measure once', () => {
    expect([averageText(70, 22, 2), averageText(70, 14, 0)]).toEqual(['3.18', '5'])
  })
  it('A15 283 cadres to 806 and 987 to 3478: 1270 to 4284', () => {
    expect([averageText(806, 283, 2), averageText(3478, 987, 2), averageText(806 + 3478, 283 + 987, 2)]).toEqual(['2.85', '3.52', '3.37'])
  })
  it('A16 家(次): equal counts print 家, others 家次 with 家 in brackets; 17 in 5 are 3.4', () => {
    expect([visitsText(5, 5), visitsText(5, 4), averageText(17, 5)]).toEqual(['5家', '5家次（4家）', '3.4'])
  })
  it('A17 100% only when the counts are equal: 99.96% prints 99.9%', () => {
    expect([rate(9996, 10_000), rate(10_000, 10_000), rate(2499, 2500)]).toEqual(['99.9%', '100.0%', '99.9%'])
  })
  it('A18 双下降 needs both below last year; a zero then prints 上年同期为0 and never a percentage', () => {
    expect([fell({ now: 3, before: 4 }), fell({ now: 3, before: 3 }), fell({ now: 0, before: 0 }), fell({ now: 0, before: null })]).toEqual([true, false, false, false])
    expect([changeText(3, 4), changeText(1, 0), changeText(0, 0), changeText(4, 4)]).toEqual(['同比下降25.0%', '上年同期为0', '上年同期为0', '与上年同期持平'])
  })
  it('A19 不适用 leaves the base, unanswered is not passed: such a list is not finished', () => {
    expect(complianceRate(countAnswers([{ answer: 'COMPLIES' }, { answer: 'COMPLIES' }, { answer: 'FIXED' }, { answer: 'FAILS' }, { answer: 'NOT_APPLICABLE' }]))).toBe('50.0%')
    expect(refuseAnswers([], itemsToAsk(shippedChecklist('YC'), []), true).map((r) => r.code)).toContain('checklist.unanswered')
  })
  it('A20 half of them, rounded up: need, done, gap; nobody to choose from is 无对象', () => {
    const half = (base: number, done: number) => quotaOf({ name: '抽查', kind: 'RATE', permille: 500 }, { base, done, rounds: [] })
    expect([half(7, 3), half(7, 4), half(0, 0)]).toMatchObject([{ need: 4, done: 3, gap: 1 }, { need: 4, done: 4, gap: 0 }, { base: 0, need: 0, gap: 0 }])
  })
  it('A21 a quarter of the permits reported as 特级 and 一级, rounded up', () => {
    expect(quotaOf({ name: '动火', kind: 'RATE', permille: 250 }, { base: 5 + 4, done: 2, rounds: [] })).toMatchObject({ need: 3, done: 2, gap: 1 })
    expect(metrics.find((m) => m.id === 'M24B')?.definition).toContain('二级改一级的计入')
  })
  it('A22 33 places in two rounds are 66 exams; 两轮全面 only at 66', () => {
    const rounds = (...done: number[]) => quotaOf({ name: '两轮体检', kind: 'ROUNDS', rounds: 2 }, { base: 33, done: 33, rounds: done })
    expect([rounds(33, 32), rounds(33, 33)]).toMatchObject([{ perRound: [33, 32], gap: 1 }, { perRound: [33, 33], gap: 0 }])
  })
  it('A23 7 February to 7 March 2020 are 30 days with both ends, 29 nights', () => {
    expect([daysOf({ from: '2020-02-07', to: '2020-03-07' }), daysOf({ from: '2020-02-07', to: '2020-03-07' }) - 1]).toEqual([30, 29])
  })
  it('A24 two flags on 97 matters are two rates', () => {
    expect([rate(97, 97, 0), rate(96, 97, 0)]).toEqual(['100%', '99%'])
  })
  it('A25 rates are weighted, may pass 100, and 近9成 is 85% up to below 90%', () => {
    expect(figureOf('M11', { M09C: 90 + 30, M07: 100 + 10 }).text).toBe('109.1%')
    expect([inCheng(88.24), inCheng(85), inCheng(84.9), inCheng(90), inCheng(91.42), rateNumber(120, 100)]).toEqual(['近9成', '近9成', null, '9成', null, 120])
  })
  it('A26 the run of days ends at a day without record', () => {
    const day = (n: number, checked: number) => ({ day: `2020-03-0${n}`, found: 0, closed: 0, checked })
    const marks = (text: string) => checkSentences([{ text }], { figures: new Map(), daily: [day(1, 4), day(2, 0), day(3, 2), day(4, 1)], open: [], sources: [], quotes: [] }).flatMap((one) => one.marks.map((m) => m.code))
    expect([marks('连续2日开展检查。'), marks('连续三日开展检查。'), marks('连续4日开展检查。')]).toEqual([['claim.run_holds'], ['claim.run_short'], ['claim.run_short']])
  })
  it('A27 400 and 5% are two numbers with their units', () => {
    expect([`${grouped(400)}桶`, rate(5, 100, 0)]).toEqual(['400桶', '5%'])
  })
  it('A28 多 works like 余 for measures: 400多公里, 8个多小时', () => {
    expect([withDuo(437, '公里'), withDuo(8.4, '小时'), withDuo(400, '公里'), withDuo(8, '小时'), averageText(400, 8, 0)]).toEqual(['400多公里', '8个多小时', '400公里', '8个小时', '50'])
  })
  it('A29 36 of 36 is full coverage, 35 is not', () => {
    expect([rate(36, 36), rate(35, 36)]).toEqual(['100.0%', '97.2%'])
  })
  it('A30 a printed list has as many entries as its number', () => {
    expect(['覆盖3个街道（甲、乙、丙）', '覆盖11个街道（甲、乙、丙）'].map((text) => listsOf(text)[0]?.code)).toEqual(['claim.list_whole', 'claim.list_length'])
  })
  it('A31 10.1 communities and 25.1 parks per street, 2.5 parks per community', () => {
    expect([averageText(111, 11), averageText(276, 11), averageText(276, 111)]).toEqual(['10.1', '25.1', '2.5'])
  })
  it('A32 11 of 276 is 3.99%', () => {
    expect(rate(11, 276, 2)).toBe('3.99%')
  })
  it('A33 均达到 has the parks that were checked as its base, not 276', () => {
    expect([rate(40, 40, 0), rate(40, 276, 1)]).toEqual(['100%', '14.5%'])
  })
  it('A34 the area of a boundary is computed in an equal-area way, to stand beside the official one', () => {
    const square = (south: number) => areaKm2({ type: 'Polygon', coordinates: [[[114, south], [115, south], [115, south + 1], [114, south + 1], [114, south]]] })
    expect(square(22.7) / square(0)).toBeCloseTo((Math.sin((23.7 * Math.PI) / 180) - Math.sin((22.7 * Math.PI) / 180)) / Math.sin(Math.PI / 180), 2)
  })
  it('A35 a reference number is read with or without the space and printed without', () => {
    expect(['深龙安委〔2017〕17 号', '深龙安委〔2017〕17号', '根据深龙安委[2017]17号', '十七号文'].map(tidyReferences)).toEqual(['深龙安委〔2017〕17号', '深龙安委〔2017〕17号', '根据深龙安委〔2017〕17号', '十七号文'])
  })
  it('A36 余 steps: hundreds from 1000, tens from 10, round numbers without', () => {
    expect([withYu(1043), withYu(2437), withYu(34), withYu(2400), rate(30, 2400, 2), averageText(2400, 1000)]).toEqual(['1000余', '2400余', '30余', '2400', '1.25%', '2.4'])
  })
  it('A37 全部整改完毕 needs nothing open: one left blocks it', () => {
    const marks = (open: OpenItem[]) => checkSentences([{ text: '隐患全部整改完毕。' }], { figures: frozen({ M07: 17, M09C: 17 }), daily: [], open, sources: [], quotes: [] }).flatMap((one) => one.marks.map((m) => m.code))
    expect([marks([]), marks([{ id: 'h', no: 'HZ-1', enterprise: '某厂', state: '待复查', level: 'GENERAL', onSite: false, since: 'NOW' }])]).toEqual([['claim.all_closed'], ['claim.not_all_closed']])
    expect(figureOf('M11', { M09C: 9999, M07: 10_000 }).text).toBe('99.9%')
  })
  it('A38 forty issues and more print 40余期; a series counts on over New Year (server/briefing.test.ts)', () => {
    expect(`${withYu(46)}期`).toBe('40余期')
  })
  it('A39 locked and closed doors are covered with a reason and never checked', () => {
    expect(['M04T', 'M04I', 'M04'].map((id) => metrics.find((m) => m.id === id)?.definition)).toEqual([expect.stringContaining('锁门、停业、搬离的写明原因也算到过'), expect.stringContaining('锁门、停业、搬离不算'), expect.stringContaining('锁门、停业、搬离不算已检查')])
    expect(figureOf('M04Q', { M04I: 690, M04T: 712 }).text).toBe('96.9%')
  })
  it('A40 the measure word belongs to the metric and may be changed for a report without touching its count', () => {
    const metric = metrics.find((m) => m.id === 'M07')
    expect([metric?.unit, ...['处', '个', '条'].map((unit) => `${figureOf('M07', { M07: 533 }).text}${unit}`)]).toEqual(['宗', '533处', '533个', '533条'])
  })
})
