import { useMemo, useState } from 'react'
import { normaliseText } from '../../../kernel/core/search-text.ts'
import { localDate } from '../../../kernel/core/time.ts'
import type { CriteriaRow } from '../../../capabilities/sync/rows.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { useLive } from '../../../kernel/web/outbox/store.ts'
import { useWork } from '../data/work.ts'
import { Sheet } from '../parts/sheet.tsx'
import { Empty } from '../parts/states.tsx'
import type { DraftFinding, Place } from '../visit/draft.ts'

/** Major only by a clause in force today that may apply to the place; the person reads it and says that it is met. */
export function LevelHelp({ finding, site, onChange }: { finding: DraftFinding; site: Place; onChange: (more: Partial<DraftFinding>) => void }) {
  const { store } = useWork()
  const [open, setOpen] = useState(false)
  const [words, setWords] = useState('')
  const clauses = useLive(() => store.criteria.toArray(), [store])
  const day = localDate(serverNow())
  const found = useMemo(() => (clauses ?? []).filter((clause) => mayApply(clause, site, day) && holds(clause, words)).slice(0, 40), [clauses, site, day, words])
  const clause = clauses?.find((one) => one.id === finding.clauseId)
  return (
    <>
      <div className="f-choice" role="radiogroup" aria-label="级别">
        <button type="button" role="radio" aria-checked={finding.level === 'GENERAL'} onClick={() => onChange({ level: 'GENERAL', clauseId: undefined })}>一般</button>
        <button type="button" role="radio" aria-checked={finding.level === 'MAJOR'} onClick={() => setOpen(true)}>疑似重大…</button>
      </div>
      {finding.level === 'MAJOR' ? <p className="f-quiet">依据：{clause ? `${clause.docName} ${clause.clause} ${clause.summary}` : finding.clauseId}。由两名执法人员核定。</p> : null}
      <Sheet open={open} title="判定条款" tall onClose={() => setOpen(false)}>
        <p className="f-quiet">重大事故隐患只能依条款判定。选中符合的一条；拿不准就按一般上报，由执法人员核定。</p>
        <input className="f-input" value={words} placeholder="查条款，如：粉尘 泄爆" aria-label="查条款" onChange={(event) => setWords(event.target.value)} />
        {found.map((one) => <button key={one.id} type="button" className="f-guess" onClick={() => {
          onChange({ level: 'MAJOR', clauseId: one.id, fixed: false })
          setOpen(false)
        }}>{one.summary}<span className="f-quiet">{one.docName} {one.clause}</span></button>)}
        {found.length === 0 ? <Empty title="没有这样的条款" /> : null}
      </Sheet>
    </>
  )
}

const mayApply = (clause: CriteriaRow, site: Place, day: string): boolean =>
  !clause.topicOnly && clause.authority === 'EMB' && (clause.effectiveFrom === null || clause.effectiveFrom <= day) && (clause.effectiveTo === null || day < clause.effectiveTo) &&
  (site.unknown === true || ((clause.sector === null || clause.sector === site.sector) && (clause.requiresTag === null || site.tags.includes(clause.requiresTag))))

const holds = (clause: CriteriaRow, words: string): boolean => words.split(/\s+/).map(normaliseText).every((word) => normaliseText(clause.summary + clause.industry).includes(word))
