import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ids } from '../../../house/cast.ts'
import { type CastName } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { operations } from '../operations.ts'
import { type Change, rowSchemas } from '../sync.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

/** A whole first load, page after page. */
async function load(name: CastName, limit = 500): Promise<Change[]> {
  let { cursor } = await w.as(name).do(operations.start, {})
  const all: Change[] = []
  for (let more = true; more; ) {
    const page = await w.as(name).do(operations.changes, { cursor, limit })
    all.push(...page.changes)
    ;({ cursor, more } = page)
  }
  return all
}
const of = (all: readonly Change[], kind: Change['kind']) => all.filter((change) => change.kind === kind).map((change) => change.id)

describe('sync: works', () => {
  it('a first load brings what its shape promises, each row once', async () => {
    for (const name of ['lin', 'wang', 'zhao', 'zhou'] as const) {
      const all = await load(name, 3)
      for (const change of all) rowSchemas[change.kind].parse(change.row)
      expect(new Set(all.map((change) => `${change.kind} ${change.id}`)).size).toBe(all.length)
    }
    expect(of(await load('lin'), 'site')).toEqual([ids.site])
    expect(of(await load('qian'), 'site')).toEqual([ids.neighbourSite])
  })
})
