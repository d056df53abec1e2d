import { Link } from 'react-router'
import type { TodoRow, VisitRow } from '../../../capabilities/sync/rows.ts'
import { kinds, STATE_ZH } from '../../../capabilities/visit/kinds.ts'
import { zhDay, zhMoment } from '../../../kernel/core/time-zh.ts'
import type { StoredDraft } from '../../../kernel/web/outbox/store.ts'
import { useWork } from '../data/work.ts'
import { dueOf, phonePath, visitTone } from '../data/words.ts'
import { Tag } from '../parts/states.tsx'

/** A task: what, where, until when, who holds it; the next step and the camera within the thumb's reach. */
export function VisitCard({ visit, now }: { visit: VisitRow; now: string }) {
  const { me, can } = useWork()
  const due = dueOf(visit.plannedOn, now)
  const others = visit.people.filter((person) => person.personId !== me.personId).map((person) => person.name)
  return (
    <article className="f-card">
      <Link to={`/task/${visit.id}`} className="f-card-main">
        <div className="f-card-line"><b>{visit.enterpriseName}</b>{due ? <Tag tone={due.tone}>{due.word}</Tag> : null}</div>
        <div className="f-card-line f-quiet"><Tag tone={visitTone[visit.state]}>{STATE_ZH[visit.state]}</Tag>{kinds[visit.kind].short}{visit.plannedOn ? ` · ${zhDay(visit.plannedOn, now)}` : ''}{others.length ? ` · 与${others.join('、')}` : ''}</div>
        {visit.state === 'REFUSED' && visit.opinion ? <p className="f-back">退回：{visit.opinion}{visit.decidedByName ? `（${visit.decidedByName}）` : ''}</p> : null}
      </Link>
      {visit.state === 'REFUSED' ? null : (
        <div className="f-card-acts">
          <Link to={`/task/${visit.id}`} className="f-btn">{visit.state === 'IN_PROGRESS' ? '继续检查' : '去检查'}</Link>
          {can('hazard.report') ? <Link to={`/report/${visit.siteId}`} className="f-btn">拍隐患</Link> : null}
        </div>
      )}
    </article>
  )
}

/** What is done with a todo beside doing it. `queued`: an act of mine that waits for the line. */
export interface TodoActs {
  readonly queued: ReadonlyMap<string, string>
  readonly onTake: (todo: TodoRow) => void
  readonly onBack: (todo: TodoRow) => void
  readonly onHand: (todo: TodoRow) => void
  readonly onMuster: (todo: TodoRow) => void
}

const isMuster = (todo: TodoRow): boolean => todo.kind === 'campaign.muster'

export function TodoCard({ todo, now, acts }: { todo: TodoRow; now: string; acts?: TodoActs }) {
  const due = dueOf(todo.dueAt, now)
  const to = phonePath(todo.link, todo.kind)
  const inside = (
    <>
      <div className="f-card-line"><b>{todo.title}</b>{due ? <Tag tone={due.tone}>{due.word}</Tag> : null}</div>
      <div className="f-quiet">{todo.why}{to || isMuster(todo) ? '' : ' · 请在电脑上办理'}</div>
      <Holder todo={todo} now={now} queued={acts?.queued.get(isMuster(todo) ? `campaign:${todo.subjectId}` : `todo:${todo.id}`)} />
    </>
  )
  return (
    <article className="f-card">
      {to ? <Link to={to} className="f-card-main">{inside}</Link> : <div className="f-card-main">{inside}</div>}
      <Buttons todo={todo} to={to} acts={acts} />
    </article>
  )
}

/** Who has it, or why it came back; and what of mine is still on its way. */
function Holder({ todo, now, queued }: { todo: TodoRow; now: string; queued: string | undefined }) {
  if (queued === 'campaign.signIn') return <p className="f-quiet"><Tag tone="wait">您已登记，待发送</Tag></p>
  if (queued === 'todo.take') return <p className="f-quiet"><Tag tone="wait">您已领取，待发送</Tag></p>
  if (queued === 'todo.giveBack') return <p className="f-quiet"><Tag tone="wait">您已退还，待发送</Tag></p>
  if (todo.takenByName) return <p className="f-quiet"><Tag tone={todo.takenByMe ? 'done' : 'plain'}>{todo.takenByMe ? '您已领取' : `${todo.takenByName}已领取`}</Tag>{todo.takenAt ? ` ${zhMoment(todo.takenAt, now)}` : ''}</p>
  return todo.backNote ? <p className="f-back">退还：{todo.backNote}</p> : null
}

function Buttons({ todo, to, acts }: { todo: TodoRow; to: string | undefined; acts: TodoActs | undefined }) {
  const { can } = useWork()
  const passes = acts !== undefined && can('todo.hand') && todo.mayPass
  const queued = acts?.queued.get(`todo:${todo.id}`)
  const mine = queued === undefined && (todo.takenByMe || todo.forMeAlone)
  const open = queued === undefined && !todo.forMeAlone && !todo.takenByName
  const musters = acts !== undefined && isMuster(todo) && !acts.queued.has(`campaign:${todo.subjectId}`)
  if (!to && !passes && !musters) return null
  return (
    <div className="f-card-acts">
      {passes && open ? <button type="button" className="f-btn" onClick={() => acts.onTake(todo)}>领取</button> : null}
      {passes && mine ? <button type="button" className="f-btn" onClick={() => acts.onBack(todo)}>退还</button> : null}
      {passes && (mine || open) ? <button type="button" className="f-btn" onClick={() => acts.onHand(todo)}>转交</button> : null}
      {musters ? <button type="button" className="f-btn" onClick={() => acts.onMuster(todo)}>到位登记</button> : null}
      {to ? <Link to={to} className="f-btn">去办</Link> : null}
    </div>
  )
}

/** A visit that was begun on this phone and is not sent. */
export function DraftCard({ draft, now }: { draft: StoredDraft; now: string }) {
  const value = draft.value as { title?: string; note?: string }
  return (
    <article className="f-card f-card-draft">
      <Link to={`/visit/${draft.id}`} className="f-card-main">
        <div className="f-card-line"><b>{value.title ?? '走访'}</b><Tag tone="warn">未做完</Tag></div>
        <div className="f-quiet">{value.note ? `${value.note} · ` : ''}{zhMoment(draft.updatedAt, now)}存于本机</div>
      </Link>
    </article>
  )
}
