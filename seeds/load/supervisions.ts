import type { Hazard } from '../../capabilities/hazard/hazard.ts'
import { defaultLimits } from '../../capabilities/hazard/timers.ts'
import { addDays, localDate } from '../../kernel/core/time.ts'
import { titleOf } from '../../capabilities/hazard/finding.ts'
import type { FindingScript, Supervision } from '../history-types.ts'
import { type Row, timedId } from './bulk.ts'
import type { Folk } from './folk.ts'
import type { EventGiven } from './visits.ts'

const names: Partial<Record<Supervision['state'], string>> = {
  PROPOSED: 'hazard.supervision_proposed', LISTED: 'hazard.supervision_listed', APPLY_DELIST: 'hazard.supervision_delist_asked', VERIFIED: 'hazard.supervision_verified', DELISTED: 'hazard.supervision_delisted',
}
const roles: Partial<Record<Supervision['state'], string>> = { PROPOSED: 'TEAM_LEAD', LISTED: 'BUREAU_LEADER', APPLY_DELIST: 'ENT_SAFETY', VERIFIED: 'INSPECTOR', DELISTED: 'BUREAU_LEADER' }

/** 挂牌督办 of one hazard: its row as the last step left it, and an event for each step. */
export function supervisionRows(script: FindingScript, h: Hazard, given: { folk: Folk; writer: EventGiven; now: number; ordinal: () => number }): { rows: Row[]; events: Row[] } {
  const steps = script.supervision ?? []
  const [proposed] = steps
  if (!proposed) return { rows: [], events: [] }
  const { folk, writer } = given
  const ordinal = given.ordinal()
  const id = timedId('supervision', proposed.at, ordinal)
  const of = (state: Supervision['state']) => steps.find((s) => s.state === state)
  const [listed, verified, delisted] = [of('LISTED'), of('VERIFIED'), of('DELISTED')]
  const last = steps.at(-1)!
  const no = listed ? `安督〔${localDate(listed.at).slice(0, 4)}〕${ordinal}号` : null
  const row = {
    id, hazard_id: h.id, no, state: last.state, level: proposed.level ?? 'DISTRICT', why: '预计治理期超过30日', duty_unit: listed ? h.enterpriseName : null, duty_person: listed ? (folk.of(last.by[0]!).name) : null,
    proposed_at: proposed.at, listed_at: listed?.at ?? null, published_on: listed ? localDate(listed.at) : null, deadline: listed?.deadline ?? null, report_due_on: listed && !delisted ? nextReport(listed.at, given.now) : null,
    last_report: listed ? '企业已按治理方案停用相关设备，改造施工进行中' : null, extended: false, verified_by: verified ? folk.ids(verified.by) : [], expert_name: verified?.expertName ?? null, delisted_at: delisted?.at ?? null,
    outcome: delisted ? '治理完成，经核查合格，予以摘牌' : null, area_code: h.areaCode, grid_id: h.gridId, enterprise_id: h.enterpriseId, version: steps.length,
  }
  const events = steps.map((step, i) => {
    const who = folk.of(step.by[0]!)
    return {
      epoch: writer.epoch, id: writer.eventId(Date.parse(step.at)), at: step.at, occurred_at: step.at, operation: 'hazard.supervise', aggregate: 'supervision', aggregate_id: id, version: i + 1, event: names[step.state],
      from_state: steps[i - 1]?.state ?? null, to_state: step.state, actor_id: who.id, actor_name: who.name, actor_role: roles[step.state], area_code: h.areaCode, grid_id: h.gridId, enterprise_id: h.enterpriseId,
      data: { hazardId: h.id, no: h.no, supervisionNo: no, title: titleOf(h), reason: row.why, ...(step.deadline ? { deadline: step.deadline } : {}) }, origin: {},
    }
  })
  return { rows: [row], events }
}

/** Progress is reported every week; the next report is due within the week to come. */
function nextReport(listedAt: string, now: number): string {
  let day = localDate(listedAt)
  while (day < localDate(now)) day = addDays(day, defaultLimits.superviseReportDays)
  return day
}
