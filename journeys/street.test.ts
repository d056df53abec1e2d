import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { after, approved, inspection, photos, withChecklists } from '../capabilities/visit/server/fixtures.ts'
import { operations as visit } from '../capabilities/visit/operations.ts'
import type { World } from '../house/world.ts'
import { act, attach, choose, confirm, field, item, press, refusedBy, restingDialog, select, signAll } from './acts.ts'
import { hazardAt } from './hazard.ts'
import { answerAll, arrive } from './inspection.ts'
import { go, shot } from './stage.ts'
import { story } from './story.ts'

/** The grid officer's round, and what does not go as planned: a full year, an urgent case, a refused signature, another authority. */
const firm = '安川澜湖精密五金有限公司'
const s = story(async (w) => {
  await withChecklists(w)
  await inspectedBefore(w)
})

/** One inspection of this year lies behind: with a ceiling of one the next is one too many. */
async function inspectedBefore(w: World): Promise<void> {
  const { id, version } = await approved(w)
  const signs = await photos(w, 'wang', 3)
  const started = await w.as('wang').do(visit.start, { id, baseVersion: version, arrivedAt: after(w, -60), scan: { moment: 'BEFORE', scannedAt: after(w, -60) }, idShownAt: after(w, -59), informedAt: after(w, -58) })
  await w.as('wang').do(visit.record, inspection(w, id, { baseVersion: started.version, signs }))
}

let patrolPath = ''
const fixedPlaces = ['东门通道', '二楼楼梯口'] as const

/** Chooses the firm, the shop list, and begins. */
async function beginPatrol(page: Page): Promise<void> {
  await go(page, '/visits/record')
  await choose(page, page.locator('.ant-select', { hasText: '输入企业名称' }), firm, '精密五金')
  await page.getByRole('checkbox', { name: /消防燃气排查/ }).check()
  await page.getByRole('button', { name: '开始记录' }).click()
  await page.getByRole('button', { name: '到场', exact: true }).click()
  await page.getByPlaceholder('没有位置或距离较远的原因').fill('厂房内无信号')
  await page.getByRole('button', { name: '下一步：检查' }).click()
}

describe('安格员巡查', () => {
  s.scene('电脑上登记巡查：一项当场改好带前后照片，一项上报，一项疑似重大；不得出具文书', async () => {
    const page = await s.at('lin')
    await beginPatrol(page)
    await answerAll(page, { 'JX-08': { location: '二楼楼梯口', fixed: true }, 'JX-12': { location: '仓库配电箱' }, 'JX-25': { location: '门卫室' }, 'JX-04': { location: '喷粉房休息间', suspected: '休息室' } })
    await page.getByRole('button', { name: /办结$/ }).click()
    await page.getByText('发现的隐患').waitFor()
    await page.getByText(/4 项，现场整改 1 项，重大 1 项/).waitFor()
    await page.getByText('不得出具文书，只能上报').first().waitFor()
    patrolPath = new URL(page.url()).hash.slice(1)
    await shot(page, 'patrol-done')
    await hazardAt(page, '二楼楼梯口')
    await page.getByText('称已当场整改').waitFor()
    expect(await page.getByRole('button', { name: '核定', exact: true }).count()).toBe(0)
  }, 150)

  s.scene('手机上随手报：拍照、当场整改、前后照片齐了才收', async () => {
    const page = await s.at('lin', 'phone')
    await go(page, '/hazards/new')
    await choose(page, page.locator('.ant-select', { hasText: '输入企业名称' }), firm, '精密五金')
    await choose(page, select(page.locator('main'), '类别'), '作业场所', '疏散')
    await field(page, '部位').fill('东门通道')
    await field(page, '描述').fill('通道堆放纸箱')
    await attach(item(page, '整改前照片'))
    await item(page, '当场整改').getByRole('switch').click()
    await refusedBy(page, page.getByRole('button', { name: '上报', exact: true }), '请上传整改后照片')
    await shot(page, 'phone-report-refused')
    await attach(item(page, '整改后照片'))
    await page.getByRole('button', { name: '上报', exact: true }).click()
    await page.getByText('称已当场整改').waitFor()
    await shot(page, 'phone-reported')
  })

  s.scene('持证的执法人员核定，安格员核实两处当场整改，销号', async () => {
    const officer = await s.at('wang')
    for (const place of fixedPlaces) {
      await go(officer, '/')
      await officer.locator('.ag-todo', { hasText: place }).getByRole('button', { name: '办理' }).click()
      await act(officer, '核定', undefined, async (dialog) => field(dialog, '整改要求').fill('清理堆放物，保持通道畅通'))
      await officer.getByText('当场已改待核').first().waitFor()
    }
    for (const [size, place] of [['phone', fixedPlaces[0]], ['desk', fixedPlaces[1]]] as const) {
      const page = await s.at('lin', size)
      await go(page, '/')
      await page.locator('.ag-todo', { hasText: place }).getByRole('button', { name: '办理' }).click()
      await act(page, '核实销号')
      await page.getByText('已销号').first().waitFor()
      await shot(page, `patrol-closed-${size}`)
    }
  })

  s.scene('手机上巡查一遍，没有发现问题', async () => {
    const page = await s.at('lin', 'phone')
    await beginPatrol(page)
    await shot(page, 'phone-patrol')
    await answerAll(page, {})
    await page.getByRole('button', { name: /办结$/ }).click()
    await page.getByText('本次没有发现隐患').waitFor()
    await shot(page, 'phone-patrol-done')
  })
})

describe('年度频次上限', () => {
  s.scene('分管负责人按公布的文件设定上限一次', async () => {
    const page = await s.at('chen')
    await go(page, '/visits/caps')
    await page.getByText('本年度尚未配置频次上限').waitFor()
    const cell = page.locator('tr', { hasText: '非高危' }).getByRole('button').last()
    await cell.click()
    const dialog = await restingDialog(page)
    await field(dialog, '上限').fill('1')
    await field(dialog, '依据文件').fill('安澜应急〔2026〕3号')
    await shot(page, 'cap-dialog')
    await confirm(page)
    await page.getByRole('button', { name: '1', exact: true }).waitFor()
    await shot(page, 'cap-set')
  })

  s.scene('到了上限：安排时说明，到场时拦下', async () => {
    const page = await s.at('wang')
    await go(page, '/visits/new')
    await page.getByRole('button', { name: /行政检查（日常）/ }).click()
    await choose(page, page.locator('.ant-select', { hasText: '输入企业名称' }), firm, '精密五金')
    await page.getByText('今年已检查 1 次，上限 1 次，还可检查 0 次').waitFor()
    await field(page, '事由').fill('年度计划检查')
    for (const name of ['王砚川', '何汀筠']) await choose(page, page.locator('.ant-select', { hasText: '添加人员' }), name)
    await page.getByRole('checkbox', { name: /夜查/ }).check()
    await page.getByRole('button', { name: '安排并报批' }).click()
    await page.getByText('待审批').first().waitFor()
    const path = new URL(page.url()).hash.slice(1)
    const leader = await s.at('chen')
    await go(leader, path)
    await press(leader, '批准')
    await confirm(leader, '同意')
    await page.reload()
    await press(page, '到场开始')
    await arrive(page)
    await refusedBy(page, page.getByRole('button', { name: '开始检查' }), '该企业今年已检查 1 次，达到频次上限 1 次；有线索的，改为个案检查')
    await shot(page, 'cap-reached')
  })
})

describe('巡查转个案、先检查后补办、拒绝签字', () => {
  let casePath = ''
  s.scene('巡查发现疑似重大，转个案检查；情况紧急先检查，超频次写明理由', async () => {
    const page = await s.at('wang')
    await go(page, patrolPath)
    await page.getByRole('link', { name: '转个案检查' }).click()
    await page.getByText('安川澜湖精密五金有限公司厂区').first().waitFor()
    await field(page, '事由').fill('安格员巡查发现喷粉房内设休息间')
    for (const name of ['王砚川', '何汀筠']) await choose(page, page.locator('.ant-select', { hasText: '添加人员' }), name)
    await page.getByRole('checkbox', { name: /夜查/ }).check()
    await page.getByRole('button', { name: '先存，暂不报批' }).click()
    await page.getByText('待报批').first().waitFor()
    casePath = new URL(page.url()).hash.slice(1)
    await shot(page, 'case-planned')
    await press(page, '紧急检查（即时报告）')
    await arrive(page)
    const begin = page.getByRole('button', { name: '开始检查' })
    await refusedBy(page, begin, '紧急')
    await page.getByLabel('紧急情况').fill('休息间内有人住宿，粉尘随时可能爆燃')
    await refusedBy(page, begin, /有线索的个案检查须写明理由/)
    await shot(page, 'case-urgent')
    await page.getByLabel('超频次检查理由').fill('安格员报告的重大隐患，须立即核查')
    await begin.click()
    await answerAll(page, {})
  }, 150)

  s.scene('企业拒绝签字，由见证人见证后办结', async () => {
    const page = await s.at('wang')
    await page.getByRole('switch', { name: '企业拒绝签字' }).click()
    await signAll(page)
    await refusedBy(page, page.getByRole('button', { name: /办结$/ }), '见证人')
    await field(page, '拒签情况').fill('认为检查次数已满，拒绝签字')
    await item(page, '见证人').locator('input').fill('江浦生')
    await field(page, '见证人身份').fill('汀前社区工作人员')
    await shot(page, 'sign-refused')
    await page.getByRole('button', { name: /办结$/ }).click()
    await page.getByText('已办结').first().waitFor()
    await page.getByText('紧急检查已报告，待负责人补办审批').waitFor()
    await shot(page, 'case-done')
  })

  s.scene('分管负责人工作台上：追认紧急检查，阅处拒签报告', async () => {
    const page = await s.at('chen')
    await go(page, '/')
    await page.locator('.ag-todo', { hasText: '拒绝签字报告' }).waitFor()
    await shot(page, 'home-urgent')
    await page.locator('.ag-todo', { hasText: '紧急检查报告，须补办审批' }).getByRole('button', { name: '办理' }).click()
    await press(page, '补办审批：追认')
    await confirm(page, '情况属实，追认')
    await page.getByText('紧急检查已报告，待负责人补办审批').waitFor({ state: 'detached' })
    await act(page, '阅处报告', '约谈企业负责人')
    await go(page, '/')
    await page.getByText('我的待办').waitFor()
    await expect.poll(() => page.locator('.ag-todo', { hasText: firm }).filter({ hasText: /拒绝签字|紧急检查/ }).count(), { timeout: 20_000 }).toBe(0)
    await go(page, casePath)
    await page.getByText('情况属实，追认').first().waitFor()
  })
})

describe('移送其他部门', () => {
  s.scene('执法人员申请移送，科长审批，登记回执办结', async () => {
    const page = await s.at('wang')
    await hazardAt(page, '门卫室')
    await act(page, '申请移送', undefined, async (dialog) => {
      await field(dialog, '移送单位').fill('安澜区消防救援大队')
      await field(dialog, '材料清单').fill('现场照片\n情况说明')
      await field(dialog, '理由').fill('消防设施属消防救援机构监管')
      await shot(page, 'transfer-ask')
    })
    await page.getByText('拟移送安澜区消防救援大队').waitFor()
    const lead = await s.at('xu')
    await go(lead, '/')
    await lead.locator('.ag-todo', { hasText: '审批移送安澜区消防救援大队' }).getByRole('button', { name: '办理' }).click()
    await act(lead, '审批移送', undefined, async (dialog) => field(dialog, '理由').fill('同意移送'))
    await lead.getByText('已移送').first().waitFor()
    await act(lead, '登记回执', undefined, async (dialog) => field(dialog, '办理结果').fill('已受理并督促更换灭火器'))
    await lead.getByText('移送办结').first().waitFor()
    await shot(lead, 'transfer-done')
  })
})
