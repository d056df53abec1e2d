import { sql } from 'kysely'
import type { Action } from '../../../kernel/core/operation.ts'
import { localDate } from '../../../kernel/core/time.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import { attachmentsOf } from '../../attachment/server/public.ts'
import { calendarOf } from '../../district/server/public.ts'
import { certifiedOn } from '../../staff/server/public.ts'
import { titleOf } from '../finding.ts'
import type { Hazard } from '../hazard.ts'
import { defaultLimits, type Limits } from '../timers.ts'
import { sentenceOf } from '../waiting.ts'
import { actionsOf } from './detail.ts'
import { LIMITS_SETTING } from './facts.ts'
import { columns, toHazard } from './row.ts'

/** A hazard as somebody carries it about: what it is, who waits, what this person may do, its pictures. */
export interface Carried {
  readonly hazard: Hazard
  readonly title: string
  readonly waiting: string
  readonly actions: Action[]
  readonly photos: readonly { id: string; role: string; type: string; takenAt: string | null }[]
}

/** Hazards by id; the caller has found them in the actor's reach. Five statements, whatever their number. */
export async function carried(ctx: Ctx, ids: readonly string[]): Promise<Carried[]> {
  if (!ids.length) return []
  const { rows } = await sql<Record<string, unknown>>`select ${columns('h')} from hazard h where h.id = any(${[...ids]}::uuid[])`.execute(ctx.tx)
  const today = localDate(ctx.now)
  const calendar = await calendarOf(ctx.tx)
  const limits = await limitsByArea(ctx)
  const certified = new Set((await certifiedOn(ctx.tx, [ctx.actor.id], today)).keys())
  const photos = await attachmentsOf(ctx.tx, ids)
  return rows.map(toHazard).map((hazard) => ({
    hazard, title: titleOf(hazard), waiting: sentenceOf(hazard, ctx.now), actions: actionsOf(ctx, hazard, { today, calendar, limits: limits(hazard.areaCode), certified }),
    photos: (photos.get(hazard.id) ?? []).map(({ id, role, type, takenAt }) => ({ id, role, type, takenAt })),
  }))
}

/** The limits of every area in one statement; the same resolution as `limitsOf`. */
async function limitsByArea(ctx: Ctx): Promise<(areaCode: string) => Limits> {
  const { rows } = await sql<{ area_code: string; value: Partial<Limits> }>`select area_code, value from setting where key = ${LIMITS_SETTING} order by length(rtrim(area_code, '0'))`.execute(ctx.tx)
  const covers = (code: string, areaCode: string) => code === '000000000000' || areaCode.startsWith(code.replace(/(0{10}|0{8}|0{6}|0{3})$/, ''))
  return (areaCode) => Object.assign({}, defaultLimits, ...rows.filter((row) => covers(row.area_code, areaCode)).map((row) => row.value)) as Limits
}
