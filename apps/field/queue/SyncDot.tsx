import { Link } from 'react-router'
import { summaryOf } from '../../../kernel/web/outbox/queue.ts'
import { useLive } from '../../../kernel/web/outbox/store.ts'
import { useOnline } from '../../../kernel/web/session.ts'
import { useWork } from '../data/work.ts'

/** Green 已同步, amber 3条待发, red 需要处理; always with its word. */
export function SyncDot() {
  const { store } = useWork()
  const online = useOnline()
  const summary = useLive(async () => summaryOf(await store.outbox.where('state').anyOf('waiting', 'sending', 'refused').toArray(), (await store.photos.where('state').anyOf('waiting', 'refused').toArray())), [store])
  if (!summary) return <Link to="/queue" className="f-dot">…</Link>
  const count = summary.waiting || summary.photos
  const word = summary.dot === 'attention' ? '需要处理' : summary.dot === 'waiting' ? (summary.waiting ? `${count}条待发` : `${count}张待传`) : online ? '已同步' : '离线'
  return <Link to="/queue" className={`f-dot f-dot-${summary.dot === 'synced' && !online ? 'offline' : summary.dot}`} aria-label={`同步：${word}`}><i />{word}</Link>
}
