import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { castPassword } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { operations } from '../operations.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

describe('staff: refuses strangers', () => {
  it('staff.me answers nobody', async () => {
    const answer = await w.nobody.call(operations.me, {})
    expect([answer.status, answer.problem.code]).toEqual([401, 'common.unauthenticated'])
  })
})

describe('staff: works', () => {
  it('staff.signIn opens a session and staff.me tells verbs and posts', async () => {
    const me = await w.as('wang').do(operations.me, {})
    expect(me.name).toBe('王砚川')
    expect(me.posts[0]).toMatchObject({ role: 'INSPECTOR', reach: '安澜区' })
    expect(me.verbs).toContain('hazard.confirm')
  })
  it('five wrong passwords lock the account, and the right one then waits too', async () => {
    for (let i = 0; i < 5; i++) {
      const answer = await w.nobody.call(operations.signIn, { login: 'han', password: 'wrong' })
      expect(answer.problem.code).toBe('staff.wrong_password')
    }
    const locked = await w.nobody.call(operations.signIn, { login: 'han', password: castPassword })
    expect([locked.status, locked.problem.title]).toEqual([429, '连续输错次数过多，请 1 分钟后再试'])
    w.advance({ minutes: 2 })
    expect((await w.nobody.call(operations.signIn, { login: 'han', password: castPassword })).status).toBe(200)
  })
})
