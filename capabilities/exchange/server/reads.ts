import type { Handlers } from '../../../kernel/server/context.ts'
import type { ImportKind } from '../../../kernel/server/import-kind.ts'
import type { operations } from '../operations.ts'
import type { Desk } from './desk.ts'
import { badRowsFile, templateFile } from './returned.ts'
import { viewOf } from './run.ts'
import * as store from './store.ts'

type Reads = 'kinds' | 'template' | 'list' | 'get' | 'rows' | 'badRows' | 'undoView'

/** Looking: nothing of these changes anything. */
export const reads = (desk: Desk): Pick<Handlers<typeof operations>, Reads> => ({
  kinds: async (ctx) => ({ rows: desk.kindList.filter((kind) => ctx.actor.has(kind.verb)).map(kindView) }),
  template: async (ctx, input) => templateFile(desk.kindFor(ctx, input.kind)),
  list: async (ctx, input) => {
    const found = await store.runs(ctx.tx, ctx.actor, input)
    const shown = found.rows.slice(0, input.limit)
    const rows = shown.map((run) => {
      const { id, no, kind, kindName, state, fileName, createdByName, createdAt, finishedAt, undoneAt, counts, version } = viewOf(run, desk.kinds.get(run.kind) ?? unknownKind(run.kind), null, () => false)
      return { id, no, kind, kindName, state, fileName, createdByName, createdAt, finishedAt, undoneAt, counts, version }
    })
    return { rows, total: found.total, ...(found.rows.length > input.limit ? { next: shown.at(-1)!.id } : {}) }
  },
  get: (ctx, input) => desk.show(ctx, input.id),
  rows: async (ctx, input) => {
    const run = await store.runInReach(ctx.tx, ctx.actor, input.id)
    const fields = desk.kindFor(ctx, run.kind).fields
    const label = (field: string) => fields[field]?.zh ?? field
    const found = await store.rows(ctx.tx, run.id, input)
    const shown = found.rows.slice(0, input.limit)
    const rows = shown.map(({ body, ...row }) => ({ ...row, changes: body.changes.map((change) => ({ ...change, label: label(change.field) })), issues: body.issues.map((issue) => ({ ...issue, label: issue.field ? label(issue.field) : null })) }))
    return { rows, total: found.total, ...(found.rows.length > input.limit ? { next: String(shown.at(-1)!.no) } : {}) }
  },
  badRows: async (ctx, input) => {
    const run = await store.runInReach(ctx.tx, ctx.actor, input.id)
    const file = await badRowsFile(desk.files, run, desk.kindFor(ctx, run.kind), await store.returned(ctx.tx, run.id))
    ctx.audit({ kind: 'EXPORT', subject: 'import', subjectId: run.id, result: 'ok', data: { no: run.no } })
    return file
  },
  undoView: async (ctx, input) => {
    const run = await store.runInReach(ctx.tx, ctx.actor, input.id)
    const [built, done] = [await store.builtOn(ctx.tx, run, 20), await store.doneRows(ctx.tx, run.id)]
    return { voided: done.filter((row) => row.before === null).length, restored: done.filter((row) => row.before !== null).length, possible: built.total === 0 && (run.state === 'DONE' || run.state === 'FAILED'), built: built.rows }
  },
})

const kindView = (kind: ImportKind) => ({
  code: kind.code, name: kind.name, fields: Object.entries(kind.fields).map(([field, fact]) => ({ field, label: fact.zh, required: fact.required ?? false })), options: kind.options.map(({ key, label, kind: type }) => ({ key, label, kind: type })),
})

/** A kind whose capability was taken out: its runs are still told. */
const unknownKind = (code: string): ImportKind => ({ code, name: code, verb: '', fields: {}, needs: [], options: [], notes: [], openCheck: () => Promise.reject(new Error(code)), apply: () => Promise.reject(new Error(code)), undo: () => Promise.reject(new Error(code)) })
