import { inReach } from '../../../kernel/core/access.ts'
import { Problem, refuseAny } from '../../../kernel/core/problem.ts'
import type { Refusal } from '../../../kernel/core/problem.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import { functionalAreaOf, levelOf } from '../../district/area-code.ts'
import { type PlaceAsked, type PlaceFacts, placeFacts, twinsOf } from './store.ts'

/** Area, grid, park, plant and building of a record, checked together; throws every refusal at once. */
export async function requirePlace(ctx: Ctx, asked: PlaceAsked & { enterpriseId?: string | null }): Promise<PlaceFacts> {
  const found = await placeFacts(ctx.tx, ctx.actor, asked)
  const refusals: Refusal[] = areaRefusals(ctx, asked, found)
  if (asked.gridId) refusals.push(...gridRefusals(asked, found))
  if (asked.parkId && !found.park) refusals.push({ code: 'enterprise.park_unknown', field: 'parkId' })
  if (asked.parentSiteId && !found.parentSite) refusals.push({ code: 'enterprise.parent_site_unknown', field: 'parentSiteId' })
  if (asked.buildingId && !found.building) refusals.push({ code: 'enterprise.building_unknown', field: 'buildingId' })
  refuseAny(refusals)
  return found
}

function areaRefusals(ctx: Ctx, asked: PlaceAsked & { enterpriseId?: string | null }, found: PlaceFacts): Refusal[] {
  if (!found.area) return [{ code: 'enterprise.area_unknown', field: 'areaCode', params: { code: asked.areaCode } }]
  const level = levelOf(asked.areaCode)
  if (level !== 'STREET' && level !== 'VILLAGE') return [{ code: 'enterprise.area_coarse', field: 'areaCode' }]
  const inside = inReach(ctx.actor.reach, { areaCode: asked.areaCode, gridId: asked.gridId ?? null, enterpriseId: asked.enterpriseId ?? null })
  return inside ? [] : [{ code: 'enterprise.out_of_reach', field: 'areaCode' }]
}

/** A functional area counts what stands on the land of others' grids, so there the codes may differ (domain.md §1.4). */
function gridRefusals(asked: PlaceAsked, found: PlaceFacts): Refusal[] {
  if (!found.grid) return [{ code: 'enterprise.grid_unknown', field: 'gridId' }]
  const street = (code: string) => code.slice(0, 9)
  const fits = found.grid.areaCode === asked.areaCode || (levelOf(asked.areaCode) === 'STREET' && street(found.grid.areaCode) === street(asked.areaCode))
  return fits || functionalAreaOf(asked.areaCode) !== null ? [] : [{ code: 'enterprise.grid_elsewhere', field: 'gridId', params: { grid: found.grid.name } }]
}

/** The code is unique everywhere; same name and address is doubtful and may be confirmed. */
export async function refuseTwins(ctx: Ctx, asked: { id: string; creditCode: string | null; name: string; address: string }, confirmed: boolean): Promise<void> {
  const twins = await twinsOf(ctx.tx, ctx.actor, asked)
  const byCode = twins.find((twin) => twin.sameCode)
  if (byCode) throw new Problem('conflict', 'enterprise.credit_code_unique', { params: { name: byCode.inReach ? byCode.name : '其他辖区单位' }, fields: [{ path: 'creditCode', code: 'enterprise.credit_code_unique', params: { name: byCode.inReach ? byCode.name : '其他辖区单位' } }] })
  const same = twins.find((twin) => !twin.sameCode && twin.inReach)
  if (same && !confirmed) throw new Problem('conflict', 'enterprise.same_name_address', { params: { name: same.name }, fields: [{ path: 'duplicateConfirmed', code: 'enterprise.same_name_address', params: { name: same.name } }] })
}
