import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { type CastName, castPassword } from '../house/cast.ts'
import { type World, world } from '../house/world.ts'
import type { Config } from '../kernel/server/config.ts'
import { projectRoot } from '../kernel/server/root.ts'
import { signIn } from './acts.ts'
import { launch } from './chromium.ts'

/** A real browser before the real server: the small world of the stories, listening, with windows for its people. */
export interface Stage {
  readonly world: World
  readonly address: string
  /** A fresh window in which this person has signed in through the form. */
  enter(name: CastName, size?: Size): Promise<Page>
  /** A window of nobody. */
  window(size?: Size): Promise<Page>
  /** What a browser complained of: page errors and failed scripts. Empty at the end of a good story. */
  readonly complaints: string[]
  close(): Promise<void>
}

export type Size = 'desk' | 'phone'
export const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const
/** How long a person would look at a page that does not show what was promised; generous, for slow machines. */
export const patience = 20_000
const shots = join(projectRoot(), '.cache', 'journeys')

export async function stage(start?: Date, config: Partial<Config> = {}): Promise<Stage> {
  mkdirSync(shots, { recursive: true })
  const set = await world(start, config)
  const address = await set.app.http.listen({ host: '127.0.0.1', port: 0 })
  const browser = await launch()
  const complaints: string[] = []
  const contexts: BrowserContext[] = []
  const window = async (size: Size = 'desk') => {
    const context = await open(browser, size)
    contexts.push(context)
    const page = await context.newPage()
    page.setDefaultTimeout(patience)
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
      await signIn(page, name, castPassword)
      return page
    },
    close: async () => {
      await Promise.all(contexts.map((context) => context.close()))
      await browser.close()
      await set.close()
    },
  }
}

const open = (browser: Browser, size: Size): Promise<BrowserContext> =>
  browser.newContext({ viewport: sizes[size], locale: 'zh-CN', timezoneId: 'Asia/Shanghai', acceptDownloads: true, reducedMotion: 'reduce', hasTouch: size === 'phone' })

/** Opens an address of the console afresh, as from a link a colleague sent. */
export async function go(page: Page, path: string): Promise<void> {
  await page.evaluate(`location.hash = ${JSON.stringify(path)}`)
  await page.reload()
}

/** Keeps a picture for whoever looks at a failed story. */
export const shot = (page: Page, name: string): Promise<unknown> => page.screenshot({ path: join(shots, `${name}.png`) })
