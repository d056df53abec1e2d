import type { Ctx } from '../../../kernel/server/context.ts'
import { ListFilter, type PaperRow } from '../paper.ts'
import * as store from './store.ts'

export { visible as paperVisible } from './store.ts'

/** Papers of a hazard, a visit or an enterprise, newest first, at most 100, within what the actor may see. One statement. */
export const papersOf = async (ctx: Ctx, of: { hazardId?: string; visitId?: string; enterpriseId?: string }): Promise<PaperRow[]> =>
  (await store.list(ctx.tx, ctx.actor, ListFilter.parse({ ...of, limit: 100 }))).rows
