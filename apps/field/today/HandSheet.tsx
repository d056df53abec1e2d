import { Toast } from 'antd-mobile'
import { useState } from 'react'
import { operations } from '../../../capabilities/todo/operations.ts'
import type { TodoRow } from '../../../capabilities/sync/rows.ts'
import { useAsk } from '../data/ask.ts'
import { queueCommand } from '../data/queue.ts'
import { useWork } from '../data/work.ts'
import { Sheet } from '../parts/sheet.tsx'
import { Empty, Waiting } from '../parts/states.tsx'

/** A task given to a colleague, with the reason. Who may take it only the server knows. */
export function HandSheet({ todo, onClose }: { todo: TodoRow | undefined; onClose: () => void }) {
  return <Sheet open={todo !== undefined} title="转交同事" onClose={onClose}>{todo ? <Form todo={todo} onClose={onClose} /> : null}</Sheet>
}

function Form({ todo, onClose }: { todo: TodoRow; onClose: () => void }) {
  const { store, sender } = useWork()
  const { data, problem } = useAsk(operations.colleagues, { id: todo.id })
  const [to, setTo] = useState('')
  const [reason, setReason] = useState('')
  const hand = async () => {
    await queueCommand(store, { name: 'todo.hand', aggregate: `todo:${todo.id}`, title: `转交 · ${todo.title}`, input: { id: todo.id, baseVersion: todo.version, toPersonId: to, reason: reason.trim() } })
    void sender.wake()
    Toast.show({ content: '已存，将自动转交' })
    onClose()
  }
  if (problem) return <Empty title={problem.title}>转交需要联网查看谁可以接手。</Empty>
  if (!data) return <Waiting lines={2} />
  if (data.rows.length === 0) return <Empty title="没有可以接手的同事" />
  return (
    <>
      <p>{todo.title}</p>
      <label className="f-field">交给<select className="f-input" value={to} onChange={(event) => setTo(event.target.value)}><option value="">请选择</option>{data.rows.map((person) => <option key={person.id} value={person.id}>{person.name}{person.organisation ? `（${person.organisation}）` : ''}</option>)}</select></label>
      <label className="f-field">理由<textarea className="f-area" value={reason} maxLength={200} onChange={(event) => setReason(event.target.value)} /></label>
      <button type="button" className="f-btn f-btn-main" disabled={!to || reason.trim().length < 2} onClick={() => void hand()}>转交</button>
    </>
  )
}
