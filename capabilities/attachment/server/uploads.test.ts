import { createHash, randomBytes, randomUUID } from 'node:crypto'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CastName, ids } from '../../../house/cast.ts'
import { type World, world } from '../../../house/world.ts'
import { KEPT_DAYS, MAX_OPEN } from '../attachment.ts'
import { operations } from '../operations.ts'

let w: World
let photo: Buffer
beforeAll(async () => {
  w = await world()
  photo = await sharp({ create: { width: 900, height: 700, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 120, sigma: 40 } } }).jpeg({ quality: 92 }).toBuffer()
})
afterAll(() => w.close())

const sha = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const given = (bytes: Buffer, more: object = {}) => ({ id: randomUUID(), name: '现场.jpg', sha256: sha(bytes), size: bytes.length, takenAt: '2026-03-05T00:50:00.000Z', ...more })
const begin = async (name: CastName, bytes: Buffer, more: object = {}) => (await w.as(name).do(operations.begin, given(bytes, more))).id
const send = (name: CastName, id: string, bytes: Buffer, offset: number, to = bytes.length) => w.as(name).call(operations.chunk, { id, offset }, { body: bytes.subarray(offset, to) })
const whole = async (name: CastName, bytes: Buffer, more: object = {}) => {
  const id = await begin(name, bytes, more)
  expect((await send(name, id, bytes, 0)).ok.done).toBe(true)
  return id
}

describe('attachment upload in pieces: refuses strangers', () => {
  it('attachment.begin for a site out of reach is not there, and an auditor has no business', async () => {
    expect((await w.as('qian').call(operations.begin, given(photo, { enterpriseId: ids.enterprise }))).status).toBe(404)
    expect((await w.as('zheng').call(operations.begin, given(photo))).status).toBe(403)
  })
  it('attachment.chunk and attachment.progress of another person are not there, even for a colleague', async () => {
    const id = await begin('lin', photo)
    expect((await send('wang', id, photo, 0)).status).toBe(404)
    expect((await w.as('wang').call(operations.progress, { id })).status).toBe(404)
  })
})

describe('attachment upload in pieces: refuses nonsense', () => {
  it('a gap is told the byte to go on from', async () => {
    const id = await begin('lin', photo)
    await send('lin', id, photo, 0, 1000)
    const { status, problem } = await send('lin', id, photo, 1500, 2000)
    expect([status, problem.code, problem.params?.received]).toEqual([409, 'attachment.gap', 1000])
  })
  it('other bytes at a place that has come, and more than was announced', async () => {
    const id = await begin('lin', photo)
    await send('lin', id, photo, 0, 1000)
    expect((await w.as('lin').call(operations.chunk, { id, offset: 0 }, { body: randomBytes(1000) })).problem.code).toBe('attachment.chunk_differs')
    expect((await w.as('lin').call(operations.chunk, { id, offset: 1000 }, { body: randomBytes(photo.length) })).problem).toMatchObject({ code: 'attachment.chunk_differs', params: { received: 1000 } })
  })
  it('an id that is another file’s', async () => {
    const id = await begin('lin', photo)
    expect((await w.as('lin').call(operations.begin, given(randomBytes(50), { id }))).problem.code).toBe('attachment.id_taken')
    expect((await w.as('wang').call(operations.begin, given(photo, { id }))).problem.code).toBe('attachment.id_taken')
  })
  it('bytes that do not have the hash announced begin again from nothing, and then come right', async () => {
    const wrong = Buffer.from(photo)
    wrong[5000] = wrong[5000]! ^ 1
    const id = await begin('lin', photo)
    await send('lin', id, wrong, 0, 6000)
    expect((await send('lin', id, wrong, 6000)).problem).toMatchObject({ code: 'attachment.altered_on_the_way', params: { received: 0 } })
    expect(await w.as('lin').do(operations.progress, { id })).toMatchObject({ received: 0, done: false })
    expect((await send('lin', id, photo, 0)).ok.done).toBe(true)
  })
  it('a web page in pieces is what it is', async () => {
    const page = Buffer.from(`<html>${'x'.repeat(400)}`)
    const id = await begin('lin', page)
    await send('lin', id, page, 0, 300)
    expect((await send('lin', id, page, 300)).problem.code).toBe('attachment.wrong_type')
    expect((await w.as('lin').call(operations.get, { id })).status).toBe(404)
  })
})

describe('attachment upload in pieces: works', () => {
  it('however it is cut, replayed and asked in between, the original comes byte for byte and once', async () => {
    for (let seed = 1; seed <= 5; seed++) {
      let x = seed
      const next = (n: number) => (x = (x * 48271) % 2147483647) % n
      const announced = given(photo, { enterpriseId: ids.enterprise })
      await w.as('lin').do(operations.begin, announced)
      for (let done = false, tries = 0; !done && tries < 400; tries++) {
        const { received } = await w.as('lin').do(operations.progress, { id: announced.id })
        const to = Math.min(photo.length, received + 1 + next(60_000))
        const answers = await Promise.all(Array.from({ length: 1 + next(3) }, () => send('lin', announced.id, photo, received, to)))
        expect(answers.map((answer) => answer.status), `seed ${seed}`).not.toContain(500)
        done = answers.some((answer) => answer.ok.done === true)
        if (next(4) === 0) await w.as('lin').do(operations.begin, announced)
      }
      const original = await w.as('wang').call(operations.original, { id: announced.id })
      expect(sha(original.bytes), `seed ${seed}`).toBe(announced.sha256)
      const { rows } = await w.app.db.pool.query(`select count(*) as n from domain_event where aggregate_id = $1 and event = 'attachment.uploaded'`, [announced.id])
      expect(rows[0].n).toBe(1)
    }
  })
  it('asked again after it was whole it answers done, also when the notes about its pieces are gone', async () => {
    const announced = given(photo)
    await whole('lin', photo, announced)
    expect((await send('lin', announced.id, photo, 0)).ok).toMatchObject({ done: true, received: photo.length })
    w.advance({ days: KEPT_DAYS + 1 })
    await w.runJobs()
    expect((await w.as('lin').call(operations.progress, { id: announced.id })).status).toBe(404)
    expect(await w.as('lin').do(operations.begin, announced)).toMatchObject({ done: true })
  })
  it('all there but not finished (the server died in between): an empty piece at the end finishes it', async () => {
    const id = await begin('lin', photo)
    await send('lin', id, photo, 0, photo.length - 1)
    const last = photo.subarray(photo.length - 1)
    await w.as('lin').do(operations.chunk, { id, offset: photo.length - 1 }, { body: last })
    await w.app.db.pool.query('update attachment_upload set done_at = null, received = size, chunks = $2 where id = $1', [id, JSON.stringify([{ at: 0, bytes: photo.length - 1, sha256: sha(photo.subarray(0, photo.length - 1)) }, { at: photo.length - 1, bytes: 1, sha256: sha(last) }])])
    await w.app.db.pool.query('delete from attachment_band where attachment_id = $1', [id])
    await w.app.db.pool.query('delete from attachment where id = $1', [id])
    expect(await w.as('lin').do(operations.progress, { id })).toMatchObject({ received: photo.length, done: false })
    expect((await w.as('lin').call(operations.chunk, { id, offset: photo.length }, { body: Buffer.alloc(0) })).ok.done).toBe(true)
  })
  it('time, place or none, a simulated position and a wrong clock are noted; the copy says where', async () => {
    const there = await whole('lin', photo, { lon: 120.5, lat: 30.25, mockLocation: true, clockDrift: -10_800 })
    const nowhere = await whole('lin', photo)
    expect(await w.as('lin').do(operations.get, { id: there })).toMatchObject({ mockLocation: true, clockDriftSeconds: -10_800, takenAt: '2026-03-05T00:50:00.000Z', takenBy: '林禾安', place: null })
    const copies = await Promise.all([there, nowhere].map((id) => w.as('lin').call(operations.marked, { id })))
    expect(copies[0]!.bytes.equals(copies[1]!.bytes)).toBe(false)
  })
  it('what nobody has gone on with for a month is cleaned and may begin again under the same id', async () => {
    const announced = given(photo)
    await w.as('lin').do(operations.begin, announced)
    await send('lin', announced.id, photo, 0, 5000)
    w.advance({ days: KEPT_DAYS - 1 })
    await w.runJobs()
    expect((await w.as('lin').do(operations.progress, { id: announced.id })).received).toBe(5000)
    w.advance({ days: 2 })
    await w.runJobs()
    expect((await w.as('lin').do(operations.begin, announced)).received).toBe(0)
    expect((await send('lin', announced.id, photo, 0)).ok.done).toBe(true)
  })
  it('one person has only so many on the way', async () => {
    await w.app.db.pool.query(`insert into attachment_upload (id, person_id, name, sha256, size, mock_location, area_code, begun_at, last_at)
      select gen_random_uuid(), $1, 'x', repeat('a', 64), 1, false, '990101001001', now(), now() from generate_series(1, $2::int)`, [w.as('he').id, MAX_OPEN])
    expect((await w.as('he').call(operations.begin, given(photo))).problem.code).toBe('attachment.too_many_open')
    expect((await w.as('wang').call(operations.begin, given(photo))).status).toBe(200)
  })
})
