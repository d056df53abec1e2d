import { sql } from 'kysely'
import { inReach } from '../../../kernel/core/access.ts'
import { missing, Problem, refuseAny } from '../../../kernel/core/problem.ts'
import { endOfLocalDay, localDate } from '../../../kernel/core/time.ts'
import { type Ctx, refuseStale } from '../../../kernel/server/context.ts'
import { personNames } from '../../staff/server/public.ts'
import { closeTodosOf, openTodos } from '../../todo/server/public.ts'
import type * as c from '../campaign.ts'
import { isLate } from '../rules.ts'
import { seen, told, todoOf } from './steps.ts'
import type { CampaignRow } from './store.ts'

type Stored = Omit<c.TaskRow, 'late' | 'mine'>

async function read(ctx: Ctx, campaignId: string, taskId: string | null): Promise<Stored[]> {
  const { rows } = await sql<Stored>`select id, line, ordinal::int, title, measure, unit, owner_id as "ownerId", owner_name as "ownerName", starts_on as "startsOn", due_on as "dueOn", state, progress::int, note, reported_at as "reportedAt", done_on as "doneOn", version
    from campaign_task where campaign_id = ${campaignId} and (${taskId}::uuid is null or id = ${taskId}::uuid) order by line, ordinal, id limit 500`.execute(ctx.tx)
  return rows
}

const shown = (ctx: Ctx, row: Stored): c.TaskRow => ({ ...row, late: isLate(row, localDate(ctx.now)), mine: row.ownerId === ctx.actor.id })
const arranges = (ctx: Ctx, row: CampaignRow): boolean => ctx.actor.has('campaign.plan') && inReach(ctx.actor.reachOf('campaign.plan'), { areaCode: row.area_code }) && !['CLOSED', 'VOID'].includes(row.state)

/** 挂图作战: all tasks of a campaign by line. */
export async function chart(ctx: Ctx, id: string) {
  const row = await seen(ctx, id)
  return { tasks: (await read(ctx, id, null)).map((task) => shown(ctx, task)), mayArrange: arranges(ctx, row) }
}

const taskTodo = (row: CampaignRow, task: Stored) =>
  todoOf(row, 'task', { title: `作战任务：${task.title}`, why: `${row.name} · ${task.line} · ${task.unit}`, personId: task.ownerId!, dueAt: endOfLocalDay(task.dueOn), key: `:${task.id}`, link: `/campaigns/${row.id}/chart` })

async function endTodo(ctx: Ctx, row: CampaignRow, taskId: string, how: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`select id from todo where dedupe_key = ${`campaign.task:${row.id}:${taskId}`} and done_at is null`.execute(ctx.tx)
  if (rows.length) await closeTodosOf(ctx, rows.map((t) => t.id), how)
}

/** Nothing without an owner's unit and a last day (S1-005); an owner by name is told at once when the campaign runs. */
export async function setTask(ctx: Ctx, input: c.SetTask): Promise<c.TaskRow> {
  const row = await seen(ctx, input.id)
  if (!arranges(ctx, row)) throw missing()
  if (input.dueOn < input.startsOn) refuseAny([{ code: 'campaign.task_dates', field: 'dueOn' }])
  const [before] = await read(ctx, row.id, input.taskId)
  if (before && input.baseVersion === undefined) throw new Problem('conflict', 'common.duplicate')
  if (!before && input.baseVersion !== undefined) throw missing()
  if (before) refuseStale(before.version, input.baseVersion!)
  const owner = input.ownerId ? (await personNames(ctx.tx, [input.ownerId])).get(input.ownerId) : undefined
  if (input.ownerId && !owner) throw missing()
  await sql`insert into campaign_task (id, campaign_id, area_code, line, ordinal, title, measure, unit, owner_id, owner_name, starts_on, due_on, state)
      select ${input.taskId}, ${row.id}, ${row.area_code}, ${input.line}, coalesce(max(ordinal), 0) + 1, ${input.title}, ${input.measure}, ${input.unit}, ${input.ownerId}::uuid, ${owner?.name ?? null}, ${input.startsOn}::date, ${input.dueOn}::date, 'TO_DO' from campaign_task where campaign_id = ${row.id}
    on conflict (id) do update set line = excluded.line, title = excluded.title, measure = excluded.measure, unit = excluded.unit, owner_id = excluded.owner_id, owner_name = excluded.owner_name, starts_on = excluded.starts_on, due_on = excluded.due_on, version = campaign_task.version + 1`.execute(ctx.tx)
  const [task] = await read(ctx, row.id, input.taskId)
  await endTodo(ctx, row, task!.id, '任务已调整')
  if (task!.ownerId && task!.state !== 'DONE') await openTodos(ctx, [taskTodo(row, task!)])
  told(ctx, row, 'task_set', { from: row.state, to: row.state, data: { taskId: input.taskId, text: `${input.line}：${input.title}，${input.unit}，${input.dueOn}` } })
  return shown(ctx, task!)
}

export async function reportTask(ctx: Ctx, input: { id: string; taskId: string; baseVersion: number; progress: number; note: string; done: boolean }): Promise<c.TaskRow> {
  const row = await seen(ctx, input.id)
  const [before] = await read(ctx, row.id, input.taskId)
  if (!before) throw missing()
  if (before.ownerId !== ctx.actor.id && !arranges(ctx, row)) refuseAny([{ code: 'campaign.task_not_yours' }], 'forbidden')
  refuseStale(before.version, input.baseVersion)
  if (before.state === 'DONE' || before.state === 'CANCELLED') refuseAny([{ code: 'campaign.task_ended' }])
  const done = input.done || input.progress === 100
  await sql`update campaign_task set state = ${done ? 'DONE' : 'RUNNING'}, progress = ${done ? 100 : input.progress}, note = ${input.note}, reported_at = ${ctx.now.toISOString()}::timestamptz, done_on = ${done ? localDate(ctx.now) : null}::date, version = version + 1 where id = ${input.taskId}`.execute(ctx.tx)
  if (done) await endTodo(ctx, row, input.taskId, '已完成')
  told(ctx, row, 'task_reported', { from: row.state, to: row.state, data: { taskId: input.taskId, progress: input.progress, text: `${before.title} ${done ? '完成' : `${input.progress}%`}：${input.note}` } })
  const [task] = await read(ctx, row.id, input.taskId)
  return shown(ctx, task!)
}
