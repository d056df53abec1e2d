import type { Page } from 'playwright-core'
import { castPassword } from '../house/world.ts'
import { photo } from './acts.ts'
import { settled as settledPhone } from './phone.ts'
import type { Stage } from './stage.ts'

/** What somebody does with a phone at 390×844, in the words of its screens. */

async function typePassword(page: Page, login: string, password: string): Promise<void> {
  await page.getByLabel('账号').fill(login)
  await page.getByLabel('口令', { exact: true }).fill(password)
  await page.getByRole('button', { name: '登录', exact: true }).click()
}

/** A phone of its own at this address, signed in; `before` runs in the page before anything else does. */
export async function phone(set: Stage, address: string, login: string, given: { password?: string; before?: string } = {}): Promise<Page> {
  const page = await set.window('phone')
  if (given.before) await page.addInitScript(given.before)
  await page.goto(`${address}/field/`)
  await typePassword(page, login, given.password ?? castPassword)
  await page.getByRole('heading', { name: '今日' }).waitFor()
  return page
}

export const go = (page: Page, path: string): Promise<unknown> => page.evaluate(`location.hash = ${JSON.stringify(`#${path}`)}`)

export const settled = (page: Page): Promise<void> => settledPhone({ page, go: (path) => go(page, path) })

export async function sync(page: Page): Promise<void> {
  await go(page, '/queue')
  await page.getByRole('button', { name: '现在同步' }).click()
}

/** 随手报: a picture, what was seen, where. */
export async function report(page: Page, siteId: string, seen: string, spot = '仓库'): Promise<void> {
  await go(page, `/report/${siteId}`)
  await page.locator('.f-shoot input').setInputFiles(await photo())
  await page.locator('.f-thumb img').waitFor()
  await page.getByLabel('看到什么').fill(seen)
  await page.getByRole('button', { name: /都不是/ }).click()
  await page.getByLabel('部位').fill(spot)
  await page.getByRole('button', { name: '上报', exact: true }).click()
  await page.getByText('已存').waitFor()
}

/** The session has ended: 重新登录, and the password. */
export async function signInAgain(page: Page, password: string): Promise<void> {
  await page.getByRole('button', { name: '重新登录' }).click()
  await page.getByLabel('口令', { exact: true }).fill(password)
  await page.getByRole('button', { name: '登录', exact: true }).click()
}

/** The device's clock runs so many milliseconds beside the real one; `clockAhead` in the page may be changed at any time. */
export const wrongClock = (ms: number): string => `{
  const Right = Date
  globalThis.clockAhead = ${ms}
  globalThis.Date = class extends Right {
    constructor(...given) { given.length ? super(...given) : super(Right.now() + globalThis.clockAhead) }
    static now() { return Right.now() + globalThis.clockAhead }
  }
}`
