import { useMemo, useState } from 'react'
import { Link } from 'react-router'
import type { TodoRow, VisitRow } from '../../../capabilities/sync/rows.ts'
import { useNow } from '../../../kernel/web/clock.ts'
import { useLive } from '../../../kernel/web/outbox/store.ts'
import { INTAKE, type IntakeState, PROGRESS } from '../data/intake.ts'
import { ofFirm } from '../data/words.ts'
import { useWork } from '../data/work.ts'
import { Empty, Waiting } from '../parts/states.tsx'
import { SyncDot } from '../queue/SyncDot.tsx'
import { useTimelines } from '../hazard/timelines.ts'
import { BackSheet, useTaking } from './BackSheet.tsx'
import { DraftCard, TodoCard, VisitCard } from './cards.tsx'
import { handedBack } from './handed.ts'
import { groupsOf, type GroupKey } from './groups.ts'
import { HandSheet } from './HandSheet.tsx'
import { MusterSheet } from './MusterSheet.tsx'
import { zhDay } from '../../../kernel/core/time-zh.ts'
import { localDate } from '../../../kernel/core/time.ts'

/** What waits for me, by when. Everything is read from the phone; the feed keeps it fresh beside. */
export default function Today() {
  const { me, store } = useWork()
  const taking = useTaking()
  useTimelines()
  const now = useNow(60)
  const [only, setOnly] = useState<GroupKey>()
  const [handing, setHanding] = useState<TodoRow>()
  const [mustering, setMustering] = useState<TodoRow>()
  const held = useLive(async () => ({ visits: await store.visit.toArray(), todos: await store.todo.toArray(), drafts: await store.drafts.where('kind').equals('visit').toArray(), queued: new Map((await store.outbox.where('state').anyOf('waiting', 'sending').sortBy('seq')).map((item) => [item.aggregate, item.operation])), back: await store.outbox.filter((item) => item.operation === 'visit.handBack').toArray() }), [store])
  const state = useLive(async () => ({ intake: await store.read<IntakeState>(INTAKE), progress: await store.read<{ came: number; total: number } | null>(PROGRESS), problem: await store.read<{ title: string; status: number } | null>('intake.problem') }), [store])
  const groups = useMemo(() => {
    if (!held) return []
    // Done or handed back by me, on its way: neither the visit nor the todo that only says it.
    const gone = new Set(held.visits.filter((visit) => held.queued.has(`visit:${visit.id}`) || handedBack(visit, held.back)).map((visit) => visit.id))
    return groupsOf(held.visits.filter((visit) => !gone.has(visit.id)), held.todos.filter((todo) => held.queued.get(`todo:${todo.id}`) !== 'todo.hand' && !(todo.kind === 'visit.do' && gone.has(todo.subjectId))), now)
  }, [held, now])
  const shown = only ? groups.filter((group) => group.key === only) : groups
  return (
    <div className="f-page f-page-tab">
      <header className="f-head f-head-top">
        <div className="f-head-title"><h1>今日</h1><p>{zhDay(localDate(now), now)} · {me.name}</p></div>
        <SyncDot />
      </header>
      <main className="f-body">
        <QuickActs />
        {state?.progress ? <p className="f-progress" role="status">正在下载离线数据 {state.progress.came} / {state.progress.total}<i style={{ width: `${(100 * state.progress.came) / Math.max(1, state.progress.total)}%` }} /></p> : null}
        {groups.length > 0 ? (
          <div className="f-pills" role="tablist">
            <button type="button" role="tab" aria-selected={!only} onClick={() => setOnly(undefined)}>全部 <b>{groups.reduce((sum, group) => sum + group.entries.length, 0)}</b></button>
            {groups.map((group) => <button key={group.key} type="button" role="tab" aria-selected={only === group.key} className={group.key === 'OVERDUE' || group.key === 'BACK' ? 'f-pill-late' : ''} onClick={() => setOnly(group.key)}>{group.word} <b>{group.entries.length}</b></button>)}
          </div>
        ) : null}
        {held && held.drafts.length > 0 && !only ? <section><h2 className="f-group">未做完的走访</h2>{held.drafts.map((draft) => <DraftCard key={draft.id} draft={draft} now={now} />)}</section> : null}
        {!held ? <Waiting /> : null}
        {shown.map((group) => (
          <section key={group.key}>
            <h2 className="f-group">{group.word}<span>{group.entries.length}</span></h2>
            {group.entries.map((entry) => ('visit' in entry ? <VisitCard key={entry.visit.id} visit={entry.visit as VisitRow} now={now} /> : <TodoCard key={entry.todo.id} todo={entry.todo as TodoRow} now={now} acts={{ queued: held?.queued ?? new Map(), onTake: taking.take, onBack: taking.setBack, onHand: setHanding, onMuster: setMustering }} />))}
          </section>
        ))}
        {held && groups.length === 0 && held.drafts.length === 0 ? <NothingYet came={state?.intake?.at !== undefined} problem={state?.problem?.title} /> : null}
      </main>
      <BackSheet todo={taking.back} onClose={() => taking.setBack(undefined)} />
      <HandSheet todo={handing} onClose={() => setHanding(undefined)} />
      <MusterSheet todo={mustering} onClose={() => setMustering(undefined)} />
    </div>
  )
}

function QuickActs() {
  const { can, me } = useWork()
  return (
    <div className="f-quick">
      <Link to="/scan" className="f-quick-one">扫码</Link>
      {can('hazard.report') ? <Link to="/report" className="f-quick-one f-quick-main">拍隐患</Link> : null}
      <Link to="/find" className="f-quick-one">{ofFirm(me.verbs) ? '去自查' : '找场所'}</Link>
    </div>
  )
}

function NothingYet({ came, problem }: { came: boolean; problem: string | undefined }) {
  if (came) return <Empty title="现在没有等您办的事">安排给您的任务、退回的事项和到期提醒会出现在这里。可以点下面中间的按钮，找场所、扫码或自查。</Empty>
  if (problem) return <Empty title="离线数据还没有下载">{problem}。接通网络后会自动下载，此后没有网络也能工作。</Empty>
  return <Waiting />
}
