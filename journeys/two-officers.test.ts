import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operations } from '../capabilities/hazard/operations.ts'
import { get, on, photo, reported } from '../capabilities/hazard/server/fixtures.ts'
import { go, type Phone, phoneOf, send } from './phone.ts'
import { type Stage, stage } from './stage.ts'

/** Wang and He stand before the same hazard, both without a line; whoever's phone finds it first is the one who did it. */
type Name = 'wang' | 'he'
type Act = 'yes' | 'no'
let set: Stage
const phones = {} as Record<Name, Phone>

beforeAll(async () => {
  set = await stage()
  for (const name of ['wang', 'he'] as const) phones[name] = await phoneOf(set, name)
})
afterAll(async () => {
  for (const { wire } of Object.values(phones)) await wire.close()
  await set.close()
})

/** Said to be put right on the spot, confirmed, waiting for somebody who looks. */
async function fixedOnSite(): Promise<string> {
  const { world: w } = set
  const { id } = await reported(w, 'lin', { source: 'PATROL', fixedOnSite: true, photosAfter: [await photo(w, 'lin')] })
  await w.as('xu').do(operations.confirm, { ...(await on(w, id, 'xu')), level: 'GENERAL' })
  return id
}

const words = { yes: '核实销号', no: '退回' } as const

/** On the phone, without a line. */
async function decide(name: Name, id: string, act: Act): Promise<void> {
  const { page, wire } = phones[name]
  await send(page)
  await go(page, `/hazard/${id}`)
  await page.locator('.f-foot').getByRole('button', { name: words[act] }).waitFor()
  wire.cut()
  await page.locator('.f-foot').getByRole('button', { name: words[act] }).click()
  const sheet = page.locator('.f-sheet')
  await sheet.locator('textarea').fill(act === 'yes' ? '现场已清理' : '仍堆放在原处')
  await sheet.locator('.f-stick').click()
  await page.getByText('已在本机办理，待发送').waitFor()
}

async function arrive(name: Name): Promise<void> {
  const { page, wire } = phones[name]
  wire.mend()
  await send(page)
  await page.getByText('都已送达').waitFor({ timeout: 40_000 })
}

const state = { yes: 'CLOSED', no: 'CONFIRMED' } as const

describe('two officers, one hazard, both without a line', () => {
  const acts: readonly (readonly [Act, Act])[] = [['yes', 'no'], ['no', 'yes'], ['yes', 'yes'], ['no', 'no']]
  const orders: readonly (readonly [Name, Name])[] = [['wang', 'he'], ['he', 'wang']]
  it.each(acts.flatMap(([wang, he]) => orders.map((order) => ({ wang, he, first: order[0], second: order[1] }))))('王 $wang, 何 $he, first to arrive: $first', async (given) => {
    const id = await fixedOnSite()
    const before = (await on(set.world, id, 'xu')).baseVersion
    await decide('wang', id, given.wang)
    await decide('he', id, given.he)
    await arrive(given.first)
    await arrive(given.second)
    const now = await get(set.world, 'xu', id)
    expect([now.state, now.version]).toEqual([state[given[given.first]], before + 1])
    expect(now.proposals.map((one) => [one.state, one.person])).toEqual([['OPEN', given.second === 'he' ? '何汀筠' : '王砚川']])
    const { page } = phones[given.second]
    await page.getByText('待定建议').first().waitFor()
    if (now.state !== 'CLOSED') {
      await go(page, `/hazard/${id}`)
      await page.getByText(/晚于他人到达/).waitFor()
    }
    expect(set.complaints).toEqual([])
  }, 90_000)

  it('both at the same moment: one did it, the other proposes', async () => {
    const id = await fixedOnSite()
    await decide('wang', id, 'yes')
    await decide('he', id, 'no')
    await Promise.all([arrive('wang'), arrive('he')])
    const now = await get(set.world, 'xu', id)
    const first = now.state === 'CLOSED' ? '王砚川' : '何汀筠'
    expect(now.proposals).toHaveLength(1)
    expect(now.proposals[0]!.person).not.toBe(first)
  }, 90_000)
})
