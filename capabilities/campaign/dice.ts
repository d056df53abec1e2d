import { sha256Words } from '../../kernel/core/sha256.ts'

/** xoshiro128** (Blackman & Vigna) over 32-bit words, and picking by weight. Whole numbers only. */
export interface Dice {
  /** Uniform in 0 … n − 1, without bias: what lies above the last whole multiple of n is thrown again. 0 < n ≤ 2³². */
  below(n: number): number
}

const turn = (x: number, n: number): number => (x << n) | (x >>> (32 - n))

/** A stream of its own for each name: the state is the first four words of SHA-256("seed|stream"). */
export function dice(seed: string, stream: string): Dice {
  let [a, b, c, d] = sha256Words(`${seed}|${stream}`) as unknown as [number, number, number, number]
  const next = (): number => {
    const answer = Math.imul(turn(Math.imul(b, 5), 7), 9) >>> 0
    const t = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= t
    d = turn(d, 11)
    return answer
  }
  return {
    below: (n) => {
      const limit = 2 ** 32 - (2 ** 32 % n)
      let value = next()
      while (value >= limit) value = next()
      return value % n
    },
  }
}

/** Weights in a Fenwick tree: the place a throw falls on is found and taken out in log n steps. */
export class BudgetTree {
  total = 0
  readonly #weights: number[]
  readonly #tree: number[]

  constructor(weights: readonly number[]) {
    this.#weights = [...weights]
    this.#tree = new Array<number>(weights.length + 1).fill(0)
    weights.forEach((weight, i) => this.#add(i, weight))
  }

  #add(at: number, weight: number): void {
    this.total += weight
    for (let i = at + 1; i < this.#tree.length; i += i & -i) this.#tree[i]! += weight
  }

  /** The place whose share of the running sum holds `value` (0 ≤ value < total); its weight is taken out. */
  take(value: number): number {
    let at = 0
    let rest = value
    for (let step = 2 ** Math.floor(Math.log2(this.#tree.length)); step >= 1; step /= 2) {
      const next = at + step
      if (next < this.#tree.length && this.#tree[next]! <= rest) {
        at = next
        rest -= this.#tree[next]!
      }
    }
    this.#add(at, -this.#weights[at]!)
    this.#weights[at] = 0
    return at
  }
}
