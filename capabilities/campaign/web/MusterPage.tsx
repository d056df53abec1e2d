import { App, Button, Input, Modal, Skeleton } from 'antd'
import { useState } from 'react'
import { useParams, useSearchParams } from 'react-router'
import { zhDate, zhMoment } from '../../../kernel/core/time-zh.ts'
import { asProblem } from '../../../kernel/web/call.ts'
import { blocking, type Problem, useCommand, useRead } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { EmptyState, Figure, PageHead, Section, StatusTag } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import type { Muster } from '../campaign.ts'
import { operations } from '../operations.ts'
import { PART_ZH, type Presence, PRESENCE_ZH } from '../scheme.ts'
import './campaign.css'
import { presenceTone } from './words.ts'

type Person = Muster['people'][number]

/** 集结: 应到、实到、在途. One's own sign-in is the first thing on a phone; the desk marks several at once. */
export default function MusterPage() {
  const { id = '' } = useParams()
  const [params] = useSearchParams()
  const date = params.get('date')
  const read = useRead(operations.muster, { id, ...(date ? { date } : {}) }, { everySeconds: 5 })
  const campaign = useRead(operations.get, { id })
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [asked, setAsked] = useState<{ mine: boolean }>()
  if (blocking(read)) return <ProblemView problem={read.error} onRetry={() => void read.refetch()} />
  const m = read.data
  if (!m) return <Skeleton active />
  const may = (action: string) => m.actions.find((a) => a.action === action)
  const marks = may('mark')?.allowed === true
  const over = campaign.data?.state === 'CLOSING' || campaign.data?.state === 'CLOSED'
  const teams = [...new Set(m.people.map((p) => p.teamName ?? '未编组，已到现场'))]
  const toggle = (p: Person) => setChosen(chosen.includes(p.personId) ? chosen.filter((x) => x !== p.personId) : [...chosen, p.personId])
  return (
    <>
      <PageHead title="集结" back={{ to: `/campaigns/${id}`, label: campaign.data?.name ?? '专项行动' }} note={`业务日期 ${zhDate(m.date)}${campaign.data?.commandPost ? ` · ${campaign.data.commandPost}` : ''}`} />
      <div className="cg-figures">
        <Figure label="应到" value={m.expected} unit="人" /><Figure label="实到" value={m.present} unit="人" tone="done" /><Figure label="在途" value={m.onWay} unit="人" tone="warn" />
        <Figure label="不能到" value={m.absent} unit="人" tone={m.absent ? 'late' : 'plain'} /><Figure label="未登记" value={m.unknown} unit="人" />
      </div>
      {may('signIn')?.allowed ? <SignIn id={id} ask={() => setAsked({ mine: true })} /> : <p className="quiet">{over ? '集结已经结束，下面是当日的登记。' : may('signIn')?.why?.join('；')}</p>}
      {marks && !over && m.people.length ? <p className="quiet">点选人员卡片，可以替他们登记实到、在途或不能到。</p> : null}
      {marks && chosen.length ? <MarkBar id={id} chosen={chosen} ask={() => setAsked({ mine: false })} done={() => setChosen([])} /> : null}
      {m.people.length === 0 ? <EmptyState title="还没有成员" how="在行动的“小组”页编组，成员就是应到人员。" /> : null}
      {teams.map((team) => (
        <Section key={team} title={team}>
          <div className="cg-people">
            {m.people.filter((p) => (p.teamName ?? '未编组，已到现场') === team).map((p) => (
              <button key={p.personId} type="button" disabled={!marks || p.part === null} aria-pressed={chosen.includes(p.personId)} className={chosen.includes(p.personId) ? 'cg-person cg-person-on' : 'cg-person'} onClick={() => toggle(p)}>
                <span>{p.name}{p.part ? <small>{PART_ZH[p.part]}{p.organisation ? ` · ${p.organisation}` : ''}</small> : <small>{p.organisation}</small>}</span>
                <span>{p.state ? <StatusTag tone={presenceTone[p.state]}>{PRESENCE_ZH[p.state]}</StatusTag> : <StatusTag>未登记</StatusTag>}<small>{p.reason ?? (p.at ? zhMoment(p.at, serverNow()) : '')}</small></span>
              </button>
            ))}
          </div>
        </Section>
      ))}
      {asked ? <AbsentDialog id={id} personIds={asked.mine ? null : chosen} close={() => { setAsked(undefined); setChosen([]) }} /> : null}
    </>
  )
}

function SignIn({ id, ask }: { id: string; ask: () => void }) {
  const { message } = App.useApp()
  const sign = useCommand(operations.signIn)
  const go = (state: Presence) => () => void sign.run({ id, state }).then(() => message.success(state === 'PRESENT' ? '已签到' : '已登记在途'), (thrown: unknown) => message.error(asProblem(thrown).title))
  return (
    <div className="cg-sign">
      <Button type="primary" size="large" loading={sign.running} onClick={go('PRESENT')}>我已到位</Button>
      <Button size="large" onClick={go('ON_WAY')}>我在途中</Button>
      <Button size="large" onClick={ask}>不能到</Button>
    </div>
  )
}

function MarkBar({ id, chosen, ask, done }: { id: string; chosen: readonly string[]; ask: () => void; done: () => void }) {
  const { message } = App.useApp()
  const mark = useCommand(operations.mark)
  const go = (state: Presence) => () => void mark.run({ id, personIds: [...chosen], state }).then(done, (thrown: unknown) => message.error(asProblem(thrown).title))
  return (
    <div className="cg-sign">
      <span style={{ alignSelf: 'center' }}>已选 {chosen.length} 人：</span>
      <Button type="primary" loading={mark.running} onClick={go('PRESENT')}>登记实到</Button>
      <Button onClick={go('ON_WAY')}>登记在途</Button>
      <Button onClick={ask}>不能到</Button>
      <Button type="text" onClick={done}>取消选择</Button>
    </div>
  )
}

function AbsentDialog({ id, personIds, close }: { id: string; personIds: readonly string[] | null; close: () => void }) {
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<Problem>()
  const sign = useCommand(operations.signIn)
  const mark = useCommand(operations.mark)
  const send = () => {
    setProblem(undefined)
    const given = { state: 'ABSENT' as const, reason }
    const sent = personIds ? mark.run({ id, personIds: [...personIds], ...given }) : sign.run({ id, ...given })
    void sent.then(close, (thrown: unknown) => setProblem(asProblem(thrown)))
  }
  return (
    <Modal open title="不能到" onCancel={close} okText="登记" cancelText="取消" onOk={send} confirmLoading={sign.running || mark.running}>
      <Input.TextArea value={reason} maxLength={200} rows={3} placeholder="理由，如另有执法任务、请假" onChange={(e) => setReason(e.target.value)} />
      {problem ? <ProblemView problem={problem} /> : null}
    </Modal>
  )
}
