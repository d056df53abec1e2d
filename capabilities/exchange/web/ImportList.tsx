import { Button } from 'antd'
import { Link } from 'react-router'
import { zhMoment } from '../../../kernel/core/time-zh.ts'
import type { RowOf } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { PageHead, StatusTag } from '../../../kernel/web/parts.tsx'
import { type Column, DataTable, type Filter } from '../../../kernel/web/table.tsx'
import type { Tone } from '../../../kernel/web/tokens.ts'
import { type ImportState, importStateZh } from '../lifecycle.ts'
import { operations } from '../operations.ts'

export const stateTone: Readonly<Record<ImportState, Tone>> = { UPLOADED: 'wait', MAPPED: 'wait', CHECKING: 'warn', CHECKED: 'wait', APPLYING: 'warn', DONE: 'done', UNDONE: 'plain', FAILED: 'late', CANCELLED: 'plain' }

const columns: readonly Column<RowOf<typeof operations.list>>[] = [
  { key: 'fileName', title: '文件', always: true },
  { key: 'kindName', title: '导入内容', width: 130 },
  { key: 'state', title: '状态', width: 120, render: (row) => <StatusTag tone={stateTone[row.state]}>{importStateZh[row.state]}</StatusTag> },
  { key: 'applied', title: '已写入', width: 90, number: true, render: (row) => row.counts.applied },
  { key: 'returned', title: '退回', width: 80, number: true, render: (row) => row.counts.WRONG + row.counts.DOUBTFUL - row.counts.taken },
  { key: 'same', title: '不变', width: 80, number: true, render: (row) => row.counts.SAME },
  { key: 'createdByName', title: '上传人', width: 100 },
  { key: 'createdAt', title: '上传时间', width: 150, render: (row) => zhMoment(row.createdAt, serverNow()) },
  { key: 'no', title: '批次号', width: 160, render: (row) => <span className="ag-num">{row.no}</span> },
]

const filters: readonly Filter[] = [{ key: 'state', label: '状态', kind: 'choices', options: Object.entries(importStateZh).map(([value, label]) => ({ value, label })) }]
const views = [{ name: '没有做完的', set: { state: 'UPLOADED,MAPPED,CHECKING,CHECKED,APPLYING' } }]

/** 导入批次: each can be left at any step and come back to, and taken back as a whole. */
export default function ImportList() {
  const add = <Link to="/imports/new"><Button type="primary">新的导入</Button></Link>
  return (
    <>
      <PageHead title="导入" note="先核对、后写入：写入之前什么都不会改；写入之后没有新内容的，可以整批撤销。" actions={add} />
      <DataTable operation={operations.list} columns={columns} filters={filters} views={views} rowLink={(row) => `/imports/${row.id}`} empty={{ title: '还没有导入过', how: '准备好本单位的花名册（.xlsx 或 .csv），表头叫什么都可以。', action: add }} />
    </>
  )
}
