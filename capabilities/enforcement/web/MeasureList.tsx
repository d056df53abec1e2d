import { zhDay } from '../../../kernel/core/time-zh.ts'
import { useState } from 'react'
import { useRead } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { DueTag, PageHead, StatusTag } from '../../../kernel/web/parts.tsx'
import { type Column, DataTable, type Filter } from '../../../kernel/web/table.tsx'
import { MEASURE_STATES, MEASURE_ZH, type MeasureRow, SEAL_KINDS, SEAL_ZH } from '../measure.ts'
import { operations } from '../operations.ts'
import { measureTone } from './words.ts'

const columns: readonly Column<MeasureRow>[] = [
  { key: 'no', title: '决定书', width: 268, always: true, render: (r) => <span className="ag-num">{r.no ?? '—'}</span> },
  { key: 'kind', title: '措施', width: 64, render: (r) => SEAL_ZH[r.kind] },
  { key: 'enterpriseName', title: '监管对象' },
  { key: 'thingCount', title: '清单', width: 70, number: true },
  { key: 'state', title: '状态', width: 120, render: (r) => <StatusTag tone={measureTone[r.state]}>{MEASURE_ZH[r.state]}</StatusTag> },
  { key: 'startedOn', title: '开始', width: 100, render: (r) => zhDay(r.startedOn, serverNow()) },
  { key: 'dueOn', title: '期满', width: 120, render: (r) => (r.state === 'RELEASED' || r.state === 'VOIDED' ? zhDay(r.dueOn, serverNow()) : <DueTag due={r.dueOn} />) },
  { key: 'approved', title: '批准', width: 84, render: (r) => (r.approved === null ? <StatusTag tone="late">待补办</StatusTag> : r.approved ? '已批准' : <StatusTag tone="late">未同意</StatusTag>) },
  { key: 'releasedOn', title: '解除', width: 100, render: (r) => (r.releasedOn ? zhDay(r.releasedOn, serverNow()) : '—') },
]
const filters: readonly Filter[] = [
  { key: 'q', label: '查找', kind: 'text', placeholder: '文号、单位名称' },
  { key: 'state', label: '状态', kind: 'choices', options: MEASURE_STATES.map((value) => ({ value, label: MEASURE_ZH[value] })) },
  { key: 'kind', label: '措施', kind: 'choice', options: SEAL_KINDS.map((value) => ({ value, label: SEAL_ZH[value] })) },
  { key: 'areaCode', label: '区划', kind: 'area', more: true },
]

/** 查封扣押: what is held now, nearest end first. */
export default function MeasureList() {
  const [whole] = useState({ limit: 1 })
  const { data } = useRead(operations.measures, whole)
  const f = data?.figures
  const figures = [
    { label: '全部', value: data?.total, set: {} },
    { label: '未解除', value: f?.open, set: { state: 'IN_FORCE,TESTING,EXPIRED' } },
    { label: '待补办批准', value: f?.unapproved, set: { unapproved: 'true' }, tone: 'late' as const },
    { label: '七日内期满', value: f?.soon, set: { soon: 'true' }, tone: 'warn' as const },
    { label: '期满未解除', value: f?.expired, set: { state: 'EXPIRED' }, tone: 'late' as const },
  ]
  return (
    <>
      <PageHead title="查封扣押" note="期限三十日，可延长一次、最长三十日；检验检测期间不计。期满前未作决定的必须解除（行政强制法第二十五条、第二十八条）。" />
      <DataTable operation={operations.measures} columns={columns} filters={filters} figures={figures} rowLink={(row) => `/measures/${row.id}`} empty={{ title: '没有查封、扣押', how: '检查办结后起草《查封（扣押）决定书》，负责人批准并签发后列在这里。' }} />
    </>
  )
}
