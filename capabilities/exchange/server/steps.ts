import { Problem } from '../../../kernel/core/problem.ts'
import { rememberColumns } from '../../../kernel/core/sheet-columns.ts'
import { localDate } from '../../../kernel/core/time.ts'
import type { Ctx, Handlers } from '../../../kernel/server/context.ts'
import type { ImportKind } from '../../../kernel/server/import-kind.ts'
import type { SheetTable } from '../../../kernel/server/sheet/head.ts'
import { noCounts } from '../exchange.ts'
import type { operations } from '../operations.ts'
import type { Desk } from './desk.ts'
import { columnsOf, layoutOf } from './file.ts'
import { missingFields, type RunRecord, storedActor, type StoredColumn } from './run.ts'
import * as store from './store.ts'

type Steps = 'upload' | 'map' | 'check' | 'decide' | 'apply' | 'cancel' | 'undo'

/** The steps of a run; checking and writing themselves are done by jobs. */
export const steps = (desk: Desk): Pick<Handlers<typeof operations>, Steps> => ({
  upload: async (ctx, input, body) => {
    const kind = desk.kindFor(ctx, input.kind)
    const table = body.prepared as SheetTable<string>
    const known = await store.remembered(ctx.tx, kind.code, table.signature)
    const area = homeOf(ctx, kind)
    const no = await store.nextNo(ctx.tx, localDate(ctx.now))
    await ctx.tx.insertInto('import_run').values({
      id: input.id, no, kind: kind.code, state: 'UPLOADED', file_name: body.name || '未命名', file_sha256: body.sha256, file_bytes: body.bytes, sheet: table.sheet.name, layout: JSON.stringify({ ...layoutOf(table), remembered: known !== undefined }),
      columns: JSON.stringify(columnsOf(table.guesses, known, kind)), actor: JSON.stringify(storedActor(ctx.actor, kind, desk.verbs)), created_by: ctx.actor.id, created_by_name: ctx.actor.name, area_code: area, grid_id: null, enterprise_id: null, created_at: ctx.now,
    }).execute()
    ctx.emit({ aggregate: 'import', id: input.id, version: 1, event: 'import.uploaded', to: 'UPLOADED', areaCode: area, data: { no, kind: kind.name, file: body.name, sha256: body.sha256 } })
    return desk.show(ctx, input.id)
  },
  map: async (ctx, input) => {
    const { run, kind } = await desk.begin(ctx, input, 'map')
    const columns = readColumns(run, kind, input.columns)
    const lacking = missingFields(kind, columns)
    if (lacking.length) throw new Problem('refused', 'exchange.field_missing', { params: { fields: lacking.join('、') }, fields: [{ path: 'columns', code: 'exchange.field_missing', params: { fields: lacking.join('、') } }] })
    for (const option of kind.options) if (!input.options[option.key]?.trim()) throw new Problem('refused', 'exchange.option_missing', { params: { option: option.label }, fields: [{ path: `options.${option.key}`, code: 'exchange.option_missing', params: { option: option.label } }] })
    await store.remember(ctx.tx, { kind: kind.code, signature: run.layout.signature, columns: rememberColumns(columns.map((each) => ({ ...each, field: each.field ?? undefined, score: 1, others: [] }))), by: ctx.actor.id, now: ctx.now })
    await move(ctx, run, 'MAPPED', 'import.mapped', { columns: JSON.stringify(columns), options: JSON.stringify(input.options), counts: JSON.stringify(noCounts) })
    return desk.show(ctx, run.id)
  },
  check: async (ctx, input) => {
    const { run, kind } = await desk.begin(ctx, input, 'check')
    await move(ctx, run, 'CHECKING', 'import.check_started', { actor: JSON.stringify(storedActor(ctx.actor, kind, desk.verbs)), progress_done: 0, progress_total: null })
    ctx.enqueue('exchange.check', { runId: run.id })
    return desk.show(ctx, run.id)
  },
  decide: async (ctx, input) => {
    const { run } = await desk.begin(ctx, input, 'decide')
    await store.decide(ctx.tx, run.id, input.rows, input.take)
    await move(ctx, run, 'CHECKED', 'import.decided', { counts: JSON.stringify({ ...(await store.counts(ctx.tx, run.id)), refused: 0 }) })
    return desk.show(ctx, run.id)
  },
  apply: async (ctx, input) => {
    const { run, kind } = await desk.begin(ctx, input, 'apply')
    const { NEW, CHANGED, taken } = run.counts
    if (NEW + CHANGED + taken === 0) throw new Problem('refused', 'exchange.nothing')
    if (taken > 0 && !input.reason) throw new Problem('refused', 'exchange.reason_required', { params: { count: taken }, fields: [{ path: 'reason', code: 'exchange.reason_required', params: { count: taken } }] })
    await move(ctx, run, 'APPLYING', 'import.apply_started', { actor: JSON.stringify(storedActor(ctx.actor, kind, desk.verbs)), reason: input.reason || null, progress_done: 0, progress_total: NEW + CHANGED + taken, apply_started_at: ctx.now })
    ctx.enqueue('exchange.apply', { runId: run.id })
    return desk.show(ctx, run.id)
  },
  cancel: async (ctx, input) => {
    const { run } = await desk.begin(ctx, input, 'cancel')
    await move(ctx, run, 'CANCELLED', 'import.cancelled', {})
    return desk.show(ctx, run.id)
  },
  undo: async (ctx, input) => {
    const { run, kind } = await desk.begin(ctx, input, 'undo')
    const built = await store.builtOn(ctx.tx, run, 1)
    const [first] = built.rows
    if (first) throw new Problem('refused', 'exchange.built_on', { params: { count: built.total, title: first.title, events: first.events.map(({ event, count }) => `${event} ${count}`).join('、') } })
    await kind.undo(ctx, { runId: run.id, runNo: run.no, options: run.options, reason: input.reason }, await store.doneRows(ctx.tx, run.id))
    await move(ctx, run, 'UNDONE', 'import.undone', { reason: input.reason, undone_at: ctx.now })
    return desk.show(ctx, run.id)
  },
})

/** Where a run belongs: the wider bound of the person's reach for this kind. */
const homeOf = (ctx: Ctx, kind: ImportKind): string => ctx.actor.reachOf(kind.verb).areas.map(([from]) => from).sort()[0] ?? '000000000000'

async function move(ctx: Ctx, run: RunRecord, to: RunRecord['state'], event: string, set: Record<string, unknown>): Promise<void> {
  const version = run.version + 1
  await ctx.tx.updateTable('import_run').set({ ...set, state: to, version }).where('id', '=', run.id).execute()
  const reason = typeof set.reason === 'string' ? { reason: set.reason } : {}
  ctx.emit({ aggregate: 'import', id: run.id, version, event, from: run.state, to, areaCode: run.area_code, data: { no: run.no, file: run.file_name, importId: run.id, ...reason } })
}

/** The person's choice laid over what was read: every column once, every field once. */
function readColumns(run: RunRecord, kind: ImportKind, given: readonly { column: number; field: string | null }[]): StoredColumn[] {
  const said = new Map(given.map((each) => [each.column, each.field]))
  const used = new Set<string>()
  for (const { column, field } of given) {
    const fail = (code: string, params: Record<string, string | number>) => new Problem('refused', code, { params, fields: [{ path: `columns.${column}`, code, params }] })
    if (!run.columns.some((each) => each.column === column)) throw fail('exchange.column_unknown', { column: column + 1 })
    if (field === null) continue
    if (!kind.fields[field]) throw fail('exchange.field_unknown', { field })
    if (used.has(field)) throw fail('exchange.field_twice', { field: kind.fields[field]!.zh })
    used.add(field)
  }
  return run.columns.map((each) => {
    const field = said.get(each.column)
    if (field === undefined) return { ...each, field: each.field !== null && used.has(each.field) ? null : each.field }
    return field === each.field ? each : { ...each, field, confidence: 'said' }
  })
}
