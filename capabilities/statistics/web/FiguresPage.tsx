import './statistics.css'
import { Alert, Button, DatePicker, Segmented, Tabs } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { zhDate, zhDateTime } from '../../../kernel/core/time-zh.ts'
import { download, useRead } from '../../../kernel/web/client.ts'
import { PageHead } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { FilterRow } from '../../../kernel/web/table-filters.tsx'
import { type TableState, useTableState } from '../../../kernel/web/table-state.ts'
import type { Split } from '../figures.ts'
import type { Filter } from '../../../kernel/web/table.tsx'
import { operations as campaigns } from '../../campaign/operations.ts'
import { operations } from '../operations.ts'
import { type PeriodKind, periodKinds, periodZh } from '../period.ts'
import { chapters } from '../words.ts'
import { addressKeys, type Asked, askedOf } from './asked.ts'
import { CrossTable } from './CrossTable.tsx'
import { Definitions } from './Definitions.tsx'
import { FigureCards } from './FigureCards.tsx'
import { filters } from './filters.ts'
import { PaperNarrowing } from './OnPaper.tsx'
import { SplitView } from './SplitView.tsx'

const all = chapters.flatMap((chapter) => chapter.ids).join(',')

/** 统计指标: one period, one narrowing, every figure with where it comes from. */
export default function FiguresPage() {
  const state = useTableState('', addressKeys)
  const narrowing = useFilters()
  const asked = askedOf(state)
  const backwards = asked.period.from > asked.period.to
  const read = useRead(operations.figures, { ...asked.scope, metrics: all, compare: asked.kind }, { enabled: !backwards })
  const tab = state.set.tab ?? 'cards'
  const asOf = read.data?.asOf
  return (
    <>
      <PageHead title="统计指标" note={<>{zhDate(asked.period.from)} 至 {zhDate(asked.period.to)}{asOf ? ` · 数据截至 ${zhDateTime(asOf)}` : ''}<span className="ag-noprint"> · 每个数都能点开它背后的记录</span></>} actions={<ExportButton asked={asked} state={state} />} />
      <PaperNarrowing filters={narrowing} state={state} />
      <div className="st-tools ag-noprint">
        <PeriodChoice state={state} asked={asked} />
        <FilterRow filters={narrowing} state={state} />
      </div>
      {backwards ? <Alert className="ag-problem" type="warning" showIcon title="结束日期不能早于开始日期" /> : null}
      {read.error ? <ProblemView problem={read.error} onRetry={() => void read.refetch()} /> : null}
      <Tabs
        activeKey={tab}
        onChange={(next) => state.change({ tab: next === 'cards' ? undefined : next })}
        items={[
          { key: 'cards', label: '总览', children: backwards || (read.error && !read.data) ? null : <FigureCards answer={read.data} asked={asked} loading={!read.data} /> },
          { key: 'trend', label: '趋势', children: <SplitView key="trend" by={trendOf(asked)} asked={asked} state={state} look="chart" /> },
          { key: 'area', label: '分区划', children: <SplitView key="area" by="street" asked={asked} state={state} look="map" /> },
          { key: 'industry', label: '分行业', children: <SplitView key="industry" by="industry" asked={asked} state={state} look="bars" /> },
          { key: 'cross', label: '交叉表', children: <CrossTable asked={asked} state={state} /> },
          { key: 'words', label: '口径', children: <Definitions /> },
        ]}
        destroyOnHidden
      />
    </>
  )
}

/** What narrows the numbers; actions by name. */
function useFilters(): readonly Filter[] {
  const list = useRead(campaigns.list, underWay)
  const options = (list.data?.rows ?? []).map((c) => ({ value: c.id, label: c.name }))
  return [...filters.slice(0, 2), { key: 'campaignId', label: '专项行动', kind: 'choice', options, width: 200 }, ...filters.slice(2).map((f) => (f.key === 'sizes' || f.key === 'aboveScale' ? { ...f, more: true } : f))]
}
const underWay = { states: 'RUNNING,CLOSING,CLOSED', limit: 100 }

/** Days up to two months, weeks up to a year, months beyond. */
const trendOf = ({ period }: Asked): Split => {
  const days = (Date.parse(period.to) - Date.parse(period.from)) / 86_400_000
  return days <= 62 ? 'day' : days <= 366 ? 'week' : 'month'
}

function PeriodChoice({ state, asked }: { state: TableState; asked: Asked }) {
  const { from, to } = asked.period
  return (
    <div className="st-period">
      <Segmented<PeriodKind> aria-label="统计期间" value={asked.kind} options={periodKinds.map((value) => ({ value, label: periodZh[value] }))} onChange={(next) => state.change(next === 'own' ? { period: next, from, to } : { period: next === 'month' ? undefined : next, from: undefined, to: undefined })} />
      {asked.kind === 'own' ? (
        <DatePicker.RangePicker aria-label="起止日期" allowClear={false} value={[dayjs(from), dayjs(to)]} format="YYYY年M月D日" onChange={(days) => (days?.[0] && days[1] ? state.change({ from: days[0].format('YYYY-MM-DD'), to: days[1].format('YYYY-MM-DD') }) : undefined)} />
      ) : null}
    </div>
  )
}

/** The sheet of what the open tab shows. */
function ExportButton({ asked, state }: { asked: Asked; state: TableState }) {
  const [problem, setProblem] = useState<unknown>()
  const [running, setRunning] = useState(false)
  const { tab, rows, columns } = state.set
  const splitBy = tab === 'area' ? 'street' : tab === 'industry' ? 'industry' : tab === 'trend' ? trendOf(asked) : tab === 'cross' ? [rows ?? 'street', columns ?? 'level'].join(',') : undefined
  const take = async () => {
    setRunning(true)
    setProblem(undefined)
    await download(operations.export, { ...asked.scope, metrics: all, ...(splitBy ? { splitBy } : {}) }).catch(setProblem)
    setRunning(false)
  }
  return (
    <>
      {problem ? <ProblemView problem={problem} onRetry={() => void take()} /> : null}
      <Button onClick={() => void take()} loading={running}>导出表格</Button>
    </>
  )
}
