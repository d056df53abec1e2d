import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areas, castIds, ids } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { shippedChecklist } from '../../checklist/library.ts'
import { operations as todos } from '../../todo/operations.ts'
import { operations as visits } from '../../visit/operations.ts'
import { withChecklists } from '../../visit/server/fixtures.ts'
import { operations } from '../operations.ts'
import { patrolled, running } from './fixtures.ts'
import { campaignsUsing } from './public.ts'

let w: World
beforeAll(async () => {
  w = await world(new Date('2026-03-05T02:00:00Z'))
  await withChecklists(w)
})
afterAll(() => w.close())

describe('专项行动：自己会做的事', () => {
  it('patrols that are due are one todo a grid and week, and open their list', async () => {
    await w.app.db.pool.query(`insert into grid_member (id, grid_id, area_code, person_id, post, duty, is_main, valid_from) values ($1, $2, $3, $4, 'LEADER', '巡查', true, '2020-01-01') on conflict do nothing`, [randomUUID(), ids.grid, areas.community, castIds.lin])
    await w.runJobs()
    const mine = (await w.as('lin').do(todos.mine, { kind: 'campaign.patrol', limit: 50 })).rows
    expect(mine.map((t) => t.title)).toEqual(['网格巡查：汀前01安格本周到期应巡 1 处'])
    const due = await w.as('lin').do(operations.patrolsDue, { gridId: ids.grid })
    expect(due).toMatchObject({ total: 1, rows: [{ siteId: ids.site, everyDays: 91 }] })
    expect((await w.as('qian').do(operations.patrolsDue, { gridId: ids.grid })).total).toBe(0)
  })
  it('what is still owed waits for the organiser until nothing is; a list in use is not retired', async () => {
    const { id, teamId } = await running(w, { scheme: { objects: {}, visitKinds: ['PATROL'], checklists: ['JX'], quotas: [{ name: '逐户', kind: 'COVERAGE' }] } }, [ids.site])
    w.advance({ hours: 2 })
    await w.runJobs()
    const owed = async () => (await w.as('xu').do(todos.mine, { kind: 'campaign.quota', limit: 50 })).rows.filter((t) => t.subjectId === id).map((t) => [t.title, t.why])
    expect(await owed()).toEqual([['定额还差 1 家：全区夜间统一执法', '逐户 0/1']])
    await w.as('lin').do(visits.record, patrolled(w, id, teamId))
    w.advance({ hours: 2 })
    await w.runJobs()
    expect(await owed()).toEqual([])
    expect(await campaignsUsing(w.app.db.all as never, shippedChecklist('JX').id)).toBeGreaterThan(0)
    expect(await campaignsUsing(w.app.db.all as never, shippedChecklist('GL').id)).toBe(0)
  })
})
