import { Link, useNavigate, useParams } from 'react-router'
import type { PaperType } from '../../../capabilities/enforcement/doc-type.ts'
import { formAt } from '../../../capabilities/enforcement/kit.ts'
import { STATE_ZH } from '../../../capabilities/enforcement/lifecycle.ts'
import { kinds } from '../../../capabilities/visit/kinds.ts'
import type { OutboxItem } from '../../../kernel/web/outbox/queue.ts'
import { zhDateTime } from '../../../kernel/core/time-zh.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { newId } from '../../../kernel/web/new-id.ts'
import { useLive } from '../../../kernel/web/outbox/store.ts'
import { type FieldStore, useWork } from '../data/work.ts'
import { Page } from '../parts/page.tsx'
import { Empty, Tag, type Tone, Waiting } from '../parts/states.tsx'
import { draftFrom, type PaperDraft } from './draft.ts'
import { papersAfter, visitHere } from './from-visit.ts'
import { kitOf } from './keeping.ts'
import { papersInWork, startPaper } from './kept-paper.ts'
import { paperTone } from './Papers.tsx'

interface Standing {
  readonly word: string
  readonly tone: Tone
  readonly to?: string
  /** Signed, here or on the server: the next paper may stand on it. */
  readonly stands: boolean
}

/** Where each paper of a visit is: not begun, in work here, on its way, on the server. */
async function standings(store: FieldStore, visitId: string): Promise<Map<PaperType, Standing>> {
  const found = new Map<PaperType, Standing>()
  for (const draft of await papersInWork(store)) if (draft.visitId === visitId) found.set(draft.type, { word: draft.step === 'sign' ? '待签名' : '在写', tone: 'warn', to: `/write/${draft.id}`, stands: false })
  for (const item of await store.outbox.filter((one) => one.operation === 'enforcement.onSpot' || one.operation === 'enforcement.draft').sortBy('seq')) {
    const type = typeOf(item, visitId)
    if (type) found.set(type, queued(item))
  }
  for (const row of await store.paper.toArray()) if (row.visitId === visitId) found.set(row.type, { word: STATE_ZH[row.state], tone: paperTone(row.state), to: `/paper/${row.id}`, stands: row.state === 'SIGNED' || row.state === 'SERVED' })
  return found
}

function typeOf(item: OutboxItem, visitId: string): PaperType | undefined {
  const given = (item.operation === 'enforcement.onSpot' ? item.input.draft : item.input) as { type?: PaperType; visitId?: string } | undefined
  return given?.visitId === visitId && item.state !== 'held' ? given.type : undefined
}

function queued(item: OutboxItem): Standing {
  const signed = item.operation === 'enforcement.onSpot'
  if (item.state === 'done') return { word: signed ? '已出具' : '已报审批', tone: 'done', stands: signed }
  return item.state === 'refused' ? { word: '被退回', tone: 'late', to: '/queue', stands: false } : { word: signed ? '已签，待发送' : '已写，待报审批', tone: 'wait', to: '/queue', stands: signed }
}

/** The papers that follow from a visit, in their order; what is missing for each is said at it. */
export default function VisitPapers() {
  const { id = '' } = useParams()
  const { store } = useWork()
  const navigate = useNavigate()
  const held = useLive(async () => ({ visit: await visitHere(store, id), kit: await kitOf(store), standing: await standings(store, id) }), [store, id])
  if (!held) return <Page title="本次文书" back="/"><Waiting /></Page>
  const { visit, kit, standing } = held
  if (!visit) return <Page title="本次文书" back="/"><Empty title="本机没有这次检查的记录">在别的设备上办结的检查，请在电脑上写文书。</Empty></Page>
  const types = papersAfter(visit)
  const begin = async (draft: PaperDraft) => navigate(`/write/${await startPaper(store, draft)}`)
  const recorded = standing.get('D04')?.stands === true
  return (
    <Page title="本次文书" note={visit.site.name} back="/" foot={<Link to="/" className="f-btn">回今日</Link>}>
      <p className="f-hint">{kinds[visit.record.kind].zh}，{zhDateTime(visit.record.arrivedAt)}。{visit.sent ? '检查记录已送达。' : '检查记录已存在本机，文书会跟在它后面发送。'}</p>
      {types.length === 0 ? <Empty title="这次走访没有要出具的文书">{kinds[visit.record.kind].papersZh}。</Empty> : null}
      {types.map((type) => {
        const form = kit && formAt(kit, visit.site.areaCode, type)
        const at = standing.get(type)
        const waits = type === 'D06' && !recorded
        return (
          <article key={type} className="f-card">
            <div className="f-card-main">
              <div className="f-card-line"><b>{form?.title ?? '文书'}</b>{at ? <Tag tone={at.tone}>{at.word}</Tag> : <Tag>未写</Tag>}</div>
              <p className="f-quiet">{type === 'D04' ? '双方当场签名，不需审批。' : type === 'D06' ? '须经审批：现在写好，联网后自动报审批；批准后可在手机上当场编号、签发。' : '不具强制效力，当场编号、签收。'}{waits && !at ? '先出具现场检查记录。' : ''}</p>
            </div>
            <div className="f-card-acts">
              {at?.to ? <Link to={at.to} className="f-btn">{at.word === '在写' || at.word === '待签名' ? '接着办' : '查看'}</Link> : null}
              {!at && form ? <button type="button" className="f-btn f-btn-main" disabled={waits} onClick={() => void begin(draftFrom(newId(), type, form.title, visit, serverNow()))}>写{form.title}</button> : null}
            </div>
          </article>
        )
      })}
      {kit ? null : <Empty title="文书样式还没有下载">联网打开一次后，离线也能写文书。</Empty>}
    </Page>
  )
}
