import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areas, castIds, ids } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { operations } from '../operations.ts'
import { confirmed, get, inDays, on, photo, plan, reported, serve } from './fixtures.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

describe('hazard: 办得成', () => {
  it('walks a general hazard from report to close with every paper date kept', async () => {
    const { id } = await confirmed(w)
    await serve(w, [id], inDays(w, 15))
    expect((await get(w, 'zhao', id)).waiting).toContain('企业在 3月20日 24:00 前')
    await w.as('zhao').do(operations.acknowledge, { ...(await on(w, id)), plan: plan(inDays(w, 10)) })
    await w.as('zhao').do(operations.submit, { ...(await on(w, id)), photosAfter: [await photo(w, 'zhao')], note: '已更换' })
    await w.as('xu').do(operations.assignReinspection, { ...(await on(w, id)), officers: [castIds.wang, castIds.he] })
    const closed = await w.as('wang').do(operations.reinspect, { ...(await on(w, id)), officers: [castIds.wang, castIds.he], passed: true, note: '已整改到位' })
    expect(closed).toMatchObject({ state: 'CLOSED', waiting: '' })
    const page = await get(w, 'chen', id)
    expect(page.timeline.map((e) => e.label)).toEqual(['上报', '核定', '责令整改', '签收并报方案', '提交整改', '安排复查', '销号'])
    expect(page.photos.map((p) => p.role)).toEqual(['BEFORE', 'AFTER'])
  })
})
void areas
void ids
void reported
