import { Problem } from '../../../kernel/core/problem.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import { toProblem } from '../../../kernel/server/db-problem.ts'
import type { FileStore } from '../../../kernel/server/files.ts'
import type { AppliedRow, ApplyGiven, ImportKind } from '../../../kernel/server/import-kind.ts'
import { SheetRefusal } from '../../../kernel/server/sheet/refusal.ts'
import { sendMessages } from '../../todo/server/public.ts'
import { openRun, rawRows } from './file.ts'
import { contextOf, revive, type RunRecord } from './run.ts'
import * as store from './store.ts'

const CHECK_BATCH = 1000
const APPLY_BATCH = 1000

export interface WorkGiven {
  files: FileStore
  kinds: ReadonlyMap<string, ImportKind>
  /** Batches written at once. One on the embedded database, whose single session others want too. */
  lanes: number
}

/** Reads and checks the whole file; writes nothing but its own rows. May be begun again: it starts from the first row. */
export async function checkRun(given: WorkGiven, base: Ctx, runId: string): Promise<void> {
  const run = await store.runOf(base.tx, runId)
  const kind = given.kinds.get(run?.kind ?? '')
  if (!run || !kind || run.state !== 'CHECKING') return
  await orFail(base, run, async () => {
    await store.clearRows(base.tx, run.id)
    const ctx = contextOf(base, revive(run.actor), base.tx, 'exchange.check')
    const table = await openRun(given.files, run, kind)
    const mapped = new Set(run.columns.flatMap(({ field }) => (field ? [field] : [])))
    const check = await kind.openCheck(ctx, { runId: run.id, options: run.options, mapped })
    let done = 0
    let writing: Promise<boolean> = Promise.resolve(true)
    for await (const batch of rawRows(table, run.columns, CHECK_BATCH)) {
      const checked = await check(batch)
      // The database writes one batch while the next is read.
      if (!(await writing)) return
      done += batch.length
      writing = store.insertRows(base.tx, run.id, checked, done)
      writing.catch(() => undefined)
    }
    if (!(await writing)) return
    await finishCheck(base, run, done)
  })
}

async function finishCheck(base: Ctx, run: RunRecord, total: number): Promise<void> {
  const counts = { ...(await store.counts(base.tx, run.id)), refused: 0 }
  await base.tx.updateTable('import_run').set((eb) => ({ state: 'CHECKED', counts: JSON.stringify(counts), progress_done: total, progress_total: total, checked_at: base.now, version: eb('version', '+', 1) })).where('id', '=', run.id).where('state', '=', 'CHECKING').execute()
}

/** Writes what waits, batch by batch, each in a transaction of its own; a second start goes on where the first ended. */
export async function applyRun(given: WorkGiven, base: Ctx, runId: string): Promise<void> {
  const run = await store.runOf(base.tx, runId)
  const kind = given.kinds.get(run?.kind ?? '')
  if (!run || !kind || run.state !== 'APPLYING') return
  await orFail(base, run, async () => {
    const asked: ApplyGiven = { runId: run.id, runNo: run.no, options: run.options, reason: run.reason ?? '' }
    const queue = await store.waiting(base.tx, run.id, APPLY_BATCH)
    let refused = 0
    const lane = async () => {
      for (let batch = queue.shift(); batch; batch = queue.shift()) refused += await applyBatch(base, run, kind, asked, batch)
    }
    // A lane that fails lets the others end their batch: nothing may still be writing when the run is marked.
    const ends = await Promise.allSettled(Array.from({ length: given.lanes }, () => lane().catch((error: unknown) => {
      queue.length = 0
      throw error
    })))
    const failed = ends.find((end) => end.status === 'rejected')
    if (failed) throw failed.reason
    await finishApply(base, run, kind, asked, refused)
  })
  await kind.tidy?.(base)
}

async function applyBatch(base: Ctx, run: RunRecord, kind: ImportKind, asked: ApplyGiven, batch: store.Batch): Promise<number> {
  return store.inTransaction(base.tx, async (tx) => {
    const ctx = contextOf(base, revive(run.actor), tx, 'exchange.apply')
    const made = await applyNew(ctx, run, kind, asked, batch)
    const rows = await store.batchOf(tx, run.id, batch.from, batch.to)
    const rest = rows.length ? await kind.apply(ctx, asked, rows.map(({ no, verdict, target, body }) => ({ no, verdict, target, values: body.values }))) : []
    const applied = [...made, ...rest]
    await store.markApplied(tx, run.id, base.now, rest)
    await ctx.flush()
    await store.progress(tx, run.id, batch.count)
    return applied.filter((row) => row.refused).length
  })
}

/** New records of a kind that makes them in the database itself; none for the others. */
async function applyNew(ctx: Ctx, run: RunRecord, kind: ImportKind, asked: ApplyGiven, batch: store.Batch): Promise<AppliedRow[]> {
  const answer = await kind.applyNew?.(ctx, asked, store.sourceOf(run.id, batch.from, batch.to))
  if (!answer) return []
  const applied = [...answer.made.map((no) => ({ no, before: null })), ...answer.refused.map((no) => ({ no, before: null, refused: answer.why }))]
  await store.markApplied(ctx.tx, run.id, ctx.now, applied)
  return applied
}

async function finishApply(base: Ctx, run: RunRecord, kind: ImportKind, asked: ApplyGiven, refused: number): Promise<void> {
  await store.inTransaction(base.tx, async (tx) => {
    const ctx = contextOf(base, revive(run.actor), tx, 'exchange.apply')
    const counts = { ...(await store.counts(tx, run.id)), refused }
    await kind.finish?.(ctx, asked, { applied: counts.applied })
    await tx.updateTable('import_run').set((eb) => ({ state: 'DONE', counts: JSON.stringify(counts), finished_at: base.now, version: eb('version', '+', 1) })).where('id', '=', run.id).execute()
    ctx.emit({ aggregate: 'import', id: run.id, version: run.version + 1, event: 'import.done', from: 'APPLYING', to: 'DONE', areaCode: run.area_code, data: { no: run.no, kind: kind.name, file: run.file_name, importId: run.id, ...counts } })
    sendMessages(ctx, [{
      kind: 'exchange.import_done', dedupeKey: `import:${run.id}`, subject: { aggregate: 'import', id: run.id }, title: `导入完成：${run.file_name}`, text: `${kind.name}，写入 ${counts.applied} 行${refused ? `，${refused} 行退回` : ''}。`,
      link: `/imports/${run.id}`, to: { people: [run.created_by] }, alsoMe: true,
    }])
    await ctx.flush()
  })
}

/** A file that cannot be read ends the run with its reason; a database that is away leaves it to be taken up again. */
async function orFail(base: Ctx, run: RunRecord, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    const problem = toProblem(error)
    if (problem instanceof Problem && problem.kind === 'unavailable') throw error
    const why = error instanceof SheetRefusal ? error.message : '系统出错，已停在出错之前的一批，请联系管理员'
    const counts = { ...(await store.counts(base.tx, run.id)), refused: 0 }
    await base.tx.updateTable('import_run').set((eb) => ({ state: 'FAILED', failed: why, counts: JSON.stringify(counts), version: eb('version', '+', 1) })).where('id', '=', run.id).execute()
    if (!(error instanceof SheetRefusal)) throw error
  }
}
