import { App, Button, Checkbox, Input, Modal, Skeleton } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { zhDay } from '../../../kernel/core/time-zh.ts'
import { asProblem } from '../../../kernel/web/call.ts'
import { type Problem, useCommand, useInfinite, useRead } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { DueTag, EmptyState, Fields, PageHead, Section, StatusTag } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { ASSISTING, kinds, PART_ZH } from '../kinds.ts'
import { operations } from '../operations.ts'
import type { Row } from '../visit.ts'
import { CapNote } from './pickers.tsx'

/** 待我审批: what was submitted, and urgent inspections whose papers are still to be made up. */
export default function ApprovalPage() {
  const waiting = useInfinite(operations.list, { states: 'PENDING_APPROVAL', limit: 50 })
  const late = useInfinite(operations.list, { papersOpen: 'true', limit: 50 })
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [deciding, setDeciding] = useState<{ rows: readonly Row[]; act: 'approve' | 'refuse' }>()
  const rows = [...late.rows, ...waiting.rows]
  const decide = (act: 'approve' | 'refuse', only?: Row) => setDeciding({ rows: only ? [only] : waiting.rows.filter((r) => chosen.includes(r.id)), act })
  const toggle = (id: string) => setChosen(chosen.includes(id) ? chosen.filter((c) => c !== id) : [...chosen, id])
  if (waiting.problem) return <ProblemView problem={waiting.problem} onRetry={waiting.retry} />
  if (waiting.loading || late.loading) return <Skeleton active />
  return (
    <>
      <PageHead
        title="待我审批"
        note="行政检查须事先经负责人批准；紧急检查先报告，规定时限内补办。参加检查的人不能审批。"
        actions={chosen.length ? <><Button onClick={() => decide('refuse')}>不批准（{chosen.length}）</Button><Button type="primary" onClick={() => decide('approve')}>批准（{chosen.length}）</Button></> : null}
      />
      {rows.length ? null : <EmptyState title="没有待审批的任务" how="执法人员报批的检查任务会列在这里。" />}
      {late.rows.map((row) => <OneApproval key={row.id} row={row} late onDecide={(act) => decide(act, row)} />)}
      {waiting.rows.map((row) => <OneApproval key={row.id} row={row} chosen={chosen.includes(row.id)} onChoose={() => toggle(row.id)} onDecide={(act) => decide(act, row)} />)}
      {waiting.more ? <Button block onClick={waiting.more} loading={waiting.loadingMore}>更多</Button> : null}
      {deciding ? <DecideDialog {...deciding} onClose={() => { setDeciding(undefined); setChosen([]) }} /> : null}
    </>
  )
}

function OneApproval({ row, late = false, chosen, onChoose, onDecide }: { row: Row; late?: boolean; chosen?: boolean; onChoose?: () => void; onDecide: (act: 'approve' | 'refuse') => void }) {
  const { data } = useRead(operations.get, { id: row.id })
  const action = (name: string) => data?.actions.find((a) => a.action === name)
  const why = action('approve')?.why?.join('；')
  const people = data?.people ?? []
  const assisting = people.filter((p) => ASSISTING.includes(p.part))
  const officers = people.filter((p) => p.part === 'OFFICER').map((p) => `${p.name}（执法证 ${p.certificateNo ?? '无'}）`).join('、')
  return (
    <Section
      title={<>{onChoose ? <Checkbox checked={chosen ?? false} disabled={!!why} onChange={onChoose} aria-label={`选中${row.enterpriseName}`} /> : null} <Link to={`/visits/${row.id}`}>{row.enterpriseName}</Link> {late ? <StatusTag tone="late">紧急检查，补办</StatusTag> : null}</>}
      extra={late ? <DueTag due={row.papersDueAt} /> : <span className="quiet">{row.plannedOn ? zhDay(row.plannedOn, serverNow()) : ''}</span>}
    >
      <Fields
        items={[
          { label: '方式', value: `${kinds[row.kind].zh}（${kinds[row.kind].clause}）` },
          { label: '事由', value: data?.purpose },
          { label: '线索', value: data?.clueNo },
          { label: '方案', value: data?.planReference },
          { label: '执法人员', value: officers },
          { label: '协助人员', value: assisting.length ? `${assisting.length} 人：${assisting.map((p) => `${p.name}（${PART_ZH[p.part]}）`).join('、')}` : '无' },
          { label: '检查表', value: data?.checklists.map((c) => c.name).join('、') },
        ]}
      />
      <CapNote enterpriseId={row.enterpriseId} year={Number(row.businessDate.slice(0, 4))} kind={row.kind} />
      <div className="ag-form-buttons">
        <Button type="primary" disabled={!action('approve')?.allowed} onClick={() => onDecide('approve')}>{late ? '追认' : '批准'}</Button>
        <Button disabled={!action('refuse')?.allowed} onClick={() => onDecide('refuse')}>{late ? '不予追认' : '不批准'}</Button>
        {why ? <span className="quiet">{why}</span> : null}
      </div>
    </Section>
  )
}

/** One opinion for one or several visits; a refusal without a reason helps nobody. */
export function DecideDialog({ rows, act, onClose }: { rows: readonly Pick<Row, 'id' | 'version' | 'enterpriseName'>[]; act: 'approve' | 'refuse'; onClose: () => void }) {
  const [opinion, setOpinion] = useState(act === 'approve' ? '同意' : '')
  const [problem, setProblem] = useState<Problem>()
  const { message } = App.useApp()
  const command = useCommand(act === 'approve' ? operations.approve : operations.refuse)
  const send = async () => {
    try {
      await command.run({ visits: rows.map((r) => ({ id: r.id, baseVersion: r.version })), opinion: opinion.trim() })
      void message.success(act === 'approve' ? '已批准' : '已退回')
      onClose()
    } catch (thrown) {
      setProblem(asProblem(thrown))
    }
  }
  return (
    <Modal open title={act === 'approve' ? `批准 ${rows.length} 项任务` : `不批准 ${rows.length} 项任务`} onCancel={onClose} onOk={() => void send()} okText={act === 'approve' ? '批准' : '不批准'} cancelText="取消" okButtonProps={{ loading: command.running, disabled: !opinion.trim() }}>
      <p className="quiet">{rows.slice(0, 5).map((r) => r.enterpriseName).join('、')}{rows.length > 5 ? ` 等 ${rows.length} 家` : ''}</p>
      <p className="quiet">{act === 'approve' ? '批准后通知执法人员到场检查。' : '退回报批人修改，请写明意见。'}</p>
      <Input.TextArea autoFocus aria-label="审批意见" placeholder="审批意见" maxLength={300} showCount autoSize={{ minRows: 3 }} value={opinion} onChange={(e) => setOpinion(e.target.value)} />
      {problem ? <ProblemView problem={problem} /> : null}
    </Modal>
  )
}
