import { afterAll, beforeAll, expect, it } from 'vitest'
import { hazardRow } from '../capabilities/statistics/server/fixtures.ts'
import { castPassword } from '../house/cast.ts'
import { credentials } from './chromium.ts'
import { shot, type Stage, stage } from './stage.ts'

let set: Stage
beforeAll(async () => {
  set = await stage()
  await hazardRow(set.world, '2026-03-04')
})
afterAll(() => set.close())

it('a wall shows on when whoever hung it up is gone; a number asks who is there; its owner ends it from his desk', async () => {
  const page = await set.window()
  await page.setViewportSize({ width: 1920, height: 1080 })
  await page.goto(`${set.address}/screen/`)
  await credentials(page, 'chen', castPassword)
  await page.keyboard.press('Enter')
  const found = page.locator('[data-metric=M07] b')
  await found.filter({ hasText: '1' }).waitFor()
  await page.getByRole('button', { name: '长期展示' }).click()
  await shot(page, 'display-offer')
  await page.getByRole('button', { name: '开始长期展示' }).click()
  await page.getByRole('button', { name: '长期展示至3月12日' }).waitFor()
  await page.getByRole('button', { name: '长期展示至3月12日' }).click()
  await page.getByRole('button', { name: '续期 7 天' }).click()
  await page.getByRole('dialog', { name: '长期展示' }).waitFor({ state: 'detached' })
  // Half a day and a night later the sign-in is over.
  set.world.advance({ hours: 14 })
  await page.reload()
  await found.filter({ hasText: '1' }).waitFor()
  await hazardRow(set.world, '2026-03-04')
  await found.filter({ hasText: '2' }).waitFor()
  expect((await page.request.get(`${set.address}/api/me`)).status()).toBe(401)
  await shot(page, 'display-follows')
  await found.click()
  await page.getByRole('dialog', { name: '登录' }).waitFor()
  await shot(page, 'display-asks')

  const desk = await set.enter('chen')
  await desk.goto(`${set.address}/#/me/sessions`)
  await desk.getByText('大屏长期展示', { exact: true }).first().waitFor()
  await desk.getByText('已续期').waitFor()
  await shot(desk, 'display-sessions')
  await desk.getByRole('button', { name: '结束' }).or(desk.getByRole('button', { name: '结 束' })).click()
  await page.getByText('登录已失效').waitFor()
  await page.getByRole('button', { name: '长期展示', exact: true }).waitFor()
  expect(set.complaints).toEqual([])
}, 120_000)
