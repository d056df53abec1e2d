import { Toast } from 'antd-mobile'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { type OutboxItem, progressOf, waitsFor } from '../../../kernel/web/outbox/queue.ts'
import { useLive } from '../../../kernel/web/outbox/store.ts'
import { shortDateTime, zhMoment } from '../../../kernel/core/time-zh.ts'
import { useNow } from '../../../kernel/web/clock.ts'
import { commandZh, isCommand } from '../data/commands.ts'
import { INTAKE, INTAKE_PROBLEM, type IntakeProblem, type IntakeState } from '../data/intake.ts'
import { useWork } from '../data/work.ts'
import { Block, Page } from '../parts/page.tsx'
import { Empty, Tag, type Tone, Waiting } from '../parts/states.tsx'
import { Conflict, useTheirs } from './Conflict.tsx'
import { ExportImport } from './ExportImport.tsx'
import { Held } from './Held.tsx'
import { Originals } from './Originals.tsx'

const stateZh = { waiting: ['待发', 'wait'], sending: ['发送中', 'wait'], done: ['已送达', 'done'], refused: ['被退回', 'late'], held: ['已搁置', 'plain'] } as const satisfies Record<OutboxItem['state'], readonly [string, Tone]>

/** Every queued thing: where it is, why not further, what can be done. Nothing is ever thrown away here. */
export default function Queue() {
  const { store, sender, refresh } = useWork()
  const now = useNow(10)
  const queue = useLive(async () => ({ items: await store.outbox.orderBy('seq').reverse().toArray(), photos: await store.photos.toArray() }), [store])
  const state = useLive(async () => ({ intake: await store.read<IntakeState>(INTAKE), problem: await store.read<IntakeProblem | null>(INTAKE_PROBLEM) }), [store])
  const sendNow = async () => {
    Toast.show({ content: '正在发送…' })
    await Promise.all([sender.wake(true), refresh()])
  }
  const open = queue?.items.filter((item) => item.state !== 'done') ?? []
  const done = queue?.items.filter((item) => item.state === 'done') ?? []
  const loose = queue?.photos.filter((photo) => photo.state === 'waiting').length ?? 0
  return (
    <Page title="同步中心" note={state?.intake?.at ? `上次同步 ${zhMoment(state.intake.at, now)}` : '还没有同步过'} back="/me" foot={<button type="button" className="f-btn f-btn-main" onClick={() => void sendNow()}>现在同步</button>}>
      {state?.problem ? <p className="f-hint">{state.problem.title}</p> : null}
      {!queue ? <Waiting /> : null}
      {queue && open.length === 0 ? <Empty title={loose ? `${loose} 张照片待传` : '都已送达'}>新做的记录先存在本机，再按顺序送出；这里能看到每一件到了哪一步。</Empty> : null}
      {open.map((item) => <Item key={item.commandId} item={item} progress={progressOf(item, queue?.photos ?? [])} now={now} waits={queue ? waitsFor(item, queue.items).length > 0 : false} />)}
      <Originals photos={queue?.photos ?? []} />
      <Held />
      <ExportImport />
      {done.length > 0 ? (
        <Block title={`近 30 天已送达 ${done.length} 件`} flush>
          {done.map((item) => <div key={item.commandId} className="f-line"><span>{item.title}</span><span className="f-quiet">{isProposal(item.answer) ? <Tag tone="warn">待定建议</Tag> : null}{numberIn(item.answer)} {shortDateTime(item.doneAt ?? item.madeAt)}</span></div>)}
        </Block>
      ) : null}
    </Page>
  )
}

/** Somebody was faster while this phone had no line: kept beside the record until one with the right takes it up (I6). */
const isProposal = (answer: unknown): boolean => typeof answer === 'object' && answer !== null && 'proposalId' in answer && answer.proposalId !== undefined && answer.proposalId !== null

const numberIn = (answer: unknown): string => (typeof answer === 'object' && answer !== null && 'no' in answer && typeof answer.no === 'string' ? answer.no : '')

function Item({ item, progress, now, waits }: { item: OutboxItem; progress: number; now: string; waits: boolean }) {
  const { store, sender } = useWork()
  const navigate = useNavigate()
  const [shown, setShown] = useState(false)
  const [word, tone] = stateZh[item.state]
  const takeBack = async () => {
    const { draft } = item
    if (!draft) return
    // The refused one stays listed, put aside; what it was made from is work again, under the same record.
    await store.transaction('rw', store.outbox, store.drafts, async () => {
      await store.outbox.put({ ...item, state: 'held', title: `${item.title}（已取回改正）` })
      await store.drafts.put({ ...draft, updatedAt: new Date().toISOString() })
    })
    navigate(draft.kind === 'paper' ? `/write/${draft.id}` : `/visit/${draft.id}`)
  }
  const theirs = useTheirs(item)
  const hold = () => void put({ ...item, state: 'held' })
  const put = async (next: OutboxItem) => {
    await store.outbox.put(next)
    void sender.wake(true)
  }
  return (
    <article className="f-card">
      <button type="button" className="f-card-main" onClick={() => setShown(!shown)} aria-expanded={shown}>
        <div className="f-card-line"><b>{item.title}</b><Tag tone={tone}>{item.state === 'sending' || (item.state === 'waiting' && progress > 0) ? `${word} ${Math.round(progress * 100)}%` : word}</Tag></div>
        <div className="f-quiet">{isCommand(item.operation) ? commandZh[item.operation] : item.operation} · {zhMoment(item.madeAt, now)}{item.photos.length ? ` · ${item.photos.length} 张照片` : ''}{item.state === 'waiting' && item.tries > 0 ? ` · 已试 ${item.tries} 次，将自动再发` : ''}{item.state === 'waiting' && waits ? ' · 等所依据的记录送达后发送' : ''}</div>
        {item.state === 'waiting' || item.state === 'sending' ? <div className="f-bar"><i style={{ width: `${progress * 100}%` }} /></div> : null}
      </button>
      {item.state === 'refused' && item.refusal ? (
        <div className="f-card-more">
          <div className="f-refusal"><b>{item.refusal.title}</b>{item.refusal.fields.length > 0 ? <ul>{item.refusal.fields.slice(0, 6).map((field) => <li key={field.path + field.code}>{field.message}</li>)}</ul> : null}</div>
          {theirs ? <Conflict item={item} theirs={theirs} onHold={hold} /> : null}
          <p className="f-quiet">{cureOf(item)}{item.refusal.requestId ? ` 请求号 ${item.refusal.requestId}` : ''}</p>
          <div className="f-card-acts">{theirs ? null : <button type="button" className="f-btn" onClick={hold}>搁置</button>}{item.draft ? <button type="button" className="f-btn" onClick={() => void takeBack()}>取回改正</button> : null}<button type="button" className="f-btn" onClick={() => void sender.again(item)}>再发一次</button></div>
        </div>
      ) : null}
      {item.state === 'held' ? <div className="f-card-acts"><button type="button" className="f-btn" onClick={() => void sender.again(item)}>重新发送</button></div> : null}
      {shown ? <pre className="f-raw">{JSON.stringify(item.input, null, 1)}</pre> : null}
    </article>
  )
}

/** What the person can do about a refusal. */
function cureOf(item: OutboxItem): string {
  const code = item.refusal?.code ?? ''
  if (code === 'todo.taken') return '同事已先领取，以现在的为准即可；他退还后可以再发一次。'
  if (/stale|wrong_state|already/.test(code)) return '这条记录在您离线时被别人办理过。请先看最新内容；您的这一步留在这里作为凭据，需要时重新办理。'
  if (/missing|forbidden|reach/.test(code)) return '管辖范围或岗位权限已变化，或该场所已划归别的安格。内容和照片都留在本机，不会丢：请告知现管辖的同事另行登记；岗位恢复后可“再发一次”，也可导出留存。'
  if (code === 'visit.in_future') return '记录时本机时钟快了。内容都在，过了所记的时间再发即可。'
  if (/checklist/.test(code)) return '检查表或作答有误，可打开走访改正后重新提交。'
  return '内容仍在本机。改正原因后可以再发，也可以导出交到办公室。'
}
