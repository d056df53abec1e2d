import { Alert, Button, Select, Skeleton, Table, Tag } from 'antd'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { zhDateTime } from '../../../kernel/core/time-zh.ts'
import { useCommand, useRead } from '../../../kernel/web/client.ts'
import { ReasonDialog } from '../../../kernel/web/dialog.tsx'
import { newId } from '../../../kernel/web/new-id.ts'
import { ActionBar, Fields, PageHead, Section, StatusTag } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { useDownload } from '../../../kernel/web/use-download.ts'
import { operations } from '../operations.ts'
import type { ChecklistDetail } from '../records.ts'
import { STATE_NAMES } from '../zh.ts'
import { ItemTable } from './ItemTable.tsx'
import { stateTone, visitKindsText } from './words.ts'

/** One version: what it asks, where it may be used, what keeps it from publication, and how it differs from another. */
export default function ChecklistPage() {
  const { id = '' } = useParams()
  const navigate = useNavigate()
  const read = useRead(operations.get, { id })
  const [asked, setAsked] = useState<'publish' | 'retire'>()
  const [against, setAgainst] = useState<string>()
  const save = useDownload()
  const revise = useCommand(operations.revise, { onDone: (made) => void navigate(`/checklists/${made.list.id}/edit`) })
  if (read.error && !read.data) return <ProblemView problem={read.error} onRetry={() => void read.refetch()} />
  const detail = read.data
  if (!detail) return <Skeleton active paragraph={{ rows: 12 }} />
  const { list } = detail
  return (
    <>
      <PageHead
        back={{ to: '/checklists', label: '检查表库' }}
        title={list.name}
        tags={<><Tag>{list.code} 第 {list.version} 版</Tag><StatusTag tone={stateTone[list.state]}>{STATE_NAMES[list.state]}</StatusTag></>}
        note={`${list.items.length} 项，用于${visitKindsText(list.visitKinds)}`}
        actions={<><Button onClick={() => save(operations.file, { id })}>导出</Button><ActionBar actions={detail.actions} primary={list.state === 'DRAFT' ? 'publish' : 'revise'} on={{ edit: () => void navigate(`/checklists/${id}/edit`), publish: () => setAsked('publish'), retire: () => setAsked('retire'), revise: () => void revise.run({ id, newId: newId() }).catch(() => undefined) }} /></>}
      />
      {revise.problem ? <ProblemView problem={revise.problem} /> : null}
      {detail.blockers.length > 0 ? <Alert style={{ marginBottom: 16 }} type="warning" showIcon title={`发布前还有 ${detail.blockers.length} 处要改`} description={<ul>{detail.blockers.map((b) => <li key={`${b.field}${b.code}`}>{b.text}</li>)}</ul>} /> : null}
      <Facts detail={detail} />
      {detail.siblings.length > 1 ? (
        <Section title="版本" extra={<Select style={{ width: 220 }} allowClear placeholder="与另一版比较" value={against ?? null} onChange={(next: string | null | undefined) => setAgainst(next ?? undefined)} options={detail.siblings.filter((s) => s.id !== id).map((s) => ({ value: s.id, label: `第 ${s.number} 版（${STATE_NAMES[s.state]}）` }))} />}>
          {against ? <Diff from={against} to={id} /> : <span>{detail.siblings.map((s) => <Button key={s.id} type={s.id === id ? 'default' : 'link'} disabled={s.id === id} onClick={() => void navigate(`/checklists/${s.id}`)}>第 {s.number} 版（{STATE_NAMES[s.state]}）</Button>)}</span>}
        </Section>
      ) : null}
      <Section title="检查项" flush><ItemTable items={list.items} /></Section>
      {asked === 'publish' ? <ReasonDialog title={`发布《${list.name}》第 ${list.version} 版`} operation={operations.publish} input={{ id, baseVersion: detail.recordVersion }} fields={[]} act={{ does: '内容从此不能再改；同代号的旧版随即停用，用过旧版的记录不变。', whom: `今后开展的${visitKindsText(list.visitKinds)}` }} confirm="发布" onClose={() => setAsked(undefined)} /> : null}
      {asked === 'retire' ? <ReasonDialog title={list.state === 'DRAFT' ? '作废草稿' : `停用《${list.name}》`} operation={operations.retire} input={{ id, baseVersion: detail.recordVersion }} act={{ does: '今后的走访不能再用；已用过的记录不变。' }} confirm={list.state === 'DRAFT' ? '作废' : '停用'} danger onClose={() => setAsked(undefined)} /> : null}
    </>
  )
}

function Facts({ detail }: { detail: ChecklistDetail }) {
  const { appliesTo } = detail.list
  const at = (moment: string | null) => (moment ? zhDateTime(moment) : null)
  const limits = [...appliesTo.siteKinds, ...appliesTo.tags, ...appliesTo.sectors]
  return (
    <Section>
      <Fields columns={3} items={[
        { label: '适用对象', value: limits.length > 0 ? limits.join('、') : '不限' }, { label: '起草', value: detail.shipped ? '系统自带' : `${detail.authors ?? ''} ${at(detail.draftedAt)}` }, { label: '最近修改', value: at(detail.editedAt) },
        { label: '发布', value: detail.publishedAt ? `${detail.publishedBy ?? '系统'} ${at(detail.publishedAt)}` : null }, { label: '停用', value: detail.retiredAt ? `${at(detail.retiredAt)}：${detail.retiredWhy ?? ''}` : null },
      ]} />
    </Section>
  )
}

const said = (value: unknown): string => (value === null || value === undefined ? '—' : typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value))

/** What changed from an older version to this one, field by field. */
function Diff({ from, to }: { from: string; to: string }) {
  const { data, error } = useRead(operations.diff, { id: from, with: to })
  if (error) return <ProblemView problem={error} />
  if (!data) return <Skeleton active />
  const rows = [
    ...data.added.map((i) => ({ key: `+${i.code}`, code: i.code, what: '新增', before: '', after: i.content })),
    ...data.removed.map((i) => ({ key: `-${i.code}`, code: i.code, what: '删除', before: i.content, after: '' })),
    ...data.changed.flatMap((c) => c.fields.map((f) => ({ key: `${c.code}${f.field}`, code: c.code, what: f.label, before: said(f.before), after: said(f.after) }))),
  ]
  return (
    <>
      <p className="ag-faint">新增 {data.added.length} 项，删除 {data.removed.length} 项，修改 {data.changed.length} 项{data.moved.length > 0 ? `，${data.moved.length} 项换了位置` : ''}。</p>
      <Table size="small" rowKey="key" pagination={false} dataSource={rows} locale={{ emptyText: '内容相同' }} columns={[{ title: '编号', dataIndex: 'code', width: 84, className: 'ag-num' }, { title: '变化', dataIndex: 'what', width: 120 }, { title: '原', dataIndex: 'before' }, { title: '现', dataIndex: 'after' }]} />
    </>
  )
}
