import { describe, expect, it, test } from 'vitest'
import { assessCreditCode, creditCodeCheck, makeCreditCode, normaliseCreditCode, organisationCheck } from './credit-code.ts'

const VALID = [
  '91440307MA5A00013R', '91440307MA5A00021L', '92440307MA5A0003X9', '91320602MA1A00016J',
  '91320614MA1A00024R', '91330100MA2A00018C', '91371500MA3A0001X5', '91440307MA5T47548K',
]
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const codes = (text: string): string[] => assessCreditCode(text).notes.map((n) => n.code)

describe('GB 32100-2015, vectors of domain.md §1.1', () => {
  test.each(VALID)('%s is valid', (code) => {
    expect(assessCreditCode(code)).toEqual({ normalised: code, verdict: 'valid', confirmable: false, notes: [] })
  })

  test.each(VALID)('%s with any one character changed is not valid', (code) => {
    for (let i = 0; i < 18; i += 1) {
      for (const c of ALPHABET) {
        if (c === code[i]) continue
        const changed = code.slice(0, i) + c + code.slice(i + 1)
        expect(assessCreditCode(changed).verdict, changed).toBe('wrong')
      }
    }
  })

  test.each(VALID)('%s with two neighbours swapped is not valid', (code) => {
    for (let i = 0; i < 17; i += 1) {
      if (code[i] === code[i + 1]) continue
      const swapped = code.slice(0, i) + code[i + 1] + code[i] + code.slice(i + 2)
      expect(assessCreditCode(swapped).verdict, swapped).toBe('wrong')
    }
  })

  it('worked example: 91350100M000100Y4 gives 3, so …Y43 is valid and …Y4Z is not', () => {
    expect(creditCodeCheck('91350100M000100Y4')).toBe('3')
    expect(organisationCheck('M000100Y')).toBe('4')
    expect(assessCreditCode('91350100M000100Y43').verdict).toBe('valid')
    expect(codes('91350100M000100Y4Z')).toEqual(['credit_code.character'])
  })

  test.each([['17', '91440307MA5A00013'], ['19', '91440307MA5A00013R1']])('a length of %s is refused and cannot be confirmed', (n, code) => {
    expect(assessCreditCode(code)).toMatchObject({ verdict: 'wrong', confirmable: false, notes: [{ code: 'credit_code.length', zh: `应为 18 位，现为 ${n} 位` }] })
  })
})

describe('what a person reads under the field', () => {
  test.each([
    ['91440307MA5A0001OR', '第 17 位字母 O 疑为数字 0'],
    ['9I440307MA5A00013R', '第 2 位字母 I 疑为数字 1'],
    ['91440307MASA00013R', '第 11 位字母 S 疑为数字 5'],
    ['9144030ZMA5A00013R', '第 8 位字母 Z 疑为数字 2'],
    ['91440307MA5V00013R', '第 12 位字母 V 疑为字母 U 或 Y'],
    ['91440307MA5A0001*R', '第 17 位“*”不是代码字符'],
    ['9144030AMA5A00013R', '第 3–8 位行政区划码应为数字'],
    ['440307000012345', '这是 15 位旧注册号，请填入“注册号”一栏'],
    ['   ', '请填写统一社会信用代码'],
  ])('%s: %s', (code, zh) => {
    const result = assessCreditCode(code)
    expect(result.notes.map((n) => n.zh)).toEqual([zh])
    expect(result).toMatchObject({ verdict: 'wrong', confirmable: false })
  })

  it('names every wrong letter, not the first', () => {
    expect(assessCreditCode('9I44O307MA5A00013R').notes).toHaveLength(2)
  })

  test.each([
    ['full-width', '９１４４０３０７ＭＡ５Ａ０００１３Ｒ'],
    ['lower case', '91440307ma5a00013r'],
    ['spaces and hyphens', ' 91-440307 MA5A0001–3R '],
    ['a zero-width space from a web page', '91440307\u200bMA5A00013R'],
  ])('%s is brought to the written form', (_, text) => {
    expect(normaliseCreditCode(text)).toBe('91440307MA5A00013R')
    expect(assessCreditCode(text).verdict).toBe('valid')
  })
})

describe('a failed check warns and a person confirms (conventions.md C8)', () => {
  it('91350203M0001QAY9B, in use though its check should be 9, is wrong but may be confirmed', () => {
    const result = assessCreditCode('91350203M0001QAY9B')
    expect(creditCodeCheck('91350203M0001QAY9')).toBe('9')
    expect(result).toMatchObject({ verdict: 'wrong', confirmable: true })
    expect(result.notes.find((n) => n.code === 'credit_code.check')?.level).toBe('error')
  })

  it('a failed inner check alone only warns and needs no confirmation', () => {
    const first17 = '91440307MA5A00014'
    const result = assessCreditCode(first17 + creditCodeCheck(first17))
    expect(result).toMatchObject({ verdict: 'warn', confirmable: false })
    expect(result.notes.map((n) => [n.code, n.level])).toEqual([['credit_code.inner_check', 'warning']])
  })
})

describe('codes for seeds', () => {
  test.each([
    ['91', '440307', 'MA5A0001', '91440307MA5A00013R'],
    ['92', '440307', 'MA5A0003', '92440307MA5A0003X9'],
  ])('%s %s %s makes %s', (kind, area, body, code) => {
    expect(makeCreditCode(kind, area, body)).toBe(code)
  })

  it('every made code is valid, thousand of the fictional county 990101', () => {
    for (let i = 0; i < 1000; i += 1) {
      expect(assessCreditCode(makeCreditCode('91', '990101', `MA9${String(i).padStart(5, '0')}`)).verdict).toBe('valid')
    }
  })

  test.each([['91', '440307', 'MA5A000'], ['91', '44030', 'MA5A0001'], ['9I', '440307', 'MA5A0001']])('refuses %s %s %s', (kind, area, body) => {
    expect(() => makeCreditCode(kind, area, body)).toThrow(RangeError)
  })
})
