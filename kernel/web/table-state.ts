import { useCallback, useMemo } from 'react'
import { useLocation, useNavigate, useSearchParams } from 'react-router'
import type { Filter } from './table-types.ts'

/** The address is the state of a table: filters, order, page, page size, open row. */
export interface TableState {
  /** Filter values by key, only those that are set. */
  readonly set: Readonly<Record<string, string>>
  readonly sort: string | undefined
  readonly cursor: string | undefined
  readonly limit: number
  readonly open: string | undefined
  /** Cursors of the pages before this one; empty when the page was opened from a link. */
  readonly trail: readonly (string | null)[]
  change(values: Readonly<Record<string, string | undefined>>): void
  replaceAll(values: Readonly<Record<string, string | undefined>>): void
  sortBy(sort: string | undefined): void
  resize(limit: number): void
  forward(cursor: string): void
  back(): void
  openRow(id: string | undefined): void
}

export const pageSizes = [20, 50, 100] as const
export const RESERVED = ['sort', 'cursor', 'limit', 'row'] as const

export const filterKeys = (filters: readonly Filter[]): string[] => filters.flatMap((f) => (f.keys ? [...f.keys] : [f.key]))

/** Reads and writes the part of the address that belongs to this table: the filter keys given, and RESERVED. */
export function useTableState(prefix: string, keys: readonly string[]): TableState {
  const [params] = useSearchParams()
  const navigate = useNavigate()
  const location = useLocation()
  const trail = useMemo(() => trailOf(location.state), [location.state])
  const joined = keys.join(' ')
  const set = useMemo(() => {
    const values = joined.split(' ').map((key): [string, string | null] => [key, params.get(prefix + key)])
    return Object.fromEntries(values.filter((pair): pair is [string, string] => !!pair[1]))
  }, [params, prefix, joined])
  const write = useCallback(
    (changes: Readonly<Record<string, string | undefined>>, options: { trail?: readonly (string | null)[]; replace?: boolean } = {}) => {
      const next = new URLSearchParams(params)
      for (const [key, value] of Object.entries(changes)) {
        if (value === undefined || value === '') next.delete(prefix + key)
        else next.set(prefix + key, value)
      }
      const search = next.toString()
      void navigate({ pathname: location.pathname, search: search ? `?${search}` : '' }, { replace: options.replace ?? false, state: { trail: options.trail ?? [] } })
    },
    [params, prefix, navigate, location.pathname],
  )
  const read = (key: (typeof RESERVED)[number]) => params.get(prefix + key) ?? undefined
  const cursor = read('cursor')
  return {
    set,
    sort: read('sort'),
    cursor,
    limit: limitOf(read('limit')),
    open: read('row'),
    trail,
    change: (values) => write({ ...values, cursor: undefined, row: undefined }),
    replaceAll: (values) => write({ ...Object.fromEntries(keys.map((key) => [key, undefined])), ...values, cursor: undefined, row: undefined }),
    sortBy: (sort) => write({ sort, cursor: undefined }),
    resize: (limit) => write({ limit: String(limit), cursor: undefined }),
    forward: (next) => write({ cursor: next, row: undefined }, { trail: [...trail, cursor ?? null] }),
    back: () => write({ cursor: trail[trail.length - 1] ?? undefined, row: undefined }, { trail: trail.slice(0, -1) }),
    openRow: (id) => write({ row: id }, { trail, replace: true }),
  }
}

function trailOf(state: unknown): readonly (string | null)[] {
  if (state && typeof state === 'object' && 'trail' in state && Array.isArray(state.trail)) return state.trail as (string | null)[]
  return []
}

function limitOf(text: string | undefined): number {
  const limit = Number(text ?? 50)
  return (pageSizes as readonly number[]).includes(limit) ? limit : 50
}
