import { Dialog, Toast } from 'antd-mobile'
import { useEffect, useMemo, useState } from 'react'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { kinds } from '../../../capabilities/visit/kinds.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { newId } from '../../../kernel/web/new-id.ts'
import { useLive } from '../../../kernel/web/outbox/store.ts'
import { queueCommand } from '../data/queue.ts'
import { askSpot, lastSpot } from '../data/spot.ts'
import { useWork } from '../data/work.ts'
import { Page } from '../parts/page.tsx'
import { Empty, Waiting } from '../parts/states.tsx'
import { Arrive } from './Arrive.tsx'
import { asksOf } from './asks.ts'
import { Check } from './Check.tsx'
import { categoriesOf, type DraftFinding, findingOfItem, freeFinding, papersFollow, photosOf, placeOf, toRecord, type VisitDraft } from './draft.ts'
import { FindingSheet } from './FindingSheet.tsx'
import { Finish } from './Finish.tsx'
import { useVisitDraft } from './kept-draft.ts'

const steps = [['arrive', '到场'], ['check', '检查'], ['finish', '办结']] as const

/** A visit in work. Leave it at any point, come back days later: it lies on the phone as it was. */
export default function Visit() {
  const { id = '' } = useParams()
  const { store } = useWork()
  const { draft, change, settled } = useVisitDraft(store, id)
  const held = useLive(async () => (draft ? { site: await store.site.get(draft.siteId), lists: (await store.checklist.bulkGet([...draft.versionIds])).flatMap((list) => list ?? []), dictionary: await store.checklist.toArray() } : undefined), [store, draft?.siteId, draft?.versionIds.join()])
  useEffect(askSpot, [])
  if (draft === undefined || (draft && !held)) return <Page title="走访"><Waiting /></Page>
  if (draft === null || !held) return <Page title="走访" back="/"><Empty title="这次走访已经提交或不在本机">提交的内容在“同步中心”可以看到。</Empty></Page>
  return <Work draft={draft} change={change} settled={settled} held={held} />
}

type Held = NonNullable<Parameters<typeof Arrive>[0]['held']>
export type Change = (more: Partial<VisitDraft> | ((before: VisitDraft) => Partial<VisitDraft>)) => void

function Work({ draft, change, settled, held }: { draft: VisitDraft; change: Change; settled: () => Promise<unknown>; held: Held }) {
  const { store, sender, can } = useWork()
  const navigate = useNavigate()
  const [query, setQuery] = useSearchParams()
  const [finding, setFinding] = useState<DraftFinding | undefined>(query.get('find') ? freeFinding(newId()) : undefined)
  const [shown, setShown] = useState(false)
  const categories = useMemo(() => categoriesOf(held.lists), [held.lists])
  const asks = useMemo(() => (draft.step === 'finish' ? asksOf(draft, held.lists, serverNow()) : []), [draft, held.lists])
  const keep = (kept: DraftFinding) => {
    change((before) => ({
      findings: before.findings.some((f) => f.id === kept.id) ? before.findings.map((f) => (f.id === kept.id ? kept : f)) : [...before.findings, kept],
      ...(kept.versionId && kept.itemCode ? { answers: { ...before.answers, [`${kept.versionId}/${kept.itemCode}`]: { answer: kept.fixed ? ('FIXED' as const) : ('FAILS' as const) } } } : {}),
    }))
    setFinding(undefined)
    if (query.get('find')) setQuery({}, { replace: true })
  }
  const hand = async () => {
    setShown(true)
    if (asks.length > 0) return window.scrollTo(0, 0)
    await settled()
    const place = draft.place ?? lastSpot()
    const whole = { ...draft, ...(place ? { place } : {}) }
    await queueCommand(store, { name: 'visit.record', aggregate: `visit:${draft.id}`, title: draft.title, input: toRecord(whole, serverNow()), photos: photosOf(whole), draft: { id: draft.id, kind: 'visit', value: draft } }, () => store.drafts.delete(draft.id))
    void sender.wake()
    Toast.show({ icon: 'success', content: '已办结，将自动发送' })
    // Its papers follow while both sides stand there.
    navigate(can('enforcement.issue') && papersFollow(draft) ? `/visit-papers/${draft.id}` : '/', { replace: true })
  }
  const drop = async () => {
    if (!(await Dialog.confirm({ title: '放弃这次走访', content: `已填的 ${Object.keys(draft.answers).length} 项作答和 ${draft.findings.length} 条隐患将从本机删除，不能找回。`, confirmText: '放弃', cancelText: '继续填写' }))) return
    await settled()
    await store.drafts.delete(draft.id)
    navigate('/', { replace: true })
  }
  const at = steps.findIndex(([step]) => step === draft.step)
  const skip = draft.outcome !== 'CHECKED' || categories.length === 0
  const go = (more: Partial<VisitDraft>) => {
    change(more)
    window.scrollTo(0, 0)
  }
  // The thumb's button leads on: through the categories one by one, then to the end.
  const more = draft.step === 'check' && draft.category < categories.length - 1
  const next = () => go(draft.step === 'arrive' && !skip ? { step: 'check' } : more ? { category: draft.category + 1 } : { step: 'finish' })
  return (
    <Page title={draft.siteName === draft.title ? draft.title : draft.title.split(' · ')[1] ?? draft.title} note={kinds[draft.kind].zh} back="/" right={<button type="button" className="f-link" onClick={() => void drop()}>放弃</button>} foot={
      <>
        <button type="button" className="f-btn" onClick={() => setFinding(freeFinding(newId()))} disabled={draft.outcome !== 'CHECKED' || kinds[draft.kind].findings === null}>拍隐患{draft.findings.length ? ` ${draft.findings.length}` : ''}</button>
        {draft.step === 'finish' ? <button type="button" className="f-btn f-btn-main" onClick={() => void hand()}>办结</button> : <button type="button" className="f-btn f-btn-main" onClick={next}>{draft.step === 'arrive' && !skip ? '开始检查' : more ? '下一类' : '去办结'}</button>}
      </>
    }>
      <nav className="f-steps" aria-label="步骤">{steps.map(([step, word], i) => <button key={step} type="button" aria-current={i === at ? 'step' : undefined} disabled={step === 'check' && skip} onClick={() => go({ step })}>{word}</button>)}</nav>
      {held.site ? null : <p className="f-hint">这处场所已不在本机，可能刚调整过管辖范围。已填的都在，可以继续填写和办结；提交后如被退回，内容留在“同步中心”，可导出交给现管辖的同事。</p>}
      {draft.step === 'arrive' ? <Arrive draft={draft} change={change} held={held} /> : null}
      {draft.step === 'check' ? <Check draft={draft} change={change} categories={categories} onFinding={(versionId, item, fixed) => setFinding(draft.findings.find((f) => f.versionId === versionId && f.itemCode === item.code) ?? findingOfItem(newId(), versionId, item, fixed))} /> : null}
      {draft.step === 'finish' ? <Finish draft={draft} change={change} categories={categories} asks={shown ? asks : []} onOpen={(category) => go({ step: 'check', category })} onFinding={setFinding} /> : null}
      <FindingSheet finding={finding} site={placeOf(draft, held.site)} lists={held.lists.length > 0 ? held.lists : held.dictionary} onClose={() => setFinding(undefined)} onKeep={keep} />
    </Page>
  )
}
