import { sql } from 'kysely'
import { refuseAny } from '../../../kernel/core/problem.ts'
import { businessDate } from '../../../kernel/core/time.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import { closeTodosOf } from '../../todo/server/public.ts'
import type * as c from '../campaign.ts'
import type { Presence } from '../scheme.ts'
import { seen, told } from './steps.ts'
import type { CampaignRow } from './store.ts'

/** A night belongs to the date it began on, whatever the clock says; a longer action is mustered day by day. */
const musterDate = (row: CampaignRow, now: Date): string => (row.kind === 'NIGHT' ? row.business_date : businessDate(now))

export async function muster(ctx: Ctx, input: { id: string; date?: string | undefined }): Promise<c.Muster> {
  const row = await seen(ctx, input.id)
  const date = input.date ?? musterDate(row, ctx.now)
  const { rows: people } = await sql<c.Muster['people'][number]>`select m.person_id as "personId", m.name, m.organisation, t.name as "teamName", m.part, a.state, a.how, a.at, a.reason from campaign_member m join campaign_team t on t.id = m.team_id
      left join campaign_attendance a on a.campaign_id = m.campaign_id and a.person_id = m.person_id and a.business_date = ${date}::date where m.campaign_id = ${row.id}
    union all select a.person_id, p.name, o.name, null, null, a.state, a.how, a.at, a.reason from campaign_attendance a join person p on p.id = a.person_id left join organisation o on o.id = p.organisation_id
      where a.campaign_id = ${row.id} and a.business_date = ${date}::date and not exists (select from campaign_member m where m.campaign_id = a.campaign_id and m.person_id = a.person_id) order by 4 nulls last, 2`.execute(ctx.tx)
  const members = people.filter((p) => p.part !== null)
  const of = (state: Presence) => members.filter((p) => p.state === state).length
  const open = row.state === 'RUNNING'
  const mine = members.some((p) => p.personId === ctx.actor.id)
  const why = (allowed: boolean, text: string) => (open ? (allowed ? [] : [text]) : ['行动启动后才能登记到位'])
  const action = (name: string, label: string, reasons: string[]) => ({ action: name, label, allowed: reasons.length === 0, ...(reasons.length ? { why: reasons } : {}) })
  return {
    date, expected: members.length, present: of('PRESENT'), onWay: of('ON_WAY'), absent: of('ABSENT'), unknown: members.filter((p) => p.state === null).length, attended: people.filter((p) => p.state === 'PRESENT').length, people: people.slice(0, 1000),
    actions: [action('signIn', '本人签到', why(mine, '您不在本次行动的小组中')), action('mark', '登记到位', why(ctx.actor.has('campaign.muster'), '由值班或组织单位登记'))],
  }
}

async function put(ctx: Ctx, row: CampaignRow, personIds: readonly string[], given: { state: Presence; reason: string }): Promise<c.Muster['date']> {
  if (row.state !== 'RUNNING') refuseAny([{ code: 'campaign.not_mustering' }])
  if (given.state === 'ABSENT' && !given.reason) refuseAny([{ code: 'campaign.absence_reason', field: 'reason' }])
  const { rows: members } = await sql<{ id: string }>`select m.person_id as id from campaign_member m where m.campaign_id = ${row.id} and m.person_id = any(${[...personIds]}::uuid[])`.execute(ctx.tx)
  if (members.length !== new Set(personIds).size) refuseAny([{ code: 'campaign.not_a_member', field: 'personIds', params: { name: '所选人员' } }])
  const date = musterDate(row, ctx.now)
  await sql`insert into campaign_attendance (campaign_id, business_date, person_id, team_id, state, how, at, reason, marked_by)
      select ${row.id}, ${date}::date, m.person_id, m.team_id, ${given.state}, 'MUSTER', ${ctx.now.toISOString()}::timestamptz, ${given.reason || null}, ${ctx.actor.id}::uuid from campaign_member m where m.campaign_id = ${row.id} and m.person_id = any(${[...personIds]}::uuid[])
    on conflict (campaign_id, business_date, person_id) do update set state = excluded.state, at = excluded.at, reason = excluded.reason, marked_by = excluded.marked_by`.execute(ctx.tx)
  if (given.state !== 'ON_WAY') await endTodos(ctx, row.id, personIds)
  told(ctx, row, 'mustered', { from: row.state, to: row.state, data: { people: personIds, state: given.state, text: `${personIds.length} 人${given.state === 'PRESENT' ? '到位' : given.state === 'ON_WAY' ? '在途' : `不能到：${given.reason}`}` } })
  return date
}

async function endTodos(ctx: Ctx, campaignId: string, personIds: readonly string[]): Promise<void> {
  const { rows } = await sql<{ id: string }>`select id from todo where subject_id = ${campaignId} and kind = 'campaign.muster' and done_at is null and person_id = any(${[...personIds]}::uuid[])`.execute(ctx.tx)
  if (rows.length) await closeTodosOf(ctx, rows.map((t) => t.id), '已登记')
}

/** Registered by whoever keeps the list at the command post. */
export async function mark(ctx: Ctx, input: { id: string; personIds: string[]; state: Presence; reason: string }) {
  const row = await seen(ctx, input.id)
  return { date: await put(ctx, row, input.personIds, input), marked: new Set(input.personIds).size }
}

/** Oneself, from the phone. */
export async function signIn(ctx: Ctx, input: { id: string; state: Presence; reason: string }) {
  const row = await seen(ctx, input.id)
  return { date: await put(ctx, row, [ctx.actor.id], input), marked: 1 }
}
