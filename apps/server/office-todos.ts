import type { OfficeWaits } from '../../capabilities/staff/server/offices.ts'
import { closeTodos, openTodos } from '../../capabilities/todo/server/public.ts'

/** 提名三员: a todo for each holder of the third office, by name, since all three hold the same right; ended by the decision. */
export const officeTodos: OfficeWaits = {
  open: (ctx, p, personIds) => openTodos(ctx, personIds.map((personId) => ({
    kind: 'staff.office', dedupeKey: `staff.office:${p.id}:${personId}`, subject: { aggregate: 'office_proposal', id: p.id }, title: `同意或不同意三员任命：${p.person}任${p.roleName}`, why: `${p.proposedBy}提名，须由第三员决定`,
    verb: null, personId, areaCode: p.areaCode, gridId: null, enterpriseId: null, dueAt: null, link: '/administrators',
  }))),
  close: (ctx, proposalId, how) => closeTodos(ctx, { subject: { id: proposalId } }, how),
}
