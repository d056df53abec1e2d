import { missing, type Refusal, refuseAny } from '../../../kernel/core/problem.ts'
import { localDate } from '../../../kernel/core/time.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import { happened } from '../fold.ts'
import type { Hazard, OrderGiven, RevocationGiven } from '../hazard.ts'
import { hazardLifecycle } from '../lifecycle.ts'
import { refuseDueOn, refuseOfficers } from '../rules.ts'
import { groundOf } from './facts.ts'
import * as store from './store.ts'
import { proposeFor } from './supervision.ts'

/** A second paper for the same hazard (现场处理措施 first, 责令限期整改 after it) changes nothing here. */
const ordered: readonly string[] = ['ORDERED', 'RECTIFYING']

/** T6. The right to serve was asked by enforcement; state, officers' certificates on the day and R1 are asked here. */
export async function order(ctx: Ctx, given: OrderGiven): Promise<void> {
  const servedOn = localDate(given.servedAt)
  const [hazards, groundAt] = await Promise.all([store.take(ctx, given.hazardIds), groundOf(ctx, given.officers, servedOn)])
  if (hazards.length !== new Set(given.hazardIds).size) throw missing()
  const [first] = hazards
  if (!first) return
  const ground = groundAt(first.areaCode)
  const fresh = hazards.filter((h) => !ordered.includes(h.state))
  const dueOf = (h: Hazard): string => (typeof given.dueOn === 'string' ? given.dueOn : (given.dueOn[h.id] ?? ''))
  const refusals: Refusal[] = [
    ...refuseOfficers(given.officers, ground.certified, 'T6'),
    ...fresh.filter((h) => h.state !== 'CONFIRMED').map((h) => ({ code: 'hazard.wrong_state', field: 'hazardIds', params: { no: h.no, state: h.state } })),
    ...fresh.flatMap((h) => refuseDueOn(h, dueOf(h), servedOn, given.leaderApproved ?? false, ground)),
  ]
  refuseAny(refusals)
  const after = await store.commit(ctx, fresh.map((before) => ({
    before, occurredAt: given.servedAt,
    events: [happened('hazard.ordered', 'ORDERED', { orderId: given.paperId, orderNo: given.paperNo, at: new Date(given.servedAt).toISOString(), dueOn: dueOf(before), officers: [...given.officers] })],
  })))
  // Only now is the term known: a major hazard of more than 30 days proposes its 挂牌督办.
  const major = after.filter((h) => h.level === 'MAJOR')
  if (major.length) await proposeFor(ctx, major.map((h) => h.id))
}

/** T6c. A hazard that was closed, transferred or frozen meanwhile keeps what became of it. */
export async function unorder(ctx: Ctx, given: RevocationGiven): Promise<void> {
  const under = (await store.findAll(ctx, given.hazardIds)).filter((h) => h.orderId === given.paperId && hazardLifecycle[h.state].unorder)
  if (!under.length) return
  await store.commit(ctx, under.map((before) => {
    const other = given.standing.get(before.id)
    const event = other
      ? happened('hazard.order_replaced', before.state, { orderId: other.id, orderNo: other.no, revokedNo: given.paperNo, reason: given.reason })
      : happened('hazard.order_revoked', 'CONFIRMED', { orderId: given.paperId, orderNo: given.paperNo, reason: given.reason })
    return { before, events: [event] }
  }))
}
