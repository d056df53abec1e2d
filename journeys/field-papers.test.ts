import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operations as papers } from '../capabilities/enforcement/operations.ts'
import { readWord } from '../capabilities/enforcement/server/fixtures.ts'
import { approved, withChecklists } from '../capabilities/visit/server/fixtures.ts'
import { photo } from './acts.ts'
import type { Line } from './line.ts'
import { go, type Phone, phoneOf, send, settled, signOut } from './phone.ts'
import { answerRest, signAll } from './phone-acts.ts'
import { type Stage, shot, stage } from './stage.ts'

/** Wang and He in a basement: an inspection and its papers on one phone, without a line, and everything on the server exactly once. */
let set: Stage
const phones: Phone[] = []
beforeAll(async () => {
  set = await stage()
  await withChecklists(set.world)
})
afterAll(async () => {
  for (const one of phones) await one.wire.close()
  await set.close()
})

const db = () => set.world.app.db.pool
const one = async <T>(text: string, values: unknown[] = []): Promise<T[]> => (await db().query(text, values)).rows as T[]

async function phone(login: 'wang' | 'he'): Promise<Phone> {
  const made = await phoneOf(set, login)
  phones.push(made)
  await settled(made.page)
  await made.go('/papers')
  await made.page.getByText('5 个可用').first().waitFor()
  return made
}

async function fillFinding(page: Page, location: string, fixed: boolean): Promise<void> {
  const sheet = page.locator('.f-sheet')
  await sheet.locator('input[type=file]').first().setInputFiles(await photo())
  await sheet.locator('.f-thumb img').first().waitFor()
  await sheet.getByLabel('部位').fill(location)
  if (fixed) {
    await sheet.locator('input[type=file]').last().setInputFiles(await photo())
    await expect.poll(() => sheet.locator('.f-thumb img').count()).toBe(2)
  }
  await sheet.getByRole('button', { name: '记下隐患' }).click()
  await sheet.waitFor({ state: 'hidden' })
}

async function inspect(page: Page, visitId: string): Promise<void> {
  await go(page, `/task/${visitId}`)
  await page.getByRole('button', { name: '到场开始' }).click()
  await page.getByRole('button', { name: '已出示' }).click()
  await page.getByRole('button', { name: '已告知' }).click()
  await expect.poll(() => page.getByText('无利害关系 ✓').count()).toBe(2)
  await page.getByRole('button', { name: '开始检查' }).click()
  const cards = page.locator('.f-item')
  await cards.nth(0).getByRole('radio', { name: '不符合' }).click()
  await fillFinding(page, '一车间东侧', false)
  await cards.nth(1).getByRole('radio', { name: '现场已改' }).click()
  await fillFinding(page, '二车间', true)
  await answerRest(page)
  await page.getByLabel('企业人员姓名').fill('赵启澄')
  await page.getByLabel('职务').fill('安全管理员')
  await signAll(page, 3)
  await page.locator('.f-foot').getByRole('button', { name: '办结' }).click()
  await page.getByRole('heading', { name: '本次文书' }).waitFor()
}

async function writeRecord(page: Page): Promise<void> {
  await page.getByRole('button', { name: '写现场检查记录' }).click()
  await page.getByLabel('检查内容').fill('用电、通风、疏散')
  const all = page.getByRole('button', { name: '全部确认' })
  while (await all.count()) await all.first().click()
  await shot(page, 'papers-write')
  await page.getByRole('button', { name: '请双方签名' }).click()
  await page.getByText('请对方看完全文再签').waitFor()
  await page.getByText('用电、通风、疏散').waitFor()
  await shot(page, 'papers-sign')
  await signAll(page, 3)
  await page.getByRole('button', { name: '出具', exact: true }).click()
  await page.getByRole('heading', { name: '本次文书' }).waitFor()
  await page.getByText('已签，待发送').waitFor()
}

async function writeOrder(page: Page): Promise<void> {
  await page.getByRole('button', { name: '写责令限期整改指令书' }).click()
  await page.getByText('须经审批').first().waitFor()
  // Nothing is cited that no officer has confirmed.
  await page.getByRole('button', { name: '报审批' }).click()
  await page.getByText('须确认至少一条依据').waitFor()
  const all = page.getByRole('button', { name: '全部确认' })
  while (await all.count()) await all.first().click()
  await shot(page, 'papers-order')
  await page.getByRole('button', { name: '报审批' }).click()
  await page.getByText('已写，待报审批').waitFor()
}

/** The visit and its two papers, with the battery pulled in between. */
async function basement(page: Page, wire: Line, visitId: string): Promise<void> {
  await shot(page, 'papers-numbers')
  wire.cut()
  await inspect(page, visitId)
  await shot(page, 'papers-visit')
  await writeRecord(page)
  await page.reload()
  await page.getByText('已签，待发送').waitFor()
  await writeOrder(page)
  await go(page, '/queue')
  await page.getByText('等所依据的记录送达后发送').first().waitFor()
  await shot(page, 'papers-queue')
  expect(await one('select id from paper')).toEqual([])
}

async function lineBack(page: Page, wire: Line, lost: number, done: number): Promise<void> {
  wire.loseReplies(lost)
  wire.mend()
  await send(page)
  // Said with what is still open, when it is not.
  await expect.poll(async () => [await page.getByText(`近 30 天已送达 ${done} 件`).count(), ...(await page.locator('article.f-card').allInnerTexts())], { timeout: 90_000 }).toEqual([1])
}

/** Whether the phone holds what was approved. */
const holds = (page: Page, id: string) =>
  page.evaluate(`new Promise((done) => { const open = indexedDB.open('angrid.field.${set.world.as('wang').id}'); open.onsuccess = () => { const ask = open.result.transaction('meta').objectStore('meta').get('paper.approved.${id}'); ask.onsuccess = () => { open.result.close(); done(ask.result ? 1 : 0) } } })`)

/** Approved at a desk; the phone has it before the line is gone again; numbered and signed in the basement. */
async function approvedAndIssued(page: Page, wire: Line, paper: { id: string; version: number }): Promise<string> {
  await set.world.as('xu').do(papers.approve, { id: paper.id, baseVersion: paper.version, note: '同意' })
  await page.getByRole('button', { name: '现在同步' }).click()
  await go(page, `/paper/${paper.id}`)
  await page.getByRole('button', { name: '当场编号签发' }).waitFor()
  await expect.poll(() => holds(page, paper.id), { timeout: 20_000 }).toBe(1)
  wire.cut()
  await page.getByRole('button', { name: '当场编号签发' }).click()
  await page.getByText('请对方看完全文再签').waitFor()
  const no = (await page.locator('.f-paper-mid').textContent())!
  expect(no).toMatch(/^（澜安澜）应急责改〔2026〕1号$/)
  await shot(page, 'papers-issue')
  await page.reload()
  await page.getByText(no).first().waitFor()
  await signAll(page, 3)
  await page.getByRole('button', { name: '出具', exact: true }).click()
  await go(page, '/papers')
  await page.getByText('4 个可用').waitFor()
  return no
}

describe('papers on the spot', () => {
  it('an inspection with its record and order, without a line; approved; numbered and served without a line', async () => {
    const { id: visitId } = await approved(set.world, { plannedOn: '2026-03-05' })
    const { page, wire } = await phone('wang')
    await basement(page, wire, visitId)
    await lineBack(page, wire, 3, 4)
    expect(wire.lost()).toBe(3)
    expect(await one('select state from visit where id = $1', [visitId])).toEqual([{ state: 'DONE' }])
    expect(await one('select count(*)::int as n from hazard')).toEqual([{ n: 2 }])
    const made = await one<{ id: string; type: string; state: string; no: string | null; version: number }>('select id, type, state, no, version from paper order by type')
    expect(made).toMatchObject([{ type: 'D04', state: 'SIGNED', no: null }, { type: 'D06', state: 'PENDING', no: null }])
    const record = await set.world.as('he').do(papers.get, { id: made[0]!.id })
    expect(record.signatures.map((s) => s.name)).toEqual(['王砚川', '何汀筠', '赵启澄'])
    expect(record.content.items.map((item) => [item.location, item.fixed])).toEqual([['一车间东侧', false], ['二车间', true]])

    const no = await approvedAndIssued(page, wire, made[1]!)
    await lineBack(page, wire, 1, 5)
    expect(await one('select type, state, no from paper order by type')).toEqual([{ type: 'D04', state: 'SIGNED', no: null }, { type: 'D06', state: 'SERVED', no }])
    const register = (await set.world.as('wang').do(papers.numbers, { type: 'D06', year: 2026, limit: 50 })).rows
    expect(register.map((row) => row.state)).toEqual(['USED', 'RESERVED', 'RESERVED', 'RESERVED', 'RESERVED'])
    const word = await set.world.as('wang').call(papers.download, { id: made[1]!.id })
    expect(readWord(word.bytes).text).toContain(no)
    expect((await set.world.as('zhao').do(papers.list, {})).rows.map((row) => row.no)).toEqual([no])
    expect(set.complaints).toEqual([])
  }, 400_000)

  it('a second phone has other numbers; leaving a phone gives back what nobody used, with trace', async () => {
    const { page } = await phone('he')
    const all = (await set.world.as('wang').do(papers.numbers, { type: 'D06', year: 2026, limit: 50 })).rows
    expect(all.map((row) => [row.seq, row.heldBy])).toEqual(Array.from({ length: 10 }, (_, i) => [i + 1, i < 5 ? '王砚川' : '何汀筠']))
    await signOut(page)
    expect((await one<{ state: string }>(`select state from paper_block where person_id = $1`, [set.world.as('he').id])).map((row) => row.state)).toEqual(['RETURNED', 'RETURNED', 'RETURNED'])
    expect((await set.world.as('wang').do(papers.numbers, { type: 'D06', year: 2026, limit: 50 })).total).toBe(5)
  }, 90_000)
})
