import { Alert, Button, Radio, Select, Skeleton, Spin } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import type { OutputOf } from '../../../kernel/core/operation.ts'
import { zhDate } from '../../../kernel/core/time-zh.ts'
import { asProblem } from '../../../kernel/web/call.ts'
import { type Problem, useCommand, useRead } from '../../../kernel/web/client.ts'
import { newId } from '../../../kernel/web/new-id.ts'
import { EmptyState, PageHead, Section } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { operations as visits } from '../../visit/operations.ts'
import type { PaperType } from '../doc-type.ts'
import { operations } from '../operations.ts'
import { firstPart } from './OwnParts.tsx'
import { DraftForm, emptyDraft, firstItems } from './DraftForm.tsx'

/** 起草文书: from a finished visit, or from the served paper that is re-inspected. */
export default function DraftPage() {
  const [search, setSearch] = useSearchParams()
  const visitId = search.get('visitId') ?? undefined
  const referId = search.get('referId') ?? undefined
  const siteId = search.get('siteId') ?? undefined
  const read = useRead(operations.prepare, { ...(visitId ? { visitId } : {}), ...(referId ? { referId } : {}), ...(siteId ? { siteId } : {}) }, { enabled: !!(visitId || referId || siteId), keep: false })
  return (
    <>
      <PageHead title="起草文书" note="内容由检查和隐患记录生成；您只需选定执法人员、隐患、依据和期限。" back={{ to: '/papers', label: '执法文书' }} />
      {referId || siteId ? null : <Section title="依据哪次检查"><VisitPicker visitId={visitId} onPick={(id) => setSearch({ visitId: id })} />{read.data?.visit ? <p className="ag-field-note">{read.data.visit.no} · {read.data.visit.enterpriseName} · {read.data.visit.kind} · {zhDate(read.data.visit.businessDate)}</p> : null}</Section>}
      {read.error ? <ProblemView problem={read.error} onRetry={() => void read.refetch()} /> : null}
      {(visitId || referId || siteId) && read.isLoading ? <Skeleton active /> : null}
      {read.data ? <Drafting key={`${visitId}${referId}${siteId}`} prepared={read.data} visitId={visitId} referId={referId} siteId={siteId} asked={search.get('type') as PaperType | null} /> : null}
      {!visitId && !referId && !siteId ? <EmptyState title="先选一次已办结的检查" how="网格巡查、指导服务只能出具没有强制效力的整改建议书。谈话、约谈从企业页起草；查封扣押的延长、解除从该件起草。" /> : null}
    </>
  )
}

/** Finished visits within reach, newest first. */
function VisitPicker({ visitId, onPick }: { visitId: string | undefined; onPick: (id: string) => void }) {
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const read = useRead(visits.list, { states: 'DONE', limit: 20, ...(q ? { q } : {}) })
  const options = (read.data?.rows ?? []).map((v) => ({ value: v.id, label: `${zhDate(v.businessDate)} ${v.enterpriseName}（隐患${v.findingCount}项）${v.no}` }))
  return <Select aria-label="查找已办结的检查" style={{ width: '100%', maxWidth: 640 }} value={options.some((o) => o.value === visitId) ? visitId : null} showSearch={{ filterOption: false, onSearch: setTyped }} placeholder="按企业名称、检查编号查找已办结的检查" options={options} notFoundContent={read.isFetching ? <Spin size="small" /> : '没有已办结的检查'} onChange={(id: string) => onPick(id)} />
}

type Prepared = OutputOf<typeof operations.prepare>

function Drafting({ prepared, visitId, referId, siteId, asked }: { prepared: Prepared; visitId: string | undefined; referId: string | undefined; siteId: string | undefined; asked: PaperType | null }) {
  const navigate = useNavigate()
  const [id] = useState(newId)
  const first = prepared.types.find((t) => t.allowed && t.type === asked)?.type ?? prepared.types.find((t) => t.allowed && !(t.type === 'D04' && prepared.papers.some((p) => p.type === 'D04')))?.type
  const [type, setType] = useState<PaperType | undefined>(first)
  const fresh = (of: PaperType | undefined) => ({ ...emptyDraft(prepared.officers.map((o) => o.id).slice(0, of === 'D27' ? 1 : 2)), items: of ? firstItems(of, prepared.hazards) : [], ...(of ? firstPart(of, { officer: prepared.officers[0]?.name ?? '', principal: prepared.party.principalName ?? '' }) : {}) })
  const [draft, setDraft] = useState(() => fresh(first))
  const [problem, setProblem] = useState<Problem>()
  const command = useCommand(operations.draft)
  const pick = (next: PaperType) => {
    setType(next)
    setDraft(fresh(next))
    setProblem(undefined)
  }
  const save = async () => {
    if (!type) return
    try {
      const paper = await command.run({ id, type, ...(visitId ? { visitId } : {}), ...(referId ? { referId } : {}), ...(siteId ? { siteId } : {}), ...draft })
      void navigate(`/papers/${paper.id}`)
    } catch (thrown) {
      setProblem(asProblem(thrown))
    }
  }
  return (
    <Section title="文书内容">
      {visitId ? null : <p className="ag-field-note">{prepared.party.enterpriseName}{prepared.party.siteName === prepared.party.enterpriseName ? '' : `（${prepared.party.siteName}）`}</p>}
      <TypePicker prepared={prepared} value={type} onChange={pick} />
      {type ? <DraftForm type={type} prepared={prepared} value={draft} onChange={setDraft} /> : null}
      {problem ? <ProblemView problem={problem} /> : null}
      <div className="ag-form-buttons"><Button type="primary" disabled={!type} loading={command.running} onClick={() => void save()}>保存草稿</Button></div>
    </Section>
  )
}

function TypePicker({ prepared, value, onChange }: { prepared: Prepared; value: PaperType | undefined; onChange: (type: PaperType) => void }) {
  const closed = prepared.types.filter((t) => !t.allowed)
  return (
    <>
      <Radio.Group optionType="button" value={value ?? null} onChange={(e) => onChange(e.target.value as PaperType)} options={prepared.types.map((t) => ({ value: t.type, label: t.title, disabled: !t.allowed }))} />
      {closed.length > 0 ? <p className="ag-field-note">{[...new Set(closed.flatMap((t) => t.why))].join('；')}</p> : null}
      {prepared.papers.length > 0 ? <Alert type="info" style={{ marginTop: 8 }} title={`这次检查已有：${prepared.papers.map((p) => `${p.title}${p.no ?? ''}`).join('、')}`} /> : null}
    </>
  )
}
