import { Skeleton } from 'antd'
import { useMemo } from 'react'
import { Link } from 'react-router'
import { operations } from '../../../capabilities/statistics/operations.ts'
import type { Home } from '../../../capabilities/statistics/statistics.ts'
import { zhMoment } from '../../../kernel/core/time-zh.ts'
import { Chart } from '../../../kernel/web/chart.tsx'
import { useRead } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { useMe } from '../../../kernel/web/me.ts'
import { Figure, Section } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'

/** Today and what stands open in my reach; every figure opens its list. */
export function Today() {
  const { data, error, refetch } = useRead(operations.home, {}, { everySeconds: 300 })
  return (
    <Section title="今日" extra={data ? <span className="quiet">截至 {zhMoment(data.at, serverNow())}</span> : null}>
      {error ? <ProblemView problem={error} onRetry={() => void refetch()} /> : null}
      {data ? <Figures home={data} /> : error ? null : <Skeleton active paragraph={{ rows: 4 }} />}
    </Section>
  )
}

function Figures({ home }: { home: Home }) {
  const { can } = useMe()
  const { total, day } = home
  const visits = (more = '') => (can('visit.read') ? `/visits?from=${day}&to=${day}&states=DONE${more}` : undefined)
  const hazards = (query: string) => (can('hazard.read') ? `/hazards?${query}` : undefined)
  const closed = `closedFrom=${day}&closedTo=${day}`
  return (
    <>
      <div className="ag-figure-grid">
        <Figure label="今日走访" value={total.visited} unit="家次" {...opens(visits())} note={<>其中已检查 <Count n={total.checked} to={visits('&outcomes=CHECKED')} /></>} />
        <Figure label="今日上报" value={total.found} unit="宗" {...opens(hazards(`foundFrom=${day}&foundTo=${day}&voided=false`))} note={<>含待核定；今日销号 <Count n={total.closed} to={hazards(closed)} />，现场整改 <Count n={total.fixed} to={hazards(`${closed}&closedHow=ON_SITE`)} /></>} />
        <Figure label="未销号" value={total.open} unit="宗" {...opens(hazards('open=true'))} note={<>待核定 <Count n={total.toConfirm} to={hazards('states=REPORTED')} />，待复查 <Count n={total.toReinspect} to={hazards('states=SUBMITTED')} /></>} />
        <Figure label="逾期" value={total.overdue} unit="宗" tone={total.overdue > 0 ? 'late' : 'plain'} {...opens(hazards('overdue=true'))} note={<>重大未销号 <Count n={total.major} to={hazards('open=true&level=MAJOR')} /></>} />
      </div>
      <Trend trend={home.trend} />
    </>
  )
}

const opens = (to: string | undefined) => (to ? { to } : {})

/** A number in a sentence; it opens its list as the great ones do. */
function Count({ n, to }: { n: number; to: string | undefined }) {
  const text = n.toLocaleString('zh-CN')
  return to ? <Link to={to}>{text}</Link> : text
}

function Trend({ trend }: { trend: Home['trend'] }) {
  const option = useMemo(
    () => ({
      tooltip: { trigger: 'axis' },
      legend: {},
      grid: { left: 34, right: 8, top: 26, bottom: 22 },
      xAxis: { type: 'category', data: trend.map((d) => d.day.slice(5)), axisTick: { show: false } },
      yAxis: { type: 'value', minInterval: 1 },
      series: [
        { type: 'bar', name: '上报', data: trend.map((d) => d.found), barMaxWidth: 10 },
        { type: 'line', name: '销号', data: trend.map((d) => d.closed), showSymbol: false },
      ],
    }),
    [trend],
  )
  if (trend.every((d) => d.found === 0 && d.closed === 0)) return null
  return <Chart option={option} height={160} say={`近 ${trend.length} 天每日上报和销号的隐患数`} />
}
