import type { Secrets } from '../../kernel/server/secret.ts'
import { initialsOf } from '../../capabilities/enterprise/server/pinyin.ts'
import { district, neighbour } from '../places.ts'
import type { Certificate, Member, Person, Post } from '../people.ts'
import type { Region } from '../region.ts'
import { type Bulk, idOf } from './bulk.ts'

export interface PeopleGiven {
  readonly bulk: Bulk
  readonly secrets: Secrets
  readonly now: string
  /** One hash for all demo accounts: they share a password that the start screen prints. */
  readonly passwordHash: string
}

/** The bureaus, their teams, street offices, and one organisation for every other desk named in a post. */
export async function loadOrganisations(bulk: Bulk, region: Region, people: readonly Person[]): Promise<void> {
  const row = (name: string, kind: string, areaCode: string, parent: string | null, prefix: string | null, sort: number) => ({
    id: idOf('organisation', name), name, kind, area_code: areaCode, parent_id: parent ? idOf('organisation', parent) : null, paper_prefix: prefix, sort_no: sort, version: 1,
  })
  const bureau = `${district.name}应急管理局`
  await bulk.add('organisation', row(bureau, 'BUREAU', district.code, null, '澜安澜', 0))
  await bulk.add('organisation', row(`${neighbour.name}应急管理局`, 'BUREAU', neighbour.code, null, '澜宁川', 1))
  await bulk.addAll('organisation', region.streets.map((s) => row(`${s.name}应急办`, 'STREET_OFFICE', s.code, bureau, null, 10 + s.listOrder)))
  await bulk.flush()
  const known = new Set([bureau, ...region.streets.map((s) => `${s.name}应急办`)])
  for (const post of people.flatMap((p) => p.posts)) {
    if (known.has(post.department) || post.enterpriseRef || post.parkRef) continue
    known.add(post.department)
    const ownStreet = region.streets.find((s) => post.department.startsWith(s.name))
    const parent = post.areaCode.startsWith(neighbour.code.slice(0, 6)) ? `${neighbour.name}应急管理局` : ownStreet ? `${ownStreet.name}应急办` : bureau
    await bulk.add('organisation', row(post.department, 'TEAM', ownStreet?.code ?? (post.areaCode.startsWith(neighbour.code.slice(0, 6)) ? neighbour.code : district.code), parent, null, 50 + known.size))
  }
  await bulk.flush()
}

/** Everybody who holds a post can sign in, or nothing could be assigned to them: the cast by pinyin, the others by their ref. */
const loginOf = (person: Person): string => person.login ?? person.ref.toLowerCase()

/** A person with account, posts and certificates. */
export async function loadPerson(given: PeopleGiven, person: Person): Promise<void> {
  const id = idOf('person', person.ref)
  const first = person.posts[0]
  const outside = first?.enterpriseRef || first?.parkRef
  await given.bulk.add('person', {
    id, name: person.name, name_py: initialsOf(person.name), phone_sealed: given.secrets.seal(person.mobile), phone_tail: person.mobile.slice(-4), phone_blind: given.secrets.blind(person.mobile),
    organisation_id: first && !outside ? idOf('organisation', first.department) : null, duty_title: outside ? first.department : null, version: 1,
  })
  await given.bulk.add('account', {
    id: idOf('account', person.ref), person_id: id, login: loginOf(person), password_hash: given.passwordHash, password_changed_at: given.now, must_change: false, previous_hashes: [], failed_count: 0, created_at: given.now, version: 1,
  })
  await given.bulk.addAll('post', person.posts.map((post, i) => postRow(given, id, `${person.ref}:${i}`, post)))
  await given.bulk.addAll('certificate', person.certificates.map((c) => certificateRow(id, c)))
}

function postRow(given: PeopleGiven, personId: string, ref: string, post: Post) {
  const kind = post.gridCode ? 'GRID' : post.enterpriseRef ? 'ENTERPRISE' : post.parkRef ? 'PARK' : 'AREA'
  return {
    id: idOf('post', ref), person_id: personId, role_code: post.role, reach_kind: kind, area_code: kind === 'AREA' ? post.areaCode : null, grid_id: post.gridCode ? idOf('grid', post.gridCode) : null,
    enterprise_id: post.enterpriseRef ? idOf('enterprise', post.enterpriseRef) : null, park_id: post.parkRef ? idOf('park', post.parkRef) : null, valid_from: post.from, granted_at: given.now, version: 1,
  }
}


const certificateRow = (personId: string, c: Certificate) => ({
  id: idOf('certificate', `${c.kind}:${c.no}`), person_id: personId, kind: c.kind, no: c.no, scope: c.scope, issued_by: c.kind === 'LAW_ENFORCEMENT' ? '安川市司法局' : '安川市应急管理局', valid_from: c.from, valid_to: c.to, version: 1,
})

/** 安格员 in their grids: a leader, an A and a B role, and the reserve apart. */
export async function loadMember(given: PeopleGiven, member: Member, region: Region): Promise<void> {
  await loadPerson(given, member)
  const link = async (gridIndex: number, main: boolean) => {
    const grid = region.grids[gridIndex]!
    await given.bulk.add('grid_member', {
      id: idOf('grid-member', `${member.ref}:${grid.code}`), grid_id: idOf('grid', grid.code), area_code: grid.communityCode, person_id: idOf('person', member.ref), post: main ? (member.isLeader ? 'LEADER' : 'A') : 'B',
      duty: main ? '巡查、宣传、采集、上报、督促' : '替班', is_main: main, valid_from: member.joinedOn, version: 1,
    })
  }
  if (member.mainGrid !== null) await link(member.mainGrid, true)
  if (member.secondGrid !== null) await link(member.secondGrid, false)
}
