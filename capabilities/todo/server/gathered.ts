import { type RawBuilder, sql } from 'kysely'
import { localDate } from '../../../kernel/core/time.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import { coveringCodes, somebodyWith } from '../../staff/server/public.ts'
import { shippedRoles } from '../../staff/roles.ts'
import type { TodoDraft } from '../todo.ts'
import { zh as todoZh } from '../zh.ts'

/** Whoever arranges what nobody can do: street office, bureau, last of all the system administrator. */
export const DISPATCH = 'todo.dispatch'

/** Open todos of these subjects, of one kind or all, without those whose keys are kept; or todos by id. */
export interface Close {
  readonly how: string
  readonly subjectIds: readonly string[]
  readonly ids: readonly string[]
  readonly kind: string | null
  readonly keepKeys: readonly string[]
}

/** What a command did to todos, in its order. */
export type Step = { readonly open: readonly TodoDraft[] } | { readonly close: Close }

/**
 * All steps of a command as two statements: what ends, then what begins. What was opened and closed within the command never
 * waited for anybody and is not written; what is closed and opened again is a new todo.
 */
export function statementsOf(ctx: Ctx, steps: readonly Step[]): RawBuilder<unknown>[] {
  const opens = new Map<string, TodoDraft>()
  const closes: Close[] = []
  for (const step of steps) {
    if ('open' in step) {
      for (const draft of step.open) opens.set(draft.dedupeKey, draft)
      continue
    }
    closes.push(step.close)
    for (const draft of opens.values()) if (ends(step.close, draft)) opens.delete(draft.dedupeKey)
  }
  return [...(closes.length ? [closeAll(ctx, closes)] : []), ...(opens.size ? [openAll(ctx, [...opens.values()])] : [])]
}

const ends = (close: Close, draft: TodoDraft): boolean =>
  close.subjectIds.includes(draft.subject.id) && (close.kind === null || close.kind === draft.kind) && !close.keepKeys.includes(draft.dedupeKey)

/** By subject and by id, each by its own index: an `or` of both became a walk over all that is open. The first step that ends a todo says how. */
const closeAll = (ctx: Ctx, closes: readonly Close[]): RawBuilder<unknown> => {
  const steps = (of: (close: Close) => readonly string[]) => closes.flatMap((close, n) => of(close).map((id) => ({ id, n })))
  const arm = (column: string, of: readonly { id: string; n: number }[]) => sql`
      select t.id, t.kind, t.dedupe_key, s.n from unnest(${of.map((s) => s.id)}::uuid[], ${of.map((s) => s.n)}::int[]) as s(of, n) join todo t on ${sql.ref(`t.${column}`)} = s.of and t.done_at is null`
  const subjects = steps((close) => close.subjectIds)
  const ids = steps((close) => close.ids)
  const arms = [...(subjects.length || !ids.length ? [arm('subject_id', subjects)] : []), ...(ids.length ? [arm('id', ids)] : [])]
  return sql`
  update todo set done_at = ${ctx.now}, done_by = ${ctx.actor.id || null}::uuid, done_how = x.how, version = version + 1
  from (select distinct on (t.id) t.id, c.how from (${sql.join(arms, sql` union all `)}) t
    join jsonb_to_recordset(${JSON.stringify(closes.map(({ how, kind, keepKeys }, n) => ({ n, how, kind, keep: keepKeys })))}::jsonb) as c(n int, how text, kind text, keep text[])
      on c.n = t.n and (c.kind is null or c.kind = t.kind) and t.dedupe_key <> all(c.keep)
    order by t.id, t.n) x
  where todo.id = x.id and todo.done_at is null`
}

/**
 * A right that nobody holds at the place, and a person who has left, go up a level with the reason in the text; where not even
 * that level has anybody, the row is for nobody and `todo_nobody` refuses it. An open todo with the same key takes the new due
 * time and words and keeps its person.
 * `offset 0`: how many rows a text holds nobody can tell, and for a hundred the database would rather read all that is open, and
 * everybody there is, into a table of its own for each command than ask the index for these two.
 */
function openAll(ctx: Ctx, drafts: readonly TodoDraft[]): RawBuilder<unknown> {
  const on = localDate(ctx.now)
  const keyOf = (draft: TodoDraft) => [draft.verb, draft.areaCode, draft.gridId, draft.enterpriseId].join('|')
  const places = new Map(drafts.map((draft) => [keyOf(draft), draft]))
  const numbers = new Map([...places.keys()].map((key, n) => [key, n]))
  const rows = drafts.map((d, n) => ({
    n, id: ctx.newId(), kind: d.kind, aggregate: d.subject.aggregate, subject_id: d.subject.id, title: d.title, why: d.why, verb: d.verb, person_id: d.personId, area_code: d.areaCode, grid_id: d.gridId,
    enterprise_id: d.enterpriseId, due_at: d.dueAt, link: d.link, dedupe_key: d.dedupeKey, lacking: lackingOf(d), place: numbers.get(keyOf(d)),
  }))
  const asked = [...places.values()].map((d, n) => ({ n, verb: d.verb, codes: coveringCodes(d.areaCode), grid_id: d.gridId, enterprise_id: d.enterpriseId }))
  return sql`with w as materialized (select w.n, w.codes, w.grid_id, w.enterprise_id, w.verb is not null and ${held(sql.ref('w.verb'), on)} as held
      from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as w(n int, verb text, codes text[], grid_id uuid, enterprise_id uuid)),
    d as materialized (select d.*, not exists (select from todo t where t.dedupe_key = d.dedupe_key and t.done_at is null offset 0) and not (case when d.person_id is null then w.held else exists (
        select from person h join account a on a.person_id = h.id and a.disabled_at is null where h.id = d.person_id and (h.left_on is null or h.left_on > ${on}::date) offset 0) end) as orphan,
        case when w.held then false else ${held(sql`${DISPATCH}::text`, on)} end as arranged
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as d(n int, id uuid, kind text, aggregate text, subject_id uuid, title text, why text, verb text, person_id uuid, area_code text, grid_id uuid,
        enterprise_id uuid, due_at timestamptz, link text, dedupe_key text, lacking text, place int) join w on w.n = d.place)
    insert into todo (id, kind, subject_aggregate, subject_id, title, why, verb, person_id, area_code, grid_id, enterprise_id, due_at, link, dedupe_key, orphan_of, opened_at)
    select id, kind, aggregate, subject_id, title, case when orphan then why || '；' || lacking || '，请安排' else why end, case when not orphan then verb when arranged then ${DISPATCH}::text end,
      case when not orphan then person_id end, area_code, grid_id, enterprise_id, due_at, link, dedupe_key, case when orphan then coalesce(verb, kind) end, ${ctx.now} from d order by n
    on conflict (dedupe_key) where done_at is null do update set due_at = excluded.due_at, title = excluded.title, why = excluded.why, link = excluded.link, version = todo.version + 1
    where (todo.due_at, todo.title, todo.why) is distinct from (excluded.due_at, excluded.title, excluded.why)`
}

const held = (verb: RawBuilder<unknown>, on: string): RawBuilder<boolean> =>
  somebodyWith({ verb, codes: sql.ref('w.codes'), gridId: sql.ref('w.grid_id'), enterpriseId: sql.ref('w.enterprise_id') }, on)

const lackingOf = (draft: TodoDraft): string => (draft.personId ? '指定的人已不在岗' : `当地无人具备“${verbZh(draft.verb ?? '')}”权限`)

/** Chinese names of rights live in each capability; the roles that hold one say it well enough for a reader. */
function verbZh(verb: string): string {
  const own: Record<string, string> = todoZh.verbs
  if (own[verb]) return own[verb]
  const role = shippedRoles.find((r) => r.verbs.includes(verb))
  return role ? `${role.name}的办理` : verb
}
