import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operations as enterprise } from '../capabilities/enterprise/operations.ts'
import { operations as sync } from '../capabilities/sync/operations.ts'
import { castPassword, ids } from '../house/cast.ts'
import { enter, type Phone, phoneOf, send, settled, signInAgain } from './phone.ts'
import { report } from './phone-acts.ts'
import { shot, type Stage, stage } from './stage.ts'

/** What is left when nothing else helps: everything unsent as a file, another phone, a phone that was given up, two who said different things. */
let set: Stage
let lin: Phone
let folder: string
beforeAll(async () => {
  set = await stage()
  folder = mkdtempSync(join(tmpdir(), 'angrid-unsent-'))
  lin = await phoneOf(set, 'lin')
  await settled(lin.page)
})
afterAll(async () => {
  await lin?.wire.close()
  await set?.close()
  rmSync(folder, { recursive: true, force: true })
})

const found = async (description: string) => (await set.world.app.db.all.selectFrom('hazard').select(['id', 'found_by']).where('description', '=', description).execute()).length

async function exported(page: Page): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: /^导出 \d+ 件$/ }).click()])
  const path = join(folder, download.suggestedFilename())
  await download.saveAs(path)
  return path
}

/** Her own phone again: the one at the office has taken her session over, as a second phone does. */
async function back({ page }: Phone): Promise<void> {
  await send(page)
  await signInAgain(page, castPassword)
  await page.getByLabel('口令', { exact: true }).waitFor({ state: 'hidden' })
}

describe('the last resort', () => {
  it('a file of everything unsent, taken in on another phone by the same person, arrives once with its photo; nobody else may take it in', async () => {
    lin.wire.cut()
    await report(lin.page, ids.site, '配电箱门脱落', '门口')
    await report(lin.page, ids.site, '灭火器压力不足', '仓库')
    await lin.go('/queue')
    const file = await exported(lin.page)
    expect(file).toContain('林禾安')
    // At the office, Wang by mistake.
    const wang = await phoneOf(set, 'wang')
    await wang.go('/queue')
    await wang.page.getByLabel('导入未发送文件').setInputFiles(file)
    await wang.page.getByText('这是林禾安的文件，须由本人登录后导入').waitFor()
    await shot(wang.page, 'field-import-other')
    // Lin at the office, on another phone; her own lies dead in a drawer.
    const office = await phoneOf(set, 'lin')
    await settled(office.page)
    await office.page.getByLabel('导入未发送文件').setInputFiles(file)
    await expect.poll(async () => [await found('配电箱门脱落'), await found('灭火器压力不足')], { timeout: 30_000 }).toEqual([1, 1])
    await office.page.getByText('近 30 天已送达 2 件').waitFor()
    const pictures = JSON.parse(readFileSync(file, 'utf8')) as { photos: { id: string; sha256: string }[] }
    const stored = await set.world.app.db.all.selectFrom('attachment').select(['id', 'sha256']).where('id', 'in', pictures.photos.map(({ id }) => id)).orderBy('id').execute()
    expect(stored).toEqual(pictures.photos.map(({ id, sha256 }) => ({ id, sha256 })).sort((a, b) => (a.id < b.id ? -1 : 1)))
    // The drawer opens again: the same commands under the same keys, nothing twice.
    lin.wire.mend()
    await back(lin)
    await lin.sync()
    await lin.page.getByText('近 30 天已送达 2 件').waitFor({ timeout: 30_000 })
    expect([await found('配电箱门脱落'), await found('灭火器压力不足')]).toEqual([1, 1])
    // Taken in once more, it changes nothing.
    await office.page.getByLabel('导入未发送文件').setInputFiles(file)
    await office.page.getByText('导入 0 件、0 张照片').waitFor()
    for (const one of [wang, office]) {
      await one.page.context().close()
      await one.wire.close()
    }
  }, 120_000)

  it('a file that was changed on the way is refused, and takes nothing in', async () => {
    lin.wire.cut()
    await report(lin.page, ids.site, '楼梯间停放电动车', '楼梯间')
    await lin.go('/queue')
    const file = await exported(lin.page)
    const text = readFileSync(file, 'utf8')
    const bent = text.replace(/("bytes":"[^"]{400})[A-Za-z0-9]/, (_, head: string) => `${head}${text[text.indexOf(head) + head.length] === 'A' ? 'B' : 'A'}`)
    expect(bent).not.toBe(text)
    const office = await phoneOf(set, 'lin')
    await settled(office.page)
    await office.page.getByLabel('导入未发送文件').setInputFiles({ name: '坏.angrid', mimeType: 'application/json', buffer: Buffer.from(bent) })
    await office.page.getByText(/与导出时不一致/).waitFor()
    await office.page.getByLabel('导入未发送文件').setInputFiles({ name: '别的.angrid', mimeType: 'application/json', buffer: Buffer.from('{}') })
    await office.page.getByText('这不是安格导出的文件').waitFor()
    expect(await found('楼梯间停放电动车')).toBe(0)
    await office.page.context().close()
    await office.wire.close()
    lin.wire.mend()
    await back(lin)
    await lin.sync()
    await expect.poll(() => found('楼梯间停放电动车'), { timeout: 30_000 }).toBe(1)
  }, 120_000)

  it('two who said different things stand side by side; mine done again on top leaves both in the history', async () => {
    await lin.go(`/site/${ids.site}`)
    lin.wire.cut()
    await lin.page.getByRole('button', { name: '登记经营状态' }).click()
    await lin.page.getByRole('radio', { name: '登记自行停产' }).click()
    await lin.page.getByLabel('情况').fill('大门紧闭，门卫说放假')
    await lin.page.getByRole('button', { name: '登记', exact: true }).click()
    const wang = set.world.as('wang')
    const firm = await wang.do(enterprise.get, { id: ids.enterprise })
    const stopped = await wang.do(enterprise.setState, { id: ids.enterprise, baseVersion: firm.version, state: 'VOLUNTARY_STOP', reason: '电话核实停产' })
    await wang.do(enterprise.setState, { id: ids.enterprise, baseVersion: stopped.version, state: 'ACTIVE', reason: '又开工了' })
    lin.wire.mend()
    await lin.sync()
    const sides = lin.page.getByRole('group', { name: '对照' })
    await sides.getByText('大门紧闭').waitFor({ timeout: 30_000 })
    await shot(lin.page, 'field-conflict')
    await lin.page.getByRole('button', { name: '按最新情况重办' }).click({ timeout: 30_000 })
    await expect.poll(async () => (await wang.do(enterprise.get, { id: ids.enterprise })).state, { timeout: 30_000 }).toBe('VOLUNTARY_STOP')
    await lin.go('/queue')
    await lin.page.getByText('（已按最新情况重办）').waitFor()
    const { rows } = await set.world.app.db.pool.query(`select count(*)::int as n from domain_event where aggregate_id = $1 and event like 'enterprise.state%'`, [ids.enterprise])
    expect(rows[0].n).toBe(3)
  }, 120_000)

  it('a device that was given up says so, lets what is unsent be saved, and then holds nothing of its person', async () => {
    lin.wire.cut()
    await report(lin.page, ids.site, '仓库堆垛过高', '车间')
    const { rows } = await set.world.as('lin').do(sync.devices, {})
    for (const row of rows) await set.world.as('lin').do(sync.revokeDevice, { id: row.id, baseVersion: row.version, reason: '手机丢失' })
    lin.wire.mend()
    await lin.page.reload()
    await back(lin)
    await lin.page.getByText('这台设备已被停用').waitFor({ timeout: 30_000 })
    await shot(lin.page, 'field-wipe')
    // What was made here still goes; what she had set aside before stays unsent, and is counted.
    await expect.poll(() => found('仓库堆垛过高'), { timeout: 30_000 }).toBe(1)
    await lin.page.getByText(/还有 1 件没有发出/).waitFor()
    await lin.page.getByRole('button', { name: '清除本机数据' }).click()
    const ask = lin.page.locator('.adm-dialog')
    await ask.getByText(/1 件没有发出/).waitFor()
    await ask.getByText('清除', { exact: true }).click()
    await lin.page.getByLabel('账号').waitFor()
    expect(await lin.page.evaluate('indexedDB.databases().then((all) => all.map((one) => one.name))')).toEqual([])
    // Whoever signs in next finds his own page and nothing of hers.
    await enter(lin.page, 'zheng')
    expect(await lin.page.getByText('林禾安').count()).toBe(0)
  }, 120_000)
})
