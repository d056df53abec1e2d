import type { Locator, Page } from 'playwright-core'
import { act, attach, choose, draw, field, press, restingDialog, select } from './acts.ts'
import { go } from './stage.ts'
import type { Story } from './story.ts'

/** An inspection as its officers do it: arrival, the list category by category, findings, and the papers after it. */

/** What is found at an item: the choice on its card, and what is typed on the sheet that opens. */
export interface Found {
  readonly location: string
  readonly fixed?: boolean
  readonly days?: number
  /** Somebody who may not judge it says that it may be major, by this clause. */
  readonly suspected?: string
  readonly major?: { readonly opinion: string; readonly by: string }
}

/** 到场、亮证、告知、扫码、回避声明. */
export async function arrive(page: Page): Promise<void> {
  for (const step of ['到场', '出示证件', '告知']) await page.getByRole('button', { name: step, exact: true }).click()
  await page.getByText('已扫码').click()
  for (const box of await page.getByRole('checkbox').all()) await box.check()
}

/** Category by category: what fails first, then 本类其余均符合, to the page of result and signatures. */
export async function answerAll(page: Page, findings: Readonly<Record<string, Found>>): Promise<void> {
  await page.getByRole('article').first().waitFor()
  for (let guard = 0; guard < 20; guard++) {
    for (const [code, found] of Object.entries(findings)) {
      const card = page.getByRole('article', { name: new RegExp(`^${code} `) })
      if (!(await card.isVisible())) continue
      await card.getByRole('button', { name: found.fixed ? '现场已改' : '不符合', exact: true }).click()
      await fillSheet(page, found)
    }
    const rest = page.getByRole('button', { name: /本类其余均符合/ })
    if (await rest.isVisible()) await rest.click()
    const last = page.getByRole('button', { name: '下一步：签字' })
    if (await last.isVisible()) return last.click()
    await page.getByRole('button', { name: '下一类' }).click()
  }
}

/** The sheet of one finding, closed when nothing is missing. */
export async function fillSheet(page: Page, found: Found): Promise<void> {
  const drawer = page.locator('.ant-drawer-body')
  if (found.major) {
    await field(drawer, '集体研判意见').fill(found.major.opinion)
    await field(drawer, '研判人').fill(found.major.by)
  }
  if (found.suspected) {
    await drawer.getByText('重大', { exact: true }).click()
    await choose(page, select(drawer, '判定条款'), found.suspected, found.suspected)
  }
  await field(drawer, '部位').fill(found.location)
  if (found.days !== undefined) await drawer.getByRole('button', { name: `${found.days}天`, exact: true }).click()
  await attach(drawer.locator('.ant-form-item', { hasText: '整改前照片' }))
  if (found.fixed) await attach(drawer.locator('.ant-form-item', { hasText: '整改后照片' }))
  await page.getByRole('button', { name: '完成' }).click()
  await drawer.waitFor({ state: 'detached' })
}

export interface PaperPlan {
  readonly title: string
  /** Where the draft begins: from a finished visit of this firm, or at the paper that is re-inspected. */
  readonly from: { readonly firm: string } | { readonly paper: string }
  /** Who signs beside wang. */
  readonly second: string
  /** Hazards listed with every basis confirmed. */
  readonly locations?: readonly string[]
  readonly fill?: (page: Page) => Promise<void>
}

/** One paper from draft to service, each step by the one whose step it is. Answers its address. */
export async function paper(s: Story, plan: PaperPlan): Promise<{ page: Page; path: string }> {
  const page = await s.at('wang')
  await beginPaper(page, plan)
  await plan.fill?.(page)
  await page.getByRole('button', { name: '保存草稿' }).click()
  await page.waitForURL(/#\/papers\/[0-9a-f-]{36}/)
  const path = new URL(page.url()).hash.slice(1)
  const served = plan.title !== '现场检查记录'
  if (served) {
    await act(page, '报审批')
    const leader = await s.at('chen')
    await go(leader, path)
    await act(leader, '批准', '同意')
    await page.reload()
  }
  await act(page, '签发')
  await signOn(page, '执法人员签名')
  const second = await s.at(plan.second)
  await go(second, path)
  await signOn(second, '执法人员签名')
  await page.reload()
  await signOn(page, '当事人签收')
  if (served) await act(page, '登记送达')
  return { page, path }
}

async function beginPaper(page: Page, { from, title, locations = [] }: PaperPlan): Promise<void> {
  if ('paper' in from) {
    await go(page, from.paper)
    return page.getByRole('button', { name: '起草复查意见书' }).click()
  }
  await go(page, '/papers/new')
  await choose(page, page.locator('.ant-select', { hasText: '查找已办结的检查' }), from.firm)
  await page.getByText(title, { exact: true }).click()
  for (const location of locations) {
    const card = hazardCard(page, location)
    const box = card.getByRole('checkbox').first()
    if (!(await box.isChecked())) await box.check()
    await card.getByRole('button', { name: '全部确认' }).click()
  }
}

export const hazardCard = (page: Page, location: string): Locator => page.locator('.agp-hazard', { hasText: location })

/** A signature in the dialog of the paper. */
async function signOn(page: Page, name: string): Promise<void> {
  await press(page, name)
  const dialog = await restingDialog(page)
  const pad = dialog.locator('canvas')
  await draw(page, pad)
  await dialog.getByRole('button', { name: '确认签名' }).click()
  await dialog.waitFor({ state: 'detached' })
}
