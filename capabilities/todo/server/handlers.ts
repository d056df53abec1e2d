import { Problem } from '../../../kernel/core/problem.ts'
import { addDays, endOfLocalDay, localDate, weekday } from '../../../kernel/core/time.ts'
import { type Capability, serve } from '../../../kernel/server/capability.ts'
import { type Handlers, refuseStale } from '../../../kernel/server/context.ts'
import { personNames } from '../../staff/server/public.ts'
import { operations } from '../operations.ts'
import type { TodoRow } from '../todo.ts'
import { zh } from '../zh.ts'
import { messageHandlers, messageJobs } from './messages.ts'
import { couldDo, findOpen } from './open.ts'
import * as store from './store.ts'
import { takingHandlers } from './taking.ts'

const boundsOf = (now: Date): store.Bounds => {
  const today = localDate(now)
  return { now, today: endOfLocalDay(today), week: endOfLocalDay(addDays(today, 7 - weekday(today))) }
}

const rowOf = (me: string) => (row: store.MineRow): TodoRow => ({
  id: row.id, kind: row.kind, subjectAggregate: row.subject_aggregate, subjectId: row.subject_id, title: row.title, why: row.why, forMeAlone: row.person_id !== null, takenByName: row.taken_by_name, takenAt: row.taken_at, takenByMe: row.taken_by === me, backNote: row.back_note, mayPass: row.verb !== null, orphan: row.orphan_of !== null,
  dueAt: row.due_at, openedAt: row.opened_at, link: row.link, group: row.grp, version: row.version,
})

function cursorOf(text: string | undefined): { due: string; id: string } | undefined {
  if (!text) return undefined
  const [due, id] = Buffer.from(text, 'base64url').toString().split('|')
  if (!due || !id || Number.isNaN(Date.parse(due)) || !/^[0-9a-f-]{36}$/.test(id)) throw new Problem('invalid', 'common.bad_cursor')
  return { due, id }
}

const nextOf = (row: store.MineRow): string => Buffer.from(`${row.due_at ?? '9999-12-31T00:00:00.000Z'}|${row.id}`).toString('base64url')

const handlers: Handlers<typeof operations> = {
  ...messageHandlers,
  ...takingHandlers,
  mine: async (ctx, input) => {
    const { rows, total } = await store.mine(ctx.tx, ctx.actor, boundsOf(ctx.now), { kind: input.kind, group: input.group, after: cursorOf(input.cursor), limit: input.limit })
    const last = rows.length > input.limit ? rows[input.limit - 1] : undefined
    return { rows: rows.slice(0, input.limit).map(rowOf(ctx.actor.id)), total, ...(last ? { next: nextOf(last) } : {}) }
  },
  counts: async (ctx) => {
    const rows = await store.counts(ctx.tx, ctx.actor, boundsOf(ctx.now))
    const sum = (...groups: string[]) => rows.filter((row) => groups.includes(row.grp)).reduce((n, row) => n + row.n, 0)
    const byKind = new Map<string, number>()
    for (const row of rows) byKind.set(row.kind, (byKind.get(row.kind) ?? 0) + row.n)
    return { total: rows.reduce((n, row) => n + row.n, 0), overdue: sum('OVERDUE'), today: sum('TODAY'), week: sum('WEEK'), byKind: [...byKind].map(([kind, n]) => ({ kind, n })) }
  },
  of: async (ctx, input) => {
    const rows = await store.ofSubject(ctx.tx, ctx.actor, input.aggregate, input.subjectId)
    return { rows: rows.map((r) => ({ id: r.id, kind: r.kind, title: r.title, personName: r.person_name, verb: r.verb, dueAt: r.due_at, openedAt: r.opened_at, doneAt: r.done_at, doneHow: r.done_how, orphan: r.orphan_of !== null })) }
  },
  colleagues: async (ctx, input) => {
    const people = await couldDo(ctx, await findOpen(ctx, input.id))
    const names = await personNames(ctx.tx, people)
    return { rows: people.flatMap((id) => (names.has(id) ? [{ id, name: names.get(id)!.name, organisation: names.get(id)!.organisation }] : [])) }
  },
  hand: async (ctx, input) => {
    const todo = await findOpen(ctx, input.id)
    refuseStale(todo.version, input.baseVersion)
    if (!(await couldDo(ctx, todo)).includes(input.toPersonId)) throw new Problem('refused', 'todo.not_entitled', { fields: [{ path: 'toPersonId', code: 'todo.not_entitled' }] })
    if (!(await store.handTo(ctx.tx, todo, input.toPersonId))) throw new Problem('conflict', 'common.stale')
    const names = await personNames(ctx.tx, [input.toPersonId])
    ctx.emit({
      aggregate: 'todo', id: todo.id, version: todo.version + 1, event: 'todo.handed', areaCode: todo.area_code, gridId: todo.grid_id, enterpriseId: todo.enterprise_id,
      data: { title: todo.title, reason: input.reason, to: names.get(input.toPersonId)?.name ?? '', kind: todo.kind },
    })
    return { id: todo.id, version: todo.version + 1 }
  },
}

export const todo = (): Capability => serve({ name: 'todo', operations, handlers, zh, jobs: messageJobs })
