import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import { useInfinite, useRead } from '../../../kernel/web/client.ts'
import { EmptyState } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { fieldLabel } from '../../../kernel/web/texts.ts'
import { Timeline } from '../../../kernel/web/timeline.tsx'
import { operatingStateZh } from '../lifecycle.ts'
import { operations } from '../operations.ts'

const kindZh: Readonly<Record<string, string>> = { enterprise: '档案', park: '园区', visit: '走访', hazard: '隐患', paper: '文书', seal_measure: '查封扣押', supervision: '挂牌督办', campaign: '专项行动', draw: '随机抽取', attachment: '照片文件', resumption: '复工', todo: '待办', licence: '证照', alarm: '报警' }

/** Everything that ever happened there, newest first; the kinds are filters with their counts. */
export function EnterpriseTimeline({ enterpriseId }: { enterpriseId: string }) {
  const [kind, setKind] = useState<string>()
  const { data } = useRead(operations.timeline, { id: enterpriseId, limit: 1 })
  const { rows, total, loading, problem, more, loadingMore, retry } = useInfinite(operations.timeline, { id: enterpriseId, limit: 30, ...(kind ? { kinds: kind } : {}) })
  if (problem) return <ProblemView problem={problem} onRetry={retry} />
  if (loading) return <Skeleton active paragraph={{ rows: 6 }} />
  const kinds = data?.kinds ?? []
  const pill = (value: string | undefined, label: string, count: number | undefined) => (
    <button key={label} type="button" aria-pressed={kind === value} className={kind === value ? 'ag-figure-pill ag-figure-on' : 'ag-figure-pill'} onClick={() => setKind(value)}>{label} <b>{count ?? '—'}</b></button>
  )
  return (
    <>
      {kinds.length > 1 ? <div className="ag-figures" role="group" aria-label="按种类看">{pill(undefined, '全部', data?.total)}{kinds.map(({ aggregate, count }) => pill(aggregate, kindZh[aggregate] ?? aggregate, count))}</div> : null}
      {rows.length === 0 ? <EmptyState title="还没有经过记录" /> : <Timeline items={rows.map((row) => ({ key: String(row.seq), at: row.occurredAt, event: row.event, who: row.actor, note: <Note data={row.data} from={row.from} to={row.to} /> }))} />}
      {more ? <div className="en-more"><Button loading={loadingMore} onClick={more}>更早的（共 {total} 条）</Button></div> : null}
    </>
  )
}

interface Change {
  field: string
  from: unknown
  to: unknown
}

const states = operatingStateZh as Readonly<Record<string, string>>
const camel = (column: string): string => column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
const labelOf = (field: string): string => (/[\u4e00-\u9fff]/.test(field) ? field : fieldLabel(camel(field)))
const words = (value: unknown): string => (value === null || value === undefined || value === '' ? '空' : Array.isArray(value) ? value.join('、') || '空' : (states[String(value)] ?? String(value)))

/** What is worth telling of an event: number, title, reason, what changed. */
function Note({ data, from, to }: { data: Readonly<Record<string, unknown>>; from: string | null; to: string | null }) {
  const told = ['no', 'title', 'description', 'paperNo', 'importNo', 'site', 'toName'].map((key) => data[key]).filter((value) => typeof value === 'string' && value !== '')
  const moved = from && to && from !== to && states[from] && states[to] ? `${states[from]} → ${states[to]}` : null
  const changes = (Array.isArray(data.changes) ? (data.changes as Change[]) : []).filter((change) => typeof change?.field === 'string' && typeof change.from !== 'object' && typeof change.to !== 'object')
  return (
    <>
      {[moved, ...told].filter(Boolean).join(' · ')}
      {typeof data.reason === 'string' && data.reason ? <div>理由：{data.reason}</div> : null}
      {changes.length ? <ul className="en-changes">{changes.slice(0, 8).map((change) => <li key={change.field}>{labelOf(change.field)}：{words(change.from)} → {words(change.to)}</li>)}</ul> : null}
    </>
  )
}
