import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areas, ids } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { operations } from '../operations.ts'
import { headline, partNames } from '../screen.ts'
import { campaignRow, closedRow, hazardRow, there, visited } from './fixtures.ts'

let w: World
let night = ''
beforeAll(async () => {
  w = await world()
  night = await campaignRow(w, '三月夜查', '2026-03-04')
  await visited(w, '2026-03-04T13:00:00Z', { campaign_id: night })
  // Half past midnight belongs to the night that began the day before; the same place a second time by another team.
  await visited(w, '2026-03-04T16:30:00Z', { campaign_id: night, agency_id: ids.bureau })
  await hazardRow(w, '2026-03-04', { campaign_id: night, found_at: '2026-03-04T15:00:00Z' })
  await hazardRow(w, '2026-03-04', { campaign_id: night, ...there, ...closedRow('2026-03-04', 'ON_SITE') })
  await hazardRow(w, '2026-03-03')
})
afterAll(() => w.close())

const look = (who: Parameters<World['as']>[0], more: { campaignId?: string; have?: string } = {}) => w.as(who).do(operations.screen, more)
const value = async (id: string) => (await look('chen', { campaignId: night })).parts.figures?.find((f) => f.id === id)?.value
/** A picture that has just been made may rest for a moment. */
const soon = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 10_000, interval: 100 })

describe('大屏：拒绝外人', () => {
  it('nobody signed in is not answered; whoever has no statistics is refused; the next district sees neither campaign nor places', async () => {
    expect((await w.nobody.call(operations.screen, {})).status).toBe(401)
    expect((await w.as('sun').call(operations.screen, {})).status).toBe(403)
    expect((await w.as('qian').call(operations.screen, { campaignId: night })).status).toBe(404)
    const { parts } = await look('qian')
    expect([parts.head?.choices, parts.stream, parts.map?.places]).toEqual([[], [], 0])
  })
  it('each sees his own reach', async () => {
    expect((await look('han', { campaignId: night })).parts.figures?.find((f) => f.id === 'M07')?.value).toBe(1)
    expect((await look('han', { campaignId: night })).parts.streets?.map((s) => s.street)).toEqual([areas.otherStreet])
  })
})

describe('大屏：拒绝胡来', () => {
  it('an unknown campaign, a draft, tags that are none', async () => {
    expect((await w.as('chen').call(operations.screen, { campaignId: randomUUID() })).status).toBe(404)
    expect((await w.as('chen').call(operations.screen, { have: 'x' })).status).toBe(400)
    const draft = await campaignRow(w, '还没下令', '2026-03-04')
    await w.app.db.pool.query(`update campaign set state = 'DRAFT' where id = $1`, [draft])
    expect((await w.as('chen').call(operations.screen, { campaignId: draft })).status).toBe(404)
  })
})

describe('大屏：办得成', () => {
  it('ten figures of the night on the business date of its start; 家次 2, 家数 1; each number opens a list of its length', async () => {
    const { parts, at } = await look('chen', { campaignId: night })
    const figures = Object.fromEntries(parts.figures!.map((f) => [f.id, f.value]))
    expect(Object.keys(figures)).toEqual([...headline('NIGHT')])
    expect(figures).toMatchObject({ M04: 2, M05: 1, M07: 2, M08: 1, M11: 50, M14: 0 })
    for (const { id, value: n, numerator } of parts.figures!) {
      if (numerator !== undefined) continue
      const list = await w.as('chen').do(operations.facts, { metric: id, from: parts.head!.from, to: parts.head!.to, campaignId: night, asOf: at })
      expect([id, list.total]).toEqual([id, n])
    }
    expect(parts.streets).toEqual([{ street: areas.street, name: expect.any(String), found: 1, open: 1, late: 0 }, { street: areas.otherStreet, name: expect.any(String), found: 1, open: 0, late: 0 }])
    expect(parts.trend?.by).toBe('hour')
    expect(parts.stream).toHaveLength(2)
    expect(parts.map).toMatchObject({ places: 1, hazards: 1 })
  })
  it('without a campaign it is the year so far, and the campaigns stand to choose', async () => {
    const { parts } = await look('chen')
    expect(parts.head).toMatchObject({ campaign: null, from: '2026-01-01', choices: [{ id: night, name: '三月夜查' }] })
    expect(parts.figures!.map((f) => f.id)).toEqual([...headline(undefined)])
    expect(parts.trend).toMatchObject({ by: 'day' })
    expect(parts.trend!.rows.length).toBe(14)
  })
  it('what the screen has is not sent again; a new hazard brings the parts it moved, and no other', async () => {
    const first = await look('chen', { campaignId: night })
    expect(Object.keys((await look('chen', { campaignId: night, have: first.tags.join(',') })).parts)).toEqual([])
    await hazardRow(w, '2026-03-04', { campaign_id: night, found_at: '2026-03-04T15:00:00Z' })
    await soon(async () => Object.keys((await look('chen', { campaignId: night, have: first.tags.join(',') })).parts)).toEqual(['figures', 'streets', 'trend', 'stream', 'map'])
    await soon(() => value('M07')).toBe(3)
    expect(first.tags).toHaveLength(partNames.length)
  })
  it('a quiet look asks a handful of small questions, however many figures there are', async () => {
    const { tags } = await look('chen', { campaignId: night })
    const before = w.app.db.sent.count
    await look('chen', { campaignId: night, have: tags.join(',') })
    expect(w.app.db.sent.count - before).toBeLessThanOrEqual(3)
  })
})
