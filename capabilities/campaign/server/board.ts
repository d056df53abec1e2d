import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { canonicalJson } from '../../../kernel/core/canonical-json.ts'
import { businessDate } from '../../../kernel/core/time.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import { reachSql } from '../../../kernel/server/db.ts'
import type * as c from '../campaign.ts'
import * as figures from './figures.ts'
import { seen } from './steps.ts'
import type { CampaignRow } from './store.ts'

type Whole = NonNullable<c.Board['board']>

interface Kept {
  at: number
  tag: string
  board: Whole
}

/**
 * What was answered a moment ago, by campaign and reach: however many screens of a night follow it, the database is asked
 * twice a second at the most by one process. Bounded.
 */
const kept = new Map<string, Kept>()
const FRESH_MS = 500

/** The board, or that nothing has changed since the screen's own tag. Three small statements, whatever the size of the campaign. */
export async function board(ctx: Ctx, input: { id: string; since?: string | undefined }): Promise<c.Board> {
  const row = await seen(ctx, input.id)
  const key = `${row.id}|${row.version}|${canonicalJson(ctx.actor.reach)}`
  const now = ctx.now.getTime()
  let found = kept.get(key)
  if (!found || now - found.at >= FRESH_MS || now < found.at) {
    const made = await make(ctx, row)
    if (kept.size >= 200) kept.clear()
    found = { at: now, tag: createHash('sha256').update(canonicalJson(made)).digest('hex').slice(0, 16), board: made }
    kept.set(key, found)
  }
  const unchanged = input.since === found.tag
  return { tag: found.tag, unchanged, at: ctx.now.toISOString(), board: unchanged ? null : found.board }
}

async function make(ctx: Ctx, row: CampaignRow): Promise<Whole> {
  const night = row.kind === 'NIGHT' ? row.business_date : businessDate(ctx.now)
  const all = await figures.cells(ctx.tx, ctx.actor, row.id)
  const head = await figures.heads(ctx.tx, row.id, night)
  const live = await latest(ctx, row.id)
  const last = new Map(live.places.map((p) => [p.teamId, p]))
  return {
    name: row.name, state: row.state, businessDate: row.business_date, commandPost: row.command_post ?? '', startsAt: row.starts_at, endsAt: row.ends_at, totals: figures.totalsOf(all, head.people), streets: figures.streetsIn(all, head.streets),
    teams: figures.teamsIn(all, head.teams).map((team) => {
      const place = last.get(team.teamId)
      return { ...team, lastSite: place?.site ?? null, lastAt: place ? new Date(place.at).toISOString() : null, lon: place?.lon ?? null, lat: place?.lat ?? null }
    }),
    stream: live.stream.map((h) => ({ ...h, at: new Date(h.at).toISOString() })),
  }
}

interface Live {
  stream: Whole['stream']
  places: { teamId: string; site: string; at: string; lon: number | null; lat: number | null }[]
}

/** The newest findings and where each team was last: each read from the end of its index. */
async function latest(ctx: Ctx, campaignId: string): Promise<Live> {
  const { rows } = await sql<Live>`select
    (select coalesce(json_agg(json_build_object('id', h.id, 'at', h.found_at, 'enterpriseName', h.enterprise_name, 'location', h.location, 'description', h.description, 'level', h.level, 'fixed', h.closed_how is not distinct from 'ON_SITE' or h.fix_claimed, 'teamName', t.name) order by h.found_at desc, h.id desc), '[]')
      from (select * from hazard h where h.campaign_id = ${campaignId} and h.state not in ('DRAFT', 'VOID') and ${reachSql(ctx.actor, 'h')} order by h.found_at desc, h.id desc limit 30) h left join campaign_team t on t.id = h.team_id) as stream,
    (select coalesce(json_agg(json_build_object('teamId', t.id, 'site', e.name, 'at', v.arrived_at, 'lon', coalesce(s.lon, e.lon), 'lat', coalesce(s.lat, e.lat))), '[]')
      from campaign_team t cross join lateral (select * from visit v where v.team_id = t.id and v.arrived_at is not null and v.state in ('IN_PROGRESS', 'DONE') and ${reachSql(ctx.actor, 'v')} order by v.arrived_at desc limit 1) v
      join site s on s.id = v.site_id join enterprise e on e.id = v.enterprise_id where t.campaign_id = ${campaignId} and t.removed_at is null) as places`.execute(ctx.tx)
  return rows[0]!
}
