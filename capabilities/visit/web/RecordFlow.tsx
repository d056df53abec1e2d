import { Alert, App, Button, Progress, Skeleton } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { asProblem } from '../../../kernel/web/call.ts'
import { call, type Problem, useCommand } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { newId } from '../../../kernel/web/new-id.ts'
import { PageHead, StatusTag } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { useOnline } from '../../../kernel/web/session.ts'
import { kinds } from '../kinds.ts'
import { operations } from '../operations.ts'
import { ArriveStep } from './ArriveStep.tsx'
import { CheckStep } from './CheckStep.tsx'
import { FinishStep } from './FinishStep.tsx'
import { answerKey, answersOf, type Category, categoriesOf, type Draft, type Target, toRecord, useLists, useRecordDraft } from './recording.ts'
import './visit.css'

const steps = ['ARRIVE', 'CHECK', 'FINISH'] as const
const stepZh = { ARRIVE: '到场', CHECK: '检查', FINISH: '结果与签字' } as const

/** The recording page, desk and phone: 到场 → 检查 → 结果与签字; everything typed is kept in this browser. */
export function RecordFlow({ target, onDone }: { target: Target; onDone: (id: string) => void }) {
  const { draft, set, drop } = useRecordDraft(target.id, { step: target.state === 'IN_PROGRESS' ? 'CHECK' : 'ARRIVE' })
  const { lists, loading, problem: listProblem } = useLists(target.versionIds)
  const [problem, setProblem] = useState<Problem>()
  const start = useCommand(operations.start)
  const record = useCommand(operations.record)
  const online = useOnline()
  const { message } = App.useApp()
  const categories = categoriesOf(lists)
  const total = categories.reduce((n, c) => n + c.items.length, 0)
  const done = categories.reduce((n, c) => n + c.items.filter((i) => draft.answers[answerKey(c.versionId, i.code)]).length, 0)
  useSavedDraft(target, draft)
  const attempt = async (act: () => Promise<void>) => {
    setProblem(undefined)
    try {
      await act()
    } catch (thrown) {
      setProblem(asProblem(thrown))
      window.scrollTo({ top: 0, behavior: 'smooth' })
    }
  }
  const begin = () => attempt(async () => {
    await start.run(startInput(target, draft))
    set({ step: 'CHECK' })
  })
  const finish = () => attempt(async () => {
    const answer = await record.run(toRecord(target, draft, serverNow()))
    drop()
    for (const warning of answer.warnings) void message.warning(warning, 6)
    void message.success(`已办结${answer.hazards.length ? `，登记隐患 ${answer.hazards.length} 项` : ''}`)
    onDone(answer.id)
  })
  if (loading) return <Skeleton active paragraph={{ rows: 8 }} />
  const stored = target.state !== null && target.state !== 'IN_PROGRESS'
  return (
    <div className="vr">
      <PageHead title={target.enterpriseName} note={`${kinds[target.kind].zh} · ${target.siteName}`} back={target.state ? { to: `/visits/${target.id}`, label: '任务' } : { to: '/visits', label: '检查任务' }} />
      <Bar draft={draft} set={set} done={done} total={total} categories={categories} online={online} />
      {problem ? <Refusals problem={problem} /> : null}
      {listProblem ? <ProblemView problem={listProblem} /> : null}
      {draft.step === 'ARRIVE' ? <ArriveStep target={target} draft={draft} set={set} /> : null}
      {draft.step === 'CHECK' ? <CheckStep target={target} draft={draft} set={set} categories={categories} /> : null}
      {draft.step === 'FINISH' ? <FinishStep target={target} draft={draft} set={set} /> : null}
      <Foot draft={draft} set={set} categories={categories.length} stored={stored} busy={start.running || record.running} onBegin={() => void begin()} onFinish={() => void finish()} left={total - done} />
    </div>
  )
}

const startInput = (target: Target, draft: Draft) => ({
  id: target.id, baseVersion: target.version ?? 1, urgent: target.urgent, ...(draft.urgentReason ? { urgentReason: draft.urgentReason } : {}), ...(draft.capReason ? { capOverrideReason: draft.capReason } : {}),
  arrivedAt: draft.arrivedAt ?? serverNow(), ...(draft.scan ? { scan: draft.scan } : {}), ...(draft.idShownAt ? { idShownAt: draft.idShownAt } : {}), ...(draft.informedAt ? { informedAt: draft.informedAt } : {}),
  people: target.people.map((p) => ({ ...p, conflictDeclared: p.conflictDeclared || (!!p.personId && draft.declared.includes(p.personId)) })),
})

/** While the visit runs the answers also go to the server, so that a colleague's device or a new phone may go on. */
function useSavedDraft(target: Target, draft: Draft): void {
  const sent = useRef<Record<string, string>>({})
  useEffect(() => {
    if (target.state !== 'IN_PROGRESS') return undefined
    const timer = setTimeout(() => {
      const changed = answersOf(draft).filter((a) => sent.current[answerKey(a.versionId, a.itemCode)] !== JSON.stringify(a))
      if (!changed.length) return
      const answers = changed.map(({ versionId, itemCode, ...answer }) => ({ versionId, itemCode, answer }))
      // The copy in this browser is what counts; one that does not arrive is sent with the next change.
      call(operations.saveAnswers, { id: target.id, answers }, { key: newId() }).then(() => { for (const a of changed) sent.current[answerKey(a.versionId, a.itemCode)] = JSON.stringify(a) }).catch(() => undefined)
    }, 4000)
    return () => clearTimeout(timer)
  }, [target.id, target.state, draft])
}

function Bar({ draft, set, done, total, categories, online }: { draft: Draft; set: (more: Partial<Draft>) => void; done: number; total: number; categories: readonly Category[]; online: boolean }) {
  return (
    <div className="vr-bar">
      <div className="vr-bar-line">
        <div role="tablist" style={{ display: 'flex', gap: 6 }}>
          {steps.map((step) => <button key={step} type="button" role="tab" aria-selected={draft.step === step} className={draft.step === step ? 'vr-dot vr-dot-on' : 'vr-dot'} onClick={() => set({ step })}>{stepZh[step]}</button>)}
        </div>
        <span className="ag-num">{total ? `已答 ${done}/${total}` : ''} {draft.findings.length ? `· 隐患 ${draft.findings.length}` : ''} {online ? null : <StatusTag tone="warn">离线，已存在本机</StatusTag>}</span>
      </div>
      {total ? <Progress percent={Math.round((done / total) * 100)} size="small" showInfo={false} /> : null}
      {draft.step === 'CHECK' && categories.length > 1 ? (
        <div className="vr-dots" role="tablist" aria-label="检查类别">
          {categories.map((c, i) => {
            const full = c.items.every((item) => draft.answers[answerKey(c.versionId, item.code)])
            return <button key={`${c.versionId}${c.name}`} type="button" role="tab" aria-selected={draft.category === i} className={`vr-dot${draft.category === i ? ' vr-dot-on' : ''}${full ? ' vr-dot-full' : ''}`} onClick={() => { set({ category: i }); window.scrollTo({ top: 0 }) }}>{full ? '✓ ' : ''}{c.name}</button>
          })}
        </div>
      ) : null}
    </div>
  )
}

/** Every sentence of a refusal, since the fields lie on three screens. */
function Refusals({ problem }: { problem: Problem }) {
  const texts = [...new Set(problem.fields.map((f) => f.message))]
  if (texts.length < 2) return <ProblemView problem={problem} />
  return <Alert type="warning" showIcon title={`还有 ${texts.length} 处需要处理`} description={<ul>{texts.slice(0, 12).map((text) => <li key={text}>{text}</li>)}</ul>} />
}

function Foot({ draft, set, categories, stored, busy, onBegin, onFinish, left }: { draft: Draft; set: (more: Partial<Draft>) => void; categories: number; stored: boolean; busy: boolean; onBegin: () => void; onFinish: () => void; left: number }) {
  const go = (more: Partial<Draft>) => {
    set(more)
    window.scrollTo({ top: 0 })
  }
  const last = draft.category >= categories - 1
  if (draft.step === 'ARRIVE') return <div className="vr-foot">{stored ? <Button type="primary" loading={busy} disabled={!draft.arrivedAt} onClick={onBegin}>开始检查</Button> : <Button type="primary" onClick={() => go({ step: 'CHECK' })}>下一步：检查</Button>}</div>
  if (draft.step === 'CHECK') {
    return (
      <div className="vr-foot">
        <Button onClick={() => go(draft.category > 0 ? { category: draft.category - 1 } : { step: 'ARRIVE' })}>{draft.category > 0 ? '上一类' : '到场'}</Button>
        <Button type="primary" onClick={() => go(last ? { step: 'FINISH' } : { category: draft.category + 1 })}>{last ? '下一步：签字' : '下一类'}</Button>
      </div>
    )
  }
  return (
    <div className="vr-foot">
      <Button onClick={() => go({ step: 'CHECK' })}>返回检查</Button>
      <Button type="primary" loading={busy} onClick={onFinish}>{draft.outcome === 'CHECKED' && left > 0 ? `办结（还有 ${left} 项未答）` : '办结'}</Button>
    </div>
  )
}
