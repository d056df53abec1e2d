import { Toast } from 'antd-mobile'
import { useState } from 'react'
import { PRESENCE, type Presence } from '../../../capabilities/campaign/scheme.ts'
import type { TodoRow } from '../../../capabilities/sync/rows.ts'
import { queueCommand } from '../data/queue.ts'
import { useWork } from '../data/work.ts'
import { Sheet } from '../parts/sheet.tsx'

const saying: Readonly<Record<Presence, string>> = { PRESENT: '我已到位', ON_WAY: '我在途中', ABSENT: '不能到' }

/** 集结: said by oneself, once, for this action; who cannot come says why. No place and no hour is asked. */
export function MusterSheet({ todo, onClose }: { todo: TodoRow | undefined; onClose: () => void }) {
  return <Sheet open={todo !== undefined} title="集结登记" onClose={onClose}>{todo ? <Form todo={todo} onClose={onClose} /> : null}</Sheet>
}

function Form({ todo, onClose }: { todo: TodoRow; onClose: () => void }) {
  const { store, sender } = useWork()
  const [state, setState] = useState<Presence>()
  const [reason, setReason] = useState('')
  const lacks = state === undefined || (state === 'ABSENT' && reason.trim().length < 2)
  const say = async () => {
    if (!state || lacks) return
    await queueCommand(store, { name: 'campaign.signIn', aggregate: `campaign:${todo.subjectId}`, title: `${saying[state]} · ${todo.title}`, input: { id: todo.subjectId, state, ...(state === 'ABSENT' ? { reason: reason.trim() } : {}) } })
    void sender.wake()
    Toast.show({ content: '已存，将自动登记' })
    onClose()
  }
  return (
    <>
      <p>{todo.title}</p>
      <div className="f-choice" role="radiogroup" aria-label="到位情况">{PRESENCE.map((each) => <button key={each} type="button" role="radio" aria-checked={state === each} onClick={() => setState(each)}>{saying[each]}</button>)}</div>
      {state === 'ABSENT' ? <label className="f-field">理由<textarea className="f-area" value={reason} maxLength={200} placeholder="如另有执法任务、请假" onChange={(event) => setReason(event.target.value)} /></label> : null}
      <button type="button" className="f-btn f-btn-main" disabled={lacks} onClick={() => void say()}>登记</button>
    </>
  )
}
