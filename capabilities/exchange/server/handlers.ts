import { Problem } from '../../../kernel/core/problem.ts'
import { rememberColumns } from '../../../kernel/core/sheet-columns.ts'
import { localDate } from '../../../kernel/core/time.ts'
import { type Capability, serve } from '../../../kernel/server/capability.ts'
import { type Ctx, type Handlers, type RawBody, refuseStale } from '../../../kernel/server/context.ts'
import type { FileStore } from '../../../kernel/server/files.ts'
import type { ImportKind } from '../../../kernel/server/import-kind.ts'
import type { SheetTable } from '../../../kernel/server/sheet/head.ts'
import { sheetTexts } from '../../../kernel/server/sheet/zh.ts'
import { noCounts, type RunView } from '../exchange.ts'
import type { ImportAction } from '../lifecycle.ts'
import { operations } from '../operations.ts'
import { zh } from '../zh.ts'
import { columnsOf, fileKey, layoutOf, named, tableOf } from './file.ts'
import { badRowsFile, templateFile } from './returned.ts'
import { missingFields, requireStep, type RunRecord, storedActor, type StoredColumn, viewOf } from './run.ts'
import * as store from './store.ts'
import { applyRun, checkRun } from './work.ts'
import './tables.ts'

/** The kinds come from the server's composition; the machinery knows none by name. */
export function exchange(files: FileStore, kindList: readonly ImportKind[]): Capability {
  const kinds: ReadonlyMap<string, ImportKind> = new Map(kindList.map((kind) => [kind.code, kind]))
  const verbs = [...new Set(kindList.map((kind) => kind.verb))]
  const kindFor = (ctx: Ctx, code: string): ImportKind => {
    const kind = kinds.get(code)
    if (!kind || !ctx.actor.has(kind.verb)) throw new Problem('forbidden', 'exchange.kind_unknown', { fields: [{ path: 'kind', code: 'exchange.kind_unknown' }] })
    return kind
  }
  const show = async (ctx: Ctx, id: string): Promise<RunView> => {
    const run = await store.runInReach(ctx.tx, ctx.actor, id)
    return viewOf(run, kindFor(ctx, run.kind), await store.sameFile(ctx.tx, ctx.actor, run), ctx.actor.has)
  }
  const begin = async (ctx: Ctx, input: { id: string; baseVersion: number }, action: ImportAction): Promise<{ run: RunRecord; kind: ImportKind }> => {
    const run = await store.runInReach(ctx.tx, ctx.actor, input.id, true)
    requireStep(run, action)
    refuseStale(run.version, input.baseVersion)
    return { run, kind: kindFor(ctx, run.kind) }
  }
  const handlers: Handlers<typeof operations> = {
    kinds: async (ctx) => ({ rows: kindList.filter((kind) => ctx.actor.has(kind.verb)).map(kindView) }),
    template: async (ctx, input) => templateFile(kindFor(ctx, input.kind)),
    list: async (ctx, input) => {
      const found = await store.runs(ctx.tx, ctx.actor, input)
      const shown = found.rows.slice(0, input.limit)
      const rows = shown.map((run) => {
        const { id, no, kind, kindName, state, fileName, createdByName, createdAt, finishedAt, undoneAt, counts, version } = viewOf(run, kinds.get(run.kind) ?? unknownKind(run.kind), null, () => false)
        return { id, no, kind, kindName, state, fileName, createdByName, createdAt, finishedAt, undoneAt, counts, version }
      })
      return { rows, total: found.total, ...(found.rows.length > input.limit ? { next: shown.at(-1)!.id } : {}) }
    },
    get: (ctx, input) => show(ctx, input.id),
    upload: async (ctx, input, body) => {
      const kind = kindFor(ctx, input.kind)
      const table = body.prepared as SheetTable<string>
      const known = await store.remembered(ctx.tx, kind.code, table.signature)
      const area = homeOf(ctx, kind)
      const no = await store.nextNo(ctx.tx, localDate(ctx.now))
      await ctx.tx.insertInto('import_run').values({
        id: input.id, no, kind: kind.code, state: 'UPLOADED', file_name: body.name || '未命名', file_sha256: body.sha256, file_bytes: body.bytes, sheet: table.sheet.name, layout: JSON.stringify({ ...layoutOf(table), remembered: known !== undefined }),
        columns: JSON.stringify(columnsOf(table.guesses, known, kind)), actor: JSON.stringify(storedActor(ctx.actor, kind, verbs)), created_by: ctx.actor.id, created_by_name: ctx.actor.name, area_code: area, grid_id: null, enterprise_id: null, created_at: ctx.now,
      }).execute()
      ctx.emit({ aggregate: 'import', id: input.id, version: 1, event: 'import.uploaded', to: 'UPLOADED', areaCode: area, data: { no, kind: kind.name, file: body.name, sha256: body.sha256 } })
      return show(ctx, input.id)
    },
    map: async (ctx, input) => {
      const { run, kind } = await begin(ctx, input, 'map')
      const columns = readColumns(run, kind, input.columns)
      const lacking = missingFields(kind, columns)
      if (lacking.length) throw new Problem('refused', 'exchange.field_missing', { params: { fields: lacking.join('、') }, fields: [{ path: 'columns', code: 'exchange.field_missing', params: { fields: lacking.join('、') } }] })
      for (const option of kind.options) if (!input.options[option.key]?.trim()) throw new Problem('refused', 'exchange.option_missing', { params: { option: option.label }, fields: [{ path: `options.${option.key}`, code: 'exchange.option_missing', params: { option: option.label } }] })
      await store.remember(ctx.tx, { kind: kind.code, signature: run.layout.signature, columns: rememberColumns(columns.map((each) => ({ ...each, field: each.field ?? undefined, score: 1, others: [] }))), by: ctx.actor.id, now: ctx.now })
      await move(ctx, run, 'MAPPED', 'import.mapped', { columns: JSON.stringify(columns), options: JSON.stringify(input.options), counts: JSON.stringify(noCounts) })
      return show(ctx, run.id)
    },
    check: async (ctx, input) => {
      const { run, kind } = await begin(ctx, input, 'check')
      await move(ctx, run, 'CHECKING', 'import.check_started', { actor: JSON.stringify(storedActor(ctx.actor, kind, verbs)), progress_done: 0, progress_total: null })
      ctx.enqueue('exchange.check', { runId: run.id })
      return show(ctx, run.id)
    },
    rows: async (ctx, input) => {
      const run = await store.runInReach(ctx.tx, ctx.actor, input.id)
      const fields = kindFor(ctx, run.kind).fields
      const label = (field: string) => fields[field]?.zh ?? field
      const found = await store.rows(ctx.tx, run.id, input)
      const shown = found.rows.slice(0, input.limit)
      const rows = shown.map(({ body, ...row }) => ({ ...row, changes: body.changes.map((change) => ({ ...change, label: label(change.field) })), issues: body.issues.map((issue) => ({ ...issue, label: issue.field ? label(issue.field) : null })) }))
      return { rows, total: found.total, ...(found.rows.length > input.limit ? { next: String(shown.at(-1)!.no) } : {}) }
    },
    decide: async (ctx, input) => {
      const { run } = await begin(ctx, input, 'decide')
      await store.decide(ctx.tx, run.id, input.rows, input.take)
      await move(ctx, run, 'CHECKED', 'import.decided', { counts: JSON.stringify({ ...(await store.counts(ctx.tx, run.id)), refused: 0 }) })
      return show(ctx, run.id)
    },
    apply: async (ctx, input) => {
      const { run, kind } = await begin(ctx, input, 'apply')
      const { NEW, CHANGED, taken } = run.counts
      if (NEW + CHANGED + taken === 0) throw new Problem('refused', 'exchange.nothing')
      if (taken > 0 && !input.reason) throw new Problem('refused', 'exchange.reason_required', { params: { count: taken }, fields: [{ path: 'reason', code: 'exchange.reason_required', params: { count: taken } }] })
      await move(ctx, run, 'APPLYING', 'import.apply_started', { actor: JSON.stringify(storedActor(ctx.actor, kind, verbs)), reason: input.reason || null, progress_done: 0, progress_total: NEW + CHANGED + taken, apply_started_at: ctx.now })
      ctx.enqueue('exchange.apply', { runId: run.id })
      return show(ctx, run.id)
    },
    cancel: async (ctx, input) => {
      const { run } = await begin(ctx, input, 'cancel')
      await move(ctx, run, 'CANCELLED', 'import.cancelled', {})
      return show(ctx, run.id)
    },
    badRows: async (ctx, input) => {
      const run = await store.runInReach(ctx.tx, ctx.actor, input.id)
      const file = await badRowsFile(files, run, kindFor(ctx, run.kind), await store.returned(ctx.tx, run.id))
      ctx.audit({ kind: 'EXPORT', subject: 'import', subjectId: run.id, result: 'ok', data: { no: run.no } })
      return file
    },
    undoView: async (ctx, input) => {
      const run = await store.runInReach(ctx.tx, ctx.actor, input.id)
      const [built, done] = [await store.builtOn(ctx.tx, run, 20), await store.doneRows(ctx.tx, run.id)]
      return { voided: done.filter((row) => row.before === null).length, restored: done.filter((row) => row.before !== null).length, possible: built.total === 0 && (run.state === 'DONE' || run.state === 'FAILED'), built: built.rows }
    },
    undo: async (ctx, input) => {
      const { run, kind } = await begin(ctx, input, 'undo')
      const built = await store.builtOn(ctx.tx, run, 1)
      const [first] = built.rows
      if (first) throw new Problem('refused', 'exchange.built_on', { params: { count: built.total, title: first.title, events: first.events.map(({ event, count }) => `${event} ${count}`).join('、') } })
      await kind.undo(ctx, { runId: run.id, runNo: run.no, options: run.options, reason: input.reason }, await store.doneRows(ctx.tx, run.id))
      await move(ctx, run, 'UNDONE', 'import.undone', { reason: input.reason, undone_at: ctx.now })
      return show(ctx, run.id)
    },
  }
  const work = { files, kinds }
  return serve({
    name: 'exchange', operations, handlers, zh: { ...zh, problems: { ...zh.problems, ...sheetTexts } },
    prepare: { upload: (body, input) => prepare(files, kinds, body, input) },
    jobs: [
      { kind: 'exchange.check', outside: true, run: (ctx, payload) => checkRun(work, ctx, String(payload.runId)) },
      { kind: 'exchange.apply', outside: true, run: (ctx, payload) => applyRun(work, ctx, String(payload.runId)) },
    ],
  })
}

/** The file is kept and its headings are read before the transaction opens. */
async function prepare(files: FileStore, kinds: ReadonlyMap<string, ImportKind>, body: RawBody, input: { kind: string; sheet?: string }): Promise<SheetTable<string>> {
  const kind = kinds.get(input.kind)
  if (!kind) throw new Problem('forbidden', 'exchange.kind_unknown', { fields: [{ path: 'kind', code: 'exchange.kind_unknown' }] })
  const table = await named(tableOf(body.path, kind, input.sheet))
  await files.put(fileKey(body.sha256), { path: body.path })
  return table
}

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

const kindView = (kind: ImportKind) => ({
  code: kind.code, name: kind.name, fields: Object.entries(kind.fields).map(([field, fact]) => ({ field, label: fact.zh, required: fact.required ?? false })), options: kind.options.map(({ key, label, kind: type }) => ({ key, label, kind: type })),
})

/** A kind whose capability was taken out: its runs are still told. */
const unknownKind = (code: string): ImportKind => ({ code, name: code, verb: '', fields: {}, needs: [], options: [], notes: [], openCheck: () => Promise.reject(new Error(code)), apply: () => Promise.reject(new Error(code)), undo: () => Promise.reject(new Error(code)) })
