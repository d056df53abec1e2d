import { useEffect, useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { operatingStateZh } from '../../../capabilities/enterprise/lifecycle.ts'
import { siteKindZh } from '../../../capabilities/enterprise/site-kinds.ts'
import { tagZh } from '../../../capabilities/enterprise/tags.ts'
import { kinds } from '../../../capabilities/visit/kinds.ts'
import { serverNow, useNow } from '../../../kernel/web/clock.ts'
import { useLive } from '../../../kernel/web/outbox/store.ts'
import { newId } from '../../../kernel/web/new-id.ts'
import { keepRecent, scanOf } from '../data/sites.ts'
import { shortAddress } from '../data/words.ts'
import { useWork } from '../data/work.ts'
import { HazardCard } from '../hazard/HazardCard.tsx'
import { Block, Page } from '../parts/page.tsx'
import { Empty, Facts, Tag, Waiting } from '../parts/states.tsx'
import { Sheet } from '../parts/sheet.tsx'
import { VisitCard } from '../today/cards.tsx'
import { draftAt, kindsAt, listsFor } from '../visit/draft.ts'
import { startDraft } from '../visit/kept-draft.ts'
import { NotHere } from './NotHere.tsx'
import { StateSheet } from './StateSheet.tsx'

/** A place: who is there, what is open, and what can be done at its door. */
export default function Site() {
  const { id = '' } = useParams()
  const { store, can, me: { verbs } } = useWork()
  const now = useNow(60)
  const [choosing, setChoosing] = useState(false)
  const [changing, setChanging] = useState(false)
  const held = useLive(async () => {
    const site = await store.site.get(id)
    if (!site) return null
    const [hazards, visits, scanned] = await Promise.all([store.hazard.where('enterpriseId').equals(site.enterpriseId).toArray(), store.visit.where('siteId').equals(id).toArray(), scanOf(store, id)])
    return { site, scanned, hazards: hazards.filter((hazard) => hazard.state !== 'CLOSED' && hazard.state !== 'VOID'), visits }
  }, [store, id])
  useEffect(() => void keepRecent(store, id), [store, id])
  if (held === undefined) return <Page title="场所"><Waiting /></Page>
  if (held === null) return <NotHere siteId={id} title="场所" />
  const { site, scanned, hazards, visits } = held
  return (
    <Page title={site.name} note={scanned ? '已扫码' : shortAddress(site.address)} foot={<>
      {can('hazard.report') ? <Link to={`/report/${site.id}`} className="f-btn">拍隐患</Link> : null}
      {can('visit.record') ? <button type="button" className="f-btn f-btn-main" onClick={() => setChoosing(true)}>{kindsAt(verbs).map(({ kind }) => kind).join() === 'SELF_CHECK' ? '开始自查' : '开始走访'}</button> : null}
    </>}>
      <Block>
        <Facts rows={[
          ['地址', `${site.address}${site.floor ? ` ${site.floor}` : ''}`], ['类型', siteKindZh[site.kind as keyof typeof siteKindZh] ?? site.kind], site.tags.length > 0 && ['类别', site.tags.map((tag) => tagZh[tag as keyof typeof tagZh] ?? tag).join('、')],
          ['状态', <span key="s"><Tag tone={site.state === 'ACTIVE' ? 'done' : 'warn'}>{operatingStateZh[site.state]}</Tag></span>], ['负责人', [site.principal, site.phone].filter(Boolean).join(' ')], ['编号', site.code],
        ]} />
        {can('enterprise.state') ? <button type="button" className="f-btn" onClick={() => setChanging(true)}>登记经营状态</button> : null}
      </Block>
      {visits.map((visit) => <VisitCard key={visit.id} visit={visit} now={now} />)}
      <section>
        <h2 className="f-group">未销号隐患<span>{hazards.length}</span></h2>
        {hazards.length === 0 ? <Empty title="没有未销号隐患" /> : hazards.map((hazard) => <HazardCard key={hazard.id} hazard={hazard} now={now} />)}
      </section>
      <KindSheet siteId={site.id} open={choosing} onClose={() => setChoosing(false)} />
      <StateSheet site={site} open={changing} onClose={() => setChanging(false)} />
    </Page>
  )
}

/** Which kind of contact it is, and what that allows in law. One kind only: it begins at once. */
function KindSheet({ siteId, open, onClose }: { siteId: string; open: boolean; onClose: () => void }) {
  const { me, store } = useWork()
  const navigate = useNavigate()
  const offered = kindsAt(me.verbs)
  const begin = async (kind: (typeof offered)[number]['kind']) => {
    const site = await store.site.get(siteId)
    if (!site) return
    const lists = listsFor(await store.checklist.toArray(), kind, site)
    const scannedAt = await scanOf(store, siteId)
    const draft = draftAt(site, kind, lists.map((list) => list.id), { id: newId(), now: serverNow(), me, ...(scannedAt ? { scannedAt } : {}) })
    await startDraft(store, draft)
    navigate(`/visit/${draft.id}`)
  }
  const only = offered.length === 1 && !offered[0]?.why ? offered[0] : undefined
  useEffect(() => {
    if (open && only) void begin(only.kind)
    // biome-ignore lint/correctness/useExhaustiveDependencies: only when it is opened
  }, [open])
  return (
    <Sheet open={open && !only} title="走访方式" onClose={onClose}>
      {offered.map(({ kind, why }) => (
        <button key={kind} type="button" className="f-card f-kind" disabled={!!why} onClick={() => void begin(kind)}>
          <b>{kinds[kind].zh}{kinds[kind].urgentAllowed ? '（紧急）' : ''}</b>
          <span className="f-quiet">{why ?? `${kinds[kind].papersZh}；频次${kinds[kind].capZh}`}</span>
        </button>
      ))}
      {offered.length === 0 ? <Empty title="您的岗位不登记走访">可以上报隐患或办理待办。</Empty> : null}
    </Sheet>
  )
}
