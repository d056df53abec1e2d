import { sql } from 'kysely'
import { waitsForMe } from '../../todo/server/public.ts'
import type { TodoRow } from '../rows.ts'
import { pickSql, type Source } from './source.ts'

/** What waits for me. */
export const todos: Source<'todo'> = {
  kind: 'todo',
  bytesEach: 600,
  rows: async (ctx, pick) => {
    if (!ctx.actor.has('todo.read')) return []
    const { where, tail } = pickSql(pick, sql`todo.id`)
    const { rows } = await sql<TodoRow>`
      select todo.id, todo.kind, todo.subject_aggregate as "subjectAggregate", todo.subject_id as "subjectId", todo.title, todo.why, todo.person_id is not null as "forMeAlone",
        (select p.name from person p where p.id = todo.taken_by) as "takenByName", todo.taken_at as "takenAt", todo.taken_by is not distinct from ${ctx.actor.id}::uuid as "takenByMe", todo.back_note as "backNote", todo.verb is not null as "mayPass", todo.due_at as "dueAt", todo.opened_at as "openedAt", todo.link,
        todo.area_code as "areaCode", todo.grid_id as "gridId", todo.enterprise_id as "enterpriseId", todo.version
      from todo where ${waitsForMe(ctx.actor)} and ${where} ${tail}`.execute(ctx.tx)
    return rows.map((row) => ({ id: row.id, version: row.version, row }))
  },
  count: async (ctx) => {
    if (!ctx.actor.has('todo.read')) return 0
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from todo where ${waitsForMe(ctx.actor)}`.execute(ctx.tx)
    return rows[0]!.n
  },
}
