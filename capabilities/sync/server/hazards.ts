import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '../../../kernel/server/context.ts'
import { reachSql } from '../../../kernel/server/db.ts'
import { type Carried, carried } from '../../hazard/server/public.ts'
import type { HazardRow } from '../rows.ts'
import { fromTable, reachFor } from './source.ts'

export const openHazard = sql`h.state not in ('CLOSED','VOID','TRANSFER_CLOSED')`
/** Where a reach is too wide: the major ones, and those I found, confirmed or re-inspect. */
export const concernsMe = (ctx: Ctx): RawBuilder<boolean> => sql<boolean>`(h.level = 'MAJOR' or ${ctx.actor.id}::uuid = any(h.found_by || h.confirmed_by || h.reinspectors))`

/** Open hazards of my reach. */
export const hazards = fromTable<'hazard'>({
  kind: 'hazard',
  bytesEach: 2600,
  from: sql`hazard h`,
  id: sql`h.id`,
  mine: (ctx, narrow) => {
    const who = reachFor(ctx, 'hazard.read')
    return who && sql`${openHazard} and ${reachSql(who, 'h')} and ${narrow ? concernsMe(ctx) : sql`true`}`
  },
  read: async (ctx, these) => {
    const { rows } = await sql<{ id: string }>`select h.id from hazard h where ${these}`.execute(ctx.tx)
    const order = new Map(rows.map((row, i) => [row.id, i]))
    const found = await carried(ctx, rows.map((row) => row.id))
    return found.sort((a, b) => order.get(a.hazard.id)! - order.get(b.hazard.id)!).map((one) => ({ id: one.hazard.id, version: one.hazard.version, row: rowOf(one) }))
  },
})

const rowOf = ({ hazard: h, title, waiting, actions, photos }: Carried): HazardRow => ({
  id: h.id, no: h.no, title, enterpriseId: h.enterpriseId, enterpriseName: h.enterpriseName, siteId: h.siteId, siteName: h.siteName, areaCode: h.areaCode, gridId: h.gridId, source: h.source, itemCode: h.itemCode, versionId: h.versionId,
  category: h.category, location: h.location, description: h.description, requirement: h.requirement, level: h.level, immediateStop: h.immediateStop, stopInForce: h.stopInForce, state: h.state, foundAt: h.foundAt, foundBy: h.foundBy,
  confirmedBy: h.confirmedBy, reinspectors: h.reinspectors, lastReinspectors: h.lastReinspectors, dueOn: h.dueOn, runsTo: h.runsTo, reinspectDueOn: h.reinspectDueOn, late: h.late, round: h.round, recurrence: h.recurrence,
  extensions: h.extensions, orderId: h.orderId, orderNo: h.orderNo, legalBasis: h.legalBasis, clauseId: h.clauseId, clauseMode: h.clauseMode, evidence: h.evidence, pending: h.pending?.kind ?? null, waiting, photos: [...photos], actions, version: h.version,
})
