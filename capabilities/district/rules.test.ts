import { describe, expect, it } from 'vitest'
import type { MemberPost } from './district.ts'
import { coverageText, gridFindings, type MemberFacts, perHead, refuseArea, refuseMember } from './rules.ts'

const m = (personId: string, post: MemberPost, isMain = true): MemberFacts => ({ personId, post, isMain })

describe('at least two officers a grid, not exactly two (S1-039, A5)', () => {
  it.each([
    ['nobody', [], ['district.few_officers', 'district.no_leader']],
    ['one officer and a reserve', [m('a', 'A'), m('r', 'RESERVE', false)], ['district.few_officers', 'district.no_leader']],
    ['one officer and a leader from outside', [m('a', 'A'), m('l', 'LEADER', false)], ['district.few_officers']],
    ['one officer and a leader whose main grid it is', [m('a', 'A'), m('l', 'LEADER')], []],
    ['two officers', [m('a', 'A'), m('b', 'B')], ['district.no_leader']],
    ['one person in both posts', [m('a', 'A'), m('a', 'B', false)], ['district.few_officers', 'district.no_leader']],
    ['three officers', [m('a', 'A'), m('b', 'B'), m('c', 'A'), m('l', 'LEADER', false)], []],
  ])('%s', (_, members, codes) => {
    expect(gridFindings({ members, hasBoundary: true }).map((f) => f.code)).toEqual(codes)
  })
  it('a grid without a boundary says so', () => {
    expect(gridFindings({ members: [m('a', 'A'), m('l', 'LEADER')], hasBoundary: false }).map((f) => f.code)).toEqual(['district.no_boundary'])
  })
})

describe('who may take a post (domain §11)', () => {
  const draft = (post: MemberPost, isMain: boolean) => ({ gridId: 'g', name: '某某', personId: 'p', post, isMain })
  const other = (gridId: string, post: MemberPost, isMain: boolean) => ({ gridId, gridName: `格${gridId}`, ...m('p', post, isMain) })
  it.each([
    ['a first main grid', draft('A', true), [], [], []],
    ['a second main grid', draft('A', true), [other('h', 'A', true)], [], ['district.main_elsewhere']],
    ['B beside the main grid', draft('B', false), [other('h', 'A', true)], [], []],
    ['A beside the main grid', draft('A', false), [other('h', 'A', true)], [], ['district.second_post']],
    ['B in a third grid', draft('B', false), [other('h', 'A', true), other('i', 'B', false)], [], ['district.second_post']],
    ['leader from outside in several', draft('LEADER', false), [other('h', 'LEADER', false), other('i', 'LEADER', false)], [], []],
    ['a second leader of one grid', draft('LEADER', false), [], [m('x', 'LEADER')], ['district.leader_there']],
    ['a reserve with a main grid', draft('RESERVE', true), [], [], ['district.reserve_main']],
    ['the same person twice', draft('B', false), [other('g', 'A', true)], [m('p', 'A')], ['district.member_twice']],
  ])('%s', (_, given, others, there, codes) => {
    expect(refuseMember(given, others, there).map((r) => r.code)).toEqual(codes)
  })
})

describe('areas stand where their code says (GB/T 2260, GB/T 10114-2003)', () => {
  const area = (code: string, kind: Parameters<typeof refuseArea>[0]['kind'], parentCode: string | null, hostCounties: string[] = []) => ({ code, name: '某地', kind, parentCode, hostCounties })
  it.each([
    ['a street', area('990101001000', 'STREET', '990101000000'), []],
    ['a province has nothing above it', area('990000000000', 'PROVINCE', null), []],
    ['a development zone in its county', area('990101400000', 'DEV_ZONE', '990101000000', ['990101', '990102']), []],
    ['a street under the city', area('990101001000', 'STREET', '990100000000'), ['district.parent_wrong']],
    ['a street that says community', area('990101001000', 'COMMUNITY', '990101000000'), ['district.functional']],
    ['a zone outside 400–599', area('990101001000', 'DEV_ZONE', '990101000000', ['990101']), ['district.functional']],
  ])('%s', (_, given, codes) => {
    expect(refuseArea(given).map((r) => r.code)).toEqual(codes)
  })
})

describe('workload and cover as they are printed', () => {
  it('28 000 enterprises are 160.9 a grid and 75.7 an officer; nobody to share prints nothing (A6)', () => {
    expect([perHead(28_000, 174), perHead(28_000, 370), perHead(5, 0)]).toEqual([160.9, 75.7, null])
  })
  it('174格×7天 (S1-040)', () => {
    expect(coverageText(174, 7, 1200)).toBe('174格×7天=1218格天，已覆盖1200格天')
  })
})
