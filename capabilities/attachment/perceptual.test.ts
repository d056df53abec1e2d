import { describe, expect, it } from 'vitest'
import { bandsOf, differenceHash, distance, isTelling } from './perceptual.ts'

describe('perceptual hash', () => {
  const ramp = Array.from({ length: 72 }, (_, i) => i % 9)
  it('a picture that brightens to the right is all ones, a mirrored one all zeros', () => {
    expect(differenceHash(ramp)).toBe('ffffffffffffffff')
    expect(differenceHash(ramp.map((v) => -v))).toBe('0000000000000000')
  })
  it('counts differing bits', () => {
    expect(distance('ffffffffffffffff', 'fffffffffffffff0')).toBe(4)
    expect(distance('0f00000000000001', '0000000000000000')).toBe(5)
  })
  it('two hashes that differ in three bits share at least one of four bands', () => {
    const a = 'a1b2c3d4e5f60718'
    for (const [x, y, z] of [[0, 5, 9], [1, 2, 3], [0, 4, 15], [3, 7, 11]] as const) {
      const digits = a.split('')
      for (const at of [x, y, z]) digits[at] = (Number.parseInt(digits[at]!, 16) ^ 1).toString(16)
      const b = digits.join('')
      expect(distance(a, b)).toBe(3)
      expect(bandsOf(a).some((value, i) => value === bandsOf(b)[i])).toBe(true)
    }
  })
  it('a black picture tells nothing', () => {
    expect([isTelling('0000000000000000'), isTelling('ffffffffffffffff'), isTelling('a1b2c3d4e5f60718')]).toEqual([false, false, true])
  })
})
