import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { addDays, instantOf, localDate } from '../../../kernel/core/time.ts'
import { asProblem } from '../../../kernel/web/call.ts'
import { blocking, type Problem, useCommand, useRead } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { useDraft } from '../../../kernel/web/draft.ts'
import { useMe } from '../../../kernel/web/me.ts'
import { newId } from '../../../kernel/web/new-id.ts'
import { PageHead, Section } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { operations } from '../operations.ts'
import { KIND_ZH, type Pack } from '../scheme.ts'
import './campaign.css'
import { SchemeForm, showRefused, type Typed } from './SchemeForm.tsx'

interface Kept {
  pack: string
  typed: Typed
}

/** 拟制行动: choose a pack, make it one's own, and the draft stands. */
export default function NewCampaign() {
  const me = useMe()
  const navigate = useNavigate()
  const read = useRead(operations.packs, {})
  const create = useCommand(operations.create)
  const setTask = useCommand(operations.setTask)
  const draft = useDraft('campaign.new')
  const [id] = useState(newId)
  const [kept, setKept] = useState<Kept | undefined>(() => draft.found as Kept | undefined)
  const [problem, setProblem] = useState<Problem>()
  const area = me.posts.find((p) => p.areaCode)?.areaCode ?? ''
  const keep = (next: Kept) => {
    setKept(next)
    draft.keep({ ...next })
  }
  if (blocking(read)) return <ProblemView problem={read.error} onRetry={() => void read.refetch()} />
  const packs = read.data?.packs
  const pack = packs?.find((p) => p.code === kept?.pack)
  const send = async () => {
    if (!kept || !pack) return
    setProblem(undefined)
    try {
      await create.run({ id, areaCode: area, pack: pack.code, ...kept.typed, teams: pack.teams })
      const from = localDate(kept.typed.startsAt)
      for (const task of pack.tasks) await setTask.run({ id, taskId: newId(), line: task.line, title: task.title, measure: task.measure, unit: task.unit, startsOn: addDays(from, task.fromDay), dueOn: addDays(from, task.dueDay) })
      draft.drop()
      void navigate(pack.tasks.length ? `/campaigns/${id}/chart` : `/campaigns/${id}?tab=targets`)
    } catch (thrown) {
      setProblem(asProblem(thrown))
      showRefused()
    }
  }
  return (
    <>
      <PageHead title="拟制专项行动" back={{ to: '/campaigns', label: '专项行动' }} note="先选行动包，再改成自己的方案；建好之后列名单、编组、报批。" />
      <Section title="行动包">
        {packs ? (
          <div className="cg-packs">
            {packs.map((p) => (
              <button type="button" key={p.code} aria-pressed={p.code === kept?.pack} className={p.code === kept?.pack ? 'cg-pack cg-pack-on' : 'cg-pack'} onClick={() => keep({ pack: p.code, typed: typedFrom(p, area) })}>
                <b>{p.name}</b>
                <small>{KIND_ZH[p.kind]}{p.own ? ' · 本地' : ''}</small>
                <small>{p.summary}</small>
              </button>
            ))}
          </div>
        ) : <Skeleton active />}
      </Section>
      {kept && pack ? (
        <>
          <SchemeForm value={kept.typed} change={(next) => keep({ ...kept, typed: { ...kept.typed, ...next } })} problem={problem} />
          <div className="ag-form-buttons">
            <Button type="primary" loading={create.running || setTask.running} onClick={() => void send()}>建立行动</Button>
            <Button onClick={() => { draft.drop(); void navigate('/campaigns') }}>放弃</Button>
          </div>
        </>
      ) : null}
    </>
  )
}

/** A pack with dates: the next evening for a night, from tomorrow on for everything else. */
function typedFrom(pack: Pack, area: string): Typed {
  const today = localDate(serverNow())
  const from = pack.kind === 'NIGHT' ? today : addDays(today, 1)
  const last = pack.endTime <= pack.startTime ? addDays(from, pack.days) : addDays(from, pack.days - 1)
  return {
    name: pack.name, kind: pack.kind, basis: pack.basisHint, publishedOn: null, areas: area ? [area] : [], startsAt: instantOf(from, pack.startTime).toISOString(), endsAt: instantOf(last, pack.endTime).toISOString(), commandPost: '', scheme: pack.scheme,
  }
}
