import { Problem, refuseAny } from '../../../kernel/core/problem.ts'
import { type Ctx, type Handlers, refuseStale } from '../../../kernel/server/context.ts'
import { useAttachments } from '../../attachment/server/public.ts'
import { settleTodos } from '../../todo/server/public.ts'
import { titleOf } from '../finding.ts'
import type { Hazard } from '../hazard.ts'
import { operations } from '../operations.ts'
import { filesOf, type Proposable, type Proposal } from '../proposal.ts'
import type { HazardState } from '../views.ts'
import { zh } from '../zh.ts'
import { stateOf } from './detail.ts'
import { decide, heldVersion, holdProposal, insertProposal } from './proposal-store.ts'
import { mayDecide } from './proposal-view.ts'
import * as store from './store.ts'

type All = Handlers<typeof operations>
type Acts = Pick<All, Proposable>

/**
 * The same acts, but one that was made offline (`X-Offline`) against another version than the one stored becomes a proposal.
 * The row is held while that is asked, so that of two who arrive together the second finds the first's work.
 */
export function keepingLate(acts: Acts): Acts {
  const late = <K extends Proposable>(act: K): Acts[K] =>
    (async (ctx: Ctx, input: { id: string; baseVersion: number }, body: never) => {
      if (ctx.origin.offline && (await heldVersion(ctx, input.id)) !== input.baseVersion) return propose(ctx, act, input)
      return (acts[act] as (ctx: Ctx, input: unknown, body: never) => Promise<HazardState>)(ctx, input, body)
    }) as Acts[K]
  return { fixOnSite: late('fixOnSite'), verifyFix: late('verifyFix'), start: late('start'), submit: late('submit'), reinspect: late('reinspect') }
}

async function propose(ctx: Ctx, act: Proposable, given: { id: string; baseVersion: number }): Promise<HazardState> {
  const h = await store.find(ctx, given.id)
  const { id: _id, baseVersion, ...input } = given as { id: string; baseVersion: number } & Record<string, unknown>
  const id = ctx.newId()
  await insertProposal(ctx, id, h, { act, input, baseVersion })
  await useAttachments(ctx, filesOf(input).flatMap(({ ids, role }) => ids.map((attachmentId) => ({ attachmentId, aggregate: 'hazard_proposal', aggregateId: id, role }))), h)
  tell(ctx, h, { id, act }, 'hazard.proposed', 1, 'OPEN', { input, baseVersion, foundVersion: h.version })
  settleTodos(ctx, [id], [{
    kind: 'hazard.proposal', dedupeKey: `hazard-proposal:${id}`, subject: { aggregate: 'hazard_proposal', id }, title: `离线办理待定：${operations[act].summary}（${titleOf(h)}）`,
    why: `${h.enterpriseName}；离线期间该隐患已被他人办过，请对照后采纳或不采纳`, verb: null, personId: ctx.actor.id, areaCode: h.areaCode, gridId: h.gridId, enterpriseId: h.enterpriseId, dueAt: null, link: `/hazards/${h.id}`,
  }], '')
  return { ...stateOf(ctx, h), proposalId: id }
}

function tell(ctx: Ctx, h: Hazard, p: Pick<Proposal, 'id' | 'act'>, event: keyof typeof zh.events, version: number, to: string, data: Record<string, unknown>): void {
  ctx.emit({ aggregate: 'hazard_proposal', id: p.id, version, event, from: version === 1 ? null : 'OPEN', to, areaCode: h.areaCode, gridId: h.gridId, enterpriseId: h.enterpriseId, data: { hazardId: h.id, no: h.no, title: titleOf(h), act: p.act, ...data } })
}

/** In reach, open, seen as it is now, by somebody entitled. */
async function open(ctx: Ctx, input: { id: string; proposalId: string; baseVersion: number }): Promise<{ h: Hazard; p: Proposal }> {
  const h = await store.find(ctx, input.id)
  const p = await holdProposal(ctx.tx, h.id, input.proposalId)
  if (p.state !== 'OPEN') throw new Problem('conflict', 'hazard.proposal_decided', { params: { by: p.decidedName ?? '' } })
  refuseStale(h.version, input.baseVersion)
  if (!mayDecide(ctx, h, p)) refuseAny([{ code: 'hazard.not_entitled', clause: 'I6' }])
  return { h, p }
}

/** Taking up runs the act anew as whoever takes it up: right, certificate, state and form are asked as of today. */
export const proposalHandlers = (acts: Acts): Pick<All, 'acceptProposal' | 'dismissProposal'> => ({
  acceptProposal: async (ctx, input) => {
    const { h, p } = await open(ctx, input)
    const answer = await (acts[p.act] as (ctx: Ctx, input: unknown) => Promise<HazardState>)(ctx, { ...p.input, id: h.id, baseVersion: h.version })
    await decide(ctx, p.id, 'ACCEPTED', null)
    tell(ctx, h, p, 'hazard.proposal_accepted', 2, 'ACCEPTED', { person: p.personName, madeAt: p.madeAt })
    settleTodos(ctx, [p.id], [], '已采纳')
    return answer
  },
  dismissProposal: async (ctx, input) => {
    const { h, p } = await open(ctx, input)
    await decide(ctx, p.id, 'DISMISSED', input.reason)
    tell(ctx, h, p, 'hazard.proposal_dismissed', 2, 'DISMISSED', { person: p.personName, reason: input.reason })
    settleTodos(ctx, [p.id], [], '不采纳')
    return stateOf(ctx, h)
  },
})
