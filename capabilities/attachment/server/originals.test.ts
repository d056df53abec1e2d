import { createHash, randomUUID } from 'node:crypto'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CastName, ids } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { operations } from '../operations.ts'

let w: World
let camera: Buffer
let packed: Buffer
beforeAll(async () => {
  w = await world()
  camera = await sharp({ create: { width: 1200, height: 900, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 120, sigma: 60 } } }).jpeg({ quality: 95 }).toBuffer()
  packed = await sharp(camera).resize(600).jpeg({ quality: 80 }).toBuffer()
})
afterAll(() => w.close())

const sha = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const given = (bytes: Buffer, more: object = {}) => ({ id: randomUUID(), name: '现场.jpg', sha256: sha(bytes), size: bytes.length, takenAt: '2026-03-05T00:50:00.000Z', ...more })
async function sent(who: CastName, bytes: Buffer, more: object = {}): Promise<string> {
  const announced = given(bytes, more)
  await w.as(who).do(operations.begin, announced)
  expect((await w.as(who).call(operations.chunk, { id: announced.id, offset: 0 }, { body: bytes })).ok.done).toBe(true)
  return announced.id
}

describe('camera files: refuses strangers', () => {
  it('nobody adds one to somebody else’s photo, not even a colleague who sees it', async () => {
    const id = await sent('lin', packed, { enterpriseId: ids.enterprise })
    expect((await w.as('wang').call(operations.get, { id })).status).toBe(200)
    for (const who of ['wang', 'qian'] as const) {
      const { status, problem } = await w.as(who).call(operations.begin, given(camera, { originalOf: id }))
      expect([status, problem.code]).toEqual([422, 'attachment.original_of_what'])
    }
  })
  it('who does not reach the photo does not reach its camera file', async () => {
    const id = await sent('lin', packed, { enterpriseId: ids.enterprise })
    const original = await sent('lin', camera, { originalOf: id })
    expect((await w.as('wang').call(operations.original, { id: original })).status).toBe(200)
    expect((await w.as('qian').call(operations.original, { id: original })).status).toBe(404)
  })
})

describe('camera files: refuses nonsense', () => {
  it('of a photo that is not there, of a camera file, and a second one', async () => {
    const id = await sent('lin', packed)
    const original = await sent('lin', camera, { originalOf: id })
    const refusal = async (originalOf: string) => (await w.as('lin').call(operations.begin, given(camera, { originalOf }))).problem.code
    expect(await refusal(randomUUID())).toBe('attachment.original_of_what')
    expect(await refusal(original)).toBe('attachment.original_of_what')
    expect(await refusal(id)).toBe('attachment.original_of')
  })
  it('two on the way at once: one becomes it, the other is told', async () => {
    const id = await sent('lin', packed)
    const both = [given(camera, { originalOf: id }), given(camera, { originalOf: id })]
    for (const one of both) await w.as('lin').do(operations.begin, one)
    const answers = []
    for (const one of both) answers.push(await w.as('lin').call(operations.chunk, { id: one.id, offset: 0 }, { body: camera }))
    expect(answers.map(({ status }) => status)).toEqual([200, 409])
    expect(answers[1]!.problem.code).toBe('attachment.original_of')
  })
  it('other bytes than the hash made on the phone begin again', async () => {
    const id = await sent('lin', packed)
    const announced = given(camera, { originalOf: id })
    await w.as('lin').do(operations.begin, announced)
    const wrong = Buffer.from(camera)
    wrong[9000] = wrong[9000]! ^ 1
    expect((await w.as('lin').call(operations.chunk, { id: announced.id, offset: 0 }, { body: wrong })).problem.code).toBe('attachment.altered_on_the_way')
    expect((await w.as('lin').do(operations.get, { id })).original).toBeNull()
  })
})

describe('camera files: works', () => {
  it('comes in pieces after its photo, byte for byte, is named with it, and is asked for again without harm', async () => {
    const id = await sent('lin', packed, { enterpriseId: ids.enterprise })
    const announced = given(camera, { originalOf: id })
    const chunk = (from: number, to = camera.length) => w.as('lin').call(operations.chunk, { id: announced.id, offset: from }, { body: camera.subarray(from, to) })
    await w.as('lin').do(operations.begin, announced)
    await chunk(0, 50_000)
    expect((await w.as('lin').do(operations.begin, announced)).received).toBe(50_000)
    await chunk(50_000)
    expect((await chunk(50_000)).ok.done).toBe(true)
    expect(await w.as('lin').do(operations.begin, announced)).toMatchObject({ done: true })
    expect(await w.as('wang').do(operations.get, { id })).toMatchObject({ original: { id: announced.id, bytes: camera.length }, originalMissing: null })
    expect(sha((await w.as('wang').call(operations.original, { id: announced.id })).bytes)).toBe(announced.sha256)
  })
  it('is no re-use of its own photo, and a later re-use points at the photo', async () => {
    const scene = await sharp(camera).flop().tint('#3a6').jpeg({ quality: 90 }).toBuffer()
    const id = await sent('lin', await sharp(scene).resize(700).jpeg().toBuffer())
    const original = await sent('lin', scene, { originalOf: id })
    expect((await w.as('lin').do(operations.get, { id: original })).lookAlikeOf).toBeNull()
    const { rows } = await w.app.db.pool.query('select count(*)::int as n from attachment_band where attachment_id = $1', [original])
    expect(rows[0].n).toBe(0)
  })
  it('one that the phone could not keep is noted with its reason and keeps nothing from going on', async () => {
    const id = await sent('lin', packed, { originalMissing: 'NO_ROOM' })
    expect(await w.as('lin').do(operations.get, { id })).toMatchObject({ original: null, originalMissing: 'NO_ROOM' })
  })
  it('the camera file of a photo in use is not taken back', async () => {
    const id = await sent('lin', packed)
    const original = await sent('lin', camera, { originalOf: id })
    await w.app.db.pool.query(`insert into attachment_link (attachment_id, aggregate, aggregate_id, role, linked_at) values ($1, 'hazard', $2, 'BEFORE', now())`, [id, randomUUID()])
    expect((await w.as('lin').call(operations.void, { id: original, baseVersion: 1, reason: '传错了' })).problem.code).toBe('attachment.in_use')
  })
})
