import { sql } from 'kysely'
import { missing } from '../../../kernel/core/problem.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import { reachSql, type Tx } from '../../../kernel/server/db.ts'
import type { Hazard } from '../hazard.ts'
import type { Proposable, Proposal, ProposedInput } from '../proposal.ts'
import './tables.ts'

const columns = sql.raw(`p.id, p.hazard_id as "hazardId", p.act, p.input, p.base_version as "baseVersion", p.found_version as "foundVersion", p.person_id as "personId", p.person_name as "personName",
  p.made_at as "madeAt", p.received_at as "receivedAt", p.state, p.decided_name as "decidedName", p.decided_at as "decidedAt", p.reason, p.version`)

/** The version stored now, kept from moving until this transaction ends: who comes offline waits for who is ahead. @throws missing */
export async function heldVersion(ctx: Ctx, hazardId: string): Promise<number> {
  const { rows } = await sql<{ version: number }>`select h.version from hazard h where h.id = ${hazardId} and ${reachSql(ctx.actor, 'h')} for update`.execute(ctx.tx)
  if (!rows[0]) throw missing()
  return rows[0].version
}

export async function insertProposal(ctx: Ctx, id: string, h: Hazard, given: { act: Proposable; input: ProposedInput; baseVersion: number }): Promise<void> {
  await ctx.tx
    .insertInto('hazard_proposal')
    .values({
      id, hazard_id: h.id, act: given.act, input: JSON.stringify(given.input), base_version: given.baseVersion, found_version: h.version, person_id: ctx.actor.id, person_name: ctx.actor.name,
      device: ctx.origin.device ?? null, made_at: ctx.origin.madeAt ?? ctx.now, received_at: ctx.now, state: 'OPEN', area_code: h.areaCode, grid_id: h.gridId, enterprise_id: h.enterpriseId, version: 1,
    })
    .execute()
}

/** All of a hazard that the caller has found, the newest first. */
export async function proposalsOf(tx: Tx, hazardId: string): Promise<Proposal[]> {
  return (await sql<Proposal>`select ${columns} from hazard_proposal p where p.hazard_id = ${hazardId} order by p.received_at desc, p.id desc limit 50`.execute(tx)).rows
}

/** One of a hazard that the caller has found, held until it is decided. @throws missing */
export async function holdProposal(tx: Tx, hazardId: string, id: string): Promise<Proposal> {
  const { rows } = await sql<Proposal>`select ${columns} from hazard_proposal p where p.id = ${id} and p.hazard_id = ${hazardId} for update`.execute(tx)
  if (!rows[0]) throw missing()
  return rows[0]
}

export async function decide(ctx: Ctx, id: string, state: 'ACCEPTED' | 'DISMISSED', reason: string | null): Promise<void> {
  await sql`update hazard_proposal set state = ${state}, decided_by = ${ctx.actor.id}::uuid, decided_name = ${ctx.actor.name}, decided_at = ${ctx.now}, reason = ${reason}, version = version + 1 where id = ${id}`.execute(ctx.tx)
}
