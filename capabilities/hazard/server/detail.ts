import { sql } from 'kysely'
import type { z } from 'zod'
import type { Action } from '../../../kernel/core/operation.ts'
import { say } from '../../../kernel/core/problem.ts'
import { localDate } from '../../../kernel/core/time.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import { attachmentsOf } from '../../attachment/server/public.ts'
import { clauseById, fullCitation } from '../../checklist/criteria.ts'
import { certifiedOn, peopleWith, personNames } from '../../staff/server/public.ts'
import type { Hazard } from '../hazard.ts'
import { HAZARD_ACTIONS, type HazardAction, hazardLifecycle } from '../lifecycle.ts'
import { refuseNow } from '../rules.ts'
import { titleOf } from '../finding.ts'
import { timelineText } from '../timeline.ts'
import { defaultDueOn, isDueSoon, isOverdue } from '../timers.ts'
import type { HazardDetail, HazardState, Officer } from '../views.ts'
import { sentenceOf } from '../waiting.ts'
import { zh } from '../zh.ts'
import { factsFor, type Ground, groundOf } from './facts.ts'
import { proposalViews } from './proposal-view.ts'
import * as store from './store.ts'
import { supervisionOf, viewOf } from './supervision-store.ts'

/** What a command answers. */
export const stateOf = (ctx: Ctx, h: Hazard): HazardState => ({ id: h.id, no: h.no, state: h.state, level: h.level, dueOn: h.dueOn, version: h.version, waiting: sentenceOf(h, ctx.now) })

interface EventRow {
  occurred_at: string
  version: number
  event: string
  actor_name: string
  actor_role: string
  from_state: string | null
  to_state: string | null
  data: Record<string, unknown>
}

async function history(ctx: Ctx, id: string): Promise<EventRow[]> {
  const { rows } = await sql<EventRow>`select occurred_at, version, event, actor_name, actor_role, from_state, to_state, data from domain_event where aggregate_id = ${id} order by seq`.execute(ctx.tx)
  return rows
}

/** Everything the page shows. Several small statements; only the first one asks for reach, the others follow it. */
export async function detail(ctx: Ctx, id: string): Promise<HazardDetail> {
  const h = await store.find(ctx, id)
  const [ground, events, photos, supervision] = [(await groundOf(ctx, []))(h.areaCode), await history(ctx, id), await attachmentsOf(ctx.tx, [id]), await supervisionOf(ctx.tx, id)]
  const names = await personNames(ctx.tx, [...h.foundBy, ...h.confirmedBy, ...h.reinspectors])
  const people = (ids: readonly string[]) => ids.map((person) => ({ id: person, name: names.get(person)?.name ?? '' }))
  const clause = h.clauseId ? clauseById(h.clauseId) : undefined
  return {
    ...headOf(h, ground),
    foundBy: people(h.foundBy), confirmedBy: people(h.confirmedBy), reinspectors: people(h.reinspectors),
    clauseText: clause ? fullCitation(clause) : null,
    waiting: sentenceOf(h, ctx.now),
    photos: (photos.get(id) ?? []).map((p) => ({ id: p.id, role: p.role, name: p.name, type: p.type, takenAt: p.takenAt, sha256: p.sha256, lookAlikeOf: p.lookAlikeOf, original: p.original, originalMissing: p.originalMissing })),
    timeline: events.map((e) => ({
      at: e.occurred_at, event: e.event, label: (zh.events as Record<string, string>)[e.event] ?? e.event, actor: e.actor_name, role: e.actor_role, from: e.from_state, to: e.to_state, text: timelineText(e.event, e.data),
    })),
    supervision: supervision ? viewOf(supervision) : null,
    proposals: await proposalViews(ctx, h, ground, events),
    actions: actionsOf(ctx, h, ground),
  }
}

function headOf(h: Hazard, ground: Ground): Omit<HazardDetail, 'foundBy' | 'confirmedBy' | 'reinspectors' | 'clauseText' | 'waiting' | 'photos' | 'timeline' | 'supervision' | 'proposals' | 'actions'> {
  return {
    id: h.id, no: h.no, title: titleOf(h), enterpriseId: h.enterpriseId, enterpriseName: h.enterpriseName, location: h.location, category: h.category, level: h.level, immediateStop: h.immediateStop, state: h.state,
    source: h.source, street: `${h.areaCode.slice(0, 9)}000`, foundAt: h.foundAt, dueOn: h.dueOn, overdue: isOverdue(h, ground.today), dueSoon: isDueSoon(h, ground.today), late: h.late, escalation: h.escalation, round: h.round,
    recurrence: h.recurrence, orderNo: h.orderNo, closedAt: h.closedAt, version: h.version, description: h.description, siteId: h.siteId, siteName: h.siteName, areaCode: h.areaCode, gridId: h.gridId, sourceId: h.sourceId,
    itemCode: h.itemCode, versionId: h.versionId, evidence: h.evidence, requirement: h.requirement, legalBasis: h.legalBasis, clauseId: h.clauseId, clauseMode: h.clauseMode, stopInForce: h.stopInForce, confirmedAt: h.confirmedAt,
    opinions: h.opinions, originalDueOn: h.originalDueOn, proposedDueOn: h.dueOn ?? defaultDueOn(h, ground.today, ground.calendar, true, ground.limits), runsTo: h.runsTo, extensions: h.extensions, orderId: h.orderId, orderedAt: h.orderedAt,
    plan: h.plan, submittedAt: h.submittedAt, reinspectDueOn: h.reinspectDueOn, pending: h.pending as Record<string, unknown> | null, transfer: h.transfer, frozen: h.frozen, closedHow: h.closedHow, recurrenceOf: h.recurrenceOf,
    sightings: h.sightings, voidCode: h.voidCode,
  }
}

/** People with the right over this place and a certificate in force today. */
export async function officersFor(ctx: Ctx, id: string): Promise<z.infer<typeof Officer>[]> {
  const h = await store.find(ctx, id)
  const today = localDate(ctx.now)
  const able = await peopleWith(ctx.tx, 'hazard.reinspect', { areaCode: h.areaCode, gridId: h.gridId, enterpriseId: h.enterpriseId, on: today })
  const [certified, names] = [await certifiedOn(ctx.tx, able, today), await personNames(ctx.tx, able)]
  return able.flatMap((person) => {
    const certificate = certified.get(person)
    const name = names.get(person)
    return certificate && name ? [{ id: person, name: name.name, organisation: name.organisation, certificateNo: certificate.no, validTo: certificate.validTo, lastTime: h.lastReinspectors.includes(person) }] : []
  })
}

/** Papers are drawn up in enforcement; timers act by themselves. Neither is a button here. */
const notButtons: ReadonlySet<HazardAction> = new Set(['report', 'order', 'unorder', 'lapse'])

/** Every move of the state: allowed, or why not. Moves whose right one's posts never hold are left out. */
export function actionsOf(ctx: Ctx, h: Hazard, ground: Ground): Action[] {
  const facts = factsFor(ctx, h, ground)
  return HAZARD_ACTIONS.flatMap((action) => {
    const move = hazardLifecycle[h.state][action]
    if (!move || notButtons.has(action) || !ctx.actor.has(move.verb)) return []
    const refusals = refuseNow(h, action, facts)
    const why = refusals.map((r) => say(zh.problems, r.code, r.params))
    return [{ action, label: move.label, allowed: refusals.length === 0, ...(why.length ? { why } : {}) }]
  })
}
