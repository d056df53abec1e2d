import { Alert, Button, Skeleton, Table } from 'antd'
import { useState } from 'react'
import { useParams } from 'react-router'
import { zhDate, zhDateTime } from '../../../kernel/core/time-zh.ts'
import { useRead } from '../../../kernel/web/client.ts'
import { useCan } from '../../../kernel/web/me.ts'
import { ActionBar, Fields, PageHead, Section, StatusTag } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { operations } from '../operations.ts'
import type { PersonDetail } from '../people.ts'
import { CERTIFICATE_KIND_ZH, CERTIFICATE_STATE_ZH, PERSON_STATE_ZH, REACH_KIND_ZH } from '../zh.ts'
import { type Asked, PersonDialogs } from './PersonDialogs.tsx'
import { PersonSessions } from './PersonSessions.tsx'
import { certificateTone, stateTone } from './words.ts'

const opened = ['grant', 'addCertificate', 'openAccount', 'resetPassword', 'unlock', 'signOut', 'disable', 'enable', 'edit', 'reveal', 'leave'] as const

/** What makes a new person able to work stands out; 停用账号 never does. */
const firstStep = (who: PersonDetail): string => ['openAccount', 'grant'].find((step) => who.actions.some((a) => a.action === step && a.allowed)) ?? 'none'

/** One person: account, posts, certificates. What is offered follows who looks: accounts and rights are never in one hand. */
export default function PersonPage() {
  const { id = '' } = useParams()
  const read = useRead(operations.person, { id })
  const [asked, setAsked] = useState<Asked>()
  const mayGrant = useCan('staff.grant')
  const mayCertify = useCan('staff.certificate')
  const maySessions = useCan('staff.reset')
  if (read.error && !read.data) return <ProblemView problem={read.error} onRetry={() => void read.refetch()} />
  const who = read.data
  if (!who) return <Skeleton active paragraph={{ rows: 10 }} />
  return (
    <>
      <PageHead
        back={{ to: '/people', label: '人员' }}
        title={who.name}
        tags={<StatusTag tone={stateTone[who.state]}>{PERSON_STATE_ZH[who.state]}</StatusTag>}
        note={[who.organisation, who.dutyTitle].filter(Boolean).join(' · ')}
        actions={<ActionBar actions={who.actions} keep={4} primary={firstStep(who)} on={Object.fromEntries(opened.map((kind) => [kind, () => setAsked({ kind })]))} />}
      />
      {who.findings.length > 0 ? <Alert style={{ marginBottom: 16 }} type="warning" showIcon title={who.findings.join('；')} /> : null}
      <div className="ag-cols">
        <div>
          <Section title="岗位" extra={<small className="ag-faint">岗位 = 角色 + 范围 + 起止</small>} flush><Posts who={who} {...(mayGrant ? { revoke: (post: PersonDetail['posts'][number]) => setAsked({ kind: 'revokePost', post }) } : {})} /></Section>
          <Section title="证件" flush><Certificates who={who} {...(mayCertify ? { revoke: (certificate: PersonDetail['certificates'][number]) => setAsked({ kind: 'revokeCertificate', certificate }) } : {})} /></Section>
        </div>
        <div>
          <Section title="基本情况">
            <Fields columns={1} items={[{ label: '电话', value: who.phoneMasked }, { label: '身份证号', value: who.idMasked }, { label: '离职日期', value: who.leftOn ? zhDate(who.leftOn) : null }]} />
          </Section>
          <Section title="账号"><AccountFields who={who} /></Section>
          {maySessions && who.account ? <PersonSessions personId={who.id} /> : null}
        </div>
      </div>
      <PersonDialogs asked={asked} who={who} onClose={() => setAsked(undefined)} />
    </>
  )
}

function AccountFields({ who }: { who: PersonDetail }) {
  const a = who.account
  if (!a) return <p className="ag-faint">没有账号。由系统管理员开立，开立时没有任何权限。</p>
  const at = (moment: string | null) => (moment ? zhDateTime(moment) : null)
  return (
    <Fields columns={1} items={[
      { label: '账号名', value: a.login }, { label: '开立', value: `${at(a.createdAt)}${a.createdBy ? `，${a.createdBy}` : ''}` }, { label: '口令', value: a.mustChange ? '临时口令，首次登录须修改' : `${at(a.passwordChangedAt)} 修改` },
      { label: '最近活动', value: at(a.lastSeenAt) }, ...(a.lockedUntil && who.state === 'LOCKED' ? [{ label: '锁定到', value: at(a.lockedUntil) }] : []), ...(a.disabledAt ? [{ label: '停用时间', value: at(a.disabledAt) }] : []),
    ]} />
  )
}

function Posts({ who, revoke }: { who: PersonDetail; revoke?: (post: PersonDetail['posts'][number]) => void }) {
  return (
    <Table size="small" rowKey="id" pagination={false} dataSource={who.posts} locale={{ emptyText: '没有岗位：登录后什么也做不了' }} columns={[
      { title: '角色', dataIndex: 'roleName', render: (name: string, p) => <>{name} {p.inForce ? null : <StatusTag>不在任</StatusTag>}</> },
      { title: '范围', key: 'reach', render: (_, p) => `${p.reach}（${REACH_KIND_ZH[p.reachKind]}）` },
      { title: '起止', key: 'dates', width: 190, render: (_, p) => `${zhDate(p.validFrom)}—${p.validTo ? zhDate(p.validTo) : '今'}` },
      { title: '授予', dataIndex: 'grantedBy', width: 90, render: (name: string | null) => name ?? '—' },
      ...(revoke ? [{ title: '', key: 'revoke', width: 70, render: (_: unknown, p: PersonDetail['posts'][number]) => (p.inForce ? <Button size="small" type="text" onClick={() => revoke(p)}>撤销</Button> : null) }] : []),
    ]} />
  )
}

function Certificates({ who, revoke }: { who: PersonDetail; revoke?: (certificate: PersonDetail['certificates'][number]) => void }) {
  return (
    <Table size="small" rowKey="id" pagination={false} dataSource={who.certificates} locale={{ emptyText: '没有登记证件' }} columns={[
      { title: '证件', dataIndex: 'kind', render: (kind: keyof typeof CERTIFICATE_KIND_ZH) => CERTIFICATE_KIND_ZH[kind] },
      { title: '证号', dataIndex: 'no', className: 'ag-num' },
      { title: '有效期', key: 'dates', render: (_, c) => `${zhDate(c.validFrom)}—${zhDate(c.validTo)}` },
      { title: '状态', dataIndex: 'state', width: 90, render: (state: keyof typeof CERTIFICATE_STATE_ZH) => <StatusTag tone={certificateTone[state]}>{CERTIFICATE_STATE_ZH[state]}</StatusTag> },
      ...(revoke ? [{ title: '', key: 'revoke', width: 70, render: (_: unknown, c: PersonDetail['certificates'][number]) => (c.revokedOn ? null : <Button size="small" type="text" onClick={() => revoke(c)}>注销</Button>) }] : []),
    ]} />
  )
}
