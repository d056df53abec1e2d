import { describe, expect, it } from 'vitest'
import { diagramOf, movesOf } from '../../kernel/core/lifecycle.ts'
import { shippedRoles } from '../staff/roles.ts'
import { countsToCap, isInspection, kinds, needsApproval, STATE_ZH, VISIT_KINDS, type VisitKind } from './kinds.ts'
import { visitLifecycle } from './lifecycle.ts'
import { papersRefusals, refuseAdded, refuseBeginning, refuseDecision, refuseGrounds, refuseKind, refuseRecorder, refuseState, refuseTeam, type Team } from './rules.ts'
import type { Participant } from './visit.ts'
import { sentence, zh } from './zh.ts'

const codes = (refusals: readonly { code: string }[]) => refusals.map((r) => r.code)
const officer = (personId: string, more: Partial<Participant> = {}): Participant => ({ personId, name: personId, part: 'OFFICER', conflictDeclared: true, ...more })
const other = (personId: string, part: Participant['part']): Participant => ({ personId, name: personId, part, conflictDeclared: false })
const certified = (...ids: string[]) => new Map(ids.map((id) => [id, { no: `9901${id}`, validTo: '2028-12-31' }]))
const team = (kind: VisitKind, people: Participant[], more: Partial<Team> = {}): Team => ({ kind, people, certificates: certified('wang', 'he'), declared: true, ...more })

describe('谁可以进行哪种走访（domain §3.1）', () => {
  const may = (role: string) => VISIT_KINDS.filter((kind) => refuseKind(kind, (verb) => shippedRoles.find((r) => r.code === role)!.verbs.includes(verb)).length === 0)
  const inspections = ['ADMIN_DAILY', 'ADMIN_SPECIAL', 'ADMIN_CASE', 'ADMIN_OFFSITE', 'THIRD_PARTY', 'JOINT']
  it.each([
    ['GRID_OFFICER', ['PATROL']],
    ['CADRE', ['GUIDANCE']],
    ['ENT_SAFETY', ['SELF_CHECK']],
    ['ENT_PRINCIPAL', ['SELF_CHECK']],
    ['DUTY_OFFICER', ['PHONE']],
    ['STREET_ADMIN', ['PATROL', 'GUIDANCE']],
    ['INSPECTOR', [...inspections, 'GUIDANCE']],
    ['TEAM_LEAD', [...inspections, 'GUIDANCE']],
    ['BUREAU_LEADER', []],
    ['EXPERT', []],
    ['THIRD_PARTY', []],
    ['PARK_MANAGER', []],
    ['BUREAU_CLERK', []],
    ['SYS_ADMIN', []],
    ['AUDITOR', []],
  ] as const)('%s', (role, allowed) => {
    expect(may(role).sort()).toEqual([...allowed].sort())
  })
  it('局内勤可以安排行政检查，但不能自己登记检查', () => {
    const has = (verb: string) => shippedRoles.find((r) => r.code === 'BUREAU_CLERK')!.verbs.includes(verb)
    expect([refuseKind('ADMIN_DAILY', has, 'plan').length, refuseKind('ADMIN_DAILY', has, 'do').length, refuseKind('PATROL', has, 'plan').length]).toEqual([0, 1, 1])
  })
  it('拒绝的话写明应由谁进行', () => {
    expect(sentence(refuseKind('ADMIN_DAILY', () => false)[0]!)).toBe('“行政检查（日常）”应由两名以上持有效执法证的人员进行，您的岗位不能登记')
  })
})

describe('每种走访的审批、频次与文书', () => {
  it.each([
    ['ADMIN_DAILY', true, true, 'YES'], ['ADMIN_SPECIAL', true, true, 'YES'], ['ADMIN_CASE', true, false, 'YES'], ['ADMIN_OFFSITE', true, false, 'NO'], ['PATROL', false, false, 'NO'],
    ['GUIDANCE', true, false, 'NO'], ['SELF_CHECK', false, false, 'NO'], ['THIRD_PARTY', false, false, 'NO'], ['PHONE', false, false, 'NO'], ['JOINT', true, true, 'OWN_POWER'],
  ] as const)('%s：审批 %s，计入频次 %s，文书 %s', (kind, approval, counted, papers) => {
    expect([needsApproval(kind), countsToCap(kind), kinds[kind].papers]).toEqual([approval, counted, papers])
  })
  it('专项检查是否计入频次由当地规定；不需企业配合的非现场检查不必审批', () => {
    expect([countsToCap('ADMIN_SPECIAL', false), countsToCap('ADMIN_DAILY', false), needsApproval('ADMIN_OFFSITE', false)]).toEqual([false, true, false])
  })
})

describe('R3-1 两名执法人员、证件当日有效（罚法§42、安法§67）', () => {
  it.each(VISIT_KINDS.filter(isInspection))('%s 两名有证执法人员可以，一名不行', (kind) => {
    expect(refuseTeam(team(kind, [officer('wang'), officer('he')]))).toEqual([])
    expect(codes(refuseTeam(team(kind, [officer('wang')])))).toEqual(['visit.officers_two'])
  })
  it('证件当日失效的，点名拒绝并按实有人数计', () => {
    const refusals = refuseTeam(team('ADMIN_DAILY', [officer('wang'), officer('he')], { certificates: certified('wang') }))
    expect(refusals.map((r) => [r.code, r.field, r.params?.name ?? r.params?.count])).toEqual([['visit.certificate_missing', 'people.1.personId', 'he'], ['visit.officers_two', 'people', 1]])
  })
  it('同一人列两次不能凑成两名', () => {
    expect(codes(refuseTeam(team('ADMIN_DAILY', [officer('wang'), officer('wang')])))).toEqual(['visit.person_twice', 'visit.officers_two'])
  })
  it('网格员即使有证号也不能作为执法人员：岗位不是执法岗位', () => {
    const refusals = refuseTeam(team('ADMIN_DAILY', [officer('wang'), officer('he'), officer('lin')], { certificates: certified('wang', 'he', 'lin'), inspectors: new Set(['wang', 'he']) }))
    expect(codes(refusals)).toEqual(['visit.not_an_inspector'])
  })
  it('网格员、专家可以陪同，不占执法人员名额', () => {
    expect(refuseTeam(team('ADMIN_DAILY', [officer('wang'), officer('he'), other('lin', 'GRID'), other('zeng', 'EXPERT')]))).toEqual([])
    expect(codes(refuseTeam(team('ADMIN_DAILY', [officer('wang'), other('lin', 'GRID'), other('zeng', 'EXPERT')])))).toEqual(['visit.officers_two'])
  })
  it.each(['PATROL', 'SELF_CHECK', 'PHONE'] as const)('%s 没有执法人员这一身份（严禁变相检查）', (kind) => {
    expect(codes(refuseTeam(team(kind, [officer('wang')])))).toEqual(['visit.no_officer_in_kind'])
  })
  it('专家指导须由持证执法人员带队；干部单独指导不需要', () => {
    expect(codes(refuseTeam(team('GUIDANCE', [other('zeng', 'EXPERT')])))).toEqual(['visit.expert_needs_officer'])
    expect(refuseTeam(team('GUIDANCE', [other('zeng', 'EXPERT'), officer('wang')]))).toEqual([])
    expect(refuseTeam(team('GUIDANCE', [other('gu', 'ASSISTANT')]))).toEqual([])
  })
  it('既无编号又无姓名的人不能列入', () => {
    expect(codes(refuseTeam(team('PATROL', [{ part: 'COMPANION', conflictDeclared: false }])))).toEqual(['visit.person_unnamed'])
  })
  it('第三方协助须列明专家或机构人员', () => {
    expect(codes(refuseTeam(team('THIRD_PARTY', [officer('wang')])))).toEqual(['visit.third_party_missing'])
  })
})

describe('R3-5 回避（罚法§43）', () => {
  it('有利害关系的执法人员须回避，也不因声明而免除', () => {
    const refusals = refuseTeam(team('ADMIN_DAILY', [officer('wang', { conflict: '配偶任职' }), officer('he')]))
    expect(codes(refusals)).toEqual(['visit.recusal_needed'])
  })
  it('到场时每名执法人员都须声明；计划时可以尚未声明', () => {
    const people = [officer('wang', { conflictDeclared: false }), officer('he')]
    expect(codes(refuseTeam(team('ADMIN_DAILY', people)))).toEqual(['visit.declaration_missing'])
    expect(refuseTeam(team('ADMIN_DAILY', people, { declared: false }))).toEqual([])
  })
})

describe('任务的由来', () => {
  const grounds = { purpose: '检查', jointDepartments: [] }
  it.each([
    ['个案检查无线索', { ...grounds, kind: 'ADMIN_CASE' }, ['visit.clue_missing', 'visit.clue_missing']],
    ['个案检查只有种类没有编号', { ...grounds, kind: 'ADMIN_CASE', clueKind: 'COMPLAINT' }, ['visit.clue_missing']],
    ['专项检查无方案', { ...grounds, kind: 'ADMIN_SPECIAL' }, ['visit.plan_reference']],
    ['联合检查无参加部门', { ...grounds, kind: 'JOINT' }, ['visit.joint_departments']],
    ['指导服务既无邀请也无计划', { ...grounds, kind: 'GUIDANCE' }, ['visit.guidance_ground']],
    ['指导服务以年度检查计划为由', { ...grounds, kind: 'GUIDANCE', taskSource: 'ANNUAL_PLAN', planReference: '年度计划' }, ['visit.source_not_for_kind']],
    ['日常检查无事由', { ...grounds, purpose: '', kind: 'ADMIN_DAILY' }, ['visit.purpose_missing']],
    ['第三方协助不依附检查', { ...grounds, kind: 'THIRD_PARTY' }, ['visit.within_missing']],
    ['日常检查却依附别的检查', { ...grounds, kind: 'ADMIN_DAILY', withinVisitId: 'x' }, ['visit.within_missing']],
    ['应邀指导', { ...grounds, kind: 'GUIDANCE', taskSource: 'INVITATION', planReference: '来函' }, []],
    ['网格巡查', { ...grounds, purpose: '', kind: 'PATROL' }, []],
  ] as const)('%s', (_, given, expected) => {
    expect(codes(refuseGrounds(given as never))).toEqual(expected)
  })
})

describe('先批后查（国办发〔2024〕54号）', () => {
  const beginning = { state: null, urgent: false, needsCooperation: true } as const
  it.each(VISIT_KINDS)('%s：未批准时能否开始', (kind) => {
    expect(codes(refuseBeginning({ ...beginning, kind, state: 'PLANNED' }))).toEqual(needsApproval(kind) ? ['visit.not_approved'] : [])
    expect(refuseBeginning({ ...beginning, kind, state: 'APPROVED' })).toEqual([])
  })
  it('紧急个案可以先查，但须写明情况；其他方式不可以', () => {
    expect(codes(refuseBeginning({ ...beginning, kind: 'ADMIN_CASE', urgent: true }))).toEqual(['visit.urgent_reason'])
    expect(refuseBeginning({ ...beginning, kind: 'ADMIN_CASE', urgent: true, urgentReason: '举报粉尘正在燃烧' })).toEqual([])
    expect(codes(refuseBeginning({ ...beginning, kind: 'ADMIN_DAILY', urgent: true, urgentReason: '急' }))).toEqual(['visit.urgent_not_for_kind'])
  })
  it('已经报批的不能改走紧急程序', () => {
    expect(codes(refuseBeginning({ ...beginning, kind: 'ADMIN_CASE', state: 'PENDING_APPROVAL', urgent: true, urgentReason: '急' }))).toEqual(['visit.wrong_state'])
  })
  const decision = { state: 'PENDING_APPROVAL', urgent: false, decidedAt: null, approverId: 'xu', people: [{ personId: 'wang' }, { personId: 'he' }] } as const
  it('审批人不能是参加检查的人', () => {
    expect(refuseDecision(decision, 'approve')).toEqual([])
    expect(codes(refuseDecision({ ...decision, approverId: 'he' }, 'approve'))).toEqual(['visit.approver_takes_part'])
  })
  it('检查开始以后只有紧急检查可以补办，且只能一次', () => {
    expect(codes(refuseDecision({ ...decision, state: 'DONE' }, 'approve'))).toEqual(['visit.wrong_state'])
    expect(refuseDecision({ ...decision, state: 'DONE', urgent: true }, 'approve')).toEqual([])
    expect(codes(refuseDecision({ ...decision, state: 'DONE', urgent: true, decidedAt: '2026-03-05T01:00:00Z' }, 'refuse'))).toEqual(['visit.wrong_state'])
  })
  it('审批中未列明的协助人员不能临时参加；换执法人员不在此限', () => {
    const stored = [{ personId: 'lin', name: '林禾安', part: 'GRID' }, { personId: 'wang', name: '王砚川', part: 'OFFICER' }]
    expect(refuseAdded('ADMIN_DAILY', stored, [officer('he'), other('lin', 'GRID')])).toEqual([])
    expect(codes(refuseAdded('ADMIN_DAILY', stored, [other('lin', 'GRID'), other('zeng', 'EXPERT')]))).toEqual(['visit.assistant_not_approved'])
    expect(refuseAdded('PATROL', [], [other('lin', 'GRID')])).toEqual([])
  })
  it('记录人须在参加人员之中', () => {
    expect(codes(refuseRecorder('lu', [officer('wang')]))).toEqual(['visit.recorder_not_there'])
    expect(refuseRecorder('wang', [officer('wang')])).toEqual([])
  })
})

describe('谁的走访能出文书', () => {
  it.each(VISIT_KINDS)('%s', (kind) => {
    expect(codes(papersRefusals({ kind, state: 'DONE', officers: 2 }))).toEqual(kinds[kind].papers === 'NO' ? ['visit.no_papers_in_kind'] : [])
  })
  it('未开始的、只有一名有证人员的都不能', () => {
    expect(codes(papersRefusals({ kind: 'ADMIN_DAILY', state: 'APPROVED', officers: 2 }))).toEqual(['visit.papers_before_visit'])
    expect(codes(papersRefusals({ kind: 'ADMIN_DAILY', state: 'DONE', officers: 1 }))).toEqual(['visit.officers_two'])
  })
})

describe('状态', () => {
  it.each([
    ['PLANNED', 'approve'], ['APPROVED', 'submit'], ['REFUSED', 'start'], ['DONE', 'record'], ['DONE', 'cancel'], ['VOID', 'edit'], ['PENDING_APPROVAL', 'record'], ['IN_PROGRESS', 'cancel'],
  ] as const)('%s 时不能 %s', (state, action) => {
    const [refusal] = refuseState(state, action)
    expect(sentence(refusal!)).toBe(`任务目前是“${STATE_ZH[state]}”，不能这样做`)
  })
  it('每一步都有权限、说法和依据，已作废的不再动', () => {
    for (const { move } of movesOf(visitLifecycle)) expect([move.verb in zh.verbs, move.label.length > 1, move.clause.length > 1]).toEqual([true, true, true])
    expect(movesOf(visitLifecycle).some((m) => m.from === 'VOID')).toBe(false)
    expect(diagramOf(visitLifecycle, STATE_ZH)).toContain('PENDING_APPROVAL --> APPROVED: V3 批准')
  })
})
