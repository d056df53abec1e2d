import { Problem } from '../../../kernel/core/problem.ts'
import { type Ctx, refuseStale } from '../../../kernel/server/context.ts'
import type { FileStore } from '../../../kernel/server/files.ts'
import type { ImportKind } from '../../../kernel/server/import-kind.ts'
import type { RunView } from '../exchange.ts'
import type { ImportAction } from '../lifecycle.ts'
import { requireStep, type RunRecord, viewOf } from './run.ts'
import * as store from './store.ts'

/** What every operation needs: the files, the kinds that the server's composition hands over, and the two ways to a run. */
export interface Desk {
  readonly files: FileStore
  readonly kindList: readonly ImportKind[]
  readonly kinds: ReadonlyMap<string, ImportKind>
  /** All verbs that any kind asks. */
  readonly verbs: readonly string[]
  /** Throws exchange.kind_unknown for a kind that is not there or not this person's. */
  kindFor(ctx: Ctx, code: string): ImportKind
  show(ctx: Ctx, id: string): Promise<RunView>
  /** The run for a step: in reach, in a state that has the step, not stale. */
  begin(ctx: Ctx, input: { id: string; baseVersion: number }, action: ImportAction): Promise<{ run: RunRecord; kind: ImportKind }>
}

export function openDesk(files: FileStore, kindList: readonly ImportKind[]): Desk {
  const kinds: ReadonlyMap<string, ImportKind> = new Map(kindList.map((kind) => [kind.code, kind]))
  const kindFor: Desk['kindFor'] = (ctx, code) => {
    const kind = kinds.get(code)
    if (!kind || !ctx.actor.has(kind.verb)) throw new Problem('forbidden', 'exchange.kind_unknown', { fields: [{ path: 'kind', code: 'exchange.kind_unknown' }] })
    return kind
  }
  return {
    files, kindList, kinds, kindFor,
    verbs: [...new Set(kindList.map((kind) => kind.verb))],
    show: async (ctx, id) => {
      const run = await store.runInReach(ctx.tx, ctx.actor, id)
      return viewOf(run, kindFor(ctx, run.kind), await store.sameFile(ctx.tx, ctx.actor, run), ctx.actor.has)
    },
    begin: async (ctx, input, action) => {
      const run = await store.runInReach(ctx.tx, ctx.actor, input.id, true)
      requireStep(run, action)
      refuseStale(run.version, input.baseVersion)
      return { run, kind: kindFor(ctx, run.kind) }
    },
  }
}
