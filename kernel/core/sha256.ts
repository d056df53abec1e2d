import { utf8 } from './merkle.ts'

/** SHA-256 (FIPS 180-4) in plain arithmetic, so that a page, a rule and an outsider's script can all check a digest without a library. */

const primes = (count: number): number[] => {
  const found: number[] = []
  for (let n = 2; found.length < count; n++) if (found.every((p) => n % p !== 0)) found.push(n)
  return found
}
const fraction = (x: number): number => Math.floor((x - Math.floor(x)) * 2 ** 32) | 0
const K = Int32Array.from(primes(64), (p) => fraction(p ** (1 / 3)))
const START = Int32Array.from(primes(8), (p) => fraction(p ** 0.5))

/** Lower-case hex of the digest of bytes, or of a text's UTF-8. */
export function sha256(input: Uint8Array | string): string {
  return Array.from(sha256Words(input), (word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
}

/** The digest as eight 32-bit words, first to last. */
export function sha256Words(input: Uint8Array | string): Int32Array {
  const bytes = typeof input === 'string' ? utf8(input) : input
  const padded = new Uint8Array(((bytes.length + 8) >> 6 << 6) + 64)
  padded.set(bytes)
  padded[bytes.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29))
  view.setUint32(padded.length - 4, (bytes.length << 3) >>> 0)
  const state = Int32Array.from(START)
  const w = new Int32Array(64)
  for (let at = 0; at < padded.length; at += 64) block(view, at, state, w)
  return state
}

const turn = (x: number, n: number): number => (x >>> n) | (x << (32 - n))

function block(view: DataView, at: number, state: Int32Array, w: Int32Array): void {
  for (let i = 0; i < 16; i++) w[i] = view.getInt32(at + i * 4)
  for (let i = 16; i < 64; i++) {
    const [a, b] = [w[i - 15]!, w[i - 2]!]
    w[i] = w[i - 16]! + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + w[i - 7]! + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10))
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number]
  for (let i = 0; i < 64; i++) {
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i]! + w[i]!) | 0
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
    ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0]
  }
  ;[a, b, c, d, e, f, g, h].forEach((value, i) => (state[i] = (state[i]! + value) | 0))
}
