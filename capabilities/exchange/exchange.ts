import { z } from 'zod'
import { Action, pageOf, paging, wire } from '../../kernel/core/operation.ts'
import { importStates } from './lifecycle.ts'

export const verdicts = ['NEW', 'CHANGED', 'SAME', 'DOUBTFUL', 'WRONG'] as const
export const verdictZh = { NEW: '新增', CHANGED: '变更', SAME: '不变', DOUBTFUL: '存疑', WRONG: '有误' } as const
export type Verdict = (typeof verdicts)[number]

export const KindView = z.object({
  code: z.string(), name: z.string(),
  fields: z.array(z.object({ field: z.string(), label: z.string(), required: z.boolean() })),
  options: z.array(z.object({ key: z.string(), label: z.string(), kind: z.enum(['number', 'text', 'date']) })),
})

const Column = z.object({
  column: z.number().int(), heading: z.string(), field: z.string().nullable(), confidence: z.enum(['said', 'remembered', 'sure', 'likely', 'weak', 'none']), samples: z.array(z.string()),
})

export const Counts = z.object({ NEW: z.number().int(), CHANGED: z.number().int(), SAME: z.number().int(), DOUBTFUL: z.number().int(), WRONG: z.number().int(), taken: z.number().int(), applied: z.number().int(), refused: z.number().int() })
export type Counts = z.infer<typeof Counts>
export const noCounts: Counts = { NEW: 0, CHANGED: 0, SAME: 0, DOUBTFUL: 0, WRONG: 0, taken: 0, applied: 0, refused: 0 }

export const RunRow = z.object({
  id: z.uuid(), no: z.string(), kind: z.string(), kindName: z.string(), state: z.enum(importStates), fileName: z.string(), createdByName: z.string(), createdAt: z.string(), finishedAt: z.string().nullable(), undoneAt: z.string().nullable(),
  counts: Counts, version: z.number().int(),
})
export const RunPage = pageOf(RunRow)

export const RunView = RunRow.extend({
  sheet: z.string(), sheets: z.array(z.object({ name: z.string(), hidden: z.boolean() })), headingRows: z.object({ first: z.number().int(), last: z.number().int() }),
  columns: z.array(Column), missing: z.array(z.string()), remembered: z.boolean(), preview: z.array(z.object({ number: z.number().int(), cells: z.array(z.string()) })),
  options: z.record(z.string(), z.string()), progressDone: z.number().int(), progressTotal: z.number().int().nullable(), failed: z.string().nullable(), reason: z.string().nullable(),
  /** An earlier run of the very same file that was written. */
  sameFile: z.object({ id: z.uuid(), no: z.string(), at: z.string() }).nullable(),
  actions: z.array(Action),
})
export type RunView = z.infer<typeof RunView>

export const Upload = z.strictObject({ id: z.uuid(), kind: z.string().max(40), sheet: z.string().max(60).optional() })
export const RunFilter = z.strictObject({ state: wire.list(z.enum(importStates)).optional(), kind: z.string().max(40).optional(), ...paging })
export const MapColumns = z.strictObject({
  id: z.uuid(), baseVersion: z.number().int(),
  columns: z.array(z.strictObject({ column: z.number().int().min(0).max(511), field: z.string().max(40).nullable() })).max(512),
  options: z.record(z.string().max(40), z.string().max(200)).default({}),
})
export const ById = z.strictObject({ id: z.uuid() })
export const Step = z.strictObject({ id: z.uuid(), baseVersion: z.number().int() })
export const Apply = z.strictObject({ id: z.uuid(), baseVersion: z.number().int(), reason: z.string().trim().max(200).default('') })
export const Undo = z.strictObject({ id: z.uuid(), baseVersion: z.number().int(), reason: z.string().trim().min(1).max(200) })
export const Decide = z.strictObject({ id: z.uuid(), baseVersion: z.number().int(), rows: z.union([z.literal('all'), z.array(z.number().int()).max(5000)]), take: z.boolean() })

export const RowFilter = z.strictObject({ id: z.uuid(), verdict: z.enum(verdicts).optional(), q: z.string().trim().max(60).optional(), ...paging })
export const RowView = z.object({
  no: z.number().int(), verdict: z.enum(verdicts), taken: z.boolean(), applied: z.boolean(), target: z.uuid().nullable(), title: z.string(),
  changes: z.array(z.object({ field: z.string(), label: z.string(), from: z.string(), to: z.string() })), issues: z.array(z.object({ field: z.string().nullable(), label: z.string().nullable(), message: z.string() })),
})
export const RowPage = pageOf(RowView)

/** What undoing would do, and what stands in its way. */
export const UndoView = z.object({
  voided: z.number().int(), restored: z.number().int(), possible: z.boolean(),
  built: z.array(z.object({ target: z.uuid(), title: z.string(), events: z.array(z.object({ event: z.string(), count: z.number().int() })) })),
})
