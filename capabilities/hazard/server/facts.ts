import { sql } from 'kysely'
import { inReach } from '../../../kernel/core/access.ts'
import type { HolidayTable } from '../../../kernel/core/deadline.ts'
import { type LocalDate, localDate } from '../../../kernel/core/time.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import type { Tx } from '../../../kernel/server/db.ts'
import { calendarOf } from '../../district/server/public.ts'
import { certifiedOn } from '../../staff/server/public.ts'
import type { Hazard } from '../hazard.ts'
import type { Facts, Who } from '../rules.ts'
import { defaultLimits, type Limits } from '../timers.ts'

/** What holds for everybody in one command: the day, the calendar, the bureau's limits, certificates of those who matter. */
export interface Ground {
  readonly today: LocalDate
  readonly calendar: HolidayTable
  readonly limits: Limits
  readonly certified: ReadonlySet<string>
}

/** Setting that lays a bureau's own numbers over the defaults, nearest area first. */
export const LIMITS_SETTING = 'hazard.limits'

export async function limitsOf(tx: Tx, areaCode: string): Promise<Limits> {
  const codes = ['000000000000', ...[2, 4, 6, 9, 12].map((n) => areaCode.slice(0, n).padEnd(12, '0'))]
  const { rows } = await sql<{ value: Partial<Limits> }>`select value from setting where key = ${LIMITS_SETTING} and area_code = any(${codes}::text[]) order by length(rtrim(area_code, '0'))`.execute(tx)
  return Object.assign({}, defaultLimits, ...rows.map((row) => row.value)) as Limits
}

/** Three statements, whatever the number of hazards and people. `on`: the day of the act when it is not today. */
export async function groundOf(ctx: Ctx, areaCode: string, people: readonly string[], on?: LocalDate): Promise<Ground> {
  const today = localDate(ctx.now)
  const asked = [...new Set([...people, ctx.actor.id].filter((id) => id !== ''))]
  const calendar = await calendarOf(ctx.tx)
  const limits = await limitsOf(ctx.tx, areaCode)
  const certified = await certifiedOn(ctx.tx, asked, on ?? today)
  return { today, calendar, limits, certified: new Set(certified.keys()) }
}

/** The actor as the rules see them over one hazard: a right counts only with reach. */
export const whoOver = (ctx: Ctx, h: Pick<Hazard, 'areaCode' | 'gridId' | 'enterpriseId'>): Who => ({
  id: ctx.actor.id,
  roles: ctx.actor.roles,
  has: (verb) => verb !== 'system' && ctx.actor.has(verb) && inReach(ctx.actor.reachOf(verb), h),
})

export const factsFor = (ctx: Ctx, h: Hazard, ground: Ground): Facts => ({ ...ground, who: whoOver(ctx, h) })
