import type { Ctx } from '../../../kernel/server/context.ts'
import type { MessageDraft } from '../message.ts'
import type { TodoDraft } from '../todo.ts'
import { type Close, type Step, statementsOf } from './gathered.ts'
import { send } from './messages.ts'

export type { MessageDraft } from '../message.ts'
export type { TodoDraft } from '../todo.ts'

/**
 * Tells people what happened and asks nothing of them; who has to do something gets a todo instead. Never tells the one who
 * acts, and each person once for a key. Without drafts no statement is sent.
 */
export const sendMessages = (ctx: Ctx, drafts: readonly MessageDraft[]): void => send(ctx, drafts)
export { waitsForMe } from './store.ts'

/** Todos are written at the end of the command: whatever its number of calls, in two statements that nobody waits for. */
const remember = (ctx: Ctx, step: Step): void => ctx.gather('todo', step, (steps) => statementsOf(ctx, steps))

const close = (ctx: Ctx, of: Partial<Close>, how: string): void => remember(ctx, { close: { subjectIds: [], ids: [], kind: null, keepKeys: [], ...of, how } })

/**
 * Opens todos. Already open ones (same dedupe key) stay as they are. When nobody holds the verb there, the todo goes up a level
 * and says so: nothing is assigned to nobody, and where nobody is the command fails with `todo.nobody`.
 */
export function openTodos(ctx: Ctx, drafts: readonly TodoDraft[]): void {
  if (drafts.length) remember(ctx, { open: drafts })
}

/** One todo; see {@link openTodos}. */
export const openTodo = (ctx: Ctx, draft: TodoDraft): void => openTodos(ctx, [draft])

/** Ends the open todos of a subject, of one kind or all, without those under `keepKeys`. `how` is one Chinese phrase: "已核定". */
export const closeTodos = (ctx: Ctx, of: { subject: { id: string }; kind?: string; keepKeys?: readonly string[] }, how: string): void =>
  close(ctx, { subjectIds: [of.subject.id], kind: of.kind ?? null, keepKeys: of.keepKeys ?? [] }, how)

/** Ends todos by their ids. */
export function closeTodosOf(ctx: Ctx, ids: readonly string[], how: string): void {
  if (ids.length) close(ctx, { ids }, how)
}

/**
 * Makes the open todos of these subjects exactly the drafted ones: others are ended with `how`, missing ones opened,
 * and a changed due time, title or person is written over. For slices that derive todos from state.
 */
export function settleTodos(ctx: Ctx, subjectIds: readonly string[], drafts: readonly TodoDraft[], how: string): void {
  if (subjectIds.length) close(ctx, { subjectIds, keepKeys: drafts.map((draft) => draft.dedupeKey) }, how)
  openTodos(ctx, drafts)
}
