import { inReach } from '../../../kernel/core/access.ts'
import { missing, Problem, type Refusal, refuseAny } from '../../../kernel/core/problem.ts'
import { businessDate, endOfLocalDay } from '../../../kernel/core/time.ts'
import { type Ctx, refuseStale } from '../../../kernel/server/context.ts'
import { closeTodos, openTodos, type TodoDraft } from '../../todo/server/public.ts'
import type * as c from '../campaign.ts'
import type { CampaignAction } from '../lifecycle.ts'
import { openUpTo, refuseApproval, refusePlan, refuseReadiness, refuseState, tidyReferences, wavesOf } from '../rules.ts'
import type { CampaignState } from '../scheme.ts'
import * as figures from './figures.ts'
import * as store from './store.ts'

export interface MovedCampaign {
  id: string
  no: string
  state: CampaignState
  version: number
}

/** A campaign that is seen; 404 otherwise. */
export async function seen(ctx: Ctx, id: string): Promise<store.CampaignRow> {
  const row = await store.find(ctx.tx, ctx.actor, id)
  if (!row) throw missing()
  return row
}

/** A campaign that the actor may change: seen, and organised within the reach of his verb. */
export async function led(ctx: Ctx, id: string, action: CampaignAction, lock = false): Promise<store.CampaignRow> {
  const row = await store.find(ctx.tx, ctx.actor, id, lock)
  if (!row || !inReach(ctx.actor.reach, { areaCode: row.area_code })) throw missing()
  refuseAny(refuseState(row.state, action))
  return row
}

export const told = (ctx: Ctx, row: Pick<store.CampaignRow, 'id' | 'no' | 'name' | 'area_code' | 'version'>, event: string, given: { from?: CampaignState | null; to?: CampaignState; version?: number; data?: Record<string, unknown> } = {}): void =>
  ctx.emit({ aggregate: 'campaign', id: row.id, version: given.version ?? row.version, event: `campaign.${event}`, from: given.from ?? null, to: given.to ?? null, areaCode: row.area_code, data: { no: row.no, title: row.name, ...given.data } })

/** Writes a step of the table and tells it. */
async function step(ctx: Ctx, row: store.CampaignRow, base: number, event: string, given: { to?: CampaignState; set?: Record<string, unknown>; data?: Record<string, unknown> }): Promise<MovedCampaign> {
  refuseStale(row.version, base)
  const to = given.to ?? row.state
  const stored = await store.update(ctx.tx, row.id, base, { ...given.set, state: to })
  if (!stored) throw new Problem('conflict', 'common.stale', { params: { stored: base + 1, base } })
  told(ctx, row, event, { from: row.state, to, version: stored.version, ...(given.data ? { data: given.data } : {}) })
  return { id: row.id, no: row.no, state: to, version: stored.version }
}

export const todoOf = (row: Pick<store.CampaignRow, 'id' | 'name' | 'area_code'>, what: string, given: { title: string; why: string; verb?: string; personId?: string; dueAt?: Date | null; key?: string; link?: string }): TodoDraft => ({
  kind: `campaign.${what}`, dedupeKey: `campaign.${what}:${row.id}${given.key ?? ''}`, subject: { aggregate: 'campaign', id: row.id }, title: given.title, why: given.why, verb: given.verb ?? null, personId: given.personId ?? null,
  areaCode: row.area_code, gridId: null, enterpriseId: null, dueAt: given.dueAt?.toISOString() ?? null, link: given.link ?? `/campaigns/${row.id}`,
})

function refuseAreas(ctx: Ctx, areas: readonly string[]): Refusal[] {
  return areas.flatMap((areaCode, i) => (inReach(ctx.actor.reach, { areaCode }) ? [] : [{ code: 'campaign.area_outside', field: `areas.${i}` }]))
}

const columnsOf = (input: c.Create | c.Edit) => ({
  kind: input.kind, name: input.name, basis: tidyReferences(input.basis), published_on: input.publishedOn, areas: input.areas, scheme: input.scheme, starts_at: input.startsAt, ends_at: input.endsAt, business_date: businessDate(input.startsAt), command_post: input.commandPost || null,
})

export async function create(ctx: Ctx, input: c.Create): Promise<MovedCampaign> {
  if (!inReach(ctx.actor.reach, { areaCode: input.areaCode })) throw missing()
  refuseAny([...refuseAreas(ctx, input.areas), ...refusePlan(input)])
  const row = { id: input.id, pack: input.pack ?? null, area_code: input.areaCode, ...columnsOf(input), state: 'DRAFT', open_wave: 1, created_by: ctx.actor.id, created_at: ctx.now.toISOString(), version: 1 }
  const stored = await store.insert(ctx.tx, row)
  if (!stored) throw new Problem('conflict', 'common.duplicate')
  if (input.teams.length) await store.insertTeams(ctx.tx, input.id, input.teams.map((team, i) => ({ id: ctx.newId(), ordinal: i + 1, ...team })))
  told(ctx, { ...row, ...stored, id: input.id, name: input.name }, 'created', { to: 'DRAFT' })
  return { id: input.id, no: stored.no, state: 'DRAFT', version: stored.version }
}

export async function edit(ctx: Ctx, input: c.Edit): Promise<MovedCampaign> {
  const row = await led(ctx, input.id, 'edit')
  refuseAny([...refuseAreas(ctx, input.areas), ...refusePlan(input)])
  // What was sent up is no longer what is there: it is sent up again.
  if (row.submitted_at) await closeTodos(ctx, { subject: { id: row.id }, kind: 'campaign.approve' }, '方案已修改')
  return step(ctx, row, input.baseVersion, 'edited', { set: { ...columnsOf(input), submitted_at: null, submitted_by: null, annex_count: null, annex_hash: null } })
}

export async function submit(ctx: Ctx, input: { id: string; baseVersion: number }): Promise<MovedCampaign> {
  const row = await led(ctx, input.id, 'submit', true)
  const annex = await store.annexOf(ctx.tx, row.id)
  refuseAny(refuseReadiness({ visitKinds: row.scheme.visitKinds, annex, teams: await store.teamsForApproval(ctx.tx, row.id, row.business_date) }))
  const moved = await step(ctx, row, input.baseVersion, 'submitted', { set: { submitted_at: ctx.now.toISOString(), submitted_by: ctx.actor.id, annex_count: annex.count, annex_hash: annex.hash }, data: { text: `附件名单 ${annex.count} 家` } })
  await openTodos(ctx, [todoOf(row, 'approve', { title: `审批专项行动：${row.name}`, why: `一次审批，附名单 ${annex.count} 家（国办发〔2024〕54号）`, verb: 'campaign.approve', dueAt: new Date(row.starts_at) })])
  return moved
}

export async function approve(ctx: Ctx, input: { id: string; baseVersion: number; opinion: string }): Promise<MovedCampaign> {
  const row = await led(ctx, input.id, 'approve', true)
  const annex = await store.annexOf(ctx.tx, row.id)
  refuseAny(refuseApproval({
    submitted: row.submitted_at !== null, submitterId: row.submitted_by, approverId: ctx.actor.id, visitKinds: row.scheme.visitKinds, annex, frozen: { count: row.annex_count, hash: row.annex_hash }, teams: await store.teamsForApproval(ctx.tx, row.id, row.business_date),
  }))
  await closeTodos(ctx, { subject: { id: row.id }, kind: 'campaign.approve' }, '已批准')
  return step(ctx, row, input.baseVersion, 'approved', { to: 'APPROVED', set: { decided_at: ctx.now.toISOString(), decided_by: ctx.actor.id, decided_by_name: ctx.actor.name, opinion: input.opinion }, data: { text: input.opinion } })
}

export async function sendBack(ctx: Ctx, input: { id: string; baseVersion: number; opinion: string }): Promise<MovedCampaign> {
  const row = await led(ctx, input.id, 'sendBack')
  if (!row.submitted_at) refuseAny([{ code: 'campaign.not_submitted' }])
  await closeTodos(ctx, { subject: { id: row.id }, kind: 'campaign.approve' }, '已退回')
  await openTodos(ctx, [todoOf(row, 'rework', { title: `修改后重报：${row.name}`, why: `退回：${input.opinion}`, personId: row.submitted_by! })])
  return step(ctx, row, input.baseVersion, 'sent_back', { set: { submitted_at: null, submitted_by: null, annex_count: null, annex_hash: null, opinion: input.opinion }, data: { text: input.opinion } })
}

/** The order is given: everybody named is expected, each leader and each member is told. */
export async function start(ctx: Ctx, input: { id: string; baseVersion: number }): Promise<MovedCampaign> {
  const row = await led(ctx, input.id, 'start')
  const members = await store.membersOf(ctx.tx, row.id)
  await openTodos(ctx, members.map((m) => todoOf(row, 'muster', { title: `集结：${row.name}${m.teamName ? `（${m.teamName}）` : ''}`, why: row.command_post ? `指挥部：${row.command_post}。到位后签到` : '到位后签到；不能到的写明理由', personId: m.personId, dueAt: new Date(row.starts_at), key: `:${m.personId}`, link: `/campaigns/${row.id}/muster` })))
  return step(ctx, row, input.baseVersion, 'started', { to: 'RUNNING', set: { started_at: ctx.now.toISOString() }, data: { text: `应到 ${members.length} 人` } })
}

export async function finish(ctx: Ctx, input: { id: string; baseVersion: number }): Promise<MovedCampaign> {
  const row = await led(ctx, input.id, 'finish')
  await closeTodos(ctx, { subject: { id: row.id }, kind: 'campaign.muster' }, '行动已转入收尾')
  await openTodos(ctx, [todoOf(row, 'close', { title: `办结专项行动：${row.name}`, why: '写明总结后办结', verb: 'campaign.approve', dueAt: endOfLocalDay(businessDate(ctx.now)) })])
  return step(ctx, row, input.baseVersion, 'finished', { to: 'CLOSING' })
}

export async function resume(ctx: Ctx, input: { id: string; baseVersion: number; reason: string }): Promise<MovedCampaign> {
  const row = await led(ctx, input.id, 'resume')
  await closeTodos(ctx, { subject: { id: row.id }, kind: 'campaign.close' }, '恢复进行')
  return step(ctx, row, input.baseVersion, 'resumed', { to: 'RUNNING', data: { text: input.reason } })
}

export async function close(ctx: Ctx, input: { id: string; baseVersion: number; closing: string }): Promise<MovedCampaign> {
  const row = await led(ctx, input.id, 'close')
  await closeTodos(ctx, { subject: { id: row.id } }, '已办结')
  return step(ctx, row, input.baseVersion, 'closed', { to: 'CLOSED', set: { closing: input.closing, closed_at: ctx.now.toISOString() } })
}

export async function voidIt(ctx: Ctx, input: { id: string; baseVersion: number; reason: string }): Promise<MovedCampaign> {
  const row = await led(ctx, input.id, 'void')
  await closeTodos(ctx, { subject: { id: row.id } }, '行动已作废')
  return step(ctx, row, input.baseVersion, 'voided', { to: 'VOID', set: { void_reason: input.reason }, data: { text: input.reason } })
}

/** The next wave before its turn, with a reason. */
export async function openWave(ctx: Ctx, input: { id: string; baseVersion: number; reason: string }): Promise<MovedCampaign> {
  const row = await led(ctx, input.id, 'openWave')
  const next = row.scheme.waves[row.open_wave]
  if (!next) refuseAny([{ code: 'campaign.no_more_waves' }])
  return step(ctx, row, input.baseVersion, 'wave_opened', { set: { open_wave: row.open_wave + 1 }, data: { wave: row.open_wave + 1, text: `${next!.name}：${input.reason}` } })
}

/** Running campaigns whose open waves have reached their rates open the next ones. */
export async function openReached(ctx: Ctx): Promise<void> {
  for (const row of await store.runningWithWaves(ctx.tx)) {
    const waves = wavesOf(row.scheme, figures.wavesIn(await figures.cells(ctx.tx, ctx.actor, row.id)), row.open_wave)
    const open = openUpTo(waves, row.open_wave)
    if (open === row.open_wave) continue
    const reached = waves[open - 2]!
    const moved = await store.update(ctx.tx, row.id, row.version, { open_wave: open })
    if (moved) told(ctx, row, 'wave_opened', { from: row.state, to: row.state, version: moved.version, data: { wave: open, text: `${reached.name} ${reached.done}/${reached.total}，开放${waves[open - 1]!.name}` } })
  }
}
