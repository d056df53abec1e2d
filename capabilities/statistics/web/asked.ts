import type { InputOf } from '../../../kernel/core/operation.ts'
import { localDate } from '../../../kernel/core/time.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import type { TableState } from '../../../kernel/web/table-state.ts'
import type { operations } from '../operations.ts'
import { type Period, type PeriodKind, periodKinds, periodOf } from '../period.ts'

/** What the page asks, read from its address: a colleague who opens the link sees the same numbers. */

export type ScopeInput = Omit<InputOf<typeof operations.figures>, 'metrics' | 'splitBy' | 'compare'>

export const narrowKeys = ['areas', 'kinds', 'level', 'sources', 'industries', 'sizes', 'aboveScale', 'campaignId', 'tag'] as const
export const addressKeys = ['period', 'from', 'to', 'tab', 'rows', 'columns', 'metric', ...narrowKeys]

export interface Asked {
  readonly kind: PeriodKind
  readonly period: Period
  readonly scope: ScopeInput
}

export function askedOf({ set }: Pick<TableState, 'set'>): Asked {
  const kind = periodKinds.find((one) => one === set.period) ?? 'month'
  const today = localDate(serverNow())
  const period = kind === 'own' ? { from: set.from ?? today, to: set.to ?? today } : periodOf(kind, today)
  const narrow = Object.fromEntries(narrowKeys.flatMap((key) => (set[key] ? [[key, set[key]]] : [])))
  return { kind, period, scope: { ...period, ...narrow } }
}

/** The address of the list behind a count. */
export function factsLink(metric: string, scope: ScopeInput, asOf: string | undefined, cell?: { by: readonly string[]; keys: readonly string[] }): string {
  const params = new URLSearchParams({ metric })
  for (const [key, value] of Object.entries(scope)) if (value !== undefined) params.set(key, String(value))
  if (asOf) params.set('asOf', asOf)
  if (cell) {
    params.set('splitBy', cell.by.join(','))
    params.set('cell', cell.keys.join(','))
  }
  return `/statistics/facts?${params}`
}
