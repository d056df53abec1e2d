import { sql } from 'kysely'
import { inReach } from '../../../kernel/core/access.ts'
import type { HolidayTable } from '../../../kernel/core/deadline.ts'
import { type LocalDate, localDate } from '../../../kernel/core/time.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import type { Tx } from '../../../kernel/server/db.ts'
import { CALENDAR_SETTING, calendarWith } from '../../district/server/public.ts'
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

export interface Settings {
  readonly calendar: HolidayTable
  limits(areaCode: string): Limits
}

/** What a bureau has laid over the calendar and over the limits: one statement. */
export async function settingsOf(tx: Tx): Promise<Settings> {
  const { rows } = await sql<{ key: string; area_code: string; value: Partial<Limits> }>`select key, area_code, value from setting where key in (${LIMITS_SETTING}, ${CALENDAR_SETTING}) order by length(rtrim(area_code, '0'))`.execute(tx)
  const calendar = calendarWith(rows.find((row) => row.key === CALENDAR_SETTING && row.area_code === '000000000000')?.value)
  const limits = rows.filter((row) => row.key === LIMITS_SETTING)
  const covers = (code: string, areaCode: string) => code === '000000000000' || areaCode.startsWith(code.replace(/(0{10}|0{8}|0{6}|0{3})$/, ''))
  return { calendar, limits: (areaCode) => Object.assign({}, defaultLimits, ...limits.filter((row) => covers(row.area_code, areaCode)).map((row) => row.value)) as Limits }
}

export const limitsOf = async (tx: Tx, areaCode: string): Promise<Limits> => (await settingsOf(tx)).limits(areaCode)

/** Of these people and the actor, those with a certificate in force on the day. */
export async function certifiedOf(ctx: Ctx, people: readonly string[], on: LocalDate): Promise<ReadonlySet<string>> {
  const asked = [...new Set([...people, ctx.actor.id].filter((id) => id !== ''))]
  return new Set((await certifiedOn(ctx.tx, asked, on)).keys())
}

/** Two statements together, whatever the number of hazards and people; then the ground of any area. `on`: the day of the act when it is not today. */
export async function groundOf(ctx: Ctx, people: readonly string[], on?: LocalDate): Promise<(areaCode: string) => Ground> {
  const today = localDate(ctx.now)
  const [settings, certified] = await Promise.all([settingsOf(ctx.tx), certifiedOf(ctx, people, on ?? today)])
  return (areaCode) => ({ today, calendar: settings.calendar, limits: settings.limits(areaCode), certified })
}

/** The actor as the rules see them over one hazard: a right counts only with reach. */
export const whoOver = (ctx: Ctx, h: Pick<Hazard, 'areaCode' | 'gridId' | 'enterpriseId'>): Who => ({
  id: ctx.actor.id,
  roles: ctx.actor.roles,
  has: (verb) => verb !== 'system' && ctx.actor.has(verb) && inReach(ctx.actor.reachOf(verb), h),
})

export const factsFor = (ctx: Ctx, h: Hazard, ground: Ground): Facts => ({ ...ground, who: whoOver(ctx, h) })
