import { randomUUID } from 'node:crypto'
import { areas, castIds, type CastName, ids } from '../../../house/cast.ts'
import type { World } from '../../../house/world.ts'
import type { InputOf } from '../../../kernel/core/operation.ts'
import { operations as visits } from '../../visit/operations.ts'
import { operations } from '../operations.ts'

type Create = InputOf<typeof operations.create>

/** A night action on 5 March 2026, 20:00 to 01:00, over the whole district, for inspections and patrols. */
export const night = (more: Partial<Create> = {}): Create => ({
  id: randomUUID(), areaCode: areas.district, name: '全区夜间统一执法', kind: 'NIGHT', basis: '安应急〔2026〕8号', publishedOn: '2026-03-01', areas: [areas.district], startsAt: '2026-03-05T12:00:00Z', endsAt: '2026-03-05T17:00:00Z', commandPost: '区应急指挥中心',
  scheme: { purpose: '防范夜间事故', objects: { siteKinds: ['PRODUCTION_SITE'] }, visitKinds: ['ADMIN_SPECIAL', 'PATROL'], quotas: [{ name: '名单全覆盖', kind: 'COVERAGE' }] }, ...more,
})

export const teamOf = (id: string, more: Partial<InputOf<typeof operations.setTeam>> = {}): InputOf<typeof operations.setTeam> => ({
  id, teamId: randomUUID(), name: '第1检查组', kind: 'CHECK', vehicle: '应急01', members: [{ personId: castIds.wang, part: 'LEADER' }, { personId: castIds.he, part: 'OFFICER' }, { personId: castIds.lin, part: 'GRID' }], ...more,
})

/** Drafted by Xu with both plants on the list and one team. */
export async function drafted(w: World, more: Partial<Create> = {}, siteIds: string[] = [ids.site, ids.otherSite]): Promise<{ id: string; teamId: string }> {
  const { id } = await w.as('xu').do(operations.create, night(more))
  if (siteIds.length) await w.as('xu').do(operations.addTargets, { id, siteIds })
  const team = await w.as('xu').do(operations.setTeam, teamOf(id))
  return { id, teamId: team.id }
}

export const versionOf = async (w: World, who: CastName, id: string): Promise<number> => (await w.as(who).do(operations.get, { id })).version

/** Sent up by Xu, approved by Chen, started. */
export async function running(w: World, more: Partial<Create> = {}, siteIds?: string[]): Promise<{ id: string; teamId: string }> {
  const made = await drafted(w, more, siteIds)
  const { id } = made
  await w.as('xu').do(operations.submit, { id, baseVersion: await versionOf(w, 'xu', id) })
  await w.as('chen').do(operations.approve, { id, baseVersion: await versionOf(w, 'chen', id), opinion: '同意' })
  await w.as('xu').do(operations.start, { id, baseVersion: await versionOf(w, 'xu', id) })
  return made
}

/** Lin passes a place of his grid for a campaign, in one record from the phone. */
export const patrolled = (w: World, campaignId: string, teamId: string | undefined, more: Partial<InputOf<typeof visits.record>> = {}): InputOf<typeof visits.record> => ({
  id: randomUUID(), kind: 'PATROL', siteId: ids.site, people: [{ personId: castIds.lin, part: 'GRID' }], taskSource: 'GRID_PLAN', campaignId, ...(teamId ? { teamId } : {}), arrivedAt: new Date(w.app.runtime.now().getTime() - 20 * 60_000).toISOString(),
  leftAt: new Date(w.app.runtime.now().getTime() - 10 * 60_000).toISOString(), outcome: 'CHECKED', ...more,
})
