import { describe, expect, it, test } from 'vitest'
import { z } from 'zod'
import { cleanExtra, said, tagFields } from './tag-fields.ts'
import { extraProblems, tagCodes, tags } from './tags.ts'

describe('extra data of tags (domain.md §1.6)', () => {
  test.each(tagCodes.filter((code) => code !== 'SPECIAL_EQUIP'))('the form of %s asks for what its schema takes, no more and no less', (code) => {
    expect(tagFields[code].map((field) => field.key).sort()).toEqual(Object.keys((tags[code].extra as z.ZodObject).shape).sort())
  })

  it('every choice that the form offers is one that the schema takes', () => {
    for (const code of tagCodes)
      for (const field of tagFields[code])
        for (const { value } of field.options ?? []) expect(extraProblems(code, { [field.key]: field.kind === 'choices' ? [value] : value }), `${code} ${value}`).toEqual([])
  })

  it('empty answers are not sent, and what is left will do', () => {
    const typed = { spaces: [{ name: '一号污水池', kind: '', poisonRisk: null }, {}] }
    const extra = cleanExtra(tagFields.CONFINED_SPACE, typed)
    expect(extra).toEqual({ spaces: [{ name: '一号污水池' }] })
    expect(extraProblems('CONFINED_SPACE', extra)).toEqual([])
    expect(cleanExtra(tagFields.DUST_EXPLOSION, { dustKind: undefined, personsPerShift: 0, process: '' })).toEqual({ personsPerShift: 0 })
  })

  it('is said in Chinese, with units', () => {
    expect(said('AMMONIA_REFRIG', { quickFreezePersons: 9, ammoniaTonnes: 3.5 })).toEqual([{ label: '氨的充装量', value: '3.5 吨' }, { label: '速冻间作业人数', value: '9 人' }])
    expect(said('CITY_GAS', { supply: 'BOTTLE' })).toEqual([{ label: '用气方式', value: '瓶装液化石油气' }])
    expect(said('HAZCHEM_USE', { maxStock: [{ name: '甲苯', kg: 200 }, { name: '酒精', tonnes: 1 }] })).toEqual([{ label: '最大储量', value: '甲苯 200 千克；酒精 1 吨' }])
    expect(said('MOLTEN_METAL', { deepCasting: false, furnace: '中频炉' })).toEqual([{ label: '炉型', value: '中频炉' }, { label: '有深井铸造', value: '否' }])
  })
})
