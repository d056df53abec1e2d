import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { diagramOf, movesOf } from '../../kernel/core/lifecycle.ts'
import { shippedRoles } from '../staff/roles.ts'
import { shippedDocTypes } from './doc-types.data.ts'
import { type MeasureAction, measureLifecycle } from './lifecycle.ts'
import { alertOf, dueOf, MEASURE_STATES, MEASURE_ZH, type MeasureState, type Sealing } from './measure.ts'
import { extensionRefusals, type MeasureFacts, releaseRefusals, sealingRefusals, testingEndRefusals, testingRefusals, twiceRefusals } from './measure-rules.ts'
import { approveRefusals } from './rules.ts'
import { type Talk, talkRefusals } from './talk.ts'

const codes = (refusals: readonly { code: string }[]) => refusals.map((r) => r.code.replace('enforcement.', ''))

describe('查封扣押的期限（§3.5；强法§25）', () => {
  const clock = { startedOn: '2026-03-01', days: 30, extendedDays: 0, testing: [] }
  it.each([
    ['thirty days, the first not counted', clock, '2026-03-31'],
    ['extended by thirty', { ...clock, extendedDays: 30 }, '2026-04-30'],
    ['extended by thirty, twelve days of testing', { ...clock, extendedDays: 30, testing: [{ from: '2026-03-10', to: '2026-03-22' }] }, '2026-05-12'],
    ['two tests of five and seven days', { ...clock, extendedDays: 30, testing: [{ from: '2026-03-05', to: '2026-03-10' }, { from: '2026-04-01', to: '2026-04-08' }] }, '2026-05-12'],
    ['a test that still runs adds every day', { ...clock, testing: [{ from: '2026-03-10', to: null }] }, '2026-04-10'],
  ])('%s', (_, given, expected) => expect(dueOf(given, '2026-03-20')).toBe(expected))
  it.each([['2026-03-22', null], ['2026-03-23', null], ['2026-03-24', 7], ['2026-03-27', 7], ['2026-03-28', 3], ['2026-03-29', 3], ['2026-03-30', 1], ['2026-03-31', 0], ['2026-04-01', -1]] as const)('on %s the alert is %s', (today, alert) => {
    expect(alertOf('2026-03-31', today)).toBe(alert)
  })
})

const thing = { name: '喷漆房', spec: '', quantity: '1间', place: '2号车间' }
const sealing: Sealing = { sealKind: 'SEAL', sealReason: '设施不符合国家标准', days: 30, urgent: false, present: true, sealWitness: '', heard: '', lawfulThings: true, things: [thing] }
describe('决定书写什么（强法§18、§23、§24）', () => {
  it.each<[string, Sealing | undefined, string[]]>([
    ['whole', sealing, []],
    ['nothing', undefined, ['seal_needed']],
    ['without a reason and a list', { ...sealing, sealReason: '', things: [] }, ['seal_reason_needed', 'seal_list_needed']],
    ['the party absent and nobody saw it', { ...sealing, present: false }, ['seal_witness_needed']],
    ['the party absent, with a witness', { ...sealing, present: false, sealWitness: '梁问溪' }, []],
    ['not confirmed that it may be sealed', { ...sealing, lawfulThings: false }, ['seal_confirm_needed']],
  ])('%s', (_, given, expected) => expect(codes(sealingRefusals(given))).toEqual(expected))
  it('no duplicate: the same thing in the same place', () => {
    expect(codes(twiceRefusals(sealing, [{ name: '喷漆 房', place: '2号车间', no: '1号' }]))).toEqual(['sealed_already'])
    expect(twiceRefusals(sealing, [{ name: '喷漆房', place: '3号车间', no: '1号' }])).toEqual([])
  })
})

describe('延长、解除、送检', () => {
  const m: MeasureFacts = { state: 'IN_FORCE', dueOn: '2026-03-31', extendedDays: 0 }
  const why = { extraDays: 30, extensionReason: '案情复杂' }
  it.each<[string, typeof why | undefined, MeasureFacts | null, string, string[]]>([
    ['on the last day', why, m, '2026-03-31', []],
    ['after the last day', why, m, '2026-04-01', ['extension_late']],
    ['a second time', why, { ...m, extendedDays: 10 }, '2026-03-20', ['extended_already']],
    ['without a reason', { ...why, extensionReason: '' }, m, '2026-03-20', ['extension_reason_needed']],
    ['when it has ended', why, { ...m, state: 'EXPIRED' }, '2026-04-01', ['measure_not_in_force', 'extension_late']],
    ['while a test runs', why, { ...m, state: 'TESTING' }, '2026-03-20', []],
    ['of nothing', why, null, '2026-03-20', ['measure_unknown']],
  ])('extension %s', (_, given, measure, on, expected) => expect(codes(extensionRefusals(given, measure, on))).toEqual(expected))
  it.each(MEASURE_STATES.map((state) => [state] as const))('release from %s', (state) => {
    expect(releaseRefusals({ releaseReason: '期满', returned: '' }, { ...m, state }).length === 0).toBe(['IN_FORCE', 'TESTING', 'EXPIRED'].includes(state))
  })
  it('a test lies between the start and today, after the last one', () => {
    expect(testingRefusals({ from: '2026-03-10' }, { startedOn: '2026-03-01', lastEnd: null }, '2026-03-10')).toEqual([])
    expect(codes(testingRefusals({ from: '2026-02-28' }, { startedOn: '2026-03-01', lastEnd: null }, '2026-03-10'))).toEqual(['testing_from'])
    expect(codes(testingRefusals({ from: '2026-03-05' }, { startedOn: '2026-03-01', lastEnd: '2026-03-08' }, '2026-03-10'))).toEqual(['testing_from'])
    expect(codes(testingEndRefusals('2026-03-09', '2026-03-10', '2026-03-20'))).toEqual(['testing_to'])
  })
  it('the head alone approves a seal and its extension, a team lead the release', () => {
    const given = { approverId: 'x', draftedBy: 'w', officers: ['w', 'h'], leader: false, items: [], on: '2026-03-05' }
    expect(codes(approveRefusals({ ...given, head: false }))).toEqual(['head_needed'])
    expect(shippedDocTypes.filter((d) => d.approver === 'HEAD').map((d) => d.type)).toEqual(['D09', 'D10'])
    expect(shippedRoles.filter((r) => r.verbs.includes('enforcement.seal')).map((r) => r.code)).toEqual(['BUREAU_LEADER', 'DIRECTOR'])
  })
})

/** Written down a second time, by hand. */
const law: [string, MeasureAction, MeasureState[], string][] = [
  ['S1', 'makeUp', ['IN_FORCE', 'TESTING', 'EXPIRED'], 'enforcement.seal'], ['S2', 'startTesting', ['IN_FORCE'], 'enforcement.serve'], ['S3', 'endTesting', ['TESTING'], 'enforcement.serve'],
  ['S4', 'extend', ['IN_FORCE', 'TESTING'], 'enforcement.draft'], ['S5', 'expire', ['IN_FORCE'], 'system'], ['S6', 'release', ['IN_FORCE', 'TESTING', 'EXPIRED'], 'enforcement.draft'], ['S7', 'void', ['IN_FORCE', 'TESTING', 'EXPIRED'], 'enforcement.void'],
]
describe('状态表', () => {
  it.each(law)('%s %s', (id, action, from, verb) => {
    for (const state of MEASURE_STATES) expect(measureLifecycle[state][action] ? [measureLifecycle[state][action]!.id, measureLifecycle[state][action]!.verb] : null, state).toEqual(from.includes(state) ? [id, verb] : null)
  })
  it('names every action, and what is released or voided stays so', () => {
    expect(new Set(movesOf(measureLifecycle).map((m) => m.action))).toEqual(new Set(law.map(([, action]) => action)))
    expect([measureLifecycle.RELEASED, measureLifecycle.VOIDED]).toEqual([{}, {}])
  })
  it('the README carries the diagram', () => expect(readFileSync(new URL('./README.md', import.meta.url), 'utf8')).toContain(diagramOf(measureLifecycle, MEASURE_ZH)))
})

describe('谈话（D27；深安条例§33）', () => {
  const talk: Talk = { talkKind: 'SUMMON', reasons: ['MAJOR_HAZARD'], heldAt: '2026-03-05T02:00:00.000Z', talkPlace: '局会议室', attendance: [{ name: '陈岸平', duty: '', side: 'OFFICE' }, { name: '冯立勤', duty: '', side: 'PARTY' }], said: '通报隐患', promises: [{ promise: '停用除尘器', promiseDueOn: '2026-03-10' }] }
  it.each<[string, Partial<Talk>, string[]]>([
    ['whole', {}, []], ['without a reason', { reasons: [] }, ['talk_reason_needed']], ['nobody of the firm there', { attendance: talk.attendance.slice(0, 1) }, ['talk_both_sides']], ['nothing agreed', { promises: [] }, ['talk_promise_needed']],
    ['not held yet', { heldAt: '2026-03-06T02:00:00.000Z' }, ['talk_in_future']], ['a promise for a day before', { promises: [{ promise: '停用', promiseDueOn: '2026-03-04' }] }, ['promise_day']], ['no place, no words', { talkPlace: '', said: '' }, ['talk_place_needed', 'talk_content_needed']],
  ])('%s', (_, more, expected) => expect(codes(talkRefusals({ ...talk, ...more }, '2026-03-05T08:00:00.000Z'))).toEqual(expected))
  it('no record, no paper', () => expect(codes(talkRefusals(undefined, '2026-03-05T08:00:00.000Z'))).toEqual(['talk_needed']))
})
