import { expect, it } from 'vitest'
import { dueTone } from './due.ts'

const now = '2026-03-05T10:00:00+08:00'

it.each([
  ['yesterday 24:00', '2026-03-05T00:00:00+08:00', 'late'],
  ['this very instant', now, 'late'],
  ['in a minute', '2026-03-05T10:01:00+08:00', 'warn'],
  ['today 24:00', '2026-03-06T00:00:00+08:00', 'warn'],
  ['in three days, 24:00', '2026-03-09T00:00:00+08:00', 'warn'],
  ['in four days, 00:01', '2026-03-09T00:01:00+08:00', 'plain'],
  ['in four days, 24:00', '2026-03-10T00:00:00+08:00', 'plain'],
] as const)('%s', (_, due, tone) => {
  expect(dueTone(due, now)).toBe(tone)
})
