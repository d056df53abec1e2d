import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { approved, withChecklists } from '../capabilities/visit/server/fixtures.ts'
import { areas, ids } from '../house/cast.ts'
import { type Phone, phoneOf } from './phone.ts'
import { beginReport } from './phone-acts.ts'
import { type Stage, shot, stage } from './stage.ts'

/** What was sent to one and cannot be done by him, and places that leave the phone while work goes on there. */
let set: Stage
let wang: Phone
let he: Phone
let given: string
let running: string
beforeAll(async () => {
  set = await stage()
  await withChecklists(set.world)
  // Before they sign in: a sign-in elsewhere ends a session.
  given = (await approved(set.world)).id
  running = (await approved(set.world)).id
  ;[wang, he] = [await phoneOf(set, 'wang'), await phoneOf(set, 'he')]
})
afterAll(async () => {
  for (const one of [wang, he]) await one?.wire.close()
  await set?.close()
})

const move = (area: string, grid: string | null) => set.world.app.db.pool.query('update site set area_code = $2, grid_id = $3, version = version + 1 where id = $1', [ids.site, area, grid])

describe('an arranged visit', () => {
  it('is handed back without a line, with a reason that whoever arranged it and the colleague read', async () => {
    const id = given
    await he.sync()
    await he.go(`/task/${id}`)
    await he.page.getByRole('button', { name: '去不了，退还任务' }).waitFor()
    he.wire.cut()
    await he.page.getByRole('button', { name: '去不了，退还任务' }).click()
    await he.page.getByRole('button', { name: '须回避' }).click()
    await shot(he.page, 'field-hand-back')
    await he.page.getByRole('button', { name: '退还给安排人' }).click()
    await he.page.getByRole('heading', { name: '今日' }).waitFor()
    expect(await he.page.locator(`a[href="#/task/${id}"]`).count()).toBe(0)
    await he.go(`/task/${id}`)
    await he.page.getByText('您已退还这项任务，待发送').waitFor()
    he.wire.mend()
    await he.sync()
    await he.go(`/task/${id}`)
    await he.page.getByText('等待另行安排').waitFor()
    await shot(he.page, 'field-handed-back')
    await wang.sync()
    await wang.go('/')
    await wang.page.locator('.f-card', { hasText: '何汀筠退还任务，请另行安排' }).getByText('理由：须回避').waitFor()
    await shot(wang.page, 'field-rearrange')
    expect(set.complaints).toEqual([])
  }, 120_000)
})

describe('a place that leaves my reach while I work there', () => {
  it('the visit goes on: 拍隐患 opens, an unfinished report is still there, and it is said what may become of both', async () => {
    const id = running
    await wang.sync()
    await beginReport(wang.page, ids.site, '围墙开裂')
    await wang.go(`/task/${id}`)
    await wang.page.getByRole('button', { name: '到场开始' }).click()
    await wang.page.getByRole('heading', { name: '结果' }).waitFor()
    await move(areas.neighbourCommunity, null)
    await wang.sync()
    await wang.go(`/visit/${id}`)
    await wang.page.getByText('这处场所已不在本机').waitFor()
    await wang.page.getByRole('button', { name: '拍隐患' }).click()
    await wang.page.getByRole('button', { name: '记下隐患' }).waitFor()
    await shot(wang.page, 'field-left-visit')
    await wang.go(`/report/${ids.site}`)
    await wang.page.getByText('这处场所已不在本机').waitFor()
    expect(await wang.page.locator('.f-field', { hasText: '情况' }).locator('textarea').inputValue()).toBe('围墙开裂')
    await shot(wang.page, 'field-left-report')
    await wang.go(`/site/${ids.site}`)
    await wang.page.getByText('没有这个场所，或不在您的管辖范围内').waitFor()
    await move(areas.community, ids.grid)
  }, 120_000)
})

describe('a place of mine that is not on the phone', () => {
  it('is found by its name with a line, opened, and may be visited; without a line it is said', async () => {
    await wang.sync()
    await wang.go(`/site/${ids.site}`)
    await wang.page.getByRole('button', { name: '开始走访' }).waitFor()
    await wang.sync()
    await wang.page.waitForLoadState('networkidle')
    await wang.page.evaluate(`new Promise((done, fail) => { indexedDB.databases().then((all) => { const open = indexedDB.open(all.find((one) => one.name.startsWith('angrid.field.')).name); open.onsuccess = () => { const tx = open.result.transaction('site', 'readwrite'); tx.objectStore('site').clear(); tx.oncomplete = () => { open.result.close(); done() }; tx.onerror = fail } }) })`)
    await wang.page.reload()
    await wang.go('/find')
    await wang.page.getByLabel('查找场所').fill('精密五金')
    await wang.page.getByRole('button', { name: /联网查找/ }).click()
    await wang.page.getByText(/联网找到 \d+ 处/).waitFor()
    await shot(wang.page, 'field-elsewhere')
    wang.wire.cut()
    await wang.page.locator('.f-line-site', { hasText: '精密五金' }).first().click()
    await wang.page.getByRole('button', { name: '开始走访' }).waitFor()
    wang.wire.mend()
    expect(set.complaints).toEqual([])
  }, 120_000)
})
