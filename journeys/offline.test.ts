import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lineOf, type Place, prepared, week } from './offline.ts'
import { go } from './phone.ts'
import { finding } from './phone-acts.ts'

/**
 * Nothing a phone said it kept is lost, doubled or changed: few seeds here, fifty by `bench/offline.ts`. OFFLINE_SEED repeats the one
 * that was printed.
 */
let place: Place
beforeAll(async () => {
  place = await prepared()
}, 120_000)
afterAll(() => place?.close())

const first = Number(process.env.OFFLINE_SEED ?? Date.now() % 1_000_000)

/** One visit wholly through the screens, without a line: a finding with its picture, put right on the spot. */
async function byHand(page: Page): Promise<void> {
  await go(page, '/find')
  await page.getByLabel('查找场所').fill('精密五金')
  await page.locator('.f-line-site, a[href*="/site/"]').first().click()
  await page.getByRole('button', { name: '开始走访' }).click()
  await finding(page, '配电箱前堆放纸箱', '门口')
  await page.getByRole('navigation', { name: '步骤' }).getByText('办结').click()
  await page.getByText('配电箱前堆放纸箱').waitFor()
  await page.locator('.f-foot').getByRole('button', { name: '办结' }).click()
  await page.getByRole('heading', { name: '今日' }).waitFor()
}

describe('the worst week of a phone', () => {
  it.each([[first, byHand], [first + 1, undefined]] as const)('seed %i: everything arrives exactly once, byte by byte', async (seed, screens) => {
    const result = await week(place, seed, { visits: 4, photos: 8, side: 900 }, screens)
    console.log(lineOf(result))
    expect(result.faults).toEqual([])
    expect(result.browserKills.writing + result.browserKills.sending).toBeGreaterThan(1)
    expect(result.serverKills).toBeGreaterThan(0)
    expect(result.held).toBe(2)
  }, 180_000)
})
