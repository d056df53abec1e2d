import { Button } from 'antd'
import { Link } from 'react-router'
import { zhDay } from '../../../kernel/core/time-zh.ts'
import { useRead } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { useMe } from '../../../kernel/web/me.ts'
import { StatusTag } from '../../../kernel/web/parts.tsx'
import { operations } from '../operations.ts'
import { stateTone, stateWord } from './words.ts'

/** Papers of a hazard, a visit or an enterprise, for the pages of those; with the way to a new one from a visit. */
export function PapersOf(of: { hazardId?: string; visitId?: string; enterpriseId?: string }) {
  const me = useMe()
  const { data } = useRead(operations.list, { ...of, limit: 20 }, { enabled: me.can('enforcement.read') })
  if (!me.can('enforcement.read')) return null
  return (
    <div>
      {(data?.rows ?? []).map((paper) => (
        <div key={paper.id} style={{ marginBottom: 6 }}>
          <Link to={`/papers/${paper.id}`}>{paper.title}{paper.no ? ` ${paper.no}` : ''}</Link> <StatusTag tone={stateTone[paper.state]}>{stateWord(paper)}</StatusTag>
          {paper.issuedOn ? <small className="ag-faint"> {zhDay(paper.issuedOn, serverNow())}签发</small> : null}
        </div>
      ))}
      {data && data.rows.length === 0 ? <span className="ag-faint">还没有文书</span> : null}
      {of.visitId && me.can('enforcement.draft') ? <div style={{ marginTop: 8 }}><Link to={`/papers/new?visitId=${of.visitId}`}><Button size="small">起草文书</Button></Link></div> : null}
    </div>
  )
}
