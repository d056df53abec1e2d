import { canonicalJson } from '../../../kernel/core/canonical-json.ts'
import { Problem } from '../../../kernel/core/problem.ts'
import { endOfLocalDay, localDate } from '../../../kernel/core/time.ts'
import { type Capability, type JobSpec, serve } from '../../../kernel/server/capability.ts'
import type { Ctx, Handlers } from '../../../kernel/server/context.ts'
import { countsNeeded, figureOf, isMetric, metricOf, type Scope } from '../figures.ts'
import { operations } from '../operations.ts'
import { NOT_YET, type Period, periodBefore, yearBefore } from '../period.ts'
import { type StreetFigures, totalOf } from '../statistics.ts'
import { zh } from '../zh.ts'
import { factsOf, mustList } from './facts.ts'
import { countFigures } from './figures.ts'
import { figureSheet } from './sheet.ts'
import { briefingHandlers, wordHandler } from './briefings.ts'
import { snapshotHandlers } from './snapshots.ts'
import { remembered } from './remembered.ts'
import { shared } from './shared.ts'
import { knownSince } from './snapshot-count.ts'
import { recent } from './recent.ts'
import { screen } from './screen.ts'
import * as store from './store.ts'
import { foldTally } from './tally.ts'

const handlers = (address: string): Handlers<typeof operations> => ({
  home: async ({ tx, actor, now, secrets }) => {
    const day = localDate(now)
    if (store.wholeStreets(actor)) {
      const figures = await remembered(secrets, `${day} ${actor.reach.areas.join(' ')}`, await store.counterState(tx), now, () => store.figuresText(tx, actor, day, TREND_DAYS))
      return `{"at":"${now.toISOString()}",${figures.slice(1)}` as never
    }
    const streets = (await store.recount(tx, actor, day)).map(toFigures)
    return { day, at: now.toISOString(), total: totalOf(streets), streets, trend: [] }
  },
  figures: async (ctx, input) => {
    refuseScope(input.metrics, input)
    // A cut-off of one's own is asked once, by whoever follows a number; what everybody looks at has none.
    if (input.asOf) return answerOf(ctx, input) as never
    const key = `${localDate(ctx.now)} ${canonicalJson(input)} ${canonicalJson(ctx.actor.reach)}`
    const text = await shared({ ...ctx, key }, async () => {
      const { asOf: _, ...rest } = await answerOf(ctx, input)
      return JSON.stringify(rest)
    })
    return `{"asOf":"${ctx.now.toISOString()}",${text.slice(1)}` as never
  },
  facts: async (ctx, input) => {
    const { metric, splitBy: by, cell, cursor, limit, ...scope } = input
    refuseScope([metric], scope)
    const page = () => factsOf(ctx.tx, ctx.actor, { metric, by, cell, cursor, limit }, scope, ctx.now)
    if (cursor) return page()
    mustList(ctx.actor, { metric, by }, scope)
    return (await shared({ ...ctx, key: `facts ${localDate(ctx.now)} ${canonicalJson(input)} ${canonicalJson(ctx.actor.reach)}` }, async () => JSON.stringify(await page()))) as never
  },
  export: async (ctx, { metrics: ids, splitBy: by = [], ...scope }) => {
    refuseScope(ids, scope)
    return figureSheet(ctx, ids, scope, by, await countFigures(ctx.tx, ctx.actor, ids, scope, ctx.now, by))
  },
  recent: async ({ tx, actor, now }) => ({ rows: await recent(tx, actor, now) }),
  screen,
  ...snapshotHandlers,
  ...briefingHandlers,
  ...wordHandler(address),
})

type FiguresAsked = Parameters<Handlers<typeof operations>['figures']>[1]

async function answerOf({ tx, actor, now }: Pick<Ctx, 'tx' | 'actor' | 'now'>, { metrics: ids, splitBy: by, compare, ...scope }: FiguresAsked) {
  // What stands at a cut-off is not set beside an earlier one: it would have to be made up from history at every glance.
  const flows = ids.filter((id) => countsNeeded([id]).every((count) => metricOf(count).nature !== 'STOCK'))
  const since = compare ? await knownSince(tx, actor) : null
  const earlier = async (period: Period) => ({ ...period, figures: since !== null && since <= period.from ? (await countFigures(tx, actor, flows, { ...scope, ...period, asOf: endOfLocalDay(period.to).toISOString() }, now)).total : unknown(flows) })
  const counted = await countFigures(tx, actor, ids, scope, now, by)
  return compare ? { ...counted, last: await earlier(periodBefore(compare, scope)), year: await earlier(yearBefore(scope)) } : counted
}

/** Of a time before anything was registered nothing is said, least of all 0. */
const unknown = (ids: readonly string[]) => Object.fromEntries(ids.map((id) => [id, figureOf(id, {}, Object.fromEntries(countsNeeded([id]).map((count) => [count, NOT_YET])))]))

function refuseScope(ids: readonly string[], scope: Scope): void {
  if (!ids.every(isMetric)) throw new Problem('refused', 'statistics.unknown_metric', { params: { id: ids.find((id) => !isMetric(id)) ?? '' } })
  if (scope.from > scope.to) throw new Problem('refused', 'statistics.period_backwards', { fields: [{ path: 'to', code: 'statistics.period_backwards' }] })
}

const TREND_DAYS = 14

const toFigures = ({ sort_no: _, to_confirm: toConfirm, to_reinspect: toReinspect, ...row }: store.FigureRow): StreetFigures => ({ ...row, toConfirm, toReinspect })

const jobs: JobSpec[] = [
  {
    kind: 'statistics.fold',
    every: 5,
    run: async (ctx) => {
      while ((await store.fold(ctx.tx)) > 0) {
        // until nothing waits
      }
    },
  },
  { kind: 'statistics.tally', every: 10, later: true, run: async (ctx) => void (await foldTally(ctx)) },
]

export const statistics = (given: { address: string }): Capability => serve({ name: 'statistics', operations, handlers: handlers(given.address), zh, jobs })
