import type { InputOf, Operation, OutputOf } from '../core/operation.ts'
import { type RowOf, useRead } from './client.ts'
import { EmptyState } from './parts.tsx'
import { ProblemView } from './problem-view.tsx'
import { useChosenColumns } from './table-columns.tsx'
import { inputKeys } from './form-values.ts'
import { FilterRow, OtherFilters } from './table-filters.tsx'
import { FigureLine, Pager, Slow, TableSkeleton, ToolLine } from './table-lines.tsx'
import { NothingFound } from './table-nothing.tsx'
import { Rows } from './table-rows.tsx'
import { filterKeys, RESERVED, type TableState, useTableState } from './table-state.ts'
import type { DataTableProps } from './table-types.ts'
import { ViewTabs } from './table-views.tsx'

export type { BatchAction, Column, DataTableProps, FigureFilter, Filter } from './table-types.ts'

/**
 * The list of every screen: figures that are filters, filters, views, table, drawer, paging, export. The address is its
 * state, so a colleague can open the same list within his reach. `operation` is a query whose output is `pageOf(...)`.
 */
export function DataTable<T extends Operation>(props: DataTableProps<T>) {
  const { operation, filters = [], views = [], prefix = '' } = props
  const name = props.name ?? operation.path
  const figuresOf = (page: OutputOf<T> | undefined) => (typeof props.figures === 'function' ? props.figures(page) : (props.figures ?? []))
  const offered = [...filterKeys(filters), ...figuresOf(undefined).flatMap((f) => Object.keys(f.set)), ...views.flatMap((v) => Object.keys(v.set))]
  const keys = props.plain ? [...new Set(offered)] : keysOf(props, offered)
  const state = useTableState(prefix, keys)
  const filter = { ...state.set, ...(state.sort ? { sort: state.sort } : {}), ...props.input }
  const input = { ...filter, limit: state.limit, ...(state.cursor ? { cursor: state.cursor } : {}) } as InputOf<T>
  const read = useRead(operation, input)
  const page = read.data as { rows: RowOf<T>[]; total: number; totalIsEstimate?: boolean; next?: string } | undefined
  const figures = figuresOf(read.data)
  const columns = useChosenColumns(name, props.columns)
  return (
    <div className={props.plain ? 'ag-table ag-table-plain' : 'ag-table'}>
      {figures.length > 0 ? <FigureLine figures={figures} state={state} /> : null}
      {props.plain ? null : (
        <>
          <ViewTabs name={name} views={views} state={state} />
          {filters.length > 0 ? <FilterRow filters={filters} state={state} /> : null}
          <OtherFilters filters={filters} offered={offered} state={state} />
        </>
      )}
      <ToolLine tools={props.tools} total={page?.total} estimate={page?.totalIsEstimate ?? false} busy={read.isPlaceholderData} columns={columns} exportOf={props.export} filter={filter} plain={props.plain ?? false} />
      {read.isFetching ? <Slow since={read.dataUpdatedAt} /> : null}
      {read.error ? <ProblemView problem={read.error} onRetry={() => void read.refetch()} /> : null}
      {!page && !read.error ? <TableSkeleton columns={columns.shown.length} /> : null}
      {page && page.rows.length === 0 ? <Nothing props={props} state={state} filter={filter} /> : null}
      {page && page.rows.length > 0 ? <div className={read.isPlaceholderData ? 'ag-old' : undefined}><Rows props={props} rows={page.rows} state={state} columns={columns.shown} /></div> : null}
      {page && page.rows.length > 0 ? <Pager state={state} total={page.total} estimate={page.totalIsEstimate ?? false} count={page.rows.length} next={page.next} /> : null}
    </div>
  )
}

/** A link from elsewhere may name any key of the operation: a list longer than the number that led to it would be a lie. */
function keysOf<T extends Operation>({ operation, input }: DataTableProps<T>, offered: readonly string[]): string[] {
  const fixed = [...RESERVED, ...Object.keys(input ?? {})] as readonly string[]
  return [...new Set([...offered, ...inputKeys(operation)])].filter((key) => !fixed.includes(key))
}

function Nothing<T extends Operation>({ props, state, filter }: { props: DataTableProps<T>; state: TableState; filter: Record<string, unknown> }) {
  if (Object.keys(state.set).length > 0) return <NothingFound operation={props.operation} filters={props.filters ?? []} state={state} filter={filter} />
  return <EmptyState {...(props.empty ?? { title: '这里还没有记录' })} />
}
