import { sql } from 'kysely'
import { releases } from '../../../kernel/core/release.ts'
import { localDate } from '../../../kernel/core/time.ts'
import { type Capability, type JobSpec, serve } from '../../../kernel/server/capability.ts'
import type { Ctx, Handlers } from '../../../kernel/server/context.ts'
import { keepsOriginals } from '../../attachment/server/public.ts'
import { operations } from '../operations.ts'
import { KINDS, type Start } from '../sync.ts'
import { zh } from '../zh.ts'
import { emptyStore, readCursor, writeCursor } from './cursor.ts'
import { deviceHandlers, isRevoked } from './devices.ts'
import { headOf, printOf, PRUNED } from './feed.ts'
import { resolveCode } from './scan.ts'
import { pageAfter, sources } from './set.ts'
import { isWide, placesAsked } from './sites.ts'

/** What the set may take on a phone. A street of 2,500 sites with its hazards takes about a tenth of it. */
const BUDGET_MB = 60
/** Days for which a phone that was away is brought up to date; after that it loads anew. */
const KEPT_DAYS = 30

async function start(ctx: Ctx): Promise<Start> {
  const head = await headOf(ctx, '')
  const narrow = await isWide(ctx)
  const kinds: Start['kinds'] = []
  for (const kind of KINDS) {
    const rows = await sources[kind].count(ctx, narrow)
    kinds.push({ kind, rows, bytes: rows * sources[kind].bytesEach })
  }
  const { rows: roles } = await sql<{ code: string; name: string; verbs: string[] }>`select code, name, verbs from role where code = any(${[...ctx.actor.roles]}::text[]) order by code`.execute(ctx.tx)
  return {
    person: { id: ctx.actor.id, name: ctx.actor.name, roles: roles.map(({ code, name }) => ({ code, name })), verbs: [...new Set(roles.flatMap((role) => role.verbs))].sort() },
    day: localDate(ctx.now), serverTime: ctx.now.toISOString(), cursor: writeCursor(emptyStore), reach: printOf(ctx.actor, head.certificate), kinds, narrow, budgetMb: BUDGET_MB, wipe: await isRevoked(ctx),
    keepOriginal: await keepsOriginals(ctx),
    apps: { current: releases[0]!, oldest: releases[Math.min(1, releases.length - 1)]! },
  }
}

const handlers: Handlers<typeof operations> = {
  start,
  changes: async (ctx, input) => {
    const { cursor, ...page } = await pageAfter(ctx, readCursor(input.cursor), input.limit)
    return { ...page, cursor: writeCursor(cursor), serverTime: ctx.now.toISOString() }
  },
  resolve: (ctx, input) => resolveCode(ctx, input.code),
  places: async (ctx, input) => ({ rows: await placesAsked(ctx, input) }),
  ...deviceHandlers,
}

/** The log of changes is cut off behind the oldest phone that may still ask; how far is written down, so that an older one loads anew. */
const pruning: JobSpec = {
  kind: 'sync.prune', every: 6 * 3600,
  run: async (ctx) => {
    const before = new Date(ctx.now.getTime() - KEPT_DAYS * 86_400_000)
    await sql`with gone as (delete from sync_change where at < ${before} or epoch < sync_epoch() returning epoch, xid),
        newest as (select max(xid::text::numeric)::text as xid from gone where epoch = sync_epoch())
      insert into setting (key, area_code, value) select ${PRUNED}, '000000000000', jsonb_build_object('epoch', sync_epoch(), 'xid', xid) from newest where xid is not null
      on conflict (key, area_code) do update set value = excluded.value, version = setting.version + 1`.execute(ctx.tx)
  },
}

export const sync: Capability = serve({ name: 'sync', operations, handlers, zh, jobs: [pruning] })
