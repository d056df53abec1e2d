import type { CDPSession, Page } from 'playwright-core'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operations as enterprise } from '../capabilities/enterprise/operations.ts'
import { castIds, castPassword, ids } from '../house/cast.ts'
import { type Gateway, gateway } from './newer.ts'
import { go, phone, settled, signInAgain } from './phone.ts'
import { beginReport, report, wrongClock } from './phone-acts.ts'
import { type Stage, stage } from './stage.ts'

/** A page that lies open for a week in a drawer: the session has ended, the office has gone on, there is a new version of the page itself. */
let set: Stage
let gate: Gateway
let page: Page
let cdp: CDPSession
beforeAll(async () => {
  set = await stage()
  gate = await gateway(set.address)
  page = await phone(set, gate.address, 'lin', wrongClock(0))
  cdp = await page.context().newCDPSession(page)
})
afterAll(async () => {
  await gate?.close()
  await set?.close()
})

const DAY = 86_400_000
const hazards = async (seen: string) => (await sql<{ id: string }>`select id from hazard where description = ${seen}`.execute(set.world.app.db.all)).rows.length
/** So many days go by on both sides; nobody touches the phone. */
async function days(count: number): Promise<void> {
  await page.evaluate(`globalThis.clockAhead += ${count * DAY}`)
  for (let day = 0; day < count; day++) {
    set.world.advance({ days: 1 })
    await set.world.runJobs()
  }
}
/** What the page does every two minutes and whenever it is looked at again. */
const looked = () => page.evaluate('document.dispatchEvent(new Event("visibilitychange"))')
const heap = async () => {
  await cdp.send('HeapProfiler.collectGarbage')
  return (await cdp.send('Runtime.getHeapUsage')).usedSize / 1024 / 1024
}
const rows = (table: string) => page.evaluate(`new Promise((done, fail) => { const open = indexedDB.open('angrid.field.${castIds.lin}'); open.onerror = fail; open.onsuccess = () => { const all = open.result.transaction('${table}').objectStore('${table}').count(); all.onsuccess = () => { open.result.close(); done(all.result) } } })`)

describe('a page that was left open for a week', () => {
  it('signed out meanwhile: says so, asks once however often it tried, does not grow, keeps what lay there', async () => {
    await settled(page)
    // Half a report on the screen, a finished one in the queue.
    await page.context().setOffline(true)
    await report(page, ids.site, '一周前看到的隐患', '仓库')
    await beginReport(page, ids.site, '写了一半的隐患')
    await days(8)
    await page.context().setOffline(false)
    await looked()
    await page.getByText('登录已失效').first().waitFor()
    const again = async (times: number) => {
      for (let i = 0; i < times; i++) {
        await looked()
        await page.waitForTimeout(25)
      }
    }
    await again(40)
    const before = await heap()
    await again(260)
    const after = await heap()
    console.log(`field: heap signed out, after 40 rounds ${before.toFixed(1)} MB, after 300 ${after.toFixed(1)} MB`)
    expect(after - before).toBeLessThan(3)
    expect(await page.getByRole('button', { name: '重新登录' }).count()).toBe(1)
    expect(await page.getByLabel('情况').inputValue()).toBe('写了一半的隐患')
    expect(await hazards('一周前看到的隐患')).toBe(0)
  }, 120_000)

  it('the person signs in: the old report goes out once, the half one is still on the screen, the set is of today', async () => {
    const firm = await set.world.as('xu').do(enterprise.get, { id: ids.enterprise })
    await set.world.as('xu').do(enterprise.setState, { id: ids.enterprise, baseVersion: firm.version, state: 'VOLUNTARY_STOP', reason: '停产检修' })
    await signInAgain(page, castPassword)
    await expect.poll(() => hazards('一周前看到的隐患'), { timeout: 30_000 }).toBe(1)
    await expect.poll(() => page.locator('.f-notices', { hasText: '登录已失效' }).count()).toBe(0)
    await page.getByLabel('部位').fill('车间')
    await page.getByRole('button', { name: '上报', exact: true }).click()
    await expect.poll(() => hazards('写了一半的隐患'), { timeout: 30_000 }).toBe(1)
    await go(page, `/site/${ids.site}`)
    await page.getByText('停产').first().waitFor()
    await page.getByText('已同步').first().waitFor()
  }, 60_000)

  it('rounds of a week of working leave nothing behind', async () => {
    await go(page, '/')
    const round = async (times: number) => {
      for (let i = 0; i < times; i++) {
        await looked()
        await page.waitForTimeout(60)
      }
    }
    await round(40)
    const [before, meta] = [await heap(), await rows('meta')]
    await round(200)
    const after = await heap()
    console.log(`field: heap signed in, after 40 rounds ${before.toFixed(1)} MB, after 240 ${after.toFixed(1)} MB`)
    expect(after - before).toBeLessThan(3)
    expect(await rows('meta')).toBe(meta)
  }, 90_000)

  it('a new version is offered, every old page still opens, nothing changes under the hands; taken, it is the new one with everything in it', async () => {
    gate.bring('20270101')
    await beginReport(page, ids.site, '换版本时写的隐患')
    await looked()
    await page.getByText('有新版本').waitFor()
    expect(await page.getByLabel('情况').inputValue()).toBe('换版本时写的隐患')
    expect(await page.locator('meta[name=build]').count()).toBe(0)
    // Pages that were never opened before: their files are nowhere on the server any more.
    for (const [path, word] of [['/map', /地图|图/], ['/messages', '消息'], ['/me', '我的'], ['/queue', '同步中心']] as const) {
      await go(page, path)
      await page.getByRole('heading', { name: word }).or(page.getByText(word)).first().waitFor()
    }
    await go(page, `/report/${ids.site}`)
    await page.getByRole('button', { name: '现在更新' }).click()
    await page.locator('meta[name=build]').waitFor({ state: 'attached' })
    await page.getByLabel('情况').waitFor()
    await expect.poll(() => page.getByLabel('情况').inputValue()).toBe('换版本时写的隐患')
    await page.getByLabel('部位').fill('楼梯间')
    await page.getByRole('button', { name: '上报', exact: true }).click()
    await expect.poll(() => hazards('换版本时写的隐患'), { timeout: 30_000 }).toBe(1)
    await page.context().setOffline(true)
    await page.reload()
    await page.getByRole('navigation', { name: '主要栏目' }).waitFor()
    expect(await page.locator('meta[name=build]').count()).toBe(1)
    expect(await page.evaluate('caches.keys().then((names) => names.filter((name) => name.startsWith("angrid-field-")).length)')).toBe(1)
    expect(set.complaints).toEqual([])
  }, 90_000)
})
