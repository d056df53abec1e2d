import { describe, expect, it } from 'vitest'
import { notKept, originalBeside, RESERVE_BYTES, whyNot } from './original.ts'
import type { StoredPhoto } from './store.ts'

const MB = 1024 * 1024
const photo: StoredPhoto = {
  id: 'p', state: 'waiting', bytes: 300, sent: 0, tries: 0, notBefore: 0, blob: new Blob(['small']), thumb: null, sha256: 'x', type: 'image/jpeg', name: '现场.jpg',
  takenAt: '2026-03-05T01:00:00.000Z', madeAt: '2026-03-05T01:00:01.000Z', lon: 120.5, lat: 30.2, place: '一号车间',
}

describe('the camera file beside its photo', () => {
  it.each<[string, number, { usage?: number; quota?: number } | undefined, string | undefined]>([
    ['there is room', 5 * MB, { usage: MB, quota: 1000 * MB }, undefined],
    ['exactly the reserve stays', 5 * MB, { usage: 0, quota: RESERVE_BYTES + 5 * MB }, undefined],
    ['one byte less than the reserve', 5 * MB + 1, { usage: 0, quota: RESERVE_BYTES + 5 * MB }, 'NO_ROOM'],
    ['larger than the server takes', 41 * MB, { usage: 0, quota: 9000 * MB }, 'TOO_LARGE'],
    ['the browser tells nothing', 5 * MB, undefined, undefined],
    ['the browser tells half', 5 * MB, {}, undefined],
  ])('%s', (_, bytes, space, why) => {
    expect(whyNot(bytes, 40 * MB, space)).toBe(why)
  })
  it('is byte for byte what the camera wrote, hashed here, with the time and the spot of its photo', async () => {
    const original = await originalBeside(new File(['abc'], 'IMG_1.JPG', { type: 'image/jpeg' }), photo)
    expect(original).toMatchObject({ originalOf: 'p', state: 'waiting', bytes: 3, name: 'IMG_1.JPG', takenAt: photo.takenAt, lon: 120.5, place: '一号车间', sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' })
    expect(original.id).not.toBe('p')
    expect(await original.blob?.text()).toBe('abc')
  })
  it('that was not kept is listed with its size and its reason, holds no bytes and is never sent', async () => {
    expect(notKept(photo, 'NO_ROOM', 5 * MB, '原图未保留：手机存储不足')).toMatchObject({ originalOf: 'p', state: 'refused', bytes: 5 * MB, blob: null, refusal: { title: '原图未保留：手机存储不足' } })
    const waiting = await originalBeside(new File(['abc'], 'IMG_1.JPG'), photo)
    expect(notKept(waiting, 'NO_ROOM', 3, '')).toMatchObject({ id: waiting.id, originalOf: 'p', blob: null })
  })
})
