import { createHash, randomUUID } from 'node:crypto'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ids } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { operations } from '../operations.ts'

let w: World
let photo: Buffer
beforeAll(async () => {
  w = await world()
  photo = await scene(1)
})
afterAll(() => w.close())

/** A picture of bars and noise that no other seed makes. */
async function scene(seed: number): Promise<Buffer> {
  const raw = Buffer.alloc(640 * 480 * 3)
  let x = seed * 2654435761
  for (let i = 0; i < raw.length; i += 3) {
    const cell = Math.floor(i / 3 / 640 / 60) * 9 + Math.floor(((i / 3) % 640) / 80)
    x = Math.imul(cell + seed * 131, 2246822519) >>> 8
    raw[i] = raw[i + 1] = raw[i + 2] = x % 256
  }
  return sharp(raw, { raw: { width: 640, height: 480, channels: 3 } }).jpeg({ quality: 90 }).toBuffer()
}

const named = { 'x-file-name': encodeURIComponent('现场 照片.jpg') }
const upload = (who: 'wang' | 'lin' | 'qian' | 'zhao', body: Buffer, more: Record<string, string> = {}) =>
  w.as(who).call(operations.upload, { id: randomUUID(), takenAt: '2026-03-05T00:59:00.000Z', ...more }, { body, headers: named })

describe('attachment: refuses strangers', () => {
  it('attachment.get, attachment.original, attachment.marked, attachment.thumb are not there for another district', async () => {
    const { id } = (await upload('wang', photo, { enterpriseId: ids.enterprise })).ok
    for (const operation of [operations.get, operations.original, operations.marked, operations.thumb]) {
      expect((await w.as('qian').call(operation, { id })).status, operation.path).toBe(404)
    }
    expect((await w.as('qian').call(operations.of, { aggregateId: id })).ok.rows).toEqual([])
  })
  it('nobody uploads for a site out of reach', async () => {
    expect((await upload('qian', photo, { enterpriseId: ids.enterprise })).status).toBe(404)
  })
  it('an auditor has no business uploading', async () => {
    const answer = await w.as('zheng').call(operations.upload, { id: randomUUID() }, { body: photo, headers: named })
    expect(answer.status).toBe(403)
  })
})

describe('attachment: refuses nonsense', () => {
  it.each([
    ['a web page called .jpg', Buffer.from('<html><script>alert(1)</script></html>'), 415, 'attachment.wrong_type'],
    ['half a picture', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]), 400, 'attachment.broken_picture'],
    ['nothing', Buffer.alloc(0), 400, 'attachment.empty'],
  ])('%s', async (_, body, status, code) => {
    const answer = await upload('wang', body)
    expect([answer.status, answer.problem.code]).toEqual([status, code])
  })
  it('bytes that differ from the hash made on the device', async () => {
    expect((await upload('wang', photo, { sha256: 'a'.repeat(64) })).problem.code).toBe('attachment.altered_on_the_way')
  })
  it('a name with a path keeps only its last part', async () => {
    const answer = await w.as('wang').call(operations.upload, { id: randomUUID() }, { body: photo, headers: { 'x-file-name': '..%2F..%2Fetc%2Fpasswd' } })
    expect(answer.ok.name).toBe('passwd')
  })
})

describe('attachment: works', () => {
  it('attachment.upload keeps the original untouched and attachment.void takes back what nothing uses', async () => {
    const saved = (await upload('wang', photo, { enterpriseId: ids.enterprise, place: '一号车间' })).ok
    expect(saved).toMatchObject({ name: '现场 照片.jpg', type: 'image/jpeg', width: 640, height: 480, place: '一号车间', takenBy: '王砚川', clockDriftSeconds: expect.any(Number) })
    const original = await w.as('wang').call(operations.original, { id: saved.id })
    expect(createHash('sha256').update(original.bytes).digest('hex')).toBe(saved.sha256)
    expect(original.bytes.equals(photo)).toBe(true)
    const voided = await w.as('wang').do(operations.void, { id: saved.id, baseVersion: 1, reason: '传错了' })
    expect(voided.id).toBe(saved.id)
  })
  it('ink on a transparent ground lies on white paper in the thumbnail and the marked copy', async () => {
    const body = await sharp({ create: { width: 200, height: 100, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } }).png().toBuffer()
    const id = randomUUID()
    await w.as('wang').do(operations.upload, { id, takenAt: w.app.runtime.now().toISOString(), enterpriseId: ids.enterprise }, { body, headers: { 'x-file-name': 'a.png' } })
    for (const operation of [operations.thumb, operations.marked]) {
      const answer = await w.as('wang').call(operation, { id })
      expect((await sharp(answer.bytes).stats()).channels[0]?.max, operation.path).toBeGreaterThan(250)
    }
  })

  it('the marked copy is another picture of the same scene, the thumbnail is small', async () => {
    const { id } = (await upload('wang', photo, { place: '一号车间' })).ok
    const marked = await w.as('wang').call(operations.marked, { id })
    const thumb = await w.as('wang').call(operations.thumb, { id })
    expect(marked.bytes.equals(photo)).toBe(false)
    expect((await sharp(marked.bytes).metadata()).width).toBe(640)
    expect((await sharp(thumb.bytes).metadata()).width).toBe(320)
  })
  it('a photo used again, re-compressed, is flagged with the earlier one; another scene is not', async () => {
    const first = (await upload('wang', await scene(7), { enterpriseId: ids.enterprise })).ok
    const again = await sharp(await scene(7)).resize(500).jpeg({ quality: 60 }).toBuffer()
    expect((await upload('lin', again)).ok.lookAlikeOf).toBe(first.id)
    expect((await upload('lin', await scene(8))).ok.lookAlikeOf).toBeNull()
  })
  it('the same upload sent twice is stored once and answered alike', async () => {
    const key = randomUUID()
    const id = randomUUID()
    const send = () => w.as('wang').call(operations.upload, { id }, { key, body: photo, headers: named })
    expect((await send()).ok).toEqual((await send()).ok)
  })
})
