import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areas } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { rangeOf } from '../../../kernel/core/access.ts'
import { systemActor } from '../../../kernel/server/actor.ts'
import { type Scope, splits } from '../figures.ts'
import { metrics } from '../metrics.ts'
import { countFigures } from './figures.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

const now = new Date('2026-03-05T01:00:00Z')
const tx = () => w.app.db.all as never
const actor = { ...systemActor(), reach: { areas: [rangeOf(areas.district)], grids: [], enterprises: [] } }
const march: Scope = { from: '2026-03-01', to: '2026-03-31' }
const ids = metrics.map((metric) => metric.id)

describe('figures: works', () => {
  it('every metric of the dictionary is counted or says why not, whatever it is split by', async () => {
    for (const by of splits) {
      const { total } = await countFigures(tx(), actor, ids, march, now, [by])
      for (const id of ids) expect(total[id]?.value !== null || total[id]?.why, `${id} by ${by}`).toBeTruthy()
    }
  })
})
