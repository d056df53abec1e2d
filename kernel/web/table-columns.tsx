import type { TableColumnType } from 'antd'
import { useMemo } from 'react'
import { Link } from 'react-router'
import type { Operation } from '../core/operation.ts'
import type { RowOf } from './client.ts'
import { useKept } from './kept.ts'
import type { TableState } from './table-state.ts'
import type { Column, DataTableProps } from './table-types.ts'

export interface ChosenColumns<R> {
  readonly all: readonly Column<R>[]
  readonly shown: readonly Column<R>[]
  readonly keys: readonly string[]
  choose(keys: readonly string[] | undefined): void
}

/** Which columns this person wants of this list; a column that came later is shown unless it is `off`. */
export function useChosenColumns<R>(name: string, all: readonly Column<R>[]): ChosenColumns<R> {
  const [kept, keep] = useKept<{ on: string[]; off: string[] } | null>(`columns.${name}`, null)
  const shown = useMemo(() => all.filter((c, i) => i === 0 || c.always || (kept ? kept.on.includes(c.key) || (!kept.off.includes(c.key) && !c.off) : !c.off)), [all, kept])
  return {
    all,
    shown,
    keys: shown.map((c) => c.key),
    choose: (keys) => keep(keys ? { on: [...keys], off: all.filter((c) => !keys.includes(c.key)).map((c) => c.key) } : null),
  }
}

/** The shown columns, in their order, by the names that a download knows. */
export const fileColumns = <R,>(shown: readonly Column<R>[]): string[] => [...new Set(shown.flatMap((column) => column.file ?? [column.key]))]

/** Our columns as the table part takes them: first one fixed, links, order marks. */
export function antColumns<T extends Operation>(props: DataTableProps<T>, shown: readonly Column<RowOf<T>>[], state: TableState): TableColumnType<RowOf<T>>[] {
  const linkKey = props.linkColumn ?? props.columns[0]?.key
  return shown.map((column, i) => ({
    key: column.key,
    title: column.title,
    ...(column.width ? { width: column.width } : {}),
    ...(i === 0 ? { fixed: 'left' as const } : {}),
    ...(column.number ? { align: 'right' as const, className: 'ag-num' } : {}),
    ellipsis: { showTitle: false },
    ...(column.sort ? orderOf(column.sort, state) : {}),
    render: (_: unknown, row: RowOf<T>) => {
      const cell = cellOf(column, row)
      return column.key === linkKey && props.rowLink ? <Link to={props.rowLink(row)} {...(typeof cell === 'string' ? { title: cell } : {})}>{cell}</Link> : cell
    },
  }))
}

export function cellOf<R>(column: Column<R>, row: R) {
  if (column.render) return column.render(row)
  const value = (row as Record<string, unknown>)[column.key]
  if (value === null || value === undefined || value === '') return <span className="ag-faint">—</span>
  if (typeof value === 'number') return value.toLocaleString('zh-CN')
  return <span title={String(value)}>{String(value)}</span>
}

/** A press on the head goes down, then up, then back to the order of the list itself, through those that there are. */
function orderOf(given: NonNullable<Column<never>['sort']>, state: TableState) {
  const { up, down } = typeof given === 'string' ? { up: given, down: `-${given}` } : given
  const order = state.sort === undefined ? null : state.sort === up ? ('ascend' as const) : state.sort === down ? ('descend' as const) : null
  const cycle = [undefined, down, up].filter((value, i) => i === 0 || value !== undefined)
  const next = cycle[(cycle.indexOf(order === null ? undefined : state.sort) + 1) % cycle.length]
  return {
    sorter: true,
    sortOrder: order,
    showSorterTooltip: { title: '点击排序' },
    onHeaderCell: () => ({ onClick: () => state.sortBy(next) }),
  }
}
