import { missing, Problem } from '../../../kernel/core/problem.ts'
import { localDate } from '../../../kernel/core/time.ts'
import type { Ctx, Handlers } from '../../../kernel/server/context.ts'
import type { Scope } from '../figures.ts'
import { reportOperations } from '../operations-report.ts'
import { type Difference, type SnapshotDetail, whyDifferent } from '../snapshot.ts'
import { inReach } from '../../../kernel/core/access.ts'
import { dailyOf, type Entry, figuresFor } from './snapshot-count.ts'
import * as store from './snapshot-store.ts'

type Mine = Pick<typeof reportOperations, 'snapshots' | 'snapshot' | 'members' | 'compare' | 'freeze' | 'correctSnapshot'>

export const snapshotHandlers: Handlers<Mine> = {
  snapshots: async ({ tx, actor }, input) => {
    const { cursor, ...filter } = input
    const { rows, total } = await store.page(tx, actor, { ...filter, after: cursorOf(cursor), limit: input.limit + 1 })
    const shown = rows.slice(0, input.limit)
    return { rows: shown, total, ...(rows.length > input.limit ? { next: shown.at(-1)!.id } : {}) }
  },
  snapshot: async (ctx, input) => detail(ctx, await must(ctx, input.id)),
  members: async (ctx, input) => {
    await must(ctx, input.id)
    const from = Number(input.cursor ?? 0)
    if (!Number.isSafeInteger(from) || from < 0) throw new Problem('invalid', 'common.bad_cursor')
    const { rows, total } = await store.members(ctx.tx, input.id, input.metric, from, input.limit)
    return { rows, total, ...(from + rows.length < total ? { next: String(from + rows.length) } : {}) }
  },
  compare: async (ctx, input) => {
    const [a, b] = [await must(ctx, input.id), await must(ctx, input.with)]
    const [before, after] = a.frozenAt <= b.frozenAt ? [a, b] : [b, a]
    return { before: rowOf(before), after: rowOf(after), rows: await differences(ctx, before.id, after.id) }
  },
  freeze: async (ctx, input) => {
    const scope = await scopeOf(ctx, input)
    const unasked = input.entered.find((entry) => !input.metrics.includes(entry.metric) && !asksFor(input.metrics, entry.metric))
    if (unasked) throw new Problem('refused', 'snapshot.entered_unasked', { params: { metric: unasked.metric }, fields: [{ path: 'entered', code: 'snapshot.entered_unasked', params: { metric: unasked.metric } }] })
    await freeze(ctx, { id: input.id, seriesId: input.id, number: 1, title: input.title, campaignId: input.campaignId ?? null, areas: input.areas, reason: null, areaCode: homeOf(ctx) }, scope, input.metrics, input.entered)
    return detail(ctx, await must(ctx, input.id))
  },
  correctSnapshot: async (ctx, input) => {
    const old = await must(ctx, input.id)
    if (old.correctedBy) throw new Problem('conflict', 'snapshot.not_latest')
    const figures = await store.figuresOf(ctx.tx, old.id)
    const entered = input.entered ?? figures.flatMap((f): Entry[] => (f.source === null ? [] : [{ metric: f.metric, value: f.value ?? 0, before: f.before, source: f.source }]))
    const scope = await scopeOf(ctx, { from: old.from, to: old.to, campaignId: old.campaignId, areas: old.areas })
    const { numAffectedRows } = await store.markCorrected(ctx.tx, old.id, old.id)
    if (!numAffectedRows) throw new Problem('conflict', 'snapshot.not_latest')
    await freeze(ctx, { id: input.newId, seriesId: old.seriesId, number: old.number + 1, title: old.title, campaignId: old.campaignId, areas: old.areas, reason: input.reason, areaCode: old.areaCode }, scope, input.metrics ?? figures.map((f) => f.metric), entered)
    await store.pointCorrected(ctx.tx, old.id, input.newId)
    ctx.emit({ aggregate: 'snapshot', id: old.id, version: old.number + 1, event: 'snapshot.corrected', areaCode: old.areaCode, data: { title: old.title, by: input.newId, reason: input.reason } })
    return detail(ctx, await must(ctx, input.newId))
  },
}

type Made = Pick<store.Frozen, 'id' | 'seriesId' | 'number' | 'title' | 'campaignId' | 'areas' | 'reason' | 'areaCode'>

async function freeze(ctx: Ctx, made: Made, scope: Scope, metrics: readonly string[], entered: readonly Entry[]): Promise<void> {
  const { tx, actor, now } = ctx
  const { figures, without } = await figuresFor(tx, actor, metrics, scope, now, entered)
  const asked = without.find(({ metric }) => metrics.includes(metric))
  if (asked) throw new Problem('refused', 'snapshot.no_register', { params: { ...asked }, fields: without.map((one) => ({ path: 'metrics', code: 'snapshot.no_register', params: { ...one } })) })
  const [units, daily] = await Promise.all([store.unitsOf(tx, actor, scope, made.campaignId), dailyOf(tx, actor, scope, now)])
  await store.write(tx, actor, { ...made, scope, units, daily, now }, figures)
  ctx.emit({ aggregate: 'snapshot', id: made.id, version: 1, event: 'snapshot.frozen', areaCode: made.areaCode, data: { title: made.title, from: scope.from, to: scope.to, number: made.number, reason: made.reason, figures: figures.map((f) => [f.metric, f.value ?? `${f.numerator}/${f.denominator}`]) } })
}

const cursorOf = (cursor: string | undefined): string | undefined => {
  if (cursor && !/^[0-9a-f-]{36}$/i.test(cursor)) throw new Problem('invalid', 'common.bad_cursor')
  return cursor
}

/** A rate that divides the entered count asks for it too. */
const asksFor = (metrics: readonly string[], id: string): boolean => ({ M21B: metrics.includes('M21'), M21AB: metrics.includes('M21A') })[id] ?? false

function homeOf(ctx: Ctx): string {
  const home = ctx.actor.reach.areas[0]?.[0]
  if (!home) throw new Problem('forbidden', 'common.forbidden')
  return home.padEnd(12, '0')
}

async function scopeOf(ctx: Ctx, input: { from: string; to: string; campaignId?: string | null | undefined; areas: readonly string[] }): Promise<Scope> {
  if (input.to < input.from) throw new Problem('refused', 'snapshot.span', { fields: [{ path: 'to', code: 'snapshot.span' }] })
  if (input.from > localDate(ctx.now)) throw new Problem('refused', 'snapshot.future', { fields: [{ path: 'from', code: 'snapshot.future' }] })
  // Out of reach nothing would be counted: a silent 0.
  if (input.areas.some((areaCode) => !inReach({ ...ctx.actor.reach, grids: [], enterprises: [] }, { areaCode }))) throw missing()
  if (input.campaignId && !(await store.campaignHere(ctx.tx, ctx.actor, input.campaignId))) throw new Problem('refused', 'snapshot.no_campaign', { fields: [{ path: 'campaignId', code: 'snapshot.no_campaign' }] })
  return { from: input.from, to: input.to, asOf: ctx.now.toISOString(), ...(input.campaignId ? { campaignId: input.campaignId } : {}), ...(input.areas.length ? { areas: [...input.areas] } : {}) }
}

export async function must(ctx: Pick<Ctx, 'tx' | 'actor'>, id: string): Promise<store.Stored> {
  const found = await store.find(ctx.tx, ctx.actor, id)
  if (!found) throw missing()
  return found
}

const rowOf = ({ areas: _a, units: _u, daily: _d, correctedBy: _c, ...row }: store.Stored) => row

async function detail(ctx: Ctx, stored: store.Stored): Promise<SnapshotDetail> {
  const { correctedBy: _, ...shown } = stored
  const [list, versions, records] = await Promise.all([store.figuresOf(ctx.tx, stored.id), store.versionsOf(ctx.tx, stored.seriesId), store.lateRecords(ctx.tx, stored)])
  return { ...shown, list, versions, late: { records } }
}

async function differences(ctx: Ctx, before: string, after: string): Promise<Difference[]> {
  const [old, fresh, moved] = await Promise.all([store.figuresOf(ctx.tx, before), store.figuresOf(ctx.tx, after), store.movedBetween(ctx.tx, before, after)])
  const ids = [...new Set([...old, ...fresh].map((f) => f.metric))]
  return ids.map((metric) => {
    const [a, b] = [old.find((f) => f.metric === metric) ?? null, fresh.find((f) => f.metric === metric) ?? null]
    const { added, removed } = moved.get(metric) ?? { added: 0, removed: 0 }
    return { metric, name: (b ?? a)!.name, unit: (b ?? a)!.unit, before: a, after: b, added, removed, why: whyDifferent(a, b, added, removed) }
  })
}
