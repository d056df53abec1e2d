import { sql } from 'kysely'
import type { Refusal } from '../../../kernel/core/problem.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import type { Tx } from '../../../kernel/server/db.ts'
import { publishedItems } from '../../checklist/server/public.ts'
import type { VisitKind } from '../../visit/kinds.ts'
import { refuseVisit, spanOf } from '../rules.ts'
import type { CampaignRow } from './store.ts'
import { inAreas, seenBy } from './store.ts'

/** What keeps a visit from belonging to a campaign; the server hands this to the visit slice, which stands below. Two statements. */
export async function admitVisit(ctx: Ctx, asked: { campaignId: string; teamId: string | null; act: 'plan' | 'record'; kind: VisitKind; siteIds: readonly string[]; versionIds: readonly string[]; date: string }): Promise<Refusal[]> {
  const { rows } = await sql<CampaignRow & { team_known: boolean }>`select c.*, ${asked.teamId ? sql`exists (select from campaign_team t where t.id = ${asked.teamId} and t.campaign_id = c.id)` : sql`true`} as team_known from campaign c where c.id = ${asked.campaignId} and ${seenBy({ ...ctx.actor, reach: ctx.actor.reachOf('campaign.read') })}`.execute(ctx.tx)
  const [row] = rows
  if (!row) return [{ code: 'campaign.unknown', field: 'campaignId' }]
  const lists = [...(await publishedItems(ctx.tx, asked.versionIds)).values()].map((version) => version.code)
  const outside = asked.siteIds.length ? (await sql<{ n: number }>`select count(*)::int as n from site s where s.id = any(${[...asked.siteIds]}::uuid[]) and not ${inAreas(row.areas, 's.area_code')}`.execute(ctx.tx)).rows[0]!.n : 0
  return refuseVisit({ act: asked.act, state: row.state, scheme: row.scheme, kind: asked.kind, checklists: lists, date: asked.date, ...spanOf(row.starts_at, row.ends_at), outside, teamKnown: row.team_known })
}

/** How many campaigns under way name the list of this version: such a list is not retired by hand. */
export async function campaignsUsing(tx: Tx, versionId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from campaign c join checklist_version v on v.id = ${versionId} where c.state in ('APPROVED', 'RUNNING', 'CLOSING') and c.scheme->'checklists' @> to_jsonb(array[v.code])`.execute(tx)
  return rows[0]!.n
}
