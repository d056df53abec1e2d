import type { Handlers } from '../../../kernel/server/context.ts'
import { type Capability, serve } from '../../../kernel/server/capability.ts'
import { operations } from '../operations.ts'
import { zh } from '../zh.ts'
import * as arrive from './arrive.ts'
import * as caps from './caps.ts'
import { list } from './lists.ts'
import * as plan from './plan.ts'
import * as read from './read.ts'
import { record } from './record.ts'

/** 走访: plans, approvals, records of every contact with a site. */
export function visit(): Capability {
  const handlers: Handlers<typeof operations> = {
    list: (ctx, input) => list(ctx.tx, ctx.actor, input),
    export: (ctx, input) => read.exportList(ctx, input),
    team: (ctx, input) => read.team(ctx, input.siteId, input.on),
    capUsage: (ctx, input) => caps.capUsage(ctx, input.enterpriseId, input.year),
    burden: (ctx, input) => caps.burden(ctx, input.year),
    caps: (ctx, input) => caps.caps(ctx, input.year),
    get: (ctx, input) => read.get(ctx, input.id),
    setCap: (ctx, input) => caps.setCap(ctx, input),
    plan: (ctx, input) => plan.plan(ctx, input),
    edit: (ctx, input) => plan.edit(ctx, input),
    submit: (ctx, input) => plan.submit(ctx, input),
    approve: (ctx, input) => plan.decide(ctx, input, 'approve'),
    refuse: (ctx, input) => plan.decide(ctx, input, 'refuse'),
    start: (ctx, input) => arrive.start(ctx, input),
    saveAnswers: (ctx, input) => arrive.saveAnswers(ctx, input),
    record: (ctx, input) => record(ctx, input),
    leave: (ctx, input) => arrive.leave(ctx, input),
    addScan: (ctx, input) => arrive.addScan(ctx, input),
    acknowledge: (ctx, input) => plan.acknowledge(ctx, input),
    cancel: (ctx, input) => plan.end(ctx, input, 'cancel'),
    void: (ctx, input) => plan.end(ctx, input, 'void'),
  }
  return serve({ name: 'visit', operations, handlers, zh })
}
