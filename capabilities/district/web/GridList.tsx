import { Button } from 'antd'
import { useState } from 'react'
import { ReasonDialog } from '../../../kernel/web/dialog.tsx'
import { useCan } from '../../../kernel/web/me.ts'
import { newId } from '../../../kernel/web/new-id.ts'
import { PageHead, StatusTag } from '../../../kernel/web/parts.tsx'
import { type Column, DataTable, type Filter } from '../../../kernel/web/table.tsx'
import type { GridRow } from '../district.ts'
import { operations } from '../operations.ts'

const columns: readonly Column<GridRow>[] = [
  { key: 'name', title: '安格', always: true },
  { key: 'street', title: '街道', width: 140 },
  { key: 'community', title: '社区', width: 140 },
  { key: 'officers', title: '安格员', width: 110, number: true, render: (g) => (g.broken ? <StatusTag tone="late">{g.officers} 名，不足 2 名</StatusTag> : g.officers) },
  { key: 'reserves', title: '机动', width: 70, number: true },
  { key: 'leader', title: '格长', width: 100, render: (g) => g.leader ?? <StatusTag tone="warn">没有</StatusTag> },
  { key: 'enterprises', title: '监管对象', width: 100, number: true },
  { key: 'perOfficer', title: '每员', width: 80, number: true, render: (g) => g.perOfficer ?? '—' },
  { key: 'hasBoundary', title: '边界', width: 90, render: (g) => (g.hasBoundary ? '有' : <StatusTag tone="warn">没有</StatusTag>) },
  { key: 'code', title: '安格码', width: 200, render: (g) => <span className="ag-num">{g.code}</span> },
]

const filters: readonly Filter[] = [
  { key: 'q', label: '查找', kind: 'text', placeholder: '安格、社区、安格码' },
  { key: 'areaCode', label: '区划', kind: 'area' },
]

/** 安格和安格员: the register, with what breaks the rule of two as a figure that filters. */
export default function GridList() {
  const mayManage = useCan('district.manage')
  const [adding, setAdding] = useState(false)
  return (
    <>
      <PageHead title="安格和安格员" note="定格、定岗、定责：每个安格至少两名安格员，机动人员另列。" actions={mayManage ? <Button type="primary" onClick={() => setAdding(true)}>新建安格</Button> : undefined} />
      <DataTable
        operation={operations.grids}
        columns={columns}
        filters={filters}
        figures={(page) => {
          const f = page?.figures
          return [
            { label: '安格', value: f?.grids, set: {} },
            { label: '不足两人', value: f?.broken, set: { broken: 'true' }, tone: 'late' },
            { label: '没有边界', value: f?.noBoundary, set: { noBoundary: 'true' }, tone: 'warn' },
          ]
        }}
        rowLink={(grid) => `/grids/${grid.id}`}
        empty={{ title: '还没有安格', how: '在社区下新建安格，再安排格长和两名以上安格员。', action: mayManage ? <Button type="primary" onClick={() => setAdding(true)}>新建第一个安格</Button> : undefined }}
      />
      {adding ? (
        <ReasonDialog title="新建安格" operation={operations.newGrid} input={{ id: newId(), boundary: null }} confirm="新建" onClose={() => setAdding(false)} fields={[
          { key: 'areaCode', kind: 'area', hint: '选到社区（村）或功能区；安格码自动编' }, { key: 'name', max: 60 }, { key: 'validFrom', label: '启用日期', kind: 'date' },
        ]} />
      ) : null}
    </>
  )
}
