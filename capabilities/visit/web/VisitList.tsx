import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { zhDay } from '../../../kernel/core/time-zh.ts'
import { useRead } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { useMe } from '../../../kernel/web/me.ts'
import { DueTag, PageHead, StatusTag } from '../../../kernel/web/parts.tsx'
import { type Column, DataTable, type Filter } from '../../../kernel/web/table.tsx'
import { kinds, OUTCOME_ZH, STATE_ZH } from '../kinds.ts'
import { operations } from '../operations.ts'
import type { Row } from '../visit.ts'
import { kindOptions, outcomeOptions, outcomeTone, stateOptions, stateTone } from './words.ts'

const columns: readonly Column<Row>[] = [
  { key: 'enterpriseName', title: '监管对象', always: true, render: (r) => r.enterpriseName },
  { key: 'kind', title: '走访方式', width: 130, render: (r) => kinds[r.kind].short },
  { key: 'state', title: '状态', width: 150, render: (r) => <>{<StatusTag tone={stateTone[r.state]}>{STATE_ZH[r.state]}</StatusTag>}{r.urgent ? <StatusTag tone="late">紧急</StatusTag> : null}</> },
  { key: 'businessDate', title: '日期', width: 110, render: (r) => zhDay(r.businessDate, serverNow()) },
  { key: 'people', title: '参加人员', width: 170 },
  { key: 'outcome', title: '结果', width: 100, render: (r) => (r.outcome ? <StatusTag tone={outcomeTone(r.outcome)}>{OUTCOME_ZH[r.outcome]}</StatusTag> : '—') },
  { key: 'findingCount', title: '隐患', width: 80, number: true, file: ['findingCount', 'majorCount'], render: (r) => (r.state === 'DONE' ? (r.majorCount ? `${r.findingCount}（重大${r.majorCount}）` : r.findingCount) : '—') },
  { key: 'fixedCount', title: '现场整改', width: 90, number: true, render: (r) => (r.state === 'DONE' ? r.fixedCount : '—') },
  { key: 'papersDueAt', title: '补办审批', width: 110, render: (r) => (r.papersDueAt ? <DueTag due={r.papersDueAt} /> : '—') },
  { key: 'no', title: '检查编号', width: 210, render: (r) => <span className="ag-num">{r.no}</span> },
  { key: 'siteName', title: '场所', width: 140, off: true },
]

const filters: readonly Filter[] = [
  { key: 'q', label: '查找', kind: 'text', placeholder: '企业名称、检查编号' },
  { key: 'kinds', label: '走访方式', kind: 'choices', options: kindOptions },
  { key: 'areaCode', label: '区划', kind: 'area' },
  { key: 'dates', keys: ['from', 'to'], label: '日期', kind: 'days' },
  { key: 'states', label: '状态', kind: 'choices', options: stateOptions, more: true },
  { key: 'outcomes', label: '结果', kind: 'choices', options: outcomeOptions, more: true },
  { key: 'mine', label: '与我有关', kind: 'flag', more: true },
  ...Object.entries({ campaignId: '专项行动', teamId: '行动小组', siteId: '场所' }).map(([key, label]): Filter => ({ key, label, kind: 'own', more: true, say: () => `所选${label}`, render: (value, set) => (value ? <Button size="small" onClick={() => set(undefined)}>所选 ×</Button> : <span className="ag-faint">—</span>) })),
]

const views = [
  { name: '与我有关', set: { mine: 'true' } },
  { name: '行政检查', set: { kinds: 'ADMIN_DAILY,ADMIN_SPECIAL,ADMIN_CASE,ADMIN_OFFSITE,JOINT' } },
  { name: '网格巡查', set: { kinds: 'PATROL' } },
]

/** 检查任务: every contact with a site within reach. */
export default function VisitList() {
  const me = useMe()
  // The figures belong to the whole reach; the table keeps its own filter in the address.
  const [whole] = useState({ limit: 1 })
  const { data } = useRead(operations.list, whole)
  const f = data?.figures
  const figures = [
    { label: '全部', value: f?.all, set: {} },
    { label: '待报批', value: f?.plan, set: { states: 'PLANNED,REFUSED' } },
    { label: '待审批', value: f?.approve, set: { states: 'PENDING_APPROVAL' }, tone: 'wait' as const },
    { label: '待检查', value: f?.ready, set: { states: 'APPROVED' }, tone: 'wait' as const },
    { label: '检查中', value: f?.running, set: { states: 'IN_PROGRESS' }, tone: 'warn' as const },
    { label: '已办结', value: f?.done, set: { states: 'DONE' }, tone: 'done' as const },
    { label: '待补办审批', value: f?.papersOpen, set: { papersOpen: 'true' }, tone: 'late' as const },
  ]
  const mayRecord = me.can(['visit.patrol', 'visit.selfcheck', 'visit.phone', 'visit.inspect'])
  const actions = (
    <>
      {mayRecord ? <Link to="/visits/record"><Button>登记走访</Button></Link> : null}
      {me.can('visit.plan') ? <Link to="/visits/new"><Button type="primary">安排任务</Button></Link> : null}
    </>
  )
  return (
    <>
      <PageHead title="检查任务" note="行政检查、网格巡查、指导服务、企业自查分列：方式不同，能办的事不同。" actions={actions} />
      <DataTable
        operation={operations.list}
        columns={columns}
        filters={filters}
        figures={figures}
        views={views}
        rowLink={(row) => `/visits/${row.id}`}
        {...(me.can('visit.export') ? { export: operations.export } : {})}
        empty={{ title: '还没有走访记录', how: '安排的检查任务、登记的巡查和自查会列在这里。', action: me.can('visit.plan') ? <Link to="/visits/new"><Button type="primary">安排第一项任务</Button></Link> : undefined }}
      />
    </>
  )
}
