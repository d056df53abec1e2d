import { useEffect, useState } from 'react'
import { useParams } from 'react-router'
import { categoryPath, type HazardCategoryCode } from '../../../capabilities/checklist/taxonomy.ts'
import type { HazardAction } from '../../../capabilities/hazard/lifecycle.ts'
import { operations } from '../../../capabilities/hazard/operations.ts'
import { levelZh, sourceZh, stateZh } from '../../../capabilities/hazard/zh.ts'
import type { HazardRow } from '../../../capabilities/sync/rows.ts'
import { zhDate, zhMoment } from '../../../kernel/core/time-zh.ts'
import { problemText } from '../../../kernel/web/texts.ts'
import { useNow } from '../../../kernel/web/clock.ts'
import { useLive } from '../../../kernel/web/outbox/store.ts'
import { useAsk } from '../data/ask.ts'
import { useWork } from '../data/work.ts'
import { dueOf, hazardTone } from '../data/words.ts'
import { Thumb } from '../parts/camera.tsx'
import { Block, Page } from '../parts/page.tsx'
import { Empty, Facts, Tag, Waiting } from '../parts/states.tsx'
import { actForms } from './acts.ts'
import { ActSheet } from './ActSheet.tsx'
import { keepTimeline, keptTimeline } from './timelines.ts'

/** A hazard: what it is, who must act until when, and what can be done with it here. 经过 comes with a line, and stays as it was when there is none. */
export default function HazardPage() {
  const { id = '' } = useParams()
  const { store } = useWork()
  const held = useLive(async () => ({ row: (await store.hazard.get(id)) ?? null, queued: (await store.outbox.where('aggregate').equals(`hazard:${id}`).toArray()).filter((item) => item.state !== 'done') }), [store, id])
  const { data, problem } = useAsk(operations.get, { id })
  const kept = useLive(async () => (await keptTimeline(store, id)) ?? null, [store, id])
  useEffect(() => {
    if (data) void keepTimeline(store, id, data.version, data.timeline)
  }, [store, id, data])
  if (held === undefined) return <Page title="隐患"><Waiting /></Page>
  if (held.row === null) return <Page title="隐患" back="/"><Empty title="本机没有这条隐患">{problem?.code === 'offline' ? '可能已销号，联网后可以查看。' : data ? '已不在离线范围内，请在电脑上查看。' : '可能已销号或不在您的管辖范围内。'}</Empty></Page>
  return <Shown hazard={held.row} queued={held.queued.map((item) => ({ title: item.title, state: item.state }))} timeline={data?.timeline ?? kept?.entries} keptAt={data ? undefined : kept?.at} proposals={data?.proposals} offline={problem?.code === 'offline'} />
}

type Proposals = readonly { id: string; label: string; state: string; person: string; madeAt: string }[]
type Timeline = readonly { at: string; label: string; actor: string; text: string }[]

function Shown({ hazard, queued, timeline, keptAt, proposals, offline }: { hazard: HazardRow; queued: readonly { title: string; state: string }[]; timeline: Timeline | undefined; keptAt: string | undefined; proposals: Proposals | undefined; offline: boolean }) {
  const now = useNow(60)
  const [act, setAct] = useState<{ action: HazardAction; label: string }>()
  const due = dueOf(hazard.runsTo ?? hazard.dueOn, now)
  const offered = hazard.actions.flatMap(({ action, label, allowed }) => (allowed && action in actForms ? [{ action: action as HazardAction, label }] : []))
  const elsewhere = hazard.actions.filter(({ action, allowed }) => allowed && !(action in actForms)).map(({ label }) => label)
  const not = hazard.actions.filter(({ action, allowed, why }) => !allowed && action in actForms && why?.length)
  const photos = (roles: readonly string[]) => hazard.photos.filter((photo) => roles.includes(photo.role) && photo.type.startsWith('image/'))
  return (
    <Page title={hazard.no} note={hazard.enterpriseName} foot={offered.length > 0 ? <>{offered.slice(0, 3).map((one, i) => <button key={one.action} type="button" className={i === 0 ? 'f-btn f-btn-main' : 'f-btn'} onClick={() => setAct(one)}>{one.label}</button>)}</> : undefined}>
      {queued.map((item, i) => <p key={`${item.title}${String(i)}`} className="f-hint">{item.state === 'refused' ? '有一步被退回，见同步中心：' : '已在本机办理，待发送：'}{item.title}</p>)}
      {proposals?.filter((one) => one.state === 'OPEN').map((one) => <p key={one.id} className="f-hint">待定建议：{one.person}{zhMoment(one.madeAt, now)}离线办理“{one.label}”，晚于他人到达，等有权的人在电脑上采纳或不采纳</p>)}
      <Block>
        <div className="f-card-line"><Tag tone={hazardTone(hazard.state)}>{stateZh[hazard.state]}</Tag><Tag tone={hazard.level === 'MAJOR' ? 'late' : 'plain'}>{levelZh[hazard.level]}</Tag>{hazard.stopInForce ? <Tag tone="late">停用中</Tag> : null}{due ? <Tag tone={due.tone}>{due.word}</Tag> : null}</div>
        <p>{hazard.description}</p>
        {hazard.waiting ? <p className="f-hint">{hazard.waiting}</p> : null}
        <div className="f-pair"><figure><div className="f-photos">{photos(['BEFORE']).map((photo) => <Thumb key={photo.id} id={photo.id} />)}</div><figcaption>整改前</figcaption></figure>{photos(['AFTER']).length > 0 ? <figure><div className="f-photos">{photos(['AFTER']).map((photo) => <Thumb key={photo.id} id={photo.id} />)}</div><figcaption>整改后</figcaption></figure> : null}</div>
      </Block>
      <Block><Facts rows={[['部位', `${hazard.siteName} ${hazard.location}`], ['整改要求', hazard.requirement], ['类别', categoryPath(hazard.category as HazardCategoryCode)], ['发现', `${zhMoment(hazard.foundAt, now)} · ${sourceZh[hazard.source]}`], hazard.dueOn && ['期限', `${zhDate(hazard.dueOn)} 24:00`], hazard.orderNo && ['文书', hazard.orderNo], ['依据', hazard.legalBasis.map((basis) => `${basis.law}${basis.article ? `第${basis.article}条` : ''}`).join('；')]]} /></Block>
      {not.length > 0 ? <Block title="暂不能办">{not.map(({ label, why }) => <p key={label} className="f-quiet">{label}：{why!.map((code) => problemText(code)).join('；')}</p>)}</Block> : null}
      {elsewhere.length > 0 ? <p className="f-quiet">在电脑上还可以：{elsewhere.join('、')}</p> : null}
      <Block title="经过">
        {timeline && keptAt && offline ? <p className="f-quiet">离线：以下是 {zhMoment(keptAt, now)} 联网时的经过。</p> : null}
        {timeline ? timeline.map((entry) => <div key={entry.at + entry.label} className="f-event"><span className="f-quiet">{zhMoment(entry.at, now)}</span><span><b>{entry.label}</b> {entry.actor}{entry.text ? <><br />{entry.text}</> : null}</span></div>) : offline ? <p className="f-quiet">这条的经过还没有存到本机，联网后显示。</p> : <Waiting lines={2} />}
      </Block>
      <ActSheet hazard={hazard} act={act} onClose={() => setAct(undefined)} />
    </Page>
  )
}
