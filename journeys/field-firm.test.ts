import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { approvedPaper, draftOf, itemsOf, recorded, signed, visited } from '../capabilities/enforcement/server/fixtures.ts'
import { operations as papers } from '../capabilities/enforcement/operations.ts'
import { operations as hazards } from '../capabilities/hazard/operations.ts'
import { inDays, on, reported } from '../capabilities/hazard/server/fixtures.ts'
import { withChecklists } from '../capabilities/visit/server/fixtures.ts'
import { ids } from '../house/cast.ts'
import { photo } from './acts.ts'
import { type Phone, phoneOf, settled } from './phone.ts'
import { answerRest } from './phone-acts.ts'
import { shot, type Stage, stage } from './stage.ts'

/** Zhao keeps safety at his firm and has a phone: his own sign, hazards, papers, proof, self-check, a longer deadline. */
let set: Stage
let zhao: Phone
let hazard: string
let ordered: string
beforeAll(async () => {
  set = await stage()
  const { world: w } = set
  await withChecklists(w)
  hazard = (await reported(w, 'zhao', { source: 'SELF_CHECK' })).id
  await w.as('xu').do(hazards.confirm, { ...(await on(w, hazard, 'xu')), level: 'GENERAL' })
  const found = await visited(w)
  await recorded(w, found)
  ordered = found.hazards[0]!.id
  const paper = await approvedPaper(w, draftOf('D06', found, { items: itemsOf(w, found) }))
  const issued = await w.as('wang').do(papers.issue, { id: paper.id, baseVersion: paper.version })
  const ready = await signed(w, issued)
  await w.as('wang').do(papers.serve, { id: paper.id, baseVersion: ready.version, method: 'DIRECT', servedOn: inDays(w, 0), receiver: '冯立勤' })
  zhao = await phoneOf(set, 'zhao')
  await settled(zhao.page)
})
afterAll(async () => {
  await zhao?.wire.close()
  await set?.close()
})

const stateOf = async (id: string) => (await set.world.app.db.all.selectFrom('hazard').select('state').where('id', '=', id).executeTakeFirstOrThrow()).state

describe('the phone of a firm', () => {
  it('shows its own place, hazards and papers, and nobody else’s', async () => {
    const { page, go } = zhao
    await page.getByText(/场所/).first().waitFor()
    await go('/find')
    await page.getByRole('heading', { name: '本单位场所' }).waitFor()
    await expect.poll(() => page.locator('.f-line-site').count()).toBe(1)
    await page.locator('.f-line-site').click()
    await expect.poll(() => page.locator('.f-card').count()).toBe(3)
    await go('/papers')
    await page.getByText('责令限期整改指令书').click()
    await page.locator('.f-paper').waitFor()
    await shot(page, 'firm-paper')
  }, 60_000)

  it('a hazard is taken in hand and its proof handed in without a line; the deadline of another is asked to be longer', async () => {
    const { page, go, wire } = zhao
    await go(`/hazard/${hazard}`)
    await page.getByText('喷涂车间1号配电箱').first().waitFor()
    await page.locator('.f-foot').getByRole('button').first().waitFor()
    wire.cut()
    await page.locator('.f-foot').getByRole('button', { name: /开始整改/ }).click()
    const sheet = page.locator('.f-sheet')
    await sheet.getByRole('button', { name: '7 天', exact: true }).click()
    await sheet.locator('.f-stick').click()
    await page.getByText(/已在本机办理，待发送/).waitFor()
    wire.mend()
    await zhao.sync()
    await expect.poll(() => stateOf(hazard), { timeout: 30_000 }).toBe('RECTIFYING')
    await go(`/hazard/${hazard}`)
    await page.locator('.f-foot').getByRole('button', { name: /提交整改/ }).click({ timeout: 30_000 })
    wire.cut()
    await sheet.locator('input[type=file]').first().setInputFiles(await photo())
    await sheet.locator('.f-thumb img').first().waitFor()
    await shot(page, 'firm-submit')
    await sheet.locator('.f-stick').click()
    await page.getByText(/已在本机办理，待发送/).first().waitFor()
    // The history that came along in the morning can be read in the basement.
    await page.getByText(/离线：以下是/).waitFor()
    await page.getByText('上报').first().waitFor()
    await shot(page, 'firm-hazard')
    wire.mend()
    await zhao.sync()
    await expect.poll(() => stateOf(hazard), { timeout: 30_000 }).not.toBe('RECTIFYING')
    await go(`/hazard/${ordered}`)
    await page.locator('.f-foot').getByRole('button', { name: /签收并报/ }).click()
    for (const [label, text] of [['整改措施', '更换应急照明'], ['责任人', '赵启澄'], ['应急预案', '停用该区域']] as const) await sheet.getByLabel(label, { exact: true }).fill(text)
    await sheet.getByRole('button', { name: '7 天', exact: true }).click()
    await shot(page, 'firm-plan')
    await sheet.locator('.f-stick').click()
    await zhao.sync()
    await expect.poll(() => stateOf(ordered), { timeout: 30_000 }).toBe('RECTIFYING')
    await go(`/hazard/${ordered}`)
    await page.locator('.f-foot').getByRole('button', { name: /延期/ }).click({ timeout: 30_000 })
    await sheet.getByRole('button', { name: '15 天', exact: true }).click()
    await sheet.getByLabel('延期理由').fill('配件到货晚')
    await shot(page, 'firm-extension')
    await sheet.locator('.f-stick').click()
    await zhao.sync()
    const asked = async () => (await set.world.app.db.pool.query('select count(*)::int as n from domain_event where aggregate_id = $1 and event like $2', [ordered, 'hazard.extension%'])).rows[0].n
    await expect.poll(asked, { timeout: 30_000 }).toBe(1)
  }, 180_000)

  it('checks itself with its own list, which is no inspection', async () => {
    const { page, go, wire } = zhao
    await go(`/site/${ids.site}`)
    wire.cut()
    await page.getByRole('button', { name: '开始自查' }).click()
    const foot = page.locator('.f-foot')
    await page.getByText('企业自查').first().waitFor()
    await answerRest(page)
    await page.getByText('不是行政检查').waitFor()
    await shot(page, 'firm-selfcheck')
    await foot.getByRole('button', { name: '办结' }).click()
    await page.getByRole('heading', { name: '今日' }).waitFor()
    wire.mend()
    await zhao.sync()
    const done = async () => (await set.world.app.db.all.selectFrom('visit').select(['kind', 'state']).where('kind', '=', 'SELF_CHECK').execute())
    await expect.poll(done, { timeout: 30_000 }).toEqual([{ kind: 'SELF_CHECK', state: 'DONE' }])
    expect(set.complaints).toEqual([])
  }, 120_000)
})
