import type { Ctx } from '../../../kernel/server/context.ts'
import type { MessageDraft } from '../message.ts'
import type { TodoDraft } from '../todo.ts'
import { send } from './messages.ts'
import { openAll } from './open.ts'
import * as store from './store.ts'

export type { MessageDraft } from '../message.ts'
export type { TodoDraft } from '../todo.ts'

/**
 * Tells people what happened and asks nothing of them; who has to do something gets a todo instead. Never tells the one who
 * acts, and each person once for a key. Without drafts no statement is sent.
 */
export const sendMessages = (ctx: Ctx, drafts: readonly MessageDraft[]): Promise<void> => send(ctx, drafts)
export { waitsForMe } from './store.ts'

/**
 * Opens todos in a constant number of statements. Already open ones (same dedupe key) stay as they are. When nobody holds
 * the verb there, the todo goes up a level and says so: nothing is assigned to nobody.
 */
export const openTodos = (ctx: Ctx, drafts: readonly TodoDraft[]): Promise<void> => openAll(ctx, drafts)

/** One todo; see {@link openTodos}. */
export const openTodo = (ctx: Ctx, draft: TodoDraft): Promise<void> => openAll(ctx, [draft])

/** Ends the open todos of a subject, of one kind or all. `how` is one Chinese phrase: "已核定". */
export const closeTodos = (ctx: Ctx, of: { subject: { id: string }; kind?: string }, how: string): Promise<void> =>
  store.close(ctx, { subjectIds: [of.subject.id], kind: of.kind ?? null, keepKeys: [] }, how)

/** Ends todos by their ids. */
export const closeTodosOf = (ctx: Ctx, ids: readonly string[], how: string): Promise<void> => store.closeByIds(ctx, ids, how)

/**
 * Makes the open todos of these subjects exactly the drafted ones: others are ended with `how`, missing ones opened,
 * and a changed due time, title or person is written over. For slices that derive todos from state.
 */
export async function settleTodos(ctx: Ctx, subjectIds: readonly string[], drafts: readonly TodoDraft[], how: string): Promise<void> {
  if (subjectIds.length) await store.close(ctx, { subjectIds, kind: null, keepKeys: drafts.map((draft) => draft.dedupeKey) }, how)
  await openAll(ctx, drafts)
}
