import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ids } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { HazardPoints, pointsOf } from '../../enterprise/map.ts'
import { operations } from '../operations.ts'
import { confirmed, inDays, on, photo, reported, serve, today } from './fixtures.ts'

let w: World
beforeAll(async () => {
  w = await world()
  await sql`update site set lon = 114.02, lat = 22.71 where id = any(${[ids.site, ids.otherSite]}::uuid[])`.execute(w.app.db.all)
})
afterAll(() => w.close())

const total = async (input: Record<string, unknown>) => (await w.as('wang').do(operations.list, input as never)).total

describe('一张图和按日期的名单: 拒绝外人', () => {
  it('hazard.points of another district, street and enterprise show theirs alone', async () => {
    const { id } = await reported(w, 'wang')
    const other = await reported(w, 'wang', { siteId: ids.otherSite })
    const seen = async (who: 'qian' | 'zhou' | 'zhao') => pointsOf(await w.as(who).do(operations.points, {})).map((point) => point.id)
    expect(await seen('qian')).toEqual([])
    expect(await seen('zhou')).toContain(id)
    expect(await seen('zhou')).not.toContain(other.id)
    expect(await seen('zhao')).not.toContain(other.id)
    expect((await w.as('zheng').call(operations.points, {})).status).toBe(403)
  })
})

describe('一张图和按日期的名单: 拒绝胡来', () => {
  it.each([['foundFrom', '2026-3-1'], ['closedTo', 'heute'], ['closedHow', 'SOMEHOW'], ['box', '1,2'], ['voided', 'perhaps']])('%s = %s is refused', async (key, value) => {
    expect((await w.as('wang').call(operations.list, { [key]: value } as never)).status).toBe(400)
  })
})

describe('一张图和按日期的名单: 办得成', () => {
  it('what is overdue is marked, and the counts are those of the list', async () => {
    const { id } = await confirmed(w)
    await serve(w, [id], inDays(w, 2))
    w.advance({ days: 4 })
    const answer = await w.as('wang').do(operations.points, { open: 'true' })
    expect(HazardPoints.parse(answer)).toEqual(answer)
    expect(pointsOf(answer).find((point) => point.id === id)?.mark).toBe('L')
    expect([answer.total, answer.overdue]).toEqual([await total({ open: 'true' }), await total({ overdue: 'true' })])
  })
  it('今日发现 and 今日销号 open lists of exactly that day; a voided one is in neither', async () => {
    w.advance({ days: 1 })
    const day = today(w)
    const found = { foundFrom: day, foundTo: day, voided: 'false' }
    expect(await total(found)).toBe(0)
    const fixed = await confirmed(w)
    await w.as('wang').do(operations.fixOnSite, { ...(await on(w, fixed.id)), photosAfter: [await photo(w, 'wang')] })
    await w.as('he').do(operations.verifyFix, { ...(await on(w, fixed.id)), verified: true })
    const wrong = await reported(w, 'he')
    await w.as('wang').do(operations.void, { ...(await on(w, wrong.id)), code: 'FALSE', reason: '现场并无此隐患', photos: [await photo(w, 'wang')] })
    expect([await total(found), await total({ foundFrom: day }), await total({ voided: 'true' })]).toEqual([1, 2, 1])
    const closed = { closedFrom: day, closedTo: day }
    expect([await total(closed), await total({ ...closed, closedHow: 'ON_SITE' }), await total({ ...closed, closedHow: 'REINSPECTION' })]).toEqual([1, 1, 0])
    expect(await total({ closedTo: inDays(w, -1) })).toBe(0)
    const figures = await w.as('wang').do(operations.figures, closed as never)
    expect(figures.all).toBe(1)
  })
})
