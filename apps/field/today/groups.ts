import type { TodoRow, VisitRow } from '../../../capabilities/sync/rows.ts'
import { addDays, endOfLocalDay, localDate, toMs } from '../../../kernel/core/time.ts'

/** 退回 first: it was done once and must be done again; then by when it is due; last what a colleague has in hand. */
export const GROUPS = { BACK: '退回', OVERDUE: '逾期', TODAY: '今天', RUNNING: '进行中', WEEK: '七天内', LATER: '以后', ANY_TIME: '不限时', TAKEN: '同事已领取' } as const
export type GroupKey = keyof typeof GROUPS

export type Entry = { readonly due: string | null } & ({ readonly visit: VisitRow } | { readonly todo: TodoRow })
export interface Group {
  readonly key: GroupKey
  readonly word: string
  readonly entries: readonly Entry[]
}

const order = Object.keys(GROUPS) as GroupKey[]

/** Visits and todos of one person, each once: a todo that only says "carry out this visit" is the visit; that somebody handed it back is more. */
export function groupsOf(visits: readonly VisitRow[], todos: readonly TodoRow[], now: string): Group[] {
  const own = visits.filter((visit) => visit.state === 'APPROVED' || visit.state === 'PLANNED' || visit.state === 'IN_PROGRESS' || visit.state === 'REFUSED')
  const ids = new Set(own.map((visit) => visit.id))
  const entries: (readonly [GroupKey, Entry])[] = [
    ...own.map((visit) => [groupOfVisit(visit, now), { visit, due: visit.plannedOn ? endOfLocalDay(visit.plannedOn).toISOString() : null }] as const),
    ...todos.filter((todo) => !(todo.subjectAggregate === 'visit' && todo.kind !== 'visit.rearrange' && ids.has(todo.subjectId))).map((todo) => [todo.takenByName && !todo.takenByMe ? 'TAKEN' : groupOfDue(todo.dueAt, now), { todo, due: todo.dueAt }] as const),
  ]
  return order.flatMap((key) => {
    const mine = entries.filter(([group]) => group === key).map(([, entry]) => entry).sort(byDue)
    return mine.length > 0 ? [{ key, word: GROUPS[key], entries: mine }] : []
  })
}

const byDue = (a: Entry, b: Entry): number => (a.due === b.due ? 0 : a.due === null ? 1 : b.due === null ? -1 : a.due < b.due ? -1 : 1)

function groupOfVisit(visit: VisitRow, now: string): GroupKey {
  if (visit.state === 'REFUSED') return 'BACK'
  if (visit.state === 'IN_PROGRESS') return 'RUNNING'
  return groupOfDue(visit.plannedOn ? endOfLocalDay(visit.plannedOn).toISOString() : null, now)
}

export function groupOfDue(due: string | null, now: string): GroupKey {
  if (due === null) return 'ANY_TIME'
  if (toMs(due) <= toMs(now)) return 'OVERDUE'
  const today = localDate(now)
  // The end of a day is the first instant of the next: it still belongs to the day that ends.
  const day = localDate(toMs(due) - 1)
  return day <= today ? 'TODAY' : day <= addDays(today, 7) ? 'WEEK' : 'LATER'
}
