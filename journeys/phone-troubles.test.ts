import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { operations as checklist } from '../capabilities/checklist/operations.ts'
import { shippedChecklist } from '../capabilities/checklist/library.ts'
import { operations as enterprise } from '../capabilities/enterprise/operations.ts'
import { operations as staff } from '../capabilities/staff/operations.ts'
import { localDate } from '../kernel/core/time.ts'
import { withChecklists } from '../capabilities/visit/server/fixtures.ts'
import { areas, castIds, castPassword, ids } from '../house/cast.ts'
import { type Line, line } from './line.ts'
import { go, phone, send, settled, signInAgain } from './phone.ts'
import { answerRest, report, wrongClock } from './phone-acts.ts'
import { type Stage, stage } from './stage.ts'

/** Everything may change at the office while a phone is in a basement. What was done there is never lost, and never done twice. */
let set: Stage
let wire: Line
beforeAll(async () => {
  set = await stage()
  await withChecklists(set.world)
  wire = await line(set.address)
})
afterAll(async () => {
  await wire?.close()
  await set?.close()
})
beforeEach(() => wire.mend())

const query = async <T>(text: string, value: string): Promise<T[]> => (await sql<T>`select * from (${sql.raw(text)}) q where q.key = ${value}`.execute(set.world.app.db.all)).rows
const hazards = (seen: string) => query<{ id: string; area: string; grid: string; at: string; day: string; due: string }>(`select id, description as key, area_code as area, grid_id as grid, found_at as at, found_on::text as day, confirm_due_at as due from hazard`, seen)
const commandsOf = (operation: string) => query<{ id: string }>(`select id, operation as key from command where actor_id = '${castIds.lin}'`, operation)
const arrived = (seen: string) => expect.poll(async () => (await hazards(seen)).length, { timeout: 30_000 }).toBe(1)

/** Signed in, everything there, then no line. */
async function away(login: string, before?: string, own: Line = wire): Promise<Page> {
  const page = await phone(set, own.address, login, before)
  await settled(page)
  await page.getByText(/场所 [1-9]/).waitFor()
  own.cut()
  return page
}

async function moveTo(areaCode: string, gridId: string, reason: string): Promise<void> {
  const firm = await set.world.as('xu').do(enterprise.get, { id: ids.enterprise })
  await set.world.as('xu').do(enterprise.relocate, { id: ids.enterprise, baseVersion: firm.version, areaCode, gridId, since: localDate(set.world.app.clock.now()), reason })
}

describe('what changes at the office while the phone is away', () => {
  it('a revoked account: told so, kept, to be taken out as a file; after reinstatement it goes out once', async () => {
    const page = await away('lin')
    await report(page, ids.site, '账号停用期间的隐患', '仓库')
    await set.world.as('sun').do(staff.disable, { id: castIds.lin, reason: '借调核查' })
    wire.mend()
    await send(page)
    await page.getByText('登录已失效').first().waitFor()
    await signInAgain(page, castPassword)
    await page.getByText('账号已停用').waitFor()
    await page.locator('.f-sheet').getByRole('link', { name: '同步中心' }).click()
    // Still at work: nothing that is made now is turned away either.
    await report(page, ids.site, '停用之后又看到的隐患', '车间')
    await go(page, '/queue')
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出 2 件' }).click()])
    const kept = JSON.parse(readFileSync(await file.path(), 'utf8')) as { items: { input: { description: string } }[]; photos: unknown[] }
    expect([kept.items.map((item) => item.input.description).sort(), kept.photos.length]).toEqual([['停用之后又看到的隐患', '账号停用期间的隐患'].sort(), 2])
    expect([await hazards('账号停用期间的隐患'), await hazards('停用之后又看到的隐患')]).toEqual([[], []])
    await page.reload()
    await page.getByText(/2条待发/).first().waitFor()
    await set.world.as('sun').do(staff.enable, { id: castIds.lin, reason: '核查结束' })
    await signInAgain(page, castPassword)
    await arrived('账号停用期间的隐患')
    await arrived('停用之后又看到的隐患')
    await go(page, '/queue')
    await page.getByText('近 30 天已送达 2 件').waitFor()
    expect((await commandsOf('hazard.report')).length).toBe(2)
    expect(set.complaints).toEqual([])
  }, 120_000)

  it('another reach: what left it leaves the phone, what was made for it comes back with its reason and goes when the post is there again', async () => {
    const page = await away('lin')
    await report(page, ids.site, '调岗路上报的隐患', '门口')
    const post = async (gridId: string) => {
      const { posts } = await set.world.as('wu').do(staff.person, { id: castIds.lin })
      const now = posts.find((one) => one.validTo === null || one.validTo >= localDate(set.world.app.clock.now()))!
      const day = localDate(set.world.app.clock.now())
      await set.world.as('wu').do(staff.revokePost, { id: now.id, baseVersion: now.version, lastDay: localDate(set.world.app.clock.now().getTime() - 86_400_000), reason: '岗位调整' })
      await set.world.as('wu').do(staff.grant, { id: castIds.lin, postId: randomUUID(), roleCode: 'GRID_OFFICER', reachKind: 'GRID', areaCode: null, gridId, enterpriseId: null, parkId: null, validFrom: day, validTo: null })
    }
    await post(ids.otherGrid)
    wire.mend()
    await send(page)
    await page.getByText('被退回').first().waitFor({ timeout: 30_000 })
    await page.locator('.f-refusal', { hasText: '不在您的管辖范围内' }).waitFor()
    await page.getByText(/都留在本机，不会丢/).waitFor()
    await page.getByText('需要处理').first().waitFor()
    await page.getByRole('button', { name: '导出 1 件' }).waitFor()
    await go(page, '/find')
    await page.getByLabel('查找场所').fill('埠源塑胶')
    await page.locator('.f-line-site', { hasText: '埠源塑胶' }).waitFor()
    await page.getByLabel('查找场所').fill('精密五金')
    await page.getByText('本机没有找到').waitFor()
    expect(await page.locator('.f-line-site', { hasText: '精密五金' }).count()).toBe(0)
    expect(await hazards('调岗路上报的隐患')).toEqual([])
    await post(ids.grid)
    await go(page, '/queue')
    await page.getByRole('button', { name: '再发一次' }).click()
    await arrived('调岗路上报的隐患')
    await page.getByText('都已送达').waitFor()
    await send(page)
    await go(page, `/site/${ids.site}`)
    await page.getByText('调岗路上报的隐患').first().waitFor()
    expect(set.complaints).toEqual([])
  }, 120_000)

  it('a list that was published anew: the check that began under the old one is finished and kept under the old one', async () => {
    const fg = shippedChecklist('FG')
    const page = await away('zhao')
    await go(page, `/site/${ids.site}`)
    await page.getByRole('button', { name: '开始自查' }).click()
    await page.locator('.f-cat').waitFor()
    await page.getByRole('button', { name: /本类其余均符合/ }).click()
    // The office has a better list by noon; this phone hears of it in the middle of its own.
    const draft = await set.world.as('xu').do(checklist.revise, { id: fg.id, newId: randomUUID() })
    await set.world.as('chen').do(checklist.publish, { id: draft.list.id, baseVersion: draft.recordVersion })
    const heard = page.waitForResponse(/\/api\/sync\/changes/)
    wire.mend()
    await page.evaluate('window.dispatchEvent(new Event("online"))')
    await heard
    await page.locator('.f-cat').waitFor()
    await page.reload()
    await page.locator('.f-cat').waitFor()
    await answerRest(page)
    await page.locator('.f-foot').getByRole('button', { name: '办结' }).click()
    await page.getByRole('heading', { name: '今日' }).waitFor()
    const visits = () => query<{ lists: string[]; answers: number }>(`select kind as key, version_ids as lists, answer_count as answers from visit where state = 'DONE'`, 'SELF_CHECK')
    await expect.poll(async () => (await visits()).length, { timeout: 30_000 }).toBe(1)
    expect((await visits())[0]!.lists).toContain(fg.id)
    // The next check is offered the new one, and only that.
    await send(page)
    await go(page, `/site/${ids.site}`)
    await page.getByRole('button', { name: '开始自查' }).click()
    await page.locator('.f-cat').waitFor()
    const begun = await page.evaluate(`new Promise((done, fail) => { const open = indexedDB.open('angrid.field.${castIds.zhao}'); open.onerror = fail; open.onsuccess = () => { const all = open.result.transaction('drafts').objectStore('drafts').getAll(); all.onsuccess = () => done(all.result.map((one) => one.value.versionIds)) } })`)
    expect((begun as string[][]).flat()).toContain(draft.list.id)
    expect((begun as string[][]).flat()).not.toContain(fg.id)
    expect(set.complaints).toEqual([])
  }, 120_000)

  it('a site that moved to another grid: its former officer is told why, whoever is still in charge reports under the new grid', async () => {
    const lin = await away('lin')
    await report(lin, ids.site, '划走前安格员看到的', '楼道')
    const other = await line(set.address)
    const wang = await away('wang', undefined, other)
    await report(wang, ids.site, '划走前执法员看到的', '屋顶')
    await moveTo(areas.otherCommunity, ids.otherGrid, '安格调整')
    other.mend()
    await send(wang)
    await arrived('划走前执法员看到的')
    expect((await hazards('划走前执法员看到的'))[0]).toMatchObject({ area: areas.otherCommunity, grid: ids.otherGrid })
    wire.mend()
    await send(lin)
    await lin.locator('.f-refusal', { hasText: '不在您的管辖范围内' }).waitFor({ timeout: 30_000 })
    await lin.getByText(/已划归别的安格/).waitFor()
    await lin.getByRole('button', { name: '导出 1 件' }).waitFor()
    // Back again: one tap, once.
    await moveTo(areas.community, ids.grid, '划回')
    await lin.getByRole('button', { name: '再发一次' }).click()
    await arrived('划走前安格员看到的')
    await other.close()
    expect(set.complaints).toEqual([])
  }, 120_000)

  it('a changed password: asked for once, the temporary one is changed on the phone, then everything goes', async () => {
    const page = await away('lin')
    await report(page, ids.site, '口令重置期间的隐患', '电梯厅')
    const { temporaryPassword } = await set.world.as('wu').do(staff.resetPassword, { id: castIds.lin, reason: '本人遗忘' })
    wire.mend()
    await send(page)
    await signInAgain(page, castPassword)
    await page.getByText('账号或口令不对').waitFor()
    await page.getByLabel('口令', { exact: true }).fill(temporaryPassword)
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await page.getByRole('heading', { name: '修改口令' }).waitFor()
    await page.getByLabel('现口令').fill(temporaryPassword)
    await page.getByLabel('新口令').fill('Wangting#2027')
    await page.getByLabel('再输一次').fill('Wangting#2027')
    await page.getByRole('button', { name: '确认修改' }).click()
    await arrived('口令重置期间的隐患')
    await go(page, '/queue')
    await page.getByText('都已送达').waitFor()
    expect(set.complaints).toEqual([])
  }, 90_000)
})

describe('the dot in the head', () => {
  it('is green only while news come through: signed out and a failing server are said', async () => {
    const page = await phone(set, wire.address, 'he')
    await settled(page)
    const dot = page.locator('.f-dot')
    await dot.getByText('已同步').waitFor()
    await page.route(/\/api\/sync\/changes/, (route) => route.fulfill({ status: 500, contentType: 'text/plain', body: 'broken' }))
    await send(page)
    await dot.getByText('未更新').waitFor()
    await page.getByText('系统出错，请稍后再试').waitFor()
    await page.unroute(/\/api\/sync\/changes/)
    await send(page)
    await dot.getByText('已同步').waitFor()
    await set.world.as('wu').do(staff.signOutPerson, { id: castIds.he, reason: '演练' })
    await send(page)
    await dot.getByText('请登录').waitFor()
    await signInAgain(page, castPassword)
    await dot.getByText('已同步').waitFor()
    expect(set.complaints).toEqual([])
  }, 60_000)
})

describe('a clock that is three hours wrong', () => {
  beforeAll(() => {
    // 21:30 in Shanghai: three hours more are another day.
    set.world.advance({ hours: 12, minutes: 30 })
  })
  it.each([['ahead', 3], ['behind', -3]] as const)('%s: the server\'s hour counts, the drift is noted, nobody is punished, the deadline is right', async (word, hours) => {
    const server = () => set.world.app.clock.now().getTime()
    const page = await away('wang', wrongClock(server() - Date.now() + hours * 3_600_000))
    const seen = `时钟 ${word} 时看到的`
    await report(page, ids.site, seen, hours > 0 ? '配电间' : '宿舍')
    wire.mend()
    await send(page)
    await arrived(seen)
    const [found] = await hazards(seen)
    expect(Math.abs(new Date(found!.at).getTime() - server())).toBeLessThan(120_000)
    // To be confirmed by the end of the day after; a phone's midnight makes no day of law.
    expect([found!.day, new Date(found!.due).toISOString()]).toEqual(['2026-03-05', '2026-03-06T16:00:00.000Z'])
    const [told] = await query<{ occurred: string; drift: number; made: string }>(`select aggregate_id::text as key, occurred_at as occurred, (origin ->> 'clockDrift')::int as drift, origin ->> 'madeAt' as made from domain_event where event = 'hazard.reported'`, found!.id)
    expect(Math.abs(told!.drift - hours * 3600)).toBeLessThan(30)
    for (const at of [told!.occurred, told!.made]) expect(Math.abs(new Date(at).getTime() - server())).toBeLessThan(120_000)
    const [picture] = await query<{ taken: string; drift: number }>(`select l.aggregate_id::text as key, a.taken_at as taken, a.clock_drift_seconds as drift from attachment a join attachment_link l on l.attachment_id = a.id`, found!.id)
    expect(Math.abs(new Date(picture!.taken).getTime() - server())).toBeLessThan(120_000)
    expect(Math.abs(picture!.drift - hours * 3600)).toBeLessThan(30)
    await page.getByText(/上次同步 今天 21:/).waitFor()
    expect(set.complaints).toEqual([])
  }, 60_000)
})
