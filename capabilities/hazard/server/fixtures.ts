import { randomBytes, randomUUID } from 'node:crypto'
import sharp from 'sharp'
import { areas, castIds, type CastName, ids } from '../../../house/cast.ts'
import type { World } from '../../../house/world.ts'
import { rangeOf } from '../../../kernel/core/access.ts'
import { addDays, localDate } from '../../../kernel/core/time.ts'
import type { Actor } from '../../../kernel/server/actor.ts'
import { type Ctx, flush, makeCtx } from '../../../kernel/server/context.ts'
import { toProblem } from '../../../kernel/server/db-problem.ts'
import { newId } from '../../../kernel/server/id.ts'
import { operations as attachment } from '../../attachment/operations.ts'
import type { FindingDraft } from '../hazard.ts'
import { operations } from '../operations.ts'
import type { HazardDetail } from '../views.ts'
import { orderHazards } from './public.ts'

/** A photo of noise that resembles no other, uploaded by a person. */
export async function photo(w: World, who: CastName): Promise<string> {
  const body = await sharp(randomBytes(24 * 24 * 3), { raw: { width: 24, height: 24, channels: 3 } }).jpeg().toBuffer()
  const saved = await w.as(who).do(attachment.upload, { id: randomUUID() }, { body, headers: { 'x-file-name': 'a.jpg' } })
  return saved.id
}

export const today = (w: World): string => localDate(w.app.clock.now())
export const inDays = (w: World, days: number): string => addDays(today(w), days)

/** Runs server functions of public.ts as one of the cast, in one committed transaction. */
export async function within<T>(w: World, who: CastName, work: (ctx: Ctx) => Promise<T> | T, roles: readonly string[] = ['INSPECTOR']): Promise<T> {
  const reach = { areas: [rangeOf(areas.district)], grids: [], enterprises: [] }
  const actor: Actor = { id: castIds[who], name: who, sessionId: '', role: roles[0]!, roles, reach, has: () => true, reachOf: () => reach }
  const { app } = w
  return app.db.transaction(async (tx) => {
    const given = { tx, actor, now: app.clock.now(), requestId: 't', address: '', origin: {}, secrets: app.runtime.secrets, operation: 'test', commandId: null, epoch: 1 }
    const ctx = makeCtx(given)
    const answer = await work(ctx)
    await flush(given, ctx.drafts)
    return answer
  }).catch((error: unknown) => {
    throw toProblem(error)
  })
}

export const place = { siteId: ids.site, siteName: '主厂区', enterpriseId: ids.enterprise, enterpriseName: '安川澜湖精密五金有限公司', areaCode: areas.community, gridId: ids.grid, parkId: ids.park }

let spot = 0
/** A free finding at a spot of its own. */
export const draft = (w: World, more: Partial<FindingDraft> = {}): FindingDraft => ({
  id: newId(w.app.clock.now()), site: place, source: 'INSPECTION', sourceId: null, itemCode: null, versionId: null, category: 'XC-02', location: `喷涂车间${++spot}号配电箱`, description: '无漏电保护', requirement: '加装漏电保护装置',
  level: 'GENERAL', clauseId: null, clauseMode: null, legalBasis: [], immediateStop: false, defaultDays: 15, evidence: 'PHOTO', photosBefore: [], photosAfter: [], fixedOnSite: false,
  foundAt: w.app.clock.now().toISOString(), foundBy: [castIds.wang], officers: [], ...more,
})

/** Reports over HTTP with one photo. */
export async function reported(w: World, who: CastName, more: Record<string, unknown> = {}) {
  return w.as(who).do(operations.report, {
    id: newId(w.app.clock.now()), siteId: ids.site, source: 'INSPECTION', category: 'XC-02', location: `喷涂车间${++spot}号配电箱`, description: '无漏电保护', photosBefore: [await photo(w, who)], ...more,
  })
}

export const get = (w: World, who: CastName, id: string): Promise<HazardDetail> => w.as(who).do(operations.get, { id })

/** The version that is stored now: what a person who has just looked would send. */
export async function on(w: World, id: string, who: CastName = 'wang'): Promise<{ id: string; baseVersion: number }> {
  return { id, baseVersion: (await get(w, who, id)).version }
}

/** Confirmed by Wang and, when major, by Wang and He with an expert's words and a clause in force. */
export async function confirmed(w: World, more: Record<string, unknown> = {}, major = false) {
  const h = await reported(w, 'he', { ...more, ...(major ? { level: 'MAJOR' } : {}) })
  const grading = major ? { level: 'MAJOR' as const, clauseId: 'GM-3-1', officers: [castIds.wang, castIds.he], opinion: { text: '现场无检测报警，构成重大隐患', by: '专家甲' } } : { level: 'GENERAL' as const }
  return w.as('wang').do(operations.confirm, { ...(await on(w, h.id)), ...grading })
}

export const serve = (w: World, hazardIds: string[], dueOn: string) =>
  within(w, 'wang', (ctx) => orderHazards(ctx, { hazardIds, paperId: newId(w.app.clock.now()), paperNo: '（澜安澜）应急责改〔2026〕12号', dueOn, officers: [castIds.wang, castIds.he], servedAt: w.app.clock.now().toISOString() }))

export const plan = (finishOn: string) => ({ measures: '更换配电箱', responsible: '赵启澄', fund: 3000, finishOn, emergency: '断电挂牌' })
