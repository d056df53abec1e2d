import { describe, expect, it, test } from 'vitest'
import { maskIdNumber, maskName, maskPhone } from './mask.ts'

describe('masks (domain.md §0.6)', () => {
  test.each([
    ['13812341234', '138****1234'],
    ['+86 138-1234-1234', '138****1234'],
    ['0755-28901234', '0755-****1234'],
    ['0635-8512345-6', '0635-***2345'],
    ['12350', '12350'],
    ['138123412', '*********'],
    ['微信号 abc', '*******'],
    ['', ''],
  ])('the phone %s reads %s', (text, masked) => {
    expect(maskPhone(text)).toBe(masked)
  })

  test.each([
    ['11010519491231002x', '110***********002X'],
    ['990101199003071234', '990***********1234'],
    ['990101900307123', '***************'],
    ['护照 E1234', '********'],
  ])('the ID number %s reads %s', (text, masked) => {
    expect(maskIdNumber(text)).toBe(masked)
  })

  test.each([['王', '王'], ['王五', '王*'], ['王小五', '王**'], ['欧阳', '欧*'], ['欧阳五', '欧阳*'], ['欧阳小五', '欧阳**'], ['𠮷田', '𠮷*'], ['', '']])('the name %s reads %s', (name, masked) => {
    expect(maskName(name)).toBe(masked)
  })

  it('shows no digit of the middle four', () => {
    const masks = new Set(['13800001234', '13899991234', '13855551234'].map(maskPhone))
    expect([...masks]).toEqual(['138****1234'])
  })
})
