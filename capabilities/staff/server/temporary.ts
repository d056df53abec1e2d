import { randomInt } from 'node:crypto'

// No 0/O, 1/l/I: it is read out or copied from a slip by hand.
const kinds = ['abcdefghijkmnpqrstuvwxyz', 'ABCDEFGHJKLMNPQRSTUVWXYZ', '23456789', '#%+=?@'] as const

/** A password of twelve characters of all four kinds; about 70 bits, valid until the first sign-in. */
export function temporaryPassword(): string {
  const pick = (from: string) => from[randomInt(from.length)] ?? ''
  const chars = [...kinds.map(pick), ...Array.from({ length: 8 }, () => pick(kinds.slice(0, 3).join('')))]
  for (let i = chars.length - 1; i > 0; i--) {
    const j = randomInt(i + 1)
    ;[chars[i], chars[j]] = [chars[j] ?? '', chars[i] ?? '']
  }
  const text = chars.join('')
  return /(.)\1{3}/.test(text) ? temporaryPassword() : text
}
