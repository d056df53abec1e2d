import { Alert, Skeleton } from 'antd'
import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { zhDate, zhDateTime } from '../../../kernel/core/time-zh.ts'
import { blocking, useRead } from '../../../kernel/web/client.ts'
import { useCan } from '../../../kernel/web/me.ts'
import { useMe } from '../../../kernel/web/me.ts'
import { ActionBar, DueTag, EmptyState, Fields, PageHead, Section, StatusTag } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { Timeline } from '../../../kernel/web/timeline.tsx'
import { AttachmentsOf } from '../../attachment/web/public.tsx'
import { ANSWER_ZH, CLUE_ZH, kinds, OUTCOME_ZH, PART_ZH, SCAN_ZH, SOURCE_ZH, STATE_ZH } from '../kinds.ts'
import { operations } from '../operations.ts'
import type { Detail } from '../visit.ts'
import { DecideDialog } from './ApprovalPage.tsx'
import { CapNote } from './pickers.tsx'
import { AcknowledgeDialog, CancelDialog, HandBackDialog, LeaveDialog, ScanDialog, SubmitDialog, VoidDialog } from './VisitDialogs.tsx'
import './visit.css'
import { answerTone, outcomeTone, stateTone } from './words.ts'

type Open = 'submit' | 'approve' | 'refuse' | 'cancel' | 'void' | 'scan' | 'leave' | 'acknowledge' | 'handBack' | undefined

/** 一次走访: what it is, who went, what was answered and found, what may be done now. */
export default function VisitPage() {
  const { id = '' } = useParams()
  const read = useRead(operations.get, { id }, { keep: false })
  if (blocking(read)) return <ProblemView problem={read.error} onRetry={() => void read.refetch()} />
  if (!read.data) return <Skeleton active paragraph={{ rows: 10 }} />
  return <VisitView visit={read.data} />
}

function VisitView({ visit }: { visit: Detail }) {
  const [open, setOpen] = useState<Open>()
  const navigate = useNavigate()
  const close = () => setOpen(undefined)
  const record = () => void navigate(`/visits/${visit.id}/record`)
  const on = {
    edit: () => void navigate(`/visits/${visit.id}/edit`), submit: () => setOpen('submit'), approve: () => setOpen('approve'), refuse: () => setOpen('refuse'), start: record, startUrgent: () => void navigate(`/visits/${visit.id}/record?urgent=1`),
    ...(visit.state === 'IN_PROGRESS' ? { record } : {}), cancel: () => setOpen('cancel'), void: () => setOpen('void'), scan: () => setOpen('scan'), leave: () => setOpen('leave'), acknowledge: () => setOpen('acknowledge'), handBack: () => setOpen('handBack'),
  }
  const actions = visit.actions.map((a) => (a.action === 'record' ? { ...a, label: '继续记录' } : a))
  return (
    <>
      <PageHead
        title={visit.enterpriseName}
        back={{ to: '/visits', label: '检查任务' }}
        tags={<><StatusTag tone={stateTone[visit.state]}>{STATE_ZH[visit.state]}</StatusTag>{visit.urgent ? <StatusTag tone="late">紧急检查</StatusTag> : null}{visit.outcome ? <StatusTag tone={outcomeTone(visit.outcome)}>{OUTCOME_ZH[visit.outcome]}</StatusTag> : null}</>}
        note={<>{kinds[visit.kind].zh} · <span className="ag-num">{visit.no}</span> · {visit.siteName} · {visit.address}</>}
        actions={<ActionBar actions={actions} on={on} primary={firstStep(actions)} />}
      />
      <NextLine visit={visit} />
      <div className="ag-cols">
        <div>
          <Basics visit={visit} />
          <Findings visit={visit} />
          <Answers visit={visit} />
        </div>
        <div>
          <People visit={visit} />
          <Section title="经过"><Timeline items={[...visit.timeline].reverse().map((e, i) => ({ key: `${e.at}${i}`, at: e.at, title: e.label, who: e.actor, note: e.text }))} /></Section>
          <Section title="照片与签字"><AttachmentsOf aggregateId={visit.id} /></Section>
        </div>
      </div>
      {open === 'approve' || open === 'refuse' ? <DecideDialog rows={[visit]} act={open} onClose={close} /> : null}
      {open === 'submit' ? <SubmitDialog visit={visit} onClose={close} /> : null}
      {open === 'cancel' ? <CancelDialog visit={visit} onClose={close} /> : null}
      {open === 'void' ? <VoidDialog visit={visit} onClose={close} /> : null}
      {open === 'scan' ? <ScanDialog visit={visit} onClose={close} /> : null}
      {open === 'acknowledge' ? <AcknowledgeDialog visit={visit} onClose={close} /> : null}
      {open === 'handBack' ? <HandBackDialog visit={visit} onClose={close} /> : null}
      {open === 'leave' ? <LeaveDialog visit={visit} onClose={close} /> : null}
    </>
  )
}

/** The next step of the work, never an ending, is the one that stands out. */
const firstStep = (actions: Detail['actions']): string => ['record', 'start', 'submit', 'approve', 'scan'].find((name) => actions.some((a) => a.action === name && a.allowed)) ?? 'none'

/** One sentence: what comes next, who must act, until when. */
function NextLine({ visit }: { visit: Detail }) {
  const { state } = visit
  if (state === 'VOID') return <Alert className="vr-note" type="info" showIcon title={`已作废：${visit.voidReason ?? ''}`} />
  if (visit.urgent && !visit.decidedAt && (state === 'IN_PROGRESS' || state === 'DONE')) return <Alert className="vr-note" type="warning" showIcon title={<>紧急检查已报告，待负责人补办审批 <DueTag due={visit.papersDueAt} /></>} />
  if (state === 'REFUSED') return <Alert className="vr-note" type="warning" showIcon title={`未批准（${visit.decidedByName ?? ''}）：${visit.opinion ?? ''}`} />
  if (state === 'PENDING_APPROVAL') return <Alert className="vr-note" type="info" showIcon title="已报批，等待负责人批准；批准前不得入企检查。" />
  if (state === 'DONE' && kinds[visit.kind].papers === 'NO' && visit.majorCount > 0) return <Alert className="vr-note" type="warning" showIcon title="发现重大事故隐患，本次走访不能作出处理，须转为个案检查。" action={<ConvertLink visit={visit} />} />
  if (state === 'DONE' && kinds[visit.kind].scan && !visit.scanned) return <Alert className="vr-note" type="warning" showIcon title="尚未扫码入企，请补录并写明理由。" />
  if (state === 'DONE' && visit.patrolNotes.length) return <Alert className="vr-note" type="info" showIcon title={`巡查说明：${visit.patrolNotes.join('；')}`} />
  return null
}

/** 54号文: what guidance or a look from afar found major goes on as a case with its own approval. */
function ConvertLink({ visit }: { visit: Detail }) {
  return useCan('visit.inspect') ? <Link to={`/visits/new?kind=ADMIN_CASE&from=${visit.id}`}>转个案检查</Link> : null
}

const moment = (at: string | null) => (at ? zhDateTime(at) : null)

function Basics({ visit }: { visit: Detail }) {
  const me = useMe()
  const items = [
    { label: '业务日期', value: zhDate(visit.businessDate) },
    { label: '计划日期', value: visit.plannedOn ? zhDate(visit.plannedOn) : null },
    { label: '任务来源', value: visit.taskSource ? SOURCE_ZH[visit.taskSource] : null },
    { label: '线索', value: visit.clueKind ? `${CLUE_ZH[visit.clueKind]} ${visit.clueNo ?? ''}` : null },
    { label: '方案或邀请', value: visit.planReference },
    { label: '专项行动', value: visit.campaignId && me.can('campaign.read') ? <Link to={`/campaigns/${visit.campaignId}`}>查看所属行动</Link> : null },
    { label: '参加部门', value: visit.jointDepartments.join('、') },
    { label: '审批', value: visit.decidedByName ? `${visit.decidedByName}：${visit.opinion ?? ''}` : null },
    { label: '到场离场', value: visit.arrivedAt ? `${moment(visit.arrivedAt)} 至 ${moment(visit.leftAt) ?? '—'}` : null },
    { label: '亮证', value: moment(visit.idShownAt) },
    { label: '告知', value: moment(visit.informedAt) },
    { label: '扫码入企', value: visit.scans.map((s) => `${SCAN_ZH[s.moment]} ${zhDateTime(s.scannedAt)}${s.reason ? `（${s.reason}）` : ''}`).join('；') },
    { label: '陪同人员', value: [visit.companionName, visit.companionDuty].filter(Boolean).join(' ') },
    { label: '签字', value: visit.signature === 'REFUSED' ? `拒签：${visit.signRefusalReason ?? ''}（见证人 ${visit.witnessName ?? ''} ${visit.witnessIdentity ?? ''}）` : visit.signature === 'SIGNED' ? '双方已签字' : null },
    { label: '事由', value: visit.purpose, wide: true },
    { label: '说明', value: [visit.outcomeNote, visit.note].filter(Boolean).join('；'), wide: true },
  ]
  return (
    <Section title="基本情况">
      <Fields items={items.filter((item) => item.value)} />
      {visit.capOverrideReason ? <Alert className="vr-note" type="warning" title={`超频次上限检查的理由：${visit.capOverrideReason}`} /> : null}
      {visit.cap ? <CapNote enterpriseId={visit.enterpriseId} year={visit.cap.year} kind={visit.kind} /> : null}
      {visit.papersAllowed ? <p>可以依本次检查出具文书。<Link to={`/papers/new?visitId=${visit.id}`}>起草文书</Link></p> : <p className="quiet">{visit.papersWhyNot.join('；')}</p>}
    </Section>
  )
}

function People({ visit }: { visit: Detail }) {
  return (
    <Section title="参加人员">
      {visit.people.map((p) => (
        <div className="vp-row" key={`${p.personId ?? ''}${p.name}`}>
          <span>{p.name} <small className="quiet">{p.organisation}</small></span>
          <span><StatusTag>{PART_ZH[p.part]}</StatusTag> {p.certificateNo ? <small className="ag-num">{p.certificateNo}</small> : null}</span>
        </div>
      ))}
    </Section>
  )
}

function Findings({ visit }: { visit: Detail }) {
  const extra = visit.findingCount ? <span className="quiet">{visit.findingCount} 项，现场整改 {visit.fixedCount} 项{visit.majorCount ? `，重大 ${visit.majorCount} 项` : ''}</span> : null
  return (
    <Section title="发现的隐患" extra={extra}>
      {visit.findings.length ? null : <span className="quiet">{visit.state === 'DONE' ? '本次没有发现隐患。' : '检查尚未办结。'}</span>}
      {visit.findings.map((f) => (
        <div className="vp-row" key={f.id}>
          <span>{f.level === 'MAJOR' ? <StatusTag tone="late">重大</StatusTag> : null} <Link to={`/hazards/${f.id}`}>{f.description}</Link> <small className="quiet">{f.location} · {f.no}</small></span>
          {f.dueOn ? <DueTag due={f.dueOn} /> : null}
        </div>
      ))}
    </Section>
  )
}

function Answers({ visit }: { visit: Detail }) {
  const categories = [...new Set(visit.answers.map((a) => a.category))]
  if (!visit.answers.length) return visit.checklists.length ? <Section title="检查表">{visit.checklists.map((c) => <p key={c.versionId}>{c.name}（第{c.version}版，{c.items}项）</p>)}</Section> : <Section title="检查表"><EmptyState title="本次没有使用检查表" /></Section>
  return (
    <Section title="检查表作答" extra={<span className="quiet">符合 {visit.compliedCount} · 不适用 {visit.notApplicableCount} · 共 {visit.answerCount} 项</span>}>
      {categories.map((category) => (
        <details key={category} open={visit.answers.some((a) => a.category === category && a.answer !== 'COMPLIES')}>
          <summary>{category}</summary>
          {visit.answers.filter((a) => a.category === category).map((a) => (
            <div className="vp-row" key={`${a.versionId}${a.itemCode}`}>
              <span>{a.itemCode} {a.content}{a.note ? <small className="quiet">（{a.note}）</small> : null}</span>
              <span><StatusTag tone={answerTone[a.answer]}>{ANSWER_ZH[a.answer]}</StatusTag>{a.byRest ? <small className="quiet"> 其余均符合</small> : null}</span>
            </div>
          ))}
        </details>
      ))}
    </Section>
  )
}
