import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areas } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { newId } from '../../../kernel/server/id.ts'
import { operations } from '../operations.ts'
import { hazardRow, there, visited } from './fixtures.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

const freeze = (more: Record<string, unknown> = {}) => w.as('xu').do(operations.freeze, { id: newId(w.app.clock.now()), title: '三月首周', from: '2026-03-01', to: '2026-03-05', metrics: ['M04', 'M05', 'M07'], ...more })
const values = (list: readonly { metric: string; value: number | null }[]) => Object.fromEntries(list.map((f) => [f.metric, f.value]))

describe('同一街道报两次', () => {
  it('同一天同一处由两台手机各报一次：家次、家数不重复，已报单位只算一个', async () => {
    await visited(w, '2026-03-04T02:00:00Z')
    const once = await freeze()
    await visited(w, '2026-03-04T02:05:00Z')
    const twice = await freeze()
    expect(values(twice.list)).toEqual(values(once.list))
    expect(values(once.list)).toMatchObject({ M04: 1, M05: 1 })
    expect([once.reported, twice.reported, twice.expected]).toEqual([1, 1, 2])
  })
  it('冻结之后补报：这一版不变，更正成新版才计入', async () => {
    const first = await freeze()
    await hazardRow(w, '2026-03-04', there)
    expect(values((await w.as('xu').do(operations.snapshot, { id: first.id })).list).M07).toBe(0)
    const second = await w.as('xu').do(operations.correctSnapshot, { id: first.id, newId: newId(w.app.clock.now()), reason: '沅埠街道补报一宗' })
    expect([values(second.list).M07, second.number]).toEqual([1, 2])
  })
  it('只冻结一个街道：另一个街道的不计，应报单位也只有它', async () => {
    const one = await freeze({ areas: [areas.street] })
    expect([values(one.list).M07, one.expected, one.units.map((u) => u.code)]).toEqual([0, 1, [areas.street]])
  })
})
