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
  /** Undefined: this person holds none of the kind. */
  rows(ctx: Ctx, pick: Pick): Promise<Held<K>[]>
  /** Rows, and a guess of the bytes of one. */
  count(ctx: Ctx): Promise<number>
  readonly bytesEach: number
}

export const changeOf = <K extends Kind>(kind: K, held: Held<K>): Change => ({ kind, id: held.id, version: held.version, row: held.row }) as unknown as Change

/** The condition, order and limit of a pick over an id column of type uuid. */
export function pickSql(pick: Pick, id: RawBuilder<unknown>): { where: RawBuilder<unknown>; tail: RawBuilder<unknown> } {
  if ('ids' in pick) return { where: sql`${id} = any(${[...pick.ids]}::uuid[])`, tail: sql`` }
  return { where: pick.after ? sql`${id} > ${pick.after}::uuid` : sql`true`, tail: sql`order by ${id} limit ${pick.limit}` }
}

/** The same in memory, for what is small and does not live in a table of its own. */
export function pickOf<T extends { id: string }>(all: readonly T[], pick: Pick): T[] {
  if ('ids' in pick) return all.filter((one) => pick.ids.includes(one.id))
  return [...all].sort((a, b) => (a.id < b.id ? -1 : 1)).filter((one) => one.id > pick.after).slice(0, pick.limit)
}

export const isNowhere = (reach: Reach): boolean => !reach.areas.length && !reach.grids.length && !reach.enterprises.length

/** The reach of the posts that hold a verb; undefined when none does. */
export function reachFor(ctx: Ctx, verb: string): { reach: Reach } | undefined {
  if (!ctx.actor.has(verb)) return undefined
  const reach = ctx.actor.reachOf(verb)
  return isNowhere(reach) ? undefined : { reach }
}
