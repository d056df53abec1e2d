import { z } from 'zod'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operations as staff } from '../capabilities/staff/operations.ts'
import { mount } from '../kernel/server/capability.ts'
import type { CastName } from './cast.ts'
import { ids } from './cast.ts'
import { plausible } from './plausible.ts'
import { type World, world } from './world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

const isPage = (output: z.ZodType): boolean => {
  const { properties = {} } = z.toJSONSchema(output, { io: 'output', unrepresentable: 'any' }) as { properties?: Record<string, unknown> }
  return 'rows' in properties && 'total' in properties
}

describe('statements', () => {
  it('a page of a list is one statement, its exact total included', async () => {
    const callers: CastName[] = ['wang', 'chen', 'zhou', 'sun', 'wu', 'zheng', 'zhao', 'xu', 'wei', 'lin']
    const many: string[] = []
    for (const { name, operation } of mount(w.app.capabilities).values()) {
      if (operation.kind !== 'query' || operation.answer === 'file' || !isPage(operation.output)) continue
      for (const caller of callers) {
        await w.as(caller).call(staff.me, {}) // signed in, and remembered for a moment
        const before = w.app.db.sent.count
        const answer = await w.as(caller).call(operation, plausible(operation.input, ids.enterprise))
        if (answer.status !== 200) continue
        const sent = w.app.db.sent.count - before
        // What belongs to one record asks first whether that record is in reach.
        if (sent > (operation.path.includes(':') ? 2 : 1)) many.push(`${name}: ${sent} statements`)
        break
      }
    }
    expect(many).toEqual([])
  })
})
