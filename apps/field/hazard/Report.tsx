import { Toast } from 'antd-mobile'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Navigate, useNavigate, useParams } from 'react-router'
import { kinds } from '../../../capabilities/visit/kinds.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { newId } from '../../../kernel/web/new-id.ts'
import { useLive } from '../../../kernel/web/outbox/store.ts'
import { queueCommand } from '../data/queue.ts'
import { askSpot } from '../data/spot.ts'
import { useWork } from '../data/work.ts'
import { Page } from '../parts/page.tsx'
import { Waiting } from '../parts/states.tsx'
import { NotHere } from '../site/NotHere.tsx'
import { type DraftFinding, freeFinding, gapsOfFinding, placeOf } from '../visit/draft.ts'
import { FindingForm } from './FindingForm.tsx'
import { habitKey, type Habit } from './guess.ts'

const HABIT = 'habit'
const MINE = 'draft.report'
/** What is kept of an unfinished one: where it was, too, for the day that the place leaves the phone. */
type Kept = DraftFinding & { readonly at?: { readonly name: string; readonly address: string } | undefined }

/**
 * 看到什么说什么: a hazard with its picture in the fewest taps. Camera first, then one of three guesses, then 上报. Where it belongs
 * to a visit in work, it becomes a finding of that visit; else it goes by itself.
 */
export default function Report() {
  const { siteId } = useParams()
  if (!siteId) return <Navigate to="/find?to=report" replace />
  return <ReportAt key={siteId} siteId={siteId} />
}

function ReportAt({ siteId }: { siteId: string }) {
  const { me, store, sender } = useWork()
  const navigate = useNavigate()
  const [finding, setFinding] = useState<DraftFinding>(() => ({ ...freeFinding(newId()), category: '', days: 7 }))
  const [tried, setTried] = useState(false)
  const [at, setAt] = useState<Kept['at']>()
  const sent = useRef(false)
  const held = useLive(async () => {
    const [site, lists, habit, drafts] = await Promise.all([store.site.get(siteId), store.checklist.toArray(), store.read<Habit>(HABIT), store.drafts.where('kind').equals('visit').toArray()])
    return { site, lists, habit: habit ?? {}, visit: drafts.find((draft) => (draft.value as { siteId: string }).siteId === siteId) }
  }, [store, siteId])
  useEffect(askSpot, [])
  const restored = useRef(false)
  const here = held?.site
  useEffect(() => here && setAt({ name: here.name, address: here.address }), [here?.name, here?.address])
  useEffect(() => {
    void store.read<Kept | null>(`${MINE}.${siteId}`).then((kept) => {
      restored.current = true
      if (kept && kept.before.length > 0) {
        const { at: where, ...own } = kept
        setAt(where)
        setFinding(own)
      }
    })
  }, [store, siteId])
  useEffect(() => {
    if (restored.current && !sent.current) void store.keep(`${MINE}.${siteId}`, { ...finding, ...(at ? { at } : {}) } satisfies Kept)
  }, [store, siteId, finding, at])
  const item = useMemo(() => held?.lists.find((list) => list.id === finding.versionId)?.items.find((one) => one.code === finding.itemCode), [held, finding.versionId, finding.itemCode])
  if (!held) return <Page title="上报隐患"><Waiting /></Page>
  // Left my reach meanwhile: what was begun is not taken out of anybody's hands.
  const site = held.site ?? (at && finding.before.length > 0 ? { ...placeOf({ siteId, address: at.address }, undefined), name: at.name } : undefined)
  if (!site) return <NotHere siteId={siteId} title="上报隐患" />
  const gaps = gapsOfFinding(finding, item?.evidence ?? 'PHOTO')
  const source = me.verbs.includes('visit.inspect') ? 'INSPECTION' : me.verbs.includes('visit.selfcheck') ? 'SELF_CHECK' : 'PATROL'
  const hand = async () => {
    setTried(true)
    if (gaps.length > 0 || sent.current) return
    sent.current = true
    const { id, versionId, itemCode, category, location, description, requirement, level, clauseId, immediateStop, before, after, fixed } = finding
    await queueCommand(store, {
      name: 'hazard.report', aggregate: `hazard:${id}`, title: `隐患 · ${site.name} · ${description.slice(0, 18)}`, photos: [...before, ...after],
      input: { id, siteId, source, ...(itemCode ? { itemCode, ...(versionId ? { versionId } : {}) } : {}), ...(category ? { category } : {}), location: location.trim(), description: description.trim(), requirement: requirement.trim(), level, ...(clauseId ? { clauseId } : {}), immediateStop, photosBefore: [...before], photosAfter: [...after], fixedOnSite: fixed, foundAt: serverNow() },
    }, async () => {
      await store.meta.delete(`${MINE}.${siteId}`)
      if (item) await store.keep(HABIT, { ...held.habit, [habitKey({ item })]: (held.habit[item.code] ?? 0) + 1 })
    })
    void sender.wake()
    Toast.show({ icon: 'success', content: '已存，将自动上报' })
    navigate(-1)
  }
  return (
    <Page title="上报隐患" note={site.name} foot={<button type="button" className="f-btn f-btn-main" onClick={() => void hand()}>上报</button>}>
      {held.site ? null : <p className="f-hint">这处场所已不在本机，可能刚调整过管辖范围。已拍的、已填的都在，仍可上报；如被退回，内容留在“同步中心”，可导出交给现管辖的同事登记。</p>}
      {held.visit ? <button type="button" className="f-hint f-hint-act" onClick={() => navigate(`/visit/${held.visit!.id}?find=1`)}>这里有未做完的{kinds[(held.visit.value as { kind: keyof typeof kinds }).kind].short}，点此记在那次走访里</button> : null}
      <FindingForm finding={finding} site={site} lists={held.lists} habit={held.habit} onChange={(more) => setFinding((before) => ({ ...before, ...more }))} gaps={tried ? gaps : []} />
    </Page>
  )
}
