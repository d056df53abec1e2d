import type { ReactNode } from 'react'
import type { InputOf, Operation, OutputOf } from '../core/operation.ts'
import type { RowOf } from './client.ts'
import type { Tone } from './tokens.ts'

/** One column. Without `render` the value under `key` is printed, — when there is none. */
export interface Column<R> {
  readonly key: string
  readonly title: string
  /** Pixels; the column that has none takes the rest. */
  readonly width?: number
  readonly render?: (row: R) => ReactNode
  /** Off until a person chooses it. */
  readonly off?: boolean
  /** Cannot be chosen away. */
  readonly always?: boolean
  /** Figures stand right, in tabular digits. */
  readonly number?: boolean
  /** What the downloaded file calls it, when that is not its key; several where one cell shows several things. */
  readonly file?: readonly string[]
  /** Values of `sort` in the input. A plain name: descending is the same with a leading minus. */
  readonly sort?: string | { readonly up?: string; readonly down?: string }
}

/** One filter above the table; `key` is the input key and the key in the address. */
export interface Filter {
  readonly key: string
  readonly label: string
  readonly kind: 'text' | 'choice' | 'choices' | 'date' | 'days' | 'flag' | 'area' | 'own'
  readonly options?: readonly { value: string; label: string }[]
  /** `days`: the two input keys, first and last day. */
  readonly keys?: readonly [string, string]
  /** Behind 展开. */
  readonly more?: boolean
  readonly placeholder?: string
  readonly width?: number
  /** `own`: draws itself. */
  readonly render?: (value: string | undefined, set: (value: string | undefined) => void) => ReactNode
  /** Words of a value, for the list of set filters; defaults to the option's label or the value. */
  readonly say?: (value: string) => string
}

/** A number above the table that is also a filter: pressing it sets `set` and drops the keys of the other figures. */
export interface FigureFilter {
  readonly label: string
  readonly value: number | null | undefined
  /** {} = all. */
  readonly set: Readonly<Record<string, string | undefined>>
  readonly tone?: Tone
}

/** A view that comes with the screen. */
export interface View {
  readonly name: string
  readonly set: Readonly<Record<string, string | undefined>>
}

/** What can be done with the chosen rows at once. */
export interface BatchAction<R> {
  readonly label: string
  readonly run: (rows: readonly R[], clear: () => void) => void
  readonly danger?: boolean
  /** Why it cannot be done with these rows; undefined: it can. */
  readonly why?: (rows: readonly R[]) => string | undefined
}

export interface DataTableProps<T extends Operation> {
  readonly operation: T
  readonly columns: readonly Column<RowOf<T>>[]
  /** Input that no filter may change. */
  readonly input?: Partial<InputOf<T>>
  readonly filters?: readonly Filter[]
  /** A function gets the page that was read, when the list itself answers the figures; `undefined` until then. */
  readonly figures?: readonly FigureFilter[] | ((page: OutputOf<T> | undefined) => readonly FigureFilter[])
  readonly views?: readonly View[]
  /** The page of a row: its name links there. */
  readonly rowLink?: (row: RowOf<T>) => string
  /** Column that carries the link; the first by default. */
  readonly linkColumn?: string
  /** Drawer for a row (its id stands in the address as `row`). */
  readonly drawer?: (row: RowOf<T>) => ReactNode
  readonly drawerTitle?: (row: RowOf<T>) => ReactNode
  readonly batch?: readonly BatchAction<RowOf<T>>[]
  /** Operation that answers the file of exactly this filter. */
  readonly export?: Operation
  readonly empty?: { title: string; how?: ReactNode; action?: ReactNode }
  /** Key of a row; `id` by default. */
  readonly rowKey?: string
  /** Name under which columns and views are kept; the operation's path by default. */
  readonly name?: string
  /** Put before every key in the address, when a page has two tables. */
  readonly prefix?: string
  readonly tools?: ReactNode
  readonly rowClass?: (row: RowOf<T>) => string
  /** Stand by itself inside another page: no filters row, no views. */
  readonly plain?: boolean
}
