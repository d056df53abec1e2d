import { Button } from 'antd'
import { Link } from 'react-router'
import { shortDateTime } from '../../../kernel/core/time-zh.ts'
import { useMe } from '../../../kernel/web/me.ts'
import { PageHead, StatusTag } from '../../../kernel/web/parts.tsx'
import { type Column, DataTable, type Filter } from '../../../kernel/web/table.tsx'
import { operations } from '../operations.ts'
import type { SnapshotRow } from '../snapshot.ts'
import { spanZh } from './words.ts'

const columns: readonly Column<SnapshotRow>[] = [
  { key: 'title', title: '名称', always: true },
  { key: 'from', title: '期间', width: 190, render: (r) => spanZh(r.from, r.to) },
  { key: 'campaignName', title: '范围', width: 170, render: (r) => r.campaignName ?? r.areaName },
  { key: 'number', title: '版本', width: 130, render: (r) => <span>第{r.number}版 {r.latest ? null : <StatusTag>已更正</StatusTag>}</span> },
  { key: 'figures', title: '指标', width: 64, number: true },
  { key: 'reported', title: '已报/应报', width: 100, render: (r) => <StatusTag tone={r.reported < r.expected ? 'warn' : 'done'}>{r.reported}/{r.expected}</StatusTag> },
  { key: 'cutOff', title: '数据截至', width: 120, render: (r) => shortDateTime(r.cutOff) },
  { key: 'frozenBy', title: '冻结人', width: 90 },
]
const filters: readonly Filter[] = [
  { key: 'q', label: '查找', kind: 'text', placeholder: '名称' },
  { key: 'latest', label: '只看最新版', kind: 'flag' },
]

/** 快照: numbers frozen with their lists. */
export default function SnapshotList() {
  const me = useMe()
  const freeze = me.can('statistics.freeze') ? <Link to="/snapshots/new"><Button type="primary">冻结快照</Button></Link> : undefined
  return (
    <>
      <PageHead title="快照" note="冻结的数不再随数据变动；迟报、改错都另立新版，写明理由。" actions={freeze} />
      <DataTable operation={operations.snapshots} columns={columns} filters={filters} rowLink={(row) => `/snapshots/${row.id}`} empty={{ title: '还没有快照', how: '选定期间和指标冻结一次，简报里的数就有了出处。', action: freeze }} />
    </>
  )
}
