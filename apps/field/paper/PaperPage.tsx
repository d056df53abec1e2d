import { Toast } from 'antd-mobile'
import { useEffect, useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { STATE_ZH } from '../../../capabilities/enforcement/lifecycle.ts'
import { operations } from '../../../capabilities/enforcement/operations.ts'
import type { PaperRow } from '../../../capabilities/sync/rows.ts'
import type { Block as PaperBlock } from '../../../kernel/core/document.ts'
import { localDate } from '../../../kernel/core/time.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { useLive } from '../../../kernel/web/outbox/store.ts'
import { useAsk } from '../data/ask.ts'
import { useWork } from '../data/work.ts'
import { certifiedOn } from '../hazard/officers.ts'
import { Block, Page } from '../parts/page.tsx'
import { Empty, Tag, Waiting } from '../parts/states.tsx'
import { draftOfApproved } from './draft.ts'
import { type ApprovedPaper, approvedOf } from './keeping.ts'
import { layBefore, startPaper } from './kept-paper.ts'
import { PageView } from './PageView.tsx'
import { paperTone } from './Papers.tsx'
import { PaperSheet, type PaperAct } from './PaperSheet.tsx'

const KEPT = 'paper.page'

/** One paper: its words as they were fixed, who has signed, and the signatures that can be taken here. Seen once, it stays on the phone. */
export default function PaperPage() {
  const { id = '' } = useParams()
  const { store } = useWork()
  const held = useLive(async () => ({ row: (await store.paper.get(id)) ?? null, page: (await store.read<readonly PaperBlock[]>(`${KEPT}.${id}`)) ?? null, approved: (await approvedOf(store, id)) ?? null, inWork: (await store.drafts.get(id)) !== undefined, queued: (await store.outbox.where('aggregate').equals(`paper:${id}`).toArray()).filter((item) => item.state !== 'done') }), [store, id])
  const { data, problem } = useAsk(operations.get, { id })
  useEffect(() => {
    if (data) void store.keep(`${KEPT}.${id}`, data.page)
  }, [store, id, data])
  if (held === undefined) return <Page title="文书"><Waiting /></Page>
  if (held.row === null) return <Page title="文书"><Empty title="本机没有这份文书">{problem ? problem.title : '可能已送达归档，请在电脑上查看。'}</Empty></Page>
  return <Shown paper={held.row} page={data?.page ?? held.page ?? undefined} approved={held.approved} inWork={held.inWork} queued={held.queued.map((item) => item.title)} offline={problem?.code === 'offline'} />
}

interface ShownProps {
  readonly paper: PaperRow
  readonly page: readonly PaperBlock[] | undefined
  readonly approved: ApprovedPaper | null
  /** It lies on this phone, put before those who sign. */
  readonly inWork: boolean
  readonly queued: readonly string[]
  readonly offline: boolean
}

function Shown({ paper, page, approved, inWork, queued, offline }: ShownProps) {
  const { me, store, can } = useWork()
  const navigate = useNavigate()
  const [act, setAct] = useState<PaperAct>()
  const mine = useLive(() => store.person.get(me.personId), [store, me.personId])
  const signed = (part: string) => paper.signatures.some((one) => one.part === part && (part !== 'OFFICER' || one.personId === me.personId))
  const officer = paper.officers.includes(me.personId) && mine !== undefined && certifiedOn(mine, localDate(serverNow()))
  const open = paper.state === 'ISSUED' && officer
  const acts: { act: PaperAct; label: string }[] = [
    ...(open && can('enforcement.sign') && !signed('OFFICER') ? [{ act: 'sign' as const, label: '我签名' }] : []),
    ...(open && can('enforcement.serve') && !signed('RECIPIENT') ? [{ act: 'receive' as const, label: '当事人签名' }, { act: 'refuseToSign' as const, label: '拒签' }] : []),
  ]
  const mayIssue = paper.state === 'APPROVED' && officer && can('enforcement.issue') && queued.length === 0
  const issueHere = async () => {
    if (inWork) return navigate(`/write/${paper.id}`)
    if (!approved) return void Toast.show({ content: '正文还没有下载，联网后再签发' })
    const laid = await layBefore(store, { ...draftOfApproved(paper.id, paper.type, paper.title, paper.enterpriseName, approved), issuedAt: serverNow() }, true)
    if (!laid) return void Toast.show({ content: '本机没有可用的文号，联网后会自动领用' })
    navigate(`/write/${await startPaper(store, laid)}`)
  }
  return (
    <Page title={paper.title} note={paper.no ?? '未编号'} foot={mayIssue ? <button type="button" className="f-btn f-btn-main" onClick={() => void issueHere()}>{inWork ? '接着签名' : '当场编号签发'}</button> : acts.length > 0 ? <>{acts.map((one, i) => <button key={one.act} type="button" className={i === 0 ? 'f-btn f-btn-main' : 'f-btn'} onClick={() => setAct(one.act)}>{one.label}</button>)}</> : undefined}>
      {queued.map((title, i) => <p key={title + String(i)} className="f-hint">已在本机办理，待发送：{title}</p>)}
      <Block>
        <div className="f-card-line"><Tag tone={paperTone(paper.state)}>{STATE_ZH[paper.state]}</Tag><span>{paper.enterpriseName}</span></div>
        {paper.signatures.map((one) => <p key={one.part + one.name} className="f-quiet">{one.part === 'OFFICER' ? '执法人员' : one.part === 'RECIPIENT' ? '当事人' : '见证人'}：{one.name}{one.refused ? (one.refused === 'REFUSED' ? '（拒签）' : '（不在场）') : '（已签）'}</p>)}
      </Block>
      {paper.state === 'PENDING' ? <p className="f-hint">等待审批。没有批准以前不编号、不签发。</p> : null}
      {mayIssue ? <p className="f-hint">已批准。到对方面前编号签发：双方签名后即为送达，离线也可以办。</p> : null}
      {paper.state === 'ISSUED' && !officer && can('enforcement.sign') ? <p className="f-quiet">由文书上的两名持证执法人员签名。</p> : null}
      {page ? <PageView page={page} /> : offline ? <Empty title="正文还没有下载">联网打开一次后，离线也能给对方看。</Empty> : <Waiting />}
      <PaperSheet paper={paper} act={act} onClose={() => setAct(undefined)} />
    </Page>
  )
}
