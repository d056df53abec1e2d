import { describe, expect, it, test } from 'vitest'
import { assessIdCard, idCardCheck } from './id-card.ts'

const make = (first17: string): string => first17 + idCardCheck(first17)
const GOOD = make('99010119900307123')

describe('GB 11643-1999', () => {
  it('gives the check character of the standard’s own example, 11010519491231002X', () => {
    expect(idCardCheck('11010519491231002')).toBe('X')
    expect(assessIdCard('11010519491231002X')).toEqual({ normalised: '11010519491231002X', verdict: 'valid', birthDate: '1949-12-31', notes: [] })
  })

  it('takes a lower-case x, full-width digits and spaces', () => {
    expect(assessIdCard('１１０１０５ 19491231 002x').verdict).toBe('valid')
  })

  test.each([
    ['', 'id_card.empty'],
    ['990101900307123', 'id_card.length'],
    ['99010119900307123A', 'id_card.character'],
    ['X90101199003071234', 'id_card.character'],
    [make('99010119900230123'), 'id_card.birth_date'],
    [make('99010118500307123'), 'id_card.birth_date'],
    [GOOD.slice(0, 17) + (GOOD.endsWith('1') ? '2' : '1'), 'id_card.check'],
  ])('%s is refused: %s', (text, code) => {
    const result = assessIdCard(text)
    expect(result).toMatchObject({ verdict: 'wrong', birthDate: null })
    expect(result.notes.map((n) => n.code)).toEqual([code])
  })

  it('no single changed digit passes', () => {
    for (let i = 0; i < 17; i += 1) {
      for (let d = 0; d < 10; d += 1) {
        const changed = GOOD.slice(0, i) + d + GOOD.slice(i + 1)
        if (changed !== GOOD) expect(assessIdCard(changed).verdict, changed).toBe('wrong')
      }
    }
  })

  it('a note never repeats the number, since notes reach logs', () => {
    const bad = '99010119900307123A'
    expect(JSON.stringify(assessIdCard(bad).notes)).not.toContain(bad.slice(6, 14))
  })

  it('idCardCheck refuses sixteen digits', () => {
    expect(() => idCardCheck('1234567890123456')).toThrow(RangeError)
  })
})
