import type { Locator, Page } from 'playwright-core'
import type { CastName } from '../house/cast.ts'
import { castPassword } from '../house/world.ts'
import { type Line, line } from './line.ts'
import type { Stage } from './stage.ts'

/** A person with a phone of his own, on a line of his own. */
export interface Phone {
  readonly page: Page
  readonly wire: Line
  go(path: string): Promise<unknown>
  /** Presses 现在同步 and waits until nothing waits any more. */
  sync(): Promise<void>
}

export async function phoneOf(set: Stage, login: CastName): Promise<Phone> {
  const wire = await line(set.address)
  const page = await set.window('phone')
  await page.goto(`${wire.address}/field/`)
  await enter(page, login)
  return handle(page, wire)
}

export function handle(page: Page, wire: Line): Phone {
  const go = (path: string) => page.evaluate(`location.hash = ${JSON.stringify(`#${path}`)}`)
  const sync = async () => {
    await go('/queue')
    await page.getByText(/上次同步/).waitFor()
    await page.getByRole('button', { name: '现在同步' }).click()
    await page.getByRole('link', { name: /同步：(已同步|需要处理)/ }).or(page.getByText(/都已送达|被退回/)).first().waitFor({ timeout: 40_000 })
  }
  return { page, wire, go, sync }
}

export async function enter(page: Page, login: string): Promise<void> {
  await page.getByLabel('账号').fill(login)
  await page.getByLabel('口令', { exact: true }).fill(castPassword)
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByRole('heading', { name: '今日' }).waitFor()
}

/** Until the worker keeps the page and the working set has come. */
export async function settled({ page, go }: Pick<Phone, 'page' | 'go'>): Promise<void> {
  await page.evaluate('navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller ? 0 : new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done)))')
  await go('/queue')
  await page.getByText(/上次同步/).waitFor()
}

/** Counts what a thumb does. */
export function thumb() {
  let taps = 0
  const began = Date.now()
  return {
    tap: async (what: Locator) => {
      taps++
      await what.click()
    },
    /** Taps in an app that is not ours: the shutter, "use this picture". */
    elsewhere: (count: number) => {
      taps += count
    },
    taps: () => taps,
    seconds: () => (Date.now() - began) / 1000,
  }
}
