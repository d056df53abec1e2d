import { moveOf } from '../../kernel/core/lifecycle.ts'
import type { Refusal } from '../../kernel/core/problem.ts'
import { businessDate, type Instant, type LocalDate, localTime, toMs } from '../../kernel/core/time.ts'
import { isInspection, kinds, type VisitKind } from '../visit/kinds.ts'
import { type CampaignAction, campaignLifecycle } from './lifecycle.ts'
import { type CampaignKind, type CampaignState, type Quota, type Scheme, STATE_ZH, type Wave } from './scheme.ts'
import type { CampaignProblem } from './zh.ts'

/** A refusal that has its Chinese sentence in zh.ts: a name without one does not compile. */
export type CampaignRefusal = Refusal & { code: CampaignProblem }

export function refuseState(state: CampaignState, action: CampaignAction): CampaignRefusal[] {
  const answer = moveOf(campaignLifecycle, state, action, 'campaign.wrong_state')
  return 'refusal' in answer ? [{ code: 'campaign.wrong_state', params: { state: STATE_ZH[state] } }] : []
}

const DAY = 86_400_000

/** Dates, scheme and publication: everything that can be said of a campaign before anybody is named. */
export function refusePlan(given: { kind: CampaignKind; startsAt: Instant; endsAt: Instant; scheme: Scheme; publishedOn: LocalDate | null }): CampaignRefusal[] {
  const refusals: CampaignRefusal[] = []
  const { scheme } = given
  const length = toMs(given.endsAt) - toMs(given.startsAt)
  if (length <= 0) refusals.push({ code: 'campaign.dates', field: 'endsAt' })
  const hour = Number(localTime(given.startsAt).slice(0, 2))
  if (given.kind === 'NIGHT' && hour < 18 && hour >= 6) refusals.push({ code: 'campaign.night_hours', field: 'startsAt', clause: '§0.5' })
  if (given.kind === 'NIGHT' && length > DAY) refusals.push({ code: 'campaign.night_long', field: 'endsAt', clause: '§3.7' })
  if (scheme.visitKinds.includes('ADMIN_SPECIAL') && !given.publishedOn) refusals.push({ code: 'campaign.not_published', field: 'publishedOn', clause: '国办发〔2024〕54号' })
  scheme.quotas.forEach((quota, i) => {
    if (!quotaComplete(quota)) refusals.push({ code: 'campaign.quota_incomplete', field: `scheme.quotas.${i}`, params: { name: quota.name } })
  })
  scheme.waves.forEach((wave, i) => {
    if (i < scheme.waves.length - 1 && !hasRule(wave)) refusals.push({ code: 'campaign.wave_without_rule', field: `scheme.waves.${i}`, params: { name: wave.name }, clause: '§6.7' })
  })
  return refusals
}

const quotaComplete = (q: Quota): boolean => q.kind === 'COVERAGE' || (q.kind === 'RATE' ? q.permille : q.kind === 'COUNT' ? q.count : q.rounds) !== undefined
const hasRule = (wave: Wave): boolean => wave.aboveScale !== undefined || wave.minEmployees !== undefined || wave.riskColours.length > 0

/** 附件名单 is part of the approval: an inspection without objects is approved by nobody, and what changed since is asked again. */
export function refuseApproval(given: { submitted: boolean; submitterId: string | null; approverId: string; visitKinds: readonly VisitKind[]; annex: { count: number; hash: string }; frozen: { count: number | null; hash: string | null }; teams: readonly { name: string; kind: string; officers: number }[] }): CampaignRefusal[] {
  if (!given.submitted) return [{ code: 'campaign.not_submitted' }]
  const refusals: CampaignRefusal[] = []
  if (given.submitterId === given.approverId) refusals.push({ code: 'campaign.approver_submitted', clause: '国办发〔2024〕54号' })
  if (given.annex.hash !== given.frozen.hash) refusals.push({ code: 'campaign.annex_changed', params: { before: given.frozen.count ?? 0, now: given.annex.count } })
  return [...refusals, ...refuseReadiness(given)]
}

/** Asked when it is sent up, and again when it is decided. */
export function refuseReadiness(given: { visitKinds: readonly VisitKind[]; annex: { count: number }; teams: readonly { name: string; kind: string; officers: number }[] }): CampaignRefusal[] {
  const inspects = given.visitKinds.some(isInspection)
  const refusals: CampaignRefusal[] = []
  if (inspects && given.visitKinds.every((kind) => isInspection(kind)) && given.annex.count === 0) refusals.push({ code: 'campaign.annex_empty', clause: '国办发〔2024〕54号' })
  if (!inspects || given.visitKinds.some((kind) => !isInspection(kind))) return refusals
  for (const team of given.teams) if (team.kind === 'CHECK' && team.officers < 2) refusals.push({ code: 'campaign.team_officers', params: { name: team.name, count: team.officers }, clause: '罚法§42' })
  return refusals
}

/** A visit that says it belongs to a campaign. A late upload of what was done in time is never refused because the campaign has ended. */
export function refuseVisit(given: { act: 'plan' | 'record'; state: CampaignState; scheme: Scheme; kind: VisitKind; checklists: readonly string[]; date: LocalDate; from: LocalDate; to: LocalDate; outside: number; teamKnown: boolean }): CampaignRefusal[] {
  const open: readonly CampaignState[] = given.act === 'plan' ? ['APPROVED', 'RUNNING'] : ['RUNNING', 'CLOSING', 'CLOSED']
  if (!open.includes(given.state)) return [{ code: 'campaign.not_running', field: 'campaignId', params: { state: STATE_ZH[given.state] } }]
  const refusals: CampaignRefusal[] = []
  if (!given.scheme.visitKinds.includes(given.kind)) refusals.push({ code: 'campaign.kind_not_allowed', field: 'kind', params: { kind: kinds[given.kind].zh } })
  if (given.date < given.from || given.date > given.to) refusals.push({ code: 'campaign.out_of_dates', field: given.act === 'plan' ? 'plannedOn' : 'arrivedAt', params: { from: given.from, to: given.to } })
  const foreign = given.scheme.checklists.length ? given.checklists.filter((code) => !given.scheme.checklists.includes(code)) : []
  if (foreign.length) refusals.push({ code: 'campaign.checklist_not_allowed', field: 'versionIds', params: { list: foreign.join('、') } })
  if (given.outside > 0) refusals.push({ code: 'campaign.site_outside', field: 'siteId', params: { count: given.outside } })
  if (!given.teamKnown) refusals.push({ code: 'campaign.team_unknown', field: 'teamId' })
  return refusals
}

/** First and last business date of a campaign: one that begins at 20:00 on 31 December ends in the year in which it began. */
export const spanOf = (startsAt: Instant, endsAt: Instant): { from: LocalDate; to: LocalDate } => ({ from: businessDate(startsAt), to: businessDate(toMs(endsAt) - 1) })

export interface WaveCount {
  readonly wave: number
  readonly total: number
  readonly done: number
}

export interface WaveProgress extends WaveCount {
  readonly name: string
  readonly threshold: number
  /** done ÷ total in thousandths, cut down: a wave is never opened by rounding. null: nobody in it. */
  readonly permille: number | null
  readonly reached: boolean
  readonly open: boolean
}

/** 先大后小: each wave with its progress; an empty wave holds nobody up. */
export function wavesOf(scheme: Pick<Scheme, 'waves'>, counts: readonly WaveCount[], openWave: number): WaveProgress[] {
  return scheme.waves.map((wave, i) => {
    const { total, done } = counts.find((c) => c.wave === i + 1) ?? { total: 0, done: 0 }
    const permille = total ? Math.floor((done * 1000) / total) : null
    return { wave: i + 1, name: wave.name, total, done, threshold: wave.threshold, permille, reached: permille === null || permille >= wave.threshold, open: i + 1 <= openWave }
  })
}

/** How far the waves may be open: as long as each one that is open has reached its rate, the next one opens. */
export function openUpTo(waves: readonly WaveProgress[], openWave: number): number {
  let open = openWave
  while (open < waves.length && waves[open - 1]!.reached) open++
  return open
}

export interface QuotaProgress {
  readonly name: string
  readonly kind: Quota['kind']
  readonly base: number
  readonly need: number
  readonly done: number
  readonly gap: number
  /** Asked more than there is: said, and the need stays what can be done. */
  readonly abovePool: boolean
  /** ROUNDS: sites done in each round; 两轮全面 is true only when every one is the base. */
  readonly perRound: readonly number[]
}

/** Progress of a quota; a base of none is “无对象”, never 100 %. `rounds`: sites checked at least once, twice, …. */
export function quotaOf(quota: Quota, facts: { base: number; done: number; rounds: readonly number[] }): QuotaProgress {
  const { base } = facts
  const wanted = quota.kind === 'RATE' ? Math.ceil(((quota.permille ?? 0) * base) / 1000) : quota.kind === 'COUNT' ? (quota.count ?? 0) : base
  const need = Math.min(wanted, base)
  const perRound = quota.kind === 'ROUNDS' ? facts.rounds.slice(0, quota.rounds ?? 1) : []
  const done = quota.kind === 'ROUNDS' ? (perRound.at(-1) ?? 0) : facts.done
  return { name: quota.name, kind: quota.kind, base, need, done, gap: Math.max(0, need - done), abovePool: wanted > base, perRound }
}

/** Before a pool is frozen: something to draw from, and never more asked of a stratum than it holds. */
export function refusePool(given: { sites: readonly { stratum: string }[]; strata: readonly { stratum: string; permille?: number | undefined; count?: number | undefined }[]; officers: number; pairs: boolean; names: (stratum: string) => string }): CampaignRefusal[] {
  if (!given.sites.length) return [{ code: 'campaign.pool_empty', field: 'strata' }]
  const refusals: CampaignRefusal[] = []
  given.strata.forEach((rule, i) => {
    const size = given.sites.filter((s) => s.stratum === rule.stratum).length
    if ((rule.permille === undefined) === (rule.count === undefined)) refusals.push({ code: 'campaign.stratum_rule', field: `strata.${i}`, params: { name: given.names(rule.stratum) } })
    else if (rule.count !== undefined && rule.count > size) refusals.push({ code: 'campaign.draw_above_pool', field: `strata.${i}.count`, params: { name: given.names(rule.stratum), count: rule.count, size } })
  })
  if (given.pairs && given.officers < 2) refusals.push({ code: 'campaign.draw_officers', field: 'officerIds', params: { count: given.officers }, clause: '罚法§42' })
  return refusals
}

/** Nobody may choose the seed: two parties at least, all secrets told before the public value is known, the drawer goes nowhere. */
export function refuseRun(given: { now: Date; publicAt: Instant; parties: readonly { revealed: boolean }[]; drawerId: string; officerIds: readonly string[] }): CampaignRefusal[] {
  const refusals: CampaignRefusal[] = []
  if (given.parties.length < 2) refusals.push({ code: 'campaign.parties_two', params: { count: given.parties.length } })
  if (given.parties.some((p) => !p.revealed)) refusals.push({ code: 'campaign.not_revealed' })
  if (given.now.getTime() < toMs(given.publicAt)) refusals.push({ code: 'campaign.public_value_early', field: 'publicValue' })
  if (given.officerIds.includes(given.drawerId)) refusals.push({ code: 'campaign.drawer_executes', clause: '§0.6' })
  return refusals
}

/** Numbers of documents within a text as they are printed: 深龙安〔2017〕17 号 and 深龙安[2017]17号 are 深龙安〔2017〕17号 (requirements A35). */
export const tidyReferences = (text: string): string => text.replace(/[〔[［(（](\d{4})[〕\]］)）]\s*(\d{1,5})\s*号/g, (_, year: string, number: string) => `〔${year}〕${Number(number)}号`)

/** 挂图作战: a task that is not done after its last day is late, whatever its progress says. */
export const isLate = (task: { state: string; dueOn: LocalDate }, today: LocalDate): boolean => task.state !== 'DONE' && task.state !== 'CANCELLED' && task.dueOn < today
