import { describe, expect, it, test } from 'vitest'
import { canonicalJson } from './canonical-json.ts'

describe('canonicalJson', () => {
  test.each<[string, unknown, string]>([
    ['keys are sorted at every depth', { b: 1, a: { d: [], c: null } }, '{"a":{"c":null,"d":[]},"b":1}'],
    ['by UTF-16 code unit, as RFC 8785 §3.2.3 orders them', { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 }, '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}'],
    ['Chinese stays as it is', { 名称: '安澜区' }, '{"名称":"安澜区"}'],
    ['an undefined property is left out', { a: undefined, b: 1 }, '{"b":1}'],
    ['lists keep their order', [3, 1, 2], '[3,1,2]'],
    ['numbers in their shortest form', [1.0, 1e21, 0.1, 1e-7, 4.5, 1847.5], '[1,1e+21,0.1,1e-7,4.5,1847.5]'],
    ['there is one zero', -0, '0'],
    ['a date is its ISO text', { at: new Date(0) }, '{"at":"1970-01-01T00:00:00.000Z"}'],
    ['escapes', '"\\\n\u0001/', '"\\"\\\\\\n\\u0001/"'],
    ['an object without prototype', Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
    ['true, false, null', [true, false, null], '[true,false,null]'],
  ])('%s', (_, value, text) => {
    expect(canonicalJson(value)).toBe(text)
  })

  it('gives the same text for a value and for the value read back from JSON', () => {
    const value = { z: new Date(1_772_718_000_000), a: [{ q: -0, p: undefined }], n: 1847, s: '东街“2号”' }
    expect(canonicalJson(JSON.parse(JSON.stringify(value)))).toBe(canonicalJson(value))
  })

  it('two different values never share a text', () => {
    const values = [1, '1', [1], { 1: 1 }, [[1]], null, 'null', [null], {}, [], '', 'a,b', ['a', 'b'], ['a,b'], true, 'true']
    expect(new Set(values.map(canonicalJson)).size).toBe(values.length)
  })

  const cycle: Record<string, unknown> = {}
  cycle.self = cycle
  test.each<[string, unknown]>([
    ['NaN', Number.NaN],
    ['infinity', [Number.POSITIVE_INFINITY]],
    ['a bigint', 1n],
    ['undefined', undefined],
    ['undefined in a list', [undefined]],
    ['a hole in a list', new Array(1)],
    ['a function', { f: () => 1 }],
    ['a Map', new Map()],
    ['bytes', new Uint8Array(2)],
    ['an invalid date', new Date('x')],
    ['a lone surrogate', '\ud800'],
    ['a lone surrogate in a key', { '\udc00': 1 }],
    ['a cycle', cycle],
  ])('refuses %s', (_, value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError)
  })
})
