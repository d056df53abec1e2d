import { App, Button, Input, Select } from 'antd'
import { useState } from 'react'
import { EmptyState, StatusTag } from '../../../kernel/web/parts.tsx'
import { NOT_APPLICABLE_REASONS, NOT_APPLICABLE_ZH } from '../../checklist/answers.ts'
import type { ChecklistItem } from '../../checklist/checklist.ts'
import { SEVERITY_WORDS } from '../../checklist/severity.ts'
import { ANSWER_ZH, kinds, STORED_ANSWERS, type StoredAnswer } from '../kinds.ts'
import { FindingSheet } from './FindingSheet.tsx'
import { answerKey, type Category, type Draft, type DraftAnswer, type DraftFinding, findingOf, freeFinding, type Target } from './recording.ts'

const reasons = NOT_APPLICABLE_REASONS.map((value) => ({ value, label: NOT_APPLICABLE_ZH[value] }))

interface Given {
  target: Target
  draft: Draft
  set: (more: Partial<Draft> | ((before: Draft) => Partial<Draft>)) => void
  categories: readonly Category[]
}

/** 检查: one category a screen, four large choices an item, a sheet for what was found. */
export function CheckStep({ target, draft, set, categories }: Given) {
  const [open, setOpen] = useState<{ finding: DraftFinding; item: ChecklistItem | undefined }>()
  const { modal } = App.useApp()
  const category = categories[Math.min(draft.category, categories.length - 1)]
  const places = [...new Set(draft.findings.map((f) => f.location.trim()).filter(Boolean))]
  const keep = (finding: DraftFinding) => set((before) => ({ findings: before.findings.some((f) => f.id === finding.id) ? before.findings.map((f) => (f.id === finding.id ? finding : f)) : [...before.findings, finding] }))
  const remove = (id: string) => {
    set((before) => ({ findings: before.findings.filter((f) => f.id !== id) }))
    setOpen(undefined)
  }
  const choose = (item: ChecklistItem, versionId: string, answer: StoredAnswer) => {
    const key = answerKey(versionId, item.code)
    const mine = draft.findings.filter((f) => f.versionId === versionId && f.itemCode === item.code)
    const found = answer === 'FAILS' || answer === 'FIXED'
    const apply = (findings: readonly DraftFinding[]) => set((before) => ({ answers: { ...before.answers, [key]: { answer } }, findings }))
    if (found && kinds[target.kind].findings !== null) {
      const finding = mine[0] ? { ...mine[0], fixed: answer === 'FIXED' } : findingOf(versionId, item, answer === 'FIXED')
      apply([...draft.findings.filter((f) => f.id !== finding.id), finding])
      setOpen({ finding, item })
    } else if (mine.length) {
      void modal.confirm({ title: `改为“${ANSWER_ZH[answer]}”将删去已填的 ${mine.length} 项隐患`, okText: '删去并改答', cancelText: '保留', onOk: () => apply(draft.findings.filter((f) => !mine.includes(f))) })
    } else apply(draft.findings)
  }
  const rest = () => set((before) => ({ answers: { ...before.answers, ...Object.fromEntries((category?.items ?? []).filter((i) => !before.answers[answerKey(category!.versionId, i.code)]).map((i): [string, DraftAnswer] => [answerKey(category!.versionId, i.code), { answer: 'COMPLIES', byRest: true }])) } }))
  const left = category ? category.items.filter((i) => !draft.answers[answerKey(category.versionId, i.code)]).length : 0
  const free = draft.findings.filter((f) => !f.itemCode)
  return (
    <>
      {category ? null : <EmptyState title="本次没有选检查表" how="可以直接登记发现的问题，或填写备注后办结。" />}
      {category?.items.map((item) => (
        <ItemCard key={item.code} item={item} answer={draft.answers[answerKey(category.versionId, item.code)]} findings={draft.findings.filter((f) => f.versionId === category.versionId && f.itemCode === item.code)} onSite={kinds[target.kind].onSite} onChoose={(a) => choose(item, category.versionId, a)} onChange={(more) => set((before) => ({ answers: { ...before.answers, [answerKey(category.versionId, item.code)]: { ...before.answers[answerKey(category.versionId, item.code)]!, ...more } } }))} onOpen={(finding) => setOpen({ finding, item })} onAdd={() => { const finding = findingOf(category.versionId, item, false); keep(finding); setOpen({ finding, item }) }} />
      ))}
      {left > 0 ? <Button block size="large" style={{ minHeight: 48, marginBottom: 10 }} onClick={rest}>本类其余均符合（{left} 项）</Button> : null}
      {kinds[target.kind].findings !== null ? <Button block type="dashed" style={{ minHeight: 44, marginBottom: 10 }} onClick={() => { const finding = freeFinding(); keep(finding); setOpen({ finding, item: undefined }) }}>登记检查表以外的隐患</Button> : null}
      {free.map((f) => <FindingLine key={f.id} finding={f} onOpen={() => setOpen({ finding: f, item: undefined })} />)}
      {open ? <FindingSheet key={open.finding.id} value={draft.findings.find((f) => f.id === open.finding.id) ?? open.finding} item={open.item} enterpriseId={target.enterpriseId} places={places} onSave={keep} onRemove={open.item && draft.findings.filter((f) => f.itemCode === open.item?.code).length < 2 ? undefined : () => remove(open.finding.id)} onClose={() => setOpen(undefined)} /> : null}
    </>
  )
}

function ItemCard({ item, answer, findings, onSite, onChoose, onChange, onOpen, onAdd }: { item: ChecklistItem; answer: DraftAnswer | undefined; findings: readonly DraftFinding[]; onSite: boolean; onChoose: (answer: StoredAnswer) => void; onChange: (more: Partial<DraftAnswer>) => void; onOpen: (finding: DraftFinding) => void; onAdd: () => void }) {
  const choices = STORED_ANSWERS.filter((a) => (a !== 'FIXED' || (onSite && item.severity !== 'MAJOR')))
  return (
    <article className={answer ? 'vr-item' : 'vr-item vr-item-open'} aria-label={`${item.code} ${item.content}`}>
      <div className="vr-item-head"><span className="ag-num">{item.code}</span><span>{item.content}</span>{item.severity === 'GENERAL' ? null : <StatusTag tone="late">{SEVERITY_WORDS[item.severity]}</StatusTag>}</div>
      <p className="vr-item-how">{item.method}{item.evidence === 'PHOTO' ? ' · 发现问题须拍照' : ''}</p>
      <fieldset className="vr-choices" aria-label={item.content}>
        {choices.map((a) => (
          <button key={a} type="button" aria-pressed={answer?.answer === a} className={`vr-choice vr-choice-${a}${answer?.answer === a ? ' vr-choice-on' : ''}`} onClick={() => onChoose(a)}>{ANSWER_ZH[a]}</button>
        ))}
      </fieldset>
      {answer ? (
        <div className="vr-more">
          {answer.byRest ? <small className="quiet">由“本类其余均符合”作答</small> : null}
          {answer.answer === 'NOT_APPLICABLE' ? <Select placeholder="不适用的理由（必选）" status={answer.reason ? '' : 'warning'} value={answer.reason ?? null} options={reasons} onChange={(reason: NonNullable<DraftAnswer['reason']>) => onChange({ reason })} /> : null}
          {answer.answer === 'COMPLIES' && answer.byRest ? null : <Input placeholder="说明（可不填）" maxLength={500} value={answer.note ?? ''} onChange={(e) => onChange({ note: e.target.value })} />}
          {findings.map((f) => <FindingLine key={f.id} finding={f} onOpen={() => onOpen(f)} />)}
          {findings.length ? <Button size="small" type="link" onClick={onAdd}>同一项另有一处</Button> : null}
        </div>
      ) : null}
    </article>
  )
}

function FindingLine({ finding: f, onOpen }: { finding: DraftFinding; onOpen: () => void }) {
  const complete = f.location.trim() && f.description.trim() && f.requirement.trim()
  return (
    <button type="button" className="vr-finding" onClick={onOpen}>
      <span>{f.level === 'MAJOR' ? <StatusTag tone="late">重大</StatusTag> : null} {f.location || '部位未填'}：{f.description || '情况未填'}</span>
      <span><small className="quiet">{f.before.length + f.after.length} 张照片</small> {complete ? null : <StatusTag tone="warn">待补</StatusTag>}{f.fixed ? <StatusTag tone="done">已改</StatusTag> : null}</span>
    </button>
  )
}
