import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { approved, withChecklists, yc } from '../capabilities/visit/server/fixtures.ts'
import { photo } from './acts.ts'
import { type Phone, phoneOf, settled, type Thumb, thumb } from './phone.ts'
import { signAll } from './phone-acts.ts'
import { shot, type Stage, stage } from './stage.ts'

/** A whole inspection of forty items with three findings, in taps and seconds, as it is done at a firm: law's duties, photos, signatures. */
let set: Stage
let wang: Phone
let task: string
beforeAll(async () => {
  set = await stage()
  await withChecklists(set.world)
  task = (await approved(set.world)).id
  wang = await phoneOf(set, 'wang')
  await settled(wang.page)
})
afterAll(async () => {
  await wang?.wire.close()
  await set?.close()
})

/** 不符合, picture (the camera's own shutter and 使用照片), where, done: the rest is filled in from the item. */
async function finding(page: Page, hand: Thumb, item: ReturnType<Page['locator']>): Promise<void> {
  await hand.tap(item.getByRole('radio', { name: '不符合' }))
  const sheet = page.locator('.f-sheet')
  await sheet.locator('input[type=file]').first().setInputFiles(await photo())
  hand.elsewhere(2)
  await sheet.locator('.f-thumb img').first().waitFor()
  await hand.tap(sheet.getByRole('button', { name: '车间' }))
  await hand.tap(sheet.getByRole('button', { name: '记下隐患' }))
  await sheet.waitFor({ state: 'hidden' })
}

describe('forty items with three findings', () => {
  it('take fewer taps than items and findings, signatures of both sides with them; everything arrives', async () => {
    const { page, go } = wang
    await go('/')
    await page.locator('.f-card').first().waitFor()
    const hand = thumb()
    await hand.tap(page.getByRole('link', { name: '去检查' }).first())
    await hand.tap(page.getByRole('button', { name: '到场开始' }))
    for (const word of ['已出示', '已告知']) await hand.tap(page.getByRole('button', { name: word }))
    while ((await page.getByRole('button', { name: '声明无利害关系' }).count()) > 0) await hand.tap(page.getByRole('button', { name: '声明无利害关系' }).first())
    const foot = page.locator('.f-foot')
    await hand.tap(foot.getByRole('button', { name: '开始检查' }))
    const categories = new Set(yc.items.map((item) => item.category)).size
    for (let at = 0; at < categories; at++) {
      if (at < 3) await finding(page, hand, page.locator('.f-item').filter({ hasNotText: /重大项|立即停用项/ }).first())
      await hand.tap(page.getByRole('button', { name: /本类其余均符合/ }))
      if (at === 0) await shot(page, 'field-40-items')
      await hand.tap(foot.getByRole('button', { name: at < categories - 1 ? '下一类' : '去办结' }))
    }
    const answering = hand.taps()
    await page.getByLabel('企业人员姓名').fill('冯立勤')
    await signAll(page, 3, (button) => {
      hand.elsewhere(1)
      return hand.tap(button)
    })
    await shot(page, 'field-40-finish')
    await hand.tap(foot.getByRole('button', { name: '办结' }))
    await page.getByRole('heading', { name: '本次文书' }).waitFor()
    console.log(`field: ${yc.items.length} items with 3 findings, ${hand.taps()} taps (${answering} before signing), ${hand.seconds().toFixed(1)} s`)
    expect(yc.items).toHaveLength(40)
    expect(hand.taps()).toBeLessThanOrEqual(50)
    await wang.sync()
    const row = () => set.world.app.db.all.selectFrom('visit').select('state').where('id', '=', task).executeTakeFirst()
    await expect.poll(async () => (await row())?.state, { timeout: 30_000 }).toBe('DONE')
    const { rows } = await set.world.app.db.pool.query('select (select count(*)::int from visit_answer where visit_id = $1) as answers, (select count(*)::int from visit_answer where visit_id = $1 and by_rest) as rest, (select count(*)::int from hazard where source_id = $1) as hazards', [task])
    expect(rows[0]).toEqual({ answers: 40, rest: 37, hazards: 3 })
    expect(set.complaints).toEqual([])
  }, 120_000)
})
