import { Alert, Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { localDate } from '../../../kernel/core/time.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { useDraft } from '../../../kernel/web/draft.ts'
import { useMe } from '../../../kernel/web/me.ts'
import { newId } from '../../../kernel/web/new-id.ts'
import { EmptyState, PageHead, Section } from '../../../kernel/web/parts.tsx'
import { Item } from '../../../kernel/web/labelled.tsx'
import { type FoundSite, SiteSelect } from '../../enterprise/web/public.tsx'
import { CLUE_ZH, type ClueKind, kinds, needsApproval, type Part, VISIT_KINDS, type VisitKind } from '../kinds.ts'
import type { Participant } from '../visit.ts'
import { ChecklistPicker, KindPicker, TeamPicker } from './pickers.tsx'
import { RecordFlow } from './RecordFlow.tsx'
import { kindsFor } from './words.ts'

interface Typed {
  id: string
  kind: VisitKind | undefined
  site: FoundSite | undefined
  people: Participant[]
  versionIds: string[]
  purpose: string
  clueKind: ClueKind | undefined
  clueNo: string
  going: boolean
}

const ownPart: Record<VisitKind, Part> = { ADMIN_DAILY: 'OFFICER', ADMIN_SPECIAL: 'OFFICER', ADMIN_CASE: 'OFFICER', ADMIN_OFFSITE: 'OFFICER', JOINT: 'OFFICER', THIRD_PARTY: 'OFFICER', GUIDANCE: 'ASSISTANT', PATROL: 'GRID', SELF_CHECK: 'ASSISTANT', PHONE: 'ASSISTANT' }

/** Kinds that may begin with their record: no approval asked, or a case so urgent that the papers follow. */
const direct = (kind: VisitKind): boolean => (kinds[kind].approval === 'NONE' && kind !== 'THIRD_PARTY') || kinds[kind].urgentAllowed

/** 登记走访: patrols, self-checks, calls and urgent cases begin here and are stored whole at their end. */
export default function NewRecordPage() {
  const me = useMe()
  const navigate = useNavigate()
  const [params] = useSearchParams()
  const draft = useDraft('visit.new')
  const allowed = kindsFor(me.can, 'do').filter(direct)
  const blank = (kind: VisitKind | undefined): Typed => ({ id: newId(), kind, site: undefined, people: kind ? [{ personId: me.personId, name: me.name, part: ownPart[kind], conflictDeclared: false }] : [], versionIds: [], purpose: '', clueKind: undefined, clueNo: '', going: false })
  const [typed, setTyped] = useState<Typed>(() => (draft.found as Typed | undefined) ?? blank(VISIT_KINDS.find((k) => k === params.get('kind') && allowed.includes(k)) ?? (allowed.length === 1 ? allowed[0] : undefined)))
  const set = (more: Partial<Typed>) => {
    const next = { ...typed, ...more }
    setTyped(next)
    draft.keep({ ...next })
  }
  if (!allowed.length) return <EmptyState title="您的岗位不直接登记走访" how="行政检查须先安排并经批准。" />
  const { kind, site } = typed
  const lacking = kind ? Math.max(0, kinds[kind].officers - typed.people.filter((p) => p.part === 'OFFICER').length) : 0
  if (typed.going && kind && site) {
    const target = {
      id: typed.id, kind, siteId: site.siteId, enterpriseId: site.enterpriseId, enterpriseName: site.name, siteName: site.address, versionIds: typed.versionIds, people: typed.people, state: null, version: undefined, arrivedAt: null, idShownAt: null,
      informedAt: null, scanned: false, urgent: kinds[kind].urgentAllowed, grounds: { taskSource: kinds[kind].sources[0]!, ...(typed.purpose.trim() ? { purpose: typed.purpose.trim() } : {}), ...(typed.clueKind ? { clueKind: typed.clueKind } : {}), ...(typed.clueNo.trim() ? { clueNo: typed.clueNo.trim() } : {}) },
    }
    return <RecordFlow target={target} onDone={(id) => { draft.drop(); void navigate(`/visits/${id}`, { replace: true }) }} />
  }
  return (
    <>
      <PageHead title="登记走访" back={{ to: '/visits', label: '检查任务' }} note="行政检查除紧急情形外须先安排并经批准；这里登记不需审批的走访。" />
      <Section title="走访方式"><KindPicker allowed={allowed} value={kind} onChange={(next) => set({ ...blank(next), id: typed.id, site })} /></Section>
      {kind && needsApproval(kind) ? <Alert type="warning" showIcon title="仅限情况紧急、来不及报批的个案检查：提交后即时报告，24 小时内补办审批。" /> : null}
      {kind ? <Chosen typed={{ ...typed, kind }} set={set} /> : null}
      <Button type="primary" size="large" disabled={!kind || !site || lacking > 0} onClick={() => set({ going: true })}>开始记录</Button>
      {kind && site && lacking > 0 ? <p className="quiet" role="status">还差 {lacking} 名执法人员，选好后开始记录。</p> : null}
    </>
  )
}

function Chosen({ typed, set }: { typed: Typed & { kind: VisitKind }; set: (more: Partial<Typed>) => void }) {
  const { kind, site } = typed
  return (
    <Section title="对象、人员与检查表">
      <Form layout="vertical" component="div">
        <Item label="监管对象" required>
          {site ? <div className="vp-row"><span>{site.name}<br /><small className="quiet">{site.address}</small></span><Button size="small" type="text" onClick={() => set({ site: undefined })}>换一家</Button></div> : <SiteSelect onPick={(picked) => set({ site: picked })} />}
        </Item>
        {kinds[kind].urgentAllowed ? (
          <>
            <Item label="线索种类" required><Select style={{ width: 240 }} value={typed.clueKind ?? null} options={(Object.keys(CLUE_ZH) as ClueKind[]).map((c) => ({ value: c, label: CLUE_ZH[c] }))} onChange={(clueKind: ClueKind) => set({ clueKind })} /></Item>
            <Item label="线索编号" required><Input style={{ width: 240 }} maxLength={60} value={typed.clueNo} onChange={(e) => set({ clueNo: e.target.value })} /></Item>
            <Item label="事由" required><Input maxLength={500} value={typed.purpose} onChange={(e) => set({ purpose: e.target.value })} /></Item>
          </>
        ) : null}
        <Item label="参加人员" required><TeamPicker kind={kind} siteId={site?.siteId} on={localDate(serverNow())} value={typed.people} onChange={(people) => set({ people })} /></Item>
        <Item label="检查表"><ChecklistPicker kind={kind} value={typed.versionIds} onChange={(versionIds) => set({ versionIds })} /></Item>
      </Form>
    </Section>
  )
}
