import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { drafted, night } from '../capabilities/campaign/server/fixtures.ts'
import { projectRoot } from '../kernel/server/root.ts'
import { act, press, refusedBy, restingDialog } from './acts.ts'
import { go, shot } from './stage.ts'
import { story } from './story.ts'

/** 双随机: nobody can choose, everybody can do it again. */
let campaign = ''
let path = ''
const s = story(async (w) => {
  campaign = (await drafted(w, night({ kind: 'SPECIAL', name: '春季双随机抽查', startsAt: '2026-03-05T01:00:00Z', endsAt: '2026-06-05T10:00:00Z', scheme: { objects: { siteKinds: ['PRODUCTION_SITE'] }, visitKinds: ['ADMIN_DAILY'] } }), [])).id
})

/** `npm run verify-draw` as an outsider runs it: its words and its exit code. */
const again = (file: string): Promise<{ words: string; code: number }> =>
  new Promise((done) => execFile(process.execPath, ['--import', 'tsx', join(projectRoot(), 'scripts/verify-draw.ts'), file], { cwd: projectRoot() }, (error, out) => done({ words: out, code: error ? Number(error.code) : 0 })))

async function opened(who: string): Promise<Page> {
  const page = await s.at(who)
  await go(page, path)
  await page.getByRole('heading', { name: '春季双随机抽查双随机抽取' }).waitFor()
  return page
}

describe('随机抽取', () => {
  s.scene('空的名单说得出是空的；选上“未评估”层，冻结，摘要立即公布', async () => {
    const page = await s.at('xu')
    await go(page, `/campaigns/${campaign}?tab=draws`)
    await page.getByRole('button', { name: '冻结一份名单' }).first().click()
    const dialog = await restingDialog(page)
    await refusedBy(page, dialog.getByRole('button', { name: '冻结', exact: true }), '名单是空的，无从抽取')
    await shot(page, 'draw-empty')
    for (const stratum of ['红', '橙', '黄', '蓝']) await dialog.getByRole('checkbox', { name: stratum, exact: true }).uncheck()
    await dialog.getByRole('checkbox', { name: '未评估' }).check()
    await dialog.getByLabel('未评估抽取比例').fill('50')
    await dialog.getByLabel('未评估备选家数').fill('1')
    await dialog.locator('.ant-select', { hasText: '随机选派的执法人员' }).click()
    for (const name of ['王砚川', '何汀筠', '陆问渠']) await page.locator('.ant-select-item-option', { hasText: name }).first().click()
    await page.keyboard.press('Escape')
    await dialog.getByRole('button', { name: '冻结', exact: true }).click()
    await page.waitForURL(/\/draws\/[0-9a-f-]{36}/)
    path = new URL(page.url()).hash.slice(1)
    await page.getByText('2 家，执法人员 3 名').waitFor()
  })

  s.scene('法制、街道各交承诺、揭示；时候没到抽不了', async () => {
    for (const who of ['wei', 'zhou']) await act(await opened(who), '交承诺')
    for (const who of ['wei', 'zhou']) {
      const page = await opened(who)
      await act(page, '揭示原文')
      await page.getByText('揭示原文').first().waitFor()
    }
    const page = await opened('xu')
    await page.getByText(/之后填入公共随机值抽取/).waitFor()
    expect(await page.getByText('未揭示').count()).toBe(0)
    expect(await page.getByRole('button', { name: '抽取', exact: true }).count()).toBe(0)
    await shot(page, 'draw-revealed')
  })

  s.scene('公共随机值产生之后抽取；停产的写明理由更换，备选递补', async () => {
    await s.later(2)
    const page = await opened('xu')
    await press(page, '抽取')
    const dialog = await restingDialog(page)
    await dialog.locator('input').first().fill('3158.42')
    await dialog.locator('.ant-btn-primary').last().click()
    await page.getByRole('heading', { name: '抽中 1 家' }).waitFor()
    await page.getByRole('button', { name: '更换', exact: true }).click()
    const change = await restingDialog(page)
    await change.getByText('企业停产').click()
    await change.locator('textarea').fill('停产三个月，已核实')
    await change.locator('.ant-btn-primary').last().click()
    await page.getByText(/已更换：企业停产，停产三个月/).waitFor()
    await shot(page, 'draw-replaced')
  })

  s.scene('公示：不登录看得到结果和更换理由；下载的文件重算一致，改一个字就不符', async () => {
    await act(await opened('chen'), '公示')
    const anybody = await s.window()
    await anybody.goto(`${new URL(anybody.url()).origin}/public/draws/${path.split('/').at(-1)}`)
    await anybody.getByText(/已更换：企业停产，停产三个月/).waitFor()
    await anybody.getByText(/3158\.42/).first().waitFor()
    await shot(anybody, 'draw-public')
    const folder = mkdtempSync(join(tmpdir(), 'angrid-draw-'))
    try {
      const [download] = await Promise.all([anybody.waitForEvent('download'), anybody.getByRole('link', { name: '下载可重算的文件' }).click()])
      const file = join(folder, 'draw.json')
      await download.saveAs(file)
      expect(await again(file)).toMatchObject({ code: 0, words: expect.stringContaining('重算一致') })
      writeFileSync(file, readFileSync(file, 'utf8').replace('3158.42', '3158.43'))
      expect(await again(file)).toMatchObject({ code: 1, words: expect.stringContaining('结果不可信') })
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
