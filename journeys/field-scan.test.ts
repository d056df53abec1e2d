import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import QRCode from 'qrcode'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ids } from '../house/cast.ts'
import { type Line, line } from './line.ts'
import { type OwnBrowser, ownBrowser } from './own-browser.ts'
import { enter, handle, type Phone, settled } from './phone.ts'
import { shot, type Stage, stage } from './stage.ts'

/** The camera of the browser is fed with a film of a door sign: everything behind the lens is the app's own. */
let set: Stage
let wire: Line
let folder: string
const open: OwnBrowser[] = []
beforeAll(async () => {
  set = await stage()
  wire = await line(set.address)
  folder = mkdtempSync(join(tmpdir(), 'angrid-scan-'))
})
afterAll(async () => {
  for (const browser of open) await browser.close()
  await wire?.close()
  await set?.close()
  rmSync(folder, { recursive: true, force: true })
})

beforeEach(() => wire.mend())

/** A sign on a wall, a little turned, as a hand holds a phone; `undefined`: the sign is scratched beyond reading. */
async function film(name: string, text: string | undefined): Promise<string> {
  const wall = { create: { width: 640, height: 480, channels: 3 as const, background: '#b8b2a6' } }
  const sign = text === undefined ? await sharp({ create: { width: 240, height: 240, channels: 3, background: '#777', noise: { type: 'gaussian', mean: 128, sigma: 60 } } }).png().toBuffer() : await QRCode.toBuffer(text, { width: 240, margin: 2 })
  const turned = await sharp(sign).rotate(7, { background: '#b8b2a6' }).toBuffer()
  const frame = await sharp(wall).composite([{ input: turned, left: 180, top: 100 }]).jpeg({ quality: 92 }).toBuffer()
  const path = join(folder, `${name}.mjpeg`)
  writeFileSync(path, Buffer.concat(Array.from({ length: 4 }, () => frame)))
  return path
}

async function phone(name: string, text: string | undefined): Promise<Phone> {
  const browser = await ownBrowser(join(folder, `profile-${name}`), ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${await film(name, text)}`])
  open.push(browser)
  await browser.page.goto(`${wire.address}/field/`)
  await enter(browser.page, 'lin')
  const one = handle(browser.page, wire)
  await settled(one.page)
  return one
}

const codeOf = async (id: string): Promise<string> => (await set.world.app.db.all.selectFrom('site').select('code').where('id', '=', id).executeTakeFirstOrThrow()).code

describe('the sign at the door', () => {
  it('is read by the camera and opens its place, without a line; the visit that follows carries the scan', async () => {
    const { page, go } = await phone('own', `https://gate.example/code/${await codeOf(ids.site)}`)
    wire.cut()
    await go('/')
    await page.getByRole('link', { name: '扫码' }).first().click()
    const began = Date.now()
    await page.waitForURL(new RegExp(`#/site/${ids.site}`), { timeout: 20_000 })
    console.log(`field: a sign is read in ${((Date.now() - began) / 1000).toFixed(1)} s`)
    await page.getByText('已扫码').waitFor()
    await page.getByRole('button', { name: '开始走访' }).click()
    await page.getByText('网格巡查').first().waitFor()
    wire.mend()
  }, 90_000)

  it('of a place that is not mine is said once, not ten times a second; a lamp is offered only by a camera that has one', async () => {
    const { page, go } = await phone('stranger', `https://gate.example/code/${await codeOf(ids.neighbourSite)}`)
    let asked = 0
    page.on('request', (request) => (asked += request.url().includes('/sync/scan') ? 1 : 0))
    await go('/scan')
    await page.getByText(/不在您的管辖范围/).waitFor({ timeout: 20_000 })
    // Some ten looks of the camera at the same sign.
    await page.waitForTimeout(2500)
    expect(asked).toBe(1)
    expect(await page.getByRole('button', { name: '开灯' }).count()).toBe(0)
    await shot(page, 'field-scan-stranger')
    expect(page.url()).toContain('#/scan')
  }, 90_000)

  it('that nobody can read any more still has its number: a few figures of it find the place', async () => {
    const { page, go } = await phone('scratched', undefined)
    await go('/scan')
    await page.locator('video').waitFor()
    // Some six looks at a sign that says nothing.
    await page.waitForTimeout(1500)
    expect(page.url()).toContain('#/scan')
    await shot(page, 'field-scan')
    const code = await codeOf(ids.site)
    await page.getByLabel('编号片段').fill(code.slice(-9, -2).toLowerCase())
    await page.getByRole('button', { name: '查找' }).click()
    await page.locator('.f-line-site').first().click()
    await page.waitForURL(new RegExp(`#/site/${ids.site}`))
    // By hand is not by scan: the record says so.
    expect(await page.getByText('已扫码').count()).toBe(0)
  }, 90_000)
})
