import { Table } from 'antd'
import { zhMoment } from '../../../kernel/core/time-zh.ts'
import type { OutputOf } from '../../../kernel/core/operation.ts'
import { useRead } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { PageHead, StatusTag } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { operations } from '../operations.ts'

type Row = OutputOf<typeof operations.jobs>['rows'][number]

const columns = [
  { title: '任务', dataIndex: 'kind' },
  { title: '周期', width: 140, render: (_: unknown, row: Row) => (row.everySeconds === null ? '一次' : period(row.everySeconds)) },
  { title: '下次', width: 180, render: (_: unknown, row: Row) => zhMoment(row.runAt, serverNow()) },
  { title: '状态', width: 220, render: (_: unknown, row: Row) => <State row={row} /> },
]

function period(seconds: number): string {
  if (seconds % 86_400 === 0) return `每 ${seconds / 86_400} 天`
  if (seconds % 3600 === 0) return `每 ${seconds / 3600} 小时`
  return seconds % 60 === 0 ? `每 ${seconds / 60} 分钟` : `每 ${seconds} 秒`
}

function State({ row }: { row: Row }) {
  if (row.givenUp) return <StatusTag tone="late">多次失败，已放弃：{row.failed}</StatusTag>
  if (row.failed) return <StatusTag tone="warn">第 {row.attempts} 次失败：{row.failed}</StatusTag>
  return row.running ? <StatusTag tone="wait">正在运行</StatusTag> : <StatusTag tone="done">正常</StatusTag>
}

/** 后台任务: timers and queued effects, and what is wrong with them. */
export default function JobsPage() {
  const { data, error, isLoading, refetch } = useRead(operations.jobs, {}, { everySeconds: 10 })
  return (
    <>
      <PageHead title="后台任务" note="到期提醒、督办升级、账本封存等由系统定时完成；失败会自动重试。" />
      {error ? <ProblemView problem={error} onRetry={() => void refetch()} /> : <Table rowKey="id" size="small" loading={isLoading} columns={columns} dataSource={data?.rows ?? []} pagination={false} />}
    </>
  )
}
