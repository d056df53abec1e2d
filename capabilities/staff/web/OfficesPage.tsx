import { Button, Select, Spin, Table } from 'antd'
import { useDeferredValue, useState } from 'react'
import { zhDate, zhDateTime } from '../../../kernel/core/time-zh.ts'
import { localDate } from '../../../kernel/core/time.ts'
import { useRead } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { ReasonDialog } from '../../../kernel/web/dialog.tsx'
import { newId } from '../../../kernel/web/new-id.ts'
import { EmptyState, Fields, PageHead, Section, StatusTag } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import type { Office, OfficeProposal } from '../offices.ts'
import { operations } from '../operations.ts'

const words = { OPEN: '待同意', APPOINTED: '已任命', DECLINED: '未任命' } as const
const tones = { OPEN: 'warn', APPOINTED: 'done', DECLINED: 'plain' } as const

/** 三员: who holds the three offices, and appointments that wait for the third hand. */
export default function OfficesPage() {
  const read = useRead(operations.offices, {})
  const [proposing, setProposing] = useState<{ roleCode: Office; roleName: string }>()
  const [deciding, setDeciding] = useState<{ p: OfficeProposal; agreed: boolean; label: string }>()
  if (read.error && !read.data) return <ProblemView problem={read.error} onRetry={() => void read.refetch()} />
  const { offices = [], proposals = [] } = read.data ?? {}
  return (
    <>
      <PageHead title="三员" note="系统管理员、安全管理员、安全审计员各自独任；接任者由另外两员一人提名、一人同意，再撤销原任。" />
      <Section title="在任">
        <Fields columns={1} items={offices.map((o) => ({ label: o.roleName, value: <>{o.holders.map((h) => `${h.name}（${zhDate(h.validFrom)}起${h.validTo ? `，至${zhDate(h.validTo)}` : ''}）`).join('、')} {o.may ? <Button size="small" onClick={() => setProposing(o)}>提名接任者</Button> : null}</> }))} />
      </Section>
      <Section title="任命" flush>
        <Table size="small" rowKey="id" loading={!read.data} pagination={false} dataSource={proposals} locale={{ emptyText: <EmptyState title="没有任命" /> }} columns={[
          { title: '人员', dataIndex: 'person' }, { title: '拟任', dataIndex: 'roleName' }, { title: '起始', dataIndex: 'validFrom', render: zhDate },
          { title: '提名', key: 'by', render: (_, p) => `${p.proposedBy} ${zhDateTime(p.proposedAt)}：${p.reason}` },
          { title: '状态', dataIndex: 'state', render: (state: keyof typeof words) => <StatusTag tone={tones[state]}>{words[state]}</StatusTag> },
          { title: '决定', key: 'decided', render: (_, p) => (p.decidedAt ? `${p.decidedBy ?? p.proposedBy} ${zhDateTime(p.decidedAt)}：${p.decision ?? ''}` : p.actions.filter((a) => !a.allowed).flatMap((a) => a.why ?? []).join('；')) },
          { title: '', key: 'do', render: (_, p) => p.actions.filter((a) => a.allowed).map((a) => <Button key={a.action} size="small" type={a.action === 'agree' ? 'primary' : 'default'} onClick={() => setDeciding({ p, agreed: a.action === 'agree', label: a.label })}>{a.label}</Button>) },
        ]} />
      </Section>
      {proposing ? <ProposeDialog office={proposing} onClose={() => setProposing(undefined)} /> : null}
      {deciding ? (
        <ReasonDialog title={`${deciding.label}：${deciding.p.person}任${deciding.p.roleName}`} operation={operations.decideOffice} input={{ id: deciding.p.id, baseVersion: deciding.p.version, agreed: deciding.agreed }} confirm={deciding.label} onClose={() => setDeciding(undefined)}
          act={{ does: deciding.agreed ? '从起始日起任此岗位；任命留痕，供审计查阅' : '这项任命作罢', whom: deciding.p.person }} />
      ) : null}
    </>
  )
}

function ProposeDialog({ office, onClose }: { office: { roleCode: Office; roleName: string }; onClose: () => void }) {
  return (
    <ReasonDialog title={`提名${office.roleName}`} operation={operations.proposeOffice} input={{ id: newId(), roleCode: office.roleCode }} initial={{ validFrom: localDate(serverNow()) }} confirm="提名" onClose={onClose}
      fields={[{ key: 'personId', kind: 'own', required: true, own: (value, set) => <PersonPicker value={value} set={set} />, hint: '须已有账号、没有其他岗位' }, { key: 'validFrom', kind: 'date' }, { key: 'reason', kind: 'long' }]}
      act={{ does: '由另一员同意后生效', whom: office.roleName }} />
  )
}

function PersonPicker({ value, set }: { value: unknown; set: (value: unknown) => void }) {
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const read = useRead(operations.people, { q, limit: 20 } as never, { enabled: q.length > 0 })
  return <Select showSearch={{ filterOption: false, onSearch: setTyped }} value={typeof value === 'string' ? value : null} placeholder="输入姓名" notFoundContent={read.isFetching ? <Spin size="small" /> : q ? '没有找到' : '请输入姓名'} options={(read.data?.rows ?? []).map((p) => ({ value: p.id, label: `${p.name}（${p.organisation ?? '无单位'}）` }))} onChange={set} />
}
