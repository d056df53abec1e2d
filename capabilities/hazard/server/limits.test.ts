import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areas, castPassword, ids } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { operations as enterprise } from '../../enterprise/operations.ts'
import { operations as staff } from '../../staff/operations.ts'
import { operations as system } from '../../system/operations.ts'
import { operations } from '../operations.ts'
import { confirmed, get, inDays, on, photo } from './fixtures.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

const set = async (value: Record<string, number>, areaCode: string, key = 'hazard.limits') => {
  const row = (await w.as('sun').do(system.settings, { areaCode })).rows.find((each) => each.key === key)!
  return w.as('sun').do(system.setSetting, { key, areaCode, value, baseVersion: row.version, reason: '按区安委办文件' })
}

describe('期限按区划逐级取值', () => {
  it('the monthly look at a frozen hazard: the street’s own number, not the shipped one', async () => {
    await set({ frozenCheckDays: 20 }, areas.district)
    await set({ frozenCheckDays: 10 }, areas.street)
    const { id } = await confirmed(w)
    const firm = await w.as('wang').do(enterprise.get, { id: ids.enterprise })
    await w.as('wang').do(enterprise.setState, { id: ids.enterprise, baseVersion: firm.version, state: 'LONG_STOP', reason: '停产检修' })
    await w.as('xu').do(operations.freeze, { ...(await on(w, id)), reason: '企业停产', evidence: [await photo(w, 'xu')] })
    const next = async () => (await w.app.db.pool.query('select next_check_on::text as day from hazard where id = $1', [id])).rows[0].day as string
    expect(await next()).toBe(inDays(w, 10))
    w.advance({ days: 11 })
    await w.runJobs()
    expect(await next()).toBe(inDays(w, 10))
    expect((await get(w, 'xu', id)).state).toBe('FROZEN')
  })
  it('挂牌督办: the longest term is the street’s, then the district’s', async () => {
    await set({ superviseMaxDays: 60 }, areas.district)
    const { id } = await confirmed(w, { siteId: ids.otherSite }, true)
    const supervisionId = randomUUID()
    await w.as('xu').do(operations.propose, { id, supervisionId, reason: '区安委会督办' })
    const listing = { supervisionId, baseVersion: 1, step: 'list' as const, no: '澜安督〔2026〕9号', dutyUnit: '望汀街道', dutyPerson: '周予宁', reason: '依规办理' }
    const late = await w.as('chen').call(operations.supervise, { ...listing, deadline: inDays(w, 61) })
    expect(late.problem.fields?.[0]?.message).toBe('督办期限不得超过 60 日')
    expect((await w.as('chen').do(operations.supervise, { ...listing, deadline: inDays(w, 60) })).state).toBe('LISTED')
  })
  it('an area out of reach, and a whole-installation setting for a street, are refused', async () => {
    expect((await w.as('sun').call(system.settings, { areaCode: areas.neighbour })).status).toBe(404)
    expect((await w.as('sun').call(system.setSetting, { key: 'hazard.limits', areaCode: areas.neighbour, value: {}, baseVersion: 0, reason: '越界' })).status).toBe(404)
    const here = (await w.as('sun').do(system.settings, { areaCode: areas.street })).rows.map((row) => row.key)
    expect([here.includes('hazard.limits'), here.includes('password.min_length')]).toEqual([true, false])
    expect((await w.as('sun').call(system.setSetting, { key: 'password.min_length', areaCode: areas.street, value: 12, baseVersion: 0, reason: '街道自定' })).problem.code).toMatch(/^system\./)
  })
})

describe('口令要求可以更严', () => {
  it('a longer password is asked for, an older one must be changed', async () => {
    const put = (key: string, value: number) => w.as('sun').do(system.setSetting, { key, value, baseVersion: 0, reason: '等保整改' })
    await put('password.min_length', 14)
    const short = await w.as('he').call(staff.changePassword, { current: castPassword, next: 'Huantai#5kq8' })
    expect(short.problem.fields?.map((f) => f.message)).toEqual(['新口令至少 14 位'])
    await w.as('he').do(staff.changePassword, { current: castPassword, next: 'Huantai#5kq8-wx' })
    await put('password.max_age_days', 7)
    w.advance({ days: 8 })
    expect((await w.as('wang').do(staff.me, {})).mustChangePassword).toBe(true)
    expect((await w.as('wang').call(operations.list, {})).problem.code).toBe('common.change_password_first')
  })
})
