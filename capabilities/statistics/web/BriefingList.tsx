import { Button } from 'antd'
import { Link } from 'react-router'
import { shortDateTime } from '../../../kernel/core/time-zh.ts'
import { useMe } from '../../../kernel/web/me.ts'
import { PageHead, StatusTag } from '../../../kernel/web/parts.tsx'
import { type Column, DataTable, type Filter } from '../../../kernel/web/table.tsx'
import { type BriefingRow, KIND_ZH, KINDS, STATES } from '../briefing.ts'
import { STATE_ZH } from '../lifecycle.ts'
import { operations } from '../operations.ts'
import { stateTone } from './words.ts'

const columns: readonly Column<BriefingRow>[] = [
  { key: 'title', title: '标题', always: true },
  { key: 'kind', title: '种类', width: 100, render: (r) => KIND_ZH[r.kind] },
  { key: 'issue', title: '期号', width: 100 },
  { key: 'state', title: '状态', width: 100, render: (r) => <StatusTag tone={stateTone[r.state]}>{STATE_ZH[r.state]}</StatusTag> },
  { key: 'snapshotTitle', title: '所据快照', width: 180, render: (r) => <Link to={`/snapshots/${r.snapshotId}`}>{r.snapshotTitle}</Link> },
  { key: 'writers', title: '撰稿', width: 120 },
  { key: 'editions', title: '版次', width: 64, number: true },
  { key: 'publishedAt', title: '发布', width: 120, render: (r) => (r.publishedAt ? shortDateTime(r.publishedAt) : '—') },
]
const filters: readonly Filter[] = [
  { key: 'q', label: '查找', kind: 'text', placeholder: '标题' },
  { key: 'kind', label: '种类', kind: 'choice', options: KINDS.map((value) => ({ value, label: KIND_ZH[value] })) },
  { key: 'state', label: '状态', kind: 'choice', options: STATES.map((value) => ({ value, label: STATE_ZH[value] })) },
]

/** 简报: what was written, what waits, what stands published. */
export default function BriefingList() {
  const me = useMe()
  const write = me.can('statistics.write') ? <Link to="/briefings/new"><Button type="primary">起草简报</Button></Link> : undefined
  return (
    <>
      <PageHead title="简报" note="数字引自快照，逐句核对；不成立的句子不能送审和发布。" actions={<><a href="/public/briefings" target="_blank" rel="noreferrer"><Button>公开页</Button></a>{write}</>} />
      <DataTable operation={operations.briefings} columns={columns} filters={filters} rowLink={(row) => `/briefings/${row.id}`} empty={{ title: '还没有简报', how: '先冻结一个快照，再按模板起草。', action: write }} />
    </>
  )
}
