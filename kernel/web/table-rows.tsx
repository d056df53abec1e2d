import { Button, Checkbox, Drawer, Table, Tooltip } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { Operation } from '../core/operation.ts'
import type { RowOf } from './client.ts'
import { usePhone } from './phone.ts'
import { antColumns, cellOf } from './table-columns.tsx'
import type { TableState } from './table-state.ts'
import type { BatchAction, DataTableProps } from './table-types.ts'

interface RowsProps<T extends Operation> {
  readonly props: DataTableProps<T>
  readonly rows: RowOf<T>[]
  readonly state: TableState
  readonly columns: DataTableProps<T>['columns']
}

/** The rows: a dense table at a desk, cards on a phone; a press opens the drawer, the name opens the page. */
export function Rows<T extends Operation>({ props, rows, state, columns }: RowsProps<T>) {
  const rowKey = props.rowKey ?? 'id'
  const keyOf = (row: RowOf<T>) => String((row as Record<string, unknown>)[rowKey])
  const [picked, setPicked] = useState<readonly string[]>([])
  const phone = usePhone()
  const { drawer } = props
  const opened = state.open === undefined ? undefined : rows.find((row) => keyOf(row) === state.open)
  // Rows that left the page are no longer chosen: nobody acts on what he does not see.
  const chosen = rows.filter((row) => picked.includes(keyOf(row)))
  const body = { props, rows, state, columns, keyOf, chosen, choose: (next: RowOf<T>[]) => setPicked(next.map(keyOf)) }
  return (
    <>
      {phone ? <CardRows {...body} /> : <TableRows {...body} />}
      {props.batch && chosen.length > 0 ? <BatchBar batch={props.batch} chosen={chosen} clear={() => setPicked([])} /> : null}
      {drawer ? (
        <Drawer open={!!opened} size={phone ? '100%' : 600} title={opened ? props.drawerTitle?.(opened) : null} onClose={() => state.openRow(undefined)} destroyOnHidden>
          {opened ? drawer(opened) : null}
        </Drawer>
      ) : null}
    </>
  )
}

interface BodyProps<T extends Operation> extends RowsProps<T> {
  keyOf(row: RowOf<T>): string
  readonly chosen: RowOf<T>[]
  choose(rows: RowOf<T>[]): void
}

function TableRows<T extends Operation>({ props, rows, state, columns, keyOf, chosen, choose }: BodyProps<T>) {
  const width = columns.reduce((sum, column, i) => sum + (column.width ?? (i === 0 ? 240 : 200)), props.batch ? 44 : 0)
  return (
    <Table<RowOf<T>>
      size="small"
      rowKey={keyOf}
      dataSource={rows}
      columns={antColumns(props, columns, state)}
      pagination={false}
      tableLayout="fixed"
      {...(props.plain ? {} : { sticky: { offsetHeader: topHeight() } })}
      scroll={{ x: width }}
      {...(props.rowClass ? { rowClassName: props.rowClass } : {})}
      {...(props.batch ? { rowSelection: { selectedRowKeys: chosen.map(keyOf), onChange: (_: unknown, next: RowOf<T>[]) => choose(next), columnWidth: 44, fixed: true } } : {})}
      onRow={(row) => (props.drawer ? { onClick: (event) => void (isPlainClick(event.target) && state.openRow(keyOf(row))), style: { cursor: 'pointer' } } : {})}
    />
  )
}

const CARD_LINES = 6

function CardRows<T extends Operation>({ props, rows, state, columns, keyOf, chosen, choose }: BodyProps<T>) {
  const nameKey = props.linkColumn ?? props.columns[0]?.key
  const name = columns.find((c) => c.key === nameKey) ?? columns[0]
  // A card is for finding; the rest stands on the page behind it.
  const rest = columns.filter((c) => c !== name).slice(0, CARD_LINES)
  const toggle = (row: RowOf<T>) => choose(chosen.includes(row) ? chosen.filter((r) => r !== row) : [...chosen, row])
  return (
    <div className="ag-cards">
      {rows.map((row) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the link in the card opens the page by keyboard
        <article key={keyOf(row)} className="ag-card" onClick={(event) => void (props.drawer && isPlainClick(event.target) && state.openRow(keyOf(row)))}>
          <div className="ag-card-title">
            {props.batch ? <Checkbox aria-label="选择" checked={chosen.includes(row)} onChange={() => toggle(row)} style={{ marginRight: 8 }} /> : null}
            {name ? props.rowLink ? <Link to={props.rowLink(row)}>{cellOf(name, row)}</Link> : cellOf(name, row) : null}
          </div>
          <dl>
            {rest.map((column) => <CardLine key={column.key} title={column.title} value={cellOf(column, row)} />)}
          </dl>
        </article>
      ))}
    </div>
  )
}

function CardLine({ title, value }: { title: string; value: React.ReactNode }) {
  return (
    <>
      <dt>{title}</dt>
      <dd>{value}</dd>
    </>
  )
}

function BatchBar<R>({ batch, chosen, clear }: { batch: readonly BatchAction<R>[]; chosen: readonly R[]; clear: () => void }) {
  return (
    <div className="ag-batch">
      <span>已选 {chosen.length} 条</span>
      {batch.map((action) => {
        const why = action.why?.(chosen)
        return (
          <Tooltip key={action.label} title={why}>
            <Button danger={action.danger ?? false} disabled={!!why} onClick={() => action.run(chosen, clear)}>{action.label}</Button>
          </Tooltip>
        )
      })}
      <Button type="text" onClick={clear}>取消选择</Button>
    </div>
  )
}

/** The bar above is sticky too; the head of the table stands below it. */
const topHeight = (): number => Number.parseInt(getComputedStyle(document.documentElement).getPropertyValue('--top'), 10) || 48

/** A click on a link, a button or a chooser is meant for that, not for the row. */
function isPlainClick(target: EventTarget): boolean {
  return target instanceof Element && !target.closest('a, button, input, label, .ant-checkbox-wrapper, .ant-dropdown, .ant-modal-root')
}
