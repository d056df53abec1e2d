import { expect, it } from 'vitest'
import { superfluous } from './upkeep.ts'

const name = (day: number, hour: number) => `angrid-202603${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}0000Z.ndjson.gz`

it('keeps the newest 24 backups and the last one of each of seven days', () => {
  const names = Array.from({ length: 10 }, (_, d) => Array.from({ length: 24 }, (_, h) => name(d + 1, h))).flat()
  const gone = new Set(superfluous(names))
  const kept = names.filter((n) => !gone.has(n))
  expect(kept.filter((n) => n.includes('20260310'))).toHaveLength(24)
  expect(kept.filter((n) => !n.includes('20260310'))).toEqual([4, 5, 6, 7, 8, 9].map((d) => name(d, 23)))
})
it('removes nothing while there are few', () => {
  expect(superfluous([name(1, 1), name(2, 2)])).toEqual([])
})
