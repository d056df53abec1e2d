import { Skeleton } from 'antd'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { blocking, useRead } from '../../../kernel/web/client.ts'
import { EmptyState } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { STATE_ZH } from '../kinds.ts'
import { operations } from '../operations.ts'
import type { Detail } from '../visit.ts'
import { RecordFlow } from './RecordFlow.tsx'
import type { Target } from './recording.ts'

const targetOf = (visit: Detail, urgent: boolean): Target => ({
  id: visit.id, kind: visit.kind, siteId: visit.siteId, enterpriseId: visit.enterpriseId, enterpriseName: visit.enterpriseName, siteName: visit.siteName, versionIds: visit.checklists.map((c) => c.versionId), state: visit.state, version: visit.version,
  arrivedAt: visit.arrivedAt, idShownAt: visit.idShownAt, informedAt: visit.informedAt, scanned: visit.scanned, urgent: urgent || visit.urgent, grounds: {},
  people: visit.people.map((p) => ({ part: p.part, name: p.name, conflictDeclared: p.conflictDeclared, ...(p.personId ? { personId: p.personId } : {}), ...(p.organisation ? { organisation: p.organisation } : {}) })),
})

/** 检查记录 of a planned visit. */
export default function RecordPage() {
  const { id = '' } = useParams()
  const [params] = useSearchParams()
  const navigate = useNavigate()
  const read = useRead(operations.get, { id }, { keep: false })
  if (blocking(read)) return <ProblemView problem={read.error} onRetry={() => void read.refetch()} />
  if (!read.data) return <Skeleton active paragraph={{ rows: 8 }} />
  const visit = read.data
  const urgent = params.get('urgent') === '1'
  const may = visit.actions.find((a) => a.action === (visit.state === 'IN_PROGRESS' ? 'record' : urgent ? 'startUrgent' : 'start'))
  if (!may?.allowed) return <EmptyState title={`任务目前是“${STATE_ZH[visit.state]}”，不能记录`} how={may?.why?.join('；') ?? '已办结的记录请在任务页查看。'} />
  return <RecordFlow key={visit.id} target={targetOf(visit, urgent)} onDone={(done) => void navigate(`/visits/${done}`, { replace: true })} />
}
