import { type Refusal, refuseAny } from '../../../kernel/core/problem.ts'
import { type Ctx, refuseStale } from '../../../kernel/server/context.ts'
import { type Linked } from '../../attachment/attachment.ts'
import { useAttachments } from '../../attachment/server/public.ts'
import { personNames } from '../../staff/server/public.ts'
import type { HazardEvent } from '../fold.ts'
import type { Hazard } from '../hazard.ts'
import type { HazardAction } from '../lifecycle.ts'
import { type Facts, refuseNow } from '../rules.ts'
import type { HazardState } from '../views.ts'
import { stateOf } from './detail.ts'
import { factsFor, groundOf } from './facts.ts'
import * as store from './store.ts'

export interface Plan {
  /** What the form lacks. */
  readonly refusals?: readonly Refusal[]
  readonly events: readonly HazardEvent[]
  readonly files?: readonly { readonly ids: readonly string[]; readonly role: Linked['role'] }[]
}

/**
 * One move of one hazard: in reach, not stale, allowed by table and standing guards, then the form, then the write. Problems
 * come in this order so that a person who was overtaken reads that first. `people` are those whose certificates matter.
 */
export async function step(
  ctx: Ctx,
  input: { id: string; baseVersion: number },
  action: HazardAction,
  plan: (h: Hazard, facts: Facts) => Plan | Promise<Plan>,
  people: readonly string[] = [],
): Promise<HazardState> {
  const [h, ground, names] = await Promise.all([store.takeOne(ctx, input.id), groundOf(ctx, people), personNames(ctx.tx, people)])
  refuseStale(h.version, input.baseVersion)
  const facts = factsFor(ctx, h, ground(h.areaCode))
  refuseAny(refuseNow(h, action, facts))
  const { refusals = [], events, files = [] } = await plan(h, facts)
  refuseAny(refusals)
  const named = [...names.values()].map((person) => person.name)
  const [after] = await store.commit(ctx, [{ before: h, events, ...(named.length > 1 ? { note: { people: named } } : {}) }])
  const links = files.flatMap(({ ids, role }) => ids.map((attachmentId) => ({ attachmentId, aggregate: 'hazard', aggregateId: h.id, role })))
  await useAttachments(ctx, links, h)
  return stateOf(ctx, after!)
}
