import { sql } from 'kysely'
import type { App } from '../../apps/server/app.ts'
import { Scheme } from '../../capabilities/campaign/scheme.ts'
import type { VisitKind } from '../../capabilities/visit/kinds.ts'
import type { Tx } from '../../kernel/server/db.ts'
import type { CampaignScript } from '../history-types.ts'
import { idOf } from './bulk.ts'
import type { Folk } from './folk.ts'

type Kind = CampaignScript['kind']
const kinds: Readonly<Record<Kind, string>> = { NIGHT: 'NIGHT', SWEEP: 'SWEEP', SPECIAL: 'SPECIAL', RESUMPTION: 'GUIDANCE' }
const ways: Readonly<Record<Kind, readonly VisitKind[]>> = { NIGHT: ['ADMIN_SPECIAL', 'PATROL'], SWEEP: ['PATROL'], SPECIAL: ['ADMIN_SPECIAL'], RESUMPTION: ['GUIDANCE', 'PATROL'] }
const packs: Readonly<Record<Kind, string>> = { NIGHT: 'NIGHT', SWEEP: 'SHOP_SWEEP', SPECIAL: 'DUST', RESUMPTION: 'RESUME_GUIDE' }
const purposes: Readonly<Record<Kind, string>> = { NIGHT: '紧盯夜间生产企业和“三小”场所', SWEEP: '九小场所逐户排查消防、燃气隐患', SPECIAL: '粉尘涉爆企业安全专项整治', RESUMPTION: '节后复工服务指导，先大后小' }

/** A campaign has one team a street: known from the place alone, so that visits and hazards carry it from the first writing. */
export const teamIdOf = (campaign: Pick<CampaignScript, 'ref'>, areaCode: string): string => idOf('campaign-team', `${campaign.ref}:${areaCode.slice(0, 9)}`)

/** The year's actions as they stand when they are over: plan, teams, who was out, what was visited. Written once; a second call changes nothing. */
export async function loadCampaigns(app: App, given: { campaigns: readonly CampaignScript[]; folk: Folk }): Promise<void> {
  await app.db.transaction(async (tx) => {
    await sql`set local statement_timeout = 0`.execute(tx)
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from campaign`.execute(tx)
    if (rows[0]!.n > 0) return
    await sql`insert into campaign select r.* from jsonb_populate_recordset(null::campaign, ${JSON.stringify(given.campaigns.map((c, i) => campaignRow(c, i, given.folk)))}::jsonb) r`.execute(tx)
    await teams(tx, given.campaigns)
    await attendance(tx, given)
    await members(tx)
    await targets(tx)
  })
}

function campaignRow(c: CampaignScript, i: number, folk: Folk): Record<string, unknown> {
  const leader = folk.of('chen')
  const scheme = Scheme.parse({ purpose: purposes[c.kind], objects: c.kind === 'SPECIAL' ? { tags: ['DUST_EXPLOSION'] } : {}, visitKinds: ways[c.kind], checklists: c.checklists, quotas: [{ name: '名单全覆盖', kind: 'COVERAGE' }], requirements: c.kind === 'NIGHT' ? ['检查企业须有两名以上持证执法人员', '能当场整改的当场整改并留前后照片'] : [] })
  const day = 86_400_000
  const before = (days: number) => new Date(Date.parse(c.startAt) - days * day).toISOString()
  const after = (days: number) => new Date(Date.parse(c.endAt) + days * day).toISOString()
  return {
    id: idOf('campaign', c.ref), no: `ZX-${c.businessDate.replaceAll('-', '')}-990101-${String(9_000 + i)}`, kind: kinds[c.kind], pack: packs[c.kind], name: c.name, basis: `安应急〔${c.businessDate.slice(0, 4)}〕${20 + i}号`, published_on: before(10).slice(0, 10),
    area_code: '990101000000', areas: c.streetCodes.length > 10 ? ['990101000000'] : c.streetCodes, scheme, starts_at: c.startAt, ends_at: c.endAt, business_date: c.businessDate, command_post: c.kind === 'NIGHT' ? '区应急指挥中心' : null, state: 'CLOSED', open_wave: 1,
    submitted_at: before(3), submitted_by: folk.id('xu'), decided_at: before(2), decided_by: leader.id, decided_by_name: leader.name, opinion: '同意', started_at: c.startAt, closing: '行动按方案完成，未销号的隐患继续跟踪督促整改。', closed_at: after(1), created_by: folk.id('xu'), created_at: before(4), version: 6,
  }
}

/** Teams of the streets that were worked in; functional areas count to codes of their own. */
async function teams(tx: Tx, campaigns: readonly CampaignScript[]): Promise<void> {
  const worked = await sql<{ id: string; street: string }>`select distinct campaign_id as id, left(area_code, 9) || '000' as street from visit where campaign_id is not null`.execute(tx)
  const rows = campaigns.flatMap((c) => {
    const id = idOf('campaign', c.ref)
    const streets = [...new Set([...c.streetCodes, ...worked.rows.filter((w) => w.id === id).map((w) => w.street)])].sort()
    return streets.map((street, i) => ({ id: teamIdOf(c, street), campaign_id: id, ordinal: i + 1, area_code: street, kind: c.kind === 'RESUMPTION' ? 'GUIDE' : 'CHECK', word: c.kind === 'RESUMPTION' ? '指导组' : '检查组' }))
  })
  await sql`insert into campaign_team (id, campaign_id, ordinal, name, kind, area_code) select x.id, x.campaign_id, x.ordinal, a.name || x.word, x.kind, x.area_code from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(id uuid, campaign_id uuid, ordinal int, area_code text, kind text, word text) join area a on a.code = x.area_code`.execute(tx)
}

/** Everybody who visited, on his business date, and at the nights those who kept the desk. */
async function attendance(tx: Tx, { campaigns, folk }: { campaigns: readonly CampaignScript[]; folk: Folk }): Promise<void> {
  await sql`insert into campaign_attendance (campaign_id, business_date, person_id, team_id, state, how, at)
    select distinct on (v.campaign_id, v.business_date, p.person_id) v.campaign_id, v.business_date, p.person_id, v.team_id, 'PRESENT', 'VISIT', v.arrived_at from visit v join visit_person p on p.visit_id = v.id and p.person_id is not null and p.part <> 'COMPANION'
    where v.campaign_id is not null and v.state = 'DONE' order by v.campaign_id, v.business_date, p.person_id, v.arrived_at on conflict (campaign_id, business_date, person_id) do nothing`.execute(tx)
  const desk = campaigns.flatMap((c) => c.participants.map((ref) => ({ campaign_id: idOf('campaign', c.ref), business_date: c.businessDate, person_id: folk.id(ref), at: c.startAt })))
  await sql`insert into campaign_attendance (campaign_id, business_date, person_id, state, how, at) select x.campaign_id, x.business_date, x.person_id, 'PRESENT', 'MUSTER', x.at from jsonb_to_recordset(${JSON.stringify(desk)}::jsonb) as x(campaign_id uuid, business_date date, person_id uuid, at timestamptz)
    on conflict (campaign_id, business_date, person_id) do nothing`.execute(tx)
}

/** A member of the team with which he was out first; the leader is an officer where there was one. */
async function members(tx: Tx): Promise<void> {
  await sql`insert into campaign_member (campaign_id, person_id, team_id, part, name, organisation)
    select distinct on (v.campaign_id, p.person_id) v.campaign_id, p.person_id, v.team_id, case p.part when 'OFFICER' then 'OFFICER' when 'EXPERT' then 'EXPERT' when 'GRID' then 'GRID' else 'SUPPORT' end, p.name, p.organisation
    from visit v join visit_person p on p.visit_id = v.id and p.person_id is not null and p.part <> 'COMPANION' join campaign_team t on t.id = v.team_id where v.state = 'DONE' order by v.campaign_id, p.person_id, v.arrived_at on conflict (campaign_id, person_id) do nothing`.execute(tx)
  await sql`update campaign_team t set leader_id = x.person_id from (select distinct on (m.team_id) m.team_id, m.person_id from campaign_member m order by m.team_id, case m.part when 'OFFICER' then 0 when 'EXPERT' then 1 else 2 end, m.person_id) x where x.team_id = t.id`.execute(tx)
  await sql`update campaign_member m set part = 'LEADER' from campaign_team t where t.id = m.team_id and t.leader_id = m.person_id`.execute(tx)
}

async function targets(tx: Tx): Promise<void> {
  await sql`insert into campaign_target (campaign_id, site_id, enterprise_id, area_code, grid_id, park_id, site_kind, sort, source, team_id, state, visits, checks, first_on, last_on)
    select v.campaign_id, v.site_id, v.enterprise_id, min(v.area_code), (array_agg(v.grid_id))[1], (array_agg(v.park_id))[1], s.kind, campaign_sort(s.kind), 'LIST', (array_agg(v.team_id order by v.arrived_at))[1], case when count(*) filter (where v.outcome = 'CHECKED') > 0 then 'DONE' else 'TAKEN' end,
      count(*)::int, count(*) filter (where v.outcome = 'CHECKED')::int, min(v.business_date) filter (where v.outcome = 'CHECKED'), max(v.business_date) filter (where v.outcome = 'CHECKED')
    from visit v join site s on s.id = v.site_id where v.campaign_id is not null and v.state = 'DONE' group by v.campaign_id, v.site_id, v.enterprise_id, s.kind`.execute(tx)
}
