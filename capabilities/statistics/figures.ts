import { z } from 'zod'
import { wire } from '../../kernel/core/operation.ts'
import { grouped, NO_BASE, rate, rateNumber } from '../../kernel/core/zh-number.ts'
import { SOURCES } from '../hazard/hazard.ts'
import { VISIT_KINDS } from '../visit/kinds.ts'
import { type Metric, metrics } from './metrics.ts'

/**
 * What a figure is asked of: a range of business dates (both ends count), a cut-off, and what narrows it. Without `areas`
 * it is the whole reach of whoever asks. Every narrowing is by the value at the time of the event (domain G5).
 */
export const scopeFields = {
  from: wire.date(),
  to: wire.date(),
  /** 数据截至; now when absent. Later closings are not seen. */
  asOf: z.iso.datetime().optional(),
  areas: wire.list(wire.area()).optional(),
  gridId: z.uuid().optional(),
  campaignId: z.uuid().optional(),
  /** Contact kinds; inspections only (joint ones included) when absent. */
  kinds: wire.list(z.enum(VISIT_KINDS)).optional(),
  /** Divisions of GB/T 4754, two digits. */
  industries: wire.list(z.string().regex(/^\d{2}$/)).optional(),
  sizes: wire.list(z.enum(['LARGE', 'MEDIUM', 'SMALL', 'MICRO', 'UNKNOWN'])).optional(),
  aboveScale: z.enum(['YES', 'NO']).optional(),
  level: z.enum(['GENERAL', 'MAJOR']).optional(),
  sources: wire.list(z.enum(SOURCES)).optional(),
  tag: z.string().max(40).optional(),
}
export const Scope = z.strictObject(scopeFields)
export type Scope = z.output<typeof Scope>

/** What a figure may be split by. Tags overlap, so their rows do not add up to the total (G6); every other one does for flows. */
export const splits = ['county', 'street', 'community', 'grid', 'industry', 'section', 'size', 'aboveScale', 'campaign', 'kind', 'level', 'source', 'tag', 'day', 'week', 'month'] as const
export type Split = (typeof splits)[number]

/** One number as it is printed. `value` is the count, or per cent of a rate; null prints as — and `why` says why. */
export const FigureShape = z.object({
  id: z.string(),
  value: z.number().nullable(),
  numerator: z.number().int().optional(),
  denominator: z.number().int().optional(),
  text: z.string(),
  why: z.string().optional(),
})
export type Figure = z.infer<typeof FigureShape>

/** What one value of every dimension asked counted to. `keys` are in the order of the dimensions asked. */
export interface Cell {
  readonly keys: readonly string[]
  readonly labels: readonly string[]
  readonly figures: Readonly<Record<string, Figure>>
}

export const Figures = z.record(z.string(), FigureShape)

/**
 * Figures as they travel: of the whole ready to print, of every cell only its counts, for a year by street and industry is
 * hundreds of cells. `cellsOf` makes the figures of a cell from them.
 */
export const Counted = z.object({
  /** Cut-off the figures stand for. */
  asOf: z.string(),
  total: Figures,
  /** Which counts each cell has, in order. A rate is made of two of them. */
  counts: z.array(z.string()),
  /** Why a count is missing there. */
  why: z.record(z.string(), z.string()),
  /** Chinese words of the keys, one table for each dimension asked. */
  labels: z.array(z.record(z.string(), z.string())),
  /** Empty when nothing was asked to be split. With two dimensions also the sums of each alone, where the other key is `*`. */
  cells: z.array(z.object({ keys: z.array(z.string()), n: z.array(z.number().int()) })),
})
export type Counted = z.infer<typeof Counted>

/** Stands for "all of them" in the key of a sum. */
export const ALL = '*'

/** Counts by metric id; undefined where nothing could be counted, and why. */
export type Counts = Readonly<Record<string, number | undefined>>

const byId = new Map<string, Metric>(metrics.map((metric) => [metric.id, metric]))

/** @throws Error for an id the dictionary does not know: a template may name any, so ask `isMetric` first */
export function metricOf(id: string): Metric {
  const metric = byId.get(id)
  if (!metric) throw new Error(`no metric ${id}`)
  return metric
}
export const isMetric = (id: string): boolean => byId.has(id)

/** The counts that must be known for these figures: a rate needs both of its own. */
export function countsNeeded(ids: readonly string[]): string[] {
  return [...new Set(ids.flatMap((id) => metricOf(id).of ?? [id]))]
}

/** The figure of a metric from counts. A zero base is no rate; what nobody counts is no zero. */
export function figureOf(id: string, counts: Counts, whyNot: Readonly<Record<string, string>> = {}): Figure {
  const metric = metricOf(id)
  if (!metric.of) {
    const n = counts[id]
    return n === undefined ? { id, value: null, text: NO_BASE, why: whyNot[id] ?? metric.waits ?? '没有数据' } : { id, value: n, text: grouped(n) }
  }
  const [numerator, denominator] = [counts[metric.of[0]], counts[metric.of[1]]]
  if (numerator === undefined || denominator === undefined) {
    const [above, below] = metric.of
    return { id, value: null, text: NO_BASE, why: whyNot[numerator === undefined ? above : below] ?? metric.waits ?? metricOf(numerator === undefined ? above : below).waits ?? '没有数据', ...(numerator === undefined ? {} : { numerator }), ...(denominator === undefined ? {} : { denominator }) }
  }
  const value = rateNumber(numerator, denominator, metric.digits)
  return { id, value, numerator, denominator, text: rate(numerator, denominator, metric.digits), ...(value === null ? { why: '分母为零' } : {}) }
}

/** The cells with the figures of these metrics, which must be among those asked for. */
export function cellsOf({ cells, counts, why, labels }: Pick<Counted, 'cells' | 'counts' | 'why' | 'labels'>, ids: readonly string[]): Cell[] {
  return cells.map(({ keys, n }) => {
    const known: Counts = Object.fromEntries(counts.map((id, i) => [id, n[i]]))
    return { keys, labels: keys.map((key, i) => labels[i]?.[key] ?? key), figures: Object.fromEntries(ids.map((id) => [id, figureOf(id, known, why)])) }
  })
}

/** One thing that was counted: what it is, where, when, and the record to open. */
export const Fact = z.object({
  key: z.string(),
  record: z.enum(['visit', 'hazard', 'paper', 'enterprise', 'site', 'park', 'person', 'team', 'draw']),
  recordId: z.string().nullable(),
  title: z.string(),
  no: z.string().nullable(),
  enterpriseName: z.string().nullable(),
  enterpriseId: z.string().nullable(),
  areaName: z.string(),
  day: z.string(),
  /** What of it was added up, where a number is a sum and not a count of things. */
  amount: z.number().optional(),
})
export type Fact = z.infer<typeof Fact>
