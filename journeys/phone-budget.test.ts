import { randomUUID } from 'node:crypto'
import type { CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ids } from '../house/cast.ts'
import { photo } from './acts.ts'
import { handInPage } from './offline.ts'
import { go, phone, settled } from './phone.ts'
import { type Stage, stage } from './stage.ts'

/** What a phone may be asked to bear: time, search, memory, a full disk. */
let set: Stage
let page: Page
let cdp: CDPSession
let hand: string
const me = "JSON.parse(localStorage.getItem('angrid.field.person'))"

beforeAll(async () => {
  hand = await handInPage()
  set = await stage()
  page = await phone(set, set.address, 'lin', `new MutationObserver((_, watch) => { if (document.querySelector('.f-quick, .f-card')) { globalThis.readyAt ??= performance.now(); watch.disconnect() } }).observe(document, { childList: true, subtree: true })`)
  await settled(page)
  await page.getByText(/场所 [1-9]/).waitFor()
  cdp = await page.context().newCDPSession(page)
})
afterAll(() => set?.close())

/** Milliseconds of a bare loop at a quarter of the speed, in the page; and what it takes on the machine the budget was set on. */
const YARDSTICK = '(() => { const began = performance.now(); let x = 0; for (let i = 0; i < 2e7; i++) x = (x * 31 + i) | 0; return performance.now() - began + (x & 0) })()'
const YARDSTICK_MS = 450

describe('what a phone may be asked to bear', () => {
  it('is ready without a line in under a second with a processor four times slower', async () => {
    await page.context().setOffline(true)
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 })
    const took: number[] = []
    const yardstick = Number(await page.evaluate(YARDSTICK))
    for (let i = 0; i < 5; i++) {
      await page.goto(`${set.address}/field/#/`)
      await page.reload()
      await page.getByRole('heading', { name: '今日' }).waitFor()
      took.push(Math.round((await page.evaluate('readyAt')) as number))
    }
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 })
    await page.context().setOffline(false)
    const budget = 1000 * Math.max(1, yardstick / YARDSTICK_MS)
    console.log(`field: ready offline at a quarter of the speed ${took.join(', ')} ms, budget ${budget.toFixed(0)} ms`)
    // The best of five, and a slower machine has as much more time as a bare loop takes on it: neither is part of the phone.
    expect(Math.min(...took)).toBeLessThan(budget)
  }, 60_000)

  it('a full disk is said in words, what was filled in stays, and goes on when there is room', async () => {
    await go(page, `/report/${ids.site}`)
    await page.getByRole('button', { name: '仓库' }).click()
    await page.getByLabel('看到什么').fill('配电箱前堆放纸箱')
    await page.getByRole('button', { name: /都不是/ }).click()
    const { usage } = await cdp.send('Storage.getUsageAndQuota', { origin: set.address })
    await cdp.send('Storage.overrideQuotaForOrigin', { origin: set.address, quotaSize: Math.max(1, usage - 1000) })
    try {
      // Chromium believes for half a minute in the room it has measured.
      await new Promise((wait) => setTimeout(wait, 31_000))
      await page.locator('.f-shoot input').setInputFiles(await photo())
      await page.getByText(/手机存储已满/).first().waitFor()
      expect(await page.getByLabel('情况').inputValue()).toBe('配电箱前堆放纸箱')
    } finally {
      await cdp.send('Storage.overrideQuotaForOrigin', { origin: set.address })
    }
    await page.locator('.f-shoot input').setInputFiles(await photo())
    await page.locator('.f-thumb img').waitFor()
    await page.getByRole('button', { name: '上报', exact: true }).click()
    await page.getByText('已存').waitFor()
    await expect.poll(async () => (await set.world.app.db.all.selectFrom('hazard').select('description').execute()).map((row) => row.description), { timeout: 20_000 }).toEqual(['配电箱前堆放纸箱'])
  }, 90_000)

  it('memory stays flat over 200 visits', async () => {
    await go(page, '/')
    await page.evaluate(hand)
    const heap = async () => {
      await cdp.send('HeapProfiler.collectGarbage')
      return (await cdp.send('Runtime.getHeapUsage')).usedSize / 1024 / 1024
    }
    const visits = (count: number) => page.evaluate(`(async () => { for (const id of ${JSON.stringify(Array.from({ length: count }, () => randomUUID()))}) await hand.make(${me}, { id, findingId: id, n: 0, photos: 0, side: 64, locked: false }) })()`)
    const sent = (count: number) => expect.poll(async () => Number((await set.world.app.db.all.selectFrom('visit').select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n), { timeout: 40_000 }).toBe(count)
    const wake = () => page.evaluate('window.dispatchEvent(new Event("online"))')
    await visits(20)
    await wake()
    await sent(20)
    const before = await heap()
    await visits(180)
    await wake()
    await sent(200)
    const after = await heap()
    console.log(`field: heap after 20 visits ${before.toFixed(1)} MB, after 200 ${after.toFixed(1)} MB`)
    expect(after - before).toBeLessThan(5)
  }, 150_000)

  it('10,000 sites answer a keystroke without a line in under 100 ms', async () => {
    await page.evaluate(hand)
    await page.evaluate(`hand.fill(${me}, 10000)`)
    await page.context().setOffline(true)
    await page.goto(`${set.address}/field/#/find`)
    await page.reload()
    await page.getByLabel('查找场所').waitFor()
    await page.evaluate(hand)
    const took: number[] = []
    // The first one waits for the list to be read once.
    for (const typed of ['9999号店', '汀前', '7777号店', '五金', '12号店', '瑞']) took.push(Math.round((await page.evaluate(`hand.searched(${JSON.stringify(typed)})`)) as number))
    await page.context().setOffline(false)
    console.log(`field: keystroke to list over 10,000 sites, first ${took[0]} ms, then ${took.slice(1).join(', ')} ms`)
    expect(took.slice(1).sort((a, b) => a - b)[2]!).toBeLessThan(100)
  }, 60_000)
})
