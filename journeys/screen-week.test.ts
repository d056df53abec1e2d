import type { CDPSession } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { campaignRow, hazardRow, there, visited } from '../capabilities/statistics/server/fixtures.ts'
import type { ScreenAnswer } from '../capabilities/statistics/screen.ts'
import { castPassword } from '../house/cast.ts'
import { credentials } from './chromium.ts'
import { type Stage, stage } from './stage.ts'

/**
 * A wall that hangs for a week: some thousand pictures, each with other numbers, findings, teams and points, and afterwards as
 * much memory as before. The answers are the server's own, with moved numbers.
 */
const UPDATES = 2000
const WARM = 300

let set: Stage
let id = ''
beforeAll(async () => {
  set = await stage()
  id = await campaignRow(set.world, '三月夜查', '2026-03-04')
  await visited(set.world, '2026-03-04T13:00:00Z', { campaign_id: id })
  for (let i = 0; i < 8; i++) await hazardRow(set.world, '2026-03-04', { campaign_id: id, ...(i % 2 ? there : {}) })
})
afterAll(() => set.close())

/**
 * Runs in the page: from now on each question is answered by the server's own answer with everything moved, as after the n-th record
 * of the week, and a second of the wall passes as fast as it can draw.
 */
const wind = (whole: ScreenAnswer) => `{
  const whole = ${JSON.stringify(whole)}
  const tag = (n, i) => (n * 1000 + i).toString(16).padStart(12, '0')
  const moved = (n) => {
    const parts = JSON.parse(JSON.stringify(whole.parts))
    for (const figure of parts.figures) if (figure.value !== null) figure.value = n % 100000
    parts.stream.forEach((finding, i) => Object.assign(finding, { id: '00000000-0000-7000-8000-' + tag(n, i), description: '第 ' + n + ' 次发现' }))
    parts.map.rows = Array.from({ length: 200 + (n % 50) }, (_, i) => ({ id: '00000000-0000-7000-9000-' + tag(n, i), name: '场所' + n, lon: 114 + i / 1000, lat: 22.5 + ((i * 7) % 90) / 1000, open: 1 + (n % 5), late: i % 3, major: i % 40 ? 0 : 1 }))
    for (const row of parts.trend.rows) row.found = n % 40
    for (const row of parts.streets) Object.assign(row, { open: n % 30, late: n % 7 })
    return { at: new Date(Date.parse(whole.at) + n * 1000).toISOString(), tags: whole.tags.map((_, i) => tag(n, i)), parts }
  }
  window.pictures = 0
  const ask = window.fetch
  window.fetch = (url, init) => (String(url).includes('/statistics/screen') ? Promise.resolve(new Response(JSON.stringify(moved(++window.pictures)))) : ask(url, init))
  const later = window.setTimeout
  window.setTimeout = (run, ms, ...more) => later(run, ms === 1000 ? 0 : ms, ...more)
}`

/** The least of several looks after a collection: what belongs to the picture that is just being drawn is no growth. */
async function weigh(cdp: CDPSession): Promise<{ heap: number; nodes: number }> {
  const least = { heap: Infinity, nodes: Infinity }
  for (let i = 0; i < 8; i++) {
    await cdp.send('HeapProfiler.collectGarbage')
    const { usedSize } = (await cdp.send('Runtime.getHeapUsage')) as { usedSize: number }
    const { nodes } = (await cdp.send('Memory.getDOMCounters')) as { nodes: number }
    Object.assign(least, { heap: Math.min(least.heap, usedSize), nodes: Math.min(least.nodes, nodes) })
  }
  return least
}

it('lives through a week of pictures without growing', async () => {
  const page = await set.window()
  // Small, so that the time goes into pictures and not into dots.
  await page.setViewportSize({ width: 480, height: 270 })
  await page.goto(`${set.address}/screen/?campaign=${id}`)
  await credentials(page, 'he', castPassword)
  await page.keyboard.press('Enter')
  await page.locator('[data-metric=M07] b', { hasText: '8' }).waitFor()
  const whole = (await (await page.request.get(`${set.address}/api/statistics/screen?campaignId=${id}`)).json()) as ScreenAnswer
  const cdp = await page.context().newCDPSession(page)
  await page.evaluate(wind(whole))
  const count = () => page.evaluate<number>('window.pictures')
  const until = (updates: number) => expect.poll(count, { timeout: 300_000, interval: 500 }).toBeGreaterThan(updates)
  await until(WARM)
  const before = await weigh(cdp)
  const began = Date.now()
  await until(WARM + UPDATES)
  const after = await weigh(cdp)
  console.log(`screen: ${UPDATES} pictures in ${((Date.now() - began) / 1000).toFixed(0)} s, heap ${(before.heap / 1e6).toFixed(1)} → ${(after.heap / 1e6).toFixed(1)} MB, nodes ${before.nodes} → ${after.nodes}`)
  expect(after.heap).toBeLessThan(before.heap + 1_500_000)
  expect(after.nodes).toBeLessThan(before.nodes + 500)
  expect(set.complaints).toEqual([])
}, 420_000)
