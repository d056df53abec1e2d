import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { zhDay } from '../../../kernel/core/time-zh.ts'
import { localDate } from '../../../kernel/core/time.ts'
import { useRead } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { useMe } from '../../../kernel/web/me.ts'
import { PageHead, StatusTag } from '../../../kernel/web/parts.tsx'
import { type Column, DataTable, type Filter } from '../../../kernel/web/table.tsx'
import { operations } from '../operations.ts'
import type { PaperRow } from '../paper.ts'
import { stateOptions, stateTone, stateWord, typeOptions } from './words.ts'

export const paperColumns: readonly Column<PaperRow>[] = [
  { key: 'title', title: '文书', width: 164, always: true },
  { key: 'no', title: '文号', width: 236, render: (r) => <span className="ag-num">{r.no ?? '—'}</span> },
  { key: 'enterpriseName', title: '监管对象' },
  { key: 'state', title: '状态', width: 100, render: (r) => <StatusTag tone={r.type === 'D04' && r.state === 'SIGNED' ? 'done' : stateTone[r.state]}>{stateWord(r)}</StatusTag> },
  { key: 'itemCount', title: '隐患', width: 70, number: true },
  { key: 'officers', title: '执法人员', width: 130, render: (r) => r.officers.join('、') },
  { key: 'issuedOn', title: '签发', width: 110, render: (r) => (r.issuedOn ? zhDay(r.issuedOn, serverNow()) : '—') },
  { key: 'servedOn', title: '送达', width: 110, render: (r) => (r.servedOn ? zhDay(r.servedOn, serverNow()) : '—') },
  { key: 'draftedAt', title: '起草', width: 110, off: true, render: (r) => zhDay(localDate(r.draftedAt), serverNow()) },
]

const filters: readonly Filter[] = [
  { key: 'q', label: '查找', kind: 'text', placeholder: '文号、单位名称' },
  { key: 'type', label: '文书', kind: 'choice', options: typeOptions, width: 190 },
  { key: 'areaCode', label: '区划', kind: 'area' },
  { key: 'dates', keys: ['from', 'to'], label: '起草日期', kind: 'days' },
  { key: 'state', label: '状态', kind: 'choices', options: stateOptions, more: true },
  { key: 'mine', label: '与我有关', kind: 'flag', more: true },
]

/** 执法文书: every paper within reach; a party sees those served on it. */
export default function PaperList() {
  const me = useMe()
  const [whole] = useState({ limit: 1 })
  const { data } = useRead(operations.list, whole)
  const f = data?.figures
  const office = me.can(['enforcement.draft', 'enforcement.approve', 'district.read'])
  const figures = [
    { label: '全部', value: data?.total, set: {} },
    { label: '待审批', value: f?.pending, set: { state: 'PENDING' }, tone: 'wait' as const },
    { label: '待签发', value: f?.toIssue, set: { state: 'APPROVED' }, tone: 'wait' as const },
    { label: '待签名', value: f?.toSign, set: { state: 'ISSUED' }, tone: 'warn' as const },
    { label: '待送达', value: f?.toServe, set: { state: 'SIGNED' }, tone: 'warn' as const },
    { label: '已送达', value: f?.served, set: { state: 'SERVED' }, tone: 'done' as const },
  ]
  return (
    <>
      <PageHead
        title="执法文书"
        note={office ? '内容由检查和隐患记录生成，批准时固定；文号在签发时编定，作废的文号保留不再使用。' : '已送达本单位的文书。'}
        actions={me.can('enforcement.draft') ? <Link to="/papers/new"><Button type="primary">起草文书</Button></Link> : undefined}
      />
      <DataTable
        operation={operations.list}
        export={operations.export}
        columns={paperColumns}
        filters={office ? filters : filters.slice(0, 2)}
        {...(office ? { figures, views: [{ name: '与我有关', set: { mine: 'true' } }, { name: '责令整改', set: { type: 'D06' } }, { name: '已作废', set: { state: 'VOIDED' } }] } : {})}
        rowLink={(row) => `/papers/${row.id}`}
        empty={office ? { title: '还没有执法文书', how: '检查办结后，从检查任务或这里起草；先有现场检查记录，再有责令文书。' } : { title: '没有送达给您单位的文书', how: '文书送达后会列在这里，可查看、下载、打印。' }}
      />
    </>
  )
}
