import { Skeleton } from 'antd'
import { Link } from 'react-router'
import { operations } from '../../../capabilities/statistics/operations.ts'
import type { Recent as News } from '../../../capabilities/statistics/statistics.ts'
import { zhMoment } from '../../../kernel/core/time-zh.ts'
import { useRead } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { EmptyState, Section } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { eventText } from '../../../kernel/web/texts.ts'

const pages: Readonly<Record<string, { path: string; word: string }>> = {
  hazard: { path: '/hazards', word: '隐患' }, visit: { path: '/visits', word: '走访' }, paper: { path: '/papers', word: '文书' }, enterprise: { path: '/enterprises', word: '监管对象' },
}

/** 最近动态: what happened last in my reach; each opens its record. */
export function Recent() {
  const { data, error, refetch } = useRead(operations.recent, {}, { everySeconds: 120 })
  return (
    <Section title="最近动态">
      {error ? <ProblemView problem={error} onRetry={() => void refetch()} /> : null}
      {data || error ? null : <Skeleton active paragraph={{ rows: 4 }} />}
      {data && data.rows.length === 0 ? <EmptyState title="近一个月没有新的动态" how="走访、隐患、文书和档案的每一步办理都会出现在这里。" /> : null}
      <ul className="ag-recent">{data?.rows.map((row) => <Line key={row.id} row={row} />)}</ul>
    </Section>
  )
}

function Line({ row }: { row: News }) {
  const page = pages[row.aggregate]
  const did = eventText(row.event)
  const title = row.title || row.enterpriseName || page?.word || ''
  return (
    <li>
      <span className="ag-recent-what">{page && !did.includes(page.word) ? page.word : null}{did}</span>{' '}
      {page ? <Link to={`${page.path}/${row.recordId}`}>{title}</Link> : title}
      <p className="quiet">{[zhMoment(row.at, serverNow()), row.actor, row.enterpriseName === title ? null : row.enterpriseName].filter(Boolean).join(' · ')}</p>
    </li>
  )
}
