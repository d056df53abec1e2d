import { sql } from 'kysely'
import type { Action } from '../../../kernel/core/operation.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import { attachmentsOf } from '../../attachment/server/public.ts'
import { titleOf } from '../finding.ts'
import type { Hazard } from '../hazard.ts'
import { sentenceOf } from '../waiting.ts'
import { actionsOf } from './detail.ts'
import { groundOf } from './facts.ts'
import { columns, toHazard } from './row.ts'

/** A hazard as somebody carries it about: what it is, who waits, what this person may do, its pictures. */
export interface Carried {
  readonly hazard: Hazard
  readonly title: string
  readonly waiting: string
  readonly actions: Action[]
  readonly photos: readonly { id: string; role: string; type: string; takenAt: string | null }[]
}

/** Hazards by id; the caller has found them in the actor's reach. Four statements, whatever their number. */
export async function carried(ctx: Ctx, ids: readonly string[]): Promise<Carried[]> {
  if (!ids.length) return []
  const { rows } = await sql<Record<string, unknown>>`select ${columns('h')} from hazard h where h.id = any(${[...ids]}::uuid[])`.execute(ctx.tx)
  const ground = await groundOf(ctx, [])
  const photos = await attachmentsOf(ctx.tx, ids)
  return rows.map(toHazard).map((hazard) => ({
    hazard, title: titleOf(hazard), waiting: sentenceOf(hazard, ctx.now), actions: actionsOf(ctx, hazard, ground(hazard.areaCode)),
    photos: (photos.get(hazard.id) ?? []).map(({ id, role, type, takenAt }) => ({ id, role, type, takenAt })),
  }))
}
