import { sql } from 'kysely'
import { waitsForMe } from '../../todo/server/public.ts'
import type { TodoRow } from '../rows.ts'
import { fromTable, heldOf } from './source.ts'

/** What waits for me. */
export const todos = fromTable<'todo'>({
  kind: 'todo',
  bytesEach: 600,
  from: sql`todo`,
  id: sql`todo.id`,
  mine: (ctx) => (ctx.actor.has('todo.read') ? waitsForMe(ctx.actor) : undefined),
  read: async (ctx, these) => {
    const { rows } = await sql<TodoRow>`
      select todo.id, todo.kind, todo.subject_aggregate as "subjectAggregate", todo.subject_id as "subjectId", todo.title, todo.why, todo.person_id is not null as "forMeAlone",
        (select p.name from person p where p.id = todo.taken_by) as "takenByName", todo.taken_at as "takenAt", todo.taken_by is not distinct from ${ctx.actor.id}::uuid as "takenByMe", todo.back_note as "backNote", todo.verb is not null as "mayPass", todo.due_at as "dueAt", todo.opened_at as "openedAt", todo.link,
        todo.area_code as "areaCode", todo.grid_id as "gridId", todo.enterprise_id as "enterpriseId", todo.version
      from todo where ${these}`.execute(ctx.tx)
    return heldOf(rows)
  },
})
