import { Button, Dropdown, Skeleton } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { operations } from '../../../capabilities/todo/operations.ts'
import type { TodoRow } from '../../../capabilities/todo/todo.ts'
import { groupZh } from '../../../capabilities/todo/zh.ts'
import { zhDue } from '../../../kernel/core/time-zh.ts'
import { useCommand, useInfinite, useRead } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { ReasonDialog } from '../../../kernel/web/dialog.tsx'
import { useCan } from '../../../kernel/web/me.ts'
import { DueTag, EmptyState, Section, StatusTag } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'

const order = ['OVERDUE', 'TODAY', 'WEEK', 'LATER', 'ANY_TIME'] as const

/** 我的待办: what, why, until when, and one button to the next step. */
export function Todos() {
  const list = useInfinite(operations.mine, { limit: 30 })
  const { data: counts } = useRead(operations.counts, {})
  const extra = counts ? <span className="quiet">共 {counts.total.toLocaleString('zh-CN')} 件</span> : null
  return (
    <Section title="我的待办" extra={extra}>
      {list.problem ? <ProblemView problem={list.problem} onRetry={list.retry} /> : null}
      {list.loading ? <Skeleton active paragraph={{ rows: 5 }} /> : null}
      {!list.loading && !list.problem && list.rows.length === 0 ? <EmptyState title="没有待办" how="轮到您办理的事项会出现在这里，并写明依据和期限。" /> : null}
      {order.map((group) => <Group key={group} group={group} rows={list.rows.filter((row) => row.group === group)} />)}
      {list.more ? <Button block type="text" loading={list.loadingMore} onClick={list.more}>更多</Button> : null}
    </Section>
  )
}

function Group({ group, rows }: { group: (typeof order)[number]; rows: readonly TodoRow[] }) {
  if (rows.length === 0) return null
  return (
    <div className="ag-todos">
      <h3 className={group === 'OVERDUE' ? 'ag-todos-late' : undefined}>{groupZh[group]}</h3>
      <ul>{rows.map((row) => <Line key={row.id} row={row} />)}</ul>
    </div>
  )
}

function Line({ row }: { row: TodoRow }) {
  const [handing, setHanding] = useState(false)
  const mayHand = useCan('todo.hand')
  const [giving, setGiving] = useState(false)
  const take = useCommand(operations.take)
  const navigate = useNavigate()
  const items = [
    ...(!row.forMeAlone && !row.takenByName ? [{ key: 'take', label: '领取', onClick: () => void take.run({ id: row.id }).catch(() => undefined) }] : []),
    ...(row.takenByMe || row.forMeAlone ? [{ key: 'back', label: '退还', onClick: () => setGiving(true) }] : []),
    { key: 'hand', label: '转交同事', onClick: () => setHanding(true) },
  ]
  return (
    <li className="ag-todo">
      <div className="ag-todo-text">
        <Link to={row.link}>{row.title}</Link>{' '}
        {row.orphan ? <StatusTag tone="warn">无人承办，由您安排</StatusTag> : null}
        {row.takenByName ? <StatusTag tone={row.takenByMe ? 'done' : 'plain'}>{row.takenByMe ? '您已领取' : `${row.takenByName}已领取`}</StatusTag> : null}
        <p className="quiet">{row.why}{row.backNote ? `；退还：${row.backNote}` : ''}</p>
        {take.problem ? <ProblemView problem={take.problem} /> : null}
      </div>
      <span className="ag-todo-due" title={row.dueAt ? zhDue(row.dueAt, serverNow()) : undefined}>{row.dueAt ? <DueTag due={row.dueAt} /> : <span className="quiet">不限期</span>}</span>
      <span className="ag-todo-act">
        <Button size="small" type="primary" ghost onClick={() => void navigate(row.link)}>办理</Button>
        {mayHand && row.mayPass ? (
          <Dropdown trigger={['click']} menu={{ items }}>
            <Button size="small" type="text" aria-label="更多操作">⋯</Button>
          </Dropdown>
        ) : null}
      </span>
      {giving ? <ReasonDialog title="退还待办" operation={operations.giveBack} input={{ id: row.id }} act={{ does: `“${row.title}”退还给有权办理的同事，他们会看到理由` }} confirm="退还" onClose={() => setGiving(false)} /> : null}
      {handing ? <HandOver row={row} close={() => setHanding(false)} /> : null}
    </li>
  )
}

/** Only people who may do it and whose reach holds the place are offered. */
function HandOver({ row, close }: { row: TodoRow; close: () => void }) {
  const { data } = useRead(operations.colleagues, { id: row.id })
  const options = data?.rows.map((p) => ({ value: p.id, label: p.organisation ? `${p.name}（${p.organisation}）` : p.name })) ?? []
  return (
    <ReasonDialog
      title="转交待办"
      operation={operations.hand}
      input={{ id: row.id, baseVersion: row.version }}
      act={{ does: `“${row.title}”改由所选同事办理，期限不变` }}
      fields={[
        { key: 'toPersonId', kind: 'choice', options, hint: data && options.length === 0 ? '没有其他人有权办理这件事' : '只列出有权办理且管这个辖区的人' },
        { key: 'reason', kind: 'long', max: 200 },
      ]}
      confirm="转交"
      onClose={close}
    />
  )
}
