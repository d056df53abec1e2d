import { Problem, refuseAny } from '../../../kernel/core/problem.ts'
import { addDays, businessDate, localDate } from '../../../kernel/core/time.ts'
import { type Ctx, type Handlers, refuseStale } from '../../../kernel/server/context.ts'
import { settleTodos } from '../../todo/server/public.ts'
import type { TodoDraft } from '../../todo/todo.ts'
import { titleOf } from '../finding.ts'
import type { Hazard } from '../hazard.ts'
import type { operations } from '../operations.ts'
import { reasonsToSupervise, refuseSupervision, type Supervision, type SupervisionAction, supervisionActions, supervisionLifecycle } from '../supervision.ts'
import type { SupervisionRow } from '../views.ts'
import { endOfLocalDay } from '../../../kernel/core/time.ts'
import { publishBy } from '../timers.ts'
import { type Ground, groundOf, whoOver } from './facts.ts'
import * as store from './store.ts'
import * as table from './supervision-store.ts'
import type { z } from 'zod'

type Part = Pick<Handlers<typeof operations>, 'propose' | 'supervise' | 'superviseReport' | 'supervisions'>

const eventNames: Record<SupervisionAction, string> = {
  list: 'hazard.supervision_listed', decline: 'hazard.supervision_declined', progress: 'hazard.supervision_progress', applyDelist: 'hazard.supervision_delist_asked', extend: 'hazard.supervision_extended',
  verify: 'hazard.supervision_verified', sendBack: 'hazard.supervision_sent_back', delist: 'hazard.supervision_delisted',
}

/** The automatic proposal (domain §2.8) for these hazards; those already under 督办 are left alone. */
export async function proposeFor(ctx: Ctx, ids: readonly string[], outsideCause = false): Promise<void> {
  const hazards = (await store.findAll(ctx, ids)).filter((h) => h.level === 'MAJOR')
  if (!hazards.length) return
  const counts = await store.openCounts(ctx.tx, hazards.map((h) => h.enterpriseId))
  const wanted = hazards.flatMap((h) => {
    const reasons = reasonsToSupervise(h, { outsideCause, openMajorOfEnterprise: counts.get(h.enterpriseId)?.major ?? 0 })
    return reasons.length ? [{ h, id: ctx.newId(), why: reasons.join('；') }] : []
  })
  await proposeAll(ctx, wanted.map(({ h, id, why }) => ({ h, id, why, level: 'DISTRICT' })))
}

async function proposeAll(ctx: Ctx, drafts: readonly { h: Hazard; id: string; why: string; level: string }[]): Promise<Set<string>> {
  if (!drafts.length) return new Set()
  const ground = await groundOf(ctx, [])
  const grounds = new Map<string, Ground>(drafts.map(({ h }) => [h.areaCode, ground(h.areaCode)]))
  const made = await table.propose(ctx, drafts.map(({ h, id, why, level }) => ({ id, hazardId: h.id, level, why, areaCode: h.areaCode, gridId: h.gridId, enterpriseId: h.enterpriseId })))
  const fresh = drafts.filter(({ h }) => made.has(h.id))
  for (const { h, id, why, level } of fresh) {
    ctx.emit({ aggregate: 'supervision', id, version: 1, event: 'hazard.supervision_proposed', from: null, to: 'PROPOSED', areaCode: h.areaCode, gridId: h.gridId, enterpriseId: h.enterpriseId, data: { hazardId: h.id, no: h.no, title: titleOf(h), reason: why, level } })
  }
  settleTodos(ctx, fresh.map(({ id }) => id), fresh.flatMap(({ h, id, why }) => todoOf(ctx, h, { id, state: 'PROPOSED', reportDueOn: null, deadline: null }, why, grounds.get(h.areaCode)!)), '')
  return made
}

/** One todo for each state: decide, report, verify, delist. */
function todoOf(ctx: Ctx, h: Hazard, s: Pick<Supervision, 'id' | 'state' | 'reportDueOn' | 'deadline'>, why: string, ground: Ground): TodoDraft[] {
  const due = (days: number) => new Date(ctx.now.getTime() + days * 86_400_000).toISOString()
  const by: Partial<Record<Supervision['state'], { verb: string; title: string; dueAt: string | null }>> = {
    PROPOSED: { verb: 'hazard.supervise', title: '决定是否挂牌督办', dueAt: endOfLocalDay(publishBy(ground.today, ground.calendar, ground.limits)).toISOString() },
    LISTED: { verb: 'hazard.supervise_report', title: '报告督办整改进展', dueAt: s.reportDueOn ? `${s.reportDueOn}T16:00:00.000Z` : null },
    APPLY_DELIST: { verb: 'hazard.supervise', title: '现场核查摘牌申请', dueAt: due(10) },
    VERIFIED: { verb: 'hazard.supervise', title: '办理摘牌', dueAt: due(3) },
  }
  const todo = by[s.state]
  if (!todo) return []
  return [{
    kind: `hazard.supervision_${s.state.toLowerCase()}`, dedupeKey: `supervision:${s.id}:${s.state}`, subject: { aggregate: 'supervision', id: s.id }, title: `${todo.title}：${titleOf(h)}`, why: `${h.enterpriseName}；${why}`,
    verb: todo.verb, personId: null, areaCode: h.areaCode, gridId: h.gridId, enterpriseId: h.enterpriseId, dueAt: todo.dueAt, link: `/hazards/${h.id}`,
  }]
}

type Input = Partial<Parameters<Part['supervise']>[1]> & { reason: string }

function moved(ctx: Ctx, s: Supervision, action: SupervisionAction, input: Input, ground: Ground): Supervision {
  const move = supervisionLifecycle[s.state][action]!
  const today = localDate(ctx.now)
  const next: Supervision = { ...s, state: move.to === 'same' ? s.state : (move.to as Supervision['state']), version: s.version + 1 }
  const nextReport = addDays(today, ground.limits.superviseReportDays)
  switch (action) {
    case 'list': return { ...next, no: input.no ?? null, level: input.level ?? s.level, dutyUnit: input.dutyUnit ?? null, dutyPerson: input.dutyPerson ?? null, deadline: input.deadline ?? null, publishedOn: input.publishedOn ?? today, listedAt: ctx.now.toISOString(), reportDueOn: nextReport }
    case 'extend': return { ...next, deadline: input.deadline ?? s.deadline, extended: true }
    case 'progress': return { ...next, lastReport: input.reason, reportDueOn: nextReport }
    case 'sendBack': return { ...next, lastReport: input.reason, reportDueOn: nextReport }
    case 'applyDelist': return { ...next, lastReport: input.reason, reportDueOn: null }
    case 'verify': return { ...next, verifiedBy: input.officers ?? [], expertName: input.expertName ?? null }
    case 'delist': return { ...next, delistedAt: ctx.now.toISOString(), outcome: input.reason }
    case 'decline': return { ...next, outcome: input.reason }
  }
}

async function move(ctx: Ctx, supervisionId: string, baseVersion: number, action: SupervisionAction, input: Input) {
  const s = await table.findSupervision(ctx, supervisionId)
  refuseStale(s.version, baseVersion)
  const [h] = await store.findAll(ctx, [s.hazardId])
  if (!h) throw new Problem('missing', 'common.missing')
  const ground = (await groundOf(ctx, input.officers ?? []))(h.areaCode)
  refuseAny([...refuseSupervision(s, action, input, { ...ground, who: whoOver(ctx, h) }), ...listingNeeds(action, input)])
  const next = moved(ctx, s, action, input, ground)
  await table.save(ctx, s, next)
  ctx.emit({
    aggregate: 'supervision', id: s.id, version: next.version, event: eventNames[action], from: s.state, to: next.state, areaCode: h.areaCode, gridId: h.gridId, enterpriseId: h.enterpriseId,
    data: { hazardId: h.id, no: h.no, supervisionNo: next.no, title: titleOf(h), reason: input.reason, deadline: next.deadline, on: businessDate(ctx.now) },
  })
  settleTodos(ctx, [s.id], todoOf(ctx, h, next, next.why, ground), '督办已进入下一步')
  return table.viewOf(next)
}

const listingNeeds = (action: SupervisionAction, input: Input) =>
  action !== 'list' ? [] : (['no', 'dutyUnit', 'dutyPerson'] as const).filter((field) => !input[field]).map((field) => ({ code: 'field.required', field }))

export const supervisionHandlers: Part = {
  propose: async (ctx, input) => {
    const h = await store.find(ctx, input.id)
    if (h.level !== 'MAJOR') throw new Problem('refused', 'hazard.not_major')
    const made = await proposeAll(ctx, [{ h, id: input.supervisionId, why: input.reason, level: input.level }])
    if (!made.has(h.id)) throw new Problem('conflict', 'hazard.supervision_open')
    return table.viewOf(await table.findSupervision(ctx, input.supervisionId))
  },
  supervise: (ctx, input) => move(ctx, input.supervisionId, input.baseVersion, input.step, input),
  superviseReport: (ctx, input) => move(ctx, input.supervisionId, input.baseVersion, input.step, { reason: input.note }),
  supervisions: async (ctx, input) => {
    const rows = await table.listSupervisions(ctx, input)
    const last = rows.length > input.limit ? rows[input.limit - 1] : undefined
    const page = rows.slice(0, input.limit).map((row): z.infer<typeof SupervisionRow> => ({
      ...table.viewOf(row), hazardNo: row.hazardNo, title: titleOf(row), enterpriseName: row.enterpriseName, hazardState: row.hazardState as never, dueOn: row.dueOn,
      actions: supervisionActions.flatMap((action) => {
        const found = supervisionLifecycle[row.state][action]
        return found && ctx.actor.has(found.verb) ? [{ action, label: found.label, allowed: true }] : []
      }),
    }))
    return { rows: page, total: rows[0]?.total ?? 0, ...(last ? { next: last.id } : {}) }
  },
}
