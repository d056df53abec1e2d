import { inReach, rangeOf } from '../../../kernel/core/access.ts'
import { isWorkday, warningFor } from '../../../kernel/core/deadline.ts'
import type { Action } from '../../../kernel/core/operation.ts'
import { missing, Problem, type Refusal, refuseAny, say } from '../../../kernel/core/problem.ts'
import { addDays, daysBetween, localDate } from '../../../kernel/core/time.ts'
import { type Ctx, type Handlers, refuseStale } from '../../../kernel/server/context.ts'
import { MAX_ROTA_DAYS, type RotaAnswer } from '../duty.ts'
import type { operations } from '../operations.ts'
import { coverageOf, daysOf, type Duty, makeRota, type RotaInput, type RotaProblem, rotaProblems } from '../rota.ts'
import { coverageText } from '../rules.ts'
import { zh } from '../zh.ts'
import { must } from './grids.ts'
import { calendarOf } from './public.ts'
import * as store from './rota-store.ts'
import { personName } from './store.ts'

type Part = Pick<typeof operations, 'rota' | 'makeRota' | 'setDay' | 'askSwap' | 'swaps' | 'decideSwap' | 'withdrawSwap' | 'coverage'>

/** Days before a stretch that decide whose turn it is and how long a run already lasts. */
const LOOK_BACK = 28

export const rotaHandlers: Handlers<Part> = {
  rota: async (ctx, input) => {
    refuseStretch(input.from, input.to)
    return answer(ctx, (await must(ctx, input.id)).id, input.from, input.to)
  },
  makeRota: async (ctx, input) => make(ctx, input),
  setDay: async (ctx, input) => setDay(ctx, input),
  askSwap: async (ctx, input) => {
    const grid = await must(ctx, input.id)
    if (input.day < localDate(ctx.now)) throw new Problem('refused', 'district.rota_past', { fields: [{ path: 'day', code: 'district.rota_past' }] })
    if (input.fromPerson !== ctx.actor.id && !maySettle(ctx, grid.areaCode)) throw new Problem('refused', 'district.swap_not_yours')
    refuseAny(await swapRefusals(ctx, { gridId: grid.id, ...input }))
    await store.insertSwap(ctx.tx, { ...input, id: input.swapId, gridId: grid.id, areaCode: grid.areaCode, by: ctx.actor.id, now: ctx.now })
    const swap = await mustSwap(ctx, input.swapId)
    toldSwap(ctx, swap, 1, 'grid.swap_asked', null)
    return toSwap(ctx, swap)
  },
  swaps: async (ctx, input) => ({ rows: (await store.swapsIn(ctx.tx, ctx.actor, input.state)).map((swap) => ({ ...toSwap(ctx, swap), gridName: swap.gridName })) }),
  decideSwap: async (ctx, input) => {
    const swap = await mustPending(ctx, input.id, input.baseVersion)
    refuseAny(settleRefusals(ctx, swap))
    if (input.approve) {
      refuseAny(await swapRefusals(ctx, swap))
      await store.putInPlace(ctx.tx, swap.gridId, swap.areaCode, swap.day, swap.fromPerson, swap.toPerson, ctx.actor.id)
      if (swap.returnDay) await store.putInPlace(ctx.tx, swap.gridId, swap.areaCode, swap.returnDay, swap.toPerson, swap.fromPerson, ctx.actor.id)
      await store.bumpRota(ctx.tx, swap.gridId)
    }
    await store.settleSwap(ctx.tx, swap.id, input.approve ? 'APPROVED' : 'REFUSED', ctx.actor.id, ctx.now, input.note)
    toldSwap(ctx, swap, swap.version + 1, input.approve ? 'grid.swap_approved' : 'grid.swap_refused', input.note)
    return toSwap(ctx, await mustSwap(ctx, swap.id))
  },
  withdrawSwap: async (ctx, input) => {
    const swap = await mustPending(ctx, input.id, input.baseVersion)
    if (swap.requestedById !== ctx.actor.id) throw new Problem('refused', 'district.swap_not_yours')
    await store.settleSwap(ctx.tx, swap.id, 'WITHDRAWN', ctx.actor.id, ctx.now, '')
    toldSwap(ctx, swap, swap.version + 1, 'grid.swap_withdrawn', null)
    return toSwap(ctx, await mustSwap(ctx, swap.id))
  },
  coverage: async (ctx, input) => coverage(ctx, input),
}

function refuseStretch(from: string, to: string): void {
  const days = daysBetween(from, to) + 1
  if (days < 1 || days > MAX_ROTA_DAYS) throw new Problem('refused', 'district.rota_too_long', { params: { max: MAX_ROTA_DAYS }, fields: [{ path: 'to', code: 'district.rota_too_long' }] })
}

/** Everything the pure rules ask about some grids: officers, the days before, the calendar. Three statements. */
async function inputsFor(ctx: Ctx, gridIds: readonly string[], from: string, to: string): Promise<Map<string, RotaInput>> {
  const table = await calendarOf(ctx.tx)
  const officers = await store.officersOf(ctx.tx, gridIds, from, to)
  const past = new Map<string, Duty[]>()
  for (const { gridId, ...duty } of await store.dutiesOf(ctx.tx, gridIds, addDays(from, -LOOK_BACK), addDays(from, -1))) {
    const own = past.get(gridId)
    if (own) own.push(duty)
    else past.set(gridId, [duty])
  }
  return new Map(gridIds.map((id) => [id, { officers: officers.get(id) ?? [], from, to, isWorkday: (day: string) => isWorkday(day, table), before: past.get(id) ?? [] }]))
}

async function make(ctx: Ctx, input: { areaCode?: string; gridIds?: readonly string[]; from: string; to: string }) {
  refuseStretch(input.from, input.to)
  if (input.from < localDate(ctx.now)) throw new Problem('refused', 'district.rota_past', { fields: [{ path: 'from', code: 'district.rota_past' }] })
  const grids = await store.gridsFor(ctx.tx, ctx.actor, { ...(input.areaCode ? { range: rangeOf(input.areaCode) } : {}), ...(input.gridIds ? { ids: input.gridIds } : {}) })
  if (grids.length === 0) throw missing()
  const inputs = await inputsFor(ctx, grids.map((g) => g.id), input.from, input.to)
  const duties = grids.flatMap((grid) => makeRota(inputs.get(grid.id)!).map((duty) => ({ ...duty, gridId: grid.id })))
  await store.replace(ctx.tx, grids, input.from, input.to, duties)
  const { uncovered } = coverageOf(grids.map((g) => g.id), input.from, input.to, duties)
  for (const grid of grids) {
    const open = uncovered.filter((u) => u.gridId === grid.id).map((u) => u.day)
    ctx.emit({ aggregate: 'grid_rota', id: grid.id, version: grid.rotaVersion + 1, event: 'grid.rota_made', areaCode: grid.areaCode, gridId: grid.id, data: { title: grid.name, from: input.from, to: input.to, uncovered: open } })
  }
  return { grids: grids.length, duties: duties.length, uncovered: uncovered.length }
}

async function setDay(ctx: Ctx, input: { id: string; baseVersion: number; day: string; personIds: readonly string[]; reason: string }): Promise<RotaAnswer> {
  const grid = await must(ctx, input.id)
  refuseStale(grid.rotaVersion, input.baseVersion)
  if (input.day < localDate(ctx.now)) throw new Problem('refused', 'district.rota_past', { fields: [{ path: 'day', code: 'district.rota_past' }] })
  const wanted = [...new Set(input.personIds)].map((personId) => ({ day: input.day, personId, gridId: grid.id }))
  // An empty day is allowed, and shown as uncovered; a person without rest is not.
  refuseAny(await hardProblems(ctx, grid.id, input.day, (duties) => [...duties.filter((d) => d.day !== input.day), ...wanted], 'personIds'))
  await store.replace(ctx.tx, [grid], input.day, input.day, wanted)
  ctx.emit({ aggregate: 'grid_rota', id: grid.id, version: grid.rotaVersion + 1, event: 'grid.day_set', areaCode: grid.areaCode, gridId: grid.id, data: { title: grid.name, day: input.day, personIds: input.personIds, reason: input.reason } })
  return answer(ctx, grid.id, input.day, input.day)
}

/** What the law forbids about a changed rota, looked at a week to either side; uncovered days are shown, not refused. */
async function hardProblems(ctx: Ctx, gridId: string, day: string, change: (duties: readonly Duty[]) => readonly Duty[], field: string): Promise<Refusal[]> {
  const [from, to] = [addDays(day, -7), addDays(day, 7)]
  const input = (await inputsFor(ctx, [gridId], from, to)).get(gridId)!
  const stored = await store.dutiesOf(ctx.tx, [gridId], from, to)
  const known = new Set(rotaProblems({ ...input, duties: stored }).map((p) => JSON.stringify(p)))
  const problems = rotaProblems({ ...input, duties: change(stored) }).filter((p) => p.code !== 'district.rota_uncovered' && !known.has(JSON.stringify(p)))
  return Promise.all(problems.map(async (p) => ({ code: p.code, field, params: await paramsOf(ctx, p) })))
}

async function paramsOf(ctx: Ctx, problem: RotaProblem): Promise<Record<string, string>> {
  const { code: _, ...facts } = problem
  return 'personId' in facts ? { ...facts, name: (await personName(ctx.tx, facts.personId)) ?? '此人' } : facts
}

interface SwapFacts {
  gridId: string
  day: string
  fromPerson: string
  toPerson: string
  returnDay: string | null
}

/** A swap must give away a day one has, to somebody who is free that day, and leave both with their rest. */
async function swapRefusals(ctx: Ctx, swap: SwapFacts): Promise<Refusal[]> {
  const held = await store.dutiesOf(ctx.tx, [swap.gridId], addDays(swap.day, -40), addDays(swap.day, 40))
  const has = (person: string, day: string) => held.some((d) => d.personId === person && d.day === day)
  const names = { from: (await personName(ctx.tx, swap.fromPerson)) ?? '此人', to: (await personName(ctx.tx, swap.toPerson)) ?? '此人' }
  const refusals: Refusal[] = []
  if (!has(swap.fromPerson, swap.day)) refusals.push({ code: 'district.swap_not_on_duty', field: 'day', params: { name: names.from, day: swap.day } })
  if (has(swap.toPerson, swap.day)) refusals.push({ code: 'district.swap_on_duty', field: 'toPerson', params: { name: names.to, day: swap.day } })
  if (swap.returnDay && !has(swap.toPerson, swap.returnDay)) refusals.push({ code: 'district.swap_not_on_duty', field: 'returnDay', params: { name: names.to, day: swap.returnDay } })
  if (swap.returnDay && has(swap.fromPerson, swap.returnDay)) refusals.push({ code: 'district.swap_on_duty', field: 'returnDay', params: { name: names.from, day: swap.returnDay } })
  if (refusals.length > 0) return refusals
  const given = (duties: readonly Duty[]) => duties.map((d) => {
    if (d.day === swap.day && d.personId === swap.fromPerson) return { ...d, personId: swap.toPerson }
    return d.day === swap.returnDay && d.personId === swap.toPerson ? { ...d, personId: swap.fromPerson } : d
  })
  const first = await hardProblems(ctx, swap.gridId, swap.day, given, 'toPerson')
  return first.length > 0 || !swap.returnDay ? first : hardProblems(ctx, swap.gridId, swap.returnDay, given, 'returnDay')
}

const maySettle = (ctx: Ctx, areaCode: string): boolean => inReach(ctx.actor.reachOf('district.rota'), { areaCode })

/** The leader of the grid or whoever makes the rota decides, never one of the two who change. */
function settleRefusals(ctx: Ctx, swap: store.SwapRow): Refusal[] {
  if ([swap.fromPerson, swap.toPerson].includes(ctx.actor.id)) return [{ code: 'district.swap_own' }]
  return swap.leaderId === ctx.actor.id || maySettle(ctx, swap.areaCode) ? [] : [{ code: 'district.swap_not_leader' }]
}

async function mustSwap(ctx: Ctx, id: string): Promise<store.SwapRow> {
  const swap = await store.swapOf(ctx.tx, ctx.actor, id)
  if (!swap) throw missing()
  return swap
}

async function mustPending(ctx: Ctx, id: string, baseVersion: number): Promise<store.SwapRow> {
  const swap = await mustSwap(ctx, id)
  if (swap.state !== 'PENDING') throw new Problem('refused', 'district.swap_decided')
  refuseStale(swap.version, baseVersion)
  return swap
}

function toldSwap(ctx: Ctx, swap: store.SwapRow, version: number, event: string, note: string | null): void {
  const { day, fromName, toName, returnDay, reason } = swap
  ctx.emit({ aggregate: 'grid_swap', id: swap.id, version, event, areaCode: swap.areaCode, gridId: swap.gridId, data: { title: swap.gridName, day, fromName, toName, returnDay, reason, ...(note ? { note } : {}) } })
}

function toSwap(ctx: Ctx, swap: store.SwapRow) {
  const { leaderId: _l, requestedById, areaCode: _a, ...shown } = swap
  const why = settleRefusals(ctx, swap).map((r) => say(zh.problems, r.code, r.params))
  const pending = swap.state === 'PENDING' && ctx.actor.has('district.swap')
  const decide: Action[] = pending ? [{ action: 'decide', label: '审批', allowed: why.length === 0, ...(why.length > 0 ? { why } : {}) }] : []
  return { ...shown, actions: [...decide, ...(pending && requestedById === ctx.actor.id ? [{ action: 'withdraw', label: '撤回', allowed: true }] : [])] }
}

async function answer(ctx: Ctx, gridId: string, from: string, to: string): Promise<RotaAnswer> {
  const grid = await must(ctx, gridId)
  const table = await calendarOf(ctx.tx)
  const input = (await inputsFor(ctx, [gridId], from, to)).get(gridId)!
  const duties = await store.namedDuties(ctx.tx, gridId, from, to)
  const problems = rotaProblems({ ...input, duties })
  const days = daysOf(from, to)
  const findings = await Promise.all(problems.filter((p) => p.code !== 'district.rota_uncovered').map(async (p) => say(zh.problems, p.code, await paramsOf(ctx, p))))
  return {
    gridId, gridName: grid.name, rotaVersion: grid.rotaVersion, duties, freeDays: days.filter((day) => !isWorkday(day, table)),
    uncovered: problems.flatMap((p) => (p.code === 'district.rota_uncovered' ? [p.day] : [])), findings, provisional: days.some((day) => warningFor(day, table) !== null),
    swaps: (await store.swapsOf(ctx.tx, ctx.actor, gridId, from, to)).map((swap) => toSwap(ctx, swap)),
    actions: [
      ...(maySettle(ctx, grid.areaCode) ? [{ action: 'makeRota', label: '按5+2生成', allowed: grid.validTo === null }, { action: 'setDay', label: '调整值守', allowed: grid.validTo === null }] : []),
      ...(ctx.actor.has('district.swap') ? [{ action: 'askSwap', label: '申请换班', allowed: grid.validTo === null }] : []),
    ],
  }
}

async function coverage(ctx: Ctx, input: { areaCode?: string; from: string; to: string }) {
  refuseStretch(input.from, input.to)
  const grids = await store.gridsFor(ctx.tx, ctx.actor, input.areaCode ? { range: rangeOf(input.areaCode) } : {})
  const duties = await store.dutiesOf(ctx.tx, grids.map((g) => g.id), input.from, input.to)
  const found = coverageOf(grids.map((g) => g.id), input.from, input.to, duties)
  const days = daysBetween(input.from, input.to) + 1
  const name = new Map(grids.map((g) => [g.id, g]))
  const streets = [...new Set(grids.map((g) => g.street))].map((street) => {
    const own = grids.filter((g) => g.street === street)
    const open = found.uncovered.filter((u) => name.get(u.gridId)?.street === street).length
    return { areaCode: street, name: own[0]?.streetName ?? '', gridDays: own.length * days, covered: own.length * days - open }
  })
  return {
    grids: grids.length, days, gridDays: found.gridDays, covered: found.covered, without: found.uncovered.length, text: coverageText(grids.length, days, found.covered),
    uncovered: found.uncovered.slice(0, 500).map((u) => ({ ...u, gridName: name.get(u.gridId)?.name ?? '' })), streets,
  }
}
