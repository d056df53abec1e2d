import { describe, expect, it } from 'vitest'
import { agencyAt, formAt, type Kit } from './kit.ts'
import { spotRefusals } from './on-spot.ts'
import { shippedDocTypes } from './doc-types.data.ts'

const type = (name: string) => shippedDocTypes.find((doc) => doc.type === name)!
const usual = { state: 'DRAFT', numbered: false, officers: ['wang', 'he'], signed: ['wang', 'he'], actorId: 'wang', issuedAt: '2026-03-05T02:00:00Z', now: '2026-03-07T02:00:00Z' } as const

describe('现场出具', () => {
  it.each([
    ['现场检查记录不需审批、不编号', 'D04', {}, []],
    ['责令限期整改没有批准不能当场出具（§3.4）', 'D06', { numbered: true }, ['enforcement.approval_needed']],
    ['批准以后可以', 'D06', { state: 'APPROVED', numbered: true }, []],
    ['批准了也要有文号', 'D06', { state: 'APPROVED' }, ['enforcement.number_needed']],
    ['现场处理措施也须批准', 'D05', { numbered: true }, ['enforcement.approval_needed']],
    ['检查记录不占文号', 'D04', { numbered: true }, ['enforcement.type_without_number']],
    ['一名执法人员签名不够（罚法§42）', 'D04', { signed: ['wang'] }, ['enforcement.marks_incomplete']],
    ['同一人签两次不算', 'D04', { signed: ['wang', 'wang'] }, ['enforcement.marks_incomplete']],
    ['别人的签名不收', 'D04', { signed: ['wang', 'he', 'lu'] }, ['enforcement.marks_incomplete']],
    ['不是文书上的人员不能出具', 'D04', { actorId: 'lu' }, ['enforcement.not_officer']],
    ['明天的文书不收', 'D04', { issuedAt: '2026-03-08T02:00:00Z' }, ['enforcement.issued_in_future']],
    ['手机快几分钟可以', 'D04', { issuedAt: '2026-03-07T02:05:00Z' }, []],
  ] as const)('%s', (_, name, more, codes) => {
    expect(spotRefusals(type(name), { ...usual, ...more }).map((refusal) => refusal.code)).toEqual(codes)
  })
})

describe('手机上的文书样式', () => {
  const form = { ...type('D06'), areaCode: '000000000000', version: 1 }
  const kit: Kit = { agencies: [{ areaCode: '990101000000', name: '安澜区应急管理局' }], forms: [form, { ...form, areaCode: '990101001000', title: '街道的样式' }], spare: [] }
  it('取最近一级的样式和机关', () => {
    expect(formAt(kit, '990101001001', 'D06')?.title).toBe('街道的样式')
    expect(formAt(kit, '990101002001', 'D06')?.title).toBe('责令限期整改指令书')
    expect(formAt(kit, '990101002001', 'D04')).toBeUndefined()
    expect(agencyAt(kit, '990101002001')).toBe('安澜区应急管理局')
    expect(agencyAt(kit, '990102002001')).toBeUndefined()
  })
})
