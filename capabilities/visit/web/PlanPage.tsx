import { App, Button, Space } from 'antd'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { localDate } from '../../../kernel/core/time.ts'
import { asProblem } from '../../../kernel/web/call.ts'
import { type Problem, useCommand, useRead } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { useDraft } from '../../../kernel/web/draft.ts'
import { useMe } from '../../../kernel/web/me.ts'
import { newId } from '../../../kernel/web/new-id.ts'
import { EmptyState, PageHead } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { type FoundSite, SiteSelect } from '../../enterprise/web/public.tsx'
import { isInspection, needsApproval, VISIT_KINDS, type VisitKind } from '../kinds.ts'
import { operations } from '../operations.ts'
import { type Arranged, ArrangeForm, blankArrangement, toInput } from './ArrangeForm.tsx'
import { CapNote } from './pickers.tsx'
import { kindsFor } from './words.ts'

interface Typed {
  arranged: Arranged
  sites: (FoundSite & { id: string })[]
}

/** 安排任务: the kind first, then where, why, when and who; approval follows where the kind asks it. */
export default function PlanPage() {
  const me = useMe()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const [params] = useSearchParams()
  const draft = useDraft('visit.plan')
  const asked = VISIT_KINDS.find((kind) => kind === params.get('kind'))
  const [typed, setTyped] = useState<Typed>(() => (draft.found as Typed | undefined) ?? { arranged: { ...blankArrangement(localDate(serverNow())), kind: asked }, sites: [] })
  const [problem, setProblem] = useState<Problem>()
  const plan = useCommand(operations.plan)
  const submit = useCommand(operations.submit)
  const allowed = kindsFor(me.can, 'plan')
  const change = (next: Typed) => {
    setTyped(next)
    draft.keep({ ...next })
  }
  const from = useRead(operations.get, { id: params.get('from') ?? '' }, { enabled: params.has('from') }).data
  if (from && typed.arranged.convertedFromId !== from.id) {
    // Carried over once, while rendering: the earlier visit names the enterprise and is the clue itself.
    const carried = { ...blankArrangement(localDate(serverNow())), kind: 'ADMIN_CASE' as const, convertedFromId: from.id, taskSource: 'CLUE' as const, clueKind: 'CONVERTED' as const, clueNo: from.no }
    setTyped({ arranged: carried, sites: [{ id: newId(), siteId: from.siteId, enterpriseId: from.enterpriseId, name: from.enterpriseName, address: from.address }] })
  }
  const { arranged, sites } = typed
  const send = async (kind: VisitKind, alsoSubmit: boolean) => {
    setProblem(undefined)
    try {
      const jointId = kind === 'JOINT' && sites.length > 1 ? { jointId: sites[0]!.id } : {}
      const planned = await plan.run({ visits: sites.map((s) => ({ id: s.id, siteId: s.siteId })), ...toInput({ ...arranged, kind }), ...jointId })
      if (alsoSubmit) await submit.run({ visits: planned.visits.map((v) => ({ id: v.id, baseVersion: v.version })) })
      draft.drop()
      for (const warning of new Set(planned.visits.flatMap((v) => v.warnings))) void message.warning(warning, 6)
      void message.success(alsoSubmit ? '已报批' : '任务已安排')
      void navigate(planned.visits.length === 1 ? `/visits/${planned.visits[0]!.id}` : '/visits?mine=true')
    } catch (thrown) {
      setProblem(asProblem(thrown))
    }
  }
  if (!allowed.length) return <EmptyState title="您的岗位不安排走访任务" how="网格巡查、企业自查、电话抽查可以直接登记。" />
  const { kind } = arranged
  const ready = kind !== undefined && sites.length > 0
  const busy = plan.running || submit.running
  return (
    <>
      <PageHead title="安排任务" back={{ to: '/visits', label: '检查任务' }} />
      <ArrangeForm value={arranged} onChange={(next) => change({ ...typed, arranged: next })} siteId={sites[0]?.siteId} problem={problem} allowed={allowed} sites={<Sites sites={sites} kind={kind} year={Number(arranged.plannedOn.slice(0, 4))} onChange={(next) => change({ ...typed, sites: next })} />} />
      {problem ? <ProblemView problem={problem} /> : null}
      <Space>
        {kind && needsApproval(kind, arranged.needsCooperation) ? <Button type="primary" disabled={!ready} loading={busy} onClick={() => kind && void send(kind, true)}>安排并报批</Button> : null}
        <Button disabled={!ready} loading={busy} onClick={() => kind && void send(kind, false)}>{kind && needsApproval(kind, arranged.needsCooperation) ? '先存，暂不报批' : '安排'}</Button>
      </Space>
    </>
  )
}

function Sites({ sites, kind, year, onChange }: { sites: (FoundSite & { id: string })[]; kind: VisitKind | undefined; year: number; onChange: (sites: (FoundSite & { id: string })[]) => void }) {
  return (
    <>
      {sites.map((site) => (
        <div key={site.siteId}>
          <div className="vp-row">
            <span>{site.name}<br /><small className="quiet">{site.address}</small></span>
            <Button size="small" type="text" aria-label={`移除${site.name}`} onClick={() => onChange(sites.filter((s) => s.siteId !== site.siteId))}>移除</Button>
          </div>
          {kind && isInspection(kind) ? <CapNote enterpriseId={site.enterpriseId} name={site.name} year={year} kind={kind} /> : null}
        </div>
      ))}
      <div style={{ marginTop: 8 }}>
        {sites.length < 20 ? <SiteSelect taken={sites.map((s) => s.siteId)} onPick={(site) => site && onChange([...sites, { ...site, id: newId() }])} /> : <span className="quiet">一次最多安排 20 家。</span>}
      </div>
    </>
  )
}
