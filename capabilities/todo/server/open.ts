import { Problem } from '../../../kernel/core/problem.ts'
import { localDate } from '../../../kernel/core/time.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import { peopleWith } from '../../staff/server/public.ts'
import { shippedRoles } from '../../staff/roles.ts'
import type { TodoDraft } from '../todo.ts'
import { zh as todoZh } from '../zh.ts'
import * as store from './store.ts'

/** Whoever arranges what nobody can do: street office, bureau, last of all the system administrator. */
export const DISPATCH = 'todo.dispatch'

const placeKey = (d: TodoDraft, verb: string) => [verb, d.areaCode, d.gridId, d.enterpriseId].join('|')

/**
 * Opens what is not open. One statement to see what is, one for each different right and place, one to write. A right that
 * nobody holds at the place, and a person who has left, go up a level with the reason in the text.
 * @throws Problem `todo.nobody` when not even the level above has anybody
 */
export async function openAll(ctx: Ctx, drafts: readonly TodoDraft[]): Promise<void> {
  if (!drafts.length) return
  const unique = [...new Map(drafts.map((draft) => [draft.dedupeKey, draft])).values()]
  const open = await store.openKeys(ctx.tx, unique.map((draft) => draft.dedupeKey))
  const somebody = await holders(ctx, unique.filter((draft) => !open.has(draft.dedupeKey)))
  const placed: store.Placed[] = []
  for (const draft of unique) placed.push(open.has(draft.dedupeKey) || somebody.has(draft) ? { ...draft, orphanOf: null } : await orphan(ctx, draft))
  await store.insert(ctx, placed)
}

/** The drafts for whom somebody is there. */
async function holders(ctx: Ctx, drafts: readonly TodoDraft[]): Promise<Set<TodoDraft>> {
  const on = localDate(ctx.now)
  const named = drafts.flatMap((draft) => (draft.personId ? [draft.personId] : []))
  const there = named.length ? await store.present(ctx.tx, named, on) : new Set<string>()
  const known = new Map<string, boolean>()
  for (const draft of drafts) {
    if (draft.personId || !draft.verb) continue
    const key = placeKey(draft, draft.verb)
    if (!known.has(key)) known.set(key, (await peopleWith(ctx.tx, draft.verb, { ...draft, on })).length > 0)
  }
  return new Set(drafts.filter((draft) => (draft.personId ? there.has(draft.personId) : known.get(placeKey(draft, draft.verb ?? '')))))
}

async function orphan(ctx: Ctx, draft: TodoDraft): Promise<store.Placed> {
  const people = await peopleWith(ctx.tx, DISPATCH, { ...draft, on: localDate(ctx.now) })
  if (!people.length) throw new Problem('refused', 'todo.nobody')
  const lacking = draft.personId ? '指定的人已不在岗' : `当地无人具备“${verbZh(draft.verb ?? '')}”权限`
  return { ...draft, personId: null, verb: DISPATCH, why: `${draft.why}；${lacking}，请安排`, orphanOf: draft.verb ?? draft.kind }
}

/** Chinese names of rights live in each capability; the roles that hold one say it well enough for a reader. */
function verbZh(verb: string): string {
  const own: Record<string, string> = todoZh.verbs
  if (own[verb]) return own[verb]
  const role = shippedRoles.find((r) => r.verbs.includes(verb))
  return role ? `${role.name}的办理` : verb
}
