import { z } from 'zod'
import { pageOf, paging } from '../../kernel/core/operation.ts'

/** A todo as another capability asks for it. Exactly one of `verb` and `personId` says who. */
export interface TodoDraft {
  /** `<capability>.<what>`, e.g. `hazard.confirm`. */
  readonly kind: string
  /** One open todo per key; opening it again changes nothing. */
  readonly dedupeKey: string
  readonly subject: { readonly aggregate: string; readonly id: string }
  /** What to do, one line: "核定隐患：喷涂车间配电箱无漏电保护". */
  readonly title: string
  /** Why and by which rule. */
  readonly why: string
  /** Whoever holds it with reach over the place. */
  readonly verb: string | null
  readonly personId: string | null
  readonly areaCode: string
  readonly gridId: string | null
  readonly enterpriseId: string | null
  /** ISO instant; null when nothing presses. */
  readonly dueAt: string | null
  /** Address inside the console, e.g. `/hazards/<id>`. */
  readonly link: string
}

/**
 * Who of several took it on, since when; `takenByMe`: that is me. `backNote`: who gave it back last, and why. `mayPass`: it goes by
 * a right, so that a colleague could do it as well; what law or an approval gives to a named person may not be passed on.
 */
export const taking = { takenByName: z.string().nullable(), takenAt: z.string().nullable(), takenByMe: z.boolean(), backNote: z.string().nullable(), mayPass: z.boolean() }

export const TodoRow = z.object({
  id: z.uuid(),
  kind: z.string(),
  subjectAggregate: z.string(),
  subjectId: z.uuid(),
  title: z.string(),
  why: z.string(),
  forMeAlone: z.boolean(),
  ...taking,
  orphan: z.boolean(),
  dueAt: z.string().nullable(),
  openedAt: z.string(),
  link: z.string(),
  /** 逾期, 今天, 本周, 以后 or without a day. */
  group: z.enum(['OVERDUE', 'TODAY', 'WEEK', 'LATER', 'ANY_TIME']),
  version: z.number().int(),
})
export type TodoRow = z.infer<typeof TodoRow>

export const TodoFilter = z.strictObject({ ...paging, kind: z.string().max(60).optional(), group: z.enum(['OVERDUE', 'TODAY', 'WEEK', 'LATER', 'ANY_TIME']).optional() })
export const TodoPage = pageOf(TodoRow)

export const TodoCounts = z.object({ total: z.number().int(), overdue: z.number().int(), today: z.number().int(), week: z.number().int(), byKind: z.array(z.object({ kind: z.string(), n: z.number().int() })) })

/** A subject's todos, open and done: who was to do what. No names of posts beyond what the reader may see. */
export const SubjectTodo = z.object({ id: z.uuid(), kind: z.string(), title: z.string(), personName: z.string().nullable(), verb: z.string().nullable(), dueAt: z.string().nullable(), openedAt: z.string(), doneAt: z.string().nullable(), doneHow: z.string().nullable(), orphan: z.boolean() })

export const Take = z.strictObject({ id: z.uuid() })
export const GiveBack = z.strictObject({ id: z.uuid(), reason: z.string().trim().min(2).max(200) })
export const HandOver = z.strictObject({ id: z.uuid(), baseVersion: z.number().int(), toPersonId: z.uuid(), reason: z.string().trim().min(2).max(200) })
