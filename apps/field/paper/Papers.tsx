import { Link } from 'react-router'
import { STATE_ZH } from '../../../capabilities/enforcement/lifecycle.ts'
import type { PaperRow } from '../../../capabilities/sync/rows.ts'
import { zhDate } from '../../../kernel/core/time-zh.ts'
import { useLive } from '../../../kernel/web/outbox/store.ts'
import { useWork } from '../data/work.ts'
import { Page } from '../parts/page.tsx'
import { Empty, Tag, Waiting } from '../parts/states.tsx'

export const paperTone = (state: PaperRow['state']) => (state === 'SERVED' ? 'done' : state === 'VOIDED' ? 'plain' : state === 'RETURNED' ? 'late' : 'wait')

/** Papers on their way: those I have a hand in; for an enterprise its own. */
export default function Papers() {
  const { store } = useWork()
  const papers = useLive(async () => (await store.paper.toArray()).sort((a, b) => (a.draftedAt < b.draftedAt ? 1 : -1)), [store])
  return (
    <Page title="执法文书" back="/me">
      {!papers ? <Waiting /> : null}
      {papers?.length === 0 ? <Empty title="没有在办的文书">签发给您或由您办理的文书会出现在这里。</Empty> : null}
      {papers?.map((paper) => (
        <article key={paper.id} className="f-card">
          <Link to={`/paper/${paper.id}`} className="f-card-main">
            <div className="f-card-line"><b>{paper.title}</b><Tag tone={paperTone(paper.state)}>{STATE_ZH[paper.state]}</Tag></div>
            <div className="f-quiet">{paper.no ?? '未编号'} · {paper.enterpriseName}{paper.servedOn ? ` · ${zhDate(paper.servedOn)}送达` : ''}</div>
          </Link>
        </article>
      ))}
    </Page>
  )
}
