import { Select, Skeleton, Table } from 'antd'
import { useRead } from '../../../kernel/web/client.ts'
import { EmptyState, Section } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import type { TableState } from '../../../kernel/web/table-state.ts'
import { ALL, cellsOf, metricOf, type Split, splits } from '../figures.ts'
import { operations } from '../operations.ts'
import { splitZh } from '../words.ts'
import type { Asked } from './asked.ts'
import { CellNumber } from './Numbers.tsx'
import { PaperDefinitions } from './OnPaper.tsx'
import { MetricChoice } from './SplitView.tsx'

const options = splits.map((value) => ({ value, label: splitZh[value] }))
const MOST = 24

/** 交叉表: one metric, two dimensions, sums at both edges; every number opens its list. */
export function CrossTable({ asked, state }: { asked: Asked; state: TableState }) {
  const metric = state.set.metric ?? 'M07'
  const rows = splits.find((one) => one === state.set.rows) ?? 'street'
  const columns = splits.find((one) => one === state.set.columns) ?? 'level'
  const same = rows === columns
  const read = useRead(operations.figures, { ...asked.scope, metrics: metric, splitBy: `${rows},${columns}` }, { enabled: !same })
  const pick = (key: 'rows' | 'columns', value: Split, label: string) => <label className="st-pick">{label} <Select aria-label={label} value={value} options={options} onChange={(next: Split) => state.change({ [key]: next })} /></label>
  const tools = <span className="st-picks ag-noprint"><MetricChoice value={metric} state={state} />{pick('rows', rows, '行')}{pick('columns', columns, '列')}</span>
  const named = <><span className="ag-print-only">{metricOf(metric).name}（{metricOf(metric).unit}）：按{splitZh[rows]}、{splitZh[columns]}</span>{tools}</>
  return (
    <>
      <Section title={named} flush onPaper="long">{same ? <EmptyState title="行和列选成了同一个" how="换一个维度，才分得开。" /> : read.error ? <ProblemView problem={read.error} onRetry={() => void read.refetch()} /> : read.data ? <Crossed data={read.data} metric={metric} by={[rows, columns]} asked={asked} /> : <div className="ag-section-body"><Skeleton active /></div>}</Section>
      <PaperDefinitions ids={[metric]} />
    </>
  )
}

type Data = NonNullable<ReturnType<typeof useRead<typeof operations.figures>>['data']>

function Crossed({ data, metric, by, asked }: { data: Data; metric: string; by: readonly [Split, Split]; asked: Asked }) {
  const cells = cellsOf(data, [metric])
  const at = new Map(cells.map((cell) => [cell.keys.join('\n'), cell]))
  const edge = (side: 0 | 1) => cells.filter((cell) => cell.keys[1 - side] === ALL && cell.keys[side] !== ALL).sort((a, b) => (a.keys[side] ?? '').localeCompare(b.keys[side] ?? ''))
  const [lines, heads] = [edge(0), edge(1)]
  const total = data.total[metric]
  if (total?.value === null && total.denominator === undefined) return <EmptyState title="这个指标不能这样分" how={total.why} />
  if (lines.length === 0) return <EmptyState title="这段时间没有记录" how="换一段时间，或放宽上面的条件。" />
  if (heads.length > MOST) return <EmptyState title={`列太多（${heads.length}列）`} how="把这个维度放到行里，或缩短时间。" />
  const number = (row: string, column: string) => <CellNumber figure={row === ALL && column === ALL ? total : at.get(`${row}\n${column}`)?.figures[metric] ?? zeroOf(metric)} scope={asked.scope} asOf={data.asOf} by={by} keys={[row, column]} />
  const body = [...lines.map((cell) => ({ key: cell.keys[0] ?? '', label: cell.labels[0] ?? '' })), { key: ALL, label: '合计' }]
  return (
    <Table
      size="small"
      rowKey="key"
      dataSource={body}
      pagination={false}
      scroll={{ x: 'max-content' }}
      rowClassName={(row) => (row.key === ALL ? 'st-sum' : '')}
      columns={[
        { title: splitZh[by[0]], dataIndex: 'label', fixed: 'left' as const, width: 180 },
        ...heads.map((head) => ({ title: head.labels[1], key: head.keys[1] ?? '', align: 'right' as const, render: (_: unknown, row: { key: string }) => number(row.key, head.keys[1] ?? '') })),
        { title: '合计', key: 'sum', align: 'right' as const, render: (_: unknown, row: { key: string }) => number(row.key, ALL) },
      ]}
    />
  )
}

/** No row fell into this cell: of a count that is nought, of a rate no base. */
const zeroOf = (metric: string) => (metricOf(metric).of ? { id: metric, value: null, text: '—' } : { id: metric, value: 0, text: '0' })
