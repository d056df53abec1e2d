import { Problem } from '../../../kernel/core/problem.ts'
import { type Capability, serve } from '../../../kernel/server/capability.ts'
import type { RawBody } from '../../../kernel/server/context.ts'
import type { FileStore } from '../../../kernel/server/files.ts'
import type { ImportKind } from '../../../kernel/server/import-kind.ts'
import type { SheetTable } from '../../../kernel/server/sheet/head.ts'
import { sheetTexts } from '../../../kernel/server/sheet/zh.ts'
import { operations } from '../operations.ts'
import { zh } from '../zh.ts'
import { openDesk } from './desk.ts'
import { fileKey, named, tableOf } from './file.ts'
import { reads } from './reads.ts'
import { steps } from './steps.ts'
import { applyRun, checkRun } from './work.ts'
import './tables.ts'

/** The kinds come from the server's composition; the machinery knows none by name. `lanes`: see WorkGiven. */
export function exchange(files: FileStore, kindList: readonly ImportKind[], lanes: number): Capability {
  const desk = openDesk(files, kindList)
  const given = { files, kinds: desk.kinds, lanes }
  return serve({
    name: 'exchange',
    operations,
    handlers: { ...reads(desk), ...steps(desk) },
    zh: { ...zh, problems: { ...zh.problems, ...sheetTexts } },
    prepare: { upload: (body, input) => prepare(files, desk.kinds, body, input) },
    jobs: [
      { kind: 'exchange.check', outside: true, run: (ctx, payload) => checkRun(given, ctx, String(payload.runId)) },
      { kind: 'exchange.apply', outside: true, run: (ctx, payload) => applyRun(given, ctx, String(payload.runId)) },
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
