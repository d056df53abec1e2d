import { missing, Problem } from '../../../kernel/core/problem.ts'
import { localDate } from '../../../kernel/core/time.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import { peopleWith } from '../../staff/server/public.ts'
import * as store from './store.ts'

/**
 * The people who could do what this todo asks, without the one who has it. A todo that law gives to a named person (an
 * assigned officer) carries no right and is not handed on here: the assignment itself has to be changed.
 */
export async function couldDo(ctx: Ctx, todo: store.TodoRowAll): Promise<string[]> {
  if (!todo.verb) return []
  const people = await peopleWith(ctx.tx, todo.verb, { areaCode: todo.area_code, gridId: todo.grid_id, enterpriseId: todo.enterprise_id, on: localDate(ctx.now) })
  return people.filter((id) => id !== todo.person_id && id !== ctx.actor.id)
}

export async function findOpen(ctx: Ctx, id: string): Promise<store.TodoRowAll> {
  const todo = await store.one(ctx.tx, ctx.actor, id)
  if (todo && todo.done_at === null) return todo
  if (todo || (await store.done(ctx.tx, ctx.actor, id))) throw new Problem('conflict', 'todo.done')
  throw missing()
}
