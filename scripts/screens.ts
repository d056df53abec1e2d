/**
 * Takes the pictures of the README from a running demo: `npx tsx scripts/screens.ts http://127.0.0.1:8080`.
 * Desk at 1440×900, phone at 390×844; written to docs/screens.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { credentials, launch } from '../journeys/chromium.ts'
import { projectRoot } from '../kernel/server/root.ts'
import { demoPassword } from '../seeds/load.ts'

const address = process.argv[2] ?? 'http://127.0.0.1:8080'
const folder = join(projectRoot(), 'docs', 'screens')

/** Whom to be, where to go, what to call the picture; `open` presses the first row's link. */
const pictures: readonly { login: string; path: string; name: string; phone?: boolean; open?: string }[] = [
  { login: 'chen', path: '/', name: 'home-leader' },
  { login: 'chen', path: '/map', name: 'map' },
  { login: 'chen', path: '/campaigns', name: 'campaign', open: 'tbody a[href*="/campaigns/"]' },
  { login: 'wang', path: '/', name: 'home' },
  { login: 'wang', path: '/enterprises', name: 'enterprises' },
  { login: 'wang', path: '/enterprises', name: 'enterprise', open: 'tbody a[href*="/enterprises/"]' },
  { login: 'wang', path: '/hazards?open=true', name: 'hazards' },
  { login: 'wang', path: '/hazards?overdue=true', name: 'hazard', open: 'tbody a[href*="/hazards/"]' },
  { login: 'wang', path: '/visits', name: 'visits' },
  { login: 'wang', path: '/papers', name: 'papers' },
  { login: 'wang', path: '/papers?state=SERVED', name: 'paper', open: 'tbody a[href*="/papers/"]' },
  { login: 'zhou', path: '/areas', name: 'areas' },
  { login: 'zhou', path: '/imports', name: 'imports' },
  { login: 'xu', path: '/checklists', name: 'checklists' },
  { login: 'sun', path: '/people', name: 'people' },
  { login: 'zheng', path: '/audit', name: 'audit' },
  { login: 'zheng', path: '/ledger', name: 'ledger' },
  { login: 'zhao', path: '/hazards', name: 'own-hazards' },
  { login: 'lin', path: '/', name: 'phone-home', phone: true },
  { login: 'lin', path: '/hazards', name: 'phone-hazards', phone: true },
]

async function enter(browser: Browser, login: string, phone: boolean): Promise<Page> {
  const context = await browser.newContext({ viewport: phone ? { width: 390, height: 844 } : { width: 1440, height: 900 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  const page = await context.newPage()
  await page.goto(address)
  await credentials(page, login, demoPassword)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '工作台' }).waitFor({ timeout: 30_000 })
  return page
}

mkdirSync(folder, { recursive: true })
const browser = await launch()
let at: { key: string; page: Page } | undefined
for (const picture of pictures) {
  const key = `${picture.login}${picture.phone ?? false}`
  if (at?.key !== key) {
    await at?.page.context().close()
    at = { key, page: await enter(browser, picture.login, picture.phone ?? false) }
  }
  const { page } = at
  await page.goto(`${address}/#${picture.path}`)
  await page.reload()
  await page.waitForTimeout(2500)
  if (picture.open) {
    await page.locator(`main ${picture.open}`).first().click()
    await page.waitForTimeout(2500)
  }
  await page.screenshot({ path: join(folder, `${picture.name}.png`) })
  console.log(picture.name)
}
await browser.close()
