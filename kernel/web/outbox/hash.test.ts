import { describe, expect, it } from 'vitest'
import { readTakenAt } from './exif.ts'
import { plainSha256, sha256Of } from './hash.ts'

describe('SHA-256 on the device', () => {
  it('our own arithmetic equals the standard for every length around a block', async () => {
    for (const length of [0, 1, 3, 55, 56, 57, 63, 64, 65, 119, 120, 128, 1000, 70_001]) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 151 + (i >> 7)) & 255)
      expect(plainSha256(bytes), String(length)).toEqual(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
    }
  })
  it('says 64 hex digits', async () => {
    expect(await sha256Of(new TextEncoder().encode('abc').buffer as ArrayBuffer)).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })
})

/** A JPEG head with one EXIF date, in either byte order. */
function jpeg(date: string, little: boolean): DataView {
  const view = new DataView(new ArrayBuffer(120))
  view.setUint16(0, 0xffd8)
  view.setUint16(2, 0xffe1)
  view.setUint16(4, 100)
  view.setUint32(6, 0x45786966)
  view.setUint16(12, little ? 0x4949 : 0x4d4d)
  view.setUint32(16, 8, little)
  view.setUint16(20, 1, little)
  view.setUint16(22, 0x8769, little)
  view.setUint32(30, 26, little)
  view.setUint16(38, 1, little)
  view.setUint16(40, 0x9003, little)
  view.setUint32(48, 44, little)
  for (let i = 0; i < date.length; i++) view.setUint8(56 + i, date.charCodeAt(i))
  return view
}

describe('when a picture was taken', () => {
  it.each([true, false])('reads the date of the camera as Shanghai time (little endian: %s)', (little) => {
    expect(readTakenAt(jpeg('2026:03:05 21:40:07', little))).toBe('2026-03-05T13:40:07.000Z')
  })
  it.each([['no date at all', jpeg('                   ', true)], ['a day that does not exist', jpeg('2026:02:30 21:40:07', true)], ['not a JPEG', new DataView(new ArrayBuffer(40))], ['cut off', new DataView(jpeg('2026:03:05 21:40:07', true).buffer.slice(0, 44))]])('%s: undefined', (_, view) => {
    expect(readTakenAt(view)).toBeUndefined()
  })
})
