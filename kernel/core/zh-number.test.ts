import { describe, expect, it, test } from 'vitest'
import { grouped, inWan, rate, rateNumber, withJin, withYu, zhAmount, zhDigits, zhNumeral } from './zh-number.ts'

describe('grouped and 万', () => {
  test.each([
    [0, '0', '0'], [-0, '0', '0'], [7, '7', '7'], [999, '999', '999'], [1847, '1,847', '1,847'], [9999, '9,999', '9,999'],
    [10000, '10,000', '1万'], [28000, '28,000', '2.8万'], [30000, '30,000', '3万'], [28049, '28,049', '2.8万'], [28050, '28,050', '2.8万'],
    [28500, '28,500', '2.9万'], [118572, '118,572', '11.9万'], [99_999_999, '99,999,999', '1亿'], [120_000_000, '120,000,000', '1.2亿'],
    [-28000, '-28,000', '-2.8万'],
  ])('%i is %s and %s', (n, plain, wan) => {
    expect(grouped(n)).toBe(plain)
    expect(inWan(n)).toBe(wan)
  })

  it('takes the number of digits', () => {
    expect([inWan(36762, 0), inWan(36762, 2), inWan(36750, 2)]).toEqual(['4万', '3.68万', '3.68万'])
  })

  test.each([1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('refuses %s, which is no count', (n) => {
    expect(() => grouped(n)).toThrow(RangeError)
    expect(() => inWan(n)).toThrow(RangeError)
    expect(() => rate(n, 1)).toThrow(RangeError)
  })
})

describe('余 cuts down and never up (requirements A10, A36)', () => {
  test.each([
    [0, '0'], [9, '9'], [10, '10'], [34, '30余'], [40, '40'], [43, '40余'], [99, '90余'], [712, '710余'], [999, '990余'],
    [1000, '1000'], [1001, '1000余'], [2437, '2400余'], [2400, '2400'], [9999, '9900余'],
    [10000, '1万'], [10001, '1万余'], [280500, '28万余'], [36762, '3.6余万'], [856000, '85.6万'], [856001, '85.6余万'], [856999, '85.6余万'], [857000, '85.7万'],
  ])('%i prints %s', (n, text) => {
    expect(withYu(n)).toBe(text)
  })

  it('refuses a negative count', () => {
    expect(() => withYu(-1)).toThrow(RangeError)
  })
})

describe('近 only when close below (requirements A11)', () => {
  test.each([
    [298_000, '近30万'], [300_000, null], [299_999, '近30万'], [285_000, '近30万'], [284_999, null], [96, '近100'], [960, '近1000'],
    [9800, '近1万'], [47, null], [48, '近50'], [9, null], [0, null],
  ])('%i prints %s', (n, text) => {
    expect(withJin(n)).toBe(text)
  })

  it('the distance is a setting', () => {
    expect([withJin(47, 0.1), withJin(298_000, 0.001)]).toEqual(['近50', null])
  })
})

describe('rate from counts (requirements section 7)', () => {
  test.each([
    ['A1 整改率', 112085, 118572, 1, '94.5%'],
    ['M11 with two digits', 112085, 118572, 2, '94.53%'],
    ['A1 open', 6487, 118572, 2, '5.47%'],
    ['A2 复工率 of 2.8万', 26272, 28000, 0, '94%'],
    ['A3 规上', 1839, 1847, 2, '99.57%'],
    ['A3 one less', 1838, 1847, 2, '99.51%'],
    ['A3 one more', 1840, 1847, 2, '99.62%'],
    ['A4 规下', 24433, 26153, 2, '93.42%'],
    ['A8 现场整改率', 213, 533, 2, '39.96%'],
    ['A8 with one digit', 213, 533, 1, '40.0%'],
    ['A8 查封率', 2, 193, 2, '1.04%'],
    ['A17 all', 10000, 10000, 1, '100.0%'],
    ['A17 not all: never 100', 9996, 10000, 1, '99.9%'],
    ['A17 not all, no digit', 199, 200, 0, '99%'],
    ['A25 above 100', 103, 100, 0, '103%'],
    ['A32', 11, 276, 2, '3.99%'],
    ['half goes up, exactly: 1.005 would fall on a binary float', 1005, 100000, 2, '1.01%'],
    ['just below half stays', 100499, 10_000_000, 2, '1.00%'],
    ['a zero base', 0, 0, 1, '—'],
    ['a zero base with a count', 5, 0, 1, '—'],
    ['nothing of something', 0, 7, 1, '0.0%'],
    ['a fall, for 同比', -1, 3, 1, '-33.3%'],
    ['a fall by all is not a rise', -1, 1, 0, '-100%'],
    ['a very small one', 1, 100_000, 2, '0.00%'],
    ['beyond 2^53 inside', 9_007_199_254_740_991, 9_007_199_254_740_991, 2, '100.00%'],
  ])('%s', (_, n, d, digits, text) => {
    expect(rate(n, d, digits)).toBe(text)
    expect(rateNumber(n, d, digits)).toBe(text === '—' ? null : Number(text.slice(0, -1)))
  })

  it('refuses a negative base', () => {
    expect(() => rate(1, -1)).toThrow(RangeError)
  })
})

describe('figures in characters', () => {
  test.each([[2026, '二〇二六'], [0, '〇'], [1008, '一〇〇八']])('%i digit by digit is %s', (n, text) => {
    expect(zhDigits(n)).toBe(text)
  })

  test.each([
    [0, '零'], [1, '一'], [10, '十'], [12, '十二'], [20, '二十'], [100, '一百'], [105, '一百零五'], [110, '一百一十'], [1000, '一千'],
    [1001, '一千零一'], [1010, '一千零一十'], [1100, '一千一百'], [10_000, '一万'], [10_001, '一万零一'], [28_000, '二万八千'],
    [100_000, '十万'], [120_000, '十二万'], [101_000, '十万一千'], [100_500, '十万零五百'], [1_000_001, '一百万零一'],
    [100_000_000, '一亿'], [100_010_000, '一亿零一万'], [100_000_001, '一亿零一'], [1_001_000_000, '十亿零一百万'], [123_456_789, '一亿二千三百四十五万六千七百八十九'],
  ])('%i is %s', (n, text) => {
    expect(zhNumeral(n)).toBe(text)
  })

  test.each([
    [0, '零元整'], [1, '壹分'], [10, '壹角整'], [11, '壹角壹分'], [100, '壹元整'], [101, '壹元零壹分'], [110, '壹元壹角整'], [1000, '壹拾元整'],
    [1_234_050, '壹万贰仟叁佰肆拾元伍角整'], [1_234_055, '壹万贰仟叁佰肆拾元伍角伍分'], [10_000_005, '壹拾万元零伍分'], [300_000, '叁仟元整'],
    [2_000_000, '贰万元整'], [1_000_100, '壹万零壹元整'], [50_000_000_00, '伍仟万元整'],
  ])('%i fen are %s', (fen, text) => {
    expect(zhAmount(fen)).toBe(text)
  })

  it('refuses what cannot be written', () => {
    for (const n of [-1, 1.5, 1e12]) expect(() => zhNumeral(n)).toThrow(RangeError)
    for (const fen of [-1, 0.5, 1e14]) expect(() => zhAmount(fen)).toThrow(RangeError)
  })
})
