import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { diagramOf, movesOf } from '../../kernel/core/lifecycle.ts'
import { stateHolidays } from '../../kernel/core/holidays.ts'
import { shippedRoles } from '../staff/roles.ts'
import { HAZARD_STATES, type Hazard, type HazardState } from './hazard.ts'
import { HAZARD_ACTIONS, type HazardAction, hazardLifecycle } from './lifecycle.ts'
import { type Facts, refuseMove, refuseNow, type Who } from './rules.ts'
import { sample } from './sample.ts'
import { supervisionLifecycle } from './supervision.ts'
import { defaultLimits } from './timers.ts'
import { stateZh, supervisionStateZh } from './zh.ts'

const enterprise = ['ENT_PRINCIPAL', 'ENT_SAFETY']
const inspectors = ['INSPECTOR', 'TEAM_LEAD']
const leaders = ['BUREAU_LEADER', 'DIRECTOR']
const lead = ['TEAM_LEAD']
const finders = [...enterprise, 'GRID_OFFICER', 'CADRE', ...inspectors, 'DUTY_OFFICER', 'STREET_ADMIN', 'COMMITTEE_OFFICE', 'HOTLINE']
const ours: HazardState[] = ['REPORTED', 'CONFIRMED', 'FIXED_ON_SITE', 'ORDERED', 'RECTIFYING', 'SUBMITTED', 'REINSPECTING']

/** domain §2.8 written down a second time, by hand: number, action, from, to, who. The table has to say the same. */
const law: [string, HazardAction, HazardState[], HazardState[], string[]][] = [
  ['T1', 'report', ['DRAFT'], ['REPORTED'], finders],
  ['T2', 'confirm', ['REPORTED'], ['CONFIRMED'], inspectors],
  ['T2', 'giveOpinion', ['REPORTED'], ['REPORTED'], ['EXPERT', 'THIRD_PARTY', ...lead, ...leaders]],
  ['T3', 'void', ['REPORTED'], ['VOID'], inspectors],
  ['T3', 'voidMajor', ['REPORTED'], ['VOID'], leaders],
  ['T3', 'appeal', ['VOID'], ['REPORTED'], finders],
  ['T4', 'fixOnSite', ['CONFIRMED'], ['FIXED_ON_SITE'], [...inspectors, 'GRID_OFFICER']],
  ['T5', 'verifyFix', ['FIXED_ON_SITE'], ['CLOSED'], [...inspectors, 'GRID_OFFICER']],
  ['T5', 'rejectFix', ['FIXED_ON_SITE'], ['CONFIRMED'], [...inspectors, 'GRID_OFFICER']],
  ['T6', 'order', ['CONFIRMED'], ['ORDERED'], inspectors],
  ['T6c', 'unorder', ['ORDERED', 'RECTIFYING', 'SUBMITTED', 'REINSPECTING'], ['CONFIRMED'], []],
  ['T6b', 'start', ['CONFIRMED'], ['RECTIFYING'], [...enterprise, 'GRID_OFFICER']],
  ['T7', 'acknowledge', ['ORDERED'], ['RECTIFYING'], enterprise],
  ['T8', 'askExtension', ['RECTIFYING'], ['RECTIFYING'], enterprise],
  ['T8', 'decideExtension', ['RECTIFYING'], ['RECTIFYING'], [...lead, ...leaders]],
  ['T9', 'submit', ['RECTIFYING'], ['SUBMITTED'], enterprise],
  ['T9b', 'lapse', ['ORDERED', 'RECTIFYING'], ['SUBMITTED'], []],
  ['T10', 'assignReinspection', ['SUBMITTED'], ['REINSPECTING'], inspectors],
  ['T11', 'pass', ['REINSPECTING'], ['CLOSED', 'REINSPECTING'], inspectors],
  ['T11', 'review', ['REINSPECTING'], ['REINSPECTING'], [...lead, ...leaders]],
  ['T11', 'closeMajor', ['REINSPECTING'], ['CLOSED', 'REINSPECTING'], leaders],
  ['T12', 'fail', ['REINSPECTING'], ['RECTIFYING'], inspectors],
  ['T13', 'askTransfer', [...ours, 'FROZEN'], [], inspectors],
  ['T13', 'decideTransfer', [...ours, 'FROZEN'], ['TRANSFERRED'], [...lead, ...leaders]],
  ['T14', 'receipt', ['TRANSFERRED'], ['TRANSFER_CLOSED', 'CONFIRMED'], [...lead, 'COMMITTEE_OFFICE']],
  ['T15', 'freeze', ours, ['FROZEN'], [...lead, ...leaders]],
  ['T16', 'unfreeze', ['FROZEN'], ['CONFIRMED'], [...lead, ...leaders]],
  ['T17', 'reopen', ['CLOSED'], ['CONFIRMED'], inspectors],
  ['I5', 'raise', [...ours, 'TRANSFERRED', 'FROZEN'], [], inspectors],
  ['I5', 'lower', ['REPORTED', 'CONFIRMED'], [], leaders],
  ['REM', 'remind', ['ORDERED', 'RECTIFYING', 'SUBMITTED', 'REINSPECTING'], [], [...inspectors, 'STREET_ADMIN', 'COMMITTEE_OFFICE']],
]

const whoOf = (role: string): Who => {
  const verbs = new Set<string>(shippedRoles.find((r) => r.code === role)!.verbs)
  return { id: role, roles: [role], has: (verb) => verbs.has(verb) }
}

describe('T1–T17: every transition against every role of §0.6 and every state', () => {
  it('names every action of the table, and no other', () => {
    expect(new Set(law.map(([, action]) => action))).toEqual(new Set(HAZARD_ACTIONS))
  })
  it.each(law)('%s %s', (id, action, from, to, roles) => {
    for (const state of HAZARD_STATES) {
      const move = hazardLifecycle[state][action]
      expect(move !== undefined, `${action} from ${state}`).toBe(from.includes(state))
      if (!move) continue
      expect(move.id).toBe(id)
      const targets = move.to === 'same' ? [state] : typeof move.to === 'string' ? [move.to] : move.to
      expect(targets).toEqual(to.length ? to : [state])
      for (const role of shippedRoles) {
        const allowed = refuseMove(sample({ state }), action, whoOf(role.code)).length === 0
        expect(allowed, `${role.code} ${action} from ${state}`).toBe(roles.includes(role.code))
      }
    }
  })
  it('ended states are left by a reopen or an appeal only', () => {
    const left = movesOf(hazardLifecycle).filter(({ from }) => ['CLOSED', 'VOID', 'TRANSFER_CLOSED'].includes(from))
    expect(left.map(({ from, action }) => `${from}.${action}`)).toEqual(['CLOSED.reopen', 'VOID.appeal'])
  })
  it('auditor, legal reviewer and the three administrators move nothing', () => {
    for (const role of ['AUDITOR', 'LEGAL_REVIEWER', 'SYS_ADMIN', 'SECURITY_ADMIN', 'STATISTICIAN', 'ASSOCIATION', 'PARK_MANAGER']) {
      for (const { from, action } of movesOf(hazardLifecycle)) expect(refuseMove(sample({ state: from }), action, whoOf(role)), `${role} ${action}`).not.toEqual([])
    }
  })
  it('the README carries the diagrams as the tables draw them today', () => {
    const readme = readFileSync(new URL('./README.md', import.meta.url), 'utf8')
    expect(readme).toContain(diagramOf(hazardLifecycle, stateZh))
    expect(readme).toContain(diagramOf(supervisionLifecycle, supervisionStateZh))
  })
})

const facts = (who: Partial<Who> & { roles?: string[] } = {}, more: Partial<Facts> = {}): Facts => ({
  who: { id: 'p1', roles: ['INSPECTOR'], has: () => true, ...who }, today: '2026-03-05', calendar: stateHolidays, limits: defaultLimits, certified: new Set(['p1', 'p2']), ...more,
})
const codes = (h: Hazard, action: HazardAction, f: Facts) => refuseNow(h, action, f).map((r) => r.code)

describe('invariants of §2.8', () => {
  it('I1 an enterprise user never closes what an authority found, even when a local role holds every verb', () => {
    const zhao = facts({ id: 'p1', roles: ['ENT_SAFETY'] })
    for (const source of ['INSPECTION', 'PATROL', 'CAMPAIGN', 'HOTLINE'] as const) {
      expect(codes(sample({ state: 'FIXED_ON_SITE', source }), 'verifyFix', zhao)).toContain('hazard.enterprise_may_not_close')
      expect(codes(sample({ state: 'REINSPECTING', source, reinspectors: ['p1'] }), 'pass', zhao)).toContain('hazard.enterprise_may_not_close')
      expect(codes(sample({ state: 'REINSPECTING', source, level: 'MAJOR' }), 'closeMajor', zhao)).toContain('hazard.enterprise_may_not_close')
    }
  })
  it.each([
    ['PATROL', 'GENERAL', []], ['PATROL', 'MAJOR', ['hazard.grid_closes_patrol_only']], ['INSPECTION', 'GENERAL', ['hazard.grid_closes_patrol_only']], ['SELF_CHECK', 'GENERAL', ['hazard.grid_closes_patrol_only']],
  ] as const)('I2 a grid officer before a %s %s hazard: %j', (source, level, refusals) => {
    const lin = facts({ id: 'lin', roles: ['GRID_OFFICER'] })
    expect(codes(sample({ state: 'FIXED_ON_SITE', source, level }), 'verifyFix', lin)).toEqual(refusals)
  })
  it('I2 a certified inspector closes any source on the spot', () => {
    expect(codes(sample({ state: 'FIXED_ON_SITE', source: 'INSPECTION' }), 'verifyFix', facts())).toEqual([])
  })
  it('I4 a major report is voided by a leader only', () => {
    expect(codes(sample({ state: 'REPORTED', level: 'MAJOR' }), 'void', facts())).toEqual(['hazard.major_void_needs_leader'])
    expect(codes(sample({ state: 'REPORTED', level: 'MAJOR' }), 'voidMajor', facts())).toEqual([])
  })
  it('I5 the level goes up at any open time and down only before a paper is served', () => {
    for (const state of [...ours, 'TRANSFERRED', 'FROZEN'] as HazardState[]) expect(codes(sample({ state }), 'raise', facts()), state).toEqual([])
    expect(codes(sample({ state: 'CONFIRMED', level: 'MAJOR', clauseId: 'GM-3-1' }), 'lower', facts())).toEqual([])
    expect(codes(sample({ state: 'CONFIRMED', level: 'MAJOR', orderId: 'paper' }), 'lower', facts())).toEqual(['hazard.paper_served'])
    expect(codes(sample({ state: 'ORDERED', level: 'MAJOR', orderId: 'paper' }), 'lower', facts())).toEqual(['hazard.wrong_state'])
  })
  it('an expired certificate on the day stops every act that needs one', () => {
    const expired = facts({}, { certified: new Set() })
    for (const [state, action] of [['REPORTED', 'confirm'], ['CONFIRMED', 'order'], ['REINSPECTING', 'pass'], ['REINSPECTING', 'fail'], ['CLOSED', 'reopen'], ['ORDERED', 'raise']] as const) {
      expect(codes(sample({ state, reinspectors: ['p1'] }), action, expired), action).toContain('hazard.certificate_needed')
    }
  })
})
