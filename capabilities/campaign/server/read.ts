import { sql } from 'kysely'
import { inReach } from '../../../kernel/core/access.ts'
import type { Action } from '../../../kernel/core/operation.ts'
import { missing, Problem } from '../../../kernel/core/problem.ts'
import { type Ctx, refuseStale } from '../../../kernel/server/context.ts'
import { reachSql } from '../../../kernel/server/db.ts'
import { HAZARD_CATEGORIES } from '../../checklist/taxonomy.ts'
import type * as c from '../campaign.ts'
import { campaignLifecycle, type CampaignAction } from '../lifecycle.ts'
import { packs } from '../packs.data.ts'
import { type QuotaProgress, quotaOf, spanOf, wavesOf } from '../rules.ts'
import { Pack } from '../scheme.ts'
import { zh } from '../zh.ts'
import * as figures from './figures.ts'
import { seen } from './steps.ts'
import * as store from './store.ts'

const after = (cursor: string | undefined): readonly [string, string] | undefined => {
  if (!cursor) return undefined
  const [at, id] = Buffer.from(cursor, 'base64url').toString().split('|')
  if (!at || !id || Number.isNaN(Date.parse(at)) || !/^[0-9a-f-]{36}$/.test(id)) throw new Problem('invalid', 'common.bad_cursor')
  return [at, id]
}

export async function list(ctx: Ctx, filter: Parameters<typeof store.list>[2]) {
  const found = await store.list(ctx.tx, ctx.actor, filter, after(filter.cursor))
  const rows = found.rows.slice(0, filter.limit).map((row) => ({ ...row, startsAt: new Date(row.startsAt).toISOString(), endsAt: new Date(row.endsAt).toISOString() }))
  const last = rows.at(-1)
  return { ...found, rows, ...(found.rows.length > filter.limit && last ? { next: Buffer.from(`${last.startsAt}|${last.id}`).toString('base64url') } : {}) }
}

/** The steps that lead on from here and that this person's posts know, with why one may not be taken now. */
export function actionsOf(ctx: Ctx, row: store.CampaignRow): Action[] {
  const moves = campaignLifecycle[row.state]
  return (Object.keys(moves) as CampaignAction[]).filter((action) => ctx.actor.has(moves[action]!.verb)).map((action) => {
    const move = moves[action]!
    const why: string[] = []
    if (!inReach(ctx.actor.reachOf(move.verb), { areaCode: row.area_code })) why.push('由组织单位办理')
    if ((action === 'approve' || action === 'sendBack') && !row.submitted_at) why.push('还没有报批')
    if (action === 'approve' && row.submitted_by === ctx.actor.id) why.push('报批人不能自己批准')
    if (action === 'submit' && row.submitted_at) why.push('已经报批，等待审批')
    if (action === 'openWave' && row.open_wave >= row.scheme.waves.length) why.push('没有下一批可以开放')
    return { action, label: move.label, allowed: why.length === 0, ...(why.length ? { why } : {}) }
  })
}

export async function get(ctx: Ctx, id: string): Promise<c.Detail> {
  const row = await seen(ctx, id)
  const events = await store.timeline(ctx.tx, id)
  const counted = await sql<{ tasks: number; draws: number }>`select (select count(*)::int from campaign_task where campaign_id = ${id} and state <> 'CANCELLED') as tasks, (select count(*)::int from campaign_draw where campaign_id = ${id}) as draws`.execute(ctx.tx)
  return {
    id: row.id, no: row.no, kind: row.kind, name: row.name, state: row.state, areaCode: row.area_code, startsAt: row.starts_at, endsAt: row.ends_at, businessDate: row.business_date, version: row.version, pack: row.pack, basis: row.basis, publishedOn: row.published_on, areas: row.areas,
    scheme: row.scheme, commandPost: row.command_post ?? '', openWave: row.open_wave, submittedAt: row.submitted_at, annexCount: row.annex_count, annexHash: row.annex_hash, decidedAt: row.decided_at, decidedByName: row.decided_by_name, opinion: row.opinion, startedAt: row.started_at,
    closing: row.closing, closedAt: row.closed_at, voidReason: row.void_reason, lastDate: spanOf(row.starts_at, row.ends_at).to, taskCount: counted.rows[0]!.tasks, drawCount: counted.rows[0]!.draws, actions: actionsOf(ctx, row),
    timeline: events.map((e) => ({ at: e.at, event: e.event, label: zh.events[e.event as 'campaign.created'] ?? e.event, actor: e.actor, text: typeof e.data.text === 'string' ? e.data.text : '' })),
  }
}

async function shipped(ctx: Ctx): Promise<c.Packs['packs']> {
  const own = ctx.actor.reach.areas.map(([from]) => [12, 9, 6, 4, 2].map((n) => from.slice(0, n).padEnd(12, '0'))).flat()
  const { rows } = await sql<{ pack: unknown; version: number; savedAt: string; savedByName: string | null }>`select distinct on (k.code) k.pack, k.version, k.saved_at as "savedAt", p.name as "savedByName" from campaign_pack k left join person p on p.id = k.saved_by where k.area_code = any(${own}::text[]) order by k.code, k.area_code desc`.execute(ctx.tx)
  const local = rows.map(({ pack, ...row }) => ({ ...Pack.parse(pack), own: true, ...row, savedAt: new Date(row.savedAt).toISOString() }))
  return [...local, ...packs.filter((p) => !local.some((l) => l.code === p.code)).map((p) => ({ ...Pack.parse(p), own: false, version: 0, savedAt: null, savedByName: null }))]
}

export const packList = async (ctx: Ctx) => ({ packs: await shipped(ctx) })

/** The bureau's next version; every version stays in the event that saved it. */
export async function savePack(ctx: Ctx, input: { areaCode: string; pack: Pack; baseVersion?: number | undefined }): Promise<{ code: string; version: number }> {
  if (!inReach(ctx.actor.reach, { areaCode: input.areaCode })) throw missing()
  const { pack } = input
  const known = await sql<{ version: number }>`select version from campaign_pack where area_code = ${input.areaCode} and code = ${pack.code} for update`.execute(ctx.tx)
  if (input.baseVersion !== undefined) refuseStale(known.rows[0]?.version ?? 0, input.baseVersion)
  const { rows } = await sql<{ version: number }>`insert into campaign_pack (code, area_code, name, pack, saved_by, saved_at) values (${pack.code}, ${input.areaCode}, ${pack.name}, ${JSON.stringify(pack)}::jsonb, ${ctx.actor.id}, ${ctx.now.toISOString()}::timestamptz)
    on conflict (area_code, code) do update set name = excluded.name, pack = excluded.pack, saved_by = excluded.saved_by, saved_at = excluded.saved_at, version = campaign_pack.version + 1 returning version`.execute(ctx.tx)
  const { version } = rows[0]!
  ctx.emit({ aggregate: 'campaign', id: ctx.newId(), version, event: 'campaign.pack_saved', areaCode: input.areaCode, data: { title: pack.name, code: pack.code, pack } })
  return { code: pack.code, version }
}

/** Progress of the quotas within reach; sites seen so often are counted only where rounds are asked. */
export async function quotasOf(ctx: Pick<Ctx, 'tx' | 'actor'>, row: store.CampaignRow, all: Parameters<typeof figures.totalsOf>[0]): Promise<QuotaProgress[]> {
  const totals = figures.totalsOf(all, 0)
  const most = Math.max(0, ...row.scheme.quotas.flatMap((q) => (q.kind === 'ROUNDS' ? [q.rounds ?? 1] : [])))
  const often = most ? await sql<{ done: number }>`select (select count(*)::int from campaign_target t where t.campaign_id = ${row.id} and t.state <> 'DROPPED' and t.checks >= r.n and ${reachSql(ctx.actor, 't')}) as done from generate_series(1, ${most}::int) r (n) order by r.n`.execute(ctx.tx) : { rows: [] }
  const base = totals.toDo + totals.taken + totals.done
  return row.scheme.quotas.map((q) => quotaOf(q, { base, done: totals.done, rounds: often.rows.map((r) => r.done) }))
}

export async function overview(ctx: Ctx, id: string): Promise<c.Overview> {
  const row = await seen(ctx, id)
  const all = await figures.cells(ctx.tx, ctx.actor, id)
  const head = await figures.heads(ctx.tx, id, row.business_date)
  return {
    at: ctx.now.toISOString(), totals: figures.totalsOf(all, head.people), waves: wavesOf(row.scheme, figures.wavesIn(all), row.open_wave),
    quotas: await quotasOf(ctx, row, all),
    streets: figures.streetsIn(all, head.streets), teams: figures.teamsIn(all, head.teams),
  }
}

/** Facts of the closing report: what was done, what was common, what is still open. */
export async function report(ctx: Ctx, id: string) {
  const row = await seen(ctx, id)
  const all = await figures.cells(ctx.tx, ctx.actor, id)
  const head = await figures.heads(ctx.tx, id, row.business_date)
  const { rows } = await sql<{ common: { category: string; hazards: number; sites: number }[]; majors: { id: string; no: string; enterpriseName: string; description: string }[]; orders: number; sealed: number; open: number }>`select
    (select coalesce(json_agg(json_build_object('category', g.category, 'hazards', g.hazards, 'sites', g.sites) order by g.sites desc, g.category), '[]') from (select h.category, count(*)::int as hazards, count(distinct h.site_id)::int as sites from hazard h
      where h.campaign_id = ${id} and h.state not in ('DRAFT', 'VOID') and ${reachSql(ctx.actor, 'h')} group by 1 order by 3 desc, 1 limit 10) g) as common,
    (select coalesce(json_agg(json_build_object('id', h.id, 'no', h.no, 'enterpriseName', h.enterprise_name, 'description', h.description) order by h.found_at), '[]') from (select * from hazard h where h.campaign_id = ${id} and h.level = 'MAJOR' and h.state not in ('DRAFT', 'VOID') and ${reachSql(ctx.actor, 'h')} limit 50) h) as majors,
    (select count(*)::int from paper p join visit v on v.id = p.visit_id where v.campaign_id = ${id} and p.type = 'D06' and p.state in ('ISSUED', 'SIGNED', 'SERVED') and ${reachSql(ctx.actor, 'p')}) as orders,
    (select count(distinct p.enterprise_id)::int from paper p join visit v on v.id = p.visit_id where v.campaign_id = ${id} and p.type = 'D09' and p.state in ('ISSUED', 'SIGNED', 'SERVED') and ${reachSql(ctx.actor, 'p')}) as sealed,
    (select count(*)::int from hazard h where h.campaign_id = ${id} and h.state not in ('CLOSED', 'VOID', 'TRANSFER_CLOSED', 'DRAFT') and ${reachSql(ctx.actor, 'h')}) as open`.execute(ctx.tx)
  const found = rows[0]!
  const totals = figures.totalsOf(all, head.people)
  return {
    name: row.name, basis: row.basis, businessDate: row.business_date, startsAt: row.starts_at, endsAt: row.ends_at, at: ctx.now.toISOString(), totals, teams: figures.teamsIn(all, head.teams),
    common: found.common.map((g) => ({ ...g, name: HAZARD_CATEGORIES.find((k) => k.code === g.category)?.name ?? g.category, checked: totals.firms + totals.parks + totals.places })),
    majors: found.majors, orders: found.orders, sealed: found.sealed, openHazards: found.open, unvisited: totals.toDo + totals.taken,
  }
}
