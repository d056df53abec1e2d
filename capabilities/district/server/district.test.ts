import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areas, castIds, ids } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { wgs84ToGcj02 } from '../../../kernel/core/coordinates.ts'
import { newId } from '../../../kernel/server/id.ts'
import { collect, writeXlsx } from '../../../kernel/server/sheet/write.ts'
import { operations as op } from '../operations.ts'

let w: World
const now = new Date('2026-03-05T01:00:00Z')
const square = (west: number, south: number, size = 0.01) => ({ type: 'Polygon' as const, coordinates: [[[west, south], [west + size, south], [west + size, south + size], [west, south + size], [west, south]]] as [number, number][][] })
const collection = (features: { code: string; geometry: unknown }[]) => Buffer.from(JSON.stringify({ type: 'FeatureCollection', features: features.map((f) => ({ type: 'Feature', properties: { code: f.code }, geometry: f.geometry })) }))
const member = (personId: string, post: 'LEADER' | 'A' | 'B' | 'RESERVE', isMain = true) => ({ memberId: newId(), personId, post, duty: '日常巡查、信息采集', isMain, validFrom: '2026-03-01' })

beforeAll(async () => {
  w = await world(now)
})
afterAll(() => w.close())

describe('拒绝外人', () => {
  it.each([
    ['a grid officer builds no grid', 'lin', op.newGrid, { id: newId(), name: '新格', areaCode: areas.community, boundary: null, validFrom: '2026-03-01' }],
    ['a street changes no tree', 'zhou', op.saveArea, { code: areas.community, baseVersion: 1, name: '改', kind: 'COMMUNITY', parentCode: areas.street, areaKm2: null, hostCounties: [], validFrom: '2020-01-01' }],
    ['an inspector closes no area', 'wang', op.closeArea, { code: areas.community, baseVersion: 1, validTo: '2026-03-05', reason: '合并' }],
    ['an inspector makes no rota', 'wang', op.makeRota, { from: '2026-03-09', to: '2026-03-15' }],
    ['an inspector sets no day', 'wang', op.setDay, { id: ids.grid, baseVersion: 0, day: '2026-03-09', personIds: [], reason: '顶班' }],
    ['an inspector asks no swap', 'wang', op.askSwap, { id: ids.grid, swapId: newId(), day: '2026-03-09', fromPerson: castIds.lin, toPerson: castIds.zhou, returnDay: null, reason: '有事' }],
    ['the firm reads no grid list', 'zhao', op.grids, {}],
    ['a grid officer places nobody', 'lin', op.addMember, { id: ids.grid, ...member(castIds.wang, 'A') }],
  ] as const)('%s', async (_, who, operation, input) => {
    const answer = await w.as(who).call(operation as typeof op.grids, input as never)
    expect([answer.status, answer.problem.code]).toEqual([403, 'common.forbidden'])
  })
  it('the stranger finds neither grid nor rota nor boundaries of this district', async () => {
    expect((await w.as('qian').do(op.grids, {})).total).toBe(0)
    expect((await w.as('qian').call(op.grid, { id: ids.grid })).status).toBe(404)
    expect((await w.as('qian').call(op.rota, { id: ids.grid, from: '2026-03-01', to: '2026-03-07' })).status).toBe(404)
    expect((await w.as('qian').call(op.boundaries, { areaCode: areas.district })).status).toBe(404)
    expect((await w.as('qian').call(op.neighbours, { code: areas.district })).status).toBe(404)
    expect((await w.as('qian').do(op.coverage, { from: '2026-03-01', to: '2026-03-07' })).gridDays).toBe(0)
    expect((await w.as('qian').do(op.swaps, {})).rows).toEqual([])
    expect((await w.as('qian').do(op.areas, {})).areas.map((a) => a.code)).not.toContain(areas.district)
  })
  it('another street may neither change this grid nor read it', async () => {
    for (const [operation, input] of [
      [op.editGrid, { id: ids.grid, baseVersion: 1, name: '改', boundary: null }], [op.closeGrid, { id: ids.grid, baseVersion: 1, validTo: '2026-03-05', reason: '撤并' }],
      [op.addMember, { id: ids.grid, ...member(castIds.han, 'A') }], [op.endMember, { id: ids.grid, memberId: newId(), baseVersion: 1, validTo: '2026-03-05', reason: '调离' }],
      [op.newGrid, { id: newId(), name: '越界', areaCode: areas.community, boundary: null, validFrom: '2026-03-01' }],
      [op.setDay, { id: ids.grid, baseVersion: 0, day: '2026-03-09', personIds: [], reason: '顶班' }], [op.makeRota, { gridIds: [ids.grid], from: '2026-03-09', to: '2026-03-15' }],
    ] as const) expect((await w.as('han').call(operation as typeof op.editGrid, input as never)).status).toBe(404)
  })
})

describe('拒绝胡来', () => {
  it.each([
    ['a code that says community and a kind that says street', { code: '990101001003', kind: 'STREET', parentCode: areas.street }, 'district.functional'],
    ['a parent that is not the one of the code', { code: '990101001003', kind: 'COMMUNITY', parentCode: areas.otherStreet }, 'district.parent_wrong'],
    ['a development zone without the county that counts it (domain §1.4)', { code: '990101400000', kind: 'DEV_ZONE', parentCode: areas.district }, 'district.functional'],
    ['a code in use', { code: areas.community, kind: 'COMMUNITY', parentCode: areas.street }, 'district.code_taken'],
    ['eleven digits', { code: '99010100100', kind: 'COMMUNITY', parentCode: areas.street }, 'common.invalid'],
  ] as const)('an area is refused: %s', async (_, area, code) => {
    const answer = await w.as('sun').call(op.saveArea, { baseVersion: null, name: '试设', areaKm2: null, hostCounties: [], validFrom: '2026-01-01', ...area })
    expect(answer.problem.code).toBe(code)
  })
  it('an area with children stays, an order must be whole, an old version is shown the newer', async () => {
    expect((await w.as('sun').call(op.closeArea, { code: areas.street, baseVersion: 1, validTo: '2026-03-05', reason: '撤并' })).problem.code).toBe('district.area_in_use')
    expect((await w.as('sun').call(op.reorderAreas, { code: areas.district, children: [areas.street] })).problem.code).toBe('district.order_incomplete')
    expect((await w.as('sun').call(op.saveArea, { code: areas.street, baseVersion: 9, name: '望汀街道', kind: 'STREET', parentCode: areas.district, areaKm2: null, hostCounties: [], validFrom: '2020-01-01' })).problem.code).toBe('common.stale')
  })
  it('a grid stands in a community, not in a street', async () => {
    const answer = await w.as('zhou').call(op.newGrid, { id: newId(), name: '街道格', areaCode: areas.street, boundary: null, validFrom: '2026-03-01' })
    expect(answer.problem.code).toBe('district.grid_needs_community')
  })
  it('a PDF is no area table and a broken text no GeoJSON', async () => {
    expect((await w.as('sun').call(op.readAreaSheet, {}, { body: Buffer.from('%PDF-1.7'), headers: { 'x-file-name': 'a.pdf' } })).problem.code).toBe('district.sheet_refused')
    expect((await w.as('sun').call(op.importBoundaries, { datum: 'WGS84' }, { body: Buffer.from('{"type":"Feature"}'), headers: { 'x-file-name': 'a.json' } })).problem.code).toBe('district.not_geojson')
  })
  it('a page mark of one’s own making, a stretch upside down, yesterday’s rota', async () => {
    expect((await w.as('wang').call(op.grids, { cursor: 'x' })).problem.code).toBe('common.bad_cursor')
    expect((await w.as('wang').call(op.rota, { id: ids.grid, from: '2026-03-07', to: '2026-03-01' })).problem.code).toBe('district.rota_too_long')
    expect((await w.as('zhou').call(op.makeRota, { from: '2026-03-04', to: '2026-03-08' })).problem.code).toBe('district.rota_past')
  })
})

describe('办得成：区划', () => {
  it('the tree keeps the bureau’s own order, counts itself, and shows each only his part (S4-004, S4-005)', async () => {
    const before = await w.as('wang').do(op.areas, {})
    expect(before.figures).toMatchObject({ streets: 2, communities: 2, grids: 2 })
    await w.as('sun').do(op.reorderAreas, { code: areas.district, children: [areas.otherStreet, areas.street] })
    const streets = (await w.as('wang').do(op.areas, {})).areas.filter((a) => a.kind === 'STREET').map((a) => a.name)
    expect(streets).toEqual(['沅埠街道', '望汀街道'])
    expect((await w.as('lin').do(op.areas, {})).areas.map((a) => a.name)).toEqual(['澜省', '安川市', '安澜区', '望汀街道', '汀前社区'])
    expect((await w.as('wang').do(op.grids, {})).rows.map((g) => g.street)).toEqual(['沅埠街道', '望汀街道'])
    await w.as('sun').do(op.reorderAreas, { code: areas.district, children: [areas.street, areas.otherStreet] })
  })
  it('a new community appears from its day on and disappears after its last', async () => {
    const saved = await w.as('sun').do(op.saveArea, { code: '990101001002', baseVersion: null, name: '汀后社区', kind: 'COMMUNITY', parentCode: areas.street, areaKm2: 1.25, hostCounties: [], validFrom: '2026-02-01' })
    await w.as('sun').do(op.saveArea, { code: saved.code, baseVersion: saved.version, name: '汀东社区', kind: 'COMMUNITY', parentCode: areas.street, areaKm2: 1.25, hostCounties: [], validFrom: '2026-02-01' })
    await w.as('sun').do(op.closeArea, { code: saved.code, baseVersion: 2, validTo: '2026-02-20', reason: '并入汀前社区' })
    const on = async (date: string) => (await w.as('wang').do(op.areas, { on: date })).areas.some((a) => a.code === saved.code)
    expect([await on('2026-01-31'), await on('2026-02-01'), await on('2026-02-20'), await on('2026-02-21')]).toEqual([false, true, true, false])
    const events = await w.app.db.all.selectFrom('domain_event').select(['event', 'data']).where('area_code', '=', saved.code).orderBy('seq').execute()
    expect(events.map((e) => e.event)).toEqual(['area.created', 'area.changed', 'area.closed'])
    expect(events[1]?.data).toMatchObject({ before: { name: '汀后社区' }, title: '汀东社区' })
  })
  it('neighbours are listed from the east round, as a report names them (S4-006)', async () => {
    await w.as('sun').do(op.saveNeighbours, { code: areas.district, neighbours: [{ id: newId(), direction: 'N', name: '北岭县', neighbourCode: null, contact: null }, { id: newId(), direction: 'E', name: '宁川区', neighbourCode: areas.neighbour, contact: '宁川区应急管理局' }] })
    expect((await w.as('wang').do(op.neighbours, { code: areas.district })).rows.map((n) => n.name)).toEqual(['宁川区', '北岭县'])
  })
  it('an area table is read first, bad rows with their reasons, then taken over', async () => {
    const rows = [['990101003000', '新埠镇', '', '12.5'], ['990101003001', '新埠社区', '社区', ''], ['9901', '安川市', '市', ''], ['99010100X', '错', '', ''], ['990101001000', '望汀街道', '街道', '8.8']]
    const body = await collect(writeXlsx({ sheets: [{ name: '区划', title: ['安澜区区划表'], columns: ['统计用区划代码', '名称', '种类', '面积（平方公里）'].map((heading) => ({ heading })), rows }] }))
    const read = await w.as('sun').do(op.readAreaSheet, {}, { body, headers: { 'x-file-name': 'a.xlsx' } })
    expect(read.errors.map((e) => e.row)).toEqual([6])
    expect(read.rows.map((r) => [r.name, r.kind, r.change])).toEqual([['新埠镇', 'STREET', 'NEW'], ['新埠社区', 'COMMUNITY', 'NEW'], ['安川市', 'CITY', 'CHANGED'], ['望汀街道', 'STREET', 'CHANGED']])
    const own = read.rows.filter((r) => r.code.startsWith('990101')).map(({ change: _, ...row }) => row)
    expect(await w.as('sun').do(op.applyAreas, { rows: own, validFrom: '2026-03-05' })).toEqual({ added: 2, changed: 1 })
    expect(await w.as('sun').do(op.applyAreas, { rows: own, validFrom: '2026-03-05' })).toEqual({ added: 0, changed: 0 })
    const city = read.rows.filter((r) => r.code === '990100000000').map(({ change: _, ...row }) => row)
    expect((await w.as('sun').call(op.applyAreas, { rows: city, validFrom: '2026-03-05' })).status).toBe(404)
  })
  it('boundaries arrive in any datum, are kept in WGS84, and answer where a point lies', async () => {
    const at: [number, number] = [114.25, 22.72]
    const shifted = square(0, 0).coordinates[0]!.map(([x, y]) => wgs84ToGcj02([at[0] + x, at[1] + y]))
    const body = collection([
      { code: areas.district, geometry: square(114.2, 22.7, 0.2) }, { code: `${areas.community}-01`, geometry: { type: 'Polygon', coordinates: [shifted.map((p) => [...p, 3.5])] } },
      { code: areas.neighbour, geometry: square(115, 23) }, { code: '000', geometry: square(1, 1) }, { code: areas.street, geometry: { type: 'Point', coordinates: [1, 1] } },
    ])
    const done = await w.as('sun').do(op.importBoundaries, { datum: 'GCJ02' }, { body, headers: { 'x-file-name': 'b.geojson' } })
    expect(done).toEqual({ areas: 1, grids: 1, unmatched: [areas.neighbour, '000'] })
    expect(await w.as('lin').do(op.place, { lon: at[0] + 0.005, lat: at[1] + 0.005 })).toMatchObject({ gridId: ids.grid, areaNames: '汀前社区' })
    const [lon, lat] = wgs84ToGcj02([at[0] + 0.0001, at[1] + 0.0001])
    expect((await w.as('lin').do(op.place, { lon, lat, datum: 'GCJ02' })).gridId).toBe(ids.grid)
    expect((await w.as('lin').do(op.place, { lon: at[0] - 0.0001, lat: at[1] })).gridId).toBeNull()
    expect((await w.as('qian').do(op.place, { lon: at[0] + 0.005, lat: at[1] + 0.005 })).gridId).toBeNull()
  })
  it('boundaries are one answer that the browser keeps until a boundary changes', async () => {
    const first = await w.as('wang').call(op.boundaries, { areaCode: areas.district })
    const file = JSON.parse(first.bytes.toString('utf8')) as { features: { properties: { kind: string; name: string } }[] }
    expect(file.features.map((f) => f.properties.kind).sort()).toEqual(['DISTRICT', 'GRID'])
    const again = await w.as('zhou').call(op.boundaries, { areaCode: areas.district }, { headers: { 'if-none-match': String(first.headers.etag) } })
    expect([again.status, again.bytes.length]).toEqual([304, 0])
    await w.as('sun').do(op.importBoundaries, { datum: 'WGS84' }, { body: collection([{ code: areas.street, geometry: square(114.2, 22.7, 0.1) }]), headers: { 'x-file-name': 'c.json' } })
    expect((await w.as('zhou').call(op.boundaries, { areaCode: areas.district }, { headers: { 'if-none-match': String(first.headers.etag) } })).status).toBe(200)
  })
})

describe('办得成：定格定岗定责', () => {
  it('people of one’s own reach are offered, grid officers first, with the main grid they have', async () => {
    const { rows } = await w.as('zhou').do(op.candidates, {})
    expect([rows[0]?.name, rows.some((r) => r.name === '钱牧野'), rows.some((r) => r.name === '韩晓棹')]).toEqual(['林禾安', false, false])
    expect((await w.as('zhou').do(op.candidates, { q: '予宁' })).rows.map((r) => r.name)).toEqual(['周予宁'])
    expect((await w.as('lin').call(op.candidates, {})).status).toBe(403)
  })
  it('a grid with one officer breaks the rule, with two it does not; reserves are counted apart (S1-039, A5)', async () => {
    const made = await w.as('zhou').do(op.newGrid, { id: newId(), name: '汀前02安格', areaCode: areas.community, boundary: square(114.3, 22.75), validFrom: '2026-03-01' })
    expect(made.code).toBe('GRID-990101001001-02')
    const one = await w.as('zhou').do(op.addMember, { id: made.id, ...member(castIds.jiang, 'A') })
    expect(one.findings).toEqual(['安格员 1 名，不足 2 名', '没有格长'])
    await w.as('zhou').do(op.addMember, { id: made.id, ...member(castIds.feng, 'RESERVE', false) })
    expect((await w.as('wang').do(op.grids, { broken: 'true' })).rows.map((g) => g.name)).toContain('汀前02安格')
    const two = await w.as('zhou').do(op.addMember, { id: made.id, ...member(castIds.zhao, 'B') })
    expect(two.findings).toEqual(['没有格长'])
    const list = await w.as('zhou').do(op.grids, { q: '汀前02' })
    expect(list.rows[0]).toMatchObject({ officers: 2, reserves: 1, broken: false, hasBoundary: true })
    expect(list.figures).toMatchObject({ grids: 1, broken: 0, officers: 2, reserves: 1 })
  })
  it('one main grid a person, B in one other, one leader a grid (domain §11)', async () => {
    const lin = await w.as('zhou').do(op.addMember, { id: ids.grid, ...member(castIds.lin, 'A') })
    const again = async (post: 'A' | 'B' | 'LEADER', isMain: boolean, id: string = ids.grid, who: 'zhou' | 'han' = 'zhou') => (await w.as(who).call(op.addMember, { id, ...member(castIds.lin, post, isMain) })).problem?.fields?.map((f) => f.code) ?? []
    expect(await again('B', false)).toContain('district.member_twice')
    expect(await again('A', true, ids.otherGrid, 'han')).toEqual(['district.main_elsewhere'])
    expect(await again('A', false, ids.otherGrid, 'han')).toEqual(['district.second_post'])
    await w.as('zhou').do(op.addMember, { id: ids.grid, ...member(castIds.zhou, 'LEADER', false) })
    expect((await w.as('zhou').call(op.addMember, { id: ids.grid, ...member(castIds.xu, 'LEADER', false) })).problem.code).toBe('district.leader_there')
    const old = lin.members[0]!
    await w.app.db.pool.query("update person set phone_tail = '0417' where id = $1", [old.personId])
    expect((await w.as('zhou').do(op.grid, { id: ids.grid })).members.find((m) => m.id === old.id)?.phone).toBe('*******0417')
    expect((await w.as('zhou').call(op.endMember, { id: ids.grid, memberId: old.id, baseVersion: 1, validTo: '2026-02-01', reason: '调离' })).problem.code).toBe('district.member_dates')
    await w.as('zhou').do(op.endMember, { id: ids.grid, memberId: old.id, baseVersion: 1, validTo: '2026-03-05', reason: '调离' })
    expect((await w.as('zhou').call(op.endMember, { id: ids.grid, memberId: old.id, baseVersion: 2, validTo: '2026-03-05', reason: '调离' })).problem.code).toBe('district.member_ended')
  })
  it('workload is enterprises per grid and per officer, and — with nobody to share it (A6)', async () => {
    await w.as('han').do(op.addMember, { id: ids.otherGrid, ...member(castIds.han, 'A') })
    const row = async (name: string) => (await w.as('wang').do(op.grids, { q: name })).rows[0]
    expect(await row('埠头01安格')).toMatchObject({ enterprises: 1, officers: 1, perOfficer: 1 })
    expect((await w.as('wang').do(op.grids, {})).figures).toMatchObject({ enterprises: 2, perGrid: 0.7 })
  })
  it('a closed grid leaves the list, ends its members and takes no more', async () => {
    const grid = await w.as('zhou').do(op.newGrid, { id: newId(), name: '临时格', areaCode: areas.community, boundary: null, validFrom: '2026-03-01' })
    await w.as('zhou').do(op.addMember, { id: grid.id, ...member(castIds.wei, 'RESERVE', false) })
    const edited = await w.as('zhou').do(op.editGrid, { id: grid.id, baseVersion: 2, name: '临时安格', boundary: null })
    const closed = await w.as('zhou').do(op.closeGrid, { id: grid.id, baseVersion: edited.version, validTo: '2026-03-05', reason: '任务结束' })
    expect([closed.validTo, closed.actions.every((a) => !a.allowed)]).toEqual(['2026-03-05', true])
    expect((await w.as('zhou').call(op.addMember, { id: grid.id, ...member(castIds.he, 'A') })).problem.code).toBe('district.grid_closed')
    expect((await w.as('zhou').do(op.grids, { q: '临时' })).total).toBe(0)
  })
})
