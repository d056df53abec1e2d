import { readFileSync } from 'node:fs'
import type { Locator, Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { withChecklists } from '../capabilities/visit/server/fixtures.ts'
import { verifyLedger } from '../kernel/server/ledger-file.ts'
import { act, choose, confirm, dialogOf, field, item, pickDay, pickMoment, press, refusedBy, restingDialog, select, signAll } from './acts.ts'
import { credentials } from './chromium.ts'
import { assign, handIn, hazardAt, plan } from './hazard.ts'
import { answerAll, arrive, type Found, hazardCard, paper } from './inspection.ts'
import { messySheet } from './sheet.ts'
import { go, shot } from './stage.ts'
import { story } from './story.ts'

/** A day of the bureau in a real browser, and the weeks it takes to close what was found; each person at his own window. */
const firm = '安川澜湖精密五金有限公司'
const s = story(withChecklists)

/** Where the papers and hazards of the day stand, for whoever is sent a link. */
const places = { exit: '一车间疏散通道', box: '二车间配电箱', store: '成品仓', shop: '打磨车间' } as const
const found: Record<string, Found> = {
  'YC-10': { location: places.exit, days: 15 }, 'YC-19': { location: places.box, days: 3 }, 'YC-09': { location: places.store, fixed: true },
  'YC-29': { location: places.shop, major: { opinion: '打磨车间内设有办公室，符合判定条款', by: '许听澜' } },
}
let orderPath = ''

describe('三员建人', () => {
  s.scene('系统管理员建单位、登记人员、开账号；没有授权的按钮', async () => {
    const page = await s.at('sun')
    await go(page, '/organisations')
    await act(page, '新建单位', undefined, async (dialog) => {
      await field(dialog, '名称').fill('执法监督二科')
      await choose(page, select(dialog, '区划'), '安澜区')
      await choose(page, select(dialog, '上级单位'), '安澜区应急管理局')
    })
    await page.getByRole('cell', { name: '执法监督二科' }).waitFor()
    await go(page, '/people')
    await act(page, '登记人员', undefined, async (dialog) => {
      await field(dialog, '姓名').fill('苏见微')
      await choose(page, select(dialog, '单位'), '执法监督二科')
      await field(dialog, '电话').fill('16000998877')
    })
    await page.getByRole('link', { name: '苏见微' }).click()
    await page.getByText('没有账号。由系统管理员开立').waitFor()
    await press(page, '开立账号')
    await field(await restingDialog(page), '账号').fill('sujw')
    await dialogOf(page).getByRole('button', { name: '开立' }).click()
    await page.getByText('只显示这一次').waitFor()
    s.remember('sujw', (await dialogOf(page).locator('code').textContent()) ?? '')
    await shot(page, 'people-temporary-password')
    await (await restingDialog(page)).getByRole('button', { name: '已转交' }).click()
    await page.getByText('临时口令，首次登录须修改').waitFor()
    expect(await page.getByRole('button', { name: /授予岗位|登记证件/ }).count()).toBe(0)
  })

  s.scene('安全管理员授予岗位、登记执法证；没有开账号的按钮', async () => {
    const page = await s.at('wu')
    await go(page, '/people?noPost=true')
    await page.getByRole('link', { name: '苏见微' }).click()
    await act(page, '授予岗位', undefined, async (dialog) => {
      await choose(page, select(dialog, '角色'), '执法人员', '执法')
      await choose(page, select(dialog, '区划'), '安澜区')
      await shot(page, 'people-grant')
    })
    await page.getByText('任执法人员岗位，但今天没有有效的行政执法证').waitFor()
    await act(page, '登记证件', undefined, async (dialog) => {
      await field(dialog, '证号').fill('990101088')
      await field(dialog, '发证机关').fill('安川市司法局')
      await pickDay(page, field(dialog, '有效期起'), '2026-01-01')
      await pickDay(page, field(dialog, '有效期止'), '2028-12-31')
    })
    await page.getByText('990101088').waitFor()
    expect(await page.getByRole('button', { name: '开立账号' }).count()).toBe(0)
    await shot(page, 'people-person')
  })

  s.scene('新人用临时口令登录，先改口令；弱口令说明原因；改后按岗位办事', async () => {
    const page = await s.window()
    await credentials(page, 'sujw', s.password('sujw'))
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '修改口令' }).waitFor()
    const change = async (next: string) => {
      await page.getByLabel('原口令').fill(s.password('sujw'))
      await page.getByLabel('新口令', { exact: true }).fill(next)
      await page.getByLabel('再输一遍新口令').fill(next)
      await page.getByRole('button', { name: '改好口令' }).click()
    }
    await change('lan12')
    await page.getByText('新口令至少 8 位').waitFor()
    await shot(page, 'first-password')
    await change('Qiu-Lan#7731')
    await page.getByRole('heading', { name: '工作台' }).waitFor()
    s.remember('sujw', 'Qiu-Lan#7731')
    await page.getByText('执法人员（安澜区）').waitFor()
    await go(page, '/enterprises')
    await page.getByText(firm).first().waitFor()
    await shot(page, 'new-inspector')
  })
})

describe('街道导入台账', () => {
  s.scene('表头猜错的改过来，先核对后写入，有误的行留在原表里带原因退回', async () => {
    const page = await s.at('zhou')
    await go(page, '/imports/new')
    await page.locator('input[type=file]').setInputFiles(await messySheet())
    await page.getByRole('heading', { name: '核对表头' }).waitFor()
    await shot(page, 'import-headings')
    await choose(page, page.locator('tr', { hasText: '厂址' }).locator('.ant-select'), '地址')
    await choose(page, page.locator('tr', { hasText: '老板手机' }).locator('.ant-select'), '主要负责人电话')
    await page.getByRole('button', { name: '确认表头，开始核对' }).click()
    await working(page.getByRole('button', { name: /^写入/ }))
    await shot(page, 'import-checked')
    await page.getByRole('button', { name: /^写入/ }).click()
    await working(page.getByRole('heading', { name: '写入结果' }))
    await shot(page, 'import-done')
    await go(page, '/enterprises')
    await page.getByText('安川汀前一号模具厂').waitFor()
  })
})

describe('两名执法人员检查一家企业', () => {
  s.scene('安排、报批、批准', async () => {
    const page = await s.at('wang')
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
    const leader = await s.at('chen')
    await go(leader, '/visits/approvals')
    await leader.getByText(firm).first().waitFor()
    await shot(leader, 'approval')
    await leader.getByRole('button', { name: '批准', exact: true }).first().click()
    await confirm(leader, '同意')
    await leader.getByText(firm).waitFor({ state: 'detached' })
  })

  s.scene('到场、亮证、告知、逐项检查，四项隐患带照片，双方签字办结', async () => {
    const page = await s.at('wang')
    await go(page, '/visits')
    await page.getByText(firm).first().click()
    await page.getByRole('button', { name: /到场/ }).first().click()
    await arrive(page)
    await page.getByRole('button', { name: '开始检查' }).click()
    await answerAll(page, found)
    await shot(page, 'record-finish')
    await signAll(page)
    await field(page, '企业在场人员').fill('赵启澄')
    await page.getByRole('button', { name: /办结$/ }).click()
    await page.getByText('已办结').first().waitFor()
    await go(page, '/hazards')
    await page.getByText('共 4 条').first().waitFor()
    await shot(page, 'hazards')
  }, 180)

  s.scene('检查记录、现场处理措施决定书、责令限期整改指令书：起草、批准、编号、双方签名、送达，Word 可下载', async () => {
    const from = { firm }
    await paper(s, { title: '现场检查记录', from, second: 'he', fill: async (page) => {
      await page.getByLabel('检查内容').fill('现场检查了粉尘、用电和疏散')
      await page.getByLabel('处理意见').fill('一项当场改正，其余依法处理')
    } })
    await paper(s, { title: '现场处理措施决定书', from, second: 'he', locations: [places.shop], fill: async (page) => {
      await page.getByRole('checkbox', { name: '停止使用相关设施、设备' }).check()
      await page.getByLabel('适用范围').fill('打磨车间')
      await page.getByLabel('措施期限').fill('自送达之日起至审查同意恢复使用之日止')
    } })
    const { page, path } = await paper(s, { title: '责令限期整改指令书', from, second: 'he', locations: [places.exit, places.box] })
    orderPath = path
    await page.getByText('（澜安澜）应急责改〔2026〕1号').first().waitFor()
    await shot(page, 'paper-served')
    const [word] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: /Word/ }).first().click()])
    expect(word.suggestedFilename()).toMatch(/责令限期整改指令书.*\.docx$/)
    await go(page, '/hazards?states=ORDERED')
    await page.getByText('共 3 条').first().waitFor()
  }, 240)
})

describe('企业自己的窗口', () => {
  s.scene('安全管理员只看见本企业的隐患，签收并报方案；手机上同样办；重大的由主要负责人签', async () => {
    const page = await s.at('zhao')
    await go(page, '/hazards')
    await page.getByText('共 4 条').first().waitFor()
    await shot(page, 'own-hazards')
    await hazardAt(page, places.exit)
    await act(page, '签收并报整改方案', undefined, plan('更换应急灯'))
    await page.getByText('整改中').first().waitFor()
    await shot(page, 'own-hazard')
    await go(page, '/enterprises')
    await page.getByText('共 1 条').first().waitFor()
    const phone = await s.at('zhao', 'phone')
    await hazardAt(phone, places.box)
    await act(phone, '签收并报整改方案', undefined, plan('配电箱加盖、装漏电保护'))
    await phone.getByText('整改中').first().waitFor()
    await shot(phone, 'phone-own-hazard')
    const principal = await s.at('feng')
    await hazardAt(principal, places.shop)
    await act(principal, '签收并报整改方案', undefined, async (dialog) => {
      await plan('搬离办公室')(dialog)
      await field(dialog, '目标任务').fill('粉尘场所内无人办公')
      await field(dialog, '机构和人员').fill('冯立勤、赵启澄')
    })
    await principal.getByText('整改中').first().waitFor()
  })

  s.scene('申请延期：科长先不同意，企业在手机上重新申请后同意，新旧期限都在', async () => {
    const ask = async (page: Page, reason: string) => {
      await hazardAt(page, places.exit)
      await act(page, '申请延期', undefined, async (dialog) => {
        await pickDay(page, field(dialog, '申请延至'), '2026-04-01')
        await field(dialog, '理由').fill(reason)
      })
      await page.getByText(`申请延至2026年4月1日：${reason}`).waitFor()
    }
    await ask(await s.at('zhao'), '灯具到货推迟')
    const lead = await s.at('xu')
    const answer = async (reply: string, refuse: boolean) => {
      await go(lead, '/')
      const line = lead.locator('.ag-todo', { hasText: '答复延期申请' })
      await line.waitFor()
      await shot(lead, 'home-extension')
      await line.getByRole('button', { name: '办理' }).click()
      await act(lead, '审批延期', undefined, async (dialog) => {
        if (refuse) await item(dialog, '是否同意').getByRole('switch').click()
        await field(dialog, '答复').fill(reply)
        await shot(lead, refuse ? 'extension-refuse' : 'extension-grant')
      })
    }
    await answer('请先附订货合同', true)
    await lead.getByText('不同意延期').first().waitFor()
    const phone = await s.at('zhao', 'phone')
    await ask(phone, '已附订货合同，3月底到货')
    await shot(phone, 'phone-extension')
    await answer('同意', false)
    await lead.getByText(/2026年4月1日（原 2026年3月20日/).waitFor()
    await shot(lead, 'extension-granted')
    await phone.reload()
    await phone.getByText(/2026年4月1日（原 2026年3月20日/).waitFor()
  })

  s.scene('外区人员到处都看不到', async () => {
    const page = await s.at('qian')
    for (const [path, nothing] of [['/hazards', '共 0 条'], ['/visits', '共 0 条'], ['/papers', '共 0 条'], ['/enterprises', '共 1 条']] as const) {
      await go(page, path)
      await page.getByText(nothing).first().waitFor()
      expect(await page.getByText(firm).count(), path).toBe(0)
    }
  })
})

describe('时钟走到逾期，逐级提级', () => {
  /** His home page shows this rung of the ladder for the box in workshop two, and its button leads there. */
  const rung = async (login: string, words: string) => {
    const page = await s.at(login)
    const line = page.locator('.ag-todo', { hasText: words }).filter({ hasText: places.box })
    await line.waitFor()
    await shot(page, `home-${login}-late`)
    return line
  }
  s.scene('逾期一日告知执法人员，三日到科长和街道，七日到分管负责人，都在各人工作台上', async () => {
    await s.later(5)
    await rung('wang', 'E1 告知执法人员')
    await s.later(2)
    await rung('xu', 'E2 科室督促')
    await rung('zhou', 'E2 科室督促')
    await s.later(4)
    const line = await rung('chen', 'E3 分管负责人约谈')
    await line.getByRole('button', { name: '办理' }).click()
    const page = await s.at('chen')
    await page.getByText('已提级 E3').waitFor()
    await page.getByText('到期未报，转复查').first().waitFor()
    await shot(page, 'hazard-late')
  })
})

describe('复查', () => {
  s.scene('企业提交整改，一项在电脑上，重大的一项在手机上', async () => {
    await handIn(await s.at('zhao'), places.exit, '已更换应急灯')
    const phone = await s.at('zhao', 'phone')
    await handIn(phone, places.shop, '办公室已搬离', true)
    await shot(phone, 'phone-handed-in')
  })

  s.scene('科长安排王砚川和新来的苏见微复查；意见书上一项合格、一项不合格再走一轮', async () => {
    for (const place of [places.exit, places.box, places.shop]) await assign(s, place)
    const { page } = await paper(s, { title: '整改复查意见书', from: { paper: orderPath }, second: 'sujw', fill: async (draft) => {
      for (const name of ['何汀筠', '许听澜', '陆问渠']) await draft.getByRole('checkbox', { name: new RegExp(name) }).uncheck()
      for (const name of ['王砚川', '苏见微']) await draft.getByRole('checkbox', { name: new RegExp(name) }).check()
      await pickMoment(draft, draft.locator('.ant-picker input').first(), '2026-03-16 08:30')
      await hazardCard(draft, places.exit).getByText('合格', { exact: true }).click()
      const failed = hazardCard(draft, places.box)
      await failed.getByText('不合格', { exact: true }).click()
      await failed.getByLabel('情况').fill('仍未加盖')
      await pickDay(draft, failed.getByLabel('继续整改至'), '2026-03-18')
      await shot(draft, 'reinspection-draft')
    } })
    await shot(page, 'reinspection-paper')
    await hazardAt(page, places.exit)
    await page.getByText('已销号').first().waitFor()
    await hazardAt(page, places.box)
    await page.getByText(/2026年3月18日（原 2026年3月8日，延期 0 次、复查 1 轮）/).waitFor()
    await shot(page, 'hazard-round-two')
  }, 180)

  s.scene('不合格的一项第二轮提交后复查合格，销号', async () => {
    await handIn(await s.at('zhao', 'phone'), places.box, '已加盖并装漏电保护')
    await assign(s, places.box)
    const page = await s.at('wang')
    await hazardAt(page, places.box)
    await act(page, '复查合格', undefined, async (dialog) => field(dialog, '复查意见').fill('已加盖，漏电保护有效'))
    await page.getByText('已销号').first().waitFor()
  })

  s.scene('重大隐患：不解除停用不能合格；解除后科长审核、分管负责人签批，四项全部销号', async () => {
    const page = await s.at('wang')
    await hazardAt(page, places.shop)
    await page.getByText('停用、停产措施有效，复查同意前不得恢复').waitFor()
    await press(page, '复查合格')
    const dialog = await restingDialog(page)
    await field(dialog, '复查意见').fill('办公室已搬离，粉尘场所内无人办公')
    await refusedBy(page, dialog.getByRole('button', { name: '记录合格' }), '停用、停产措施尚未解除，须先复查同意恢复')
    await shot(page, 'stop-not-lifted')
    await item(dialog, '同意恢复使用').getByRole('switch').click()
    await confirm(page)
    await page.getByText('科长审核销号').first().waitFor()
    for (const [login, step] of [['xu', '审核销号'], ['chen', '签批销号']] as const) {
      const signer = await s.at(login)
      await go(signer, '/')
      await signer.locator('.ag-todo', { hasText: step }).getByRole('button', { name: '办理' }).click()
      await act(signer, step, undefined, async (box) => field(box, '意见').fill('同意销号'))
    }
    const leader = await s.at('chen')
    await leader.getByText('已销号').first().waitFor()
    expect(await leader.getByText('停用、停产措施有效').count()).toBe(0)
    await shot(leader, 'major-closed')
    await go(leader, '/hazards?states=CLOSED')
    await leader.getByText('共 4 条').first().waitFor()
  })
})

describe('审计员', () => {
  s.scene('导出账本，离线校验通过；改动一个字节即校验不过', async () => {
    await s.world.runJobs()
    const page = await s.at('zheng')
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

/** Lets the background work until what it brings can be seen. */
async function working(wanted: Locator): Promise<void> {
  await expect.poll(async () => {
    await s.world.runJobs()
    return wanted.isVisible()
  }, { timeout: 30_000, interval: 500 }).toBe(true)
}
