import { describe, expect, it } from 'vitest'
import { operations } from '../../../capabilities/hazard/operations.ts'
import type { HazardAction } from '../../../capabilities/hazard/lifecycle.ts'
import type { HazardRow } from '../../../capabilities/sync/rows.ts'
import { actForms, commandOf, gapsOfAct, nothingTyped, type Typed } from './acts.ts'

const id = (n: number) => `0199aaaa-0000-7000-8000-${String(n).padStart(12, '0')}`
const hazard = { id: id(1), version: 3, evidence: 'PHOTO', level: 'GENERAL', stopInForce: false, lastReinspectors: [] } as unknown as HazardRow
const officer = (n: number, to: string | null = '2027-01-01') => ({ id: id(n), name: `第${n}`, certificateNo: `9901010${n}`, certificateFrom: null, certificateTo: to })
const people = [officer(10), officer(11), officer(12, '2026-01-01'), { ...officer(13), certificateNo: null }]
const day = '2026-03-05'
const full: Typed = { ...nothingTyped, photos: [id(30)], note: '已换新', day: '2026-03-12', officers: [id(10), id(11)], plan: { measures: '更换', responsible: '赵启澄', fund: '500', emergency: '断电撤人', goal: '', team: '' } }
const gaps = (action: HazardAction, typed: Typed, of = hazard) => gapsOfAct(actForms[action]!(of), typed, of, people, day)

describe('acts on a hazard with the phone', () => {
  it.each(Object.keys(actForms) as HazardAction[])('%s: filled in it is a command the contract accepts', (action) => {
    expect(gaps(action, full)).toEqual([])
    const made = commandOf(action, hazard, full)!
    const operation = operations[made.name.split('.')[1] as keyof typeof operations]
    expect(operation.input.safeParse(made.input).error).toBeUndefined()
    expect(made.input).toMatchObject({ id: hazard.id, baseVersion: 3 })
  })
  it('what was put right is shown by a picture', () => {
    expect(gaps('submit', { ...full, photos: [] })).toEqual(['请拍整改后照片'])
    expect(gaps('submit', { ...full, photos: [] }, { ...hazard, evidence: 'NONE' })).toEqual([])
  })
  it('a major hazard is handed in with its report', () => {
    expect(gaps('submit', full, { ...hazard, level: 'MAJOR' })).toEqual(['重大隐患须附整改报告，请拍照'])
    expect(gaps('submit', { ...full, reports: [id(31)] }, { ...hazard, level: 'MAJOR' })).toEqual([])
  })
  it.each<[string, string[], string[]]>([
    ['one officer', [id(10)], ['须有两名持有效执法证的人员']],
    ['the second certificate has run out', [id(10), id(12)], ['须有两名持有效执法证的人员']],
    ['the second has none', [id(10), id(13)], ['须有两名持有效执法证的人员']],
    ['two in force', [id(10), id(11)], []],
  ])('re-inspection, %s (罚法§42)', (_, officers, wanted) => {
    expect(gaps('pass', { ...full, officers })).toEqual(wanted)
  })
  it('the next re-inspection of a major hazard brings a new face (T10)', () => {
    expect(gaps('pass', full, { ...hazard, level: 'MAJOR', lastReinspectors: [id(10), id(11)] })).toEqual(['其中一名须是上次复查以外的人员'])
  })
  it('who says no says why', () => {
    expect(gaps('rejectFix', { ...full, note: '' })).toEqual(['请填写不属实的情况'])
    expect(gaps('fail', { ...full, note: '', day: '' })).toEqual(['请填写不合格的情况', '请选新期限'])
  })
  it('the plan of a major hazard names goal and team as well (16号令§15)', () => {
    expect(gaps('acknowledge', full, { ...hazard, level: 'MAJOR' })).toEqual(['请填写目标任务、机构人员'])
  })
  it('office work is not offered', () => {
    expect(commandOf('review', hazard, full)).toBeUndefined()
  })
})
