import { type RawBuilder, sql } from 'kysely'
import { rangeOf } from '../../../kernel/core/access.ts'
import { localDate } from '../../../kernel/core/time.ts'
import type { Actor } from '../../../kernel/server/actor.ts'
import { byValues, reachSql, type Tx } from '../../../kernel/server/db.ts'
import { ALL, type Counted, type Counts, countsNeeded, figureOf, metricOf, type Scope, type Split } from '../figures.ts'
import { type Base, type BaseName, bases, type Narrow, type Window } from './bases.ts'
import { type Counting, countings, countSql } from './counting.ts'
import { labelsOf } from './labels.ts'
import { splitSql } from './splits.ts'
import { readTally, talliedIds } from './tally-read.ts'

/**
 * The exact count of every metric asked, within the actor's reach and the scope, from the facts themselves; with `by`, also
 * for every value of one or two dimensions. One statement per register, however many metrics. Rates come from the same
 * counts. What cannot be counted is null with the reason, never 0.
 * @param ids of the dictionary; throws for an unknown one
 * @param now stands for the cut-off where the scope names none
 * @param count how a register is counted: `countBase` for the facts alone
 */
export async function countFigures(tx: Tx, actor: Actor, ids: readonly string[], scope: Scope, now: Date, by: readonly Split[] = [], count: CountRegister = countRegister): Promise<Counted> {
  const w = windowOf(scope, now)
  const needed = countsNeeded(ids)
  const why: Record<string, string> = {}
  const groups = new Map<BaseName, string[]>()
  for (const id of needed) {
    const counting = countings[id]
    const refused = counting ? cannot(counting, scope, by) : metricOf(id).waits
    if (!counting || refused) why[id] = refused ?? '没有数据'
    else groups.set(counting.base, [...(groups.get(counting.base) ?? []), id])
  }
  const [rows, forms] = await Promise.all([Promise.all([...groups].map(([base, counted]) => count(tx, actor, base, counted, scope, w, by))), formsKnown(tx, needed)])
  for (const id of needed) {
    const form = countings[id]?.form
    if (form && !forms.has(form)) why[id] = `文书种类 ${form} 尚未建立`
    if (id === 'M27B' && !why[id] && !rows.flat().some((row) => (row.counts[id] ?? 0) > 0)) why[id] = '本年度没有配置检查频次上限'
  }
  const byKey = merged(rows.flat(), why)
  const counts = needed.filter((id) => !why[id])
  const zero = Object.fromEntries(counts.map((id) => [id, 0]))
  const whole: Counts = { ...zero, ...byKey.get(by.map(() => ALL).join('\n'))?.counts }
  const total = Object.fromEntries(ids.map((id) => [id, figureOf(id, whole, why)]))
  const keyed = [...byKey.values()].filter((row) => row.keys.some((key) => key !== ALL))
  const labels = await labelsOf(tx, by, keyed.map((row) => row.keys))
  return { asOf: w.asOf, total, counts, why, labels, cells: keyed.map(({ keys, counts: known }) => ({ keys, n: counts.map((id) => known[id] ?? 0) })) }
}

export function windowOf(scope: Scope, now: Date): Window {
  const asOf = scope.asOf && new Date(scope.asOf) < now ? new Date(scope.asOf) : now
  const asOfDay = localDate(asOf)
  const to = scope.to < asOfDay ? scope.to : asOfDay
  return { from: scope.from, to, asOf: asOf.toISOString(), asOfDay, past: asOf < now, campaignId: scope.campaignId, year: Number(to.slice(0, 4)) }
}

const narrowZh: Readonly<Record<Narrow, string>> = { campaignId: '专项行动', kinds: '走访方式', level: '隐患等级', sources: '隐患来源' }
const splitNeeds: Partial<Record<Split, Narrow>> = { campaign: 'campaignId', kind: 'kinds', level: 'level', source: 'sources' }
const timeSplits: readonly Split[] = ['day', 'week', 'month']

/** Why this register cannot answer this question; undefined when it can. */
export function cannot(counting: Counting, scope: Scope, by: readonly Split[]): string | undefined {
  const base: Base = bases[counting.base]
  const asked = (['campaignId', 'kinds', 'level', 'sources'] as const).filter((name) => scope[name] !== undefined)
  const split = by.flatMap((name) => splitNeeds[name] ?? [])
  const missing = [...asked, ...split].find((name) => !base.knows.includes(name))
  if (missing) return `此指标不按${narrowZh[missing]}统计`
  if (counting.sum && by.includes('tag')) return '标签有重叠，合计数不按标签分'
  return base.stock && by.some((name) => timeSplits.includes(name)) ? '此指标是截止时点的数，不按时间分' : undefined
}

/** The register's rows in reach and scope as `f`, with the enterprise as `e`: what counting and listing both read. */
export function rowsInScope(actor: Actor, base: BaseName, scope: Scope, w: Window, more: readonly RawBuilder<unknown>[] = []): RawBuilder<unknown> {
  const f = { industry: splitSql('industry'), size: splitSql('size'), above: splitSql('aboveScale') }
  const parts: RawBuilder<unknown>[] = [reachSql(actor, 'f'), ...more]
  if (scope.areas) parts.push(scope.areas.length ? sql`(${sql.join(scope.areas.map((code) => { const [from, to] = rangeOf(code); return sql`(f.area_code >= ${from} and f.area_code < ${to})` }), sql` or `)})` : sql`false`)
  if (scope.gridId) parts.push(sql`f.grid_id = ${scope.gridId}::uuid`)
  if (scope.campaignId) parts.push(sql`f.campaign_id = ${scope.campaignId}::uuid`)
  if (scope.kinds) parts.push(sql`f.kind = any(${[...scope.kinds]}::text[])`)
  if (scope.level) parts.push(sql`f.level = ${scope.level}`)
  if (scope.sources) parts.push(sql`f.source = any(${[...scope.sources]}::text[])`)
  if (scope.industries) parts.push(sql`${f.industry} = any(${[...scope.industries]}::text[])`)
  if (scope.sizes) parts.push(sql`${f.size} = any(${[...scope.sizes]}::text[])`)
  if (scope.aboveScale) parts.push(sql`${f.above} = ${scope.aboveScale}`)
  if (scope.tag) parts.push(sql`${scope.tag} = any(e.tags)`)
  return sql`(${bases[base].rows(w, scope)}) f left join enterprise e on e.id = f.enterprise_id where ${sql.join(parts, sql` and `)}`
}

interface CountedRow {
  readonly keys: string[]
  readonly counts: Record<string, number>
}

export type CountRegister = (tx: Tx, actor: Actor, base: BaseName, ids: readonly string[], scope: Scope, w: Window, by: readonly Split[]) => Promise<CountedRow[]>

/** From the tally what it knows, from the facts the rest. */
const countRegister: CountRegister = async (tx, actor, base, ids, scope, w, by) => {
  const known = talliedIds(base, ids, actor, scope, by)
  const tally = known.length ? await readTally(tx, actor, base, known, scope, w, by) : undefined
  if (!tally) return countBase(tx, actor, base, ids, scope, w, by)
  const rest = ids.filter((id) => !known.includes(id))
  const { days, apart } = tally
  const moved = days.length || apart.length ? countBase(tx, actor, base, known, scope, w, by, [sql`(${sql.join([...(days.length ? [sql`f.day = any(${days}::date[])`] : []), ...(apart.length ? [sql`f.id = any(${apart}::uuid[])`] : [])], sql` or `)})`]) : []
  return added([...tally.rows, ...(await moved), ...(rest.length ? await countBase(tx, actor, base, rest, scope, w, by) : [])])
}

/** One row per key: parts of one number are added. */
function added(rows: readonly CountedRow[]): CountedRow[] {
  const all = new Map<string, CountedRow>()
  for (const row of rows) {
    const key = row.keys.join('\n')
    const counts = { ...all.get(key)?.counts }
    for (const [id, n] of Object.entries(row.counts)) counts[id] = (counts[id] ?? 0) + n
    all.set(key, { keys: row.keys, counts })
  }
  return [...all.values()]
}

/** From the facts alone: what the tally is held against. */
export async function countBase(tx: Tx, actor: Actor, base: BaseName, ids: readonly string[], scope: Scope, w: Window, by: readonly Split[], more: readonly RawBuilder<unknown>[] = []): Promise<CountedRow[]> {
  const numbers = sql.raw(ids.map((id) => `${countSql(countings[id]!, scope.kinds !== undefined, by.includes('tag'))} as "${id}"`).join(', '))
  const rows = rowsInScope(actor, base, scope, w, more)
  if (!by.length) {
    const { rows: [one] } = await sql<Record<string, number>>`${byValues}select ${numbers} from (select f.* from ${rows}) x`.execute(tx)
    return [{ keys: [], counts: one ?? {} }]
  }
  const keys = sql.join(by.map((name, i) => sql`${splitSql(name)} as ${sql.ref(`k${i}`)}`))
  const names = by.map((_, i) => `k${i}`)
  const read = sql.raw(names.map((name) => `case when grouping(${name}) = 1 then '${ALL}' else ${name} end as "${name}"`).join(', '))
  const { rows: found } = await sql<Record<string, number | string>>`${byValues}select ${read}, ${numbers} from (select f.*, ${keys} from ${rows}) x group by cube (${sql.raw(names.join(', '))})`.execute(tx)
  return found.map((row) => ({ keys: names.map((name) => String(row[name])), counts: Object.fromEntries(ids.map((id) => [id, Number(row[id])])) }))
}

/** One row per key over all registers. */
function merged(rows: readonly CountedRow[], why: Readonly<Record<string, string>>): Map<string, CountedRow> {
  const all = new Map<string, CountedRow>()
  for (const row of rows) {
    const key = row.keys.join('\n')
    const known = Object.entries(row.counts).filter(([id]) => !why[id])
    all.set(key, { keys: row.keys, counts: { ...all.get(key)?.counts, ...Object.fromEntries(known) } })
  }
  return all
}

async function formsKnown(tx: Tx, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const forms = [...new Set(ids.flatMap((id) => countings[id]?.form ?? []))]
  if (!forms.length) return new Set()
  const { rows } = await sql<{ type: string }>`select distinct type from doc_type where type = any(${forms}::text[])`.execute(tx)
  return new Set(rows.map((row) => row.type))
}
