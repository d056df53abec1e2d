import type { RawBuilder } from 'kysely'
import type { FieldHint } from '../core/sheet-columns.ts'
import type { Ctx } from './context.ts'

/**
 * What can be imported, offered by the capability that owns the noun and handed to the import machinery by the server's
 * composition: the machinery knows files, headings, progress and undo; the kind knows what a row means.
 */
export interface ImportKind {
  /** Such as `enterprise`. */
  readonly code: string
  readonly name: string
  /** Asked besides `exchange.import`. */
  readonly verb: string
  readonly fields: Readonly<Record<string, ImportField>>
  /** At least one of each group must have a column. */
  readonly needs: readonly (readonly string[])[]
  /** Asked once a file, such as the year of a list. */
  readonly options: readonly ImportOption[]
  /** Lines of the template's sheet of notes; the first is its title. */
  readonly notes: readonly string[]
  /** A checker for one file: it may remember rows it has seen. `mapped` are the fields that have a column. */
  openCheck(ctx: Ctx, given: CheckGiven): Promise<(rows: readonly RawRow[]) => Promise<CheckedRow[]>>
  /** Writes rows of one batch in the transaction of `ctx`, emits an event each, and returns what undo will need. */
  apply(ctx: Ctx, given: ApplyGiven, rows: readonly ReadyRow[]): Promise<AppliedRow[]>
  /**
   * Makes new records straight from the kept rows of one batch, which never come into this process: `source` asks for
   * `no, target, doubtful, kept` (the row's values) of rows that wait. What it answers is settled; the rest goes to `apply`. An event each here too.
   */
  applyNew?(ctx: Ctx, given: ApplyGiven, source: RawBuilder<unknown>): Promise<MadeRows>
  /** After the last batch, in its own transaction. */
  finish?(ctx: Ctx, given: ApplyGiven, counts: { applied: number }): Promise<void>
  /** Takes a whole import back, in the transaction of `ctx`; called only when nothing was built on it. */
  undo(ctx: Ctx, given: ApplyGiven, rows: readonly DoneRow[]): Promise<void>
  /** Outside any transaction, after the last batch: indexes, statistics. */
  tidy?(ctx: Ctx): Promise<void>
}

export interface ImportField extends FieldHint {
  /** Offered as a drop-down in the template. */
  readonly choices?: readonly string[]
  readonly note?: string
}

export interface ImportOption {
  readonly key: string
  readonly label: string
  readonly kind: 'number' | 'text' | 'date'
}

export interface CheckGiven {
  readonly runId: string
  readonly options: Readonly<Record<string, string>>
  readonly mapped: ReadonlySet<string>
}

export interface ApplyGiven {
  readonly runId: string
  readonly runNo: string
  readonly options: Readonly<Record<string, string>>
  /** Why doubtful rows were taken. */
  readonly reason: string
}

export type Verdict = 'NEW' | 'CHANGED' | 'SAME' | 'DOUBTFUL' | 'WRONG'

export interface RawRow {
  /** Number in the file, as a person sees it. */
  readonly no: number
  readonly cells: Readonly<Record<string, string>>
  /** Fields whose number was typed with more than 15 digits: the last ones are lost. */
  readonly rounded: readonly string[]
}

export interface RowIssue {
  readonly field: string | null
  readonly message: string
}

/** `from` and `to` as a person reads them. */
export interface RowChange {
  readonly field: string
  readonly from: string
  readonly to: string
}

export interface CheckedRow {
  readonly no: number
  readonly verdict: Verdict
  /** The record it changes, equals or makes; null for a wrong row. */
  readonly target: string | null
  readonly title: string
  /** Plain JSON, as `apply` takes it; no open personal data. */
  readonly values: unknown
  readonly changes: readonly RowChange[]
  readonly issues: readonly RowIssue[]
}

export interface ReadyRow {
  readonly no: number
  readonly verdict: 'NEW' | 'CHANGED' | 'DOUBTFUL'
  readonly target: string
  readonly values: unknown
}

export interface MadeRows {
  /** Numbers of rows that made something. */
  readonly made: readonly number[]
  /** Somebody was faster: these come back as wrong. */
  readonly refused: readonly number[]
  readonly why: string
}

export interface AppliedRow {
  readonly no: number
  /** Plain JSON, handed back to `undo`; null for a row that made something new. */
  readonly before: unknown
  /** Another person was faster: the row is not applied and comes back as wrong. */
  readonly refused?: string
}

export interface DoneRow {
  readonly no: number
  readonly target: string
  readonly before: unknown
}
