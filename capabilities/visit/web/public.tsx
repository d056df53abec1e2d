import { Link } from 'react-router'
import { zhDay } from '../../../kernel/core/time-zh.ts'
import { useRead } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { StatusTag } from '../../../kernel/web/parts.tsx'
import { kinds, STATE_ZH } from '../kinds.ts'
import { operations } from '../operations.ts'
import './visit.css'
import { stateTone } from './words.ts'

/** The last visits of one enterprise, for its page. */
export function VisitsOf({ enterpriseId, limit = 5 }: { enterpriseId: string; limit?: number }) {
  const { data } = useRead(operations.list, { enterpriseId, limit })
  if (!data) return null
  if (!data.rows.length) return <span className="quiet">还没有走访记录</span>
  return (
    <>
      {data.rows.map((row) => (
        <div className="vp-row" key={row.id}>
          <Link to={`/visits/${row.id}`}>{kinds[row.kind].short} · {zhDay(row.businessDate, serverNow())}</Link>
          <span><StatusTag tone={stateTone[row.state]}>{STATE_ZH[row.state]}</StatusTag>{row.findingCount ? <small className="quiet"> 隐患 {row.findingCount}</small> : null}</span>
        </div>
      ))}
      {data.total > data.rows.length ? <Link to={`/visits?enterpriseId=${enterpriseId}`}>全部 {data.total} 次</Link> : null}
    </>
  )
}
