import type { z } from 'zod'
import { Problem, type Refusal, refuseAny } from '../../../kernel/core/problem.ts'
import { localDate } from '../../../kernel/core/time.ts'
import { type Ctx, refuseStale } from '../../../kernel/server/context.ts'
import type { AddSite, Changed, CloseSite, MoveSite } from '../enterprise.ts'
import { refuseDate, refusePosition } from '../rules.ts'
import { searchWords } from '../search.ts'
import { needsParentSite } from '../site-kinds.ts'
import { siteCodeOf } from './changes.ts'
import { initialsOf } from './pinyin.ts'
import { requirePlace } from './place.ts'
import * as store from './store.ts'

type Answer = z.infer<typeof Changed>

async function locked(ctx: Ctx, id: string, baseVersion: number): Promise<store.EnterpriseRecord> {
  const row = await store.lockEnterprise(ctx.tx, ctx.actor, id)
  if (row.voided_at) throw new Problem('refused', 'enterprise.voided')
  refuseStale(row.version, baseVersion)
  return row
}

export async function addSite(ctx: Ctx, input: z.output<typeof AddSite>): Promise<Answer> {
  const row = await locked(ctx, input.id, input.baseVersion)
  const refusals: Refusal[] = refusePosition(input.lon, input.lat)
  if (needsParentSite(input.kind) && !input.parentSiteId) refusals.push({ code: 'enterprise.parent_site_required', field: 'parentSiteId', clause: '§1.5' })
  refuseAny(refusals)
  await requirePlace(ctx, input)
  const no = await store.nextSiteNo(ctx.tx, row.id)
  const place = { area_code: input.areaCode, grid_id: input.gridId }
  const code = siteCodeOf(row.credit_code, row.id, no)
  await ctx.tx.insertInto('site').values({
    id: input.siteId, enterprise_id: row.id, code, name: input.name, kind: input.kind, parent_site_id: input.parentSiteId, park_id: input.parkId, building_id: input.buildingId, floor: input.floor, ...place, geo_code: null,
    address: input.address, floor_area_m2: input.floorAreaM2, lon: input.lon, lat: input.lat, is_main: false, opened_on: localDate(ctx.now), closed_on: null,
  }).execute()
  if (input.lease && (input.parkId || input.parentSiteId)) {
    const { areaM2, validFrom, validTo, hasAgreement, coordinator } = input.lease
    const lessor = input.parentSiteId ? { lessor_site_id: input.parentSiteId, park_id: null } : { lessor_site_id: null, park_id: input.parkId }
    await ctx.tx.insertInto('lease').values({ id: ctx.newId(), lessee_site_id: input.siteId, ...lessor, enterprise_id: row.id, ...place, area_m2: areaM2, valid_from: validFrom, valid_to: validTo, has_agreement: hasAgreement, coordinator }).execute()
  }
  return bump(ctx, row, 'enterprise.site_added', { siteId: input.siteId, site: input.name, code, address: input.address, kind: input.kind })
}

/** A move of the main site moves the enterprise's jurisdiction; the history keeps where it was (SCD of area). */
export async function moveSite(ctx: Ctx, input: z.output<typeof MoveSite>): Promise<Answer> {
  const row = await locked(ctx, input.id, input.baseVersion)
  const site = await store.lockSite(ctx.tx, ctx.actor, row.id, input.siteId)
  if (site.closed_on) throw new Problem('refused', 'enterprise.site_closed')
  refuseAny([...refusePosition(input.lon, input.lat), ...refuseDate({ since: input.since, today: localDate(ctx.now), last: site.is_main ? await store.openHistory(ctx.tx, row.id, 'AREA') : null })])
  await requirePlace(ctx, input)
  const to = { area_code: input.areaCode, grid_id: input.gridId, park_id: input.parkId, address: input.address, lon: input.lon, lat: input.lat }
  await ctx.tx.updateTable('site').set({ ...to, version: site.version + 1 }).where('id', '=', site.id).execute()
  if (site.is_main) {
    const words = searchWords(row.name, input.address, initialsOf(row.name))
    await ctx.tx.updateTable('enterprise').set({ ...to, words }).where('id', '=', row.id).execute()
    if (site.area_code !== input.areaCode || site.grid_id !== input.gridId) {
      const [from, next] = [{ areaCode: row.area_code, gridId: row.grid_id }, { areaCode: input.areaCode, gridId: input.gridId }]
      await store.recordHistory(ctx.tx, [{ enterpriseId: row.id, areaCode: row.area_code, gridId: row.grid_id, field: 'AREA', from, to: next, since: input.since, bornOn: row.established_on ?? localDate(row.created_at), source: input.reason, id: ctx.newId(), firstId: ctx.newId() }])
    }
  }
  const place = site.is_main ? { ...row, area_code: input.areaCode, grid_id: input.gridId } : row
  return bump(ctx, place, 'enterprise.site_moved', { siteId: site.id, site: site.name, from: site.address, to: input.address, fromArea: site.area_code, toArea: input.areaCode, since: input.since, reason: input.reason })
}

export async function closeSite(ctx: Ctx, input: z.output<typeof CloseSite>): Promise<Answer> {
  const row = await locked(ctx, input.id, input.baseVersion)
  const site = await store.lockSite(ctx.tx, ctx.actor, row.id, input.siteId)
  if (site.is_main) throw new Problem('refused', 'enterprise.main_site')
  if (site.closed_on) throw new Problem('refused', 'enterprise.site_closed')
  refuseAny(input.closedOn > localDate(ctx.now) ? [{ code: 'enterprise.future', field: 'closedOn' }] : [])
  await ctx.tx.updateTable('site').set({ closed_on: input.closedOn, version: site.version + 1 }).where('id', '=', site.id).execute()
  return bump(ctx, row, 'enterprise.site_closed', { siteId: site.id, site: site.name, closedOn: input.closedOn, reason: input.reason })
}

async function bump(ctx: Ctx, row: store.EnterpriseRecord, event: string, data: Record<string, unknown>): Promise<Answer> {
  const version = row.version + 1
  await ctx.tx.updateTable('enterprise').set({ version }).where('id', '=', row.id).execute()
  ctx.emit({ aggregate: 'enterprise', id: row.id, version, event, areaCode: row.area_code, gridId: row.grid_id, enterpriseId: row.id, data: { name: row.name, ...data } })
  return { id: row.id, version, warnings: [] }
}
