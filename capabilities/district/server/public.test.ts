import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areas, castIds, ids } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import type { Tx } from '../../../kernel/server/db.ts'
import { CALENDAR_SETTING, calendarOf, dutyMembers, gridOf, placeOf, streetOf } from './public.ts'

let w: World
const square = (west: number, south: number) => JSON.stringify({ type: 'Polygon', coordinates: [[[west, south], [west + 1, south], [west + 1, south + 1], [west, south + 1], [west, south]]] })
const tx = <T>(work: (t: Tx) => Promise<T>) => w.app.db.transaction(work)

beforeAll(async () => {
  w = await world()
  await w.app.db.all.updateTable('grid').set({ boundary: square(114, 22) }).where('id', '=', ids.grid).execute()
  await w.app.db.all.updateTable('grid').set({ boundary: square(115, 22) }).where('id', '=', ids.otherGrid).execute()
})
afterAll(() => w.close())

describe('the grid of a point', () => {
  it.each([
    ['inside', 114.5, 22.5, { gridId: ids.grid, areaCode: areas.community }],
    ['in the neighbour grid', 115.5, 22.5, { gridId: ids.otherGrid, areaCode: areas.otherCommunity }],
    ['on the common border: the first by code', 115, 22.5, { gridId: ids.grid, areaCode: areas.community }],
    ['outside every grid', 113, 22.5, null],
  ])('%s', async (_, lon, lat, expected) => {
    expect(await tx((t) => placeOf(t, lon, lat))).toEqual(expected)
  })
  it('a changed boundary is seen at once', async () => {
    await w.app.db.all.updateTable('grid').set({ boundary: square(116, 22), boundary_version: 1 }).where('id', '=', ids.otherGrid).execute()
    expect(await tx((t) => placeOf(t, 115.5, 22.5))).toBeNull()
  })
})

describe('grids, calendar, duty', () => {
  it('a grid by id, and the street of an area', async () => {
    expect(await tx((t) => gridOf(t, ids.grid))).toMatchObject({ name: '汀前01安格', areaCode: areas.community })
    expect(await tx((t) => gridOf(t, ids.park))).toBeUndefined()
    expect([streetOf(areas.community), streetOf(areas.street), streetOf(areas.district)]).toEqual([areas.street, areas.street, areas.district])
  })
  it('an entered year replaces the shipped one whole', async () => {
    expect((await tx(calendarOf)).years['2026']).toBeDefined()
    await w.app.db.all.insertInto('setting').values({ key: CALENDAR_SETTING, area_code: '000000000000', value: JSON.stringify({ 2027: { offDays: ['2027-01-01'], workDays: [] } }), version: 1 }).execute()
    expect((await tx(calendarOf)).years['2027']).toEqual({ offDays: ['2027-01-01'], workDays: [] })
  })
  it('without a rota every member answers, with one those it names', async () => {
    const member = (personId: string, post: 'A' | 'B' | 'LEADER', n: number) => ({ id: `0199bbbb-0000-7000-8000-00000000000${n}`, grid_id: ids.grid, area_code: areas.community, enterprise_id: null, person_id: personId, post, duty: '', is_main: true, valid_from: '2026-01-01', valid_to: null })
    await w.app.db.all.insertInto('grid_member').values([member(castIds.lin, 'A', 1), member(castIds.zhou, 'B', 2), member(castIds.han, 'LEADER', 3)]).execute()
    expect((await tx((t) => dutyMembers(t, ids.grid, '2026-03-07'))).map((m) => m.name)).toEqual(['韩晓棹', '林禾安', '周予宁'])
    await w.app.db.all.insertInto('grid_rota').values({ grid_id: ids.grid, day: '2026-03-07', person_id: castIds.zhou, area_code: areas.community, enterprise_id: null, swapped_from: null, approved_by: null }).execute()
    expect((await tx((t) => dutyMembers(t, ids.grid, '2026-03-07'))).map((m) => m.name)).toEqual(['周予宁'])
    expect(await tx((t) => dutyMembers(t, ids.grid, '2025-12-31'))).toEqual([])
  })
})
