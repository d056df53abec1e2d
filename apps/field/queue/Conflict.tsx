import { Link } from 'react-router'
import { stateZh } from '../../../capabilities/hazard/zh.ts'
import { zhMoment } from '../../../kernel/core/time-zh.ts'
import { clockDrift, serverNow } from '../../../kernel/web/clock.ts'
import { newId } from '../../../kernel/web/new-id.ts'
import type { OutboxItem } from '../../../kernel/web/outbox/queue.ts'
import { useLive } from '../../../kernel/web/outbox/store.ts'
import { commandZh, isCommand } from '../data/commands.ts'
import { useWork } from '../data/work.ts'

/**
 * Somebody was quicker: mine and theirs side by side. What stands on the server stands (I6); mine may be done again on top of it, as
 * a new act with a key of its own, and the server asks its rules again. The refused one stays in the list.
 */
export function Conflict({ item }: { item: OutboxItem }) {
  const { store, sender } = useWork()
  const id = item.aggregate.startsWith('hazard:') ? item.aggregate.slice(7) : ''
  const theirs = useLive(async () => (id ? ((await store.hazard.get(id)) ?? null) : null), [store, id])
  if (!/stale|wrong_state/.test(item.refusal?.code ?? '') || !theirs) return null
  const now = serverNow()
  const onTop = async () => {
    await store.transaction('rw', store.outbox, async () => {
      const last = await store.outbox.orderBy('seq').last()
      const { refusal: _r, answer: _a, after: _f, ...same } = item
      await store.outbox.put({ ...item, state: 'held', title: `${item.title}（已按最新情况重办）` })
      await store.outbox.add({ ...same, commandId: newId(), seq: (last?.seq ?? 0) + 1, madeAt: serverNow(), clockDrift: clockDrift(), state: 'waiting', tries: 0, notBefore: 0, input: { ...item.input, baseVersion: theirs.version } })
    })
    void sender.wake(true)
  }
  const note = typeof item.input.note === 'string' ? item.input.note : typeof item.input.reason === 'string' ? item.input.reason : ''
  return (
    <>
      <div className="f-pairs">
        <div><b>我的</b><br />{isCommand(item.operation) ? commandZh[item.operation] : item.operation}<br /><span className="f-quiet">{zhMoment(item.madeAt, now)}{note ? ` · ${note}` : ''}{item.photos.length ? ` · ${item.photos.length} 张照片` : ''}</span></div>
        <div><b>现在</b><br />{stateZh[theirs.state]}<br /><span className="f-quiet">{theirs.waiting}</span></div>
      </div>
      <div className="f-card-acts"><Link to={`/hazard/${theirs.id}`} className="f-btn">看最新</Link>{theirs.version !== item.input.baseVersion ? <button type="button" className="f-btn" onClick={() => void onTop()}>按最新情况重办</button> : null}</div>
    </>
  )
}
