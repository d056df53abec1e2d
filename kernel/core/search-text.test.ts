import { describe, expect, it, test } from 'vitest'
import { bigrams, classifyQuery, normaliseText } from './search-text.ts'

describe('normaliseText', () => {
  test.each([
    ['“安澜”（深圳） 有限公司', '安澜深圳有限公司'],
    ['ＡＢＣ-１２３', 'abc123'],
    ['A&B 五金 · 二店', 'ab五金二店'],
    ['  ', ''],
    ['𠮷田食品', '𠮷田食品'],
    ['安澜五金2厂', '安澜五金2厂'],
    ['ｱﾝ㈱Ⅷ①', 'アン株viii1'],
  ])('%s becomes %s', (text, plain) => {
    expect(normaliseText(text)).toBe(plain)
  })
})

describe('bigrams', () => {
  test.each<[string, string[]]>([
    ['安澜五金', ['安澜', '澜五', '五金']],
    ['A1 五金', ['a1', '1五', '五金']],
    ['天天天', ['天天']],
    ['𠮷田', ['𠮷田']],
    ['安', []],
    ['', []],
  ])('%s gives %j', (text, pairs) => {
    expect(bigrams(text)).toEqual(pairs)
  })

  it('every part of a name, typed any way, finds the name', () => {
    const name = '安澜（北港）精密五金有限公司二厂'
    const indexed = new Set(bigrams(name))
    for (const typed of ['五金', '北港 精密', '（北港）', '有限公司二厂', '安澜北港']) {
      expect(bigrams(typed).every((p) => indexed.has(p)), typed).toBe(true)
    }
    expect(bigrams('五金店').every((p) => indexed.has(p))).toBe(false)
  })
})

describe('classifyQuery', () => {
  test.each([
    ['', 'empty', ''],
    ['（）', 'empty', ''],
    ['安', 'single', '安'],
    ['7', 'single', '7'],
    ['安澜', 'text', '安澜'],
    ['91440307ma5a 00013r', 'creditCode', '91440307MA5A00013R'],
    ['91350203M0001QAY9B', 'creditCode', '91350203M0001QAY9B'],
    ['91440307MA5A0001', 'text', '91440307ma5a0001'],
    ['hz-20260305-990101-000123', 'recordNumber', 'HZ-20260305-990101-000123'],
    ['138 1234 5678', 'phone', '13812345678'],
    ['0755-28901234', 'phone', '0755-28901234'],
    ['5678', 'phoneTail', '5678'],
    ['５６７８', 'phoneTail', '5678'],
    ['567', 'digits', '567'],
    ['12350', 'digits', '12350'],
    ['alwj', 'initials', 'alwj'],
    ['A L W J', 'initials', 'alwj'],
    ['longtradename', 'text', 'longtradename'],
    ['责改〔2026〕12号', 'text', '责改202612号'],
    ['5G厂房', 'text', '5g厂房'],
  ])('%s is %s', (text, kind, value) => {
    expect(classifyQuery(text)).toMatchObject({ kind, value })
  })

  it('guesses keep their pairs, so that a firm named by digits or letters is found as well', () => {
    expect(classifyQuery('8848').bigrams).toEqual(['88', '84', '48'])
    expect(classifyQuery('tcl').bigrams).toEqual(['tc', 'cl'])
    expect(classifyQuery('91440307MA5A00013R').bigrams).toEqual([])
  })
})
