import { describe, expect, it } from 'vitest'
import { stateHolidays } from '../../kernel/core/holidays.ts'
import { dedupeKeyOf } from './finding.ts'
import type { Hazard } from './hazard.ts'
import {
  type Facts, refuseAssignment, refuseClause, refuseConfirm, refuseDueOn, refuseExtension, refuseFail, refuseFix, refuseFreeze, refuseMajor, refuseNow, refusePass, refusePlan, refuseSubmission, refuseUnfreeze,
} from './rules.ts'
import { sample } from './sample.ts'
import { defaultLimits } from './timers.ts'

const f = (more: Partial<Facts> = {}): Facts => ({
  who: { id: 'p1', roles: ['INSPECTOR'], has: () => true }, today: '2026-03-05', calendar: stateHolidays, limits: defaultLimits, certified: new Set(['p1', 'p2', 'p3']), ...more,
})
const says = (refusals: { code: string; field?: string }[]) => refusals.map((r) => [r.code.replace('hazard.', ''), r.field ?? ''].join('@'))

describe('T2 核定', () => {
  const major = { level: 'MAJOR' as const, clauseId: 'GM-3-1', officers: ['p1', 'p2'], opinions: [{ kind: 'EXPERT' as const, text: '构成', by: '专家甲' }] }
  it.each<[string, Partial<typeof major> & { foundBy?: string[] }, string[]]>([
    ['all there', {}, []],
    ['without a clause', { clauseId: '' }, ['major_needs_clause@clauseId']],
    ['with an invented clause', { clauseId: 'XX-1' }, ['clause_unknown@clauseId']],
    ['with the multiplier alone', { clauseId: 'GM-14' }, ['clause_unknown@clauseId']],
    ['one officer', { officers: ['p1'] }, ['two_officers@officers']],
    ['the same officer twice', { officers: ['p1', 'p1'] }, ['two_officers@officers']],
    ['an officer without certificate', { officers: ['p1', 'x'] }, ['officer_without_certificate@officers']],
    ['no opinion', { opinions: [] }, ['opinion_needed@opinion']],
    ['the only finder confirms alone', { officers: ['p1'], foundBy: ['p1'] }, ['two_officers@officers', 'finder_confirms_alone@officers']],
    ['the only finder with a second officer', { foundBy: ['p1'] }, []],
    ['everything missing is said at once', { clauseId: '', officers: [], opinions: [] }, ['major_needs_clause@clauseId', 'two_officers@officers', 'finder_confirms_alone@officers', 'opinion_needed@opinion']],
  ])('MAJOR: %s', (_, { foundBy = ['finder'], ...given }, refusals) => {
    expect(says(refuseMajor({ foundOn: '2026-03-05', foundBy }, { ...major, ...given }, f().certified))).toEqual(refusals)
  })
  it('a clause counts only when it was in force on the day it was found (10号令 from 2023-05-15)', () => {
    expect(says(refuseClause('GM-3-1', '2023-05-14', []))).toEqual(['clause_not_in_force@clauseId'])
    expect(refuseClause('GM-3-1', '2023-05-15', [])).toEqual([])
  })
  it('16号令第3条 the fallback asks for leader and expert', () => {
    const expert = { kind: 'EXPERT' as const, text: '构成', by: '专家甲' }
    expect(says(refuseClause('GEN-16-3', '2026-03-05', [expert]))).toEqual(['fallback_needs_leader_and_expert@clauseId'])
    expect(refuseClause('GEN-16-3', '2026-03-05', [expert, { ...expert, kind: 'LEADER' }])).toEqual([])
  })
  it('I5 a report of MAJOR is not confirmed as GENERAL by an inspector', () => {
    const inspector = f({ who: { id: 'p1', roles: ['INSPECTOR'], has: (v) => v !== 'hazard.regrade_down' } })
    const h = sample({ state: 'REPORTED', level: 'MAJOR' })
    expect(says(refuseConfirm(h, { level: 'GENERAL', clauseId: null, officers: ['p1'], opinions: [] }, inspector))).toEqual(['major_confirmed_lower@level'])
    expect(refuseConfirm(sample({ state: 'REPORTED' }), { level: 'GENERAL', clauseId: null, officers: ['p1'], opinions: [] }, inspector)).toEqual([])
  })
})

describe('T4, T9 photos', () => {
  it('an after-photo, except for management items', () => {
    expect(says(refuseFix({ level: 'GENERAL', evidence: 'PHOTO' }, []))).toEqual(['after_photo_needed@photosAfter'])
    expect(refuseFix({ level: 'GENERAL', evidence: 'NONE' }, [])).toEqual([])
    expect(says(refuseFix({ level: 'MAJOR', evidence: 'NONE' }, []))).toEqual(['major_not_fixed_on_site@fixedOnSite'])
  })
  it('a major hazard is handed in with a report', () => {
    expect(says(refuseSubmission(sample({ level: 'MAJOR' }), { photosAfter: [], reports: [] }))).toEqual(['after_photo_needed@photosAfter', 'report_needed@reports'])
    expect(refuseSubmission(sample({ level: 'MAJOR' }), { photosAfter: ['a'], reports: ['r'] })).toEqual([])
    expect(refuseSubmission(sample(), { photosAfter: ['a'], reports: [] })).toEqual([])
  })
})

describe('R1 terms', () => {
  it.each<[string, Hazard['level'], boolean, string, string[]]>([
    ['today', 'GENERAL', false, '2026-03-05', []],
    ['yesterday', 'GENERAL', false, '2026-03-04', ['due_before_order@dueOn']],
    ['30 days, the last being Saturday 4 April in the Qingming days: the next working day is Tuesday the 7th', 'GENERAL', false, '2026-04-07', []],
    ['a day more', 'GENERAL', false, '2026-04-08', ['due_too_far@dueOn']],
    ['90 days', 'MAJOR', false, '2026-06-03', []],
    ['91 days without a leader', 'MAJOR', false, '2026-06-04', ['major_due_needs_leader@dueOn']],
    ['91 days with a leader', 'MAJOR', true, '2026-06-04', []],
    ['180 days with a leader', 'MAJOR', true, '2026-09-01', []],
    ['181 days', 'MAJOR', true, '2026-09-02', ['major_due_too_far@dueOn']],
  ])('%s', (_, level, leader, dueOn, refusals) => {
    expect(says(refuseDueOn({ level }, dueOn, '2026-03-05', leader, f()))).toEqual(refusals)
  })
})

describe('T7 五落实', () => {
  const plan = { measures: '更换', responsible: '赵', fund: 1, finishOn: '2026-03-20', emergency: '断电' }
  it('ends before the term', () => {
    expect(says(refusePlan(sample({ dueOn: '2026-03-19' }), plan))).toEqual(['plan_after_due@plan.finishOn'])
    expect(refusePlan(sample({ dueOn: '2026-03-20' }), plan)).toEqual([])
  })
  it('16号令§15 the plan of a major hazard names goal and people, and only the principal signs it', () => {
    const h = sample({ level: 'MAJOR', state: 'ORDERED', dueOn: '2026-03-20' })
    expect(says(refusePlan(h, plan))).toEqual(['plan_goal@plan.goal', 'plan_team@plan.team'])
    const safety = f({ who: { id: 'z', roles: ['ENT_SAFETY'], has: (v) => v !== 'hazard.sign_plan' } })
    expect(says(refuseNow(h, 'acknowledge', safety))).toEqual(['principal_signs_plan@'])
  })
})

describe('T8 延期', () => {
  const h = (more: Partial<Hazard> = {}) => sample({ state: 'RECTIFYING', dueOn: '2026-03-15', originalDueOn: '2026-03-15', runsTo: '2026-03-15', ...more })
  it.each<[string, Partial<Hazard>, string[]]>([
    ['ten days before', {}, []],
    ['nine days before', { dueOn: '2026-03-14' }, ['extension_too_late@']],
    ['a third time', { extensions: 2 }, ['two_extensions@']],
    ['while one is asked', { pending: { kind: 'EXTENSION', dueOn: '2026-03-20', reason: '雨', interim: null, askedOn: '2026-03-05', answerBy: '2026-03-10' } }, ['pending_already@']],
  ])('asked %s', (_, more, refusals) => {
    expect(says(refuseNow(h(more), 'askExtension', f()))).toEqual(refusals)
  })
  it('the ten days are a setting', () => {
    expect(refuseNow(h({ dueOn: '2026-03-10' }), 'askExtension', f({ limits: { ...defaultLimits, extensionBeforeDays: 5 } }))).toEqual([])
  })
  it('goes later and not too far; a major one says how it is held meanwhile', () => {
    expect(says(refuseExtension(h(), { dueOn: '2026-03-15' }, f()))).toEqual(['extension_not_later@dueOn'])
    expect(says(refuseExtension(h(), { dueOn: '2026-04-15' }, f()))).toEqual(['extension_too_far@dueOn'])
    expect(says(refuseExtension(h({ level: 'MAJOR' }), { dueOn: '2026-04-15' }, f()))).toEqual(['interim_needed@interim'])
    expect(says(refuseExtension(h({ level: 'MAJOR' }), { dueOn: '2026-09-02', interim: '停用' }, f()))).toEqual(['extension_too_far@dueOn'])
  })
  it('a team lead decides GENERAL, MAJOR is for the leader', () => {
    const asked = { pending: { kind: 'EXTENSION' as const, dueOn: '2026-03-20', reason: '雨', interim: '停用', askedOn: '2026-03-05', answerBy: '2026-03-10' } }
    const xu = f({ who: { id: 'xu', roles: ['TEAM_LEAD'], has: (v) => v !== 'hazard.approve_extension_major' } })
    expect(refuseNow(h(asked), 'decideExtension', xu)).toEqual([])
    expect(says(refuseNow(h({ ...asked, level: 'MAJOR' }), 'decideExtension', xu))).toEqual(['major_extension_needs_leader@'])
  })
})

describe('T10–T12 复查', () => {
  it('a major hazard sees at least one new officer', () => {
    const h = sample({ level: 'MAJOR', state: 'SUBMITTED', lastReinspectors: ['p1', 'p2'] })
    expect(says(refuseAssignment(h, ['p1', 'p2'], f()))).toEqual(['one_new_officer@officers'])
    expect(refuseAssignment(h, ['p1', 'p3'], f())).toEqual([])
    expect(refuseAssignment(sample({ ...h, level: 'GENERAL' }), ['p1', 'p2'], f())).toEqual([])
  })
  it('安法§65 a stop in force is lifted before the close', () => {
    const h = sample({ state: 'REINSPECTING', stopInForce: true })
    expect(says(refusePass(h, { officers: ['p1', 'p2'], stopLifted: false, listed: false }, f()))).toEqual(['stop_in_force@stopLifted'])
    expect(refusePass(h, { officers: ['p1', 'p2'], stopLifted: true, listed: false }, f())).toEqual([])
    expect(says(refusePass(h, { officers: ['p1', 'p2'], stopLifted: true, listed: true }, f()))).toEqual(['still_listed@'])
  })
  it('the new term is no longer than the first one was', () => {
    const h = sample({ state: 'REINSPECTING', orderedAt: '2026-02-20T02:00:00.000Z', originalDueOn: '2026-03-02' })
    expect(refuseFail(h, { officers: ['p1', 'p2'], dueOn: '2026-03-15' }, f())).toEqual([])
    expect(says(refuseFail(h, { officers: ['p1', 'p2'], dueOn: '2026-03-16' }, f()))).toEqual(['new_due_too_far@newDueOn'])
    expect(says(refuseFail(h, { officers: ['p1', 'p2'], dueOn: '2026-03-04' }, f()))).toEqual(['due_before_order@newDueOn'])
  })
  it('only those assigned act, and none of them reviews or signs it', () => {
    expect(says(refuseNow(sample({ state: 'REINSPECTING', reinspectors: ['p2', 'p3'] }), 'pass', f()))).toEqual(['not_assigned@'])
    const closure = (step: 'REVIEW' | 'SIGN') => sample({ state: 'REINSPECTING', level: 'MAJOR', pending: { kind: 'CLOSURE', step, officers: ['p1', 'p2'], note: '', passedOn: '2026-03-05', stopLifted: true } })
    expect(says(refuseNow(closure('REVIEW'), 'review', f()))).toEqual(['reviewer_was_officer@'])
    expect(says(refuseNow(closure('REVIEW'), 'closeMajor', f({ who: { id: 'chen', roles: ['BUREAU_LEADER'], has: () => true } })))).toEqual(['not_reviewed@'])
    expect(refuseNow(closure('SIGN'), 'closeMajor', f({ who: { id: 'chen', roles: ['BUREAU_LEADER'], has: () => true } }))).toEqual([])
  })
})

describe('T3, T6b, T13, T15–T17', () => {
  it('T3 only a finder appeals, and once', () => {
    expect(says(refuseNow(sample({ state: 'VOID', foundBy: ['p1'] }), 'appeal', f()))).toEqual([])
    expect(says(refuseNow(sample({ state: 'VOID', foundBy: ['p2'] }), 'appeal', f()))).toEqual(['only_finder_appeals@'])
    expect(says(refuseNow(sample({ state: 'VOID', foundBy: ['p1'], appealed: true }), 'appeal', f()))).toEqual(['appealed_already@'])
  })
  it.each(['SELF_CHECK', 'PATROL', 'EXPERT', 'ALARM'] as const)('T6b a general hazard of %s starts without paper', (source) => {
    expect(refuseNow(sample({ source }), 'start', f())).toEqual([])
    expect(says(refuseNow(sample({ source, level: 'MAJOR' }), 'start', f()))).toEqual(['major_needs_order@'])
  })
  it.each(['INSPECTION', 'HOTLINE', 'CAMPAIGN', 'REPORTER', 'RESUME_CHECK'] as const)('T6b one of %s needs an order', (source) => {
    expect(says(refuseNow(sample({ source }), 'start', f()))).toEqual(['needs_order@'])
  })
  it('T13 nobody approves his own transfer', () => {
    const h = (by: string) => sample({ pending: { kind: 'TRANSFER', toDept: '消防', materials: ['照片'], reason: '职权', askedOn: '2026-03-05', by } })
    expect(says(refuseNow(h('p1'), 'decideTransfer', f()))).toEqual(['same_person@'])
    expect(refuseNow(h('p2'), 'decideTransfer', f())).toEqual([])
  })
  it('T15 freezing asks for a stopped site, evidence, and the source removed when it is major', () => {
    expect(says(refuseFreeze(sample({ level: 'MAJOR' }), { siteState: 'ACTIVE', evidence: [], sourceRemoved: false }))).toEqual(['site_not_stopped@', 'evidence_needed@evidence', 'major_source_there@sourceRemoved'])
    expect(refuseFreeze(sample(), { siteState: 'LONG_STOP', evidence: ['a'], sourceRemoved: false })).toEqual([])
  })
  it.each([['ACTIVE', []], ['RESUMING', []], ['LONG_STOP', ['site_not_back@']], ['MOVED', ['site_not_back@']]])('T16 a site that is %s', (state, refusals) => {
    expect(says(refuseUnfreeze(state))).toEqual(refusals)
  })
  it('T17 within 90 days of the close', () => {
    expect(refuseNow(sample({ state: 'CLOSED', closedOn: '2025-12-05' }), 'reopen', f())).toEqual([])
    expect(says(refuseNow(sample({ state: 'CLOSED', closedOn: '2025-12-04' }), 'reopen', f()))).toEqual(['reopen_too_late@'])
  })
})

describe('dedupeKey', () => {
  const key = (location: string, itemCode: string | null = 'FG-1', clauseId: string | null = null) => dedupeKeyOf({ siteId: 's', location, itemCode, category: 'XC-02', clauseId })
  it('does not mind how the spot is written', () => {
    expect(key('喷涂车间 “1号” 配电箱')).toBe(key('喷涂车间1号配电箱'))
    expect(key('Ａ栋２楼')).toBe(key('a栋2楼'))
  })
  it('minds the spot, the item and the clause', () => {
    expect(new Set([key('1楼'), key('2楼'), key('1楼', 'FG-2'), key('1楼', null), key('1楼', 'FG-1', 'GM-3-1')]).size).toBe(5)
  })
})
