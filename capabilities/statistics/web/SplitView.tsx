import { Select, Skeleton, Table } from 'antd'
import { useNavigate } from 'react-router'
import { zhDate } from '../../../kernel/core/time-zh.ts'
import { Chart } from '../../../kernel/web/chart.tsx'
import { blocking, useRead } from '../../../kernel/web/client.ts'
import { AreaMap } from '../../../kernel/web/map.tsx'
import { EmptyState, Section } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import type { TableState } from '../../../kernel/web/table-state.ts'
import { useBoundaries } from '../../district/web/public.tsx'
import { type Cell, cellsOf, type Figure, metricOf, type Split } from '../figures.ts'
import { operations } from '../operations.ts'
import { stepsOf } from '../period.ts'
import { chapters, splitZh } from '../words.ts'
import { type Asked, factsLink } from './asked.ts'
import { CellNumber } from './Numbers.tsx'
import { PaperDefinitions } from './OnPaper.tsx'

/** The columns of every table by one dimension: enough to read across, no more. */
const columnIds = ['M04', 'M05', 'M07', 'M09C', 'M11', 'M08R', 'M14', 'M15O', 'M15'] as const

const choices = chapters.map(({ title, ids }) => ({ label: title, options: ids.map((id) => ({ value: id, label: metricOf(id).name })) }))

export const MetricChoice = ({ value, state }: { value: string; state: TableState }) => (
  <Select aria-label="指标" className="st-metric" value={value} options={choices} showSearch={{ optionFilterProp: 'label' }} onChange={(next: string) => state.change({ metric: next })} />
)

export function SplitView({ by, asked, state, look }: { by: Split; asked: Asked; state: TableState; look: 'chart' | 'bars' | 'map' }) {
  const metric = state.set.metric ?? 'M07'
  const ids = [...new Set([metric, ...columnIds])].filter((id) => id === metric || !isTimed(by) || metricOf(id).nature !== 'STOCK')
  const read = useRead(operations.figures, { ...asked.scope, metrics: ids.join(','), splitBy: by })
  if (blocking(read)) return <ProblemView problem={read.error} onRetry={() => void read.refetch()} />
  if (!read.data) return <Skeleton active paragraph={{ rows: 10 }} />
  const { total, asOf } = read.data
  const found = cellsOf(read.data, ids)
  const cells = isTimed(by) && found.length > 0 ? stepsOf(by, asked.period).map((key) => found.find((cell) => cell.keys[0] === key) ?? { keys: [key], labels: [key], figures: Object.fromEntries(ids.map((id) => [id, quiet(id)])) }) : found
  const title = <><MetricChoice value={metric} state={state} /> <small className="ag-faint">{metricOf(metric).unit}</small></>
  const why = total[metric]?.value === null ? total[metric]?.why : undefined
  return (
    <>
      <Section title={title} onPaper="never">
        {why ? <EmptyState title="这个指标现在没有数" how={why} /> : cells.length === 0 ? <EmptyState title="这段时间没有记录" how="换一段时间，或放宽上面的条件。" /> : look === 'map' ? <ValueMap cells={cells} metric={metric} asked={asked} asOf={asOf} /> : <ValueChart cells={cells} metric={metric} by={by} asked={asked} asOf={asOf} look={look} />}
      </Section>
      <Section title={`按${splitZh[by]}`} flush onPaper="long">
        <Table
          size="small"
          rowKey={(row: Cell) => row.keys[0] ?? ''}
          dataSource={[...cells].sort(order(by))}
          pagination={false}
          scroll={{ x: 960 }}
          columns={[
            { title: splitZh[by], key: 'name', fixed: 'left' as const, width: 170, render: (_: unknown, row: Cell) => labelOf(by, row) },
            ...ids.map((id) => ({ title: metricOf(id).name, key: id, align: 'right' as const, render: (_: unknown, row: Cell) => <CellNumber figure={row.figures[id]} scope={asked.scope} asOf={asOf} by={[by]} keys={row.keys} /> })),
          ]}
          summary={() => (
            <Table.Summary.Row className="st-sum">
              <Table.Summary.Cell index={0}>合计</Table.Summary.Cell>
              {ids.map((id, i) => <Table.Summary.Cell key={id} index={i + 1} align="right"><CellNumber figure={total[id]} scope={asked.scope} asOf={asOf} by={[by]} keys={['*']} /></Table.Summary.Cell>)}
            </Table.Summary.Row>
          )}
        />
        <p className="st-foot">家数、人数按各行分别去重，各行相加可能多于合计；宗数、家次各行相加等于合计。</p>
      </Section>
      <PaperDefinitions ids={ids} />
    </>
  )
}

const isTimed = (by: Split): by is 'day' | 'week' | 'month' => by === 'day' || by === 'week' || by === 'month'
/** A day on which nothing happened: a count of nought, a rate without base. */
const quiet = (id: string): Figure => (metricOf(id).of ? { id, value: null, text: '—' } : { id, value: 0, text: '0' })
/** 3月5日 below a bar, 3月 for a month. */
const shortOf = (key: string): string => `${Number(key.slice(5, 7))}月${key.length > 7 ? `${Number(key.slice(8))}日` : ''}`
const order = (by: Split) => (a: Cell, b: Cell) => (isTimed(by) || by === 'street' ? (a.keys[0] ?? '').localeCompare(b.keys[0] ?? '') : (b.figures.M07?.value ?? 0) - (a.figures.M07?.value ?? 0))
const labelOf = (by: Split, { keys: [key = ''], labels: [label = ''] }: Cell): string =>
  by === 'day' ? zhDate(key) : by === 'week' ? `${zhDate(key)}起一周` : by === 'month' ? `${key.slice(0, 4)}年${Number(key.slice(5))}月` : label

interface PictureProps {
  readonly cells: readonly Cell[]
  readonly metric: string
  readonly asked: Asked
  readonly asOf: string
}

function ValueChart({ cells, metric, by, asked, asOf, look }: PictureProps & { by: Split; look: 'chart' | 'bars' }) {
  const navigate = useNavigate()
  const { name, of, unit } = metricOf(metric)
  const sorted = [...cells].sort(look === 'chart' ? order(by) : (a, b) => (b.figures[metric]?.value ?? 0) - (a.figures[metric]?.value ?? 0)).slice(0, look === 'chart' ? 400 : 15)
  const rows = look === 'bars' ? [...sorted].reverse() : sorted
  const names = rows.map((cell) => (look === 'chart' ? shortOf(cell.keys[0] ?? '') : (cell.labels[0] ?? '')))
  const data = rows.map((cell) => cell.figures[metric]?.value ?? null)
  const value = { type: 'value', ...(of ? {} : { minInterval: 1 }) }
  const category = { type: 'category', data: names }
  const option = {
    tooltip: { trigger: 'axis', valueFormatter: (n: unknown) => (typeof n === 'number' ? `${n.toLocaleString('zh-CN')}${unit}` : '—') },
    ...(look === 'bars' ? { grid: { left: 8, right: 24, top: 8, bottom: 8, containLabel: true }, xAxis: value, yAxis: category } : { xAxis: category, yAxis: value }),
    series: [{ name, type: look === 'chart' && of ? 'line' : 'bar', data, barMaxWidth: 22 }],
  }
  const open = (picked: string) => {
    const cell = rows[names.indexOf(picked)]
    if (cell) void navigate(factsLink(of?.[0] ?? metric, asked.scope, asOf, { by: [by], keys: cell.keys }))
  }
  return <Chart option={option} height={look === 'bars' ? Math.max(160, rows.length * 26 + 30) : 280} say={`${name}，${rows.length}项`} onPick={open} />
}

/** The darker the more; the numbers stand in the table beside it. */
function ValueMap({ cells, metric, asked, asOf }: PictureProps) {
  const navigate = useNavigate()
  const shapes = useBoundaries()
  const values = new Map(cells.map((cell) => [cell.keys[0] ?? '', cell.figures[metric]?.value ?? 0]))
  const most = Math.max(1, ...values.values())
  const areas = shapes.filter((area) => area.level !== 'grid').map((area) => (area.level === 'street' ? { ...area, name: `${area.name} ${(values.get(area.id) ?? 0).toLocaleString('zh-CN')}`, fill: `rgba(60,111,176,${(0.06 + (0.5 * (values.get(area.id) ?? 0)) / most).toFixed(2)})` } : area))
  const { of } = metricOf(metric)
  return <AreaMap areas={areas} height={380} onArea={(id) => (values.has(id) ? void navigate(factsLink(of?.[0] ?? metric, asked.scope, asOf, { by: ['street'], keys: [id] })) : undefined)} />
}
