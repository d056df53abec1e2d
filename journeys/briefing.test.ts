import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { operations as hazards } from '../capabilities/hazard/operations.ts'
import { confirmed, get, photo } from '../capabilities/hazard/server/fixtures.ts'
import type { World } from '../house/world.ts'
import { act, attach, choose, field, press, restingDialog, select } from './acts.ts'
import { go, shot } from './stage.ts'
import { story } from './story.ts'

/** Numbers that a newspaper may print: frozen, written about, checked sentence by sentence, approved, published, corrected. */
const closed: string[] = []
const s = story(async (w) => {
  for (let i = 0; i < 2; i++) closed.push(await closedHazard(w))
})

async function closedHazard(w: World): Promise<string> {
  const h = await confirmed(w)
  const fixed = await w.as('wang').do(hazards.fixOnSite, { id: h.id, baseVersion: h.version, photosAfter: [await photo(w, 'wang')] })
  if (fixed.state !== 'CLOSED') await w.as('wang').do(hazards.verifyFix, { id: h.id, baseVersion: fixed.version, verified: true })
  return h.id
}

const numberOf = async (id: string): Promise<string> => (await get(s.world, 'wang', id)).no
/** Writes the text anew and waits until every sentence has been looked at. */
async function write(page: Page, text: string): Promise<void> {
  await page.getByLabel('正文').fill(text)
  await page.getByText('已保存并核对').waitFor()
}
const whole = '{截至}，{范围}排查隐患{M07}，整改率{M11:两数}。\n一、隐患情况\n发现的隐患已全部整改完毕。'
let path = ''

/** Sent up by whoever wrote it, approved by the leader, published; answers with the public page as anybody sees it. */
async function published(page: Page): Promise<Page> {
  await page.getByRole('button', { name: '看成稿' }).click()
  await press(page, '送审')
  await page.getByText('待核准').first().waitFor()
  const leader = await s.at('chen')
  await go(leader, path)
  await press(leader, '核准')
  await leader.getByText('待发布').first().waitFor()
  await page.reload()
  await press(page, '发布')
  await page.getByText('已发布').first().waitFor()
  const anybody = await s.window()
  await anybody.goto(`${new URL(page.url()).origin}/public${path}`)
  return anybody
}

describe('简报', () => {
  s.scene('科长冻结当日的数：两宗，点开就是那两宗；谁还没有报一目了然', async () => {
    const page = await s.at('xu')
    await go(page, '/snapshots/new')
    await field(page, '标题').fill('3月5日检查')
    await page.getByRole('button', { name: '冻结', exact: true }).click()
    await page.getByRole('heading', { name: '3月5日检查' }).waitFor()
    await page.getByText(/^应报\d+个单位，已报\d+个$/).waitFor()
    await page.getByText(/^未报：/).waitFor()
    await page.locator('.agb-figures li', { hasText: '排查隐患' }).first().getByRole('button', { name: '2宗' }).click()
    const list = page.locator('.ant-drawer-body .agb-members li')
    await list.first().waitFor()
    expect(await list.count()).toBe(2)
    await shot(page, 'snapshot')
  })

  s.scene('统计页：地址不带 # 也到得了；印到纸上只有标题、期间、截至、范围、数和口径，没有页签和按钮', async () => {
    const page = await s.at('xu')
    await page.goto(`${new URL(page.url()).origin}/statistics?period=year&tab=area&level=GENERAL`)
    await page.locator('.st-sum').waitFor()
    expect(new URL(page.url()).hash).toBe('#/statistics?period=year&tab=area&level=GENERAL')
    await page.emulateMedia({ media: 'print' })
    await page.locator('.st-paper-words', { hasText: '排查隐患' }).waitFor()
    expect(await page.getByText('范围　隐患等级：一般').isVisible()).toBe(true)
    expect(await page.getByText(/数据截至 2026年3月5日/).isVisible()).toBe(true)
    for (const control of ['.ant-tabs-nav', '.st-tools', '.ant-select', '.ant-btn', '.ag-map', '.ag-menu']) expect(await page.locator(control).filter({ visible: true }).count(), control).toBe(0)
    expect(await page.locator('.st-sum').filter({ visible: true }).count()).toBe(1)
    await shot(page, 'statistics-on-paper')
    await page.emulateMedia({ media: 'screen' })
  })

  s.scene('起草战报：写错的数、没有出处的数、不知道的指标都不成立，说得出为什么；改好才能送审', async () => {
    const page = await s.at('xu')
    await go(page, '/briefings/new')
    await page.getByText(/^战报：/).click()
    await choose(page, select(page.locator('main'), '快照'), '3月5日检查')
    await field(page, '标题').fill('全区检查战报')
    await page.getByRole('button', { name: '起草', exact: true }).click()
    await page.waitForURL(/#\/briefings\/[0-9a-f-]{36}\/edit/)
    path = new URL(page.url()).hash.slice(1).replace('/edit', '')
    await write(page, '全区排查隐患3宗，发放手册500份，另有{M999}。')
    for (const sentence of [/快照是2宗/, /500份/, /M999/]) await page.getByText(sentence).first().waitFor()
    await page.getByText(/^\d处须改才能送审$/).waitFor()
    await shot(page, 'briefing-refused')
    await page.getByRole('button', { name: '看成稿' }).click()
    expect(await page.getByRole('button', { name: '送审', exact: true }).isEnabled()).toBe(false)
    await press(page, '修改')
    await write(page, whole)
    await page.getByText('逐句核对：全部成立').waitFor()
    await page.getByRole('button', { name: '看成稿' }).click()
    await press(page, '送审')
    await page.getByText('待核准').first().waitFor()
  })

  s.scene('分管负责人核准；一宗重新打开，“全部整改完毕”就不能发布，点名是哪一宗', async () => {
    const leader = await s.at('chen')
    await go(leader, path)
    await press(leader, '核准')
    await leader.getByText('待发布').first().waitFor()
    const officer = await s.at('wang')
    await go(officer, `/hazards/${closed[0]}`)
    await act(officer, '重新打开', '回头看发现漏电保护又被拆除', async (dialog) => attach(dialog))
    await officer.getByText('已核定').first().waitFor()
    const page = await s.at('xu')
    await go(page, path)
    const no = await numberOf(closed[0]!)
    await page.getByText(`“全部整改完毕”不成立`).first().waitFor()
    await page.locator('aside').getByRole('link', { name: no }).waitFor()
    expect(await page.locator('aside').getByText(await numberOf(closed[1]!)).count()).toBe(0)
    expect(await page.getByRole('button', { name: '发布', exact: true }).isEnabled()).toBe(false)
    await shot(page, 'briefing-not-published')
  })

  s.scene('退回改写，再核准，发布；公开页上每个数打开它冻结的口径和两个数', async () => {
    const leader = await s.at('chen')
    await go(leader, path)
    await act(leader, '退回', '一宗已重新打开，改写整改情况')
    const page = await s.at('xu')
    await go(page, `${path}/edit`)
    await write(page, whole.replace('发现的隐患已全部整改完毕。', '销号后重新打开的隐患继续整改。'))
    const anybody = await published(page)
    await anybody.getByRole('link', { name: '100.0%（2/2）' }).or(anybody.getByRole('link', { name: '100%（2/2）' })).click()
    await anybody.locator('#M11:target').waitFor()
    expect(await anybody.locator('#M11').innerText()).toMatch(/分子\s*2\s*分母\s*2/)
    await shot(anybody, 'briefing-public')
  })

  s.scene('更正：快照另立第二版，两版对比说得出差在哪里；新版发布后公开页写明更正', async () => {
    const page = await s.at('xu')
    await go(page, '/snapshots')
    await page.getByRole('link', { name: '3月5日检查' }).first().click()
    await press(page, '更正')
    const dialog = await restingDialog(page)
    await dialog.locator('textarea').fill('一宗隐患重新打开')
    await dialog.locator('.ant-btn-primary').last().click()
    await page.getByText('第2版', { exact: true }).first().waitFor()
    await choose(page, page.locator('.ant-select', { hasText: '与另一版对比' }), '第1版')
    await page.getByText('不再计入1条').first().waitFor()
    await shot(page, 'snapshot-compared')
    await go(page, path)
    await act(page, '更正', '一宗隐患重新打开，整改数相应更正')
    await page.getByText('更正中').first().waitFor()
    await press(page, '修改')
    await choose(page, page.locator('.ant-select', { hasText: '数据：3月5日检查' }), '第2版')
    await page.getByText('已保存并核对').waitFor()
    const anybody = await published(page)
    await anybody.getByText('一宗隐患重新打开，整改数相应更正').first().waitFor()
    expect(await anybody.locator('#M11').innerText()).toMatch(/分子\s*1\s*分母\s*2[\s\S]*第1版[\s\S]*100/)
  })
})
