import { afterAll, beforeAll, expect, it } from 'vitest'
import { type World, world } from '../../../house/world.ts'
import { operations as visits } from '../../visit/operations.ts'
import { operations } from '../operations.ts'
import { patrolled, running } from './fixtures.ts'

let w: World
beforeAll(async () => {
  w = await world(new Date('2026-12-31T13:00:00Z'))
})
afterAll(() => w.close())

it('a night over New Year is one business date of the old year, for visits, muster and the list', async () => {
  const { id, teamId } = await running(w, { startsAt: '2026-12-31T12:00:00Z', endsAt: '2026-12-31T18:00:00Z', publishedOn: '2026-12-20' })
  await w.as('lin').do(operations.signIn, { id, state: 'PRESENT' })
  w.advance({ hours: 4 })
  await w.as('lin').do(visits.record, patrolled(w, id, teamId))
  expect(await w.as('xu').do(operations.muster, { id })).toMatchObject({ date: '2026-12-31', present: 1 })
  expect((await w.as('xu').do(visits.list, { campaignId: id })).rows.map((r) => r.businessDate)).toEqual(['2026-12-31'])
  expect((await w.as('xu').do(operations.overview, { id })).totals).toMatchObject({ persons: 1, people: 1, visits: 1 })
})
