import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it, describe } from 'vitest'
import { ids } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { EnterprisePoints, pointsOf } from '../map.ts'
import { operations } from '../operations.ts'

let w: World
beforeAll(async () => {
  w = await world()
  for (const [i, id] of [ids.enterprise, ids.neighbourEnterprise].entries()) {
    await sql`update enterprise set lon = ${114.02 + i / 10}, lat = 22.71, risk_color = ${i === 0 ? 'RED' : null} where id = ${id}`.execute(w.app.db.all)
  }
})
afterAll(() => w.close())

describe('一张图', () => {
  it('enterprise.points gives each reach its own places and no other', async () => {
    const seen = async (who: 'qian' | 'zhao') => pointsOf(await w.as(who).do(operations.points, {})).map((point) => point.id)
    expect(await seen('qian')).toEqual([ids.neighbourEnterprise])
    expect(await seen('zhao')).toEqual([ids.enterprise])
    expect((await w.as('zheng').call(operations.points, {})).status).toBe(403)
  })
  it('refuses a view that is not one', async () => {
    for (const operation of [operations.points, operations.list]) expect((await w.as('wang').call(operation, { box: '1,2,3' })).status).toBe(400)
  })
  it('counts what the list counts, with and without a place, and a view holds what lies in it', async () => {
    const page = await w.as('wang').do(operations.list, { limit: 200 })
    const answer = await w.as('wang').do(operations.points, {})
    expect(EnterprisePoints.parse(answer)).toEqual(answer)
    const located = page.rows.filter((row) => row.lon !== null)
    expect([answer.total, answer.located]).toEqual([page.total, located.length])
    const points = pointsOf(answer)
    expect(points.map((point) => point.id).sort()).toEqual(located.map((row) => row.id).sort())
    const one = located[0]!
    const point = points.find(({ id }) => id === one.id)!
    expect([point.lon, point.lat, point.mark]).toEqual([Math.round(one.lon! * 1e5) / 1e5, Math.round(one.lat! * 1e5) / 1e5, one.riskColor?.[0] ?? '-'])
    expect(located.length).toBeLessThan(page.total)
    expect((await w.as('wang').do(operations.list, { located: 'false', limit: 200 })).total).toBe(page.total - located.length)
    const box = [one.lon! - 0.0005, one.lat! - 0.0005, one.lon! + 0.0005, one.lat! + 0.0005].map((n) => n.toFixed(6)).join(',')
    const near = await w.as('wang').do(operations.list, { box, limit: 200 })
    expect(near.rows.map((row) => row.id)).toContain(one.id)
    expect(near.total).toBe((await w.as('wang').do(operations.points, { box })).located)
    expect((await w.as('wang').do(operations.list, { box: '0,0,1,1' })).total).toBe(0)
  })
  it('is one statement', async () => {
    const before = w.app.db.sent.count
    await w.as('wang').do(operations.points, {})
    expect(w.app.db.sent.count - before).toBe(1)
  })
})
