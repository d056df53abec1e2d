import type { Ctx } from '../../../kernel/server/context.ts'
import { type Change, KINDS, type Kind } from '../sync.ts'
import { areas } from './areas.ts'
import { type Cursor, firstWalk, type Walk } from './cursor.ts'
import { byKind, headOf, type Noted, notedSince, printOf } from './feed.ts'
import { hazards } from './hazards.ts'
import { checklists, criteria } from './lists.ts'
import { papers } from './papers.ts'
import { people } from './people.ts'
import { isWide, sites } from './sites.ts'
import { changeOf, type Held, type Source } from './source.ts'
import { todos } from './todos.ts'
import { visits } from './visits.ts'

export const sources: Readonly<Record<Kind, Source>> = { area: areas, person: people, visit: visits, todo: todos, checklist: checklists, criteria, hazard: hazards, paper: papers, site: sites } as unknown as Record<Kind, Source>

/** What a page may weigh before it is zipped, by the guesses of the kinds: a phone on a bad line gets something soon. */
const PAGE_BYTES = 2_000_000

export interface Page {
  readonly changes: Change[]
  readonly cursor: Cursor
  readonly more: boolean
  readonly reset: boolean
}

/** The next page after a cursor: a piece of the walk, or of a round of changes. All statements see one snapshot. */
export async function pageAfter(ctx: Ctx, cursor: Cursor, limit: number): Promise<Page> {
  const head = await headOf(ctx, cursor.seen)
  const print = printOf(ctx.actor, head.certificate)
  const valid = cursor.seen !== '' && cursor.epoch === head.epoch && cursor.print === print && head.kept
  if (!valid) {
    // Names and masked telephones of a whole reach go out: that leaves a trace, like every download.
    ctx.audit({ kind: 'EXPORT', subject: 'sync.load', result: 'ok', ...(ctx.origin.device ? { data: { device: ctx.origin.device } } : {}) })
    return walkOn(ctx, { epoch: head.epoch, print, seen: head.now, narrow: await isWide(ctx), walk: firstWalk }, limit, true)
  }
  return cursor.walk ? walkOn(ctx, cursor, limit, false) : roundOn(ctx, cursor, head.now, limit)
}

/** Kind after kind until the page is full. What changes meanwhile comes with the round that follows: its snapshot is older than the walk. */
async function walkOn(ctx: Ctx, from: Cursor, limit: number, reset: boolean): Promise<Page> {
  const { walk = firstWalk, ...cursor } = from
  const changes: Change[] = []
  let bytes = 0
  let at: Walk = walk
  for (const kind of KINDS.slice(KINDS.indexOf(walk.kind))) {
    if (kind !== at.kind) at = { kind, after: '' }
    const source = sources[kind]
    const room = Math.min(limit - changes.length, Math.floor((PAGE_BYTES - bytes) / source.bytesEach))
    if (room <= 0) return { changes, cursor: { ...cursor, walk: at }, more: true, reset }
    const rows = await source.rows(ctx, { after: at.after, limit: room }, cursor.narrow)
    changes.push(...rows.map((row) => changeOf(kind, row)))
    bytes += rows.length * source.bytesEach
    if (rows.length === room) return { changes, cursor: { ...cursor, walk: { kind, after: rows.at(-1)!.id } }, more: true, reset }
  }
  return { changes, cursor, more: true, reset }
}

/** What was noted since, as it is now; rows that are mine no longer are null. */
async function roundOn(ctx: Ctx, cursor: Cursor, now: string, limit: number): Promise<Page> {
  const { round = { to: now, xid: '0', seq: 0 }, ...from } = cursor
  const noted = await notedSince(ctx, cursor.epoch, cursor.seen, round, limit)
  const changes = await asTheyAre(ctx, noted, cursor.narrow)
  const last = noted.at(-1)
  if (last && noted.length === limit) return { changes, cursor: { ...from, round: { to: round.to, xid: last.xid, seq: last.seq } }, more: true, reset: false }
  return { changes, cursor: { ...from, seen: round.to }, more: false, reset: false }
}

async function asTheyAre(ctx: Ctx, noted: readonly Noted[], narrow: boolean): Promise<Change[]> {
  const asked = byKind(noted)
  const changes: Change[] = []
  const also = new Map<Kind, Set<string>>()
  const want = (kind: Kind, ids: readonly string[]) => also.set(kind, new Set([...(also.get(kind) ?? []), ...ids]))
  for (const [kind, ids] of asked) {
    const rows = await sources[kind].rows(ctx, { ids }, narrow)
    const found = new Map(rows.map((row) => [row.id, row]))
    changes.push(...ids.map((id) => changeOf(kind, found.get(id) ?? ({ id, version: 0, row: null } as unknown as Held))))
    if (kind === 'visit') for (const { row } of rows as Held<'visit'>[]) want('checklist', row.versionIds)
    if (narrow && (kind === 'visit' || kind === 'hazard')) want('site', (rows as Held<'visit' | 'hazard'>[]).map(({ row }) => row.siteId))
  }
  for (const [kind, ids] of also) {
    const rest = [...ids].filter((id) => !asked.get(kind)?.includes(id))
    const rows = rest.length ? await sources[kind].rows(ctx, { ids: rest }, narrow) : []
    // A published list is on the phone already; a retired one comes with the visit that uses it.
    changes.push(...rows.filter(({ row }) => !('state' in row) || kind !== 'checklist' || row.state === 'RETIRED').map((row) => changeOf(kind, row)))
  }
  return changes
}
