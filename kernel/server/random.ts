import { randomFillSync } from 'node:crypto'

/** Random bytes are drawn 4 KB at a time: one call to the system for hundreds of ids, which an import of 28,000 rows feels. */
const pool = Buffer.allocUnsafe(4096)
let used = pool.length

/** Bytes that nobody has had before. To be used or copied before the next draw: they lie in a pool that is filled anew. */
export function drawRandom(count: number): Buffer {
  if (used + count > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += count
  return pool.subarray(used - count, used)
}
