import { Alert, Segmented, Skeleton } from 'antd'
import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { localDate } from '../../../kernel/core/time.ts'
import { zhDate, zhDateTime } from '../../../kernel/core/time-zh.ts'
import { blocking, useRead } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { ReasonDialog } from '../../../kernel/web/dialog.tsx'
import { newId } from '../../../kernel/web/new-id.ts'
import { ActionBar, DueTag, Fields, PageHead, Section, StatusTag } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { MEASURE_ZH, type MeasureDetail, SEAL_ZH } from '../measure.ts'
import { operations } from '../operations.ts'
import { measureTone, stateTone } from './words.ts'
import { STATE_ZH } from '../lifecycle.ts'
import type { PaperState } from '../doc-type.ts'

type Asked = 'makeUp' | 'startTesting' | 'endTesting'

/** One measure: until when, what is held, what has to be decided, and by which paper. */
export default function MeasurePage() {
  const { id = '' } = useParams()
  const read = useRead(operations.measure, { id })
  if (blocking(read)) return <ProblemView problem={read.error} onRetry={() => void read.refetch()} />
  if (!read.data) return <Skeleton active paragraph={{ rows: 12 }} />
  return <Measure m={read.data} />
}

function Measure({ m }: { m: MeasureDetail }) {
  const navigate = useNavigate()
  const [asked, setAsked] = useState<Asked>()
  const paper = (type: string) => () => void navigate(`/papers/new?referId=${m.paperId}&type=${type}`)
  const on = {
    makeUp: () => setAsked('makeUp'), startTesting: () => setAsked('startTesting'), endTesting: () => setAsked('endTesting'), extend: paper('D10'),
    release: () => (m.releasePaperId ? void navigate(`/papers/${m.releasePaperId}`) : paper('D11')()),
  }
  const over = m.state === 'RELEASED' || m.state === 'VOIDED'
  const facts = [
    { label: '监管对象', value: <Link to={`/enterprises/${m.enterpriseId}`}>{m.enterpriseName}（{m.siteName}）</Link>, wide: true },
    { label: '理由', value: m.reason, wide: true },
    { label: '开始', value: zhDate(m.startedOn) }, { label: '期满', value: <>{zhDate(m.dueOn)} {over ? null : <DueTag due={m.dueOn} />}</> },
    { label: '期限', value: `${m.days}日${m.extendedDays ? `，延长${m.extendedDays}日` : ''}${m.testedDays ? `，检验检测${m.testedDays}日不计` : ''}` }, { label: '执法人员', value: m.officers.join('、') },
    { label: '批准', value: m.approved === null ? '待补办' : `${m.approved ? '同意' : '不同意'}：${m.approvedByName ?? ''} ${m.approvedAt ? zhDateTime(m.approvedAt) : ''}${m.approvalNote ? `（${m.approvalNote}）` : ''}`, wide: true },
    ...(m.releasedOn ? [{ label: '解除', value: zhDate(m.releasedOn) }] : []),
  ]
  return (
    <>
      <PageHead title={`${SEAL_ZH[m.kind]}：${m.enterpriseName}`} tags={<><StatusTag tone={measureTone[m.state]}>{MEASURE_ZH[m.state]}</StatusTag><span className="ag-num">{m.no}</span></>} back={{ to: '/measures', label: '查封扣押' }} actions={<ActionBar actions={m.actions} on={on} primary={m.actions.some((a) => a.action === 'makeUp') ? 'makeUp' : m.state === 'EXPIRED' || m.approved === false ? 'release' : m.state === 'TESTING' ? 'endTesting' : ''} />} />
      {m.approved === null && m.approvalDueAt && !over ? <Alert type="error" showIcon style={{ marginBottom: 12 }} title={`当场实施，须在 ${zhDateTime(m.approvalDueAt)} 前报告负责人并补办批准`} /> : null}
      {m.state === 'EXPIRED' || (m.approved === false && !over) ? <Alert type="error" showIcon style={{ marginBottom: 12 }} title={m.approved === false ? '负责人不同意，必须立即解除' : '期满未作决定，必须解除'} /> : null}
      <Section title="措施"><Fields items={facts} /></Section>
      <Section title={`清单（${m.things.length}项）`}>{m.things.map((t, i) => <div key={`${t.name}${i}`}>{i + 1}．{t.name}{t.spec ? `，${t.spec}` : ''}，{t.quantity}，{t.place}</div>)}</Section>
      <Section title="检验检测">{m.testing.length === 0 ? <span className="ag-faint">没有送检</span> : m.testing.map((t) => <div key={t.id}>{zhDate(t.from)}至{t.to ? zhDate(t.to) : '今'}：{t.what}，{t.lab}；{t.notice}{t.result ? `；结果：${t.result}` : ''}</div>)}</Section>
      <Section title="文书">{m.papers.map((p) => <div key={p.id} style={{ marginBottom: 6 }}><Link to={`/papers/${p.id}`}>{p.title} {p.no}</Link> <StatusTag tone={stateTone[p.state as PaperState]}>{STATE_ZH[p.state as PaperState]}</StatusTag></div>)}</Section>
      {asked ? <StepDialog asked={asked} m={m} onClose={() => setAsked(undefined)} /> : null}
    </>
  )
}

function StepDialog({ asked, m, onClose }: { asked: Asked; m: MeasureDetail; onClose: () => void }) {
  const input = { id: m.id, baseVersion: m.version }
  const whom = `${m.enterpriseName}（${m.siteName}）`
  const today = localDate(serverNow())
  if (asked === 'makeUp') {
    return (
      <ReasonDialog title="补办批准" operation={operations.makeUp} input={input} initial={{ agree: true }} confirm="作出决定" onClose={onClose}
        fields={[{ key: 'agree', label: '决定', kind: 'own', own: (value, set) => <Segmented value={value === false ? 'no' : 'yes'} onChange={(v) => set(v === 'yes')} options={[{ value: 'yes', label: '同意' }, { value: 'no', label: '不同意，立即解除' }]} /> }, { key: 'note', label: '意见', kind: 'long', rows: 2, max: 300, hint: '不同意须写明理由' }]}
        act={{ does: '同意的，措施按期限执行；不同意的，系统立即起草解除决定书', whom, clause: '行政强制法第十九条' }} />
    )
  }
  if (asked === 'startTesting') {
    return <ReasonDialog title="登记送检" operation={operations.startTesting} input={{ ...input, testingId: newId() }} initial={{ from: today }} confirm="登记送检" onClose={onClose} fields={[{ key: 'what' }, { key: 'lab' }, { key: 'from', kind: 'date' }, { key: 'notice', kind: 'long', rows: 2 }]} act={{ does: '检验检测期间不计入期限，起止须书面告知当事人', whom, clause: '行政强制法第二十五条' }} />
  }
  return <ReasonDialog title="登记检验结束" operation={operations.endTesting} input={input} initial={{ to: today }} confirm="登记结束" onClose={onClose} fields={[{ key: 'to', kind: 'date' }, { key: 'result', kind: 'long', rows: 2 }]} act={{ does: '期限继续计算，检验检测的天数顺延', whom, clause: '行政强制法第二十五条' }} />
}
