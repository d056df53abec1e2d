import { Toast } from 'antd-mobile'
import { useState } from 'react'
import type { TodoRow, VisitRow } from '../../../capabilities/sync/rows.ts'
import { kinds } from '../../../capabilities/visit/kinds.ts'
import { queueCommand } from '../data/queue.ts'
import { useWork } from '../data/work.ts'
import { Sheet } from '../parts/sheet.tsx'

/** Taking on what several could do; works without a line: who was first is settled when it arrives. */
export function useTaking() {
  const { store, sender } = useWork()
  const [back, setBack] = useState<TodoRow>()
  const take = async (todo: TodoRow) => {
    await queueCommand(store, { name: 'todo.take', aggregate: `todo:${todo.id}`, title: `领取 · ${todo.title}`, input: { id: todo.id } })
    void sender.wake()
    Toast.show({ content: '已领取，同事会看到' })
  }
  return { back, setBack, take: (todo: TodoRow) => void take(todo) }
}

const REASONS = ['今天到不了现场', '不在我的片区', '须回避', '应由其他岗位办理'] as const

/** Given back to everybody who could do it, with the reason; they read it beside the task. */
export function BackSheet({ todo, onClose }: { todo: TodoRow | undefined; onClose: () => void }) {
  const { store, sender } = useWork()
  const give = async (reason: string) => {
    if (!todo) return
    await queueCommand(store, { name: 'todo.giveBack', aggregate: `todo:${todo.id}`, title: `退还 · ${todo.title}`, input: { id: todo.id, reason } })
    void sender.wake()
    Toast.show({ content: '已退还，同事可以领取' })
    onClose()
  }
  return <Sheet open={todo !== undefined} title="退还" onClose={onClose}>{todo ? <Form key={todo.id} title={todo.title} act="退还给有权办理的同事" onGive={give} /> : null}</Sheet>
}

/** What was arranged for me goes back to whoever arranged it. */
export function VisitBackSheet({ visit, open, onClose, onGiven }: { visit: VisitRow; open: boolean; onClose: () => void; onGiven: () => void }) {
  const { store, sender } = useWork()
  const give = async (reason: string) => {
    await queueCommand(store, { name: 'visit.handBack', aggregate: `visit:${visit.id}`, title: `退还 · ${kinds[visit.kind].short} · ${visit.enterpriseName}`, input: { id: visit.id, baseVersion: visit.version, reason } })
    void sender.wake()
    Toast.show({ content: '已退还，安排人和同去的人会收到理由' })
    onGiven()
  }
  return <Sheet open={open} title="退还任务" onClose={onClose}><Form title={`${kinds[visit.kind].short}：${visit.enterpriseName}`} act="退还给安排人" onGive={give} /></Sheet>
}

function Form({ title, act, onGive }: { title: string; act: string; onGive: (reason: string) => Promise<void> }) {
  const [reason, setReason] = useState('')
  return (
    <>
      <p>{title}</p>
      <div className="f-chips">{REASONS.map((word) => <button key={word} type="button" aria-pressed={reason === word} onClick={() => setReason(word)}>{word}</button>)}</div>
      <label className="f-field">理由<textarea className="f-area" value={reason} maxLength={200} onChange={(event) => setReason(event.target.value)} /></label>
      <button type="button" className="f-btn f-btn-main" disabled={reason.trim().length < 2} onClick={() => void onGive(reason.trim())}>{act}</button>
    </>
  )
}
