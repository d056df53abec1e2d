import { type Refusal, refuseAny } from '../../../kernel/core/problem.ts'
import { businessDate } from '../../../kernel/core/time.ts'
import type { Ctx, Handlers } from '../../../kernel/server/context.ts'
import { type Capability, serve } from '../../../kernel/server/capability.ts'
import type { VisitKind } from '../kinds.ts'
import { operations } from '../operations.ts'
import { zh } from '../zh.ts'
import * as arrive from './arrive.ts'
import * as caps from './caps.ts'
import { handBack } from './hand-back.ts'
import { list } from './lists.ts'
import * as plan from './plan.ts'
import * as read from './read.ts'
import { record } from './record.ts'

/** Whoever owns campaigns says what keeps a visit from belonging to one; empty when it may. */
export type CampaignDoor = (ctx: Ctx, asked: { campaignId: string; teamId: string | null; act: 'plan' | 'record'; kind: VisitKind; siteIds: readonly string[]; versionIds: readonly string[]; date: string }) => Promise<Refusal[]>

type Grounds = { campaignId?: string | undefined; teamId?: string | undefined; kind: VisitKind; versionIds: readonly string[] }
const asked = (input: Grounds, act: 'plan' | 'record', siteIds: readonly string[], date: string): Parameters<CampaignDoor>[1] | undefined =>
  input.campaignId ? { campaignId: input.campaignId, teamId: input.teamId ?? null, act, kind: input.kind, siteIds, versionIds: input.versionIds, date } : undefined

/** 走访: plans, approvals, records of every contact with a site. `campaigns` is asked whether one admits a visit that names it. */
export function visit(campaigns: CampaignDoor = async () => []): Capability {
  const admitted = async (ctx: Ctx, asked: Parameters<CampaignDoor>[1] | undefined): Promise<void> => (asked ? refuseAny(await campaigns(ctx, asked)) : undefined)
  const handlers: Handlers<typeof operations> = {
    list: (ctx, input) => list(ctx.tx, ctx.actor, input),
    export: (ctx, input) => read.exportList(ctx, input),
    team: (ctx, input) => read.team(ctx, input.siteId, input.on),
    capUsage: (ctx, input) => caps.capUsage(ctx, input.enterpriseId, input.year),
    burden: (ctx, input) => caps.burden(ctx, input.year),
    caps: (ctx, input) => caps.caps(ctx, input.year),
    get: (ctx, input) => read.get(ctx, input.id),
    setCap: (ctx, input) => caps.setCap(ctx, input),
    plan: async (ctx, input) => {
      await admitted(ctx, asked(input, 'plan', input.visits.map((v) => v.siteId), input.plannedOn))
      return plan.plan(ctx, input)
    },
    edit: async (ctx, input) => {
      await admitted(ctx, asked(input, 'plan', [], input.plannedOn))
      return plan.edit(ctx, input)
    },
    submit: (ctx, input) => plan.submit(ctx, input),
    approve: (ctx, input) => plan.decide(ctx, input, 'approve'),
    refuse: (ctx, input) => plan.decide(ctx, input, 'refuse'),
    start: (ctx, input) => arrive.start(ctx, input),
    saveAnswers: (ctx, input) => arrive.saveAnswers(ctx, input),
    record: async (ctx, input) => {
      // What was planned was admitted then: a phone that comes back late is not asked again.
      if (input.baseVersion === undefined) await admitted(ctx, asked(input, 'record', [input.siteId], businessDate(input.arrivedAt)))
      return record(ctx, input)
    },
    leave: (ctx, input) => arrive.leave(ctx, input),
    addScan: (ctx, input) => arrive.addScan(ctx, input),
    acknowledge: (ctx, input) => plan.acknowledge(ctx, input),
    handBack: (ctx, input) => handBack(ctx, input),
    cancel: (ctx, input) => plan.end(ctx, input, 'cancel'),
    void: (ctx, input) => plan.end(ctx, input, 'void'),
  }
  return serve({ name: 'visit', operations, handlers, zh })
}
