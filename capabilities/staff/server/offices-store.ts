import { sql } from 'kysely'
import { missing } from '../../../kernel/core/problem.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import { OFFICES, type Office, type OfficeProposal } from '../offices.ts'
import './tables.ts'

/** Area of the caller's own reach that a row must lie in. */
const within = (ctx: Ctx, column: string) => {
  const parts = ctx.actor.reach.areas.map(([from, to]) => sql`(${sql.ref(column)} >= ${from} and ${sql.ref(column)} < ${to})`)
  return parts.length ? sql`(${sql.join(parts, sql` or `)})` : sql`false`
}

export interface Holder {
  roleCode: Office
  personId: string
  name: string
  validFrom: string
  validTo: string | null
}

/** Who holds an office on a day or later, in reach. */
export async function holders(ctx: Ctx, today: string): Promise<Holder[]> {
  const { rows } = await sql<Holder>`select t.role_code as "roleCode", p.id as "personId", p.name, t.valid_from as "validFrom", t.valid_to as "validTo" from post t join person p on p.id = t.person_id and p.left_on is null
    where t.role_code = any(${[...OFFICES]}::text[]) and (t.valid_to is null or t.valid_to >= ${today}::date) and ${within(ctx, 't.area_code')} order by t.role_code, t.valid_from, p.id`.execute(ctx.tx)
  return rows
}

const select = sql`select o.id, o.person_id as "personId", p.name as person, o.role_code as "roleCode", r.name as "roleName", o.valid_from as "validFrom", o.reason, b.name as "proposedBy", o.proposed_by as "proposedById",
    o.proposed_as as "proposedAs", o.proposed_at as "proposedAt", o.state, d.name as "decidedBy", o.decided_at as "decidedAt", o.decision, o.version, o.area_code as "areaCode"
  from office_proposal o join person p on p.id = o.person_id join role r on r.code = o.role_code join person b on b.id = o.proposed_by left join person d on d.id = o.decided_by`

export const proposals = async (ctx: Ctx): Promise<OfficeProposal[]> => (await sql<OfficeProposal>`${select} where ${within(ctx, 'o.area_code')} order by (o.state = 'OPEN') desc, o.proposed_at desc, o.id limit 100`.execute(ctx.tx)).rows

/** One in reach, held until it is decided. @throws missing */
export async function hold(ctx: Ctx, id: string): Promise<OfficeProposal> {
  const { rows } = await sql<OfficeProposal>`${select} where o.id = ${id} and ${within(ctx, 'o.area_code')} for update of o`.execute(ctx.tx)
  if (!rows[0]) throw missing()
  return rows[0]
}

export const insert = (ctx: Ctx, row: { id: string; personId: string; roleCode: Office; areaCode: string; validFrom: string; reason: string; as: Office }) =>
  ctx.tx.insertInto('office_proposal').values({ id: row.id, person_id: row.personId, role_code: row.roleCode, area_code: row.areaCode, valid_from: row.validFrom, reason: row.reason, proposed_by: ctx.actor.id, proposed_as: row.as, proposed_at: ctx.now, state: 'OPEN' }).execute()

export const decide = (ctx: Ctx, id: string, state: 'APPOINTED' | 'DECLINED', as: Office, decision: string) =>
  sql`update office_proposal set state = ${state}, decided_by = nullif(${ctx.actor.id}::uuid, proposed_by), decided_as = ${as}, decided_at = ${ctx.now}, decision = ${decision}, version = version + 1 where id = ${id}`.execute(ctx.tx)
