import { titleOf } from '../../capabilities/hazard/finding.ts'
import { fold, happened } from '../../capabilities/hazard/fold.ts'
import { type Hazard, OPEN_STATES } from '../../capabilities/hazard/hazard.ts'
import { defaultLimits, LADDER, remindsToday } from '../../capabilities/hazard/timers.ts'
import { addDays, localDate, startOfLocalDay } from '../../kernel/core/time.ts'
import type { Step } from '../history-types.ts'
import type { Row } from './bulk.ts'
import { type Deed, deedsOf, report, type Setting } from './steps.ts'

/** A hazard folded from its whole life, with the event rows it was folded from. */
export interface Life {
  readonly hazard: Hazard
  readonly events: readonly Row[]
}

/** How event rows are made: the ledger's epoch and the next id. */
export interface Writer {
  readonly epoch: number
  eventId(at: number): string
}

const MINUTE = 60_000
const system = (event: Deed['event'], at: number, operation: string): Deed => ({ event, by: 'system', role: 'SYSTEM', at, operation })

/** Lives one hazard through its steps and through what the clock does between them and up to `now`. */
export function live(path: readonly Step[], setting: Setting, given: { writer: Writer; now: number; reminders: boolean }): Life {
  const events: Row[] = []
  let hazard: Hazard | null = null
  const apply = (deed: Deed) => {
    const next = fold(hazard, deed.event)
    events.push(rowOf(deed, hazard, next, setting, given.writer))
    hazard = next
  }
  let inspections = 0
  path.forEach((step, i) => {
    if (i === 0) apply(report(step, setting))
    else for (const deed of deedsOf(hazard!, step, setting, inspections)) apply(deed)
    if (step.transition === 'T11' || step.transition === 'T12') inspections++
    const until = i + 1 < path.length ? Date.parse(path[i + 1]!.at) : given.now
    for (const deed of clockwork(hazard!, Date.parse(step.at), until, given.reminders)) apply(deed)
  })
  if (!hazard) throw new Error('a life without a report')
  return { hazard, events }
}

/** Rungs of the ladder, monthly checks of what is frozen, reminders: what the jobs would have done meanwhile, in order. */
function clockwork(h: Hazard, from: number, until: number, reminders: boolean): Deed[] {
  const deeds: Deed[] = []
  const within = (at: number) => at > from && at < until
  // Most terms are kept: nothing on the ladder happens before the day after.
  if (h.runsTo && (OPEN_STATES as readonly string[]).includes(h.state) && (reminders || until > Date.parse(h.runsTo))) {
    for (const rung of LADDER.filter((r) => r.level > h.escalation)) {
      const at = startOfLocalDay(addDays(h.runsTo, 1 + rung.after[h.level])).getTime() + 2 * MINUTE
      if (within(at)) deeds.push(system(happened('hazard.escalated', h.state, { rung: rung.level }), at, 'hazard.escalate'))
    }
    if (reminders) deeds.push(...remindersOf(h, from, until))
  }
  for (let check = h.state === 'FROZEN' ? h.nextCheckOn : null; check; ) {
    const on = addDays(check, 1)
    const at = startOfLocalDay(on).getTime() + 2 * MINUTE
    check = within(at) ? addDays(on, defaultLimits.frozenCheckDays) : null
    if (check) deeds.push(system(happened('hazard.freeze_checked', 'FROZEN', { nextCheckOn: check }), at, 'hazard.wake'))
  }
  return deeds.sort((a, b) => a.at - b.at)
}

function remindersOf(h: Hazard, from: number, until: number): Deed[] {
  const deeds: Deed[] = []
  for (let day = addDays(localDate(from), 1); day <= localDate(until); day = addDays(day, 1)) {
    const at = startOfLocalDay(day).getTime() + MINUTE
    if (at < until && remindsToday(h, day)) deeds.push(system(happened('hazard.reminded', h.state, { on: day }), at, 'hazard.remind'))
  }
  return deeds
}

function rowOf({ event, by, role, at, operation }: Deed, before: Hazard | null, after: Hazard, { folk }: Setting, writer: Writer): Row {
  const who = folk.of(by)
  const time = new Date(at).toISOString()
  return {
    epoch: writer.epoch, id: writer.eventId(at), at: time, occurred_at: before ? time : after.foundAt, operation, aggregate: 'hazard', aggregate_id: after.id, version: after.version, event: event.event,
    from_state: before?.state ?? null, to_state: after.state, actor_id: who.id, actor_name: who.name, actor_role: role, area_code: after.areaCode, grid_id: after.gridId, enterprise_id: after.enterpriseId,
    data: { ...event.data, no: after.no, title: titleOf(after), level: after.level }, origin: {},
  }
}
