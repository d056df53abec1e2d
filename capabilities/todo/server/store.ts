import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { Reach } from '../../../kernel/core/access.ts'
import type { Actor } from '../../../kernel/server/actor.ts'
import { reachSql, type Tx } from '../../../kernel/server/db.ts'
import { shippedRoles } from '../../staff/roles.ts'
import type { TodoTable } from './tables.ts'

/** Every verb a role can be made of; roles entered later are rows of the same ones. */
const allVerbs: readonly string[] = [...new Set(shippedRoles.flatMap((role) => role.verbs))]

/**
 * What waits for this person: named, or not named and held by right over the place. Rights of one reach are asked together,
 * so that a usual person is one or two conditions.
 */
export function waitsForMe(actor: Actor): RawBuilder<boolean> {
  const groups = new Map<string, { reach: Reach; verbs: string[] }>()
  for (const verb of allVerbs.filter((v) => actor.has(v))) {
    const reach = actor.reachOf(verb)
    const key = JSON.stringify([reach.areas, reach.grids, reach.enterprises])
    const group = groups.get(key) ?? { reach, verbs: [] }
    group.verbs.push(verb)
    groups.set(key, group)
  }
  const parts = [...groups.values()].map((g) => sql`(todo.verb = any(${g.verbs}::text[]) and ${reachSql({ reach: g.reach }, 'todo')})`)
  const byRight = parts.length ? sql`(todo.person_id is null and (${sql.join(parts, sql` or `)}))` : sql`false`
  return sql<boolean>`(todo.done_at is null and (todo.person_id = ${actor.id}::uuid or ${byRight}))`
}

export type MineRow = Pick<Selectable<TodoTable>, 'id' | 'kind' | 'subject_aggregate' | 'subject_id' | 'title' | 'why' | 'person_id' | 'orphan_of' | 'taken_by' | 'taken_at' | 'back_note' | 'verb' | 'due_at' | 'opened_at' | 'link' | 'version'> & {
  taken_by_name: string | null
  grp: 'OVERDUE' | 'TODAY' | 'WEEK' | 'LATER' | 'ANY_TIME'
}

export interface Bounds {
  now: Date
  /** 24:00 of today and of Sunday, in Shanghai. */
  today: Date
  week: Date
}

const groupSql = (b: Bounds) => sql<MineRow['grp']>`case when todo.due_at is null then 'ANY_TIME' when todo.due_at <= ${b.now} then 'OVERDUE' when todo.due_at <= ${b.today} then 'TODAY' when todo.due_at <= ${b.week} then 'WEEK' else 'LATER' end`

/** One page, the most pressing first, with the exact total: one statement. */
export async function mine(tx: Tx, actor: Actor, at: Bounds, page: { kind?: string | undefined; group?: string | undefined; after?: { due: string; id: string } | undefined; limit: number }): Promise<{ rows: MineRow[]; total: number }> {
  const kind = page.kind ? sql`and todo.kind = ${page.kind}` : sql``
  const group = page.group ? sql`and ${groupSql(at)} = ${page.group}` : sql``
  const after = page.after ? sql`where (m.due, m.id) > (${page.after.due}::timestamptz, ${page.after.id}::uuid)` : sql``
  const { rows } = await sql<MineRow & { total: number }>`
    with m as (select todo.*, coalesce(todo.due_at, '9999-12-31'::timestamptz) as due, ${groupSql(at)} as grp from todo where ${waitsForMe(actor)} ${kind} ${group}),
      t as (select count(*)::int as total from m),
      p as (select * from m ${after} order by m.due, m.id limit ${page.limit + 1})
    select t.total, p.id, p.kind, p.subject_aggregate, p.subject_id, p.title, p.why, p.person_id, p.orphan_of, p.taken_by, h.name as taken_by_name, p.taken_at, p.back_note, p.verb, p.due_at, p.opened_at, p.link, p.version, p.grp
    from t left join p on true left join person h on h.id = p.taken_by order by p.due, p.id`.execute(tx)
  return { rows: rows.filter((row) => row.id), total: rows[0]?.total ?? 0 }
}

export async function counts(tx: Tx, actor: Actor, at: Bounds): Promise<{ kind: string; grp: MineRow['grp']; n: number }[]> {
  const { rows } = await sql<{ kind: string; grp: MineRow['grp']; n: number }>`select kind, ${groupSql(at)} as grp, count(*)::int as n from todo where ${waitsForMe(actor)} group by 1, 2 order by 1, 2`.execute(tx)
  return rows
}

export interface SubjectRow {
  id: string
  kind: string
  title: string
  person_name: string | null
  verb: string | null
  due_at: string | null
  opened_at: string
  done_at: string | null
  done_how: string | null
  orphan_of: string | null
}

/** Todos of one subject within reach, open ones first. */
export async function ofSubject(tx: Tx, actor: Actor, aggregate: string, subjectId: string): Promise<SubjectRow[]> {
  const { rows } = await sql<SubjectRow>`select todo.id, todo.kind, todo.title, p.name as person_name, todo.verb, todo.due_at, todo.opened_at, todo.done_at, todo.done_how, todo.orphan_of
    from todo left join person p on p.id = todo.person_id
    where todo.subject_id = ${subjectId} and todo.subject_aggregate = ${aggregate} and ${reachSql(actor, 'todo')} order by todo.done_at is not null, todo.opened_at desc limit 200`.execute(tx)
  return rows
}

export interface TodoRowAll {
  id: string
  kind: string
  title: string
  verb: string | null
  person_id: string | null
  area_code: string
  grid_id: string | null
  enterprise_id: string | null
  done_at: string | null
  orphan_of: string | null
  taken_by: string | null
  taken_at: string | null
  version: number
}

/** A todo that waits for this person, or that lies in his reach. */
export async function one(tx: Tx, actor: Actor, id: string): Promise<TodoRowAll | undefined> {
  const { rows } = await sql<TodoRowAll>`select id, kind, title, verb, person_id, area_code, grid_id, enterprise_id, done_at, orphan_of, taken_by, taken_at, version from todo
    where id = ${id} and (${waitsForMe(actor)} or (todo.person_id = ${actor.id}::uuid))`.execute(tx)
  return rows[0]
}

/** The same whatever its end: for a person who comes too late. */
export async function done(tx: Tx, actor: Actor, id: string): Promise<boolean> {
  const { rows } = await sql`select 1 from todo where id = ${id} and done_at is not null and ${reachSql(actor, 'todo')}`.execute(tx)
  return rows.length > 0
}

export async function handTo(tx: Tx, todo: TodoRowAll, personId: string): Promise<boolean> {
  const result = await sql`update todo set person_id = ${personId}, taken_by = null, taken_at = null, version = version + 1 where id = ${todo.id} and version = ${todo.version} and done_at is null`.execute(tx)
  return Number(result.numAffectedRows ?? 0) === 1
}

/** Takes it over from nobody, or from whoever is named as holding it now. */
export async function takeIt(tx: Tx, todo: TodoRowAll, by: { personId: string; now: Date }): Promise<boolean> {
  const result = await sql`update todo set taken_by = ${by.personId}, taken_at = ${by.now}, back_note = null, version = version + 1
    where id = ${todo.id} and done_at is null and person_id is null and taken_by is not distinct from ${todo.taken_by}::uuid`.execute(tx)
  return Number(result.numAffectedRows ?? 0) === 1
}

/** Everybody who may do it sees it again, with the reason. */
export async function backToAll(tx: Tx, todo: TodoRowAll, note: string): Promise<boolean> {
  const result = await sql`update todo set taken_by = null, taken_at = null, person_id = null, back_note = ${note}, version = version + 1 where id = ${todo.id} and version = ${todo.version} and done_at is null`.execute(tx)
  return Number(result.numAffectedRows ?? 0) === 1
}
