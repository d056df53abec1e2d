import { createHash, randomBytes, randomUUID } from 'node:crypto'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type World, world } from '../../../house/world.ts'
import { operations as attachment } from '../../attachment/operations.ts'
import { get, photo, reported } from './fixtures.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

async function cameraFile(originalOf: string): Promise<string> {
  const body = await sharp(randomBytes(64 * 64 * 3), { raw: { width: 64, height: 64, channels: 3 } }).jpeg({ quality: 95 }).toBuffer()
  const id = randomUUID()
  await w.as('lin').do(attachment.begin, { id, name: 'IMG_1.JPG', sha256: createHash('sha256').update(body).digest('hex'), size: body.length, originalOf })
  expect((await w.as('lin').call(attachment.chunk, { id, offset: 0 }, { body })).ok.done).toBe(true)
  return id
}

it('the camera file that comes after the hazard is shown with its photo, and the company reaches it like the photo', async () => {
  const before = await photo(w, 'lin')
  const h = await reported(w, 'lin', { source: 'PATROL', photosBefore: [before] })
  const original = await cameraFile(before)
  const [shown] = (await get(w, 'wang', h.id)).photos
  expect(shown).toMatchObject({ id: before, original: { id: original }, originalMissing: null })
  for (const who of ['wang', 'zhao'] as const) expect((await w.as(who).call(attachment.original, { id: original })).status, who).toBe(200)
  expect((await w.as('qian').call(attachment.original, { id: original })).status).toBe(404)
})

it('the camera file that was there before is placed with its photo, and is itself no photo of a hazard', async () => {
  const before = await photo(w, 'lin')
  const original = await cameraFile(before)
  expect((await w.as('zhao').call(attachment.original, { id: original })).status).toBe(404)
  await expect(reported(w, 'lin', { source: 'PATROL', photosBefore: [original] })).rejects.toThrow('attachment.not_there')
  await reported(w, 'lin', { source: 'PATROL', photosBefore: [before] })
  expect((await w.as('zhao').call(attachment.original, { id: original })).status).toBe(200)
  const { rows } = await w.app.db.pool.query('select area_code, grid_id, enterprise_id from attachment where id = any($1::uuid[])', [[before, original]])
  expect(rows[0]).toEqual(rows[1])
})
