import { missing, refuseAny } from '../../../kernel/core/problem.ts'
import { type Ctx, refuseStale } from '../../../kernel/server/context.ts'
import { closeTodos, openTodo, sendMessages } from '../../todo/server/public.ts'
import { kinds } from '../kinds.ts'
import { refuseBeginning, refuseState } from '../rules.ts'
import type { MovedVisit } from './plan.ts'
import * as store from './store.ts'
import * as todos from './todos.ts'
import { goers, subjectOf } from './work.ts'

/**
 * Somebody who was sent cannot go. The arrangement itself stays as it was approved, and so does its version: a colleague who is
 * on his way without a line is not refused for it. Whoever arranged it is asked for somebody else, the others are told.
 */
export async function handBack(ctx: Ctx, input: { id: string; baseVersion: number; reason: string }): Promise<MovedVisit> {
  const [row] = await store.findAll(ctx.tx, ctx.actor, [input.id])
  if (!row) throw missing()
  if (!row.people.some((p) => p.personId === ctx.actor.id)) refuseAny([{ code: 'visit.not_going' }], 'forbidden')
  refuseStale(row.version, input.baseVersion)
  refuseAny(refuseState(row.state, 'handBack'))
  // Not approved yet: nobody was sent.
  refuseAny(refuseBeginning({ kind: row.kind, state: row.state, urgent: false, needsCooperation: row.needs_cooperation }))
  const others = goers(row.kind, row.people).filter((id) => id !== ctx.actor.id)
  const from = { id: ctx.actor.id, name: ctx.actor.name }
  closeTodos(ctx, { subject: { id: row.id }, kind: 'visit.do', keepKeys: todos.keysOfDo(row.id, others) }, `已退还：${input.reason}`)
  openTodo(ctx, todos.toRearrange(subjectOf(row), { from, reason: input.reason, to: row.created_by, approved: row.state === 'APPROVED', plannedOn: row.planned_on }))
  sendMessages(ctx, others.length ? [{
    kind: 'visit.handed_back', dedupeKey: `visit.handed_back:${row.id}:${row.version}:${from.id}`, subject: { aggregate: 'visit', id: row.id }, title: `${from.name}退还了与您同去的任务：${row.enterprise_name}`, text: `理由：${input.reason}。已请安排人另行安排`, link: `/visits/${row.id}`, to: { people: others },
  }] : [])
  ctx.emit({ aggregate: 'visit', id: row.id, version: row.version, event: 'visit.handed_back', from: row.state, to: row.state, areaCode: row.area_code, gridId: row.grid_id, enterpriseId: row.enterprise_id, data: { no: row.no, title: kinds[row.kind].zh, reason: input.reason } })
  return { id: row.id, no: row.no, version: row.version, state: row.state, warnings: [] }
}
