import { addDays, localDate, toMs, type Instant, type LocalDate } from '../../kernel/core/time.ts'
import type { ScanMoment } from './kinds.ts'
import type { LocalRules } from './local.ts'
import type { VisitRefusal } from './rules.ts'

export interface ScanGiven {
  readonly moment: ScanMoment
  readonly scannedAt: Instant
  readonly reason?: string | undefined
  readonly arrivedAt: Instant
  readonly leftAt: Instant | null
  readonly urgent: boolean
  readonly now: Instant
}

const MINUTE = 60_000

/** Last day on which a missed scan may still be added: so many natural days after leaving (the day of the visit is day 0). */
export const lastScanDay = (leftAt: Instant, rules: Pick<LocalRules, 'scanAddDays'>): LocalDate => addDays(localDate(leftAt), rules.scanAddDays)

/** 扫码入企 (conventions Q3): before inspecting; in an urgent case before leaving; without network later, in time and with a reason. */
export function refuseScan(given: ScanGiven, rules: LocalRules, field = 'scan'): VisitRefusal[] {
  const clause = '扫码入企（地方规定）'
  const at = toMs(given.scannedAt)
  const arrived = toMs(given.arrivedAt)
  if (at > toMs(given.now) + 5 * MINUTE) return [{ code: 'visit.in_future', field: `${field}.scannedAt` }]
  if (given.moment === 'BEFORE') return at <= arrived + rules.scanGraceMinutes * MINUTE ? [] : [{ code: 'visit.scan_not_before', field: `${field}.moment`, params: { minutes: rules.scanGraceMinutes }, clause }]
  if (given.moment === 'BEFORE_LEAVING') {
    if (!given.urgent) return [{ code: 'visit.scan_leaving_urgent', field: `${field}.moment`, clause }]
    return given.leftAt !== null && at > toMs(given.leftAt) ? [{ code: 'visit.scan_after_leaving', field: `${field}.scannedAt`, clause }] : []
  }
  const refusals: VisitRefusal[] = given.reason ? [] : [{ code: 'visit.scan_reason', field: `${field}.reason`, clause }]
  if (localDate(given.now) > lastScanDay(given.leftAt ?? given.arrivedAt, rules)) refusals.push({ code: 'visit.scan_too_late', field: `${field}.moment`, params: { days: rules.scanAddDays }, clause })
  return refusals
}
