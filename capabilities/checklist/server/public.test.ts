import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type World, world } from '../../../house/world.ts'
import { shippedChecklist, shippedChecklists } from '../library.ts'
import { currentVersions, ensureShipped, forgetVersions, itemOf, publishedItems } from './public.ts'

let w: World
const now = new Date('2026-03-05T01:00:00Z')
beforeAll(async () => {
  w = await world(now)
  await w.app.db.transaction((tx) => ensureShipped(tx, now))
})
afterAll(() => w.close())

describe('what other slices are offered', () => {
  it('shipped lists are written once, however often it is asked', async () => {
    await w.app.db.transaction((tx) => ensureShipped(tx, now))
    const ids = shippedChecklists.map((list) => list.id)
    const found = await w.app.db.transaction((tx) => publishedItems(tx, ids))
    expect([...found.values()]).toEqual(shippedChecklists)
  })
  it('a version read once is not asked for again', async () => {
    const id = shippedChecklist('FG').id
    forgetVersions()
    await w.app.db.transaction((tx) => publishedItems(tx, [id]))
    await w.app.db.transaction(async (tx) => {
      const before = w.app.db.sent.count
      expect((await itemOf(tx, id, 'FG-01')).code).toBe('FG-01')
      expect(w.app.db.sent.count).toBe(before)
    })
  })
  it('an item that is not there is missing, in whatever list', async () => {
    await expect(w.app.db.transaction((tx) => itemOf(tx, shippedChecklist('FG').id, 'FG-99'))).rejects.toMatchObject({ code: 'checklist.item_unknown', status: 404 })
    await expect(w.app.db.transaction((tx) => itemOf(tx, '0199aaaa-0000-7000-8000-00000000ffff', 'FG-01'))).rejects.toMatchObject({ code: 'checklist.item_unknown' })
  })
  it.each([
    ['a patrol of a small shop opens JX only', 'PATROL', 'SMALL_SHOP', ['JX']],
    ['an inspection of a workshop opens YC, never the patrol list', 'ADMIN_DAILY', 'PRODUCTION_SITE', ['YC']],
    ['a self-check of a factory opens the 50 items and FG', 'SELF_CHECK', 'PRODUCTION_SITE', ['BC', 'FG']],
    ['an unknown kind opens nothing', 'NOTHING', 'PRODUCTION_SITE', []],
  ])('%s (domain §3.1)', async (_, visitKind, siteKind, codes) => {
    const lists = await w.app.db.transaction((tx) => currentVersions(tx, { visitKind, siteKind, tags: [] }))
    expect(lists.map((list) => list.code)).toEqual(codes)
  })
})
