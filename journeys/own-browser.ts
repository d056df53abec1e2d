import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { type Browser, chromium, type Page } from 'playwright-core'
import { executable, flags } from './chromium.ts'
import { patience, sizes } from './stage.ts'

/** A browser with a profile of its own that may be killed like a phone whose battery is pulled out, and opened again. */
export interface OwnBrowser {
  readonly page: Page
  /** SIGKILL to the browser and everything it started. */
  kill(): Promise<void>
  /** As a person closes it: everything is written first. */
  close(): Promise<void>
}

const alive = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of alive) end(child, 'SIGKILL')
})

function end(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid) process.kill(-child.pid, signal)
  } catch (gone) {
    if ((gone as NodeJS.ErrnoException).code !== 'ESRCH') throw gone
  }
}

export async function ownBrowser(profile: string, more: readonly string[] = []): Promise<OwnBrowser> {
  const { width, height } = sizes.phone
  const child = spawn(executable, [...flags, '--headless=new', `--user-data-dir=${profile}`, `--window-size=${width},${height}`, '--remote-debugging-port=0', '--lang=zh-CN', ...more, 'about:blank'], { detached: true, stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, TZ: 'Asia/Shanghai' } })
  alive.add(child)
  const gone = new Promise<void>((done) => child.once('exit', () => {
    alive.delete(child)
    done()
  }))
  const browser = await connected(child)
  const context = browser.contexts()[0]
  if (!context) throw new Error('no window')
  const page = context.pages()[0] ?? (await context.newPage())
  // Killed and started again and again, beside a server that is too: slower than a page that stays.
  page.setDefaultTimeout(3 * patience)
  await page.setViewportSize({ width, height })
  return {
    page,
    kill: async () => {
      end(child, 'SIGKILL')
      await gone
    },
    close: async () => {
      const cdp = await browser.newBrowserCDPSession()
      await cdp.send('Browser.close').catch(() => undefined)
      await gone
    },
  }
}

async function connected(child: ChildProcess): Promise<Browser> {
  const lines = createInterface({ input: child.stderr! })
  for await (const line of lines) {
    const address = /DevTools listening on (ws:\S+)/.exec(line)?.[1]
    if (!address) continue
    // Whatever it complains of later must not fill the pipe.
    lines.close()
    child.stderr!.resume()
    return chromium.connectOverCDP(address, { timeout: 60_000 })
  }
  throw new Error('the browser did not start')
}
