import { expect, it, test } from 'vitest'
import { assessRegistrationNumber } from './registration-number.ts'

test.each([
  ['110108000000016', 'valid', null],
  ['１１０１０８ 000000016', 'valid', null],
  ['110108000000015', 'warn', '旧注册号校验码不符，请核对'],
  ['11010800000001', 'wrong', '旧注册号应为 15 位数字'],
  ['91440307MA5A00013R', 'wrong', '旧注册号应为 15 位数字'],
])('%s is %s', (text, verdict, zh) => {
  expect(assessRegistrationNumber(text)).toMatchObject({ verdict, zh })
})

it('a single wrong digit never passes', () => {
  const good = '110108000000016'
  for (let i = 0; i < 15; i += 1) {
    for (let d = 0; d < 10; d += 1) {
      const changed = good.slice(0, i) + d + good.slice(i + 1)
      if (changed !== good) expect(assessRegistrationNumber(changed).verdict, changed).toBe('warn')
    }
  }
})
