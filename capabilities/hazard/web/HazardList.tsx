import { App, Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { zhDay, zhMoment } from '../../../kernel/core/time-zh.ts'
import { useCommand, useRead } from '../../../kernel/web/client.ts'
import { areaName, useAreas } from '../../../kernel/web/areas.tsx'
import { serverNow } from '../../../kernel/web/clock.ts'
import { useMe } from '../../../kernel/web/me.ts'
import { DueTag, Fields, PageHead, StatusTag } from '../../../kernel/web/parts.tsx'
import { type BatchAction, type Column, DataTable, type FigureFilter, type Filter } from '../../../kernel/web/table.tsx'
import { operations } from '../operations.ts'
import type { HazardRow } from '../views.ts'
import { closedHowZh, levelZh, sourceZh, stateZh } from '../zh.ts'
import { categoryName, isEnterprise, levelOptions, sourceOptions, stateOptions, stateTone } from './words.ts'

const columnsFor = (enterprise: boolean, areas: Parameters<typeof areaName>[0]): readonly Column<HazardRow>[] => [
  { key: 'title', title: '隐患', always: true, render: (r) => <>{r.title}{r.recurrence ? <StatusTag tone="warn">重复</StatusTag> : null}</> },
  { key: 'level', title: '等级', width: 80, render: (r) => (r.level === 'MAJOR' ? <StatusTag tone="late">重大</StatusTag> : levelZh[r.level]) },
  { key: 'state', title: '状态', width: 130, render: (r) => <StatusTag tone={stateTone[r.state]}>{stateZh[r.state]}</StatusTag> },
  { key: 'dueOn', title: '期限', width: 120, sort: { up: 'due' }, render: (r) => (r.closedAt || !r.dueOn ? <span className="ag-faint">{r.dueOn ? zhDay(r.dueOn, serverNow()) : '—'}</span> : <DueTag due={r.dueOn} />) },
  ...(enterprise ? [] : [{ key: 'enterpriseName', title: '企业', width: 210 } as const, { key: 'street', title: '街道', width: 110, render: (r: HazardRow) => areaName(areas, r.street) }]),
  { key: 'category', title: '类别', width: 130, off: true, render: (r) => categoryName(r.category) },
  { key: 'source', title: '来源', width: 100, render: (r) => sourceZh[r.source] },
  { key: 'orderNo', title: '文书', width: 190, off: true, render: (r) => r.orderNo ?? '—' },
  { key: 'foundAt', title: '发现', width: 130, sort: { down: 'found' }, render: (r) => <span className="ag-num">{zhMoment(r.foundAt, serverNow())}</span> },
  { key: 'closedAt', title: '销号', width: 130, off: true, render: (r) => (r.closedAt ? <span className="ag-num">{zhMoment(r.closedAt, serverNow())}</span> : '—') },
  { key: 'no', title: '编号', width: 210, off: true, render: (r) => <span className="ag-num">{r.no}</span> },
]

const filtersFor = (enterprise: boolean): readonly Filter[] => [
  { key: 'q', label: '查找', kind: 'text', placeholder: '描述、部位、企业、编号、文书号', width: 240 },
  ...(enterprise ? [] : [{ key: 'areaCode', label: '区划', kind: 'area' } as const]),
  { key: 'states', label: '状态', kind: 'choices', options: stateOptions },
  { key: 'level', label: '等级', kind: 'choice', options: levelOptions, width: 110 },
  { key: 'sources', label: '来源', kind: 'choices', options: sourceOptions, more: true },
  { key: 'found', label: '发现日期', kind: 'days', keys: ['foundFrom', 'foundTo'], more: true },
  { key: 'closed', label: '销号日期', kind: 'days', keys: ['closedFrom', 'closedTo'], more: true },
  { key: 'closedHow', label: '销号方式', kind: 'choice', options: Object.entries(closedHowZh).map(([value, label]) => ({ value, label })), width: 130, more: true },
  { key: 'open', label: '未办结', kind: 'flag', more: true },
  { key: 'overdue', label: '逾期', kind: 'flag', more: true },
  { key: 'mine', label: '我发现、核定、复查的', kind: 'flag', more: true },
  { key: 'voided', label: '作废的', kind: 'choice', options: [{ value: 'false', label: '不含' }, { value: 'true', label: '只看' }], width: 110, more: true },
  { key: 'box', label: '地图范围', kind: 'own', more: true, say: () => '所看范围', render: (value, set) => (value ? <Button size="small" onClick={() => set(undefined)}>所看范围 ×</Button> : <span className="ag-faint">—</span>) },
  ...(Object.entries({ enterpriseId: '企业', gridId: '安格', campaignId: '专项行动', teamId: '行动小组' })).map(([key, label]): Filter => ({ key, label, kind: 'own', more: true, say: () => `所选${label}`, render: (value, set) => (value ? <Button size="small" onClick={() => set(undefined)}>所选 ×</Button> : <span className="ag-faint">—</span>) })),
]

const views = [
  { name: '待核定', set: { states: 'REPORTED' } }, { name: '待复查', set: { states: 'SUBMITTED,REINSPECTING' } }, { name: '按期限', set: { open: 'true', sort: 'due' } },
  { name: '重大未销号', set: { level: 'MAJOR', open: 'true' } }, { name: '与我有关', set: { mine: 'true', open: 'true' } },
]

function useFigures(enterprise: boolean): readonly FigureFilter[] {
  const { data } = useRead(operations.figures, {})
  const state = (...states: string[]) => data?.byState.filter((s) => states.includes(s.state)).reduce((n, s) => n + s.n, 0)
  return [
    { label: '全部', value: data?.all, set: {} },
    { label: '未办结', value: data?.open, set: { open: 'true' } },
    ...(enterprise ? [] : [{ label: '待核定', value: state('REPORTED'), set: { states: 'REPORTED' } }]),
    { label: enterprise ? '要整改的' : '整改中', value: state('ORDERED', 'RECTIFYING'), set: { states: 'ORDERED,RECTIFYING' } },
    { label: '待复查', value: state('SUBMITTED', 'REINSPECTING'), set: { states: 'SUBMITTED,REINSPECTING' } },
    { label: '临期', value: data?.dueSoon, set: { dueSoon: 'true' }, tone: 'warn' as const },
    { label: '逾期', value: data?.overdue, set: { overdue: 'true' }, tone: 'late' as const },
    { label: '重大未销号', value: data?.majorOpen, set: { level: 'MAJOR', open: 'true' }, tone: 'late' as const },
  ]
}

function useBatch(): readonly BatchAction<HazardRow>[] {
  const me = useMe()
  const { message, modal } = App.useApp()
  const confirm = useCommand(operations.confirmMany)
  const remind = useCommand(operations.remindMany)
  const told = (word: string, answer: { done: readonly unknown[]; refused: readonly { why: string }[] }) => {
    void message.success(`${word} ${answer.done.length} 宗${answer.refused.length ? `，${answer.refused.length} 宗未办` : ''}`)
    if (answer.refused.length) modal.info({ title: '未办的', content: [...new Set(answer.refused.map((r) => r.why))].join('；') })
  }
  const pick = (rows: readonly HazardRow[]) => rows.map(({ id, version }) => ({ id, baseVersion: version }))
  const run = (word: string, command: typeof confirm | typeof remind, rows: readonly HazardRow[], clear: () => void) =>
    void command.run({ hazards: pick(rows) }).then((answer) => { clear(); told(word, answer) }, (problem: { title?: string }) => void message.error(problem.title ?? '没有办成'))
  return [
    ...(me.can('hazard.confirm') ? [{ label: '核定为一般隐患', run: (rows: readonly HazardRow[], clear: () => void) => run('核定', confirm, rows, clear), why: (rows: readonly HazardRow[]) => (rows.some((r) => r.state !== 'REPORTED') ? '只有待核定的可以成批核定' : rows.some((r) => r.level === 'MAJOR') ? '重大隐患须逐宗核定' : undefined) }] : []),
    ...(me.can('hazard.remind') ? [{ label: '提醒企业', run: (rows: readonly HazardRow[], clear: () => void) => run('提醒', remind, rows, clear), why: (rows: readonly HazardRow[]) => (rows.every((r) => !r.dueOn) ? '没有期限，无需提醒' : undefined) }] : []),
  ]
}

/** 隐患台账. An enterprise sees its own by the same screen in words that speak to it. */
export default function HazardList() {
  const me = useMe()
  const enterprise = isEnterprise(me)
  const areas = useAreas()
  const figures = useFigures(enterprise)
  const batch = useBatch()
  const [columns] = useState(() => columnsFor(enterprise, areas))
  const report = me.can('hazard.report') ? <Link to="/hazards/new"><Button type={enterprise ? 'default' : 'primary'}>{enterprise ? '登记自查隐患' : '上报隐患'}</Button></Link> : null
  return (
    <>
      <PageHead title={enterprise ? '本企业隐患' : '隐患台账'} note={enterprise ? '按期整改后拍照提交；来不及的在到期十日前申请延期。' : '发现、核定、责令、整改、复查、销号，一宗一页；每个数字都能点开名单。'} actions={report} />
      <DataTable
        operation={operations.list}
        columns={columns}
        filters={filtersFor(enterprise)}
        figures={figures}
        views={enterprise ? [] : views}
        rowLink={(row) => `/hazards/${row.id}`}
        drawer={(row) => <Brief row={row} />}
        drawerTitle={(row) => row.title}
        {...(batch.length ? { batch } : {})}
        {...(me.can('hazard.export') ? { export: operations.export } : {})}
        empty={{ title: enterprise ? '没有隐患记录' : '还没有隐患', how: enterprise ? '自查发现的可以自己登记。' : '走访记录里的“不符合”会自动成为隐患，也可直接上报。', action: report }}
      />
    </>
  )
}

function Brief({ row }: { row: HazardRow }) {
  return (
    <>
      <Fields columns={1} items={[{ label: '编号', value: row.no }, { label: '企业', value: row.enterpriseName }, { label: '部位', value: row.location }, { label: '状态', value: <StatusTag tone={stateTone[row.state]}>{stateZh[row.state]}</StatusTag> }, { label: '等级', value: levelZh[row.level] }, { label: '期限', value: row.dueOn ? <DueTag due={row.dueOn} done={row.closedAt !== null} /> : null }, { label: '文书', value: row.orderNo }, { label: '发现', value: zhMoment(row.foundAt, serverNow()) }]} />
      <Link to={`/hazards/${row.id}`}><Button type="primary" style={{ marginTop: 16 }}>打开办理</Button></Link>
    </>
  )
}
