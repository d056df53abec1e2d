import { Link } from 'react-router'
import { useRead } from '../../../kernel/web/client.ts'
import { DueTag, StatusTag } from '../../../kernel/web/parts.tsx'
import { operations } from '../operations.ts'
import { stateZh } from '../zh.ts'
import { stateTone } from './words.ts'
import './hazard.css'

/** Open hazards of one enterprise, the most pressing first, for its page. */
export function OpenHazardsOf({ enterpriseId, limit = 6 }: { enterpriseId: string; limit?: number }) {
  const { data, error } = useRead(operations.list, { enterpriseId, open: 'true', sort: 'due', limit } as never)
  if (error) return <span className="quiet">{error.title}</span>
  if (!data) return null
  if (data.rows.length === 0) return <span className="quiet">没有未销号的隐患</span>
  return (
    <>
      {data.rows.map((row) => (
        <div className="hz-row" key={row.id}>
          <Link to={`/hazards/${row.id}`}>{row.title}</Link>
          <span><StatusTag tone={stateTone[row.state]}>{stateZh[row.state]}</StatusTag>{row.dueOn ? <DueTag due={row.dueOn} /> : null}</span>
        </div>
      ))}
      {data.total > data.rows.length ? <Link to={`/hazards?enterpriseId=${enterpriseId}&open=true`}>全部 {data.total} 宗</Link> : null}
    </>
  )
}
