import { operations as sync } from '../../../capabilities/sync/operations.ts'
import { type Change, type Kind, KINDS } from '../../../capabilities/sync/sync.ts'
import { asProblem, call, Problem } from '../../../kernel/web/call.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { meetClock } from './device.ts'
import type { FieldStore } from './work.ts'

/** How far the working set is. `cursor` and the rows of a page are stored in one transaction: a kill leaves no hole. */
export interface IntakeState {
  readonly cursor?: string
  readonly reach?: string
  /** When the last complete round ended, ISO, by the server's clock. */
  readonly at?: string
  /** Set while a set that begins anew is on its way: ids that came since. */
  readonly anew?: boolean
}

export const INTAKE = 'intake'
/** What stopped the last round; null when it came through. */
export const INTAKE_PROBLEM = 'intake.problem'
export interface IntakeProblem {
  readonly code: string
  readonly status: number
  readonly title: string
}
export const PROGRESS = 'intake.progress'
/** What the set takes and may take, and whether the reach is too wide to be carried about. */
export const BOUNDS = 'bounds'
export interface Bounds {
  readonly budgetMb: number
  readonly narrow: boolean
  readonly bytes?: number
}
/** The camera's own file is kept beside each photo. */
export const KEEP_ORIGINAL = 'photo.original'
/** This device was given up: what is unsent goes or is exported, then this person's data leave it. */
export const WIPE = 'wipe'
const SEEN = 'intake.seen'

/** Asks for everything that changed and stores it. Resolves with the problem that stopped it; what came before stays. */
export async function takeIn(store: FieldStore): Promise<Problem | undefined> {
  try {
    const start = await call(sync.start, {}, { quiet: true })
    meetClock(start.serverTime)
    await store.keep(WIPE, start.wipe)
    await store.keep(KEEP_ORIGINAL, start.keepOriginal)
    await store.keep(BOUNDS, { budgetMb: start.budgetMb, narrow: start.narrow, bytes: start.kinds.reduce((sum, kind) => sum + kind.bytes, 0) } satisfies Bounds)
    const state = (await store.read<IntakeState>(INTAKE)) ?? {}
    const total = start.kinds.reduce((sum, kind) => sum + kind.rows, 0)
    const fresh = state.cursor === undefined || state.reach !== start.reach
    let cursor = fresh ? start.cursor : state.cursor!
    if (fresh) await store.keep(INTAKE, { ...state, cursor, reach: start.reach, anew: false } satisfies IntakeState)
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
  await store.transaction('rw', [...tables, store.meta, store.drafts, store.outbox], async () => {
    const state = (await store.read<IntakeState>(INTAKE)) ?? {}
    const anew = state.anew === true || (page.reset && !(await isEmpty(store)))
    // Begun anew once more in the middle: what came under the old reach has not come under this one.
    const seen = anew ? new Set(page.reset ? [] : ((await store.read<string[]>(SEEN)) ?? [])) : undefined
    const used = await listsInHand(store)
    for (const kind of KINDS) {
      const own = page.changes.filter((change) => change.kind === kind)
      if (own.length === 0) continue
      await store.table(kind).bulkPut(own.flatMap((change) => (change.row ? [change.row] : [])))
      const gone = own.flatMap((change) => (change.row ? [] : [change.id]))
      await leave(store, kind, gone, used)
      for (const change of own) if (change.row) seen?.add(`${kind}/${change.id}`)
    }
    if (seen && !page.more) await dropUnseen(store, seen, used)
    if (seen) await store.keep(SEEN, page.more ? [...seen] : [])
    await store.keep(INTAKE, { ...state, cursor: page.cursor, anew: anew && page.more, ...(page.more ? {} : { at: serverNow() }) } satisfies IntakeState)
    await store.keep(PROGRESS, page.more ? { came, total: Math.max(total, came) } : null)
  })
}

/** The set began anew: what did not come again is no longer mine to hold. */
async function dropUnseen(store: FieldStore, seen: ReadonlySet<string>, used: ReadonlySet<string>): Promise<void> {
  for (const kind of KINDS) {
    const ids = (await store.table(kind).toCollection().primaryKeys()) as string[]
    await leave(store, kind, ids.filter((id) => !seen.has(`${kind}/${id}`)), used)
  }
}

/** A list that was retired while somebody works with it stays for that visit, offered to no other. */
async function leave(store: FieldStore, kind: Kind, ids: readonly string[], used: ReadonlySet<string>): Promise<void> {
  const inHand = kind === 'checklist' ? ids.filter((id) => used.has(id)) : []
  if (inHand.length > 0) await store.checklist.where('id').anyOf(inHand).modify({ state: 'RETIRED' })
  await store.table(kind).bulkDelete(ids.filter((id) => !inHand.includes(id)))
}

/** Lists that unfinished visits, and refused ones that may be taken back, stand on. */
async function listsInHand(store: FieldStore): Promise<Set<string>> {
  const drafts = await store.drafts.toArray()
  const unsent = await store.outbox.where('state').anyOf('waiting', 'sending', 'refused', 'held').toArray()
  const values = [...drafts.map((draft) => draft.value), ...unsent.map((item) => item.draft?.value)]
  return new Set(values.flatMap((value) => (typeof value === 'object' && value !== null && 'versionIds' in value && Array.isArray(value.versionIds) ? (value.versionIds as string[]) : [])))
}

async function isEmpty(store: FieldStore): Promise<boolean> {
  for (const kind of KINDS) if ((await store.table(kind).count()) > 0) return false
  return true
}
