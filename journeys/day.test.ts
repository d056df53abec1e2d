import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withChecklists } from '../capabilities/visit/server/fixtures.ts'
import { collect, writeXlsx } from '../kernel/server/sheet/write.ts'
import { attach, choose, draw, field } from './acts.ts'
import { go, type Stage, shot, stage } from './stage.ts'

/** A day of the bureau in a real browser, each person at his own window. */
let s: Stage
const firm = '安川澜湖精密五金有限公司'
beforeAll(async () => {
  s = await stage()
  await withChecklists(s.world)
})
afterAll(() => s.close())

/** A street's own register: a title over it, an empty row, headings of its own, a bad code, a total at the end. */
const messySheet = (): Promise<Uint8Array> =>
  collect(
    writeXlsx({
      sheets: [{
        name: '台账', title: ['望汀街道企业台账（2026年3月）', ''],
        columns: ['企业名称', '信用代码', '厂址', '社区', '从业人数', '老板手机'].map((heading) => ({ heading })),
        rows: [
          ['安川汀前一号模具厂', '91440307MA5A00013R', '汀前路8号', '汀前社区', '35', '16000123456'],
          ['安川汀前二号包装厂', '91440307MA5A00021L', '汀前路9号', '汀前社区', '18', '16000123457'],
          ['', '', '汀前路10号', '汀前社区', '7', ''],
          ['合计', '', '', '', '60', ''],
        ],
      }],
    } as never),
  )

describe('街道导入台账', () => {
  it('表头猜错的改过来，先核对后写入，有误的行留在原表里带原因退回', { timeout: 120_000 }, async () => {
    const page = await s.enter('zhou')
    await go(page, '/imports/new')
    await page.locator('input[type=file]').setInputFiles({ name: '望汀台账.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: Buffer.from(await messySheet()) })
    await page.getByRole('heading', { name: '核对表头' }).waitFor()
    await shot(page, 'import-headings')
    await choose(page, page.getByLabel('厂址导入为'), '地址')
    await choose(page, page.getByLabel('老板手机导入为'), '主要负责人电话')
    await page.getByRole('button', { name: '确认表头，开始核对' }).click()
    await working(page, page.getByRole('button', { name: /^写入/ }))
    await shot(page, 'import-checked')
    await page.getByRole('button', { name: /^写入/ }).click()
    await working(page, page.getByRole('heading', { name: '写入结果' }))
    await shot(page, 'import-done')
    await go(page, '/enterprises')
    await page.getByText('安川汀前一号模具厂').waitFor()
  })
})

describe('两名执法人员检查一家企业', () => {
  it('安排、报批、批准', { timeout: 120_000 }, async () => {
    const page = await s.enter('wang')
    await go(page, '/visits/new')
    await page.getByRole('radio', { name: /行政检查（日常）/ }).click()
    await choose(page, page.locator('.ant-select', { hasText: '输入企业名称' }), firm, '精密五金')
    await field(page, '事由').fill('年度计划检查')
    await choose(page, page.locator('.ant-select', { hasText: '添加人员' }), '王砚川')
    await choose(page, page.locator('.ant-select', { hasText: '添加人员' }), '何汀筠')
    await page.getByRole('checkbox', { name: /夜查/ }).check()
    await shot(page, 'plan')
    await page.getByRole('button', { name: '安排并报批' }).click()
    await page.getByText('待审批').first().waitFor()
    const leader = await s.enter('chen')
    await go(leader, '/visits/approvals')
    await leader.getByText(firm).first().waitFor()
    await shot(leader, 'approval')
    await leader.getByRole('button', { name: '批准', exact: true }).first().click()
    await confirmWith(leader, '同意')
    await leader.getByText(firm).waitFor({ state: 'detached' })
  })

  it('到场、亮证、告知、逐项检查，四项隐患带照片，双方签字办结', { timeout: 180_000 }, async () => {
    const page = await s.enter('wang')
    await go(page, '/visits')
    await page.getByText(firm).first().click()
    await page.getByRole('button', { name: /到场/ }).first().click()
    for (const step of ['到场', '出示证件', '告知']) await page.getByRole('button', { name: step, exact: true }).click()
    await page.getByText('已扫码').click()
    for (const box of await page.getByRole('checkbox').all()) await box.check()
    await page.getByRole('button', { name: '开始检查' }).click()
    await page.getByRole('article').first().waitFor()
    await checkAll(page)
    await shot(page, 'record-finish')
    for (const canvas of await page.locator('canvas.vr-sign').all()) await draw(page, canvas)
    for (let left = await page.locator('canvas.vr-sign').count(); left > 0; left--) {
      await page.getByRole('button', { name: '确认签字' }).first().click()
      await expect.poll(() => page.locator('canvas.vr-sign').count()).toBe(left - 1)
    }
    await field(page, '企业在场人员').fill('赵启澄')
    await page.getByRole('button', { name: '办结', exact: true }).click()
    await page.getByText('已办结').first().waitFor()
    await go(page, '/hazards')
    await page.getByText('共 4 条').first().waitFor()
    await shot(page, 'hazards')
    expect(s.complaints).toEqual([])
  })
})

const findings: Record<string, (page: Page) => Promise<void>> = {
  'YC-10': async (page) => sheet(page, '一车间疏散通道', 1),
  'YC-19': async (page) => sheet(page, '二车间配电箱', 1),
  'YC-09': async (page) => sheet(page, '成品仓', 1, 1),
  'YC-29': async (page) => {
    await field(page, '集体研判意见').fill('打磨车间内设有办公室，符合判定条款')
    await field(page, '研判人').fill('许听澜')
    await sheet(page, '打磨车间', 1)
  },
}

/** Category by category: the four that fail first, then the rest of each category complies. */
async function checkAll(page: Page): Promise<void> {
  for (let guard = 0; guard < 20; guard++) {
    for (const [code, fill] of Object.entries(findings)) {
      const card = page.getByRole('article', { name: new RegExp(`^${code} `) })
      if (!(await card.isVisible())) continue
      await card.getByRole('radio', { name: code === 'YC-09' ? '现场已改' : '不符合' }).click()
      await fill(page)
    }
    const rest = page.getByRole('button', { name: /本类其余均符合/ })
    if (await rest.isVisible()) await rest.click()
    const last = page.getByRole('button', { name: '下一步：签字' })
    if (await last.isVisible()) return last.click()
    await page.getByRole('button', { name: '下一类' }).click()
  }
}

/** The sheet of one finding. */
async function sheet(page: Page, location: string, before: number, after = 0): Promise<void> {
  const drawer = page.locator('.ant-drawer-body')
  await field(drawer, '部位').fill(location)
  if (before) await attach(drawer.locator('.ant-form-item', { hasText: '整改前照片' }), before)
  if (after) await attach(drawer.locator('.ant-form-item', { hasText: '整改后照片' }), after)
  await page.getByRole('button', { name: '完成' }).click()
  await drawer.waitFor({ state: 'detached' })
}

/** The dialog of a legal act: reason typed, then its primary button. */
async function confirmWith(page: Page, text: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  const box = dialog.locator('textarea').first()
  if (await box.isVisible()) await box.fill(text)
  await dialog.locator('.ant-btn-primary').last().click()
  await dialog.waitFor({ state: 'detached' })
}

/** Lets the background work until what it brings can be seen. */
async function working(page: Page, wanted: Locator): Promise<void> {
  await expect.poll(async () => {
    await s.world.runJobs()
    return wanted.isVisible()
  }, { timeout: 30_000, interval: 500 }).toBe(true)
  await page.waitForTimeout(100)
}
