/** Timers of domain §2.8 (C1, C2, R1, R2, REM, X1) and the escalation ladder. Pure: `now` and the calendar come in. */
import { dueOf, dueOfDay, type HolidayTable } from '../../kernel/core/deadline.ts'
import { addDays, daysBetween, type Instant, type LocalDate } from '../../kernel/core/time.ts'
import type { Hazard, Level } from './hazard.ts'

type Graded = { level: Level; immediateStop?: boolean }
const urgent = (h: Graded): boolean => h.level === 'MAJOR' || h.immediateStop === true

/** Local variation is data: a bureau's own numbers lie over these (setting `hazard.limits`). Days, hours as named. */
export interface Limits {
  readonly confirmWorkdays: number
  readonly confirmHoursMajor: number
  readonly fixVerifyHours: number
  /** R1: longest term of a general hazard; of a major one without and with a leader. */
  readonly generalMaxDays: number
  readonly majorMaxDays: number
  readonly majorAbsoluteDays: number
  /** T8: an extension is asked so many days before the term ends (旧15号令§17; 18号令 unread, hence a setting). */
  readonly extensionBeforeDays: number
  readonly extensionAnswerDays: number
  readonly maxExtensions: number
  readonly reinspectDays: number
  readonly receiptWorkdays: number
  readonly receiptWorkdaysMajor: number
  readonly reopenDays: number
  readonly frozenCheckDays: number
  /** C: order expected so many working days after confirmation. */
  readonly orderWorkdays: number
  /** 挂牌督办: proposed within, decided and published within (working days), at most so long, progress every so many days. */
  readonly superviseProposeWorkdays: number
  readonly supervisePublishWorkdays: number
  readonly superviseMaxDays: number
  readonly superviseReportDays: number
}

export const defaultLimits: Limits = {
  confirmWorkdays: 1, confirmHoursMajor: 2, fixVerifyHours: 24, generalMaxDays: 30, majorMaxDays: 90, majorAbsoluteDays: 180, extensionBeforeDays: 10, extensionAnswerDays: 5,
  maxExtensions: 2, reinspectDays: 10, receiptWorkdays: 3, receiptWorkdaysMajor: 1, reopenDays: 90, frozenCheckDays: 30, orderWorkdays: 1, superviseProposeWorkdays: 3, supervisePublishWorkdays: 5, superviseMaxDays: 180, superviseReportDays: 7,
}

const workday = (n: number) => ({ unit: 'workday', n, startRule: 'nextDay', legal: false }) as const
const hour = (n: number) => ({ unit: 'hour', n, startRule: 'nextDay', legal: false }) as const
const paperDays = (n: number) => ({ unit: 'calendar', n, startRule: 'nextDay', legal: true }) as const

/** C1: 核定 within one working day; a major hazard or an immediate stop within two hours. */
export const confirmDue = (h: Graded, at: Instant, calendar: HolidayTable, limits: Limits = defaultLimits): Date =>
  dueOf(at, urgent(h) ? hour(limits.confirmHoursMajor) : workday(limits.confirmWorkdays), calendar).due

/** C2: evidence of an on-site fix is verified within 24 hours. */
export const verifyDue = (at: Instant, calendar: HolidayTable, limits: Limits = defaultLimits): Date => dueOf(at, hour(limits.fixVerifyHours), calendar).due

/**
 * R1: the day proposed when an order is written: the item's default, at most 30 days, moved off holidays because it stands in
 * a legal paper; a start without paper (T6b) is not moved. A MAJOR hazard takes the date of its 治理方案: none is proposed.
 */
export function defaultDueOn(h: Graded & { defaultDays: number }, day0: LocalDate, calendar: HolidayTable, paper: boolean, limits: Limits = defaultLimits): LocalDate | null {
  if (h.level === 'MAJOR') return null
  const days = Math.min(h.defaultDays, limits.generalMaxDays)
  return paper ? dueOfDay(day0, paperDays(days), calendar).lastDay : addDays(day0, days)
}

/** R1: the last day an order may name. The absolute limit of a major hazard is never moved off a holiday. */
export function lastDueOn(level: Level, leader: boolean, day0: LocalDate, calendar: HolidayTable, limits: Limits = defaultLimits): LocalDate {
  if (level === 'GENERAL') return dueOfDay(day0, paperDays(limits.generalMaxDays), calendar).lastDay
  return addDays(day0, leader ? limits.majorAbsoluteDays : limits.majorMaxDays)
}

/** R2: re-inspection within 10 days from submission or expiry (HZ-L5). */
export const reinspectDueOn = (day0: LocalDate, limits: Limits = defaultLimits): LocalDate => addDays(day0, limits.reinspectDays)

/** X1: the receiver answers within three working days, one for a major hazard. */
export const receiptDueOn = (level: Level, day0: LocalDate, calendar: HolidayTable, limits: Limits = defaultLimits): LocalDate =>
  dueOfDay(day0, workday(level === 'MAJOR' ? limits.receiptWorkdaysMajor : limits.receiptWorkdays), calendar).lastDay

/** 挂牌督办: the last working day by which a confirmed major hazard is proposed, and a proposed one decided and published. */
export const proposeBy = (confirmedOn: LocalDate, calendar: HolidayTable, limits: Limits = defaultLimits): LocalDate => dueOfDay(confirmedOn, workday(limits.superviseProposeWorkdays), calendar).lastDay
export const publishBy = (proposedOn: LocalDate, calendar: HolidayTable, limits: Limits = defaultLimits): LocalDate => dueOfDay(proposedOn, workday(limits.supervisePublishWorkdays), calendar).lastDay

/** HZ-L4: the answer to an extension within five days. */
export const extensionAnswerBy = (askedOn: LocalDate, limits: Limits = defaultLimits): LocalDate => addDays(askedOn, limits.extensionAnswerDays)

/** T12: the new term is no longer than the original one was; null when there was none. */
export function longestNewDueOn(h: Pick<Hazard, 'originalDueOn' | 'orderedAt' | 'confirmedAt' | 'foundOn'>, startedOn: LocalDate, today: LocalDate): LocalDate | null {
  return h.originalDueOn ? addDays(today, Math.max(0, daysBetween(startedOn, h.originalDueOn))) : null
}

const REMINDERS: Record<Level, readonly number[]> = { GENERAL: [3, 1, 0], MAJOR: [7, 3, 1, 0] }

/** REM: is today a day on which enterprise, grid and officer are reminded? A major hazard daily once the day has passed. */
export function remindsToday(h: Pick<Hazard, 'level' | 'dueOn' | 'runsTo'>, today: LocalDate): boolean {
  if (!h.dueOn || !h.runsTo) return false
  const left = daysBetween(today, h.dueOn)
  return REMINDERS[h.level].includes(left) || (h.level === 'MAJOR' && left < 0)
}

/** Overdue: 24:00 of the day that counts has passed. */
export const isOverdue = (h: Pick<Hazard, 'runsTo'>, today: LocalDate): boolean => h.runsTo !== null && h.runsTo < today

/** 剩3天 and less, not yet overdue. */
export const DUE_SOON_DAYS = 3
export const isDueSoon = (h: Pick<Hazard, 'runsTo'>, today: LocalDate): boolean => h.runsTo !== null && h.runsTo >= today && daysBetween(today, h.runsTo) <= DUE_SOON_DAYS

export interface Rung {
  readonly level: 1 | 2 | 3 | 4 | 5
  /** Whole days elapsed since dueAt (24:00 of the due day). */
  readonly after: Readonly<Record<Level, number>>
  /** Rights of those who receive a todo. */
  readonly verbs: readonly string[]
  readonly zh: string
}

/** The ladder of domain §2.8. Each rung makes a todo for somebody with a right, never a message to nobody. */
export const LADDER: readonly Rung[] = [
  { level: 1, after: { GENERAL: 1, MAJOR: 0 }, verbs: ['hazard.reinspect', 'hazard.sign_plan'], zh: 'E1 告知执法人员和企业主要负责人' },
  { level: 2, after: { GENERAL: 3, MAJOR: 1 }, verbs: ['hazard.review', 'hazard.watch'], zh: 'E2 科室督促，通知街道' },
  { level: 3, after: { GENERAL: 7, MAJOR: 2 }, verbs: ['hazard.approve_extension_major'], zh: 'E3 分管负责人约谈企业主要负责人，列入每周通报' },
  { level: 4, after: { GENERAL: 15, MAJOR: 5 }, verbs: ['hazard.close_major'], zh: 'E4 主要负责人研究：立案（安全生产法第102条）、提请挂牌督办' },
  { level: 5, after: { GENERAL: 30, MAJOR: 10 }, verbs: ['hazard.close_major'], zh: 'E5 报区政府、区安委会：研究第70条措施、曝光、第113条' },
]

/** Whole days elapsed since 24:00 of the day that counts; negative while there is time, null while no clock runs. */
export const daysOverdue = (h: Pick<Hazard, 'runsTo'>, today: LocalDate): number | null => (h.runsTo ? daysBetween(h.runsTo, today) - 1 : null)

/** The rung reached today: 0 to 5. */
export function rungOf(h: Pick<Hazard, 'level' | 'runsTo'>, today: LocalDate): number {
  const days = daysOverdue(h, today)
  if (days === null || days < 0) return 0
  return LADDER.filter((rung) => days >= rung.after[h.level]).length
}
