import { Fragment, type ReactNode, useEffect, useState } from 'react'
import { useParams } from 'react-router'
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
import { Thumb } from '../parts/camera.tsx'
import { paperTone } from './Papers.tsx'
import { PaperSheet, type PaperAct } from './PaperSheet.tsx'

const KEPT = 'paper.page'

/** One paper: its words as they were fixed, who has signed, and the signatures that can be taken here. Seen once, it stays on the phone. */
export default function PaperPage() {
  const { id = '' } = useParams()
  const { store } = useWork()
  const held = useLive(async () => ({ row: (await store.paper.get(id)) ?? null, page: (await store.read<readonly PaperBlock[]>(`${KEPT}.${id}`)) ?? null, queued: (await store.outbox.where('aggregate').equals(`paper:${id}`).toArray()).filter((item) => item.state !== 'done') }), [store, id])
  const { data, problem } = useAsk(operations.get, { id })
  useEffect(() => {
    if (data) void store.keep(`${KEPT}.${id}`, data.page)
  }, [store, id, data])
  if (held === undefined) return <Page title="文书"><Waiting /></Page>
  if (held.row === null) return <Page title="文书"><Empty title="本机没有这份文书">{problem ? problem.title : '可能已送达归档，请在电脑上查看。'}</Empty></Page>
  return <Shown paper={held.row} page={data?.page ?? held.page ?? undefined} queued={held.queued.map((item) => item.title)} offline={problem?.code === 'offline'} />
}

function Shown({ paper, page, queued, offline }: { paper: PaperRow; page: readonly PaperBlock[] | undefined; queued: readonly string[]; offline: boolean }) {
  const { me, store, can } = useWork()
  const [act, setAct] = useState<PaperAct>()
  const mine = useLive(() => store.person.get(me.personId), [store, me.personId])
  const signed = (part: string) => paper.signatures.some((one) => one.part === part && (part !== 'OFFICER' || one.personId === me.personId))
  const officer = paper.officers.includes(me.personId) && mine !== undefined && certifiedOn(mine, localDate(serverNow()))
  const open = paper.state === 'ISSUED' && officer
  const acts: { act: PaperAct; label: string }[] = [
    ...(open && can('enforcement.sign') && !signed('OFFICER') ? [{ act: 'sign' as const, label: '我签名' }] : []),
    ...(open && can('enforcement.serve') && !signed('RECIPIENT') ? [{ act: 'receive' as const, label: '当事人签名' }, { act: 'refuseToSign' as const, label: '拒签' }] : []),
  ]
  return (
    <Page title={paper.title} note={paper.no ?? '未编号'} foot={acts.length > 0 ? <>{acts.map((one, i) => <button key={one.act} type="button" className={i === 0 ? 'f-btn f-btn-main' : 'f-btn'} onClick={() => setAct(one.act)}>{one.label}</button>)}</> : undefined}>
      {queued.map((title, i) => <p key={title + String(i)} className="f-hint">已在本机办理，待发送：{title}</p>)}
      <Block>
        <div className="f-card-line"><Tag tone={paperTone(paper.state)}>{STATE_ZH[paper.state]}</Tag><span>{paper.enterpriseName}</span></div>
        {paper.signatures.map((one) => <p key={one.part + one.name} className="f-quiet">{one.part === 'OFFICER' ? '执法人员' : one.part === 'RECIPIENT' ? '当事人' : '见证人'}：{one.name}{one.refused ? (one.refused === 'REFUSED' ? '（拒签）' : '（不在场）') : '（已签）'}</p>)}
      </Block>
      {paper.state === 'ISSUED' && !officer && can('enforcement.sign') ? <p className="f-quiet">由文书上的两名持证执法人员签名。</p> : null}
      {page ? <article className="f-paper" lang="zh-CN">{page.map((block, i) => <Fragment key={String(i)}>{draw(block)}</Fragment>)}</article> : offline ? <Empty title="正文还没有下载">联网打开一次后，离线也能给对方看。</Empty> : <Waiting />}
      <PaperSheet paper={paper} act={act} onClose={() => setAct(undefined)} />
    </Page>
  )
}

/** The paper's own blocks in one narrow column: the same words, in the same order, as the printed page. */
function draw(block: PaperBlock): ReactNode {
  switch (block.kind) {
    case 'agency': return <p className="f-paper-agency">{block.text}</p>
    case 'title': return <h2>{block.text}</h2>
    case 'number': return <p className="f-paper-mid">{block.text}</p>
    case 'heading': return <h3>{block.text}</h3>
    case 'para': return <p>{block.runs.map((run, i) => (run.strike ? <s key={String(i)}>{run.text}</s> : run.bold ? <b key={String(i)}>{run.text}</b> : <Fragment key={String(i)}>{run.text}</Fragment>))}</p>
    case 'grid': return <dl className="f-facts">{block.rows.flat().map((cell) => <div key={cell.label}><dt>{cell.label}</dt><dd>{cell.value}</dd></div>)}</dl>
    case 'signature': return <p>{block.label}{block.text} {block.picture ? <Thumb id={block.picture} /> : null} {block.on}</p>
    case 'closing': return <div className="f-paper-end">{block.lines.map((line) => <div key={line}>{line}</div>)}</div>
    case 'note': return <p className="f-quiet">{block.text}</p>
    case 'pictures': return <figure><figcaption>{block.caption}</figcaption><div className="f-photos">{block.pictures.map((one) => <Thumb key={one.id} id={one.id} />)}</div></figure>
    default: return null
  }
}

