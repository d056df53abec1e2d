import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areas, type CastName, castIds, ids } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { newId } from '../../../kernel/server/id.ts'
import { operations as op } from '../operations.ts'

// Thursday 5 March 2026; the rota below begins on Monday 9 March.
let w: World
const week = { from: '2026-03-09', to: '2026-03-22' }
const place = (who: CastName, post: 'LEADER' | 'A' | 'B', n: number) => ({ id: newId(), grid_id: ids.grid, area_code: areas.community, enterprise_id: null, person_id: castIds[who], post, duty: '巡查', is_main: post !== 'LEADER', valid_from: '2026-01-01', valid_to: null, version: n })
const rota = () => w.as('lin').do(op.rota, { id: ids.grid, ...week })
const on = async (day: string) => (await rota()).duties.filter((d) => d.day === day).map((d) => d.name)
const ask = (who: CastName, from: CastName, to: CastName, day: string, returnDay: string | null = null) =>
  w.as(who).call(op.askSwap, { id: ids.grid, swapId: newId(), day, fromPerson: castIds[from], toPerson: castIds[to], returnDay, reason: '家中有事' })

beforeAll(async () => {
  w = await world(new Date('2026-03-05T01:00:00Z'))
  // Lin and he are the officers, wei the leader; all three may see the grid as grid officers.
  await w.app.db.all.insertInto('grid_member').values([place('lin', 'A', 1), place('he', 'B', 1), place('wei', 'LEADER', 1)]).execute()
  const post = (who: CastName) => ({ id: newId(), person_id: castIds[who], role_code: 'GRID_OFFICER', reach_kind: 'GRID' as const, area_code: null, grid_id: ids.grid, enterprise_id: null, park_id: null, valid_from: '2026-01-01', valid_to: null, granted_by: null, granted_at: new Date() })
  await w.app.db.all.insertInto('post').values([post('he'), post('wei')]).execute()
})
afterAll(() => w.close())

describe('拒绝外人', () => {
  it('the rota of another grid, a swap of another street, a decision of a stranger', async () => {
    expect((await w.as('lin').call(op.rota, { id: ids.otherGrid, ...week })).status).toBe(404)
    expect((await w.as('han').call(op.askSwap, { id: ids.grid, swapId: newId(), day: '2026-03-09', fromPerson: castIds.lin, toPerson: castIds.he, returnDay: null, reason: '家中有事' })).status).toBe(404)
    expect((await w.as('qian').call(op.decideSwap, { id: newId(), baseVersion: 1, approve: true, note: '' })).status).toBe(403)
    expect((await w.as('han').call(op.decideSwap, { id: newId(), baseVersion: 1, approve: true, note: '' })).status).toBe(404)
    expect((await w.as('han').call(op.withdrawSwap, { id: newId(), baseVersion: 1 })).status).toBe(404)
  })
})

describe('办得成：5+2', () => {
  it('the rota of a street: every grid with officers is covered every day; the one without is named', async () => {
    expect(await w.as('zhou').do(op.makeRota, { areaCode: areas.street, ...week })).toMatchObject({ grids: 1, uncovered: 0 })
    const made = await rota()
    expect([made.uncovered, made.findings, made.freeDays]).toEqual([[], [], ['2026-03-14', '2026-03-15', '2026-03-21', '2026-03-22']])
    expect(await on('2026-03-09')).toEqual(['何汀筠', '林禾安'].sort((a, b) => (a < b ? -1 : 1)))
    expect((await on('2026-03-14')).length + (await on('2026-03-15')).length).toBe(2)
    await w.as('han').do(op.makeRota, { ...week })
    const cover = await w.as('wang').do(op.coverage, week)
    expect([cover.text, cover.without]).toEqual(['2格×14天=28格天，已覆盖14格天', 14])
    expect(cover.streets.map((s) => [s.name, s.covered])).toEqual([['望汀街道', 14], ['沅埠街道', 0]])
    expect(JSON.stringify(cover)).not.toContain('林禾安')
  })
  it('made again, it replaces and does not double', async () => {
    const before = (await rota()).duties.length
    await w.as('zhou').do(op.makeRota, { areaCode: areas.street, ...week })
    expect((await rota()).duties.length).toBe(before)
  })
  it('a State holiday is a free day and a made-up Saturday a working day', async () => {
    const june = { from: '2026-06-15', to: '2026-06-28' }
    await w.as('zhou').do(op.makeRota, { gridIds: [ids.grid], ...june })
    const answer = await w.as('lin').do(op.rota, { id: ids.grid, ...june })
    const free = answer.freeDays.map((day) => answer.duties.filter((d) => d.day === day).length)
    expect([answer.freeDays.length > 4, new Set(free)]).toEqual([true, new Set([1])])
  })
})

describe('拒绝胡来', () => {
  it('seven days on end, a person who is no officer, a rota changed meanwhile', async () => {
    const { rotaVersion, duties } = await rota()
    const saturday = duties.find((d) => d.day === '2026-03-14')!
    const other = saturday.personId === castIds.lin ? castIds.he : castIds.lin
    // Who has Sunday works Monday to Sunday when given Saturday too.
    const answer = await w.as('zhou').call(op.setDay, { id: ids.grid, baseVersion: rotaVersion, day: '2026-03-14', personIds: [other], reason: '顶班' })
    expect(answer.problem.code).toBe('district.rota_no_rest')
    expect(answer.problem.title).toMatch(/连续七天没有休息（劳动法第三十八条/)
    expect((await w.as('zhou').call(op.setDay, { id: ids.grid, baseVersion: rotaVersion, day: '2026-03-14', personIds: [castIds.feng], reason: '顶班' })).problem.code).toBe('district.rota_not_member')
    expect((await w.as('zhou').call(op.setDay, { id: ids.grid, baseVersion: 99, day: '2026-03-14', personIds: [], reason: '顶班' })).problem.code).toBe('common.stale')
    expect((await w.as('zhou').call(op.setDay, { id: ids.grid, baseVersion: rotaVersion, day: '2026-03-01', personIds: [], reason: '顶班' })).problem.code).toBe('district.rota_past')
  })
  it('a day may be left empty; it then shows as uncovered', async () => {
    const { rotaVersion } = await rota()
    const answer = await w.as('zhou').do(op.setDay, { id: ids.grid, baseVersion: rotaVersion, day: '2026-03-22', personIds: [], reason: '全员培训' })
    expect(answer.uncovered).toEqual(['2026-03-22'])
    await w.as('zhou').do(op.makeRota, { areaCode: areas.street, ...week })
  })
  it('nobody swaps for others, gives away a day he has not, or to one who is on duty', async () => {
    expect((await ask('lin', 'he', 'lin', '2026-03-10')).problem.code).toBe('district.swap_not_yours')
    expect((await ask('lin', 'lin', 'he', '2026-03-10')).problem.fields?.map((f) => f.code)).toContain('district.swap_on_duty')
    const rest = (await rota()).duties.some((d) => d.day === '2026-03-14' && d.personId === castIds.lin) ? '2026-03-15' : '2026-03-14'
    expect((await ask('lin', 'lin', 'he', rest)).problem.code).toBe('district.swap_not_on_duty')
    expect((await ask('lin', 'lin', 'lin', '2026-03-10')).status).toBe(422)
    expect((await ask('lin', 'lin', 'he', '2026-03-02')).problem.code).toBe('district.rota_past')
  })
})

describe('办得成：换班', () => {
  it('asked by the officer, decided by the leader, never by one of the two', async () => {
    const { duties } = await rota()
    const mine = ['2026-03-14', '2026-03-15'].find((day) => duties.some((d) => d.day === day && d.personId === castIds.lin))!
    const theirs = mine === '2026-03-14' ? '2026-03-15' : '2026-03-14'
    const asked = await ask('lin', 'lin', 'he', mine, theirs)
    expect([asked.status, asked.ok.state]).toEqual([200, 'PENDING'])
    expect(asked.ok.actions.map((a) => [a.action, a.allowed])).toEqual([['decide', false], ['withdraw', true]])
    expect((await w.as('he').call(op.decideSwap, { id: asked.ok.id, baseVersion: 1, approve: true, note: '' })).problem.code).toBe('district.swap_own')
    expect((await w.as('lin').call(op.decideSwap, { id: asked.ok.id, baseVersion: 1, approve: true, note: '' })).problem.code).toBe('district.swap_own')
    expect((await w.as('wei').do(op.swaps, {})).rows.map((s) => s.gridName)).toEqual(['汀前01安格'])
    const done = await w.as('wei').do(op.decideSwap, { id: asked.ok.id, baseVersion: 1, approve: true, note: '同意' })
    expect([done.state, done.decidedBy, done.decision]).toEqual(['APPROVED', '魏持衡', '同意'])
    const after = (await rota()).duties
    expect([after.find((d) => d.day === mine)?.name, after.find((d) => d.day === theirs)?.name, after.find((d) => d.day === mine)?.swappedFrom]).toEqual(['何汀筠', '林禾安', '林禾安'])
    expect((await w.as('wei').call(op.decideSwap, { id: asked.ok.id, baseVersion: 2, approve: false, note: '' })).problem.code).toBe('district.swap_decided')
  })
  it('a refused or withdrawn one changes nothing; the street may decide too', async () => {
    await w.as('zhou').do(op.makeRota, { areaCode: areas.street, ...week })
    const before = (await rota()).duties
    const [from, to] = before.find((d) => d.day === '2026-03-14')?.personId === castIds.lin ? (['lin', 'he'] as const) : (['he', 'lin'] as const)
    const first = await ask(from, from, to, '2026-03-14', '2026-03-15')
    const refused = await w.as('zhou').do(op.decideSwap, { id: first.ok.id, baseVersion: 1, approve: false, note: '周末有专项行动' })
    expect(refused.state).toBe('REFUSED')
    const second = await ask(from, from, to, '2026-03-14', '2026-03-15')
    expect((await w.as(to).call(op.withdrawSwap, { id: second.ok.id, baseVersion: 1 })).problem.code).toBe('district.swap_not_yours')
    await w.as(from).do(op.withdrawSwap, { id: second.ok.id, baseVersion: 1 })
    expect((await rota()).duties).toEqual(before)
  })
})
