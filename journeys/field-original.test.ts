import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { operations as system } from '../capabilities/system/operations.ts'
import { areas, ids } from '../house/cast.ts'
import { photo } from './acts.ts'
import { type Line, line } from './line.ts'
import { go, phone, send, settled } from './phone.ts'
import { report } from './phone-acts.ts'
import { go as goDesk, shot, type Stage, stage } from './stage.ts'

/** The district wants the camera's own file: it follows its photo, last of all, or its absence is said. */
let set: Stage
let wire: Line
beforeAll(async () => {
  set = await stage()
  wire = await line(set.address)
  await set.world.as('sun').do(system.setSetting, { key: 'attachment.keep_original', areaCode: areas.district, value: 'ON', baseVersion: 0, reason: '执法取证需要' })
})
afterAll(async () => {
  await wire?.close()
  await set?.close()
})

/** Reported without a line, with this picture. Answers the phone. */
async function away(seen: string, spot: string, file: Awaited<ReturnType<typeof photo>>, before?: string) {
  wire.mend()
  const page = await phone(set, wire.address, 'lin', before)
  await settled(page)
  wire.cut()
  await report(page, ids.site, seen, spot, file)
  await go(page, '/queue')
  return page
}

/** Its page on the desk, opened after it has arrived. */
async function hazardPage(seen: string) {
  const found = async (): Promise<string | undefined> => (await set.world.app.db.pool.query<{ id: string }>('select id from hazard where description = $1', [seen])).rows[0]?.id
  await expect.poll(found, { timeout: 20_000 }).toBeDefined()
  const desk = await set.enter('wang')
  await goDesk(desk, `#/hazards/${await found()}`)
  return desk
}

it('goes after the record, byte for byte, and lies beside its photo on the desk', async () => {
  const file = await photo()
  const page = await away('原图随后到', '仓库', file)
  await page.getByText(/原图 待传 1 张/).waitFor()
  await shot(page, 'original-waiting')
  wire.mend()
  await send(page)
  await page.locator('.f-line', { hasText: 'KB' }).getByText('已送达').waitFor()
  await shot(page, 'original-sent')
  const { rows } = await set.world.app.db.pool.query('select sha256 from attachment where original_of is not null')
  expect(rows).toEqual([{ sha256: createHash('sha256').update(file.buffer).digest('hex') }])
  const order = await set.world.app.db.pool.query(`select (select max(e.seq) from domain_event e where e.event = 'hazard.reported') < (select max(e.seq) from domain_event e where e.event = 'attachment.uploaded') as last`)
  expect(order.rows[0].last).toBe(true)
  const desk = await hazardPage('原图随后到')
  const [download] = await Promise.all([desk.waitForEvent('download'), desk.getByRole('link', { name: /^原图 / }).click()])
  expect(download.suggestedFilename()).toBe(file.name)
  await shot(desk, 'original-desk')
  expect(set.complaints).toEqual([])
}, 90_000)

it('is the first thing not kept on a full phone; the record goes all the same and says so', async () => {
  const page = await away('手机快满了', '车间', await photo(), `navigator.storage.estimate = async () => ({ usage: 900_000_000, quota: 1_000_000_000 })`)
  await page.getByText('原图未保留：手机存储不足').waitFor()
  await shot(page, 'original-no-room')
  wire.mend()
  await send(page)
  await page.getByText('近 30 天已送达 1 件').waitFor()
  const desk = await hazardPage('手机快满了')
  await desk.getByText('原图未保留：手机存储不足').waitFor()
  expect(set.complaints).toEqual([])
}, 90_000)
