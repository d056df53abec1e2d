import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areas, castIds, ids } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { rangeOf } from '../../../kernel/core/access.ts'
import { stranger, systemActor } from '../../../kernel/server/actor.ts'
import { operations } from '../operations.ts'
import { Home, totalOf } from '../statistics.ts'
import * as store from './store.ts'

let w: World
const today = '2026-03-05'
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

const tx = () => w.app.db.all as never
const places = [
  { area_code: areas.community, grid_id: ids.grid, enterprise_id: ids.enterprise, site_id: ids.site },
  { area_code: areas.otherCommunity, grid_id: ids.otherGrid, enterprise_id: ids.otherEnterprise, site_id: ids.otherSite },
  { area_code: areas.neighbourCommunity, grid_id: null, enterprise_id: ids.neighbourEnterprise, site_id: ids.neighbourSite },
]

const visitRow = (place: (typeof places)[number], day: string, outcome: string, state = 'DONE') => ({
  id: randomUUID(), no: `INS-T-${randomUUID().slice(0, 12)}`, kind: 'PATROL', ...place, state, business_date: day, counts_to_cap: false, arrived_at: `${day}T02:00:00Z`, left_at: `${day}T02:30:00Z`, outcome,
  created_by: castIds.lin, created_at: `${day}T02:00:00Z`, purpose: '', urgent: false, joint_departments: [], version_ids: [], needs_cooperation: true, scanned: false, finding_count: 0, fixed_count: 0,
  major_count: 0, answer_count: 0, complied_count: 0, not_applicable_count: 0, patrol_notes: [], version: 1,
})

async function write(rows: readonly Record<string, unknown>[]): Promise<void> {
  const columns = Object.keys(rows[0]!).join(', ')
  await w.app.db.pool.query(`insert into visit (${columns}) select ${columns} from jsonb_populate_recordset(null::visit, $1::jsonb)`, [JSON.stringify(rows)])
}

const counted = (rows: store.FigureRow[]) => rows.filter((row) => row.visited).map((row) => [row.street, row.visited, row.checked])

describe('statistics: refuses strangers', () => {
  it('statistics.home shows an inspector of another district nothing of this one', async () => {
    await write([visitRow(places[0]!, today, 'CHECKED'), visitRow(places[0]!, today, 'LOCKED')])
    const home = await w.as('qian').do(operations.home, {})
    expect(home.total.visited).toBe(0)
    expect(home.streets.map((row) => row.street)).toEqual([areas.neighbourStreet])
  })
  it('nobody signed in gets no number, and a system administrator has no business ones', async () => {
    expect((await w.nobody.call(operations.home, {})).status).toBe(401)
    expect((await w.as('sun').call(operations.home, {})).status).toBe(403)
  })
  it('no reach, no rows', async () => {
    expect(store.wholeStreets(stranger)).toBe(false)
    expect(await store.recount(tx(), stranger, today)).toEqual([])
  })
})

describe('statistics: works', () => {
  it('only 已检查 counts as checked; a locked door is a visit all the same (Q6)', async () => {
    const home = await w.as('chen').do(operations.home, {})
    const street = home.streets.find((row) => row.street === areas.street)
    expect([street?.visited, street?.checked]).toEqual([2, 1])
    expect(home.total).toMatchObject({ name: '合计', visited: 2, checked: 1 })
  })
  it('a street office sees its own street, a grid officer his own grid, with the same numbers', async () => {
    const street = await w.as('zhou').do(operations.home, {})
    const grid = await w.as('lin').do(operations.home, {})
    expect(street.streets.map((row) => row.name)).toEqual(['望汀街道'])
    expect([grid.total.visited, grid.total.checked]).toEqual([street.total.visited, street.total.checked])
  })
  it('counters equal a full recount after a random walk of inserts and changes, folded or not', async () => {
    let state = 20260305
    const pick = <T,>(from: readonly T[]): T => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0
      return from[(state >>> 8) % from.length]!
    }
    const days = [today, '2026-03-04', '2026-02-28']
    for (let round = 0; round < 6; round++) {
      await write(Array.from({ length: 40 }, () => visitRow(pick(places), pick(days), pick(['CHECKED', 'LOCKED', 'VACANT']))))
      await w.app.db.pool.query(`update visit set state = 'VOID', void_reason = '误录' where id in (select id from visit where state = 'DONE' order by md5(id::text || $1) limit 7)`, [String(round)])
      await w.app.db.pool.query(`update visit set business_date = '2026-03-04' where id in (select id from visit where state = 'DONE' and business_date = $1 order by md5(id::text || $2) limit 5)`, [today, String(round)])
      if (round % 2) await store.fold(tx())
      for (const day of days) {
        const all = { ...systemActor(), reach: { areas: [rangeOf('990100000000')], grids: [], enterprises: [] } }
        const home = Home.omit({ at: true }).parse(JSON.parse(await store.figuresText(tx(), all, day, 14)))
        expect(home.streets.filter((row) => row.visited).map((row) => [row.street, row.visited, row.checked]), `${day} round ${round}`).toEqual(counted(await store.recount(tx(), all, day)))
        expect(home.total).toEqual(totalOf(home.streets))
      }
    }
    while (await store.fold(tx())) {
      // fold the rest
    }
    const left = await w.app.db.pool.query('select count(*) as n from day_count_delta')
    expect(left.rows[0].n).toBe(0)
  })
  it('what is remembered is never old: after every change, by whomever, and after every fold the page equals the recount', async () => {
    const all = { ...systemActor(), reach: { areas: [rangeOf('990101000000')], grids: [], enterprises: [] } }
    for (let round = 0; round < 12; round++) {
      if (round % 3 === 0) await write([visitRow(places[round % 2]!, today, round % 2 ? 'CHECKED' : 'LOCKED')])
      if (round % 3 === 1) await store.fold(tx())
      if (round % 4 === 3) await w.app.db.pool.query(`update visit set state = 'VOID', void_reason = '误录' where id = (select id from visit where state = 'DONE' and business_date = $1 and area_code like '990101%' limit 1)`, [today])
      const [page, again] = [await w.as('chen').do(operations.home, {}), await w.as('chen').do(operations.home, {})]
      const rows = await store.recount(tx(), all, today)
      expect([page.total.visited, page.total.checked], `round ${round}`).toEqual([rows.reduce((n, row) => n + row.visited, 0), rows.reduce((n, row) => n + row.checked, 0)])
      expect(again.total).toEqual(page.total)
    }
  })
  it('the trend has one entry a day, zeros included, and ends today', async () => {
    const home = await w.as('chen').do(operations.home, {})
    expect(home.trend).toHaveLength(14)
    expect(home.trend.at(-1)).toMatchObject({ day: today, checked: home.total.checked })
  })
  it('合计 is the sum of its rows', () => {
    const row = { street: 'x', name: '甲', visited: 3, checked: 2, found: 4, closed: 1, fixed: 1, open: 9, toConfirm: 1, toReinspect: 2, overdue: 3, major: 1 }
    expect(totalOf([row, row])).toMatchObject({ name: '合计', visited: 6, open: 18, major: 2 })
  })
})
