import { createHash } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ensureShipped } from '../capabilities/checklist/server/public.ts'
import { operations as enterprise } from '../capabilities/enterprise/operations.ts'
import { ids } from '../house/cast.ts'
import { castPassword } from '../house/world.ts'
import { photo } from './acts.ts'
import { type Line, line } from './line.ts'
import { type Stage, stage } from './stage.ts'

/** People with phones at 390×844 and a line that really breaks. */
let set: Stage
let wire: Line
beforeAll(async () => {
  set = await stage()
  await set.world.app.db.transaction((tx) => ensureShipped(tx, set.world.app.clock.now()))
  wire = await line(set.address)
})
afterAll(async () => {
  await wire.close()
  await set.close()
})

beforeEach(() => wire.mend())

async function phone(login: string): Promise<Page> {
  const page = await set.window('phone')
  await page.goto(`${wire.address}/field/`)
  await page.getByLabel('账号').fill(login)
  await page.getByLabel('口令', { exact: true }).fill(castPassword)
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByRole('heading', { name: '今日' }).waitFor()
  return page
}

const go = (page: Page, path: string) => page.evaluate(`location.hash = ${JSON.stringify(`#${path}`)}`)

/** Until the worker keeps the page and the working set has come. */
async function settled(page: Page): Promise<void> {
  await page.evaluate('navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller ? 0 : new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done)))')
  await go(page, '/queue')
  await page.getByText(/上次同步/).waitFor()
}

const rows = <T>(work: Promise<T>): Promise<T> => work
const db = () => set.world.app.db.all

describe('the phone', () => {
  it('opens without a line in under a second, as the person who was in', async () => {
    const page = await phone('lin')
    await settled(page)
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
    const page = await phone('lin')
    await settled(page)
    wire.cut()
    await go(page, `/site/${ids.site}`)
    await page.getByRole('button', { name: '开始走访' }).click()
    await page.getByText('网格巡查').first().waitFor()
    await page.getByRole('button', { name: /拍隐患/ }).click()
    const sheet = page.locator('.f-sheet')
    await sheet.locator('input[type=file]').setInputFiles(await photo())
    await sheet.locator('.f-thumb img').waitFor()
    await sheet.getByLabel('看到什么').fill('配电箱前堆放纸箱')
    await sheet.getByRole('button', { name: /都不是/ }).click()
    await sheet.getByRole('button', { name: '门口' }).click()
    await sheet.getByRole('button', { name: '记下隐患' }).click()
    await sheet.waitFor({ state: 'hidden' })
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
    await go(page, '/queue')
    await page.getByRole('button', { name: '现在同步' }).click()
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
    const page = await phone('lin')
    await settled(page)
    await go(page, '/')
    let taps = 0
    const tap = async (what: ReturnType<Page['locator']>) => {
      taps++
      await what.click()
    }
    const began = Date.now()
    await tap(page.getByRole('link', { name: '拍隐患' }).first())
    await tap(page.locator('.f-line-site').first())
    const picture = await photo()
    await page.locator('.f-shoot input').setInputFiles(picture)
    // The shutter and "use this picture" of the camera itself.
    taps += 2
    await page.locator('.f-thumb img').waitFor()
    await tap(page.locator('.f-guess').first())
    await tap(page.getByRole('button', { name: '上报', exact: true }))
    await page.getByText('已存').waitFor()
    const seconds = (Date.now() - began) / 1000
    console.log(`field: hazard with photo, ${taps} taps, ${seconds.toFixed(1)} s`)
    expect(taps).toBeLessThanOrEqual(6)
    expect(seconds).toBeLessThan(20)
    await go(page, '/queue')
    await page.getByText(/近 30 天已送达/).waitFor({ timeout: 30_000 })
    expect(set.complaints).toEqual([])
  }, 60_000)

  it('a locked door is a picture and two answers', async () => {
    const page = await phone('lin')
    await settled(page)
    await go(page, `/site/${ids.site}`)
    let taps = 0
    const tap = async (what: ReturnType<Page['locator']>) => {
      taps++
      await what.click()
    }
    const began = Date.now()
    await tap(page.getByRole('button', { name: '开始走访' }))
    await tap(page.getByRole('radio', { name: '锁门' }))
    await page.locator('.f-shoot input').setInputFiles(await photo())
    taps += 2
    // Nobody presses on before the picture stands there.
    await page.locator('.f-thumb img').first().waitFor()
    await tap(page.locator('.f-foot').getByRole('button', { name: '办结' }))
    await page.getByRole('heading', { name: '今日' }).waitFor()
    console.log(`field: locked door, ${taps} taps, ${((Date.now() - began) / 1000).toFixed(1)} s`)
    expect(taps).toBeLessThanOrEqual(6)
    await go(page, '/queue')
    await page.getByText('网格巡查').first().waitFor()
    await expect.poll(async () => (await rows(db().selectFrom('visit').select('outcome').where('outcome', '=', 'LOCKED').execute())).length, { timeout: 20_000 }).toBe(1)
  }, 60_000)

  it('never shows one person what another has on this phone, and sends nothing in another name', async () => {
    const page = await phone('lin')
    await settled(page)
    await page.getByText(/场所 [1-9]/).waitFor()
    wire.cut()
    await go(page, `/report/${ids.site}`)
    await page.locator('.f-shoot input').setInputFiles(await photo())
    await page.locator('.f-thumb img').waitFor()
    await page.locator('.f-guess').first().click()
    // Another spot than before: the same one would be the same hazard seen twice.
    await page.getByRole('button', { name: '仓库' }).click()
    await page.getByRole('button', { name: '上报', exact: true }).click()
    await page.getByText('已存').waitFor()
    const before = await rows(db().selectFrom('hazard').select('id').execute())
    await go(page, '/me')
    await page.getByRole('button', { name: '退出登录' }).click()
    await page.locator('.adm-dialog').getByText(/1 件没有发出/).waitFor()
    await page.locator('.adm-dialog').getByText('退出', { exact: true }).click()
    wire.mend()
    await page.getByLabel('账号').waitFor()
    await page.getByLabel('账号').fill('zheng')
    await page.getByLabel('口令', { exact: true }).fill(castPassword)
    await page.getByRole('button', { name: '登录' }).click()
    await settled(page)
    await page.getByText(/场所 0/).waitFor()
    await page.getByText('都已送达').waitFor()
    expect(await rows(db().selectFrom('hazard').select('id').execute())).toHaveLength(before.length)
    // Lin comes back to the same phone: what waited goes, in her name.
    await go(page, '/me')
    await page.getByRole('button', { name: '退出登录' }).click()
    await page.locator('.adm-dialog').getByText('退出', { exact: true }).click()
    await page.getByLabel('账号').fill('lin')
    await page.getByLabel('口令', { exact: true }).fill(castPassword)
    await page.getByRole('button', { name: '登录' }).click()
    await expect.poll(async () => (await rows(db().selectFrom('hazard').select('id').execute())).length, { timeout: 20_000 }).toBe(before.length + 1)
  }, 90_000)

  it('a session that ended loses nothing: the line says so, the person signs in, what waited goes', async () => {
    const page = await phone('lin')
    await settled(page)
    await page.context().clearCookies()
    await go(page, `/report/${ids.site}`)
    await page.locator('.f-shoot input').setInputFiles(await photo())
    await page.locator('.f-thumb img').waitFor()
    await page.getByLabel('看到什么').fill('地面有油污')
    await page.getByRole('button', { name: /都不是/ }).click()
    await page.getByRole('button', { name: '车间' }).click()
    await page.getByRole('button', { name: '上报', exact: true }).click()
    await page.getByRole('button', { name: '重新登录' }).click()
    expect(await rows(db().selectFrom('hazard').select('id').where('description', '=', '地面有油污').execute())).toHaveLength(0)
    await page.getByLabel('口令', { exact: true }).fill(castPassword)
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await rows(db().selectFrom('hazard').select('id').where('description', '=', '地面有油污').execute())).length, { timeout: 20_000 }).toBe(1)
    expect(set.complaints).toEqual([])
  }, 60_000)

  it('a refused command is shown with its reason, stays, and blocks nobody', async () => {
    const page = await phone('lin')
    await settled(page)
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
    await go(page, `/report/${ids.site}`)
    await page.locator('.f-shoot input').setInputFiles(await photo())
    await page.locator('.f-thumb img').waitFor()
    await page.getByLabel('看到什么').fill('围墙开裂')
    await page.getByRole('button', { name: /都不是/ }).click()
    await page.getByRole('button', { name: '上报', exact: true }).click()
    await page.waitForURL(/#\/site\//)
    wire.mend()
    await go(page, '/queue')
    await page.getByRole('button', { name: '现在同步' }).click()
    await page.getByText('被退回').first().waitFor({ timeout: 30_000 })
    await page.locator('.f-refusal', { hasText: /已经是|改过/ }).first().waitFor()
    await expect.poll(async () => (await rows(db().selectFrom('hazard').select('id').where('description', '=', '围墙开裂').execute())).length, { timeout: 20_000 }).toBe(1)
    await page.getByText('需要处理').first().waitFor()
    await page.getByRole('button', { name: '以现在的为准' }).click()
    await page.getByText('已搁置').waitFor()
  }, 60_000)
})
