import { Dialog, Toast } from 'antd-mobile'
import { useNavigate, useParams } from 'react-router'
import { formAt } from '../../../capabilities/enforcement/kit.ts'
import { useLive } from '../../../kernel/web/outbox/store.ts'
import { useWork } from '../data/work.ts'
import { Page } from '../parts/page.tsx'
import { Empty, Waiting } from '../parts/states.tsx'
import { visitHere } from './from-visit.ts'
import { contentHere } from './from-visit.ts'
import { kitOf } from './keeping.ts'
import { dropPaper, usePaperDraft } from './kept-paper.ts'
import { SignStep } from './SignStep.tsx'
import { WriteStep } from './WriteStep.tsx'

/** A paper in work: written, then put before those who sign. Leave it at any point, it lies on the phone as it was. */
export default function WritePaper() {
  const { id = '' } = useParams()
  const { store } = useWork()
  const navigate = useNavigate()
  const { draft, change, put, settled } = usePaperDraft(store, id)
  const held = useLive(async () => (draft ? { kit: await kitOf(store), visit: draft.visitId ? await visitHere(store, draft.visitId) : undefined } : undefined), [store, draft?.visitId, draft === undefined])
  if (draft === undefined || (draft && !held)) return <Page title="文书"><Waiting /></Page>
  if (draft === null || !held) return <Page title="文书" back="/papers"><Empty title="这份文书已经交出或不在本机">交出的在“同步中心”可以看到。</Empty></Page>
  const back = draft.visitId ? `/visit-papers/${draft.visitId}` : '/papers'
  const { kit, visit } = held
  const doc = kit && visit ? formAt(kit, visit.site.areaCode, draft.type) : undefined
  const content = draft.approved?.content ?? (kit && visit ? contentHere(visit, kit, draft) : undefined)
  const drop = async () => {
    if (!(await Dialog.confirm({ title: '放弃这份文书', content: `写的内容和已签的名从本机删除${draft.number ? `，文号 ${draft.number.no} 退回本机备用` : ''}。`, confirmText: '放弃', cancelText: '接着写' }))) return
    await settled()
    await dropPaper(store, draft.id)
    navigate(back, { replace: true })
  }
  const handed = (word: string) => {
    Toast.show({ icon: 'success', content: word })
    navigate(back, { replace: true })
  }
  if (!content || (draft.visitId && (!doc || !visit))) return <Page title={draft.title} back={back}><Empty title="缺少检查记录或文书样式">联网打开一次“执法文书”后再写。</Empty></Page>
  const right = <button type="button" className="f-link" onClick={() => void drop()}>放弃</button>
  if (draft.step === 'write' && doc && visit) return <WriteStep draft={draft} doc={doc} visit={visit} content={content} change={change} put={put} settled={settled} back={back} right={right} onHanded={handed} />
  return <SignStep draft={draft} content={content} change={change} settled={settled} back={back} right={right} onHanded={handed} />
}
