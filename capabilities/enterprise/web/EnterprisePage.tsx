import { App, Button, Skeleton } from 'antd'
import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { zhDate, zhMoment } from '../../../kernel/core/time-zh.ts'
import { asProblem, call } from '../../../kernel/web/call.ts'
import { useRead } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { useMe } from '../../../kernel/web/me.ts'
import { ActionBar, Fields, PageHead, RiskTag, Section, StatusTag } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { contactDutyZh, type EnterpriseView, standardLevelZh } from '../enterprise.ts'
import { industryLabel } from '../industry.ts'
import { operatingStateZh } from '../lifecycle.ts'
import { operations } from '../operations.ts'
import { sizeGradeZh } from '../size.ts'
import { EnterpriseDialogs, type Opened } from './EnterpriseDialogs.tsx'
import { GridTeam, History, Sites, TagDetails } from './EnterpriseParts.tsx'
import { EnterpriseTimeline } from './EnterpriseTimeline.tsx'
import { enterpriseParts } from './public.tsx'
import { siteKindName, stateTone, tagName } from './words.ts'
import './enterprise.css'

/** 一企一档: who it is, everything that happened, and what other capabilities know of it now. */
export default function EnterprisePage() {
  const { id = '' } = useParams()
  const { data, error, refetch } = useRead(operations.get, { id })
  if (error && !data) return <ProblemView problem={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton active paragraph={{ rows: 12 }} />
  return <File key={data.id} view={data} />
}

function File({ view }: { view: EnterpriseView }) {
  const navigate = useNavigate()
  const me = useMe()
  const [opened, setOpened] = useState<Opened>()
  const states = view.actions.filter((action) => action.action.startsWith('setState:'))
  const on: Record<string, () => void> = {
    update: () => void navigate(`/enterprises/${view.id}/edit`),
    editOwn: () => setOpened({ kind: 'own' }),
    setContacts: () => setOpened({ kind: 'contacts' }),
    setTags: () => setOpened({ kind: 'tags' }),
    relocate: () => setOpened({ kind: 'relocate' }),
    addSite: () => setOpened({ kind: 'site' }),
    void: () => setOpened({ kind: 'void' }),
    ...Object.fromEntries(states.map((action) => [action.action, () => setOpened({ kind: 'state', to: action.action.slice('setState:'.length) as EnterpriseView['state'], label: action.label })])),
  }
  const actions = view.actions.filter((action) => (action.action === 'editOwn' ? me.can('enterprise.self_edit') : !me.can('enterprise.self_edit') || action.allowed))
  return (
    <>
      <PageHead back={{ to: '/enterprises', label: '监管对象' }} title={view.name} tags={<HeadTags view={view} />} note={<HeadNote view={view} />} actions={<ActionBar actions={actions} on={on} keep={3} />} />
      {view.voidedAt ? <p className="en-void">这份档案已于{zhMoment(view.voidedAt, serverNow())}作废：{view.voidReason}</p> : null}
      <div className="en-file">
        <div>
          <Section title="基本情况">
            <Facts view={view} />
          </Section>
          <Sites view={view} onOpen={setOpened} />
          <Section title="经过"><EnterpriseTimeline enterpriseId={view.id} /></Section>
        </div>
        <aside>
          {enterpriseParts().filter((part) => me.can(part.verb)).map(({ key, title, Part }) => <Section key={key} title={title}><Part enterpriseId={view.id} name={view.name} /></Section>)}
          <Contacts view={view} />
          {view.gridId ? <GridTeam gridId={view.gridId} /> : null}
          <TagDetails view={view} />
          <History view={view} />
        </aside>
      </div>
      <EnterpriseDialogs view={view} opened={opened} close={() => setOpened(undefined)} />
    </>
  )
}

function HeadTags({ view }: { view: EnterpriseView }) {
  return (
    <>
      <StatusTag tone={stateTone[view.state]}>{operatingStateZh[view.state]}{view.loadPercent === null ? '' : ` ${view.loadPercent}%`}</StatusTag>
      <RiskTag colour={view.riskColor} />
      <StatusTag>{siteKindName(view.siteKind)}</StatusTag>
      <StatusTag>{sizeGradeZh[view.sizeGrade]}{view.aboveScale ? ' · 规上' : ''}</StatusTag>
      {view.highRisk ? <StatusTag tone="warn">高危</StatusTag> : null}
      {view.tags.map((tag) => <StatusTag key={tag} tone="wait">{tagName(tag)}</StatusTag>)}
    </>
  )
}

function HeadNote({ view }: { view: EnterpriseView }) {
  const { message } = App.useApp()
  const copy = async () => {
    await navigator.clipboard?.writeText(view.creditCode ?? '')
    message.success('已复制信用代码')
  }
  const place = [view.streetName, view.areaName, view.gridName].filter((name, i, all) => name && all.indexOf(name) === i).join(' · ')
  return (
    <>
      {view.creditCode ? <span className="ag-num">{view.creditCode} <Button size="small" type="link" onClick={() => void copy()}>复制</Button></span> : <span>没有统一社会信用代码</span>}
      <span> · {place}</span>
      {view.parkId ? <span> · <Link to={`/parks/${view.parkId}`}>{view.parkName}</Link></span> : null}
      {view.warnings.length ? <span className="en-warn"> · {view.warnings.join('；')}</span> : null}
    </>
  )
}

function Facts({ view }: { view: EnterpriseView }) {
  const hint = !view.aboveScale && view.likelyAboveScale ? '（按营业收入可能达到规上，以统计名录为准）' : ''
  return (
    <Fields
      columns={3}
      items={[
        { label: '法定代表人', value: view.legalRep },
        { label: '主要负责人', value: view.principalName },
        { label: '成立日期', value: view.establishedOn ? zhDate(view.establishedOn) : null },
        { label: '主行业', value: view.industryCode ? industryLabel(view.industryCode) : null },
        { label: '兼营行业', value: view.extraIndustries.map((code) => industryLabel(code) ?? code).join('、') },
        { label: '标准化等级', value: standardLevelZh[view.standardLevel] },
        { label: '从业人员', value: view.employees === null ? null : `${view.employees} 人` },
        { label: '营业收入', value: view.revenueWan === null ? null : `${view.revenueWan.toLocaleString('zh-CN')} 万元${hint}` },
        { label: '资产总额', value: view.assetsWan === null ? null : `${view.assetsWan.toLocaleString('zh-CN')} 万元` },
        { label: '规模以上名录', value: view.aboveScaleLists.length ? view.aboveScaleLists.map((list) => `${list.year} 年`).join('、') : '未列入' },
        { label: '状态始于', value: view.stateSince ? zhDate(view.stateSince) : null },
        { label: '联系人核实', value: view.contactsVerifiedAt ? zhMoment(view.contactsVerifiedAt, serverNow()) : '还没有核实过' },
        { label: '地址', value: view.address, wide: true },
      ]}
    />
  )
}

/** Masked until somebody who may asks for the whole numbers; the look is written down. */
function Contacts({ view }: { view: EnterpriseView }) {
  const { message } = App.useApp()
  const [shown, setShown] = useState<Map<string, string | null>>()
  const may = view.actions.some((action) => action.action === 'reveal' && action.allowed)
  const reveal = async () => {
    try {
      const answer = await call(operations.reveal, { id: view.id })
      setShown(new Map([['', answer.principalPhone], ...answer.contacts.map((contact): [string, string | null] => [contact.id, contact.phone])]))
    } catch (thrown) {
      message.error(asProblem(thrown).title)
    }
  }
  const phone = (key: string, masked: string | null) => {
    const full = shown?.get(key) ?? null
    return full ? <a className="ag-num" href={`tel:${full}`}>{full}</a> : <span className="ag-num">{masked ?? '—'}</span>
  }
  const people = [{ id: '', name: view.principalName ?? '—', duty: '主要负责人', phone: view.principalPhone }, ...view.contacts.map((contact) => ({ ...contact, duty: contactDutyZh[contact.duty] }))]
  return (
    <Section title="联系人" extra={may && !shown ? <Button size="small" title="查看会留下记录" onClick={() => void reveal()}>显示完整电话</Button> : null}>
      <ul className="en-list">
        {people.map((person) => <li key={person.id}><span>{person.name}<small>{person.duty}</small></span>{phone(person.id, person.phone)}</li>)}
      </ul>
    </Section>
  )
}
