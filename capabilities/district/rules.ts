import type { Refusal } from '../../kernel/core/problem.ts'
import { type AreaCode, type AreaLevel, areaNodeProblems, levelOf, parentOf, ROOT } from './area-code.ts'
import type { AreaKindCode, MemberPost } from './district.ts'

/** 定格定岗定责: at least two officers a grid, not exactly two (A5: 174 grids, 370 people). */
export const MIN_OFFICERS = 2

/** A and B, and a leader whose main grid this is; reserves and a leader from outside (a community secretary) are none. */
export const isOfficer = (member: { post: MemberPost; isMain: boolean }): boolean => member.post === 'A' || member.post === 'B' || (member.post === 'LEADER' && member.isMain)

export interface MemberFacts {
  personId: string
  post: MemberPost
  isMain: boolean
}

/** What a grid lacks: shown on its page and in the list of grids that break the rule. */
export function gridFindings(grid: { members: readonly MemberFacts[]; hasBoundary: boolean }): Refusal[] {
  const officers = new Set(grid.members.filter((m) => isOfficer(m)).map((m) => m.personId)).size
  const findings: Refusal[] = []
  if (officers < MIN_OFFICERS) findings.push({ code: 'district.few_officers', params: { count: officers }, clause: 'S1-039' })
  if (!grid.members.some((m) => m.post === 'LEADER')) findings.push({ code: 'district.no_leader' })
  if (!grid.hasBoundary) findings.push({ code: 'district.no_boundary' })
  return findings
}

/** A person's other memberships in force, with the grid's name. */
export interface OtherPost extends MemberFacts {
  gridId: string
  gridName: string
}

/**
 * Why somebody may not take a post (domain §11): one main grid a person; outside it one other grid at most, as B; one leader
 * a grid. A leader may lead several grids (a community secretary does); a reserve belongs to no grid as main.
 */
export function refuseMember(draft: { gridId: string; name: string } & MemberFacts, others: readonly OtherPost[], gridMembers: readonly MemberFacts[]): Refusal[] {
  const refusals: Refusal[] = []
  const mine = others.filter((o) => o.personId === draft.personId)
  if (mine.some((o) => o.gridId === draft.gridId)) refusals.push({ code: 'district.member_twice', field: 'personId', params: { name: draft.name } })
  if (draft.post === 'LEADER' && gridMembers.some((m) => m.post === 'LEADER')) refusals.push({ code: 'district.leader_there', field: 'post' })
  if (draft.post === 'RESERVE' && draft.isMain) refusals.push({ code: 'district.reserve_main', field: 'isMain' })
  const main = mine.find((o) => o.isMain)
  if (draft.isMain && main) refusals.push({ code: 'district.main_elsewhere', field: 'isMain', params: { name: draft.name, grid: main.gridName } })
  if (!draft.isMain && isOfficer(draft)) {
    const second = mine.some((o) => !o.isMain && isOfficer(o) && o.gridId !== draft.gridId)
    if (draft.post !== 'B' || second) refusals.push({ code: 'district.second_post', field: 'post', params: { name: draft.name } })
  }
  return refusals
}

const FUNCTIONAL: readonly AreaKindCode[] = ['DEV_ZONE', 'PARK_COMMITTEE', 'BAY_AREA']
export const isFunctional = (kind: AreaKindCode): boolean => FUNCTIONAL.includes(kind)

const LEVEL_KIND: Partial<Record<AreaLevel, AreaKindCode>> = { PROVINCE: 'PROVINCE', CITY: 'CITY', COUNTY: 'DISTRICT', STREET: 'STREET', VILLAGE: 'COMMUNITY' }

/** Why an area may not stand where it is put: code, kind and parent must say the same (GB/T 2260, GB/T 10114-2003). */
export function refuseArea(area: { code: AreaCode; name: string; kind: AreaKindCode; parentCode: AreaCode | null; hostCounties: readonly string[] }): Refusal[] {
  const kind = isFunctional(area.kind) ? (area.kind as 'DEV_ZONE' | 'PARK_COMMITTEE' | 'BAY_AREA') : 'ADMIN'
  const problems = areaNodeProblems({ code: area.code, name: area.name, kind, hostCounty6: area.hostCounties })
  if (problems.length > 0) return problems.map((why) => ({ code: 'district.functional', field: 'code', params: { name: area.name, why } }))
  const above = parentOf(area.code)
  const parent = above === ROOT ? null : above
  const refusals: Refusal[] = []
  if (area.parentCode !== parent) refusals.push({ code: 'district.parent_wrong', field: 'parentCode', params: { name: area.name, parent: parent ?? '无' } })
  if (!isFunctional(area.kind) && LEVEL_KIND[levelOf(area.code)] !== area.kind) refusals.push({ code: 'district.functional', field: 'kind', params: { name: area.name, why: '种类与代码层级不符' } })
  return refusals
}

/** One decimal, half up, as it is printed; null when nothing divides it (never 0). */
export function perHead(count: number, heads: number): number | null {
  return heads > 0 ? Math.round((count / heads) * 10) / 10 : null
}

/** 174格×7天=1218格天，已覆盖1200格天. */
export const coverageText = (grids: number, days: number, covered: number): string => `${grids}格×${days}天=${grids * days}格天，已覆盖${covered}格天`
