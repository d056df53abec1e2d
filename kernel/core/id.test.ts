import { describe, expect, it, test } from 'vitest'
import { datedNumber, enterpriseNumber, gridNumber, isUuid, parkNumber, parseHumanNumber, siteNumber, timeOf, uuidv7 } from './id.ts'

const bytes = (fill: number): Uint8Array => new Uint8Array(10).fill(fill)

describe('uuidv7 (RFC 9562 §5.7)', () => {
  it('gives the example of RFC 9562 appendix A.6', () => {
    const random = Uint8Array.from([0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f])
    expect(uuidv7(0x017f22e279b0, random)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f')
  })

  test.each([[0], [1], [1_772_718_000_000], [2 ** 48 - 1]])('carries its time %i and is a UUID whatever the random bytes', (ms) => {
    for (const fill of [0x00, 0x5a, 0xff]) {
      const id = uuidv7(ms, bytes(fill))
      expect(isUuid(id)).toBe(true)
      expect(id[14]).toBe('7')
      expect(timeOf(id)).toBe(ms)
    }
  })

  it('sorts as text in the order of time', () => {
    const ids = [3, 1, 2, 70_000, 65_536].map((ms) => uuidv7(ms, bytes(ms % 7)))
    expect([...ids].sort().map(timeOf)).toEqual([1, 2, 3, 65_536, 70_000])
  })

  it('uses 74 of the 80 bits it is given; the other six are version and variant', () => {
    const base = uuidv7(5, bytes(0))
    const flipped = Array.from({ length: 80 }, (_, bit) => {
      const random = bytes(0)
      random[bit >> 3] = 0x80 >> (bit & 7)
      return uuidv7(5, random)
    })
    expect(new Set(flipped.filter((id) => id !== base)).size).toBe(74)
  })

  test.each<[string, number, number]>([
    ['a negative time', -1, 10],
    ['a fraction of a millisecond', 1.5, 10],
    ['a time beyond 48 bits', 2 ** 48, 10],
    ['nine bytes', 1, 9],
  ])('refuses %s', (_, ms, n) => {
    expect(() => uuidv7(ms, new Uint8Array(n))).toThrow(RangeError)
  })
})

describe('isUuid, timeOf', () => {
  test.each([
    ['017f22e2-79b0-7cc3-98c4-dc0c0c07398f', true],
    ['6ba7b810-9dad-11d1-80b4-00c04fd430c8', true],
    ['017F22E2-79B0-7CC3-98C4-DC0C0C07398F', false],
    ['017f22e2-79b0-7cc3-c8c4-dc0c0c07398f', false],
    ['017f22e279b07cc398c4dc0c0c07398f', false],
    [' 017f22e2-79b0-7cc3-98c4-dc0c0c07398f', false],
    ['', false],
  ])('isUuid(%s) is %s', (text, expected) => {
    expect(isUuid(text)).toBe(expected)
  })

  test.each(['6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'x'])('timeOf refuses %s', (text) => {
    expect(() => timeOf(text)).toThrow(RangeError)
  })
})

describe('speaking numbers (domain.md §0.5)', () => {
  test.each([
    [datedNumber('HZ', '2026-03-05', '990101', 123), 'HZ-20260305-990101-000123'],
    [datedNumber('INS', '2026-12-31', '990102', 999_999), 'INS-20261231-990102-999999'],
    [enterpriseNumber('91440307MA5A00013R'), 'ENT-91440307MA5A00013R'],
    [siteNumber('91440307MA5A00013R', 2), 'SITE-91440307MA5A00013R-002'],
    [parkNumber('990101', 17), 'PARK-990101-0017'],
    [gridNumber('990101001002', 3), 'GRID-990101001002-03'],
  ])('%s', (made, expected) => {
    expect(made).toBe(expected)
  })

  test.each<[string, () => string]>([
    ['a seventh digit', () => datedNumber('HZ', '2026-03-05', '990101', 1_000_000)],
    ['sequence 0', () => datedNumber('HZ', '2026-03-05', '990101', 0)],
    ['a date with slashes', () => datedNumber('HZ', '2026/03/05', '990101', 1)],
    ['a street code for a county code', () => parkNumber('990101001', 1)],
    ['a lower-case credit code', () => enterpriseNumber('91440307ma5a00013r')],
    ['the hundredth grid of a community', () => gridNumber('990101001002', 100)],
  ])('refuses %s', (_, make) => {
    expect(make).toThrow(RangeError)
  })

  test.each([
    [' hz-20260305-990101-000123 ', { kind: 'HZ', localDate: '2026-03-05', county6: '990101', seq: 123 }],
    ['ENT-91440307MA5A00013R', { kind: 'ENT', creditCode: '91440307MA5A00013R' }],
    ['SITE-91440307MA5A00013R-002', { kind: 'SITE', creditCode: '91440307MA5A00013R', seq: 2 }],
    ['PARK-990101-0017', { kind: 'PARK', county6: '990101', seq: 17 }],
    ['GRID-990101001002-03', { kind: 'GRID', village12: '990101001002', seq: 3 }],
    ['SITE-91440307MA5A00013R', null],
    ['ENT-91440307MA5A00013R-001', null],
    ['HZ-20260305-990101-123', null],
    ['XX-20260305-990101-000123', null],
  ])('reads %s', (text, expected) => {
    expect(parseHumanNumber(text)).toEqual(expected)
  })
})
