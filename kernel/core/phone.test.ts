import { expect, test } from 'vitest'
import { parsePhone, phoneProblem } from './phone.ts'

test.each([
  ['13812345678', 'mobile', '13812345678', '5678'],
  ['138 1234 5678', 'mobile', '13812345678', '5678'],
  ['138-1234-5678', 'mobile', '13812345678', '5678'],
  ['１３８１２３４５６７８', 'mobile', '13812345678', '5678'],
  ['+86 13812345678', 'mobile', '13812345678', '5678'],
  ['8613812345678', 'mobile', '13812345678', '5678'],
  ['19912345678', 'mobile', '19912345678', '5678'],
  ['0755-28901234', 'landline', '0755-28901234', '1234'],
  ['（0755）28901234', 'landline', '0755-28901234', '1234'],
  ['075528901234', 'landline', '0755-28901234', '1234'],
  ['0755—2890 1234', 'landline', '0755-28901234', '1234'],
  ['+86-755-28901234', 'landline', '0755-28901234', '1234'],
  ['+86 10 62345678', 'landline', '010-62345678', '5678'],
  ['010-62345678', 'landline', '010-62345678', '5678'],
  ['0635-8512345', 'landline', '0635-8512345', '2345'],
  ['0755-28901234-801', 'landline', '0755-28901234-801', '1234'],
  ['0755-28901234转801', 'landline', '0755-28901234-801', '1234'],
  ['400-123-4567', 'service', '4001234567', '4567'],
  ['12350', 'service', '12350', '2350'],
  ['119', 'service', '119', '119'],
])('%s is a %s number, %s', (text, kind, normalised, tail) => {
  expect(parsePhone(text)).toEqual({ kind, normalised, tail })
  expect(phoneProblem(text)).toBeNull()
})

test.each(['1381234567', '138123456789', '12812345678', '28901234', '0755-1890123', '0155-28901234', 'abc', '0755', '138123456７a'])('%s is no number', (text) => {
  expect(parsePhone(text)).toBeNull()
  expect(phoneProblem(text)).toContain('0755-28901234')
})

test('an empty field asks for a number', () => {
  expect(phoneProblem('  ')).toBe('请填写电话')
})
