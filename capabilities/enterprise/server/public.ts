import { type RawBuilder, sql } from 'kysely'
import { missing } from '../../../kernel/core/problem.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import { reachSql, type Tx } from '../../../kernel/server/db.ts'
import type { OperatingState } from '../lifecycle.ts'
import * as changes from './changes.ts'
import './tables.ts'

/** What other capabilities need to know of a place at the time of an act. */
export interface SiteFacts {
  siteId: string
  enterpriseId: string
  enterpriseName: string
  creditCode: string | null
  siteName: string
  siteKind: string
  areaCode: string
  gridId: string | null
  parkId: string | null
  lon: number | null
  lat: number | null
  address: string
  state: OperatingState
  tags: string[]
  gongmaoSector: string | null
  division: number | null
  highRisk: boolean
  standardLevel: string
  riskColor: string | null
  principalName: string | null
}

const siteColumns = sql.raw(`s.id as "siteId", e.id as "enterpriseId", e.name as "enterpriseName", e.credit_code as "creditCode", s.name as "siteName", s.kind as "siteKind", s.area_code as "areaCode", s.grid_id as "gridId",
  coalesce(s.park_id, e.park_id) as "parkId", coalesce(s.lon, e.lon) as lon, coalesce(s.lat, e.lat) as lat, s.address, e.state, e.tags, e.gongmao_sector as "gongmaoSector", e.division, e.high_risk as "highRisk",
  e.standard_level as "standardLevel", e.risk_color as "riskColor", e.principal_name as "principalName"`)

/** Facts of one site in the actor's reach. Throws enterprise.missing for one out of reach, closed or voided. */
export async function siteInReach(ctx: Ctx, siteId: string): Promise<SiteFacts> {
  const [found] = await sitesInReach(ctx, [siteId])
  if (!found) throw missing('enterprise.missing')
  return found
}

/** The same for many sites, in one statement; those out of reach are left out. */
export async function sitesInReach(ctx: Pick<Ctx, 'tx' | 'actor'>, siteIds: readonly string[]): Promise<SiteFacts[]> {
  const { rows } = await sql<SiteFacts>`select ${siteFacts(ctx.actor, siteIds)}`.execute(ctx.tx)
  return rows
}

/** The same for other statements, as `select ${siteFacts(…)}`; the site is `s`. */
export const siteFacts = (actor: Pick<Ctx['actor'], 'reach'>, siteIds: readonly string[], more: RawBuilder<unknown> = sql``): RawBuilder<unknown> =>
  sql`${siteColumns} ${more} from site s join enterprise e on e.id = s.enterprise_id where s.id = any(${[...siteIds]}::uuid[]) and s.voided_at is null and s.closed_on is null and ${reachSql(actor, 's')}`

/**
 * Whom a park's manager reaches: tenants of the parks and of the 园中园 below them, and the parks themselves, whose rows carry their
 * own id under `enterprise_id` for this purpose.
 */
export async function tenantsOf(tx: Tx, parkIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive down as (select id from park where id = any(${[...parkIds]}::uuid[]) and voided_at is null union select c.id from park c join down d on c.parent_park_id = d.id where c.voided_at is null)
    select id from down union select e.id from enterprise e join down d on e.park_id = d.id where e.voided_at is null
    union select s.enterprise_id from site s join down d on s.park_id = d.id where s.voided_at is null and s.closed_on is null`.execute(tx)
  return rows.map((row) => row.id)
}

export interface EnterpriseBrief {
  id: string
  name: string
  creditCode: string | null
  areaCode: string
  gridId: string | null
  state: OperatingState
  principalName: string | null
}

/** Names and codes by id; no reach is asked, since the caller's own record led here. */
export async function enterprisesBrief(tx: Tx, ids: readonly string[]): Promise<Map<string, EnterpriseBrief>> {
  const { rows } = await sql<EnterpriseBrief>`select id, name, credit_code as "creditCode", area_code as "areaCode", grid_id as "gridId", state, principal_name as "principalName" from enterprise where id = any(${[...ids]}::uuid[])`.execute(tx)
  return new Map(rows.map((row) => [row.id, row]))
}

/**
 * Sets the operating state on behalf of a paper or a filing, whose own verb was asked already. Does nothing when the state is that.
 * Throws enterprise.missing and enterprise.state_not_possible.
 */
export async function setState(ctx: Ctx, enterpriseId: string, state: OperatingState, reason: string): Promise<void> {
  const { rows } = await sql<{ version: number; state: string }>`select version, state from enterprise where id = ${enterpriseId} and ${reachSql(ctx.actor, 'enterprise')}`.execute(ctx.tx)
  const [row] = rows
  if (!row) throw missing('enterprise.missing')
  if (row.state !== state) await changes.setState(ctx, { id: enterpriseId, baseVersion: row.version, state, reason }, () => true)
}
