import { type RawBuilder, sql } from 'kysely'
import { localDate } from '../../../kernel/core/time.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import type { Tx } from '../../../kernel/server/db.ts'
import { newId } from '../../../kernel/server/id.ts'
import { coveringCodes, holdersOf } from '../../staff/server/public.ts'
import type { MessageDraft } from '../message.ts'
import './tables.ts'

/**
 * Named people, or those who hold the right over the place on this day; never the one who acts unless the draft says so. Whoever was
 * told already is not told again. Ids are UUIDv7 of now.
 */
export function insert(ctx: Ctx, drafts: readonly MessageDraft[]): RawBuilder<unknown> {
  const rows = drafts.map(({ to, ...m }) => ({
    kind: m.kind, aggregate: m.subject.aggregate, subject_id: m.subject.id, title: m.title, text: m.text, link: m.link, key: m.dedupeKey, also_me: m.alsoMe ?? false,
    ...('people' in to ? { people: to.people } : { verb: to.verb, codes: coveringCodes(to.areaCode), grid_id: to.gridId, enterprise_id: to.enterpriseId }),
  }))
  const place = { verb: sql.ref('m.verb'), codes: sql.ref('m.codes'), gridId: sql.ref('m.grid_id'), enterpriseId: sql.ref('m.enterprise_id') }
  return sql`insert into message (id, person_id, kind, subject_aggregate, subject_id, title, text, link, by_name, at, dedupe_key)
    select (${newId(ctx.now).slice(0, 15)} || substr(gen_random_uuid()::text, 16))::uuid, t.person_id, m.kind, m.aggregate, m.subject_id, m.title, m.text, m.link, ${ctx.actor.name}, ${ctx.now}, m.key
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as m(kind text, aggregate text, subject_id uuid, title text, text text, link text, key text, also_me boolean, people uuid[], verb text, codes text[], grid_id uuid, enterprise_id uuid)
    cross join lateral (select unnest(m.people) as person_id union ${holdersOf(place, localDate(ctx.now))}) t
    where m.also_me or t.person_id is distinct from ${ctx.actor.id || null}::uuid
    on conflict (person_id, dedupe_key) do nothing`
}

export interface MessageLine {
  id: string
  kind: string
  title: string
  text: string
  link: string
  by_name: string
  at: string
  read_at: string | null
  cur: string
}

/** One page of somebody's own, newest first, with the exact total: one statement. */
export async function mine(tx: Tx, personId: string, page: { unread?: boolean | undefined; after?: { at: string; id: string } | undefined; limit: number }): Promise<{ rows: MessageLine[]; total: number }> {
  const unread = page.unread === undefined ? sql`` : page.unread ? sql`and read_at is null` : sql`and read_at is not null`
  const after = page.after ? sql`and (at, id) < (${page.after.at}::timestamptz, ${page.after.id}::uuid)` : sql``
  const { rows } = await sql<MessageLine & { total: number }>`
    with t as (select count(*)::int as total from message where person_id = ${personId} ${unread}),
      p as (select id, kind, title, text, link, by_name, at, read_at, at::text as cur from message where person_id = ${personId} ${unread} ${after} order by at desc, id desc limit ${page.limit + 1})
    select t.total, p.* from t left join p on true order by p.at desc, p.id desc`.execute(tx)
  return { rows: rows.filter((row) => row.id), total: rows[0]?.total ?? 0 }
}

export async function unread(tx: Tx, personId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from message where person_id = ${personId} and read_at is null`.execute(tx)
  return rows[0]?.n ?? 0
}

/** Those of these that are somebody's own and unread; without ids all. How many were marked. */
export async function markRead(tx: Tx, personId: string, ids: readonly string[] | null, now: Date): Promise<number> {
  const some = ids ? sql`and id = any(${[...ids]}::uuid[])` : sql``
  const result = await sql`update message set read_at = ${now} where person_id = ${personId} and read_at is null ${some}`.execute(tx)
  return Number(result.numAffectedRows ?? 0)
}

const AT_ONCE = 20_000

export async function dropBefore(tx: Tx, before: Date): Promise<void> {
  await sql`delete from message where ctid = any(array(select ctid from message where at < ${before} order by at limit ${AT_ONCE}))`.execute(tx)
}
