import { localDate } from '../../../kernel/core/time.ts'
import { type Capability, serve } from '../../../kernel/server/capability.ts'
import type { Handlers } from '../../../kernel/server/context.ts'
import { operations } from '../operations.ts'
import { zh } from '../zh.ts'
import { detail, officersFor } from './detail.ts'
import { figures } from './figures.ts'
import { closingHandlers } from './handlers-closing.ts'
import { findingHandlers } from './handlers-finding.ts'
import { hazardJobs } from './jobs.ts'
import { keepingLate, proposalHandlers } from './proposals.ts'
import { list } from './list.ts'
import { points } from './map.ts'
import { exportHazards } from './sheet.ts'
import { supervisionHandlers } from './supervision.ts'

const acts = { ...findingHandlers, ...closingHandlers }

const handlers: Handlers<typeof operations> = {
  ...acts,
  ...keepingLate(acts),
  ...proposalHandlers(acts),
  ...supervisionHandlers,
  list: (ctx, input) => list(ctx.tx, ctx.actor, input, localDate(ctx.now)),
  figures: (ctx, input) => figures(ctx.tx, ctx.actor, input, localDate(ctx.now)),
  points: async (ctx, input) => (await points(ctx.tx, ctx.actor, input, localDate(ctx.now))) as never,
  export: (ctx, input) => exportHazards(ctx, input),
  get: (ctx, input) => detail(ctx, input.id),
  officers: async (ctx, input) => ({ rows: await officersFor(ctx, input.id) }),
}

export const hazard = (): Capability => serve({ name: 'hazard', operations, handlers, zh, jobs: hazardJobs })
