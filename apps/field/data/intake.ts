import { operations as sync } from '../../../capabilities/sync/operations.ts'
import { type Change, KINDS } from '../../../capabilities/sync/sync.ts'
import { asProblem, call, Problem } from '../../../kernel/web/call.ts'
import { meetClock } from './device.ts'
import type { FieldStore } from './work.ts'

/** How far the working set is. `cursor` and the rows of a page are stored in one transaction: a kill leaves no hole. */
export interface IntakeState {
  readonly cursor?: string
  readonly reach?: string
  /** Device time of the last complete round, ISO. */
  readonly at?: string
  /** Set while a set that begins anew is on its way: ids that came since. */
  readonly anew?: boolean
}

export const INTAKE = 'intake'
export const PROGRESS = 'intake.progress'
/** What the set may take, and whether the reach is too wide to be carried about. */
export const BOUNDS = 'bounds'
/** This device was given up: what is unsent goes or is exported, then this person's data leave it. */
export const WIPE = 'wipe'
const SEEN = 'intake.seen'

/** Asks for everything that changed and stores it. Resolves with the problem that stopped it; what came before stays. */
export async function takeIn(store: FieldStore): Promise<Problem | undefined> {
  try {
    const start = await call(sync.start, {}, { quiet: true })
    meetClock(start.serverTime)
    await store.keep(WIPE, start.wipe)
    await store.keep(BOUNDS, { budgetMb: start.budgetMb, narrow: start.narrow })
    const state = (await store.read<IntakeState>(INTAKE)) ?? {}
    const total = start.kinds.reduce((sum, kind) => sum + kind.rows, 0)
    const fresh = state.cursor === undefined || state.reach !== start.reach
    let cursor = fresh ? start.cursor : state.cursor!
    // An empty store has nothing to drop: the very first load keeps no list of what came.
    if (fresh) await store.keep(INTAKE, { ...state, cursor, reach: start.reach, anew: state.cursor !== undefined } satisfies IntakeState)
    if (fresh) await store.keep(SEEN, [])
    let came = 0
    for (let more = true; more; ) {
      const page = await call(sync.changes, { cursor, limit: 500 }, { quiet: true })
      came += page.changes.length
      cursor = page.cursor
      more = page.more
      await storePage(store, page, { came, total })
    }
    return undefined
  } catch (thrown) {
    return thrown instanceof Problem ? thrown : asProblem(thrown)
  }
}

type Page = { changes: Change[]; cursor: string; more: boolean; reset: boolean }

async function storePage(store: FieldStore, page: Page, { came, total }: { came: number; total: number }): Promise<void> {
  const tables = KINDS.map((kind) => store.table(kind))
  await store.transaction('rw', [...tables, store.meta], async () => {
    const state = (await store.read<IntakeState>(INTAKE)) ?? {}
    const anew = state.anew === true || (page.reset && state.at !== undefined)
    const seen = anew ? new Set(state.anew ? ((await store.read<string[]>(SEEN)) ?? []) : []) : undefined
    for (const kind of KINDS) {
      const own = page.changes.filter((change) => change.kind === kind)
      if (own.length === 0) continue
      await store.table(kind).bulkPut(own.flatMap((change) => (change.row ? [change.row] : [])))
      await store.table(kind).bulkDelete(own.flatMap((change) => (change.row ? [] : [change.id])))
      for (const change of own) if (change.row) seen?.add(`${kind}/${change.id}`)
    }
    if (seen && !page.more) await dropUnseen(store, seen)
    if (seen) await store.keep(SEEN, page.more ? [...seen] : [])
    await store.keep(INTAKE, { ...state, cursor: page.cursor, anew: anew && page.more, ...(page.more ? {} : { at: new Date().toISOString() }) } satisfies IntakeState)
    await store.keep(PROGRESS, page.more ? { came, total: Math.max(total, came) } : null)
  })
}

/** The set began anew: what did not come again is no longer mine to hold. */
async function dropUnseen(store: FieldStore, seen: ReadonlySet<string>): Promise<void> {
  for (const kind of KINDS) {
    const ids = (await store.table(kind).toCollection().primaryKeys()) as string[]
    await store.table(kind).bulkDelete(ids.filter((id) => !seen.has(`${kind}/${id}`)))
  }
}
