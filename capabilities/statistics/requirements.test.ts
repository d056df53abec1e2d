import { describe, expect, it } from 'vitest'
import { areaKm2 } from '../../kernel/core/geometry.ts'
import { grouped, inCheng, inWan, rate, rateNumber, withDuo, withJin, withYu } from '../../kernel/core/zh-number.ts'
import { figureOf } from './figures.ts'
import { metrics } from './metrics.ts'
import { daysOf } from './period.ts'
import { addsUp, areaText, average, bothFell, complianceOf, countsPrinting, covered, issuesOf, lengthInDays, openLeft, placesText, quota, quotaText, referenceNumber, rounds, runOfDays, staffing, weighted, yearOnYear } from './rules.ts'

describe('requirements §7: arithmetic the software must reproduce', () => {
  it('A1 整改率 112085 ÷ 118572 is 94.5%, with 6487 open beside it (5.47%)', () => {
    expect(figureOf('M11', { M09C: 112_085, M07: 118_572 }).text).toBe('94.5%')
    expect([openLeft(118_572, 112_085), rate(6487, 118_572, 2)]).toEqual([6487, '5.47%'])
  })
  it('A2 复工率 26272 of 28000 prints 94%; only whole bases from 27802 (27801 gives 94.5002%, that is 95%) to 28098 print it', () => {
    expect(figureOf('M21', { M21N: 26_272, M21B: 28_000 }).text).toBe('94%')
    const fits = Array.from({ length: 1000 }, (_, i) => 27_500 + i).filter((base) => rate(26_272, base, 0) === '94%')
    expect([fits[0], fits.at(-1)]).toEqual([27_802, 28_098])
  })
  it('A3 规上 99.57% of 1847 can only be 1839, 8 not resumed', () => {
    expect(countsPrinting('99.57%', 1847, 2)).toEqual([1839])
    expect([rate(1838, 1847, 2), rate(1840, 1847, 2), 1847 - 1839]).toEqual(['99.51%', '99.62%', 8])
  })
  it('A4 规上 and 规下 add up to all; 24433 of 26153 is 93.42%', () => {
    expect([addsUp(28_000, [1847, 28_000 - 1847]), addsUp(26_272, [1839, 26_272 - 1839]), addsUp(28_000, [1847, 26_000])]).toEqual([true, true, false])
    expect(rate(26_272 - 1839, 28_000 - 1847, 2)).toBe('93.42%')
  })
  it('A5 two members each is a least, not an exact number: 370 in 174 grids are 22 more', () => {
    const members = Array.from({ length: 174 }, (_, i) => (i < 22 ? 3 : 2))
    expect(staffing(members, 2)).toEqual({ short: 0, over: 22 })
    expect(staffing([1, 3], 2)).toEqual({ short: 1, over: 0 })
    expect(average(370, 174, 2)).toBe('2.13')
  })
  it('A6 161 enterprises per grid, 76 per member', () => {
    expect([average(28_000, 174, 0), average(28_000, 370, 0)]).toEqual(['161', '76'])
  })
  it('A7 24 people in 11 groups are 2.2 each; kinds of groups are counted apart and together', () => {
    expect([average(24, 11), addsUp(13, [11, 2])]).toEqual(['2.2', true])
  })
  it('A8 现场整改率 213 of 533 is 40.0% and not the 整改率; 320 left; parks are not added to the 1502 objects', () => {
    expect([figureOf('M08R', { M08: 213, M07: 533 }).text, rate(213, 533, 2), openLeft(533, 213)]).toEqual(['40.0%', '39.96%', 320])
    expect([addsUp(1502, [193, 1309]), rate(2, 193, 2), average(533, 1502, 3), average(1502, 238)]).toEqual([true, '1.04%', '0.355', '6.3'])
    expect([metrics.find((m) => m.id === 'M08R')?.name, metrics.find((m) => m.id === 'M11')?.name]).toEqual(['现场整改率', '整改率'])
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
    expect([average(118_572, 26_272), average(856_000, 28_000), average(1, 0)]).toEqual(['4.5', '30.6', '—'])
  })
  it('A13 10000 只 are stored, 1万 is shown', () => {
    expect(inWan(10_000)).toBe('1万')
  })
  it('A14 70 measures in 22 categories and 14 sectors: each measure once', () => {
    expect([average(70, 22, 2), average(70, 14, 0)]).toEqual(['3.18', '5'])
  })
  it('A15 283 cadres to 806 and 987 to 3478: 1270 to 4284', () => {
    expect([average(806, 283, 2), average(3478, 987, 2), average(4284, 1270, 2), addsUp(1270, [283, 987]), addsUp(4284, [806, 3478])]).toEqual(['2.85', '3.52', '3.37', true, true])
  })
  it('A16 家(次): equal counts print 家, others 家次 with 家 in brackets; 17 in 5 are 3.4', () => {
    expect([placesText(5, 5), placesText(5, 4), average(17, 5)]).toEqual(['5家', '5家次（4家）', '3.4'])
  })
  it('A17 100% only when the counts are equal: 99.96% prints 99.9%', () => {
    expect([rate(9996, 10_000), rate(10_000, 10_000), rate(2499, 2500)]).toEqual(['99.9%', '100.0%', '99.9%'])
  })
  it('A18 双下降 needs both below last year; a zero then prints 上年同期为0 and never a percentage', () => {
    expect([bothFell({ cases: 3, deaths: 2 }, { cases: 4, deaths: 3 }), bothFell({ cases: 3, deaths: 3 }, { cases: 4, deaths: 3 }), bothFell({ cases: 0, deaths: 0 }, { cases: 1, deaths: 0 })]).toEqual([true, false, undefined])
    expect([yearOnYear(3, 4), yearOnYear(1, 0), yearOnYear(0, 0), yearOnYear(4, 4)]).toEqual(['下降25.0%', '上年同期为0', '上年同期为0', '持平'])
  })
  it('A19 不适用 leaves the base, unanswered is not passed', () => {
    expect(complianceOf(['COMPLIES', 'FIXED', 'FAILS', 'NOT_APPLICABLE', null])).toEqual({ passed: 2, base: 4 })
  })
  it('A20 half of them, rounded up: need, done, gap; nobody to choose from is 无对象', () => {
    expect([quota(7, 3, 50), quotaText(7, 3, 50), quotaText(7, 4, 50), quotaText(0, 0, 50)]).toEqual([{ need: 4, done: 3, gap: 1 }, '应4，已3，还差1', '应4，已4，已完成', '无对象'])
  })
  it('A21 a quarter of the permits reported as 特级 and 一级, rounded up', () => {
    expect([quota(5 + 4, 2, 25), quota(0, 0, 25)]).toEqual([{ need: 3, done: 2, gap: 1 }, null])
  })
  it('A22 33 places in two rounds are 66 exams; 两轮全面 only at 66', () => {
    expect(rounds(33, [33, 32])).toEqual({ of: 66, done: 65, complete: false, perRound: ['33/33', '32/33'] })
    expect(rounds(33, [33, 33]).complete).toBe(true)
  })
  it('A23 7 February to 7 March 2020 are 30 days with both ends, 29 nights', () => {
    expect([daysOf({ from: '2020-02-07', to: '2020-03-07' }), lengthInDays('2020-02-07', '2020-03-07') - 1]).toEqual([30, 29])
  })
  it('A24 two flags on 97 matters are two rates', () => {
    expect([rate(97, 97, 0), rate(96, 97, 0)]).toEqual(['100%', '99%'])
  })
  it('A25 rates are weighted, may pass 100, and 近9成 is 85% up to below 90%', () => {
    expect(weighted([{ actual: 90, baseline: 100 }, { actual: 30, baseline: 10 }])).toEqual({ value: 109.09, text: '109.09%' })
    expect([inCheng(88.24), inCheng(85), inCheng(84.9), inCheng(90), inCheng(91.42), rateNumber(120, 100)]).toEqual(['近9成', '近9成', null, '9成', null, 120])
  })
  it('A26 the longest run of days ends at a missing day, unless it was marked as no report', () => {
    const days = new Map<string, number | 'NO_REPORT'>([['2020-03-01', 101], ['2020-03-02', 100], ['2020-03-03', 102], ['2020-03-04', 'NO_REPORT'], ['2020-03-05', 104]])
    expect([runOfDays(days, '2020-03-05', 100), runOfDays(new Map([...days].filter(([day]) => day !== '2020-03-04')), '2020-03-05', 100), runOfDays(days, '2020-03-06', 100)]).toEqual([2, 1, 0])
  })
  it('A27 400 and 5% are two numbers with their units', () => {
    expect([`${grouped(400)}桶`, rate(5, 100, 0)]).toEqual(['400桶', '5%'])
  })
  it('A28 多 works like 余 for measures: 400多公里, 8个多小时', () => {
    expect([withDuo(437, '公里'), withDuo(8.4, '小时'), withDuo(400, '公里'), withDuo(8, '小时'), average(400, 8, 0)]).toEqual(['400多公里', '8个多小时', '400公里', '8个小时', '50'])
  })
  it('A29 36 of 36 is full coverage, 35 is not', () => {
    expect([rate(36, 36), rate(35, 36)]).toEqual(['100.0%', '97.2%'])
  })
  it('A30 a printed list has as many entries as its number', () => {
    const streets = ['甲', '乙', '丙']
    expect([addsUp(3, streets.map(() => 1)), addsUp(11, streets.map(() => 1))]).toEqual([true, false])
  })
  it('A31 10.1 communities and 25.1 parks per street, 2.5 parks per community', () => {
    expect([average(111, 11), average(276, 11), average(276, 111)]).toEqual(['10.1', '25.1', '2.5'])
  })
  it('A32 11 of 276 is 3.99%', () => {
    expect(rate(11, 276, 2)).toBe('3.99%')
  })
  it('A33 均达到 has the parks that were checked as its base, not 276', () => {
    expect([rate(40, 40, 0), rate(40, 276, 1)]).toEqual(['100%', '14.5%'])
  })
  it('A34 the official area wins, the boundary’s stands beside it, computed in an equal-area way', () => {
    expect(areaText(388.59, 387.2)).toBe('388.59平方公里（按边界计算387.20，相差1.39）')
    const square = (south: number) => areaKm2({ type: 'Polygon', coordinates: [[[114, south], [115, south], [115, south + 1], [114, south + 1], [114, south]]] })
    expect(square(22.7) / square(0)).toBeCloseTo((Math.sin((23.7 * Math.PI) / 180) - Math.sin((22.7 * Math.PI) / 180)) / Math.sin(Math.PI / 180), 2)
  })
  it('A35 a reference number is read with or without the space and printed without', () => {
    expect(['深龙安委〔2017〕17 号', '深龙安委〔2017〕17号', '深龙安委[2017]17号', '十七号'].map(referenceNumber)).toEqual(['深龙安委〔2017〕17号', '深龙安委〔2017〕17号', '深龙安委〔2017〕17号', null])
  })
  it('A36 余 steps: hundreds from 1000, tens from 10, round numbers without', () => {
    expect([withYu(1043), withYu(2437), withYu(34), withYu(2400), rate(30, 2400, 2), average(2400, 1000)]).toEqual(['1000余', '2400余', '30余', '2400', '1.25%', '2.4'])
  })
  it('A37 全部整改完毕 needs nothing open: one left blocks it', () => {
    expect([openLeft(17, 17), openLeft(17, 16)]).toEqual([0, 1])
    expect(figureOf('M11', { M09C: 9999, M07: 10_000 }).text).toBe('99.9%')
  })
  it('A38 a series counts from its first issue: 26 this year by the end of June, more ever', () => {
    const weekly = Array.from({ length: 60 }, (_, i) => new Date(Date.UTC(2023, 7, 14) + i * 7 * 86_400_000).toISOString().slice(0, 10))
    const { ever, thisYear } = issuesOf(weekly, '2024-06-30')
    expect([ever, thisYear, `${withYu(ever)}期`]).toEqual([46, 26, '40余期'])
  })
  it('A39 locked and closed doors are covered with a reason and never checked', () => {
    expect(covered(['CHECKED', 'LOCKED', 'CLOSED', 'CHECKED'])).toEqual({ covered: 4, entered: 2 })
    expect(metrics.find((m) => m.id === 'M04')?.definition).toContain('锁门、停业、搬离不算已检查')
  })
  it('A40 the measure word belongs to the metric and may be changed for a report without touching its count', () => {
    const metric = metrics.find((m) => m.id === 'M07')
    expect([metric?.unit, ...['处', '个', '条'].map((unit) => `${figureOf('M07', { M07: 533 }).text}${unit}`)]).toEqual(['宗', '533处', '533个', '533条'])
  })
})
