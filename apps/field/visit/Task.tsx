import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { kinds, needsApproval, PART_ZH, SOURCE_ZH, STATE_ZH } from '../../../capabilities/visit/kinds.ts'
import { zhDate } from '../../../kernel/core/time-zh.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { useLive } from '../../../kernel/web/outbox/store.ts'
import { scanOf } from '../data/sites.ts'
import { useWork } from '../data/work.ts'
import { visitTone } from '../data/words.ts'
import { Block, Page } from '../parts/page.tsx'
import { Empty, Facts, Refusal, Tag, Waiting } from '../parts/states.tsx'
import { VisitBackSheet } from '../today/BackSheet.tsx'
import { handedBack } from '../today/handed.ts'
import { draftOf, listsFor } from './draft.ts'
import { startDraft } from './kept-draft.ts'

/** A visit that was arranged: what, why, with whom; and whether it may begin. */
export default function Task() {
  const { id = '' } = useParams()
  const { me, store, can } = useWork()
  const navigate = useNavigate()
  const [back, setBack] = useState(false)
  const held = useLive(async () => {
    const visit = await store.visit.get(id)
    if (!visit) return null
    return { visit, site: await store.site.get(visit.siteId), lists: (await store.checklist.bulkGet(visit.versionIds)).flatMap((list) => list ?? []), draft: await store.drafts.get(id), items: await store.outbox.where('aggregate').equals(`visit:${id}`).toArray() }
  }, [store, id])
  if (held === undefined) return <Page title="任务"><Waiting /></Page>
  if (held === null) return <Page title="任务" back="/"><Empty title="这项任务已办结、已撤销，或不在本机" /></Page>
  const { visit, site, lists, draft, items } = held
  const given = handedBack(visit, items)
  const queued = items.some((item) => item.operation !== 'visit.handBack' && item.state !== 'refused' && item.state !== 'held')
  const rule = kinds[visit.kind]
  const may = can('visit.record') && (visit.state === 'APPROVED' || visit.state === 'IN_PROGRESS' || (visit.state === 'PLANNED' && !needsApproval(visit.kind, visit.needsCooperation)))
  const begin = async () => {
    const scannedAt = await scanOf(store, visit.siteId)
    // Sent without a list: those in use for such a place, as for a visit that begins at the door.
    const own = visit.versionIds.length || !site ? visit.versionIds : listsFor(await store.checklist.toArray(), visit.kind, site).map((list) => list.id)
    await startDraft(store, draftOf({ ...visit, versionIds: [...own] }, site, { now: serverNow(), ...(scannedAt ? { scannedAt } : {}) }))
    navigate(`/visit/${visit.id}`)
  }
  return (
    <Page title={visit.enterpriseName} note={`${rule.short} ${visit.no}`} foot={may ? <>
      {can('hazard.report') ? <Link to={`/report/${visit.siteId}`} className="f-btn">拍隐患</Link> : null}
      <button type="button" className="f-btn f-btn-main" disabled={queued} onClick={() => void begin()}>{queued ? '已提交，待发送' : draft || visit.state === 'IN_PROGRESS' ? '继续检查' : '到场开始'}</button>
    </> : undefined}>
      {visit.state === 'REFUSED' ? <Refusal title={`退回：${visit.opinion ?? '未写理由'}`}>{visit.decidedByName ? <p>{visit.decidedByName}。请在电脑上修改后重报。</p> : null}</Refusal> : null}
      {visit.state === 'PENDING_APPROVAL' ? <p className="f-hint">等待审批，批准后才能开始。</p> : null}
      {given ? <p className="f-hint">您已退还这项任务，{items.some((item) => item.operation === 'visit.handBack' && item.state === 'done') ? '等待另行安排' : '待发送'}。能去的，仍可到场开始。</p> : null}
      <Block>
        <Facts rows={[
          ['状态', <Tag key="t" tone={visitTone[visit.state]}>{STATE_ZH[visit.state]}</Tag>], ['方式', rule.zh], ['性质', `${rule.papersZh}；频次${rule.capZh}`], visit.plannedOn && ['计划日期', zhDate(visit.plannedOn)], ['事由', visit.purpose], visit.taskSource && ['来源', SOURCE_ZH[visit.taskSource as keyof typeof SOURCE_ZH]],
          ['地址', site?.address ?? ''], ['人员', visit.people.map((person) => `${person.name}（${PART_ZH[person.part]}）`).join('、')], ['检查表', lists.map((list) => `${list.name}（${list.items.length} 项）`).join('、')], visit.opinion && visit.state !== 'REFUSED' && ['审批意见', visit.opinion],
        ]} />
      </Block>
      {site ? <Link to={`/site/${site.id}`} className="f-btn f-btn-wide">场所情况与未销号隐患</Link> : null}
      {may && visit.state !== 'IN_PROGRESS' && !draft && !queued && !given && visit.people.some((person) => person.personId === me.personId) ? <button type="button" className="f-btn f-btn-wide" onClick={() => setBack(true)}>去不了，退还任务</button> : null}
      <VisitBackSheet visit={visit} open={back} onClose={() => setBack(false)} onGiven={() => navigate('/', { replace: true })} />
    </Page>
  )
}
