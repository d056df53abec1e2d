import { instantOf } from '../../kernel/core/time.ts'
import { timedId } from '../load/bulk.ts'
import type { Client } from './client.ts'
import { AT_ONCE, keyOf, together } from './client.ts'
import type { Day, Firm, Group, Patrol, Someone, Walk } from './plan.ts'
import { PLANNER } from './setup.ts'
import { hazardText, picture } from './words.ts'

/** What a command on a hazard answers. */
interface HazardState {
  readonly id: string
  readonly version: number
}
interface Many {
  readonly done: readonly HazardState[]
  readonly refused: readonly { readonly id: string; readonly why: string }[]
}

const DISPATCH_AT_ONCE = 60

/** Minutes after a time of day, as an instant. */
const after = (date: string, time: string, minutes: number): string => new Date(instantOf(date, time).getTime() + minutes * 60_000).toISOString()

/** A photo of one's own; the same name always means the same picture. */
export async function photo(client: Client, login: string, name: string, takenAt: string, enterpriseId?: string): Promise<string> {
  const id = keyOf(`photo ${name}`)
  await client.upload(login, id, picture(Number.parseInt(id.slice(0, 8), 16)), { takenAt, ...(enterpriseId ? { enterpriseId } : {}) })
  return id
}

const path = (id: string, act: string) => `/hazards/${id}/${act}`
const act = (client: Client, login: string, hazard: HazardState, name: string, more: Record<string, unknown>) =>
  client.command<HazardState>(login, path(hazard.id, name), { baseVersion: hazard.version, ...more }, `hazard ${hazard.id} ${name} ${hazard.version}`)

/** T2 by a certified officer, for all general hazards of one report. */
async function confirmAll(client: Client, officer: Someone, ids: readonly string[]): Promise<Map<string, HazardState>> {
  const { done, refused } = await client.command<Many>(officer.login, '/hazards/confirm', { hazards: ids.map((id) => ({ id, baseVersion: 1 })) }, `confirm ${ids[0]} ${ids.length}`)
  if (refused.length) throw new Error(`核定被拒：${refused[0]!.why}`)
  return new Map(done.map((h) => [h.id, h]))
}

/** A grid member's day: two patrols with helpers; what was put right on the spot is verified, the rest is to be put right in seven days. */
export async function walk(client: Client, date: string, given: Walk): Promise<void> {
  const { login, id: personId } = given.member
  const people = [{ personId, part: 'GRID' }, ...given.helpers.map((h) => ({ ...h, part: 'ASSISTANT' }))]
  const photos = given.patrols.some((p) => p.findings.length) ? [await photo(client, login, `${date} ${login} before`, after(date, '09:40', 0)), await photo(client, login, `${date} ${login} after`, after(date, '09:50', 0))] as const : null
  const found: { id: string; fixed: boolean }[] = []
  for (const [i, patrol] of given.patrols.entries()) {
    const arrivedAt = after(date, '09:30', i * 300)
    const findings = photos ? patrol.findings.map((fate, n) => reported(patrol, n, arrivedAt, fate === 'FIXED', photos)) : []
    const id = timedId('visit', arrivedAt, patrol.ordinal)
    await client.command(login, `/visits/${id}/record`, { kind: 'PATROL', siteId: patrol.place.siteId, people, taskSource: 'GRID_PLAN', arrivedAt, leftAt: after(date, '09:30', i * 300 + 45), outcome: 'CHECKED', findings }, `visit ${id}`)
    found.push(...findings.map((f) => ({ id: f.id, fixed: f.fixed })))
  }
  if (!found.length) return
  const confirmed = await confirmAll(client, given.confirmer, found.map((f) => f.id))
  for (const { id, fixed } of found) await (fixed ? act(client, login, confirmed.get(id)!, 'verify-fix', { verified: true }) : act(client, login, confirmed.get(id)!, 'start', {}))
}

function reported(patrol: Patrol, n: number, at: string, fixed: boolean, [before, afterwards]: readonly [string, string]) {
  const { category, description, requirement } = hazardText('JX', patrol.ordinal + n)
  return { id: timedId('hazard', at, patrol.ordinal * 100 + n), category, description, requirement, location: `第${patrol.ordinal + 1}次巡查第${n + 1}处`, days: 7, fixed, photosBefore: [before], photosAfter: fixed ? [afterwards] : [] }
}

/** Visits planned under the campaign's approval, by site. */
export async function dispatch(client: Client, given: { campaignId: string; teamId: string; kind: string; date: string; siteIds: readonly string[]; officerIds?: readonly string[]; versionIds?: readonly string[] }): Promise<Map<string, string>> {
  const { campaignId, teamId, kind, date, siteIds, officerIds = [], versionIds = [] } = given
  const planned = new Map<string, string>()
  for (let from = 0; from < siteIds.length; from += DISPATCH_AT_ONCE) {
    const some = siteIds.slice(from, from + DISPATCH_AT_ONCE)
    const { visits } = await client.command<{ visits: { id: string; siteId: string }[] }>(PLANNER, `/campaigns/${campaignId}/dispatch`, { teamId, kind, plannedOn: date, siteIds: some, officerIds, versionIds }, `dispatch ${campaignId} ${teamId} ${date} ${some[0]}`)
    for (const visit of visits) planned.set(visit.siteId, visit.id)
  }
  return planned
}

/** One group's day: its firms are visited in turn and run again from that day. */
export async function guide(client: Client, day: Day, group: Group, firms: readonly Firm[], planned: ReadonlyMap<string, string>): Promise<void> {
  const leader = group.officers[0]!
  const pictures = firms.some((f) => f.findings) ? await photo(client, leader.login, `${day.date} ${leader.login} guide`, after(day.date, '09:00', 0)) : null
  await together(firms.map((firm, i) => async () => {
    const arrivedAt = after(day.date, '08:40', i * 6)
    const findings = pictures ? Array.from({ length: firm.findings }, (_, n) => advised(firm, n, pictures)) : []
    const people = group.officers.map((o) => ({ personId: o.id, part: 'OFFICER', conflictDeclared: true }))
    const id = planned.get(firm.siteId)!
    await client.command(leader.login, `/visits/${id}/record`, { baseVersion: 2, kind: 'GUIDANCE', siteId: firm.siteId, people, arrivedAt, leftAt: after(day.date, '08:40', i * 6 + 5), outcome: 'CHECKED', findings }, `visit ${id}`)
    await client.command(leader.login, `/enterprises/${firm.enterpriseId}/state`, { baseVersion: 1, state: 'ACTIVE', reason: '经指导已复工', since: day.date }, `resumed ${firm.enterpriseId}`)
    if (findings.length) await confirmAll(client, leader, findings.map((f) => f.id))
  }), AT_ONCE)
}

/** Known without asking, so that a replay that was stopped finds what it has to put right. */
const guidedHazard = (firm: Firm, n: number): string => keyOf(`guided hazard ${firm.siteId} ${n}`)
const CONFIRMED_VERSION = 2

function advised(firm: Firm, n: number, before: string) {
  const { category, description, requirement } = hazardText('YC', n)
  return { id: guidedHazard(firm, n), category, description, requirement, location: `车间第${n + 1}处`, days: 7, photosBefore: [before] }
}

/** The next day the firm's safety manager puts it right and says so; two certified officers look at it and close it. */
export async function putRight(client: Client, date: string, firm: Firm, officers: readonly [Someone, Someone]): Promise<void> {
  const login = firm.safety!
  const picture = await photo(client, login, `${date} ${login} result`, after(date, '10:00', 0), firm.enterpriseId)
  const [first] = officers
  const look = await photo(client, first.login, `${date} ${login} look`, after(date, '15:00', 0), firm.enterpriseId)
  for (let n = 0; n < firm.findings; n++) {
    const hazard = { id: guidedHazard(firm, n), version: CONFIRMED_VERSION }
    const started = await act(client, login, hazard, 'start', {})
    const submitted = await act(client, login, started, 'submit', { photosAfter: [picture], note: '已整改' })
    const assigned = await act(client, first.login, submitted, 'reinspection', { officers: officers.map((o) => o.id) })
    await act(client, first.login, assigned, 'reinspect', { officers: officers.map((o) => o.id), passed: true, note: '现场核实已整改', photos: [look] })
  }
}

