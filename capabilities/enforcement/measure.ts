import { z } from 'zod'
import { Action, pageOf, paging, wire } from '../../kernel/core/operation.ts'
import { addDays, daysBetween, type LocalDate } from '../../kernel/core/time.ts'

/**
 * 查封、扣押 (强法§18–§28, 安法§65(4)). The paper is the decision; the measure is the clock that runs from it: 30 days, at most 30 more,
 * days of testing not counted. At its end without a decision it must be lifted.
 */
export const SEAL_KINDS = ['SEAL', 'DETAIN'] as const
export type SealKind = (typeof SEAL_KINDS)[number]
export const SEAL_ZH: Record<SealKind, string> = { SEAL: '查封', DETAIN: '扣押' }
/** 强法§25: the term, and the one extension. */
export const LONGEST_TERM = 30
export const LONGEST_EXTENSION = 30
/** 强法§19: an urgent measure is reported and approved after the fact within so many hours. */
export const MAKE_UP_HOURS = 24

export const MEASURE_STATES = ['IN_FORCE', 'TESTING', 'EXPIRED', 'RELEASED', 'VOIDED'] as const
export type MeasureState = (typeof MEASURE_STATES)[number]
export const MEASURE_ZH: Record<MeasureState, string> = { IN_FORCE: '执行中', TESTING: '检验检测中', EXPIRED: '期满未解除', RELEASED: '已解除', VOIDED: '已作废' }

const day = z.iso.date()
const text = (max: number) => z.string().trim().max(max)
export const SealedThing = z.strictObject({ name: text(80).min(1), spec: text(80).default(''), quantity: text(40).min(1), place: text(120).min(1) })
export type SealedThing = z.infer<typeof SealedThing>
export const Sealing = z.strictObject({
  sealKind: z.enum(SEAL_KINDS), sealReason: text(800).default(''), days: z.int().min(1).max(LONGEST_TERM).default(LONGEST_TERM), urgent: z.boolean().default(false),
  /** 当事人到场; when not, a witness signs (强法§18(6)–(9)). */
  present: z.boolean().default(true), sealWitness: text(40).default(''), heard: text(800).default(''),
  /** 没有被其他机关查封, 不含生活必需品 (强法§23): confirmed by the officers. */
  lawfulThings: z.boolean().default(false),
  things: z.array(SealedThing).max(200).default([]),
})
export type Sealing = z.infer<typeof Sealing>
export const Extension = z.strictObject({ extraDays: z.int().min(1).max(LONGEST_EXTENSION), extensionReason: text(800).default('') })
export type Extension = z.infer<typeof Extension>
export const Release = z.strictObject({ releaseReason: text(800).default(''), returned: text(800).default('') })
export type Release = z.infer<typeof Release>

export interface Clock {
  startedOn: LocalDate
  days: number
  extendedDays: number
  testing: readonly { from: LocalDate; to: LocalDate | null }[]
}

/** The last day: start + 30 + ext + Σ testing; the day of the start is not counted. While a test runs its days go on being added. */
export const dueOf = (clock: Clock, today: LocalDate): LocalDate =>
  addDays(clock.startedOn, clock.days + clock.extendedDays + clock.testing.reduce((sum, t) => sum + daysBetween(t.from, t.to ?? today), 0))

/** T-7, T-3, T-1, the day itself (0), past it (-1); null while there is time. */
export function alertOf(dueOn: LocalDate, today: LocalDate): 7 | 3 | 1 | 0 | -1 | null {
  const left = daysBetween(today, dueOn)
  if (left < 0) return -1
  if (left === 0) return 0
  return left <= 1 ? 1 : left <= 3 ? 3 : left <= 7 ? 7 : null
}

const iso = z.string()
export const MeasureRow = z.object({
  id: z.uuid(), paperId: z.uuid(), no: z.string().nullable(), kind: z.enum(SEAL_KINDS), state: z.enum(MEASURE_STATES), enterpriseId: z.uuid(), enterpriseName: z.string(), siteName: z.string(), thingCount: z.int(),
  startedOn: z.string(), dueOn: z.string(), extendedDays: z.int(), urgent: z.boolean(), approvalDueAt: iso.nullable(), approved: z.boolean().nullable(), releasedOn: z.string().nullable(), version: z.int(),
})
export type MeasureRow = z.infer<typeof MeasureRow>
export const Testing = z.object({ id: z.uuid(), what: z.string(), lab: z.string(), notice: z.string(), from: z.string(), to: z.string().nullable(), result: z.string() })
export type Testing = z.infer<typeof Testing>
export const MeasureDetail = MeasureRow.extend({
  siteId: z.uuid(), reason: z.string(), days: z.int(), things: z.array(SealedThing), officers: z.array(z.string()), approvedByName: z.string().nullable(), approvedAt: iso.nullable(), approvalNote: z.string().nullable(),
  testing: z.array(Testing), testedDays: z.int(), papers: z.array(z.object({ id: z.uuid(), type: z.string(), title: z.string(), no: z.string().nullable(), state: z.string() })), releasePaperId: z.uuid().nullable(), actions: z.array(Action),
})
export type MeasureDetail = z.infer<typeof MeasureDetail>
export const MeasureFilter = z.strictObject({ ...paging, q: text(60).optional(), state: wire.list(z.enum(MEASURE_STATES)).optional(), kind: z.enum(SEAL_KINDS).optional(), enterpriseId: z.uuid().optional(), areaCode: wire.area().optional(), soon: wire.flag().optional(), unapproved: wire.flag().optional() })
export type MeasureFilter = z.infer<typeof MeasureFilter>
export const MeasurePage = pageOf(MeasureRow).extend({ figures: z.object({ open: z.int(), soon: z.int(), expired: z.int(), unapproved: z.int(), enterprises: z.int() }) })

const based = { id: z.uuid(), baseVersion: z.int() }
export const MakeUp = z.strictObject({ ...based, agree: z.boolean(), note: text(300).default('') })
export const StartTesting = z.strictObject({ ...based, testingId: z.uuid(), what: text(200).min(1), lab: text(80).min(1), from: day, notice: text(300).min(2) })
export const EndTesting = z.strictObject({ ...based, to: day, result: text(300).min(2) })
