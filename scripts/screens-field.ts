/**
 * Takes the pictures of the phone from a running demo: `npx tsx scripts/screens-field.ts http://127.0.0.1:8080`.
 * 390×844 by day, by night and in large type; three of them side by side in docs/screens/field-*.png.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { credentials, launch } from '../journeys/chromium.ts'
import { go } from '../journeys/phone.ts'
import { projectRoot } from '../kernel/server/root.ts'
import { demoPassword } from '../seeds/load.ts'

const address = process.argv[2] ?? 'http://127.0.0.1:8080'
const folder = join(projectRoot(), 'docs', 'screens')

type Scene = { login: string; name: string; act: (page: Page) => Promise<unknown> }
const firstSite = async (page: Page, typed: string) => {
  await go(page, '/find')
  await page.getByLabel('查找场所').fill(typed)
  await page.locator('.f-line-site').first().click()
}

const scenes: readonly Scene[] = [
  { login: 'lin', name: 'today', act: (page) => go(page, '/') },
  { login: 'lin', name: 'map', act: (page) => go(page, '/map') },
  { login: 'lin', name: 'find', act: (page) => go(page, '/find') },
  { login: 'lin', name: 'messages', act: (page) => go(page, '/messages') },
  { login: 'lin', name: 'queue', act: (page) => go(page, '/queue') },
  { login: 'lin', name: 'me', act: (page) => go(page, '/me') },
  { login: 'lin', name: 'site', act: (page) => firstSite(page, '粮油') },
  { login: 'lin', name: 'report', act: async (page) => {
    await firstSite(page, '粮油')
    await page.getByRole('link', { name: '拍隐患' }).click()
  } },
  { login: 'lin', name: 'check', act: async (page) => {
    await firstSite(page, '粮油')
    await page.getByRole('button', { name: '开始走访' }).click()
    await page.getByRole('navigation', { name: '步骤' }).getByText('检查').click()
    await page.getByRole('radio', { name: '符合', exact: true }).first().click()
  } },
  { login: 'wang', name: 'papers', act: async (page) => {
    await go(page, '/papers')
    await page.getByText('个可用').first().waitFor({ timeout: 30_000 })
    await page.getByText('本机预留文号').scrollIntoViewIfNeeded()
  } },
  { login: 'wang', name: 'task', act: async (page) => {
    await go(page, '/')
    await page.getByRole('link', { name: '去检查' }).first().click()
  } },
  { login: 'zhao', name: 'hazard', act: async (page) => {
    await go(page, '/')
    await page.locator('.f-card-main').first().click()
  } },
  { login: 'zhao', name: 'paper', act: async (page) => {
    await go(page, '/papers')
    await page.locator('.f-card-main').first().click()
  } },
]

async function enter(browser: Browser, login: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', hasTouch: true })
  const page = await context.newPage()
  await page.goto(`${address}/field/`)
  await credentials(page, login, demoPassword)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '今日' }).waitFor({ timeout: 30_000 })
  await page.waitForTimeout(login === 'wang' ? 20_000 : 5000)
  return page
}

async function threeLooks(page: Page): Promise<Buffer> {
  const looks = [['day', false], ['night', false], ['day', true]] as const
  const pictures: Buffer[] = []
  for (const [look, large] of looks) {
    await page.evaluate(`document.documentElement.dataset.look = '${look}'; document.documentElement.toggleAttribute('data-large', ${large})`)
    await page.waitForTimeout(400)
    pictures.push(await page.screenshot())
  }
  await page.evaluate(`document.documentElement.dataset.look = 'day'; document.documentElement.toggleAttribute('data-large', false)`)
  const canvas = sharp({ create: { width: 3 * 390 + 2 * 16, height: 844, channels: 3, background: '#9aa5b1' } })
  return canvas.composite(pictures.map((input, i) => ({ input, left: i * 406, top: 0 }))).png({ palette: true, colours: 128 }).toBuffer()
}

mkdirSync(folder, { recursive: true })
const browser = await launch()
let at: { login: string; page: Page } | undefined
for (const scene of scenes) {
  if (at?.login !== scene.login) {
    await at?.page.context().close()
    at = { login: scene.login, page: await enter(browser, scene.login) }
  }
  await scene.act(at.page)
  await at.page.waitForTimeout(1200)
  await sharp(await threeLooks(at.page)).toFile(join(folder, `field-${scene.name}.png`))
  console.log(scene.name)
}
await browser.close()
