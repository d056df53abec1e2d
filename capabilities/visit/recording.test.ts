import { describe, expect, it } from 'vitest'
import { shippedChecklist } from '../checklist/library.ts'
import type { ChecklistVersion } from '../checklist/checklist.ts'
import { OUTCOMES_WITH_PHOTO, type VisitKind } from './kinds.ts'
import { countsOf, dayOfAct, mustConvert, mustFollowUp, refuseRecord } from './recording.ts'
import { Answer, Finding, type RecordVisit } from './visit.ts'

const yc = shippedChecklist('YC')
const versions = new Map<string, ChecklistVersion>([[yc.id, yc]])
const now = '2026-03-05T04:00:00Z'
const uuid = (n: number) => `0199bbbb-0000-7000-8000-${String(n).padStart(12, '0')}`

type Given = Parameters<typeof refuseRecord>[0]
const answer = (itemCode: string, more: Partial<Answer> = {}): Answer => Answer.parse({ versionId: yc.id, itemCode, answer: 'COMPLIES', ...more })
const all = (...given: Answer[]) => [...yc.items.filter((i) => !given.some((g) => g.itemCode === i.code)).map((i) => answer(i.code)), ...given]
const finding = (itemCode: string, more: Partial<Finding> = {}): Finding =>
  Finding.parse({ id: uuid(1), versionId: yc.id, itemCode, category: 'XC-01', location: '一车间', description: '堆放杂物', requirement: '清理', photosBefore: [uuid(50)], ...more })
const given = (more: Partial<Given> = {}): Given => ({
  kind: 'ADMIN_DAILY', people: [], arrivedAt: '2026-03-05T02:00:00Z', leftAt: '2026-03-05T03:00:00Z', idShownAt: '2026-03-05T02:01:00Z', informedAt: '2026-03-05T02:02:00Z', outcome: 'CHECKED', outcomePhotos: [], versionIds: [yc.id],
  answers: all(), findings: [], companion: { name: '赵启澄' }, signature: { state: 'SIGNED', companyAttachmentId: uuid(90), officerAttachmentIds: [uuid(91), uuid(92)] }, ...more,
})
const refused = (more: Partial<Given>) => refuseRecord(given(more), versions, now).map((r) => [r.code, r.field])
const afar = (kind: VisitKind, more: Partial<Given> = {}): Partial<Given> => ({ kind, versionIds: [], answers: [], signature: undefined, companion: undefined, idShownAt: undefined, informedAt: undefined, ...more })

describe('办结记录', () => {
  it('完整的检查记录没有可拒之处', () => {
    expect(refused({})).toEqual([])
  })
  it.each([
    ['未登记亮证（罚法§55）', { idShownAt: undefined }, 'visit.id_not_shown', 'idShownAt'],
    ['未登记告知', { informedAt: undefined }, 'visit.not_informed', 'informedAt'],
    ['离场早于到场', { leftAt: '2026-03-05T01:59:00Z' }, 'visit.left_before_arrived', 'leftAt'],
    ['手机时钟快了', { leftAt: '2026-03-05T04:06:00Z' }, 'visit.in_future', 'leftAt'],
    ['没有检查表', { versionIds: [], answers: [] }, 'visit.checklist_missing', 'versionIds'],
    ['检查表不存在', { versionIds: [yc.id, uuid(7)] }, 'visit.checklist_unknown', 'versionIds.1'],
    ['作答属于别的检查表', { answers: [...all(), answer('YC-01', { versionId: uuid(7) })] }, 'visit.answer_of_other_list', 'answers.40.versionId'],
    ['漏答一项', { answers: all().slice(1) }, 'checklist.unanswered', 'answers'],
    ['不适用不写理由', { answers: all(answer('YC-08', { answer: 'NOT_APPLICABLE' })) }, 'checklist.reason_required', 'answers.39.reason'],
    ['“其余均符合”填了不符合', { answers: all(answer('YC-03', { answer: 'FAILS', byRest: true })), findings: [finding('YC-03')] }, 'visit.by_rest_only_complies', 'answers.39.byRest'],
    ['不符合却没有隐患', { answers: all(answer('YC-03', { answer: 'FAILS' })) }, 'visit.finding_missing', 'answers.39'],
    ['有隐患却答符合', { findings: [finding('YC-03')] }, 'visit.finding_without_answer', 'findings.0.itemCode'],
    ['须拍照的项没有照片', { answers: all(answer('YC-08', { answer: 'FAILS' })), findings: [finding('YC-08', { photosBefore: [] })] }, 'checklist.photo_required', 'answers.39.photosBefore'],
    ['现场已改没有整改后照片（T4）', { answers: all(answer('YC-08', { answer: 'FIXED' })), findings: [finding('YC-08', { fixed: true })] }, 'checklist.after_photo_required', 'answers.39.photosAfter'],
    ['答现场已改而隐患未改', { answers: all(answer('YC-03', { answer: 'FIXED' })), findings: [finding('YC-03')] }, 'visit.finding_not_fixed', 'findings.0.fixed'],
    ['隐患全改了却答不符合', { answers: all(answer('YC-03', { answer: 'FAILS' })), findings: [finding('YC-03', { fixed: true, photosAfter: [uuid(51)] })] }, 'visit.answer_is_fixed', 'answers.39.answer'],
    ['重大隐患不能现场了结（T4）', { answers: all(answer('YC-03', { answer: 'FIXED' })), findings: [finding('YC-03', { fixed: true, level: 'MAJOR', photosAfter: [uuid(51)] })] }, 'visit.major_not_fixed', 'findings.0.fixed'],
    ['同一编号的隐患两次', { answers: all(answer('YC-03', { answer: 'FAILS' })), findings: [finding('YC-03'), finding('YC-03', { location: '二车间' })] }, 'visit.finding_twice', 'findings.1.id'],
    ['没有签字（安法§68）', { signature: undefined }, 'visit.sign_missing', 'signature.state'],
    ['行政检查不能“不需签字”', { signature: { state: 'NOT_NEEDED', officerAttachmentIds: [] } }, 'visit.sign_missing', 'signature.state'],
    ['只有一名执法人员签字', { signature: { state: 'SIGNED', companyAttachmentId: uuid(90), officerAttachmentIds: [uuid(91)] } }, 'visit.officers_sign', 'signature.officerAttachmentIds'],
    ['签了字却没写是谁', { companion: undefined }, 'visit.companion_missing', 'companion.name'],
    ['拒签没有见证人（R3-2）', { signature: { state: 'REFUSED', officerAttachmentIds: [uuid(91), uuid(92)], refusalReason: '不认可记录' } }, 'visit.witness_missing', 'signature.witnessName'],
    ['拒签没有写明情况（R3-2）', { signature: { state: 'REFUSED', officerAttachmentIds: [uuid(91), uuid(92)], witnessName: '蒋作舟' } }, 'visit.sign_refusal_reason', 'signature.refusalReason'],
  ] as const)('%s', (_, more, code, field) => {
    expect(refused(more as never)).toContainEqual([code, field])
  })
  it('拒签写明情况并有见证人的，可以办结', () => {
    expect(refused({ companion: undefined, signature: { state: 'REFUSED', officerAttachmentIds: [uuid(91), uuid(92)], refusalReason: '不认可记录', witnessName: '蒋作舟' } })).toEqual([])
  })
  it('现场已改有前后照片的，可以办结', () => {
    expect(refused({ answers: all(answer('YC-08', { answer: 'FIXED' })), findings: [finding('YC-08', { fixed: true, photosAfter: [uuid(51)] })] })).toEqual([])
  })
  it('所有拒绝一次说完', () => {
    expect(refused({ idShownAt: undefined, informedAt: undefined, signature: undefined, answers: all().slice(1) })).toHaveLength(4)
  })
  it('检查表停用前已安排的仍可使用，停用后新开的不行', () => {
    const retired = new Map([[yc.id, { ...yc, state: 'RETIRED' as const }]])
    expect(refuseRecord(given(), retired, now, [yc.id])).toEqual([])
    expect(refuseRecord(given(), retired, now).map((r) => r.code)).toEqual(['checklist.not_published'])
  })
  it('夜查表不能用于网格巡查', () => {
    expect(refused(afar('PATROL', { versionIds: [yc.id], answers: all() }))).toEqual([['checklist.wrong_visit_kind', 'versionIds.0']])
  })
})

describe('走访结果：只有“已检查”算检查（Q6）', () => {
  it.each(OUTCOMES_WITH_PHOTO)('%s 须有照片，不得作答，不需签字', (outcome) => {
    const bare = { outcome, answers: [], idShownAt: undefined, informedAt: undefined, signature: undefined, companion: undefined }
    expect(refused(bare)).toEqual([['visit.outcome_photo', 'outcomePhotos']])
    expect(refused({ ...bare, outcomePhotos: [uuid(60)] })).toEqual([])
    expect(refused({ ...bare, outcomePhotos: [uuid(60)], answers: all() })).toEqual([['visit.answers_without_check', 'answers']])
  })
  it('“其他”须说明情况', () => {
    expect(refused({ outcome: 'OTHER', answers: [], signature: undefined })).toEqual([['visit.outcome_note', 'outcomeNote']])
  })
})

describe('电话、非现场、自查、指导', () => {
  it('电话抽查不需签字、亮证，没有“锁门”一类结果', () => {
    expect(refused(afar('PHONE'))).toEqual([])
    expect(refused(afar('PHONE', { outcome: 'LOCKED', outcomePhotos: [uuid(60)] }))).toEqual([['visit.outcome_not_on_site', 'outcome']])
  })
  it('电话抽查不直接登记隐患，发现异常转现场核实', () => {
    expect(refused(afar('PHONE', { findings: [finding('YC-03')] })).map(([code]) => code)).toEqual(['visit.no_findings_in_kind'])
    expect(mustFollowUp({ kind: 'PHONE', answers: [answer('YC-03', { answer: 'FAILS' })], findings: [] })).toBe(true)
    expect(mustFollowUp({ kind: 'ADMIN_DAILY', answers: [answer('YC-03', { answer: 'FAILS' })], findings: [] })).toBe(false)
  })
  it('不在现场不能填“现场已改”', () => {
    const more = { kind: 'ADMIN_OFFSITE' as const, answers: all(answer('YC-03', { answer: 'FIXED' })), findings: [finding('YC-03', { fixed: true, photosAfter: [uuid(51)] })], signature: undefined }
    expect(refused(more).map(([code]) => code)).toContain('visit.no_fix_from_afar')
  })
  it('企业自查须用检查表，不需签字', () => {
    expect(refused(afar('SELF_CHECK'))).toEqual([['visit.checklist_missing', 'versionIds']])
  })
  it('指导服务发现重大隐患须转个案检查，检查本身不必', () => {
    expect([mustConvert('GUIDANCE', { major: 1 }), mustConvert('GUIDANCE', { major: 0 }), mustConvert('ADMIN_DAILY', { major: 1 })]).toEqual([true, false, false])
  })
})

describe('日期与计数', () => {
  it('00:30 的夜查计入前一日，执法证却按当天核对（§0.5）', () => {
    expect(dayOfAct('2026-03-05T16:30:00Z')).toBe('2026-03-06')
  })
  it('隐患数、现场整改数、重大数各自计', () => {
    const counts = countsOf({ answers: all(answer('YC-03', { answer: 'FAILS' }), answer('YC-04', { answer: 'NOT_APPLICABLE', reason: 'NOT_RUNNING' })), findings: [finding('YC-03'), finding('YC-08', { level: 'MAJOR' }), finding('YC-09', { fixed: true })] } as Pick<RecordVisit, 'answers' | 'findings'>)
    expect(counts).toEqual({ answers: 40, complied: 38, notApplicable: 1, findings: 3, fixed: 1, major: 1 })
  })
})
