import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { castPassword } from '../house/world.ts'
import { type Stage, stage } from './stage.ts'

/** Lin with her phone at 390×844, with the line really cut: the browser offline, the server away. */
let set: Stage
beforeAll(async () => {
  set = await stage()
})
afterAll(() => set.close())

async function phone(login: string): Promise<Page> {
  const page = await set.window('phone')
  await page.goto(`${set.address}/field/`)
  await page.getByLabel('账号').fill(login)
  await page.getByLabel('口令', { exact: true }).fill(castPassword)
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByRole('heading', { name: '今日' }).waitFor()
  return page
}

/** Until the worker keeps the page and the working set has come. */
async function settled(page: Page): Promise<void> {
  await page.evaluate('navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller ? 0 : new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done)))')
  await page.goto(`${set.address}/field/#/queue`)
  await page.getByText(/上次同步/).waitFor()
}

describe('the phone', () => {
  it('opens without a line in under a second, as the person who was in', async () => {
    const page = await phone('lin')
    await settled(page)
    await page.goto(`${set.address}/field/#/`)
    await page.context().setOffline(true)
    await page.reload()
    await page.getByRole('heading', { name: '今日' }).waitFor()
    // The page's own clock since it was asked for: the test's remote control is no part of it.
    const took = Math.round((await page.evaluate('performance.now()')) as number)
    console.log(`field: offline reload ${took} ms`)
    expect(took).toBeLessThan(1000)
    await page.getByText('离线').first().waitFor()
    expect(set.complaints).toEqual([])
  })
  it('never shows one person what another has on this phone', async () => {
    const page = await phone('lin')
    await settled(page)
    await page.getByText(/场所 [1-9]/).waitFor()
    await page.goto(`${set.address}/field/#/me`)
    await page.getByRole('button', { name: '退出登录' }).click()
    await page.locator('.adm-dialog').getByText('退出', { exact: true }).click()
    await page.getByLabel('账号').waitFor()
    await page.getByLabel('账号').fill('zheng')
    await page.getByLabel('口令', { exact: true }).fill(castPassword)
    await page.getByRole('button', { name: '登录' }).click()
    await settled(page)
    await page.getByText(/场所 0/).waitFor()
    const stores = (await page.evaluate('indexedDB.databases().then((all) => all.map((one) => one.name))')) as string[]
    expect(stores.filter((name) => name.startsWith('angrid.field.'))).toHaveLength(2)
  })
})
