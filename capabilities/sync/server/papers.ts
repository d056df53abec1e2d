import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../../kernel/server/context.ts'
import { paperVisible } from '../../enforcement/server/public.ts'
import type { PaperRow } from '../rows.ts'
import { fromTable, heldOf, reachFor } from './source.ts'

/** Days a served paper stays on the phone of the firm it was served on. */
const SERVED_DAYS = 400

/**
 * An office carries papers on their way that are its own: drafted by me, with me as an officer, or of a visit of mine.
 * A firm carries what was served on it.
 */
function mine(ctx: Ctx): RawBuilder<boolean> | undefined {
  const who = reachFor(ctx, 'enforcement.read')
  if (!who) return undefined
  const me = ctx.actor.id
  const party = who.reach.enterprises.length ? sql`(p.enterprise_id = any(${[...who.reach.enterprises]}::uuid[]) and p.state in ('SERVED','REVOKED') and p.served_on > current_date - ${SERVED_DAYS}::int)` : sql`false`
  return sql<boolean>`(${paperVisible(who, 'p')} and (${party} or (p.state in ('DRAFT','PENDING','RETURNED','APPROVED','ISSUED','SIGNED')
    and (p.drafted_by = ${me}::uuid or ${me}::uuid = any(p.officers) or exists (select from visit_person m where m.visit_id = p.visit_id and m.person_id = ${me}::uuid)))))`
}

export const papers = fromTable<'paper'>({
  kind: 'paper',
  bytesEach: 900,
  from: sql`paper p`,
  id: sql`p.id`,
  mine,
  read: async (ctx, these) => {
    const { rows } = await sql<PaperRow>`
      select p.id, p.no, p.type, p.title, p.state, p.enterprise_id as "enterpriseId", p.enterprise_name as "enterpriseName", p.site_name as "siteName", p.visit_id as "visitId", p.officers, p.drafted_at as "draftedAt",
        p.issued_on as "issuedOn", p.served_on as "servedOn", p.version, (select coalesce(json_agg(h.hazard_id order by h.ordinal), '[]') from paper_hazard h where h.paper_id = p.id) as "hazardIds",
        (select coalesce(json_agg(json_build_object('part', g.part, 'personId', g.person_id, 'name', g.name, 'refused', g.refused) order by g.part, g.ordinal), '[]') from paper_signature g where g.paper_id = p.id) as signatures
      from paper p where ${these}`.execute(ctx.tx)
    return heldOf(rows)
  },
})
