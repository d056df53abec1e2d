import { Alert, Button, Collapse } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { endOfLocalDay } from '../../../kernel/core/time.ts'
import { zhDate, zhDateTime, zhDue } from '../../../kernel/core/time-zh.ts'
import { fileUrl, useCommand, useRead } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { ReasonDialog } from '../../../kernel/web/dialog.tsx'
import { useMe } from '../../../kernel/web/me.ts'
import { newId } from '../../../kernel/web/new-id.ts'
import { ActionBar, DueTag, Fields, PageHead, Section, StatusTag } from '../../../kernel/web/parts.tsx'
import { PhotoPair } from '../../../kernel/web/photos.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { TableSkeleton } from '../../../kernel/web/table-lines.tsx'
import { Timeline } from '../../../kernel/web/timeline.tsx'
import { operations as attachment } from '../../attachment/operations.ts'
import { markedUrl, originalOf, thumbUrl } from '../../attachment/web/public.tsx'
import { HAZARD_ACTIONS, type HazardAction } from '../lifecycle.ts'
import { operations } from '../operations.ts'
import type { HazardDetail } from '../views.ts'
import { closedHowZh, levelZh, sourceZh, stateZh, supervisionStateZh, voidZh } from '../zh.ts'
import { HazardDialog } from './HazardDialog.tsx'
import './hazard.css'
import { Proposals } from './Proposals.tsx'
import { categoryName, isEnterprise, stateTone } from './words.ts'

/** One hazard: state and countdown, both photos, what is known, who must act until when, what can be done, and its 经过. */
export default function HazardPage() {
  const { id = '' } = useParams()
  const { data: h, error, refetch } = useRead(operations.get, { id }, { keep: false })
  const [action, setAction] = useState<HazardAction>()
  const me = useMe()
  if (error) return <ProblemView problem={error} onRetry={() => void refetch()} />
  if (!h) return <TableSkeleton columns={4} />
  const enterprise = isEnterprise(me)
  return (
    <>
      <Head h={h} open={setAction} enterprise={enterprise} />
      {h.waiting ? <Alert className="hz-waiting" type={h.overdue ? 'error' : 'info'} showIcon title={`下一步：${h.waiting}`} {...(h.pending ? { description: <Asked h={h} /> } : {})} /> : null}
      {h.stopInForce ? <Alert className="hz-waiting" type="warning" showIcon title="停用、停产措施有效，复查同意前不得恢复" /> : null}
      <Proposals h={h} />
      <div className="hz-body">
        <PhotoPair before={picturesOf(h, 'BEFORE')} after={picturesOf(h, 'AFTER')} afterHint={enterprise ? '整改完成后在“提交整改”里上传，角度与左边一致' : '整改后照片由企业或现场复查时上传'} />
        <Facts h={h} />
      </div>
      {h.supervision ? <Supervised h={h} /> : null}
      <Rectification h={h} />
      <Section title="经过">
        <Timeline items={[...h.timeline].reverse().map((e, i) => ({ key: `${e.at}-${h.timeline.length - i}`, at: e.at, title: e.label, who: e.actor, note: e.text, tone: toneOf(e.event) }))} />
      </Section>
      {action ? <HazardDialog h={h} action={action} close={() => setAction(undefined)} /> : null}
    </>
  )
}

const toneOf = (event: string) => (/closed|verified$/.test(event) ? 'done' : /failed|lapsed|escalated|voided/.test(event) ? 'late' : 'plain') as 'done' | 'late' | 'plain'

const besides: ReadonlySet<string> = new Set(['askTransfer', 'freeze', 'raise', 'lower', 'remind', 'giveOpinion'])

function Head({ h, open, enterprise }: { h: HazardDetail; open: (action: HazardAction) => void; enterprise: boolean }) {
  const me = useMe()
  const remind = useCommand(operations.remindMany)
  const on = Object.fromEntries(HAZARD_ACTIONS.map((action) => [action, () => open(action)])) as Record<string, () => void>
  on.remind = () => void remind.run({ hazards: [{ id: h.id, baseVersion: h.version }] })
  const [proposing, setProposing] = useState(false)
  const ended = h.supervision === null || h.supervision.state === 'DELISTED' || h.supervision.state === 'DECLINED'
  const propose = h.level === 'MAJOR' && h.closedAt === null && ended && me.can('hazard.supervise')
  // What may always be done is never the first thing to do.
  const main = h.actions.find((a) => a.allowed && !besides.has(a.action))?.action ?? 'none'
  const sorted = [...h.actions].sort((a, b) => Number(besides.has(a.action)) - Number(besides.has(b.action)))
  const paper = h.state === 'CONFIRMED' && me.can('enforcement.draft')
  const count = h.dueOn && h.state !== 'CLOSED' ? <><DueTag due={h.overdue ? h.runsTo : h.dueOn} /><span className="ag-faint">{zhDue(endOfLocalDay(h.dueOn), serverNow())}</span></> : null
  return (
    <PageHead
      back={{ to: '/hazards', label: enterprise ? '本企业隐患' : '隐患台账' }}
      title={h.title}
      note={<span className="ag-num">{h.no}</span>}
      tags={
        <>
          <StatusTag tone={stateTone[h.state]}>{stateZh[h.state]}</StatusTag>
          {h.level === 'MAJOR' ? <StatusTag tone="late">重大隐患</StatusTag> : null}
          {h.overdue && h.escalation ? <StatusTag tone="late">已提级 E{h.escalation}</StatusTag> : null}
          {h.recurrence ? <StatusTag tone="warn">重复发生</StatusTag> : null}
          {h.sightings > 1 ? <StatusTag>发现{h.sightings}次</StatusTag> : null}
          {count}
        </>
      }
      actions={
        <>
          {paper && h.sourceId ? <Link to={`/papers/new?visitId=${h.sourceId}`}><Button type="primary">起草文书</Button></Link> : null}
          {propose ? <Button onClick={() => setProposing(true)}>提请督办</Button> : null}
          {proposing ? <ProposeDialog h={h} close={() => setProposing(false)} /> : null}
          <ActionBar actions={sorted} on={on} primary={paper && h.sourceId ? 'none' : main} />
        </>
      }
    />
  )
}

function ProposeDialog({ h, close }: { h: HazardDetail; close: () => void }) {
  const [supervisionId] = useState(newId)
  return <ReasonDialog title="提请挂牌督办" operation={operations.propose} input={{ id: h.id, supervisionId }} confirm="提请" onClose={close} act={{ does: '由安委办或分管负责人决定是否挂牌；挂牌后未摘牌不得销号', whom: h.enterpriseName, clause: '《安全生产法》第四十一条第三款' }} />
}

/** What has been asked and waits for an answer, in its own words. */
function Asked({ h }: { h: HazardDetail }) {
  const p = h.pending as { kind?: string; dueOn?: string; reason?: string; interim?: string | null; toDept?: string; materials?: string[]; note?: string } | null
  if (p?.kind === 'EXTENSION') return <>申请延至{zhDate(p.dueOn ?? '')}：{p.reason}{p.interim ? `；期间管控：${p.interim}` : ''}</>
  if (p?.kind === 'TRANSFER') return <>拟移送{p.toDept}：{p.reason}（材料：{(p.materials ?? []).join('、')}）</>
  return p?.kind === 'CLOSURE' ? <>复查意见：{p.note}</> : null
}

const picturesOf = (h: HazardDetail, role: string) =>
  h.photos.filter((p) => p.role === role && p.type.startsWith('image/')).map((p) => ({ id: p.id, src: thumbUrl(p.id), full: markedUrl(p.id), name: p.name, takenAt: p.takenAt, reused: p.lookAlikeOf !== null, ...originalOf(p) }))

function Facts({ h }: { h: HazardDetail }) {
  const items = [
    { label: '企业', value: <Link to={`/enterprises/${h.enterpriseId}`}>{h.enterpriseName}</Link> },
    { label: '场所、部位', value: `${h.siteName} · ${h.location}` },
    { label: '类别', value: categoryName(h.category) },
    { label: '等级', value: `${levelZh[h.level]}${h.immediateStop ? '，须立即停用' : ''}` },
    { label: '来源', value: h.sourceId ? <Link to={`/visits/${h.sourceId}`}>{sourceZh[h.source]}</Link> : sourceZh[h.source] },
    { label: '发现', value: `${h.foundBy.map((p) => p.name).join('、')}　${zhDateTime(h.foundAt)}` },
    { label: '核定', value: h.confirmedAt ? `${h.confirmedBy.map((p) => p.name).join('、')}　${zhDateTime(h.confirmedAt)}` : null },
    { label: '文书', value: h.orderId ? <Link to={`/papers/${h.orderId}`}>{h.orderNo}</Link> : null },
    { label: '期限', value: h.dueOn ? `${zhDate(h.dueOn)}${h.originalDueOn && h.originalDueOn !== h.dueOn ? `（原 ${zhDate(h.originalDueOn)}，延期 ${h.extensions} 次、复查 ${h.round} 轮）` : ''}` : null },
    { label: '销号', value: h.closedAt ? `${h.closedHow ? closedHowZh[h.closedHow as 'ON_SITE'] : ''}　${zhDateTime(h.closedAt)}` : h.voidCode ? `作废：${voidZh[h.voidCode as 'FALSE']}` : null },
    { label: '描述', value: h.description, wide: true },
    { label: '整改要求', value: h.requirement, wide: true },
    { label: '依据', value: <BasisText h={h} />, wide: true },
    ...(h.recurrenceOf ? [{ label: '前一条', value: <Link to={`/hazards/${h.recurrenceOf}`}>查看销号前的记录</Link>, wide: true }] : []),
  ]
  return <Fields columns={2} items={items} />
}

function BasisText({ h }: { h: HazardDetail }) {
  const cited = h.legalBasis.map((b) => `${b.law}${b.article ? ` 第${b.article}条` : ''}　${b.text}`)
  const all = [...(h.clauseText ? [h.clauseText] : []), ...cited]
  if (all.length === 0) return <span className="ag-faint">—</span>
  return <Collapse ghost size="small" items={[{ key: 'basis', label: h.clauseText ? '判定条款与依据' : `${h.legalBasis[0]?.law ?? ''}等 ${all.length} 条`, children: all.map((line) => <p key={line} className="hz-basis">{line}</p>) }]} />
}

function Supervised({ h }: { h: HazardDetail }) {
  const s = h.supervision
  if (!s) return null
  return (
    <Section title="挂牌督办" extra={<Link to="/hazards/supervisions">督办台账</Link>}>
      <Fields columns={3} items={[{ label: '状态', value: supervisionStateZh[s.state as 'LISTED'] }, { label: '文号', value: s.no }, { label: '期限', value: s.deadline ? zhDate(s.deadline) : null }, { label: '责任', value: [s.dutyUnit, s.dutyPerson].filter(Boolean).join(' ') }, { label: '最近进展', value: s.lastReport }, { label: '提请理由', value: s.why }]} />
    </Section>
  )
}

/** 五落实 plan, opinions and files, when there are any. */
function Rectification({ h }: { h: HazardDetail }) {
  const files = h.photos.filter((p) => !['BEFORE', 'AFTER'].includes(p.role))
  if (!h.plan && h.opinions.length === 0 && files.length === 0) return null
  const plan = h.plan
    ? [{ label: '措施', value: h.plan.measures, wide: true }, { label: '责任人', value: h.plan.responsible }, { label: '资金', value: `${h.plan.fund.toLocaleString('zh-CN')} 元` }, { label: '完成时限', value: zhDate(h.plan.finishOn) }, { label: '应急预案', value: h.plan.emergency, wide: true }, ...(h.plan.goal ? [{ label: '目标任务', value: h.plan.goal, wide: true }, { label: '机构人员', value: h.plan.team }] : [])]
    : []
  return (
    <Section title={h.level === 'MAJOR' ? '治理方案与意见' : '整改方案'}>
      <Fields columns={2} items={[...plan, ...h.opinions.map((o) => ({ label: `意见（${o.by}）`, value: o.text, wide: true })), ...(files.length ? [{ label: '附件', wide: true, value: files.map((f) => <a key={f.id} className="hz-file" href={fileUrl(attachment.original, { id: f.id })}>{f.name}</a>) }] : [])]} />
    </Section>
  )
}
