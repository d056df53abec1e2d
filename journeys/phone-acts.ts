import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { draw, photo } from './acts.ts'
import { go } from './phone.ts'

/** What somebody does with a phone at 390×844, in the words of its screens. */

type Picture = Awaited<ReturnType<typeof photo>>

/** 随手报 up to where it is asked: a picture, what was seen, none of the guesses. */
export async function beginReport(page: Page, siteId: string, seen: string, picture?: Picture): Promise<void> {
  await go(page, `/report/${siteId}`)
  await page.locator('.f-shoot input').setInputFiles(picture ?? (await photo()))
  await page.locator('.f-thumb img').waitFor()
  await page.getByLabel('看到什么').fill(seen)
  await page.getByRole('button', { name: /都不是/ }).click()
}

/** 随手报: a picture, what was seen, where. */
export async function report(page: Page, siteId: string, seen: string, spot: string, picture?: Picture): Promise<void> {
  await beginReport(page, siteId, seen, picture)
  await page.getByLabel('部位').fill(spot)
  await page.getByRole('button', { name: '上报', exact: true }).click()
  await page.getByText('已存').waitFor()
}

/** 拍隐患 during a visit: camera first, then what, and one of the spots that are offered. */
export async function finding(page: Page, seen: string, spot: string): Promise<void> {
  await page.locator('.f-foot').getByRole('button', { name: /拍隐患/ }).click()
  const sheet = page.locator('.f-sheet')
  await sheet.locator('input[type=file]').first().setInputFiles(await photo())
  await sheet.locator('.f-thumb img').waitFor()
  await sheet.getByLabel('看到什么').fill(seen)
  await sheet.getByRole('button', { name: /都不是/ }).click()
  await sheet.getByRole('button', { name: spot }).click()
  await sheet.getByRole('button', { name: '记下隐患' }).click()
  await sheet.waitFor({ state: 'hidden' })
}

/** 本类其余均符合 from the category that is open to the last, and on to the page of result and signatures. */
export async function answerRest(page: Page): Promise<void> {
  for (const head = page.locator('.f-cat-line'); ; ) {
    const [at, all] = /(\d+)\/(\d+) 类/.exec(await head.innerText())!.slice(1).map(Number)
    const rest = page.getByRole('button', { name: /^本类其余均符合/ })
    if (await rest.isVisible()) await rest.click()
    await page.locator('.f-foot .f-btn-main').click()
    if (at === all) return
    await head.getByText(`${at! + 1}/${all} 类`).waitFor()
  }
}

/** Signs so many pads, all that are open; `press` is a thumb's where taps are counted. */
export async function signAll(page: Page, count: number, press: (button: Locator) => Promise<void> = (button) => button.click()): Promise<void> {
  const pads = page.locator('.f-sign canvas')
  await expect.poll(() => pads.count(), { timeout: 20_000 }).toBe(count)
  for (let left = count; left > 0; left--) {
    // Clear of the foot that stands over the page.
    await pads.first().evaluate((pad) => (pad as unknown as { scrollIntoView(how: object): void }).scrollIntoView({ block: 'center' }))
    await draw(page, pads.first())
    await press(page.getByRole('button', { name: '确认签字' }).first())
    await expect.poll(() => pads.count(), { timeout: 20_000 }).toBe(left - 1)
  }
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
