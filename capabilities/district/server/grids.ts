import { rangeOf } from '../../../kernel/core/access.ts'
import { type Area, centroid } from '../../../kernel/core/geometry.ts'
import { gridNumber } from '../../../kernel/core/id.ts'
import type { Action } from '../../../kernel/core/operation.ts'
import { missing, Problem, refuseAny, say } from '../../../kernel/core/problem.ts'
import { localDate } from '../../../kernel/core/time.ts'
import { type Ctx, type Handlers, refuseStale } from '../../../kernel/server/context.ts'
import { toStored } from '../boundary.ts'
import type { GridDetail } from '../district.ts'
import type { operations } from '../operations.ts'
import { gridFindings, isFunctional, isOfficer, perHead, refuseMember } from '../rules.ts'
import { zh } from '../zh.ts'
import * as store from './store.ts'

type Part = Pick<typeof operations, 'grids' | 'grid' | 'newGrid' | 'editGrid' | 'closeGrid' | 'candidates' | 'addMember' | 'endMember'>

export const gridHandlers: Handlers<Part> = {
  grids: async (ctx, input) => {
    const { areaCode, cursor, limit, ...filter } = input
    if (cursor && !/^\d{12}[\w-]{1,60}$/.test(cursor)) throw new Problem('invalid', 'common.bad_cursor')
    const found = await store.grids(ctx.tx, ctx.actor, { ...filter, ...(areaCode ? { areaRange: rangeOf(areaCode) } : {}), ...(cursor ? { after: cursor } : {}), limit: limit + 1, on: localDate(ctx.now) })
    const shown = found.rows.slice(0, limit)
    const last = shown.at(-1)
    const { grids, enterprises, officers } = found.figures
    return {
      rows: shown.map(({ k: _, ...row }) => ({ ...row, perOfficer: perHead(row.enterprises, row.officers) })),
      total: found.matched,
      figures: { ...found.figures, perGrid: perHead(enterprises, grids), perOfficer: perHead(enterprises, officers) },
      ...(found.rows.length > limit && last ? { next: last.k } : {}),
    }
  },
  grid: async (ctx, input) => detail(ctx, await must(ctx, input.id)),
  newGrid: async (ctx, input) => {
    const area = await store.areaOf(ctx.tx, await store.visibleAreas(ctx.tx, ctx.actor), input.areaCode)
    if (!area || !store.mayChange(ctx.actor, input.areaCode)) throw missing()
    if (area.validTo !== null || (area.kind !== 'COMMUNITY' && !isFunctional(area.kind))) throw new Problem('refused', 'district.grid_needs_community', { fields: [{ path: 'areaCode', code: 'district.grid_needs_community' }] })
    const shape = drawn(input.boundary)
    const code = gridNumber(area.code, await store.nextGridSeq(ctx.tx, area.code))
    await store.insertGrid(ctx.tx, { id: input.id, code, name: input.name, areaCode: area.code, validFrom: input.validFrom, ...shape })
    ctx.emit({ aggregate: 'grid', id: input.id, version: 1, event: 'grid.created', areaCode: area.code, gridId: input.id, data: { code, title: input.name } })
    return detail(ctx, await must(ctx, input.id))
  },
  editGrid: async (ctx, input) => {
    const grid = await mustOpen(ctx, input.id, input.baseVersion)
    await store.updateGrid(ctx.tx, grid.id, { name: input.name, ...drawn(input.boundary) })
    told(ctx, grid, 'grid.changed', { before: grid.name, title: input.name })
    return detail(ctx, await must(ctx, grid.id))
  },
  closeGrid: async (ctx, input) => {
    const grid = await mustOpen(ctx, input.id, input.baseVersion)
    if (input.validTo < grid.validFrom) throw new Problem('refused', 'district.grid_dates', { fields: [{ path: 'validTo', code: 'district.grid_dates' }] })
    await store.closeGrid(ctx.tx, grid.id, input.validTo)
    told(ctx, grid, 'grid.closed', { reason: input.reason, validTo: input.validTo })
    return detail(ctx, await must(ctx, grid.id))
  },
  candidates: async (ctx, input) => ({ rows: await store.candidates(ctx.tx, ctx.actor, input.q) }),
  addMember: async (ctx, input) => {
    const grid = await mustOpen(ctx, input.id)
    const name = await store.personName(ctx.tx, input.personId)
    if (!name) throw new Problem('refused', 'district.person_unknown', { fields: [{ path: 'personId', code: 'district.person_unknown' }] })
    const others = await store.postsOf(ctx.tx, input.personId, input.validFrom)
    const inForce = (await store.members(ctx.tx, grid.id, input.validFrom)).filter((m) => m.validTo === null || m.validTo >= input.validFrom)
    refuseAny(refuseMember({ ...input, gridId: grid.id, name }, others, inForce))
    await store.insertMember(ctx.tx, { ...input, id: input.memberId, gridId: grid.id, areaCode: grid.areaCode })
    await store.bumpGrid(ctx.tx, grid.id)
    told(ctx, grid, 'grid.member_added', { personId: input.personId, name, post: input.post, duty: input.duty, isMain: input.isMain, validFrom: input.validFrom })
    return detail(ctx, await must(ctx, grid.id))
  },
  endMember: async (ctx, input) => {
    const grid = await mustOpen(ctx, input.id)
    const member = (await store.members(ctx.tx, grid.id, localDate(ctx.now))).find((m) => m.id === input.memberId)
    if (!member) throw missing()
    refuseStale(member.version, input.baseVersion)
    if (member.validTo !== null) throw new Problem('refused', 'district.member_ended')
    if (input.validTo < member.validFrom) throw new Problem('refused', 'district.member_dates', { fields: [{ path: 'validTo', code: 'district.member_dates' }] })
    await store.endMember(ctx.tx, member, grid.id, input.validTo)
    await store.bumpGrid(ctx.tx, grid.id)
    told(ctx, grid, 'grid.member_ended', { personId: member.personId, name: member.name, post: member.post, validTo: input.validTo, reason: input.reason })
    return detail(ctx, await must(ctx, grid.id))
  },
}

/** Given boundaries are WGS84; the centre is where the map writes the name. */
function drawn(boundary: Area | null): { boundary: Area | null; center: readonly [number, number] | null } {
  if (!boundary) return { boundary: null, center: null }
  const area = toStored(boundary, 'WGS84')
  const [lon, lat] = centroid(area)
  return { boundary: area, center: [Math.round(lon * 1e6) / 1e6, Math.round(lat * 1e6) / 1e6] }
}

export async function must(ctx: Ctx, id: string): Promise<store.GridFull> {
  const grid = await store.grid(ctx.tx, ctx.actor, id)
  if (!grid) throw missing()
  return grid
}

/** A grid that may still be changed. Members are guarded by their own version, so the grid's is asked only where it is given. */
async function mustOpen(ctx: Ctx, id: string, baseVersion?: number): Promise<store.GridFull> {
  const grid = await must(ctx, id)
  if (baseVersion !== undefined) refuseStale(grid.version, baseVersion)
  if (grid.validTo !== null) throw new Problem('refused', 'district.grid_closed')
  return grid
}

function told(ctx: Ctx, grid: store.GridFull, event: string, data: Record<string, unknown>): void {
  ctx.emit({ aggregate: 'grid', id: grid.id, version: grid.version + 1, event, areaCode: grid.areaCode, gridId: grid.id, data: { code: grid.code, title: grid.name, ...data } })
}

async function detail(ctx: Ctx, grid: store.GridFull): Promise<GridDetail> {
  const today = localDate(ctx.now)
  const all = await store.members(ctx.tx, grid.id, today)
  const members = all.filter((m) => m.validTo === null || m.validTo >= today)
  const officers = new Set(members.filter((m) => isOfficer(m)).map((m) => m.personId)).size
  const findings = grid.validTo === null ? gridFindings({ members, hasBoundary: grid.boundary !== null }) : []
  return {
    ...grid, boundary: grid.boundary as GridDetail['boundary'], members, past: all.filter((m) => !members.includes(m)),
    perOfficer: perHead(grid.enterprises, officers), findings: findings.map((f) => say(zh.problems, f.code, f.params)), actions: actionsOf(ctx, grid),
  }
}

function actionsOf(ctx: Ctx, grid: store.GridFull): Action[] {
  const closed = grid.validTo !== null
  const action = (name: string, label: string, verb: string): Action[] =>
    ctx.actor.has(verb) ? [{ action: name, label, allowed: !closed, ...(closed ? { why: [zh.problems['district.grid_closed']] } : {}) }] : []
  return [
    ...action('addMember', '安排安格员', 'district.manage'), ...action('edit', '修改', 'district.manage'), ...action('makeRota', '生成排班', 'district.rota'),
    ...action('askSwap', '申请换班', 'district.swap'), ...action('close', '撤销安格', 'district.manage'),
  ]
}
