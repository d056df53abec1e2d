/**
 * Difference hash of a 9×8 grey picture: one bit for each pair of neighbours, left darker than right.
 * Robust against re-compression and scaling; not against cropping. Input: 72 grey values row by row.
 */
export function differenceHash(grey: ArrayLike<number>): string {
  let hex = ''
  for (let row = 0; row < 8; row++) {
    let byte = 0
    for (let column = 0; column < 8; column++) byte = (byte << 1) | (grey[row * 9 + column]! < grey[row * 9 + column + 1]! ? 1 : 0)
    hex += byte.toString(16).padStart(2, '0')
  }
  return hex
}

/** Differing bits of two 16-digit hashes. */
export function distance(a: string, b: string): number {
  let bits = 0
  for (let i = 0; i < a.length; i += 4) {
    let x = Number.parseInt(a.slice(i, i + 4), 16) ^ Number.parseInt(b.slice(i, i + 4), 16)
    for (; x; x &= x - 1) bits++
  }
  return bits
}

/** Four 16-bit bands: hashes at distance ≤ 3 agree in at least one (pigeonhole). */
export const bandsOf = (hash: string): number[] => [0, 4, 8, 12].map((at) => Number.parseInt(hash.slice(at, at + 4), 16))

/** At most this many differing bits count as the same picture. */
export const ALIKE = 3

/** A nearly uniform picture (black, white, sky) resembles every other one: it proves nothing and is not compared. */
export const isTelling = (hash: string): boolean => {
  const ones = distance(hash, '0000000000000000')
  return ones >= 8 && ones <= 56
}
