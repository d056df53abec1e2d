import type { Selectable } from 'kysely'
import type { Reach } from '../../../kernel/core/access.ts'
import { type Action } from '../../../kernel/core/operation.ts'
import { Problem } from '../../../kernel/core/problem.ts'
import type { Actor } from '../../../kernel/server/actor.ts'
import { type CtxGiven, type Drafts, flush, makeCtx, type Ctx } from '../../../kernel/server/context.ts'
import type { Tx } from '../../../kernel/server/db.ts'
import type { ImportKind } from '../../../kernel/server/import-kind.ts'
import type { RunView } from '../exchange.ts'
import { noCounts } from '../exchange.ts'
import { type ImportAction, importing, importStateZh } from '../lifecycle.ts'
import type { ImportRunTable } from './tables.ts'

/** What the file showed when it was opened. */
export interface Layout {
  kind: 'xlsx' | 'csv'
  sheets: { name: string; hidden: boolean }[]
  headings: string[]
  headingRows: { first: number; last: number }
  signature: string
  remembered: boolean
  preview: { number: number; cells: string[] }[]
}

export interface StoredColumn {
  column: number
  heading: string
  field: string | null
  confidence: RunView['columns'][number]['confidence']
  samples: string[]
}

/** In whose name and within whose reach the background work goes on after the request has ended. */
export interface StoredActor {
  id: string
  name: string
  role: string
  reach: Reach
  verbs: string[]
}

export type RunRecord = Selectable<ImportRunTable>

export const storedActor = (actor: Actor, kind: ImportKind, verbs: readonly string[]): StoredActor =>
  ({ id: actor.id, name: actor.name, role: actor.role, reach: actor.reachOf(kind.verb), verbs: verbs.filter((verb) => actor.has(verb)) })

export function revive(stored: StoredActor): Actor {
  const verbs = new Set(stored.verbs)
  return { ...stored, sessionId: '', roles: [stored.role], has: (verb) => verbs.has(verb), reachOf: () => stored.reach }
}

/** A context in the name of the person who started the run, and what writes its drafts. */
export function contextOf(base: Ctx, actor: Actor, tx: Tx, operation: string): Ctx & { drafts: Drafts; flush(): Promise<void> } {
  const given: CtxGiven = { tx, actor, now: base.now, requestId: base.requestId, address: base.address, origin: {}, secrets: base.secrets, operation, commandId: null, epoch: base.epoch }
  const ctx = makeCtx(given)
  return { ...ctx, flush: () => flush(given, ctx.drafts) }
}

/** Throws exchange.step when the run's state has no such move. */
export function requireStep(run: RunRecord, action: ImportAction): void {
  const move = importing[run.state][action]
  const label = { map: '改表头', check: '核对', decide: '处理存疑行', apply: '写入', cancel: '取消', undo: '撤销' }[action as 'map'] ?? action
  if (!move || (run.state === 'FAILED' && action !== 'undo' && (run.counts.applied ?? 0) > 0)) throw new Problem('conflict', 'exchange.step', { params: { state: importStateZh[run.state], action: label } })
}

/** Fields that no column gives, group by group; one of each group is enough. */
export function missingFields(kind: ImportKind, columns: readonly StoredColumn[]): string[] {
  const given = new Set(columns.map((column) => column.field))
  return kind.needs.filter((group) => !group.some((field) => given.has(field))).map((group) => group.map((field) => kind.fields[field]?.zh ?? field).join(' / '))
}

export function viewOf(run: RunRecord, kind: ImportKind, sameFile: RunView['sameFile'], has: (verb: string) => boolean): RunView {
  const offered = (Object.keys(importing[run.state]) as ImportAction[]).filter((action) => importing[run.state][action]?.verb !== 'system')
  const actions = offered.map((action): Action => {
    const move = importing[run.state][action]!
    const allowed = has(move.verb)
    return { action, label: move.label, allowed, ...(allowed ? {} : { why: ['您的岗位没有这项权限'] }) }
  })
  return {
    id: run.id, no: run.no, kind: run.kind, kindName: kind.name, state: run.state, fileName: run.file_name, createdByName: run.created_by_name, createdAt: run.created_at, finishedAt: run.finished_at, undoneAt: run.undone_at,
    counts: { ...noCounts, ...run.counts }, version: run.version, sheet: run.sheet, sheets: run.layout.sheets, headingRows: run.layout.headingRows, columns: run.columns, missing: missingFields(kind, run.columns), remembered: run.layout.remembered,
    preview: run.layout.preview, options: run.options, progressDone: run.progress_done, progressTotal: run.progress_total, failed: run.failed, reason: run.reason, sameFile, actions,
  }
}
