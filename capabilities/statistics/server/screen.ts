import { createHash } from 'node:crypto'
import { canonicalJson } from '../../../kernel/core/canonical-json.ts'
import { missing } from '../../../kernel/core/problem.ts'
import { addDays, businessDate, localDate } from '../../../kernel/core/time.ts'
import type { Ctx } from '../../../kernel/server/context.ts'
import { spanOf } from '../../campaign/rules.ts'
import { cellsOf, type Scope } from '../figures.ts'
import { headline, partNames, type Picture, type ScreenAnswer, wholeMetrics } from '../screen.ts'
import { countFigures } from './figures.ts'
import * as store from './screen-store.ts'
import { same, type State, stateOf } from './shared.ts'

interface Kept {
  state: State
  /** When the picture was last known to be true. */
  at: Date
  madeMs: number
  costMs: number
  tags: string[]
  picture: Picture
}

/** Pictures by campaign and reach, bounded; the secrets of a server stand for it. */
const servers = new WeakMap<Ctx['secrets'], Map<string, Kept>>()
const MOST = 100
/** Names, day and what no counter sees. */
const RENEW_MS = 10_000
/** A picture that costs much is made less often, so that walls never take more than a quarter of one processor. */
const REST = 3

/** The picture as far as the screen does not have it. However many screens hang there, it is made once per change. */
export async function screen(ctx: Ctx, input: { campaignId?: string | undefined; have?: string | undefined }): Promise<ScreenAnswer> {
  const { tx, actor } = ctx
  const campaign = input.campaignId ? await store.campaignOf(tx, actor, input.campaignId) : undefined
  if (input.campaignId && !campaign) throw missing()
  const all = servers.get(ctx.secrets) ?? new Map<string, Kept>()
  servers.set(ctx.secrets, all)
  const rights = ['hazard.read', 'campaign.read'].map((verb) => (actor.has(verb) ? canonicalJson(actor.reachOf(verb)) : '')).join('|')
  const key = createHash('sha256').update(`${campaign?.id ?? ''}|${localDate(ctx.now)}|${canonicalJson(actor.reach)}|${rights}`).digest('hex')
  const known = all.get(key)
  const kept = known && (await stillTrue(ctx, known)) ? known : await renew(ctx, campaign, key, all)
  const have = new Set(input.have?.split(','))
  const parts = Object.fromEntries(partNames.flatMap((name, i) => (have.has(kept.tags[i]!) ? [] : [[name, kept.picture[name]]])))
  return { at: kept.at.toISOString(), tags: kept.tags, parts }
}

async function stillTrue(ctx: Ctx, kept: Kept): Promise<boolean> {
  const age = performance.now() - kept.madeMs
  if (age < kept.costMs * REST) return true
  if (age > RENEW_MS || !(await same(ctx.tx, kept.state))) return false
  kept.at = ctx.now
  return true
}

async function renew(ctx: Ctx, campaign: store.ScreenCampaign | undefined, key: string, all: Map<string, Kept>): Promise<Kept> {
  const began = performance.now()
  // Read before the picture: what moves meanwhile is seen by the next look.
  const state = await stateOf(ctx.tx)
  const picture = await make(ctx, campaign)
  const tags = partNames.map((name) => createHash('sha256').update(`${name}${canonicalJson(picture[name])}`).digest('hex').slice(0, 12))
  const ended = performance.now()
  const made: Kept = { state, at: ctx.now, madeMs: ended, costMs: ended - began, tags, picture }
  if (all.size >= MOST) all.clear()
  all.set(key, made)
  return made
}

async function make(ctx: Ctx, campaign: store.ScreenCampaign | undefined): Promise<Picture> {
  const { tx, actor, now } = ctx
  const today = localDate(now)
  const span = campaign ? spanOf(campaign.starts_at, campaign.ends_at) : { from: `${today.slice(0, 4)}-01-01`, to: today }
  const scope: Scope = { ...span, ...(campaign ? { campaignId: campaign.id } : {}) }
  const asked = headline(campaign?.kind)
  const counted = await countFigures(tx, actor, asked.filter((id) => !campaign || !wholeMetrics.has(id)), scope, now)
  const whole = campaign ? await countFigures(tx, actor, asked.filter((id) => wholeMetrics.has(id)), span, now) : undefined
  const figures = asked.map((id) => (whole?.total[id] ? { ...whole.total[id], whole: true } : { ...counted.total[id]!, whole: false }))
  const ofStreet = ['M07', 'M15O', 'M15']
  const byStreet = await countFigures(tx, actor, ofStreet, scope, now, ['street'])
  const night = campaign?.kind === 'NIGHT'
  return {
    head: {
      campaign: campaign ? { id: campaign.id, name: campaign.name, kind: campaign.kind, state: campaign.state, businessDate: campaign.business_date, commandPost: campaign.command_post ?? '' } : null,
      ...span, choices: await store.choices(tx, actor),
    },
    figures,
    streets: cellsOf(byStreet, ofStreet).map((cell) => ({ street: cell.keys[0]!, name: cell.labels[0]!, found: cell.figures.M07?.value ?? 0, open: cell.figures.M15O?.value ?? 0, late: cell.figures.M15?.value ?? 0 })).sort((a, b) => b.open - a.open || b.found - a.found || (a.street < b.street ? -1 : 1)).slice(0, 60),
    trend: night && campaign ? { by: 'hour', rows: await store.hours(tx, actor, campaign, now) } : { by: 'day', rows: await days(ctx, scope, today) },
    teams: await store.teams(tx, actor, campaign?.id, night && campaign ? campaign.business_date : businessDate(now)),
    stream: await store.stream(tx, actor, campaign?.id),
    map: await store.places(tx, actor, campaign?.id, today),
  }
}

const TREND_DAYS = 14

/** Found and closed of the last fortnight of the span, every day of it, also those on which nothing was done. */
async function days({ tx, actor, now }: Ctx, scope: Scope, today: string): Promise<Picture['trend']['rows']> {
  const to = scope.to < today ? scope.to : today
  const from = [addDays(to, 1 - TREND_DAYS), scope.from].sort().at(-1)!
  if (from > to) return []
  const ids = ['M07', 'M09']
  const counted = await countFigures(tx, actor, ids, { ...scope, from, to }, now, ['day'])
  const known = new Map(cellsOf(counted, ids).map((cell) => [cell.keys[0], cell.figures]))
  const rows: Picture['trend']['rows'] = []
  for (let day = from; day <= to; day = addDays(day, 1)) rows.push({ key: day, found: known.get(day)?.M07?.value ?? 0, closed: known.get(day)?.M09?.value ?? 0 })
  return rows
}
