import { createHash } from 'node:crypto'
import { describe, expect, it, test } from 'vitest'
import { GENESIS, chain, inclusionProof, merkleRoot, utf8, verifyInclusion } from './merkle.ts'
import type { HashBytes } from './merkle.ts'

const sha256: HashBytes = (bytes) => createHash('sha256').update(bytes).digest('hex')
const sm3: HashBytes = (bytes) => createHash('sm3').update(bytes).digest('hex')
const leaves = (n: number): string[] => Array.from({ length: n }, (_, i) => sha256(utf8(`event ${i}`)))

/** RFC 9162 §2.1.1 as it is written: split at the largest power of two below n. */
function rfcRoot(list: readonly string[]): string {
  const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex')
  if (list.length === 0) return sha256(new Uint8Array(0))
  if (list.length === 1) return sha256(Buffer.concat([Buffer.from([0]), bytes(list[0] as string)]))
  let k = 1
  while (k * 2 < list.length) k *= 2
  return sha256(Buffer.concat([Buffer.from([1]), bytes(rfcRoot(list.slice(0, k))), bytes(rfcRoot(list.slice(k)))]))
}

describe('merkleRoot (RFC 9162 §2.1)', () => {
  it('of the eight test leaves of Certificate Transparency is the published root', () => {
    const list = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
    const roots = new Map([
      [2, 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
      [3, 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'],
      [8, '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
    ])
    for (const [n, root] of roots) expect(merkleRoot(list.slice(0, n), sha256)).toBe(root)
  })

  it('agrees with the recursive definition for every size up to 70', () => {
    for (let n = 0; n <= 70; n += 1) expect(merkleRoot(leaves(n), sha256), `${n} leaves`).toBe(rfcRoot(leaves(n)))
  })

  it('changes when a leaf is changed, removed, doubled at the end, or two are exchanged', () => {
    const list = leaves(7)
    const swapped = [list[1], list[0], ...list.slice(2)] as string[]
    const changed = [...list.slice(0, 6), sha256(utf8('other'))]
    const roots = [list, swapped, changed, list.slice(0, 6), [...list, list[6] as string]].map((l) => merkleRoot(l, sha256))
    expect(new Set(roots).size).toBe(5)
  })

  it('an inner node offered as a leaf does not give the same root (domain separation)', () => {
    const [a, b] = leaves(2) as [string, string]
    expect(merkleRoot([a + b], sha256)).not.toBe(merkleRoot([a, b], sha256))
    expect(merkleRoot([a], sha256)).not.toBe(a)
  })

  test.each(['AB', 'abc', 'zz'])('refuses the leaf %j', (leaf) => {
    expect(() => merkleRoot([leaf], sha256)).toThrow(TypeError)
  })
})

describe('inclusion proofs', () => {
  test.each([['SHA-256', sha256], ['SM3', sm3]] as const)('with %s every leaf of every tree up to 33 proves itself and nothing else', (_, hash) => {
    for (let n = 1; n <= 33; n += 1) {
      const list = leaves(n)
      const root = merkleRoot(list, hash)
      for (let i = 0; i < n; i += 1) {
        const proof = inclusionProof(list, i, hash)
        expect(verifyInclusion(list[i] as string, proof, root, hash), `${i} of ${n}`).toBe(true)
        expect(verifyInclusion(list[(i + 1) % n] as string, proof, root, hash), `other leaf for ${i} of ${n}`).toBe(n === 1)
      }
    }
  })

  const list = leaves(11)
  const root = merkleRoot(list, sha256)
  const proof = inclusionProof(list, 4, sha256)
  const leaf = list[4] as string
  test.each([
    ['another index', { ...proof, index: 5 }],
    ['another size', { ...proof, size: 4 }],
    ['a sibling missing', { ...proof, siblings: proof.siblings.slice(1) }],
    ['a sibling too many', { ...proof, siblings: [...proof.siblings, leaf] }],
    ['a sibling changed', { ...proof, siblings: [leaf, ...proof.siblings.slice(1)] }],
    ['siblings that are no hex', { ...proof, siblings: proof.siblings.map(() => 'zz') }],
    ['a negative index', { ...proof, index: -1 }],
    ['an index outside', { ...proof, index: 11 }],
    ['an endless size', { ...proof, size: Number.POSITIVE_INFINITY }],
  ])('a proof with %s is not believed', (_, bent) => {
    expect(verifyInclusion(leaf, proof, root, sha256)).toBe(true)
    expect(verifyInclusion(leaf, bent, root, sha256)).toBe(false)
  })

  it('there is no proof for a leaf that does not exist', () => {
    expect(() => inclusionProof(list, 11, sha256)).toThrow(RangeError)
  })
})

describe('chain', () => {
  const header = { batch: 1, count: 11, at: '2026-03-05T13:40:00.000Z' }
  const root = merkleRoot(leaves(11), sha256)
  const link = chain(GENESIS, root, header, sha256)

  it('depends on what was before, on the root and on each field of the header, not on the order of its keys', () => {
    const others = [chain(link, root, header, sha256), chain(GENESIS, link, header, sha256), chain(GENESIS, root, { ...header, count: 10 }, sha256)]
    expect(new Set([link, ...others]).size).toBe(4)
    expect(chain(GENESIS, root, { at: header.at, count: 11, batch: 1 }, sha256)).toBe(link)
  })

  it('is hash(02 ‖ previous ‖ root ‖ header), which anyone can repeat', () => {
    const bytes = Buffer.concat([Buffer.from([2]), Buffer.from(GENESIS + root, 'hex'), Buffer.from('{"at":"2026-03-05T13:40:00.000Z","batch":1,"count":11}')])
    expect(link).toBe(sha256(bytes))
  })

  it('refuses values of different width', () => {
    expect(() => chain('00', root, header, sha256)).toThrow(TypeError)
  })
})

test.each(['', 'abc %41', '安澜区“〔2026〕”', '😀𠮷', '\u0000\u007f\u0080'])('utf8 of %j is what Node writes', (text) => {
  expect(Buffer.from(utf8(text)).equals(Buffer.from(text, 'utf8'))).toBe(true)
})
