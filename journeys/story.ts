import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { castPassword } from '../house/cast.ts'
import { type World } from '../house/world.ts'
import { signIn } from './acts.ts'
import { type Size, type Stage, shot, stage } from './stage.ts'

/** A story in scenes on one stage, with a window for each of its people. */
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
  readonly size: Size
}

/** Sets the stage before the first scene of the file and clears it after the last. */
export function story(prepare: (world: World) => Promise<void> = async () => undefined): Story {
  let set: Stage
  const windows = new Map<string, Open>()
  const passwords = new Map<string, string>()
  /** Who took part in the running scene. */
  const taking = new Set<string>()
  beforeAll(async () => {
    set = await stage()
    await prepare(set.world)
  })
  afterAll(() => set.close())
  const open = async (login: string, size: Size): Promise<Page> => {
    taking.add(login)
    const page = await set.window(size)
    windows.set(login, { page, size })
    return page
  }
  const password = (login: string) => passwords.get(login) ?? castPassword
  return {
    get world() {
      return set.world
    },
    password,
    remember: (login, word) => void passwords.set(login, word),
    window: (size = 'desk') => open('somebody', size),
    at: async (login, size = 'desk') => {
      taking.add(login)
      const there = windows.get(login)
      if (there?.size === size) return there.page
      await there?.page.context().close()
      const page = await open(login, size)
      await signIn(page, login, password(login))
      return page
    },
    later: async (days) => {
      await Promise.all([...windows.values()].map(({ page }) => page.context().close()))
      windows.clear()
      for (let day = 0; day < days; day++) {
        set.world.advance({ days: 1 })
        await set.world.runJobs()
      }
    },
    scene: (title, body, seconds = 120) =>
      it(title, { timeout: seconds * 1000 }, async () => {
        taking.clear()
        try {
          await body()
          expect(set.complaints, '浏览器报错').toEqual([])
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
