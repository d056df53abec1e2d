import { createHash } from 'node:crypto'
import { localDate } from '../../../kernel/core/time.ts'
import { type Capability, serve } from '../../../kernel/server/capability.ts'
import type { Ctx, Handlers } from '../../../kernel/server/context.ts'
import { operations } from '../operations.ts'
import { type Change, type Changes, KINDS } from '../sync.ts'
import { zh } from '../zh.ts'
import { firstWalk, readCursor, type Walk, writeCursor } from './cursor.ts'
import { areas } from './areas.ts'
import { hazards } from './hazards.ts'
import { checklists, criteria } from './lists.ts'
import { papers } from './papers.ts'
import { people } from './people.ts'
import { resolveCode } from './scan.ts'
import { sites } from './sites.ts'
import { changeOf, type Source } from './source.ts'
import { todos } from './todos.ts'
import { visits } from './visits.ts'

const sources: readonly Source[] = [areas, people, visits, todos, checklists, criteria, hazards, papers, sites] as unknown as Source[]
const BUDGET_MB = 60

/** The next rows of the walk, kind after kind, until the page is full. */
async function walkOn(ctx: Ctx, from: Walk, limit: number): Promise<{ changes: Change[]; next: Walk | null }> {
  const changes: Change[] = []
  let at = from
  for (let i = KINDS.indexOf(from.kind); i < KINDS.length; i++) {
    const kind = KINDS[i]!
    if (kind !== at.kind) at = { kind, after: '' }
    const source = sources.find((one) => one.kind === kind)
    const rows = source ? await source.rows(ctx, { after: at.after, limit: limit - changes.length }) : []
    changes.push(...rows.map((row) => changeOf(kind, row)))
    if (changes.length >= limit) return { changes, next: { kind, after: rows.at(-1)!.id } }
  }
  return { changes, next: null }
}

const reachPrint = (ctx: Ctx): string => createHash('sha256').update(JSON.stringify([ctx.actor.id, ctx.actor.roles, ctx.actor.reach])).digest('base64url').slice(0, 22)

const handlers: Handlers<typeof operations> = {
  start: async (ctx) => {
    const kinds = []
    for (const kind of KINDS) {
      const source = sources.find((one) => one.kind === kind)
      const rows = source ? await source.count(ctx) : 0
      kinds.push({ kind, rows, bytes: rows * (source?.bytesEach ?? 0) })
    }
    return {
      person: { id: ctx.actor.id, name: ctx.actor.name, roles: ctx.actor.roles.map((code) => ({ code, name: code })), verbs: [] },
      day: localDate(ctx.now), serverTime: ctx.now.toISOString(), cursor: writeCursor(firstWalk), reach: reachPrint(ctx), kinds, budgetMb: BUDGET_MB, wipe: false, apps: { current: '1', oldest: '1' },
    }
  },
  changes: async (ctx, input): Promise<Changes> => {
    const walk = readCursor(input.cursor)
    const { changes, next } = await walkOn(ctx, walk ?? firstWalk, input.limit)
    return { changes, cursor: writeCursor(next), more: next !== null, reset: walk === null, serverTime: ctx.now.toISOString() }
  },
  resolve: (ctx, input) => resolveCode(ctx, input.code),
}

export const sync: Capability = serve({ name: 'sync', operations, handlers, zh })
