import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ids } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { confirmed, reported } from '../../hazard/server/fixtures.ts'
import { operations } from '../operations.ts'

let w: World
let here = ''
let there = ''
beforeAll(async () => {
  w = await world()
  here = (await reported(w, 'wang')).id
  w.advance({ minutes: 1 })
  there = (await reported(w, 'wang', { siteId: ids.otherSite })).id
})
afterAll(() => w.close())

const seen = async (who: Parameters<World['as']>[0]) => (await w.as(who).do(operations.recent, {})).rows

describe('statistics.recent: 拒绝外人', () => {
  it('each reach has its own news, and the next district none of it', async () => {
    const ofRecord = async (who: Parameters<World['as']>[0]) => (await seen(who)).filter((row) => row.aggregate === 'hazard').map((row) => row.recordId)
    expect(await ofRecord('wang')).toEqual([there, here])
    expect(await ofRecord('zhou')).toEqual([here])
    expect(await ofRecord('lin')).toEqual([here])
    expect(await ofRecord('zhao')).toEqual([here])
    expect(await ofRecord('han')).toEqual([there])
    expect(await ofRecord('qian')).toEqual([])
  })
  it('whoever may read no record has no news, and nobody signed in is not answered', async () => {
    expect(await seen('zheng')).toEqual([])
    expect((await w.nobody.call(operations.recent, {})).status).toBe(401)
  })
})

describe('statistics.recent: 拒绝胡来', () => {
  it('takes no input', async () => {
    expect((await w.as('wang').call(operations.recent, { limit: 500 } as never)).status).toBe(400)
  })
})

describe('statistics.recent: 办得成', () => {
  it('newest first, a dozen at most, with the record, its place and who did it; in one statement', async () => {
    for (let i = 0; i < 7; i++) {
      w.advance({ minutes: 1 })
      await confirmed(w)
    }
    const before = w.app.db.sent.count
    const rows = await seen('wang')
    expect(w.app.db.sent.count - before).toBe(1)
    expect(rows).toHaveLength(12)
    expect(rows[0]).toMatchObject({ event: 'hazard.confirmed', aggregate: 'hazard', enterpriseName: '安川澜湖精密五金有限公司', actor: '王砚川' })
    expect(rows[0]!.title).toContain('无漏电保护')
    expect(rows.map((row) => row.at)).toEqual(rows.map((row) => row.at).sort().reverse())
  })
  it('what is older than a month is history', async () => {
    w.advance({ days: 31 })
    expect(await seen('zhou')).toEqual([])
  })
})
