import { Button } from 'antd'
import { Link } from 'react-router'
import { zhMoment } from '../../../kernel/core/time-zh.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { useCan } from '../../../kernel/web/me.ts'
import { PageHead, StatusTag } from '../../../kernel/web/parts.tsx'
import { type Column, DataTable, type Filter } from '../../../kernel/web/table.tsx'
import { operations } from '../operations.ts'
import type { ChecklistRow } from '../records.ts'
import { STATE_NAMES } from '../zh.ts'
import { stateTone, visitKindOptions, visitKindsText } from './words.ts'

const columns: readonly Column<ChecklistRow>[] = [
  { key: 'name', title: '检查表', always: true },
  { key: 'code', title: '代号', width: 80 },
  { key: 'number', title: '版次', width: 90, render: (c) => `第 ${c.number} 版` },
  { key: 'state', title: '状态', width: 90, render: (c) => <StatusTag tone={stateTone[c.state]}>{STATE_NAMES[c.state]}</StatusTag> },
  { key: 'itemCount', title: '检查项', width: 80, number: true },
  { key: 'visitKinds', title: '走访方式', width: 260, render: (c) => visitKindsText(c.visitKinds) },
  { key: 'authors', title: '起草', width: 120, render: (c) => (c.shipped ? '系统自带' : (c.authors ?? '—')) },
  { key: 'publishedBy', title: '发布', width: 110, render: (c) => c.publishedBy ?? '—' },
  { key: 'editedAt', title: '最近修改', width: 150, render: (c) => zhMoment(c.editedAt, serverNow()) },
]
const filters: readonly Filter[] = [
  { key: 'q', label: '查找', kind: 'text', placeholder: '名称、代号' },
  { key: 'visitKind', label: '走访方式', kind: 'choice', options: visitKindOptions },
]

/** 检查表库: every version; one of a code is in use, the older ones stay readable for the visits that used them. */
export default function ChecklistLibrary() {
  const mayEdit = useCan('checklist.edit')
  return (
    <>
      <PageHead title="检查表库" note="发布后的检查表不再改动；要改就修订出新版，由另一人发布，旧版随即停用。" actions={mayEdit ? <Link to="/checklists/new"><Button type="primary">新建检查表</Button></Link> : undefined} />
      <DataTable
        operation={operations.list}
        columns={columns}
        filters={filters}
        figures={(page) => {
          const f = page?.figures
          return [
            { label: '全部', value: f ? f.draft + f.published + f.retired : undefined, set: {} },
            { label: '在用', value: f?.published, set: { state: 'PUBLISHED' }, tone: 'done' },
            { label: '草稿', value: f?.draft, set: { state: 'DRAFT' }, tone: 'wait' },
            { label: '已停用', value: f?.retired, set: { state: 'RETIRED' } },
          ]
        }}
        rowLink={(list) => `/checklists/${list.id}`}
        empty={{ title: '还没有检查表', how: '系统自带的检查表在首次启动时写入；也可以从表格导入自己的。' }}
      />
    </>
  )
}
