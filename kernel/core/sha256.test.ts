import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { sha256 } from './sha256.ts'

const known = (input: Uint8Array | string) => createHash('sha256').update(input).digest('hex')

it('gives the digests of FIPS 180-4', () => {
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
})
it('agrees with OpenSSL around every border of a block, and on Chinese text', () => {
  for (let n = 0; n <= 200; n++) expect(sha256(new Uint8Array(n).fill(n)), `${n} bytes`).toBe(known(new Uint8Array(n).fill(n)))
  expect(sha256('安澜区应急管理局')).toBe(known('安澜区应急管理局'))
})
