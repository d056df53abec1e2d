import { sql } from 'kysely'
import { addDays, endOfLocalDay, localDate, weekday } from '../../../kernel/core/time.ts'
import type { JobSpec } from '../../../kernel/server/capability.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import { reachSql } from '../../../kernel/server/db.ts'
import { closeTodos, closeTodosOf, openTodos } from '../../todo/server/public.ts'
import { cells } from './figures.ts'
import { quotasOf } from './read.ts'
import { openReached, todoOf } from './steps.ts'
import { fold, runningWithQuotas } from './store.ts'

/** How often a grid officer passes (domain §11): red weekly, orange every 14 days, yellow monthly, blue quarterly, small places half-yearly. */
const every = sql`case e.risk_color when 'RED' then 7 when 'ORANGE' then 14 when 'YELLOW' then 30 when 'BLUE' then case when s.kind like 'NINE_SMALL%' or s.kind like 'SMALL%' or s.kind = 'STREET_STORE' then 182 else 91 end else case when s.kind like 'NINE_SMALL%' or s.kind like 'SMALL%' or s.kind = 'STREET_STORE' then 182 else 91 end end`
const last = sql`(select max(v.business_date) from visit v where v.site_id = s.id and v.state = 'DONE' and v.outcome = 'CHECKED')`

interface Due {
  gridId: string
  areaCode: string
  name: string
  due: number
  onDuty: string | null
}

/** One todo a grid and week: how many sites are due until Sunday, and who is on the rota. Ends by itself with the next week's. */
async function patrolTodos(ctx: Ctx): Promise<void> {
  const today = localDate(ctx.now)
  const sunday = addDays(today, 7 - weekday(today))
  const { rows } = await sql<Due>`select g.id as "gridId", g.area_code as "areaCode", g.name, d.due, (select string_agg(p.name, '、' order by p.name) from grid_rota r join person p on p.id = r.person_id where r.grid_id = g.id and r.day = ${today}::date) as "onDuty"
    from grid g join lateral (select count(*)::int as due from site s join enterprise e on e.id = s.enterprise_id where s.grid_id = g.id and s.voided_at is null and s.closed_on is null and e.voided_at is null and e.state not in ('CANCELLED', 'MOVED')
      and coalesce(${last} + ${every}, ${sunday}::date) <= ${sunday}::date) d on d.due > 0 where g.valid_to is null and exists (select from grid_member m where m.grid_id = g.id and m.valid_to is null) order by g.code limit 2000`.execute(ctx.tx)
  await openTodos(ctx, rows.map((row) => ({
    kind: 'campaign.patrol', dedupeKey: `campaign.patrol:${row.gridId}:${sunday}`, subject: { aggregate: 'grid', id: row.gridId }, title: `网格巡查：${row.name}本周到期应巡 ${row.due} 处`, why: `按风险等级的巡查频次${row.onDuty ? `；今日值班：${row.onDuty}` : ''}`,
    verb: 'visit.patrol', personId: null, areaCode: row.areaCode, gridId: row.gridId, enterpriseId: null, dueAt: endOfLocalDay(sunday).toISOString(), link: `/campaigns/patrols?gridId=${row.gridId}`,
  })))
  const { rows: past } = await sql<{ id: string }>`select id from todo where kind = 'campaign.patrol' and done_at is null and due_at < ${ctx.now.toISOString()}::timestamptz limit 5000`.execute(ctx.tx)
  if (past.length) await closeTodosOf(ctx, past.map((t) => t.id), '已转入新的一周')
}

/** What a running campaign still owes, to whoever organises it: one todo a campaign, renewed as the gap closes. */
async function quotaTodos(ctx: Ctx): Promise<void> {
  for (const row of await runningWithQuotas(ctx.tx)) {
    const gaps = (await quotasOf(ctx, row, await cells(ctx.tx, ctx.actor, row.id))).filter((q) => q.gap > 0)
    const drafts = gaps.length ? [todoOf(row, 'quota', { title: `定额还差 ${Math.max(...gaps.map((q) => q.gap))} 家：${row.name}`, why: gaps.map((q) => `${q.name} ${q.done}/${q.need}`).join('；').slice(0, 400), verb: 'campaign.plan', dueAt: new Date(row.ends_at) })] : []
    if (drafts.length) await openTodos(ctx, drafts)
    else await closeTodos(ctx, { subject: { id: row.id }, kind: 'campaign.quota' }, '定额已完成')
  }
}

/** A drawn site for which an inspection was arranged waits for nobody any more. */
async function endPlanned(ctx: Ctx): Promise<void> {
  const { rows } = await sql<{ id: string }>`select t.id from todo t where t.kind = 'campaign.drawn' and t.done_at is null and exists (select from visit v where v.campaign_id = split_part(t.dedupe_key, ':', 2)::uuid and v.site_id = split_part(t.dedupe_key, ':', 4)::uuid and v.state <> 'VOID') limit 2000`.execute(ctx.tx)
  if (rows.length) await closeTodosOf(ctx, rows.map((t) => t.id), '已安排检查')
}

/** Sites of a grid by the day their patrol is due, the longest due first: one statement. */
export async function patrolsDue(ctx: Ctx, input: { gridId: string; limit: number; cursor?: string | undefined }) {
  const sunday = addDays(localDate(ctx.now), 7 - weekday(localDate(ctx.now)))
  const offset = Number(input.cursor ?? 0) || 0
  const { rows } = await sql<{ rows: { siteId: string; siteName: string; enterpriseId: string; enterpriseName: string; riskColour: string | null; everyDays: number; lastOn: string | null; dueOn: string; address: string }[]; total: number }>`
    with d as materialized (select s.id, ${every} as every, ${last} as last from site s join enterprise e on e.id = s.enterprise_id where s.grid_id = ${input.gridId} and s.voided_at is null and s.closed_on is null and e.voided_at is null and e.state not in ('CANCELLED', 'MOVED') and ${reachSql(ctx.actor, 's')}),
    q as (select d.*, coalesce(d.last + d.every, ${localDate(ctx.now)}::date) as due from d), p as (select * from q where due <= ${sunday}::date order by due, id limit ${input.limit} offset ${offset})
    select (select count(*)::int from q where due <= ${sunday}::date) as total, (select coalesce(json_agg(json_build_object('siteId', s.id, 'siteName', s.name, 'enterpriseId', e.id, 'enterpriseName', e.name, 'riskColour', e.risk_color, 'everyDays', p.every, 'lastOn', p.last, 'dueOn', p.due, 'address', s.address) order by p.due, p.id), '[]')
      from p join site s on s.id = p.id join enterprise e on e.id = s.enterprise_id) as rows`.execute(ctx.tx)
  const found = rows[0]!
  const next = offset + found.rows.length
  return { ...found, ...(next < found.total ? { next: String(next) } : {}) }
}

export const jobs: JobSpec[] = [
  {
    kind: 'campaign.fold',
    every: 5,
    run: async (ctx) => {
      while (await fold(ctx.tx)) {
        // until nothing waits
      }
    },
  },
  { kind: 'campaign.waves', every: 30, run: openReached },
  { kind: 'campaign.quotas', every: 3600, run: quotaTodos },
  { kind: 'campaign.drawn', every: 60, run: endPlanned },
  { kind: 'campaign.patrols', every: 21_600, run: patrolTodos },
]
