import { useState } from 'react'
import { NOT_APPLICABLE_REASONS, NOT_APPLICABLE_ZH } from '../../../capabilities/checklist/answers.ts'
import type { ChecklistItem } from '../../../capabilities/checklist/checklist.ts'
import { ANSWER_ZH, kinds, STORED_ANSWERS, type StoredAnswer } from '../../../capabilities/visit/kinds.ts'
import { Thumb } from '../parts/camera.tsx'
import { Tag } from '../parts/states.tsx'
import { answered, answerItem, answerKey, type Category, type DraftAnswer, restComplies, type VisitDraft } from './draft.ts'
import type { Change } from './Visit.tsx'


interface Props {
  readonly draft: VisitDraft
  readonly change: Change
  readonly categories: readonly Category[]
  readonly onFinding: (versionId: string, item: ChecklistItem, fixed: boolean) => void
}

/** One category is one screen: cards with four large answers, dots for the way, and the rest of it by an act of its own. */
export function Check({ draft, change, categories, onFinding }: Props) {
  const at = Math.min(draft.category, categories.length - 1)
  const category = categories[at]
  if (!category) return null
  const open = category.items.length - answered(draft, category)
  const all = categories.reduce((sum, one) => sum + one.items.length, 0)
  const done = categories.reduce((sum, one) => sum + answered(draft, one), 0)
  const go = (to: number) => {
    change({ category: to })
    window.scrollTo(0, 0)
  }
  const give = (item: ChecklistItem, answer: DraftAnswer) => {
    change((before) => answerItem(before, category.versionId, item, answer))
    if (answer.answer === 'FAILS' || answer.answer === 'FIXED') onFinding(category.versionId, item, answer.answer === 'FIXED')
  }
  return (
    <>
      <div className="f-cat">
        <div className="f-cat-line"><b>{category.name}</b><span className="f-quiet">{at + 1}/{categories.length} 类 · 共 {done}/{all} 项</span></div>
        <div className="f-dots" role="tablist" aria-label="各类进度">{categories.map((one, i) => {
          const n = answered(draft, one)
          return <button key={one.versionId + one.name} type="button" role="tab" aria-selected={i === at} aria-label={`${one.name} ${n}/${one.items.length}`} className={n === one.items.length ? 'f-dots-done' : n > 0 ? 'f-dots-part' : ''} onClick={() => go(i)}><i /></button>
        })}</div>
      </div>
      {category.items.map((item) => <ItemCard key={item.code} item={item} draft={draft} versionId={category.versionId} onAnswer={(answer) => give(item, answer)} onFinding={() => onFinding(category.versionId, item, draft.answers[answerKey(category.versionId, item.code)]?.answer === 'FIXED')} />)}
      <button type="button" className="f-btn f-btn-wide" disabled={open === 0} onClick={() => change((before) => restComplies(before, category))}>{open === 0 ? '本类已全部作答' : `本类其余均符合（${open} 项）`}</button>
      <p className="f-quiet">“其余均符合”会如实记为一次性勾选。</p>
      {at > 0 ? <button type="button" className="f-btn f-btn-wide" onClick={() => go(at - 1)}>上一类</button> : null}
    </>
  )
}

function ItemCard({ item, draft, versionId, onAnswer, onFinding }: { item: ChecklistItem; draft: VisitDraft; versionId: string; onAnswer: (answer: DraftAnswer) => void; onFinding: () => void }) {
  const [how, setHow] = useState(false)
  const given = draft.answers[answerKey(versionId, item.code)]
  const finding = draft.findings.find((f) => f.versionId === versionId && f.itemCode === item.code)
  const found = given?.answer === 'FAILS' || given?.answer === 'FIXED'
  const allowed = (answer: StoredAnswer) => answer !== 'FIXED' || (kinds[draft.kind].onSite && item.severity !== 'MAJOR')
  return (
    <article className={`f-item${given ? ' f-item-done' : ''}`} aria-label={item.content}>
      <button type="button" className="f-item-text" aria-expanded={how} onClick={() => setHow(!how)}>
        <span>{item.content}{item.severity === 'MAJOR' ? <Tag tone="late">重大项</Tag> : item.severity === 'STOP_USE' ? <Tag tone="late">立即停用项</Tag> : null}</span>
        <span className="f-quiet">{item.code}{given?.byRest ? ' · 其余均符合' : ''}</span>
      </button>
      {how ? <p className="f-quiet">怎么查：{item.method}</p> : null}
      <div className="f-answers" role="radiogroup" aria-label="结果">
        {STORED_ANSWERS.map((answer) => <button key={answer} type="button" role="radio" aria-checked={given?.answer === answer} data-answer={answer} disabled={!allowed(answer)} onClick={() => onAnswer(answer === 'NOT_APPLICABLE' ? { answer, reason: given?.reason ?? 'NO_SUCH_THING' } : { answer })}>{ANSWER_ZH[answer]}</button>)}
      </div>
      {given?.answer === 'NOT_APPLICABLE' ? <NotApplicable given={given} onAnswer={onAnswer} /> : null}
      {found ? (
        <button type="button" className={finding ? 'f-found' : 'f-found f-found-open'} onClick={onFinding}>
          {finding ? <>{finding.before.slice(0, 3).map((id) => <span key={id} className="f-found-pic"><Thumb id={id} /></span>)}<span className="f-grow">{finding.location ? `${finding.location}：` : ''}{finding.description}</span>改</> : '还没有填写隐患，点此拍照填写'}
        </button>
      ) : null}
    </article>
  )
}

function NotApplicable({ given, onAnswer }: { given: DraftAnswer; onAnswer: (answer: DraftAnswer) => void }) {
  return (
    <>
      <div className="f-chips">{NOT_APPLICABLE_REASONS.map((reason) => <button key={reason} type="button" aria-pressed={given.reason === reason} onClick={() => onAnswer({ ...given, reason })}>{NOT_APPLICABLE_ZH[reason]}</button>)}</div>
      {given.reason === 'OTHER' ? <input className="f-input" value={given.note ?? ''} maxLength={500} placeholder="写明不适用的理由" aria-label="不适用的理由" onChange={(event) => onAnswer({ ...given, note: event.target.value })} /> : null}
    </>
  )
}
