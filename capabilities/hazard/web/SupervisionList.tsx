import { useState } from 'react'
import { zhDate, zhDay } from '../../../kernel/core/time-zh.ts'
import { Button, Space } from 'antd'
import type { RowOf } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { ReasonDialog } from '../../../kernel/web/dialog.tsx'
import type { FormField } from '../../../kernel/web/form.tsx'
import { DueTag, PageHead, StatusTag } from '../../../kernel/web/parts.tsx'
import { type Column, DataTable } from '../../../kernel/web/table.tsx'
import type { Tone } from '../../../kernel/web/tokens.ts'
import { operations } from '../operations.ts'
import type { SupervisionAction, SupervisionState } from '../supervision.ts'
import { stateZh, supervisionLevelZh, supervisionStateZh } from '../zh.ts'
import { officersField } from './inputs.tsx'
import { stateTone } from './words.ts'

type Row = RowOf<typeof operations.supervisions>
const tone: Record<SupervisionState, Tone> = { PROPOSED: 'warn', LISTED: 'late', APPLY_DELIST: 'wait', VERIFIED: 'wait', DELISTED: 'done', DECLINED: 'plain' }
const options = Object.entries(supervisionLevelZh).map(([value, label]) => ({ value, label }))
const reason: FormField = { key: 'reason', kind: 'long', rows: 3 }
const states = Object.entries(supervisionStateZh).map(([value, label]) => ({ value, label }))

const does: Record<SupervisionAction, string> = {
  list: '向责任单位下达督办，公示名称、责任人和期限；未摘牌前隐患不得销号', decline: '不予挂牌，理由留档', progress: '每七日报一次进展', applyDelist: '申请摘牌，由两名以上执法人员和专家现场核查',
  extend: '督办期限只能延长一次，总期限不超过180日', verify: '现场核查通过，可以办理摘牌', sendBack: '退回继续整改，恢复每七日报进展', delist: '摘牌，隐患可按程序销号',
}

function fieldsFor(step: SupervisionAction, row: Row): readonly FormField[] {
  if (step === 'list') return [{ key: 'no', label: '督办文号', required: true }, { key: 'level', label: '层级', kind: 'choice', options }, { key: 'dutyUnit', required: true }, { key: 'dutyPerson', required: true }, { key: 'deadline', kind: 'date', required: true }, { key: 'publishedOn', kind: 'date', required: false }, reason]
  if (step === 'extend') return [{ key: 'deadline', kind: 'date', required: true }, reason]
  if (step === 'verify') return [officersField(row.hazardId), { key: 'expertName', required: true }, reason]
  return step === 'progress' || step === 'applyDelist' ? [{ key: 'note', label: '进展', kind: 'long' }] : [reason]
}

function StepDialog({ row, step, close }: { row: Row; step: SupervisionAction; close: () => void }) {
  const label = row.actions.find((a) => a.action === step)?.label ?? ''
  const shared = { title: label, onClose: close, confirm: label, fields: fieldsFor(step, row), draft: `supervision-${step}-${row.id}`, act: { does: does[step], whom: `${row.enterpriseName} · ${row.title}`, until: row.deadline ? zhDate(row.deadline) : undefined, clause: '《安全生产法》第四十一条第三款' } }
  if (step === 'progress' || step === 'applyDelist') return <ReasonDialog {...shared} operation={operations.superviseReport} input={{ supervisionId: row.id, baseVersion: row.version, step }} />
  return <ReasonDialog {...shared} operation={operations.supervise} input={{ supervisionId: row.id, baseVersion: row.version, step }} initial={step === 'list' ? { level: row.level as 'DISTRICT' } : {}} danger={step === 'decline'} />
}

/** 重大隐患督办台账: what is proposed, listed, reported on and delisted. */
export default function SupervisionList() {
  const [opened, setOpened] = useState<{ row: Row; step: SupervisionAction }>()
  const columns: readonly Column<Row>[] = [
    { key: 'title', title: '重大隐患', always: true },
    { key: 'enterpriseName', title: '企业', width: 200 },
    { key: 'state', title: '督办', width: 100, render: (r) => <StatusTag tone={tone[r.state as SupervisionState]}>{supervisionStateZh[r.state as SupervisionState]}</StatusTag> },
    { key: 'hazardState', title: '隐患', width: 110, render: (r) => <StatusTag tone={stateTone[r.hazardState]}>{stateZh[r.hazardState]}</StatusTag> },
    { key: 'no', title: '文号', width: 170 },
    { key: 'level', title: '层级', width: 70, render: (r) => supervisionLevelZh[r.level as 'DISTRICT'] },
    { key: 'dutyUnit', title: '责任', width: 170, render: (r) => [r.dutyUnit, r.dutyPerson].filter(Boolean).join(' ') || '—' },
    { key: 'deadline', title: '督办期限', width: 110, render: (r) => <DueTag due={r.deadline} done={r.delistedAt !== null} /> },
    { key: 'reportDueOn', title: '下次进展', width: 110, render: (r) => (r.reportDueOn ? zhDay(r.reportDueOn, serverNow()) : '—') },
    { key: 'why', title: '理由', width: 220, off: true },
    { key: 'act', title: '办理', width: 230, render: (r) => <Space size={4} wrap>{r.actions.map((a) => <Button key={a.action} size="small" onClick={(e) => { e.stopPropagation(); setOpened({ row: r, step: a.action as SupervisionAction }) }}>{a.label}</Button>)}</Space> },
  ]
  return (
    <>
      <PageHead title="重大隐患督办" note="重大隐患纳入信息系统挂牌督办（《安全生产法》第四十一条）。超过30日、外因、逾期E4或同一企业三项以上的自动提请。" />
      <DataTable operation={operations.supervisions} columns={columns} filters={[{ key: 'states', label: '督办状态', kind: 'choices', options: states }]} views={[{ name: '待决定', set: { states: 'PROPOSED' } }, { name: '督办中', set: { states: 'LISTED,APPLY_DELIST,VERIFIED' } }]} rowLink={(row) => `/hazards/${row.hazardId}`} empty={{ title: '没有挂牌督办', how: '在重大隐患页面提请，或由系统按规则自动提请。' }} />
      {opened ? <StepDialog {...opened} close={() => setOpened(undefined)} /> : null}
    </>
  )
}
