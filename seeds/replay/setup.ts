import { addDays, instantOf } from '../../kernel/core/time.ts'
import { district } from '../places.ts'
import type { Client } from './client.ts'
import { keyOf } from './client.ts'
import { dates, DAYS, NIGHT_DAY, type Plan, type Someone } from './plan.ts'
import { DAY_ONE } from './registry.ts'

export const guideId = keyOf('campaign guidance')
export const nightId = keyOf('campaign night')
/** Xu plans, Chen approves. */
export const PLANNER = 'xu'
export const LEADER = 'chen'

interface Moved {
  readonly version: number
}
interface Named {
  readonly id: string
  readonly name: string
}
interface Order {
  readonly id: string
  readonly name: string
  readonly kind: 'GUIDANCE' | 'NIGHT'
  readonly basis: string
  readonly publishedOn: string
  readonly startsAt: Date
  readonly endsAt: Date
  readonly commandPost: string
  readonly scheme: Record<string, unknown>
  readonly targets: readonly string[]
  readonly teams: readonly (Named & { readonly kind: string; readonly members: readonly { readonly personId: string; readonly part: string }[] })[]
}

const TARGETS_AT_ONCE = 4_000

/** Drafted with list and teams, sent up, approved by somebody else, ordered. */
async function begin(client: Client, order: Order): Promise<void> {
  const { id, targets, teams, startsAt, endsAt, ...given } = order
  const step = (what: string) => `campaign ${id} ${what}`
  let at = await client.command<Moved>(PLANNER, '/campaigns', { id, areaCode: district.code, areas: [district.code], startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), ...given }, step('create'))
  for (let from = 0; from < targets.length; from += TARGETS_AT_ONCE) await client.command(PLANNER, `/campaigns/${id}/targets`, { siteIds: targets.slice(from, from + TARGETS_AT_ONCE) }, step(`targets ${from}`))
  for (const team of teams) await client.command(PLANNER, `/campaigns/${id}/teams`, { teamId: team.id, name: team.name, kind: team.kind, members: team.members }, step(`team ${team.id}`), 'PUT')
  at = await client.read<Moved>(PLANNER, `/campaigns/${id}`).then((now) => client.command<Moved>(PLANNER, `/campaigns/${id}/submit`, { baseVersion: Math.max(at.version, now.version) }, step('submit')))
  at = await client.command<Moved>(LEADER, `/campaigns/${id}/approve`, { baseVersion: at.version, opinion: '同意' }, step('approve'))
  await client.command(PLANNER, `/campaigns/${id}/start`, { baseVersion: at.version }, step('start'))
}

const led = (officers: readonly Someone[], rest: readonly Someone[] = []) => [
  ...officers.map((o, i) => ({ personId: o.id, part: i === 0 ? 'LEADER' : 'OFFICER' })),
  ...rest.map((m) => ({ personId: m.id, part: 'GRID' })),
]

export const beginGuidance = (client: Client, plan: Plan): Promise<void> =>
  begin(client, {
    id: guideId, name: '企业复工复产指导服务', kind: 'GUIDANCE', basis: '澜应急〔2020〕5号', publishedOn: DAY_ONE, startsAt: instantOf(DAY_ONE, '08:00'), endsAt: instantOf(addDays(DAY_ONE, DAYS + 3), '20:00'), commandPost: '区应急指挥中心',
    scheme: { purpose: '内强外援、先大后小、点面结合', lines: ['防疫', '复工', '安全'], objects: {}, visitKinds: ['GUIDANCE'], checklists: [], quotas: [{ name: '名单全覆盖', kind: 'COVERAGE' }] },
    targets: plan.targets, teams: plan.groups.map((g) => ({ id: g.teamId, name: g.name, kind: g.kind, members: led(g.officers) })),
  })

export const nightDate = dates[NIGHT_DAY]!

export const beginNight = (client: Client, plan: Plan): Promise<void> =>
  begin(client, {
    id: nightId, name: '全区夜间统一执法行动', kind: 'NIGHT', basis: '澜应急〔2020〕9号', publishedOn: addDays(nightDate, -3), startsAt: instantOf(nightDate, '20:00'), endsAt: instantOf(addDays(nightDate, 1), '02:00'), commandPost: '区应急指挥中心',
    scheme: { purpose: '防范夜间事故', objects: {}, visitKinds: ['ADMIN_SPECIAL'], checklists: ['YC', 'YQ'], quotas: [{ name: '名单全覆盖', kind: 'COVERAGE' }] },
    targets: plan.night.flatMap((t) => t.sites.map((s) => s.siteId)), teams: plan.night.map((t) => ({ id: t.teamId, name: t.name, kind: 'CHECK', members: led(t.officers, t.members) })),
  })
