import { describe, expect, it } from 'vitest'
import { rangeOf, type Reach } from '../../kernel/core/access.ts'
import { excludes, type GrantDraft, type Grantee, type Granter, grantable, refuseGrant, refuseRole, writable } from './granting.ts'
import { shippedRoles } from './roles.ts'

const roles = shippedRoles.map((role) => ({ code: role.code, name: role.name, verbs: role.verbs, exclusive: role.exclusive ?? false }))
const role = (code: string) => roles.find((r) => r.code === code)!
const district: Reach = { areas: [rangeOf('990101000000')], grids: [], enterprises: [] }
const administrators = ['SYS_ADMIN', 'SECURITY_ADMIN', 'AUDITOR']

const granter = (code: string, reach = district): Granter => {
  const shipped = shippedRoles.find((r) => r.code === code)!
  return { personId: 'g', verbs: new Set(shipped.verbs), grants: shipped.grants ?? [], reach }
}
const somebody: Grantee = { personId: 'p', name: '某某', left: false, posts: [], accountBy: 's' }
const draft = (code: string, more: Partial<GrantDraft> = {}): GrantDraft => ({ role: role(code), reachKind: code.startsWith('ENT_') ? 'ENTERPRISE' : code === 'PARK_MANAGER' ? 'PARK' : 'AREA', areaCode: '990101001001', from: '2026-03-05', to: null, ...more })
const held = (code: string, from = '2026-01-01', to: string | null = null) => ({ roleCode: code, roleName: role(code).name, exclusive: role(code).exclusive, from, to })
const codes = (g: Granter, person: Grantee, d: GrantDraft) => refuseGrant(g, person, d, roles).map((r) => r.code)

describe('三员 exclude each other and every other role (C15)', () => {
  const pairs = roles.flatMap((a) => roles.filter((b) => b.code > a.code).map((b) => [a.code, b.code, administrators.includes(a.code) || administrators.includes(b.code)] as const))
  it.each(pairs)('%s and %s: %s', (a, b, exclusive) => {
    expect([excludes(role(a), role(b)), excludes(role(b), role(a))]).toEqual([exclusive, exclusive])
  })
  it.each([
    ['an auditor gets no business role', 'INSPECTOR', [held('AUDITOR')], ['staff.exclusive']],
    ['an inspector becomes no security administrator', 'SECURITY_ADMIN', [held('INSPECTOR')], ['staff.exclusive']],
    ['not even from tomorrow, while the old post lasts', 'SECURITY_ADMIN', [held('INSPECTOR', '2026-01-01', '2026-12-31')], ['staff.exclusive']],
    ['but when the old post has ended before', 'SECURITY_ADMIN', [held('INSPECTOR', '2026-01-01', '2026-03-04')], []],
    ['and a later post excludes already now', 'SECURITY_ADMIN', [held('INSPECTOR', '2027-01-01')], ['staff.exclusive']],
    ['business roles go together', 'TEAM_LEAD', [held('INSPECTOR')], []],
  ])('%s', (_, code, posts, expected) => {
    expect(codes(granter('SECURITY_ADMIN'), { ...somebody, posts }, draft(code))).toEqual(expected)
  })
})

describe('who may grant what: nobody a verb he neither holds nor may hand out', () => {
  const business = roles.filter((r) => !r.exclusive).map((r) => r.code)
  it.each(business)('the security administrator grants %s', (code) => {
    expect(codes(granter('SECURITY_ADMIN'), somebody, draft(code))).toEqual([])
  })
  it.each([
    ['SECURITY_ADMIN', 'SYS_ADMIN', true], ['SECURITY_ADMIN', 'AUDITOR', true], ['SECURITY_ADMIN', 'SECURITY_ADMIN', false],
    ['SYS_ADMIN', 'INSPECTOR', true], ['SYS_ADMIN', 'SECURITY_ADMIN', true], ['TEAM_LEAD', 'INSPECTOR', false], ['TEAM_LEAD', 'BUREAU_LEADER', true], ['STREET_ADMIN', 'INSPECTOR', true],
  ])('%s granting %s goes beyond: %s', (by, code, beyond) => {
    expect(codes(granter(by), somebody, draft(code)).includes('staff.grant_beyond')).toBe(beyond)
  })
  it('*business is every verb of the roles that are not exclusive, and no other', () => {
    const may = grantable(granter('SECURITY_ADMIN'), roles)
    expect([may.has('hazard.close_major'), may.has('staff.account'), may.has('audit.read')]).toEqual([true, false, false])
  })
})

describe('two people, one reach, never oneself (C15)', () => {
  const wu = granter('SECURITY_ADMIN')
  it.each([
    ['to oneself', { ...somebody, personId: 'g' }, draft('INSPECTOR'), ['staff.grant_self']],
    ['to an account opened by oneself', { ...somebody, accountBy: 'g' }, draft('INSPECTOR'), ['staff.two_people']],
    ['to a person without account yet', { ...somebody, accountBy: null }, draft('INSPECTOR'), []],
    ['to one who left', { ...somebody, left: true }, draft('INSPECTOR'), ['staff.person_left']],
    ['over the whole own district', somebody, draft('INSPECTOR', { areaCode: '990101000000' }), []],
    ['over the city above', somebody, draft('INSPECTOR', { areaCode: '990100000000' }), ['staff.grant_out_of_reach']],
    ['over the neighbour district', somebody, draft('INSPECTOR', { areaCode: '990102000000' }), ['staff.grant_out_of_reach']],
    ['over nothing', somebody, draft('INSPECTOR', { areaCode: null, reachKind: 'NONE' }), ['staff.reach_kind', 'staff.grant_out_of_reach']],
    ['a firm’s role over an area', somebody, draft('ENT_PRINCIPAL', { reachKind: 'AREA' }), ['staff.reach_kind']],
    ['ending before it begins', somebody, draft('INSPECTOR', { to: '2026-03-04' }), ['staff.dates']],
  ] as const)('%s', (_, person, d, expected) => {
    expect(codes(wu, person as Grantee, d)).toEqual(expected)
  })
  it('who reaches one street hands out that street and no more', () => {
    const narrow = granter('SECURITY_ADMIN', { areas: [rangeOf('990101001000')], grids: [], enterprises: [] })
    expect([codes(narrow, somebody, draft('CADRE')), codes(narrow, somebody, draft('CADRE', { areaCode: '990101000000' }))]).toEqual([[], ['staff.grant_out_of_reach']])
  })
})

describe('roles of the bureau’s own', () => {
  const may = writable(grantable(granter('SECURITY_ADMIN'), roles), roles)
  const known = new Set(roles.flatMap((r) => r.verbs))
  it.each([
    ['business verbs', { code: 'NIGHT_TEAM', verbs: ['visit.read', 'hazard.report'] }, undefined, []],
    ['a shipped role', { code: 'INSPECTOR', verbs: ['visit.read'] }, { shipped: true }, ['staff.role_shipped']],
    ['a verb that no operation asks for', { code: 'X_Y', verbs: ['hazard.delete_all'] }, undefined, ['staff.verb_unknown']],
    ['a verb of another administrator', { code: 'X_Y', verbs: ['staff.account'] }, undefined, ['staff.role_beyond']],
    ['the right to grant, which its writer holds but only as an exclusive role', { code: 'X_Y', verbs: ['visit.read', 'staff.grant'] }, undefined, ['staff.role_beyond']],
    ['the right to reset passwords', { code: 'X_Y', verbs: ['staff.reset'] }, undefined, ['staff.role_beyond']],
    ['the right to write roles', { code: 'X_Y', verbs: ['staff.role'] }, undefined, ['staff.role_beyond']],
  ])('%s', (_, given, existing, expected) => {
    expect(refuseRole(given, existing, may, known).map((r) => r.code)).toEqual(expected)
  })
})
