/**
 * Takes the pictures of the big screen from a running demo: `npx tsx scripts/screens-wall.ts http://127.0.0.1:8080 [campaign id]`.
 * Day and night at 1920×1080, one with a list beside it, one letterboxed at 4:3; written to docs/screens.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { credentials, launch } from '../journeys/chromium.ts'
import { projectRoot } from '../kernel/server/root.ts'
import { demoPassword } from '../seeds/load.ts'

const address = process.argv[2] ?? 'http://127.0.0.1:8080'
const campaign = process.argv[3] ? `campaign=${process.argv[3]}&` : ''
const folder = join(projectRoot(), 'docs', 'screens')
const pictures = [
  { name: 'wall-day', query: 'night=0', width: 1920, height: 1080 },
  { name: 'wall-night', query: 'night=1', width: 1920, height: 1080 },
  { name: 'wall-list', query: 'night=0', width: 1920, height: 1080, press: '[data-metric=M15]' },
  { name: 'wall-4x3', query: 'night=0', width: 1440, height: 1080 },
] as const

mkdirSync(folder, { recursive: true })
const browser = await launch()
const page = await (await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })).newPage()
await page.goto(`${address}/screen/`)
await credentials(page, 'chen', demoPassword)
await page.keyboard.press('Enter')
await page.locator('.bs-figures').waitFor({ timeout: 60_000 })
for (const picture of pictures) {
  await page.setViewportSize({ width: picture.width, height: picture.height })
  await page.goto(`${address}/screen/?${campaign}${picture.query}`)
  await page.locator('.bs-figures').waitFor({ timeout: 60_000 })
  await page.waitForTimeout(2500)
  if ('press' in picture) {
    await page.locator(picture.press).click()
    await page.locator('.bs-sheet tbody tr[data-row-key]').first().waitFor({ timeout: 60_000 })
    await page.waitForTimeout(1000)
  }
  await page.screenshot({ path: join(folder, `${picture.name}.png`) })
  console.log(picture.name)
}
await browser.close()
