import { Alert, Button, Skeleton, Tooltip } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '../../../kernel/core/operation.ts'
import { addDays, localDate, weekday } from '../../../kernel/core/time.ts'
import { zhDate } from '../../../kernel/core/time-zh.ts'
import { useRead } from '../../../kernel/web/client.ts'
import { serverNow } from '../../../kernel/web/clock.ts'
import { ActionBar, Section, StatusTag } from '../../../kernel/web/parts.tsx'
import { ProblemView } from '../../../kernel/web/problem-view.tsx'
import { operations } from '../operations.ts'
import { daysOf } from '../rota.ts'
import { SWAP_STATE_ZH } from '../zh.ts'
import { AskSwapDialog, DecideSwapDialog, MakeRotaDialog, SetDayDialog, WithdrawSwapDialog } from './RotaDialogs.tsx'
import './district.css'

type Rota = OutputOf<typeof operations.rota>
export type SwapView = Rota['swaps'][number]
type Asked = 'make' | { day: string } | 'swap' | { decide: SwapView } | { withdraw: SwapView } | undefined
export interface RotaPerson {
  readonly personId: string
  readonly name: string
}

const WEEKS = 5
const HEAD = ['一', '二', '三', '四', '五', '六', '日']

/** Five weeks of a grid as a wall calendar; a day with nobody is named, a free day is shaded. */
export function RotaCalendar({ gridId, members }: { gridId: string; members: readonly RotaPerson[] }) {
  const today = localDate(serverNow())
  const [monday, setMonday] = useState(addDays(today, 1 - weekday(today)))
  const to = addDays(monday, WEEKS * 7 - 1)
  const read = useRead(operations.rota, { id: gridId, from: monday, to })
  const [asked, setAsked] = useState<Asked>()
  const rota = read.data
  if (read.error && !rota) return <ProblemView problem={read.error} onRetry={() => void read.refetch()} />
  if (!rota) return <Skeleton active paragraph={{ rows: 6 }} />
  const may = (action: string) => rota.actions.some((a) => a.action === action && a.allowed)
  const tools = (
    <>
      <Button onClick={() => setMonday(addDays(monday, -28))}>前四周</Button>
      <Button onClick={() => setMonday(addDays(today, 1 - weekday(today)))}>本周</Button>
      <Button onClick={() => setMonday(addDays(monday, 28))}>后四周</Button>
      <ActionBar actions={rota.actions} on={{ makeRota: () => setAsked('make'), askSwap: () => setAsked('swap') }} primary="makeRota" />
    </>
  )
  return (
    <Section title={`排班 ${zhDate(monday)}—${zhDate(to)}`} extra={<span className="dr-tools">{tools}</span>}>
      {rota.findings.length > 0 ? <Alert type="error" showIcon title={rota.findings.join('；')} style={{ marginBottom: 12 }} /> : null}
      {rota.provisional ? <Alert type="info" showIcon title="有的日期还没有国务院放假安排，暂按周六、周日为休息日" style={{ marginBottom: 12 }} /> : null}
      <div className="dr-calendar">
        {HEAD.map((name) => <b key={name} className="dr-head">周{name}</b>)}
        {daysOf(monday, to).map((day) => <Day key={day} day={day} rota={rota} today={today} {...(may('setDay') && day >= today ? { set: () => setAsked({ day }) } : {})} />)}
      </div>
      <Swaps swaps={rota.swaps} ask={setAsked} />
      {asked === 'make' ? <MakeRotaDialog gridIds={[gridId]} onClose={() => setAsked(undefined)} /> : null}
      {asked === 'swap' ? <AskSwapDialog gridId={gridId} people={members} onClose={() => setAsked(undefined)} /> : null}
      {asked && typeof asked === 'object' && 'day' in asked ? <SetDayDialog rota={rota} day={asked.day} people={members} onClose={() => setAsked(undefined)} /> : null}
      {asked && typeof asked === 'object' && 'decide' in asked ? <DecideSwapDialog swap={asked.decide} onClose={() => setAsked(undefined)} /> : null}
      {asked && typeof asked === 'object' && 'withdraw' in asked ? <WithdrawSwapDialog swap={asked.withdraw} onClose={() => setAsked(undefined)} /> : null}
    </Section>
  )
}

function Day({ day, rota, today, set }: { day: string; rota: Rota; today: string; set?: () => void }) {
  const duties = rota.duties.filter((d) => d.day === day)
  const empty = duties.length === 0 && day >= today
  const classes = ['dr-day', rota.freeDays.includes(day) ? 'dr-free' : '', day === today ? 'dr-today' : '', empty ? 'dr-empty' : ''].filter(Boolean).join(' ')
  const body = (
    <>
      <span className="dr-date ag-num">{Number(day.slice(8)) === 1 ? `${Number(day.slice(5, 7))}月1日` : Number(day.slice(8))}</span>
      {duties.map((d) => <span key={d.personId} className="dr-who">{d.name}{d.swappedFrom ? <Tooltip title={`替${d.swappedFrom}`}><small> 换</small></Tooltip> : null}</span>)}
      {empty ? <span className="dr-none">无人值守</span> : null}
    </>
  )
  return set ? <button type="button" className={classes} aria-label={`${zhDate(day)}，调整值守`} onClick={set}>{body}</button> : <div className={classes}>{body}</div>
}

const SWAP_TONE = { PENDING: 'wait', APPROVED: 'done', REFUSED: 'late', WITHDRAWN: 'plain' } as const

/** Requests of this stretch; whoever may decide finds the button here. */
export function Swaps({ swaps, ask }: { swaps: readonly SwapView[]; ask: (asked: Asked) => void }) {
  if (swaps.length === 0) return null
  return (
    <ul className="dr-swaps">
      {swaps.map((s) => (
        <li key={s.id}>
          <StatusTag tone={SWAP_TONE[s.state]}>{SWAP_STATE_ZH[s.state]}</StatusTag>
          <span>{zhDate(s.day)} {s.fromName} 换 {s.toName}{s.returnDay ? `，${zhDate(s.returnDay)} 还班` : ''}：{s.reason}{s.decision ? `（${s.decidedBy}：${s.decision}）` : ''}</span>
          {s.actions.map((a) => (
            <Tooltip key={a.action} title={a.allowed ? undefined : a.why?.join('；')}>
              <Button size="small" disabled={!a.allowed} onClick={() => ask(a.action === 'decide' ? { decide: s } : { withdraw: s })}>{a.label}</Button>
            </Tooltip>
          ))}
        </li>
      ))}
    </ul>
  )
}
