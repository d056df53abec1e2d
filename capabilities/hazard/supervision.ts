/** 挂牌督办 of major hazards (domain §2.8; 安全生产法第41条第3款): its table, its guards, and when it is proposed by itself. */
import { lifecycle, type Move, moveOf } from '../../kernel/core/lifecycle.ts'
import type { Refusal } from '../../kernel/core/problem.ts'
import type { HolidayTable } from '../../kernel/core/deadline.ts'
import { addDays, daysBetween, type LocalDate, localDate } from '../../kernel/core/time.ts'
import type { Hazard } from './hazard.ts'
import { refuseOfficers, type Who } from './rules.ts'
import { type Limits, publishBy } from './timers.ts'

export const SUPERVISION_STATES = ['PROPOSED', 'LISTED', 'APPLY_DELIST', 'VERIFIED', 'DELISTED', 'DECLINED'] as const
export type SupervisionState = (typeof SUPERVISION_STATES)[number]
export const SUPERVISION_LEVELS = ['STREET', 'DISTRICT', 'CITY', 'PROVINCE'] as const
export type SupervisionLevel = (typeof SUPERVISION_LEVELS)[number]
export const supervisionActions = ['list', 'decline', 'progress', 'applyDelist', 'extend', 'verify', 'sendBack', 'delist'] as const
export type SupervisionAction = (typeof supervisionActions)[number]

const move = (id: string, to: Move<SupervisionState>['to'], verb: string, label: string): Move<SupervisionState> => ({ id, to, verb, label, clause: '安全生产法第41条' })

export const supervisionLifecycle = lifecycle<SupervisionState, SupervisionAction>({
  PROPOSED: { list: move('S1', 'LISTED', 'hazard.supervise', '挂牌'), decline: move('S1', 'DECLINED', 'hazard.supervise', '不予挂牌') },
  LISTED: {
    progress: move('S2', 'same', 'hazard.supervise_report', '报进展'),
    extend: move('S5', 'same', 'hazard.supervise', '延长期限'),
    applyDelist: move('S3', 'APPLY_DELIST', 'hazard.supervise_report', '申请摘牌'),
  },
  APPLY_DELIST: { verify: move('S4', 'VERIFIED', 'hazard.supervise', '现场核查通过'), sendBack: move('S4', 'LISTED', 'hazard.supervise', '退回继续整改') },
  VERIFIED: { delist: move('S5', 'DELISTED', 'hazard.supervise', '摘牌') },
  DELISTED: {},
  DECLINED: {},
})

export interface Supervision {
  id: string
  hazardId: string
  no: string | null
  state: SupervisionState
  level: SupervisionLevel
  why: string
  dutyUnit: string | null
  dutyPerson: string | null
  proposedAt: string
  listedAt: string | null
  publishedOn: string | null
  deadline: string | null
  reportDueOn: string | null
  lastReport: string | null
  extended: boolean
  verifiedBy: string[]
  expertName: string | null
  delistedAt: string | null
  outcome: string | null
  areaCode: string
  gridId: string | null
  enterpriseId: string | null
  version: number
}

/** Why this hazard should be listed, in Chinese; empty when it need not. MAJOR only. */
export function reasonsToSupervise(h: Pick<Hazard, 'level' | 'dueOn' | 'foundOn' | 'plan' | 'escalation'>, given: { outsideCause: boolean; openMajorOfEnterprise: number }): string[] {
  if (h.level !== 'MAJOR') return []
  const end = h.plan?.finishOn ?? h.dueOn
  return [
    ...(end && daysBetween(h.foundOn, end) > 30 ? ['预计治理期超过30日'] : []),
    ...(given.outsideCause ? ['因外部因素，单位自身难以排除'] : []),
    ...(h.escalation >= 4 ? ['逾期已提级至E4'] : []),
    ...(given.openMajorOfEnterprise >= 3 ? [`同一企业有${given.openMajorOfEnterprise}项重大隐患未销号`] : []),
  ]
}

const no = (code: string, field?: string): Refusal => ({ code: `hazard.${code}`, ...(field ? { field } : {}), clause: '安全生产法第41条' })

export interface SupervisionInput {
  deadline?: string | undefined
  publishedOn?: string | undefined
  officers?: readonly string[] | undefined
  expertName?: string | undefined
}

/** Every refusal of one step. `hazardState` matters for delisting: the hazard itself must have passed its re-inspection. */
export function refuseSupervision(s: Supervision, action: SupervisionAction, given: SupervisionInput, f: { who: Who; today: LocalDate; certified: ReadonlySet<string>; calendar: HolidayTable; limits: Limits }): Refusal[] {
  const found = moveOf(supervisionLifecycle, s.state, action, 'hazard.supervision_wrong_state')
  if ('refusal' in found) return [found.refusal]
  if (!f.who.has(found.move.verb)) return [no('not_entitled')]
  if (action === 'list') return [...refuseDeadline(given.deadline, f.today, f.today, f.limits), ...refusePublication(s, given.publishedOn, f)]
  if (action === 'extend') {
    const late = s.extended ? [no('supervision_extended_once')] : []
    return [...late, ...refuseDeadline(given.deadline, s.deadline ?? f.today, s.listedAt ? localDate(s.listedAt) : f.today, f.limits)]
  }
  if (action === 'verify') return [...refuseOfficers(given.officers ?? [], f.certified, '安全生产法第41条'), ...(given.expertName?.trim() ? [] : [no('expert_needed', 'expertName')])]
  return []
}

/** The public notice follows the proposal, and the listing within five working days (domain §2.8; local rule overrides). */
function refusePublication(s: Supervision, publishedOn: string | undefined, f: { today: LocalDate; calendar: HolidayTable; limits: Limits }): Refusal[] {
  const from = localDate(s.proposedAt)
  const last = publishBy(f.today, f.calendar, f.limits)
  if (publishedOn === undefined || (publishedOn >= from && publishedOn <= last)) return []
  return [{ ...no('supervision_publish_by', 'publishedOn'), params: { from, last } }]
}

function refuseDeadline(deadline: string | undefined, after: LocalDate, from: LocalDate, limits: Limits): Refusal[] {
  if (!deadline || deadline <= after) return [no('supervision_deadline', 'deadline')]
  return deadline > addDays(from, limits.superviseMaxDays) ? [{ ...no('supervision_too_long', 'deadline'), params: { days: limits.superviseMaxDays } }] : []
}
