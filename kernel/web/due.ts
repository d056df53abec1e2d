import { daysBetween, type Instant, localDate, toMs } from '../core/time.ts'
import { lastDayOf } from '../core/time-zh.ts'
import type { Tone } from './tokens.ts'

/** Calendar days before the last day from which it stands out. */
const SOON_DAYS = 3

/** How something due is coloured: late from the instant on, a warning on its last day and the three before it. */
export const dueTone = (due: Instant, now: Instant): Tone => {
  if (toMs(due) <= toMs(now)) return 'late'
  return daysBetween(localDate(now), lastDayOf(due)) <= SOON_DAYS ? 'warn' : 'plain'
}
