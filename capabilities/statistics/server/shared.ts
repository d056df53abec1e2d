import { sql } from 'kysely'
import type { Secrets } from '../../../kernel/server/secret.ts'
import type { Tx } from '../../../kernel/server/db.ts'

/** A state of the facts: what a statement sees, and the marks on figures (which rows written without an event leave too). */
export interface State {
  readonly seen: string
  readonly marks: string
}

interface Kept {
  made?: { readonly text: string; readonly state: State; readonly until: number }
  running?: Promise<string> | undefined
  next?: Promise<string> | undefined
}

const KEEP_MS = 60_000
const MOST = 300

/** What each running server keeps; its secrets stand for it, they are made once with it. */
const servers = new WeakMap<Secrets, Map<string, Kept>>()

export interface Ask {
  readonly tx: Tx
  readonly secrets: Secrets
  readonly now: Date
  /** Everything the answer depends on beside the facts: question, reach, day. */
  readonly key: string
}

/**
 * The text made for this question, made anew when anything was committed since, by whichever process. While one is being
 * made, all who ask wait for the one after it, which sees everything that was there when they asked: however many ask while
 * facts pour in, one is made at a time, and none is older than its question.
 */
export async function shared({ tx, secrets, now, key }: Ask, make: () => Promise<string>): Promise<string> {
  const all = servers.get(secrets) ?? new Map<string, Kept>()
  servers.set(secrets, all)
  if (all.size >= MOST && !all.has(key)) for (const [old, { running }] of all) if (!running) all.delete(old)
  const kept = all.get(key) ?? {}
  all.set(key, kept)
  if (kept.made && now.getTime() < kept.made.until && (await same(tx, kept.made.state))) return kept.made.text
  const begin = async (): Promise<string> => {
    const state = await stateOf(tx)
    const text = await make()
    kept.made = { text, state, until: now.getTime() + KEEP_MS }
    return text
  }
  if (kept.running) {
    kept.next ??= kept.running.then(() => {}, () => {}).then(() => start(kept, begin))
    return kept.next
  }
  return start(kept, begin)
}

function start(kept: Kept, begin: () => Promise<string>): Promise<string> {
  kept.next = undefined
  const running = begin().finally(() => {
    if (kept.running === running) kept.running = undefined
  })
  kept.running = running
  return running
}

const marksSql = sql<string>`(select folds::text from figure_state where id = 1) || ' ' || (select coalesce(max(id), 0)::text from figure_mark)`

export async function stateOf(tx: Tx): Promise<State> {
  const { rows } = await sql<State>`select pg_current_snapshot()::text as seen, ${marksSql} as marks`.execute(tx)
  return rows[0]!
}

/**
 * Has nothing been committed that this state had not seen? Every command leaves an event with the number of its transaction.
 * Ordered and limited, because a plan made without knowing the snapshot would take a third of the log for new and read all of it.
 */
export async function same(tx: Tx, { seen, marks }: State): Promise<boolean> {
  const { rows } = await sql<{ same: boolean }>`select ${marksSql} = ${marks} and (select xid from domain_event where epoch = (select max(epoch) from domain_event)
    and xid >= pg_snapshot_xmin(${seen}::pg_snapshot) and not pg_visible_in_snapshot(xid, ${seen}::pg_snapshot) order by epoch, xid limit 1) is null as same`.execute(tx)
  return rows[0]?.same ?? false
}
