import { Link } from 'react-router'
import { isUnauthenticated, summaryOf } from '../../../kernel/web/outbox/queue.ts'
import { useLive } from '../../../kernel/web/outbox/store.ts'
import { useOnline } from '../../../kernel/web/session.ts'
import { INTAKE_PROBLEM, type IntakeProblem } from '../data/intake.ts'
import { useWork } from '../data/work.ts'

/** Green 已同步, amber 3条待发 or 未更新, red 需要处理; always with its word. Green only when both ways are clear: all sent, and the last round of news came through. */
export function SyncDot() {
  const { store } = useWork()
  const online = useOnline()
  const summary = useLive(async () => summaryOf(await store.outbox.where('state').anyOf('waiting', 'sending', 'refused').toArray(), (await store.photos.where('state').anyOf('waiting', 'refused').toArray())), [store])
  const problem = useLive(async () => (await store.read<IntakeProblem | null>(INTAKE_PROBLEM)) ?? null, [store])
  if (!summary || problem === undefined) return <Link to="/queue" className="f-dot">…</Link>
  const count = summary.waiting || summary.photos
  const cut = !online || problem?.code === 'offline'
  const feed = cut ? '离线' : !problem ? '已同步' : isUnauthenticated(problem) ? '请登录' : '未更新'
  const word = summary.dot === 'attention' ? '需要处理' : summary.dot === 'waiting' ? (summary.waiting ? `${count}条待发` : `${count}张待传`) : feed
  const look = summary.dot !== 'synced' ? summary.dot : cut ? 'offline' : problem ? 'waiting' : 'synced'
  return <Link to="/queue" className={`f-dot f-dot-${look}`} aria-label={`同步：${word}`}><i />{word}</Link>
}
