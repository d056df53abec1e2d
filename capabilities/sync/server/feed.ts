import { createHash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import type { Reach } from '../../../kernel/core/access.ts'
import { localDate } from '../../../kernel/core/time.ts'
import type { Actor } from '../../../kernel/server/actor.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import { reachSql } from '../../../kernel/server/db.ts'
import { KINDS, type Kind } from '../sync.ts'
import type { Round } from './cursor.ts'
import './tables.ts'

/** What holds at the moment of the call, on the snapshot of its transaction. */
export interface Head {
  readonly epoch: number
  /** This snapshot; see Cursor. */
  readonly now: string
  /** Everything the cursor has not seen is still in the log. */
  readonly kept: boolean
  /** One's own certificate in force: it decides what one may do with a hazard. */
  readonly certificate: string
}

/** Key of the setting that says how far the log has been cleaned. */
export const PRUNED = 'sync.pruned'

/** One statement. `seen`: the cursor's snapshot, empty for none. */
export async function headOf(ctx: Ctx, seen: string): Promise<Head> {
  const kept = seen === '' ? sql`true` : sql`coalesce((select (value ->> 'epoch')::int <> sync_epoch() or (value ->> 'xid')::xid8 < pg_snapshot_xmin(${seen}::pg_snapshot) from setting where key = ${PRUNED} and area_code = '000000000000'), true)`
  const today = localDate(ctx.now)
  const { rows } = await sql<Head>`select sync_epoch() as epoch, pg_current_snapshot()::text as now, ${kept} as kept,
    coalesce((select string_agg(c.no, ',' order by c.no) from certificate c where c.person_id = ${ctx.actor.id}::uuid and c.kind = 'LAW_ENFORCEMENT' and c.valid_from <= ${today}::date and c.valid_to >= ${today}::date
      and (c.revoked_on is null or c.revoked_on > ${today}::date)), '') as certificate`.execute(ctx.tx)
  return rows[0]!
}

/** Changes with the shape of the rows: a phone that meets a new release loads anew. */
const SHAPE = 2
const verbs = ['district.read', 'visit.read', 'todo.read', 'checklist.read', 'hazard.read', 'enforcement.read', 'enterprise.read', 'visit.inspect', 'visit.patrol', 'visit.guide', 'visit.phone', 'visit.plan']

/** Two people, or one person with other posts, rights or certificates, have different ones. */
export function printOf(actor: Actor, certificate: string): string {
  const rights = verbs.map((verb) => (actor.has(verb) ? actor.reachOf(verb) : null))
  return createHash('sha256').update(JSON.stringify([SHAPE, actor.id, actor.roles, certificate, rights])).digest('base64url').slice(0, 22)
}

export interface Noted {
  readonly kind: Kind
  readonly ref: string
  readonly xid: string
  readonly seq: number
}

const nowhere: Reach = { areas: [], grids: [], enterprises: [] }
const inReach = (actor: Actor, verb: string): RawBuilder<boolean> => (actor.has(verb) ? reachSql({ reach: actor.reachOf(verb) }, 'c') : reachSql({ reach: nowhere }, 'c'))

/** Which changes may concern this person: by place for what lies somewhere, by name for what is one's own. */
function concerns(actor: Actor): RawBuilder<boolean> {
  const me = sql`${actor.id}::uuid = any(c.people)`
  const counties = [...new Set([...actor.reach.areas.map(([from]) => from.slice(0, 6))])]
  const above = [...new Set(actor.reach.areas.flatMap(([from]) => [2, 4, 6, 9].map((n) => from.slice(0, n).padEnd(12, '0'))))]
  const grids = [...actor.reach.grids]
  const ofGrids = grids.length ? sql`exists (select from grid g where g.id = any(${grids}::uuid[]) and g.area_code like rtrim(c.area_code, '0') || '%')` : sql`false`
  return sql<boolean>`(case c.kind
    when 'site' then ${inReach(actor, 'enterprise.read')}
    when 'hazard' then ${inReach(actor, 'hazard.read')}
    when 'visit' then ${me}
    when 'paper' then (${me} or ${reachSql({ reach: { ...nowhere, enterprises: actor.has('enforcement.read') ? actor.reachOf('enforcement.read').enterprises : [] } }, 'c')})
    when 'todo' then (${me} or (cardinality(c.people) = 0 and ${reachSql(actor, 'c')}))
    when 'checklist' then true
    when 'area' then (${reachSql(actor, 'c')} or c.area_code = any(${above}::text[]) or ${ofGrids})
    when 'person' then (left(c.area_code, 6) = any(${counties}::text[]) or ${ofGrids})
    else false end)`
}

/**
 * The next noted changes that the cursor has not seen, in an order that stays: those not visible in its snapshot and, within a
 * round, visible in the one the round ends with.
 */
export async function notedSince(ctx: Ctx, epoch: number, seen: string, round: Round, limit: number): Promise<Noted[]> {
  const { rows } = await sql<Noted>`
    select c.kind, c.ref, c.xid::text as xid, c.seq from sync_change c
    where c.epoch = ${epoch} and c.xid >= pg_snapshot_xmin(${seen}::pg_snapshot) and (c.xid, c.seq) > (${round.xid}::xid8, ${round.seq})
      and not pg_visible_in_snapshot(c.xid, ${seen}::pg_snapshot) and pg_visible_in_snapshot(c.xid, ${round.to}::pg_snapshot) and ${concerns(ctx.actor)}
    order by c.epoch, c.xid, c.seq limit ${limit}`.execute(ctx.tx)
  return rows
}

/** Ids by kind, each once. */
export function byKind(noted: readonly Noted[]): Map<Kind, string[]> {
  const found = new Map<Kind, Set<string>>()
  for (const { kind, ref } of noted) found.set(kind, (found.get(kind) ?? new Set()).add(ref))
  return new Map(KINDS.flatMap((kind) => (found.has(kind) ? [[kind, [...found.get(kind)!]] as const] : [])))
}
