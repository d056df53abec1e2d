import { Skeleton } from 'antd'
import { Link } from 'react-router'
import { operations } from '../../../capabilities/hazard/operations.ts'
import { levelZh, stateZh } from '../../../capabilities/hazard/zh.ts'
import { zhMoment } from '../../../kernel/core/time-zh.ts'
import { useRead } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { EmptyState, Section, StatusTag } from '../../../kernel/web/parts.tsx'

/** 最近动态: the hazards found last in my reach. */
export function Recent() {
  const { data, error } = useRead(operations.list, { limit: 8 }, { everySeconds: 120 })
  if (error) return null
  return (
    <Section title="最近发现" extra={<Link to="/hazards">全部</Link>}>
      {data ? null : <Skeleton active paragraph={{ rows: 4 }} />}
      {data && data.rows.length === 0 ? <EmptyState title="辖区内还没有隐患记录" how="检查、巡查或企业自查发现的隐患会出现在这里。" /> : null}
      <ul className="ag-recent">
        {data?.rows.map((row) => (
          <li key={row.id}>
            <Link to={`/hazards/${row.id}`}>{row.title}</Link>
            <p className="quiet">
              {row.level === 'MAJOR' ? <StatusTag tone="late">{levelZh.MAJOR}</StatusTag> : null} {row.enterpriseName} · {stateZh[row.state]} · {zhMoment(row.foundAt, serverNow())}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  )
}
