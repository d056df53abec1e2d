import { Link } from 'react-router'
import { zhMoment } from '../../../kernel/core/time-zh.ts'
import { clockDrift, serverNow } from '../../../kernel/web/clock.ts'
import { newId } from '../../../kernel/web/new-id.ts'
import type { OutboxItem } from '../../../kernel/web/outbox/queue.ts'
import { useLive } from '../../../kernel/web/outbox/store.ts'
import { commandZh, isCommand } from '../data/commands.ts'
import { useWork } from '../data/work.ts'
import { type Theirs, theirsOf } from './theirs.ts'

/** What stands where a refused command of mine came too late; undefined where nobody was quicker, or the phone does not hold it. */
export function useTheirs(item: OutboxItem): Theirs | undefined {
  const { store } = useWork()
  const conflicts = item.state === 'refused' && (item.refusal?.status === 409 || /stale|wrong_state/.test(item.refusal?.code ?? ''))
  return useLive(async () => (conflicts ? theirsOf(store, item) : undefined), [store, item.aggregate, conflicts])
}

/**
 * Somebody was quicker: mine and theirs side by side. What stands on the server stands (I6). 以现在的为准 puts mine aside; 按最新情况重办
 * does mine again on top of it, as a new act with a key of its own, and the server asks its rules again: where law allows, both stay.
 * The refused one is kept in the list either way.
 */
export function Conflict({ item, theirs, onHold }: { item: OutboxItem; theirs: Theirs; onHold: () => void }) {
  const { store, sender } = useWork()
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
  const said = ['note', 'reason', 'description'].map((key) => item.input[key]).find((text): text is string => typeof text === 'string' && text !== '')
  return (
    <>
      <div className="f-pairs" role="group" aria-label="对照">
        <div><b>我的</b><br />{isCommand(item.operation) ? commandZh[item.operation] : item.operation}<br /><span className="f-quiet">{zhMoment(item.madeAt, now)}{said ? ` · ${said}` : ''}{item.photos.length ? ` · ${item.photos.length} 张照片` : ''}</span></div>
        <div><b>现在的</b><br />{theirs.word}<br /><span className="f-quiet">{theirs.note}</span></div>
      </div>
      <div className="f-card-acts">
        {theirs.path ? <Link to={theirs.path} className="f-btn">看最新</Link> : null}
        <button type="button" className="f-btn" onClick={onHold}>以现在的为准</button>
        {theirs.version !== undefined && 'baseVersion' in item.input && theirs.version !== item.input.baseVersion ? <button type="button" className="f-btn" onClick={() => void onTop()}>按最新情况重办</button> : null}
      </div>
    </>
  )
}
