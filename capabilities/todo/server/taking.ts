import { Problem } from '../../../kernel/core/problem.ts'
import { zhMoment } from '../../../kernel/core/time-zh.ts'
import type { Ctx, Handlers } from '../../../kernel/server/context.ts'
import { personNames } from '../../staff/server/public.ts'
import type { operations } from '../operations.ts'
import { couldDo, findOpen } from './open.ts'
import * as store from './store.ts'

type Part = Pick<Handlers<typeof operations>, 'take' | 'giveBack'>

const nameOf = async (ctx: Ctx, id: string): Promise<string> => (await personNames(ctx.tx, [id])).get(id)?.name ?? ''

/**
 * Where several could do it, one says that he does: nobody drives there twice. Taking needs no version — a phone in a basement
 * takes what it saw this morning — and is refused only where another was first and still could do it.
 */
export const takingHandlers: Part = {
  take: async (ctx, input) => {
    const todo = await findOpen(ctx, input.id)
    if (todo.person_id !== null) throw new Problem('refused', 'todo.taken_shared')
    const held = todo.taken_by !== null && todo.taken_by !== ctx.actor.id && (await couldDo(ctx, todo)).includes(todo.taken_by)
    if (held) throw new Problem('conflict', 'todo.taken', { params: { name: await nameOf(ctx, todo.taken_by!), at: zhMoment(todo.taken_at!, ctx.now.toISOString()) } })
    if (!(await store.takeIt(ctx.tx, todo, { personId: ctx.actor.id, now: ctx.now }))) throw new Problem('conflict', 'common.stale')
    said(ctx, todo, 'todo.taken', {})
    return { id: todo.id, version: todo.version + 1 }
  },
  giveBack: async (ctx, input) => {
    const todo = await findOpen(ctx, input.id)
    if (todo.person_id === ctx.actor.id && todo.verb === null) throw new Problem('refused', 'todo.named')
    if (todo.person_id !== ctx.actor.id && todo.taken_by !== ctx.actor.id) throw new Problem('conflict', 'todo.not_holder')
    if (!(await store.backToAll(ctx.tx, todo, `${await nameOf(ctx, ctx.actor.id)}：${input.reason}`))) throw new Problem('conflict', 'common.stale')
    said(ctx, todo, 'todo.given_back', { reason: input.reason })
    return { id: todo.id, version: todo.version + 1 }
  },
}

function said(ctx: Ctx, todo: store.TodoRowAll, event: string, more: { reason?: string }): void {
  ctx.emit({ aggregate: 'todo', id: todo.id, version: todo.version + 1, event, areaCode: todo.area_code, gridId: todo.grid_id, enterpriseId: todo.enterprise_id, data: { title: todo.title, kind: todo.kind, ...more } })
}
