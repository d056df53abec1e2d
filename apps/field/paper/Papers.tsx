import { Dialog, Toast } from 'antd-mobile'
import { Link } from 'react-router'
import type { PaperType } from '../../../capabilities/enforcement/doc-type.ts'
import { STATE_ZH } from '../../../capabilities/enforcement/lifecycle.ts'
import type { PaperRow } from '../../../capabilities/sync/rows.ts'
import { zhDate } from '../../../kernel/core/time-zh.ts'
import { localDate } from '../../../kernel/core/time.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { useLive } from '../../../kernel/web/outbox/store.ts'
import { useOnline } from '../../../kernel/web/session.ts'
import { useWork } from '../data/work.ts'
import { Block, Page } from '../parts/page.tsx'
import { Empty, Tag, Waiting } from '../parts/states.tsx'
import { giveBack, keepPapers, kitOf, numbersOf } from './keeping.ts'
import { papersInWork } from './kept-paper.ts'
import { freeOf, type HeldBlock, returnable } from './numbers.ts'

export const paperTone = (state: PaperRow['state']) => (state === 'SERVED' ? 'done' : state === 'VOIDED' ? 'plain' : state === 'RETURNED' ? 'late' : 'wait')

/** Papers on their way: those I have a hand in; for an enterprise its own. */
export default function Papers() {
  const { store, can } = useWork()
  const held = useLive(async () => ({ papers: (await store.paper.toArray()).sort((a, b) => (a.draftedAt < b.draftedAt ? 1 : -1)), drafts: await papersInWork(store) }), [store])
  return (
    <Page title="执法文书" back="/me">
      {!held ? <Waiting /> : null}
      {held?.drafts.map((draft) => (
        <article key={draft.id} className="f-card">
          <Link to={`/write/${draft.id}`} className="f-card-main">
            <div className="f-card-line"><b>{draft.title}</b><Tag tone="warn">{draft.step === 'sign' ? '待签名' : '在写'}</Tag></div>
            <div className="f-quiet">{draft.number?.no ?? '未编号'} · {draft.siteName} · 在本机，还没有交出</div>
          </Link>
        </article>
      ))}
      {held?.papers.length === 0 && held.drafts.length === 0 ? <Empty title="没有在办的文书">签发给您或由您办理的文书会出现在这里。</Empty> : null}
      {held?.papers.map((paper) => (
        <article key={paper.id} className="f-card">
          <Link to={`/paper/${paper.id}`} className="f-card-main">
            <div className="f-card-line"><b>{paper.title}</b><Tag tone={paperTone(paper.state)}>{STATE_ZH[paper.state]}</Tag></div>
            <div className="f-quiet">{paper.no ?? '未编号'} · {paper.enterpriseName}{paper.servedOn ? ` · ${zhDate(paper.servedOn)}送达` : ''}</div>
          </Link>
        </article>
      ))}
      {can('enforcement.issue') ? <Numbers /> : null}
    </Page>
  )
}

/** The numbers this phone holds for the time without a line; unused ones go back by themselves when their time is over. */
function Numbers() {
  const { me, store } = useWork()
  const online = useOnline()
  const held = useLive(async () => ({ blocks: await numbersOf(store), kit: await kitOf(store) }), [store])
  if (!held) return null
  const { blocks, kit } = held
  const types = kit?.spare.map((spare) => spare.type) ?? []
  const title = (type: PaperType) => kit?.forms.find((form) => form.type === type)?.title ?? '文书'
  const free = blocks.filter((block) => block.numbers.some((n) => !n.paperId))
  const back = async () => {
    if (!(await Dialog.confirm({ title: '交回本机文号', content: '没有用过的文号交回办公室：排在最后的收回再用，其余作废并登记。下次联网会重新领用。', confirmText: '交回', cancelText: '留着' }))) return
    Toast.show({ content: `交回 ${await giveBack(store, true)} 个文号` })
  }
  return (
    <Block title="本机预留文号" right={<button type="button" className="f-link" disabled={!online} onClick={() => void keepPapers(store, me, true)}>领用</button>}>
      {types.map((type) => <div key={type}><div className="f-line"><span>{title(type)}</span><span>{freeOf(blocks, type, serverNow())} 个可用</span></div><p className="f-quiet">{next(free, type)}</p></div>)}
      {blocks.flatMap((block) => block.numbers.filter((n) => n.paperId)).map((n) => <div key={n.no} className="f-line"><span>{n.no}</span><Tag tone="wait">已用于文书</Tag></div>)}
      {types.length === 0 ? <p className="f-quiet">还没有领用。联网后自动领用，离线签发时从这里取号。</p> : <p className="f-quiet">离线签发时按顺序取号，不会与别人重复。到期、退出登录时未用的自动交回或作废，都有登记。</p>}
      {free.length > 0 ? <button type="button" className="f-btn f-btn-wide" disabled={!online || returnable(blocks, serverNow(), true).length === 0} onClick={() => void back()}>{online ? '交回未用的文号' : '联网后可交回'}</button> : null}
    </Block>
  )
}

function next(free: readonly HeldBlock[], type: PaperType): string {
  const block = free.filter((one) => one.type === type && !one.closing).sort((a, b) => (a.expiresAt < b.expiresAt ? -1 : 1))[0]
  const number = block?.numbers.find((n) => !n.paperId)
  return block && number ? `${number.no} 起，${zhDate(localDate(Date.parse(block.expiresAt) - 1)).slice(5)}前有效` : '没有可用的文号'
}
