import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areas, castIds, type CastName, ids } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import type { Operation } from '../../../kernel/core/operation.ts'
import { operations } from '../operations.ts'
import { after, alone, approved, dailyPlan, inspection, photos, withChecklists, yc } from './fixtures.ts'

let w: World
let visit: { id: string; version: number }
let signs: string[]
beforeAll(async () => {
  w = await world()
  await withChecklists(w)
  signs = await photos(w, 'wang', 3)
  visit = await approved(w)
})
afterAll(() => w.close())

const ask = async (who: CastName, operation: Operation, input: Record<string, unknown>) => {
  const answer = await w.as(who).call(operation, input as never)
  return [answer.status, answer.problem?.code]
}

describe('走访：拒绝外人', () => {
  it('邻区执法人员看不到、改不了任何一步', async () => {
    const base = { id: visit.id, baseVersion: visit.version }
    expect(await ask('qian', operations.get, { id: visit.id })).toEqual([404, 'common.missing'])
    expect((await w.as('qian').do(operations.list, {})).total).toBe(0)
    expect(await ask('qian', operations.capUsage, { enterpriseId: ids.enterprise, year: 2026 })).toEqual([404, 'common.missing'])
    expect((await w.as('qian').do(operations.burden, { year: 2026 })).contacts).toBe(0)
    expect((await w.as('qian').call(operations.team, { siteId: ids.site, on: '2026-03-05' })).status).toBe(404)
    expect((await w.as('qian').do(operations.caps, { year: 2026 })).rows).toEqual([])
    expect(await ask('qian', operations.plan, dailyPlan(randomUUID()))).toEqual([404, 'common.missing'])
    expect(await ask('qian', operations.edit, { ...base, ...dailyPlan('x'), visits: undefined })).toEqual([404, 'common.missing'])
    expect(await ask('qian', operations.submit, { visits: [base] })).toEqual([404, 'common.missing'])
    expect(await ask('qian', operations.start, { ...base, arrivedAt: after(w, -5) })).toEqual([404, 'common.missing'])
    expect(await ask('qian', operations.record, inspection(w, visit.id, { baseVersion: visit.version, signs }))).toEqual([404, 'common.missing'])
    expect(await ask('qian', operations.leave, { ...base, leftAt: after(w, -5) })).toEqual([404, 'common.missing'])
    expect(await ask('qian', operations.addScan, { ...base, moment: 'ADDED', scannedAt: after(w, -5), reason: '无信号' })).toEqual([404, 'common.missing'])
    expect(await ask('qian', operations.cancel, { ...base, reason: '误排' })).toEqual([404, 'common.missing'])
    expect(await ask('qian', operations.handBack, { ...base, reason: '不在我的片区' })).toEqual([404, 'common.missing'])
    expect(await ask('lu', operations.handBack, { ...base, reason: '不在我的片区' })).toEqual([403, 'visit.not_going'])
    expect(await ask('wang', operations.acknowledge, { ...base, opinion: '已阅' })).toEqual([403, 'common.forbidden'])
    expect(await ask('qian', operations.saveAnswers, { id: visit.id, answers: [{ versionId: yc.id, itemCode: 'YC-01', answer: { answer: 'COMPLIES' } }] })).toEqual([404, 'common.missing'])
    const file = await w.as('qian').call(operations.export, {})
    expect([file.status, file.bytes.includes('精密五金')]).toEqual([200, false])
  })
  it('另一街道不能在本街道安排巡查，本区以外不能设上限', async () => {
    const patrol = { ...dailyPlan(randomUUID()), kind: 'PATROL', people: alone('han'), versionIds: [], taskSource: 'GRID_PLAN' }
    expect(await ask('han', operations.plan, patrol)).toEqual([404, 'common.missing'])
    const cap = { id: randomUUID(), areaCode: areas.neighbour, year: 2026, industryClass: 'OTHER', standardLevel: 'NONE', capPerYear: 1, sourceDoc: '频次公告' }
    expect(await ask('xu', operations.setCap, cap)).toEqual([404, 'common.missing'])
  })
  it.each([
    ['lin', operations.plan, () => dailyPlan(randomUUID())],
    ['lin', operations.submit, () => ({ visits: [{ id: visit.id, baseVersion: visit.version }] })],
    ['wang', operations.approve, () => ({ visits: [{ id: visit.id, baseVersion: visit.version }], opinion: '同意' })],
    ['wang', operations.refuse, () => ({ visits: [{ id: visit.id, baseVersion: visit.version }], opinion: '不同意' })],
    ['wang', operations.void, () => ({ id: visit.id, baseVersion: visit.version, reason: '误录' })],
    ['wang', operations.setCap, () => ({ id: randomUUID(), areaCode: areas.district, year: 2026, industryClass: 'OTHER', standardLevel: 'NONE', capPerYear: 1, sourceDoc: '频次公告' })],
    ['zhao', operations.cancel, () => ({ id: visit.id, baseVersion: visit.version, reason: '误排' })],
    ['sun', operations.get, () => ({ id: visit.id })],
    ['zheng', operations.list, () => ({})],
    ['jiang', operations.record, () => inspection(w, randomUUID(), { signs })],
    ['lin', operations.export, () => ({})],
    ['zhao', operations.burden, () => ({ year: 2026 })],
  ] as [CastName, Operation, () => Record<string, unknown>][])('%s 没有权限（第 %# 项）', async (who, operation, input) => {
    expect(await ask(who, operation, input())).toEqual([403, 'common.forbidden'])
  })
  it.each([
    ['lin', 'ADMIN_DAILY'], ['lin', 'GUIDANCE'], ['lin', 'PHONE'], ['zhao', 'ADMIN_CASE'], ['zhao', 'PATROL'], ['wang', 'PATROL'], ['wang', 'SELF_CHECK'], ['zhou', 'ADMIN_CASE'],
  ] as const)('%s 登记 %s：不是这个岗位的事', async (who, kind) => {
    const record = { ...inspection(w, randomUUID(), { signs }), kind, people: [{ personId: castIds[who], part: 'OFFICER', conflictDeclared: true }] }
    expect(await ask(who, operations.record, record)).toEqual([403, 'visit.kind_not_yours'])
  })
  it('企业看得到对自己的检查，看不到别家的', async () => {
    expect((await w.as('zhao').do(operations.get, { id: visit.id })).no).toMatch(/^INS-20260305-990101-\d{6}$/)
    const other = await approved(w, { visits: [{ id: randomUUID(), siteId: ids.otherSite }] })
    expect(await ask('zhao', operations.get, { id: other.id })).toEqual([404, 'common.missing'])
  })
})
