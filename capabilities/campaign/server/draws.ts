import { sql } from 'kysely'
import { inReach } from '../../../kernel/core/access.ts'
import type { Action } from '../../../kernel/core/operation.ts'
import { missing, Problem, refuseAny } from '../../../kernel/core/problem.ts'
import { endOfLocalDay, localDate, toMs } from '../../../kernel/core/time.ts'
import type { Ctx, FileAnswer } from '../../../kernel/server/context.ts'
import { openTodos, settleTodos } from '../../todo/server/public.ts'
import { askedOf, commitmentOf, type DrawFile, type DrawRules, type FinalSite, type Pool, poolHash, REPLACE_ZH, runDraw, seedOf, withChanges } from '../draw.ts'
import { type Draw, DRAW_ZH, type Freeze, STRATUM_ZH } from '../drawing.ts'
import { refusePool, refuseRun } from '../rules.ts'
import * as store from './draw-store.ts'
import { seen, todoOf, told } from './steps.ts'
import type { CampaignRow } from './store.ts'
import { poolFrom, putDrawn } from './targets.ts'

const name = (stratum: string): string => STRATUM_ZH[stratum] ?? stratum

/** A campaign whose draws the actor may make: organised in his reach. */
async function mine(ctx: Ctx, id: string): Promise<CampaignRow> {
  const row = await seen(ctx, id)
  if (!inReach(ctx.actor.reach, { areaCode: row.area_code })) throw missing()
  if (row.state === 'CLOSED' || row.state === 'VOID') refuseAny([{ code: 'campaign.wrong_state', params: { state: row.state === 'VOID' ? '已作废' : '已办结' } }])
  return row
}

const moved = (ctx: Ctx, row: CampaignRow, draw: { id: string; state: store.DrawRecord['state']; version: number; no?: string }, event: string, text: string) => {
  told(ctx, row, event, { from: row.state, to: row.state, data: { drawId: draw.id, text } })
  return { id: draw.id, state: draw.state, version: draw.version }
}

/** The pool as it stands now, with its digest; from here on nothing in it can be altered. */
export async function freeze(ctx: Ctx, input: Freeze) {
  const row = await mine(ctx, input.id)
  if (toMs(input.publicAt) <= ctx.now.getTime()) refuseAny([{ code: 'campaign.public_value_past', field: 'publicAt' }])
  const sites = await store.poolSites(ctx, row, poolFrom(ctx, row) as ReturnType<typeof sql>, input.strata.map((s) => s.stratum))
  const officers = await store.poolOfficers(ctx, input.officerIds.filter((id) => id !== ctx.actor.id))
  refuseAny(refusePool({ sites, strata: input.strata, officers: officers.length, pairs: input.officerIds.length > 0, names: name }))
  const past = await store.history(ctx, officers.map((o) => o.id), [...new Set(sites.map((s) => s.enterpriseId))])
  const pool: Pool = { sites, officers, conflicts: [...past.conflicts, ...input.conflicts], before: past.before }
  const rules: DrawRules = { drawId: input.drawId, strata: input.strata, pairs: input.officerIds.length > 0 }
  const no = await store.insert(ctx, row, { id: input.drawId, title: input.title, rules, pool, hash: poolHash(rules, pool), publicSource: input.publicSource, publicAt: input.publicAt })
  if (!no) throw new Problem('conflict', 'common.duplicate')
  await openTodos(ctx, [todoOf(row, 'commit', { title: `随机抽取须两方以上交承诺：${input.title}`, why: `公共随机值产生前交承诺并揭示：${input.publicSource}`, verb: 'campaign.witness', dueAt: new Date(input.publicAt), key: `:${input.drawId}`, link: `/campaigns/${row.id}/draws/${input.drawId}` })])
  return moved(ctx, row, { id: input.drawId, state: 'FROZEN', version: 1 }, 'draw_frozen', `${no} ${input.title}，名单 ${sites.length} 家`)
}

function inState(draw: store.DrawRecord, ...states: store.DrawRecord['state'][]): void {
  if (!states.includes(draw.state)) refuseAny([{ code: 'campaign.draw_state', params: { state: DRAW_ZH[draw.state] } }])
}

export async function commit(ctx: Ctx, input: { id: string; drawId: string; commitment: string }) {
  const row = await seen(ctx, input.id)
  const draw = await store.find(ctx.tx, row.id, input.drawId, true)
  inState(draw, 'FROZEN')
  if (draw.parties.some((p) => p.personId === ctx.actor.id)) refuseAny([{ code: 'campaign.committed_already' }])
  if (ctx.now.getTime() >= toMs(draw.public_at)) refuseAny([{ code: 'campaign.commit_too_late' }])
  if (draw.parties.some((p) => p.secret !== null)) refuseAny([{ code: 'campaign.commit_after_reveal' }])
  await store.insertParty(ctx, draw.id, input.commitment)
  return moved(ctx, row, draw, 'draw_committed', `${draw.no} ${ctx.actor.name}交承诺 ${input.commitment.slice(0, 16)}…`)
}

export async function reveal(ctx: Ctx, input: { id: string; drawId: string; secret: string }) {
  const row = await seen(ctx, input.id)
  const draw = await store.find(ctx.tx, row.id, input.drawId, true)
  inState(draw, 'FROZEN')
  const party = draw.parties.find((p) => p.personId === ctx.actor.id)
  if (!party || commitmentOf(draw.id, ctx.actor.id, input.secret) !== party.commitment) refuseAny([{ code: 'campaign.reveal_mismatch', field: 'secret' }])
  if (draw.parties.length < 2) refuseAny([{ code: 'campaign.reveal_before_two' }])
  if (ctx.now.getTime() >= toMs(draw.public_at)) refuseAny([{ code: 'campaign.reveal_too_late' }])
  await store.revealParty(ctx, draw.id, input.secret)
  return moved(ctx, row, draw, 'draw_revealed', `${draw.no} ${ctx.actor.name}揭示原文`)
}

/** The seed follows from the pool, from all secrets and from the public value; the list follows from the seed. */
export async function run(ctx: Ctx, input: { id: string; drawId: string; publicValue: string }) {
  const row = await mine(ctx, input.id)
  const draw = await store.find(ctx.tx, row.id, input.drawId, true)
  inState(draw, 'FROZEN')
  refuseAny(refuseRun({ now: ctx.now, publicAt: draw.public_at, parties: draw.parties.map((p) => ({ revealed: p.secret !== null })), drawerId: ctx.actor.id, officerIds: draw.pool.officers.map((o) => o.id) }))
  const seed = seedOf({ poolHash: draw.pool_hash, secrets: draw.parties.map((p) => p.secret!), publicValue: input.publicValue })
  const result = runDraw(draw.rules, draw.pool, seed)
  const version = await store.set(ctx.tx, draw.id, { state: 'DRAWN', public_value: input.publicValue.trim(), seed, result, drawn_by: ctx.actor.id, drawn_by_name: ctx.actor.name, drawn_at: ctx.now.toISOString() })
  const first = result.filter((one) => !one.reserve)
  await putDrawn(ctx, row, first.map((one) => one.siteId), draw.id)
  await settle(ctx, row, draw, withChanges(draw.pool, result, [], seed))
  return moved(ctx, row, { id: draw.id, state: 'DRAWN', version }, 'draw_run', `${draw.no} 抽中 ${first.length} 家，种子 ${seed.slice(0, 16)}…`)
}

/** One todo for each drawn officer and site; nobody is sent without a place, no place without somebody who arranges it. */
async function settle(ctx: Ctx, row: CampaignRow, draw: store.DrawRecord, list: readonly FinalSite[]): Promise<void> {
  const sites = new Map(draw.pool.sites.map((site) => [site.id, site]))
  const due = endOfLocalDay(localDate(toMs(row.ends_at) - 1))
  const drafts = list.filter((one) => !one.reserve && !one.replaced).flatMap((one) => {
    const site = sites.get(one.siteId)!
    const about = { title: `双随机检查：${site.name}`, why: `${draw.title} ${draw.no}，抽中后安排检查`, dueAt: due, link: `/campaigns/${row.id}/draws/${draw.id}` }
    return one.officers.length ? one.officers.map((personId) => ({ ...todoOf(row, 'drawn', { ...about, personId, key: `:${draw.id}:${one.siteId}:${personId}` }) })) : [todoOf(row, 'drawn', { ...about, verb: 'visit.inspect', key: `:${draw.id}:${one.siteId}` })]
  })
  await settleTodos(ctx, [draw.id], drafts.map((d) => ({ ...d, subject: { aggregate: 'campaign', id: draw.id } })), '已更换')
}

export async function replace(ctx: Ctx, input: { id: string; drawId: string; siteId: string; reason: keyof typeof REPLACE_ZH; note: string; officerId?: string | undefined }) {
  const row = await mine(ctx, input.id)
  const draw = await store.find(ctx.tx, row.id, input.drawId, true)
  inState(draw, 'DRAWN', 'PUBLISHED')
  const list = withChanges(draw.pool, draw.result!, draw.changes, draw.seed!)
  const one = list.find((x) => x.siteId === input.siteId && !x.reserve && !x.replaced)
  if (!one) refuseAny([{ code: 'campaign.not_drawn', field: 'siteId' }])
  const recusal = input.reason === 'RECUSAL'
  if (recusal && !(input.officerId && one!.officers.includes(input.officerId))) refuseAny([{ code: 'campaign.officer_not_there', field: 'officerId' }])
  const next = list.find((x) => x.reserve && x.stratum === one!.stratum)
  if (!recusal && !next) refuseAny([{ code: 'campaign.no_reserve', field: 'siteId' }])
  const change = { siteId: input.siteId, reason: input.reason, note: input.note, ...(recusal ? { officerId: input.officerId } : {}), byName: ctx.actor.name, at: ctx.now.toISOString() }
  const changes = [...draw.changes, change]
  const version = await store.set(ctx.tx, draw.id, { changes })
  if (!recusal) {
    await sql`update campaign_target set state = 'DROPPED', dropped_reason = ${`${REPLACE_ZH[input.reason]}：${input.note}`}, team_id = null, version = version + 1 where campaign_id = ${row.id} and site_id = ${input.siteId} and checks = 0`.execute(ctx.tx)
    await putDrawn(ctx, row, [next!.siteId], draw.id)
  }
  await settle(ctx, row, draw, withChanges(draw.pool, draw.result!, changes, draw.seed!))
  return moved(ctx, row, { id: draw.id, state: draw.state, version }, 'draw_replaced', `${draw.no} ${REPLACE_ZH[input.reason]}：${input.note}`)
}

export async function publish(ctx: Ctx, input: { id: string; drawId: string }) {
  const row = await mine(ctx, input.id)
  const draw = await store.find(ctx.tx, row.id, input.drawId, true)
  inState(draw, 'DRAWN')
  const version = await store.set(ctx.tx, draw.id, { state: 'PUBLISHED', published_at: ctx.now.toISOString() })
  return moved(ctx, row, { id: draw.id, state: 'PUBLISHED', version }, 'draw_published', draw.no)
}

export async function voidDraw(ctx: Ctx, input: { id: string; drawId: string; reason: string }) {
  const row = await mine(ctx, input.id)
  const draw = await store.find(ctx.tx, row.id, input.drawId, true)
  inState(draw, 'FROZEN')
  const version = await store.set(ctx.tx, draw.id, { state: 'VOID', void_reason: input.reason })
  return moved(ctx, row, { id: draw.id, state: 'VOID', version }, 'draw_voided', `${draw.no} ${input.reason}`)
}

export async function draws(ctx: Ctx, id: string) {
  const row = await seen(ctx, id)
  return { draws: await store.listed(ctx.tx, row.id), mayFreeze: ctx.actor.has('campaign.draw') && inReach(ctx.actor.reachOf('campaign.draw'), { areaCode: row.area_code }) && !['CLOSED', 'VOID'].includes(row.state) }
}

const strataOf = (draw: store.DrawRecord) =>
  draw.rules.strata.map((rule) => {
    const size = draw.pool.sites.filter((s) => s.stratum === rule.stratum).length
    return { stratum: rule.stratum, name: name(rule.stratum), size, asked: askedOf(rule, size), reserves: rule.reserves }
  })

const NOTES_ZH = { NO_PAIR: '没有可派的两名执法人员', NO_SKILL: '没有熟悉该类风险的执法人员', PAIR_AGAIN: '一年内同一组曾到该企业，无他人可派' } as const

function resultsOf(draw: store.DrawRecord, states: ReadonlyMap<string, string>): Draw['results'] {
  if (!draw.result) return []
  const sites = new Map(draw.pool.sites.map((site) => [site.id, site]))
  const officers = new Map(draw.pool.officers.map((o) => [o.id, o]))
  return withChanges(draw.pool, draw.result, draw.changes, draw.seed!).map((one) => ({
    siteId: one.siteId, code: sites.get(one.siteId)!.code, name: sites.get(one.siteId)!.name, stratum: one.stratum, order: one.order, reserve: one.reserve, officers: one.officers.map((id) => ({ id, name: officers.get(id)!.name, certificate: officers.get(id)!.certificate })),
    notes: one.notes.map((note) => NOTES_ZH[note]), replaced: one.replaced ? { reason: REPLACE_ZH[one.replaced.reason], note: one.replaced.note, byName: one.replaced.byName, at: one.replaced.at } : null, state: states.get(one.siteId) ?? null,
  }))
}

const headOf = (draw: store.DrawRecord) => ({
  id: draw.id, no: draw.no, title: draw.title, state: draw.state, poolSize: draw.pool_size, drawn: draw.result?.filter((r) => !r.reserve).length ?? 0, frozenAt: draw.frozen_at, publicAt: draw.public_at, publishedAt: draw.published_at, campaignName: draw.campaign_name,
  poolHash: draw.pool_hash, publicSource: draw.public_source, publicValue: draw.public_value, seed: draw.seed, frozenByName: draw.frozen_by_name, drawnByName: draw.drawn_by_name, drawnAt: draw.drawn_at, voidReason: draw.void_reason, strata: strataOf(draw), officers: draw.pool.officers.length,
})

export async function draw(ctx: Ctx, input: { id: string; drawId: string }): Promise<Draw> {
  const row = await seen(ctx, input.id)
  const found = await store.find(ctx.tx, row.id, input.drawId)
  const states = await store.statesOf(ctx.tx, row.id, found.id)
  return { ...headOf(found), campaignId: row.id, parties: found.parties, results: resultsOf(found, states), mine: found.parties.some((p) => p.personId === ctx.actor.id), actions: actionsOf(ctx, row, found), version: found.version }
}

function actionsOf(ctx: Ctx, row: CampaignRow, found: store.DrawRecord): Action[] {
  const now = ctx.now.getTime()
  const party = found.parties.find((p) => p.personId === ctx.actor.id)
  const late = now >= toMs(found.public_at)
  const act = (action: string, label: string, verb: string, ...why: (string | false)[]): Action => {
    const all = [!ctx.actor.has(verb) && '您的岗位没有这项权限', verb !== 'campaign.witness' && ctx.actor.has(verb) && !inReach(ctx.actor.reachOf(verb), { areaCode: row.area_code }) && '由组织单位办理', ...why].filter((w): w is string => w !== false)
    return { action, label, allowed: all.length === 0, ...(all.length ? { why: all } : {}) }
  }
  if (found.state === 'FROZEN') return [
    act('commit', '交承诺', 'campaign.witness', !!party && '您已交过承诺', late && '公共随机值已经产生', found.parties.some((p) => p.secret !== null) && '已经有人揭示'),
    act('reveal', '揭示原文', 'campaign.witness', !party && '您没有交过承诺', party?.secret != null && '您已揭示', found.parties.length < 2 && '至少两方交了承诺才能揭示', late && '公共随机值已经产生，不能再揭示'),
    act('run', '抽取', 'campaign.draw', ...refuseRun({ now: ctx.now, publicAt: found.public_at, parties: found.parties.map((p) => ({ revealed: p.secret !== null })), drawerId: ctx.actor.id, officerIds: found.pool.officers.map((o) => o.id) }).map((r) => WHY[r.code as keyof typeof WHY] ?? '现在不能抽取')),
    act('void', '作废', 'campaign.draw'),
  ]
  if (found.state === 'VOID') return []
  return [act('publish', '公示', 'campaign.approve', found.state === 'PUBLISHED' && '已公示'), act('replace', '更换', 'campaign.draw'), act('file', '下载可重算的文件', 'campaign.draw')]
}

const WHY = { 'campaign.parties_two': '至少两方承诺', 'campaign.not_revealed': '还有承诺没有揭示', 'campaign.public_value_early': '公共随机值还没有产生', 'campaign.drawer_executes': '您在被抽取的执法人员之中' } as const

/** Without an account. What is not published yet shows digests and commitments only, so that nobody is warned. */
export async function publicDraw(ctx: Ctx, id: string) {
  const found = await store.findPublic(ctx.tx, id)
  const { parties } = found
  const open = found.state === 'PUBLISHED'
  const shown = parties.map(({ personId: _, ...p }) => ({ ...p, secret: open ? p.secret : null }))
  const head = headOf(found)
  return { ...head, campaignName: open ? head.campaignName : '', seed: open ? head.seed : null, publicValue: open ? head.publicValue : null, parties: shown, results: open ? resultsOf(found, new Map()) : [] }
}

function fileOf(found: store.DrawRecord): FileAnswer {
  const content: DrawFile = {
    format: 'angrid-draw-1', no: found.no, title: found.title, rules: found.rules, pool: found.pool, poolHash: found.pool_hash, parties: found.parties.map((p) => ({ personId: p.personId, name: p.name, commitment: p.commitment, committedAt: p.committedAt, secret: p.secret!, revealedAt: p.revealedAt! })),
    publicSource: found.public_source, publicAt: new Date(found.public_at).toISOString(), publicValue: found.public_value!, seed: found.seed!, result: found.result!, changes: found.changes,
  }
  return { file: { name: `${found.no}.json`, type: 'application/json; charset=utf-8', body: Buffer.from(JSON.stringify(content, null, 1)) } }
}

export async function file(ctx: Ctx, input: { id: string; drawId: string }): Promise<FileAnswer> {
  const row = await mine(ctx, input.id)
  const found = await store.find(ctx.tx, row.id, input.drawId)
  inState(found, 'DRAWN', 'PUBLISHED')
  ctx.audit({ kind: 'EXPORT', subject: 'campaign_draw', subjectId: found.id, result: found.no })
  return fileOf(found)
}

export async function publicFile(ctx: Ctx, id: string): Promise<FileAnswer> {
  const found = await store.findPublic(ctx.tx, id)
  if (found.state !== 'PUBLISHED') throw missing()
  return fileOf(found)
}
