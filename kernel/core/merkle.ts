/**
 * A Merkle tree over hex leaves in the manner of RFC 9162 §2.1: leaves and nodes are hashed in separate domains (0x00, 0x01),
 * an odd node is carried up and never doubled, so no two lists of leaves have one root. The hash comes in (SHA-256 or SM3).
 */
import { canonicalJson } from './canonical-json.ts'

/** Bytes to lower-case hex: `(b) => createHash('sha256').update(b).digest('hex')`. */
export type HashBytes = (bytes: Uint8Array) => string

/** Siblings from the leaf up. `index` and `size` fix left and right, so that a proof cannot be bent to another place. */
export type InclusionProof = { index: number; size: number; siblings: string[] }

/** What precedes the first batch. Both SHA-256 and SM3 give 32 bytes. */
export const GENESIS = '0'.repeat(64)

/** Root of the leaves in the given order; of none, the hash of nothing. @throws TypeError when a leaf is not lower-case hex */
export function merkleRoot(leaves: readonly string[], hash: HashBytes): string {
  if (leaves.length === 0) return hash(new Uint8Array(0))
  let row = leaves.map((leaf) => leafHash(leaf, hash))
  while (row.length > 1) row = nextRow(row, hash)
  return row[0] as string
}

/** Proof that the leaf at `index` is under the root of `leaves`. @throws RangeError when there is no such leaf */
export function inclusionProof(leaves: readonly string[], index: number, hash: HashBytes): InclusionProof {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) throw new RangeError(`no leaf ${index} among ${leaves.length}`)
  const siblings: string[] = []
  let row = leaves.map((leaf) => leafHash(leaf, hash))
  for (let at = index; row.length > 1; at >>= 1) {
    const sibling = row[at ^ 1]
    if (sibling !== undefined) siblings.push(sibling)
    row = nextRow(row, hash)
  }
  return { index, size: leaves.length, siblings }
}

/** Whether the proof leads from the leaf to the root. False on any malformed part: a proof comes from a stranger. */
export function verifyInclusion(leaf: string, proof: InclusionProof, root: string, hash: HashBytes): boolean {
  const { index, size, siblings } = proof
  if (!Number.isSafeInteger(size) || !Number.isInteger(index) || index < 0 || index >= size) return false
  if (![leaf, root, ...siblings].every(isHex)) return false
  let node = leafHash(leaf, hash)
  let used = 0
  for (let at = index, last = size - 1; last > 0; at = Math.floor(at / 2), last = Math.floor(last / 2)) {
    if (at === last && at % 2 === 0) continue
    const sibling = siblings[used]
    if (sibling === undefined) return false
    used += 1
    node = at % 2 === 1 ? nodeHash(sibling, node, hash) : nodeHash(node, sibling, hash)
  }
  return used === siblings.length && node === root
}

/**
 * Links a batch to what was sealed before: hash(0x02 ‖ previous ‖ root ‖ canonical header). The header holds what must not be
 * exchanged between batches (number, count, first and last position, time).
 * @param previous the chain value of the batch before, {@link GENESIS} for the first; same width as root
 */
export function chain(previous: string, root: string, header: unknown, hash: HashBytes): string {
  const links = [...hexBytes(previous), ...hexBytes(root)]
  if (previous.length !== root.length) throw new TypeError('chain: previous and root differ in width')
  return hash(Uint8Array.from([2, ...links, ...utf8(canonicalJson(header))]))
}

/** UTF-8 bytes of a text without lone surrogates; the pure zone has no TextEncoder. */
export function utf8(text: string): Uint8Array {
  return Uint8Array.from(encodeURIComponent(text).match(/%[0-9A-F]{2}|[^%]/g) ?? [], (c) =>
    c.length === 3 ? Number.parseInt(c.slice(1), 16) : c.charCodeAt(0),
  )
}

function nextRow(row: readonly string[], hash: HashBytes): string[] {
  const next: string[] = []
  for (let i = 0; i < row.length; i += 2) {
    const right = row[i + 1]
    next.push(right === undefined ? (row[i] as string) : nodeHash(row[i] as string, right, hash))
  }
  return next
}

function leafHash(leaf: string, hash: HashBytes): string {
  return hash(Uint8Array.from([0, ...hexBytes(leaf)]))
}

function nodeHash(left: string, right: string, hash: HashBytes): string {
  return hash(Uint8Array.from([1, ...hexBytes(left), ...hexBytes(right)]))
}

function isHex(text: string): boolean {
  return /^(?:[0-9a-f]{2})*$/.test(text)
}

function hexBytes(hex: string): number[] {
  if (!isHex(hex)) throw new TypeError(`not lower-case hex: ${hex.slice(0, 20)}`)
  return Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16))
}
