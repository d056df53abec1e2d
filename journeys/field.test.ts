import { createHash } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { operations as enterprise } from '../capabilities/enterprise/operations.ts'
import { withChecklists } from '../capabilities/visit/server/fixtures.ts'
import { castPassword, ids } from '../house/cast.ts'
import { photo } from './acts.ts'
import { type Line, line } from './line.ts'
import { enter, go, phone, send, settled, signInAgain, signOut, thumb } from './phone.ts'
import { beginReport, finding, report } from './phone-acts.ts'
import { type Stage, stage } from './stage.ts'

/** People with phones at 390×844 and a line that really breaks. */
let set: Stage
let wire: Line
beforeAll(async () => {
  set = await stage()
  await withChecklists(set.world)
  wire = await line(set.address)
})
afterAll(async () => {
  await wire.close()
  await set.close()
})

beforeEach(() => wire.mend())

/** Signed in through the line that breaks, with everything there. */
async function lin(): Promise<Page> {
  const page = await phone(set, wire.address, 'lin')
  await settled(page)
  return page
}

const rows = <T>(work: Promise<T>): Promise<T> => work
const db = () => set.world.app.db.all

describe('the phone', () => {
  it('opens without a line in under a second, as the person who was in', async () => {
    const page = await lin()
    await go(page, '/')
    await page.context().setOffline(true)
    wire.cut()
    const times: number[] = []
    for (let i = 0; i < 3; i++) {
      await page.reload()
      await page.getByRole('heading', { name: '今日' }).waitFor()
      // The page's own clock since it was asked for: the test's remote control is no part of it.
      times.push(Math.round((await page.evaluate('performance.now()')) as number))
    }
    const took = Math.min(...times)
    console.log(`field: offline reload ${took} ms`)
    expect(took).toBeLessThan(1000)
    await page.getByText('离线').first().waitFor()
    wire.mend()
    expect(set.complaints).toEqual([])
  })

  it('a patrol made without a line, left and taken up again, arrives exactly once although replies are lost', async () => {
    const page = await lin()
    wire.cut()
    await go(page, `/site/${ids.site}`)
    await page.getByRole('button', { name: '开始走访' }).click()
    await page.getByText('网格巡查').first().waitFor()
    await finding(page, '配电箱前堆放纸箱', '门口')
    // Days later, in the same basement.
    await page.reload()
    await go(page, '/')
    await page.locator('.f-card-draft a').first().click()
    await page.getByRole('navigation', { name: '步骤' }).getByText('办结').click()
    await page.getByText('配电箱前堆放纸箱').waitFor()
    await page.locator('.f-foot').getByRole('button', { name: '办结' }).click()
    await page.getByRole('heading', { name: '今日' }).waitFor()
    await page.getByText(/1条待发/).first().waitFor()
    wire.loseReplies(4)
    wire.mend()
    await send(page)
    await page.getByText('近 30 天已送达 1 件').waitFor({ timeout: 60_000 })
    expect(wire.lost()).toBe(4)
    const visits = await rows(db().selectFrom('visit').select(['id', 'kind', 'state']).where('site_id', '=', ids.site).execute())
    expect(visits).toMatchObject([{ kind: 'PATROL', state: 'DONE' }])
    const hazards = await rows(db().selectFrom('hazard').select(['id', 'description', 'state']).where('site_id', '=', ids.site).execute())
    expect(hazards).toMatchObject([{ description: '配电箱前堆放纸箱' }])
    // Byte by byte what lay on the phone: the hash it made before sending is that of the stored original.
    const [stored] = await rows(db().selectFrom('attachment').select(['id', 'sha256']).execute())
    const original = await page.evaluate(`fetch('../api/attachments/${stored!.id}/original').then((r) => r.arrayBuffer()).then((b) => Array.from(new Uint8Array(b)))`)
    expect(createHash('sha256').update(Buffer.from(original as number[])).digest('hex')).toBe(stored!.sha256)
    expect(set.complaints).toEqual([])
  }, 120_000)

  it('a hazard with its picture takes at most six taps and twenty seconds, without typing', async () => {
    const page = await lin()
    await go(page, '/')
    const hand = thumb()
    await hand.tap(page.getByRole('link', { name: '拍隐患' }).first())
    await hand.tap(page.locator('.f-line-site').first())
    const picture = await photo()
    await page.locator('.f-shoot input').setInputFiles(picture)
    // The shutter and "use this picture" of the camera itself.
    hand.elsewhere(2)
    await page.locator('.f-thumb img').waitFor()
    await hand.tap(page.locator('.f-guess').first())
    await hand.tap(page.getByRole('button', { name: '上报', exact: true }))
    await page.getByText('已存').waitFor()
    const seconds = hand.seconds()
    console.log(`field: hazard with photo, ${hand.taps()} taps, ${seconds.toFixed(1)} s`)
    expect(hand.taps()).toBeLessThanOrEqual(6)
    expect(seconds).toBeLessThan(20)
    await go(page, '/queue')
    await page.getByText(/近 30 天已送达/).waitFor({ timeout: 30_000 })
    expect(set.complaints).toEqual([])
  }, 60_000)

  it('a locked door is a picture and two answers', async () => {
    const page = await lin()
    await go(page, `/site/${ids.site}`)
    const hand = thumb()
    await hand.tap(page.getByRole('button', { name: '开始走访' }))
    await hand.tap(page.getByRole('radio', { name: '锁门' }))
    await page.locator('.f-shoot input').setInputFiles(await photo())
    hand.elsewhere(2)
    // Nobody presses on before the picture stands there.
    await page.locator('.f-thumb img').first().waitFor()
    await hand.tap(page.locator('.f-foot').getByRole('button', { name: '办结' }))
    await page.getByRole('heading', { name: '今日' }).waitFor()
    console.log(`field: locked door, ${hand.taps()} taps, ${hand.seconds().toFixed(1)} s`)
    expect(hand.taps()).toBeLessThanOrEqual(6)
    await go(page, '/queue')
    await page.getByText('网格巡查').first().waitFor()
    await expect.poll(async () => (await rows(db().selectFrom('visit').select('outcome').where('outcome', '=', 'LOCKED').execute())).length, { timeout: 20_000 }).toBe(1)
  }, 60_000)

  it('never shows one person what another has on this phone, and sends nothing in another name', async () => {
    const page = await lin()
    await page.getByText(/场所 [1-9]/).waitFor()
    wire.cut()
    // Another spot than before: the same one would be the same hazard seen twice.
    await report(page, ids.site, '货物压住消火栓', '仓库')
    const before = await rows(db().selectFrom('hazard').select('id').execute())
    await signOut(page, /1 件没有发出/)
    wire.mend()
    await enter(page, 'zheng')
    await settled(page)
    await page.getByText(/场所 0/).waitFor()
    await page.getByText('都已送达').waitFor()
    expect(await rows(db().selectFrom('hazard').select('id').execute())).toHaveLength(before.length)
    // Lin comes back to the same phone: what waited goes, in her name.
    await signOut(page)
    await enter(page, 'lin')
    await expect.poll(async () => (await rows(db().selectFrom('hazard').select('id').execute())).length, { timeout: 20_000 }).toBe(before.length + 1)
  }, 90_000)

  it('a session that ended loses nothing: the line says so, the person signs in, what waited goes', async () => {
    const page = await lin()
    await page.context().clearCookies()
    await report(page, ids.site, '地面有油污', '车间')
    await page.getByText('登录已失效').first().waitFor()
    expect(await rows(db().selectFrom('hazard').select('id').where('description', '=', '地面有油污').execute())).toHaveLength(0)
    await signInAgain(page, castPassword)
    await expect.poll(async () => (await rows(db().selectFrom('hazard').select('id').where('description', '=', '地面有油污').execute())).length, { timeout: 20_000 }).toBe(1)
    expect(set.complaints).toEqual([])
  }, 60_000)

  it('a refused command is shown with its reason, stays, and blocks nobody', async () => {
    const page = await lin()
    wire.cut()
    await go(page, `/site/${ids.site}`)
    await page.getByRole('button', { name: '登记经营状态' }).click()
    await page.getByRole('radio', { name: '登记自行停产' }).click()
    await page.getByLabel('情况').fill('大门紧闭，门卫说放假')
    await page.getByRole('button', { name: '登记', exact: true }).click()
    await page.getByText('已存').waitFor()
    // Meanwhile somebody at a desk has said the same.
    const firm = await set.world.as('wang').do(enterprise.get, { id: ids.enterprise })
    await set.world.as('wang').do(enterprise.setState, { id: ids.enterprise, baseVersion: firm.version, state: 'VOLUNTARY_STOP', reason: '电话核实停产' })
    await beginReport(page, ids.site, '围墙开裂')
    await page.getByRole('button', { name: '上报', exact: true }).click()
    await page.waitForURL(/#\/site\//)
    wire.mend()
    await send(page)
    await page.getByText('被退回').first().waitFor({ timeout: 30_000 })
    await page.locator('.f-refusal', { hasText: /已经是|改过/ }).first().waitFor()
    await expect.poll(async () => (await rows(db().selectFrom('hazard').select('id').where('description', '=', '围墙开裂').execute())).length, { timeout: 20_000 }).toBe(1)
    await page.getByText('需要处理').first().waitFor()
    await page.getByRole('button', { name: '以现在的为准' }).click()
    await page.getByText('已搁置').waitFor()
  }, 60_000)
})
