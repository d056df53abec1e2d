/**
 * The only source of chance in the fictional district: xoshiro128** over 32-bit words, seeded through splitmix32.
 * The same seed gives the same world on every machine, so only integer arithmetic, +, -, * and / are used:
 * Math.sin, log and pow may differ between engines in the last bit and would change the hash of the world.
 */
export class Random {
  readonly #key: number
  #a: number
  #b: number
  #c: number
  #d: number

  constructor(key: number) {
    this.#key = key >>> 0
    const fill = splitmix32(this.#key)
    this.#a = fill()
    this.#b = fill()
    this.#c = fill()
    this.#d = fill() | 1 // the all-zero state is the one fixed point of the generator
  }

  /**
   * An independent stream named by a label and, for records, a number. It depends on the parent's seed only, never
   * on how much was drawn before: one more draw in enterprise 7 leaves enterprise 8 untouched.
   */
  stream(label: string, index = 0): Random {
    return new Random(mix32(hash32(label, this.#key) ^ Math.imul(index + 1, 0x9e3779b1)))
  }

  /** A 32-bit unsigned word. */
  word(): number {
    const result = Math.imul(rotate(Math.imul(this.#b, 5), 7), 9) >>> 0
    const t = this.#b << 9
    this.#c ^= this.#a
    this.#d ^= this.#b
    this.#b ^= this.#c
    this.#a ^= this.#d
    this.#c ^= t
    this.#d = rotate(this.#d, 11)
    return result
  }

  /** A number in [0, 1). */
  unit(): number {
    return this.word() / 4294967296
  }

  /** A number in [from, to). */
  between(from: number, to: number): number {
    return from + (to - from) * this.unit()
  }

  /** A whole number from..to, both included. */
  int(from: number, to: number): number {
    return from + Math.floor(this.unit() * (to - from + 1))
  }

  /** True with probability p. */
  chance(p: number): boolean {
    return this.unit() < p
  }

  /** One element; the list must not be empty. */
  pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new RangeError('pick from an empty list')
    return list[Math.floor(this.unit() * list.length)] as T
  }

  /** An index drawn in proportion to non-negative weights of which one at least is positive. */
  weighted(weights: ArrayLike<number>): number {
    let total = 0
    for (let i = 0; i < weights.length; i++) total += weights[i] as number
    let rest = this.unit() * total
    for (let i = 0; i < weights.length; i++) {
      rest -= weights[i] as number
      if (rest < 0) return i
    }
    for (let i = weights.length - 1; i >= 0; i--) if ((weights[i] as number) > 0) return i
    throw new RangeError('no positive weight')
  }

  /** A shuffled copy (Fisher-Yates). */
  shuffle<T>(list: readonly T[]): T[] {
    const copy = list.slice()
    for (let i = copy.length - 1; i > 0; i--) {
      const j = this.int(0, i)
      const held = copy[i] as T
      copy[i] = copy[j] as T
      copy[j] = held
    }
    return copy
  }

  /** Roughly normal (sum of twelve units), never further than six deviations from the mean. */
  normal(mean: number, deviation: number): number {
    let sum = -6
    for (let i = 0; i < 12; i++) sum += this.unit()
    return mean + sum * deviation
  }
}

/** The root stream of a named world. */
export const randomOf = (seed: string): Random => new Random(hash32(seed, 0x811c9dc5))

/** A prepared draw in proportion to weights: O(log n) instead of O(n), for lists drawn from many thousand times. */
export function weightedPicker(weights: ArrayLike<number>): (random: Random) => number {
  const sums = new Float64Array(weights.length)
  let total = 0
  for (let i = 0; i < weights.length; i++) sums[i] = total += weights[i] as number
  if (!(total > 0)) throw new RangeError('no positive weight')
  return (random) => {
    const at = random.unit() * total
    let low = 0
    let high = sums.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] as number) > at) high = middle
      else low = middle + 1
    }
    return low
  }
}

/** FNV-1a over UTF-16 units with a final mix; used for labels and for the hash of the whole world in tests. */
export function hash32(text: string, from = 0x811c9dc5): number {
  let hash = from >>> 0
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return mix32(hash)
}

function splitmix32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x9e3779b9) >>> 0
    return mix32(state)
  }
}

function mix32(word: number): number {
  let x = word >>> 0
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad)
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97)
  return (x ^ (x >>> 15)) >>> 0
}

const rotate = (x: number, k: number): number => (x << k) | (x >>> (32 - k))
