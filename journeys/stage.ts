import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { castPassword, type World, world } from '../house/world.ts'
import type { CastName } from '../house/cast.ts'
import { projectRoot } from '../kernel/server/root.ts'

/** A real browser before the real server: the small world of the stories, listening, with pages for its people. */
export interface Stage {
  readonly world: World
  readonly address: string
  /** A fresh window in which this person has signed in through the form. */
  enter(name: CastName, size?: 'desk' | 'phone'): Promise<Page>
  /** A window of nobody. */
  window(size?: 'desk' | 'phone'): Promise<Page>
  /** What a browser complained of: page errors and failed scripts. Empty at the end of a good story. */
  readonly complaints: string[]
  close(): Promise<void>
}

const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
const shots = join(projectRoot(), '.cache', 'journeys')

export async function stage(start?: Date): Promise<Stage> {
  mkdirSync(shots, { recursive: true })
  const set = await world(start)
  const address = await set.app.http.listen({ host: '127.0.0.1', port: 0 })
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags })
  const complaints: string[] = []
  const contexts: BrowserContext[] = []
  const window = async (size: 'desk' | 'phone' = 'desk') => {
    const context = await open(browser, size)
    contexts.push(context)
    const page = await context.newPage()
    page.setDefaultTimeout(15_000)
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => message.type() === 'error' && /Content Security|is not a function|undefined/.test(message.text()) && complaints.push(message.text()))
    await page.goto(address)
    return page
  }
  return {
    world: set,
    address,
    complaints,
    window,
    enter: async (name, size) => {
      const page = await window(size)
      await signIn(page, name)
      return page
    },
    close: async () => {
      await Promise.all(contexts.map((context) => context.close()))
      await browser.close()
      await set.close()
    },
  }
}

const open = (browser: Browser, size: keyof typeof sizes): Promise<BrowserContext> =>
  browser.newContext({ viewport: sizes[size], locale: 'zh-CN', timezoneId: 'Asia/Shanghai', acceptDownloads: true, hasTouch: size === 'phone' })

/** Types login and password into the form and waits for the frame. */
export async function signIn(page: Page, login: string, password = castPassword): Promise<void> {
  await page.getByLabel('账号').fill(login)
  await page.getByLabel('口令', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '工作台' }).waitFor()
}

/** Opens an address of the console afresh, as from a link a colleague sent. */
export async function go(page: Page, path: string): Promise<void> {
  await page.evaluate(`location.hash = ${JSON.stringify(path)}`)
  await page.reload()
}

/** Keeps a picture for whoever looks at a failed story. */
export const shot = (page: Page, name: string): Promise<unknown> => page.screenshot({ path: join(shots, `${name}.png`) })
