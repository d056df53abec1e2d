import { type RawBuilder, sql } from 'kysely'
import { addDays, localDate } from '../../../kernel/core/time.ts'
import type { JobSpec } from '../../../kernel/server/capability.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import { calendarOf } from '../../district/server/public.ts'
import { enterprisesBrief } from '../../enterprise/server/public.ts'
import { openTodos } from '../../todo/server/public.ts'
import type { TodoDraft } from '../../todo/todo.ts'
import { titleOf } from '../finding.ts'
import { happened, type HazardEvent } from '../fold.ts'
import type { Hazard } from '../hazard.ts'
import { WAKING_STATES } from '../rules.ts'
import { LADDER, type Limits, proposeBy, reinspectDueOn, remindsToday, rungOf } from '../timers.ts'
import { limitsOf } from './facts.ts'
import { columns, toHazard } from './row.ts'
import * as store from './store.ts'
import { proposeFor } from './supervision.ts'

/** A run takes so many and leaves the rest to the next minute: a long transaction would hold everybody up. */
const BATCH = 500
const open = sql`h.state not in ('CLOSED','VOID','TRANSFER_CLOSED')`
const system = { id: null, name: '系统', role: 'SYSTEM' }

/** The system reaches everything; rows somebody is writing now are left to the next minute. */
async function pick(ctx: Ctx, where: RawBuilder<unknown>): Promise<Hazard[]> {
  const { rows } = await sql<Record<string, unknown>>`select ${columns('h')} from hazard h where ${open} and ${where} order by h.id limit ${BATCH} for update skip locked`.execute(ctx.tx)
  return rows.map(toHazard)
}

/** Each hazard under the numbers of its own place. */
async function limitsByArea(ctx: Ctx, hazards: readonly Hazard[]): Promise<Map<string, Limits>> {
  const found = new Map<string, Limits>()
  for (const { areaCode } of hazards) if (!found.has(areaCode)) found.set(areaCode, await limitsOf(ctx.tx, areaCode))
  return found
}

const act = (ctx: Ctx, hazards: readonly Hazard[], events: (h: Hazard) => HazardEvent[]) =>
  store.commit(ctx, hazards.map((before) => ({ before, events: events(before), by: system })).filter((change) => change.events.length > 0))

/** T9b: at 24:00 of the due day an order that was not reported on goes to re-inspection all the same. */
export async function lapse(ctx: Ctx): Promise<void> {
  const today = localDate(ctx.now)
  const due = await pick(ctx, sql`h.state in ('ORDERED','RECTIFYING') and h.due_on < ${today}::date`)
  if (!due.length) return
  const limits = await limitsByArea(ctx, due)
  await act(ctx, due, (h) => [happened('hazard.lapsed', 'SUBMITTED', { at: ctx.now.toISOString(), reinspectDueOn: reinspectDueOn(h.dueOn ?? today, limits.get(h.areaCode)!) })])
}

/** REM: the days before the term, and daily after it for a major hazard. Once a day. */
export async function remind(ctx: Ctx): Promise<void> {
  const today = localDate(ctx.now)
  const soon = addDays(today, 7)
  const near = await pick(ctx, sql`h.runs_to is not null and h.due_on <= ${soon}::date and (h.due_on >= ${today}::date or h.level = 'MAJOR')
    and (h.due_on - ${today}::date in (3, 1, 0) or (h.level = 'MAJOR' and (h.due_on - ${today}::date = 7 or h.due_on < ${today}::date))) and h.reminded_on is distinct from ${today}::date`)
  await act(ctx, near.filter((h) => remindsToday(h, today)), (h) => [happened('hazard.reminded', h.state, { on: today })])
}

/** The ladder E1–E5: a rung reached makes todos for those it names, and at E4 proposes 挂牌督办. */
export async function escalate(ctx: Ctx): Promise<void> {
  const today = localDate(ctx.now)
  const reached = LADDER.map((rung) => sql`(h.escalation < ${rung.level}::int and h.runs_to < ${today}::date - case h.level when 'MAJOR' then ${rung.after.MAJOR}::int else ${rung.after.GENERAL}::int end)`)
  const late = await pick(ctx, sql`h.runs_to < ${today}::date and (${sql.join(reached, sql` or `)})`)
  const up = late.filter((h) => rungOf(h, today) > h.escalation)
  await act(ctx, up, (h) => [happened('hazard.escalated', h.state, { rung: rungOf(h, today) })])
  await proposeFor(ctx, up.filter((h) => h.level === 'MAJOR' && rungOf(h, today) >= 4).map((h) => h.id))
}

const warn = (h: Hazard, kind: string, key: string, verb: string, what: string, clause: string): TodoDraft => ({
  kind, dedupeKey: `${kind}:${key}:${h.id}`, subject: { aggregate: 'hazard_timer', id: h.id }, title: `${what}：${titleOf(h)}`, why: `${h.enterpriseName}，${h.no}（${clause}）`, verb, personId: null, areaCode: h.areaCode,
  gridId: h.gridId, enterpriseId: h.enterpriseId, dueAt: null, link: `/hazards/${h.id}`,
})

/** C1, R2, X1 run out: the level above is told. The todo falls with the next step, as every todo of the hazard does. */
export async function overrun(ctx: Ctx): Promise<void> {
  const today = localDate(ctx.now)
  const passed = await pick(ctx, sql`((h.state = 'REPORTED' and h.confirm_due_at < ${ctx.now}) or (h.state in ('SUBMITTED','REINSPECTING') and h.reinspect_due_on < ${today}::date)
      or (h.state = 'TRANSFERRED' and h.transfer_due_on < ${today}::date))
    and not exists (select 1 from todo t where t.subject_id = h.id and t.done_at is null and t.kind = 'hazard.overrun')`)
  const byState: Partial<Record<Hazard['state'], [string, string, string]>> = {
    REPORTED: ['hazard.review', '核定超时，请督促', '核定时限'], SUBMITTED: ['hazard.review', '复查超期，请安排', '复查期限'], REINSPECTING: ['hazard.review', '复查超期，请督促', '复查期限'],
    TRANSFERRED: ['hazard.approve_transfer', '移送未回执，请催办', '安全生产法第69条'],
  }
  openTodos(ctx, passed.flatMap((h) => {
    const told = byState[h.state]
    return told ? [warn(h, 'hazard.overrun', `${h.state}:${h.round}`, ...told)] : []
  }))
}

/** T16: the site works again, so its frozen hazards wake; else the monthly check is put before the team lead. */
export async function wake(ctx: Ctx): Promise<void> {
  const frozen = await pick(ctx, sql`h.state = 'FROZEN'`)
  if (!frozen.length) return
  const firms = await enterprisesBrief(ctx.tx, frozen.map((h) => h.enterpriseId))
  const back = frozen.filter((h) => WAKING_STATES.includes(firms.get(h.enterpriseId)?.state ?? ''))
  await act(ctx, back, () => [happened('hazard.unfrozen', 'CONFIRMED', { reason: '企业恢复生产' })])
  const today = localDate(ctx.now)
  const still = frozen.filter((h) => !back.includes(h) && h.nextCheckOn !== null && h.nextCheckOn < today)
  const limits = await limitsByArea(ctx, still)
  await act(ctx, still, (h) => [happened('hazard.freeze_checked', 'FROZEN', { nextCheckOn: addDays(today, limits.get(h.areaCode)!.frozenCheckDays) })])
}

/**
 * 挂牌督办 is proposed within three working days of the confirmation: what became known meanwhile (a plan of more than thirty
 * days, a third major hazard of the firm) is found here on the last of them at the latest.
 */
export async function propose(ctx: Ctx): Promise<void> {
  const today = localDate(ctx.now)
  const fresh = await pick(ctx, sql`h.level = 'MAJOR' and h.confirmed_at >= ${addDays(today, -30)}::date and not exists (select 1 from hazard_supervision s where s.hazard_id = h.id)`)
  if (!fresh.length) return
  const [limits, calendar] = [await limitsByArea(ctx, fresh), await calendarOf(ctx.tx)]
  await proposeFor(ctx, fresh.filter((h) => h.confirmedAt && proposeBy(localDate(h.confirmedAt), calendar, limits.get(h.areaCode)!) <= today).map((h) => h.id))
}

export const hazardJobs: readonly JobSpec[] = [
  { kind: 'hazard.lapse', every: 60, run: lapse },
  { kind: 'hazard.remind', every: 60, run: remind },
  { kind: 'hazard.escalate', every: 60, run: escalate },
  { kind: 'hazard.overrun', every: 60, run: overrun },
  { kind: 'hazard.wake', every: 60, run: wake },
  { kind: 'hazard.propose', every: 3600, run: propose },
  { kind: 'hazard.fold_counts', every: 60, run: (ctx) => store.foldCounts(ctx.tx) },
]
