import { useEffect, useMemo, useState } from 'react'
import type { ChecklistRow } from '../../../capabilities/sync/rows.ts'
import { useLive } from '../../../kernel/web/outbox/store.ts'
import { useWork } from '../data/work.ts'
import { FindingForm } from '../hazard/FindingForm.tsx'
import { habitKey, type Habit } from '../hazard/guess.ts'
import { Sheet } from '../parts/sheet.tsx'
import { type DraftFinding, gapsOfFinding, type Place } from './draft.ts'

const HABIT = 'habit'
const OPEN = 'draft.finding'

/** A finding of a visit: a sheet from below, camera first. What is typed in it is kept too, also when it is closed half-way. */
export function FindingSheet({ finding, site, lists, onClose, onKeep }: { finding: DraftFinding | undefined; site: Place; lists: readonly ChecklistRow[]; onClose: () => void; onKeep: (finding: DraftFinding) => void }) {
  return (
    <Sheet open={finding !== undefined} title="隐患" tall onClose={onClose}>
      {finding ? <Form key={finding.id} given={finding} site={site} lists={lists} onKeep={onKeep} /> : null}
    </Sheet>
  )
}

function Form({ given, site, lists, onKeep }: { given: DraftFinding; site: Place; lists: readonly ChecklistRow[]; onKeep: (finding: DraftFinding) => void }) {
  const { store } = useWork()
  const key = `${OPEN}.${given.versionId ?? site.id}.${given.itemCode ?? 'free'}`
  const [finding, setFinding] = useState(given)
  const [tried, setTried] = useState(false)
  const habit = useLive(async () => (await store.read<Habit>(HABIT)) ?? {}, [store])
  useEffect(() => {
    void store.read<DraftFinding | null>(key).then((kept) => kept && given.before.length === 0 && setFinding({ ...kept, fixed: given.fixed }))
    // Only when the sheet is opened.
    // biome-ignore lint/correctness/useExhaustiveDependencies: once
  }, [])
  const change = (more: Partial<DraftFinding>) =>
    setFinding((before) => {
      const next = { ...before, ...more }
      void store.keep(key, next)
      return next
    })
  const item = useMemo(() => lists.find((list) => list.id === finding.versionId)?.items.find((one) => one.code === finding.itemCode), [lists, finding.versionId, finding.itemCode])
  const gaps = gapsOfFinding(finding, item?.evidence ?? 'PHOTO')
  const keep = async () => {
    setTried(true)
    if (gaps.length > 0) return
    await store.meta.delete(key)
    if (item && habit) await store.keep(HABIT, { ...habit, [habitKey({ item })]: (habit[item.code] ?? 0) + 1 })
    onKeep(finding)
  }
  return (
    <>
      {given.itemCode && item ? <p>{item.content}</p> : null}
      <FindingForm finding={finding} site={site} lists={lists} habit={habit ?? {}} onChange={change} gaps={tried ? gaps : []} fixedItem={given.itemCode !== undefined} />
      <button type="button" className="f-btn f-btn-main f-stick" onClick={() => void keep()}>记下隐患</button>
    </>
  )
}
