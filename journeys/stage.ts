import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { castPassword, type World, world } from '../house/world.ts'
import { projectRoot } from '../kernel/server/root.ts'
import { signIn } from './acts.ts'

type Size = 'desk' | 'phone'
const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
const shots = join(projectRoot(), '.cache', 'journeys')
/** How long a person would look at a page that does not show what was promised; generous, for slow machines. */
const patience = 20_000

/** A real browser before the real server: the small world of the stories, listening, with a window for each of its people. */
export interface Story {
  readonly world: World
  /** The window of this person, signed in through the form; an account has one at a time, so another size closes the first. */
  at(login: string, size?: Size): Promise<Page>
  /** A window of nobody. */
  window(size?: Size): Promise<Page>
  /** From now on this person signs in with this password. */
  remember(login: string, password: string): void
  password(login: string): string
  /** So many days go by, jobs running on each; everybody has gone home, so every window is closed. */
  later(days: number): Promise<void>
  /** One scene. When it fails it names what it waited for, what each window showed, and leaves a picture of each. */
  scene(title: string, body: () => Promise<void>, seconds?: number): void
}

interface Open {
  readonly page: Page
  readonly context: BrowserContext
  readonly size: Size
}

/** Sets the stage before the first scene of the file and clears it after the last. */
export function story(prepare: (world: World) => Promise<void> = async () => undefined): Story {
  let set: World
  let browser: Browser
  let address: string
  const windows = new Map<string, Open>()
  const passwords = new Map<string, string>()
  /** Who took part in the running scene. */
  const taking = new Set<string>()
  const complaints: string[] = []
  beforeAll(async () => {
    mkdirSync(shots, { recursive: true })
    set = await world()
    await prepare(set)
    address = await set.app.http.listen({ host: '127.0.0.1', port: 0 })
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags })
  })
  const closeAll = async () => {
    await Promise.all([...windows.values()].map(({ context }) => context.close()))
    windows.clear()
  }
  afterAll(async () => {
    await closeAll()
    await browser.close()
    await set.close()
  })
  const open = async (login: string, size: Size): Promise<Page> => {
    taking.add(login)
    const context = await browser.newContext({ viewport: sizes[size], locale: 'zh-CN', timezoneId: 'Asia/Shanghai', acceptDownloads: true, hasTouch: size === 'phone' })
    const page = await context.newPage()
    page.setDefaultTimeout(patience)
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => message.type() === 'error' && /Content Security|is not a function|undefined/.test(message.text()) && complaints.push(message.text()))
    windows.set(login, { page, context, size })
    await page.goto(address)
    return page
  }
  const password = (login: string) => passwords.get(login) ?? castPassword
  const at = async (login: string, size: Size = 'desk') => {
    taking.add(login)
    const there = windows.get(login)
    if (there?.size === size) return there.page
    await there?.context.close()
    const page = await open(login, size)
    await signIn(page, login, password(login))
    return page
  }
  return {
    get world() {
      return set
    },
    at,
    window: (size = 'desk') => open('somebody', size),
    password,
    remember: (login, password) => void passwords.set(login, password),
    later: async (days) => {
      await closeAll()
      for (let day = 0; day < days; day++) {
        set.advance({ days: 1 })
        await set.runJobs()
      }
    },
    scene: (title, body, seconds = 120) =>
      it(title, { timeout: seconds * 1000 }, async () => {
        taking.clear()
        try {
          await body()
          expect(complaints, '浏览器报错').toEqual([])
        } catch (fault) {
          throw await withPictures(fault, title, [...taking].flatMap((login) => (windows.has(login) ? [{ login, page: windows.get(login)!.page }] : [])))
        }
      }),
  }
}

/** The fault with what every window showed when it happened. */
async function withPictures(fault: unknown, title: string, windows: readonly { login: string; page: Page }[]): Promise<Error> {
  const seen: string[] = []
  for (const { login, page } of windows) {
    const name = `failed-${title.slice(0, 12)}-${login}`
    await shot(page, name).catch((gone: unknown) => seen.push(`${login}: ${String(gone)}`))
    const said = await page.locator('h1, [role=dialog], [role=alert], .ant-form-item-explain-error').allInnerTexts().catch(() => ['?'])
    seen.push(`${login} ${page.url().replace(/^.*#/, '#')} ${name}.png: ${said.join(' | ').replace(/\s+/g, ' ').slice(0, 500)}`)
  }
  const error = fault instanceof Error ? fault : new Error(String(fault))
  error.message = `${error.message}\n${seen.join('\n')}`
  return error
}

/** Opens an address of the console afresh, as from a link a colleague sent. */
export async function go(page: Page, path: string): Promise<void> {
  await page.evaluate(`location.hash = ${JSON.stringify(path)}`)
  await page.reload()
}

/** Keeps a picture for whoever looks at the story. */
export const shot = (page: Page, name: string): Promise<unknown> => page.screenshot({ path: join(shots, `${name}.png`) })
