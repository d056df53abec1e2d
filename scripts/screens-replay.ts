/**
 * Takes pictures of a replayed database, its clock at the night action:
 *   npx tsx scripts/screens-replay.ts --database postgres://… --data folder [--out docs/replay] [--at 2020-02-29T00:50] [--page screen=/screen/ …]
 * 1920×1080 for the desk, the public page in its own length. Build the pages first (npm start does).
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { credentials, launch } from '../journeys/chromium.ts'
import { addDays, instantOf } from '../kernel/core/time.ts'
import { projectRoot } from '../kernel/server/root.ts'
import { startServer } from '../seeds/replay/channel.ts'
import { keyOf } from '../seeds/replay/client.ts'
import { folderOf } from '../seeds/replay/replay.ts'
import { replayPassword } from '../seeds/replay/registry.ts'
import { LEADER, nightDate, nightId, PLANNER } from '../seeds/replay/setup.ts'

const { values } = parseArgs({
  options: {
    scale: { type: 'string', default: '1' }, database: { type: 'string', default: process.env.DATABASE_URL ?? '' }, data: { type: 'string' }, out: { type: 'string', default: join(projectRoot(), 'docs', 'replay') },
    at: { type: 'string', default: `${addDays(nightDate, 1)}T00:50` }, login: { type: 'string', default: LEADER }, page: { type: 'string', multiple: true, default: [`screen=/screen/?campaign=${nightId}`, 'screen-year=/screen/', 'home=/#/', `night-board=/#/campaigns/${nightId}/board`, `night=/#/campaigns/${nightId}`] }, wait: { type: 'string', default: '6000' },
  },
})
const size = { width: 1920, height: 1080 }

async function enter(browser: Browser, address: string, login: string): Promise<Page> {
  const context = await browser.newContext({ viewport: size, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  const page = await context.newPage()
  await page.goto(address)
  await credentials(page, login, replayPassword)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '工作台' }).waitFor({ timeout: 60_000 })
  return page
}

async function shoot(page: Page, url: string, name: string, fullPage = false): Promise<void> {
  await page.goto(url)
  await page.reload()
  await page.waitForTimeout(Number(values.wait))
  await page.screenshot({ path: join(values.out, `${name}.png`), fullPage })
  console.log(name)
}

/** The number on the snapshot's page with its frozen list open beside it. */
async function shootList(page: Page, address: string): Promise<void> {
  await page.goto(`${address}/#/snapshots/${keyOf('snapshot whole')}`)
  await page.reload()
  await page.getByRole('button', { name: /宗$/ }).first().click()
  await page.waitForTimeout(Number(values.wait))
  await page.screenshot({ path: join(values.out, 'list.png') })
  console.log('list')
}

mkdirSync(values.out, { recursive: true })
const dataDir = values.data ?? join(projectRoot(), '.cache', 'replay', folderOf(Number(values.scale), values.database))
const server = await startServer({ REPLAY_DATA: dataDir, REPLAY_SCALE: values.scale, REPLAY_FIRST: '', DATABASE_URL: values.database })
const browser = await launch()
try {
  const address = `http://127.0.0.1:${server.port}`
  await server.ask({ ask: 'clock', to: instantOf(values.at.slice(0, 10), values.at.slice(11)).toISOString() })
  const leader = await enter(browser, address, values.login)
  for (const one of values.page) {
    const [name, path] = [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)]
    await shoot(leader, `${address}${path}`, name)
  }
  // The briefing was published after the night.
  await server.ask({ ask: 'clock', to: instantOf(addDays(nightDate, 8), '09:00').toISOString() })
  const writer = await enter(browser, address, PLANNER)
  await shootList(writer, address)
  await shoot(writer, `${address}/#/briefings/${keyOf('briefing')}`, 'briefing-desk')
  const reader = await (await browser.newContext({ viewport: { width: 1100, height: 900 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })).newPage()
  await shoot(reader, `${address}/public/briefings/${keyOf('briefing')}`, 'briefing', true)
} finally {
  await browser.close()
  await server.stop()
}
