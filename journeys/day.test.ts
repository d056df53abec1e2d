import { readFileSync } from 'node:fs'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withChecklists } from '../capabilities/visit/server/fixtures.ts'
import type { CastName } from '../house/cast.ts'
import { verifyLedger } from '../kernel/server/ledger-file.ts'
import { collect, writeXlsx } from '../kernel/server/sheet/write.ts'
import { attach, choose, draw, field } from './acts.ts'
import { go, type Stage, shot, stage } from './stage.ts'

/** A day of the bureau in a real browser, each person at his own window. */
let s: Stage
const firm = '安川澜湖精密五金有限公司'
const windows = new Map<CastName, Page>()

/** Each person has one window, signed in once. */
async function at(name: CastName): Promise<Page> {
  const page = windows.get(name) ?? (await s.enter(name))
  windows.set(name, page)
  return page
}

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
    const page = await at('zhou')
    await go(page, '/imports/new')
    await page.locator('input[type=file]').setInputFiles({ name: '望汀台账.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: Buffer.from(await messySheet()) })
    await page.getByRole('heading', { name: '核对表头' }).waitFor()
    await shot(page, 'import-headings')
    await choose(page, page.locator('tr', { hasText: '厂址' }).locator('.ant-select'), '地址')
    await choose(page, page.locator('tr', { hasText: '老板手机' }).locator('.ant-select'), '主要负责人电话')
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
    const page = await at('wang')
    await go(page, '/visits/new')
    await page.getByRole('button', { name: /行政检查（日常）/ }).click()
    await choose(page, page.locator('.ant-select', { hasText: '输入企业名称' }), firm, '精密五金')
    await field(page, '事由').fill('年度计划检查')
    await choose(page, page.locator('.ant-select', { hasText: '添加人员' }), '王砚川')
    await choose(page, page.locator('.ant-select', { hasText: '添加人员' }), '何汀筠')
    await page.getByRole('checkbox', { name: /夜查/ }).check()
    await shot(page, 'plan')
    await page.getByRole('button', { name: '安排并报批' }).click()
    await page.getByText('待审批').first().waitFor()
    const leader = await at('chen')
    await go(leader, '/visits/approvals')
    await leader.getByText(firm).first().waitFor()
    await shot(leader, 'approval')
    await leader.getByRole('button', { name: '批准', exact: true }).first().click()
    await confirmWith(leader, '同意')
    await leader.getByText(firm).waitFor({ state: 'detached' })
  })

  it('到场、亮证、告知、逐项检查，四项隐患带照片，双方签字办结', { timeout: 180_000 }, async () => {
    const page = await at('wang')
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
    for (const canvas of await page.locator('canvas.ag-pad').all()) await draw(page, canvas)
    for (let left = await page.locator('canvas.ag-pad').count(); left > 0; left--) {
      await page.getByRole('button', { name: '确认签字' }).first().click()
      await expect.poll(() => page.locator('canvas.ag-pad').count()).toBe(left - 1)
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

describe('文书', () => {
  it('检查记录、现场处理措施决定书、责令限期整改指令书：起草、批准、编号、双方签名、送达，Word 可下载', { timeout: 240_000 }, async () => {
    await paper('现场检查记录', [], async (page) => {
      await page.getByLabel('检查内容').fill('现场检查了粉尘、用电和疏散')
      await page.getByLabel('处理意见').fill('一项当场改正，其余依法处理')
    })
    await paper('现场处理措施决定书', ['打磨车间'], async (page) => {
      await page.getByRole('checkbox', { name: '停止使用相关设施、设备' }).check()
      await page.getByLabel('适用范围').fill('打磨车间')
      await page.getByLabel('措施期限').fill('自送达之日起至审查同意恢复使用之日止')
    })
    const page = await paper('责令限期整改指令书', ['一车间疏散通道', '二车间配电箱'])
    await page.getByText('（澜安澜）应急责改〔2026〕1号').first().waitFor()
    await shot(page, 'paper-served')
    const [word] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: /Word/ }).first().click()])
    expect(word.suggestedFilename()).toMatch(/责令限期整改指令书.*\.docx$/)
    await go(page, '/hazards?states=ORDERED')
    await page.getByText('共 3 条').first().waitFor()
  })
})

describe('企业自己的窗口', () => {
  it('安全管理员只看见本企业的隐患，签收、提交整改、申请延期', { timeout: 120_000 }, async () => {
    const page = await at('zhao')
    await go(page, '/hazards')
    await page.getByText('共 4 条').first().waitFor()
    await shot(page, 'own-hazards')
    await page.getByText('一车间疏散通道', { exact: false }).first().click()
    await act(page, '签收并报整改方案', undefined, async (dialog) => {
      for (const [label, text] of [['措施', '更换应急灯'], ['责任人', '赵启澄'], ['应急预案', '断电时停机疏散']] as const) await field(dialog, label).fill(text)
      await field(dialog, '资金').fill('3000')
    })
    await shot(page, 'own-hazard')
    await page.getByText('整改中').first().waitFor()
    await go(page, '/enterprises')
    await page.getByText('共 1 条').first().waitFor()
  })
  it('外区人员到处都看不到', { timeout: 60_000 }, async () => {
    const page = await at('qian')
    for (const [path, nothing] of [['/hazards', '共 0 条'], ['/visits', '共 0 条'], ['/papers', '共 0 条'], ['/enterprises', '共 1 条']] as const) {
      await go(page, path)
      await page.getByText(nothing).first().waitFor()
      expect(await page.getByText(firm).count(), path).toBe(0)
    }
  })
})

describe('审计员', () => {
  it('导出账本，离线校验通过；改动一个字节即校验不过', { timeout: 90_000 }, async () => {
    await s.world.runJobs()
    const page = await at('zheng')
    await go(page, '/ledger')
    await page.getByRole('button', { name: '立即校验' }).click()
    await shot(page, 'ledger')
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出账本' }).click()])
    const bytes = readFileSync((await file.path())!)
    const good = await verifyLedger(pieces(bytes))
    expect(good).toMatchObject({ ok: true, faults: [] })
    expect(good.sealed).toBeGreaterThan(20)
    const changed = Buffer.from(bytes)
    const where = changed.indexOf('"hazard.')
    changed[where + 1] = 'H'.charCodeAt(0)
    expect((await verifyLedger(pieces(changed))).faults.length).toBeGreaterThan(0)
    for (const path of ['/hazards', '/enterprises', '/visits']) {
      await go(page, path)
      await page.getByText(/没有这项权限|没有权限|岗位/).first().waitFor()
    }
  })
})

async function* pieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** One paper from draft to service, each step by the one whose step it is. */
async function paper(title: string, locations: readonly string[], fill: (page: Page) => Promise<void> = async () => undefined): Promise<Page> {
  const page = await at('wang')
  await go(page, '/papers/new')
  await choose(page, page.locator('.ant-select', { hasText: '查找已办结的检查' }), firm)
  await page.getByText(title, { exact: true }).click()
  for (const location of locations) {
    const card = page.locator('.agp-hazard', { hasText: location })
    const box = card.getByRole('checkbox').first()
    if (!(await box.isChecked())) await box.check()
    await card.getByRole('button', { name: '全部确认' }).click()
  }
  await fill(page)
  await page.getByRole('button', { name: '保存草稿' }).click()
  await page.waitForURL(/#\/papers\/[0-9a-f-]{36}/)
  const path = new URL(page.url()).hash.slice(1)
  const served = title !== '现场检查记录'
  if (served) {
    await act(page, '报审批')
    const leader = await at('chen')
    await go(leader, path)
    await act(leader, '批准', '同意')
    await page.reload()
  }
  await act(page, '签发')
  await signOn(page, '执法人员签名')
  const second = await at('he')
  await go(second, path)
  await second.reload()
  await signOn(second, '执法人员签名')
  await page.reload()
  await signOn(page, '当事人签收')
  if (served) await act(page, '登记送达')
  return page
}

/** Presses a step of the page, wherever it stands, and confirms its dialog. */
async function act(page: Page, name: string, text?: string, fill?: (dialog: Locator) => Promise<void>): Promise<void> {
  await press(page, name)
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  await fill?.(dialog)
  const box = dialog.locator('textarea').first()
  if (text && (await box.isVisible())) await box.fill(text)
  await dialog.locator('.ant-btn-primary').last().click()
  await dialog.waitFor({ state: 'detached' })
}

async function press(page: Page, name: string): Promise<void> {
  const button = page.getByRole('button', { name, exact: true }).first()
  const more = page.getByRole('button', { name: '更多' })
  await button.waitFor({ timeout: 5000 }).catch(() => shot(page, `press-${name}`))
  if (await button.isVisible()) return button.click()
  await more.click()
  await page.getByRole('menuitem', { name }).click()
}

async function signOn(page: Page, name: string): Promise<void> {
  await press(page, name)
  const dialog = page.getByRole('dialog')
  await dialog.locator('canvas').waitFor()
  await page.waitForTimeout(400)
  await draw(page, dialog.locator('canvas'))
  await dialog.getByRole('button', { name: '确认签名' }).click()
  await dialog.waitFor({ state: 'detached' })
}

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
      await card.getByRole('button', { name: code === 'YC-09' ? '现场已改' : '不符合', exact: true }).click()
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
