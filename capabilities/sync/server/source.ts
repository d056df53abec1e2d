import { type RawBuilder, sql } from 'kysely'
import type { Reach } from '../../../kernel/core/access.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import type { Change, Kind, RowOf } from '../sync.ts'

/** Which rows: the next ones in id order, or these. */
export type Pick = { readonly after: string; readonly limit: number } | { readonly ids: readonly string[] }

export interface Held<K extends Kind = Kind> {
  readonly id: string
  readonly version: number
  readonly row: RowOf<K>
}

/** One kind of the working set: who may hold which rows is its `where`, nowhere else. */
export interface Source<K extends Kind = Kind> {
  readonly kind: K
  /** `narrow`: the reach is too wide to be carried about, only what concerns the person is wanted. */
  rows(ctx: Ctx, pick: Pick, narrow: boolean): Promise<Held<K>[]>
  count(ctx: Ctx, narrow: boolean): Promise<number>
  /** A guess, for the bar of a first load and the size of a page. */
  readonly bytesEach: number
}

export const changeOf = <K extends Kind>(kind: K, held: Held<K>): Change => ({ kind, id: held.id, version: held.version, row: held.row }) as unknown as Change

/** The condition, order and limit of a pick over an id column of type uuid. */
function pickSql(pick: Pick, id: RawBuilder<unknown>): { where: RawBuilder<unknown>; tail: RawBuilder<unknown> } {
  if ('ids' in pick) return { where: sql`${id} = any(${[...pick.ids]}::uuid[])`, tail: sql`` }
  return { where: pick.after ? sql`${id} > ${pick.after}::uuid` : sql`true`, tail: sql`order by ${id} limit ${pick.limit}` }
}

export const heldOf = <R extends { id: string; version: number }>(rows: readonly R[]): { id: string; version: number; row: R }[] => rows.map((row) => ({ id: row.id, version: row.version, row }))

interface Table<K extends Kind> {
  readonly kind: K
  readonly bytesEach: number
  /** Table and alias, with whatever `mine` asks beside it. */
  readonly from: RawBuilder<unknown>
  readonly id: RawBuilder<unknown>
  /** Who may hold which rows; undefined: none. */
  mine(ctx: Ctx, narrow: boolean): RawBuilder<unknown> | undefined
  /** The rows for which `these` holds: the condition, and behind it order and limit. */
  read(ctx: Ctx, these: RawBuilder<unknown>): Promise<Held<K>[]>
}

/** A kind that lies in a table: which rows are mine is said once, for the rows and for their number. */
export const fromTable = <K extends Kind>({ kind, bytesEach, from, id, mine, read }: Table<K>): Source<K> => ({
  kind,
  bytesEach,
  rows: async (ctx, pick, narrow) => {
    const held = mine(ctx, narrow)
    if (!held) return []
    const { where, tail } = pickSql(pick, id)
    return read(ctx, sql`${held} and ${where} ${tail}`)
  },
  count: async (ctx, narrow) => {
    const held = mine(ctx, narrow)
    if (!held) return 0
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${from} where ${held}`.execute(ctx.tx)
    return rows[0]!.n
  },
})

/** A pick in memory, for what is small and does not live in a table of its own. */
export function pickOf<T extends { id: string }>(all: readonly T[], pick: Pick): T[] {
  if ('ids' in pick) return all.filter((one) => pick.ids.includes(one.id))
  return [...all].sort((a, b) => (a.id < b.id ? -1 : 1)).filter((one) => one.id > pick.after).slice(0, pick.limit)
}

/** A reach of more sites or open hazards than this is not carried about; a street or an inspector's district is. */
export const WIDE = 12_000

export const isNowhere = (reach: Reach): boolean => !reach.areas.length && !reach.grids.length && !reach.enterprises.length

/** The reach of the posts that hold a verb; undefined when none does. */
export function reachFor(ctx: Ctx, verb: string): { reach: Reach } | undefined {
  if (!ctx.actor.has(verb)) return undefined
  const reach = ctx.actor.reachOf(verb)
  return isNowhere(reach) ? undefined : { reach }
}
