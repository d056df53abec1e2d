import { Button, Progress, Skeleton } from 'antd'
import { useState } from 'react'
import { useParams } from 'react-router'
import { addDays, localDate } from '../../../kernel/core/time.ts'
import { zhDate, zhMoment } from '../../../kernel/core/time-zh.ts'
import { blocking, useRead } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { ReasonDialog } from '../../../kernel/web/dialog.tsx'
import { newId } from '../../../kernel/web/new-id.ts'
import { DueTag, EmptyState, Figure, PageHead, StatusTag } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import type { TaskRow } from '../campaign.ts'
import { operations } from '../operations.ts'
import './campaign.css'

type Opened = { what: 'report' | 'edit'; task: TaskRow } | { what: 'new' }

/** 挂图作战: lines side by side, each task with unit, person, last day; what is late is red and says so. */
export default function ChartPage() {
  const { id = '' } = useParams()
  const read = useRead(operations.chart, { id }, { everySeconds: 60 })
  const campaign = useRead(operations.get, { id })
  const [opened, setOpened] = useState<Opened>()
  if (blocking(read)) return <ProblemView problem={read.error} onRetry={() => void read.refetch()} />
  if (!read.data) return <Skeleton active />
  const { tasks, mayArrange } = read.data
  const lines = [...new Set([...(campaign.data?.scheme.lines ?? []), ...tasks.map((t) => t.line)])].filter((line) => tasks.some((t) => t.line === line))
  const count = (fits: (t: TaskRow) => boolean) => tasks.filter(fits).length
  const add = mayArrange ? <Button type="primary" onClick={() => setOpened({ what: 'new' })}>列出任务</Button> : null
  return (
    <>
      <PageHead title="挂图作战" back={{ to: `/campaigns/${id}`, label: campaign.data?.name ?? '专项行动' }} actions={add} />
      <div className="cg-figures">
        <Figure label="任务" value={tasks.length} unit="项" /><Figure label="已完成" value={count((t) => t.state === 'DONE')} unit="项" tone="done" /><Figure label="推进中" value={count((t) => t.state === 'RUNNING' && !t.late)} unit="项" tone="wait" />
        <Figure label="未开始" value={count((t) => t.state === 'TO_DO' && !t.late)} unit="项" /><Figure label="逾期" value={count((t) => t.late)} unit="项" tone="late" />
      </div>
      {tasks.length === 0 ? <EmptyState title="还没有任务" how="每项任务写明责任单位、责任人和完成时限。" action={add} /> : null}
      <div className="cg-chart">
        {lines.map((line) => {
          const own = tasks.filter((t) => t.line === line)
          return (
            <section key={line} className="cg-line">
              <h2><span>{line}</span><small className="quiet">{own.filter((t) => t.state === 'DONE').length}/{own.length}</small></h2>
              {own.map((task) => <TaskCard key={task.id} task={task} open={mayArrange || task.mine ? () => setOpened({ what: task.mine && task.state !== 'DONE' ? 'report' : 'edit', task }) : undefined} report={() => setOpened({ what: 'report', task })} mayArrange={mayArrange} />)}
            </section>
          )
        })}
      </div>
      {opened ? <TaskDialog id={id} opened={opened} lines={campaign.data?.scheme.lines ?? []} close={() => setOpened(undefined)} /> : null}
    </>
  )
}

function TaskCard({ task, open, report, mayArrange }: { task: TaskRow; open: (() => void) | undefined; report: () => void; mayArrange: boolean }) {
  const done = task.state === 'DONE'
  return (
    <article className={`cg-task cg-task-${task.late ? 'late' : task.state}`}>
      <b>{task.title}</b>
      <small>{task.unit}{task.ownerName ? ` · ${task.ownerName}` : ' · 未指定责任人'}</small>
      {task.measure ? <small>{task.measure}</small> : null}
      <Progress status="normal" percent={task.progress} size="small" />
      <span>{done ? <StatusTag tone="done">{`${zhDate(task.doneOn!)}完成`}</StatusTag> : <DueTag due={task.dueOn} />}</span>
      {task.note ? <small>{task.note}{task.reportedAt ? `（${zhMoment(task.reportedAt, serverNow())}）` : ''}</small> : null}
      {open ? <span>{done ? null : <Button size="small" type="link" onClick={report}>报进展</Button>}{mayArrange ? <Button size="small" type="link" onClick={open}>调整</Button> : null}</span> : null}
    </article>
  )
}

function TaskDialog({ id, opened, lines, close }: { id: string; opened: Opened; lines: readonly string[]; close: () => void }) {
  const people = useRead(operations.candidates, { id }, { enabled: opened.what !== 'report' })
  const today = localDate(serverNow())
  if (opened.what === 'report') {
    const { task } = opened
    return <ReasonDialog title={`报进展：${task.title}`} operation={operations.reportTask} input={{ id, taskId: task.id, baseVersion: task.version }} initial={{ progress: task.progress, done: false }} confirm="报送" onClose={close} fields={[{ key: 'progress', label: '进度', kind: 'number', unit: '%' }, { key: 'note', label: '进展', kind: 'long', rows: 3 }, { key: 'done', label: '已全部完成', kind: 'flag', required: false }]} />
  }
  const task = opened.what === 'edit' ? opened.task : undefined
  const options = (people.data?.people ?? []).map((p) => ({ value: p.personId, label: `${p.name}（${p.organisation ?? ''}）` }))
  const owner = task?.ownerId && task.ownerName && !options.some((o) => o.value === task.ownerId) ? [{ value: task.ownerId, label: task.ownerName }] : []
  return (
    <ReasonDialog
      title={task ? `调整任务：${task.title}` : '列出任务'}
      operation={operations.setTask}
      input={{ id, taskId: task?.id ?? newId(), ...(task ? { baseVersion: task.version } : {}) }}
      initial={task ? { line: task.line, title: task.title, measure: task.measure, unit: task.unit, ownerId: task.ownerId, startsOn: task.startsOn, dueOn: task.dueOn } : { line: lines[0] ?? '', startsOn: today, dueOn: addDays(today, 90) }}
      confirm="保存"
      onClose={close}
      fields={[{ key: 'line', label: '工作线', max: 40 }, { key: 'title', label: '任务', max: 120 }, { key: 'measure', label: '措施', kind: 'long', rows: 2, required: false }, { key: 'unit', label: '责任单位', max: 60 }, { key: 'ownerId', label: '责任人', kind: 'choice', options: [...owner, ...options], required: false }, { key: 'startsOn', label: '开始日期', kind: 'date' }, { key: 'dueOn', label: '完成时限', kind: 'date' }]}
    />
  )
}
