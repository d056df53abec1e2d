import { describe, expect, it } from 'vitest'
import { isPrefix, PAPER_NUMBER, paperNumber } from './number.ts'

describe('文号格式（§3.4）', () => {
  it('（澜安澜）应急责改〔2026〕12号', () => {
    expect(paperNumber({ prefix: '澜安澜', wordCode: '责改', year: 2026, seq: 12 })).toBe('（澜安澜）应急责改〔2026〕12号')
  })
  it.each([
    ['half-width brackets', '(澜安澜)应急责改〔2026〕12号'],
    ['square brackets round the year', '（澜安澜）应急责改[2026]12号'],
    ['letters in the prefix', '（LAL）应急责改〔2026〕12号'],
    ['no word', '（澜安澜）应急〔2026〕12号'],
    ['a sequence of six digits', '（澜安澜）应急责改〔2026〕123456号'],
  ])('refuses %s', (_, no) => expect(PAPER_NUMBER.test(no)).toBe(false))
  it('顺序号不编虚位：7 is 7, never 007', () => {
    expect(paperNumber({ prefix: '澜安澜', wordCode: '现决', year: 2026, seq: 7 })).toContain('〕7号')
  })
  it.each([[{ prefix: '澜', wordCode: '责改' }], [{ prefix: '澜安澜', wordCode: '' }], [{ prefix: 'A', wordCode: '责改' }]])('%j makes no number', (parts) => {
    expect(() => paperNumber({ year: 2026, seq: 1, ...parts })).toThrow(RangeError)
  })
  it('a sequence beyond 99999 makes no number', () => {
    expect(() => paperNumber({ prefix: '澜安澜', wordCode: '责改', year: 2026, seq: 100_000 })).toThrow(RangeError)
  })
  it.each([['澜安澜', true], ['澜', false], ['澜安澜区应急局', false], [null, false]])('机关代字 %s → %s', (prefix, good) => expect(isPrefix(prefix)).toBe(good))
})
