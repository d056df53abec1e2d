import { z } from 'zod'
import { paging, pageOf, wire } from '../../kernel/core/operation.ts'
import { type Metric, type MetricId, metrics } from './metrics.ts'

/** What may be frozen: all of the dictionary. */
const ids = metrics.map((metric) => metric.id) as [MetricId, ...MetricId[]]
export const MetricCode = z.enum(ids)

/** Figures of registers that are kept elsewhere: written down with their source, never counted here. */
export const ENTERED = ['M51', 'M51D', 'M21B', 'M21AB'] as const
export const Entered = z.strictObject({
  metric: z.enum(ENTERED),
  value: z.number().int().min(0),
  /** The same span a year before; null: not known. */
  before: z.number().int().min(0).nullable(),
  source: z.string().trim().min(2).max(120),
})

/** One street or team that owes its records, and whether anything of it had come in. */
export const Unit = z.object({ code: z.string(), name: z.string(), kind: z.enum(['STREET', 'TEAM']), reported: z.boolean(), unfinished: z.number().int() })
export type Unit = z.infer<typeof Unit>

/** A number as it stood at its cut-off, with the words it was counted by. */
export const Figure = z.object({
  metric: z.string(), name: z.string(), definition: z.string(), definitionVersion: z.number().int(), nature: z.enum(['FLOW', 'STOCK', 'DISTINCT', 'RATE']), once: z.string(), unit: z.string(), digits: z.number().int(),
  /** The count; null for a rate, which is never stored. */
  value: z.number().int().nullable(),
  numerator: z.number().int().nullable(), denominator: z.number().int().nullable(), of: z.array(z.string()),
  /** The same span a year before; null: unknown. */
  before: z.number().int().nullable(),
  /** Written down from elsewhere: the source. */
  source: z.string().nullable(),
  /** Entries of the frozen list and the hash over them; null where the figure has no list here. */
  members: z.number().int().nullable(), membersHash: z.string().nullable(), opens: z.string(),
  /** The definition changed within the span: the part before the day follows the older one. */
  changedOn: z.string().nullable(),
})
export type Figure = z.infer<typeof Figure>

export const Day = z.object({ day: z.string(), found: z.number().int(), closed: z.number().int(), checked: z.number().int() })
export type Day = z.infer<typeof Day>

export const SnapshotRow = z.object({
  id: z.string(), seriesId: z.string(), number: z.number().int(), title: z.string(), from: z.string(), to: z.string(), cutOff: z.string(), campaignId: z.string().nullable(), campaignName: z.string().nullable(),
  areaCode: z.string(), areaName: z.string(), figures: z.number().int(), expected: z.number().int(), reported: z.number().int(), hash: z.string(), reason: z.string().nullable(), latest: z.boolean(), frozenBy: z.string(), frozenAt: z.string(),
})
export type SnapshotRow = z.infer<typeof SnapshotRow>

export const SnapshotDetail = SnapshotRow.extend({
  areas: z.array(z.string()), units: z.array(Unit), list: z.array(Figure), daily: z.array(Day),
  versions: z.array(z.object({ id: z.string(), number: z.number().int(), cutOff: z.string(), reason: z.string().nullable(), frozenBy: z.string(), frozenAt: z.string() })),
  /** Facts of the span that came in or changed after the freezing; they are not in these numbers (G1). */
  late: z.object({ records: z.number().int() }),
})
export type SnapshotDetail = z.infer<typeof SnapshotDetail>

const day = wire.date()
const span = { title: z.string().trim().min(2).max(80), from: day, to: day, campaignId: z.uuid().nullish(), areas: z.array(wire.area()).max(40).default([]) }
const list = z.array(MetricCode).min(1).max(metrics.length)

export const FreezeInput = z.strictObject({ id: z.uuid(), ...span, metrics: list, entered: z.array(Entered).max(ENTERED.length).default([]) })
export const CorrectInput = z.strictObject({ id: z.uuid(), newId: z.uuid(), reason: z.string().trim().min(4).max(300), metrics: list.optional(), entered: z.array(Entered).max(ENTERED.length).optional() })
export const SnapshotListInput = z.strictObject({ q: z.string().trim().max(60).optional(), campaignId: z.uuid().optional(), latest: wire.flag().optional(), cursor: paging.cursor, limit: paging.limit })
export const SnapshotPage = pageOf(SnapshotRow)
export const OneInput = z.strictObject({ id: z.uuid() })
export const CompareInput = z.strictObject({ id: z.uuid(), with: z.uuid() })
export const Difference = z.object({ metric: z.string(), name: z.string(), unit: z.string(), before: Figure.nullable(), after: Figure.nullable(), added: z.number().int(), removed: z.number().int(), why: z.array(z.string()) })
export const Comparison = z.object({ before: SnapshotRow, after: SnapshotRow, rows: z.array(Difference) })
export type Difference = z.infer<typeof Difference>

export const MembersInput = z.strictObject({ id: z.uuid(), metric: MetricCode, cursor: paging.cursor, limit: paging.limit })
export const Member = z.object({ id: z.string(), opens: z.string(), no: z.string(), title: z.string(), place: z.string(), stateNow: z.string(), day: z.string() })
export const MembersPage = pageOf(Member)

/** Why a number differs between two versions, in the words of the screen. */
export function whyDifferent(before: Figure | null, after: Figure | null, added: number, removed: number): string[] {
  if (!before || !after) return [before ? '新版未列' : '新增指标']
  return [
    ...(before.definitionVersion !== after.definitionVersion ? [`口径由第${before.definitionVersion}版改为第${after.definitionVersion}版`] : []),
    ...(added > 0 ? [`新计入${added}条`] : []), ...(removed > 0 ? [`不再计入${removed}条`] : []),
    ...(before.source !== after.source && after.source ? [`来源：${after.source}`] : []),
  ]
}
export type Member = z.infer<typeof Member>

/** Words of a metric as they stand now, and the day within the span from which they do. */
export const wordsOf = (metric: Metric, from: string, to: string): Pick<Figure, 'name' | 'definition' | 'definitionVersion' | 'nature' | 'once' | 'unit' | 'digits' | 'opens' | 'of' | 'changedOn'> => ({
  name: metric.name, definition: metric.definition, definitionVersion: metric.version, nature: metric.nature, once: metric.once, unit: metric.unit, digits: metric.digits, opens: metric.opens, of: [...(metric.of ?? [])],
  changedOn: metric.version > 1 && metric.validFrom > from && metric.validFrom <= to ? metric.validFrom : null,
})
