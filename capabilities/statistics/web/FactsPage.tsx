import { useSearchParams } from 'react-router'
import { zhDate, zhDateTime } from '../../../kernel/core/time-zh.ts'
import type { RowOf } from '../../../kernel/web/client.ts'
import { EmptyState, PageHead } from '../../../kernel/web/parts.tsx'
import { type Column, DataTable } from '../../../kernel/web/table.tsx'
import { isMetric, metricOf, splits } from '../figures.ts'
import { operations } from '../operations.ts'
import { splitZh } from '../words.ts'
import { narrowKeys } from './asked.ts'

type Row = RowOf<typeof operations.facts>

const pages: Partial<Record<Row['record'], (row: Row) => string>> = {
  visit: (row) => `/visits/${row.recordId}`,
  hazard: (row) => `/hazards/${row.recordId}`,
  paper: (row) => `/papers/${row.recordId}`,
  enterprise: (row) => `/enterprises/${row.recordId}`,
  site: (row) => `/enterprises/${row.recordId}`,
  park: (row) => (row.recordId ? `/parks/${row.recordId}` : `/enterprises/${row.enterpriseId}`),
  person: (row) => (row.enterpriseId ? `/enterprises/${row.enterpriseId}` : '/campaigns'),
  team: (row) => `/visits/${row.recordId}`,
  draw: (row) => `/enterprises/${row.enterpriseId}`,
}

/** The records behind one number: as many rows as the number says. */
export default function FactsPage() {
  const [params] = useSearchParams()
  const id = params.get('metric') ?? ''
  const [from, to] = [params.get('from'), params.get('to')]
  if (!isMetric(id) || !from || !to) return <EmptyState title="没有指明哪个数" how="请从统计页点一个数进来。" />
  const metric = metricOf(id)
  const split = (params.get('splitBy') ?? '').split(',').flatMap((one) => splits.find((known) => known === one) ?? [])
  const more = Object.fromEntries([...narrowKeys, 'asOf', 'splitBy', 'cell'].flatMap((key) => (params.has(key) ? [[key, params.get(key) ?? '']] : [])))
  const asOf = params.get('asOf')
  const columns: readonly Column<Row>[] = [
    { key: 'title', title: '记录', always: true },
    { key: 'no', title: '编号', width: 220, render: (row) => <span className="ag-num">{row.no ?? '—'}</span> },
    { key: 'enterpriseName', title: '监管对象', width: 260 },
    { key: 'areaName', title: '区划', width: 130 },
    { key: 'day', title: metric.nature === 'STOCK' ? '截至' : '日期', width: 130, render: (row) => zhDate(row.day) },
    ...(id === 'M27B' ? [{ key: 'amount', title: '计入', width: 80, number: true }] : []),
  ]
  return (
    <>
      <PageHead title={metric.name} back={{ to: '/statistics', label: '统计指标' }} note={`${zhDate(from)} 至 ${zhDate(to)}${asOf ? ` · 数据截至 ${zhDateTime(asOf)}` : ''}${split.length && params.has('cell') ? ` · 按${split.map((one) => splitZh[one]).join('、')}取其中一格` : ''} · ${metric.definition}`} />
      <DataTable
        operation={operations.facts}
        input={{ metric: id, from, to, ...more }}
        rowKey="key"
        name={`statistics.facts.${metric.opens}`}
        columns={columns}
        rowLink={(row) => pages[row.record]?.(row) ?? '/statistics'}
        figures={(page) => [{ label: `共（${metric.unit}）`, value: page?.total, set: {} }]}
        empty={{ title: '这个数是 0', how: '这段时间、这个范围内没有符合口径的记录。' }}
      />
    </>
  )
}
