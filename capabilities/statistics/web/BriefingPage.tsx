import { Alert, Button, Skeleton } from 'antd'
import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { shortDateTime, zhDateTime } from '../../../kernel/core/time-zh.ts'
import { asProblem } from '../../../kernel/web/call.ts'
import { blocking, download, type Problem, useCommand, useRead } from '../../../kernel/web/client.ts'
import { ReasonDialog } from '../../../kernel/web/dialog.tsx'
import { ActionBar, Fields, PageHead, Section, StatusTag } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { type BriefingDetail, KIND_ZH } from '../briefing.ts'
import { STATE_ZH } from '../lifecycle.ts'
import { operations } from '../operations.ts'
import { OutsideSentences, Sentences } from './Sentences.tsx'
import { figureText, stateTone } from './words.ts'
import './report.css'

/** One briefing: the page as it will be printed, beside it the check of every sentence and the way it goes. */
export default function BriefingPage() {
  const { id = '' } = useParams()
  const read = useRead(operations.briefing, { id })
  if (blocking(read)) return <ProblemView problem={read.error} onRetry={() => void read.refetch()} />
  if (!read.data) return <Skeleton active paragraph={{ rows: 16 }} />
  return <Briefing briefing={read.data} />
}

const reasons = {
  return: { operation: operations.returnBriefing, title: '退回简报', does: '退给撰稿人修改' },
  correct: { operation: operations.correctBriefing, title: '更正已发布的简报', does: '开始写更正；现有公开页在新版发布前保持不变，理由会印在公开页上' },
  withdraw: { operation: operations.withdrawBriefing, title: '撤回简报', does: '公开页只留撤回说明，正文不再显示' },
} as const

function Briefing({ briefing }: { briefing: BriefingDetail }) {
  const navigate = useNavigate()
  const [asked, setAsked] = useState<keyof typeof reasons>()
  const [problem, setProblem] = useState<Problem>()
  const submit = useCommand(operations.submitBriefing)
  const approve = useCommand(operations.approveBriefing)
  const publish = useCommand(operations.publishBriefing)
  const quote = useCommand(operations.approveQuote)
  const base = { id: briefing.id, baseVersion: briefing.version }
  const safely = (work: Promise<unknown>) => {
    setProblem(undefined)
    work.catch((thrown: unknown) => setProblem(asProblem(thrown)))
  }
  const on = {
    edit: () => void navigate(`/briefings/${briefing.id}/edit`), submit: () => safely(submit.run(base)), approve: () => safely(approve.run(base)), publish: () => safely(publish.run(base)),
    return: () => setAsked('return'), correct: () => setAsked('correct'), withdraw: () => setAsked('withdraw'),
  }
  const primary = ['submit', 'approve', 'publish'].find((step) => briefing.actions.some((a) => a.action === step && a.allowed)) ?? ''
  return (
    <>
      <div className="ag-noprint">
        <PageHead
          title={briefing.title}
          tags={<StatusTag tone={stateTone[briefing.state]}>{STATE_ZH[briefing.state]}</StatusTag>}
          note={`${KIND_ZH[briefing.kind]} ${briefing.issue} · 数据截至${zhDateTime(briefing.cutOff)}`}
          back={{ to: '/briefings', label: '简报' }}
          actions={<>{briefing.publicPath && briefing.state !== 'WITHDRAWN' ? <a href={briefing.publicPath} target="_blank" rel="noreferrer"><Button>公开页</Button></a> : null}<Button onClick={() => window.print()}>打印</Button><Button onClick={() => safely(download(operations.word, { id: briefing.id }))}>下载 Word</Button><ActionBar actions={briefing.actions} on={on} primary={primary} /></>}
        />
        {problem ? <ProblemView problem={problem} /> : null}
        {briefing.correction ? <Alert className="agb-alert" type="warning" showIcon title={`正在更正：${briefing.correction}`} /> : null}
        {briefing.returnedWhy ? <Alert className="agb-alert" type="warning" showIcon title={`退回：${briefing.returnedWhy}`} /> : null}
        {briefing.withdrawnWhy ? <Alert className="agb-alert" type="error" showIcon title={`已撤回：${briefing.withdrawnWhy}`} /> : null}
        {briefing.snapshotLatest ? null : <Alert className="agb-alert" type="info" showIcon title="所据快照已有更正版，可在修改时换用新版。" />}
      </div>
      <div className="ag-cols">
        <Sheet briefing={briefing} />
        <aside className="ag-noprint">
          <Section title={briefing.refusals.length > 0 ? `逐句核对：${briefing.refusals.length}处须改` : '逐句核对：全部成立'}><OutsideSentences refusals={briefing.refusals} /><Sentences sentences={briefing.sentences} /></Section>
          {briefing.quotes.length > 0 ? <Section title="引语">{briefing.quotes.map((q) => <p key={q.number}>{q.number}. {q.speaker}：“{q.words}” {q.approvedAt ? <StatusTag tone="done">已核可</StatusTag> : q.mine ? <Button size="small" type="primary" loading={quote.running} onClick={() => safely(quote.run({ id: briefing.id, number: q.number }))}>核可我的话</Button> : <StatusTag tone="wait">待本人核可</StatusTag>}</p>)}</Section> : null}
          <Section title="数据说明"><Fields columns={1} items={[{ label: '快照', value: <Link to={`/snapshots/${briefing.snapshotId}`}>{briefing.snapshotTitle}（第{briefing.snapshotNumber}版）</Link> }, ...briefing.annexes.map((a) => ({ label: `另引“${a.label}”`, value: <Link to={`/snapshots/${a.snapshotId}`}>看快照</Link> })), ...usedIn(briefing).map((f) => ({ label: f.name, value: figureText(f) }))]} /></Section>
          {briefing.history.length > 0 ? <Section title="已发布的版次">{briefing.history.map((e) => <p key={e.number}>第{e.number}版 {shortDateTime(e.publishedAt)} {e.publishedBy}{e.note ? `，更正：${e.note}` : ''}</p>)}</Section> : null}
        </aside>
      </div>
      {asked ? <ReasonDialog title={reasons[asked].title} operation={reasons[asked].operation} input={base} confirm={reasons[asked].title.slice(0, 2)} act={{ does: reasons[asked].does }} onClose={() => setAsked(undefined)} /> : null}
    </>
  )
}

const usedIn = (briefing: BriefingDetail) => {
  const used = new Set(briefing.sentences.flatMap((s) => s.pieces.flatMap((piece) => piece.metric ?? [])))
  return briefing.figures.filter((f) => used.has(f.metric))
}

function Sheet({ briefing }: { briefing: BriefingDetail }) {
  const lines = briefing.sentences.map((s) => s.text).join('').split('\n').filter((line) => line.trim() !== '')
  const { writer, editor, reviewer } = briefing.credit
  return (
    <article className="agb-sheet">
      <h1>{briefing.title}</h1>
      <p className="agb-issue">{KIND_ZH[briefing.kind]} {briefing.issue}</p>
      {lines.map((line) => (/^[一二三四五六七八九十]+、/.test(line) && line.length < 30 ? <h2 key={line}>{line}</h2> : <p key={line}>{line}</p>))}
      <p className="agb-credit">{[writer && `撰稿：${writer}`, editor && `责编：${editor}`, reviewer && `审核：${reviewer}`, `数据截至${zhDateTime(briefing.cutOff)}`].filter(Boolean).join('　')}</p>
    </article>
  )
}
