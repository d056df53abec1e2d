import { Alert, Button, Skeleton } from 'antd'
import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { zhDateTime } from '../../../kernel/core/time-zh.ts'
import { asProblem } from '../../../kernel/web/call.ts'
import { blocking, call, download, type Problem, useRead } from '../../../kernel/web/client.ts'
import { useMe } from '../../../kernel/web/me.ts'
import { ActionBar, Fields, PageHead, Section, StatusTag } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { operations } from '../operations.ts'
import { type PaperDetail, SERVICE_ZH } from '../paper.ts'
import { type Asked, StepDialog } from './dialogs.tsx'
import { PaperSheet } from './PaperSheet.tsx'
import { Recalls } from './RecallDialogs.tsx'
import { stateTone, stateWord } from './words.ts'
import './paper.css'

const stamps: Partial<Record<PaperDetail['state'], string>> = { DRAFT: '草稿', PENDING: '审批中', RETURNED: '已退回', APPROVED: '待签发', VOIDED: '作废', REVOKED: '已撤销' }

/** One paper: the sheet as it will be printed, beside it the way it goes and who must act. */
export default function PaperPage() {
  const { id = '' } = useParams()
  const read = useRead(operations.get, { id })
  if (blocking(read)) return <ProblemView problem={read.error} onRetry={() => void read.refetch()} />
  if (!read.data) return <Skeleton active paragraph={{ rows: 16 }} />
  return <Paper paper={read.data} />
}

function Paper({ paper }: { paper: PaperDetail }) {
  const me = useMe()
  const navigate = useNavigate()
  const [asked, setAsked] = useState<Asked>()
  const [problem, setProblem] = useState<Problem>()
  const ask = (step: Asked) => () => setAsked(step)
  const safely = (work: Promise<unknown>) => {
    setProblem(undefined)
    work.catch((thrown: unknown) => setProblem(asProblem(thrown)))
  }
  const print = async () => {
    await call(operations.print, { id: paper.id })
    window.print()
  }
  const on = {
    edit: () => void navigate(`/papers/${paper.id}/edit`), submit: ask('submit'), approve: ask('approve'), return: ask('return'), withdraw: ask('withdraw'), issue: ask('issue'), sign: ask('sign'), receive: ask('receive'),
    refuseToSign: ask('refuseToSign'), serve: ask('serve'), cancel: ask('cancel'), void: ask('void'), askRecall: ask('askRecall'), decideRecall: ask('decideRecall'), withdrawRecall: ask('withdrawRecall'), serveRecall: ask('serveRecall'),
  }
  const actions = (
    <>
      <Button onClick={() => safely(print())}>打印</Button>
      <Button onClick={() => safely(download(operations.download, { id: paper.id }))}>下载 Word</Button>
      {paper.state === 'SERVED' && (paper.type === 'D05' || paper.type === 'D06') && me.can('enforcement.draft') ? <Link to={`/papers/new?referId=${paper.id}`}><Button>起草复查意见书</Button></Link> : null}
      {paper.type === 'D09' && paper.issuedOn ? <Link to={`/measures/${paper.id}`}><Button>期限与解除</Button></Link> : null}
      <ActionBar actions={paper.actions} on={on} primary={primaryOf(paper)} />
    </>
  )
  return (
    <>
      <div className="ag-noprint">
        <PageHead
          title={paper.title}
          tags={<><StatusTag tone={paper.type === 'D04' && paper.state === 'SIGNED' ? 'done' : stateTone[paper.state]}>{stateWord(paper)}</StatusTag><span className="ag-num">{paper.no}</span></>}
          note={`${paper.enterpriseName} · ${paper.siteName}`}
          back={{ to: '/papers', label: '执法文书' }}
          actions={actions}
        />
        {problem ? <ProblemView problem={problem} /> : null}
        {paper.warnings.map((text) => <Alert key={text} type="warning" showIcon title={text} style={{ marginBottom: 8 }} />)}
      </div>
      <div className="ag-cols agp-cols">
        <div><PaperSheet page={paper.page} stamp={stamps[paper.state]} /></div>
        <aside className="ag-noprint">
          {paper.steps.length > 0 ? <Section title="办理进度"><Steps paper={paper} /></Section> : null}
          <Recalls recalls={paper.recalls} />
          <Facts paper={paper} />
        </aside>
      </div>
      {asked ? <StepDialog asked={asked} paper={paper} onClose={() => setAsked(undefined)} /> : null}
    </>
  )
}

/** The step that is wanted next stands out: signing before noting a refusal, issuing before voiding. */
const primaryOf = (paper: PaperDetail): string =>
  ['submit', 'approve', 'issue', 'sign', 'receive', 'serve', 'decideRecall', 'serveRecall'].find((step) => paper.actions.some((a) => a.action === step && a.allowed)) ?? ''

function Steps({ paper }: { paper: PaperDetail }) {
  return (
    <ol className="agp-steps">
      {paper.steps.map((step) => (
        <li key={step.key} className={step.done ? 'agp-step-done' : step.current ? 'agp-step-now' : undefined} aria-current={step.current ? 'step' : undefined}>
          <b>{step.label}{step.done ? <small>已办</small> : step.current ? <small>现在</small> : null}</b>
          <small>{step.who}</small>
          {step.note ? <small>{step.note}</small> : null}
        </li>
      ))}
    </ol>
  )
}

function Facts({ paper }: { paper: PaperDetail }) {
  const me = useMe()
  const recipient = paper.signatures.find((s) => s.part === 'RECIPIENT')
  const items = [
    { label: '监管对象', value: <Link to={`/enterprises/${paper.enterpriseId}`}>{paper.enterpriseName}</Link>, wide: true },
    ...(paper.visitId && paper.content.visit ? [{ label: '检查', value: <Link to={`/visits/${paper.visitId}`}>{paper.content.visit.no}</Link>, wide: true }] : []),
    ...(paper.referId && paper.content.refers ? [{ label: '针对', value: <Link to={`/papers/${paper.referId}`}>{paper.content.refers.no}</Link>, wide: true }] : []),
    { label: '当事人', value: recipient ? (recipient.refused ? `${recipient.refused === 'REFUSED' ? '拒签' : '不在场'}：${recipient.reason}` : recipient.name) : null, wide: true },
    { label: '送达', value: paper.service ? `${SERVICE_ZH[paper.service.method]}${paper.service.receiver ? `，${paper.service.receiver}` : ''}` : null, wide: true },
    ...(paper.approvedAt ? [{ label: '审批', value: `${paper.approvedByName} ${zhDateTime(paper.approvedAt)}`, wide: true }] : []),
    ...(paper.voidReason ? [{ label: '作废理由', value: paper.voidReason, wide: true }] : []),
    ...(paper.contentSha256 ? [{ label: '内容校验', value: <code title={paper.contentSha256}>{paper.contentSha256.slice(0, 16)}…</code>, wide: true }] : []),
  ]
  return (
    <>
      <Section title="文书信息"><Fields items={items} columns={1} /></Section>
      {paper.content.items.length > 0 && me.can('hazard.read') ? (
        <Section title={`列入的隐患（${paper.content.items.length}）`}>
          {paper.content.items.map((item) => <div key={item.hazardId} style={{ marginBottom: 6 }}><Link to={`/hazards/${item.hazardId}`}>{item.location}：{item.problem}</Link></div>)}
        </Section>
      ) : null}
    </>
  )
}
