import type { Locator, Page } from 'playwright-core'
import { castPassword } from '../house/cast.ts'
import { credentials } from './chromium.ts'
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

export async function phoneOf(set: Stage, login: string): Promise<Phone> {
  const wire = await line(set.address)
  return handle(await phone(set, wire.address, login), wire)
}

export function handle(page: Page, wire: Line): Phone {
  const sync = async () => {
    await fed(page)
    await send(page)
    await page.getByRole('link', { name: /同步：(已同步|需要处理)/ }).or(page.getByText(/都已送达|被退回/)).first().waitFor({ timeout: 40_000 })
  }
  return { page, wire, go: (path) => go(page, path), sync }
}

/** A window of a phone at this address, signed in; `before` runs in the page before anything else does. */
export async function phone(set: Stage, address: string, login: string, before?: string): Promise<Page> {
  const page = await set.window('phone')
  if (before) await page.addInitScript(before)
  await page.goto(`${address}/field/`)
  await enter(page, login)
  return page
}

export const go = (page: Page, path: string): Promise<unknown> => page.evaluate(`location.hash = ${JSON.stringify(`#${path}`)}`)

export async function enter(page: Page, login: string): Promise<void> {
  await credentials(page, login, castPassword)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByRole('heading', { name: '今日' }).waitFor()
}

/** The session has ended: 重新登录, and the password. */
export async function signInAgain(page: Page, password: string): Promise<void> {
  await page.getByRole('button', { name: '重新登录' }).click()
  await page.getByLabel('口令', { exact: true }).fill(password)
  await page.getByRole('button', { name: '登录', exact: true }).click()
}

/** 退出登录; `warned`: what the phone says before it lets go. */
export async function signOut(page: Page, warned?: RegExp): Promise<void> {
  await go(page, '/me')
  await page.getByRole('button', { name: '退出登录' }).click()
  const ask = page.locator('.adm-dialog')
  if (warned) await ask.getByText(warned).waitFor()
  await ask.getByText('退出', { exact: true }).click()
  await page.getByLabel('账号').waitFor()
}

/** Until the worker keeps the page and the working set has come. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate('navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller ? 0 : new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done)))')
  await fed(page)
}

/** At the page of what waits, once the working set has come. */
async function fed(page: Page): Promise<void> {
  await go(page, '/queue')
  await page.getByText(/上次同步/).waitFor()
}

/** Presses 现在同步 and leaves it to the phone. */
export async function send(page: Page): Promise<void> {
  await go(page, '/queue')
  await page.getByRole('button', { name: '现在同步' }).click()
}

export type Thumb = ReturnType<typeof thumb>

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
