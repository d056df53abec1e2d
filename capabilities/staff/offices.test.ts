import { describe, expect, it } from 'vitest'
import { type Candidate, OFFICES, refuseDecision, refuseProposal } from './offices.ts'

const who: Candidate = { personId: 'n', name: '某某', left: false, hasAccount: true, posts: [] }
const from = '2026-03-05'
const codes = (list: { code: string }[]) => list.map((r) => r.code)
const post = (to: string | null) => ({ roleCode: 'INSPECTOR', roleName: '执法人员', exclusive: false, from: '2026-01-01', to })

describe('三员任命 (C15): each office is filled by the two others', () => {
  const table = OFFICES.flatMap((office) => OFFICES.flatMap((a) => OFFICES.map((b) => [office, a, b, a !== office && b !== office && a !== b] as const)))
  it.each(table)('%s proposed by %s, agreed by %s: %s', (office, a, b, possible) => {
    const proposed = refuseProposal({ personId: 'a', office: a }, office, who, from)
    const agreed = refuseDecision({ state: 'OPEN', proposedById: 'a', proposedAs: a, roleCode: office, validFrom: from }, { personId: 'b', office: b }, true, who)
    expect(proposed.length === 0 && agreed.length === 0).toBe(possible)
  })
  it.each([
    ['himself', { ...who, personId: 'a' }, ['staff.grant_self']],
    ['who has left', { ...who, left: true }, ['staff.person_left']],
    ['who has no account', { ...who, hasAccount: false }, ['staff.no_account']],
    ['who holds a post without end', { ...who, posts: [post(null)] }, ['staff.office_held_alone']],
    ['whose post ends the day before', { ...who, posts: [post('2026-03-04')] }, []],
  ])('%s', (_, candidate, expected) => {
    expect(codes(refuseProposal({ personId: 'a', office: 'AUDITOR' }, 'SYS_ADMIN', candidate, from))).toEqual(expected)
  })
  it('who proposed may take it back, but not agree; a decided one is decided', () => {
    const p = { state: 'OPEN' as const, proposedById: 'a', proposedAs: 'AUDITOR' as const, roleCode: 'SYS_ADMIN' as const, validFrom: from }
    const by = { personId: 'a', office: 'AUDITOR' as const }
    expect(refuseDecision(p, by, false, who)).toEqual([])
    expect(codes(refuseDecision(p, by, true, who))).toEqual(['staff.third_office'])
    expect(codes(refuseDecision({ ...p, state: 'APPOINTED' }, { personId: 'b', office: 'SECURITY_ADMIN' }, true, who))).toEqual(['staff.office_decided'])
  })
})
