import { z } from 'zod'
import { Action, wire } from '../../kernel/core/operation.ts'
import { isLocalDate } from '../../kernel/core/time.ts'
import { MEMBER_POSTS, SWAP_STATES } from './district.ts'

const day = wire.date().refine(isLocalDate)
/** Longest stretch a rota is made or shown for. */
export const MAX_ROTA_DAYS = 62

export const RotaQuery = z.strictObject({ id: z.uuid(), from: day, to: day })
export const RotaDuty = z.object({ day: z.string(), personId: z.uuid(), name: z.string(), post: z.enum(MEMBER_POSTS).nullable(), swappedFrom: z.string().nullable() })
export const Swap = z.object({
  id: z.uuid(), gridId: z.uuid(), day: z.string(), fromPerson: z.uuid(), fromName: z.string(), toPerson: z.uuid(), toName: z.string(), returnDay: z.string().nullable(), reason: z.string(),
  state: z.enum(SWAP_STATES), requestedBy: z.string(), requestedAt: z.string(), decidedBy: z.string().nullable(), decision: z.string().nullable(), version: z.int(), actions: z.array(Action),
})
export const RotaAnswer = z.object({
  gridId: z.uuid(), gridName: z.string(), rotaVersion: z.int(), duties: z.array(RotaDuty), freeDays: z.array(z.string()), uncovered: z.array(z.string()), findings: z.array(z.string()),
  /** Years the calendar does not know yet: their free days are Saturdays and Sundays only. */
  provisional: z.boolean(),
  swaps: z.array(Swap), actions: z.array(Action),
})
export type RotaAnswer = z.infer<typeof RotaAnswer>
export const MakeRota = z.strictObject({ areaCode: wire.area().optional(), gridIds: z.array(z.uuid()).max(500).optional(), from: day, to: day })
export const RotaMade = z.object({ grids: z.int(), duties: z.int(), uncovered: z.int() })
export const SetDay = z.strictObject({ id: z.uuid(), baseVersion: z.int(), day, personIds: z.array(z.uuid()).max(20), reason: z.string().trim().min(2).max(200) })
export const AskSwap = z.strictObject({ id: z.uuid(), swapId: z.uuid(), day, fromPerson: z.uuid(), toPerson: z.uuid(), returnDay: day.nullable(), reason: z.string().trim().min(2).max(200) })
export const DecideSwap = z.strictObject({ id: z.uuid(), baseVersion: z.int(), approve: z.boolean(), note: z.string().trim().max(200) })
export const WithdrawSwap = z.strictObject({ id: z.uuid(), baseVersion: z.int() })
export const SwapsQuery = z.strictObject({ state: z.enum(SWAP_STATES).default('PENDING') })
export const SwapsAnswer = z.object({ rows: z.array(Swap.extend({ gridName: z.string() })) })
export const CoverageQuery = z.strictObject({ areaCode: wire.area().optional(), from: day, to: day })
export const CoverageAnswer = z.object({
  grids: z.int(), days: z.int(), gridDays: z.int(), covered: z.int(), without: z.int(),
  /** The figure as a sentence: 174格×7天=1218格天，已覆盖1200格天. */
  text: z.string(),
  /** At most 500 of them; `without` is the exact count. */
  uncovered: z.array(z.object({ gridId: z.uuid(), gridName: z.string(), day: z.string() })),
  streets: z.array(z.object({ areaCode: z.string(), name: z.string(), gridDays: z.int(), covered: z.int() })),
})
