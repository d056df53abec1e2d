import { Button } from 'antd'
import { Link } from 'react-router'
import { zhDay } from '../../../kernel/core/time-zh.ts'
import { useRead } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { useMe } from '../../../kernel/web/me.ts'
import { DueTag, StatusTag } from '../../../kernel/web/parts.tsx'
import { operations as enterprises } from '../../enterprise/operations.ts'
import { MEASURE_ZH, SEAL_ZH } from '../measure.ts'
import { operations } from '../operations.ts'
import { measureTone, stateTone, stateWord } from './words.ts'

/** Papers of a hazard, a visit or an enterprise, for the pages of those; with the way to a new one from a visit. */
export function PapersOf(of: { hazardId?: string; visitId?: string; enterpriseId?: string }) {
  const me = useMe()
  const { data } = useRead(operations.list, { ...of, limit: 20 }, { enabled: me.can('enforcement.read') })
  if (!me.can('enforcement.read')) return null
  return (
    <div>
      {of.enterpriseId ? <Held enterpriseId={of.enterpriseId} /> : null}
      {(data?.rows ?? []).map((paper) => (
        <div key={paper.id} style={{ marginBottom: 6 }}>
          <Link to={`/papers/${paper.id}`}>{paper.title}{paper.no ? ` ${paper.no}` : ''}</Link> <StatusTag tone={stateTone[paper.state]}>{stateWord(paper)}</StatusTag>
          {paper.issuedOn ? <small className="ag-faint"> {zhDay(paper.issuedOn, serverNow())}签发</small> : null}
        </div>
      ))}
      {data && data.rows.length === 0 ? <span className="ag-faint">还没有文书</span> : null}
      {of.visitId && me.can('enforcement.draft') ? <div style={{ marginTop: 8 }}><Link to={`/papers/new?visitId=${of.visitId}`}><Button size="small">起草文书</Button></Link></div> : null}
      {of.enterpriseId && me.can('enforcement.draft') ? <TalkButton enterpriseId={of.enterpriseId} /> : null}
    </div>
  )
}

/** What is sealed or seized at the enterprise now. */
function Held({ enterpriseId }: { enterpriseId: string }) {
  const { data } = useRead(operations.measures, { enterpriseId, state: 'IN_FORCE,TESTING,EXPIRED', limit: 20 })
  return (data?.rows ?? []).map((m) => (
    <div key={m.id} style={{ marginBottom: 6 }}>
      <Link to={`/measures/${m.id}`}>{SEAL_ZH[m.kind]}{m.thingCount}项</Link> <StatusTag tone={measureTone[m.state]}>{MEASURE_ZH[m.state]}</StatusTag> <DueTag due={m.dueOn} />
    </div>
  ))
}

/** 提醒谈话、约谈 need no visit: they are drafted from the enterprise itself. */
function TalkButton({ enterpriseId }: { enterpriseId: string }) {
  const { data } = useRead(enterprises.get, { id: enterpriseId })
  const site = data?.sites.find((s) => s.isMain && !s.closedOn) ?? data?.sites.find((s) => !s.closedOn)
  return site ? <div style={{ marginTop: 8 }}><Link to={`/papers/new?siteId=${site.id}&type=D27`}><Button size="small">记录谈话、约谈</Button></Link></div> : null
}
