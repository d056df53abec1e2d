import { Link } from 'react-router'
import type { HazardRow, TodoRow, VisitRow } from '../../../capabilities/sync/rows.ts'
import { stateZh } from '../../../capabilities/hazard/zh.ts'
import { zhMoment } from '../../../kernel/core/time-zh.ts'
import { useNow } from '../../../kernel/web/clock.ts'
import type { OutboxItem } from '../../../kernel/web/outbox/queue.ts'
import { useLive } from '../../../kernel/web/outbox/store.ts'
import { useWork } from '../data/work.ts'
import { phonePath } from '../data/words.ts'
import { Empty, Tag, type Tone, Waiting } from '../parts/states.tsx'
import { SyncDot } from '../queue/SyncDot.tsx'

interface News {
  readonly key: string
  readonly at: string
  readonly word: string
  readonly tone: Tone
  readonly title: string
  readonly note: string
  readonly to: string | undefined
}

/** What came to me lately: sent back, newly opened, refused or arrived of what I sent. Newest first. */
export default function Messages() {
  const { store } = useWork()
  const now = useNow(60)
  const news = useLive(async () => newsOf({ todos: await store.todo.toArray(), visits: await store.visit.toArray(), items: await store.outbox.toArray(), hazards: await store.hazard.toArray() }), [store])
  return (
    <div className="f-page f-page-tab">
      <header className="f-head f-head-top"><div className="f-head-title"><h1>消息</h1><p>退回、新待办和您提交的结果</p></div><SyncDot /></header>
      <main className="f-body">
        {!news ? <Waiting /> : null}
        {news && news.length === 0 ? <Empty title="还没有消息">任务被退回、有了新待办、提交的内容送达或被退回时，会在这里告诉您。</Empty> : null}
        {news?.map((one) => {
          const inside = <><div className="f-card-line"><b>{one.title}</b><Tag tone={one.tone}>{one.word}</Tag></div><div className="f-quiet">{zhMoment(one.at, now)}{one.note ? ` · ${one.note}` : ''}</div></>
          return <article key={one.key} className="f-card">{one.to ? <Link to={one.to} className="f-card-main">{inside}</Link> : <div className="f-card-main">{inside}</div>}</article>
        })}
      </main>
    </div>
  )
}

function newsOf({ todos, visits, items, hazards }: { todos: readonly TodoRow[]; visits: readonly VisitRow[]; items: readonly OutboxItem[]; hazards: readonly HazardRow[] }): News[] {
  const states = new Map(hazards.map((hazard) => [hazard.id, stateZh[hazard.state]]))
  return [
    ...visits.flatMap((visit): News[] => (visit.state === 'REFUSED' && visit.decidedAt ? [{ key: `v${visit.id}`, at: visit.decidedAt, word: '退回', tone: 'late', title: visit.enterpriseName, note: visit.opinion ?? '', to: `/task/${visit.id}` }] : [])),
    ...todos.map((todo): News => ({ key: `t${todo.id}`, at: todo.openedAt, word: '待办', tone: 'wait', title: todo.title, note: todo.why, to: phonePath(todo.link, todo.kind) })),
    ...items.flatMap((item): News[] => {
      if (item.state === 'refused') return [{ key: item.commandId, at: item.madeAt, word: '被退回', tone: 'late', title: item.title, note: item.refusal?.title ?? '', to: '/queue' }]
      if (item.state !== 'done') return []
      const id = item.aggregate.startsWith('hazard:') ? item.aggregate.slice(7) : undefined
      return [{ key: item.commandId, at: item.doneAt ?? item.madeAt, word: '已送达', tone: 'done', title: item.title, note: id ? (states.get(id) ?? '') : '', to: id && states.has(id) ? `/hazard/${id}` : undefined }]
    }),
  ].sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, 100)
}
